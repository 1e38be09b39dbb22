"""Two scenarios by the same luck: what follows an exit is the same, only earlier, so differences are sure.

The decision rule: the variance of a paired difference is at least five times smaller than that of two runs by different
luck. (Luck of jobs that went with the calendar week gave 2.8 for weeks of work here.)
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.world import World
from tests.helpers import make

WORLDS, PERSONS, WEEKS = 40, 200, 120
SMALL_JOB = {"at_entry": 0.2, "begins": 0.02, "ends": 0.05, "hours": {4: 0.5, 10: 0.5}}


def helped(level: float, **spells: Any) -> Scenario:
    jobs = {"hours": {15: 0.25, 37: 0.75}, "end_intensity": {0: 0.03, 13: 0.01}, "returns": 0.7} | spells
    intake = {"persons": PERSONS, "weeks": 12, "arrivals": "random"}
    return make(weeks=WEEKS, intake=intake, exits={"job": {"level": level}, "other": {"level": 0.004}}, job_spells=jobs)


def of_worlds(world: World, table: np.ndarray) -> np.ndarray:
    """Sum over people and weeks, by world."""
    return np.bincount(world.ledige.world, table.sum(axis=0), minlength=WORLDS)


@pytest.mark.parametrize("spells", [{}, {"beside_benefit": SMALL_JOB}], ids=["jobs", "and small jobs"])
def test_differences_of_employment_are_sure(spells: dict[str, Any]) -> None:
    """Weeks of work and hours, with everybody's intensity a fifth higher."""
    worlds = [run(helped(level, **spells), range(WORLDS)) for level in (0.03, 0.036)]
    for figure in ("weeks", "hours"):
        base, scenario = (
            of_worlds(w, w.register.hours if figure == "hours" else status_of(w.register.codes) == GONE) for w in worlds
        )
        assert scenario.mean() > base.mean()
        ratio = (base.var(ddof=1) + scenario.var(ddof=1)) / (scenario - base).var(ddof=1)
        assert ratio > 5, f"{figure}: {ratio:.1f}"


def test_who_leaves_earlier_has_the_same_job_earlier() -> None:
    """Person by person: the first job has the same hours and lasts as long."""
    early, late = run(helped(0.03), [0]), run(helped(0.024), [0])
    moved = 0
    for person in range(PERSONS):
        first, second = (_first_job(world, person) for world in (early, late))
        if first is None or second is None:
            continue
        assert first[1:] == second[1:]
        moved += first[0] != second[0]
    assert moved > PERSONS / 5


def _first_job(world: World, person: int) -> tuple[int, int, int] | None:
    """Week in which it began, its weeks and its hours; None if there was none that ended within the run."""
    status, hours = status_of(world.register.codes)[:, person], world.register.hours
    assert hours is not None
    at_work = np.flatnonzero(status == GONE)
    if not len(at_work):
        return None
    begins = int(at_work[0])
    over = np.flatnonzero(status[begins:] != GONE)
    return (begins, int(over[0]), int(hours[begins, person])) if len(over) else None
