"""Offers side by side: which offers a ledig may be in at the same time, and which of them the register shows.

An offer stands in the way of every other one, unless one of the two says that it runs beside the other. The register
has room for one offer a week. It shows the one that runs beside no other, as if the others were not there; of several
that do, the first of the scenario.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Ids


class SideBySide:
    """Column: `held` (the offers that each ledig is in, one bit each, by number)."""

    def __init__(self, rows: int, offers: Mapping[str, int], beside: Mapping[str, Collection[str]]) -> None:
        """`offers` are the numbers of all offers by name, from 1 on; `beside` those that some of them run beside."""
        self.held = np.zeros(rows, dtype=np.uint32)
        self._in_way = np.full(len(offers) + 1, 2**32 - 1, dtype=np.uint32)  # of each offer; 0: of what is none
        for name, others in beside.items():
            for other in set(others) & offers.keys():
                self._in_way[offers[name]] &= ~_bit(offers[other])
                self._in_way[offers[other]] &= ~_bit(offers[name])
        self._shown_first = [offers[name] for name in sorted(offers, key=lambda name: (name in beside, offers[name]))]

    def begin(self, number: int, ids: Ids) -> None:
        """These ids are in this offer from now on."""
        self.held[ids] |= _bit(number)

    def end(self, number: int, ids: Ids) -> None:
        """These ids are in this offer no more."""
        self.held[ids] &= ~_bit(number)

    def inside(self, number: int, ids: Ids) -> Bools:
        """Who of these ids is in this offer; same shape."""
        return np.asarray((self.held.take(ids) & _bit(number)) != 0)

    def in_way(self, number: int, ids: Ids) -> Bools:
        """Who of these ids is in an offer that stands in the way of this one, or in this one itself; same shape."""
        return np.asarray((self.held.take(ids) & self._in_way[number]) != 0)

    def in_any(self, numbers: Collection[int], ids: Ids) -> Bools:
        """Who of these ids is in one of these offers; same shape."""
        bits = np.uint32(sum(1 << number for number in set(numbers)))
        return np.asarray((self.held.take(ids) & bits) != 0)

    def clash(self) -> Bools:
        """Who of all rows is in two offers that stand in each other's way."""
        clash = np.zeros(len(self.held), dtype=bool)
        for number in self._shown_first:
            others = self.held & self._in_way[number] & ~_bit(number)
            clash |= (self.held & _bit(number) != 0) & (others != 0)
        return clash

    def shown(self, ids: Ids) -> NDArray[np.uint8]:
        """The offer that the register shows of each of these ids, 0 for none; same shape."""
        held, shown = self.held.take(ids), np.zeros(len(ids), dtype=np.uint8)
        for number in reversed(self._shown_first):
            shown[(held & _bit(number)) != 0] = number
        return shown


def _bit(number: int) -> np.uint32:
    return np.uint32(1 << number)
