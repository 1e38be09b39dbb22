"""Contact plans: in which weeks of the course a ledig is due for a talk, with whom, and what comes after the plan.

Esbjerg plans eleven talks in listed weeks, På rette vej i job one every week.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, model_validator

from simulation.interventions.parts.before import Before
from simulation.interventions.samtaler.by_need import ByNeed
from simulation.interventions.samtaler.spells import Spells
from simulation.interventions.samtaler.then import Then
from simulation.world.clocks import COURSE_WEEK, RUN_WEEK, TAKES
from simulation.world.spec import (
    NOT_PLANNED,
    Minutes,
    Share,
    Spec,
    WeekDistribution,
    Weeks,
    exactly_one,
    unit,
    wrong_part,
)


def _which(raw: Any) -> str:
    return "[each]" if isinstance(raw, Mapping) else "[all]"


InOffer = Annotated[
    Annotated[str, Tag("[all]")] | Annotated[dict[str, str | None], Tag("[each]")], Discriminator(_which)
]
"""A channel for all offers, or by the intervention whose offers they are."""


class Interval(Spec):
    """From this course week on, the next talk is due so many weeks after a held one."""

    from_week: Annotated[Weeks, Field(description="Course week from which on this interval holds"), COURSE_WEEK] = 0
    weeks: Annotated[int, unit("weeks", "Weeks from one held talk to the next", ge=1, le=520)]


class Talk(Spec):
    """One talk of a list."""

    week: Annotated[int, unit("weeks", "Course week in which it is due", ge=0, le=1040), COURSE_WEEK]
    minutes: Annotated[
        Minutes | None, Field(description="Minutes if held in its own channel; absent: the channel's")
    ] = None
    channel: Annotated[str | None, Field(description="Channel in which it is held; absent: the plan's")] = None
    partner: Annotated[str | None, Field(description="Team that must sit in: a joint talk")] = None
    self_booked: Annotated[bool, Field(description="Whether the ledig must book it herself")] = False


class OtherChannel(Spec):
    """Part of the talks is held in another way from some week on."""

    channel: Annotated[str, Field(description="Channel in which these talks are held")]
    from_week: Annotated[Weeks, Field(description="Course week from which on it is so"), COURSE_WEEK]
    share: Annotated[Share, Field(description="Share of the talks that are held in it")]


class Plan(Spec):
    """Talks by interval (`every`) or by list (`talks`)."""

    arms: Annotated[list[str], Field(description="Arms whose ledige begin on this plan")] = []
    levels: Annotated[
        dict[str, list[str]],
        Field(description="Only those with one of these levels of a characteristic; absent: everybody of the arms"),
    ] = {}
    in_jobcentres: Annotated[
        list[str] | None,
        Field(description="Only those of these jobcentres begin on it; absent: of all", min_length=1),
    ] = None
    benefits: Annotated[
        list[str] | None,
        Field(description="Only those on one of these benefits begin on it; absent: on any", min_length=1),
    ] = None
    team: Annotated[str, Field(description="Team that has the cases of those on this plan")]
    turns: Annotated[
        list[str],
        Field(
            description="Teams that hold its talks in turn, the first one first; the turn moves on with every held "
            "talk, and the case stays where it is; absent: `team` holds all"
        ),
    ] = []
    channel: Annotated[str, Field(description="Channel in which talks are ordinarily held")]
    same_partner: Annotated[
        dict[str, Share],
        Field(
            description="By team that sits in: share of its talks for which it is arranged that whoever sat in last "
            "time does so again, if she is at work; else by lot (0: always by lot); absent: not followed"
        ),
    ] = {}
    unregistered: Annotated[
        Share,
        Field(
            description="Share of its held talks that are not registered as talks: they take time and have their "
            "effect, and no register shows them"
        ),
    ] = 0.0
    first_week: Annotated[
        WeekDistribution,
        Field(description="Course week of the first talk (with `every`)", validate_default=True),
        COURSE_WEEK,
    ] = {1: 1.0}
    every: Annotated[
        list[Interval] | None,
        Field(
            description="Talks by interval: how many weeks after a held talk the next one is due, from which course "
            "week on",
            min_length=1,
        ),
    ] = None
    talks: Annotated[
        list[Talk] | None, Field(description="Talks by list: the course weeks in which they are due", min_length=1)
    ] = None
    by_need: Annotated[
        list[ByNeed],
        Field(
            description="Rules by what state she is in (with `every`): the first that holds this week says when the "
            "next talk is due; where none does, `every`"
        ),
    ] = []
    other_channel: Annotated[
        OtherChannel | None,
        Field(description="Part of the talks that is held in another way from some week on; absent: none"),
    ] = None
    in_offer: Annotated[
        InOffer | None,
        Field(
            description="Channel while in an offer: one for all of them, or by the intervention whose offer it is "
            "(null, or left out there: no change); absent: no change"
        ),
    ] = None
    in_state: Annotated[
        dict[str, str], Field(description="Channel while in the state that an intervention keeps, by intervention")
    ] = {}
    in_state_from: Annotated[
        int | None,
        unit("weeks", "Run week from which in_state holds; absent: from the beginning", ge=0, le=2000),
        RUN_WEEK,
    ] = None
    not_in: Annotated[list[str], Field(description="No talks while in the states that these interventions keep")] = []
    until_week: Annotated[
        int | None,
        unit("weeks", "Course week from which no talk is due any more; absent: none such", ge=1, le=2000),
        COURSE_WEEK,
    ] = None
    statutory_weeks: Annotated[
        int | None, unit("weeks", "Longest lawful time without a talk (priority statutory_first)", ge=1, le=520), TAKES
    ] = None
    self_booking: Annotated[
        Share, Field(description="Chance in a week that a ledig books a self-booked talk that is due")
    ] = 1.0
    before: Annotated[
        Before | None, Field(description="What it does to exits before the first held talk (threat); absent: nothing")
    ] = None
    then: Annotated[Then | None, Field(description="Plan that follows on this one; absent: it holds to the end")] = None
    spells: Annotated[
        Spells | None, Field(description="Only spells that begin in these weeks begin on it; absent: whenever they do")
    ] = None

    @model_validator(mode="after")
    def _every_or_talks(self) -> Plan:
        exactly_one(self, "every", "talks", "give exactly one of every (intervals) and talks (a list)")
        weeks = [i.from_week for i in self.every or []] or [t.week for t in self.talks or []]
        if sorted(set(weeks)) != weeks:
            raise ValueError(f"weeks must rise from one entry to the next (they are {weeks})")
        if self.every and self.every[0].from_week != 0:
            raise ValueError("the first interval must begin in week 0")
        if self.by_need and self.every is None:
            raise wrong_part("by_need", message="these rules are about intervals: they go with every, not with talks")
        if self.in_state_from is not None and not self.in_state:
            raise wrong_part("in_state_from", message="there is no in_state that could hold from then on")
        if self.before is not None and self.before.notice == "referral":
            message = "nobody is referred to a talk: the notice of it is enrolment or date"
            raise wrong_part("before.notice", message=message)
        return self

    def begun_in(self, jobcentre: str) -> bool:
        """Whether ledige of this jobcentre may begin on it."""
        return self.in_jobcentres is None or jobcentre in self.in_jobcentres

    def holders(self) -> list[str]:
        """The teams that hold its talks, as often as each has a turn."""
        return self.turns or [self.team]

    def begun_on(self, benefit: str) -> bool:
        """Whether ledige on this benefit may begin on it."""
        return self.benefits is None or benefit in self.benefits

    def on_one_benefit(self, other: Plan) -> bool:
        """Whether ledige on some benefit may begin on both."""
        return self.benefits is None or other.benefits is None or bool(set(self.benefits) & set(other.benefits))

    def since(self) -> str:
        """The ISO week from which on spells begin on it; "" for one that was there before any date."""
        return (self.spells and self.spells.since) or ""

    def begun_when(self, start: str) -> tuple[int, int]:
        """The first week of a run in which spells may begin on it, and the one after the last (NOT_PLANNED: none)."""
        return (0, NOT_PLANNED) if self.spells is None else self.spells.weeks(start)

    def apart_from(self, other: Plan) -> bool:
        """Whether no ledig of a jobcentre, on a benefit, can begin on both, because of a characteristic of hers."""
        return any(not set(self.levels[name]) & set(other.levels[name]) for name in self.levels.keys() & other.levels)

    def by_state(self, week: int) -> Mapping[str, str]:
        """The channels while in states that hold in this week of the run."""
        return self.in_state if self.in_state_from is None or week >= self.in_state_from else {}

    def channel_in(self, offer: str) -> str | None:
        """The channel while in an offer of this intervention; None: no change."""
        return self.in_offer.get(offer) if isinstance(self.in_offer, Mapping) else self.in_offer

    def channels_in_offers(self) -> set[str]:
        """Every channel that takes the place of the planned one in an offer."""
        by_offer = self.in_offer.values() if isinstance(self.in_offer, Mapping) else [self.in_offer]
        return {channel for channel in by_offer if channel is not None}

    def channels_by_need(self) -> set[str]:
        """Every channel that takes the place of the planned one by need."""
        return {rule.channel for rule in self.by_need if rule.channel is not None}

    def listed_in(self, talk: Talk) -> str:
        """The channel that a talk of the list is planned in."""
        return talk.channel or self.channel

    def channels(self) -> set[str]:
        """Every channel that some talk may be held in: the planned ones, and those that may take their place."""
        planned = {talk.week: self.listed_in(talk) for talk in self.talks or []}
        if self.talks is None:
            planned = {min(1, *self.first_week): self.channel}  # who comes from another plan may be met from week 1 on
        end, other = self.until_week or NOT_PLANNED, self.other_channel
        always_from = other.from_week if other and other.share >= 1 else end
        found = {channel for week, channel in planned.items() if week < min(always_from, end)}
        if other and other.share and other.from_week < end:
            found.add(other.channel)
        return found | set(self.in_state.values()) | self.channels_in_offers() | self.channels_by_need()


def one_after_the_other(plans: Mapping[str, Plan]) -> list[int]:
    """The numbers of plans, each before the one that follows it, so that somebody may go over from one to the next and
    to the one after it on the same mandag, in whatever order they are written."""
    before = dict.fromkeys(plans, 0)  # how many plans lead to each, one after the other
    for _ in plans:  # as often as the longest way has steps
        for name, plan in plans.items():
            if plan.then is not None and plan.then.plan in before:
                before[plan.then.plan] = max(before[plan.then.plan], before[name] + 1)
    return sorted(range(len(plans)), key=list(before.values()).__getitem__)
