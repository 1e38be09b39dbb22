"""Forløb: spells that last some weeks and end on an onsdag, as planned or before; what they do during and after.

All spells of one kind that will end on the same day are one SimPy process, begun with the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Annotated

import numpy as np
import simpy
from numpy.typing import NDArray
from pydantic import AfterValidator, Field, model_validator

from simulation.interventions.contract import Effect, Effects
from simulation.interventions.parts.happenings import Happenings
from simulation.world.clocks import Lasts
from simulation.world.draws import weeks_until
from simulation.world.few import Few, Lately
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    ONSDAG,
    WEEK,
    Bools,
    Floats,
    Ids,
    Ints,
    Spec,
    WeekDistribution,
    Weeks,
    unit,
)
from simulation.world.world import World


def _at_least_a_week(lengths: dict[int, float]) -> dict[int, float]:
    if 0 in lengths:
        raise ValueError("a placement lasts at least 1 week")
    return lengths


PlacementWeeks = Annotated[WeekDistribution, AfterValidator(_at_least_a_week)]


class Range(Spec):
    """Whole weeks, each equally likely."""

    from_weeks: Annotated[int, unit("weeks", "Fewest weeks that are possible", ge=1, le=520)]
    to_weeks: Annotated[int, unit("weeks", "Most weeks that are possible", ge=1, le=520)]

    @model_validator(mode="after")
    def _not_reversed(self) -> Range:
        if self.from_weeks > self.to_weeks:
            raise ValueError(f"the range is reversed: from_weeks {self.from_weeks} > to_weeks {self.to_weeks}")
        return self

    def at(self, chance: Floats) -> Ints:
        """The length at each chance in (0, 1)."""
        return weeks_between(self.from_weeks, self.to_weeks, chance)


def weeks_between(shortest: int | Ints, longest: int | Ints, chance: Floats) -> Ints:
    """Whole weeks, each equally likely, at each chance in (0, 1); limits are the same for all or of each."""
    more: NDArray[np.int64] = (chance * (longest - shortest + 1)).astype(np.int64)
    return more + shortest


def breaks_after(weekly: float, chance: Floats) -> Ints:
    """Weeks after which spells are broken off that are so in any week with this probability, at each chance in (0, 1);
    no spell lasts so long if it is 0."""
    return 1 + weeks_until(weekly, chance)


def left_of(weeks: Ints, halving_weeks: float | None) -> float | Floats:
    """Strength of what fades, so many weeks after it came; 1 where nothing does."""
    return 1.0 if halving_weeks is None else np.asarray(0.5 ** (weeks / halving_weeks))


class After(Spec):
    """What a completed spell, or something else that has happened, does to exits afterwards."""

    effects: Annotated[Effects, Field(description="Factor on exit intensities afterwards")]
    weeks: Annotated[Weeks, Field(description="Weeks for which the effect lasts"), Lasts(("effects",))]
    halving_weeks: Annotated[
        float | None, unit("weeks", "Weeks in which it halves (it fades); absent: no decay", gt=0, le=1000)
    ] = None


class Spells:
    """Columns: `started` and `ends` (weeks of the present spell), `broken` (it will be broken off), `completed` (week
    in which the last one was)."""

    def __init__(self, world: World, ending: Callable[[int, Ids, bool], None], offer: int = 0) -> None:
        """`ending` is called on the onsdag of the end with the week, the ids and whether their spells are broken off;
        it must call `end`. `offer` is the number that marks spells in the register; 0: they run beside other offers."""
        self.world, self.offer, self.ending = world, offer, ending
        rows = len(world.ledige)
        self.started = np.full(rows, NEVER, dtype=np.int16)
        self.ends = np.full(rows, NEVER, dtype=np.int16)
        self.broken = np.zeros(rows, dtype=bool)
        self._inside = Few(rows)
        self._lately = Lately(rows)
        self.completed = self._lately.week
        self.happenings = world.part(Happenings)
        self._planned: set[int] = set()  # weeks in which spells will end

    def begin(self, week: int, ids: Ids, lasts: Ints, breaks: Ints | None = None) -> None:
        """Spells of these ids begin on torsdag; each lasts `lasts` weeks, or `breaks` if that comes first."""
        if len(ids) == 0:
            return
        self.happenings.happens(ids)
        self._inside.add(ids)
        self.started[ids] = week
        if self.offer:
            self.world.begin_offer(self.offer, ids)
        self.broken[ids] = False
        if breaks is not None:
            self.broken[ids] = breaks < lasts
            lasts = np.minimum(lasts, breaks)
        ends = np.minimum(week + lasts, NOT_PLANNED)
        self.ends[ids] = ends
        for end in sorted(set(ends.tolist()) - self._planned):
            self._planned.add(end)
            self.world.env.process(self._forloeb(end))

    def break_off(self, week: int, ids: Ids) -> None:
        """The spells of these ids are broken off on the onsdag of this coming week."""
        if len(ids) == 0:
            return
        self.ends[ids], self.broken[ids] = week, True
        if week not in self._planned:
            self._planned.add(week)
            self.world.env.process(self._forloeb(week))

    def _forloeb(self, end: int) -> Generator[simpy.Event, None, None]:
        """From the day on which the first spell that will end in a week is planned so, to the onsdag of that week."""
        yield self.world.env.timeout(end * WEEK + ONSDAG - self.world.env.now)
        ids = self.inside
        ids = ids[self.ends.take(ids) == end]
        if len(ids) == 0:
            return
        broken = self.broken.take(ids)
        for way in (False, True):
            if len(mine := ids[broken == way]):
                self.ending(end, mine, way)

    @property
    def inside(self) -> Ids:
        """Who is in a spell, ascending."""
        return self._inside.ids

    def end(self, ids: Ids) -> Ids:
        """The spells of these ids are over; returns those of them who were in one."""
        ids = self._inside.drop(ids)
        if len(ids):
            if self.offer:
                self.world.end_offer(self.offer, ids)
            self.started[ids] = NEVER
        return ids

    def gone(self, ids: Ids) -> Ids:
        """These ids are on benefit no more; returns those whose spells that ends."""
        self._lately.forget(ids)
        return self.end(ids)

    def complete(self, week: int, ids: Ids) -> None:
        """These ids have completed their spells, which are over."""
        self._lately.happens(week, ids)

    def had(self, ids: Ids) -> Bools:
        """Who of these ids has completed a spell since she came on benefit; same shape."""
        completed: Bools = self.completed.take(ids) != NEVER
        return completed

    def afterwards(
        self, week: int, effect: Effect, weeks: int, halving_weeks: float | None, of: Bools | None = None
    ) -> None:
        """tirsdag: the effect of completed spells (of some of the ledige) on those who are in none now."""
        if not effect:
            return
        ids = self._lately.since(week - weeks)
        ids = ids[~self._inside.among.take(ids)]
        if of is not None:
            ids = ids[of.take(ids)]
        effect.hold(ids, left_of(week - self.completed.take(ids), halving_weeks))
