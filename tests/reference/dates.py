"""WHAT CHANGES AT A DATE, for the second engine: on its mandag, before anybody is up, everybody is told what holds now.

Staff, places and rules are told; a ledig's way through an intervention reads its settings as they are, so she is given
the new ones. An intervention that begins takes in who is on benefit; one that ends lets nobody in, and sends home who
waits (`finish`) or everybody (`stop`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions import Intervention
from simulation.interventions.incitament import Incitament
from simulation.interventions.sagsarbejde.settings import Sagsarbejde
from simulation.scenario.schema import Scenario
from simulation.world.spec import MANDAG
from simulation.world.weeks import weeks_between

from .basics import FAR, Story, own
from .beside import SmallJob
from .organised import organised
from .placement import Firms, Placement
from .talks import Talks, following_talk

if TYPE_CHECKING:
    from .courses import Course
    from .engine import Ledig, Reference


def calendar(world: Reference) -> Story:
    """The dates of the run, one after the other."""
    ends = {
        week for settings in world.scenario.interventions.values() for week in span(world.scenario, settings)
    }
    epochs = dict(world.scenario.epochs[1:])
    for week in sorted(each for each in ends | epochs.keys() if 0 <= each < world.scenario.weeks):
        if week:
            yield world.at(week, MANDAG, step=-2)
        if week in epochs:
            become(world, week, epochs[week])
        for number, settings in enumerate(world.scenario.interventions.values(), start=1):
            begins, over = span(world.scenario, settings)
            for ledig in world.people:
                for course in ledig.courses:
                    if not isinstance(course, SmallJob) and course.number == number and ledig.on_benefit:
                        if week == begins and week:
                            admit(ledig, course, week)
                        elif week == over:
                            close(ledig, course, week, stops(settings))


def span(scenario: Scenario, settings: Intervention) -> tuple[int, int]:
    """The weeks of the run in which an intervention begins and ends."""
    runs = settings.runs
    begins = 0 if runs is None or runs.begins is None else max(weeks_between(scenario.start, runs.begins), 0)
    return begins, FAR if runs is None or runs.ends is None else max(weeks_between(scenario.start, runs.ends), 0)


def stops(settings: Intervention) -> bool:
    """Whether all of it ends at once."""
    at_once = settings.runs is not None and settings.runs.then == "stop"
    return at_once or isinstance(settings, Incitament | Sagsarbejde)


def may_enter(world: Reference, course: Course, week: int) -> bool:
    """Whether anybody comes into it in this week."""
    if isinstance(course, SmallJob):  # no intervention
        return True
    begins, over = span(world.scenario, world.scenario.interventions[course.name])
    return begins <= week < over


def is_there(world: Reference, course: Course, week: int) -> bool:
    """Whether it does anything in this week."""
    if isinstance(course, SmallJob):
        return True
    settings = world.scenario.interventions[course.name]
    begins, over = span(world.scenario, settings)
    return begins <= week and (week < over or not stops(settings))


def admit(me: Ledig, course: Course, week: int) -> None:
    """She comes in as if she were enrolled today; the talks of a list are those of her weeks that are to come."""
    course.enrol(week)
    if isinstance(course, Talks) and course.plan.talks is not None:
        course.due = me.enrolled + following_talk(course.plan, week - me.enrolled - 1)


def close(me: Ledig, course: Course, week: int, stop: bool) -> None:
    """It ends: whoever is not in it does not come into it any more, and of what stops nothing is left."""
    course.closed = True
    if isinstance(course, Placement) and (stop or me.offer != course.number):
        completed = course.completed
        course.leave(week, "")
        course.completed = completed if not stop else course.completed
    if isinstance(course, Talks) and stop:
        course.leave(week, "")
        if course.settings.caseworker:
            me.leave_caseworker()
    elif stop and not isinstance(course, Placement):
        course.leave(week, "")


def become(world: Reference, week: int, scenario: Scenario) -> None:
    """Everybody is told what holds from now on."""
    for at, teams in world.rows.items():
        for name, terms in organised(scenario, at).items():
            teams[name].become(week, terms)
    for number, settings in enumerate(scenario.interventions.values(), start=1):
        for at, place in world.offered[number].items():
            if isinstance(place, Firms):
                place.per_week, place.search = own(settings, at, "matches_per_week"), settings.matching
                place.places.now_there_are(own(settings, at, "places"))
    for ledig in world.people:
        for course in ledig.courses:
            if isinstance(course, Talks):
                names = list(course.settings.plans)
                new = scenario.interventions[course.name]
                plans = [list(new.plans.values())[list(course.settings.plans.values()).index(plan)]
                         for plan in (course.plan, course.plan_at_enrolment)]  # fmt: skip
                assert names == list(new.plans)
                course.plan, course.plan_at_enrolment = plans
            if not isinstance(course, SmallJob):
                course.settings = scenario.interventions[course.name]
