"""Attendance: what makes some come and others stay away, as an analyst writes it; `udeblivelse.py` says who comes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.world.spec import Minutes, Odds, Spec, unit


class Trust(Spec):
    """Earlier talks with the same caseworker make a ledig come; a new one begins with what her colleagues know of the
    case (`shared_knowledge` of the team), or with nothing."""

    per_talk: Annotated[Odds, Field(description="Odds ratio of coming for each earlier talk with who holds this one")]
    full_after: Annotated[int, unit("talks", "Earlier talks after which it grows no more", ge=1, le=1000)]


class Attendance(Spec):
    """What makes attendance differ."""

    person_sd: Annotated[
        float, unit("sd of the log odds", "How much attendance differs between ledige", ge=0, le=5)
    ] = 0.0
    weekly_odds: Annotated[Odds, Field(description="Odds ratio of each further week of the course")] = 1.0
    jobcentre_odds: Annotated[dict[str, Odds], Field(description="Odds ratio of attendance in named jobcentres")] = {}
    between_jobcentres: Annotated[
        float,
        unit(
            "sd of the log odds",
            "Between the jobcentres that jobcentre_odds does not name, drawn for each in every replication; the "
            "middling one has an odds ratio of 1",
            ge=0,
            le=5,
        ),
    ] = 0.0
    trust: Annotated[
        Trust | None, Field(description="How earlier talks with whoever holds it tell on it; absent: not at all")
    ] = None
    rebooking_minutes: Annotated[
        Minutes, Field(description="Staff minutes to reach and rebook who did not come, added to her next talk")
    ] = 0
