"""Passing from one benefit to another, as one more cause that competes with the exits.

Every benefit has intensities of its own for the same causes, the destinations and then the benefits. What a ledig
brings is set anew when she has come to another benefit; her frailty has the same quantile on all of them, by where she
is drawn to. Reserves are drawn anew by the number of the spell, as after a job. The end of a right uses up a reserve at
once, on the tirsdag on which so many weeks have gone by.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from simulation.world.afgang import PROFILE_WEEKS, Afgang, Exit, course_of
from simulation.world.benefits import Benefit, Benefits, pulls_of
from simulation.world.few import Planned
from simulation.world.ledige import Ledige, Subgroup
from simulation.world.market import Market
from simulation.world.spec import NOT_PLANNED, Floats, Ids, Ints
from simulation.world.staff.jobcentres import Jobcentres


class AfgangByBenefit(Afgang):
    """Afgang where there are several benefits. `ends` is the tirsdag on which the right of each ends."""

    def __init__(
        self,
        exits: Mapping[str, Exit],
        benefits: Mapping[str, Benefit],
        state: Benefits,
        ledige: Ledige,
        jobcentres: Jobcentres,
        subgroups: Mapping[str, Mapping[str, Subgroup]],
        market: Market | None = None,
        season: Floats | None = None,
    ) -> None:
        """As Afgang; `season` has a factor for each cause and week."""
        causes = {**exits, **{name: Exit(level=0.0) for name in benefits}}
        super().__init__(causes, ledige, jobcentres, subgroups, market, season)
        self.destinations = list(exits)
        self.state = state
        self.pulls = [pulls_of(benefit, exits, list(benefits)) for benefit in benefits.values()]
        by_benefit = [[None if pull is None else pull.duration for pull in each.values()] for each in self.pulls]
        self.flat = [all(duration is None for duration in of_cause) for of_cause in zip(*by_benefit, strict=True)]
        self._courses = np.array([[course_of(duration) for duration in each] for each in by_benefit])
        self._of_cause = [self._courses[:, k].ravel() for k in range(len(causes))]  # benefit after benefit
        self._weeks_before = ledige.entry - ledige.spell_start
        self.rights = [(number, name, each.ends) for number, (name, each) in enumerate(benefits.items()) if each.ends]
        self.ends = Planned(len(ledige))
        self._brought = state.now.copy()  # the benefit that `brings` is of
        self._bring(np.arange(len(ledige)))

    def _bring(self, ids: Ids) -> None:
        """What these ids bring to the intensities of the benefits that they are on."""
        now = self.state.now.take(ids)
        first = self.ledige.first_benefit
        assert first is not None
        for number, pulls in enumerate(self.pulls):
            mine = ids[now == number]
            weeks = np.where(first.take(mine) == number, self._weeks_before.take(mine), 0)
            for k, (name, pull) in enumerate(pulls.items()):
                course = self._courses[number, k]
                self.brings[k, mine] = 0.0 if pull is None else self._brings(name, pull, course, mine, weeks)
        self._brought[ids] = now

    def begin_spell(self, week: int, ids: Ids) -> None:
        now = self.state.now.take(ids)
        if len(other := ids[self._brought.take(ids) != now]):
            self._bring(other)
        super().begin_spell(week, ids)
        ledige = self.ledige
        for number, name, ends in self.rights:
            mine = ids[now == number]
            lasts = ledige.draws.value(ends.week, f"{name} ends", ledige.spell.take(mine), mine)
            last = ledige.spell_start.take(mine) + lasts
            self.ends.plan(mine, np.minimum(np.maximum(last, week), NOT_PLANNED - 1))

    def exits_of_week(self, week: int) -> tuple[Ids, NDArray[np.intp]]:
        if self.rights:
            self._end_rights(self.ends.take(week))
        ids, cause = super().exits_of_week(week)
        if self.rights:
            self.ends.forget(ids)
        return ids, cause

    def _end_rights(self, ids: Ids) -> None:
        """The rights of these ids end today; who has been sent elsewhere goes there."""
        if self.leaving is not None:
            ids = ids[~self.leaving.take(ids)]
        now, draws, number = self.state.now.take(ids), self.ledige.draws, self.ledige.spell.take(ids)
        for benefit, name, ends in self.rights:
            mine = now == benefit
            chance = draws.uniform(f"{name} ends to", number[mine], ids[mine])
            place = np.searchsorted(np.cumsum(list(ends.to.values())), chance, side="right")
            for k, where_to in enumerate(ends.to):
                at = np.minimum(place, len(ends.to) - 1) == k
                self.reserve[self.causes.index(where_to), ids[mine][at]] = 0.0

    def by_duration(self, k: int, rows: slice | Ids, duration: Ints) -> Floats:
        place = self.state.now[rows].astype(np.intp) * PROFILE_WEEKS
        place += np.clip(duration, 0, PROFILE_WEEKS - 1)
        return self._of_cause[k].take(place)
