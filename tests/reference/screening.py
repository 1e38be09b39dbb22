"""A SCREENING, for the second engine: whom the staff turn away, by the criteria that hold this week."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from simulation.interventions.parts.visitation import Visitation

if TYPE_CHECKING:
    from .engine import Ledig


def passes(me: Ledig, criteria: Sequence[Visitation], week: int) -> float:
    """Her chance of not being turned away, by the latest criteria that hold."""
    chance = 1.0
    in_force = [each for each in criteria if each.from_week <= week]
    for characteristic, turned_away in in_force[-1].turned_away.items() if in_force else ():
        chance *= 1.0 - turned_away.get(me.level(characteristic), 0.0)
    return chance
