"""How the figures of one trial scatter together in the model: what the likelihood takes for how published ones err.

Every replication of a set of values is one trial of the simulated size, with all figures of a scenario as one vector.
Sets near the posterior are pooled. They share their luck, so they are not as many trials as they look: neighbours have
nearly the same residuals, and the degrees of freedom are told by how far they do not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.world.spec import Bools, Floats

LEAST_SHRUNK = 0.05
"""A correlation matrix is drawn towards none by at least so much, so that it can be inverted."""


@dataclass(frozen=True)
class Scatter:
    """Standard deviations over trials, shape (figures,), and correlations, (figures, figures). `degrees`: of how many
    independent trials, less one, they are; `shrunk`: by what share the correlations were drawn towards none."""

    sd: Floats
    correlation: Floats
    degrees: float
    shrunk: float


def scatter(trials: Floats) -> Scatter:
    """The scatter of figures by set of values and replication, shape (sets, replications, figures), two replications
    or more; replications of a set in which a figure is not known (NaN) are left out."""
    known: Bools = np.asarray(~np.isnan(trials).any(axis=2))
    enough = known.sum(axis=1) > 1
    trials, known = trials[enough], known[enough]
    figures = trials.shape[2]
    if not len(trials):
        return Scatter(np.zeros(figures), np.eye(figures), 0.0, 1.0)
    counts = known.sum(axis=1)
    mean = np.where(known[:, :, None], trials, 0.0).sum(axis=1) / counts[:, None]
    away = np.where(known[:, :, None], trials - mean[:, None, :], 0.0)
    flat = away.reshape(-1, figures)
    covariance = flat.T @ flat / (counts - 1).sum()
    sd = np.sqrt(np.diag(covariance))
    varies = sd > 1e-12 * np.maximum(np.abs(mean).max(axis=0), 1e-12)
    sd = np.where(varies, sd, 0.0)
    scale = np.where(varies, sd, 1.0)
    correlation = covariance / np.outer(scale, scale)
    correlation[~varies, :], correlation[:, ~varies] = 0.0, 0.0
    np.fill_diagonal(correlation, 1.0)
    degrees = _degrees(away[:, :, varies], float(counts.mean()) - 1)
    shrunk = _shrinkage(correlation, degrees)
    correlation = (1 - shrunk) * correlation
    np.fill_diagonal(correlation, 1.0)
    return Scatter(sd, correlation, degrees, shrunk)


def _degrees(away: Floats, each: float) -> float:
    """Of how many degrees of freedom a variance is that is pooled over sets with `each` of their own: squares of sets
    go together by the square of the correlation of their residuals, `away` of shape (sets, replications, figures)."""
    sets, _, figures = away.shape
    if sets == 1 or not figures or each <= 1:
        return each
    together = np.zeros((sets, sets))
    for figure in range(figures):
        of_set = away[:, :, figure]
        size = np.sqrt(np.square(of_set).sum(axis=1))
        unit = of_set / np.where(size > 0, size, 1.0)[:, None]
        together += np.square(unit @ unit.T)
    # The square of a correlation of so few is too large by what independent ones have, 1 / degrees.
    shared = (together / figures - 1 / each) / max(1 - 1 / each, 1e-9)
    np.fill_diagonal(shared, 1.0)
    return float(each * sets**2 / np.clip(shared.sum(), sets, sets**2))


def _shrinkage(correlation: Floats, degrees: float) -> float:
    """How far to draw correlations towards none: the share of their squares that is error of estimation (Schäfer and
    Strimmer 2005)."""
    upper = correlation[np.triu_indices(len(correlation), 1)]
    squares = float(np.square(upper).sum())
    if squares == 0.0:
        return LEAST_SHRUNK
    error = float(np.square(1 - upper**2).sum()) / max(degrees, 1.0)
    return float(np.clip(error / squares, LEAST_SHRUNK, 1.0))
