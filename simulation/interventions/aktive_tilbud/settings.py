"""Aktive tilbud: offers of some hours a week put together of several, such as exercise, physiotherapy and a course.

What the evidence says (Aktive hurtigere tilbage). Activities together must reach ten hours a week; exercise is added to
a psychologist or mindfulness to reach them, and parts are seen as pure fill (p. 15-16). Preventive offers begin fast,
offers by the active employment law (LAB) need more setting up; praktik is thought relevant later (p. 14). Exercise and
physio- or occupational therapy were used most, praktik least, and praktik was rated most useful (p. 5). Specialised
offers cost caseworkers effort to match, broad ones leave the choice to the provider (p. 5, 15-17): a part may take more
minutes and have effects that are stronger for those whom it fits, and weaker for others (`fit`). Coaching, diet, pain,
swimming, mindfulness and job search are named (p. 7, 11, 16), so the list of parts is open. A unit with offers
of its own may hold people back (p. 11). No hours, shares, waits, fit or effects are printed, so fill has no
effect, nor has anything else by default.

At referral the caseworker puts together a bundle, in the order that suits the ledig, until the hours are reached; it
takes her minutes. Each part begins when it is set up and has a place; the ledig is in the offer from the first of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from simulation.interventions.aktive_tilbud.activities import PARTS, WITH_PART, Activity, Bundles, called
from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Intervention,
    Measured,
    Outcome,
    Setting,
    Sum,
    Totals,
    Treats,
    of_effects,
    stateless,
    worst,
)
from simulation.interventions.parts.marks_offers import BESIDE, MarksOffers
from simulation.interventions.parts.referrals import NAMED, Referral
from simulation.interventions.parts.spells import After
from simulation.interventions.parts.tilbud import of_referred, of_started, waited
from simulation.interventions.parts.visitation import unknown_levels
from simulation.world.labels import Label
from simulation.world.sizes import changes
from simulation.world.spec import unit


def _share_with(part: str, label: Label) -> Outcome:
    definition = f"Offers begun that have {part} in them at some time; everybody, whole run"
    return of_started(definition, part, label=WITH_PART.of(part=label))


class AktiveTilbud(Treats, MarksOffers):
    """Offers of so many hours a week."""

    kind: Annotated[Literal["aktive_tilbud"], KIND]
    referral: Annotated[
        dict[str, Referral],
        Field(
            description="When the ledige of an arm are referred, by arm; an arm left out is not referred", min_length=1
        ),
    ]
    hours_per_week: Annotated[int, unit("hours per week", "Hours that the parts shall reach together", ge=1, le=37)]
    until_week: Annotated[int, unit("weeks", "Course week in which all offers end", ge=1, le=520)]
    parts: Annotated[
        dict[str, Activity],
        Field(description="Parts that an offer may be put together of, by any name", min_length=1, max_length=40),
    ]
    bundles: Annotated[Bundles, Field(description="Which parts suit whom")]
    not_in: Annotated[list[str], Field(description="No offers while in the states that these interventions keep")] = []
    during: Annotated[Effects, Field(description="Factor on exit intensities while in an offer (locking-in)")] = {}
    after: Annotated[After | None, Field(description="What a completed offer does afterwards; absent: nothing")] = None

    may_change: ClassVar[frozenset[str]] = frozenset({
        "parts.*.places", "parts.*.setup_weeks", "parts.*.hours", "parts.*.referral_minutes", "hours_per_week",
        "parts.*.fit.*.*",
        *of_effects("during", "parts.*.effects", "after.effects"),
    })  # fmt: skip
    label: ClassVar[Label] = Label("Active offers", "Aktive tilbud")
    grows: ClassVar[Sequence[str]] = ("parts.*.places",)
    refers_people: ClassVar[bool] = True
    keeps_waiting: ClassVar[bool] = True
    readies: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {
        **NAMED,
        **BESIDE,
        "not_in.*": "interventions",
        "parts.*.effects.<key>": "exits",
        "parts.*.fit.<key>": "subgroups",
        "bundles.attribute": "subgroups",
        "bundles.order.*.*": "own parts",
        "during.<key>": "exits",
        "after.effects.<key>": "exits",
    }
    counts: ClassVar[Mapping[str, Label]] = {
        "referred": Label("Referrals to active offers", "Henvisninger til aktive tilbud"),
        "no_time": Label("Referrals failed for lack of time", "Henvisninger opgivet pga. tidsmangel"),
        "left_waiting": Label("Left while waiting for an active offer", "Faldt fra i kø til aktivt tilbud"),
        "made_way": Label("Active offers that made way", "Aktive tilbud, der veg for andet"),
        "started": Label("Active offers begun", "Påbegyndte aktive tilbud"),
        "wait": Label("Weeks waited for an active offer", "Ventede uger på aktivt tilbud"),
        "completed": Label("Active offers completed", "Gennemførte aktive tilbud"),
        "waiting": Label("Waiting for an active offer", "Venter på aktivt tilbud"),
        "weeks": Label("In an active offer", "I aktivt tilbud"),
        "hours": Label("Hours of active offers", "Timer i aktive tilbud"),
        "full_weeks": Label("In an active offer with the hours required", "I aktivt tilbud med det krævede timetal"),
        **{part: WITH_PART.of(part=label) for part, label in PARTS.items()},
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "referred": Outcome(
            "referrals", "Referrals; everybody, whole run", Sum("referred"),
            label=Label("Referrals to active offers", "Henvisninger til aktive tilbud"),
        ),
        "no_time_share": Outcome(
            "share",
            "Attempts to refer that failed for lack of the caseworkers' minutes",
            Sum("no_time"),
            per=Sum("referred", "no_time"),
            label=Label("Referrals failed for lack of time", "Henvisninger opgivet pga. tidsmangel"),
        ),
        "started": Outcome(
            "spells", "Offers begun; everybody, whole run", Sum("started"),
            label=Label("Active offers begun", "Påbegyndte aktive tilbud"),
        ),
        **waited(
            "Mean weeks from referral until the first part begins, of those who began",
            "from referral until the first part begins",
            Label("an active offer", "aktivt tilbud"),
        ),
        "lost_waiting_share": of_referred(
            "Referrals that ended before any part began; everybody, whole run", "left_waiting",
            label=Label("Referrals to active offers lost in waiting", "Henvisninger til aktive tilbud tabt i kø"),
        ),
        "hours": Outcome(
            "hours", "Mean hours of offers in a week of an offer; everybody, whole run", Sum("hours"), per=Sum("weeks"),
            label=Label("Time of active offers in a week", "Tid i aktive tilbud om ugen"),
        ),
        "full_share": Outcome(
            "share",
            "Weeks of an offer that reach the hours required; everybody, whole run",
            Sum("full_weeks"),
            per=Sum("weeks"),
            label=Label("Weeks of offers with the hours required", "Tilbudsuger med det krævede timetal"),
        ),
        **{f"{part}_share": _share_with(part, label) for part, label in PARTS.items()},
    }

    @property
    def _others(self) -> Mapping[str, Label]:
        """Its parts that not every offer has."""
        return {part: called(part, each) for part, each in self.parts.items() if part not in PARTS}

    @property
    def its_counts(self) -> Mapping[str, Label]:
        return {**self.counts, **{part: WITH_PART.of(part=label) for part, label in self._others.items()}}

    @property
    def its_outcomes(self) -> Mapping[str, Outcome]:
        return {**self.outcomes, **{f"{part}_share": _share_with(part, label) for part, label in self._others.items()}}

    def bundle(self, level: str) -> list[str]:
        """The parts for a ledig of this level: the most fitting ones until the hours are reached, or all there are."""
        chosen: list[str] = []
        hours = 0
        for part in self.bundles.order.get(level, []):
            if hours >= self.hours_per_week:
                break
            chosen.append(part)
            hours += self.parts[part].hours
        return chosen

    def measured(self, total: Totals, setting: Setting) -> Measured:
        absent = {f"{part}_share" for part in PARTS if part not in self.parts}
        return {what: value for what, value in super().measured(total, setting).items() if what not in absent}

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        for path, message in unknown_levels({self.bundles.attribute: self.bundles.order}, setting):
            yield ("bundles", "order", path[1]), message
        for part, activity in self.parts.items():
            if part not in PARTS and (part in self.counts or f"{part}_share" in self.outcomes):
                yield ("parts", part), f"'{part}' is counted already, as something else; give this part another name"
            for path, message in unknown_levels(activity.fit, setting):
                yield ("parts", part, "fit", *path), message
        yield from stateless(("not_in",), self.not_in, setting)

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        if isinstance(own, AktiveTilbud):
            for part in own.parts:
                if part not in {*PARTS, *self.parts}:
                    yield ("parts", part), f"'{part}' must be a part of the intervention itself, if with 0 places"

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        for level in self.bundles.order:
            chosen = self.bundle(level)
            hours = sum(self.parts[part].hours for part in chosen)
            if hours < self.hours_per_week:
                sum_ = " + ".join(f"{part} {self.parts[part].hours}" for part in chosen) or "nothing"
                yield ("bundles", "order", level), f"{sum_} = {hours} hours, but {self.hours_per_week} are required"
        found = []
        for part, activity in self.parts.items():
            wanted = any(part in self.bundle(level) for level in self.bundles.order)
            if wanted and activity.places == 0:
                found.append((1.0, ("parts", part, "places"), f"{part} is in a bundle, but there are 0 places"))
        yield from worst(found)
        for part, activity in self.parts.items():
            if activity.fit and not any(changes(size) for size in activity.effects.values()):
                yield ("parts", part, "fit"), f"{part} has no effect on any exit, so for whom it fits changes nothing"
        work = any(activity.referral_minutes for activity in self.parts.values())
        if work and not any(getattr(each, "caseworker", False) for each in setting.interventions.values()):
            yield ("parts",), "referral takes a caseworker's minutes, and nobody has one: nobody is ever referred"
