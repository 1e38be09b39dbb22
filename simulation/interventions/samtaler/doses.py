"""Doses: the talks that every ledig has had of late, each fading by its age (`dose.py` says what that does)."""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.samtaler.dose import Dose
from simulation.world.spec import Floats, Ids, where


class Doses:
    """Column: `talks`, the decayed count of talks held with each ledig on benefit; not kept where they do nothing."""

    def __init__(self, dose: Dose | None, running: Running) -> None:
        self.world = running.world
        self.effect = running.effect("dose", dose.exits if dose else {}, on_log=True)
        self.dose = dose if self.effect else None
        self.talks = np.zeros(len(self.world.ledige) if self.dose else 0)

    def hold(self) -> None:
        """tirsdag: talks that are not forgotten have their effect, and fade."""
        if self.dose is not None:
            ids = self.world.unblocked(where(self.talks > 0))
            self.effect.hold(ids, self.dose.strength(self.talks.take(ids)))
            self.talks *= self.dose.kept

    def add(self, ids: Ids, talks: float | Floats) -> None:
        """fredag: a talk has been held with each of these ids, which counts so much."""
        if self.dose is not None:
            self.talks[ids] += talks

    def forget(self, ids: Ids) -> None:
        """tirsdag: these ids have left benefit."""
        if self.dose is not None:
            self.talks[ids] = 0.0
