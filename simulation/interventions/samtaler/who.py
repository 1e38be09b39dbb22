"""Who holds talks: what cannot be, and what never bites, of teams that take turns and of plans that follow offers."""

from __future__ import annotations

from collections.abc import Mapping

from simulation.interventions.contract import Found, Setting
from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan


def cannot_follow(plans: Mapping[str, Plan], setting: Setting) -> Found:
    """Plans that follow the offers of an intervention in which nobody ever is, nor in a state that it keeps."""
    for name, plan in plans.items():
        for key in ("begins", "ends") if plan.then else ():
            for number, other in enumerate(getattr(plan.then, key)):
                each = setting.interventions[other]
                if not each.marks_offers and not each.keeps_state:
                    message = f"nobody is ever in an offer of '{other}', and it keeps no state: nothing begins or ends"
                    yield ("plans", name, "then", key, number), message


def companions_of_groups(channels: Mapping[str, Channel], plans: Mapping[str, Plan]) -> Found:
    """The same person of a team for every ledig of a group meeting, who may have had others last time."""
    for name, plan in plans.items():
        for talk in plan.talks or []:
            channel = channels.get(plan.listed_in(talk))
            if talk.partner in plan.same_partner and channel is not None and channel.seats > 1:
                message = f"'{plan.listed_in(talk)}' is a group meeting: who sits in cannot be the same for all"
                yield ("plans", name, "same_partner", talk.partner or ""), message
                break


def never_alone(channels: Mapping[str, Channel], plans: Mapping[str, Plan]) -> Found:
    """Turns of the plan's own team alone, and a share of registered talks where none counts as one."""
    for name, plan in plans.items():
        if plan.turns and set(plan.turns) == {plan.team}:
            yield ("plans", name, "turns"), f"'{plan.team}' holds all talks of the plan anyway; it changes nothing"
        partners = {talk.partner for talk in plan.talks or []}
        for team in plan.same_partner:
            if team not in partners:
                yield ("plans", name, "same_partner", team), f"'{team}' sits in at no talk of the plan"
        if plan.unregistered and not any(channels[channel].counts for channel in plan.channels()):
            yield ("plans", name, "unregistered"), "no channel of the plan counts as a talk; it changes nothing"
