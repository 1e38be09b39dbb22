"""Tidsforbrug: on what a team's minutes for talks go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from simulation.world.booking import Booking
from simulation.world.spec import Bools, Ids
from simulation.world.world import World


class Lengths(Protocol):
    """What takes minutes beside a talk itself."""

    @property
    def preparation_minutes(self) -> int: ...
    @property
    def documentation_minutes(self) -> int: ...


class Tidsforbrug:
    """Counts minutes by team row: preparation, documentation, held talks and talks to which nobody came. Whatever else
    a team has used its minutes for (matching, clubs, offers, sitting in at joint talks) is the rest."""

    def __init__(self, channels: Sequence[Lengths], world: World) -> None:
        self.world = world
        self.before = np.array([channel.preparation_minutes for channel in channels])
        self.after = np.array([channel.documentation_minutes for channel in channels])
        self._talks_alone = not (self.before.any() or self.after.any())

    def spent(self, week: int, channel: int | Ids, booking: Booking, here: Bools, due_today: Bools) -> None:
        """The minutes of this week's called talks, and what falls due at every desk; `here`: who came."""
        called, minutes = booking.called, booking.minutes
        register, staff = self.world.register, self.world.staff
        register.count_desks(week, "fresh", booking.desk, minutes * due_today, len(staff.cases))
        register.count_desks(week, "again", booking.desk, minutes * (called & ~here), len(staff.cases))
        count, row = register.count_teams, staff.team_of_desk.take(booking.desk)
        if not self._talks_alone:
            before, after = (np.zeros(len(row), dtype=np.int64) + each[channel] for each in (self.before, self.after))
            count(week, "minutes_preparation", row, before * called)
            count(week, "minutes_documentation", row, after * called)
            minutes = minutes - before - after
        count(week, "minutes_held", row, minutes * here)
        count(week, "minutes_no_show", row, minutes * (called & ~here))
