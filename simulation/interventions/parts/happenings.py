"""Happenings: what moves a case on, for whoever wants to know of it: a referral, the start of something, a need that
comes to light."""

from __future__ import annotations

from collections.abc import Callable

from simulation.world.spec import Ids
from simulation.world.world import World


class Happenings:
    """One for all interventions of a world (`world.part`)."""

    def __init__(self, world: World) -> None:
        self._hears: list[Callable[[Ids], None]] = []

    def when(self, hears: Callable[[Ids], None]) -> None:
        """Of everything that happens this function is told to whom."""
        self._hears.append(hears)

    def happens(self, ids: Ids) -> None:
        """Something of the kind has happened to these ids."""
        for hears in self._hears:
            hears(ids)
