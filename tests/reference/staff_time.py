"""THE TIME OF MENTORS AND COORDINATORS, for the second engine: who asks on torsdag, and for whom there is some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.koordineret_indsats import Koordineret
from simulation.interventions.mentor import Mentor

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Time:
    """That of one intervention in one jobcentre: those who ask are served by their lot, until somebody is not."""

    def __init__(self, world: Reference, settings: Mentor | Koordineret, jobcentre: str) -> None:
        self.world, self.settings, self.jobcentre = world, settings, jobcentre
        self.asking: list[tuple[int, int, Ledig, str, int]] = []
        self.got: dict[int, bool] = {}

    def ask(self, week: int, me: Ledig, name: str, hours: int = 1) -> None:
        """She should have so many hours, or her part of the coordinator, this week."""
        if self.settings.staff is not None:
            self.asking.append((me.row, week, me, name, hours * self.settings.staff.minutes))

    def there_was_for(self, me: Ledig) -> bool:
        """Whether there was time for her, the last time that she asked."""
        return self.settings.staff is None or self.got.get(me.row, False)

    def serve(self) -> None:
        """Everybody has asked."""
        if self.settings.staff is None:
            return
        [desk] = self.world.teams[self.jobcentre][self.settings.staff.team].desks
        over = False
        for row, week, me, name, minutes in sorted(self.asking, key=lambda each: each[0]):
            never = minutes > desk.most
            over = over or (not never and desk.level < minutes)
            self.got[row] = not never and not over
            if self.got[row]:
                desk.spend(minutes)
            me.count(week, f"{name}_weeks_given" if self.got[row] else f"{name}_no_time")
        self.asking = []
