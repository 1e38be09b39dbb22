"""Means over replications, and ratios of them, with their simulation error."""

from __future__ import annotations

import math

import numpy as np

from simulation.results.ends import t_quantile
from simulation.results.intervals import NAN, estimate
from simulation.results.sobol import Part
from simulation.world.spec import Floats


def by_year(values: Floats) -> list[Part]:
    """The mean of each year, and of all together: `values` of shape (replications, years)."""
    return [*(mean(values[:, y]) for y in range(values.shape[1])), mean(values.sum(axis=1))]


def mean(values: Floats) -> Part:
    """The mean over replications with its simulation error, 95 %."""
    found = estimate(values)
    return Part(found.value, found.low, found.high)


def ratio(one: Floats, other: Floats) -> Part:
    """The ratio of two means of the same replications, with Fieller's interval; unknown where the second may be 0."""
    n = len(one)
    a, b = float(one.mean()), float(other.mean())
    if n < 2 or not math.isfinite(a) or not math.isfinite(b) or b == 0:
        return Part(a / b if n and b and math.isfinite(a / b) else NAN, NAN, NAN)
    (v_a, c), (_, v_b) = np.cov(one, other) / n
    t = t_quantile(n - 1)
    square = b * b - t * t * v_b
    if square <= 0:
        return Part(NAN, NAN, NAN)
    middle = a * b - t * t * c
    root = math.sqrt(max(middle * middle - square * (a * a - t * t * v_a), 0.0))
    value, low, high = a / b, (middle - root) / square, (middle + root) / square
    return Part(value, min(low, value), max(high, value))  # of what hardly varies the last digit may be otherwise
