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


def never_alone(channels: Mapping[str, Channel], plans: Mapping[str, Plan]) -> Found:
    """Turns of the plan's own team alone, and a share of registered talks where none counts as one."""
    for name, plan in plans.items():
        if plan.turns and set(plan.turns) == {plan.team}:
            yield ("plans", name, "turns"), f"'{plan.team}' holds all talks of the plan anyway; it changes nothing"
        if plan.unregistered and not any(channels[channel].counts for channel in plan.channels()):
            yield ("plans", name, "unregistered"), "no channel of the plan counts as a talk; it changes nothing"
