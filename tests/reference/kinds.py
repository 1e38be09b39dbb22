"""WHICH RULES HOLD FOR WHICH KIND OF INTERVENTION, for the second engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions import Intervention
from simulation.interventions.jobklub import Jobklub
from simulation.interventions.praktik import Praktik
from simulation.interventions.samtaler import Samtaler
from simulation.interventions.virksomhedsforloeb import Virksomhedsforloeb
from simulation.scenario.schema import Scenario

from .beside import SmallJob
from .clubs import Clubs, Membership
from .courses import Course, Talks
from .firms import FirmPlacement
from .placement import Firms, Placement

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Nothing:
    """What a jobcentre has for an intervention that takes no places."""

    def serve(self, week: int, step: int) -> None: ...


def offered_by(world: Reference, number: int, settings: Intervention, jobcentre: str) -> Firms | Clubs | Nothing:
    """What a jobcentre has for an intervention; `serve` is called step by step on torsdag."""
    if isinstance(settings, Praktik | Virksomhedsforloeb):
        return Firms(world, settings, jobcentre)
    if isinstance(settings, Jobklub):
        return Clubs(world, number, settings, jobcentre)
    if isinstance(settings, Samtaler):
        return Nothing()
    raise TypeError(f"the second engine has no rules for {settings.kind}")


def courses_of(me: Ledig, scenario: Scenario) -> list[Course]:
    """What concerns a ledig of her arm, in declared order."""
    courses: list[Course] = []
    if scenario.job_spells and scenario.job_spells.beside_benefit:
        courses.append(SmallJob(me, scenario.job_spells.beside_benefit))
    for number, settings in enumerate(scenario.interventions.values(), start=1):
        if isinstance(settings, Samtaler):
            plans = [plan for plan in settings.plans.values() if me.arm in plan.arms]
            courses += [Talks(me, number, settings, plans[-1])] if plans else []
        elif me.arm in settings.referral:
            rules = {Praktik: Placement, Virksomhedsforloeb: FirmPlacement, Jobklub: Membership}
            courses.append(rules[type(settings)](me, number, settings))
    return courses
