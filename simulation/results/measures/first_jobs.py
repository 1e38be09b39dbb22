"""How long the jobs last that first exits led to, watched until the end of the run and not of the follow-up alone.

A job begins on a tirsdag and ends on a mandag, so the weekly register first shows in the week after the exit whether it
goes on. One that is over d weeks after the week of its exit has used up the intensities of its first d weeks, no more:
a job with the constant end intensity h is over within 13 weeks with the chance 1 - exp(-13 h). No weekly register
shows a break within a single week (back on benefit on mandag, in a job again on tirsdag), so it counts as none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.histories import Histories, measured_rows
from simulation.results.measures.incidence import aalen_johansen
from simulation.results.names import ALLE, Figure, arm_groups
from simulation.scenario.schema import Scenario
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import Floats, Ids, Ints

SOON, LONG = 13, 52
"""Weeks that publishers ask about."""


def first_jobs(scenario: Scenario, world: Past, people: Histories) -> dict[Figure, Floats]:
    """Outcomes of the jobs of a batch, shape (worlds,); none without job spells.

    `people` are its histories, which tell who first left to a job, and when.
    """
    employment = scenario.employment()
    if not employment:
        return {}
    is_job = np.array([name in employment for name in scenario.exits])
    hired = np.flatnonzero((people.cause >= 0) & is_job[people.cause])
    rows = measured_rows(scenario, world)[hired]
    end, watched = job_ends(world.register.codes, rows, world.ledige.entry[rows] + people.exit_week[hired])
    arm, of_world = people.arm[hired], people.world[hired]
    outcomes: dict[Figure, Floats] = {}
    groups = {ALLE: arm >= 0} | {group: np.isin(arm, arms) for group, arms in arm_groups(scenario).items()}
    for group, members in groups.items():
        over = share_over(of_world[members], people.worlds, end[members], watched[members])
        outcomes[Figure(f"job_ended_{SOON}w", group)] = over[:, SOON]
        outcomes[Figure(f"job_lasts_{LONG}w", group)] = 1 - over[:, LONG]
    return outcomes


def job_ends(codes: NDArray[np.uint16], rows: Ids, began: Ints) -> tuple[Ints, Ints]:
    """In which week (0, 1, ...) of each job it ends, LONG if not so soon or not seen, and for how many it is watched.

    `began` are the weeks of the run in which these rows left benefit for the job. It goes on for as long as the
    register shows her at the same destination.
    """
    last = len(codes) - 1
    place = np.minimum(began + np.arange(LONG + 1)[:, None], last)  # after the last week nothing new is seen
    place *= codes.shape[1]
    place += rows
    status = status_of(codes.ravel().take(place))  # twice as fast as by two indices
    over = np.ones(status.shape, dtype=bool)  # week LONG stands for those that go on
    np.not_equal(status[1:], status[0], out=over[:-1])
    return over.argmax(axis=0), last - began


def share_over(world: Ints, worlds: int, end: Ints, watched: Ints) -> Floats:
    """Share of the jobs of every world that are over after 0, 1, ... LONG weeks (product-limit), shape (worlds, LONG +
    1); NaN where no job was watched so long.

    Once every job that was at risk has ended, all are over, and that nobody is at risk any more hides nothing.
    """
    ends = np.where(end < LONG, 0, -1)
    share, at_risk = aalen_johansen(world, worlds, end, ends, watched, 1, LONG)
    over: Floats = np.minimum(share[:, 0], 1.0)  # the sum may be above by rounding
    over[:, 1:][(at_risk == 0) & (over[:, 1:] < 1 - 1e-9)] = np.nan
    over[np.bincount(world, minlength=worlds) == 0] = np.nan
    return over
