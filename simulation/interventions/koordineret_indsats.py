"""Koordineret indsats: help with health and social problems beside the job effort, instead of before it.

What the evidence says. Help should run in parallel, without postponing the job effort; amount and approach varied;
more participants than controls got it, and fewer had an unmet need (Rambøll 2013, p. 4 [1], 6 [3], 18 [15]). Who
awaits treatment, psychiatric for example, cannot begin at a workplace, and talks are felt as waste meanwhile (p.
17-18 [14-15]). Frequent talks build trust and bring hidden problems to light, which widens the casework (p. 14-15
[11-12], 17 [14]). Directions only: all sizes are `assumed`, and treatment has no effect of its own unless a scenario
gives one.

Need is what a ledig brings; the trial does not change it. It is known at once or comes to light in a held talk. From
then on every talk takes more minutes. Part of those with a need wait for treatment; while they wait they are
*blocked*: no offer begins, and no talk has an effect, unless a coordinator lets both run in parallel. That is the state
which this intervention keeps, so that plans of talks may name it: staff find fewer talks or none right meanwhile (p. 18
[15]).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Intervention,
    Measured,
    Outcome,
    Running,
    Setting,
    Sum,
    Totals,
    of_effects,
    with_everybody,
)
from simulation.interventions.parts.happenings import Happenings
from simulation.interventions.parts.staff_time import COUNTS, OUTCOMES, Given, StaffTime
from simulation.interventions.parts.talks import Talks
from simulation.interventions.parts.waiting import Waiting
from simulation.world.few import Few, Planned
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import NOT_PLANNED, Floats, Ids, Minutes, PlaceCount, Share, WeekDistribution, where
from simulation.world.world import World


class Koordineret(Intervention):
    """Coordination of the job effort with health and social services."""

    kind: Annotated[Literal["koordineret_indsats"], KIND]
    need: Annotated[Share, Field(description="Share of ledige with a need, in every arm")]
    known_at_start: Annotated[Share, Field(description="Share of needs that are known at enrolment")]
    disclosed_per_talk: Annotated[Share, Field(description="Chance that a held talk brings another need to light")]
    casework_minutes: Annotated[
        Minutes, Field(description="Minutes that every talk takes more once a need is known")
    ] = 0
    treatment: Annotated[Share, Field(description="Share of those with a need who must wait for treatment")]
    treatment_weeks: Annotated[
        WeekDistribution, Field(description="Weeks of waiting for treatment, once the need is known")
    ]
    offered: Annotated[
        dict[str, Share], Field(description="Share of known needs for which an arm asks for coordination")
    ]
    places: Annotated[
        PlaceCount, Field(description="Ledige whom the coordinators of each jobcentre can have at a time")
    ]
    staff: Annotated[
        StaffTime | None,
        Field(
            description="Team of the coordinators, and its minutes a week for each ledig; only who gets them has the "
            "effect `during` in that week; absent: coordinators are never short of time"
        ),
    ] = None
    during: Annotated[Effects, Field(description="Factor on exit intensities while coordinated")] = {}
    treated: Annotated[Effects, Field(description="Factor on exit intensities once treatment has begun")] = {}

    may_change: ClassVar[frozenset[str]] = frozenset({
        "places", "offered.*", "casework_minutes", "known_at_start", "disclosed_per_talk", "treatment_weeks",
        *of_effects("during", "treated"),
    })  # fmt: skip
    grows: ClassVar[Sequence[str]] = ("places",)
    keeps_state: ClassVar[bool] = True
    keeps_waiting: ClassVar[bool] = True
    helps: ClassVar[bool] = True
    label: ClassVar[Label] = Label("Coordinated effort", "Koordineret indsats")
    refers: ClassVar[Mapping[str, str]] = {
        "offered.<key>": "arms",
        "staff.team": "teams",
        "during.<key>": "exits",
        "treated.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        "known": Label("Known needs of coordination", "Kendte behov for koordinering"),
        "helped": Label("Got coordination", "Fik koordineret indsats"),
        "wait": Label("Weeks waited for coordination", "Ventede uger på koordinering"),
        "need_weeks": Label("With a known need", "Med kendt behov"),
        "unmet_weeks": Label("With an unmet need", "Med udækket behov"),
        "blocked_weeks": Label("Blocked by waiting for treatment", "Låst af ventetid på behandling"),
        **COUNTS,
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "known": Outcome(
            "needs", "Known needs, once in each spell on benefit; everybody, whole run", Sum("known"),
            label=Label("Known needs of coordination", "Kendte behov for koordinering"),
        ),
        "helped_share": Outcome(
            "share", "Of known needs, that got coordination", Sum("helped"), per=Sum("known"),
            label=Label("Coordinated, of known needs", "Koordineret, af kendte behov"),
        ),
        "unmet_share": Outcome(
            "share",
            "Weeks on benefit with a known need and no coordination, among weeks with a known need",
            Sum("unmet_weeks"),
            per=Sum("need_weeks"),
            label=Label("Weeks with an unmet need of coordination", "Uger med udækket behov for koordinering"),
        ),
        "blocked_share": Outcome(
            "share",
            "Weeks on benefit blocked by waiting for treatment, among weeks with a known need",
            Sum("blocked_weeks"),
            per=Sum("need_weeks"),
            label=Label("Weeks blocked by waiting for treatment", "Uger låst af ventetid på behandling"),
        ),
        **with_everybody(
            "wait",
            "Mean weeks of waiting for coordination, of those who got it",
            "for coordination",
            Label("a coordinator", "koordinator"),
            Sum("wait"),
            per=Sum("helped"),
        ),
        **OUTCOMES,
    }

    def problems(self, setting: Setting) -> Found:
        if not self.offered:
            yield ("offered",), "no arm is offered coordination; name at least one, or take the intervention away"
        if self.staff is not None:
            yield from self.staff.problems(setting)

    def doubts(self, setting: Setting) -> Found:
        if self.places == 0 and any(self.offered.values()):
            yield ("places",), "coordination is asked for, but coordinators have 0 places: nobody will ever have it"
        if self.staff is not None:
            yield from self.staff.doubts(self.staff.minutes, setting)

    def measured(self, total: Totals, setting: Setting) -> Measured:
        found = super().measured(total, setting)
        return found if self.staff else {name: value for name, value in found.items() if name not in OUTCOMES}


class KoordineretRunning(Running):
    """`treatment` is the week in which it begins of those who wait for it, `treated` are they for whom it has begun;
    `open` are the known needs of those on benefit. Columns: `hidden` (a need that is not known yet), `known`."""

    settings: Koordineret

    def __init__(self, settings: Koordineret, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        rows, draws = len(world.ledige), world.ledige.draws
        everybody = np.arange(rows)
        self.hidden = draws.uniform(f"{name} need", 0, everybody) < settings.need
        self.must_wait = draws.uniform(f"{name} treatment", 0, everybody) < settings.treatment
        self.known = np.zeros(rows, dtype=bool)
        self.treatment, self.treated, self.open = Planned(rows), Few(rows), Few(rows)
        self.closed = False  # nobody is offered it any more
        self.share = self._share(settings)
        self.given = Given(settings.staff, self)
        self.places = Places(self._room(settings), world.ledige.jobcentre)
        world.keep_places(name, self.places)
        self.waiting = Waiting(world, world.ledige.jobcentre, self.count.waits("wait"))
        self.during = self.effect("during", settings.during)
        self.after = self.effect("treated", settings.treated)
        self.talks = world.part(Talks)
        self.talked = self.talks.follow_held()
        self.happenings = world.part(Happenings)
        self.closing.append(self._send_home)
        self.blocked = np.zeros(rows, dtype=bool)
        world.blockers.append(self.blocked)
        world.keep_state(name, self.blocked)
        world.keep_waiting(name, self.waiting.among)

    def _share(self, settings: Koordineret) -> Floats:
        return np.array([0.0 if self.closed else settings.offered.get(arm, 0.0) for arm in self.world.arms])

    def _room(self, settings: Koordineret) -> NDArray[np.int64]:
        return np.full(len(self.world.jobcentres), settings.places, dtype=np.int64)

    def _send_home(self, week: int) -> None:
        """Nobody waits for coordination any more."""
        self.waiting.leave(self.waiting.ids)
        self.closed = True
        self.share = self._share(self.settings)

    # --- mandag -------------------------------------------------------------------------------------------

    def become(self, week: int, settings: Koordineret) -> None:
        self._widen(self.open.ids, -1)
        super().become(week, settings)
        self._widen(self.open.ids, 1)
        self.share = self._share(settings)
        self.places.become(self._room(settings))

    def enrolled(self, week: int, ids: Ids) -> None:
        known = ids[self.known.take(ids)]
        hidden = ids[self.hidden.take(ids)]
        chance = self.world.ledige.draws.uniform(f"{self.name} known", week, hidden)
        self._come_to_light(week, hidden[chance < self.settings.known_at_start])
        self._take_up(week, known)

    def mandag(self, week: int) -> None:
        """mandag: treatments begin, and nothing is blocked by waiting for them any more."""
        ids = self.treatment.take(week)
        self.treated.add(ids)
        self.blocked[ids] = False
        self.world.tell(ids, Label("treatment has begun", "behandling er begyndt"))

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: being coordinated, and having begun treatment."""
        known = self.open.ids
        self.during.hold(self.given.with_time(known[self.places.of.take(known) > 0]))
        self.after.hold(self.concerned(self.treated.ids))

    def gone(self, week: int, ids: Ids) -> None:
        self.places.hand_back(ids)
        self.waiting.leave(ids)
        self.blocked[ids] = False
        self._widen(self.open.drop(ids), -1)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: coordinators take those who wait, as far as they have places; their effort runs in parallel."""
        ids = self.waiting.in_order(self.waiting.ids)
        if len(ids):
            self._begin(week, ids)
        if self.settings.staff is not None:
            known = self.open.ids
            has = np.sort(known[self.places.of.take(known) > 0])
            self.given.give(week, has, np.full(len(has), self.settings.staff.minutes))

    def _begin(self, week: int, ids: Ids) -> None:
        """These ids, in this order, are coordinated as far as there are places."""
        ids = np.sort(ids[self.places.take(ids)])
        self.happenings.happens(ids)
        self.count(week, "helped", ids)
        self.count(week, "wait", ids, week - self.waiting.since.take(ids))
        self.world.tell(ids, Label("gets a coordinated effort", "får koordineret indsats"))
        self.waiting.leave(ids, served=True)
        self.blocked[ids] = False

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        draws = self.world.ledige.draws
        ids = self.concerned(where(self.hidden & self.talked))
        self._come_to_light(week, ids[draws.uniform(f"{self.name} talk", week, ids) < self.settings.disclosed_per_talk])
        known = self.open.ids
        self.count(week, "need_weeks", known)
        self.count(week, "unmet_weeks", known[self.places.of.take(known) == 0])
        self.count(week, "blocked_weeks", known[self.blocked.take(known)])

    # --- what follows -------------------------------------------------------------------------------------

    def _come_to_light(self, week: int, ids: Ids) -> None:
        """The needs of these ids are known from now on."""
        if len(ids) == 0:
            return
        self.happenings.happens(ids)
        self.known[ids] = True
        self.hidden[ids] = False
        self.world.tell(ids, Label("a need of other help is known", "et behov for anden hjælp er kendt"))
        waits = ids[self.must_wait.take(ids)]
        weeks = self.world.ledige.draws.value(self.settings.treatment_weeks, f"{self.name} treatment", week, waits)
        self.treatment.plan(waits, week + 1 + weeks)
        self._take_up(week, ids)

    def _take_up(self, week: int, ids: Ids) -> None:
        """Casework takes up the known needs of these ids, at once or in a new spell on benefit."""
        if len(ids) == 0:
            return
        draws = self.world.ledige.draws
        self.open.add(ids)
        self._widen(ids, 1)
        self.count(week, "known", ids)
        awaited = self.treatment.week.take(ids)
        self.blocked[ids[(awaited > week) & (awaited != NOT_PLANNED)]] = True
        asked = draws.uniform(f"{self.name} offered", week, ids) < self.share[self.world.ledige.arm.take(ids)]
        self.waiting.join(week, ids[asked])

    def _widen(self, ids: Ids, times: int) -> None:
        """Talks with these ids take more minutes (or no longer do)."""
        if self.settings.casework_minutes:
            self.talks.lengthen(ids, times * self.settings.casework_minutes)
