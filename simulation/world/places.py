"""Places (praktik, seats): held until they are handed back, counted per jobcentre."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Ints


class Places:
    """The places of one kind in every row of the jobcentre table."""

    def __init__(self, capacity: NDArray[np.int64]) -> None:
        self.capacity = capacity
        self.held = np.zeros_like(capacity)

    def take(self, jobcentres: Ints, room: NDArray[np.int64] | None = None) -> Bools:
        """Give places in the order in which applicants stand (jobcentres ascending); who got one.

        `room` is a further limit per jobcentre for this time (matches that can be made this week).
        """
        free = self.capacity - self.held
        if room is not None:
            free = np.minimum(free, room)
        first = np.searchsorted(jobcentres, np.arange(len(free) + 1))  # of every jobcentre's applicants
        self.held += np.minimum(np.diff(first), np.maximum(free, 0))
        return np.asarray(np.arange(len(jobcentres)) - first.take(jobcentres) < free.take(jobcentres))

    def hand_back(self, jobcentres: Ints) -> None:
        """One place each."""
        self.held -= np.bincount(jobcentres, minlength=len(self.held))
