"""What a sweep looks at: outcomes of the whole follow-up, chosen by name and group."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.results.names import ALLE, Figure, Group, Names, arm_group, arm_groups
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    from simulation.results.measures.replication import Replication

ABOUT = (
    "weeks_to_exit", "talk_share", "on_time_share", "no_time_share", "wait_first_talk", "wait_first_talk_all",
    "wait_caseworker", "wait_caseworker_all", "wait_caseworker_unserved", "caseload", "utilisation", "utilisation_peak",
    "talks_held", "talk_minutes",
)  # fmt: skip
"""Outcomes that are looked at if nothing else is asked for, after the exits."""
COSTS = ("staff_cost", "staff_fte")
"""Shown as well, wherever they are known."""
BY_WEEK_ONLY = ("on_benefit", "employed_share")


@dataclass(frozen=True)
class Wanted:
    """Which figures are kept. `asked` are outcomes with a group; without one, of each arm and alle."""

    asked: tuple[tuple[str, Group | None], ...]
    groups: tuple[Group, ...]

    def figures(self, replication: Replication) -> dict[Figure, float]:
        """The wanted figures of one replication."""
        return {figure: value for figure, value in replication.outcomes.items() if self.has(figure)}

    def has(self, figure: Figure) -> bool:
        """Whether a figure is wanted."""
        if figure.time is not None:
            return False
        if (figure.outcome, figure.group) in self.asked:
            return True
        return figure.group in self.groups and (figure.outcome, None) in self.asked

    def place(self, figure: Figure) -> tuple[int, str, int]:
        """Where a figure stands in a table: in the order in which outcomes were asked for, alle last."""
        outcomes = [outcome for outcome, _ in self.asked]
        number = self.groups.index(figure.group) if figure.group in self.groups else len(self.groups)
        return outcomes.index(figure.outcome), figure.outcome, number


def wanted(scenario: Scenario, outcomes: Sequence[str] | None, also: Figure | None) -> Wanted:
    """The figures asked for by `NAME` or `NAME:GROUP`; None: a set that suits the scenario. `also` is one more."""
    arms, names = [group for group in arm_groups(scenario) if group != ALLE or len(scenario.arms) == 1], Names(scenario)
    texts = outcomes if outcomes is not None else [*(f"exit_{name}" for name in scenario.exits), *ABOUT, *COSTS]
    pairs = [split(text) for text in texts]
    asked = dict.fromkeys((names.read(name), names.group(group) if group else None) for name, group in pairs)
    groups = (*arms, *([ALLE] if ALLE not in arms else []))
    if also is not None and not ((also.outcome, None) in asked and also.group in groups):
        asked[also.outcome, also.group] = None
    return Wanted(tuple(asked), groups)


def split(asked: str) -> tuple[str, str | None]:
    """Outcome and group of `NAME` or `NAME:GROUP`, as they are written."""
    outcome, colon, group = asked.partition(":")
    return outcome.strip(), group.strip() if colon else None


def known_outcomes(names: Names) -> Iterator[str]:
    """Outcomes that a sweep may show: those measured over the whole follow-up."""
    for outcome in names.meanings:
        if outcome not in BY_WEEK_ONLY and not names.of_states(outcome) and not names.by_month(outcome):
            yield outcome


def level_is_sensible(names: Names, outcome: str, group: Group | None, level: float, at_least: bool) -> bool:
    """Whether a service level is neither always met nor impossible."""
    if not math.isfinite(level):
        return False
    if group is not None and group.kind == "difference":
        return True
    if names.is_share(outcome):
        return 0 < level <= 1 if at_least else 0 <= level < 1
    return level >= 0 or bool(names.intervention(outcome))


def usual_group(scenario: Scenario, keys: Sequence[str]) -> Group:
    """The group to look at first: the one arm that the only swept team serves alone, or else alle."""
    teams = {key.split(".")[1] for key in keys if key.startswith("teams.") and key.count(".") >= 2}
    if len(teams) == 1:
        team = scenario.teams.get(teams.pop())
        served = set(team.arms or ()) if team is not None else set()
        alone = [name for name, parts in scenario.parts.items() if set(parts) == served]
        return arm_group(alone[0]) if alone else ALLE
    return ALLE
