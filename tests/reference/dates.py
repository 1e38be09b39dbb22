"""WHAT CHANGES AT A DATE, for the second engine: on its mandag, before anybody is up, everybody is told what holds now.

Staff, places and rules are told; a ledig's way through an intervention reads its settings as they are, so she is given
the new ones. An intervention that begins takes in who is on benefit; one that ends lets nobody in, and sends home who
waits (`finish`) or everybody (`stop`). All of it goes by what her jobcentre does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions import Intervention
from simulation.scenario.schema import Scenario
from simulation.world.spec import MANDAG

from .basics import Story, there
from .organised import organised
from .spans import its_settings, span, stops
from .talks import Talks, following_talk

if TYPE_CHECKING:
    from .courses import Course
    from .engine import Ledig, Reference


class Ended:
    """What a jobcentre has for an intervention that has stopped."""

    def serve(self, week: int, step: int) -> None: ...
    def become(self, settings: Intervention, jobcentre: str) -> None: ...


def calendar(world: Reference) -> Story:
    """The dates of the run, one after the other."""
    scenario = world.scenario
    everywhere = [its for at in scenario.jobcentres for its in there(scenario, at) if its is not None]
    ends = {week for settings in everywhere for week in span(scenario, settings)}
    epochs = dict(scenario.epochs[1:])
    for week in sorted(each for each in ends | epochs.keys() if 0 <= each < scenario.weeks):
        if week:
            yield world.at(week, MANDAG, step=-2)
        if week in epochs:
            become(world, week, epochs[week])
        for number in range(1, len(scenario.interventions) + 1):
            for at, settings in ((at, there(scenario, at)[number - 1]) for at in scenario.jobcentres):
                if settings is not None and stops(settings) and week == span(scenario, settings)[1]:
                    world.offered[number][at] = Ended()
            for ledig in world.people:
                for course in ledig.courses:
                    if course.number == number and ledig.on_benefit:
                        begins, over = span(scenario, its_settings(course))
                        if week == begins and week and course.concerned and ledig.enrolled < week:
                            admit(ledig, course, week)
                        elif week == over:
                            close(ledig, course, week, stops(its_settings(course)))


def admit(me: Ledig, course: Course, week: int) -> None:
    """She comes in as if she were enrolled today; the talks of a list are those of her weeks that are to come."""
    course.enrol(week)
    if isinstance(course, Talks) and course.on_a_plan and course.plan.talks is not None:
        course.due = me.enrolled + following_talk(course.plan, week - me.enrolled - 1)


def close(me: Ledig, course: Course, week: int, stop: bool) -> None:
    """It ends: whoever is not in it does not come into it any more, and of what stops nothing is left."""
    course.closed = True
    if not stop:
        course.finish(week)
        return
    course.leave(week, "")
    me.active = [each for each in me.active if each is not course]
    if isinstance(course, Talks) and course.settings.caseworker:
        me.leave_caseworker()


def become(world: Reference, week: int, scenario: Scenario) -> None:
    """Everybody is told what holds from now on."""
    for at, teams in world.rows.items():
        for name, terms in organised(scenario, at).items():
            teams[name].become(week, terms)
    now = {at: there(scenario, at) for at in scenario.jobcentres}
    for number in range(1, len(scenario.interventions) + 1):
        for at, place in world.offered[number].items():
            if (settings := now[at][number - 1]) is not None:
                place.become(settings, at)
    for ledig in world.people:
        for course in ledig.courses:
            if not course.number:
                continue
            new = now[ledig.jobcentre][course.number - 1]
            if isinstance(course, Talks):
                assert list(course.settings.plans) == list(new.plans)
                course.become(new)
            course.settings = new
