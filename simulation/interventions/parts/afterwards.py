"""Afterwards: what has happened to a ledig changes how likely she is to leave, for some weeks."""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.parts.spells import After
from simulation.world.spec import NEVER, Bools, Ids, where


class Afterwards:
    """Column: `last` (week in which it happened last; from the next one on it has its effect)."""

    def __init__(self, running: Running, called: str, after: After | None) -> None:
        """`called` is the key of the settings under which `after` stands; None: nothing follows."""
        self.world, self.after = running.world, after
        self.effect = running.effect(called, after.effects if after else {})
        self.last = np.full(len(self.world.ledige), NEVER, dtype=np.int16)

    def happens(self, week: int, ids: Ids) -> None:
        """It happens to these ids, after tirsdag of this week."""
        self.last[ids] = week

    def gone(self, ids: Ids) -> None:
        """These ids are on benefit no more."""
        self.last[ids] = NEVER

    def hold(self, week: int, among: Bools | None = None) -> None:
        """tirsdag: it has its effect (on some of the ledige alone)."""
        if self.after is None or not self.effect:
            return
        recent = self.last >= week - self.after.weeks
        ids = where(recent if among is None else recent & among)
        halving = self.after.halving_weeks
        if halving is None:
            self.effect.hold(ids)
        else:
            self.effect.hold(ids, 0.5 ** ((week - self.last.take(ids)) / halving))
