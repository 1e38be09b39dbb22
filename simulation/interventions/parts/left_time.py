"""Time that is left after talks: what interventions let a team do with it, and for whom."""

from __future__ import annotations

from typing import Protocol

from simulation.world.spec import Ids, Ints
from simulation.world.world import World


class Work(Protocol):
    """Something that can be done for one ledig after the other while there is time."""

    def wanted(self, week: int) -> tuple[Ids, Ints]:
        """For whom it could be done this fredag (ascending), and since which week each waits for it."""

    def done(self, week: int, ids: Ids) -> None:
        """It has been done for these ids (ascending)."""


class LeftTime:
    """What can be done, by the name of the intervention that offers it."""

    def __init__(self, world: World) -> None:
        self.of: dict[str, Work] = {}
