"""Meetings: who is put together in a group meeting this week, and for whom there are too few others.

A channel with `seats` above 1 is a group meeting: one length, one caseworker, several ledige of her desk. Those who are
due for it fill one meeting after the other in order of priority, ties by lot, so only the last one has seats left; who
needs a partner meets with those who need the same one. A meeting of fewer than `seats_min` is not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from simulation.world.queueing import in_order, turn_of
from simulation.world.spec import Bools, Ids, Ints, where
from simulation.world.staff.booking import Appointments, Members


class Seats(Protocol):
    """How many meet in a channel."""

    @property
    def seats(self) -> int: ...
    @property
    def seats_min(self) -> int: ...


class Meetings:
    """`group` says of each channel whether it is a group meeting."""

    def __init__(self, channels: Sequence[Seats]) -> None:
        self.seats = np.array([channel.seats for channel in channels])
        self.seats_min = np.array([channel.seats_min for channel in channels])
        self.group = self.seats > 1
        self.some = bool(self.group.any())

    def put_together(self, channel: int | Ids, desk: Ints, partner: Ints | None, priority: Ints) -> tuple[Ids, Bools]:
        """Of all who are due, in order of their lot: the place of who leads each one's meeting, the most urgent there
        (her own place if she meets nobody), and for whom there are too few; shape of `desk`."""
        channels = np.full(len(desk), channel) if isinstance(channel, int) else channel
        lead, too_few = np.arange(len(desk)), np.zeros(len(desk), dtype=bool)
        due = where(self.group.take(channels))
        if len(due) == 0:
            return lead, too_few
        sits_in = np.zeros(len(due), dtype=np.int64) if partner is None else partner.take(due)
        alike = np.stack((desk.take(due), channels.take(due), sits_in))
        kind = np.unique(alike, axis=1, return_inverse=True)[1].ravel()  # who may meet whom
        order = in_order(kind, priority.take(due))
        due, kind = due[order], kind[order]
        seats = self.seats.take(channels.take(due))
        begins = turn_of(kind) % seats == 0
        meeting = np.cumsum(begins) - 1
        lead[due] = due[begins][meeting]
        too_few[due] = np.bincount(meeting)[meeting] < self.seats_min.take(channels.take(due))
        return lead, too_few


def joined(one_each: Appointments, lead_ids: Ids, more: Ints) -> Appointments:
    """The appointments of those who meet made into one, as long as that of who leads (her id, for each), with what
    each of the others takes `more`."""
    ids, appointment = np.unique(lead_ids, return_inverse=True)
    at = np.searchsorted(one_each.ids, ids)  # those who lead
    members = Members(one_each.ids, appointment, at)
    of_others = members.add_up(np.where(lead_ids != one_each.ids, more, 0))
    return Appointments(
        ids,
        one_each.minutes.take(at) + of_others,
        one_each.priority.take(at),
        None if one_each.partner is None else one_each.partner.take(at),
        None if one_each.desk is None else one_each.desk.take(at),
        None if one_each.fixed is None else one_each.fixed.take(at) + of_others,
        members,
    )
