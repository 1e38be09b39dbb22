"""A LEDIG'S MENTOR, for the second engine, and the hours that the mentors of her jobcentre have."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.interventions.mentor import Mentor
from simulation.world.spec import TORSDAG

from .basics import FAR, Story, faded
from .courses import Course, first_referral
from .scarce import Scarce
from .staff_time import Time

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Mentors:
    """The mentors of one jobcentre: hours a week, each of which one ledig has at a time."""

    def __init__(self, world: Reference, settings: Mentor, jobcentre: str) -> None:
        self.time = Time(world, settings, jobcentre)
        self.hours = Scarce(world.env, init=math.floor(settings.mentors * settings.hours_per_mentor + 1e-9))

    def become(self, settings: Mentor, jobcentre: str) -> None:
        """A date: so many hours there are from now on."""
        self.time.settings = settings
        self.hours.now_there_are(math.floor(settings.mentors * settings.hours_per_mentor + 1e-9))

    def serve(self, week: int, step: int) -> None:
        """torsdag: as far as the hours last."""
        self.hours.serve()
        if step == 3:
            self.time.serve()


class Mentored(Course):
    """Her need is seen, she waits, and has a mentor for some weeks, beside whatever else she is in."""

    def __init__(self, me: Ledig, number: int, settings: Mentor) -> None:
        super().__init__(me, number)
        self.settings, self.rule = settings, settings.referral[me.arm]
        self.hours: Scarce = me.world.offered[number][me.jobcentre].hours
        self.time: Time = me.world.offered[number][me.jobcentre].time
        interventions = list(me.world.scenario.interventions)
        self.only_in = [1 + interventions.index(name) for name in settings.only_in]
        self.seen, self.referral_is = FAR, "seen"
        self.waits_since: int | None = None
        self.has: int | None = None  # hours a week
        self.ends = FAR
        self.completed = -FAR

    def enrol(self, week: int) -> None:
        self.not_before = self.qualifies = self.clarifying = 0
        self.seen, self.ready = first_referral(self.me, self.rule, self.name, week)
        self.notice.enrol()

    def effects(self, week: int) -> None:
        after = self.settings.after
        self.notice.affect(week, self.rule.before)
        if self.has is not None:
            if self.time.there_was_for(self.me):
                self.affect("during", self.settings.during)
        elif after and week - self.completed <= after.weeks:
            self.me.tally["weeks after a mentor"] += 1
            self.affect("after", after.effects, faded(week - self.completed, after.halving_weeks))

    @property
    def helped(self) -> bool:
        return bool(self.has)

    def had_treatment(self) -> bool:
        return self.completed > -FAR

    def leave(self, week: int, destination: str) -> None:
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        if self.has is not None:
            self.hand_back(week)
        self.seen, self.waits_since, self.completed = FAR, None, -FAR
        self.notice.over()

    def finish(self, week: int) -> None:
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        self.seen, self.waits_since = FAR, None
        self.notice.over()

    def hand_back(self, week: int) -> None:
        """The mentor has her hours for others."""
        if self.has:
            self.hours.give_back(self.has)
        self.has, self.ends, self.completed = None, FAR, week

    def onsdag(self, week: int) -> None:
        if self.ends == week:
            self.hand_back(week)

    def torsdag(self, week: int) -> Story:
        me, name = self.me, self.name
        if self.has is None and self.seen > week and self.waits_since is None:
            return
        yield me.until(week, TORSDAG, self.number)
        if self.has is not None and not self.where_a_mentor_is_given():
            me.tally["mentor ends with the offer"] += 1
            self.hand_back(week)
        if self.seen <= week:
            me.count(week, f"{name}_needed")
            self.seen, self.waits_since = FAR, week
            self.notice.refer(week)
        if self.has is not None:
            self.time.ask(week, self.me, self.name, self.has)
        if self.waits_since is None:
            return
        if not self.where_a_mentor_is_given():
            me.tally["needs a mentor outside offers"] += 1
            return
        hours = me.value_of(self.settings.hours, f"{name} hours", 0)  # hers for good
        if (yield from me.queue(self.hours, hours, (self.waits_since,), me.until(week, TORSDAG, self.number, 2))):
            me.count(week, f"{name}_started")
            me.happens()
            me.count(week, f"{name}_wait", week - self.waits_since)
            self.waits_since, self.has = None, hours
            self.notice.over()
            self.time.ask(week, me, name, hours)
            self.ends = week + me.value_of(self.settings.length_weeks, f"{name} length", week)
        else:
            me.tally["no mentor has time"] += 1

    def where_a_mentor_is_given(self) -> bool:
        """Whether she is in one of the offers that a mentor belongs to; if none is named, wherever she is."""
        return not self.only_in or self.me.offer in self.only_in

    def soendag(self, week: int) -> None:
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_waiting")
        self.me.count(week, f"{self.name}_hours", (self.has or 0) * int(self.time.there_was_for(self.me)))
