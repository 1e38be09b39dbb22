"""Exchange of openings: a fleksjob that was declined is shown to another ledig of the jobcentre in the week after.

DISCUS (p. 12-14): outcomes are better where municipality and other actor are partners, and in several places they
shared openings; one actor was barred from firms with which the municipality had agreements, which could not be kept
up. No number of shared openings is printed.
"""

from __future__ import annotations

import numpy as np

from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.world.queueing import in_order, within_room
from simulation.world.spec import Ids, Ints
from simulation.world.world import World


class Exchange:
    """`free` are openings of each jobcentre that were declined in the week before, `declined` those of this week."""

    def __init__(self, settings: Fleksjob, world: World) -> None:
        self.world = world
        of = settings.exchange
        self.brokers = [b for b, name in enumerate(settings.brokers) if of and name in of.brokers]
        self.free, self.declined = np.zeros((2, len(world.jobcentres)), dtype=np.int64)

    def hand_in(self, ids: Ids, broker: Ints) -> None:
        """These ids have declined what their brokers (`broker`, by row) had found."""
        if not self.brokers:
            return
        ids = ids[np.isin(broker.take(ids), self.brokers)]
        self.declined += np.bincount(self.world.ledige.jobcentre.take(ids), minlength=len(self.declined))

    def shown(self, ids: Ids, broker: Ints, tried: Ints) -> Ids:
        """Who of these ids is shown an opening, one each: the longest not tried first. What is left is lost."""
        ids = ids[np.isin(broker.take(ids), self.brokers)]
        place = self.world.ledige.jobcentre.take(ids)
        ids = ids[in_order(place, np.maximum(tried.take(ids), -1).astype(np.int64) + 1)]
        served, _ = within_room(self.world.ledige.jobcentre.take(ids), np.ones(len(ids), dtype=np.int64), self.free)
        return np.sort(ids[served])

    def soendag(self) -> None:
        """søndag: what was declined this week is free in the next one."""
        self.free, self.declined = self.declined, np.zeros_like(self.declined)
