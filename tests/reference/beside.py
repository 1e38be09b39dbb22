"""A SMALL JOB BESIDE BENEFIT, for the second engine: paid hours that are too few to end it.

She waits with a reserve of luck for the next change, and each week uses up its intensity times what is done for her.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.world.beskaeftigelse import TENURE_WEEKS, Beside

from .basics import FAR
from .courses import Course

if TYPE_CHECKING:
    from .engine import Ledig


SMALL_JOB = "small job"


class SmallJob(Course):
    """She has one or has none, until the mandag on which that changes."""

    name = ""  # it is no intervention

    def __init__(self, me: Ledig, rule: Beside) -> None:
        self.me, self.rule = me, rule
        self.since = FAR  # week from which on she has waited for the next change
        self.reserve = self.intensity = 0.0
        self.number = 0  # it is no intervention
        self.decided = 0  # number of what is decided next, in this benefit spell

    @property
    def concerned(self) -> bool:
        return True

    def enrol(self, week: int) -> None:
        self.decided = 0
        if week == self.me.entry and self.me.chance("small job at entry", 0) < self.rule.at_entry:
            self.begin(week)
        else:
            self.wait(week)

    def mandag(self, week: int) -> None:
        if week <= self.since:
            return
        has = SMALL_JOB in self.me.beside
        factor = self.me.factor["beside_ends" if has else "beside_begins"]  # of last tirsdag
        self.reserve -= self.intensity * factor if factor else 0.0
        self.me.tally["small jobs moved"] += int(factor != 1)
        if self.reserve >= 0:
            return
        if self.me.beside.pop(SMALL_JOB, 0):
            self.wait(week)
        else:
            self.me.tally["small jobs found"] += 1
            self.begin(week)

    def begin(self, week: int) -> None:
        """From today on she works some hours."""
        luck = self.luck()
        hours = self.me.value_of(self.rule.hours, "small job hours", luck)
        longer = self.me.factor.get("beside_hours", 1.0) if week > self.me.entry else 1.0
        if longer != 1:
            many = math.floor(hours * longer)
            many += int(self.me.chance("small job hours rounded", luck) < hours * longer - many)
            hours = min(max(many, 1), 100)
        self.me.beside[SMALL_JOB] = hours
        self.wait_for(week, self.rule.ends, "small job end", luck)

    def wait(self, week: int) -> None:
        """From today on she works nothing."""
        self.wait_for(week, self.rule.begins, "small job", self.luck())

    def wait_for(self, week: int, chance: float, decision: str, luck: int) -> None:
        """It comes with this chance in a week, from the next mandag on."""
        self.since = week
        self.reserve = self.me.exponential(decision, luck) if 0 < chance < 1 else 0.0
        self.intensity = -math.log1p(-chance) if chance < 1 else 1e-9

    def luck(self) -> int:
        """The number that her luck of this decision hangs on: of the spell and the decision in it, not of the week."""
        self.decided += 1
        return self.me.spell * TENURE_WEEKS + self.decided

    def leave(self, week: int, destination: str) -> None:
        self.me.tally["small jobs left"] += int(self.me.beside.pop(SMALL_JOB, 0) > 0)
        self.since = FAR

    def soendag(self, week: int) -> None:
        self.me.tally["weeks in small job"] += int(SMALL_JOB in self.me.beside)
