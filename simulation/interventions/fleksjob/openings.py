"""Openings: who comes to which broker, for whom it works first, and for whom an approach to a firm opens a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.interventions.fleksjob.brokers import Broker
from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.world.queueing import in_order
from simulation.world.spec import Bools, Floats, Ids, Ints
from simulation.world.world import World

NO_BROKER = -1


class Openings:
    """What an approach to a firm may open. `tailored` are those for whom a job must be made."""

    def __init__(self, settings: Fleksjob, world: World, tailored: Bools) -> None:
        self.world, self.tailored = world, tailored
        self.become(settings)

    def become(self, settings: Fleksjob) -> None:
        """These are the settings from now on."""
        names = self.world.jobcentres.name_of_row
        self.settings, self.brokers = settings, list(settings.brokers.values())
        self.opens = opens(settings, self.world, self.tailored)
        self.half_subsidy = np.array([broker.half_subsidy for broker in self.brokers])
        self.local = [np.array([broker.jobcentres.get(name, 1.0) for name in names]) for broker in self.brokers]

    def asked(self, b: int, ids: Ids) -> tuple[Ids, Ints]:
        """Those of these ids for whom a firm can be approached, and the minutes of it: nobody waits behind an approach
        that is longer than the whole week of those who make it."""
        broker, staff, settings = self.brokers[b], self.world.staff, self.settings
        more = settings.tailoring.minutes if settings.tailoring else 0
        minutes = broker.approach_minutes + more * self.tailored.take(ids).astype(np.int64)
        full = staff.minutes_of_full_week(staff.names.index(broker.team))
        may = minutes <= full.take(self.world.ledige.jobcentre.take(ids))
        return ids[may], minutes[may]

    def chance(self, week: int, b: int, ids: Ids) -> Floats:
        """How likely an approach of this broker opens a place for each of these ids."""
        broker, ledige = self.brokers[b], self.world.ledige
        local = self.local[b].take(ledige.jobcentre.take(ids))
        chance = broker.opens * broker.strength(week) * self.opens.take(ids) * local
        if by_weeks := self.settings.opens_by_weeks:
            chance *= np.interp(week - ledige.enrolled.take(ids), list(by_weeks), list(by_weeks.values()))
        if broker.factors:
            chance *= by_level(broker.factors, self.world, ids)
        likely: Floats = chance
        return likely

    def by_trial(self, b: int, paid: Bools) -> float | Floats:
        """How likely a place begins with an arbejdsprøvning; `paid` tells for whom one would be paid, shape (n,)."""
        broker = self.brokers[b]
        if broker.fee is None or broker.fee.trial_first == 0.0:
            return broker.trial
        first: Floats = broker.trial + (1.0 - broker.trial) * broker.fee.trial_first * paid.astype(np.float64)
        return first


def opens(settings: Fleksjob, world: World, tailored: Bools) -> Floats:
    """Times as likely as the broker says that an approach opens a place, by what is known of each ledig: shape (rows,).
    For those who are `tailored` a job must be made."""
    found = np.full(len(world.ledige), settings.attention)
    for attribute, levels in settings.factors.items():
        factors = np.array([levels.get(level, 1.0) for level in world.levels[attribute]])
        found *= factors[world.ledige.subgroup[attribute]]
    if settings.tailoring:
        found *= np.where(tailored, settings.tailoring.factor, 1.0)
    return found


def by_level(factors: Mapping[str, Mapping[str, float]], world: World, ids: Ids) -> Floats:
    """The product of the factors of the levels that these ids have; levels left out: 1."""
    product = np.ones(len(ids))
    for attribute, levels in factors.items():
        each = np.array([levels.get(level, 1.0) for level in world.levels[attribute]])
        product *= each[world.ledige.subgroup[attribute].take(ids)]
    return product


def first_brokers(brokers: Sequence[Broker], world: World, name: str) -> Ints:
    """The number of the broker of each ledig, shape (rows,); NO_BROKER: her arm has none. Where it has several, each is
    drawn by their weights for her."""
    first = np.full(len(world.ledige), NO_BROKER, dtype=np.int8)
    several = np.zeros(len(first), dtype=np.int8)
    for b, broker in enumerate(brokers):
        ids = world.among(broker.arms, {})
        first[ids] = b
        several[ids] += 1
    if (several > 1).any():
        everybody = np.arange(len(first))
        so_far = np.zeros((len(brokers), len(first)))
        for b, broker in enumerate(brokers):
            if broker.chosen:
                ids = world.among(broker.arms, {})
                so_far[b, ids] = broker.chosen.weight * by_level(broker.chosen.levels, world, everybody)[ids]
        so_far = so_far.cumsum(axis=0)
        luck = world.ledige.draws.uniform(f"{name} broker", 0, everybody) * so_far[-1]
        chosen = (luck >= so_far).sum(axis=0)
        first[several > 1] = chosen[several > 1]
    return first


def in_turn(broker: Broker, world: World, week: int, ids: Ids, tried: Ints, motivated: Bools) -> Ids:
    """These ids by jobcentre, and in the order in which a broker approaches firms for them: longest not tried first (in
    weeks that count as many times as it prefers her), ties by lot. `tried` is the week of the last approach, by row,
    and `motivated` who wants a fleksjob. Whom it never approaches for is left out."""
    place = world.ledige.jobcentre.take(ids)
    last = np.maximum(tried.take(ids), -1).astype(np.int64)  # who was never tried comes first
    if broker.prefers is None:
        return ids[in_order(place, last + 1)]
    weeks = (week - last) * by_level(broker.prefers.levels, world, ids)
    weeks = weeks * np.where(motivated.take(ids), broker.prefers.motivated, 1.0)
    order = np.lexsort((-weeks, place))
    return ids[order[weeks[order] > 0]]
