"""What a sweep looks at: outcomes of the whole follow-up, chosen by name and group."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.results.meanings import MEANINGS, by_month, is_share, outcomes_of
from simulation.results.measures.replication import Replication
from simulation.scenario.schema import Scenario

Figure = tuple[str, str]
"""Outcome and group, of the whole follow-up."""

ABOUT = (
    "weeks_to_exit", "talk_share", "on_time_share", "no_time_share", "wait_first_talk", "wait_caseworker", "caseload",
    "utilisation", "utilisation_peak", "talks_held", "talk_minutes",
)  # fmt: skip
"""Outcomes that are looked at if nothing else is asked for, after the exits."""
COSTS = ("staff_cost", "staff_fte")
"""Beginnings of the names of further ones: what the staff costs, wherever it is known."""
BY_WEEK_ONLY = ("on_benefit", "employed_share", "persons_seen", "state_")


@dataclass(frozen=True)
class Wanted:
    """Which figures are kept. `asked` are pairs of outcome and group; without a group each arm and alle."""

    asked: tuple[tuple[str, str | None], ...]
    groups: tuple[str, ...]

    def figures(self, replication: Replication) -> dict[Figure, float]:
        """Those of one replication."""
        found = {
            (outcome, group): value for (outcome, group, week), value in replication.outcomes.items() if week is None
        }
        return {figure: value for figure, value in found.items() if self.has(figure)}

    def has(self, figure: Figure) -> bool:
        """Whether a figure is wanted."""
        outcome, group = figure
        if (outcome, group) in self.asked:
            return True
        return group in self.groups and any(of is None and _names(name, outcome) for name, of in self.asked)

    def place(self, figure: Figure) -> tuple[int, str, int]:
        """Where a figure stands in a table: in the order in which outcomes were asked for, alle last."""
        outcome, group = figure
        places = (n for n, (name, _) in enumerate(self.asked) if _names(name, outcome))
        number = self.groups.index(group) if group in self.groups else len(self.groups)
        return next(places), outcome, number


def _names(name: str, outcome: str) -> bool:
    """Whether a name means an outcome; those of what staff costs need only begin like it."""
    return name == outcome or (name in COSTS and outcome.startswith(name))


def wanted(scenario: Scenario, outcomes: Sequence[str] | None, also: Figure | None) -> Wanted:
    """What is asked for by `NAME` or `NAME:GROUP`; None: a set that suits the scenario. `also` is the service asked."""
    arms = list(scenario.arms)
    names = outcomes if outcomes is not None else [*(f"exit_{name}" for name in scenario.exits), *ABOUT, *COSTS]
    asked = dict.fromkeys(split(name) for name in names)
    groups = (*arms, *(["alle"] if "alle" not in arms else []))
    if also is not None and not ((also[0], None) in asked and also[1] in groups):
        asked[also] = None
    return Wanted(tuple(asked), groups)


def split(asked: str) -> tuple[str, str | None]:
    """Outcome and group of `NAME` or `NAME:GROUP`."""
    outcome, colon, group = asked.partition(":")
    return outcome.strip(), group.strip() if colon else None


def known_outcomes(scenario: Scenario) -> set[str]:
    """Names of outcomes that a sweep may show: those that can be of the whole follow-up."""
    return {name for name in outcomes_of(scenario) if not name.startswith(BY_WEEK_ONLY) and not by_month(name)}


def level_is_sensible(outcome: str, group: str, level: float, at_least: bool) -> bool:
    """Whether a service level asks for anything, and for nothing impossible."""
    if not math.isfinite(level):
        return False
    if group == "difference":
        return True
    if is_share(outcome):
        return 0 < level <= 1 if at_least else 0 <= level < 1
    known = outcome in MEANINGS
    return level >= 0 or not known


def usual_group(scenario: Scenario, keys: Sequence[str]) -> str:
    """The group to look at first: the one arm that the only swept team serves alone, or else alle."""
    teams = {key.split(".")[1] for key in keys if key.startswith("teams.") and key.count(".") >= 2}
    if len(teams) == 1:
        team = scenario.teams.get(teams.pop())
        if team is not None and team.arms is not None and len(team.arms) == 1:
            return team.arms[0]
    return "alle"
