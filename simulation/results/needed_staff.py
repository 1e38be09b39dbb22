"""How much staff would have been enough to hold a given share of the talks in the week in which they fell due.

It is computed from what a run asked for, desk by desk and week by week, as a queue of minutes: first what is left over
and the calls to those who stayed away, then what falls due. Cases, no-shows and absence are as they were in the run,
so no further run is needed. Where the run itself was short of staff, ledige asked for fewer talks than they would have
(a talk that is late puts off the next one), and the answer is too low; a sweep runs every staffing and is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.results.intervals import Estimate, Scale, estimate
from simulation.results.names import Figure, Group
from simulation.results.result import Result
from simulation.world.spec import Floats

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
MOST = 64.0
"""Largest multiple of the present staff that is tried."""
STEPS = 30
SHORT = 0.9
"""A run in which less than this share of talks found time in their week was short of staff."""


@dataclass(frozen=True)
class NeededStaff:
    """One team: its full-time staff, the share of talks for which there was time in their week, and the full-time staff
    for each of the levels; NaN where no amount of staff does it."""

    team: str
    fte: float
    now: Estimate
    needed: tuple[Estimate, ...]

    @property
    def short(self) -> bool:
        """Whether the run was so short of staff that the answer is too low."""
        return self.now.value < SHORT


def needed_staff(result: Result) -> list[NeededStaff]:
    """The answer for every team that takes cases and was asked for talks."""
    scenario, answers = result.loaded.scenario, []
    staff = [replication.staff for replication in result.replications]
    for t, (name, team) in enumerate(scenario.teams.items()):
        desks, fte = staff[0].team_of_desk % len(scenario.teams) == t, float(staff[0].fte[:, t].sum())
        minutes_there, fresh, again = (
            np.array([getattr(each, part)[:, desks] for each in staff], dtype=np.float64).swapaxes(0, 1)
            for part in ("at_desk", "fresh", "again")
        )
        if team.takes_cases and fte and fresh.any():
            now = in_time(minutes_there, fresh, again, np.ones((1, len(staff))))[0]
            needed = fte * smallest(minutes_there, fresh, again)
            within_reach = Scale(0.0, horizon=fte * MOST)  # beyond it nothing is tried
            shares = estimate(now, result.names.scale(Figure("called_on_time_share", Group("team", name))))
            answers.append(NeededStaff(name, fte, shares, tuple(estimate(each, within_reach) for each in needed)))
    return answers


def in_time(minutes_there: Floats, fresh: Floats, again: Floats, times: Floats) -> Floats:
    """Share of the minutes that fell due for which there is time in the same week, with `times` as many minutes.

    Minutes have shape (weeks, replications, desks); `times` and the answer (levels, replications).
    """
    left_over, minutes_in_time = np.zeros((*times.shape, minutes_there.shape[2])), np.zeros(times.shape)
    before = np.concatenate((np.zeros_like(again[:1]), again[:-1]))  # who stayed away asks again the week after
    for at_desk, due, stayed_away in zip(minutes_there, fresh, before, strict=True):
        room = at_desk * times[:, :, None] - left_over - stayed_away
        minutes_in_time += np.clip(room, 0.0, due).sum(axis=2)
        left_over = np.maximum(due - room, 0.0)
    asked = fresh.sum(axis=(0, 2))
    shares: Floats = np.divide(minutes_in_time, asked, out=np.full(minutes_in_time.shape, np.nan), where=asked > 0)
    return shares


def smallest(minutes_there: Floats, fresh: Floats, again: Floats) -> Floats:
    """The smallest multiple of the staff that reaches each of LEVELS, by bisection: shape (levels, replications);
    NaN where none does."""
    levels = np.array(LEVELS)[:, None]
    low, high = np.zeros((len(LEVELS), minutes_there.shape[1])), np.full((len(LEVELS), minutes_there.shape[1]), MOST)
    within_reach = in_time(minutes_there, fresh, again, high) >= levels
    for _ in range(STEPS):
        middle = (low + high) / 2
        enough = in_time(minutes_there, fresh, again, middle) >= levels
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray(np.where(within_reach, high, np.nan), dtype=np.float64)
