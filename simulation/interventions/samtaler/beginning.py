"""Beginning: the plan that each ledig begins on, by who she is, her benefit, and the week in which her spell begins."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.timetable import NO_PLAN
from simulation.world.spec import NOT_PLANNED, Bools, Ids, Ints
from simulation.world.world import World


class Beginning:
    """`first` has the plan (NO_PLAN: none) by span of weeks, benefit and row; a span begins at each week of the run in
    which spells begin on other plans than before. `moves` are the plans to which those under way go over, by week."""

    def __init__(self, plans: Sequence[Plan], world: World) -> None:
        self.world = world
        spans = [plan.begun_when(world.start) for plan in plans]
        self.weeks = np.unique([0, *(week for span in spans for week in span if week < NOT_PLANNED)])
        benefits = [""] if world.benefits is None else world.benefits.names
        self.first = np.full((len(self.weeks), len(benefits), len(world.ledige)), NO_PLAN, dtype=np.uint8)
        self.moves: dict[int, list[int]] = {}
        for p in sorted(range(len(plans)), key=lambda p: plans[p].since()):  # a later one takes the place of others
            plan, (begins, ends) = plans[p], spans[p]
            begin = world.among(plan.arms, plan.levels)
            if plan.in_jobcentres is not None:
                begin &= world.in_jobcentres(plan.in_jobcentres)
            on = [plan.begun_on(benefit) for benefit in benefits]
            for n in np.flatnonzero((begins <= self.weeks) & (self.weeks < ends)):
                self.first[n] = np.where(np.outer(on, begin), p, self.first[n])
            if plan.spells is not None and plan.spells.under_way and begins > 0:
                self.moves.setdefault(begins, []).append(p)

    def plan_of(self, week: int, ids: Ids) -> Ints:
        """The plan that these ids are to begin on in this week, whose spells may have begun before it; same shape."""
        plan = self._by(np.searchsorted(self.weeks, self.world.ledige.enrolled.take(ids), side="right") - 1, ids)
        for date in sorted(self.moves):
            if date <= week:
                moved, to = self._moved(date, ids)
                plan[moved] = to[moved]
        return plan

    def moved_today(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """Those of these ids who are under way, and go over on this mandag, one of `moves`; and the plan that each
        begins on."""
        moved, to = self._moved(week, ids)
        return ids[moved], to[moved]

    def _moved(self, date: int, ids: Ids) -> tuple[Bools, Ints]:
        """Who of these ids goes over at a date, and the plan that a spell of hers would begin on at it."""
        to = self._by(np.searchsorted(self.weeks, date, side="right") - 1, ids)
        return np.isin(to, self.moves[date]) & (self.world.ledige.enrolled.take(ids) < date), to

    def _by(self, span: Ints | np.intp, ids: Ids) -> Ints:
        benefits = self.world.benefits
        return np.array(self.first[span, 0 if benefits is None else benefits.now.take(ids), ids])
