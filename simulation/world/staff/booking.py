"""What is booked on fredag: an *appointment* is a desk, minutes, a priority, and one or more ledige.

A talk is an appointment with one ledig, a group meeting one with several, a joint talk one at two desks. Desks answer
by appointment (`Booking`), and whoever has asked tells each ledig (`Booking.of_each`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Floats, Ids, Ints


@dataclass(frozen=True)
class Members:
    """Who meets with whom: all ledige of all appointments. Every appointment has one or more."""

    ids: Ids  # ascending
    appointment: Ids  # row of the appointment of each; shape of `ids`
    lead: Ids  # of each appointment the place in `ids` of who leads it, its most urgent one

    def add_up(self, amounts: Ints | Bools) -> NDArray[np.int64]:
        """What members have each (or how many of them), by appointment."""
        return np.bincount(self.appointment, amounts).astype(np.int64)

    def share(self, minutes: Ints, which: Bools) -> NDArray[np.int64]:
        """Of an appointment's minutes the part of some members, in whole minutes, if each has the same part."""
        return minutes * self.add_up(which) // np.bincount(self.appointment)


@dataclass(frozen=True)
class Appointments:
    """What is asked for on this fredag, one row per appointment; all arrays of shape (n,)."""

    ids: Ids  # whom it is with, of several who leads: ascending
    minutes: Ints
    priority: Ints  # smallest first
    partner: Ints | None = None  # team that must sit in, at a desk of its own; NO_TEAM for none
    desk: Ints | None = None  # who holds it; None: the caseworker of whom it is with
    fixed: Ints | None = None  # of the minutes those that no shortening of the talk saves; None: none
    members: Members | None = None  # None: each is with one ledig


@dataclass(frozen=True)
class Booking:
    """What became of the appointments, in their order."""

    called: Bools
    desk: Ints  # that was asked
    minutes: Ints  # that the talk takes of whoever holds it
    no_partner: Bools | None = None  # refused because the partner had no minutes left
    away: Bools | None = None  # asked of a desk where nobody is at work this week; None: somebody always is
    by: Ints | None = None  # desk that holds it: another one where a colleague does; None: the one that was asked
    cut: Floats | None = None  # length of the talk against its full length; None: all are 1

    def of_each(self, members: Members) -> Booking:
        """The same by member, in the order of their ids."""
        at = members.appointment
        return Booking(
            self.called.take(at),
            self.desk.take(at),
            self.minutes.take(at),
            None if self.no_partner is None else self.no_partner.take(at),
            None if self.away is None else self.away.take(at),
            None if self.by is None else self.by.take(at),
            None if self.cut is None else self.cut.take(at),
        )
