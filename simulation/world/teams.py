"""Teams: what staff there is, by what terms it works, and how jobcentres may be organised otherwise."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from simulation.world.spec import Minutes, Spec, unit

NO_LIMIT = 1_000_000
"""A caseload limit that nobody reaches."""


class Team(Spec):
    """Staff who share a task. Minutes are for talks, after meetings, journals, holidays and the like."""

    fte: Annotated[float, unit("full-time staff", ge=0, le=10_000)]
    minutes_per_week: Annotated[Minutes, Field(description="Minutes for talks per full-time member and week")]
    takes_cases: Annotated[
        bool, Field(description="false: a partner in joint talks (a-kasse, jobkonsulent), not anybody's caseworker")
    ] = True
    arms: Annotated[list[str] | None, Field(description="Ring-fenced: serves these arms only")] = None
    caseload: Annotated[
        Literal["pooled", "personal"], Field(description="personal: a talk needs one's own caseworker")
    ] = "pooled"
    caseload_limit: Annotated[int, unit("cases per full-time caseworker", ge=0, le=NO_LIMIT)] = NO_LIMIT
    at_limit: Annotated[
        Literal["wait", "exceed"], Field(description="What happens to the next case when the team is full")
    ] = "wait"
    dilution: Annotated[
        float, unit("exponent", "Talk effect × (limit / caseload)^dilution above the limit", ge=0, le=5)
    ] = 0.0
    done_by: Annotated[
        str | None,
        Field(description="Team that does this one's work as well, whatever arms it serves; its staff works there"),
    ] = None

    def room(self) -> int:
        """Cases that the team may have: the limit per caseworker × its staff."""
        return math.floor(self.caseload_limit * self.fte + 1e-9)

    def desks(self) -> int:
        """Number of desks: one per caseworker if cases are personal, else one."""
        return max(1, math.ceil(self.fte)) if self.caseload == "personal" and self.takes_cases else 1


class TeamChange(Spec):
    """What a jobcentre has otherwise than the others."""

    fte: Annotated[float | None, unit("full-time staff", ge=0, le=10_000)] = None
    minutes_per_week: Annotated[int | None, unit("minutes", ge=0, le=100_000)] = None
    caseload: Literal["pooled", "personal"] | None = None
    caseload_limit: Annotated[int | None, unit("cases per full-time caseworker", ge=0, le=NO_LIMIT)] = None
    at_limit: Literal["wait", "exceed"] | None = None
    dilution: Annotated[float | None, unit("exponent", ge=0, le=5)] = None
    done_by: Annotated[str | None, Field(description="Team that does this one's work here")] = None

    def of(self, team: Team) -> Team:
        """The team with these changes."""
        return team.model_copy(update=self.model_dump(exclude_none=True))


class OrganisationModel(Spec):
    """A way to organise the work: what becomes of which team, wherever a jobcentre is organised so."""

    description: str
    teams: Annotated[dict[str, TeamChange], Field(min_length=1, description="What is changed, by team")]


def doing(teams: Mapping[str, Team], name: str) -> Team:
    """The team that does the work of this one: itself, or another."""
    return teams[teams[name].done_by or name]


def joined(teams: Mapping[str, Team]) -> dict[str, Team]:
    """The same teams with the staff of every team whose work is done by another one moved there."""
    fte = {name: team.fte for name, team in teams.items()}
    for name, team in teams.items():
        if team.done_by is not None:
            fte[team.done_by] += team.fte
            fte[name] = 0.0
    return {name: team.model_copy(update={"fte": fte[name]}) for name, team in teams.items()}
