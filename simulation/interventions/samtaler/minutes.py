"""MinutesByUse: on what a team's minutes for talks go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.counts import Counting
from simulation.world.spec import Bools, Ids, Ints, where
from simulation.world.staff.booking import Booking, Members
from simulation.world.world import World

FATES = 3
"""What may become of an appointment: refused, called and nobody came, held."""


class Lengths(Protocol):
    """What takes minutes beside a talk itself."""

    @property
    def preparation_minutes(self) -> int: ...
    @property
    def documentation_minutes(self) -> int: ...
    @property
    def travel_minutes(self) -> int: ...


class MinutesByUse:
    """Counts minutes by team row: travel, preparation, notes, outreach to who did not come, held talks, those to
    which nobody came. What else a team has used minutes for (matching, clubs, offers, sitting in at joint talks) is the
    rest."""

    def __init__(self, channels: Sequence[Lengths], rebooking: int, world: World, count: Counting) -> None:
        """`rebooking` are the minutes to reach and rebook who did not come."""
        self.world, self.rebooking, self.count = world, rebooking, count
        self.before = np.array([channel.preparation_minutes for channel in channels])
        self.after = np.array([channel.documentation_minutes for channel in channels])
        self.travel = np.array([channel.travel_minutes for channel in channels])
        self._notes = bool(self.before.any() or self.after.any() or self.travel.any())

    def beside(self, channel: int | Ids, missed: Bools | None, talks: int) -> Ints | None:
        """Minutes beside each of so many talks: travel, preparation, notes, and outreach to who did not come the last
        time; None: none."""
        beside: Ints | None = None if missed is None else self.rebooking * missed
        if self._notes:
            notes = np.zeros(talks, dtype=np.int64) + (self.before + self.after + self.travel)[channel]
            beside = notes if beside is None else notes + beside
        return beside

    def spent(
        self,
        week: int,
        channel: int | Ids,
        beside: Ints | None,
        booking: Booking,
        here: Bools,
        first_asked: Bools,
        members: Members | None = None,
    ) -> None:
        """The minutes of this week's called talks, and what is newly asked of every desk; `here`: who came;
        `first_asked`: whose talk fell due today, or could not be asked for before because others were lacking.

        `beside` and `booking` are by appointment, the rest by ledig. The minutes of a group meeting count once, as held
        if anybody came; of what is asked for, and asked for again, each member's is an even share of them.
        """
        desk, minutes, came = booking.desk, booking.minutes, here
        if members is not None:
            came = members.add_up(here) > 0
            channel = channel if isinstance(channel, int) else channel.take(members.lead)
        fate = desk * FATES  # and of each appointment: refused, called and nobody came, held
        fate += booking.called
        fate += booking.called & came
        refused, stayed_away, held = self._by_fate(fate, minutes)
        if members is None:
            newly = where(first_asked)
            fresh, again = self._by_desk(desk.take(newly), minutes.take(newly)), stayed_away
        else:
            missed = booking.called.take(members.appointment) & ~here
            old, again = (self._by_desk(desk, members.share(minutes, which)) for which in (~first_asked, missed))
            fresh = refused + stayed_away + held - old
        self.count.of_desks(week, "fresh", fresh)
        self.count.of_desks(week, "again", again)
        if beside is not None:
            before, after, travel = self.before[channel], self.after[channel], self.travel[channel]
            for count, part in (
                ("minutes_preparation", before),
                ("minutes_documentation", after),
                ("minutes_outreach", beside - before - after - travel),
                *((("minutes_travel", travel),) if self.travel.any() else ()),
            ):
                _, of_absent, of_held = self._by_fate(fate, part)
                self._of_teams(week, count, of_absent + of_held)
                stayed_away, held = stayed_away - of_absent, held - of_held
        self._of_teams(week, "minutes_held", held)
        self._of_teams(week, "minutes_no_show", stayed_away)

    def _of_teams(self, week: int, count: str, of_desks: NDArray[np.int64]) -> None:
        self.count.of_teams(week, count, self.world.staff.team_of_desk, of_desks)

    def _by_fate(self, fate: Ints, minutes: Ints | np.int64) -> NDArray[np.int64]:
        """Minutes of the appointments (one number: of each) by what became of them and desk: shape (FATES, desks)."""
        minutes = np.broadcast_to(minutes, fate.shape)
        by_desk = np.bincount(fate, minutes, minlength=FATES * len(self.world.staff.cases)).astype(np.int64)
        return by_desk.reshape(-1, FATES).T

    def _by_desk(self, desk: Ints, minutes: Ints) -> NDArray[np.int64]:
        """Minutes of the talks by desk, shape (desks,)."""
        return np.bincount(desk, minutes, minlength=len(self.world.staff.cases)).astype(np.int64)
