"""Talks that cannot be held: longer than a desk's week, or meetings of more ledige than a desk has."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from simulation.interventions.contract import Found, Setting, worst
from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan
from simulation.world.staff.teams import Team, doing


def too_long_for_a_desk(channels: Mapping[str, Channel], plans: Mapping[str, Plan], setting: Setting) -> Found:
    """Channels whose shortest talk takes more minutes than a desk has in a week, of a team that must hold it."""
    for name, channel in channels.items():
        too_long: dict[str, tuple[float, tuple[str | int, ...], str]] = {}
        for jobcentre in setting.jobcentres:
            teams = setting.teams_of(jobcentre)
            for asked, shortest in _asked_of(name, channel, plans):
                team = doing(teams, asked)
                there = math.floor(team.fte * team.minutes_per_week / team.desks() + 1e-9)
                beside = channel.preparation_minutes + channel.documentation_minutes
                takes = _shortened(shortest, team, channel) + beside
                if takes > there and team.fte:
                    what = "meeting" if channel.seats > 1 else "talk"
                    message = (
                        f"{jobcentre}: no {what} can be held: it takes {takes} minutes, and a desk of "
                        f"{teams[asked].done_by or asked} has {_week_of(team)} = {there} in a week"
                    )
                    doubt = (float(takes - there), ("channels", name, "minutes"), message)
                    too_long[jobcentre] = max(doubt, too_long.get(jobcentre, doubt))
        yield from worst(list(too_long.values()))


def _asked_of(name: str, channel: Channel, plans: Mapping[str, Plan]) -> Iterator[tuple[str, int]]:
    """Every team that is asked for talks in this channel, as the caseworker's or as partner, and the shortest length.
    A talk of the list may have its own."""
    usual = min(minutes for minutes, share in channel.minutes.items() if share)
    for plan in plans.values():
        talks, other = plan.talks or [], plan.other_channel
        in_place_of_others = {plan.in_offer, *plan.in_state.values(), *([other.channel] if other else [])}
        listed = [talk for talk in talks if plan.listed_in(talk) == name]
        lengths = {talk.week: usual if talk.minutes is None else talk.minutes for talk in listed}
        if name in plan.channels():
            yield plan.team, min([*lengths.values(), *([usual] if name in in_place_of_others or not lengths else [])])
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
