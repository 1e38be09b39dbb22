"""How much staff would have been enough to hold a given share of the talks in the week in which they fell due.

It is computed from what a run asked for (`scenario/enough_staff.py`): cases, no-shows and absence are as they were, so
no further run is needed. What is tried is every multiple of the staff, week by week as it changes at dates; it is told
as its mean over the measured weeks. What the run itself has shown binds: a share that it reached took no more staff
than it had, one that it did not reach takes more. Where it was short of staff, talks were put off and ledige without a
caseworker asked for none, so that is all that it can say, beside what plans alone lead one to expect; a sweep runs
every staffing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulation.results.intervals import Estimate, Scale, estimates
from simulation.results.names import Figure, Group
from simulation.results.result import Result
from simulation.scenario.enough_staff import LEVELS, MOST, expected_staff, smallest
from simulation.scenario.expected_load import Expected
from simulation.scenario.staff_by_week import staff_changes_at_dates

SHORT = 0.9
"""A run in which less than this share of talks found time in their week was short of staff."""
OWN = "called_on_time_share"
Bound = Literal["", "more than", "at most"]


@dataclass(frozen=True)
class NeededStaff:
    """One team: its full-time staff, the share of talks for which there was time in the week in which they fell due
    (who had no caseworker then is in it), and for each of the levels the full-time staff (NaN: out of reach) with
    `bounds`: "" for a number, else what the run alone says of the staff that it had. `by_plans` is reckoned without a
    run, give or take `rough`. `changes`: the staff is another one from some date on, and all numbers are means."""

    team: str
    fte: float
    now: Estimate
    needed: tuple[Estimate, ...]
    bounds: tuple[Bound, ...]
    by_plans: tuple[float, ...]
    changes: bool = False


def needed_staff(result: Result) -> list[NeededStaff]:
    """The answer for every team that takes cases and was asked for talks."""
    scenario, answers, expected = result.loaded.scenario, [], Expected(result.loaded.scenario)
    staff = [replication.staff for replication in result.replications]
    have = set(result.keys)
    for t, (name, team) in enumerate(scenario.teams.items()):
        desks, fte = staff[0].team_of_desk % len(scenario.teams) == t, float(staff[0].fte[:, t].sum())
        minutes_there, fresh, again = (
            np.array([getattr(each, part)[:, desks] for each in staff], dtype=np.float64).swapaxes(0, 1)
            for part in ("at_desk", "fresh", "again")
        )
        own = Figure(OWN, Group("team", name))
        if team.takes_cases and fte and own in have and (now := result.estimate_of(own)).n:
            within_reach = Scale(0.0, horizon=fte * MOST)  # beyond it nothing is tried
            needed = estimates(fte * smallest(minutes_there, fresh, again), [within_reach] * len(LEVELS))
            bounds = tuple(_bound(level, now, e, fte) for level, e in zip(LEVELS, needed, strict=True))
            plans = [np.nan] * len(LEVELS)
            if any(bounds):
                plans = expected_staff(scenario, name, list(scenario.jobcentres), expected).tolist()
            changes = staff_changes_at_dates(scenario, name)
            answers.append(NeededStaff(name, fte, now, tuple(needed), bounds, tuple(plans), changes))
    return answers


def _bound(level: float, now: Estimate, reckoned: Estimate, fte: float) -> Bound:
    """What the run has shown of a level, where that binds more than what is reckoned, or nothing could be: where every
    jobcentre has one desk, what is asked of it is not kept."""
    unknown = now.value < SHORT or reckoned.n == 0
    if now.value >= level:
        return "at most" if unknown or reckoned.value > fte else ""
    return "more than" if unknown or reckoned.value <= fte else ""
