"""Cases: with whom a broker that has a limit works at a time, and who waits until it has room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulation.interventions.fleksjob.brokers import Broker
from simulation.interventions.parts.waiting import Waiting
from simulation.world.counts import Counting
from simulation.world.places import Places
from simulation.world.spec import Ids
from simulation.world.world import World

Then = Callable[[int, int, Ids], None]
"""What a broker (its number, after the week) does with these ids once they are its cases."""


class Cases:
    """A case lasts until she leaves benefit, or is sent back. Column, where any broker has a limit: `then` (what comes
    after the wait, a number of one of the steps)."""

    def __init__(self, world: World, name: str, brokers: Sequence[Broker], count: Counting, steps: list[Then]) -> None:
        jobcentre, centres = world.ledige.jobcentre, len(world.jobcentres)
        limits = {b: broker.limit for b, broker in enumerate(brokers) if broker.limit is not None}
        self.count, self.steps = count, steps
        self.waiting = {b: Waiting(world, jobcentre, count.waits("wait")) for b in limits}
        self.places = {b: Places(np.full(centres, most, dtype=np.int64), jobcentre) for b, most in limits.items()}
        for places in self.places.values():
            world.keep_places(name, places)
        self.then = np.zeros(len(world.ledige) if limits else 0, dtype=np.int8)

    def ask(self, week: int, b: int, ids: Ids, then: Then) -> None:
        """These ids come to a broker in this week: at once if it has no limit, else they wait for room from then on."""
        if len(ids) == 0:
            return
        if b not in self.places:
            then(week, b, ids)
            return
        self.waiting[b].join(week, ids)
        self.then[ids] = self.steps.index(then)

    def take(self, week: int, b: int) -> None:
        """torsdag: who has waited becomes a case, the longest waiting first, as far as there is room."""
        if b not in self.places or len(ids := (waiting := self.waiting[b]).ids) == 0:
            return
        since = waiting.since.copy()
        ids = waiting.in_order(ids[since.take(ids) <= week])
        got = np.sort(ids[self.places[b].take(ids)])
        waiting.leave(got, served=True)
        self.count(week, "cases", got)
        self.count(week, "wait", got, week - since.take(got).astype(np.int64))
        for number, then in enumerate(self.steps):
            then(week, b, got[self.then.take(got) == number])

    def leave(self, week: int, ids: Ids) -> None:
        """These ids are cases no more, and wait for no broker."""
        for b, places in self.places.items():
            places.hand_back(ids)
            self.count(week, "left_waiting", self.waiting[b].leave(ids))

    def close(self, week: int) -> Ids:
        """Nobody waits any more; returns those who did."""
        waits = np.concatenate([np.empty(0, dtype=np.intp), *(waiting.ids for waiting in self.waiting.values())])
        self.leave(week, waits)
        return waits

    def served(self, ids: Ids) -> Ids:
        """Those of these ids who wait for no broker."""
        for waiting in self.waiting.values():
            ids = ids[~waiting.of(ids)]
        return ids

    def soendag(self, week: int) -> None:
        """søndag: count who waits."""
        for waiting in self.waiting.values():
            self.count(week, "waiting", waiting.ids)
