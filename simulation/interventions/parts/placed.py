"""How placements break off and come again, and what they have otherwise in one jobcentre than in the others."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.world.spec import Factor, PlaceCount, Share, Spec, Weeks, unit


class AfterTalk(Spec):
    """What a held talk does to the danger that a placement is broken off."""

    within_weeks: Annotated[
        int, unit("weeks", "Weeks in one of which a talk was held, this week and those before it", ge=1, le=520)
    ]
    factor: Annotated[Factor, Field(description="Times as likely to be broken off in such a week")]


class Breakdown(Spec):
    """A placement that is broken off."""

    weekly: Annotated[Share, Field(description="Chance in a week of the placement that it is broken off")]
    unready_factor: Annotated[
        Factor, Field(description="Times as likely for those who are not ready when it begins")
    ] = 1.0
    setback_weeks: Annotated[Weeks, Field(description="Weeks before a new referral is possible")]
    after_talk: Annotated[
        list[AfterTalk],
        Field(description="What held talks do to it; the factors of all that hold in a week multiply"),
    ] = []
    helped_by: Annotated[
        dict[str, Factor],
        Field(description="Times as likely with a mentor or coordinator, by the intervention that the help is of"),
    ] = {}

    @property
    def hangs(self) -> bool:
        """Whether it hangs on what happens during the placement."""
        return bool(self.after_talk or self.helped_by)


class Repeat(Spec):
    """A further spell after a completed one."""

    gap_weeks: Annotated[Weeks, Field(description="Weeks after completion in which there is no new referral")]
    max_spells: Annotated[int, unit("spells", "Most spells begun while on benefit, broken ones too", ge=1, le=1000)] = (
        1000
    )


class Jobcentre(Spec):
    """What one jobcentre has otherwise than the others."""

    places: Annotated[PlaceCount | None, Field(description="Places in this jobcentre; absent: as elsewhere")] = None
    matches_per_week: Annotated[
        float | None,
        unit(
            "matches per week",
            "What the virksomhedskonsulenter of this jobcentre can match; absent: as elsewhere",
            ge=0,
            le=1e6,
        ),
    ] = None


Matches = Annotated[
    float, unit("matches per week", "What each jobcentre's virksomhedskonsulenter can match", ge=0, le=1e6)
]
