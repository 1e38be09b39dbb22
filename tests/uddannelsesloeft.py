"""Uddannelsesløft: a vocational course of some weeks, by application, with so many seats in each jobcentre.

A kind from outside as docs/extend.md says that one is made, here to prove the recipe; no evidence stands behind it.
Ledige apply, a share is accepted, and the accepted wait for a seat unless they give up. On the course there is less
time to look for a job; some drop out; who completes it finds jobs more easily for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions import Effects, Intervention, Running
from simulation.interventions.contract import Found, Outcome, Setting, Sum
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.spells import After, Range
from simulation.interventions.parts.tilbud import COUNTS, OUTCOMES, Tilbud, of_started
from simulation.interventions.parts.visitation import Visitation, passes, visitation_problems
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import Ids, PlaceCount, Share
from simulation.world.world import World


class Uddannelsesloeft(Intervention):
    """Vocational courses."""

    kind: Literal["uddannelsesloeft"]
    referral: Annotated[dict[str, Referral], Field(min_length=1, description="When the ledige of an arm apply")]
    accepts: Annotated[Share, Field(description="Share of applications that are accepted")]
    visitation: Annotated[list[Visitation], Field(description="Who is turned away besides, by level")] = []
    seats: Annotated[PlaceCount, Field(description="Seats in each jobcentre")]
    gives_up: Annotated[Share, Field(description="Chance in a week of waiting for a seat that a ledig gives up")] = 0.0
    length: Annotated[Range, Field(description="Weeks of a course")] = Range(from_weeks=6, to_weeks=26)
    drops_out: Annotated[Share, Field(description="Chance in a week of the course that a ledig drops out")] = 0.0
    during: Annotated[Effects, Field(description="Factor on exit intensities while there (locking-in)")] = {}
    after: Annotated[After | None, Field(description="What a completed course does afterwards")] = None

    marks_offers: ClassVar[bool] = True
    refers_people: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        "visitation.*.turned_away.<key>": "subgroups",
        "during.<key>": "exits",
        "after.effects.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        **COUNTS,
        "applied": Label("Applications for a course", "Ansøgninger om uddannelsesløft"),
        "dropped": Label("Courses left before their end", "Uddannelsesløft afbrudt"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "applied": Outcome(
            "applications", "Applications for a course; everybody, whole run", Sum("applied"),
            label=Label("Applications for a course", "Ansøgninger om uddannelsesløft"),
        ),
        **OUTCOMES,
        "dropped_share": of_started(
            "Courses left before their end, among those begun", "dropped",
            label=Label("Courses left before their end", "Uddannelsesløft afbrudt"),
        ),
    }

    def problems(self, setting: Setting) -> Found:
        return visitation_problems(self.visitation, setting)


class UddannelsesloeftRunning(Running):
    """Who applies, who is accepted, and how long courses last; the rest is as in every tilbud."""

    def __init__(self, settings: Uddannelsesloeft, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        seats = np.full(len(world.jobcentres), settings.seats, dtype=np.int64)
        self.offer = Tilbud(self, Places(seats, world.ledige.jobcentre), broken="dropped", after=settings.after)

    def enrolled(self, week: int, ids: Ids) -> None:
        self.offer.enrolled(week, ids)

    def effects(self, week: int) -> None:
        """tirsdag: locking-in on the course, a gain after it."""
        self.offer.effects(week)

    def gone(self, week: int, ids: Ids) -> None:
        self.offer.gone(week, ids)

    def tilbud(self, week: int) -> None:
        """torsdag: applications, and free seats for those who have waited longest."""
        offer, settings, draws = self.offer, self.settings, self.world.ledige.draws
        ids = offer.referrals.take(week)
        self.count(week, "applied", ids)
        ids = ids[draws.uniform(f"{self.name} accepts", week, ids) < settings.accepts]
        offer.refer(week, ids[passes(settings.visitation, self.world, self.name, week, ids)])
        offer.give_up(week, settings.gives_up)
        ids = offer.give_places()
        lasts = settings.length.at(draws.uniform(f"{self.name} length", week, ids))
        offer.begin(week, ids, lasts, offer.drop_out(week, ids, settings.drops_out))

    def soendag(self, week: int) -> None:
        self.offer.soendag(week)
