"""The peak of a posterior, with whole numbers where a parameter can only be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from scipy.optimize import least_squares

from calibration.priors import Prior
from simulation.world.spec import Floats


def peak_of(misses: Callable[[Floats], Floats], start: Floats, priors: Sequence[Prior]) -> Floats:
    """The point on the normal scale, shape (parameters,), at which the squares of `misses` add up to least.

    Parameters that are whole numbers are settled one after the other, each at the best of the three values about the
    peak, with those not yet settled fitted anew.
    """
    peak, free = _least(misses, start, list(range(len(start))))[1], list(range(len(start)))
    for column, prior in enumerate(priors):
        if not prior.whole:
            continue
        free.remove(column)
        value = float(prior.value(peak[column]))
        candidates = []
        for whole in (value - 1, value, value + 1):
            possible = whole if whole > 0 or not prior.positive else value
            beside = peak.copy()
            # By way of the normal scale, so that no value lies beyond an end of the prior.
            beside[column] = prior.normal(prior.value(prior.normal(np.array(possible))))
            candidates.append(_least(misses, beside, free))
        peak = min(candidates, key=lambda candidate: candidate[0])[1]
    return peak


def _least(misses: Callable[[Floats], Floats], start: Floats, free: Sequence[int]) -> tuple[float, Floats]:
    """The least sum of squares with some parameters free and the others as they are, and where it is."""

    def moved(x: Floats) -> Floats:
        z = start.copy()
        z[free] = x
        return z

    point = moved(np.asarray(least_squares(lambda x: misses(moved(x)), start[free]).x)) if len(free) else start
    return float(np.square(misses(point)).sum()), point
