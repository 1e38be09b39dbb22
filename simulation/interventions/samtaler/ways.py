"""In which channel each talk is held: the planned one, or the one that takes its place for part of the talks, in some
states, in an offer, or by need. What comes later in this list comes before the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.interventions.samtaler.needs import Needs
from simulation.interventions.samtaler.plan import Plan
from simulation.world.labels import Label
from simulation.world.spec import Ids, Ints
from simulation.world.world import World

AS_EVER = -1
NOT_IN_PERSON = Label("not in person: {channel}", "ikke personligt: {channel}")


def tell_channel(world: World, ids: Ids, channel: int | Ids, not_in_person: Mapping[int, str]) -> None:
    """What a diary tells of talks held with these ids in channels in which people do not meet, by their numbers."""
    for number, name in not_in_person.items() if world.diary is not None else ():
        world.tell(ids[np.broadcast_to(channel == number, len(ids))], NOT_IN_PERSON, channel=name)


class Ways:
    """Channels are numbered in the order of the settings."""

    def __init__(self, plans: Sequence[Plan], channels: Sequence[str], world: World, luck: str, needs: Needs) -> None:
        """`luck` is what stands before the names of decisions about these talks."""
        self.plans, self.channels, self.world, self.luck = plans, channels, world, luck
        self.needs = needs
        self._in_offer = [_by_offer(plan, channels, world.offers) for plan in plans]

    def choose(self, week: int, ids: Ids, plan: Ints, planned: Ints) -> Ids:
        """The channel of each talk of these ids, by the plan that each follows and the channel that it is planned in;
        same shape."""
        channel = planned.astype(np.intp)
        course_week = week - self.world.ledige.enrolled.take(ids)
        chance = None
        for p, settings in enumerate(self.plans):
            if other := settings.other_channel:
                if chance is None:
                    chance = self.world.ledige.draws.uniform(f"{self.luck}channel", week, ids)
                at = (plan == p) & (course_week >= other.from_week) & (chance < other.share)
                channel[at] = self.channels.index(other.channel)
            for state, name in settings.by_state(week).items():
                channel[(plan == p) & self.world.in_any([state], ids)] = self.channels.index(name)
            if (by_offer := self._in_offer[p]) is not None:
                instead = by_offer.take(self.world.register.offer.take(ids))
                at = (plan == p) & (instead != AS_EVER)
                channel[at] = instead[at]
            if settings.channels_by_need():
                at = np.flatnonzero(plan == p)
                named = self.needs.channel(p, ids[at])
                channel[at[named != AS_EVER]] = named[named != AS_EVER]
        return channel


def _by_offer(plan: Plan, channels: Sequence[str], offers: Mapping[str, int]) -> Ints | None:
    """By the number of the offer that she is in, the channel that takes the place of the planned one; None: nothing
    ever does."""
    if not plan.channels_in_offers():
        return None
    by_offer = np.full(len(offers) + 1, AS_EVER)
    for name, number in offers.items():
        if (channel := plan.channel_in(name)) is not None:
            by_offer[number] = channels.index(channel)
    return by_offer
