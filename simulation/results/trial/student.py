"""Student's test and interval of estimates with their errors, of many rehearsals at once."""

from __future__ import annotations

import numpy as np

from simulation.results.trial.operating import Estimates
from simulation.results.trial.regression import Found
from simulation.world.spec import Floats


def by_t(found: Found, alpha: float) -> Estimates:
    """Student's test and interval; normal where degrees of freedom are infinite."""
    from scipy.special import ndtr, stdtr

    estimate, error, freedom = found
    with np.errstate(invalid="ignore"):
        size = np.abs(estimate) / error
        p = 2.0 * np.where(np.isinf(freedom), ndtr(-size), stdtr(freedom, -size))
    half = quantile(freedom, alpha) * error
    return Estimates(estimate, error, freedom, p, estimate - half, estimate + half)


def quantile(freedom: Floats, alpha: float) -> Floats:
    """The two-sided point of Student's t."""
    from scipy.special import ndtri, stdtrit

    return np.asarray(np.where(np.isinf(freedom), ndtri(1.0 - alpha / 2.0), stdtrit(freedom, 1.0 - alpha / 2.0)))
