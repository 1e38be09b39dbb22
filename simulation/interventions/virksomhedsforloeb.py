"""Virksomhedsforløb (hovedvej 3): praktik of some weeks at a firm that has a jobkontaktperson, referred first and
matched later.

What the evidence says (Rambøll, Tre hovedveje til job). Matching citizens and firms is the bottleneck (p. 11-12).
Early in the project large numbers were referred before firms were found: they waited, and part of them left for other
offers or for jobs that they found themselves, so that the effort could not speed up their exit (p. 15). Praktik may
last up to eight weeks; more than four are needed to get a feel for the tasks, and firms that would decline a four-
week praktik say yes (p. 11-12). A named contact at the firm supports the citizen, whose time the project pays for;
some citizens missed one (p. 6, 11-12). Citizens list firms and may take the first contact (p. 11-12). The longer
praktik and the payment end with the project (p. 6, 8). No size of any of these is printed.

A referral waits. Every week the konsulenter approach as many firms as they have capacity for, longest waiting first;
a firm says yes with a chance that grows with the longest praktik that can be offered, and a no has cost the attempt.
Who waits may find a firm herself, give up for another offer, or leave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import (
    KIND,
    Found,
    Intervention,
    Measured,
    Outcome,
    Setting,
    Spent,
    Sum,
    Totals,
    worst,
)
from simulation.interventions.parts.placement import BY_HERSELF, Placement
from simulation.interventions.parts.placing import PlacementRunning
from simulation.interventions.parts.spells import Range, weeks_between
from simulation.interventions.parts.tilbud import of_referred
from simulation.world.clocks import RUN_WEEK
from simulation.world.labels import Label
from simulation.world.queueing import turn_of
from simulation.world.spec import (
    Bools,
    Factor,
    Floats,
    Ids,
    Ints,
    PlaceCount,
    Share,
    SharesByWeeks,
    Spec,
    Weeks,
    unit,
    where,
)
from simulation.world.staff.teams import NO_LIMIT
from simulation.world.world import World


class Expiry(Spec):
    """A time-limited option that ends during the run."""

    run_week: Annotated[Weeks, Field(description="Week of the run from which it is gone"), RUN_WEEK]
    to_weeks: Annotated[int, unit("weeks", "Longest praktik that firms are offered from then on", ge=1, le=520)]


class ContactPerson(Spec):
    """A named contact at the firm (jobkontaktperson)."""

    share: Annotated[Share, Field(description="Share of placements in which the contact is really there")]
    breakdown_factor: Annotated[Factor, Field(description="Times as likely that the placement is broken off with one")]
    hire_factor: Annotated[Factor, Field(description="Times as likely that the firm hires with one")]
    hours_per_week: Annotated[
        float, unit("hours per week", "The contact's hours that the project pays for, per placement", ge=0, le=37)
    ] = 0.0


GOES_ELSEWHERE = Label("gives up waiting and gets another offer", "opgiver ventetiden og får et andet tilbud")


class Virksomhedsforloeb(Placement):
    """Praktik with a jobkontaktperson: refer first, find firms later."""

    kind: Annotated[Literal["virksomhedsforloeb"], KIND]
    places: Annotated[
        PlaceCount, Field(description="Firms that a jobcentre could ever place at once; matching is what is scarce")
    ] = NO_LIMIT
    length: Annotated[
        Range, Field(description="Agreed weeks of praktik; its end is the longest that firms are offered")
    ]
    expires: Annotated[Expiry | None, Field(description="When the longer praktik ends; absent: not in this run")] = None
    firm_accepts: Annotated[
        SharesByWeeks, Field(description="Share of approached firms that say yes, by the longest praktik offered")
    ]
    gives_up: Annotated[
        Share, Field(description="Chance in a week of waiting that a ledig goes to another offer instead, for good")
    ] = 0.0
    contact_person: Annotated[
        ContactPerson | None, Field(description="A named contact at the firm; absent: there is none")
    ] = None

    may_change: ClassVar[frozenset[str]] = Placement.may_change | {
        "length.from_weeks", "length.to_weeks", "firm_accepts", "firm_accepts.*", "gives_up",
        "contact_person.share", "contact_person.breakdown_factor", "contact_person.hire_factor",
    }  # fmt: skip
    label: ClassVar[Label] = Label("Company placement", "Virksomhedsforløb")
    matched: ClassVar[Sum] = Sum("started", "firm_declined", less=["self_found"])
    counts: ClassVar[Mapping[str, Label]] = {
        **Placement.counts,
        "firm_declined": Label("{name}: firms that declined", "{name}: virksomheder, der sagde nej"),
        "contact_weeks": Label("{name}: weeks with a contact person", "{name}: uger med kontaktperson"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        **{what: outcome for what, outcome in Placement.outcomes.items() if what != BY_HERSELF},
        "gave_up_share": of_referred(
            "Referrals that ended in another offer while waiting; everybody, whole run", "gave_up",
            label=Label("{name}: went to another offer", "{name}: gik over i andet tilbud"),
        ),
        BY_HERSELF: Placement.outcomes[BY_HERSELF],
        "firm_declined": Outcome(
            "attempts", "Firms approached that said no; everybody, whole run", Sum("firm_declined"),
            label=Label("{name}: firms that declined", "{name}: virksomheder, der sagde nej"),
        ),
        "contact_hours": Outcome(
            "hours", "Hours of jobkontaktpersoner that the project pays for; everybody, whole run", whole_run=True,
            label=Label("{name}: time of contact persons", "{name}: kontaktpersoners tid"),
        ),
    }

    @property
    def spends(self) -> Sequence[Spent]:
        hours = self.contact_person.hours_per_week if self.contact_person else 0.0
        return [*super().spends, *([Spent("mentor", Sum("contact_weeks"), each=hours)] if hours else [])]

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        hours = [each.contact_person.hours_per_week if each.contact_person else 0.0 for each in (self, own)
                 if isinstance(each, Virksomhedsforloeb)]  # fmt: skip
        if getattr(own, "contact_person", None) is not None and len({*hours}) > 1:
            message = "'hours_per_week' of a contact person is the same in all jobcentres: its hours are told together"
            yield ("contact_person", "hours_per_week"), message

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        if self.expires and not self.length.from_weeks <= self.expires.to_weeks <= self.length.to_weeks:
            yield (
                ("expires", "to_weeks"),
                f"after the option has expired the longest praktik is {self.expires.to_weeks} weeks, but it must lie "
                f"within length: {self.length.from_weeks} to {self.length.to_weeks}",
            )

    @property
    def tells_who_found(self) -> bool:
        return True

    def doubts(self, setting: Setting) -> Found:
        yield from super().doubts(setting)
        found = []
        for jobcentre, persons in setting.persons().items():
            _, matches = self.capacity(jobcentre)
            arms = sum(setting.arms[arm] * (1 - rule.never_ready) for arm, rule in self.referral.items())
            referred = persons * arms / sum(setting.arms.values())
            made = matches * self.yes(0) * setting.weeks
            if 0 < made < 0.5 * referred:
                message = f"{jobcentre}: about {referred:.0f} are referred, but {matches:g} firms approached a week × "
                message += f"{self.yes(0):.2f} that say yes × {setting.weeks} weeks = {made:.0f} matches"
                found.append((referred - made, ("matches_per_week",), message))
        yield from worst(found)

    def measured(self, total: Totals, setting: Setting) -> Measured:
        hours = self.contact_person.hours_per_week if self.contact_person else 0.0
        return {**super().measured(total, setting), "contact_hours": total["contact_weeks"] * hours}

    def longest(self, week: int) -> int:
        """Longest praktik that can be offered in this week of the run."""
        return self.expires.to_weeks if self.expires and week >= self.expires.run_week else self.length.to_weeks

    def yes(self, week: int) -> float:
        """Share of approached firms that say yes; between the stated lengths on a straight line."""
        stated = self.firm_accepts
        return float(np.interp(self.longest(week), list(stated), list(stated.values())))


class VirksomhedsforloebRunning(PlacementRunning):
    """Column: `contact` (the present or last placement has a jobkontaktperson)."""

    settings: Virksomhedsforloeb
    luck_of_host = "contact"

    def __init__(self, settings: Virksomhedsforloeb, world: World, name: str, number: int) -> None:
        super().__init__(
            settings, world, name, number, once=True, says={"gave_up": GOES_ELSEWHERE}
        )
        self.contact = np.zeros(len(world.ledige), dtype=bool)

    def tilbud(self, week: int) -> None:
        """torsdag: some give up waiting, some find a firm themselves, konsulenter approach firms for the next."""
        self.offer.give_up(week, self.settings.gives_up)
        super().tilbud(week)

    def match(self, week: int, ids: Ids, room: NDArray[np.int64]) -> Bools:
        jobcentre = self.world.ledige.jobcentre.take(ids)
        tried = where(turn_of(jobcentre) < room.take(jobcentre))
        chance = self.world.ledige.draws.uniform(f"{self.name} firm", week, ids[tried])
        says_yes = chance < self.settings.yes(week)
        self.count(week, "firm_declined", ids[tried[~says_yes]])
        matched = np.zeros(len(ids), dtype=bool)
        matched[tried[says_yes]] = self.offer.places.take(ids[tried[says_yes]])
        return matched

    def host(self, ids: Ids, chance: Floats) -> None:
        if self.settings.contact_person:
            self.contact[ids] = chance < self.settings.contact_person.share

    def lengths(self, week: int, chance: Floats) -> Ints:
        return weeks_between(self.settings.length.from_weeks, self.settings.longest(week), chance)

    def break_factors(self, week: int, ids: Ids) -> Floats:
        factors = super().break_factors(week, ids)
        if self.settings.contact_person:
            factors = factors * np.where(self.contact.take(ids), self.settings.contact_person.breakdown_factor, 1.0)
        return factors

    def hire_chance(self, ids: Ids) -> Floats:
        contact = self.settings.contact_person
        factor = np.where(self.contact.take(ids), contact.hire_factor, 1.0) if contact else 1.0
        return np.asarray(self.settings.direct_hire * factor)

    def soendag(self, week: int) -> None:
        super().soendag(week)
        if self.settings.contact_person:
            inside = self.offer.spells.inside
            self.count(week, "contact_weeks", inside[self.contact.take(inside)])
