"""Time that is left after talks: what interventions let a team do with it, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from simulation.world.spec import Ids, Ints
from simulation.world.world import World


class Work(Protocol):
    """Something that can be done for one ledig after the other while there is time."""

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """For which of these ids (ascending, all on benefit) it could be done this fredag, and since which week each
        waits for it."""

    def done(self, week: int, ids: Ids) -> None:
        """It has been done for these ids (ascending)."""


class LeftTime:
    """What can be done, by the name of the intervention that offers it."""

    def __init__(self, world: World) -> None:
        self.of: dict[str, Works] = {}

    def offer(self, name: str, work: Work, concerned: Callable[[Ids], Ids]) -> None:
        """This can be done for those whom it concerns."""
        self.of.setdefault(name, Works()).parts.append((work, concerned))


class Works:
    """The same work, as it is done in several groups of jobcentres: `parts` have nobody in common."""

    def __init__(self) -> None:
        self.parts: list[tuple[Work, Callable[[Ids], Ids]]] = []

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """As of `Work`."""
        found = [work.wanted(week, concerned(ids)) for work, concerned in self.parts]
        if len(found) == 1:
            return found[0]
        wanted, since = (np.concatenate(each) for each in zip(*found, strict=True))
        order = wanted.argsort(kind="stable")
        return wanted[order], since[order]

    def done(self, week: int, ids: Ids) -> None:
        """As of `Work`."""
        for work, concerned in self.parts:
            work.done(week, concerned(ids))
