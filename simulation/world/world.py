"""A batch of worlds: everything that exists in them, in one place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
import simpy

from simulation.world.afgang import Afgang
from simulation.world.benefits import Benefits
from simulation.world.beskaeftigelse import Jobs
from simulation.world.counts import Counting
from simulation.world.force import Force
from simulation.world.labels import Event, Label
from simulation.world.ledige import GONE
from simulation.world.past import Past
from simulation.world.places import Places
from simulation.world.side_by_side import SideBySide
from simulation.world.small_jobs import SmallJobs
from simulation.world.spec import NEVER, WEEK, Bools, Ids, Ints
from simulation.world.staff.cases import Staff

Part = TypeVar("Part")


@dataclass(kw_only=True)
class World(Past):
    """The worlds of a batch of replications, with all that makes their weeks pass."""

    staff: Staff
    afgang: Afgang
    jobs: Jobs | None
    small_jobs: SmallJobs | None = None  # None: nobody works any beside benefit
    benefits: Benefits | None = None  # None: there is but one
    count: Counting  # of what happens to everybody, whatever interventions there are
    start: str  # ISO week that week 0 of the run is
    changes: bool = False  # whether anything changes at a date
    arms: tuple[str, ...]
    parts: Mapping[str, Sequence[str]]  # the arms that every name of an arm stands for, those that are split included
    levels: dict[str, list[str]]  # of every characteristic (subgroup), in the order of the columns of `ledige`
    env: simpy.Environment = field(default_factory=simpy.Environment)
    diary: Callable[[int, Ids, Event], None] | None = None  # is told what happens: day, ids and words
    in_force: Callable[[Force], None] | None = None
    """Is told of every effect that holds: week, ids, name of the effect, destination and factors."""
    places: dict[str, list[Places]] = field(default_factory=dict)  # by the name of the intervention they belong to
    blockers: list[Bools] = field(default_factory=list)  # columns of who cannot begin an offer or gain from a talk
    side_by_side: SideBySide | None = None  # offers that a ledig may be in at the same time; None: in one at most
    states: dict[str, list[Bools]] = field(default_factory=dict)
    """Who is in a state that an intervention keeps, by its name; a column of each of its running parts."""
    waiting: dict[str, list[Bools]] = field(default_factory=dict)  # who waits, by what for; as `states`
    ready: dict[str, list[Ints]] = field(default_factory=dict)  # the week from which on each is ready, by what for
    kept_out: dict[int, Sequence[str]] = field(default_factory=dict)  # of an offer, in what states nobody begins it
    shared: dict[Callable[[World], object], object] = field(default_factory=dict)  # see `part`

    @property
    def week(self) -> int:
        """The week that it is."""
        return int(self.env.now) // WEEK

    def part(self, kind: Callable[[World], Part]) -> Part:
        """What several interventions keep together, one for all of them: made when the first of them asks."""
        if kind not in self.shared:
            self.shared[kind] = kind(self)
        return cast(Part, self.shared[kind])

    def to_job(self, ids: Ids) -> Bools:
        """Who of these ids, who have left benefit on this tirsdag, has left for a job."""
        if "job" not in self.afgang.destinations:
            return np.zeros(len(ids), dtype=bool)
        return np.asarray(self.ledige.status.take(ids) == GONE + self.afgang.destinations.index("job"))

    def keep_state(self, name: str, column: Bools) -> None:
        """A running part of this intervention keeps a state: a column of who is in it."""
        self.states.setdefault(name, []).append(column)

    def keep_waiting(self, name: str, column: Bools) -> None:
        """A running part of this intervention lets ledige wait: a column of who does."""
        self.waiting.setdefault(name, []).append(column)

    def keep_ready(self, name: str, column: Ints) -> None:
        """A running part of this intervention refers those who are ready: a column of the week from which each is."""
        self.ready.setdefault(name, []).append(column)

    def keep_places(self, name: str, places: Places) -> None:
        """A running part of this intervention has places."""
        self.places.setdefault(name, []).append(places)

    def first_referrals(self, name: str) -> Ints:
        """The column in which all running parts of this intervention write the week of each ledig's first referral;
        NEVER: none so far."""
        if name not in self.referred:
            self.referred[name] = np.full(len(self.ledige), NEVER, dtype=np.int16)
        return self.referred[name]

    def in_jobcentres(self, names: Collection[str]) -> Bools:
        """Who of all rows is in one of these jobcentres."""
        of_row: Bools = np.array([name in names for name in self.jobcentres.name_of_row])
        return of_row[self.ledige.jobcentre]

    def among(self, arms: Iterable[str], levels: Mapping[str, Sequence[str]]) -> Bools:
        """Who of all rows is in one of these arms and has one of the named levels of every characteristic."""
        in_group: Bools = np.isin(self.ledige.arm, [self.arms.index(part) for arm in arms for part in self.parts[arm]])
        for name, allowed in levels.items():
            in_group &= np.isin(self.ledige.subgroup[name], [self.levels[name].index(level) for level in allowed])
        return in_group

    def unblocked(self, ids: Ids) -> Ids:
        """Those of these ids who are not blocked."""
        return ids[~self.blocked(ids)] if self.blockers else ids

    def blocked(self, ids: Ids) -> Bools:
        """Who of these ids is blocked; same shape."""
        by_any = np.zeros(len(ids), dtype=bool)
        for blocked in self.blockers:
            by_any |= blocked.take(ids)
        return by_any

    def not_leaving(self, ids: Ids) -> Bools:
        """Who of these ids is not on her way elsewhere already; same shape."""
        leaving = self.afgang.leaving
        return np.ones(len(ids), dtype=bool) if leaving is None else ~leaving.take(ids)

    def in_any(self, states: Sequence[str], ids: Ids) -> Bools:
        """Who of these ids is in one of these states; same shape."""
        in_state = np.zeros(len(ids), dtype=bool)
        for name in states:
            for column in self.states[name]:
                in_state |= column.take(ids)
        return in_state

    def in_offers(self, names: Sequence[str], ids: Ids) -> Bools:
        """Who of these ids is in an offer of one of these interventions, whether the register shows it or another one
        beside it; same shape."""
        numbers = [self.offers[name] for name in names if name in self.offers]
        if self.side_by_side is None:
            return np.isin(self.register.offer.take(ids), numbers)
        return self.side_by_side.in_any(numbers, ids)

    def waits_for(self, names: Sequence[str], ids: Ids) -> Bools:
        """Who of these ids waits for one of these interventions; same shape."""
        waits = np.zeros(len(ids), dtype=bool)
        for name in names:
            for column in self.waiting[name]:
                waits |= column.take(ids)
        return waits

    def has_place(self, names: Sequence[str], ids: Ids) -> Bools:
        """Who of these ids has a place with one of these interventions; same shape."""
        has = np.zeros(len(ids), dtype=bool)
        for name in names:
            for places in self.places[name]:
                has |= places.of.take(ids) > 0
        return has

    def ready_for(self, names: Sequence[str], week: int, ids: Ids) -> Bools:
        """Who of these ids is ready for one of these interventions in this week; same shape."""
        ready = np.zeros(len(ids), dtype=bool)
        for name in names:
            for column in self.ready[name]:
                ready |= column.take(ids) <= week
        return ready

    def begin_offer(self, number: int, ids: Ids) -> None:
        """These ids are in the offer of this number from now on."""
        if self.side_by_side is None:
            self.register.offer[ids] = number
        else:
            self.side_by_side.begin(number, ids)
            self.register.offer[ids] = self.side_by_side.shown(ids)

    def end_offer(self, number: int, ids: Ids) -> None:
        """These ids are in the offer of this number no more."""
        if self.side_by_side is None:
            self.register.offer[ids] = 0
        else:
            self.side_by_side.end(number, ids)
            self.register.offer[ids] = self.side_by_side.shown(ids)

    def in_offer(self, number: int, ids: Ids) -> Bools:
        """Who of these ids is in the offer of this number, be it shown or not; same shape."""
        if self.side_by_side is None:
            return np.asarray(self.register.offer.take(ids) == number)
        return self.side_by_side.inside(number, ids)

    def in_way(self, ids: Ids, number: int = 0) -> Bools:
        """Who of these ids is in an offer that stands in the way of the one of this number (0: of what is none of
        them), or in that one itself; same shape."""
        if self.side_by_side is None:
            return np.asarray(self.register.offer.take(ids) != 0)
        return self.side_by_side.in_way(number, ids)

    def free_for_offers(self, ids: Ids, number: int = 0) -> Ids:
        """Those of these ids who can begin the offer of this number: who are in none that stands in its way, not
        blocked, not kept out of it by a state, and not on their way elsewhere already."""
        if number in self.kept_out:
            ids = ids[~self.in_any(self.kept_out[number], ids)]
        return self.unblocked(ids[~self.in_way(ids, number) & self.not_leaving(ids)])

    def tell(self, ids: Ids, what: Label, **keys: str) -> None:
        """Something happened to these ids; kept only when somebody reads a diary. `keys` fill the gaps: `name` of an
        intervention, `exit` of a destination, `plan` of a plan of talks."""
        if self.diary is not None:
            self.diary(int(self.env.now), ids, Event(what, keys))
