"""What a fit adds to what was thought possible before: the prior-predictive, and by how much figures are told better.

The first round of a fit is spread over the priors, so its simulated figures, those of the fit and those to validate on,
are what the model and the priors say before any figure is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp

from simulation.world.spec import Floats

LEVELS = (0.5, 0.8, 0.95)
"""Central intervals for which it is told how many figures lie in them."""
WIDTH = (0.025, 0.5, 0.975)


@dataclass(frozen=True)
class Predicted:
    """What is said of one figure: the middle and the ends of 95 % of what the model has, and the log score of the
    published figure, its sampling error and rounding included."""

    middle: float
    low: float
    high: float
    score: float

    @property
    def width(self) -> float:
        """Of the 95 %."""
        return self.high - self.low


def predicted(values: Floats, printed: float, error: float) -> Predicted:
    """Of the values of a figure at equally likely points, those that are not known (NaN) left out; `error` is the
    standard error of the published figure, rounding included."""
    known = values[~np.isnan(values)]
    if not len(known):
        nothing = float("nan")
        return Predicted(nothing, nothing, nothing, nothing)
    low, middle, high = np.quantile(known, WIDTH)
    return Predicted(float(middle), float(low), float(high), log_score(known, printed, error))


def log_score(values: Floats, printed: float, error: float) -> float:
    """Log of the density at the published figure, where each of these values is equally likely and the figure errs
    about it by `error`. What lies between the values is filled in (Silverman's width), as they may be few."""
    spread = float(values.std())
    quarters = float(np.subtract(*np.quantile(values, [0.75, 0.25]))) / 1.349
    between = 0.9 * min(spread, quarters or spread) * len(values) ** -0.2
    wide = max(float(np.hypot(error, between)), 1e-12)
    each = -0.5 * np.square((values - printed) / wide) - np.log(wide * np.sqrt(2 * np.pi))
    return float(logsumexp(each) - np.log(len(values)))


@dataclass(frozen=True)
class Skill:
    """How much better a figure is told than before any was looked at: `score` is the gain of the log score (0: nothing,
    below 0: worse), `width` the 95 % of now as a share of those of before."""

    score: float
    width: float


def skill(now: Predicted, before: Predicted) -> Skill:
    """Of what is said now against what was said before."""
    return Skill(now.score - before.score, now.width / before.width if before.width > 0 else float("nan"))
