"""WHAT IS SCARCE, for the second engine: containers with a queue, sorted by key and served at a moment of its own."""

from __future__ import annotations

import math
from typing import Any

import simpy
from simpy.resources.base import Get
from simpy.resources.resource import SortedQueue

from simulation.world import jobcenter

from .basics import Key, power

PLENTY = 10**9


class Ask(Get):
    """A request that stands in a queue until it is granted or withdrawn."""

    def __init__(self, source: Scarce, amount: int, key: Key) -> None:
        self.amount, self.key = amount, key
        super().__init__(source)


class Scarce(simpy.Container):
    """A container whose queue is sorted by key, and served only when it opens: the first who does not fit ends it."""

    GetQueue = SortedQueue
    open = False

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
        if not self.open or self._level < event.amount:
            return False
        self._level -= event.amount
        event.succeed(self.granted())
        return True

    def granted(self) -> Any:
        """What a granted request is told."""
        return 0


class Caseload(Scarce):
    """A team's room for cases; whoever is granted room is told her desk, the one with fewest cases."""

    def __init__(self, env: simpy.Environment, room: int, desks: int) -> None:
        super().__init__(env, init=room)
        self.cases = [0] * desks

    def granted(self) -> int:
        desk = self.cases.index(min(self.cases))
        self.cases[desk] += 1
        return desk

    def hand_back(self, desk: int) -> None:
        """The case is closed."""
        self.cases[desk] -= 1
        self.put(1)


class Team:
    """A team in one jobcentre: minutes at its desks, every week anew, and room for cases."""

    def __init__(self, env: simpy.Environment, spec: jobcenter.Team) -> None:
        alone = spec.caseload == "personal" and spec.takes_cases
        desks = max(1, math.ceil(spec.fte)) if alone else 1
        self.dilution = spec.dilution
        self.limit = math.floor(spec.caseload_limit * spec.fte + 1e-9)
        self.minutes = math.floor(spec.fte * spec.minutes_per_week / desks + 1e-9)
        self.desks = [Scarce(env) for _ in range(desks)]
        self.caseload = Caseload(env, PLENTY if spec.at_limit == "exceed" else self.limit, desks)

    def strength(self) -> float:
        """What is left of the effect of a talk when there are more cases than the limit."""
        return power(min(self.limit / max(sum(self.caseload.cases), 1), 1.0), self.dilution)

    def state(self) -> tuple[int, int, int]:
        """Minutes used this week, cases, and who waits to become one."""
        used = sum(self.minutes - desk.level for desk in self.desks)
        return used, sum(self.caseload.cases), len(self.caseload.get_queue)
