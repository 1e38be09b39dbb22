"""What is kept of one replication, small enough to send between processes and to keep by the thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.results.histories import histories
from simulation.results.outcomes import Key, Staffing, measure
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World


@dataclass(frozen=True)
class Replication:
    """Outcomes of one replication, and its weekly counts.

    `counts` has an array (weeks, jobcentres, arms) for every name that is not 0 throughout; `staff` is by week,
    jobcentre and team.
    """

    number: int
    outcomes: dict[Key, float]
    counts: dict[str, NDArray[np.int32]]
    staff: Staffing


def simulate(scenario: Scenario, numbers: Sequence[int]) -> list[Replication]:
    """Simulate a batch of replications and measure each."""
    return summarise(scenario, numbers, run(scenario, numbers))


def summarise(scenario: Scenario, numbers: Sequence[int], world: World) -> list[Replication]:
    """Measure every replication of a batch that has been run."""
    weeks, worlds = scenario.weeks, len(numbers)
    shape = (weeks, worlds, len(scenario.jobcentres), len(scenario.arms))
    counts = {name: array.reshape(shape) for name, array in sorted(world.register.counts.items())}
    teams = (worlds, len(scenario.jobcentres), len(scenario.teams))
    by_week = {
        name: np.array(getattr(world.register, name)).reshape(weeks, *teams)
        for name in ("minutes_used", "cases", "waiting")
    }
    minutes = np.bincount(world.staff.team_of_desk, world.staff.minutes, minlength=len(world.staff.fte))
    found = []
    for w, number in enumerate(numbers):
        staff = Staffing(
            fte=world.staff.fte.reshape(teams)[w],
            minutes=minutes.astype(np.int64).reshape(teams)[w],
            **{name: array[:, w] for name, array in by_week.items()},
        )
        own = {name: array[:, w].astype(np.int32) for name, array in counts.items() if array[:, w].any()}
        people = histories(world, w, scenario.follow_up, scenario.measured_weeks())
        totals = {name: array.sum(axis=0, dtype=np.int64) for name, array in own.items()}
        found.append(Replication(number, measure(scenario, people, totals, staff), own, staff))
    return found
