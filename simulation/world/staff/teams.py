"""Teams: what staff there is, by what terms it works, and how jobcentres may be organised otherwise.

Three ways to share cases, at the same staff. *pooled*: whoever has time holds the talk. *personal*: a talk needs one's
own caseworker. *personal* with `substitution: busy`: everybody has a contact person (fast kontaktperson), and a
colleague holds the talk where she is away or has no time. Broad and narrow organisation are the same staff in many
hands or few: `caseworkers`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from simulation.world.spec import Called, Minutes, Share, Spec, unit
from simulation.world.staff.terms import Absence, Learning, Pay, Squeeze, Turnover

NO_LIMIT = 1_000_000
"""A caseload limit that nobody reaches."""


def _somebody_is_there(absence: dict[str, Absence]) -> dict[str, Absence]:
    if (total := sum(kind.share for kind in absence.values())) >= 1:
        raise ValueError(f"the shares of all kinds of absence must be below 1 together (they add up to {total:g})")
    return absence


Fte = Annotated[float, unit("full-time staff", ge=0, le=10_000)]
Caseworkers = Annotated[
    int, unit("caseworkers", "Persons who share the staff; absent: full-time ones", ge=1, le=10_000)
]
Limit = Annotated[int, unit("cases per full-time caseworker", ge=0, le=NO_LIMIT)]
AtLimit = Annotated[
    Literal["wait", "overflow", "exceed"], Field(description="What happens to the next case when the team is full")
]
Substitution = Annotated[
    Literal["none", "absence", "busy"],
    Field(description="When a colleague with time left holds a talk of personal cases: never, if the caseworker is "
                      "away, or if she has no time as well"),
]  # fmt: skip
Dilution = Annotated[float, unit("exponent", "Talk effect × (limit / caseload)^dilution above the limit", ge=0, le=5)]
Absences = Annotated[dict[str, Absence], AfterValidator(_somebody_is_there)]


class Team(Spec):
    """Staff who share a task. Minutes are for talks, after meetings, journals, holidays and the like."""

    name: Called = None
    fte: Fte
    minutes_per_week: Annotated[Minutes, Field(description="Minutes for talks per full-time member and week")]
    caseworkers: Caseworkers | None = None
    takes_cases: Annotated[
        bool, Field(description="false: a partner in joint talks (a-kasse, jobkonsulent), not anybody's caseworker")
    ] = True
    arms: Annotated[list[str] | None, Field(description="Ring-fenced: serves these arms only")] = None
    caseload: Annotated[
        Literal["pooled", "personal"], Field(description="personal: a talk needs one's own caseworker")
    ] = "pooled"
    substitution: Substitution = "none"
    shared_knowledge: Annotated[
        Share, Field(description="Part of the talks with her that a colleague knows of when she holds the next one")
    ] = 0.0
    caseload_limit: Limit = NO_LIMIT
    at_limit: AtLimit = "wait"
    overflow_to: Annotated[str | None, Field(description="Team that takes the cases there is no room for")] = None
    reopens_at: Annotated[
        Share, Field(description="Share of its limit to which a full team must have fallen before it takes cases again")
    ] = 1.0
    dilution: Dilution = 0.0
    absence: Absences = {}
    turnover: Turnover | None = None
    learning: Learning | None = None
    squeeze: Squeeze | None = None
    pay: Pay | None = None
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

    fte: Fte | None = None
    minutes_per_week: Annotated[int | None, unit("minutes", ge=0, le=100_000)] = None
    caseworkers: Caseworkers | None = None
    caseload: Literal["pooled", "personal"] | None = None
    substitution: Substitution | None = None
    shared_knowledge: Share | None = None
    caseload_limit: Limit | None = None
    at_limit: AtLimit | None = None
    overflow_to: Annotated[str | None, Field(description="Team that takes the cases there is no room for")] = None
    reopens_at: Share | None = None
    dilution: Dilution | None = None
    absence: Absences | None = None
    turnover: Turnover | None = None
    learning: Learning | None = None
    squeeze: Squeeze | None = None
    pay: Pay | None = None
    done_by: Annotated[str | None, Field(description="Team that does this one's work here")] = None

    def of(self, team: Team) -> Team:
        """The team with these changes."""
        changes = {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}
        return team.model_copy(update=changes)


class OrganisationModel(Spec):
    """A way to organise the work: what becomes of which team, wherever a jobcentre is organised so."""

    description: str
    teams: Annotated[dict[str, TeamChange], Field(min_length=1, description="What is changed, by team")]


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
