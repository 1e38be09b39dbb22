"""Staff that takes no cases: advisers of clubs, brokers, konsulenter, a-kasser. What they do, and how much would do.

A run knows what minutes they used, and in a week in which nearly all were used not what more was asked for. So the
staff with which a share of what they were asked for fits in its week is a number where no week was full, and else the
least that it can be; a sweep runs every staffing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.results.intervals import Estimate, Scale, estimates
from simulation.results.measures.staff_outcomes import Teams
from simulation.results.names import Figure, Group
from simulation.results.result import Result
from simulation.scenario.enough_staff import LEVELS, smallest
from simulation.world.spec import Bools, Floats, ratios

FULL = 0.9
"""A week in which more than this share of the minutes is used counts as full: the next piece of work may not fit."""


@dataclass(frozen=True)
class Partners:
    """One team without cases, all jobcentres together: its full-time staff, the outcomes of staff that it has, the
    share of what it did that fell in weeks that were `full`, and the full-time staff for each of the levels, which is
    the `least` it can be where some weeks were full."""

    team: str
    fte: float
    outcomes: Mapping[str, Estimate]
    full: Estimate
    needed: tuple[Estimate, ...]

    @property
    def least(self) -> bool:
        """Whether more may have been asked for than is seen."""
        return self.full.value > 0


def partners(result: Result) -> list[Partners]:
    """Every team that takes no cases and has staff somewhere."""
    scenario = result.loaded.scenario
    if all(team.takes_cases for team in scenario.teams.values()):
        return []
    teams, found = Teams(scenario, [replication.staff for replication in result.replications]), []
    for t, (name, team) in enumerate(scenario.teams.items()):
        rows = np.zeros(teams.fte.shape, dtype=bool)
        rows[:, t] = [of_place[name].done_by is None for of_place in teams.by_place]
        if not team.takes_cases and teams.fte[rows].sum():
            found.append(_of(result, teams, name, rows))
    return found


def _of(result: Result, teams: Teams, name: str, rows: Bools) -> Partners:
    fte = float(teams.fte[rows].sum())
    measured = teams.of_partners(rows)
    scales = [result.names.scale(Figure(outcome, Group("partner", name))) for outcome in measured]
    outcomes = dict(zip(measured, estimates(list(measured.values()), scales), strict=True))
    there, used = (teams.by_desk(what, rows) for what in ("minutes", "minutes_used"))
    share = ratios(_sum(np.where(used > FULL * there, used, 0.0)), _sum(used))
    needed = fte * smallest(there, used, np.zeros_like(used))
    (full,) = estimates([share], [Scale(0.0, 1.0)])
    return Partners(name, fte, outcomes, full, tuple(estimates(needed, [Scale(0.0)] * len(LEVELS))))


def _sum(minutes: Floats) -> Floats:
    """Over weeks and jobcentres, of minutes of shape (weeks, replications, jobcentres)."""
    return np.asarray(minutes.sum(axis=(0, 2)))
