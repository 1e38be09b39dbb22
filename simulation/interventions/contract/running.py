"""The running part of an intervention: what it does on which weekday."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulation.world.afgang import Afgang
from simulation.world.spec import Floats, Ids
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.world import World


class Running:
    """The running part; by default it does nothing on any day."""

    def __init__(self, settings: Any, world: World, name: str, number: int) -> None:
        """`name` (the scenario's key) names its decisions and counts, `number` marks its offers in the register."""
        self.settings, self.world, self.name, self.number = settings, world, name, number
        self.count = world.register.counting(name, settings.counts)
        self.count_together = world.register.counting("", settings.common_counts)

    def enrolled(self, week: int, ids: Ids) -> None:
        """mandag: a benefit spell of these ids begins."""

    def mandag(self, week: int) -> None:
        """mandag, before cases are taken: changes of plan."""

    def effects(self, week: int) -> None:
        """tirsdag, before exits: multiply this week's intensities (`world.afgang.multiply`)."""

    def gone(self, week: int, ids: Ids) -> None:
        """tirsdag, after exits: hand back what these leavers held."""

    def tilbud(self, week: int) -> None:
        """torsdag: referral and matching."""

    def requests(self, week: int) -> Appointments | None:
        """fredag: ask for talks."""
        return None

    def delivered(self, week: int, appointments: Appointments, booking: Booking) -> None:
        """fredag: what became of these appointments."""

    def soendag(self, week: int) -> None:
        """søndag: count what stands, such as people waiting, and carry over what the week has changed."""


def apply(afgang: Afgang, effects: Mapping[str, float], ids: Ids, strength: float | Floats = 1.0) -> None:
    """Multiply the intensities of these ids by 1 + (factor − 1) × strength, but not below 0, for every destination."""
    if len(ids) == 0:
        return
    for destination, factor in effects.items():
        if factor != 1.0:
            afgang.multiply(destination, ids, np.maximum(1.0 + (factor - 1.0) * strength, 0.0))
