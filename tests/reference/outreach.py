"""A SUBSIDY ON CONDITIONS, for the second engine: the jobcentre that is about to miss it reaches out more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.incitament import Incitament
from simulation.world.spec import MANDAG

from .basics import Story
from .courses import Course

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Monitor:
    """What one jobcentre knows of the arm that counts: weeks on benefit, those with a talk, and whether it reaches
    out this week."""

    def __init__(self, world: Reference, settings: Incitament) -> None:
        self.world, self.settings = world, settings
        self.weeks = self.with_talk = 0
        self.reaches_out = False
        world.env.process(self.life())

    def serve(self, week: int, step: int) -> None: ...
    def become(self, settings: Incitament, jobcentre: str) -> None: ...

    def life(self) -> Story:
        """mandag: it looks at its share of talks so far."""
        outreach = self.settings.outreach
        for week in range(self.world.scenario.weeks) if outreach else ():
            yield self.world.at(week, MANDAG)
            self.reaches_out = self.with_talk < (self.settings.talks_at_least + outreach.margin) * self.weeks


class Counted(Course):
    """Her weeks count for the subsidy, from the second one of every benefit spell on.

    Whether it is earned is seen in the end from each one's follow-up: `on_benefit` are its weeks but the first,
    `with_talk` those of them with a talk, and `activated` tells whether she was at a workplace in the weeks that count.
    """

    def __init__(self, me: Ledig, number: int, settings: Incitament) -> None:
        super().__init__(me, number)
        self.settings, self.outreach = settings, settings.outreach
        self.monitor: Monitor = me.world.offered[number][me.jobcentre]
        interventions = me.world.scenario.interventions.values()
        self.workplaces = {number for number, each in enumerate(interventions, start=1) if each.workplace}
        self.on_benefit = self.with_talk = 0
        self.activated = False

    def longer(self) -> int:
        return self.outreach.minutes if self.outreach and self.monitor.reaches_out else 0

    def odds(self) -> float:
        return self.outreach.odds if self.outreach and self.monitor.reaches_out else 1.0

    def soendag(self, week: int) -> None:
        self.follow_up(week - self.me.entry)
        if self.outreach is None or week == self.me.enrolled:
            return
        self.monitor.weeks += 1
        self.monitor.with_talk += int(self.me.registered)
        self.me.count(week, "outreach", int(self.monitor.reaches_out))
        self.me.tally["not reached out to"] += int(not self.monitor.reaches_out)

    def follow_up(self, course_week: int) -> None:
        """A week on benefit so many weeks after she came for the first time."""
        if course_week >= self.me.world.scenario.follow_up:
            return
        if course_week > 0:
            self.on_benefit += 1
            self.with_talk += int(self.me.registered)
        if 0 <= course_week - self.settings.from_course_week < self.settings.for_weeks:
            self.activated |= self.me.offer in self.workplaces
