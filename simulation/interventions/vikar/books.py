"""What vikarbureauer have in their books: which of the registered ledige they can use and offer an assignment."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.vikar.settings import Bureau, Place
from simulation.world.few import Few
from simulation.world.queueing import narrow, turn_of
from simulation.world.spec import Bools, Floats, Ids, Ints
from simulation.world.world import World


class Books:
    """What the bureaus have in their books: who is `registered` with any, and arrays of shape (bureaus, rows of the
    jobcentre table or of the ledige).

    `there`: works with the jobcentre. `orders`: assignments a week. `fits`: can use the ledig. `usable`: can use her,
    and she is registered. `order`: a ledig's bureaus stand in an order of her own, in which she registers with them.
    """

    def __init__(
        self, bureaus: Mapping[str, Bureau], jobcentres: Mapping[str, Place], world: World, name: str, number: int
    ) -> None:
        """`name` and `number` are those of the intervention."""
        self.world, self.name, self.number, self.names = world, name, number, list(bureaus)
        everybody, draws = np.arange(len(world.ledige)), world.ledige.draws
        places = [jobcentres.get(jobcentre, Place()) for jobcentre in world.jobcentres.name_of_row]
        self.there = np.array([[p.bureaus is None or bureau in p.bureaus for p in places] for bureau in bureaus])
        self.become(bureaus, jobcentres)
        fits = [draws.uniform(f"{name} fits {bureau}", 0, everybody) < spec.fits for bureau, spec in bureaus.items()]
        self.fits = np.array(fits)
        self.order = np.array([draws.uniform(f"{name} order {bureau}", 0, everybody) for bureau in bureaus])
        self.begun: dict[int, NDArray[np.int64]] = {}  # of bureaus with a relation that grows: assignments by jobcentre
        self._so_far: dict[int, Floats] = {}  # and orders
        for number, spec in enumerate(bureaus.values()):
            if spec.relation is not None:
                self.begun[number] = np.zeros(self.orders.shape[1], dtype=np.int64)
                self._so_far[number] = np.zeros(self.orders.shape[1])
        self.usable = np.zeros(self.fits.shape, dtype=bool)
        self.registered = Few(len(world.ledige))

    def become(self, bureaus: Mapping[str, Bureau], jobcentres: Mapping[str, Place]) -> None:
        """So many orders there are from now on."""
        places = [jobcentres.get(jobcentre, Place()) for jobcentre in self.world.jobcentres.name_of_row]
        stated = np.array([bureau.orders_per_week for bureau in bureaus.values()])[:, None]
        self.relations = [bureau.relation for bureau in bureaus.values()]
        self.orders = stated * np.array([place.orders_factor for place in places]) * self.there

    def enter(self, ids: Ids, many: Ints) -> Ints:
        """Register these ids with so many bureaus each, as far as there are so many; returns with how many."""
        there = self.there[:, self.world.ledige.jobcentre.take(ids)]
        rank = np.where(there, self.order[:, ids], 2.0).argsort(axis=0, kind="stable").argsort(axis=0)
        registered = there & (rank < many)
        self.usable[:, ids] = registered & self.fits[:, ids]
        self.registered.add(ids)
        return np.asarray(registered.sum(axis=0))

    def strike(self, ids: Ids) -> None:
        """These ids are registered no more."""
        self.usable[:, self.registered.drop(ids)] = False

    def begin(self, bureau: int, ids: Ids) -> None:
        """These ids have begun an assignment of a bureau."""
        if bureau in self.begun:
            places = self.world.ledige.jobcentre.take(ids)
            self.begun[bureau] += np.bincount(places, minlength=len(self.begun[bureau]))

    def _orders(self, week: int, bureau: int) -> NDArray[np.int64]:
        """Orders of a bureau in this week, by row of the jobcentre table."""
        before, after = week * self.orders[bureau], (week + 1) * self.orders[bureau]
        if relation := self.relations[bureau]:
            before = self._so_far[bureau]
            after = self._so_far[bureau] = before + self.orders[bureau] * relation.now(week, self.begun[bureau])
        return np.asarray(np.floor(after) - np.floor(before), dtype=np.int64)

    def offers(self, week: int, bureau: int, later: Bools | None) -> Ids:
        """To whom a bureau offers this week's orders, by lot, ascending; those whose turn comes `later` (by row; None:
        nobody's does) after the others."""
        orders = self._orders(week, bureau)
        if not orders.any():
            return np.empty(0, dtype=np.intp)
        ids = self.registered.ids
        ids = self.world.free_for_offers(ids[self.usable[bureau].take(ids)], self.number)
        if len(ids) == 0:
            return ids
        jobcentre = self.world.ledige.jobcentre.take(ids)
        by_lot = self.world.ledige.draws.uniform(f"{self.name} lot {self.names[bureau]}", week, ids).argsort()
        if later is not None:
            by_lot = by_lot[later.take(ids[by_lot]).argsort(kind="stable")]
        order = by_lot[narrow(jobcentre[by_lot]).argsort(kind="stable")]
        jobcentre = jobcentre[order]
        return np.sort(ids[order[turn_of(jobcentre) < orders.take(jobcentre)]])
