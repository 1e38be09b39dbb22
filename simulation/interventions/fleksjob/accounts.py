"""Accounts: what a broker has earned, and the work that it leaves to the municipality."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.fleksjob.brokers import FEE_PARTS, OF_FEE, Broker
from simulation.world.counts import Counting
from simulation.world.spec import Ids, Ints
from simulation.world.world import World


class Accounts:
    """`owed` are minutes that each broker has left to a team of each jobcentre, and that are not done yet. Nothing is
    earned or left by a broker with those whom it has sent back."""

    def __init__(
        self, world: World, count: Counting, brokers: Sequence[Broker], first_broker: Ints, broker: Ints
    ) -> None:
        """`first_broker` is the broker of each ledig's arm, `broker` the one who has her now: columns over all rows."""
        self.world, self.count, self.brokers = world, count, list(brokers)
        self.first_broker, self.broker = first_broker, broker
        self.owed = np.zeros((len(brokers), len(world.jobcentres)), dtype=np.int64)

    def leaves_work(self, what: str) -> bool:
        """Whether any broker leaves work to a municipal team where this happens."""
        return any(broker.leaves_work and getattr(broker.leaves_work, what) for broker in self.brokers)

    def left_work(self, week: int, ids: Ids, what: str) -> None:
        """Something has happened with these ids that costs a municipal team minutes."""
        for b, broker in enumerate(self.brokers):
            minutes = getattr(broker.leaves_work, what) if broker.leaves_work else 0
            if minutes and len(of_this_broker := self.with_first(b, ids)):
                self._count(week, "left_work", of_this_broker, minutes)
                places = np.bincount(self.world.ledige.jobcentre.take(of_this_broker), minlength=self.owed.shape[1])
                self.owed[b] += minutes * places

    def do_left_work(self, b: int) -> None:
        """torsdag: the team does what a broker has left to it, as far as it has minutes."""
        if left := self.brokers[b].leaves_work:
            staff = self.world.staff
            team = staff.names.index(left.team)
            done = np.minimum(self.owed[b], staff.minutes_left(team))
            staff.spend(team, done)
            self.owed[b] -= done

    def pay(self, week: int, ids: Ids, what: str) -> None:
        """A part of the fee falls due for these ids, if their broker is paid by results."""
        for b, broker in enumerate(self.brokers):
            if broker.fee and len(of_this_broker := self.with_first(b, ids)):
                self.count(week, OF_FEE[what], of_this_broker)
                self._count(week, "fee_parts", of_this_broker, round(FEE_PARTS * getattr(broker.fee, what)))

    def with_first(self, b: int, ids: Ids) -> Ids:
        """Those of these ids whom this broker had from the beginning, and has not sent back."""
        never_returned: Ids = ids[(self.first_broker.take(ids) == b) & (self.broker.take(ids) == b)]
        return never_returned

    def _count(self, week: int, what: str, ids: Ids, amount: int) -> None:
        self.count(week, what, ids, np.full(len(ids), amount, dtype=np.int64))
