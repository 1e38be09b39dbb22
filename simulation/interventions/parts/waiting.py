"""Venteliste: who waits for a place, longest waiting first, and who gives up waiting."""

from __future__ import annotations

import numpy as np

from simulation.world.few import Few
from simulation.world.queueing import in_order
from simulation.world.spec import NEVER, Bools, Ids, Ints
from simulation.world.waits import Waits
from simulation.world.world import World


class Waiting:
    """Columns: `since` (week in which the wait began), `among` (who waits)."""

    def __init__(self, world: World, where: Ints, waits: Waits | None = None, offer: int = 0) -> None:
        """`where` is the row (of the jobcentre, or of the club) at which each ledig waits; `waits` keeps for how long
        each has waited, if that is measured; `offer` is the number of what they wait for, 0 if it marks no offers."""
        self.world, self.where, self.waits, self.offer = world, where, waits, offer
        self.since = np.full(len(world.ledige), NEVER, dtype=np.int16)
        self._who = Few(len(world.ledige))
        self.among = self._who.among

    @property
    def ids(self) -> Ids:
        """Who waits, in order of their lot."""
        return self._who.ids

    def of(self, ids: Ids) -> Bools:
        """Who of these ids waits; same shape."""
        return self._who.among.take(ids)

    def join(self, week: int, ids: Ids) -> None:
        """These ids begin to wait."""
        if len(ids):
            self.since[ids] = week
            self._who.add(ids)
            if self.waits is not None:
                self.waits.begin(week, ids)

    def leave(self, ids: Ids, served: bool = False) -> Ids:
        """These ids wait no more (`served`: they got what they waited for); returns those of them who did."""
        ids = self._who.drop(ids)
        if len(ids):
            self.since[ids] = NEVER
            if self.waits is not None:
                self.waits.end(self.world.week, ids, served)
        return ids

    def never_were(self, ids: Ids) -> None:
        """These ids were put on the list, but do not wait."""
        if self.waits is not None:
            self.waits.never_were(ids)
        self.leave(ids)

    def queue(self) -> Ids:
        """Who can begin now, by where they wait and longest waiting first; ties by lot."""
        return self.in_order(self.free(self.ids))

    def free(self, ids: Ids) -> Ids:
        """Those of these ids who can begin what they wait for."""
        return self.world.free_for_offers(ids, self.offer)

    def in_order(self, ids: Ids) -> Ids:
        """These of the waiting, by where they wait and longest waiting first; ties by lot."""
        if len(ids) == 0:
            return ids
        since = self.since.take(ids)
        return ids.take(in_order(self.where.take(ids), since - since.min()))
