"""Published shares of jobs that end soon or last, against the intensities that they come from.

Decision rule: |z| < LIMIT by Greenwood's standard error with the true intensities, among as many jobs at risk in every
week as the closed form expects of those that can be watched for so long.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures.replication import summarise
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.beskaeftigelse import cumulated
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.spec import Floats, Ints
from simulation.world.world import World
from tests.helpers import LIMIT, make

WEEKS, FOLLOW_UP = 100, 20
STEADY = {0: 0.03}
PUBLISHED = {0: -np.log(0.74) / 13, 13: -np.log(0.50 / 0.74) / 39}
AT_ONCE = {0: 0.2, 1: 0.01, 12: 0.1, 13: 0.005}


def staggered(end_intensity: dict[int, float], returns: float) -> Scenario:
    """Enrolled over 90 of 100 weeks, so jobs are watched for a few weeks or many; two kinds of job, exits for good.

    Hardly anybody leaves in the first week of a spell, so that whoever comes back on a mandag is still there on søndag.
    """
    late = {"level": 0.0002, "duration": {"log_slope": 1.0, "until_week": 8}}
    spell = {"hours": 37, "end_intensity": end_intensity, "returns": returns}
    return make(
        weeks=WEEKS,
        follow_up=FOLLOW_UP,
        arms={"a": 1, "b": 1},
        intake={"persons": 40_000, "weeks": 90, "arrivals": "random"},
        exits={"job": late, "fleksjob": {**late, "job_spells": spell}, "other": late},
        job_spells=spell,
    )


def watched_for(world: World) -> Ints:
    """Weeks after the first that are left of the run for every job that begins within the follow-up; by hand."""
    status, entry = status_of(world.register.codes).astype(int), world.ledige.entry.astype(int)
    away = (status >= GONE).argmax(axis=0)
    to_job = np.isin(status[away, np.arange(len(away))], (GONE, GONE + 1))
    return (WEEKS - 1 - away)[to_job & (away - entry < FOLLOW_UP)]


def greenwood(used: Floats, watched: Ints, weeks: int) -> float:
    """Standard error of the share of jobs over after so many weeks; `used` has the intensities of the weeks."""
    lasts = np.exp(-np.concatenate(([0.0], np.cumsum(used))))
    at_risk = np.array([np.count_nonzero(watched > week) for week in range(weeks)]) * lasts[:weeks]
    ends = -np.expm1(-used[:weeks])
    return float(lasts[weeks] * np.sqrt((ends / (1 - ends) / at_risk).sum()))


@pytest.mark.parametrize("returns", [0.0, 0.6])
@pytest.mark.parametrize("end_intensity", [STEADY, PUBLISHED, AT_ONCE], ids=["steady", "published", "at once"])
def test_jobs_end_by_their_intensities(end_intensity: dict[int, float], returns: float) -> None:
    """1 - exp(-used up within 13 weeks) end, exp(-used up within 52) last; a week more or less would be seen.

    Many jobs are cut off by the end of the run, whose plain share would be seen as well.
    """
    scenario = staggered(end_intensity, returns)
    world = run(scenario, [0])
    (replication,) = summarise(scenario, [0], world, 0.0)
    watched = watched_for(world)
    assert (watched < 13).mean() > 0.05 and (watched < 52).mean() > 0.4
    used = np.diff(cumulated(end_intensity), prepend=0.0)
    for weeks, found in (
        (13, replication.outcomes["job_ended_13w", "alle", None]),
        (52, 1 - replication.outcomes["job_lasts_52w", "alle", None]),
    ):
        error = greenwood(used, watched, weeks)
        assert abs(found - (1 - np.exp(-used[:weeks].sum()))) < LIMIT * error
        if end_intensity is STEADY and weeks == 13:
            for wrong in (12, 14):
                assert abs(found - (1 - np.exp(-used[:wrong].sum()))) > LIMIT * error


def test_arms_and_their_difference() -> None:
    """By arm, the first less the last; not by jobcentre, and not by level."""
    scenario = staggered(PUBLISHED, 0.3)
    (replication,) = summarise(scenario, [0], run(scenario, [0]), 0.0)
    for outcome in ("job_ended_13w", "job_lasts_52w"):
        found = {str(group): value for (name, group, _), value in replication.outcomes.items() if name == outcome}
        assert set(found) == {"a", "b", "alle", "difference"}
        assert found["difference"] == found["a"] - found["b"]
        assert min(found["a"], found["b"]) <= found["alle"] <= max(found["a"], found["b"])
