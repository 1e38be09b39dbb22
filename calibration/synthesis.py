"""What studies together say of one effect: theta of a trial ~ N(mu, tau²), estimate ~ N(theta, error²).

mu has a normal prior at 0, tau a half-normal one. Given tau, mu is normal and known in closed form; so tau alone is
integrated over, on Gauss-Legendre nodes, and every result is a mixture of normals. A published mean of several trials
tells of mu itself: its error holds the spread between its trials already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import norm

from simulation.world.spec import Bools, Floats

NODES = 160
REACH = 6.0
"""How many scales of its prior tau is followed to; beyond lies 2e-9 of the prior."""


@dataclass(frozen=True)
class Mixture:
    """A mixture of normals: one for every value of tau. All arrays have the shape (nodes,)."""

    weights: Floats
    means: Floats
    sds: Floats

    @property
    def mean(self) -> float:
        """Of the mixture."""
        return float(self.weights @ self.means)

    @property
    def sd(self) -> float:
        """Of the mixture."""
        return float(np.sqrt(self.weights @ (self.sds**2 + (self.means - self.mean) ** 2)))

    def below(self, value: float) -> float:
        """Probability of less than `value`."""
        return float(self.weights @ norm.cdf((value - self.means) / self.sds))

    def log_density(self, value: float) -> float:
        """Log of the density there."""
        return float(logsumexp(norm.logpdf(value, self.means, self.sds), b=self.weights))

    def with_error(self, variance: float) -> Mixture:
        """What a study would find, with an error of its own: its variance is added."""
        return Mixture(self.weights, self.means, np.sqrt(self.sds**2 + variance))

    def quantile(self, share: float) -> float:
        """The value below which this share lies."""
        ends = self.means[:, None] + np.array([-9.0, 9.0]) * self.sds[:, None]
        return float(brentq(lambda value: self.below(value) - share, ends.min(), ends.max(), xtol=1e-10))

    def interval(self, share: float = 0.95) -> tuple[float, float]:
        """The central interval that holds this share."""
        return self.quantile((1 - share) / 2), self.quantile((1 + share) / 2)


@dataclass(frozen=True)
class Posterior:
    """What is known of one effect: mu is a mixture with a part for every one of the nodes `tau`, shape (nodes,)."""

    mu: Mixture
    tau: Floats

    @property
    def new_trial(self) -> Mixture:
        """What a new trial would find in truth (its own error not in it)."""
        return Mixture(self.mu.weights, self.mu.means, np.hypot(self.mu.sds, self.tau))

    @property
    def tau_mean(self) -> float:
        """Posterior mean of tau."""
        return float(self.mu.weights @ self.tau)

    @property
    def tau_sd(self) -> float:
        """Posterior standard deviation of tau."""
        return float(np.sqrt(self.mu.weights @ (self.tau - self.tau_mean) ** 2))


def synthesise(
    estimates: Sequence[float],
    variances: Sequence[float],
    *,
    tau_scale: float,
    mean_prior: float,
    centre: float = 0.0,
    pools_trials: Sequence[bool] | None = None,
) -> Posterior:
    """The posterior of mu and tau.

    All three lists have one value for each study; without studies the prior comes back. Estimates, the root of
    variances, the scale of tau's half-normal prior, and the centre and sd of mu's normal prior are in log exit rates.
    Raises ValueError for an error or a scale that is not above 0.
    """
    y, v = np.asarray(estimates, float) - centre, np.asarray(variances, float)
    means: Bools = np.zeros(len(y), bool) if pools_trials is None else np.asarray(pools_trials, bool)
    if y.shape != v.shape or y.shape != means.shape:
        raise ValueError("every study needs an estimate and an error")
    if not (np.isfinite(y).all() and np.isfinite(v).all() and (v > 0).all() and tau_scale > 0 and mean_prior > 0):
        raise ValueError("errors and scales must be above 0")
    nodes, lengths = _nodes()
    tau = (nodes + 1) / 2 * REACH * tau_scale
    spread = v + np.where(means, 0.0, tau[:, None] ** 2)  # (nodes, studies)
    precision = 1 / mean_prior**2 + (1 / spread).sum(axis=1)
    above = (y / spread).sum(axis=1) / precision
    log_weight = (
        np.log(lengths)
        + norm.logpdf(tau, scale=tau_scale)
        - 0.5 * (np.log(spread) + y**2 / spread).sum(axis=1)
        + 0.5 * (above**2 * precision - np.log(precision))
    )
    weights = np.exp(log_weight - log_weight.max())
    weights /= weights.sum()
    return Posterior(Mixture(weights, centre + above, 1 / np.sqrt(precision)), tau)


@cache
def _nodes() -> tuple[Floats, Floats]:
    """Gauss-Legendre nodes on [-1, 1] and their weights, shape (nodes,)."""
    nodes, lengths = np.polynomial.legendre.leggauss(NODES)
    return nodes, lengths
