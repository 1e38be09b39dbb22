"""Forløb: spells that last some weeks and end on an onsdag, as planned or before; what they do during and after.

Each group of ledige whose spells begin together and will end on the same day is one SimPy process.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Annotated

import numpy as np
import simpy
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.interventions.contract import Effects, apply
from simulation.world.spec import NEVER, ONSDAG, TORSDAG, WEEK, Bools, Floats, Ids, Ints, Spec, Weeks, unit
from simulation.world.world import World

NO_END = 100_000
"""Weeks that no run lasts."""


class Range(Spec):
    """Whole weeks, each equally likely."""

    from_weeks: Annotated[int, unit("weeks", "Shortest", ge=1, le=520)]
    to_weeks: Annotated[int, unit("weeks", "Longest", ge=1, le=520)]

    @model_validator(mode="after")
    def _not_reversed(self) -> Range:
        if self.from_weeks > self.to_weeks:
            raise ValueError(f"the range is reversed: from_weeks {self.from_weeks} > to_weeks {self.to_weeks}")
        return self

    def at(self, chance: Floats) -> Ints:
        """The length at each chance in (0, 1)."""
        more: NDArray[np.int64] = (chance * (self.to_weeks - self.from_weeks + 1)).astype(np.int64)
        return more + self.from_weeks


class After(Spec):
    """What a completed spell does to exits afterwards."""

    effects: Annotated[Effects, Field(description="Factor on exit intensities")]
    weeks: Annotated[Weeks, Field(description="Weeks for which it lasts")]
    halving_weeks: Annotated[
        float | None, unit("weeks", "Weeks in which it halves (it fades); absent: no decay", gt=0, le=1000)
    ] = None


class Spells:
    """Columns: `started` (week in which the present spell began), `completed` (week in which the last one was)."""

    def __init__(self, world: World, offer: int = 0) -> None:
        """`offer` is the number that marks the spells in the register; 0: they run beside other offers."""
        self.world, self.offer = world, offer
        self.started = np.full(len(world.ledige), NEVER, dtype=np.int16)
        self.completed = np.full(len(world.ledige), NEVER, dtype=np.int16)

    def begin(self, week: int, ids: Ids, lasts: Ints, breaks: Ints, ends: Callable[[int, Ids, bool], None]) -> None:
        """Spells of these ids begin on torsdag; each lasts `lasts` weeks, or `breaks` if that comes first.

        `ends` is called on the onsdag of the end with the week, the ids and whether the spells were broken off; it must
        call `end`.
        """
        self.started[ids] = week
        if self.offer:
            self.world.register.offer[ids] = self.offer
        duration, broken = np.minimum(lasts, breaks), breaks < lasts
        for weeks, early in sorted(set(zip(duration.tolist(), broken.tolist(), strict=True))):
            group = ids[(duration == weeks) & (broken == early)]
            self.world.env.process(self._forloeb(week, group, weeks, early, ends))

    def _forloeb(
        self, week: int, ids: Ids, weeks: int, broken: bool, ends: Callable[[int, Ids, bool], None]
    ) -> Generator[simpy.Event, None, None]:
        yield self.world.env.timeout(weeks * WEEK + ONSDAG - TORSDAG)
        here = ids[self.started.take(ids) == week]
        if len(here):
            ends(week + weeks, here, broken)

    def inside(self, ids: Ids) -> Ids:
        """Those of these ids who are in a spell."""
        inside: Ids = ids[self.started.take(ids) != NEVER]
        return inside

    def end(self, ids: Ids) -> None:
        """The spells of these ids are over."""
        if self.offer:
            self.world.register.offer[ids] = 0
        self.started[ids] = NEVER

    def left(self, ids: Ids) -> Ids:
        """These ids are on benefit no more; returns those whose spells that ends."""
        inside = self.inside(ids)
        self.end(inside)
        self.completed[ids] = NEVER
        return inside

    def afterwards(
        self, week: int, effects: Effects, weeks: int, halving_weeks: float | None, of: Bools | None = None
    ) -> None:
        """tirsdag: the effects of completed spells (of some of the ledige) on those who are in none now."""
        if not effects:
            return
        recent = self.completed >= week - weeks
        ids = np.flatnonzero(recent if of is None else recent & of)
        ids = ids[self.started.take(ids) == NEVER]
        if halving_weeks is None:
            apply(self.world.afgang, effects, ids)
        else:
            apply(self.world.afgang, effects, ids, 0.5 ** ((week - self.completed.take(ids)) / halving_weeks))
