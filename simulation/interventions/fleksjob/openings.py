"""Openings: for whom an approach to a firm opens a place."""

from __future__ import annotations

import numpy as np

from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.world.spec import Bools, Floats
from simulation.world.world import World


def opens(settings: Fleksjob, world: World, tailored: Bools) -> Floats:
    """Times as likely as the broker says that an approach opens a place, by what is known of each ledig: shape (rows,).
    For those who are `tailored` a job must be made."""
    found = np.full(len(world.ledige), settings.attention)
    for attribute, levels in settings.factors.items():
        factors = np.array([levels.get(level, 1.0) for level in world.levels[attribute]])
        found *= factors[world.ledige.subgroup[attribute]]
    if settings.tailoring:
        found *= np.where(tailored, settings.tailoring.factor, 1.0)
    return found
