"""What simulation intervals and one-trial intervals of twenty replications cover, measured in a thousand sets.

Two small worlds of shipped parts (ordinary effort; the trial in two of its jobcentres) are simulated 20,000 times each,
in sets of twenty; the truth of a figure is its mean over all. Every outcome of the whole follow-up that every
replication has is looked at, by arm, in all, and as difference between the arms.

A figure is *rare* if a twentieth of the replications or more have none of it (or nothing else), or if it scatters over
replications by more than 0.8 of its distance from the nearer end of what it can be; else it is *ordinary*.

Decision rule: the simulation interval of every ordinary figure covers the truth in 93 to 97 % of the sets, that of
every rare one in 93 % or more, and the one-trial interval holds the first replication of the next set in 93 % or
more. NOISE, two standard errors of such a share in a thousand sets (1.4 points), is added at either end of 93 to 97 and
for one trial, for of six hundred shares a few lie beyond one by luck; nothing is added for rare ones.
Student's intervals of the same sets are told beside them. Seeds are fixed. The table goes to docs/uncertainty.md.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from simulation.results.ends import t_quantile
from simulation.results.measures.replication import simulate
from simulation.results.names import DIFFERENCE, Figure, Names
from simulation.results.result import Result
from simulation.scenario.load import Loaded, load

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
SETS, SIZE = 1000, 20
LEAST, MOST = 0.93, 0.97
NOISE = 2 * math.sqrt(0.95 * 0.05 / SETS)


class Covered(NamedTuple):
    """A figure: how rare it is, the shares covered by its two intervals and by Student's, and mean widths."""

    text: str
    truth: float
    rare: bool
    covered: float
    by_t: float
    width: float
    t_width: float
    trial: float


def world(name: str) -> Loaded:
    """A small world of a shipped scenario."""
    loaded = load(SCENARIOS / f"{name}.yaml")
    places = dict(list(loaded.scenario.jobcentres.items())[:2])
    return dataclasses.replace(loaded, scenario=loaded.scenario.model_copy(update={"jobcentres": places}))


def coverage(loaded: Loaded) -> Iterator[Covered]:
    """Every figure of a world."""
    figures: list[Figure] = []
    found, first = [], []
    values: list[np.ndarray] = []
    for number in range(SETS):
        replications = simulate(loaded.scenario, range(number * SIZE, (number + 1) * SIZE))
        result = Result(loaded, replications, SIZE)
        figures = figures or [f for f in result.keys if f.time is None and f.group.kind in ("alle", "arm", "difference")
                              and not f.group.part and f.group == f.group.whole]  # fmt: skip
        estimates = [result.estimate_of(figure) for figure in figures]
        found.append([[e.value, e.low, e.high, e.trial_low, e.trial_high, e.sd] for e in estimates])
        values.append(np.array([[r.outcomes[figure] for figure in figures] for r in replications]))
        first.append(values[-1][0])
    of_set, whole, begun = np.array(found), np.concatenate(values), np.array(first)
    names = Names(loaded.scenario)
    for f, figure in enumerate(figures):
        column, (value, low, high, trial_low, trial_high, sd) = whole[:, f], of_set[:, f].T
        if np.isnan(column).any() or column.std() < 1e-12:
            continue
        truth, half = column.mean(), t_quantile(SIZE - 1) * sd / math.sqrt(SIZE)
        following = np.roll(begun[:, f], -1)
        yield Covered(
            f"{names.write(figure.outcome)} of {figure.group}", float(truth), _rare(names, figure, column),
            float(np.mean((low <= truth) & (truth <= high))), float(np.mean(abs(value - truth) <= half)),
            float(np.mean(high - low)), float(2 * half.mean()),
            float(np.mean((trial_low <= following) & (following <= trial_high))),
        )  # fmt: skip


def _rare(names: Names, figure: Figure, column: np.ndarray) -> bool:
    if figure.group == DIFFERENCE:  # as rare as its arms, by what lies apart
        return bool(np.mean(column == 0) >= 0.05)
    scale = names.scale(figure)
    ends = [end for end in (scale.lowest, scale.highest) if math.isfinite(end)]
    near = min((abs(column.mean() - end) for end in ends), default=math.inf)
    often = any(np.mean(column == end) >= 0.05 for end in ends)  # jobs net of displacement have no end
    return bool(often or column.std() > 0.8 * near)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["base_kontanthjaelp", "paa_rette_vej_i_job"])
def test_intervals_of_twenty_replications_cover_what_they_say(name: str) -> None:
    figures = list(coverage(world(name)))
    print(f"\n| figure ({name}) | mean | covered | Student's | mean width | Student's | one trial |")
    print("|---|---|---|---|---|---|---|")
    for f in sorted(figures, key=lambda each: not each.rare):
        print(
            f"| {f.text}{', rare' if f.rare else ''} | {f.truth:.4g} | {f.covered:.1%} | {f.by_t:.1%} | "
            f"{f.width:.3g} | {f.t_width:.3g} | {f.trial:.1%} |"
        )
    ordinary = [f for f in figures if not f.rare]
    assert len(ordinary) > 20 and len(figures) - len(ordinary) > 4
    assert 0.94 < np.mean([f.covered for f in ordinary]) < 0.97
    wrong = [f for f in ordinary if not LEAST - NOISE <= f.covered <= MOST + NOISE]
    wrong += [f for f in figures if f.rare and f.covered < LEAST]
    wrong += [f for f in figures if f.trial < LEAST - NOISE]
    assert not wrong
