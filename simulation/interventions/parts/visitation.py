"""Visitation: who among those offered a voluntary course says yes, and whom the staff turn away.

In Tre hovedveje til job most municipalities presented the jobklub as an option; principles of visitation were unclear
at first and were tightened later, to language, CV and motivation (Rambøll, Tre hovedveje til job, p. 8-9, 16, 19). No
share is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Found, Setting
from simulation.world.clocks import RUN_WEEK
from simulation.world.spec import Bools, Floats, Ids, Share, Spec, Weeks
from simulation.world.world import World

ByLevel = dict[str, dict[str, Share]]


class Visitation(Spec):
    """Criteria that hold from some week of the run on, until the next ones."""

    from_week: Annotated[Weeks, Field(description="Week of the run from which they hold"), RUN_WEEK] = 0
    turned_away: Annotated[
        ByLevel, Field(description="Share turned away, by characteristic and level; levels left out: nobody")
    ]


def let_in(rules: Sequence[Visitation], world: World, week: int, ids: Ids) -> float | Floats:
    """Share of those like each of these ids who are not turned away this week; shape of `ids`, or one for all."""
    now = [rule for rule in rules if rule.from_week <= week]
    kept: float | Floats = 1.0
    for attribute, levels in now[-1].turned_away.items() if now else ():
        shares = np.array([1.0 - levels.get(level, 0.0) for level in world.levels[attribute]])
        kept = kept * shares.take(world.ledige.subgroup[attribute].take(ids))
    return kept


def passes(rules: Sequence[Visitation], world: World, name: str, week: int, ids: Ids) -> Bools:
    """Who of these ids is not turned away this week; shape of `ids`."""
    return np.asarray(world.ledige.draws.uniform(f"{name} visitation", week, ids) < let_in(rules, world, week, ids))


def unknown_levels(by_level: Mapping[str, Iterable[str]], setting: Setting) -> Iterator[tuple[tuple[str, str], str]]:
    """Levels that a characteristic does not have (unknown characteristics are found by name)."""
    for attribute, levels in by_level.items():
        for level in levels:
            known = setting.subgroups.get(attribute, {level: None})
            if level not in known:
                yield (attribute, level), f"{attribute} has no level '{level}'; there is {', '.join(known)}"


def visitation_problems(rules: Sequence[Visitation], setting: Setting) -> Found:
    """Rules in the wrong order, and levels that do not exist."""
    weeks = [rule.from_week for rule in rules]
    for i, rule in enumerate(rules):
        if i and weeks[i] <= weeks[i - 1]:
            yield ("visitation", i, "from_week"), f"from_week must rise from one entry to the next (they are {weeks})"
        for path, message in unknown_levels(rule.turned_away, setting):
            yield ("visitation", i, "turned_away", *path), message
