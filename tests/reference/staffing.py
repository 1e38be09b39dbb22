"""WHO SITS IN A POST, for the second engine: the story of one caseworker's place, told as she lives it.

She is at work on a mandag, and leaves, or falls ill, or works the week. When she is ill she is away until she comes
back, and a substitute may sit in meanwhile; when she leaves the post is empty until somebody else begins. Nothing here
steps through columns, and how often she must fall ill is reckoned here anew.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import simpy
from scipy.special import ndtri

from simulation.world.draws import Draws, personal_keys
from simulation.world.spec import MANDAG, quantile
from simulation.world.staff.teams import Team as Terms
from simulation.world.staff.terms import Absence

from .basics import FAR, Story

if TYPE_CHECKING:
    from .engine import Reference
    from .teams import Desk

Until = Generator[simpy.Event, Any, int]
"""A part of the story; it ends with the week in which the next one begins."""


@dataclass(eq=False)
class Caseworker:
    """Somebody who sits, or has sat, in a post: the how manieth of hers, and since when."""

    post: Post
    number: int
    began: int


class Post:
    """One caseworker's place in one team; `life` is its process."""

    def __init__(self, world: Reference, jobcentre: str, team: str, terms: Terms, index: int, posts: int) -> None:
        """One of so many posts of the team; those beyond its number of today are not there."""
        self.world, self.terms, self.fte = world, terms, terms.fte / terms.positions()
        keys = personal_keys(world.scenario.seed, f"jobcentre {jobcentre} team {team}", world.replication, posts)
        self.luck, self.ids = Draws(keys), np.array([index])
        self.exists = index < terms.positions()
        self.story: simpy.Process | None = None
        self.had = 0  # caseworkers so far
        self.owner = self.somebody(-FAR)
        self.substitute: Caseworker | None = None
        self.away: Absence | None = None
        self.vacant = False
        self.desk: Desk | None = None
        self.happened: set[str] = set()

    def chance(self, decision: str, week: int) -> float:
        """The luck of the post."""
        return float(self.luck.uniform(decision, week, self.ids)[0])

    def drawn(self, distribution: dict[int, float], decision: str, week: int) -> int:
        """Its value of a distribution."""
        return int(quantile(distribution, np.array([self.chance(decision, week)]))[0])

    def somebody(self, began: int) -> Caseworker:
        """Somebody new."""
        self.had += 1
        return Caseworker(self, self.had - 1, began)

    # --- its life -------------------------------------------------------------------------------------------

    def now(self, week: int, terms: Terms, exists: bool) -> None:
        """A date: such terms, and whether it is there. Somebody new sits in one that was not."""
        if self.away is not None:  # in the same way as before, by what that is now
            self.away = list(terms.absence.values())[list(self.terms.absence.values()).index(self.away)]
        before, self.exists, self.terms, self.fte = self.exists, exists, terms, terms.fte / terms.positions()
        if before and not exists and self.story is not None:
            self.story.interrupt()
            self.vacant = False
        if exists and not before:
            self.away, self.substitute, self.vacant = None, None, False
            self.owner = self.somebody(week)
            self.story = self.world.env.process(self.life(week))

    def life(self, since: int | None = None) -> Story:
        """From the state in which the run finds it, or from the mandag on which somebody new begins."""
        try:
            yield from self.weeks(since)
        except simpy.Interrupt:
            self.away = self.substitute = None

    def weeks(self, since: int | None) -> Story:
        """Week after week."""
        week = (yield from self.found()) if since is None else (yield from self.sleep(since))
        while True:
            if (lasts := self.leaves(week)) is not None:
                week = yield from self.is_empty(week, lasts)
                if lasts:
                    continue
            ill = self.falls_ill(week)
            if ill is None:
                week = yield from self.sleep(week + 1)
            else:
                self.happened.add("ill")
                week = yield from self.is_away(week, ill, self.drawn(ill.weeks, "weeks away", week))

    def sleep(self, week: int) -> Until:
        """Until that mandag, before anybody else is up."""
        yield self.world.at(week, MANDAG, step=-1)
        return week

    def found(self) -> Until:
        """The first mandag: somewhere in the middle of what goes on all the time."""
        how, length, gone = (self.chance(f"first {what}", 0) for what in ("state", "length", "gone"))
        turnover, empty = self.terms.turnover, self.share_vacant()
        if turnover:
            stayed = int(self.luck.weeks_until(self.weekly(), "began long ago", 0, self.ids)[0])  # so often, of late
            self.owner.began = -math.floor(stayed * self.filled_weeks() + 1e-9)
        if turnover and how < empty:
            lasts, elapsed = in_the_middle(turnover.vacancy_weeks, length, gone)
            self.happened.add("vacant at first")
            return (yield from self.is_empty(0, lasts - elapsed))
        below = empty
        for absence in self.terms.absence.values():
            below += absence.share * (1 - empty)
            if how < below:
                lasts, elapsed = in_the_middle(absence.weeks, length, gone)
                self.happened.add("ill at first")
                return (yield from self.is_away(0, absence, lasts, elapsed))
        return (yield from self.sleep(1))

    def leaves(self, week: int) -> int | None:
        """For how many weeks the post is empty, if she leaves now."""
        turnover = self.terms.turnover
        if turnover is None or self.chance("leaves the post", week) >= self.weekly():
            return None
        if turnover.share_out and self.terms.caseload == "personal" and self.desk is not None:
            for ledig in list(self.desk.cases):
                ledig.lose_caseworker(week)
        return self.drawn(turnover.vacancy_weeks, "weeks vacant", week)

    def is_empty(self, week: int, lasts: int) -> Until:
        """Nobody sits there until a successor begins."""
        if lasts:
            self.vacant = True
            self.happened.add("vacant")
            yield from self.sleep(week + lasts)
            self.vacant = False
        self.owner = self.somebody(week + lasts)
        self.happened.add("followed")
        return week + lasts

    def falls_ill(self, week: int) -> Absence | None:
        """The absence that begins now, if any does."""
        luck = self.chance("falls ill", week)
        for absence in self.terms.absence.values():
            luck -= self.often(absence)
            if luck < 0:
                return absence
        return None

    def is_away(self, week: int, absence: Absence, lasts: int, gone: int = 0) -> Until:
        """She is away so many weeks, of which some may be gone; a substitute may sit in after some of them."""
        self.away, after = absence, absence.cover_after
        if after is not None and after < lasts:
            if after > gone:
                yield from self.sleep(week - gone + after)
            self.substitute = self.somebody(week - gone + after)
            self.happened.add("substitute")
        yield from self.sleep(week - gone + lasts)
        self.away = self.substitute = None
        self.happened.add("back")
        return week - gone + lasts

    # --- how often ------------------------------------------------------------------------------------------

    def weekly(self) -> float:
        """Chance that a caseworker at work leaves this week: so that over 52 weeks it is that of a year."""
        assert self.terms.turnover is not None
        return 1 - math.exp(math.log1p(-self.terms.turnover.per_year) / 52)

    def filled_weeks(self) -> float:
        """Weeks with somebody in the post for every mandag on which somebody may fall ill, in the long run: one, and
        for every kind of absence as many more as its spells are longer than a week."""
        lacking = sum(each.share for each in self.terms.absence.values())
        spells = sum(each.share / average(each.weeks) for each in self.terms.absence.values())
        return 1 / (1 + spells - lacking)

    def often(self, absence: Absence) -> float:
        """Chance of falling ill so on such a mandag: spells × their length are the share of the filled weeks."""
        return absence.share * self.filled_weeks() / average(absence.weeks)

    def share_vacant(self) -> float:
        """Share of weeks in which nobody sits there: of every mandag on which she might leave, as many weeks follow."""
        turnover = self.terms.turnover
        if turnover is None:
            return 0.0
        empty = self.weekly() * average(turnover.vacancy_weeks)
        there = 1 - self.weekly() * (1 - turnover.vacancy_weeks.get(0, 0.0))
        return empty / (empty + there * self.filled_weeks())

    # --- this week ------------------------------------------------------------------------------------------

    @property
    def sits(self) -> Caseworker:
        """Who sits there, or did last."""
        return self.substitute or self.owner

    def trained(self, week: int) -> float:
        """How far she is from a beginner (0) to a trained caseworker (1)."""
        learning = self.terms.learning
        return min((week - self.sits.began) / learning.weeks, 1.0) if learning else 1.0

    def there(self, week: int) -> float:
        """Part of a full week's work that is done there this week."""
        if self.vacant:
            return 0.0
        part = 1 - self.away.part if self.away and not self.substitute else 1.0
        least = self.terms.learning.minutes if self.terms.learning else 1.0
        return part * (least + (1 - least) * self.trained(week))

    def effect(self, week: int) -> float:
        """Strength of her talks by how new she is."""
        least = self.terms.learning.effect if self.terms.learning else 1.0
        return least + (1 - least) * self.trained(week)

    def talent(self, who: Caseworker) -> float:
        """A standard normal number of hers for good."""
        return float(ndtri(np.array([self.chance("talent", who.number)]))[0])


def average(distribution: dict[int, float]) -> float:
    """Its mean."""
    return sum(value * share for value, share in distribution.items())


def in_the_middle(weeks: dict[int, float], length: float, gone: float) -> tuple[int, int]:
    """Length of the spell that a day taken at random falls into, and how many of its weeks are gone."""
    luck = length * average(weeks)
    for lasts, share in weeks.items():
        luck -= lasts * share
        if luck < 0:
            break
    return lasts, int(gone * lasts)
