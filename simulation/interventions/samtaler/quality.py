"""Quality: what the effect of a held talk depends on, as an analyst writes it; `worth` reckons with it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.world.clocks import COURSE_WEEK
from simulation.world.spec import Factor, Share, Spec, unit
from simulation.world.staff.teams import NO_LIMIT


class OfCaseload(Spec):
    """(reference / caseload)^exponent, by the cases per full-time caseworker at the desk that holds the talk."""

    reference: Annotated[
        float, unit("cases per full-time caseworker", "Caseload at which the factor is 1", gt=0, le=NO_LIMIT)
    ]
    exponent: Annotated[
        float, unit("exponent", "How fast the factor falls with caseload; 0: caseload makes no difference", ge=0, le=5)
    ]
    most: Annotated[Factor, Field(description="Largest factor; 1: fewer cases than the reference gain nothing")]


class OfContinuity(Spec):
    """From `first` with somebody new up to 1, on a straight line over talks with the same person."""

    first: Annotated[Factor, Field(description="Strength of the first talk with somebody")]
    full_after: Annotated[int, unit("talks", "Earlier talks with her after which nothing is lacking", ge=1, le=1000)]


class OfFatigue(Spec):
    """A caseworker tires towards the share of her cases that do not move, and recovers likewise."""

    stagnant_after: Annotated[
        int, unit("weeks", "Weeks since enrolment after which a case counts as not moving", ge=1, le=2000), COURSE_WEEK
    ]
    builds_over: Annotated[int, unit("weeks", "Weeks over which 1 − 1/e of it is reached", ge=1, le=1000)]
    loss: Annotated[Share, Field(description="Part of the effect that is lost when no case moves")]


class Quality(Spec):
    """What the effect of a held talk depends on; the factors multiply."""

    caseload: Annotated[
        OfCaseload | None,
        Field(description="How the effect depends on the caseload of whoever holds the talk; absent: not at all"),
    ] = None
    continuity: Annotated[
        OfContinuity | None,
        Field(description="How it depends on earlier talks with the same person; absent: not at all"),
    ] = None
    fatigue: Annotated[
        OfFatigue | None, Field(description="How it depends on cases that do not move; absent: not at all")
    ] = None
    caseworker_sd: Annotated[
        float, unit("sd of the log effect", "Between caseworkers, around a mean of 1", ge=0, le=3)
    ] = 0.0
    jobcentre_sd: Annotated[
        float, unit("sd of the log effect", "Between jobcentres, around a mean of 1", ge=0, le=3)
    ] = 0.0
    teams: Annotated[
        dict[str, Factor], Field(description="Of talks that a team holds, or sits in at (both: they multiply)")
    ] = {}
