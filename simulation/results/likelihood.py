"""How well simulated figures agree with the published ones: residuals whose halved squares are the log-likelihood.

Each figure by itself: a share of n persons, and a number of n, is binomial; everything else is normal with its stated
standard error or, where that is lost, with the spread of the model's own trials (`spread: model`) times the root of the
design factor. Rounding of the printed figure and the noise of the simulated one (too few replications, an emulator that
is not exact) are added: as variance where the figure is normal, as fewer persons where it is binomial.

All of them together: figures of the same persons err together, as they do from trial to trial of the model. So the
residuals are normal with that correlation, which rounding and noise, independent from figure to figure, weaken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular

from simulation.scenario.published import Published
from simulation.world.spec import Bools, Floats

TINY = 1e-24
"""Variance of what neither errs nor is rounded."""


def observed(targets: Mapping[str, Published]) -> Floats:
    """The published figures, shape (targets,)."""
    return np.array([float(target.figure or 0.0) for target in targets.values()])


@dataclass(frozen=True)
class Errors:
    """How published figures err: the standard deviation of each, rounding left out, shape (targets,), and how they
    err together, shape (targets, targets)."""

    sd: Floats
    correlation: Floats

    def of(self, kept: Bools) -> Errors:
        """Those of some figures."""
        return Errors(self.sd[kept], self.correlation[np.ix_(kept, kept)])

    def scaled(self, factors: Floats) -> Errors:
        """With variances that are so many times as large, shape (targets,)."""
        return Errors(self.sd * np.sqrt(factors), self.correlation)


def errors_of(
    targets: Mapping[str, Published], spread: Floats | None = None, correlation: Floats | None = None
) -> Errors:
    """How these figures err. `spread` is the standard deviation of one simulated trial, shape (targets,), and
    `correlation` that between the figures of one trial; without it they err independently.

    Raises ValueError if a figure errs as the model does and there is no `spread`.
    """
    sd = np.empty(len(targets))
    for column, (name, target) in enumerate(targets.items()):
        if target.spread is None:
            sd[column] = np.sqrt(_variance(target))
        elif spread is None:
            raise ValueError(f"{name} errs as the model's trials do, whose spread is not given")
        else:
            sd[column] = spread[column] * np.sqrt(float(target.design_factor or 1.0))
    return Errors(sd, np.eye(len(sd)) if correlation is None else correlation)


def residuals(
    targets: Mapping[str, Published], simulated: Floats, noise: Floats, errors: Errors | None = None
) -> Floats:
    """Residuals in standard deviations, each figure by itself, shape as `simulated`: (…, targets). Positive: more is
    simulated than printed.

    `noise` is the standard deviation of the error of `simulated` as an estimate of what the model says: (targets,).
    """
    errors = errors_of(targets) if errors is None else errors
    misses = np.empty_like(simulated, dtype=float)
    for column, target in enumerate(targets.values()):
        extra = float(noise[column]) ** 2 + target.rounding_sd**2
        misses[..., column] = _residual(target, simulated[..., column], float(errors.sd[column]) ** 2, extra)
    return misses


def whitened(targets: Mapping[str, Published], missed: Floats, noise: Floats, errors: Errors) -> Floats:
    """Residuals, shape (…, targets), as independent ones whose halved squares add up to the log-likelihood of all the
    figures together. Rounding and noise are added to the variance of each figure and to no covariance."""
    sampling = errors.sd**2
    extra = noise**2 + np.array([target.rounding_sd**2 for target in targets.values()])
    weaker = np.sqrt(sampling / np.maximum(sampling + extra, TINY))
    correlation = errors.correlation * np.outer(weaker, weaker)
    np.fill_diagonal(correlation, 1.0)
    root = np.linalg.cholesky(correlation)
    flat = missed.reshape(-1, missed.shape[-1])
    return np.asarray(solve_triangular(root, flat.T, lower=True).T.reshape(missed.shape))


def standard_errors(targets: Mapping[str, Published], errors: Errors | None = None) -> Floats:
    """Standard errors of the published figures, rounding included, shape (targets,)."""
    sd = (errors_of(targets) if errors is None else errors).sd
    return np.array([np.hypot(own, target.rounding_sd) for own, target in zip(sd, targets.values(), strict=True)])


def scale(target: Published) -> float:
    """What a share has to be multiplied with to be the figure: n for a number of n persons, or else 1."""
    return float(target.n or 1) if _is_number(target) else 1.0


def _residual(target: Published, simulated: Floats, variance: float, extra: float) -> Floats:
    if target.n is None:
        off = simulated - float(target.figure or 0.0)
        return np.asarray(off / np.sqrt(max(variance + extra, TINY)))
    y, factor = _share(target), scale(target)
    p = np.clip(simulated / factor, 1e-9, 1 - 1e-9)
    persons = _share_variance(target) / ((variance + extra) / factor**2)
    deviance = 2 * persons * (_times_log(y, y / p) + _times_log(1 - y, (1 - y) / (1 - p)))
    return np.asarray(np.sign(p - y) * np.sqrt(np.maximum(deviance, 0.0)))


def _times_log(share: float, ratio: Floats) -> Floats:
    return share * np.log(ratio) if share > 0 else np.zeros_like(ratio)


def _share(target: Published) -> float:
    """The printed share; of a number of n persons count / n."""
    return float(target.figure or 0.0) / scale(target)


def _is_number(target: Published) -> bool:
    """Whether the figure is a number of persons: `count` of `n` was printed, and the figure is not their ratio."""
    return target.count is not None and target.n is not None and target.figure != target.count / target.n


def _variance(target: Published) -> float:
    """Sampling variance of the printed figure, in its unit."""
    if target.se is not None:
        return target.se**2
    assert target.n is not None
    return _share_variance(target) / target.n * scale(target) ** 2


def _share_variance(target: Published) -> float:
    """Variance of a share of one person, by the printed share; 0 of n leaves room for some."""
    assert target.n is not None
    y = float(np.clip(_share(target), 0.5 / target.n, 1 - 0.5 / target.n))
    return y * (1 - y)
