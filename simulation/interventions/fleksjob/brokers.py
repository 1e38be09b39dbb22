"""Brokers of fleksjob: how each gets going, whom it works with and prefers, what it is paid, and what it leaves."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from simulation.world.clocks import RUN_WEEK, TAKES
from simulation.world.spec import Factor, Minutes, PlaceCount, Share, Spec, WeekDistribution, Weeks, unit

FEE_PARTS = 10_000
"""Parts of a fee that are counted."""
OF_FEE = {
    "fixed": "fee_fixed",
    "first_trial": "fee_first_trial",
    "two_months": "fee_two_months",
    "four_months": "fee_four_months",
}
"""Parts of a fee, and what is counted where one falls due."""


class Start(Spec):
    """How a broker gets going: it knows the citizens and the firms better as weeks go by."""

    from_week: Annotated[Weeks, Field(description="Week of the run in which it begins"), RUN_WEEK] = 0
    weeks: Annotated[Weeks, Field(description="Weeks from then on until its contacts are complete")]
    strength: Annotated[Share, Field(description="Strength of its contacts at the beginning, against complete ones")]


class Fee(Spec):
    """What a broker is paid for one ledig, as shares of the full fee."""

    fixed: Annotated[Share, Field(description="Share of the fee that is paid whatever comes of it")]
    first_trial: Annotated[Share, Field(description="Share that is paid at the first arbejdsprøvning")]
    two_months: Annotated[Share, Field(description="Share that is paid after two months in fleksjob")]
    four_months: Annotated[Share, Field(description="Share that is paid after four months in fleksjob")]
    trial_first: Annotated[
        Share,
        Field(
            description="Share of those who could be offered a fleksjob at once whom it keeps in an arbejdsprøvning "
            "first, as long as they have had none that it is paid for"
        ),
    ] = 0.0
    held: Annotated[
        Share,
        Field(description="Share of its fleksjob that it holds on to until they have lasted four months"),
    ] = 0.0

    @model_validator(mode="after")
    def _whole(self) -> Fee:
        parts = (self.fixed, self.first_trial, self.two_months, self.four_months)
        total = sum(parts)
        if abs(total - 1) > 1e-9:
            raise ValueError(f"fixed: the shares of the fee must add up to 1 (they add up to {total:g})")
        if any(abs(share * FEE_PARTS - round(share * FEE_PARTS)) > 1e-6 for share in parts):
            raise ValueError(f"fixed: the shares of the fee are given to the {FEE_PARTS}th part")
        return self


class LeftWork(Spec):
    """What the municipality still does for those whom another one brokers for: minutes of a team."""

    team: Annotated[str, Field(description="Team of the municipality that does this work")]
    start: Annotated[Minutes, Field(description="Minutes to inform the broker about one ledig")] = 0
    weekly: Annotated[
        Minutes, Field(description="Minutes for one ledig in a week of brokering (chasing no-shows and the like)")
    ] = 0
    trial: Annotated[Minutes, Field(description="Minutes to approve an arbejdsprøvning")] = 0
    job: Annotated[Minutes, Field(description="Minutes to set up a fleksjob")] = 0
    job_end: Annotated[Minutes, Field(description="Minutes to end a fleksjob")] = 0
    returned: Annotated[Minutes, Field(description="Minutes to take back one ledig")] = 0


Weight = Annotated[float, unit("weight", gt=0, le=1000)]


class Prefers(Spec):
    """For whom a broker works more, and for whom less: she waits for an approach as if her weeks were so many times as
    many. Whose factor is 2 is approached for about twice as often, whose factor is 0 never."""

    levels: Annotated[
        dict[str, dict[str, Factor]],
        Field(description="Times as long as she has waited for an approach, by characteristic and level"),
    ] = {}
    motivated: Annotated[
        Factor, Field(description="The same for those who see fleksjob as the right solution at the time")
    ] = 1.0


class Chosen(Spec):
    """How likely a ledig comes to this broker, of several that her arm has, by her choice or the municipality's."""

    weight: Annotated[Weight, Field(description="Weight of this broker against the others of the arm")] = 1.0
    levels: Annotated[
        dict[str, dict[str, Weight]],
        Field(description="Times as heavy, by characteristic and level (who is like her, or whom it is good with)"),
    ] = {}


class Broker(Spec):
    """Who brokers, and how."""

    arms: Annotated[list[str], Field(min_length=1, description="Arms whose ledige it has from the beginning")]
    team: Annotated[str, Field(description="Team (takes_cases: false) whose minutes it works with")]
    chosen: Annotated[
        Chosen | None,
        Field(description="How ledige come to it where their arm has several brokers; absent: it is the only one"),
    ] = None
    prefers: Annotated[
        Prefers | None, Field(description="For whom it works more and less; absent: for all alike")
    ] = None
    limit: Annotated[
        PlaceCount | None,
        Field(
            description="Ledige of a jobcentre with whom it works at a time; the others wait, the longest waiting "
            "first; absent: no limit"
        ),
    ] = None
    start: Annotated[
        Start | None, Field(description="How it gets going; absent: it works at full strength from week 0")
    ] = None
    clarification_weeks: Annotated[
        WeekDistribution, Field(description="Weeks until it knows what a ledig can do"), TAKES
    ]
    no_match: Annotated[Share, Field(description="Share judged not to match a fleksjob: towards førtidspension")]
    returned: Annotated[Share, Field(description="Share of the others sent back as misfits, to `returns_to`")] = 0.0
    returns_to: Annotated[str | None, Field(description="Broker that takes the misfits that are sent back")] = None
    approach_minutes: Annotated[Minutes, Field(description="Minutes to approach a firm on behalf of one ledig", ge=1)]
    opens: Annotated[Share, Field(description="Share of approaches that open a place, with complete contacts")]
    jobcentres: Annotated[
        dict[str, Factor], Field(description="Times as likely that an approach opens a place in named jobcentres")
    ] = {}
    factors: Annotated[
        dict[str, dict[str, Factor]],
        Field(
            description="Times as likely that an approach of it opens a place, by characteristic and level (whom it "
            "is good with), beside the factors that all brokers have"
        ),
    ] = {}
    trial: Annotated[Share, Field(description="Share of opened places that begin with an arbejdsprøvning")]
    motivates: Annotated[Share, Field(description="Chance that an approach makes an unmotivated ledig motivated")] = 0.0
    half_subsidy: Annotated[Share, Field(description="Share of its fleksjob with half wage subsidy (the others: more)")]
    fee: Annotated[
        Fee | None, Field(description="What it is paid for one ledig; absent: it is not paid by results")
    ] = None
    leaves_work: Annotated[
        LeftWork | None,
        Field(description="What the municipality still does for its ledige; absent: no work is left to anybody else"),
    ] = None

    @model_validator(mode="after")
    def _somewhere(self) -> Broker:
        if self.returned > 0 and self.returns_to is None:
            raise ValueError("returned: misfits are sent back, so say to whom (returns_to)")
        return self

    def strength(self, week: int) -> float:
        """Strength of its contacts in a week of the run, 0 to 1; 0 before it begins."""
        if self.start is None:
            return 1.0
        gone = week - self.start.from_week
        if gone < 0:
            return 0.0
        so_far = min(1.0, gone / self.start.weeks) if self.start.weeks else 1.0
        return self.start.strength + (1.0 - self.start.strength) * so_far
