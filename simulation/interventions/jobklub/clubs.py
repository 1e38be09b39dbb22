"""What happens inside the job clubs: sessions and counselling as far as the jobrådgivere have minutes, and contagion.

A club is a group of members. Its staff's minutes go first to newcomers and to members with weak skills, then to
sessions, then to individual talks; what there are no minutes for is not held. The effect of a week's sessions is that
of the share of planned ones a member attended, grows as she settles in, and shrinks with the share of unmotivated
members above a threshold.

In weeks without a planned session the effect of the last ones goes on. Companies are visited in the weeks of the run
that `every_weeks` divides. What exits to jobs do to a club they do to all its members, to those who came afterwards
too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.contract import Effect, Effects
from simulation.interventions.jobklub.inside import Counselling
from simulation.interventions.jobklub.settings import Jobklub
from simulation.world.counts import Counting
from simulation.world.queueing import turn_of, within_room
from simulation.world.spec import NEVER, Floats, Ids, Ints, where
from simulation.world.world import World

NO_CLUB = -1


class Clubs:
    """Columns: `club` (of each member), `dose` (share of the last planned sessions attended), `counselled` (week).

    A *pool* is whoever fills the same seats: a jobcentre, or one level of a characteristic in it if separated.
    Club row = jobcentre row × most clubs of any + club.
    """

    def __init__(self, own: Sequence[Jobklub], world: World, name: str, count: Counting) -> None:
        """`own` has the settings of every row of the jobcentre table."""
        self.settings, self.own, self.world, self.name, self.count = own[0], own, world, name, count
        rows, ledige = len(world.ledige), world.ledige
        attribute = self.settings.separated_by
        levels = len(world.levels[attribute]) if attribute and any(club.separated for club in own) else 1
        self.width = max(club.clubs for club in own)
        kinds = np.arange(self.width)
        serves = np.array([kinds % levels if club.separated else 0 * kinds for club in own])
        self.pool_of_club = (np.arange(len(own))[:, None] * levels + serves).ravel()
        self.jobcentre_of_pool = np.arange(len(own)).repeat(levels)
        self.pools = len(own) * levels
        self._size()
        separated = np.array([club.separated for club in own])[ledige.jobcentre]
        level = ledige.subgroup[attribute] if attribute and levels > 1 else np.zeros(rows, dtype=np.int8)
        self.pool = (ledige.jobcentre.astype(np.intp) * levels + separated * level).astype(np.intp)
        self.club = np.full(rows, NO_CLUB, dtype=np.int32)
        self.dose = np.zeros(rows)
        self.counselled = np.full(rows, NEVER, dtype=np.int16)
        self.members = np.zeros(len(self.seats), dtype=np.int64)
        self.newcomers = np.zeros(len(self.seats), dtype=bool)
        contagion = self.settings.contagion
        self.exits = np.zeros((contagion.window_weeks if contagion else 1, len(self.seats)), dtype=np.int64)
        self.team = world.staff.names.index(self.settings.team)
        self.visits = np.array([club.company_visits for club in own])
        self.homework = {
            kind: (self._effect(("homework_effects", kind), effects), np.array([c.homework == kind for c in own]))
            for kind, effects in self.settings.homework_effects.items()
        }
        counselling, visits = self.settings.counselling, self.settings.visits
        self.session = self._effect(("effects",), self.settings.effects)
        self.visit = self._effect(("visits",), visits.effects if visits else {})
        self.counselling = self._effect(("counselling",), counselling.effects if counselling else {})
        self.contagion = self._effect(("contagion",), contagion.per_exit if contagion else {})
        self.extra = np.zeros(rows, dtype=np.int64)
        for characteristic, minutes in self.settings.extra_minutes.items():
            by_level = np.array([minutes.get(each, 0) for each in world.levels[characteristic]])
            self.extra += by_level[ledige.subgroup[characteristic]]

    def _size(self) -> None:
        """Seats and sessions as the clubs have them now."""
        exists = np.array([np.arange(self.width) < club.clubs for club in self.own])
        self.seats = np.array([club.seats for club in self.own]).repeat(self.width) * exists.ravel()
        self.capacity = np.bincount(self.pool_of_club, self.seats, minlength=self.pools).astype(np.int64)
        self.sessions = np.array([club.sessions_per_week for club in self.own])

    def become(self, own: Sequence[Jobklub]) -> None:
        """The clubs of every row of the jobcentre table are these from now on."""
        self.settings, self.own = own[0], own
        self._size()

    def _effect(self, keys: tuple[str, ...], sizes: Effects) -> Effect:
        return Effect(self.world, self.name, keys, sizes)

    # --- who is in which club -----------------------------------------------------------------------------

    def join(self, week: int, ids: Ids) -> None:
        """These ids (by pool) have seats: each goes to the emptiest club of her pool, the first one of several."""
        if len(ids) == 0:
            return
        if self.width == 1:
            club = self.pool.take(ids)
        else:
            most = int(self.seats.max())
            seat = self.members[:, None] + np.arange(most)  # as the club fills up, seat by seat
            free = where((seat < self.seats[:, None]).ravel())
            at = free // most
            order = np.lexsort((at, seat.ravel()[free], self.pool_of_club[at]))
            at = at[order]
            pool = self.pool.take(ids)
            club = at[np.searchsorted(self.pool_of_club[at], pool) + turn_of(pool)]
        self.club[ids] = club
        self.dose[ids] = 0.0
        self.members += np.bincount(club, minlength=len(self.members))
        self.newcomers[club] = True

    def leave(self, ids: Ids) -> None:
        """These ids are members no more."""
        self.members -= np.bincount(self.club.take(ids), minlength=len(self.members))
        self.club[ids] = NO_CLUB

    def see_off(self, week: int, ids: Ids) -> None:
        """These members have left benefit this tirsdag; the others remember those who left for a job."""
        now = week % len(self.exits)
        if self.settings.contagion and self.settings.contagion.per_exit:
            to_job = ids[self.world.to_job(ids)]
            self.exits[now] = np.bincount(self.club.take(to_job), minlength=len(self.members))

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int, members: Ids, started: Ints) -> None:
        """What the last week in the club, and those who left it, do to the exits of its members."""
        if len(members) == 0:
            return
        settings = self.settings
        strength = self._strength(week, members, started)
        self.session.hold(members, strength)
        jobcentre = self.world.ledige.jobcentre.take(members)
        for homework, given in self.homework.values():
            does = given[jobcentre]
            homework.hold(members[does], strength[does])
        if visits := settings.visits:
            since = 1 + (week - 1) % visits.every_weeks  # weeks since the last visit
            if since <= visits.window_weeks:
                visited = self.visits[jobcentre]
                self.visit.hold(members[visited & (started.take(members) <= week - since)])
        if settings.counselling:
            self.counselling.hold(members[self.counselled.take(members) == week - 1])
        if settings.contagion and settings.contagion.per_exit:
            exits = np.minimum(self.exits.sum(axis=0), settings.contagion.most_exits)[self.club.take(members)]
            self.contagion.hold(members[exits > 0], exits[exits > 0].astype(np.float64))

    def _strength(self, week: int, members: Ids, started: Ints) -> Floats:
        """Strength of the effect of sessions for each member: dose × settling in × what the unmotivated leave × what
        being mixed gives."""
        strength = self.dose.take(members)
        if self.settings.settling_weeks:
            strength = strength * np.minimum((week - started.take(members)) / self.settings.settling_weeks, 1.0)
        if self.settings.contagion and (unmotivated := self.settings.contagion.unmotivated):
            level = self.world.levels[unmotivated.attribute].index(unmotivated.level)
            club = self.club.take(members)
            number = np.bincount(
                club[self.world.ledige.subgroup[unmotivated.attribute].take(members) == level],
                minlength=len(self.members),
            )
            strength = strength * (1.0 - unmotivated.lost(number / np.maximum(self.members, 1)))[club]
        if self.settings.contagion and (mixed := self.settings.contagion.mixed):
            levels, club = len(self.world.levels[mixed.by]), self.club.take(members)
            cell = club * levels + self.world.ledige.subgroup[mixed.by].take(members)
            number = np.bincount(cell, minlength=len(self.members) * levels).reshape(-1, levels)
            strength = strength * mixed.strength(number)[club]
        return strength

    # --- torsdag ------------------------------------------------------------------------------------------

    def meet(self, week: int, members: Ids, started: Ints) -> None:
        """The clubs meet: newcomers and weak members take their minutes, then sessions, then individual talks."""
        if len(members) == 0:
            return
        settings, staff = self.settings, self.world.staff
        jobcentre = self.world.ledige.jobcentre.take(members)
        centres = len(self.own)
        newcomers = self.newcomers.reshape(centres, self.width).sum(axis=1)
        self.newcomers[:] = False
        extra = np.bincount(jobcentre, self.extra.take(members), minlength=centres).astype(np.int64)
        staff.spend(self.team, np.minimum(settings.entry_minutes * newcomers + extra, staff.minutes_left(self.team)))
        planned = (np.floor((week + 1) * self.sessions) - np.floor(week * self.sessions)).astype(np.int64)
        held = self._sessions(planned)[self.club.take(members)]
        attended = np.zeros(len(members), dtype=np.int64)
        luck = [*(f"{self.name} session {n}" for n in range(int(held.max(initial=0)))), f"{self.name} counselling"]
        *of_sessions, of_counselling = self.world.ledige.draws.uniforms(luck, week, members)
        for session, chance in enumerate(of_sessions):
            attended += (chance < settings.attendance) & (session < held)
        should = planned.take(jobcentre)
        self.count(week, "planned", members, should)
        self.count(week, "attended", members, attended)
        meets = where(should)
        self.dose[members[meets]] = attended[meets] / should[meets]
        if settings.counselling:
            chance = settings.counselling.chance(week - started.take(members))
            self._counsel(week, members[of_counselling < chance], settings.counselling)

    def _sessions(self, planned: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sessions held by each club: everybody's first, then everybody's second, as long as there are minutes."""
        staff, minutes = self.world.staff, self.settings.session_minutes
        runs = (self.members > 0).reshape(-1, self.width)
        held = np.zeros(runs.shape, dtype=np.int64)
        for session in range(int(planned.max(initial=0))):
            wants = runs & (session < planned)[:, None]
            cost = np.cumsum(wants, axis=1) * minutes
            meets = wants & (cost <= staff.minutes_left(self.team)[:, None])
            staff.spend(self.team, meets.sum(axis=1) * minutes)
            held += meets
        return held.ravel()

    def _counsel(self, week: int, asks: Ids, counselling: Counselling) -> None:
        """Individual talks with those who ask, by lot, as far as minutes are left."""
        jobcentre = self.world.ledige.jobcentre.take(asks)
        left = self.world.staff.minutes_left(self.team)
        gets, used = within_room(jobcentre, np.full(len(asks), counselling.minutes), left)
        self.world.staff.spend(self.team, used)
        self.counselled[asks[gets]] = week
        self.count(week, "counselled", asks[gets])
