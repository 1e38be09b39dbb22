"""A LEDIG'S WAY THROUGH A PLACEMENT, for the second engine: referred, waiting for a match and a place, at the firm."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from simulation.interventions.contract import Effects
from simulation.interventions.parts.placement import Placement as Settings
from simulation.world.spec import TORSDAG

from .basics import FAR, Story, faded, own, this_week
from .courses import Course, first_referral
from .scarce import Scarce

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Firms:
    """What one jobcentre has for a placement: places, and the matches that its konsulenter make in a week."""

    def __init__(self, world: Reference, settings: Settings, jobcentre: str) -> None:
        self.per_week = own(settings, jobcentre, "matches_per_week")
        self.places = Scarce(world.env, init=own(settings, jobcentre, "places"))
        self.matches = Scarce(world.env)
        self.search = settings.matching
        self.by_konsulenter = 0  # matches of this week that they still have time for
        self.found_in: Counter[int] = Counter()  # by week, those that others had time for the week before
        self.konsulenter = world.teams[jobcentre][self.search.team].desks[0] if self.search else None

    def become(self, settings: Settings, jobcentre: str) -> None:
        """A date: what there is from now on."""
        self.per_week, self.search = own(settings, jobcentre, "matches_per_week"), settings.matching
        self.places.now_there_are(own(settings, jobcentre, "places"))

    def serve(self, week: int, step: int) -> None:
        """torsdag, step by step: who stands in a queue is served."""
        if step == 1:
            matches = this_week(self.per_week, week)
            if self.search and self.konsulenter:  # as many as they have time to search for
                matches = min(matches, self.konsulenter.level // self.search.minutes)
            self.by_konsulenter = matches
            self.matches.refill(matches + self.found_in[week])
        self.matches.serve()
        self.places.serve()

    def searched(self) -> None:
        """A place has been searched for, which takes time whether or not there is one."""
        if self.search and self.konsulenter and self.by_konsulenter:
            self.konsulenter.spend(self.search.minutes)
            self.by_konsulenter -= 1


class Placement(Course):
    """Her placement at a firm, as praktik: referred, waiting for a match and a place, there, and what comes of it."""

    def __init__(self, me: Ledig, number: int, settings: Settings) -> None:
        super().__init__(me, number)
        self.settings, self.rule = settings, settings.referral[me.arm]
        firms = me.world.offered[number][me.jobcentre]
        self.places, self.matches, self.firms = firms.places, firms.matches, firms
        self.referral = FAR
        self.waits_since: int | None = None
        self.ends = FAR
        self.breaks_off, self.ready = False, FAR
        self.luck_left = self.weekly = 0.0  # against being broken off, where talks and help change that
        self.completed = -FAR
        self.spells = self.won = 0  # weeks by which talks have made her ready sooner

    def enrol(self, week: int) -> None:
        self.spells = 0
        self.notice.enrol()
        self.not_before = self.qualifies = self.clarifying = self.won = 0
        self.referral, self.ready = first_referral(self.me, self.rule, self.name, week)

    def effects(self, week: int) -> None:
        self.notice.affect(week, self.rule.before)
        if self.number in self.me.offers:
            self.affect("during", self.settings.during)
        elif week - self.completed <= self.settings.after_weeks:
            self.affect(*self.gain(), faded(week - self.completed, self.settings.after_halving_weeks))

    def gain(self) -> tuple[str, Effects]:
        """What a completed spell does to her exits, and what that is called."""
        return "after", self.settings.after

    def had_treatment(self) -> bool:
        return self.completed > -FAR

    def leave(self, week: int, destination: str) -> None:
        if self.number in self.me.offers:
            self.me.count(week, f"{self.name}_left")
            self.hand_back()
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        self.referral, self.waits_since, self.completed = FAR, None, -FAR
        self.notice.over()

    def finish(self, week: int) -> None:
        if self.number not in self.me.offers:
            completed = self.completed
            self.leave(week, "")
            self.completed = completed

    def onsdag(self, week: int) -> None:
        if self.number not in self.me.offers or self.ends != week:
            return
        self.hand_back()
        if self.breaks_off and self.settings.breakdown:
            self.me.count(week, f"{self.name}_broken")
            self.refer_again(week + self.settings.breakdown.setback_weeks)
            return
        self.complete(week)

    def complete(self, week: int) -> None:
        """The spell has lasted as long as agreed."""
        self.completed = week
        self.me.count(week, f"{self.name}_completed")
        if self.me.chance(f"{self.name} hire", week) < self.hire_chance():
            self.me.send(self.settings.hires_to or "job")
            self.me.count(week, f"{self.name}_hired")
        if self.settings.repeat:
            self.refer_again(week + self.settings.repeat.gap_weeks + 1)

    def torsdag(self, week: int) -> Story:
        if self.closed or (self.referral > week and self.waits_since is None):
            return
        yield self.me.until(week, TORSDAG, self.number)
        if not self.me.free(self.number):  # she is referred, or matched, after it
            return
        if self.waits_since is not None and self.me.chance(f"{self.name} own firm", week) < self.settings.self_found:
            closes = self.me.until(week, TORSDAG, self.number, 2)
            if (yield from self.me.queue(self.places, 1, (self.waits_since,), closes)):
                self.me.count(week, f"{self.name}_self_found")
                self.begin(week)
                return
        yield self.me.until(week, TORSDAG, self.number, 2)
        since = self.wait(week)
        matched = yield from self.me.queue(self.matches, 1, (since,), self.me.until(week, TORSDAG, self.number, 4))
        closes = self.me.until(week, TORSDAG, self.number, 6)
        if matched:
            self.firms.searched()
        if matched and (yield from self.me.queue(self.places, 1, (since,), closes)):
            self.begin(week)
        else:
            self.refused(week)

    def wait(self, week: int) -> int:
        """She is referred, unless she is already; since when she waits."""
        if self.waits_since is None:
            self.waits_since, self.referral = week, FAR
            self.notice.refer(week)
            if self.name in self.me.referred:
                self.me.count(week, f"{self.name}_referred_again")
            self.me.referred.setdefault(self.name, week)
            self.me.count(week, f"{self.name}_referred")
        return self.waits_since

    def refused(self, week: int) -> None:
        """No match, or no place, this week."""
        if not self.settings.waiting_list:
            self.me.count(week, f"{self.name}_void")
            self.notice.void()
            self.waits_since = None
            self.refer_again(week + 1)

    def begin(self, week: int) -> None:
        """She has a place, until the onsdag on which the spell is over or broken off."""
        me, rule = self.me, self.settings.breakdown
        assert self.waits_since is not None
        me.count(week, f"{self.name}_wait", week - self.waits_since)
        me.count(week, f"{self.name}_started")
        if self.settings.clarifies:
            me.count(week, f"{self.name}_unready", int(self.ready > week))
        me.begin_offer(self.number)
        self.waits_since = None
        self.notice.over()
        self.spells += 1
        length, breaks = self.length(week), FAR
        if rule and rule.hangs:
            self.luck_left = me.exponential(f"{self.name} breakdown", week)
            self.weekly = rule.weekly * self.break_factor(week)
        elif rule:
            breaks = 1 + me.weeks_until(min(1.0, rule.weekly * self.break_factor(week)), f"{self.name} breakdown", week)
        self.ends, self.breaks_off = week + min(length, breaks), breaks < length

    def is_sooner(self, week: int, weeks: int) -> None:
        self.me.count(week, f"{self.name}_clarified", int(self.won == 0 < weeks))
        self.me.count(week, f"{self.name}_sooner", weeks)
        self.won += weeks

    def length(self, week: int) -> int:
        """Agreed weeks of a spell that begins now."""
        return self.me.value_of(self.settings.length_weeks, f"{self.name} length", week)

    def break_factor(self, week: int) -> float:
        """How many times as likely it is in a week that her spell is broken off."""
        return self.settings.breakdown.unready_factor if self.ready > week else 1.0

    def hire_chance(self) -> float:
        """Her chance that the firm hires her after a completed spell."""
        return self.settings.direct_hire

    def refer_again(self, week: int) -> None:
        """From this week on she may be referred once more, if she has not had all her spells."""
        if self.settings.repeat and self.spells >= self.settings.repeat.max_spells:
            return
        self.not_before = week
        wait = self.me.weeks_until(self.rule.weekly, f"{self.name} referral", week)
        self.referral = max(week, self.ready) + wait  # sent at the deadline, she may still not be ready

    def danger(self, week: int) -> None:
        """søndag: this week's danger that the spell is broken off, as her talks and helpers leave it."""
        rule, me = self.settings.breakdown, self.me
        if rule is None or not rule.hangs or self.number not in me.offers or self.ends <= week + 1:
            return
        factors = [each.factor for each in rule.after_talk if week - me.last_talk < each.within_weeks]
        helpers = [course.name for course in me.courses if course.helped]
        factors += [factor for name, factor in rule.helped_by.items() if name in helpers]
        chance = self.weekly * math.prod(factors)
        me.tally["another danger"] += int(math.prod(factors) != 1)
        self.luck_left += -math.inf if chance >= 1 else float(np.log1p(-chance))
        if self.luck_left < 0:
            self.ends, self.breaks_off = week + 1, True

    def hand_back(self) -> None:
        """The place is free."""
        self.me.offers.discard(self.number)
        self.places.give_back(1)

    def soendag(self, week: int) -> None:
        self.danger(week)
        if self.number in self.me.offers:
            self.me.tally[f"weeks in {self.name}"] += 1
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_waiting")
