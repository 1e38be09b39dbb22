"""Samtaler: who is due for a talk, whom the jobcentre calls, who comes, and what a held talk does.

What the evidence says. In På rette vej i job the trial demanded a talk every week; about 82 % of the weeks had one,
the rest was mainly no-shows (udeblivelse), and employment did not move (Rambøll 2013, p. 4-5 [1-2]). So talks have no
effect unless a scenario gives them one, and what it gives must bring a source.

A ledig follows a *plan*: talks at intervals, or in listed weeks. She stays due until she is called and comes. When
due, she asks for minutes; the jobcentre calls as many as it has minutes for. Who does not come has used up the slot,
is rebooked, and costs some minutes more the next time.

A scenario may have several kinds of talk at once, such as follow-up by law and weekly contact talks. A talk with the
team that holds both counts as both; where two teams hold them, there are two tracks, and twice the talks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from simulation.interventions.contract import (
    KIND,
    Effects,
    Found,
    Intervention,
    Lives,
    Measured,
    Outcome,
    People,
    Setting,
    Sum,
    Totals,
    Treats,
    of_effects,
    offerless,
    stateless,
)
from simulation.interventions.parts.before import named_within
from simulation.interventions.parts.visitation import unknown_levels
from simulation.interventions.samtaler.attendance import Attendance
from simulation.interventions.samtaler.by_need import impossible, left_out_of_the_load, named_in_rules, never_so
from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.dose import Dose
from simulation.interventions.samtaler.doubts import never_held, too_few_at_a_desk, too_long_for_a_desk, without_effect
from simulation.interventions.samtaler.idle import COUNTS as OF_IDLE
from simulation.interventions.samtaler.idle import OUTCOMES as IDLE
from simulation.interventions.samtaler.idle import IdleKey
from simulation.interventions.samtaler.outcomes import COUNTS, OUTCOMES, REFUSALS, by_week, of_lives, of_teams
from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.quality import Quality
from simulation.interventions.samtaler.who import cannot_follow, companions_of_groups, never_alone
from simulation.world.clocks import Lasts
from simulation.world.labels import Label
from simulation.world.register import MAX_CHANNELS
from simulation.world.spec import (
    Weeks,
    unit,
    wrong_part,
)


class Samtaler(Treats):
    """Talks between ledige and jobcentre."""

    kind: Annotated[Literal["samtaler"], KIND]
    channels: Annotated[
        dict[str, Channel], Field(description="Ways to hold a talk, by name", min_length=1, max_length=MAX_CHANNELS)
    ]
    plans: Annotated[
        dict[str, Plan], Field(description="Contact plans, by name: who is due for a talk, and when", min_length=1)
    ]
    caseworker: Annotated[
        bool, Field(description="Whether the plan's team has the ledig as its case; false: it talks beside whoever has")
    ] = True
    attendance: Annotated[
        Attendance, Field(description="What makes attendance differ between ledige and jobcentres")
    ] = Attendance()
    priority: Annotated[
        Literal["longest_overdue", "statutory_first", "newest_first", "need_first", "lot"],
        Field(description="Who is called first; ties are decided by lot"),
    ] = "longest_overdue"
    need: Annotated[
        dict[str, list[str]],
        Field(max_length=1, description="With need_first: a characteristic and its levels, the most in need first"),
    ] = {}
    effects: Annotated[Effects, Field(description="Factor on exit intensities after a held personal talk")] = {}
    window_weeks: Annotated[
        Weeks, Field(description="Weeks after a held talk in which it has an effect"), Lasts(("effects",))
    ] = 2
    halving_talks: Annotated[
        float | None,
        unit("talks", "Held talks after which a further one has half the effect; absent: no fatigue", gt=0, le=1000),
    ] = None
    dose: Annotated[
        Dose | None, Field(description="What talks do by their number a month, instead of `effects`; absent: nothing")
    ] = None
    quality: Annotated[Quality, Field(description="What a talk's effect depends on beside its channel")] = Quality()
    idle_talks: IdleKey = None

    label: ClassVar[Label] = Label("Talks", "Samtaler")
    refers: ClassVar[Mapping[str, str]] = {
        "effects.<key>": "exits",
        "dose.exits.<key>": "exits",
        "quality.teams.<key>": "teams",
        "attendance.jobcentre_odds.<key>": "jobcentres",
        "plans.*.arms.*": "arms",
        "plans.*.in_jobcentres.*": "jobcentres",
        "plans.*.benefits.*": "benefits",
        "plans.*.levels.<key>": "subgroups",
        "need.<key>": "subgroups",
        "plans.*.in_state.<key>": "interventions",
        "plans.*.in_state.*": "own channels",
        "plans.*.not_in.*": "interventions",
        "plans.*.team": "case_teams",
        **named_in_rules("plans.*.by_need.*"),
        "plans.*.turns.*": "teams",
        "plans.*.same_partner.<key>": "teams",
        "plans.*.then.begins.*": "interventions",
        "plans.*.then.ends.*": "interventions",
        **named_within("plans.*.before"),
        "plans.*.channel": "own channels",
        "plans.*.in_offer": "own channels",
        "plans.*.in_offer.<key>": "interventions",
        "plans.*.in_offer.*": "own channels",
        "plans.*.other_channel.channel": "own channels",
        "plans.*.talks.*.channel": "own channels",
        "plans.*.talks.*.partner": "teams",
        "plans.*.then.plan": "own plans",
    }

    may_change: ClassVar[frozenset[str]] = frozenset({
        *(f"channels.*.{key}" for key in ("minutes", "attendance", "effect", "preparation_minutes", "travel_minutes",
                                          "documentation_minutes", "seats", "seats_min")),
        "attendance.weekly_odds", "attendance.rebooking_minutes", "attendance.trust.per_talk",
        "attendance.trust.full_after", "window_weeks", "halving_talks",
        "plans.*.every.*.weeks", "plans.*.by_need.*.weeks", "plans.*.by_need.*.after_weeks",
        "plans.*.talks.*.minutes", "plans.*.self_booking", "plans.*.statutory_weeks",
        "plans.*.other_channel.from_week", "plans.*.other_channel.share", "plans.*.unregistered",
        *of_effects("effects"),
    })  # fmt: skip
    holds_talks: ClassVar[bool] = True
    counts: ClassVar[Mapping[str, Label]] = {
        "held": Label("{name}: talks held", "{name}: afholdte samtaler"),
        "covered": Label("{name}: talks held as another kind", "{name}: samtaler holdt som en anden slags"),
    }
    outcomes: ClassVar[Mapping[str, Outcome]] = {
        "held": Outcome(
            "talks", "Talks held of this kind, where there are several; everybody, whole run", Sum("held"),
            label=Label("{name}: talks held", "{name}: afholdte samtaler"),
        ),
        "covered": Outcome(
            "talks",
            "... that were held as talks of another kind by the same team; everybody, whole run",
            Sum("covered"),
            label=Label("{name}: talks held as another kind", "{name}: samtaler holdt som en anden slags"),
        ),
    }
    further_counts: ClassVar[Mapping[str, Label]] = OF_IDLE
    further_outcomes: ClassVar[Mapping[str, Outcome]] = IDLE
    common_counts: ClassVar[Mapping[str, Label]] = COUNTS
    common_outcomes: ClassVar[Mapping[str, Outcome]] = OUTCOMES
    refusals: ClassVar[Sequence[str]] = REFUSALS

    @property
    def its_counts(self) -> Mapping[str, Label]:
        return {**self.counts, **(OF_IDLE if self.idle_talks else {})}

    @property
    def its_outcomes(self) -> Mapping[str, Outcome]:
        return {**self.outcomes, **(IDLE if self.idle_talks else {})}

    @model_validator(mode="after")
    def _one_saturation(self) -> Samtaler:
        beside = [key for key in ("effects", "window_weeks", "halving_talks") if key in self.model_fields_set]
        beside = [key for key in beside if getattr(self, key) not in ({}, None)]
        if self.dose is not None and beside:
            message = f"a talk has one effect, by dose or by {', '.join(beside)}: take one or the other away (by null)"
            raise wrong_part(*beside, "dose", message=message)
        return self

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        if not isinstance(own, Samtaler):
            return
        if list(own.channels) != list(self.channels):
            message = "the register shows the same channels everywhere, and in the same order: "
            yield ("channels",), f"{message}{', '.join(self.channels)} (got {', '.join(own.channels)})"
            return
        if own.idle_talks != self.idle_talks:
            yield ("idle_talks",), "'idle_talks' is the same in all jobcentres: it stands in the intervention itself"
        for name, channel in self.channels.items():
            for key in ("counts", "in_person"):
                if getattr(own.channels[name], key) != getattr(channel, key):
                    yield ("channels", name, key), f"'{key}' of a channel is the same in all jobcentres"

    def problems(self, setting: Setting) -> Found:
        kinds = [each for each in setting.interventions.values() if isinstance(each, Samtaler)]
        channels = sum(len(each.channels) for each in kinds)
        if channels > MAX_CHANNELS and self is kinds[-1]:
            yield ("channels",), f"all talks have {channels} channels; the register has room for {MAX_CHANNELS}"
        for path, message in unknown_levels(self.need, setting):
            yield ("need", *path), message
        if (self.priority == "need_first") != bool(self.need):
            there = ", ".join(setting.subgroups) or "no characteristic here"
            yield ("priority",), f"need_first and need go together: name a characteristic and its levels (of {there})"
        for name, plan in self.plans.items():
            for path, message in unknown_levels(plan.levels, setting):
                yield ("plans", name, "levels", *path[:1]), message
            yield from stateless(("plans", name, "in_state"), plan.in_state, setting)
            yield from stateless(("plans", name, "not_in"), plan.not_in, setting)
            yield from impossible(("plans", name, "by_need"), plan.by_need, setting)
        for destination, size in self.dose.exits.items() if self.dose else ():
            if size == 0:
                message = "a factor of 0 has no log, and a single talk would keep everybody for good: write a size"
                yield ("dose", "exits", destination), message
        yield from cannot_follow(self.plans, setting)
        yield from companions_of_groups(self.channels, self.plans)
        yield from self._of_meetings()

    def _of_meetings(self) -> Found:
        """What a group meeting cannot be."""
        for name, channel in self.channels.items():
            if channel.seats_min > channel.seats:
                message = f"a meeting of {channel.seats_min} or more does not fit on seats: {channel.seats}"
                yield ("channels", name, "seats_min"), message
            if channel.seats > 1 and len(channel.minutes) > 1:
                message = "a group meeting has one length, whoever comes: write a single number of minutes"
                yield ("channels", name, "minutes"), message
            if channel.seats > 1 and not channel.counts:
                yield ("channels", name, "seats"), "what does not count as a talk (a letter) is no group meeting"
        for name, plan in self.plans.items():
            for number, talk in enumerate(plan.talks or []):
                channel_name = plan.listed_in(talk)
                if talk.minutes is not None and channel_name in self.channels and self.channels[channel_name].seats > 1:
                    message = f"'{channel_name}' is a group meeting, which has the same minutes for all who meet"
                    yield ("plans", name, "talks", number, "minutes"), message

    def doubts(self, setting: Setting) -> Found:
        """Talks that cannot be held: too long for a week, in weeks in which a plan is over, or meetings to which a
        caseworker has too few cases."""
        yield from too_long_for_a_desk(self.channels, self.plans, setting)
        yield from never_held(self.plans, self.priority)
        for name, plan in self.plans.items():
            yield from never_so(("plans", name, "by_need"), [e.weeks for e in plan.every or []], plan.by_need, setting)
            for offer in plan.in_offer if isinstance(plan.in_offer, Mapping) else ():
                yield from offerless(("plans", name, "in_offer", offer), offer, setting)
        yield from never_alone(self.channels, self.plans)
        yield from too_few_at_a_desk(self.channels, self.plans, self.caseworker, setting)
        yield from without_effect(self.channels, self.plans, self.dose is not None, self.quality.teams, setting)

    def derived(self) -> Found:
        for name, plan in self.plans.items():
            if plan.by_need:
                weeks = [each.weeks for each in plan.every or []]
                yield ("plans", name, "by_need"), left_out_of_the_load(weeks, plan.by_need)
        if self.dose is not None:
            for destination, sentence in self.dose.in_words(self.channels):
                yield ("dose", "exits", destination), sentence

    def measured(self, total: Totals, setting: Setting) -> Measured:
        several = sum(each.holds_talks for each in setting.interventions.values()) > 1
        return {
            name: each for name, each in super().measured(total, setting).items() if several or name in IDLE
        }

    @classmethod
    def measured_together(cls, every: Sequence[Intervention], total: Totals, setting: Setting) -> Measured:
        talks = [
            talk for each in every if isinstance(each, Samtaler) for plan in each.plans.values()
            for talk in plan.talks or []
        ]  # fmt: skip
        names = ["no_time_share"]
        names += ["no_partner_share"] if any(talk.partner for talk in talks) else []
        names += ["not_booked_share"] if any(talk.self_booked for talk in talks) else []
        plans = [plan for each in every if isinstance(each, Samtaler) for plan in each.plans.values()]
        names += ["same_partner_share"] if any(plan.same_partner for plan in plans) else []
        channels = [channel for each in every if isinstance(each, Samtaler) for channel in each.channels.values()]
        names += ["too_few_share"] if any(channel.seats_min > 1 for channel in channels) else []
        names += ["no_caseworker_share", *(["overtaken_share"] if talks else [])]
        return {**{name: OUTCOMES[name].measured(total) for name in names}, **cls.measured_of_teams(total, setting)}

    @classmethod
    def measured_of_teams(cls, total: Totals, setting: Setting) -> Measured:
        teams = [team for place in setting.jobcentres for team in setting.teams_of(place).values()]
        covers = setting.staff_changes or any(team.substitution != "none" for team in teams)
        return of_teams(total, setting.weeks, setting.staff_changes, covers)

    @classmethod
    def measured_of_lives(cls, lives: Lives) -> Measured:
        return of_lives(lives)

    @classmethod
    def measured_by_week(cls, people: People) -> Measured:
        return by_week(people)
