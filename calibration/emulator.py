"""A stand-in for the simulation: every figure as a quadratic function of the parameters, near where it was simulated.

Simulated by the same luck, a figure is a smooth function of the parameters, and over the small region that the
published figures leave a quadratic one follows it closely. How closely is measured by leaving each simulated point out
in turn; that error takes part in the likelihood as noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import qr, solve_triangular
from scipy.special import expit, logit

from simulation.world.spec import Bools, Floats

SMALL = 1e-3
"""What 0 is read as where no set of values has anything above it."""


@dataclass(frozen=True)
class Emulator:
    """`coefficients` has shape (terms, figures); `error` is the standard deviation of the error at a point that was
    left out, shape (figures,). `shares` tells which figures are shares (followed on the logit scale) and `positive`
    which are positive (on the log scale)."""

    coefficients: Floats
    error: Floats
    shares: Bools
    positive: Bools

    def __call__(self, z: Floats) -> Floats:
        """Figures at points on the normal scale, shape (points, figures) of (points, parameters)."""
        return _back(terms(z) @ self.coefficients, self.shares, self.positive)


def emulate(z: Floats, figures: Floats, shares: Sequence[bool], positive: Sequence[bool]) -> Emulator:
    """Follow `figures`, shape (points, figures), over points on the normal scale, shape (points, parameters).

    `shares` and `positive` tell which are followed on the logit and on the log scale, unless some are below 0 (a net
    share may be). Raises ValueError if there are too few points for a quadratic function.
    """
    basis = terms(z)
    points, count = basis.shape
    if points <= count:
        raise ValueError(f"a quadratic function of {z.shape[1]} parameters needs more than {count} points ({points})")
    bounded = (figures >= 0).all(axis=0)
    share, above = np.array(shares, dtype=bool) & bounded, np.array(positive, dtype=bool) & bounded
    scaled = _scaled(figures, share, above)
    q, r = qr(basis, mode="economic")
    coefficients = solve_triangular(r, q.T @ scaled)
    leverage = np.minimum((q**2).sum(axis=1), 1 - 1e-6)[:, None]
    fitted = basis @ coefficients
    left_out = fitted + (fitted - scaled) * leverage / (1 - leverage)  # what the others say of each point
    missed = _back(left_out, share, above) - figures
    return Emulator(coefficients, np.sqrt((missed**2).mean(axis=0)), share, above)


def terms(z: Floats) -> Floats:
    """1, every parameter, every square and every product: shape (points, terms)."""
    first, second = np.triu_indices(z.shape[1])
    return np.concatenate((np.ones((len(z), 1)), z, z[:, first] * z[:, second]), axis=1)


def points_needed(parameters: int) -> int:
    """Points of a round, a multiple of 64: at least twice as many as a quadratic function has terms."""
    count = 1 + parameters + parameters * (parameters + 1) // 2
    return 64 * -(-2 * count // 64)


def _scaled(figures: Floats, shares: Bools, positive: Bools) -> Floats:
    """The figures on the logit or log scale; 0, which has no logarithm, is read as half of the smallest figure."""
    scaled = np.array(figures, dtype=float)
    inside = (scaled > 0) & (scaled < 1)
    has_inside, fewest = inside.any(axis=0), np.min(scaled, axis=0, where=inside, initial=1.0)
    most = np.max(scaled, axis=0, where=inside, initial=0.0)
    low, high = np.where(has_inside, fewest / 2, SMALL), np.where(has_inside, (1 + most) / 2, 1 - SMALL)
    clipped = np.clip(scaled, low, high)
    least = np.min(scaled, axis=0, where=scaled > 0, initial=np.inf)
    above = np.maximum(scaled, np.where(np.isfinite(least), least / 2, SMALL))
    scaled[:, shares] = logit(clipped[:, shares])
    scaled[:, positive] = np.log(above[:, positive])
    return scaled


def _back(scaled: Floats, shares: Bools, positive: Bools) -> Floats:
    figures = np.array(scaled, dtype=float)
    figures[:, shares] = expit(figures[:, shares])
    figures[:, positive] = np.exp(np.minimum(figures[:, positive], 50.0))
    return figures
