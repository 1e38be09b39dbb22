"""WHAT AN EFFECT IS WORTH FOR HER, for the second engine: a factor, or a size with all that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from simulation.world.draws import Draws
from simulation.world.sizes import Effects, Size

from .basics import power

if TYPE_CHECKING:
    from .engine import Ledig


def multiply(me: Ledig, effect: str, effects: Effects, strength: float, on_log: bool = False) -> None:
    """Her intensities of this week are changed by this effect, with this strength; `on_log`: plain factors as well."""
    for destination, size in effects.items():
        factor = worth(me, f"{effect} {destination}", size, strength, on_log)
        me.factor[destination] *= factor
        if destination == "job":
            me.job_factors.append((effect.split()[1], factor))


def worth(me: Ledig, decision: str, size: float | Size, strength: float, on_log: bool = False) -> float:
    """The factor for her, this week."""
    if isinstance(size, Size):
        return float(np.exp(log_of(me, size, decision) * strength))
    if on_log:
        return power(size, strength)
    return max(1.0 + (size - 1.0) * strength, 0.0)


def log_of(me: Ledig, size: Size, decision: str) -> float:
    """The log of the factor for her, this week."""
    world = me.world
    place = np.array([world.ledige.jobcentre[me.row]])
    log = size.log
    if size.between_trials:
        log += size.between_trials * normal(world.table.trial, f"{decision} trial", place)
    if size.between_jobcentres:
        log += size.between_jobcentres * normal(world.table.draws, f"{decision} jobcentre", place)
    log = size.jobcentres.get(me.jobcentre, log)
    for characteristic, by_level in size.levels.items():
        log += by_level.get(me.level(characteristic), 0.0)
    if size.between_persons:
        log += size.between_persons * normal(world.ledige.draws, f"{decision} ledig", me.ids)
    if size.between_caseworkers and me.last_with is not None:
        log += size.between_caseworkers * me.last_with.post.talent(me.last_with)
    return log


def normal(draws: Draws, decision: str, ids: np.ndarray) -> float:
    """Standard normal luck."""
    return float(ndtri(draws.uniform(decision, 0, ids))[0])
