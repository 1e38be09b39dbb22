"""Rådighed, running: who is checked this week, by plan, by draw or in minutes left, and what follows."""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.parts.afterwards import Afterwards
from simulation.interventions.parts.left_time import LeftTime
from simulation.interventions.raadighed.settings import Consequence, Raadighed
from simulation.world.few import Planned
from simulation.world.labels import Label
from simulation.world.spec import NEVER, NOT_PLANNED, Bools, Floats, Ids, Ints, where
from simulation.world.world import World


class RaadighedRunning(Running):
    """`planned` is the next check by plan or draw. Columns: `last` (week of the last check, or of the enrolment),
    `breaches` (in the benefit spell), `until` (last week of the cut), `cut` (benefit is cut this week), `sanctioned`
    (week in which it was cut or ended last)."""

    settings: Raadighed

    def __init__(self, settings: Raadighed, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        rows = len(world.ledige)
        self.planned = Planned(rows)
        self.last = np.full(rows, NEVER, dtype=np.int16)
        self.breaches = np.zeros(rows, dtype=np.uint16)
        self.until = np.full(rows, NEVER, dtype=np.int16)
        self.cut = np.zeros(rows, dtype=bool)
        world.keep_state(name, self.cut)
        self.sanctioned = np.full(rows, NEVER, dtype=np.int16)
        self.after_check = Afterwards(self, "after_check", settings.after_check)
        self.after_warning = Afterwards(self, "after_warning", settings.after_warning)
        self.after_sanction = Afterwards(self, "after_sanction", settings.after_sanction)
        world.part(LeftTime).offer(name, self, self.concerned)

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        self.count(week, "spells", ids)
        self.breaches[ids] = 0
        self.last[ids], self.sanctioned[ids] = week, NEVER
        self._plan(week, ids)

    def _plan(self, week: int, ids: Ids) -> None:
        """The next check of these ids, whose last one (or enrolment) is now."""
        ledige = self.world.ledige
        for a, arm in enumerate(self.world.arms):
            if rule := self.settings.checked.get(arm):
                of_arm = ids[ledige.arm.take(ids) == a]
                drawn = week + 1 + ledige.draws.weeks_until(rule.weekly, f"{self.name} drawn", week, of_arm)
                planned = NOT_PLANNED if rule.every_weeks is None else week + rule.every_weeks
                self.planned.plan(of_arm, np.minimum(drawn, planned))

    def mandag(self, week: int) -> None:
        """mandag: benefit is cut, or paid in full again."""
        np.greater_equal(self.until, week, out=self.cut)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: having been checked, warned or sanctioned in the last weeks."""
        self.after_check.hold(week)
        self.after_warning.hold(week)
        self.after_sanction.hold(week)

    def had_treatment(self, ids: Ids) -> Bools:
        return np.asarray(self.sanctioned.take(ids) != NEVER)

    def gone(self, week: int, ids: Ids) -> None:
        self.planned.forget(ids)
        self.until[ids] = NEVER
        self.cut[ids] = False
        for happened in (self.after_check, self.after_warning, self.after_sanction):
            happened.gone(ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: who is due is checked, as far as caseworkers have minutes; a breach may cost benefit."""
        ids = self._open(self.planned.due(week))
        if self.settings.minutes and len(ids):
            done = self.world.staff.work(ids, np.full(len(ids), self.settings.minutes))
            self.count(week, "no_time", ids[~done])
            ids = ids[done]
        self.done(week, ids)

    def _open(self, ids: Ids) -> Ids:
        """Those of these ids who may be checked."""
        return ids[~self.world.in_any(self.settings.not_in, ids) & self.world.not_leaving(ids)]

    # --- a check --------------------------------------------------------------------------------------------

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """fredag: who of these ids may be checked, and since when she has not been."""
        ids = self._open(self.concerned(ids)) if self.acts else ids[:0]
        return ids, self.last.take(ids)

    def done(self, week: int, ids: Ids) -> None:
        """These ids (ascending) are checked."""
        if len(ids) == 0:
            return
        draws = self.world.ledige.draws
        self.count(week, "checks", ids)
        self.last[ids] = week
        self._plan(week, ids)
        self.after_check.happens(week, ids)
        found = draws.uniform(f"{self.name} breach", week, ids) < self.settings.breach
        self.world.tell(ids[~found], Label("{name}: is available", "{name}: står til rådighed"), name=self.name)
        breaches = ids[found]
        self.count(week, "breaches", breaches)
        self.breaches[breaches] += 1
        luck, last = draws.uniform(f"{self.name} follows", week, breaches), len(self.settings.follows)
        number = np.minimum(self.breaches.take(breaches), last)
        for n, consequence in enumerate(self.settings.follows, start=1):
            self._follows(week, breaches[number == n], luck[number == n], consequence)

    def _follows(self, week: int, ids: Ids, luck: Floats, consequence: Consequence) -> None:
        """What follows breaches of these ids."""
        ends = luck < consequence.ended
        cuts = ~ends & (luck < consequence.ended + consequence.cut)
        ended, cut, warned = ids[ends], ids[cuts], ids[~ends & ~cuts]
        self.count(week, "warned", warned)
        self.world.tell(warned, Label("{name}: a warning", "{name}: advarsel"), name=self.name)
        self.after_warning.happens(week, warned)
        self._sanction(week, ended)
        self.count(week, "ended", ended)
        self.world.tell(ended, Label("{name}: benefit ends", "{name}: ydelsen ophører"), name=self.name)
        if consequence.ended_to is not None:
            self.world.afgang.send(ended, consequence.ended_to)
        if consequence.cut_weeks is None:
            return
        self._sanction(week, cut)
        self.count(week, "cut", cut)
        self.world.tell(cut, Label("{name}: benefit is cut", "{name}: ydelsen nedsættes"), name=self.name)
        self.after_sanction.happens(week, cut)
        weeks = self.world.ledige.draws.value(consequence.cut_weeks, f"{self.name} cut", week, cut)
        self.until[cut] = np.minimum(np.maximum(self.until.take(cut), week) + weeks, NOT_PLANNED)

    def _sanction(self, week: int, ids: Ids) -> None:
        """The benefit of these ids is cut or ended."""
        self.count(week, "sanctioned", ids[self.sanctioned.take(ids) == NEVER])
        self.sanctioned[ids] = week

    def soendag(self, week: int) -> None:
        self.count(week, "cut_weeks", where(self.cut))
