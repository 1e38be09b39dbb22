"""How large must an effect be? A parameter is varied until an outcome reaches a wanted value.

All values are tried with the same luck, so the outcome moves smoothly with the parameter, and of a change against the
first value few replications do. A wanted level has the luck of the replications in it, so its answer is less sure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.experiments.executors import Workers
from simulation.experiments.kept import Kept
from simulation.experiments.replicate import replicate
from simulation.results.intervals import NAN, Estimate, estimate
from simulation.scenario.asked import NeededEffect
from simulation.scenario.load import Loaded

FEW = 10
"""Replications of a question of a change, at most."""


@dataclass(frozen=True)
class Needed:
    """The answer to one question.

    `reached` is the change of the figure against the first value tried, or where a level is wanted the figure itself.
    `value` is NaN if no value that was tried brings about what is wanted, or the figure is not known there; `low` and
    `high` carry the simulation error of what is reached over to the parameter, and are NaN where that end lies below or
    above all values tried (`open_low`, `open_high`), or is not known.
    """

    name: str
    question: NeededEffect
    tried: tuple[float, ...]
    reached: tuple[Estimate, ...]
    value: float
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False

    def sentence(self) -> str:
        """The answer in words."""
        q, last = self.question, self.reached[-1]
        if any(np.isnan(e.value) for e in self.reached):
            fewest = min(e.n for e in self.reached)
            return (
                f"{q.question} Not known: {q.outcome} ({q.group}) is there in only {fewest} of {last.of} replications "
                "at some value that was tried."
            )
        known = f"interval: simulation error of {last.n} replications, 95 %; other parameters as given"
        change, wanted = (distinct(value, *(e.value for e in self.reached)) for value in (last.value, q.wanted))
        then = f"is {change} and should be {wanted}"
        if q.level is None:
            then = f"changes by {change} and should by {wanted}"
        if np.isnan(self.value):
            least = "" if np.isnan(self.low) else f", but from {distinct(self.low, *self.tried)} on it may ({known})"
            return (
                f"{q.question} No value of {q.parameter} up to {q.highest:g} does it: "
                f"{q.outcome} ({q.group}) then {then}{least}."
            )
        ends = [end for end in (self.low, self.high) if not np.isnan(end)]
        value, *shown = (distinct(each, q.without, *ends, self.value) for each in (self.value, self.low, self.high))
        low = f"below {self.tried[0]:g}" if self.open_low else "not known" if np.isnan(self.low) else shown[0]
        high = f"above {q.highest:g}" if self.open_high else "not known" if np.isnan(self.high) else shown[1]
        return (
            f"{q.question} {q.parameter} would have to be {value} [{low}, {high}], against "
            f"{q.without:g} without any effect, for {q.outcome} ({q.group}) to "
            f"{'change by' if q.level is None else 'be'} {q.wanted:g} ({known})."
        )


def needed_effects(
    loaded: Loaded, replications: int, workers: Workers = 1, progress: bool = False, kept: Kept | None = None
) -> list[Needed]:
    """Answer every question in the scenario's `needed_effects`; `kept` keeps what is finished.

    Of `replications` a change needs only FEW, for it is paired; a level has the luck of all, and takes all.
    """
    return [
        _answer(loaded, name, question, _enough(question, replications), workers, progress, kept)
        for name, question in loaded.scenario.needed_effects.items()
    ]


def _enough(question: NeededEffect, replications: int) -> int:
    return min(replications, FEW) if question.level is None else replications


def _answer(
    loaded: Loaded, name: str, question: NeededEffect, replications: int, workers: Workers, progress: bool,
    kept: Kept | None,
) -> Needed:  # fmt: skip
    values = question.tried()
    tried = [loaded.with_({question.parameter: value}) for value in values]
    results = replicate(tried, replications, workers, progress=progress, kept=kept)
    names = results[0].names
    figure = names.figure(question.outcome, question.group)
    results[0].estimate_of(figure)  # raises at once if there is no such figure
    scale, base = names.scale(figure), 0.0 * results[0].values(figure)
    if question.level is None:
        scale, base = names.change(figure), results[0].values(figure)
    reached = [_known_everywhere(estimate(result.values(figure) - base, scale)) for result in results]
    value, *ends = (
        crossing(values, [getattr(e, end) for e in reached], question.wanted) for end in ("value", "low", "high")
    )
    begin = 0.0 if question.level is None else reached[0].value
    rising = question.wanted >= begin  # the upper end of what is reached then gets there first
    low, high = (ends[1], ends[0]) if rising else (ends[0], ends[1])
    if not np.isnan(low) and not np.isnan(high):
        low, high = sorted((low, high))
    told = not any(np.isnan(e.low) for e in reached)
    return Needed(
        name, question, tuple(map(float, values)), tuple(reached), value, low, high,
        told and not np.isnan(value) and bool(np.isnan(low)), told and bool(np.isnan(high)),
    )  # fmt: skip


def distinct(value: float, *others: float) -> str:
    """A number with as many decimals as tell it from its neighbours: two or more, and two digits of its own."""
    gaps = [abs(value - other) for other in others if math.isfinite(value - other) and other != value]
    places = [-math.floor(math.log10(gap)) for gap in gaps]
    if value and math.isfinite(value):
        places.append(1 - math.floor(math.log10(abs(value))))
    return f"{value:.{max(2, *places, 0)}f}"


def _known_everywhere(e: Estimate) -> Estimate:
    """A change is known only if every replication has it."""
    return e if e.n == e.of else e._replace(value=NAN, low=NAN, high=NAN)


def crossing(values: Sequence[float], outcomes: list[float], wanted: float) -> float:
    """Where the straight lines between the points first cross the wanted value; NaN if they do not."""
    gap = np.array(outcomes) - wanted
    for i in range(len(gap) - 1):
        if gap[i] == 0 or gap[i] * gap[i + 1] < 0:
            return float(values[i] - gap[i] * (values[i + 1] - values[i]) / (gap[i + 1] - gap[i]))
    return float(values[-1]) if gap[-1] == 0 else float("nan")
