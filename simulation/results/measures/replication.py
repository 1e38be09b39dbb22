"""What is kept of one replication, small enough to send between processes and to keep by the thousand."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.special  # noqa: F401 - frailty needs it; loaded here, before the clock starts
from numpy.typing import NDArray

from simulation.results.measures.first_jobs import first_jobs
from simulation.results.measures.histories import histories
from simulation.results.measures.months import by_month
from simulation.results.measures.outcomes import Key, measure
from simulation.results.measures.staffing import Staffing, staffing
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
    seconds: float  # its share of the time in which its batch was set up and run
    outcomes: dict[Key, float]
    counts: dict[str, NDArray[np.int32]]
    staff: Staffing


def simulate(scenario: Scenario, numbers: Sequence[int]) -> list[Replication]:
    """Simulate a batch of replications and measure each."""
    began = time.perf_counter()
    world = run(scenario, numbers)
    return summarise(scenario, numbers, world, time.perf_counter() - began)


def summarise(scenario: Scenario, numbers: Sequence[int], world: World, seconds: float) -> list[Replication]:
    """Measure every replication of a batch that has been run, in so many seconds."""
    weeks, worlds = scenario.weeks, len(numbers)
    shape = (weeks, worlds, len(scenario.jobcentres), len(scenario.arms))
    counts = {name: array.reshape(shape) for name, array in sorted(world.register.counts.items())}
    found = []
    for w, (number, staff) in enumerate(zip(numbers, staffing(scenario, world), strict=True)):
        own = {name: array[:, w].astype(np.int32) for name, array in counts.items() if array[:, w].any()}
        people = histories(scenario, world, w)
        totals = {name: array.sum(axis=0, dtype=np.int64) for name, array in own.items()}
        further = by_month(scenario, world, w) | first_jobs(scenario, world, w, people)
        outcomes = measure(scenario, people, totals, staff, further)
        found.append(Replication(number, seconds / worlds, outcomes, own, staff))
    return found
