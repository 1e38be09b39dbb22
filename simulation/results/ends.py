"""The ends of intervals, of many figures at once: arrays with one row for each figure.

A mean of ordinary figures has Student's interval. Near an end of what is possible figures are skewed, and replications
without any event have no variance at all; there the mean is taken as a number of events, as many as its variance over
replications tells, with the exact interval of so many: Clopper and Pearson's for what lies between two ends (as Korn
and Graubard do for surveys), the gamma one of Fay and Feuer for what has no upper end. Far from the ends both are
Student's. docs/uncertainty.md says what they cover.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulation.world.spec import Bools, Floats

LEVEL = 0.95
FEW = 10
"""With fewer replications than this nothing is called sure, and no verdict is given."""
MANY = 2000.0
"""From so many events on an exact interval is Student's."""
SCATTERED = (0.6, 0.8)
"""A figure without an upper end whose standard deviation over replications is larger than the second of these, relative
to its mean, comes by events of unequal size (a week in which staff is short), of which few replications have the large
ones. So there are fewer of them than the variance tells: a third, which is what it takes to cover 95 %
(docs/uncertainty.md). Below the first they are as many as it tells, and in between on a straight line, for some sets of
replications have none of the large ones and scatter less."""
SAME = 1e-12
"""Figures that differ by less than this, relative to their size, differ by rounding alone."""


class Known(NamedTuple):
    """Figures that all of n > 1 replications have, shape (figures, n), and of each its mean, its standard deviation and
    what it can be, shape (figures,)."""

    values: Floats
    mean: Floats
    sd: Floats
    lowest: Floats
    highest: Floats
    units: Floats

    @property
    def n(self) -> int:
        """How many replications."""
        return int(self.values.shape[1])

    def of(self, rows: Bools) -> Known:
        """Some of the figures."""
        return Known(*(column[rows] for column in self))


def of_mean(of: Known, level: float) -> tuple[Floats, Floats]:
    """Intervals of the means."""
    low, high = _students(of, level)
    as_declared = (of.values.min(axis=1) >= of.lowest - SAME) & (of.values.max(axis=1) <= of.highest + SAME)
    at_an_end = (of.values == of.lowest[:, None]) | (of.values == of.highest[:, None])
    single = as_declared & (of.units == 1) & np.isfinite(of.highest) & at_an_end.all(axis=1)
    low[single], high[single] = _of_single(of.of(single), level)
    bounded = as_declared & ~single & np.isfinite(of.lowest)
    low[bounded], high[bounded] = _within_ends(of.of(bounded), low[bounded], high[bounded], level)
    return low, high


def _of_single(of: Known, level: float) -> tuple[Floats, Floats]:
    """The intervals of what each replication has or has not."""
    having = np.count_nonzero(of.values == of.highest[:, None], axis=1)
    shares = np.array([share_of(count, of.n, level) for count in having.tolist()]).reshape(-1, 2)
    low, high = of.lowest + shares.T * (of.highest - of.lowest)
    return low, high


def _students(of: Known, level: float) -> tuple[Floats, Floats]:
    """Student's intervals, longer on the side of a long tail (Johnson's term for skewness, which few replications do
    not tell)."""
    t, error = t_quantile(of.n - 1, level), of.sd / math.sqrt(of.n)
    tail = np.zeros(len(of.mean))
    if of.n >= FEW:
        third = ((of.values - of.mean[:, None]) ** 3).mean(axis=1)
        skewed = np.divide(third, _power(of.sd, 3), out=tail.copy(), where=of.sd != 0)
        tail = skewed * (1 + 2 * t**2) / (6 * math.sqrt(of.n))
    return of.mean - error * (t + np.maximum(-tail, 0.0)), of.mean + error * (t + np.maximum(tail, 0.0))


def _within_ends(of: Known, low: Floats, high: Floats, level: float) -> tuple[Floats, Floats]:
    """The intervals of figures that cannot be below something, from Student's."""
    upper_half = of.mean > (of.lowest + of.highest) / 2
    events = of.values - of.lowest[:, None]
    events[upper_half] = of.highest[upper_half, None] - of.values[upper_half]
    below, above = _of_events(events, of.sd, of.highest - of.lowest, of.units, level)
    exact_low = np.where(upper_half, of.highest - above, of.lowest + below)
    exact_high = np.where(upper_half, of.highest - below, of.lowest + above)
    students = below == above
    return (
        np.where(students, low, np.maximum(np.minimum(low, exact_low), of.lowest)),
        np.where(students, high, np.minimum(np.maximum(high, exact_high), of.highest)),
    )


