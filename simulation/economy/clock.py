"""The clock of refusion: at which step everybody stands, week by week, over all benefits.

By law the state refunds 80, 40, 30 and 20 % of a municipal benefit in weeks 1-4, 5-26, 27-52 and from 53 on, and the
municipality pays the mirror of it, 20, 60, 70 and 80 %, of dagpenge (lov om kommunernes finansiering § 5, stk. 2-3:
PAYER-01, PAYER-02). Counted are weeks WITH benefit, of whatever kind, not weeks of the calendar: change of benefit does
not matter, and a break makes the clock stand. It starts anew after 52 whole weeks of self-support within three years
(§ 6: PAYER-03). Subsidised work is not self-support.

Readings that the text read does not settle, each of them `assumed`: whether a week of subsidised work moves the clock
on (`subsidised_counts`; by default it stands: that fleksløntilskud is one of the benefits counted is not verified,
PAYER-04); three years are 156 weeks; a week in which any benefit is paid is a whole one; weeks of self-support that
have set the clock back once do not do so again. What was before the benefit spell in which a ledig is enrolled is not
known: her clock begins with that spell.

Ledighedsydelse beyond 18 months was without refusion, says one source, and not from when to when
(other_ly_18m_no_refund). Such weeks are counted apart, for a file of prices to say from which date on that is so, if at
all. That 18 months are 78 weeks, in a row or not, and that they start anew with the clock, is `assumed`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Ints


@dataclass(frozen=True)
class Refusion:
    """The rules of the clock, in weeks: the weeks after which the next step begins, and the weeks of self-support, and
    within how many, after which it starts anew; whether weeks of subsidised work count as weeks with benefit; and the
    weeks on ledighedsydelse after which those that follow are counted apart."""

    after: tuple[int, int, int] = (4, 26, 52)
    support_weeks: int = 52
    within_weeks: int = 3 * 52
    subsidised_counts: bool = False
    long_after: int = 78


REFUSION = Refusion()
"""Since 2016-01-04 (PAYER-01 to -04)."""


class Clock:
    """Columns of shape (people,): `count`, weeks with benefit since the clock started, `long`, those of them on the
    benefit of which long stays are counted apart, and `support`, weeks of self-support within the time that matters
    which have not set it back yet."""

    def __init__(self, weeks_before: Ints, rules: Refusion = REFUSION, weeks: int | None = None) -> None:
        """`weeks_before`, by person, are those on benefit before the first week that it is told of; it is told of so
        many `weeks` at most (None: of any number)."""
        people = len(weeks_before)
        self.rules = rules
        self.count = np.array(weeks_before, dtype=np.int64)
        self.long = np.zeros(people, dtype=np.int64)
        self.support = np.zeros(people, dtype=np.int64)
        self._earlier = self.count.copy()  # of those who have not been on benefit in the run yet
        within = rules.within_weeks if weeks is None else min(rules.within_weeks, weeks)
        self._lately = np.zeros((within, people), dtype=bool)  # self-support, week by week in turn
        self._turn = 0

    def week(self, on_benefit: Bools, self_support: Bools) -> NDArray[np.int8]:
        """A week has gone, in which these were on benefit and these supported themselves (who does neither lets the
        clock stand). Returns the step, 0 to 3, at which benefit of this week is: that of the last week with benefit
        for who had none."""
        oldest = self._lately[self._turn]
        self.support += self_support
        self.support -= oldest
        oldest[:] = self_support
        self._turn = (self._turn + 1) % len(self._lately)
        anew = np.flatnonzero(self.support >= self.rules.support_weeks)
        if len(anew):
            self.count[anew] = self.support[anew] = 0
            self._lately[:, anew] = False
        self.count += on_benefit
        step = np.zeros(len(self.count), dtype=np.int8)
        for weeks in self.rules.after:
            step += self.count > weeks
        return step

    def stays_long(self, on_benefit: Bools, of_it: Bools) -> Bools:
        """The week that has gone: of those who were on benefit, these were on the one of which long stays are counted
        apart. Returns who has been on it for longer; weeks before enrolment are weeks on it if the first one was."""
        self.long += of_it * (1 + self._earlier)
        self._earlier[on_benefit] = 0
        np.minimum(self.long, self.count, out=self.long)  # it starts anew with the clock
        return np.asarray(of_it & (self.long > self.rules.long_after))
