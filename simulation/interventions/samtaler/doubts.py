"""Talks that cannot be held: meetings of more ledige than a desk has."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Found, Setting, worst
from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan
from simulation.world.staff.teams import doing


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