def _of_events(seen: Floats, sd: Floats, top: Floats, units: Floats, level: float) -> tuple[Floats, Floats]:
    """Exact intervals of figures from 0 to `top` (which may be infinite) whose means are in the lower half; both ends
    are the mean where Student's will do."""
    from scipy.special import betaincinv, gammaincinv

    n, mean, tail = seen.shape[1], seen.mean(axis=1), (1 - level) / 2
    counted, endless = ~np.isnan(units), np.isinf(top)
    rare = np.count_nonzero(seen, axis=1) < n / 2
    none = _none_seen(np.where(counted, n * units, n), top, tail)
    low, high = mean.copy(), mean.copy()
    nobody = (sd == 0) & (mean <= SAME)
    low[nobody], high[nobody] = 0.0, none[nobody]
    by_construction = (sd == 0) & (~counted | endless | (n >= FEW))  # so many do not agree by chance
    with np.errstate(divide="ignore", invalid="ignore"):
        by_variance = _power(mean, 2) * n / _power(sd, 2) * (1 - mean / top) * _shrink(n - 1, level)
        events = np.where(sd == 0, mean / top * n * units, by_variance)
        few, many = SCATTERED
        fewer = np.where(rare, 3.0, 1 + 2 * np.minimum(np.maximum((sd / mean - few) / (many - few), 0.0), 1.0))
    exact = ~nobody & ~by_construction & ~(events > MANY)
    rows = exact & endless
    of_rows = events[rows] / fewer[rows]
    size = mean[rows] / of_rows
    low[rows], high[rows] = size * gammaincinv(of_rows, tail), size * gammaincinv(of_rows + 1, 1 - tail)
    rows = exact & ~endless
    of_rows, most = events[rows], top[rows]
    others = of_rows * (most / mean[rows] - 1)
    low[rows] = most * betaincinv(of_rows, others + 1, tail)
    at_least = np.where(counted & rare, none, 0.0)[rows]
    high[rows] = np.maximum(most * betaincinv(of_rows + 1, others, 1 - tail), at_least)
    return low, high


def _none_seen(times: Floats, top: Floats, tail: float) -> Floats:
    """Upper end where so many had none: the rule of three. Without an upper end an event in one of them counts 1."""
    finite, none = np.isfinite(top), -math.log(tail) / times
    none[finite] = top[finite] * -np.expm1(math.log(tail) / times[finite])
    return none


def of_trial(of: Known, level: float) -> tuple[Floats, Floats]:
    """Where one more replication would fall: the wider of Student's interval and of the replications that leave 2.5 %
    on either side (of fewer than 39 the smallest and the largest), within what is possible."""
    n, mean, tail, ordered = of.n, of.mean, (1 - level) / 2, np.sort(of.values, axis=1)
    half = t_quantile(n - 1, level) * of.sd * math.sqrt(1 + 1 / n)
    place = max(int((n + 1) * tail), 1) - 1
    low, high = np.minimum(mean - half, ordered[:, place]), np.maximum(mean + half, ordered[:, -1 - place])
    none = (of.sd == 0) & np.isfinite(of.lowest)  # an event that none has had, or so few, may come in the next
    top = np.where(np.isfinite(of.highest), of.highest - of.lowest, 1.0)
    step = math.ceil(-math.log(tail) / math.log(n + 1) - 1) * top / np.where(np.isnan(of.units), 1.0, of.units)
    at_lowest, at_highest = none & (mean <= of.lowest), none & (mean >= of.highest)
    low[at_lowest], high[at_lowest] = mean[at_lowest], (mean + step)[at_lowest]
    low[at_highest], high[at_highest] = (mean - step)[at_highest], mean[at_highest]
    return np.maximum(low, np.minimum(of.lowest, mean)), np.minimum(high, np.maximum(of.highest, mean))


def _power(numbers: Floats, exponent: int) -> Floats:
    """Python's power, number by number: the last digit of NumPy's depends on the processor."""
    return np.array([number**exponent for number in numbers.tolist()])


def share_of(count: float, n: float, level: float = LEVEL) -> tuple[float, float]:
    """Exact (Clopper-Pearson) interval of a share of which `count` of n were seen; of what has weights, in fractions of
    as many as it is worth (Korn and Graubard)."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(count, n - count + 1, tail)) if count else 0.0
    return low, float(betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0


@lru_cache
def t_quantile(degrees: int, level: float = LEVEL) -> float:
    """Two-sided point of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + level / 2))


@lru_cache
def _shrink(degrees: int, level: float) -> float:
    """By how much fewer events there seem to be, for their variance is known from so few replications."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + level / 2) / t_quantile(degrees, level)) ** 2


@lru_cache
def ranks_below(number: int, level: float) -> int:
    """How many of so many replications, at least one, may lie below the lower end of the interval of their median: the
    quantile of the binomial distribution."""
    from scipy.special import bdtr, bdtrik

    tail = (1 - level) / 2
    below: int = math.ceil(bdtrik(tail, number, 0.5))
    return below - 1 if below and bdtr(below - 1, number, 0.5) >= tail else below  # the inverse may be a rank too high
