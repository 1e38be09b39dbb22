"""Teams: what staff there is, by what terms it works, and how jobcentres may be organised otherwise.

Three ways to share cases, at the same staff. *pooled*: whoever has time holds the talk. *personal*: a talk needs one's
own caseworker. *personal* with `substitution: busy`: everybody has a contact person (fast kontaktperson), and a
colleague holds the talk where she is away or has no time. Broad and narrow organisation are the same staff in many
hands or few: `caseworkers`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from simulation.world.spec import Called, Minutes, Share, Spec, unit
from simulation.world.staff.terms import Absence, Learning, Pay, Squeeze, Turnover
from simulation.world.switch import TURNOVER, Switch

NO_LIMIT = 1_000_000
"""A caseload limit that nobody reaches."""


def _somebody_is_there(absence: dict[str, Absence]) -> dict[str, Absence]:
    if (total := sum(kind.share for kind in absence.values())) >= 1:
        raise ValueError(f"the shares of all kinds of absence must be below 1 together (they add up to {total:g})")
    return absence


Fte = Annotated[float, unit("full-time staff", ge=0, le=10_000)]
Caseworkers = Annotated[int, unit("caseworkers", ge=1, le=10_000)]
Limit = Annotated[int, unit("cases per full-time caseworker", ge=0, le=NO_LIMIT)]
AtLimit = Literal["wait", "overflow", "exceed"]
Substitution = Literal["none", "absence", "busy"]
Dilution = Annotated[float, unit("exponent", ge=0, le=5)]
Absences = Annotated[dict[str, Absence], AfterValidator(_somebody_is_there), Switch("absence", "empty")]


MAY_CHANGE = frozenset({
    "fte", "minutes_per_week", "caseworkers", "caseload_limit", "reopens_at", "dilution", "shared_knowledge",
    "absence.*.share", "absence.*.part", "absence.*.weeks", "absence.*.cover_after", "turnover.per_year",
    "turnover.vacancy_weeks", "learning.weeks", "learning.minutes", "learning.effect", "squeeze.shortest",
    "squeeze.effect",
})  # fmt: skip
"""Keys of a team that may change at a date."""


class Team(Spec):
    """Staff who share a task. Minutes are for talks, after meetings, journals, holidays and the like."""

    may_change: ClassVar[frozenset[str]] = MAY_CHANGE
    name: Called = None
    fte: Annotated[Fte, Field(description="Full-time staff of the team in each jobcentre")]
    minutes_per_week: Annotated[Minutes, Field(description="Minutes for talks per full-time member and week")]
    caseworkers: Annotated[
        Caseworkers | None, Field(description="Persons who share the staff; absent: full-time ones")
    ] = None
    takes_cases: Annotated[
        bool,
        Field(
            description="Whether it has cases; false: a partner in joint talks (a-kasse, jobkonsulent), not anybody's "
            "caseworker",
        ),
    ] = True
    arms: Annotated[
        list[str] | None, Field(description="Arms that it serves and no others (ring-fenced); absent: every arm")
    ] = None
    caseload: Annotated[
        Literal["pooled", "personal"],
        Field(description="Whose the cases are; pooled: the team's; personal: a talk needs one's own caseworker"),
    ] = "pooled"
    substitution: Annotated[
        Substitution,
        Field(
            description="When a colleague with time left holds a talk of personal cases: never, if the caseworker is "
            "away, or if she has no time as well",
        ),
    ] = "none"
    shared_knowledge: Annotated[
        Share, Field(description="Part of the talks with her that a colleague knows of when she holds the next one")
    ] = 0.0
    caseload_limit: Annotated[
        Limit, Field(description="Cases at most for each full-time caseworker; absent: no limit")
    ] = NO_LIMIT
    at_limit: Annotated[
        AtLimit,
        Field(
            description="What happens to the next case when the team is full: it waits, goes to overflow_to, or is "
            "taken all the same",
        ),
    ] = "wait"
    overflow_to: Annotated[str | None, Field(description="Team that takes the cases there is no room for")] = None
    reopens_at: Annotated[
        Share, Field(description="Share of its limit to which a full team must have fallen before it takes cases again")
    ] = 1.0
    dilution: Annotated[
        Dilution, Field(description="How much talks lose above the limit: their effect × (limit / caseload)^dilution")
    ] = 0.0
    absence: Annotated[
        Absences,
        Field(description="Kinds of absence, such as short and long sickness, each with its share of the weeks"),
    ] = {}
    turnover: Annotated[
        Turnover | None, Field(description="Caseworkers who leave their post; absent: nobody does"), TURNOVER
    ] = None
    learning: Annotated[
        Learning | None,
        Field(description="How somebody new in a post comes up to full strength; absent: she has it at once"),
    ] = None
    squeeze: Annotated[
        Squeeze | None,
        Field(description="Talks are shortened in a week in which not all of them fit; absent: they never are"),
    ] = None
    pay: Annotated[Pay | None, Field(description="What the team costs; absent: nothing is reckoned")] = None
    done_by: Annotated[
        str | None,
        Field(description="Team that does this one's work as well, whatever arms it serves; its staff works there"),
    ] = None

    @model_validator(mode="after")
    def _overflows_somewhere(self) -> Team:
        if self.at_limit == "overflow" and self.overflow_to is None:
            raise ValueError("at_limit: overflow needs overflow_to, the team that takes the others")
        return self

    def room(self) -> int:
        """Cases that the team may have: the limit × its staff, in whole cases for each who has cases of her own."""
        return self.desks() * math.floor(self.caseload_limit * self.fte / self.desks() + 1e-9)

    def positions(self) -> int:
        """Number of caseworkers."""
        return self.caseworkers or max(1, math.ceil(self.fte - 1e-9))

    def desks(self) -> int:
        """Number of desks: one per caseworker if cases are personal, else one."""
        return self.positions() if self.caseload == "personal" and self.takes_cases else 1

    @property
    def changes(self) -> bool:
        """Whether staff is away or leaves at times."""
        return bool(self.absence) or self.turnover is not None


class TeamChange(Spec):
    """What a jobcentre has otherwise than the others."""

    may_change: ClassVar[frozenset[str]] = MAY_CHANGE
    fte: Annotated[Fte | None, Field(description="Full-time staff of the team here; absent: as elsewhere")] = None
    minutes_per_week: Annotated[
        int | None,
        unit("minutes", "Minutes for talks per full-time member and week here; absent: as elsewhere", ge=0, le=100_000),
    ] = None
    caseworkers: Annotated[
        Caseworkers | None, Field(description="Persons who share the staff here; absent: as elsewhere")
    ] = None
    caseload: Annotated[
        Literal["pooled", "personal"] | None,
        Field(description="Whether cases are shared by the team or personal here; absent: as elsewhere"),
    ] = None
    substitution: Annotated[
        Substitution | None,
        Field(description="When a colleague holds a talk of personal cases here; absent: as elsewhere"),
    ] = None
    shared_knowledge: Annotated[
        Share | None, Field(description="Part of earlier talks that a colleague knows of here; absent: as elsewhere")
    ] = None
    caseload_limit: Annotated[
        Limit | None, Field(description="Cases at most for each full-time caseworker here; absent: as elsewhere")
    ] = None
    at_limit: Annotated[
        AtLimit | None,
        Field(description="What happens here to the next case when the team is full; absent: as elsewhere"),
    ] = None
    overflow_to: Annotated[
        str | None, Field(description="Team that takes the cases there is no room for here; absent: as elsewhere")
    ] = None
    reopens_at: Annotated[
        Share | None,
        Field(
            description="Share of its limit to which a full team must have fallen here before it takes cases again; "
            "absent: as elsewhere",
        ),
    ] = None
    dilution: Annotated[
        Dilution | None, Field(description="How much talks lose above the limit here; absent: as elsewhere")
    ] = None
    absence: Annotated[
        Absences | None,
        Field(description="Kinds of absence here, instead of all those elsewhere; absent: as elsewhere"),
    ] = None
    turnover: Annotated[
        Turnover | None, Field(description="Caseworkers who leave their post here; absent: as elsewhere"), TURNOVER
    ] = None
    learning: Annotated[
        Learning | None, Field(description="How somebody new comes up to full strength here; absent: as elsewhere")
    ] = None
    squeeze: Annotated[
        Squeeze | None, Field(description="How talks are shortened here when not all of them fit; absent: as elsewhere")
    ] = None
    pay: Annotated[Pay | None, Field(description="What the team costs here; absent: as elsewhere")] = None
    done_by: Annotated[
        str | None, Field(description="Team that does this one's work here; absent: as elsewhere")
    ] = None

    def of(self, team: Team) -> Team:
        """The team with these changes."""
        changes = {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
        return team.model_copy(update=changes)


class OrganisationModel(Spec):
    """A way to organise the work: what becomes of which team, wherever a jobcentre is organised so."""

    description: Annotated[str, Field(description="The model in words, as it is shown in tables")]
    teams: Annotated[dict[str, TeamChange], Field(description="What is changed of which team", min_length=1)]


def doing(teams: Mapping[str, Team], name: str) -> Team:
    """The team that does the work of this one: itself, or another."""
    return teams[teams[name].done_by or name]


def joined(teams: Mapping[str, Team]) -> dict[str, Team]:
    """The same teams with the staff of every team whose work is done by another one moved there, in as many hands."""
    fte = {name: team.fte for name, team in teams.items()}
    hands = {name: team.caseworkers or math.ceil(team.fte) for name, team in teams.items()}
    counted = {name for name, team in teams.items() if team.caseworkers is not None}
    for name, team in teams.items():
        if team.done_by is not None:
            fte[team.done_by] += team.fte
            hands[team.done_by] += hands[name]
            counted |= {team.done_by} if name in counted else set()
            fte[name] = 0.0
    return {
        name: team.model_copy(update={"fte": fte[name], "caseworkers": hands[name] if name in counted else None})
        for name, team in teams.items()
    }
