"""The terms by which a team's staff works: absence, turnover, learning, shortened talks, pay.

What the evidence says. Illness, leave and changes of job hit small teams, a handover is a break, and new staff find
it hard to take over (Rambøll 2013, p. 9 [6], 13 [10]; Aktive hurtigere tilbage, p. 10); nobody prints how often or how
long. Lost talks cost: one early meeting cancelled because the caseworker was away made unemployment 5 % longer in
Switzerland (MEET-01), where there were two or three meetings in half a year. So every size here is a scenario's own,
with its source.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from simulation.world.spec import Amount, Factor, Spec, WeekDistribution, Weeks, unit


def _lasts(weeks: dict[int, float]) -> dict[int, float]:
    if min(weeks) < 1:
        raise ValueError(f"a spell lasts a week or more (got {min(weeks)})")
    return weeks


class Absence(Spec):
    """One kind of absence, such as short and long sickness, or maternity leave."""

    share: Annotated[
        float, unit("share", "Share of the weeks of a filled post in which its holder is away so", ge=0, le=0.9)
    ]
    weeks: Annotated[WeekDistribution, AfterValidator(_lasts), Field(description="Length of a spell of absence")]
    part: Annotated[float, unit("share", "Part of a week's minutes that is lost in such a week", gt=0, le=1)] = 1.0
    cover_after: Annotated[
        Weeks | None, Field(description="Weeks of a spell after which a substitute sits in; absent: none ever does")
    ] = None


class Learning(Spec):
    """How somebody new in a post (a successor, or a substitute) comes up to full strength, on a straight line."""

    weeks: Annotated[int, unit("weeks", "Weeks in the post until nothing is lacking any more", ge=1, le=520)]
    minutes: Annotated[
        float, unit("share", "Minutes for talks at the start, against a trained caseworker's", gt=0, le=1)
    ] = 1.0
    effect: Annotated[
        Factor, Field(description="Strength of a talk's effect at the start, against a trained caseworker's")
    ] = 1.0


class Turnover(Spec):
    """Caseworkers who leave their post."""

    per_year: Annotated[
        float, unit("share per year", "Chance that a caseworker at work leaves within 52 weeks", ge=0, le=0.99)
    ]
    vacancy_weeks: Annotated[WeekDistribution, Field(description="Weeks until a successor begins (recruitment lag)")]
    share_out: Annotated[
        bool,
        Field(
            description="What becomes of the cases; true: they go back to the team, which takes them as it has room; "
            "false: they wait",
        ),
    ] = False


class Squeeze(Spec):
    """Talks are shortened, all of a desk alike, in a week in which not all of them fit."""

    shortest: Annotated[float, unit("share", "Shortest that a talk may become, of its length", gt=0, lt=1)]
    effect: Annotated[
        Factor, Field(description="Strength of the effect of a talk cut to the shortest; on a straight line up to 1")
    ]


class Pay(Spec):
    """What a team costs."""

    per_year: Annotated[
        Amount, unit("DKK", "Cost per full-time post and 52 weeks; a vacant post is not paid, a substitute is", ge=0)
    ] = 0.0
    per_case: Annotated[Amount, unit("DKK", "Cost of each case that the team takes", ge=0)] = 0.0
    per_case_week: Annotated[Amount, unit("DKK", "Cost of each case and week that the team has it", ge=0)] = 0.0
    per_talk: Annotated[Amount, unit("DKK", "Cost of each held talk", ge=0)] = 0.0
    per_job: Annotated[Amount, unit("DKK", "Cost of each case that leaves to a job", ge=0)] = 0.0
