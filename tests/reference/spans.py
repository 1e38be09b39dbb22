"""IN WHICH WEEKS AN INTERVENTION RUNS, for the second engine: in the jobcentre of a ledig."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions import Intervention
from simulation.interventions.incitament import Incitament
from simulation.interventions.sagsarbejde.settings import Sagsarbejde
from simulation.scenario.schema import Scenario
from simulation.world.weeks import weeks_between

from .basics import FAR, there

if TYPE_CHECKING:
    from .courses import Course


def its_settings(course: Course) -> Intervention:
    """The settings with which the run began, in her jobcentre."""
    settings = there(course.me.world.scenario, course.me.jobcentre)[course.number - 1]
    assert settings is not None
    return settings


def span(scenario: Scenario, settings: Intervention) -> tuple[int, int]:
    """The weeks of the run in which an intervention begins and ends."""
    runs = settings.runs
    begins = 0 if runs is None or runs.begins is None else max(weeks_between(scenario.start, runs.begins), 0)
    return begins, FAR if runs is None or runs.ends is None else max(weeks_between(scenario.start, runs.ends), 0)


def stops(settings: Intervention) -> bool:
    """Whether all of it ends at once."""
    at_once = settings.runs is not None and settings.runs.then == "stop"
    return at_once or isinstance(settings, Incitament | Sagsarbejde)


def may_enter(course: Course, week: int) -> bool:
    """Whether anybody comes into it in this week."""
    if course.number == 0:
        return True
    begins, over = span(course.me.world.scenario, its_settings(course))
    return begins <= week < over


def is_over(course: Course, week: int) -> bool:
    """Whether it has ended, so that it never is for who comes now."""
    return course.number > 0 and week >= span(course.me.world.scenario, its_settings(course))[1]


def is_there(course: Course, week: int) -> bool:
    """Whether it does anything in this week."""
    if course.number == 0:
        return True
    settings = its_settings(course)
    begins, over = span(course.me.world.scenario, settings)
    return begins <= week and (week < over or not stops(settings))
