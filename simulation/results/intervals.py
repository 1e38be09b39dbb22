"""Intervals, each with the name of the uncertainty that it shows.

*simulation*: how well the replications done pin down the model's own mean. *one trial*: where the figure of a single
trial of this size would fall, were the model true; it is what a published figure is held against. Neither contains
the uncertainty of parameters, which is a third one, *parameters*: where the model's mean lies for the values that the
published figures leave possible.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from simulation.world.spec import Floats

LEVEL = 0.95
NAN = float("nan")
SIMULATION = "simulation error, 95 %"
ONE_TRIAL = "one trial of this size, 95 %"
SAMPLING = "sampling error of the printed figure, binomial, 95 %"
PARAMETERS = "parameter uncertainty, 95 % of the posterior's draws"
TRIAL_AND_PARAMETERS = "one trial of this size, parameters uncertain, 95 %"
PAIRED = "simulation error of the paired difference, 95 %"
UNPAIRED = "simulation error of the difference, not paired, 95 %"


class Estimate(NamedTuple):
    """A mean over replications with its two intervals; NaN where one replication cannot tell."""

    value: float
    low: float
    high: float
    trial_low: float
    trial_high: float
    sd: float
    n: int

    def within(self, lowest: float, highest: float) -> Estimate:
        """The same with intervals that do not reach beyond what is possible."""
        low, high, trial_low, trial_high = np.clip(
            [self.low, self.high, self.trial_low, self.trial_high], lowest, highest
        ).tolist()
        return self._replace(low=low, high=high, trial_low=trial_low, trial_high=trial_high)


def estimate(values: Floats) -> Estimate:
    """Mean of one figure over replications, shape (replications,); replications without the figure are left out."""
    known = values[~np.isnan(values)]
    n = len(known)
    if n == 0:
        return Estimate(NAN, NAN, NAN, NAN, NAN, NAN, 0)
    mean = float(known.mean())
    if n == 1:
        return Estimate(mean, NAN, NAN, NAN, NAN, NAN, 1)
    sd = float(known.std(ddof=1))
    half, trial = t_quantile(n - 1) * sd / np.sqrt(n), t_quantile(n - 1) * sd * np.sqrt(1 + 1 / n)
    return Estimate(mean, mean - half, mean + half, mean - trial, mean + trial, sd, n)


def estimate_apart(before: Floats, after: Floats) -> Estimate:
    """Difference of two means whose replications are no pairs (Welch); those without the figure are left out."""
    from scipy.special import stdtrit

    one, other = estimate(before), estimate(after)
    value, n = other.value - one.value, min(one.n, other.n)
    if n < 2:
        return Estimate(value, NAN, NAN, NAN, NAN, NAN, n)
    parts = np.array([one.sd**2 / one.n, other.sd**2 / other.n])
    if not parts.any():
        return Estimate(value, value, value, value, value, 0.0, n)
    degrees = parts.sum() ** 2 / (parts**2 / [one.n - 1, other.n - 1]).sum()
    reach = float(stdtrit(degrees, 0.5 + LEVEL / 2))
    half, trial = reach * np.sqrt(parts.sum()), reach * np.sqrt(parts.sum() + one.sd**2 + other.sd**2)
    sd = half * np.sqrt(n) / t_quantile(n - 1)  # that of pairs with an interval as wide
    return Estimate(value, value - half, value + half, value - trial, value + trial, sd, n)


def binomial(share: float, n: int) -> tuple[float, float]:
    """Exact (Clopper-Pearson) 95 % interval of a share of n persons: the sampling error of a printed figure."""
    from scipy.stats import binomtest

    interval = binomtest(round(share * n), n).proportion_ci(LEVEL, method="exact")
    return float(interval.low), float(interval.high)


@lru_cache
def t_quantile(degrees: int) -> float:
    """Two-sided 95 % point of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(degrees, 0.5 + LEVEL / 2))
