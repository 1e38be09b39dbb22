"""Mentor: some hours a week from a mentor, beside talks and offers, as long as there are mentors.

What the evidence says. På rette vej i job wanted a mentor at the workplace as needed; use varied widely, with
differing understanding and registration, and no mentors were trained for the project: existing ones were used
(Rambøll 2013, p. 4 [1], 6 [3]). Known and paid elements were implemented, vague ones like this less so (p. 4 [1]). No
number of mentors, no hours and no effect are printed: the effect is none unless a scenario gives one. What a mentor
does to breaking off a placement is said there (`breakdown.helped_by`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Measured,
    Outcome,
    Running,
    Setting,
    Spent,
    Sum,
    Totals,
    Treats,
    of_effects,
)
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.spells import After, PlacementWeeks
from simulation.interventions.parts.staff_time import COUNTS, OUTCOMES, Given, StaffTime
from simulation.interventions.parts.tilbud import Tilbud, waited
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.register import MAX_OFFERS
from simulation.world.spec import Bools, HourDistribution, Ids, unit
from simulation.world.world import World


class Mentor(Treats):
    """Mentors for those who need one."""

    kind: Annotated[Literal["mentor"], KIND]
    referral: Annotated[
        dict[str, Referral],
        Field(min_length=1, description="When the need of the ledige of an arm is seen (never_ready: no need)"),
    ]
    mentors: Annotated[float, unit("full-time staff", "Mentors in each jobcentre", ge=0, le=1000)]
    hours_per_mentor: Annotated[float, unit("hours per week", "Hours with ledige per mentor and week", ge=0, le=40)]
    hours: Annotated[HourDistribution, Field(description="Hours a week that a ledig is given")]
    length_weeks: Annotated[PlacementWeeks, Field(description="Weeks for which a ledig has her mentor")]
    only_in: Annotated[
        list[str], Field(description="Interventions: only while in one of their offers; none named: whenever")
    ] = []
    staff: Annotated[
        StaffTime | None,
        Field(
            description="Team of the mentors, and its minutes for an hour with a ledig; only who gets her hours in a "
            "week has something of it; absent: mentors are never short of time"
        ),
    ] = None
    during: Annotated[Effects, Field(description="Factor on exit intensities while she has a mentor")] = {}
    after: Annotated[
        After | None, Field(description="What a mentor does afterwards, once the weeks are over; absent: nothing")
    ] = None

    may_change: ClassVar[frozenset[str]] = frozenset({
        "mentors", "hours_per_mentor", "hours", "length_weeks", *of_effects("during", "after.effects"),
    })  # fmt: skip
    grows: ClassVar[Sequence[str]] = ("mentors",)
    keeps_waiting: ClassVar[bool] = True
    helps: ClassVar[bool] = True
    readies: ClassVar[bool] = True
    label: ClassVar[Label] = Label("Mentor", "Mentor")
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        "only_in.*": "interventions",
        "staff.team": "teams",
        "during.<key>": "exits",
        "after.effects.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        "needed": Label("Needs of a mentor seen", "Konstateret behov for mentor"),
        "started": Label("Mentors begun", "Påbegyndte mentorforløb"),
        "wait": Label("Weeks waited for a mentor", "Ventede uger på mentor"),
        "left_waiting": Label("Left while waiting for a mentor", "Faldt fra i kø til mentor"),
        "waiting": Label("Waiting for a mentor", "Venter på mentor"),
        "hours": Label("Hours of mentors", "Mentortimer"),
        **COUNTS,
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "needed": Outcome(
            "persons", "Ledige whose need of a mentor was seen; everybody, whole run", Sum("needed"),
            label=Label("Needs of a mentor seen", "Konstateret behov for mentor"),
        ),
        "started": Outcome(
            "persons", "Ledige who got a mentor; everybody, whole run", Sum("started"),
            label=Label("Mentors begun", "Påbegyndte mentorforløb"),
        ),
        "started_share": Outcome(
            "share", "Of those whose need was seen, who got a mentor", Sum("started"), per=Sum("needed"),
            label=Label("Got a mentor, of those in need", "Fik mentor, af dem med behov"),
        ),
        **waited(
            "Mean weeks of waiting for a mentor, of those who got one", "for a mentor", Label("a mentor", "mentor")
        ),
        "hours": Outcome(
            "hours", "Hours of mentors with ledige; everybody, whole run", Sum("hours"),
            label=Label("Time of mentors with their persons", "Mentorernes tid med borgerne"),
        ),
        **OUTCOMES,
    }

    @property
    def spends(self) -> Sequence[Spent]:
        return [Spent("mentor", Sum("hours"), team=self.staff.team if self.staff else "")]

    def room(self) -> int:
        """Hours a week with ledige that the mentors of a jobcentre have."""
        return math.floor(self.mentors * self.hours_per_mentor + 1e-9)

    def problems(self, setting: Setting) -> Found:
        if self.staff is not None:
            yield from self.staff.problems(setting)
        for i, name in enumerate(self.only_in):
            if not setting.interventions[name].marks_offers:
                yield ("only_in", i), f"nobody is ever in an offer of '{name}', so nobody would have a mentor"

    def doubts(self, setting: Setting) -> Found:
        room, least = self.room(), min(self.hours)
        if least > room:
            yield (
                ("mentors",),
                f"{self.mentors:g} mentors × {self.hours_per_mentor:g} hours = {room} hours a week in each jobcentre, "
                f"but a ledig is given {least} or more: nobody will ever have a mentor",
            )
        if self.staff is not None:
            yield from self.staff.doubts(least * self.staff.minutes, setting)

    def measured(self, total: Totals, setting: Setting) -> Measured:
        found = super().measured(total, setting)
        return found if self.staff else {name: value for name, value in found.items() if name not in OUTCOMES}


class MentorRunning(Running):
    """Runs beside other offers, so it takes none: `places` are the mentors' hours, and how many each ledig has."""

    settings: Mentor

    def __init__(self, settings: Mentor, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        says = {
            "started": Label("gets a mentor", "får en mentor"),
            "completed": Label("has a mentor no longer", "har ikke længere en mentor"),
        }
        hours = Places(self._hours(settings), world.ledige.jobcentre)
        self.offer = Tilbud(self, hours, says=says, after=settings.after)
        self.given = Given(settings.staff, self)
        self.given_in = np.full(MAX_OFFERS + 1, not settings.only_in)  # by number of the offer that she is in
        self.given_in[[world.offers[offer] for offer in settings.only_in]] = True

    def _hours(self, settings: Mentor) -> NDArray[np.int64]:
        """The mentors' hours by row of the jobcentre table."""
        return np.full(len(self.world.jobcentres), settings.room(), dtype=np.int64)

    def become(self, week: int, settings: Mentor) -> None:
        super().become(week, settings)
        self.offer.places.become(self._hours(settings))

    def enrolled(self, week: int, ids: Ids) -> None:
        self.offer.enrolled(week, ids)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: having a mentor (who had time for her), and having had one."""
        self.offer.effects(week, self.given.with_time(self.offer.spells.inside))

    def had_treatment(self, ids: Ids) -> Bools:
        return self.offer.spells.had(ids)

    def gone(self, week: int, ids: Ids) -> None:
        self.offer.gone(week, ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: needs are seen, and the longest waiting get a mentor as far as the mentors' hours last."""
        offer = self.offer
        has = offer.spells.inside
        offer.end(week, has[~self._at_work(has)])  # the offer that it was for is over
        needs = offer.referrals.take_all(week)
        self.count(week, "needed", needs)
        offer.waiting.join(week, needs)
        offer.referrals.notices.refer(week, needs)
        ids = offer.waiting.ids
        ids = offer.waiting.in_order(ids[self._at_work(ids)])
        if len(ids):
            self._begin(week, ids)
        if self.settings.staff is not None:
            has = np.sort(offer.spells.inside)
            self.given.give(week, has, offer.places.of.take(has) * self.settings.staff.minutes)

    def _begin(self, week: int, ids: Ids) -> None:
        """These ids, in this order, get a mentor as far as the hours last."""
        offer, draws = self.offer, self.world.ledige.draws
        hours = draws.value(self.settings.hours, f"{self.name} hours", 0, ids)
        ids = np.sort(ids[offer.places.take(ids, amounts=hours)])
        offer.begin(week, ids, draws.value(self.settings.length_weeks, f"{self.name} length", week, ids))

    def _at_work(self, ids: Ids) -> Bools:
        """Who of these ids is where a mentor is given; same shape."""
        return self.given_in.take(self.world.register.offer.take(ids))

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.offer.soendag(week)
        has = self.given.with_time(self.offer.spells.inside)
        self.count(week, "hours", has, self.offer.places.of.take(has))
