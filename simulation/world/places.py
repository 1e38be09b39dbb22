"""Places (praktik, seats, a mentor's hours): held until they are handed back, counted per place where they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.world.queueing import within_room
from simulation.world.spec import Bools, Ids, Ints


class Places:
    """The places of one kind. `capacity` is by row of where they are (such as the jobcentre table), `where` tells the
    row at which each ledig would have hers; `of` is how many she holds, `most` the most that there have been so far."""

    def __init__(self, capacity: NDArray[np.int64], where: Ints) -> None:
        self.capacity = self.most = capacity
        self.where = where
        self.held = np.zeros_like(capacity)
        self.of = np.zeros(len(where), dtype=np.int32)

    def become(self, capacity: NDArray[np.int64]) -> None:
        """There are so many from now on. Where they are fewer nobody loses hers; it is gone when she hands it back."""
        self.capacity, self.most = capacity, np.maximum(self.most, capacity)

    @property
    def free(self) -> NDArray[np.int64]:
        """Places that nobody holds, by row; below 0 where some are held that there are no longer."""
        return self.capacity - self.held

    def take(self, ids: Ids, room: NDArray[np.int64] | None = None, amounts: Ints | None = None) -> Bools:
        """Give places in the order in which these ids stand (rows ascending); returns who got hers.

        `room` is a further limit per row for this time (matches that can be made this week). With `amounts` everybody
        takes so many; the first whose amount is not there ends it for her row.
        """
        if len(ids) == 0:
            return np.zeros(0, dtype=bool)
        free = self.free if room is None else np.minimum(self.free, room)
        if amounts is None:
            amounts = np.ones(len(ids), dtype=np.int64)
        got, used = within_room(self.where.take(ids), amounts, np.maximum(free, 0))
        self.held += used
        self.of[ids[got]] = amounts[got]
        return got

    def hand_back(self, ids: Ids) -> None:
        """Hand back what these ids hold."""
        if len(ids):
            given = np.bincount(self.where.take(ids), self.of.take(ids), minlength=len(self.held))
            self.held -= given.astype(np.int64)
            self.of[ids] = 0
