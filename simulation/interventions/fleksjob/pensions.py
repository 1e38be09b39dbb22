"""Cases of førtidspension: of those who were judged not to match a fleksjob, until an award or none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.interventions.fleksjob.terms import Pension
from simulation.world.few import Planned
from simulation.world.labels import Label
from simulation.world.spec import NOT_PLANNED, Bools, Floats, Ids, quantile
from simulation.world.world import World

Chances = Callable[..., Floats]
"""Luck of some ids in decisions of a week, as `Running.chances` has it."""


class Pensions:
    """Columns: `decided` (week in which her case will be), `awarded` (she leaves for a pension)."""

    def __init__(self, world: World, chances: Chances) -> None:
        self.world, self.chances = world, chances
        self.decided = Planned(len(world.ledige))
        self.awarded = np.zeros(len(world.ledige), dtype=bool)

    def begin(self, week: int, ids: Ids, settings: Pension) -> None:
        """torsdag: cases of these ids begin."""
        [of_case] = self.chances(week, ids, "pension case")
        weeks = quantile(settings.weeks, of_case)
        self.decided.plan(ids, np.minimum(week + np.maximum(weeks, 1), NOT_PLANNED - 1))

    def decide(self, week: int, settings: Pension) -> Ids:
        """torsdag: cases are decided; returns those to whom no pension is awarded."""
        ids = self.decided.take(week)
        if len(ids) == 0:
            return ids
        ids = ids[self.world.not_leaving(ids)]
        [of_case] = self.chances(week, ids, "pension")
        awarded = of_case < settings.awarded
        self.awarded[ids[awarded]] = True
        self.world.afgang.send(ids[awarded], settings.exit)
        self.world.tell(ids[awarded], Label("is awarded disability pension", "tilkendes førtidspension"))
        self.world.tell(ids[~awarded], Label("is not awarded disability pension", "får ikke tilkendt førtidspension"))
        refused: Ids = ids[~awarded]
        return refused

    def forget(self, ids: Ids) -> None:
        """These ids have left benefit."""
        self.decided.forget(ids)
        self.awarded[ids] = False

    def under_way(self, ids: Ids) -> Bools:
        """Whose case is not decided, or decided in her favour; same shape."""
        open_or_won: Bools = (self.decided.week[ids] != NOT_PLANNED) | self.awarded[ids]
        return open_or_won
