"""WHICH RULES HOLD FOR WHICH KIND OF INTERVENTION, for the second engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from simulation.interventions import Intervention
from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.interventions.delvis_raskmelding import DelvisRaskmelding
from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.interventions.fritagelse import Fritagelse
from simulation.interventions.incitament import Incitament
from simulation.interventions.jobklub.settings import Jobklub
from simulation.interventions.koordineret_indsats import Koordineret
from simulation.interventions.loentilskud import Loentilskud
from simulation.interventions.mentor import Mentor
from simulation.interventions.praktik import Praktik
from simulation.interventions.raadighed.settings import Raadighed
from simulation.interventions.revurdering import Revurdering
from simulation.interventions.sagsarbejde.settings import Sagsarbejde
from simulation.interventions.samtaler.settings import Samtaler
from simulation.interventions.sygdom import Sygdom
from simulation.interventions.vikar.settings import Vikar
from simulation.interventions.virksomhedsforloeb import Virksomhedsforloeb
from simulation.scenario.schema import Scenario

from .basics import there
from .beside import SmallJob
from .bureaus import Bureaus, Temp
from .casework import Casework, Workroom
from .checks import Availability, Checkers
from .clubs import Clubs, Membership
from .coordination import Coordinators, Need
from .courses import Course
from .firms import FirmPlacement
from .formidling import Brokering, Brokers
from .mentors import Mentored, Mentors
from .outreach import Counted, Monitor
from .pakker import Bundle, Parts
from .placement import Firms, Placement
from .quality import Worth
from .subsidised import SubsidisedJob
from .syge import Exemption, PartTime, Reassessment, Sickness
from .talks import Talks

if TYPE_CHECKING:
    from .engine import Ledig, Reference


HERS = {
    Fritagelse: Exemption,
    DelvisRaskmelding: PartTime,
    Revurdering: Reassessment,
    Sygdom: Sickness,
    Koordineret: Need,
    Raadighed: Availability,
    Sagsarbejde: Casework,
}
"""What concerns everybody, whatever her arm."""


OFFERS = {
    Praktik: Placement,
    Loentilskud: SubsidisedJob,
    Virksomhedsforloeb: FirmPlacement,
    Jobklub: Membership,
    AktiveTilbud: Bundle,
    Vikar: Temp,
    Mentor: Mentored,
}
"""What ledige of some arms are referred to."""


class Offered(Protocol):
    """What a jobcentre has for an intervention."""

    def serve(self, week: int, step: int) -> None:
        """torsdag: it is called step by step."""

    def become(self, settings: Any, jobcentre: str) -> None:
        """A date: what it is from now on."""


class Nothing:
    """What a jobcentre has for an intervention that takes no places."""

    def serve(self, week: int, step: int) -> None: ...
    def become(self, settings: Intervention, jobcentre: str) -> None: ...


def offered_by(world: Reference, number: int, settings: Intervention | None, jobcentre: str) -> Offered:
    """What a jobcentre has for an intervention; None: it is off there."""
    if settings is None:
        return Nothing()
    if isinstance(settings, Praktik | Loentilskud | Virksomhedsforloeb):
        return Firms(world, settings, jobcentre)
    if isinstance(settings, Jobklub):
        return Clubs(world, number, settings, jobcentre)
    if isinstance(settings, AktiveTilbud):
        return Parts(world, settings, jobcentre)
    if isinstance(settings, Fleksjob):
        return Brokers(world, settings, jobcentre)
    if isinstance(settings, Samtaler):
        return Worth(world, settings, jobcentre)
    if isinstance(settings, Vikar):
        return Bureaus(world, settings, jobcentre)
    if isinstance(settings, Mentor):
        return Mentors(world, settings, jobcentre)
    if isinstance(settings, Koordineret):
        return Coordinators(world, settings, jobcentre)
    if isinstance(settings, Incitament):
        return Monitor(world, settings)
    if isinstance(settings, Raadighed):
        return Checkers(world, jobcentre)
    if isinstance(settings, Sagsarbejde):
        return Workroom(world, number, settings, jobcentre)
    if isinstance(settings, tuple(HERS)):
        return Nothing()
    raise TypeError(f"the second engine has no rules for {settings.kind}")


def courses_of(me: Ledig, scenario: Scenario) -> list[Course]:
    """What concerns a ledig of her arm, in declared order."""
    courses: list[Course] = []
    if scenario.job_spells and scenario.job_spells.beside_benefit:
        courses.append(SmallJob(me, scenario.job_spells.beside_benefit))
    for number, settings in enumerate(there(scenario, me.jobcentre), start=1):
        if settings is None:
            continue
        if isinstance(settings, Samtaler):
            plans = [plan for plan in settings.plans.values() if me.arm in plan.arms and has_levels(me, plan.levels)]
            plans = [plan for plan in plans if plan.in_jobcentres is None or me.jobcentre in plan.in_jobcentres]
            courses += [Talks(me, number, settings, plans)] if plans else []
        elif type(settings) in HERS:
            courses.append(HERS[type(settings)](me, number, settings))
        elif isinstance(settings, Fleksjob):
            if any(me.arm in broker.arms for broker in settings.brokers.values()):
                courses.append(Brokering(me, number, settings))
        elif isinstance(settings, Incitament):
            courses += [Counted(me, number, settings)] if me.arm == settings.arm else []
        elif me.arm in settings.referral:
            courses.append(OFFERS[type(settings)](me, number, settings))
    return courses


def has_levels(me: Ledig, levels: dict[str, list[str]]) -> bool:
    """Whether she has one of these levels of every characteristic named."""
    return all(me.level(characteristic) in wanted for characteristic, wanted in levels.items())
