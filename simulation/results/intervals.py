"""Intervals, each with the name of the uncertainty that it shows.

*simulation*: how well the replications done pin down the model's own mean. *one trial*: where the figure of a single
trial of this size would fall, were the model true. Neither contains the uncertainty of parameters, which is a third
one, *parameters*: where the model's mean lies for the values that the published figures leave possible. How the ends
are found stands in `ends`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.results.ends import LEVEL, SAME, Known, of_mean, of_trial, ranks_below, share_of
from simulation.world.spec import Floats, Ints

NAN = float("nan")
SIMULATION = "simulation error, 95 %"
ONE_TRIAL = "one trial of this size, 95 %"
PARAMETERS = "parameter uncertainty, 95 % of the posterior's draws"
TRIAL_AND_PARAMETERS = "one trial of this size, parameters uncertain, 95 %"
PAIRED = "simulation error of the paired difference, 95 %"
UNPAIRED = "simulation error of the difference, not paired, 95 %"


class Scale(NamedTuple):
    """What a figure can be at least and at most; of how many (persons, jobcentres) it is in one replication, NaN where
    that is not known; and the end of the time after which it may come without being seen, NaN where that cannot be, and
    infinite for differences of such times, of which nothing is known then."""

    lowest: float = -math.inf
    highest: float = math.inf
    units: float = NAN
    horizon: float = NAN


class Pair(NamedTuple):
    """Two figures in every replication, shape (replications,), what each can be, and what their difference can be."""

    one: Floats
    other: Floats
    scales: tuple[Scale, Scale]
    scale: Scale


ANY = Scale()
"""The scale of a figure that can be anything."""
COUNTED = Scale(0.0)
"""That of one that cannot be below 0."""


class Estimate(NamedTuple):
    """A mean over replications with its two intervals; NaN where it is not known.

    `n` of the `of` replications have the figure. Where others come to it after the end of the time that is seen
    (`beyond` is that end, else NaN), `value` is the median over all replications, and an end that is not reached is
    NaN.
    """

    value: float
    low: float
    high: float
    trial_low: float
    trial_high: float
    sd: float
    n: int
    of: int = 0
    beyond: float = NAN


UNKNOWN = Estimate(NAN, NAN, NAN, NAN, NAN, NAN, 0)
"""Of a figure that no replication has."""


def estimate(values: Floats, scale: Scale = ANY, level: float = LEVEL) -> Estimate:
    """Mean of one figure over replications, shape (replications,), with intervals of this level that lie within
    `scale`. Replications that are NaN have nobody to measure it of, or (with a horizon) come to it later."""
    return estimates([values], [scale], level)[0]


def estimates(
    rows: Sequence[Floats] | Floats | Ints, scales: Sequence[Scale], level: float = LEVEL
) -> list[Estimate]:
    """As `estimate`, of many figures at once: shape (figures, replications), with the scale of each. It gives the same
    numbers, to the last bit, as one after the other, and takes little more time for a thousand than for one."""
    if not len(rows):
        return []
    values = np.asarray(rows, dtype=np.float64)
    figures, of = values.shape
    known = ~np.isnan(values)
    have = known.sum(axis=1)
    lowest, highest, units, horizon = np.array(scales, dtype=np.float64).reshape(figures, 4).T
    by_median = (have < of) & np.isfinite(horizon)
    by_mean = (have > 0) & ~by_median & ((have == of) | np.isnan(horizon))
    found = [Estimate(NAN, NAN, NAN, NAN, NAN, NAN, n, of) for n in have.tolist()]
    for row in np.flatnonzero(by_median).tolist():
        found[row] = _of_all(values[row], float(horizon[row]), level)
    for n in np.unique(have[by_mean]).tolist():
        some = np.flatnonzero(by_mean & (have == n))
        of_n = values[some][known[some]].reshape(len(some), n)
        columns = np.stack(_of_known(of_n, lowest[some], highest[some], units[some], level), axis=1)
        for row, (value, low, high, trial_low, trial_high, sd) in zip(some.tolist(), columns.tolist(), strict=True):
            found[row] = Estimate(value, low, high, trial_low, trial_high, sd, n, of)
    return found


def apart_each(pairs: Sequence[Pair], level: float = LEVEL) -> list[Estimate]:
    """Differences of two figures of the same replications, one minus the other, with intervals of this level; all pairs
    have the same number of replications.

    Each joins the intervals of both, so it is as wide as they are where few events are seen (Newcombe's method, with
    the correlation over replications); of ordinary figures it is Student's of the difference.
    """
    if not pairs:
        return []
    one, other = np.stack([pair.one for pair in pairs]), np.stack([pair.other for pair in pairs])
    difference = one - other
    both = ~np.isnan(difference)
    rows = [difference, *(np.where(both, values, np.nan) for values in (one, other))]
    scales = [pair.scale for pair in pairs]
    scales += [pair.scales[side]._replace(horizon=NAN) for side in (0, 1) for pair in pairs]
    found = estimates(np.concatenate(rows), scales, level)
    number = len(pairs)
    return [
        _joined(found[p], found[p + number], found[p + 2 * number], _covariance(one[p], other[p]), pairs[p].scale)
        for p in range(number)
    ]


def _joined(difference: Estimate, first: Estimate, second: Estimate, covariance: float, scale: Scale) -> Estimate:
    """The difference with the intervals of both joined."""
    if difference.n < 2 or math.isnan(first.low) or math.isnan(second.low):
        return difference
    scatter = first.sd * second.sd
    shared = covariance / scatter if scatter else 0.0

    def reach(up: float, down: float) -> float:
        return math.sqrt(max(up**2 + down**2 - 2 * shared * up * down, 0.0))

    low = difference.value - reach(first.value - first.low, second.high - second.value)
    high = difference.value + reach(first.high - first.value, second.value - second.low)
    return difference._replace(low=max(low, scale.lowest), high=min(high, scale.highest))


def _covariance(one: Floats, other: Floats) -> float:
    """Over replications that have both; NaN of fewer than two. As np.cov has it, without its checks."""
    known = ~np.isnan(one - other)
    if known.sum() < 2:
        return NAN
    off = np.stack((one[known], other[known]))
    off -= off.mean(axis=1)[:, None]
    return float((off @ off.T)[0, 1] * (1 / (off.shape[1] - 1)))


def unpaired(pairs: Sequence[Pair], level: float = LEVEL) -> list[Estimate]:
    """Differences of means whose replications are no pairs, one minus the other, with intervals of this level: those of
    both joined (Newcombe)."""
    first = estimates([pair.one for pair in pairs], [pair.scales[0] for pair in pairs], level)
    second = estimates([pair.other for pair in pairs], [pair.scales[1] for pair in pairs], level)
    return [_added(one, other, pair.scale) for one, other, pair in zip(first, second, pairs, strict=True)]


def _added(first: Estimate, second: Estimate, change: Scale) -> Estimate:
    """One estimate minus another that knows nothing of it."""
    value, n, of = first.value - second.value, min(first.n, second.n), min(first.of, second.of)
    if n < 2 or math.isnan(value):
        return Estimate(value, NAN, NAN, NAN, NAN, NAN, n, of)

    def joined(ends: str) -> tuple[float, float]:
        pairs = ((getattr(e, f"{ends}low"), getattr(e, f"{ends}high")) for e in (first, second))
        (low, high), (lowest, highest) = pairs
        down = math.hypot(first.value - low, highest - second.value)
        up = math.hypot(high - first.value, second.value - lowest)
        return max(value - down, change.lowest), min(value + up, change.highest)

    return Estimate(value, *joined(""), *joined("trial_"), math.hypot(first.sd, second.sd), n, of)


def binomial(share: float, n: int) -> tuple[float, float]:
    """Exact 95 % interval of a printed share of n persons: its sampling error."""
    return share_of(round(share * n), n)


def _of_known(
    known: Floats, lowest: Floats, highest: Floats, units: Floats, level: float
) -> tuple[Floats, Floats, Floats, Floats, Floats, Floats]:
    """Means, both ends of their intervals, both of one trial's, and standard deviations of figures that all n
    replications have, shape (figures, n)."""
    mean = known.mean(axis=1)
    if known.shape[1] == 1:
        nothing = np.full(len(mean), np.nan)
        return mean, nothing, nothing, nothing, nothing, nothing
    sd = known.std(axis=1, ddof=1)
    sd[sd <= SAME * np.maximum(1.0, np.abs(mean))] = 0.0
    of = Known(known, mean, sd, lowest, highest, units)
    return mean, *of_mean(of, level), *of_trial(of, level), sd


def _of_all(values: Floats, horizon: float, level: float) -> Estimate:
    """Median over all replications, those that are NaN coming after the horizon, with the interval of ranks."""
    ordered = np.sort(np.where(np.isnan(values), np.inf, values))
    n, of = int(np.isfinite(ordered).sum()), len(values)
    place = ranks_below(of, level)
    low, high = (ordered[place - 1], ordered[-place]) if place else (NAN, NAN)
    outer = max(int((of + 1) * (1 - level) / 2), 1) - 1
    trial = (ordered[outer], ordered[-1 - outer]) if of > 1 else (NAN, NAN)
    middle = (ordered[(of - 1) // 2] + ordered[of // 2]) / 2
    value, low, high, trial_low, trial_high = (
        float(end) if np.isfinite(end) else NAN for end in (middle, low, high, *trial)
    )
    return Estimate(value, low, high, trial_low, trial_high, NAN, n, of, horizon)
