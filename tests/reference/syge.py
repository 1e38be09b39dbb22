"""WHAT CONCERNS THE SICK-LISTED, for the second engine: exempt or not, part-time back at work, reassessed, ill at all.

Each of these is hers alone: nobody waits for anybody, so every one is told from mandag to søndag without a queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.delvis_raskmelding import DelvisRaskmelding
from simulation.interventions.fritagelse import Fritagelse
from simulation.interventions.revurdering import Revurdering
from simulation.interventions.sygdom import Sygdom

from .basics import FAR, Story
from .courses import Course

if TYPE_CHECKING:
    from .engine import Ledig


class Exemption(Course):
    """A ground for exemption is seen in some week, and recorded or not; she is exempt as long as she is on benefit."""

    def __init__(self, me: Ledig, number: int, settings: Fritagelse) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.seen = FAR

    def enrol(self, week: int) -> None:
        settings, me = self.settings, self.me
        me.count(week, f"{self.name}_spells")
        luck = me.chance(f"{self.name} ground", week)
        seen = week + me.value_of(settings.course_week, f"{self.name} week", week)
        if not all(me.level(characteristic) in levels for characteristic, levels in settings.among.items()):
            self.seen = FAR
        elif luck < settings.grounds:
            self.seen = seen
        elif settings.widened and luck < settings.widened.grounds:
            self.seen = max(seen, settings.widened.run_week)
            me.tally["ground by the wider rule"] += 1
        else:
            self.seen = FAR

    def mandag(self, week: int) -> None:
        if self.seen != week:
            return
        self.me.count(week, f"{self.name}_grounds")
        if self.me.chance(f"{self.name} recorded", week) < self.settings.recorded.get(self.me.arm, 0.0):
            self.me.count(week, f"{self.name}_recorded")
            self.me.states.add(self.name)

    def effects(self, week: int) -> None:
        if self.name in self.me.states:
            self.affect("while_exempt", self.settings.while_exempt)

    def leave(self, week: int, destination: str) -> None:
        self.me.states.discard(self.name)
        self.seen = FAR

    def soendag(self, week: int) -> None:
        if self.name in self.me.states:
            self.me.count(week, f"{self.name}_exempt")


class PartTime(Course):
    """She works part of her hours, more and more of them, until she leaves or must stay at home altogether again."""

    def __init__(self, me: Ledig, number: int, settings: DelvisRaskmelding) -> None:
        super().__init__(me, number)
        self.settings = settings
        has_employer = all(me.level(characteristic) in levels for characteristic, levels in settings.levels.items())
        self.weekly = settings.begins.get(me.arm) if has_employer else None
        self.since: int | None = None
        self.changes = FAR
        self.before = False  # in this benefit spell

    def enrol(self, week: int) -> None:
        self.me.count(week, f"{self.name}_spells")
        self.before = False
        self.wait(week)

    def wait(self, week: int) -> None:
        """From this week on a return may begin, but not too early in the benefit spell."""
        if self.weekly is not None:
            earliest = max(week, self.me.began + self.settings.from_week)
            self.changes = earliest + self.me.weeks_until(self.weekly, f"{self.name} begins", week)

    def mandag(self, week: int) -> None:
        me = self.me
        if self.changes == week and not me.leaving:
            if self.since is None:
                self.begin(week)
            else:
                me.count(week, f"{self.name}_relapsed")
                self.stop()
                self.wait(week + 1)
        if self.since is not None:
            steps = [first for first in self.settings.hours if first <= week - self.since]
            me.beside[self.name] = self.settings.hours[max(steps)]

    def begin(self, week: int) -> None:
        """A return begins, until the mandag of a relapse."""
        self.me.count(week, f"{self.name}_started")
        if not self.before:
            self.me.count(week, f"{self.name}_first")
        self.since, self.before = week, True
        self.me.states.add(self.name)
        self.changes = week + 1 + self.me.weeks_until(self.settings.relapses, f"{self.name} relapse", week)

    def stop(self) -> None:
        """She works nothing beside her benefit."""
        self.since, self.changes = None, FAR
        self.me.states.discard(self.name)
        self.me.beside.pop(self.name, None)

    def effects(self, week: int) -> None:
        if self.since is not None:
            self.affect("effects", self.settings.effects)

    def leave(self, week: int, destination: str) -> None:
        self.stop()

    def soendag(self, week: int) -> None:
        if self.since is not None:
            self.me.count(week, f"{self.name}_weeks")
            self.me.count(week, f"{self.name}_hours", self.me.beside[self.name])


class Reassessment(Course):
    """Her benefit has lasted as long as the law allows: it is prolonged for some weeks, or ends."""

    def __init__(self, me: Ledig, number: int, settings: Revurdering) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.due = FAR
        self.extended = False

    def limit(self, week: int) -> int:
        """Weeks on benefit after which the law of this week has everybody reassessed."""
        in_force = [change.week for change in self.settings.changes if change.run_week <= week]
        return in_force[-1] if in_force else self.settings.week

    def enrol(self, week: int) -> None:
        self.extended = False
        self.due = max(week, self.me.began + self.limit(week))

    def mandag(self, week: int) -> None:
        changes = any(change.run_week == week for change in self.settings.changes)
        if changes and not self.extended and self.due != FAR:
            before, self.due = self.due, max(week, self.me.began + self.limit(week))
            self.me.tally["reassessed earlier by a new limit"] += int(self.due < before)

    def effects(self, week: int) -> None:
        before = self.settings.before
        if before and week <= self.due < week + before.weeks:
            left, over = self.due - week, before.builds_over
            self.affect("before", before.effects, max(1.0 - left / over, 0.0) if over else 1.0)

    def leave(self, week: int, destination: str) -> None:
        self.due = FAR

    def torsdag(self, week: int) -> Story:
        me, name = self.me, self.name
        if self.due > week or me.leaving:
            return
        me.count(week, f"{name}_reached")
        if me.chance(f"{name} extended", week) < self.settings.extended:
            me.count(week, f"{name}_extended")
            self.extended = True
            self.due = week + me.value_of(self.settings.extension_weeks, f"{name} extension", week)
            return
        me.count(week, f"{name}_ended")
        self.due = FAR
        me.send(self.destination(me.chance(f"{name} destination", week)))
        yield from ()

    def destination(self, luck: float) -> str:
        """Where she goes whose benefit ends; the last one there is has what rounding leaves over."""
        below, destination = 0.0, ""
        for destination, share in self.settings.ends_to.items():
            below += share
            if luck < below:
                return destination
        return destination


class Sickness(Course):
    """She is well or ill, until the mandag on which that changes; ill, she is out of play."""

    def __init__(self, me: Ledig, number: int, settings: Sygdom) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.changes = FAR

    def enrol(self, week: int) -> None:
        self.me.count(week, f"{self.name}_spells")
        if self.me.chance(f"{self.name} at entry", week) < self.settings.at_entry:
            self.fall_ill(week)
        else:
            self.be_well(week)

    def mandag(self, week: int) -> None:
        if self.changes == week:
            if self.name in self.me.states:
                self.be_well(week)
            else:
                self.fall_ill(week)

    def fall_ill(self, week: int) -> None:
        """For one week at least."""
        self.me.count(week, f"{self.name}_begun")
        self.me.states.add(self.name)
        self.me.blockers.add(self.name)
        self.changes = week + max(self.me.value_of(self.settings.length_weeks, f"{self.name} length", week), 1)

    def be_well(self, week: int) -> None:
        """Until she falls ill some week later."""
        self.stop()
        self.changes = week + 1 + self.me.weeks_until(self.settings.begins, f"{self.name} begins", week)

    def stop(self) -> None:
        """She is not ill."""
        self.me.states.discard(self.name)
        self.me.blockers.discard(self.name)
        self.changes = FAR

    def leave(self, week: int, destination: str) -> None:
        self.stop()

    def soendag(self, week: int) -> None:
        if self.name in self.me.states:
            self.me.count(week, f"{self.name}_sick")
