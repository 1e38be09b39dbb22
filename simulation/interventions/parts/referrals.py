"""Henvisning (referral): when a ledig of an arm is referred to an offer, and again after it.

Weekly talks are said to clarify sooner what somebody can do, and tasks between talks to make something happen each week
(Rambøll 2013, p. 14-15 [11-12], 18 [15]); no size, so a talk brings nothing forward unless a scenario says by how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Running
from simulation.interventions.parts.before import Before, Notices, named_within
from simulation.interventions.parts.talks import Talks
from simulation.world.clocks import COURSE_WEEK
from simulation.world.draws import weeks_until
from simulation.world.few import Planned
from simulation.world.spec import NOT_PLANNED, Ids, Share, Spec, WeekDistribution, Weeks, quantile, unit

NAMED = {"referral.<key>": "arms", **named_within("referral.*.before")}
"""What `referral: {ARM: ...}` names of the scenario, for the `refers` of a kind that has it."""


ROUNDING = 1e-9
"""So that ten times a tenth of a week is a week."""


class Push(Spec):
    """Who is not ready by the deadline may be sent all the same."""

    week: Annotated[
        Weeks,
        Field(description="Course week of the deadline, by which who is not ready is referred all the same"),
        COURSE_WEEK,
    ]
    share: Annotated[Share, Field(description="Share of those not ready by then who are referred all the same")]


class Referral(Spec):
    """How the ledige of one arm come to be referred."""

    never_ready: Annotated[Share, Field(description="Share of the ledige of the arm who never become ready")] = 0.0
    ready_week: Annotated[
        WeekDistribution, Field(description="Course week in which the others become ready"), COURSE_WEEK
    ]
    weekly: Annotated[Share, Field(description="Chance in a week that a ready ledig is referred")]
    sooner_per_talk: Annotated[
        float, unit("weeks", "Weeks by which a held talk brings the week forward in which she is ready", ge=0, le=52)
    ] = 0.0
    push: Annotated[Push | None, Field(description="Deadline for those who are not ready; absent: none")] = None
    before: Annotated[
        Before | None, Field(description="What it does to exits before it begins (threat); absent: nothing")
    ] = None


class Referrals:
    """`planned` is the next referral. Column: `ready` (week from which on a ledig is ready). Its `notices` must be told
    by the kind who is referred, for whom it begins, and who is released."""

    def __init__(self, running: Running, rules: Mapping[str, Referral], once: bool = False) -> None:
        """With `once` only the first benefit spell of a ledig counts in which it takes her in."""
        self._running, self.world, self.once, self.counted = running, running.world, once, running.count
        self.rules = [(a, rules[arm]) for a, arm in enumerate(self.world.arms) if arm in rules]
        rows = len(self.world.ledige)
        self.planned = Planned(rows)
        self.ready = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.world.keep_ready(running.name, self.ready)
        self.earlier = Earlier(self) if any(rule.sooner_per_talk for _, rule in self.rules) else None
        effects = [
            (a, rule.before, running.effect("before", rule.before.effects))
            for a, rule in self.rules
            if rule.before is not None
        ]
        self.notices = Notices(self.world, self.world.ledige.arm, effects)
        self.open = True  # whether anybody is referred
        running.closing.append(self.close)

    def close(self, week: int) -> None:
        """Nobody is referred any more, and nobody is obliged."""
        self.open = False
        self.notices.over(self.world.ledige.on_benefit())

    def enrolled(self, week: int, ids: Ids) -> None:
        """A benefit spell of these ids begins."""
        if self.once:
            ids = ids[self._running.first_time(week, ids)]
        self.notices.enrolled(ids)
        for a, rule in self.rules:
            self._plan(week, ids[self.world.ledige.arm.take(ids) == a], rule)

    def _plan(self, week: int, ids: Ids, rule: Referral) -> None:
        if len(ids) == 0:
            return
        decisions = ("ready", "referral", "never ready", "push")
        of_ready, of_referral, of_never, of_push = self._running.chances(week, ids, *decisions)
        ready = week + quantile(rule.ready_week, of_ready)
        due = ready + weeks_until(rule.weekly, of_referral)
        if rule.never_ready:
            never = of_never < rule.never_ready
            ready[never] = due[never] = NOT_PLANNED
        if rule.push:
            deadline = week + rule.push.week
            due[(ready > deadline) & (of_push < rule.push.share)] = deadline
        self.ready[ids] = np.minimum(ready, NOT_PLANNED)
        self.planned.plan(ids, due)
        if self.earlier is not None:
            self.earlier.begin(ids)

    def take(self, week: int) -> Ids:
        """Who is referred this week, ascending: whose time has come, and who can begin an offer."""
        if not self.open:
            return self.planned.take(week)[:0]
        ids = self.planned.due(week)  # who is not on benefit has none planned
        ids = self.world.free_for_offers(ids, self._running.number)  # who is in another offer is referred after it
        self.planned.forget(ids)
        return ids

    def take_all(self, week: int) -> Ids:
        """Whose time has come, ascending, for what runs beside other offers."""
        ids = self.planned.take(week)
        return ids if self.open else ids[:0]

    def again(self, week: int, ids: Ids) -> None:
        """From this week on these ids may be referred once more, as soon as they are ready: who was sent at the
        deadline may not be, and who never becomes ready is not referred again."""
        if len(ids) == 0:
            return
        for a, rule in self.rules:
            mine = ids[self.world.ledige.arm.take(ids) == a]
            if self.earlier is not None:
                self.earlier.not_before[mine] = week
            [of_referral] = self._running.chances(week, mine, "referral")
            self.planned.plan(mine, np.maximum(self.ready.take(mine), week) + weeks_until(rule.weekly, of_referral))

    def gone(self, ids: Ids) -> None:
        """These ids are on benefit no more."""
        self.planned.forget(ids)
        self.notices.over(ids)


class Earlier:
    """How held talks bring readiness forward, and the referral with it; who is to be sent at the deadline is sent then
    all the same, ready by then or not.

    Columns: `talks` (held in this benefit spell while she was not ready), `moved` (weeks won by them), `not_before` (no
    new referral before this week, ready or not), `qualifies` (no referral before this week)."""

    def __init__(self, referrals: Referrals) -> None:
        self.referrals, world = referrals, referrals.world
        rows = len(world.ledige)
        self.talks = np.zeros(rows, dtype=np.int64)
        self.moved = np.zeros(rows, dtype=np.int64)
        self.not_before = np.zeros(rows, dtype=np.int16)
        self.qualifies = np.zeros(rows, dtype=np.int16)
        world.part(Talks).when_held(self.talked)

    def begin(self, ids: Ids) -> None:
        """mandag: a benefit spell of these ids begins."""
        self.talks[ids] = self.moved[ids] = self.not_before[ids] = self.qualifies[ids] = 0

    def talked(self, ids: Ids) -> None:
        """fredag: a talk has been held with each of these ids."""
        week, ready, planned = self.referrals.world.week, self.referrals.ready, self.referrals.planned
        sooner = np.zeros(len(self.referrals.world.arms))
        for a, rule in self.referrals.rules:
            sooner[a] = rule.sooner_per_talk
        ids = ids[(ready.take(ids) > week) & (ready.take(ids) != NOT_PLANNED)]
        per_talk = sooner.take(self.referrals.world.ledige.arm.take(ids))
        earned = per_talk * self.talks.take(ids) + ROUNDING
        by = np.floor(earned + per_talk) - np.floor(earned)
        self.talks[ids] += 1
        ids, by = ids[by > 0], by[by > 0].astype(np.int64)
        before, due, not_before = ready.take(ids).astype(np.int64), planned.week.take(ids), self.not_before.take(ids)
        ready[ids] = now = np.maximum(before - by, week + 1)
        moved = np.maximum(before, not_before) - np.maximum(now, not_before)
        counted = self.referrals.counted
        if "sooner" in counted.names:
            counted(week, "clarified", ids[(self.moved.take(ids) == 0) & (now < before)])
            counted(week, "sooner", ids, before - now)
        self.moved[ids] += before - now
        follows = (due >= before) & (due != NOT_PLANNED)  # not sent at the deadline
        due = np.maximum(np.maximum(due - moved, self.qualifies.take(ids)), week + 1)
        planned.plan(ids[follows], due[follows])
