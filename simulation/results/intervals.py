"""Intervals, each with the name of the uncertainty that it shows.

*simulation*: how well the replications done pin down the model's own mean. *one trial*: where the figure of a single
trial of this size would fall, were the model true. Neither contains the uncertainty of parameters, which is a third
one, *parameters*: where the model's mean lies for the values that the published figures leave possible.

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

from simulation.world.spec import Floats

LEVEL = 0.95
FEW = 10
"""With fewer replications than this nothing is called sure, and no verdict is given."""
NAN = float("nan")
SIMULATION = "simulation error, 95 %"
ONE_TRIAL = "one trial of this size, 95 %"
PARAMETERS = "parameter uncertainty, 95 % of the posterior's draws"
TRIAL_AND_PARAMETERS = "one trial of this size, parameters uncertain, 95 %"
PAIRED = "simulation error of the paired difference, 95 %"
UNPAIRED = "simulation error of the difference, not paired, 95 %"
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


class Scale(NamedTuple):
    """What a figure can be at least and at most; of how many (persons, jobcentres) it is in one replication, NaN where
    that is not known; and the end of the time after which it may come without being seen, NaN where that cannot be, and
    infinite for differences of such times, of which nothing is known then."""

    lowest: float = -math.inf
    highest: float = math.inf
    units: float = NAN
    horizon: float = NAN


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


def estimate(values: Floats, scale: Scale = ANY, level: float = LEVEL) -> Estimate:
    """Mean of one figure over replications, shape (replications,), with intervals of this level that lie within
    `scale`. Replications that are NaN have nobody to measure it of, or (with a horizon) come to it later."""
    known = values[~np.isnan(values)]
    n, of = len(known), len(values)
    if (n == 0 and math.isnan(scale.horizon)) or (n < of and math.isinf(scale.horizon)):
        return Estimate(NAN, NAN, NAN, NAN, NAN, NAN, n, of)
    if n < of and not math.isnan(scale.horizon):
        return _of_all(values, scale.horizon, level)
    mean = float(known.mean())
    if n == 1:
        return Estimate(mean, NAN, NAN, NAN, NAN, NAN, 1, of)
    sd = float(known.std(ddof=1))
    if sd <= SAME * max(1.0, abs(mean)):
        sd = 0.0
    low, high = _of_mean(known, mean, sd, scale, level)
    return Estimate(mean, low, high, *_of_trial(known, mean, sd, scale, level), sd, n, of)


def apart(one: Floats, other: Floats, scales: tuple[Scale, Scale], scale: Scale, level: float = LEVEL) -> Estimate:
    """Difference of two figures of the same replications, one minus the other, with intervals of this level.

    It joins the intervals of both, so it is as wide as they are where few events are seen (Newcombe's method, with the
    correlation over replications); of ordinary figures it is Student's of the difference.
    """
    difference = estimate(one - other, scale, level)
    both = ~np.isnan(one - other)
    first, second = (estimate(values[both], own, level) for values, own in zip((one, other), scales, strict=True))
    if difference.n < 2 or math.isnan(first.low) or math.isnan(second.low):
        return difference
    scatter = first.sd * second.sd
    shared = float(np.cov(one[both], other[both])[0, 1]) / scatter if scatter else 0.0

    def reach(up: float, down: float) -> float:
        return math.sqrt(max(up**2 + down**2 - 2 * shared * up * down, 0.0))

    low = difference.value - reach(first.value - first.low, second.high - second.value)
    high = difference.value + reach(first.high - first.value, second.value - second.low)
    return difference._replace(low=max(low, scale.lowest), high=min(high, scale.highest))


def share_of(count: int, n: int, level: float = LEVEL) -> tuple[float, float]:
    """Exact (Clopper-Pearson) interval of a share of which `count` of n were seen."""
    from scipy.special import betaincinv

    tail = (1 - level) / 2
    low = float(betaincinv(count, n - count + 1, tail)) if count else 0.0
    return low, float(betaincinv(count + 1, n - count, 1 - tail)) if count < n else 1.0


def unpaired(one: Floats, other: Floats, scale: Scale, change: Scale, level: float = LEVEL) -> Estimate:
    """Difference of two means whose replications are no pairs, one minus the other, with intervals of this level: those
    of both joined (Newcombe). `scale` is what the figures can be, `change` what their difference can be."""
    first, second = (estimate(values, scale, level) for values in (one, other))
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


def _of_mean(known: Floats, mean: float, sd: float, scale: Scale, level: float) -> tuple[float, float]:
    """Interval of the mean of two or more replications."""
    lowest, highest, n = scale.lowest, scale.highest, len(known)
    if known.min() < lowest - SAME or known.max() > highest + SAME:
        return _students(known, mean, sd, level)  # it is not what it is declared to be
    if scale.units == 1 and bool(np.isin(known, (lowest, highest)).all()):
        low, high = share_of(int((known == highest).sum()), n, level)
        return lowest + low * (highest - lowest), lowest + high * (highest - lowest)
    low, high = _students(known, mean, sd, level)
    if math.isinf(lowest):
        return low, high
    upper_half = mean > (lowest + highest) / 2
    events = highest - known if upper_half else known - lowest
    below, above = _of_events(events, sd, highest - lowest, scale.units, level)
    if below == above:
        return low, high
    exact = (highest - above, highest - below) if upper_half else (lowest + below, lowest + above)
    return max(min(low, exact[0]), lowest), min(max(high, exact[1]), highest)


def _students(known: Floats, mean: float, sd: float, level: float) -> tuple[float, float]:
    """Student's interval, longer on the side of a long tail (Johnson's term for skewness, which few replications do not
    tell)."""
    n = len(known)
    t, error = t_quantile(n - 1, level), sd / math.sqrt(n)
    skewed = float(((known - mean) ** 3).mean()) / sd**3 if sd else 0.0
    tail = skewed * (1 + 2 * t**2) / (6 * math.sqrt(n)) if n >= FEW else 0.0
    return mean - error * (t + max(-tail, 0.0)), mean + error * (t + max(tail, 0.0))


def _of_events(known: Floats, sd: float, top: float, units: float, level: float) -> tuple[float, float]:
    """Exact interval of figures from 0 to `top` (which may be infinite) whose mean is in the lower half."""
    from scipy.special import betaincinv, gammaincinv

    n, mean, tail = len(known), float(known.mean()), (1 - level) / 2
    counted, rare = not math.isnan(units), np.count_nonzero(known) < n / 2
    none = _none_seen(n * units if counted else n, top, tail)
    if sd == 0:
        if mean <= SAME:
            return 0.0, none
        if not counted or math.isinf(top) or n >= FEW:
            return mean, mean  # so many do not agree by chance: it is so by construction
        events = mean / top * n * units
    else:
        events = mean**2 * n / sd**2 * (1 - mean / top) * _shrink(n - 1, level)
    if events > MANY:
        return mean, mean  # Student's is exact enough
    if math.isinf(top):
        few, many = SCATTERED
        events /= 3 if rare else 1 + 2 * min(max((sd / mean - few) / (many - few), 0.0), 1.0)
        size = mean / events
        return size * float(gammaincinv(events, tail)), size * float(gammaincinv(events + 1, 1 - tail))
    others = events * (top / mean - 1)
    low, high = betaincinv(events, others + 1, tail), betaincinv(events + 1, others, 1 - tail)
    return top * float(low), max(top * float(high), none if counted and rare else 0.0)


def _none_seen(times: float, top: float, tail: float) -> float:
    """Upper end where so many had none: the rule of three. Without an upper end an event in one of them counts 1."""
    return top * float(-np.expm1(math.log(tail) / times)) if math.isfinite(top) else -math.log(tail) / times


def _of_trial(known: Floats, mean: float, sd: float, scale: Scale, level: float) -> tuple[float, float]:
    """Where one more replication would fall: the wider of Student's interval and of the replications that leave 2.5 %
    on either side (of fewer than 39 the smallest and the largest), within what is possible."""
    n, tail, ordered = len(known), (1 - level) / 2, np.sort(known)
    half = t_quantile(n - 1, level) * sd * math.sqrt(1 + 1 / n)
    place = max(int((n + 1) * tail), 1) - 1
    low, high = min(mean - half, float(ordered[place])), max(mean + half, float(ordered[-1 - place]))
    if sd == 0 and not math.isinf(scale.lowest):  # an event that none has had, or so few, may come in the next
        units = 1.0 if math.isnan(scale.units) else scale.units
        top = scale.highest - scale.lowest if math.isfinite(scale.highest) else 1.0
        step = math.ceil(-math.log(tail) / math.log(n + 1) - 1) * top / units
        low, high = (mean, mean + step) if mean <= scale.lowest else (low, high)
        low, high = (mean - step, mean) if mean >= scale.highest else (low, high)
    return max(low, min(scale.lowest, mean)), min(high, max(scale.highest, mean))


def _of_all(values: Floats, horizon: float, level: float) -> Estimate:
    """Median over all replications, those that are NaN coming after the horizon, with the interval of ranks."""
    from scipy.stats import binom

    ordered = np.sort(np.where(np.isnan(values), np.inf, values))
    n, of = int(np.isfinite(ordered).sum()), len(values)
    place = int(binom.ppf((1 - level) / 2, of, 0.5))  # as many may lie below the lower end
    low, high = (ordered[place - 1], ordered[-place]) if place else (NAN, NAN)
    outer = max(int((of + 1) * (1 - level) / 2), 1) - 1
    trial = (ordered[outer], ordered[-1 - outer]) if of > 1 else (NAN, NAN)
    middle = (ordered[(of - 1) // 2] + ordered[of // 2]) / 2
    value, low, high, trial_low, trial_high = (
        float(end) if np.isfinite(end) else NAN for end in (middle, low, high, *trial)
    )
    return Estimate(value, low, high, trial_low, trial_high, NAN, n, of, horizon)
