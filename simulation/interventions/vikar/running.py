"""Ledige week by week: informed, registered with bureaus, offered assignments, on one, and what becomes of it."""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.parts.referrals import Referrals
from simulation.interventions.parts.spells import Spells, breaks_after, left_of
from simulation.interventions.parts.visitation import let_in
from simulation.interventions.vikar.books import Books
from simulation.interventions.vikar.settings import Bureau, Vikar
from simulation.world.few import Planned
from simulation.world.labels import Label
from simulation.world.spec import NEVER, Bools, Ids, quantile
from simulation.world.world import World

QUITS = Label("leaves a temporary assignment before its end", "går fra et vikarjob før tid")
ENDS = Label("the temporary assignment ends", "vikarjobbet er slut")
CONVERTED = Label("the temporary assignment becomes an ordinary job", "vikarjobbet bliver til et ordinært job")
REFUSES = Label("declines a temporary assignment ({why})", "siger nej til et vikarjob ({why})")
REASONS = {
    "notice": Label("short notice", "kort varsel"),
    "distance": Label("too far away", "for langt væk"),
    "conditions": Label("its conditions", "vilkårene"),
}


class VikarRunning(Running):
    """`planned` is the registration to come; what the bureaus know of the ledige stands in their `books`. Columns:
    `since` (week of the registration that was), `offered` and `worked` (ever), `hours` and `bureau` (of the present
    assignment)."""

    settings: Vikar

    def __init__(self, settings: Vikar, world: World, name: str, number: int) -> None:
        assert world.jobs is not None
        super().__init__(settings, world, name, number)
        self.jobs = world.jobs
        rows, ledige = len(world.ledige), world.ledige
        everybody = np.arange(rows)
        self.bureaus = list(settings.bureaus.values())
        self.books = Books(settings.bureaus, settings.jobcentres, world, name, number)
        self.referrals = Referrals(self, settings.referral, once=True)
        self.spells = Spells(world, self._ends, number)
        self.registered = self.effect("registered", settings.registered)
        self.during = self.effect("during", settings.during)
        self.after = self.effect("after", settings.after.effects if settings.after else {})
        self.referred = world.first_referrals(name)
        self.planned = Planned(rows)
        self.closing.append(lambda week: self.planned.forget(world.ledige.on_benefit()))
        self.since = np.full(rows, NEVER, dtype=np.int16)
        self.offered = np.zeros(rows, dtype=bool)
        self.worked = np.zeros(rows, dtype=bool)
        self.hours = np.zeros(rows, dtype=np.uint8)
        self.bureau = np.zeros(rows, dtype=np.int8)
        self.short_notice = ledige.draws.uniform(f"{name} short notice", 0, everybody) < settings.takes_short_notice
        self.far = ledige.draws.uniform(f"{name} far", 0, everybody) < settings.takes_far

    def become(self, week: int, settings: Vikar) -> None:
        super().become(week, settings)
        self.bureaus = list(settings.bureaus.values())
        self.books.become(settings.bureaus, settings.jobcentres)

    def enrolled(self, week: int, ids: Ids) -> None:
        self.referrals.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: notice of it, being registered, being on an assignment, and having carried one through."""
        self.referrals.notices.hold(week)
        if self.registered:
            ids = self.books.registered.ids
            ids = ids[self.spells.started.take(ids) == NEVER]
            self.registered.hold(ids, left_of(week - self.since.take(ids), self.settings.registered_halving_weeks))
        self.during.hold(self.spells.inside)
        if after := self.settings.after:
            self.spells.afterwards(week, self.after, after.weeks, after.halving_weeks)

    def had_treatment(self, ids: Ids) -> Bools:
        return self.spells.had(ids)

    def gone(self, week: int, ids: Ids) -> None:
        self.referrals.gone(ids)
        self.planned.forget(ids)
        here = self.spells.gone(ids)
        self._stop_work(here)
        self.count(week, "left", here)
        self.books.strike(ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: information meetings, registration with bureaus, and the assignments that bureaus offer."""
        self._inform(week)
        self._register(week)
        for number in range(len(self.bureaus)):
            self._offer(week, number)

    def _inform(self, week: int) -> None:
        settings = self.settings
        ids = self.referrals.take(week)
        if len(ids) == 0:
            return
        decisions = ("meeting", "visitation", "declines", "registration")
        of_meeting, of_visitation, of_declining, of_wait = self.chances(week, ids, *decisions)
        comes = of_meeting < settings.attends
        fits = comes & (of_visitation < let_in(settings.visitation, self.world, week, ids))
        agrees = fits & (of_declining >= settings.declines)
        self.count(week, "invited", ids)
        self.count(week, "absent", ids[~comes])
        self.count(week, "turned_away", ids[comes & ~fits])
        self.count(week, "declined", ids[fits & ~agrees])
        self.referrals.notices.over(ids[~agrees])
        ids = ids[agrees]
        self.referrals.notices.refer(week, ids)
        self.referred[ids] = week
        self.count(week, "referred", ids)
        self.world.tell(ids, Label("referred to {name}", "visiteret til {name}"), name=self.name)
        self.planned.plan(ids, week + quantile(settings.registered_after, of_wait[agrees]))

    def _register(self, week: int) -> None:
        """Those whose week it is are registered with bureaus."""
        ids = self.planned.take(week)
        if len(ids) == 0:
            return
        many = self.world.ledige.draws.value(self.settings.bureaus_each, f"{self.name} bureaus", week, ids)
        registrations = self.books.enter(ids, many)
        self.since[ids] = week
        self.referrals.notices.over(ids)
        self.count(week, "started", ids)
        self.count(week, "registrations", ids, registrations)
        self.world.tell(ids, Label("registered with a temp agency", "registreret hos vikarbureau"))

    def _offer(self, week: int, number: int) -> None:
        """A bureau offers this week's orders, by lot, to those whom it can use."""
        bureau, name = self.bureaus[number], list(self.settings.bureaus)[number]
        ids = self.books.offers(week, number, self.offered if self.settings.seeks_out else None)
        if len(ids) == 0:
            return
        self.count(week, "offers", ids)
        self.count(week, "first_offer", ids[~self.offered.take(ids)])
        self.offered[ids] = True
        self._begin(week, number, ids[self._accepted(week, bureau, name, ids)])

    def _accepted(self, week: int, bureau: Bureau, name: str, ids: Ids) -> Bools:
        """Who takes the assignment she is offered; why the others do not is counted and told."""
        asked = (f"notice {name}", f"distance {name}", f"conditions {name}")
        notice, distance, conditions = self.chances(week, ids, *asked)
        too_soon = (notice < bureau.short_notice) & ~self.short_notice.take(ids)
        too_far = (distance < bureau.far) & ~self.far.take(ids)
        takes = np.ones(len(ids), dtype=bool)
        for why, against in (
            ("notice", too_soon), ("distance", too_far), ("conditions", conditions >= self.settings.accepts),
        ):  # fmt: skip
            refused = ids[takes & against]
            self.count(week, f"refused_{why}", refused)
            self.world.tell(refused, REFUSES.of(why=REASONS[why]))
            takes &= ~against
        return takes

    def _begin(self, week: int, number: int, ids: Ids) -> None:
        if len(ids) == 0:
            return
        bureau = self.bureaus[number]
        self.count(week, "assignments", ids)
        self.books.begin(number, ids)
        self.count(week, "first_assignment", ids[~self.worked.take(ids)])
        self.world.tell(ids, Label("begins a temporary assignment", "begynder et vikarjob"))
        self.worked[ids], self.bureau[ids] = True, number
        of_hours, of_length, of_quitting = self.chances(week, ids, "hours", "length", "quits")
        hours = quantile(bureau.hours, of_hours).astype(np.uint8)
        self.hours[ids] = hours
        self.jobs.hours[ids] += hours
        breaks = breaks_after(self.settings.quits, of_quitting)
        self.spells.begin(week, ids, quantile(bureau.length_weeks, of_length), breaks)

    def _ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: assignments end; some turn into an ordinary job."""
        self._stop_work(ids)
        self.spells.end(ids)
        self.count(week, "quit" if broken else "completed", ids)
        self.world.tell(ids, QUITS if broken else ENDS)
        if broken:
            return
        self.spells.complete(week, ids)
        conversion = np.array([bureau.conversion for bureau in self.bureaus])[self.bureau.take(ids)]
        if conversion.any():
            hired = ids[self.world.ledige.draws.uniform(f"{self.name} conversion", week, ids) < conversion]
            self.world.afgang.send(hired, "job")
            self.count(week, "converted", hired)
            self.world.tell(hired, CONVERTED)

    def _stop_work(self, ids: Ids) -> None:
        if len(ids):
            self.jobs.hours[ids] -= self.hours.take(ids)
            self.hours[ids] = 0

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.count(week, "registered", self.books.registered.ids)
