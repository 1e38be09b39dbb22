"""Tidsforbrug: on what a team's minutes for talks go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from simulation.world.booking import Booking
from simulation.world.spec import Bools, Ids, Ints
from simulation.world.world import World


class Lengths(Protocol):
    """What takes minutes beside a talk itself."""

    @property
    def preparation_minutes(self) -> int: ...
    @property
    def documentation_minutes(self) -> int: ...


class Tidsforbrug:
    """Counts minutes by team row: preparation, notes, outreach to who did not come, held talks, those to which nobody
    came. What else a team has used minutes for (matching, clubs, offers, sitting in at joint talks) is the rest."""

    def __init__(self, channels: Sequence[Lengths], rebooking: int, world: World) -> None:
        """`rebooking` are the minutes to reach and rebook who did not come."""
        self.world, self.rebooking = world, rebooking
        self.before = np.array([channel.preparation_minutes for channel in channels])
        self.after = np.array([channel.documentation_minutes for channel in channels])
        self._notes = bool(self.before.any() or self.after.any())

    def beside(self, channel: int | Ids, missed: Bools) -> Ints | None:
        """Minutes beside each talk: preparation, notes, and outreach to who did not come the last time; None: none."""
        beside: Ints | None = None
        if self.rebooking:
            beside = self.rebooking * missed
        if self._notes:
            beside = (
                np.zeros(len(missed), dtype=np.int64)
                + (self.before + self.after)[channel]
                + (0 if beside is None else beside)
            )
        return beside

    def spent(
        self, week: int, channel: int | Ids, beside: Ints | None, booking: Booking, here: Bools, due_today: Bools
    ) -> None:
        """The minutes of this week's called talks, and what falls due at every desk; `here`: who came."""
        called, minutes = booking.called, booking.minutes
        register, staff = self.world.register, self.world.staff
        register.count_desks(week, "fresh", booking.desk, minutes * due_today, len(staff.cases))
        register.count_desks(week, "again", booking.desk, minutes * (called & ~here), len(staff.cases))
        count, row = register.count_teams, staff.team_of_desk.take(booking.desk)
        if beside is not None:
            before, after = (np.zeros(len(row), dtype=np.int64) + each[channel] for each in (self.before, self.after))
            count(week, "minutes_preparation", row, before * called)
            count(week, "minutes_documentation", row, after * called)
            count(week, "minutes_outreach", row, (beside - before - after) * called)
            minutes = minutes - beside
        count(week, "minutes_held", row, minutes * here)
        count(week, "minutes_no_show", row, minutes * (called & ~here))
