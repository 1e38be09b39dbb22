"""The way into a job club and out of it: offered, called in, waiting, a member, gone. (Inside: `clubs`.)"""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.jobklub.clubs import Clubs
from simulation.interventions.jobklub.settings import Jobklub
from simulation.interventions.parts.spells import breaks_after, weeks_between
from simulation.interventions.parts.tilbud import Tilbud
from simulation.interventions.parts.visitation import let_in
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import Bools, Floats, Ids, Ints
from simulation.world.world import World


class JobklubRunning(Running):
    """The way into a club and out of it; `clubs` is what happens inside."""

    settings: Jobklub

    def __init__(self, settings: Jobklub, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        own = self._own(settings)
        self.clubs = Clubs(own, world, name, self.count)
        seats = Places(self.clubs.capacity, self.clubs.pool)
        says = {"referred": Label("called in to {name}", "visiteret til {name}")}
        self.offer = Tilbud(
            self, seats, once=True, broken="dropped", says=says, ended=self._ended, after=settings.after
        )

    def _own(self, settings: Jobklub) -> list[Jobklub]:
        """The settings of the clubs of every row of the jobcentre table."""
        own = [settings.of(jobcentre) for jobcentre in self.world.jobcentres.name_of_row]
        self.every = np.array([club.intake_every_weeks for club in own])
        self.shortest = np.array([club.length.from_weeks for club in own])
        self.longest = np.array([club.length.to_weeks for club in own])
        return own

    def become(self, week: int, settings: Jobklub) -> None:
        super().become(week, settings)
        self.clubs.become(self._own(settings))
        self.offer.places.become(self.clubs.capacity)

    def enrolled(self, week: int, ids: Ids) -> None:
        self.offer.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: locking-in of members, what sessions, talks, visits and the others do for them, a gain after."""
        self.offer.effects(week)
        self.clubs.effects(week, self.offer.spells.inside, self.offer.spells.started)

    def had_treatment(self, ids: Ids) -> Bools:
        return self.offer.spells.had(ids)

    def gone(self, week: int, ids: Ids) -> None:
        leavers = self.offer.gone(week, ids)
        self.clubs.see_off(week, leavers)
        self.clubs.leave(leavers)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: seats are offered, those called in take free ones on an intake day, and the clubs meet."""
        self._call_in(week)
        self.offer.give_up(week, self.settings.gives_up)
        self._begin(week)
        self.clubs.meet(week, self.offer.spells.inside, self.offer.spells.started)

    def _call_in(self, week: int) -> None:
        settings, name = self.settings, self.name
        ids = self.offer.referrals.take(week)
        if len(ids) == 0:
            return
        of_accepting, of_visitation, of_absence = self.chances(week, ids, "accepts", "visitation", "no-show")
        agrees = of_accepting < settings.accepts
        joins = agrees & (of_visitation < let_in(settings.visitation, self.world, week, ids))
        declined, turned_away = ids[~agrees], ids[agrees & ~joins]
        self.count(week, "offered", ids)
        self.count(week, "declined", declined)
        self.world.tell(declined, Label("declines {name}", "siger nej til {name}"), name=name)
        self.count(week, "turned_away", turned_away)
        self.world.tell(turned_away, Label("is turned away from {name}", "visiteres ikke til {name}"), name=name)
        self.offer.referrals.notices.over(ids[~joins])
        self.offer.refer(week, ids[joins])
        absent = ids[joins & (of_absence < settings.no_show)]
        self.count(week, "no_show", absent)
        self.world.tell(absent, Label("does not come to {name}", "møder ikke op i {name}"), name=name)
        self.offer.waiting.never_were(absent)
        self.offer.referrals.notices.over(absent)

    def _begin(self, week: int) -> None:
        open_today = (week % self.every == 0)[self.clubs.jobcentre_of_pool]
        ids = self.offer.give_places(np.where(open_today, self.clubs.capacity, 0))
        if len(ids) == 0:
            return
        self.clubs.join(week, ids)
        ids = np.sort(ids)
        of_length, of_dropping = self.chances(week, ids, "length", "drops out")
        breaks = breaks_after(self.settings.drops_out, of_dropping)
        self.offer.begin(week, ids, self._lengths(ids, of_length), breaks)

    def _lengths(self, ids: Ids, chance: Floats) -> Ints:
        """Weeks of the courses of these ids, by what their jobcentres state."""
        jobcentre = self.world.ledige.jobcentre.take(ids)
        return weeks_between(self.shortest[jobcentre], self.longest[jobcentre], chance)

    def _ended(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: whose course has ended is a member no more."""
        self.clubs.leave(ids)

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.offer.soendag(week)
        self.count(week, "members", self.offer.spells.inside)
