"""Hazard ratios between two groups by Cox's partial likelihood on weekly data, and the errors printed with them.

Many ledige leave in one week, so ties are the rule; they are taken as Efron does: of d who leave together, the k-th is
drawn from those at risk less the share k / d of the d. With one covariate that is 0 or 1, all of it follows from how
many of each group were at risk and left in each week, so a fit takes counts and not persons.

Two errors. *Naive*: from the information, as if every ledig were a draw of her own. *Clustered*: the sandwich of Lin
and Wei, score residuals added up by cluster, without a factor for few clusters, as R's survival and lifelines have it;
Stata's is larger by the root of G / (G - 1), of G clusters. Residuals are those of Efron's likelihood, too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulation.world.spec import Bools, Floats, Ids, Ints, ratios

FARTHEST = 30.0
"""Log hazard ratios are looked for between this and its negative."""
STEPS, NEAR = 100, 1e-12


class Ties(NamedTuple):
    """Everybody who left, in the order of cells and weeks, with those she is drawn from. Arrays of shape (events,).

    `cell` is the cell in which she was at risk, `week` when she left, `share` the part of those who left with her that
    is taken from those at risk; `first` and `second` are how many of either group are then left at risk.
    """

    cell: Ids
    week: Ids
    share: Floats
    first: Floats
    second: Floats


class Fits(NamedTuple):
    """Log hazard ratios, first group against the second, and their information; NaN where there is no estimate. Arrays
    of shape (fits,)."""

    log_ratio: Floats
    information: Floats

    @property
    def error(self) -> Floats:
        """The naive standard error."""
        return np.asarray(1.0 / np.sqrt(self.information))


def ties(at_risk: Ints, events: Ints) -> Ties:
    """Who left, one by one, from how many were at risk and left: both of shape (2, cells, weeks), the second group
    before the first."""
    together = events.sum(axis=0)
    weeks = together.shape[1]
    at = together.ravel().nonzero()[0]
    left = together.ravel()[at]
    each = np.repeat(at, left)
    order = np.arange(len(each)) - np.repeat(np.cumsum(left) - left, left)
    share = order / np.repeat(left, left)
    there, gone = (counts.reshape(2, -1)[:, each] for counts in (at_risk, events))
    second, first = there - share * gone
    return Ties(each // weeks, each % weeks, share, first, second)


def fit(left: Ties, of: Ids, first_events: Ints) -> Fits:
    """One log hazard ratio for each fit. `of`, shape (events,), is the number of the fit that an event is of;
    `first_events`, shape (fits,), how many of them were of the first group.

    There is none where nobody of one group left while somebody of the other one was at risk.
    """
    fits = len(first_events)
    could_be_first = np.bincount(of, left.first > 0, fits)
    must_be_first = np.bincount(of, left.second <= 0, fits)
    exists = (must_be_first < first_events) & (first_events < could_be_first)
    beta, low, high = np.zeros(fits), np.full(fits, -FARTHEST), np.full(fits, FARTHEST)
    information, active = np.full(fits, np.nan), exists.copy()
    for _ in range(STEPS):
        if not active.any():
            break
        chance = _chance(left, np.exp(beta)[of])
        score, curve = first_events - _sums(of, chance, fits), _sums(of, chance * (1.0 - chance), fits)
        information[active] = curve[active]
        step = ratios(score, curve)
        active &= ~(np.abs(step) <= NEAR * (1.0 + np.abs(beta)))
        low, high = np.where(score > 0, beta, low), np.where(score > 0, high, beta)
        tried = beta + step
        beta = np.where(active, np.where((tried > low) & (tried < high), tried, (low + high) / 2), beta)
    return Fits(np.where(exists, beta, np.nan), information)


def scores(left: Ties, log_ratio: Floats, cells: int) -> tuple[Floats, Floats]:
    """What the events of every cell add to the sum of chances that the first group left, and to the information, at
    the log ratio of each event; both of shape (cells,)."""
    chance = _chance(left, np.exp(log_ratio))
    return _sums(left.cell, chance, cells), _sums(left.cell, chance * (1.0 - chance), cells)


class Weights(NamedTuple):
    """What one ledig who left, or was at risk, in a week adds to the score of her cluster: arrays of shape (2, cells,
    weeks), the second group before the first."""

    event: Floats
    at_risk: Floats


def weights(left: Ties, log_ratio: Floats, shape: tuple[int, int]) -> Weights:
    """The weights of score residuals at the log ratio of each event; `shape` is (cells, weeks)."""
    cells, weeks = shape
    place, size = left.cell * weeks + left.week, cells * weeks
    ratio = np.exp(log_ratio)
    hazard = 1.0 / (left.first * ratio + left.second)
    chance = left.first * ratio * hazard

    def summed(what: Floats) -> Floats:
        return _sums(place, what, size).reshape(shape)

    mean = ratios(summed(chance), summed(np.ones(len(place))))
    mean = np.where(np.isnan(mean), 0.0, mean)
    second, first = summed(-chance * hazard), summed((1.0 - chance) * ratio * hazard)
    spared = summed(-left.share * chance * hazard), summed(left.share * (1.0 - chance) * ratio * hazard)
    event = np.stack((spared[0] - mean, spared[1] + 1.0 - mean))
    return Weights(event, np.stack((-second, -first)))


def residuals(of: Weights, at_risk: Ints, events: Ints) -> Floats:
    """Score residuals of clusters by week: `at_risk` and `events` have the shape of the weights with clusters before
    the weeks, (2, ..., clusters, weeks), and so has what comes of it but for the first axis."""
    event, there = of.event[..., None, :], of.at_risk[..., None, :]
    return np.asarray(event[0] * events[0] + event[1] * events[1] + there[0] * at_risk[0] + there[1] * at_risk[1])


def clustered(fits: Fits, by_cluster: Floats, there: Bools) -> Floats:
    """The error that is clustered, shape (fits,), from the score residuals of each cluster, shape (fits, clusters), and
    which clusters have anybody; NaN with fewer than two."""
    error = np.sqrt((by_cluster**2).sum(axis=-1)) / fits.information
    return np.asarray(np.where(there.sum(axis=-1) > 1, error, np.nan))


def _sums(of: Ids, what: Floats, number: int) -> Floats:
    """Sums in the order of the events, so that they do not hang on what else is summed; shape (number,)."""
    return np.bincount(of, what, number).astype(np.float64, copy=False)


def _chance(left: Ties, ratio: Floats) -> Floats:
    """The chance that who left was of the first group, by the hazard ratio."""
    weight = left.first * ratio
    return np.asarray(weight / (weight + left.second))
