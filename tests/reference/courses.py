"""A LEDIG'S WAY THROUGH AN INTERVENTION, for the second engine (`engine.py`): what all kinds have in common.

Talks are told in `talks.py`, group meetings in `groups.py`, praktik in `placement.py`, virksomhedsforløb in
`firms.py` as a praktik that differs, jobklub in `clubs.py`, small jobs in `beside.py`, what concerns the
sick-listed in `syge.py`, fleksjob in `formidling.py`, offers that are put together of parts in `pakker.py`,
løntilskud in `subsidised.py`, temporary work in `bureaus.py`, mentors in `mentors.py`, other help in
`coordination.py`, and what a subsidy makes a jobcentre do in `outreach.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import simpy

from simulation.interventions.parts.referrals import ROUNDING, Referral
from simulation.world.sizes import Effects

from .basics import FAR
from .notice import Notice
from .sizes import multiply

if TYPE_CHECKING:
    from .engine import Ledig


class Course:
    """Her way through one intervention; by default nothing happens on any day."""

    def __init__(self, me: Ledig, number: int) -> None:
        self.me, self.number = me, number
        self.name = list(me.world.scenario.interventions)[number - 1]
        self.notice = Notice(self)
        self.closed = False  # nobody comes into it any more
        self.has_come = False  # has it taken her in before?

    referral_is = "referral"  # where her next referral stands
    not_before = qualifies = clarifying = 0  # see `bring_forward`
    ready = FAR  # week from which on she is ready for it
    waits_since: int | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether she waits for it."""
        return self.waits_since is not None

    @property
    def helped(self) -> bool:
        """Whether somebody of it helps her, beside any offer."""
        return False

    @property
    def concerned(self) -> bool:
        """Whether it is for who is on the benefit that she is on."""
        benefits = self.me.world.scenario.interventions[self.name].benefits
        return benefits is None or self.me.benefit in benefits

    def first_time(self, week: int) -> bool:
        """Whether it takes her in for the first time; to be asked when it does."""
        if not self.me.world.scenario.benefits:
            return self.me.spell == 0
        first, self.has_come = not self.has_come, True
        return first

    def affect(self, called: str, effects: Effects, strength: float = 1.0, on_log: bool = False) -> None:
        """One of its effects, by the key that it stands under, holds for her this week."""
        multiply(self.me, f"effect {self.name} {called}", effects, strength, on_log)

    def had_treatment(self) -> bool:
        """Whether she has had it in this benefit spell, as far as the next job is concerned."""
        return False

    def finish(self, week: int) -> None:
        """Nobody comes into it any more, and who waits waits no longer."""

    def enrol(self, week: int) -> None: ...
    def mandag(self, week: int) -> None: ...
    def effects(self, week: int) -> None: ...
    def leave(self, week: int, destination: str) -> None: ...
    def onsdag(self, week: int) -> None: ...
    def torsdag(self, week: int) -> Iterable[simpy.Event]:
        return ()

    def fredag(self, week: int) -> Iterable[simpy.Event]:
        return ()

    def soendag(self, week: int) -> None: ...
    def bring_forward(self, week: int) -> None:
        """A talk with her makes her ready sooner, and the referral comes sooner by as much, unless she is sent at the
        deadline."""
        per_talk = getattr(getattr(self, "rule", None), "sooner_per_talk", 0.0)
        if not per_talk or not week < self.ready < FAR:
            return
        earned = per_talk * self.clarifying + ROUNDING
        by, before = math.floor(earned + per_talk) - math.floor(earned), self.ready
        self.clarifying += 1
        if by == 0:
            return
        self.ready = max(before - by, week + 1)
        due: int = getattr(self, self.referral_is)
        self.me.tally["ready sooner"] += 1
        self.is_sooner(week, before - self.ready)
        if before <= due < FAR:
            moved = max(before, self.not_before) - max(self.ready, self.not_before)
            setattr(self, self.referral_is, max(due - moved, self.qualifies, week + 1))
        self.me.tally["sent at the deadline all the same"] += int(due < before)

    def is_sooner(self, week: int, weeks: int) -> None:
        """She is ready so many weeks sooner."""

    def happens(self) -> None:
        """Something moves her case on, be it by this intervention or another."""

    def longer(self) -> int:
        """Minutes that a talk with her takes more because of it."""
        return 0

    def odds(self) -> float:
        """Odds ratio of her coming to a talk by it."""
        return 1.0

    def in_job(self, weeks: range) -> None:
        """She has left benefit for a job that lasts these weeks, as far as the run goes."""

    def job_ended(self, week: int) -> None:
        """It has ended, whether she comes back to benefit or not."""


def first_referral(me: Ledig, rule: Referral, name: str, week: int) -> tuple[int, int]:
    """Weeks in which a ledig whose benefit spell begins is referred, and in which she becomes ready."""
    ready = week + me.value_of(rule.ready_week, f"{name} ready", week)
    referral = ready + me.weeks_until(rule.weekly, f"{name} referral", week)
    if me.chance(f"{name} never ready", week) < rule.never_ready:
        ready = referral = FAR
    if rule.push and ready > week + rule.push.week and me.chance(f"{name} push", week) < rule.push.share:
        me.tally["pushed"] += 1
        return week + rule.push.week, ready
    return referral, ready
