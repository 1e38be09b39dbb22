"""The reference workload against published means of another program.

`scenarios/bench/jobcentre_64.yaml` states in scenario terms the law that benchmarks/lean_simpy.py states in words. A C
program of the same law, written without this one, has given the means of 4000 seeds below.

Decision rule: |z| < 3.5 for each of the eleven figures, z = difference / combined standard error (replications here,
seeds there, and the rounding of the published digits). Why 3.5: a right program exceeds it in one figure in 2100, so in
a set of eleven, which mostly move together, in at most one set in 190 (30 replications with Student's t: one in 60);
and by then a wrong one has come far: with 200 replications the limit is 0.13 percentage points of exits, less than
what an effect that lasts one week too long would change. Seeds are fixed, so that the test fails when the
program changes and not when the weather does.

The C program serves equals by index, this one by a lot drawn once per ledig. Who comes first among equals, in the
praktik queue and in the talk queue, is then another ledig of the same law; so lots may change no mean, and a
statistical test of that is implied by this one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from simulation.scenario.load import load
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import offer_of, status_of
from simulation.world.world import World

SCENARIO = Path(__file__).parents[2] / "scenarios" / "bench" / "jobcentre_64.yaml"
LIMIT = 3.5
BATCH = 5

# Mean, its standard error and the unit of the last published digit.
PUBLISHED = {
    "exits per cent": (30.7854, 0.0074),
    "exits to job per cent": (21.3033, 0.0066),
    "exits to education per cent": (4.7025, 0.0033),
    "exits to other per cent": (4.7795, 0.0034),
    "held per person-week": (0.7837, 0.0),
    "held per due": (0.8055, 0.0),
    "no-shows per called": (0.1000, 0.0),
    "praktik weeks per ledig": (1.4412, 0.0002),
    "praktik starts per ledig": (0.1931, 0.0),
    "minutes per ledig": (1441.7142, 0.0215),
    "person-weeks per ledig": (47.9972, 0.0029),
}
DIGIT = 0.0001  # all are printed with four decimals, standard errors too


def figures(world: World, worlds: int) -> np.ndarray:
    """The eleven figures of every world of a batch, shape (worlds, 11).

    A person-week is one at risk on tirsdag: on benefit on søndag or gone this week. A talk is due if it was asked for.
    """
    persons = len(world.ledige) / worlds
    totals = {name: c.sum(axis=0).reshape(worlds, -1).sum(axis=1) for name, c in world.register.counts.items()}
    codes = world.register.codes.reshape(len(world.register.codes), worlds, -1)
    gone = [totals[f"exit_{name}"] for name in ("job", "education", "other")]
    exits = sum(gone)
    person_weeks = np.count_nonzero(status_of(codes) == LEDIG, axis=(0, 2)) + exits
    held, no_shows = totals["held"], totals["udeblivelse"]
    minutes = np.sum(world.register.minutes_used, axis=0).reshape(worlds, -1).sum(axis=1)
    columns = [
        100 * exits / persons,
        *(100 * each / persons for each in gone),
        held / person_weeks,
        held / (held + no_shows + totals["no_time"]),
        no_shows / (held + no_shows),
        np.count_nonzero(offer_of(codes), axis=(0, 2)) / persons,
        totals["praktik_started"] / persons,
        minutes / persons,
        person_weeks / persons,
    ]
    return np.stack(columns, axis=1)


def compare(replications: range) -> dict[str, float]:
    """z of every figure."""
    scenario = load(SCENARIO).scenario
    batches = [list(replications[i : i + BATCH]) for i in range(0, len(replications), BATCH)]
    found = np.concatenate([figures(run(scenario, numbers), len(numbers)) for numbers in batches])
    mean, error = found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(len(found))
    published, published_error = np.array(list(PUBLISHED.values())).T
    # where the published error is printed as 0 it may be as large as half a digit
    published_error = np.maximum(published_error, DIGIT / 2)
    z = (mean - published) / np.sqrt(error**2 + published_error**2 + DIGIT**2 / 12)
    return dict(zip(PUBLISHED, z.tolist(), strict=True))


def test_thirty_replications_agree() -> None:
    """The quick look: |z| < 3.5 in all eleven figures."""
    z = compare(range(30))
    assert max(map(abs, z.values())) < LIMIT, z


@pytest.mark.slow
def test_two_hundred_replications_agree() -> None:
    """The close look, at other replications: |z| < 3.5 in all eleven figures."""
    z = compare(range(1000, 1200))
    assert max(map(abs, z.values())) < LIMIT, z
