"""Small jobs beside benefit: who has paid hours while on benefit, and what efforts do to that.

A ledig without a small job begins one with a weekly chance p, which is an intensity of -log(1 - p); one ends likewise.
An effect multiplies the intensity of a week: with factor f the chance in that week is 1 - (1 - p)^f. The luck of a
change is a reserve drawn when the wait for it begins, and kept as the moment at which it would be used up without any
effect: a week with factor f brings that moment f - 1 weeks nearer. So the luck is the same in every scenario, and whom
no effect reaches has the very same small jobs. An effect may also change the hours of small jobs that begin.

What the evidence says. In På rette vej i job part-time work beside kontanthjælp was the second criterion of success;
participants tended to more hours, not significantly, and the size is lost (Rambøll 2013, p. 5-6 [2-3]). No other size
was read. So no effort moves small jobs unless a scenario says so.
"""

from __future__ import annotations

import numpy as np

from simulation.world.beskaeftigelse import TENURE_WEEKS, Beside, Jobs, whole_hours
from simulation.world.ledige import LEDIG, Ledige
from simulation.world.spec import NEVER, NOT_PLANNED, Floats, Ids, Ints, where

BESIDE_BEGINS, BESIDE_ENDS, BESIDE_HOURS = "beside_begins", "beside_ends", "beside_hours"
MOVED = (BESIDE_BEGINS, BESIDE_ENDS, BESIDE_HOURS)
"""What effects may name beside destinations: the intensities with which a small job begins and ends, and the hours of
one that begins."""


class SmallJobs:
    """The small jobs of all rows; their hours are within those of `Jobs`."""

    def __init__(self, rule: Beside, ledige: Ledige, jobs: Jobs) -> None:
        self.rule, self.ledige, self.jobs = rule, ledige, jobs
        self.hours = np.zeros(len(ledige), dtype=np.uint8)
        self.changes = np.full(len(ledige), NEVER, dtype=np.int16)  # mandag on which it begins or ends
        self.changed = np.zeros(len(ledige), dtype=np.int16)  # how often one has begun or ended in this benefit spell
        self._due = np.full(len(ledige), np.inf)  # week in which the reserve is used up; `changes` is its whole part
        self._factors: dict[str, Floats] = {}  # of effects that hold this week, by what they move; all others have 1

    def enrolled(self, week: int, first: Ids, again: Ids) -> None:
        """A benefit spell begins: some of the first-time enrolled have a small job, the others may find one."""
        self.changed[again] = 0
        has = self.ledige.draws.uniform("small job at entry", 0, first) < self.rule.at_entry
        self._begin(week, first[has])
        self._wait_for_one(week, np.concatenate((first[~has], again)))

    def mandag(self, week: int) -> None:
        """Small jobs end and begin."""
        ids = where((self.changes == week) & (self.ledige.status == LEDIG))
        has = self.hours.take(ids) > 0
        self._end(ids[has])
        self._wait_for_one(week, ids[has])
        self._begin(week, ids[~has])
        for factor in self._factors.values():
            factor.fill(1.0)

    def multiply(self, what: str, ids: Ids, factor: float | Floats) -> None:
        """tirsdag: an effect holds for these ids, which must not repeat, until the next mandag. Factors multiply."""
        self._factors.setdefault(what, np.ones(len(self.ledige)))[ids] *= factor

    def tirsdag(self, week: int) -> None:
        """All effects of this week are known: what they move comes sooner or later."""
        for what, has in ((BESIDE_BEGINS, False), (BESIDE_ENDS, True)):
            if (factor := self._factors.get(what)) is None:
                continue
            ids = where((factor != 1.0) & (self.ledige.status == LEDIG) & ((self.hours > 0) == has))
            self._due[ids] -= factor.take(ids) - 1.0
            self.changes[ids] = np.clip(np.floor(self._due.take(ids)), week + 1, NOT_PLANNED)

    def leave(self, ids: Ids) -> None:
        """These ids leave benefit, and work nothing beside it any more."""
        self._end(ids)
        self.changes[ids] = NEVER

    def _begin(self, week: int, ids: Ids) -> None:
        draws, number = self.ledige.draws, self._next_change(ids)
        hours = draws.value(self.rule.hours, "small job hours", number, ids)
        if (factor := self._factors.get(BESIDE_HOURS)) is not None:
            chance = draws.uniform("small job hours rounded", number, ids)
            hours = whole_hours(hours, factor.take(ids), chance)
        self.hours[ids] = hours
        self.jobs.hours[ids] += self.hours[ids]
        self._plan(week, ids, self.rule.ends, draws.uniform("small job end", number, ids))

    def _end(self, ids: Ids) -> None:
        self.jobs.hours[ids] -= self.hours[ids]
        self.hours[ids] = 0

    def _wait_for_one(self, week: int, ids: Ids) -> None:
        self._plan(week, ids, self.rule.begins, self.ledige.draws.uniform("small job", self._next_change(ids), ids))

    def _plan(self, week: int, ids: Ids, chance: float, luck: Floats) -> None:
        """These ids wait for a change that has this weekly chance, from the next mandag on."""
        waits = np.full(len(ids), 0.0 if chance >= 1 else np.inf)
        if 0 < chance < 1:
            waits = np.log(luck) / np.log1p(-chance)
        self._due[ids] = week + 1 + waits
        self.changes[ids] = np.minimum(week + 1 + np.floor(waits), NOT_PLANNED)

    def _next_change(self, ids: Ids) -> Ints:
        """A number of its own for what each of these ids decides next of a small job, by her spell and not the week."""
        self.changed[ids] += 1
        return self.ledige.spell.take(ids).astype(np.int64) * TENURE_WEEKS + self.changed.take(ids)
