"""The way into a job club and out of it: offered, called in, waiting, a member, gone. (Inside: `clubs`.)"""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running, apply
from simulation.interventions.jobklub.clubs import Clubs
from simulation.interventions.jobklub.settings import Jobklub
from simulation.interventions.parts.referrals import Referrals
from simulation.interventions.parts.spells import Range, Spells
from simulation.interventions.parts.visitation import passes
from simulation.interventions.parts.waiting import Waiting
from simulation.world.places import Places
from simulation.world.spec import NEVER, Ids
from simulation.world.world import World


class JobklubRunning(Running):
    """The way into a club and out of it; `clubs` is what happens inside."""

    settings: Jobklub

    def __init__(self, settings: Jobklub, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        own = [settings.of(jobcentre) for jobcentre in world.jobcentres.name_of_row]
        self.own = own
        self.clubs = Clubs(own, world, name, self.count)
        self.referrals = Referrals(settings.referral, world, name, once=True)
        self.waiting = Waiting(world, self.clubs.pool)
        self.spells = Spells(world, self._ends, number)
        self.places = world.places[name] = Places(self.clubs.capacity, self.clubs.pool)
        self.referred = world.referred[name] = np.full(len(world.ledige), NEVER, dtype=np.int16)
        self.every = np.array([club.intake_every_weeks for club in own])
        lengths = dict.fromkeys((club.length.from_weeks, club.length.to_weeks) for club in own)
        self.lengths = [
            (
                Range(from_weeks=a, to_weeks=b),
                np.array([(c.length.from_weeks, c.length.to_weeks) == (a, b) for c in own]),
            )
            for a, b in lengths
        ]  # each with the rows of the jobcentre table where it holds

    def enrolled(self, week: int, ids: Ids) -> None:
        self.referrals.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: locking-in of members, what sessions, talks, visits and the others do for them, a gain after."""
        members = self.spells.inside
        apply(self.world.afgang, self.settings.during, members)
        self.clubs.effects(week, members, self.spells.started)
        if after := self.settings.after:
            self.spells.afterwards(week, after.effects, after.weeks, after.halving_weeks)

    def gone(self, week: int, ids: Ids) -> None:
        self.count(week, "left_waiting", self.waiting.gone(ids))
        self.referrals.gone(ids)
        here = self.spells.gone(ids)
        self.count(week, "left", here)
        self.clubs.see_off(week, here)
        self._hand_back(here)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: seats are offered, those called in take free ones on an intake day, and the clubs meet."""
        self._call_in(week)
        self._give_up(week)
        self._begin(week)
        self.clubs.meet(week, self.spells.inside)

    def _call_in(self, week: int) -> None:
        draws, name = self.world.ledige.draws, self.name
        ids = self.referrals.take(week)
        if len(ids) == 0:
            return
        self.count(week, "offered", ids)
        agrees = draws.uniform(f"{name} accepts", week, ids) < self.settings.accepts
        self.count(week, "declined", ids[~agrees])
        self.world.tell(ids[~agrees], f"siger nej til {name}")
        ids = ids[agrees]
        fits = passes(self.settings.visitation, self.world, name, week, ids)
        self.count(week, "turned_away", ids[~fits])
        self.world.tell(ids[~fits], f"visiteres ikke til {name}")
        ids = ids[fits]
        self.referred[ids] = week
        self.count(week, "referred", ids)
        self.world.tell(ids, f"visiteret til {name}")
        absent = draws.uniform(f"{name} no-show", week, ids) < self.settings.no_show
        self.count(week, "no_show", ids[absent])
        self.world.tell(ids[absent], f"møder ikke op i {name}")
        self.waiting.join(week, ids[~absent])

    def _give_up(self, week: int) -> None:
        if self.settings.gives_up and len(ids := self.waiting.ids):
            ids = ids[self.waiting.since.take(ids) < week]
            gone = ids[self.world.ledige.draws.uniform(f"{self.name} gives up", week, ids) < self.settings.gives_up]
            self.waiting.leave(gone)
            self.count(week, "gave_up", gone)
            self.world.tell(gone, f"opgiver at vente på {self.name}")

    def _begin(self, week: int) -> None:
        ids = self.waiting.queue()
        if len(ids) == 0:
            return
        open_today = (week % self.every == 0)[self.clubs.jobcentre_of_pool]
        ids = ids[self.places.take(ids, np.where(open_today, self.places.capacity, 0))]
        self.clubs.join(week, ids)
        ids = np.sort(ids)
        draws = self.world.ledige.draws
        self.count(week, "wait", ids, week - self.waiting.since.take(ids))
        self.count(week, "started", ids)
        self.world.tell(ids, f"begynder i {self.name}")
        self.waiting.leave(ids)
        chance = draws.uniform(f"{self.name} length", week, ids)
        jobcentre, lasts = self.world.ledige.jobcentre.take(ids), np.zeros(len(ids), dtype=np.int64)
        for length, here in self.lengths:
            mine = here[jobcentre]
            lasts[mine] = length.at(chance[mine])
        breaks = None
        if self.settings.drops_out:
            breaks = 1 + draws.weeks_until(self.settings.drops_out, f"{self.name} drops out", week, ids)
        self.spells.begin(week, ids, lasts, breaks)

    def _ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: courses end, and seats are free again."""
        self.spells.end(ids)
        self._hand_back(ids)
        self.count(week, "dropped" if broken else "completed", ids)
        self.world.tell(ids, f"falder fra i {self.name}" if broken else f"{self.name} gennemført")
        if not broken:
            self.spells.completed[ids] = week

    def _hand_back(self, ids: Ids) -> None:
        self.places.hand_back(ids)
        self.clubs.leave(ids)

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.count(week, "waiting", self.waiting.ids)
        self.count(week, "members", self.spells.inside)
