"""Henvisning (referral): when a ledig of an arm is referred to an offer, and again after it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Running
from simulation.interventions.parts.before import Before, Notices, named_within
from simulation.world.clocks import COURSE_WEEK
from simulation.world.spec import NOT_PLANNED, Ids, Share, Spec, WeekDistribution, Weeks, where

NAMED = {"referral.<key>": "arms", **named_within("referral.*.before")}
"""What `referral: {ARM: ...}` names of the scenario, for the `refers` of a kind that has it."""


class Push(Spec):
    """Who is not ready by the deadline may be sent all the same."""

    week: Annotated[Weeks, Field(description="Course week of the deadline"), COURSE_WEEK]
    share: Annotated[Share, Field(description="Share of those not ready by then who are referred all the same")]


class Referral(Spec):
    """How the ledige of one arm come to be referred."""

    never_ready: Annotated[Share, Field(description="Share who never become ready")] = 0.0
    ready_week: Annotated[
        WeekDistribution, Field(description="Course week in which the others become ready"), COURSE_WEEK
    ]
    weekly: Annotated[Share, Field(description="Chance in a week that a ready ledig is referred")]
    push: Annotated[Push | None, Field(description="Deadline for those who are not ready; absent: none")] = None
    before: Annotated[
        Before | None, Field(description="What it does to exits before it begins (threat); absent: nothing")
    ] = None


class Referrals:
    """Columns: `due` (week of the next referral), `ready` (week from which on a ledig is ready). Its `notices` must be
    told by the kind who is referred, for whom it begins, and who is released."""

    def __init__(self, running: Running, rules: Mapping[str, Referral], once: bool = False) -> None:
        """With `once` only the first benefit spell of a ledig counts."""
        self.rules, self.world, self.name, self.once = rules, running.world, running.name, once
        rows = len(self.world.ledige)
        self.due = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.ready = np.full(rows, NOT_PLANNED, dtype=np.int16)
        arms = [(a, rules[arm].before) for a, arm in enumerate(self.world.arms) if arm in rules]
        effects = [(a, before, running.effect("before", before.effects)) for a, before in arms if before is not None]
        self.notices = Notices(self.world, self.world.ledige.arm, effects)

    def enrolled(self, week: int, ids: Ids) -> None:
        """A benefit spell of these ids begins."""
        if self.once:
            ids = ids[self.world.ledige.entry.take(ids) == week]
        self.notices.enrolled(ids)
        for a, arm in enumerate(self.world.arms):
            if rule := self.rules.get(arm):
                self._plan(week, ids[self.world.ledige.arm.take(ids) == a], rule)

    def _plan(self, week: int, ids: Ids, rule: Referral) -> None:
        if len(ids) == 0:
            return
        draws = self.world.ledige.draws
        ready = week + draws.value(rule.ready_week, f"{self.name} ready", week, ids)
        due = ready + draws.weeks_until(rule.weekly, f"{self.name} referral", week, ids)
        if rule.never_ready:
            never = draws.uniform(f"{self.name} never ready", week, ids) < rule.never_ready
            ready[never] = due[never] = NOT_PLANNED
        if rule.push:
            deadline = week + rule.push.week
            pushed = (ready > deadline) & (draws.uniform(f"{self.name} push", week, ids) < rule.push.share)
            due[pushed] = deadline
        self.ready[ids] = np.minimum(ready, NOT_PLANNED)
        self.due[ids] = np.minimum(due, NOT_PLANNED)

    def take(self, week: int) -> Ids:
        """Who is referred this week, ascending: whose time has come, and who can begin an offer."""
        ids = where(self.due <= week)  # who is not on benefit has none planned
        ids = self.world.free_for_offers(ids)  # who is in another offer is referred after it
        self.due[ids] = NOT_PLANNED
        return ids

    def take_all(self, week: int) -> Ids:
        """Whose time has come, ascending, for what runs beside other offers."""
        ids = where(self.due <= week)
        self.due[ids] = NOT_PLANNED
        return ids

    def again(self, week: int, ids: Ids) -> None:
        """From this week on these ids may be referred once more, as soon as they are ready: who was sent at the
        deadline may not be, and who never becomes ready is not referred again."""
        for a, arm in enumerate(self.world.arms):
            if rule := self.rules.get(arm):
                mine = ids[self.world.ledige.arm.take(ids) == a]
                wait = self.world.ledige.draws.weeks_until(rule.weekly, f"{self.name} referral", week, mine)
                self.due[mine] = np.minimum(np.maximum(self.ready.take(mine), week) + wait, NOT_PLANNED)

    def gone(self, ids: Ids) -> None:
        """These ids are on benefit no more."""
        self.due[ids] = NOT_PLANNED
        self.notices.over(ids)
