"""Population Monte Carlo: draws from a posterior by sampling from a proposal that is fitted to it again and again.

Cappé, Guillin, Marin & Robert (2004), with one heavy-tailed component, for the posteriors here have one peak, and with
quasi-random points. On the normal scale every prior is standard normal, so the first proposal is near the truth. It is
chosen over Markov chains because nothing in it depends on the order in which things are done or on a chain having run
for long enough: weights and the effective number of draws tell how good it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri, logsumexp, ndtri
from scipy.stats import qmc

from simulation.world.spec import Floats

DEGREES = 5.0
"""Degrees of freedom of the proposal, a multivariate t: tails heavier than the posterior's."""
WIDER = 1.15
ROUNDS = 8
LOG2_POINTS = 14


@dataclass(frozen=True)
class Sample:
    """Weighted draws on the normal scale: `points` of shape (draws, parameters), `weights` add up to 1."""

    points: Floats
    weights: Floats

    @property
    def effective(self) -> float:
        """Number of equally weighted draws that would tell as much."""
        return float(1 / np.square(self.weights).sum())

    @property
    def mean(self) -> Floats:
        """Shape (parameters,)."""
        return self.weights @ self.points

    @property
    def covariance(self) -> Floats:
        """Shape (parameters, parameters)."""
        away = self.points - self.mean
        return (away * self.weights[:, None]).T @ away

    def draws(self, count: int, seed: int) -> Floats:
        """So many draws of equal weight, in random order, shape (count, parameters)."""
        luck = np.random.default_rng(seed)
        positions = (np.arange(count) + luck.random()) / count  # systematic: as evenly as can be
        chosen = np.minimum(np.searchsorted(np.cumsum(self.weights), positions), len(self.points) - 1)
        return np.asarray(self.points[luck.permutation(chosen)])


def sample(log_density: Callable[[Floats], Floats], mean: Floats, covariance: Floats, seed: int) -> Sample:
    """Weighted draws from a density that is known but for a constant; `log_density` takes (points, parameters).

    `mean` and `covariance` are a first guess.
    """
    weighted = Sample(mean[None, :], np.ones(1))
    for turn in range(ROUNDS):
        uniform = quasi_random(len(mean) + 1, LOG2_POINTS, seed + turn)
        stretch = np.sqrt(DEGREES / chdtri(DEGREES, uniform[:, -1]))
        root = np.linalg.cholesky(WIDER * covariance)
        steps = ndtri(uniform[:, :-1]) * stretch[:, None]
        points = mean + steps @ root.T
        proposal = -0.5 * (DEGREES + len(mean)) * np.log1p(np.square(steps).sum(axis=1) / DEGREES)
        weight = log_density(points) - proposal
        weighted = Sample(points, np.exp(weight - logsumexp(weight)))
        mean, covariance = weighted.mean, weighted.covariance + 1e-6 * np.eye(len(mean))
    return weighted


def quasi_random(dimensions: int, log2: int, seed: int) -> Floats:
    """2**log2 points that fill the unit cube evenly (Sobol, scrambled), off its faces: shape (points, dimensions)."""
    points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed)).random_base2(log2)
    return np.asarray(np.clip(points, 1e-12, 1 - 1e-12))
