"""How often a test is right: `evaluate`, from what it finds in rehearsals of a trial, and of the trial without effect.

Shares have their exact binomial interval. A rehearsal in which a test has no answer (nobody left in one lot) is none in
which it rejects.
"""

from __future__ import annotations

import math

import numpy as np

from simulation.results.ends import LEVEL, share_of, t_quantile
from simulation.results.trial.operating import Estimates, Interval, Operating, Test
from simulation.results.trial.student import quantile
from simulation.world.spec import Bools, Floats

UNKNOWN = Interval(math.nan, math.nan, math.nan)
WANTED = 0.8
"""Power that a trial is asked for."""


def evaluate(
    test: Test, estimates: Estimates, null: Estimates | None = None, effects_off: Estimates | None = None,
    truth: Interval | None = None, attainable: float | None = None, alpha: float = 0.05,
) -> Operating:  # fmt: skip
    """What a test does in the trial as run (`estimates`), where the treated get the control's plan (`null`) and where
    delivery does nothing (`effects_off`). `truth` is in the unit of the estimates; without it nothing that hangs on it
    is told."""
    found = estimates.estimate
    rejected = estimates.p <= alpha
    told = found[~np.isnan(found)]
    against = truth if len(told) else None
    return Operating(
        test, estimates,
        power=share_in(rejected),
        type_i=None if null is None else share_in(null.p <= alpha),
        effects_off=None if effects_off is None else share_in(effects_off.p <= alpha),
        estimate=mean_of(found),
        spread=float(told.std(ddof=1)) if len(told) > 1 else math.nan,
        error=mean_of(estimates.error[~np.isnan(found)]).value,
        truth=truth,
        bias=None if against is None else _bias(found, against),
        coverage=None if against is None else _coverage(estimates, against),
        type_s=None if against is None else _wrong_sign(found[rejected], against),
        type_m=None if against is None else _too_large(found[rejected], against),
        smallest=None if null is None else smallest(null, truth, alpha),
        attainable=attainable,
    )  # fmt: skip


def share_in(having: Bools) -> Interval:
    """The share of rehearsals that have something."""
    count, of = int(np.count_nonzero(having)), len(having)
    return Interval(count / of, *share_of(count, of), of) if of else UNKNOWN


def mean_of(values: Floats) -> Interval:
    """The mean over the rehearsals that have a figure, with Student's interval."""
    known = values[~np.isnan(values)]
    if not len(known):
        return UNKNOWN
    mean = float(known.mean())
    if len(known) == 1:
        return Interval(mean, math.nan, math.nan, 1)
    half = t_quantile(len(known) - 1) * float(known.std(ddof=1)) / math.sqrt(len(known))
    return Interval(mean, mean - half, mean + half, len(known))


def smallest(null: Estimates, truth: Interval | None, alpha: float) -> Interval | None:
    """The effect that is found in 80 %: so large that in 80 % of the rehearsals without effect the estimate would be
    beyond its critical value with it, if it moves estimates and leaves their errors. In the direction of the truth, or
    upwards; the interval is that of a quantile, by ranks. None of a test that has no error."""
    from scipy.stats import binom

    sign = -1.0 if truth is not None and truth.value < 0 else 1.0
    with np.errstate(invalid="ignore"):
        needed = quantile(null.freedom, alpha) * null.error - sign * null.estimate
    if np.isnan(needed).all():
        return None
    of, tail = len(needed), (1 - LEVEL) / 2
    ordered = np.sort(np.where(np.isnan(needed), np.inf, needed))  # without an answer nothing is found
    ranks = math.ceil(WANTED * of), int(binom.ppf(tail, of, WANTED)), int(binom.isf(tail, of, WANTED)) + 1
    value, near, far = (sign * _at(ordered, rank) for rank in ranks)
    return Interval(value, *((near, far) if sign > 0 else (far, near)), of)


def _at(ordered: Floats, rank: int) -> float:
    """NaN where it is beyond what was seen."""
    if rank < 1 or rank > len(ordered):
        return math.nan
    value = float(ordered[rank - 1])
    return value if math.isfinite(value) else math.nan


def _bias(found: Floats, truth: Interval) -> Interval:
    """The error of the mean and that of the truth together."""
    mean = mean_of(found)
    bias = mean.value - truth.value
    down = math.hypot(mean.value - mean.low, truth.high - truth.value)
    up = math.hypot(mean.high - mean.value, truth.value - truth.low)
    return Interval(bias, bias - down, bias + up, mean.of)


def _coverage(estimates: Estimates, truth: Interval) -> Interval | None:
    there = ~np.isnan(estimates.low)
    if not there.any():
        return None
    low, high = estimates.low[there], estimates.high[there]
    return share_in((low <= truth.value) & (truth.value <= high))


def _wrong_sign(found: Floats, truth: Interval) -> Interval | None:
    """Gelman and Carlin's type S; None where nothing was rejected, or nothing has a sign."""
    found = found[~np.isnan(found)]
    return share_in(np.sign(found) != np.sign(truth.value)) if len(found) and truth.value != 0 else None


def _too_large(found: Floats, truth: Interval) -> Interval | None:
    """Gelman and Carlin's type M: how many times the truth the rejected ones are, on the mean."""
    found = found[~np.isnan(found)]
    return mean_of(np.abs(found) / abs(truth.value)) if len(found) and truth.value != 0 else None
