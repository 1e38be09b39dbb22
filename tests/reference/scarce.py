"""WHAT IS SCARCE, for the second engine: containers with a queue, sorted by key and served at a moment of its own."""

from __future__ import annotations

from typing import Any

import simpy
from simpy.resources.base import Get
from simpy.resources.resource import SortedQueue

from .basics import Key

PLENTY = 10**9


class Ask(Get):
    """A request that stands in a queue until it is granted or withdrawn."""

    def __init__(self, source: Scarce, amount: int, key: Key) -> None:
        self.amount, self.key = amount, key
        super().__init__(source)


class Scarce(simpy.Container):
    """A container whose queue is sorted by key, and served only when it opens: the first who does not fit ends it, but
    who asks for more than there ever is (`most`) is passed over."""

    GetQueue = SortedQueue
    open = False
    most = PLENTY

    def __init__(self, env: simpy.Environment, init: int = 0) -> None:
        super().__init__(env, init=init)
        self.there, self.owed = init, 0  # how many there are, and how many held ones there are no longer

    def now_there_are(self, number: int) -> None:
        """So many from now on; of those that are held, as many as are too many are gone when they come back."""
        free = self._level - self.owed + number - self.there
        self.there, self._level, self.owed = number, max(free, 0), max(-free, 0)

    def give_back(self, amount: int) -> None:
        """Somebody hands back what she held."""
        gone = min(amount, self.owed)
        self.owed -= gone
        if amount > gone:
            self.put(amount - gone)

    def refill(self, amount: int) -> None:
        """A new week: what is left of the old one has perished."""
        self._level = amount

    def spend(self, amount: int) -> int:
        """Take so much, or what there is, without a queue; what could not be had."""
        short = max(amount - self._level, 0)
        self._level -= amount - short
        return short

    def serve(self) -> None:
        """Open, grant what can be granted, and close."""
        self.open = True
        self._trigger_get(None)
        self.open = False

    def _do_get(self, event: Ask) -> bool:
        if self.open and event.amount > self.most:
            return True  # go on with the next one
        if not self.open or self._level < event.amount:
            return False
        self._level -= event.amount
        event.succeed(self.granted())
        return True

    def granted(self) -> Any:
        """What a granted request is told."""
        return 0
