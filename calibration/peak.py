"""The peak of a posterior, with whole numbers where a parameter can only be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import least_squares

from calibration.priors import Prior
from simulation.world.spec import Floats


def peak_of(misses: Callable[[Floats], Floats], start: Floats, priors: Sequence[Prior]) -> Floats:
    """The point on the normal scale, shape (parameters,), at which the squares of `misses` add up to least.

    Whole numbers are settled one after the other, each at the best of three about the peak, the others following.
    """
    peak, free = _least(misses, start, list(range(len(start))))[1], list(range(len(start)))
    for column, prior in enumerate(priors):
        if not prior.whole:
            continue
        free.remove(column)
        value = float(prior.value(peak[column]))
        tried = []
        for whole in (value - 1, value, value + 1):
            possible = whole if whole > 0 or not prior.positive else value
            beside = peak.copy()
            beside[column] = prior.normal(prior.value(prior.normal(np.array(possible))))  # none beyond an end
            tried.append(_least(misses, beside, free))
        peak = min(tried, key=lambda each: each[0])[1]
    return peak


def _least(misses: Callable[[Floats], Floats], start: Floats, free: Sequence[int]) -> tuple[float, Floats]:
    """The least sum of squares with some parameters free and the others as they are, and where it is."""

    def moved(x: Floats) -> Floats:
        z = start.copy()
        z[free] = x
        return z

    found = moved(np.asarray(least_squares(lambda x: misses(moved(x)), start[free]).x)) if len(free) else start
    return float(np.square(misses(found)).sum()), found
