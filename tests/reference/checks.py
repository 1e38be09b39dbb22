"""A LEDIG'S WAY THROUGH CHECKS OF AVAILABILITY, for the second engine: checked or not, in breach or not, and then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.parts.spells import After
from simulation.interventions.raadighed.settings import Raadighed
from simulation.world.spec import TORSDAG

from .basics import FAR, Story, faded
from .courses import Course

if TYPE_CHECKING:
    from .engine import Ledig, Reference
    from .teams import Desk


class Checkers:
    """The caseworkers of one jobcentre, who make checks on torsdag as their minutes last."""

    def __init__(self, world: Reference, jobcentre: str) -> None:
        self.desks: list[Desk] = [desk for team in world.rows[jobcentre].values() for desk in team.every_desk]

    def become(self, settings: Raadighed, jobcentre: str) -> None: ...
    def serve(self, week: int, step: int) -> None:
        """torsdag: once."""
        for desk in self.desks if step == 1 else ():
            desk.serve()


class Availability(Course):
    """She must be available for work, and may be asked whether she is."""

    def __init__(self, me: Ledig, number: int, settings: Raadighed) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.due = FAR
        self.since = -FAR  # the last check, or enrolment
        self.breaches = 0
        self.cut_until = -FAR
        self.sanctions = 0  # in this benefit spell
        self.happened: dict[str, int] = {}  # week of the last check, warning and cut

    def enrol(self, week: int) -> None:
        self.me.count(week, f"{self.name}_spells")
        self.breaches = self.sanctions = 0
        self.plan(week)

    def plan(self, week: int) -> None:
        """She was checked, or enrolled, now: when next?"""
        self.since, self.due = week, FAR
        if rule := self.settings.checked.get(self.me.arm):
            drawn = week + 1 + self.me.weeks_until(rule.weekly, f"{self.name} drawn", week)
            self.due = min(drawn, week + rule.every_weeks if rule.every_weeks else FAR)

    def mandag(self, week: int) -> None:
        if week <= self.cut_until:
            self.me.states.add(self.name)
        else:
            self.me.states.discard(self.name)

    def effects(self, week: int) -> None:
        settings = self.settings
        afterwards: dict[str, After | None] = {
            "after_check": settings.after_check,
            "after_warning": settings.after_warning,
            "after_sanction": settings.after_sanction,
        }
        for called, after in afterwards.items():
            gone_by = week - self.happened.get(called, -FAR)
            if after and gone_by <= after.weeks:
                self.affect(called, after.effects, faded(gone_by, after.halving_weeks))

    def had_treatment(self) -> bool:
        return self.sanctions > 0

    def leave(self, week: int, destination: str) -> None:
        self.due, self.cut_until, self.happened = FAR, -FAR, {}
        self.me.states.discard(self.name)

    def open(self) -> bool:
        """Whether she may be checked."""
        return not self.me.leaving and not self.me.states.intersection(self.settings.not_in)

    def torsdag(self, week: int) -> Story:
        me, minutes = self.me, self.settings.minutes
        if self.due > week:
            return
        yield me.until(week, TORSDAG, self.number)
        if not self.open():
            me.tally["a check not made because of a state"] += 1
            return
        if minutes:
            has_one = me.case is not None and me.case.triggered
            closes = me.until(week, TORSDAG, self.number, 2)
            if not has_one or me.case is None or not (yield from me.queue(me.case.value, minutes, (), closes)):
                me.count(week, f"{self.name}_no_time")
                return
        self.check(week)

    def check(self, week: int) -> None:
        """Is she available?"""
        me, settings = self.me, self.settings
        me.count(week, f"{self.name}_checks")
        self.plan(week)
        self.happened["after_check"] = week
        if me.chance(f"{self.name} breach", week) >= settings.breach:
            return
        me.count(week, f"{self.name}_breaches")
        self.breaches += 1
        follows = settings.follows[min(self.breaches, len(settings.follows)) - 1]
        luck = me.chance(f"{self.name} follows", week)
        if luck < follows.ended:
            me.count(week, f"{self.name}_ended")
            self.sanction(week)
            me.send(follows.ended_to or "")
        elif luck < follows.ended + follows.cut:
            me.count(week, f"{self.name}_cut")
            self.sanction(week)
            self.happened["after_sanction"] = week
            me.tally["a cut made longer"] += int(self.cut_until >= week)
            self.cut_until = max(self.cut_until, week)
            self.cut_until += me.value_of(follows.cut_weeks or {}, f"{self.name} cut", week)
        else:
            me.count(week, f"{self.name}_warned")
            self.happened["after_warning"] = week

    def sanction(self, week: int) -> None:
        """Her benefit is cut, or ended."""
        self.me.count(week, f"{self.name}_sanctioned", int(self.sanctions == 0))
        self.sanctions += 1

    def soendag(self, week: int) -> None:
        if self.name in self.me.states:
            self.me.count(week, f"{self.name}_cut_weeks")
