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
from typing import NamedTuple

import numpy as np

from simulation.results.ends import LEVEL
from simulation.world.spec import Bools, Floats

RESAMPLES = 999
WIDE = 0.1
"""Half the width of an interval above which an index is not known well enough to go by."""
HOPELESS = 0.5
"""The same where it says next to nothing."""
LITTLE = 0.02
"""An index no further below 0 than this is that of nothing: of many, some come out a little below."""


@dataclass(frozen=True)
class Index:
    """An index of every unknown with the ends of its interval, each of shape (unknowns,)."""

    value: Floats
    low: Floats
    high: Floats


class Part(NamedTuple):
    """A number with the ends of its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Sobol:
    """Indices of unknowns. `variance` is that of the answer by all of them, with its interval; `luck` the share that
    luck had of the variance of single points, which is taken out. `leads` is how often each had the largest total index
    among resamples. All indices are NaN where `variance` cannot be told from 0."""

    first: Index
    total: Index
    leads: Floats
    variance: Part
    luck: float
    sum_of_first: Part
    rows: int

    @cached_property
    def known(self) -> bool:
        """Whether the answer varies measurably at all."""
        return self.variance.low > 0

    @cached_property
    def wide(self) -> Bools:
        """Unknowns whose total index is known to no better than `WIDE`, shape (unknowns,)."""
        return np.asarray((self.total.high - self.total.low) / 2 > WIDE)

    @property
    def usable(self) -> bool:
        """Whether they are to be gone by: the answer varies, no interval is hopelessly wide, none of them is surely
        below 0, and first ones do not surely add up to more than 1."""
        below = (self.total.high < -LITTLE) | (self.first.high < -LITTLE)
        hopeless = (self.total.high - self.total.low) / 2 > HOPELESS
        return self.known and not bool(below.any() or hopeless.any()) and self.sum_of_first.low <= 1 + LITTLE

    @property
    def too_small(self) -> bool:
        """Whether the sample is too small to rank by."""
        return not self.usable or bool(self.wide.any())


def sobol(at_a: Floats, at_b: Floats, at_ab: Floats, seed: int) -> Sobol:
    """The indices of an answer at points A and B, both of shape (replications, rows), and at A with the values of one
    unknown from B, shape (unknowns, replications, rows); of an answer without luck with one replication. The number of
    rows is a power of 2. Raises ValueError if it is not, or a value is not known."""
    from scipy.stats import sobol_indices

    if not all(np.isfinite(each).all() for each in (at_a, at_b, at_ab)):
        raise ValueError("an answer that is not known at some points has no indices")
    unknowns, _, rows = at_ab.shape
    every = np.repeat(at_ab, 2, axis=0) if unknowns == 1 else at_ab  # SciPy takes no single one
    whole = sobol_indices(func={"f_A": at_a, "f_B": at_b, "f_AB": every}, n=rows, method=_indices)
    centre = np.mean([at_a, at_b], axis=(0, -1))[:, None]
    by_row = np.vstack(_by_row(at_a - centre, at_b - centre, at_ab - centre))
    luck = np.random.default_rng(seed)
    again = luck.multinomial(rows, np.full(rows, 1 / rows), RESAMPLES) / rows @ by_row.T
    with np.errstate(divide="ignore", invalid="ignore"):
        again[:, :-1] /= again[:, -1:]
    again = np.column_stack((again, again[:, :unknowns].sum(axis=1)))
    values = [whole.first_order[:unknowns], whole.total_order[:unknowns], by_row[-1:].mean(axis=1),
              whole.first_order[:unknowns].sum(keepdims=True)]  # fmt: skip
    low, high = np.quantile(again, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    ends = np.stack((np.concatenate(values), low, high))
    variance = Part(*ends[:, -2].tolist())
    if not variance.low > 0:  # what is divided by may be nothing
        ends[:] = np.nan
    leading = again[:, unknowns : 2 * unknowns].argmax(axis=1)
    return Sobol(
        Index(*ends[:, :unknowns]), Index(*ends[:, unknowns : 2 * unknowns]),
        np.bincount(leading, minlength=unknowns) / RESAMPLES, variance, _luck(at_a, at_b, variance.value),
        Part(*ends[:, -1].tolist()), rows,
    )  # fmt: skip


def _indices(f_A: Floats, f_B: Floats, f_AB: Floats) -> tuple[Floats, Floats]:
    """First and total indices of centred answers, shape of both (unknowns,), by the names that SciPy gives them."""
    first, total, variance = (each.mean(axis=-1) for each in _by_row(f_A, f_B, f_AB))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(first / variance), np.asarray(total / variance)


def _by_row(a: Floats, b: Floats, ab: Floats) -> tuple[Floats, Floats, Floats]:
    """What every row adds to the parts of the variance, first and total (Saltelli 2010, Jansen), both of shape
    (unknowns, rows), and to the variance, shape (1, rows); of centred answers."""
    moved = ab - a
    return _products(b, moved), _products(moved, moved) / 2, (_products(a, a) + _products(b, b))[None] / 2


def _products(one: Floats, other: Floats) -> Floats:
    """The mean product of two different replications; of the only one with itself. Shape (..., replications, rows)
    becomes (..., rows)."""
    replications = one.shape[-2]
    if replications == 1:
        return np.asarray((one * other)[..., 0, :])
    every = one.sum(axis=-2) * other.sum(axis=-2)
    return np.asarray((every - (one * other).sum(axis=-2)) / (replications * (replications - 1)))


def _luck(a: Floats, b: Floats, variance: float) -> float:
    """The share of luck in the variance of the mean of a point's replications; 0 where there is one alone."""
    whole = float(np.concatenate((a, b), axis=-1).mean(axis=0).var())
    return max(1 - variance / whole, 0.0) if len(a) > 1 and whole > 0 else 0.0
