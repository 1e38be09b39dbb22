"""Vikar (hovedvej 2): registration with temporary-work bureaus, and the assignments that come of it, or do not.

What the evidence says (Rambøll, Tre hovedveje til job). An information meeting or a screening talk comes first; who
does not decline afterwards counts as visiteret (p. 10, 14). *Started* means registered in a bureau's database, not
having worked (p. 14). Some of the registered never get an assignment (p. 6, 11). Assignments do not match
competences, notice is short and distances are long (p. 10, 15); pay and conditions are poor for some (p. 6, 11). More
bureaus are advised (p. 8, 10). Employment is one paid hour in a month, so a ledig may be employed and enrolled at
once (p. 7). No size is printed. Elsewhere: Danish agency jobs lead on to regular ones in tight markets (Jahn &
Rosholm 2014), a Detroit experiment found nothing or less (Autor & Houseman 2010). So conversion and what follows are
`assumed`.

Every week each bureau has some orders per jobcentre and offers them, by lot, to registered ledige whose competences
it can use. Who is offered one takes it unless the notice, the distance or the conditions stand against it. While on
an assignment she stays enrolled, and is paid for its hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.bureauer import Books, Bureau, Place
from simulation.interventions.contract import Effects, Found, Intervention, Running, Setting, apply
from simulation.interventions.forloeb import After, Spells
from simulation.interventions.henvisning import Referral, Referrals
from simulation.interventions.visitation import Visitation, passes, visitation_problems
from simulation.world.draws import Draws
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    Bools,
    Distribution,
    Ids,
    Share,
    WeekDistribution,
    ratio,
    unit,
    where,
)
from simulation.world.world import World


class Vikar(Intervention):
    """Temporary work by way of bureaus."""

    kind: Literal["vikar"]
    referral: Annotated[
        dict[str, Referral], Field(min_length=1, description="When the ledige of an arm are invited to the meeting")
    ]
    attends: Annotated[Share, Field(description="Share of the invited who come to the information meeting")]
    declines: Annotated[
        Share, Field(description="Share of those informed (and not turned away) who decline afterwards")
    ]
    visitation: Annotated[list[Visitation], Field(description="Criteria of the screening, by week of the run")] = []
    registered_after: Annotated[WeekDistribution, Field(description="Weeks from referral to registration")]
    bureaus: Annotated[dict[str, Bureau], Field(min_length=1, max_length=20)]
    bureaus_each: Annotated[
        Distribution, unit("bureaus", "With how many bureaus a ledig registers, as far as there are so many")
    ]
    takes_short_notice: Annotated[Share, Field(description="Share of ledige who can come at short notice")] = 1.0
    takes_far: Annotated[Share, Field(description="Share of ledige who can go far")] = 1.0
    accepts: Annotated[Share, Field(description="Chance that pay and conditions of an assignment are accepted")] = 1.0
    quits: Annotated[Share, Field(description="Chance in a week that an assignment is left before its end")] = 0.0
    registered: Annotated[
        Effects, Field(description="Factor on exit intensities while registered without assignment")
    ] = {}
    during: Annotated[Effects, Field(description="Factor on exit intensities while on an assignment")] = {}
    after: Annotated[After | None, Field(description="After an assignment carried through; may fade")] = None
    jobcentres: dict[str, Place] = {}

    refers_people: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        "referral.<key>": "arms",
        "jobcentres.<key>": "jobcentres",
        "jobcentres.*.bureaus.*": "own bureaus",
        "visitation.*.turned_away.<key>": "subgroups",
        **{f"{part}.<key>": "exits" for part in ("registered", "during", "after.effects")},
    }
    outcomes: ClassVar[Mapping[str, tuple[str, str]]] = {
        "invited": ("persons", "Ledige invited to an information meeting; everybody, whole run"),
        "referred": ("persons", "Ledige who were informed and did not decline (visiteret); everybody, whole run"),
        "started": ("persons", "Ledige registered with a bureau (påbegyndt); everybody, whole run"),
        "registrations": ("registrations", "Registrations with bureaus; everybody, whole run"),
        "assignments": ("assignments", "Assignments begun; everybody, whole run"),
        "never_offered_share": ("share", "Of those who started, who were never offered an assignment in the run"),
        "never_worked_share": ("share", "Of those who started, who never began an assignment in the run"),
        "refused_share": ("share", "Of assignments offered, refused for notice, distance or conditions"),
        "quit_share": ("share", "Of assignments begun, left before their end"),
        "converted_share": ("share", "Of assignments begun, that turned into an ordinary job"),
    }

    def problems(self, setting: Setting) -> Found:
        yield from visitation_problems(self.visitation, setting)
        if not setting.employment():
            yield (), "an assignment is paid work, so the scenario needs job_spells"
        if "job" not in setting.exits and any(bureau.conversion for bureau in self.bureaus.values()):
            yield ("bureaus",), "an assignment can turn into a job only where there is an exit called 'job'"
        if 0 in self.bureaus_each:
            yield ("bureaus_each",), "who is registered is registered with 1 bureau or more"
        for jobcentre, place in self.jobcentres.items():
            if place.bureaus == []:
                yield (
                    ("jobcentres", jobcentre, "bureaus"),
                    f"{jobcentre} works with 0 of {len(self.bureaus)} bureaus, but its ledige are referred: name one",
                )

    def doubts(self, setting: Setting) -> Found:
        orders = sum(bureau.orders_per_week for bureau in self.bureaus.values())
        if orders * setting.weeks < 1:
            yield (
                ("bureaus",),
                f"{orders:g} orders a week × {setting.weeks} weeks = {orders * setting.weeks:g} assignments per "
                "jobcentre: hardly anybody will ever be offered one",
            )

    def measured(self, total: Mapping[str, float]) -> Mapping[str, float]:
        offers, started, begun = (total.get(name, 0.0) for name in ("offers", "started", "assignments"))
        refused = sum(total.get(f"refused_{why}", 0.0) for why in ("notice", "distance", "conditions"))
        return {
            **{
                name: total.get(name, 0.0)
                for name in ("invited", "referred", "started", "registrations", "assignments")
            },
            "never_offered_share": 1.0 - ratio(total.get("first_offer", 0.0), started),
            "never_worked_share": 1.0 - ratio(total.get("first_assignment", 0.0), started),
            "refused_share": ratio(refused, offers),
            "quit_share": ratio(total.get("quit", 0.0), begun),
            "converted_share": ratio(total.get("converted", 0.0), begun),
        }

    def start(self, world: World, name: str, number: int) -> VikarRunning:
        return VikarRunning(self, world, name, number)


class VikarRunning(Running):
    """Columns: `due` (week of registration), `on_register`, `offered` and `worked` (ever), `hours` and `bureau` (of the
    present assignment). What the bureaus know of the ledige stands in their `books`."""

    def __init__(self, settings: Vikar, world: World, name: str, number: int) -> None:
        assert world.jobs is not None
        self.settings, self.world, self.name, self.jobs = settings, world, name, world.jobs
        rows, ledige = len(world.ledige), world.ledige
        everybody = np.arange(rows)
        self.bureaus = list(settings.bureaus.values())
        self.books = Books(settings.bureaus, settings.jobcentres, world, name)
        self.referrals = Referrals(settings.referral, world, name, once=True)
        self.spells = Spells(world, self._ends, number)
        self.referred = world.referred[name] = np.full(rows, NEVER, dtype=np.int16)
        self.due = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.on_register = np.zeros(rows, dtype=bool)
        self.offered = np.zeros(rows, dtype=bool)
        self.worked = np.zeros(rows, dtype=bool)
        self.hours = np.zeros(rows, dtype=np.uint8)
        self.bureau = np.zeros(rows, dtype=np.int8)
        self.short_notice = ledige.draws.uniform(f"{name} short notice", 0, everybody) < settings.takes_short_notice
        self.far = ledige.draws.uniform(f"{name} far", 0, everybody) < settings.takes_far

    def enrolled(self, week: int, ids: Ids) -> None:
        self.referrals.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: being registered, being on an assignment, and having carried one through."""
        settings, afgang = self.settings, self.world.afgang
        if settings.registered:
            apply(afgang, settings.registered, where(self.on_register & (self.spells.started == NEVER)))
        apply(afgang, settings.during, self.spells.inside)
        if after := settings.after:
            self.spells.afterwards(week, after.effects, after.weeks, after.halving_weeks)

    def left(self, week: int, ids: Ids) -> None:
        self.referrals.left(ids)
        self.due[ids] = NOT_PLANNED
        here = self.spells.left(ids)
        self._stop_work(here)
        self.world.register.count(week, f"{self.name}_left", here)
        self.on_register[ids] = False
        self.books.strike(ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: information meetings, registration with bureaus, and the assignments that bureaus offer."""
        self._inform(week)
        self._register(week)
        for number in range(len(self.bureaus)):
            self._offer(week, number)

    def _inform(self, week: int) -> None:
        draws, register, name = self.world.ledige.draws, self.world.register, self.name
        ids = self.referrals.take(week)
        if len(ids) == 0:
            return
        register.count(week, f"{name}_invited", ids)
        comes = draws.uniform(f"{name} meeting", week, ids) < self.settings.attends
        register.count(week, f"{name}_absent", ids[~comes])
        ids = ids[comes]
        fits = passes(self.settings.visitation, self.world, name, week, ids)
        register.count(week, f"{name}_turned_away", ids[~fits])
        ids = ids[fits]
        declines = draws.uniform(f"{name} declines", week, ids) < self.settings.declines
        register.count(week, f"{name}_declined", ids[declines])
        ids = ids[~declines]
        self.referred[ids] = week
        register.count(week, f"{name}_referred", ids)
        self.world.tell(ids, f"visiteret til {name}")
        self.due[ids] = week + draws.value(self.settings.registered_after, f"{name} registration", week, ids)

    def _register(self, week: int) -> None:
        """Those whose week it is are registered with bureaus."""
        ids = where(self.due == week)
        if len(ids) == 0:
            return
        self.due[ids] = NOT_PLANNED
        many = self.world.ledige.draws.value(self.settings.bureaus_each, f"{self.name} bureaus", week, ids)
        registrations = self.books.enter(ids, many)
        self.on_register[ids] = True
        self.world.register.count(week, f"{self.name}_started", ids)
        self.world.register.count(week, f"{self.name}_registrations", ids, registrations)
        self.world.tell(ids, "registreret hos vikarbureau")

    def _offer(self, week: int, number: int) -> None:
        """A bureau offers this week's orders, by lot, to those whom it can use."""
        bureau, name = self.bureaus[number], list(self.settings.bureaus)[number]
        ids = self.books.offers(week, number)
        if len(ids) == 0:
            return
        draws, register = self.world.ledige.draws, self.world.register
        register.count(week, f"{self.name}_offers", ids)
        register.count(week, f"{self.name}_first_offer", ids[~self.offered.take(ids)])
        self.offered[ids] = True
        self._begin(week, number, ids[self._accepted(week, bureau, name, ids, draws)])

    def _accepted(self, week: int, bureau: Bureau, name: str, ids: Ids, draws: Draws) -> Bools:
        """Who takes the assignment she is offered; why the others do not is counted and told."""
        asked = [f"{self.name} {what} {name}" for what in ("notice", "distance", "conditions")]
        notice, distance, conditions = draws.uniforms(asked, week, ids)
        soon, far = notice < bureau.short_notice, distance < bureau.far
        poor = conditions >= self.settings.accepts
        takes = np.ones(len(ids), dtype=bool)
        for why, against in {
            "notice": soon & ~self.short_notice.take(ids),
            "distance": far & ~self.far.take(ids),
            "conditions": poor,
        }.items():
            refused = ids[takes & against]
            self.world.register.count(week, f"{self.name}_refused_{why}", refused)
            self.world.tell(refused, f"siger nej til et vikariat ({why})")
            takes &= ~against
        return takes

    def _begin(self, week: int, number: int, ids: Ids) -> None:
        if len(ids) == 0:
            return
        bureau, draws, register = self.bureaus[number], self.world.ledige.draws, self.world.register
        register.count(week, f"{self.name}_assignments", ids)
        register.count(week, f"{self.name}_first_assignment", ids[~self.worked.take(ids)])
        self.world.tell(ids, "begynder et vikariat")
        self.worked[ids], self.bureau[ids] = True, number
        self.hours[ids] = draws.value(bureau.hours, f"{self.name} hours", week, ids)
        self.jobs.hours[ids] += self.hours[ids]
        lasts = draws.value(bureau.length_weeks, f"{self.name} length", week, ids)
        breaks = None
        if self.settings.quits:
            breaks = 1 + draws.weeks_until(self.settings.quits, f"{self.name} quits", week, ids)
        self.spells.begin(week, ids, lasts, breaks)

    def _ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: assignments end; some turn into an ordinary job."""
        self._stop_work(ids)
        self.spells.end(ids)
        self.world.register.count(week, f"{self.name}_{'quit' if broken else 'completed'}", ids)
        self.world.tell(ids, "går fra et vikariat før tid" if broken else "vikariatet er slut")
        if broken:
            return
        self.spells.completed[ids] = week
        conversion = np.array([bureau.conversion for bureau in self.bureaus])[self.bureau.take(ids)]
        if conversion.any():
            hired = ids[self.world.ledige.draws.uniform(f"{self.name} conversion", week, ids) < conversion]
            self.world.afgang.send(hired, "job")
            self.world.register.count(week, f"{self.name}_converted", hired)
            self.world.tell(hired, "vikariatet bliver til et ordinært job")

    def _stop_work(self, ids: Ids) -> None:
        self.jobs.hours[ids] -= self.hours[ids]
        self.hours[ids] = 0

    # --- søndag -------------------------------------------------------------------------------------------

    def count(self, week: int) -> None:
        self.world.register.count(week, f"{self.name}_registered", where(self.on_register))
