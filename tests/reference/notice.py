"""WHAT SHE HAS BEEN TOLD THAT SHE MUST, for the second engine, until it begins or she is let off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.parts.before import Before

if TYPE_CHECKING:
    from .courses import Course


class Notice:
    """Of one intervention: whether she must in this benefit spell, and the week of the referral that stands."""

    def __init__(self, course: Course) -> None:
        self.course = course
        self.must = False
        self.letter: int | None = None

    def enrol(self) -> None:
        """A spell in which it may begin."""
        self.must = True

    def refer(self, week: int) -> None:
        """She is referred."""
        self.letter = week
        self.course.me.happens()

    def void(self) -> None:
        """The referral came to nothing."""
        self.letter = None

    def over(self) -> None:
        """It has begun, or she need not any more."""
        self.must, self.letter = False, None

    def told(self, week: int, before: Before) -> int | None:
        """Week of the notice that stands; None: there is none."""
        if before.notice == "referral":
            return self.letter
        if not self.must:
            return None
        told = max(self.course.me.enrolled, before.run_week or 0)
        return told if told <= week else None

    def affect(self, week: int, before: Before | None, called: str = "before") -> None:
        """tirsdag: it changes her chances of leaving."""
        me = self.course.me
        told = None if before is None else self.told(week, before)
        if before is None or told is None:
            return
        if me.states.intersection(before.not_in):
            me.tally["notice rests"] += 1
            return
        me.tally[f"weeks under notice by {before.notice}"] += 1
        strength = 1.0
        if before.builds_over and before.announced_after:
            left = told + before.announced_after - week
            strength = 1.0 - left / before.builds_over if left > 0 else 1.0
            me.tally["overdue"] += int(left < 0)
            me.tally["building up"] += int(0 < strength < 1)
        self.course.affect(called, before.effects, max(strength, 0.0))
