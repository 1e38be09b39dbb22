"""Afterwards: what has happened to a ledig changes how likely she is to leave, for some weeks."""

from __future__ import annotations

from simulation.interventions.contract import Running
from simulation.interventions.parts.spells import After, left_of
from simulation.world.few import Lately
from simulation.world.spec import Bools, Ids


class Afterwards:
    """`lately` has the week in which it happened last; from the next one on it has its effect."""

    def __init__(self, running: Running, called: str, after: After | None) -> None:
        """`called` is the key of the settings under which `after` stands; None: nothing follows."""
        self.world, self.after = running.world, after
        self.effect = running.effect(called, after.effects if after else {})
        self.lately = Lately(len(self.world.ledige))

    def happens(self, week: int, ids: Ids) -> None:
        """It happens to these ids, after tirsdag of this week."""
        self.lately.happens(week, ids)

    def gone(self, ids: Ids) -> None:
        """These ids are on benefit no more."""
        self.lately.forget(ids)

    def hold(self, week: int, among: Bools | None = None) -> None:
        """tirsdag: it has its effect (on some of the ledige alone)."""
        if self.after is None or not self.effect:
            return
        ids = self.lately.since(week - self.after.weeks)
        if among is not None:
            ids = ids[among.take(ids)]
        self.effect.hold(ids, left_of(week - self.lately.week.take(ids), self.after.halving_weeks))
