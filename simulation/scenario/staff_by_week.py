"""The staff of every week, where it changes at dates; the same in all weeks where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.world.spec import Floats
from simulation.world.staff.teams import Team


def team_by_week(scenario: Scenario, jobcentre: str, team: str) -> Iterator[tuple[slice, Team]]:
    """A team of a jobcentre from date to date: the weeks of the run in which it is so, and the team."""
    begins = [week for week, _ in scenario.epochs]
    for (week, epoch), end in zip(scenario.epochs, [*begins[1:], scenario.weeks], strict=True):
        yield slice(week, end), epoch.teams_of(jobcentre)[team]


def by_week(scenario: Scenario, jobcentre: str, team: str, what: Callable[[Team], float]) -> Floats:
    """Something of a team of a jobcentre by week of the run: shape (weeks,)."""
    found = np.empty(scenario.weeks)
    for weeks, its in team_by_week(scenario, jobcentre, team):
        found[weeks] = what(its)
    return found


def mean_fte(scenario: Scenario, jobcentre: str, team: str) -> float:
    """Full-time staff of a team of a jobcentre; where it changes, the mean from the first measured enrolment on."""
    course = by_week(scenario, jobcentre, team, _fte)
    return float(course[0] if (course == course[0]).all() else course[scenario.measured_from :].mean())


def typical(scenario: Scenario, jobcentre: str, team: str) -> Team:
    """A team of a jobcentre with its mean staff, and everything else as it is when it has most minutes."""
    return largest(scenario, jobcentre, team).model_copy(update={"fte": mean_fte(scenario, jobcentre, team)})


def largest(scenario: Scenario, jobcentre: str, team: str) -> Team:
    """A team as it is when it has most minutes."""
    teams = [its for _, its in team_by_week(scenario, jobcentre, team)]
    return max(teams, key=lambda its: its.fte * its.minutes_per_week)


def full_time(scenario: Scenario) -> Floats:
    """The same of every team: shape (jobcentres, teams)."""
    return np.array([[mean_fte(scenario, place, team) for team in scenario.teams] for place in scenario.jobcentres])


def _fte(team: Team) -> float:
    return team.fte


def staff_changes_at_dates(scenario: Scenario, team: str) -> bool:
    """Whether the full-time staff of a team is another one from some week on, in any jobcentre."""
    found = (by_week(scenario, place, team, _fte) for place in scenario.jobcentres)
    return any((course != course[0]).any() for course in found)
