"""A LEDIG'S WAY THROUGH VIRKSOMHEDSFORLØB, for the second engine: referred first, a firm found later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.virksomhedsforloeb import Virksomhedsforloeb
from simulation.world.spec import TORSDAG

from .basics import Story
from .placement import Placement

if TYPE_CHECKING:
    from .engine import Ledig


class FirmPlacement(Placement):
    """Her praktik with a jobkontaktperson, once in her life: she waits until she or a konsulent finds a firm."""

    settings: Virksomhedsforloeb

    def __init__(self, me: Ledig, number: int, settings: Virksomhedsforloeb) -> None:
        super().__init__(me, number, settings)
        self.contact = False

    def enrol(self, week: int) -> None:
        if self.first_time(week):
            super().enrol(week)

    def torsdag(self, week: int) -> Story:
        me, settings = self.me, self.settings
        if self.closed or (self.referral > week and self.waits_since is None):
            return
        yield me.until(week, TORSDAG, self.number)
        if self.waits_since is not None:
            if me.chance(f"{self.name} gives up", week) < settings.gives_up:
                me.count(week, f"{self.name}_gave_up")
                me.tally["gave up in another offer"] += int(me.offer > 0)
                self.waits_since = None
                self.notice.over()
                return
            if me.free(self.number) and me.chance(f"{self.name} own firm", week) < settings.self_found:
                closes = me.until(week, TORSDAG, self.number, 2)
                if (yield from me.queue(self.places, 1, (self.waits_since,), closes)):
                    me.count(week, f"{self.name}_self_found")
                    self.begin(week)
                    return
                me.tally["own firm without a place"] += 1
        yield me.until(week, TORSDAG, self.number, 2)
        if not me.free(self.number):  # she is referred, or matched, after it
            return
        since = self.wait(week)
        if (yield from me.queue(self.matches, 1, (since,), me.until(week, TORSDAG, self.number, 4))):
            self.firms.searched()
            if me.chance(f"{self.name} firm", week) >= self.yes(week):
                me.count(week, f"{self.name}_firm_declined")
            elif (yield from me.queue(self.places, 1, (since,), me.until(week, TORSDAG, self.number, 6))):
                self.begin(week)
                return
            else:
                me.tally["firm without a place"] += 1
        self.refused(week)

    def longest(self, week: int) -> int:
        """Longest praktik that a firm can be offered."""
        expires = self.settings.expires
        return self.settings.length.to_weeks if expires is None or week < expires.run_week else expires.to_weeks

    def yes(self, week: int) -> float:
        """Share of firms that say yes to that: stated, or on the straight line between the stated ones about it."""
        longest, stated = self.longest(week), self.settings.firm_accepts
        below = [weeks for weeks in stated if weeks <= longest]
        above = [weeks for weeks in stated if weeks >= longest]
        if not below or not above:  # beyond what is stated nothing changes
            return stated[max(below) if below else min(above)]
        low, high = max(below), min(above)
        if low == high:
            return stated[low]
        return stated[low] + (stated[high] - stated[low]) / (high - low) * (longest - low)

    def begin(self, week: int) -> None:
        contact = self.settings.contact_person
        self.contact = contact is not None and self.me.chance(f"{self.name} contact", week) < contact.share
        super().begin(week)

    def length(self, week: int) -> int:
        shortest = self.settings.length.from_weeks
        choices = self.longest(week) - shortest + 1
        return shortest + int(self.me.chance(f"{self.name} length", week) * choices)

    def break_factor(self, week: int) -> float:
        contact = self.settings.contact_person
        return super().break_factor(week) * (contact.breakdown_factor if contact and self.contact else 1.0)

    def hire_chance(self) -> float:
        contact = self.settings.contact_person
        return self.settings.direct_hire * (contact.hire_factor if contact and self.contact else 1.0)

    def soendag(self, week: int) -> None:
        super().soendag(week)
        if self.number in self.me.offers and self.contact:
            self.me.count(week, f"{self.name}_contact_weeks")
