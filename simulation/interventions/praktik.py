"""Virksomhedspraktik: readiness, referral, matching, the weeks at the firm, and what comes of them.

What the evidence says. På rette vej i job asked for activation by week 9; ready ledige started earlier, others needed
ten to twelve weeks, some were never ready (Rambøll 2013, p. 12 [9]). Praktik too early is said to end in defeat
(p. 17 [14]). The extra workplace activation was almost only praktik (p. 5 [2]), and employment did not move: locking-in
during and a gain after praktik may cancel. The observational hazard ratios of 1.84 and 1.65 after praktik
(Beskæftigelsesministeriet 2016) are upper bounds.

A ledig is referred when she is ready (or pushed at the deadline), waits for a match, which takes the
virksomhedskonsulent's capacity and a free place, and keeps the place until the spell is completed or broken off.
While she waits she may leave for other reasons: waiting has competing exits.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
import simpy
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from simulation.interventions.contract import Effects, Intervention, Running, apply
from simulation.world.places import Places
from simulation.world.queueing import in_order
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    ONSDAG,
    TORSDAG,
    WEEK,
    Factor,
    Ids,
    Share,
    Spec,
    WeekDistribution,
    Weeks,
    unit,
)
from simulation.world.spec import Places as PlaceCount
from simulation.world.world import World

NO_END = 100_000


class Push(Spec):
    """Who is not ready by the deadline may be sent all the same."""

    week: Annotated[Weeks, Field(description="Course week of the deadline")]
    share: Annotated[Share, Field(description="Share of those not ready by then who are referred all the same")]


class Referral(Spec):
    """How the ledige of one arm come to be referred."""

    never_ready: Annotated[Share, Field(description="Share who never become ready")] = 0.0
    ready_week: Annotated[WeekDistribution, Field(description="Course week in which the others become ready")]
    weekly: Annotated[Share, Field(description="Chance in a week that a ready ledig is referred")]
    push: Annotated[Push | None, Field(description="Deadline for those who are not ready; absent: none")] = None


class Breakdown(Spec):
    """Praktik that is broken off."""

    weekly: Annotated[Share, Field(description="Chance in a week of praktik that it is broken off")]
    unready_factor: Annotated[Factor, Field(description="Times as likely for those who were not ready")] = 1.0
    setback_weeks: Annotated[Weeks, Field(description="Weeks before a new referral is possible")]


class Repeat(Spec):
    """A further spell after a completed one."""

    gap_weeks: Annotated[Weeks, Field(description="Weeks after completion in which there is no new referral")]
    max_spells: Annotated[int, unit("spells", "Most spells begun while on benefit, broken ones too", ge=1, le=1000)] = (
        1000
    )


class Jobcentre(Spec):
    """What one jobcentre has otherwise than the others."""

    places: PlaceCount | None = None
    matches_per_week: Annotated[float | None, unit("matches per week", ge=0, le=1e6)] = None


def _at_least_a_week(lengths: dict[int, float]) -> dict[int, float]:
    if 0 in lengths:
        raise ValueError("a praktik lasts at least 1 week")
    return lengths


class Praktik(Intervention):
    """Placement at a firm for some weeks."""

    kind: Literal["praktik"]
    referral: Annotated[dict[str, Referral], Field(min_length=1, description="By arm; an arm left out is not referred")]
    places: Annotated[PlaceCount, Field(description="Places in each jobcentre")]
    matches_per_week: Annotated[
        float, unit("matches per week", "What each jobcentre's virksomhedskonsulenter can match", ge=0, le=1e6)
    ]
    jobcentres: Annotated[dict[str, Jobcentre], Field(description="Jobcentres with other capacities")] = {}
    waiting_list: Annotated[
        bool, Field(description="true: wait for a match; false: a referral that finds no place is void")
    ] = True
    length_weeks: Annotated[WeekDistribution, AfterValidator(_at_least_a_week)]
    breakdown: Breakdown | None = None
    repeat: Annotated[Repeat | None, Field(description="Absent: one completed spell at most")] = None
    direct_hire: Annotated[Share, Field(description="Share of completed spells that end in a job with the host")] = 0.0
    during: Annotated[Effects, Field(description="Factor on exit intensities while in praktik (locking-in)")] = {}
    after: Annotated[Effects, Field(description="Factor on exit intensities after a completed spell")] = {}
    after_weeks: Annotated[Weeks, Field(description="Weeks for which `after` lasts")] = 26
    after_halving_weeks: Annotated[
        float | None, unit("weeks", "Weeks in which the gain after praktik halves; absent: no decay", gt=0, le=1000)
    ] = None

    refers: ClassVar[Mapping[str, str]] = {
        "referral.<key>": "arms",
        "jobcentres.<key>": "jobcentres",
        "during.<key>": "exits",
        "after.<key>": "exits",
    }

    def start(self, world: World, name: str, number: int) -> PraktikRunning:
        return PraktikRunning(self, world, name, number)


class PraktikRunning(Running):
    """Columns: `referral` (week of the next referral), `since` (waits for a match since), `started` (week in which the
    present spell began), `completed` (week in which the last one was completed), `spells`, `unready`."""

    def __init__(self, settings: Praktik, world: World, name: str, number: int) -> None:
        self.settings, self.world, self.name, self.number = settings, world, name, number
        rows = len(world.ledige)
        self.referral = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.since = np.full(rows, NEVER, dtype=np.int16)
        self.started = np.full(rows, NEVER, dtype=np.int16)
        self.completed = np.full(rows, NEVER, dtype=np.int16)
        self.spells = np.zeros(rows, dtype=np.uint16)
        self.unready = np.zeros(rows, dtype=bool)
        self.waiting = np.empty(0, dtype=np.intp)
        own = {name: settings.jobcentres.get(name, Jobcentre()) for name in world.jobcentres.names}
        places = {n: settings.places if j.places is None else j.places for n, j in own.items()}
        self.places = Places(world.jobcentres.column(places).astype(np.int64))
        world.places[number] = self.places
        self.matches = world.jobcentres.column(
            {n: settings.matches_per_week if j.matches_per_week is None else j.matches_per_week for n, j in own.items()}
        )

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        for a, arm in enumerate(self.world.arms):
            if rule := self.settings.referral.get(arm):
                self._plan_referral(week, ids[self.world.ledige.arm.take(ids) == a], rule)

    def _plan_referral(self, week: int, ids: Ids, rule: Referral) -> None:
        """When these ids, enrolled this week, will be referred."""
        draws = self.world.ledige.draws
        ready = week + draws.value(rule.ready_week, f"{self.name} ready", week, ids)
        referral = ready + draws.weeks_until(rule.weekly, f"{self.name} referral", week, ids)
        if rule.never_ready:
            never = draws.uniform(f"{self.name} never ready", week, ids) < rule.never_ready
            ready[never] = referral[never] = NOT_PLANNED
        self.unready[ids] = False
        self.spells[ids] = 0
        if rule.push:
            deadline = week + rule.push.week
            pushed = (ready > deadline) & (draws.uniform(f"{self.name} push", week, ids) < rule.push.share)
            referral[pushed] = deadline
            self.unready[ids] = pushed
        self.referral[ids] = np.minimum(referral, NOT_PLANNED)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: locking-in while in praktik, a gain after a completed spell."""
        settings, afgang = self.settings, self.world.afgang
        apply(afgang, settings.during, np.flatnonzero(self.world.register.offer == self.number))
        if settings.after:
            after = np.flatnonzero(self.completed >= week - settings.after_weeks)
            after = after[self.world.register.offer.take(after) != self.number]
            if settings.after_halving_weeks is None:
                apply(afgang, settings.after, after)
            else:
                weeks = week - self.completed.take(after)
                apply(afgang, settings.after, after, 0.5 ** (weeks / settings.after_halving_weeks))

    def left(self, week: int, ids: Ids) -> None:
        here = ids[self.world.register.offer.take(ids) == self.number]
        self.world.register.count(week, f"{self.name}_left", here)
        self._hand_back(here)
        self.referral[ids] = NOT_PLANNED
        self.since[ids] = NEVER
        self.completed[ids] = NEVER

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: the ready are referred, and matched as far as places and the konsulent's capacity last."""
        self._refer(week)
        ids = self._queue(week)
        jobcentre = self.world.ledige.jobcentre.take(ids)
        room = (np.floor((week + 1) * self.matches) - np.floor(week * self.matches)).astype(np.int64)
        got = self.places.take(jobcentre, room)
        matched = np.sort(ids[got])
        self.world.register.count(week, f"{self.name}_wait", matched, week - self.since.take(matched))
        self._begin(week, matched)
        if not self.settings.waiting_list:
            refused = np.sort(ids[~got])
            self.world.register.count(week, f"{self.name}_void", refused)
            self.since[refused] = NEVER
            self._refer_again(week + 1, refused)
        self.waiting = self.waiting[self.since.take(self.waiting) != NEVER]

    def _refer(self, week: int) -> None:
        ids = np.flatnonzero(self.referral <= week)  # who is not on benefit has none planned
        ids = ids[self.world.register.offer.take(ids) == 0]  # who is in another offer is referred after it
        self.referral[ids] = NOT_PLANNED
        self.since[ids] = week
        self.waiting = np.sort(np.concatenate((self.waiting, ids)))
        self.world.register.count(week, f"{self.name}_referred", ids)
        self.world.tell(ids, "henvist til praktik")

    def _queue(self, week: int) -> Ids:
        """Who waits for a match, by jobcentre and longest waiting first; ties by lot."""
        ids: Ids = self.waiting[self.since.take(self.waiting) != NEVER]
        ids = ids[self.world.register.offer.take(ids) == 0]
        if len(ids) == 0:
            return ids
        since = self.since.take(ids)
        order = in_order(self.world.ledige.jobcentre.take(ids), since - since.min())
        return ids.take(order)

    def _begin(self, week: int, ids: Ids) -> None:
        """These ids begin a spell; each group that will end on the same day is one forløb."""
        draws = self.world.ledige.draws
        self.started[ids] = week
        self.since[ids] = NEVER
        self.spells[ids] += 1
        self.world.register.offer[ids] = self.number
        self.world.register.count(week, f"{self.name}_started", ids)
        self.world.tell(ids, "begynder i praktik")
        length = draws.value(self.settings.length_weeks, f"{self.name} length", week, ids)
        breaks = self._breaks_after(week, ids)
        duration = np.minimum(length, breaks)
        for weeks, broken in sorted(set(zip(duration.tolist(), (breaks < length).tolist(), strict=True))):
            group = ids[(duration == weeks) & ((breaks < length) == broken)]
            self.world.env.process(self._forloeb(week, group, weeks, broken))

    def _breaks_after(self, week: int, ids: Ids) -> NDArray[np.int64]:
        """Weeks after which each spell is broken off, if it lasts so long."""
        if self.settings.breakdown is None:
            return np.full(len(ids), NO_END)
        rule, draws = self.settings.breakdown, self.world.ledige.draws
        unready = self.unready.take(ids)
        ordinary = draws.weeks_until(rule.weekly, f"{self.name} breakdown", week, ids)
        likelier = draws.weeks_until(min(1.0, rule.weekly * rule.unready_factor), f"{self.name} breakdown", week, ids)
        return 1 + np.where(unready, likelier, ordinary)

    def _forloeb(self, week: int, ids: Ids, weeks: int, broken: bool) -> Generator[simpy.Event, None, None]:
        """A spell of praktik: it holds its places from this torsdag to the onsdag on which it ends."""
        yield self.world.env.timeout(weeks * WEEK + ONSDAG - TORSDAG)
        here = ids[self.started.take(ids) == week]
        now = week + weeks
        self._hand_back(here)
        if broken and self.settings.breakdown:
            self.world.register.count(now, f"{self.name}_broken", here)
            self.world.tell(here, "praktik afbrudt")
            self._refer_again(now + self.settings.breakdown.setback_weeks, here)
        else:
            self._complete(now, here)

    def _complete(self, week: int, ids: Ids) -> None:
        self.completed[ids] = week
        self.world.register.count(week, f"{self.name}_completed", ids)
        self.world.tell(ids, "praktik gennemført")
        if self.settings.direct_hire:
            chance = self.world.ledige.draws.uniform(f"{self.name} hire", week, ids)
            hired = ids[chance < self.settings.direct_hire]
            self.world.afgang.hired(hired)
            self.world.register.count(week, f"{self.name}_hired", hired)
            self.world.tell(hired, "ansættes af virksomheden")
        if self.settings.repeat:
            self._refer_again(week + self.settings.repeat.gap_weeks + 1, ids)

    def _refer_again(self, week: int, ids: Ids) -> None:
        """From this week on these ids may be referred once more, if they have not had all their spells."""
        if self.settings.repeat:
            ids = ids[self.spells.take(ids) < self.settings.repeat.max_spells]
        for a, arm in enumerate(self.world.arms):
            if rule := self.settings.referral.get(arm):
                mine = ids[self.world.ledige.arm.take(ids) == a]
                wait = self.world.ledige.draws.weeks_until(rule.weekly, f"{self.name} referral", week, mine)
                self.referral[mine] = np.minimum(week + wait, NOT_PLANNED)

    def _hand_back(self, ids: Ids) -> None:
        self.places.hand_back(self.world.ledige.jobcentre.take(ids))
        self.world.register.offer[ids] = 0
        self.started[ids] = NEVER

    # --- søndag -------------------------------------------------------------------------------------------

    def count(self, week: int) -> None:
        self.world.register.count(week, f"{self.name}_waiting", self.waiting[self.since.take(self.waiting) != NEVER])
