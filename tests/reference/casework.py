"""WHAT A TEAM DOES FOR ITS CASES BESIDE TALKS, for the second engine: time left over, caseload, a change of caseworker.

When all talks of a fredag are over, every desk goes through its cases, use by use, as long as it has time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.interventions.sagsarbejde.settings import Sagsarbejde, Use

from .basics import FAR, faded
from .checks import Availability
from .courses import Course
from .placement import Placement
from .spans import is_there
from .staffing import Caseworker
from .teams import Desk

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Workroom:
    """One jobcentre's part of it."""

    def __init__(self, world: Reference, number: int, settings: Sagsarbejde, jobcentre: str) -> None:
        self.world, self.number, self.settings, self.jobcentre = world, number, settings, jobcentre
        self.name = list(world.scenario.interventions)[number - 1]
        terms = world.organised[jobcentre][settings.team]
        self.partners, self.arms = not terms.takes_cases, terms.arms or list(world.scenario.arms)

    def serve(self, week: int, step: int) -> None: ...
    def become(self, settings: Sagsarbejde, jobcentre: str) -> None:
        """A date: what minutes left are for from now on."""
        self.settings = settings

    def left_over(self, week: int) -> None:
        """The week's talks are over."""
        for number, use in enumerate(self.settings.left_minutes):
            for desk in self.world.teams[self.jobcentre][self.settings.team].every_desk:
                self.spend(week, number, use, desk)

    def spend(self, week: int, number: int, use: Use, desk: Desk) -> None:
        """One desk, one use: whoever has waited longest first, her lot if several have, while there is time."""
        wanting = []
        for me in self.world.people:
            concerned = me.jobcentre == self.jobcentre and me.on_benefit and self.concerns(me, week)
            if concerned and ((self.partners and me.arm in self.arms) or self.has(me, desk)):
                since = self.since(week, me, number, use)
                if since is not None and (use.use == "search" or since + use.every_weeks <= week):
                    wanting.append((since, me.row, me))
        for _, _, me in sorted(wanting, key=lambda each: each[:2]):
            if desk.level < use.minutes:
                me.tally[f"no time left for {use.use.replace('_', ' ')}"] += 1
                continue
            desk.spend(use.minutes)
            self.serves(week, me, number, use)

    def concerns(self, me: Ledig, week: int) -> bool:
        """Whether it is for who is on the benefit that she is on, and there this week."""
        hers = [course for course in me.active if isinstance(course, Casework) and course.name == self.name]
        return any(is_there(course, week) for course in hers)

    def has(self, me: Ledig, desk: Desk) -> bool:
        """Whether she is a case of the team at this desk."""
        return me.team == self.settings.team and me.case is not None and me.case.triggered and me.case.value is desk

    def since(self, week: int, me: Ledig, number: int, use: Use) -> int | None:
        """Since when she waits for it; None: it is not for her now."""
        for course in (each for each in me.active if is_there(each, week)):
            if isinstance(course, Placement) and course.name == use.of and me.free(course.number):
                return course.waits_since
            if isinstance(course, Availability) and course.name == use.of and course.open():
                return max(course.since, me.enrolled)
            if isinstance(course, Casework) and course.name == self.name and use.of is None:
                return max(course.followed.get(number, -FAR), me.enrolled)
        return None

    def serves(self, week: int, me: Ledig, number: int, use: Use) -> None:
        """It is done for her."""
        me.count(week, f"{self.name}_{use.use}")
        me.count(week, f"{self.name}_minutes_{use.use}", use.minutes)
        for course in me.active:
            if isinstance(course, Placement) and course.name == use.of:
                course.firms.found_in[week + 1] += 1
            elif isinstance(course, Availability) and course.name == use.of:
                course.check(week)
            elif isinstance(course, Casework) and course.name == self.name and use.of is None:
                course.followed[number] = week


class Casework(Course):
    """What she has of it."""

    def __init__(self, me: Ledig, number: int, settings: Sagsarbejde) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.followed: dict[int, int] = {}  # week of the last time, by use
        self.caseworker: Caseworker | Desk | None = None
        self.changed = -FAR

    @property
    def of_team(self) -> bool:
        """Whether she is, or waits to be, a case of the team."""
        return self.me.team == self.settings.team

    def effects(self, week: int) -> None:
        me, settings = self.me, self.settings
        if me.case is not None and me.case.triggered:
            desk: Desk = me.case.value
            if settings.caseload and self.of_team:
                self.by_caseload(desk)
            if settings.continuity:
                self.see(week, desk)
        continuity, gone_by = settings.continuity, week - self.changed + 1
        if continuity and self.of_team and gone_by <= continuity.weeks:
            me.tally["weeks after a change of caseworker"] += 1
            self.affect("continuity", continuity.effects, faded(gone_by, continuity.halving_weeks))
        for number, use in enumerate(settings.left_minutes):
            gone_by = week - self.followed.get(number, -FAR)
            if use.use == "follow_up" and gone_by <= use.weeks:
                self.affect(f"left_minutes {number}", use.effects, faded(gone_by, use.halving_weeks))

    def by_caseload(self, desk: Desk) -> None:
        """As many cases as there were on mandag, of those who sit there."""
        caseload = self.settings.caseload
        filled = sum(post.fte for post in desk.posts if not post.vacant)
        if caseload is None or filled == 0:
            self.me.tally["nobody sits at her desk"] += 1
            return
        load = min(max(desk.cases_on_mandag / filled, caseload.least), caseload.most)
        self.affect("caseload", dict(caseload.exits), math.log(load / caseload.reference))

    def see(self, week: int, desk: Desk) -> None:
        """Who is her caseworker this week?"""
        now = desk.every_post[0].owner if len(desk.every_post) == 1 else desk
        if self.caseworker is not None and now is not self.caseworker:
            self.changed = week
            self.me.count(week, f"{self.name}_changes", int(self.of_team))
        self.caseworker = now

    def leave(self, week: int, destination: str) -> None:
        self.caseworker, self.changed, self.followed = None, -FAR, {}
