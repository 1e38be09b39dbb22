"""What a fit would say if guessed standard errors were others: reweighted on its last emulator, not simulated anew."""

from __future__ import annotations

import numpy as np
from scipy.special import logsumexp

from calibration.population import Sample
from calibration.priors import rounded
from calibration.rounds import Likelihood
from simulation.world.spec import Floats

GUESSED = {"variances_halved": 0.5, "variances_doubled": 2.0}
"""By so much the variances of figures are changed that are of no printed number of persons: half of one is twice the
persons, which nobody printed."""
Intervals = dict[str, tuple[float, float]]


def sensitivity(likelihood: Likelihood, posterior: Sample) -> dict[str, Intervals]:
    """The 95 % interval of each parameter by what is changed; none where every figure is of printed persons."""
    guessed = np.array([target.n is None for target in likelihood.targets.values()])
    if not guessed.any():
        return {}
    as_it_is = likelihood.log_density(posterior.points)
    found: dict[str, Intervals] = {name: {} for name in likelihood.priors}
    for change, factor in GUESSED.items():
        errors = likelihood.errors.scaled(np.where(guessed, factor, 1.0))
        other = Likelihood(likelihood.priors, likelihood.targets, likelihood.emulator, likelihood.noise, errors)
        with np.errstate(divide="ignore"):
            logs = np.log(posterior.weights) + other.log_density(posterior.points) - as_it_is
        weights = np.exp(logs - logsumexp(logs))
        for column, (name, prior) in enumerate(likelihood.priors.items()):
            ends = prior.value(weighted_quantiles(posterior.points[:, column], weights, (0.025, 0.975)))
            found[name][change] = (rounded(float(ends[0]), 5), rounded(float(ends[1]), 5))
    return found


def weighted_quantiles(values: Floats, weights: Floats, shares: tuple[float, ...]) -> Floats:
    """Quantiles of values, shape (values,), of which each has a weight; shape (shares,)."""
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - 0.5 * weights[order]
    return np.asarray(np.interp(shares, middle / weights.sum(), values[order]))
