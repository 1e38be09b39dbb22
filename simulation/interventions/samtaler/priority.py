"""Who is called to a talk first: plain functions, by the name that a scenario writes. The smallest number comes first;
among equals the lot decides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.world.spec import NOT_PLANNED, Ids, Ints
from simulation.world.world import World


class Asking(Protocol):
    """Columns over all rows that a rule may look at."""

    @property
    def plans(self) -> Sequence[Plan]: ...

    @property
    def plan(self) -> Ints:
        """Number of the plan that each ledig follows."""

    @property
    def due(self) -> Ints:
        """Week in which the talk fell due."""

    @property
    def last(self) -> Ints:
        """Week of the last held talk."""

    @property
    def need(self) -> Ints:
        """Rank of each ledig's need, 0 for the most in need."""

    @property
    def since(self) -> Ints:
        """Week of enrolment."""


def longest_overdue(asking: Asking, week: int, ids: Ids) -> Ints:
    """Whose talk fell due first."""
    due = asking.due.take(ids)
    return due - due.min() if len(due) else due


def statutory_first(asking: Asking, week: int, ids: Ids) -> Ints:
    """Who has been without a talk as long as the law allows; then the longest overdue."""
    weeks = np.array([plan.statutory_weeks or NOT_PLANNED for plan in asking.plans])[asking.plan.take(ids)]
    without = week - np.maximum(asking.last.take(ids), asking.since.take(ids))
    overdue = longest_overdue(asking, week, ids).astype(np.int64)
    return np.where(without >= weeks, overdue, overdue + overdue.max(initial=0) + 1)


def newest_first(asking: Asking, week: int, ids: Ids) -> Ints:
    """Who was enrolled last."""
    return week - asking.since.take(ids)


def need_first(asking: Asking, week: int, ids: Ids) -> Ints:
    """Who is most in need, by the scenario's order of levels; then the longest overdue."""
    overdue = longest_overdue(asking, week, ids).astype(np.int64)
    ranks: Ints = asking.need.take(ids) * (overdue.max(initial=0) + 1) + overdue
    return ranks


def lot(asking: Asking, week: int, ids: Ids) -> Ints:
    """Nobody before anybody."""
    return np.zeros(len(ids), dtype=np.int16)


PRIORITIES: dict[str, Callable[[Asking, int, Ids], Ints]] = {
    rule.__name__: rule for rule in (longest_overdue, statutory_first, newest_first, need_first, lot)
}
"""The rules by name."""


def need_ranks(need: Mapping[str, Sequence[str]], world: World) -> Ints:
    """Rank of everybody's need by the order of these levels of a characteristic; levels not named come last."""
    ranks = np.zeros(len(world.ledige), dtype=np.int64)
    for characteristic, levels in need.items():
        by_level = [levels.index(each) if each in levels else len(levels) for each in world.levels[characteristic]]
        ranks = np.array(by_level)[world.ledige.subgroup[characteristic]]
    return ranks
