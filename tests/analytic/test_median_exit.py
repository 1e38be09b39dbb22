"""The week in which half have left, against a constant intensity: ln 2 / level, in weeks that are counted whole.

Decision rule: |z| < LIMIT by Greenwood's standard error with the true intensity, carried over to the median by the
slope of the curve within its week.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures.replication import summarise
from simulation.week import run
from simulation.world.spec import Floats, Ints
from tests.helpers import LIMIT, make

WEEKS = 60


def expected(level: float) -> tuple[int, float, float]:
    """Median of the curve 1 - exp(-level × weeks) that is known after whole weeks and straight between them.

    Returns the week, how far into it the median lies, and the slope there.
    """
    week = int(np.log(2) / level)
    before, after = -np.expm1(-level * np.array([week, week + 1]))
    return week, (0.5 - before) / (after - before), after - before


def covariance(level: float, observed: Ints, first: int, last: int) -> Floats:
    """Of the shares who have left after `first` and after `last` weeks: Greenwood, with the expected at risk."""
    weeks = np.arange(max(last, 1))
    at_risk = (observed[:, None] > weeks).sum(axis=0) * np.exp(-level * weeks)
    sums = np.concatenate(([0.0], np.cumsum(np.expm1(level) / at_risk)))
    found: Floats = np.exp(-level * (first + last)) * sums[min(first, last)]
    return found


@pytest.mark.parametrize("level", [0.03, 0.055, 0.5])
@pytest.mark.parametrize("intake", [1, 45], ids=["seen to the end", "censored"])
def test_half_have_left_after_ln_2_by_the_level(level: float, intake: int) -> None:
    """Two destinations share the level, so that the curve is of any exit; with an intake of 45 weeks of 60, many are
    seen for less than the follow-up."""
    scenario = make(
        weeks=WEEKS,
        intake={"persons": 20_000, "weeks": intake, "arrivals": "random"},
        exits={"job": {"level": 0.6 * level}, "other": {"level": 0.4 * level}},
    )
    world = run(scenario, [0])
    (replication,) = summarise(scenario, [0], world, 0.0)
    found = replication.outcomes["median_weeks_to_exit", "alle", None]
    week, into, slope = expected(level)
    assert 0 <= week + into - np.log(2) / level < level / 8, "a straight line lies this much below the curve at most"
    observed = WEEKS - world.ledige.entry.astype(int)
    ends = {week: 1 - into, week + 1: into}
    variance = sum(
        ends[first] * ends[last] * covariance(level, observed, first, last) for first in ends for last in ends
    )
    error = np.sqrt(variance) / slope
    assert error < 0.4
    assert abs(found - (week + into)) < LIMIT * error


def test_half_are_not_always_gone() -> None:
    """With a level that takes ln 2 / 0.01 = 69 weeks for half, there is no median within 60; nor of a difference."""
    scenario = make(weeks=WEEKS, arms={"a": 1, "b": 1}, exits={"job": {"level": 0.01}})
    (replication,) = summarise(scenario, [0], run(scenario, [0]), 0.0)
    for group in ("a", "b", "alle", "difference"):
        assert np.isnan(replication.outcomes["median_weeks_to_exit", group, None])


def test_the_groups_are_those_of_weeks_to_exit() -> None:
    """Arms, together and by jobcentre, levels of a characteristic, the difference."""
    levels = {"helbred": {"godt": {"share": 0.5, "exit_factors": {"job": 2}}, "andet": {"share": 0.5}}}
    scenario = make(
        arms={"a": 1, "b": 1}, jobcentres={"ribe": {}, "skive": {}}, subgroups=levels, outcomes_by=["helbred"],
        exits={"job": {"level": 0.1}},
    )  # fmt: skip
    (replication,) = summarise(scenario, [0], run(scenario, [0]), 0.0)
    of = {
        name: {str(group): value for (outcome, group, week), value in replication.outcomes.items() if outcome == name}
        for name in ("weeks_to_exit", "median_weeks_to_exit")
    }
    assert set(of["median_weeks_to_exit"]) == set(of["weeks_to_exit"]) >= {"alle", "a@ribe", "helbred:godt"}
    median = of["median_weeks_to_exit"]
    assert median["helbred:godt"] < median["alle"] < median["helbred:andet"]
    assert median["difference"] == median["a"] - median["b"]
