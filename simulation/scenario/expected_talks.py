"""When talks fall due and are asked for, on average, if every one is called in the week in which it is asked for.

Of those who stay. Who comes is due again by her plan, who does not come is called again the week after; a listed talk
that was not held when the next one is due gives way to it. The same chain is in the run (`samtaler/due.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan, Talk
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.allotting import share_of_arms
from simulation.scenario.begun import Comers
from simulation.scenario.schema import Scenario
from simulation.world.spec import NOT_PLANNED, Bools, Floats, Ints, mean
from simulation.world.staff.teams import Team

Way = tuple[str, str | None]
"""How talks are held: channel, and the team that sits in."""


class Part(NamedTuple):
    """Talks held in one way, per ledig: calls, those of them to talks that fall due in that very week, and minutes of
    both (without those of a group meeting, which are not hers but all of theirs). Arrays (course weeks, weeks of
    enrolment)."""

    calls: Floats
    due: Floats
    minutes: Floats
    due_minutes: Floats


class Followed(NamedTuple):
    """One plan of a chain, with the course weeks in which it begins and ends for those enrolled in each week; `moved`:
    who comes to it under way, from another rule."""

    plan: Plan
    begins: Ints
    ends: Ints
    moved: Bools


def followed(samtaler: Samtaler, begun: Plan, comers: Comers, start: str) -> Iterator[Followed]:
    """The chain of plans of those who come to one, in a run from the ISO week `start` on."""
    enrolled, begins, plan = np.arange(len(comers.begins)), comers.begins, begun
    moved = begins > 0
    while plan.then is not None and not (plan.then.begins or plan.then.ends):  # offers are left out
        at_date = plan.then.from_run_week(start) - enrolled
        then = at_date if plan.then.course_week is None else np.minimum(at_date, plan.then.course_week)
        ends = np.minimum(np.maximum(begins, then), comers.cut)
        yield Followed(plan, begins, ends, moved & (begins == comers.begins))
        plan, begins = samtaler.plans[plan.then.plan], np.where(ends < comers.cut, ends, NOT_PLANNED)
    yield Followed(plan, begins, comers.cut, moved & (begins == comers.begins))


def parts_of(samtaler: Samtaler, follows: Followed, weeks: int) -> dict[Way, Part]:
    """What is asked of staff for each who follows a plan."""
    plan = follows.plan
    due, asked = _asked(samtaler, follows, weeks)
    again = asked - due
    ways: dict[Way, Floats] = {}  # by course week: the share of talks that are held so, and minutes of each
    for week in range(weeks):
        talk = talk_at(plan, week)
        for name, share in channels_at(plan, talk, week).items():
            way = name, talk.partner if talk is not None and samtaler.channels[name].counts else None
            ways.setdefault(way, np.zeros((2, weeks)))[:, week] = share, length(samtaler, plan, talk, name)
    parts: dict[Way, Part] = {}
    for way, (shares, minutes) in ways.items():
        share, minutes = shares[:, None], minutes[:, None]
        calls, falls_due = asked * share, due * share
        due_minutes = falls_due * minutes
        called_again = again * share * (minutes + samtaler.attendance.rebooking_minutes)
        parts[way] = Part(calls, falls_due, due_minutes + called_again, due_minutes)
    return parts


def hands(plan: Plan, holder: str, sits_in: str | None, teams: Mapping[str, Team]) -> Iterator[tuple[str, float]]:
    """Who sits at the talks of a plan, with the part of them that each has; `holder` is the team of the case."""
    for name in plan.holders():
        yield holder if name == plan.team else teams[name].done_by or name, 1 / len(plan.holders())
    if sits_in is not None:
        yield sits_in, 1.0


def meetings(due: Floats, channel: Channel, desks: int) -> Floats:
    """Group meetings by week, if so many are due and evenly spread: at every desk that has somebody due as many as she
    needs seats for, one or more, unless they must wait for others. Where desks are one, meetings are full."""
    busy = np.minimum(due, desks)  # desks that have somebody due
    seats_taken = due / np.maximum(busy, 1e-9) / channel.seats
    at_each = np.ceil(seats_taken - 1e-9) if desks > 1 else np.maximum(seats_taken, 1.0)
    number: Floats = np.minimum(busy * at_each, due / channel.seats_min)
    return number


def of_each(channel: Channel) -> float:
    """Minutes that a talk or meeting takes, with what is beside it."""
    return mean(channel.minutes) + channel.beside_minutes


class Talking:
    """What a plan says of talks by course week, each of shape (course weeks,): their mean `minutes` (of full meetings
    those of each) and mean `squares` of them, part of those called who `comes`, part of those due who `books`, whether
    a talk is `listed` there, and weeks (`gap`) to the talk after one that is done with there, 0 for none."""

    def __init__(self, samtaler: Samtaler, plan: Plan, weeks: int) -> None:
        self.listed = np.zeros(weeks, dtype=bool)
        self.gap = np.zeros(weeks, dtype=np.int64)
        self.minutes, self.squares, self.comes, self.books = *np.zeros((3, weeks)), np.ones(weeks)
        for week in range(weeks):
            talk = talk_at(plan, week)
            ways = channels_at(plan, talk, week)
            self.listed[week] = talk is not None and talk.week == week
            self.comes[week] = sum(part * samtaler.channels[name].attendance for name, part in ways.items())
            for name, part in ways.items():
                seats = samtaler.channels[name].seats
                of_meeting = of_each(samtaler.channels[name]) / seats if seats > 1 else 0.0
                minutes = length(samtaler, plan, talk, name) + of_meeting
                spread = samtaler.channels[name].minutes if talk is None or talk.minutes is None else {}
                self.minutes[week] += part * minutes
                self.squares[week] += part * (minutes**2 + _variance(spread))
            if talk is not None and talk.self_booked:
                self.books[week] = plan.self_booking
            if (following := _next(plan, week)) < (plan.until_week or NOT_PLANNED):
                self.gap[week] = following - week if following != NOT_PLANNED else 0


def _variance(distribution: Mapping[int, float]) -> float:
    middle = mean(distribution)
    return sum(share * (value - middle) ** 2 for value, share in distribution.items())


def first_due(follows: Followed, weeks: int) -> Floats:
    """When the first talk on a plan falls due: shares by course week, shape (course weeks, weeks of enrolment)."""
    plan, begins, ends, moved = follows
    due = np.zeros((weeks, len(begins)))
    last = np.minimum(ends, plan.until_week or NOT_PLANNED)
    for week, share in ({plan.talks[0].week: 1.0} if plan.talks else plan.first_week).items():
        if week < weeks:
            due[week] += share * ((begins == 0) & (week < last))
    for row in np.flatnonzero((begins > 0) & (begins < weeks)).tolist():  # as if a talk had been held the week before
        if moved[row] and plan.every:  # or some time in the interval
            soon = np.arange(begins[row], _next(plan, int(begins[row]) - 1) + 1)
            due[soon[soon < min(weeks, int(last[row]))], row] = 1 / len(soon)
        elif (week := _next(plan, int(begins[row]) - 1)) < min(weeks, int(last[row])):
            due[week, row] = 1.0
    return due


def _asked(samtaler: Samtaler, follows: Followed, weeks: int) -> tuple[Floats, Floats]:
    """Talks that fall due (and are booked), and all that are asked for: shape (course weeks, weeks of enrolment)."""
    plan, begins, ends, _ = follows
    says, falls_due = Talking(samtaler, plan, weeks), first_due(follows, weeks)
    due, asked = np.zeros((2, weeks, len(begins)))
    waits = np.zeros(len(begins))  # who was called and did not come, or has not booked
    for week in range(weeks):
        if says.listed[week]:
            falls_due[week] += waits
            waits = np.zeros(len(begins))
        on_it = (begins <= week) & (week < ends) & (week < (plan.until_week or NOT_PLANNED))
        due[week] = says.books[week] * falls_due[week] * on_it
        asked[week] = due[week] + says.books[week] * waits * on_it
        held = says.comes[week] * asked[week]
        waits = (falls_due[week] + waits) * on_it - held
        if says.gap[week] and week + says.gap[week] < weeks:
            falls_due[week + says.gap[week]] += held
    return due, asked


def asked_from_enrolment(samtaler: Samtaler, plan: Plan, weeks: int) -> Floats:
    """Talks asked for by course week, of who is on this plan from her enrolment on: shape (course weeks,)."""
    always = Followed(plan, np.zeros(1, dtype=np.int64), np.full(1, NOT_PLANNED), np.zeros(1, dtype=bool))
    return _asked(samtaler, always, weeks)[1][:, 0]


def worth_by_week(samtaler: Samtaler, begun: Plan, weeks: int) -> Floats:
    """What held talks of those who begin on a plan come to by course week, on it and on the plans that follow it by
    course week, if every one is called in its week: one in person is 1. Shape (course weeks,)."""
    worth, plan, begins = np.zeros(weeks), begun, 0
    while True:
        then = plan.then
        ends = NOT_PLANNED if then is None or then.course_week is None else max(then.course_week, begins)
        on_it = Followed(plan, np.array([begins]), np.array([ends]), np.zeros(1, dtype=bool))
        asked = _asked(samtaler, on_it, weeks)[1][:, 0]
        for week in np.flatnonzero(asked).tolist():
            for name, share in channels_at(plan, talk_at(plan, week), week).items():
                channel = samtaler.channels[name]
                worth[week] += asked[week] * share * channel.attendance * channel.effect * channel.counts
        if then is None or ends == NOT_PLANNED:
            return worth
        plan, begins = samtaler.plans[then.plan], ends


def length(samtaler: Samtaler, plan: Plan, talk: Talk | None, name: str) -> float:
    """Minutes of a talk in this channel; none of a group meeting."""
    channel = samtaler.channels[name]
    minutes = of_each(channel) if channel.seats == 1 else 0.0
    if talk is not None and talk.minutes is not None and name == plan.listed_in(talk):
        minutes += talk.minutes - mean(channel.minutes)
    return minutes


def _next(plan: Plan, week: int) -> int:
    """Course week of the talk after one that is done with in this course week; NOT_PLANNED: none."""
    if plan.talks is not None:
        return min((talk.week for talk in plan.talks if talk.week > week), default=NOT_PLANNED)
    intervals = [interval.weeks for interval in plan.every or [] if interval.from_week <= week]
    return week + intervals[-1]


def talk_at(plan: Plan, week: int) -> Talk | None:
    """The listed talk that may be due in this course week: the last one up to it."""
    return next((talk for talk in reversed(plan.talks or []) if talk.week <= week), None)


def channels_at(plan: Plan, talk: Talk | None, week: int) -> dict[str, float]:
    """The channels of talks in this course week, with the share of each."""
    own, other = plan.channel if talk is None else plan.listed_in(talk), plan.other_channel
    if other and week >= other.from_week and other.channel != own:
        return {own: 1 - other.share, other.channel: other.share}
    return {own: 1.0}


def share_of(scenario: Scenario, begun: Plan) -> float:
    """Share of all enrolled who begin on this plan."""
    return share_of_arms(scenario, begun.arms) * _levels(scenario, begun)


def _levels(scenario: Scenario, plan: Plan) -> float:
    """Share of ledige who have the levels that a plan is for."""
    shares = [sum(scenario.subgroups[name][level].share for level in levels) for name, levels in plan.levels.items()]
    return float(np.prod(shares))


def not_covered(scenario: Scenario, plan: Plan, others: list[tuple[Samtaler, Plan]], weeks: int) -> Floats:
    """Share of a plan's talks, by course week, that are not also talks of the `others`, plans of the same team."""
    alone = np.ones(weeks)
    for samtaler, other in others:
        if set(plan.arms) & set(other.arms) and not plan.apart_from(other) and plan.on_one_benefit(other):
            both = _levels(scenario, other) if not plan.levels else 1.0
            alone -= both * asked_from_enrolment(samtaler, other, weeks)
    return np.maximum(alone, 0.0)
