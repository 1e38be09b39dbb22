"""Sobol' indices: which part of the variance of an answer is that of each unknown, alone and with what it does together
with others; of an answer that has luck in it.

SciPy finds them by Saltelli's sample: points A and B, and for every unknown the points A with its values from B. With
luck in the answer its estimators take luck for what unknowns do together. So every point has several replications, of
the same numbers in all points of a row, and only products of different replications are added up: what one replication
has by its luck is independent of another's, so products are right in the mean. Rows have luck of their own; resampling
rows (bootstrap) tells the error of sample and luck together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulation.results.ends import LEVEL
from simulation.world.spec import Bools, Floats

RESAMPLES = 999
WIDE = 0.1
"""Half the width of an interval above which an index is not known well enough to go by."""


@dataclass(frozen=True)
class Index:
    """An index of every unknown with the ends of its interval, each of shape (unknowns,)."""

    value: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Sobol:
    """Indices of unknowns. `variance` is that of the answer by all of them, with its interval; `luck` the share that
    luck had of the variance of single points, which is taken out. `leads` is how often each had the largest total index
    among resamples. All indices are NaN where `variance` cannot be told from 0."""

    first: Index
    total: Index
    leads: Floats
    variance: tuple[float, float, float]
    luck: float
    sum_of_first: tuple[float, float, float]
    rows: int

    @cached_property
    def known(self) -> bool:
        """Whether the answer varies measurably at all."""
        return self.variance[1] > 0

    @cached_property
    def wide(self) -> Bools:
        """Unknowns whose total index is known to no better than `WIDE`, shape (unknowns,)."""
        return np.asarray((self.total.high - self.total.low) / 2 > WIDE)

    @property
    def impossible(self) -> bool:
        """Whether an index is surely below 0, or first ones surely add up to more than 1: the sample is too small."""
        below = (self.total.high < 0) | (self.first.high < 0)
        return self.known and (bool(below.any()) or self.sum_of_first[1] > 1)

    @property
    def too_small(self) -> bool:
        """Whether the sample is too small to go by."""
        return not self.known or bool(self.wide.any()) or self.impossible


def sobol(at_a: Floats, at_b: Floats, at_ab: Floats, seed: int) -> Sobol:
    """The indices of an answer at points A and B, both of shape (replications, rows), and at A with the values of one
    unknown from B, shape (unknowns, replications, rows); of an answer without luck with one replication. The number of
    rows is a power of 2. Raises ValueError if it is not, or a value is not known."""
    from scipy.stats import bootstrap, sobol_indices

    if not all(np.isfinite(each).all() for each in (at_a, at_b, at_ab)):
        raise ValueError("an answer that is not known at some points has no indices")
    unknowns, replications, rows = at_ab.shape
    found = sobol_indices(func={"f_A": at_a, "f_B": at_b, "f_AB": at_ab}, n=rows, method=_indices)
    centre = np.mean([at_a, at_b], axis=(0, -1))[:, None]
    a, b, ab = at_a - centre, at_b - centre, at_ab - centre

    def again(chosen: Any) -> Floats:
        first, total = _indices(a[:, chosen], b[:, chosen], ab[..., chosen])
        return np.concatenate((first, total, [first.sum(), _variance(a[:, chosen], b[:, chosen])]))

    resampled = bootstrap(
        (np.arange(rows),), again, n_resamples=RESAMPLES, vectorized=False, method="percentile",
        confidence_level=LEVEL, rng=np.random.default_rng(seed),
    )  # fmt: skip
    spread = np.atleast_2d(resampled.bootstrap_distribution)
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    low, high = np.quantile(spread, tails, axis=-1)
    variance = _variance(a, b)
    first, total = np.atleast_1d(found.first_order), np.atleast_1d(found.total_order)
    if not low[-1] > 0:  # what is divided by may be nothing
        nothing = np.full(unknowns, np.nan)
        first, total, low, high = nothing, nothing, np.append(low * np.nan, low[-1]), np.append(high * np.nan, high[-1])
        low, high = low[-len(spread) :], high[-len(spread) :]
    leading = spread[unknowns : 2 * unknowns].argmax(axis=0)
    return Sobol(
        Index(first, low[:unknowns], high[:unknowns]),
        Index(total, low[unknowns : 2 * unknowns], high[unknowns : 2 * unknowns]),
        np.bincount(leading, minlength=unknowns) / spread.shape[-1],
        (variance, float(low[-1]), float(high[-1])),
        _luck(a, b, variance),
        (float(first.sum()), float(low[-2]), float(high[-2])),
        rows,
    )  # fmt: skip


def _indices(f_A: Floats, f_B: Floats, f_AB: Floats) -> tuple[Floats, Floats]:  # noqa: N803 (SciPy calls them so)
    """First and total indices by the estimators of Saltelli (2010) and Jansen, shape of both (unknowns,), of centred
    answers."""
    variance, moved = _variance(f_A, f_B), f_AB - f_A
    with np.errstate(divide="ignore", invalid="ignore"):
        return _mean_product(f_B, moved) / variance, _mean_product(moved, moved) / (2 * variance)


def _variance(a: Floats, b: Floats) -> float:
    both = np.concatenate((a, b), axis=-1)
    both = both - both.mean(axis=-1, keepdims=True)
    return float(_mean_product(both, both))


def _mean_product(one: Floats, other: Floats) -> Floats:
    """The mean over rows of products of different replications; of the only one with itself. Shape (..., replications,
    rows) becomes (...)."""
    replications = one.shape[-2]
    if replications == 1:
        return np.asarray((one * other)[..., 0, :].mean(axis=-1))
    every = one.sum(axis=-2) * other.sum(axis=-2)
    return np.asarray((every - (one * other).sum(axis=-2)).mean(axis=-1) / (replications * (replications - 1)))


def _luck(a: Floats, b: Floats, variance: float) -> float:
    """The share of luck in the variance of the mean of a point's replications; 0 where there is one alone."""
    both = np.concatenate((a, b), axis=-1)
    whole = float(both.mean(axis=0).var())
    return max(1 - variance / whole, 0.0) if len(a) > 1 and whole > 0 else 0.0
