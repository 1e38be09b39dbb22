"""The season and the level of a monthly stock.

On the log scale: a centred mean over twelve months is the trend, the mean of what is left by calendar month the season.
A small place has more noise than season, so its own is drawn towards the nation's by as much as noise explains of what
sets it apart. The level is what is left, smoothed over three months; ahead it stays where it was.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
YEAR = 12
YEARS = 3
"""Of which a season of its own asks."""
SMOOTHED = 3
MOST_GAPS = 0.25
"""Share of months without a figure that may be filled from their neighbours."""


class Parts(NamedTuple):
    """`season`: factors January to December, geometric mean 1; `own` is the weight of the place's own; `level` by month
    from `first` on; `noise` is the sd of the log of what is left."""

    season: Floats
    own: float
    first: int
    level: Floats
    noise: float

    def path(self, months: Sequence[int]) -> Floats:
        """The smoothed stock in these months; before the first and after the last the level stays as it was."""
        at = np.clip(np.array(months) - self.first, 0, len(self.level) - 1)
        season: Floats = self.season[np.array(months) % YEAR]
        smooth: Floats = self.level[at] * season
        return smooth


def filled(values: Mapping[int, float], last: int) -> tuple[int, Floats] | None:
    """The first month and the logs up to `last`, gaps filled from both sides; None where there are too many of them."""
    known = sorted(month for month, value in values.items() if month <= last and value > 0)
    if len(known) < YEAR or len(known) < (1 - MOST_GAPS) * (last - known[0] + 1) or last - known[-1] > 2:
        return None
    months = np.arange(known[0], last + 1)
    logs: Floats = np.interp(months, known, [math.log(values[month]) for month in known])
    return known[0], logs


def seasonal(first: int, logs: Floats) -> tuple[Floats, float] | None:
    """Logs by calendar month, January first, and the variance of what is left; None without three years."""
    if len(logs) < YEARS * YEAR:
        return None
    weights = np.array([0.5, *[1.0] * (YEAR - 1), 0.5]) / YEAR
    trend = np.convolve(logs, weights, mode="valid")
    left = logs[YEAR // 2 : YEAR // 2 + len(trend)] - trend
    month = (first + YEAR // 2 + np.arange(len(left))) % YEAR
    season = np.array([left[month == each].mean() for each in range(YEAR)])
    season -= season.mean()
    spread = left - season[month]
    return season, float((spread**2).sum() / max(len(left) - YEAR, 1))


def parts(values: Mapping[int, float], last: int, nation: Floats) -> Parts | None:
    """Season and level up to a month, None where there is too little; `nation` has factors of the nation's season."""
    if (found := filled(values, last)) is None:
        return None
    first, logs = found
    season, own, noise = np.log(nation) - np.log(nation).mean(), 0.0, 0.0
    if (mine := seasonal(first, logs)) is not None:
        by_month, left = mine
        noise = math.sqrt(left)
        apart = float(((by_month - season) ** 2).mean())
        cycles = (len(logs) - YEAR) / YEAR
        own = max(1 - left / max(cycles, 1) / apart, 0.0) if apart else 0.0
        season = season + own * (by_month - season)
    adjusted = logs - season[(first + np.arange(len(logs))) % YEAR]
    level = np.array([adjusted[max(k - 1, 0) : k + 2].mean() for k in range(len(adjusted))])
    level[-1] = adjusted[-SMOOTHED:].mean()
    return Parts(np.exp(season), own, first, np.exp(level), noise)
