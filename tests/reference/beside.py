"""A SMALL JOB BESIDE BENEFIT, for the second engine: paid hours that are too few to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.world.beskaeftigelse import TENURE_WEEKS, Beside

from .basics import FAR
from .courses import Course

if TYPE_CHECKING:
    from .engine import Ledig


SMALL_JOB = "small job"


class SmallJob(Course):
    """She has one or has none, until the mandag on which that changes."""

    def __init__(self, me: Ledig, rule: Beside) -> None:
        self.me, self.rule = me, rule
        self.changes = FAR
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
        if self.changes != week:
            return
        if self.me.beside.pop(SMALL_JOB, 0):
            self.wait(week)
        else:
            self.me.tally["small jobs found"] += 1
            self.begin(week)

    def begin(self, week: int) -> None:
        """From today on she works some hours."""
        luck = self.luck()
        self.me.beside[SMALL_JOB] = self.me.value_of(self.rule.hours, "small job hours", luck)
        self.changes = week + 1 + self.me.weeks_until(self.rule.ends, "small job end", luck)

    def wait(self, week: int) -> None:
        """From today on she works nothing."""
        self.changes = week + 1 + self.me.weeks_until(self.rule.begins, "small job", self.luck())

    def luck(self) -> int:
        """The number that her luck of this decision hangs on: of the spell and the decision in it, not of the week."""
        self.decided += 1
        return self.me.spell * TENURE_WEEKS + self.decided

    def leave(self, week: int, destination: str) -> None:
        self.me.tally["small jobs left"] += int(self.me.beside.pop(SMALL_JOB, 0) > 0)
        self.changes = FAR

    def soendag(self, week: int) -> None:
        self.me.tally["weeks in small job"] += int(SMALL_JOB in self.me.beside)
