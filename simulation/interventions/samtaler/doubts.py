"""Talks that cannot be held: longer than a desk's week, meetings of more ledige than a desk has, or planned for when a
plan is over."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulation.interventions.contract import Found, Setting, worst
from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan
from simulation.world.spec import NOT_PLANNED
from simulation.world.staff.teams import Team, doing


def too_long_for_a_desk(channels: Mapping[str, Channel], plans: Mapping[str, Plan], setting: Setting) -> Found:
    """Channels some of whose talks take more minutes than a desk has in a week, of a team that must hold them: by the
    jobcentre where that is worst, and by every organisation model that no jobcentre has yet."""
    places = {jobcentre: setting.teams_of(jobcentre) for jobcentre in setting.jobcentres}
    unused = setting.teams_by_unused_model()
    models = {f"{name} (a model that no jobcentre has)": teams for name, teams in unused.items()}
    for name, channel in channels.items():
        asked = list(_asked_of(name, channel, plans))
        path = ("channels", name, "minutes")
        found = [(where, longest) for where, teams in places.items() if (longest := _too_long(channel, asked, teams))]
        yield from worst([(excess, path, f"{where}: {words}") for where, (excess, words) in found])
        told = {words for _, (_, words) in found}
        for where, teams in models.items():
            if (longest := _too_long(channel, asked, teams)) and longest[1] not in told:
                yield path, f"{where}: {longest[1]}"


def _too_long(
    channel: Channel, asked: Sequence[tuple[str, set[int]]], teams: Mapping[str, Team]
) -> tuple[float, str] | None:
    """The team whose desks are the most minutes too small for what they are `asked` (team and lengths of talks): how
    many, and the sum in words; None if there is none."""
    found = []
    for name, lengths in asked:
        team = doing(teams, name)
        there = math.floor(team.fte * team.minutes_per_week / team.desks() + 1e-9)
        beside = channel.beside_minutes
        takes = {_shortened(minutes, team, channel) + beside for minutes in lengths}
        if max(takes) > there and team.fte:
            what = "meeting" if channel.seats > 1 else "talk"
            shortest = min(each for each in takes if each > there)
            which = f"no {what} can be held: it takes {shortest} minutes"
            if min(takes) <= there:
                which = f"some {what}s can never be held: they take {shortest} minutes"
            of_desk = f"a desk of {teams[name].done_by or name} has {_week_of(team)} = {there} in a week"
            found.append((float(max(takes) - there), f"{which}, and {of_desk}"))
    return max(found, default=None)


def never_held(plans: Mapping[str, Plan], priority: str) -> Found:
    """What plans say of weeks in which they are over or have not begun, and of rules that do not hold."""
    entered = _entered(plans)
    for name, plan in plans.items():
        if name not in entered:
            if "arms" in plan.model_fields_set:
                continue  # `arms: []` takes a plan away
            yield ("plans", name), "no arm begins on this plan, and no other plan leads to it: nobody follows it"
            continue
        begins, (ends, why) = entered[name], _over(plan)
        first = min(plan.first_week) if plan.every is not None else plan.talks[0].week if plan.talks else 0
        if first >= ends and plan.arms:
            yield ("plans", name, why), f"no talk is ever due: the first is in course week {first}, and {why} is {ends}"
            continue
        for number, talk in enumerate(plan.talks or []):
            place = ("plans", name, "talks", number, "week")
            if talk.week >= ends:
                yield place, f"this talk is never held: it is due in course week {talk.week}, and {why} is {ends}"
            elif talk.week < begins:
                yield place, f"this talk is never held: it is due in course week {talk.week}, and nobody is on the " + (
                    f"plan before week {begins}"
                )
        for number, interval in enumerate(plan.every or []):
            if interval.from_week >= ends:
                sentence = f"never holds: it begins in course week {interval.from_week}, and {why} is {ends}"
                yield ("plans", name, "every", number, "from_week"), sentence
        if plan.other_channel and plan.other_channel.from_week >= ends:
            sentence = f"never used: it begins in course week {plan.other_channel.from_week}, and {why} is {ends}"
            yield ("plans", name, "other_channel", "from_week"), sentence
        if plan.self_booking < 1 and not any(talk.self_booked for talk in plan.talks or []):
            yield ("plans", name, "self_booking"), "no talk of this plan is self_booked; it changes nothing"
        if plan.statutory_weeks is not None and priority != "statutory_first":
            yield ("plans", name, "statutory_weeks"), f"priority is {priority}, so it changes nothing"
    if priority == "statutory_first" and all(plan.statutory_weeks is None for plan in plans.values()):
        yield ("priority",), "no plan states statutory_weeks, so nobody is first: it is as longest_overdue"


def _over(plan: Plan) -> tuple[int, str]:
    """The course week from which a plan holds no talk any more, and the key that says so."""
    ends = {"until_week": plan.until_week, "then": plan.then.course_week if plan.then else None}
    return min(((week, key) for key, week in ends.items() if week is not None), default=(NOT_PLANNED, ""))


def _entered(plans: Mapping[str, Plan]) -> dict[str, int]:
    """The plans that somebody follows, with the first course week in which anybody does."""
    entered = {name: 0 for name, plan in plans.items() if plan.arms}
    asked = list(entered)
    while asked:
        then = plans[begun := asked.pop()].then
        if then is not None:
            week = max(entered[begun], then.course_week or 0)
            if week < entered.get(then.plan, NOT_PLANNED):
                entered[then.plan] = week
                asked.append(then.plan)
    return entered


def _asked_of(name: str, channel: Channel, plans: Mapping[str, Plan]) -> Iterator[tuple[str, set[int]]]:
    """Every team that is asked for talks in this channel, as the caseworker's or as partner, and their lengths. A talk
    of the list may have its own."""
    usual = {minutes for minutes, share in channel.minutes.items() if share}
    for plan in plans.values():
        talks, other = plan.talks or [], plan.other_channel
        in_place_of_others = plan.channels_in_offers() | plan.channels_by_need() | set(plan.in_state.values())
        in_place_of_others |= {other.channel} if other else set()
        listed = [talk for talk in talks if plan.listed_in(talk) == name]
        lengths = {talk.week: usual if talk.minutes is None else {talk.minutes} for talk in listed}
        if name in plan.channels():
            asked = set().union(*lengths.values(), usual if name in in_place_of_others or not lengths else ())
            yield from ((team, asked) for team in plan.holders())
        for talk in listed if channel.counts else ():
            if talk.partner is not None:
                yield talk.partner, lengths[talk.week]


def _shortened(minutes: int, team: Team, channel: Channel) -> int:
    """Minutes of a talk that is shortened as far as may be; meetings and letters are not."""
    if team.squeeze is None or channel.seats > 1 or not channel.counts:
        return minutes
    return math.floor(minutes * team.squeeze.shortest + 1e-9)


def _week_of(team: Team) -> str:
    """The minutes of a desk, as a sum that can be done by hand."""
    shared = f" / {team.desks()} desks" if team.desks() > 1 else ""
    return f"{team.fte:g} full-time × {team.minutes_per_week}{shared}"


def too_few_at_a_desk(
    channels: Mapping[str, Channel], plans: Mapping[str, Plan], caseworker: bool, setting: Setting
) -> Found:
    """Plans that lead to meetings for which a desk has too few ledige; `caseworker`: their teams have the cases."""
    for name, plan in plans.items():
        least = max((channels[channel].seats_min for channel in plan.channels()), default=1)
        short = []
        for jobcentre, persons in setting.persons().items():
            if not plan.begun_in(jobcentre):
                continue
            teams = setting.teams_of(jobcentre)
            team = doing(teams, plan.team)
            each, desks = team.room() // team.desks(), team.desks()
            if caseworker and each < least and team.at_limit != "exceed" and team.fte:
                message = f"{jobcentre}: no meeting of {least} or more is called at a desk of {each} cases at most"
                short.append((float(least - each), ("plans", name, "team"), message))
            elif 0 < persons < least * desks and team.fte:
                shared = f" / {desks} desks = {persons / desks:.2g} each" if desks > 1 else ""
                message = f"{jobcentre}: hardly any meeting of {least} or more is called: {persons} ledige{shared}"
                short.append((least - persons / desks, ("plans", name, "team"), message))
        yield from worst(short)


def without_effect(
    channels: Mapping[str, Channel], plans: Mapping[str, Plan], dose: bool, of_teams: Iterable[str], setting: Setting
) -> Found:
    """A `dose` of talks none of which counts, and `of_teams`, teams that have a factor and hold no talk."""
    if dose and not any(channel.counts and channel.effect for channel in channels.values()):
        yield ("dose",), "no channel counts as a talk with an effect (counts, effect), so nothing is ever changed"
    hold = {team for jobcentre in setting.jobcentres for team in _holding(plans, setting.teams_of(jobcentre))}
    for team in of_teams:
        if team not in hold:
            yield ("quality", "teams", team), f"'{team}' holds no talk of these and sits in at none; it changes nothing"


def _holding(plans: Mapping[str, Plan], teams: Mapping[str, Team]) -> set[str]:
    """Teams that hold talks of these plans in a jobcentre or sit in at them; full teams send cases on."""
    to_do = [team for plan in plans.values() for team in plan.holders()]
    to_do += [talk.partner for plan in plans.values() for talk in plan.talks or [] if talk.partner is not None]
    holding = set[str]()
    while to_do:
        name = to_do.pop()
        team = doing(teams, name)
        its_name = teams[name].done_by or name
        if its_name not in holding:
            holding.add(its_name)
            to_do += [team.overflow_to] if team.at_limit == "overflow" and team.overflow_to is not None else []
    return holding
