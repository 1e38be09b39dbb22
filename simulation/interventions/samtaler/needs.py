"""Needs: which rule of her plan holds for each ledig this week, and when her talk is due by it (`by_need.py`).

A talk is due so many weeks after the last held one as the rule says that holds *now*, or `every` of the plan where none
does: so a change between two talks moves the next one, but never to a week that is over. The first talk on a plan falls
due as the plan says. Under a rule without talks none is due, and the wait goes on: when the rule holds no longer, she
is due at once if her weeks have gone by. From `until_week` of the plan on nothing is due, and nobody is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.samtaler.by_need import ByNeed
from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.timetable import Timetable
from simulation.world.spec import NEVER, NOT_PLANNED, Bools, Ids, Ints, where
from simulation.world.world import World

NO_RULE = -1


class Needs:
    """Columns: `rule` (number of the rule of her plan that holds, NO_RULE for none), `done` (week in which the last
    talk on her plan was done with; NEVER: none so far), and of each rule `since` (week since which all that it says has
    held, NEVER: it does not), kept of all, for how long it must hold may change at a date."""

    def __init__(self, plans: Sequence[Plan], timetable: Timetable, channels: Sequence[str], world: World) -> None:
        rows = len(world.ledige) if any(plan.by_need for plan in plans) else 0
        self.world = world
        self.rule = np.full(rows, NO_RULE, dtype=np.int8)
        self.done = np.full(rows, NEVER, dtype=np.int16)
        self.since: dict[tuple[int, int], Ints] = {
            (p, n): np.full(rows, NEVER, dtype=np.int16)
            for p, plan in enumerate(plans) for n in range(len(plan.by_need))
        }  # fmt: skip
        self.become(plans, timetable, channels)

    def become(self, plans: Sequence[Plan], timetable: Timetable, channels: Sequence[str]) -> None:
        """The plans are these from now on; which rules there are does not change."""
        self.plans, self.timetable, self.channels = plans, timetable, list(channels)
        self.some = [p for p, plan in enumerate(plans) if plan.by_need]

    def begin(self, ids: Ids) -> None:
        """mandag: these ids begin on a plan; its first talk is planned."""
        if self.some:
            self.done[ids] = NEVER
            self.rule[ids] = NO_RULE
            for since in self.since.values():
                since[ids] = NEVER

    def next(self, week: int, ids: Ids) -> None:
        """fredag: the talk that was due for these ids is done with."""
        if self.some:
            self.done[ids] = week

    def look(self, week: int, plan: Ints, due: Ints) -> list[Ids]:
        """fredag: whose talk is due when, by the rule that holds now: written into `due`. Returns those for whom a
        talk would be due, but for a rule without talks."""
        without = list[Ids]()
        for p in self.some:
            ids = where(plan == p)
            if len(ids) == 0:
                continue
            rule = self._holding(week, p, ids)
            self.rule[ids] = rule
            gaps = [each.weeks or 0 for each in self.plans[p].by_need]
            gap = np.array([*gaps, 0]).take(rule)  # 0: none of its own; the last one is of NO_RULE
            without.append(self._plan(week, p, ids, rule, gap, due))
        return without

    def _plan(self, week: int, p: int, ids: Ids, rule: Ints, gap: Ints, due: Ints) -> Ids:
        columns = (self.world.ledige.enrolled, self.done, due)
        enrolled, done, before = (column.take(ids).astype(np.int64) for column in columns)
        course_week = np.maximum(done - enrolled, 0)
        following = self.timetable.look_up(self.timetable.next, np.full(len(ids), p), course_week)
        by_plan = np.where(following == NOT_PLANNED, NOT_PLANNED, enrolled + following)
        new = np.where(gap == 0, by_plan, done + gap)
        new = np.where(done == NEVER, before, new)
        until = self.plans[p].until_week
        if until is not None:
            new[np.maximum(new, week) - enrolled >= until] = NOT_PLANNED  # what waits too
        new = np.where(new > week, new, np.minimum(before, week))
        none = (rule != NO_RULE) & (gap == 0)
        due[ids] = np.where(none, np.maximum(new, week + 1), new)
        out: Ids = ids[none & (new <= week)]
        return out

    def _holding(self, week: int, p: int, ids: Ids) -> Ints:
        """Number of the first rule that holds for each of these ids; NO_RULE: none does."""
        first = np.full(len(ids), NO_RULE, dtype=np.int8)
        for n, rule in enumerate(self.plans[p].by_need):
            holds, before = self._so(week, rule, ids), self.since[p, n].take(ids)
            since = np.where(holds, np.where(before == NEVER, week, before), NEVER)
            self.since[p, n][ids] = since
            holds &= week - since >= rule.after_weeks
            first[holds & (first == NO_RULE)] = n
        return first

    def _so(self, week: int, rule: ByNeed, ids: Ids) -> Bools:
        """For whom of these ids all conditions hold, however long; same shape."""
        world, holds = self.world, np.ones(len(ids), dtype=bool)
        if rule.in_offer:
            holds &= world.in_offers(rule.in_offer, ids)
        if rule.in_state:
            holds &= world.in_any(rule.in_state, ids)
        if rule.waiting_for:
            holds &= world.waits_for(rule.waiting_for, ids)
        if rule.helped_by:
            holds &= world.has_place(rule.helped_by, ids)
        if rule.ready_for:
            holds &= world.ready_for(rule.ready_for, week, ids)
        if rule.not_ready_for:
            holds &= ~world.ready_for(rule.not_ready_for, week, ids)
        if rule.hours_beside is not None:
            hours = None if world.jobs is None else world.jobs.hours.take(ids)
            holds &= False if hours is None else hours >= rule.hours_beside
        course_week = week - world.ledige.enrolled.take(ids)
        if rule.from_week:
            holds &= course_week >= rule.from_week
        if rule.until_week is not None:
            holds &= course_week < rule.until_week
        return holds

    def channel(self, p: int, ids: Ids) -> Ints:
        """Number of the channel that the rule of plan `p` that holds for each of these ids asks for; -1: none."""
        named = [NO_RULE if r.channel is None else self.channels.index(r.channel) for r in self.plans[p].by_need]
        return np.array([*named, NO_RULE]).take(self.rule.take(ids))
