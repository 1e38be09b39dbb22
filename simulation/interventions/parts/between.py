"""Between jobcentres: how a figure that every jobcentre has differs from one to another, as a report's bars show it.

Each jobcentre counts once, however many persons it has, and the luck of few persons is in it; the spread that is told
of exits (results/measures/spread.py) has that luck taken off.
"""

from __future__ import annotations

import numpy as np

from simulation.world.spec import Floats, ratios


def spread_between(by_place: Floats) -> Floats:
    """Standard deviation (of them as they are, not of a sample) of a figure of shape (worlds, jobcentres), NaN where a
    jobcentre has none: shape (worlds,), NaN with fewer than two."""
    some = ~np.isnan(by_place)
    number = some.sum(axis=1)
    mean = ratios(np.where(some, by_place, 0.0).sum(axis=1), number)
    off = np.where(some, by_place - mean[:, None], 0.0)
    return np.where(number > 1, np.sqrt(ratios((off**2).sum(axis=1), number)), np.nan)


def share_at_least(by_place: Floats, level: float) -> Floats:
    """Share of the jobcentres whose figure (shape (worlds, jobcentres), NaN where there is none) reaches a level: shape
    (worlds,), NaN where no jobcentre has one."""
    return ratios((by_place >= level).sum(axis=1), (~np.isnan(by_place)).sum(axis=1))
