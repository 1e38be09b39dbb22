"""Money in draws of all that is uncertain, and what of them is luck of the simulation.

Each draw is simulated in several replications, so its mean has luck in it. What the best option is worth in a draw is a
maximum, and a maximum takes luck for knowledge: the value of information comes out too large. So the spread of the
draws is drawn together to what the parameters alone give (`values`), in all columns at once: in directions in which
columns vary by luck alone nothing is left. A regression needs no such thing, for luck is noise to it (`means`). The
luck that a replication has in all draws alike moves none against another; it moves all of them (`error`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from simulation.experiments.luck import quantiles
from simulation.experiments.uncertain.weights import kish
from simulation.results.ends import FEW, LEVEL, SAME, share_of, t_quantile
from simulation.results.intervals import ANY, COUNTED, NAN, Scale, estimate
from simulation.results.sobol import Part
from simulation.world.spec import Floats

UNKNOWN = Part(NAN, NAN, NAN)
"""A number that is not known."""
SHIFTS = 6
"""Two to this power are the ways in which luck is let move all draws, to see what a share of draws moves by."""
NO_WEIGHT = 1e-12
"""What a draw without weight counts, relative to the others, so that nothing is divided by 0."""


@dataclass(frozen=True)
class Drawn:
    """Columns (options, years, costs beside effects) in draws. `means`, shape (draws, columns), have the luck of a
    draw in them; `weights`, shape (draws,), add up to 1; so many draws in a row (`sharing`) are not independent of
    each other. Of luck there are the covariances of what it moves each draw by (`noise`) and of what it moves all
    of them by (`error`), of shape (columns, columns) both, by so many `replications` (of several sets one more
    than their degrees of freedom). With one replication nothing tells luck from parameters: then `values` are
    `means`, and no interval has luck in it (`luck_is_known`)."""

    means: Floats
    weights: Floats
    sharing: int
    noise: Floats
    error: Floats
    replications: int

    @cached_property
    def values(self) -> Floats:
        """What the draws are without luck, shape (draws, columns)."""
        return shrunk(self.means, self.noise, self.weights) if self.noise.any() else self.means

    def mixed(self, matrix: Floats) -> Drawn:
        """Other columns made of these by a matrix of shape (columns, new columns): net benefit of costs and effects."""
        noise, error = matrix.T @ self.noise @ matrix, matrix.T @ self.error @ matrix
        return replace(self, means=self.means @ matrix, noise=noise, error=error)

    def less(self, column: int) -> Drawn:
        """Every column less this one."""
        matrix = np.eye(self.columns)
        matrix[column] -= 1
        return self.mixed(matrix)

    @property
    def luck_is_known(self) -> bool:
        """Whether luck can be held apart from parameters."""
        return self.replications > 1

    @property
    def luck(self) -> Floats:
        """The share of luck in the variance of every column over draws, shape (columns,); NaN where it is not known."""
        luck, whole = self.noise.diagonal(), _covariance(self.means, self.weights).diagonal()
        found = np.divide(luck, whole, out=np.zeros(self.columns), where=whole > 0)
        return np.minimum(found, 1.0) if self.luck_is_known else np.full(self.columns, NAN)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return len(self.error)

    @property
    def mean(self) -> Floats:
        """The mean of every column, shape (columns,)."""
        return np.asarray(self.weights @ self.means)

    @property
    def best(self) -> int:
        """The column with the largest mean; the first of equals."""
        return int(self.mean.argmax())

    @property
    def effective(self) -> float:
        """Of how many independent draws of equal weight these are worth (Kish)."""
        return kish(self.by_block(self.weights))

    def by_block(self, rows: Floats) -> Floats:
        """Sums over the draws of each block that is not independent: shape (draws, ...) becomes (blocks, ...)."""
        return np.asarray(np.add.reduceat(rows, np.arange(0, len(rows), self.sharing)))

    def part(self, of_draws: Floats, moved: Floats) -> Part:
        """The mean of what every draw adds, shape (draws,), with its 95 % interval: by the number of draws, and by the
        luck that moves all of them, of which the mean moves by `moved` for each column, shape (columns,)."""
        return self._part(of_draws, moved, ANY)

    def rare(self, of_draws: Floats, moved: Floats) -> Part:
        """The same of losses, which are never below 0, and 0 in most draws perhaps. Of few that are not, the interval
        is that of so many events; where there is none the upper end is not known, for how much a rare one would be is
        not."""
        number = np.count_nonzero(self.by_block(of_draws))
        found = self._part(of_draws, moved, COUNTED if number < FEW else ANY)
        return found._replace(low=max(found.low, 0.0)) if number else Part(0.0, 0.0, NAN)

    def _part(self, of_draws: Floats, moved: Floats, scale: Scale) -> Part:
        value = float(self.weights @ of_draws)
        blocks, luck = self.by_block(self.weights * (of_draws - value)), self.half(moved)
        found = estimate(value + len(blocks) * blocks, scale)
        return Part(value, value - math.hypot(value - found.low, luck), value + math.hypot(found.high - value, luck))

    def shares(self, so: Callable[[Floats], Floats]) -> list[Part]:
        """The shares of draws in which things are so: `so` makes of columns, shape (draws, columns), a column of 1
        (so), 0 (not) or what is between (a tie) for each. The 95 % intervals are the exact ones of as many draws as
        these are worth, with what the share moves by where luck moves all draws."""
        shares, n = self.weights @ so(self.values), self.effective
        moved = [self.weights @ so(self.values + shift) for shift in self._shifts()]
        luck = self._times * np.sqrt(np.square(moved - shares).mean(axis=0)) if moved else 0 * shares
        return [self._share(value, n, half) for value, half in zip(shares.tolist(), luck.tolist(), strict=True)]

    def _share(self, value: float, n: float, luck: float) -> Part:
        value = float(round(value)) if min(value, 1 - value) < SAME else value
        low, high = share_of(value * n, n)
        low, high = value - math.hypot(value - low, luck), value + math.hypot(high - value, luck)
        return Part(value, max(low, 0.0), min(high, 1.0))

    def _shifts(self) -> Floats:
        """Ways in which luck may move all draws, shape (ways, columns); none where it moves nothing."""
        from scipy.special import ndtri
        from scipy.stats.qmc import Sobol

        _, back = _principal(self.error)
        if not len(back):
            return np.empty((0, len(self.error)))
        return np.asarray(ndtri(Sobol(len(back), rng=0).random_base2(SHIFTS)) @ back)

    def half(self, moved: Floats) -> float:
        """Half the width of the interval by luck that moves all draws, of what moves by so much for each column."""
        return self._times * math.sqrt(max(float(moved @ self.error @ moved), 0.0))

    @property
    def _times(self) -> float:
        return t_quantile(self.replications - 1) if self.luck_is_known else 0.0

    def middle(self, of_draws: Floats) -> tuple[float, float]:
        """Where the middle 95 % of the draws lie."""
        low, high = quantiles(of_draws, self.weights, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
        return low, high


def drawn(rows: Floats, weights: Floats | None = None, sharing: int = 1, turns: int = 1) -> Drawn:
    """Draws from their replications: shape (draws, replications, columns), a replication with the same luck in all
    draws. Or the draws take `turns` among so many sets of replications, `sharing` in a row at a time: then each set has
    the same luck in its own draws alone, and the luck that moves all of them is that of all sets together. Raises
    ValueError where something is not known, or there are fewer than two independent draws."""
    if rows.ndim != 3 or sharing < 1 or len(rows) <= sharing or not rows.shape[1]:
        raise ValueError(f"(draws, replications, columns) must be of two independent draws or more (got {rows.shape})")
    if not np.isfinite(rows).all():
        raise ValueError(f"not known in {int((~np.isfinite(rows)).any(axis=(1, 2)).sum())} of {len(rows)} draws")
    draws, replications, columns = rows.shape
    means, of_draws = rows.mean(axis=1), _weights(draws, weights)
    if replications == 1:
        nothing = np.zeros((columns, columns))
        return Drawn(means, of_draws, sharing, nothing, nothing, 1)
    left = rows - means[:, None] - rows.mean(axis=0) + means.mean(axis=0)
    noise = np.einsum("drc,drk->ck", left, left) / ((draws - 1) * (replications - 1) * replications)
    turn = np.arange(draws) // sharing % turns
    sets = [np.einsum("d,drc->rc", of_draws[turn == t], rows[turn == t]) for t in np.unique(turn)]
    error = sum(np.cov(of_set, rowvar=False).reshape(columns, columns) for of_set in sets) / replications
    return Drawn(means, of_draws, sharing, noise, np.asarray(error), len(sets) * (replications - 1) + 1)


def exactly(values: Floats, weights: Floats | None = None, sharing: int = 1) -> Drawn:
    """Draws of what is known without luck, shape (draws, columns): another replication would be the same."""
    return replace(drawn(values[:, None], weights, sharing), replications=2)


def _weights(draws: int, weights: Floats | None) -> Floats:
    raw = np.ones(draws) if weights is None else np.asarray(weights, dtype=np.float64)
    if raw.shape != (draws,) or not np.isfinite(raw).all() or raw.min() < 0 or not raw.max() > 0:
        raise ValueError("weights must be one of each draw, 0 or more, not all 0")
    kept = np.maximum(raw / raw.max(), NO_WEIGHT)
    return np.asarray(kept / kept.sum())


def shrunk(values: Floats, noise: Floats, weights: Floats) -> Floats:
    """Values, shape (draws, columns), drawn together around their means until their covariance is less by that of
    noise, shape (columns, columns); to nothing in directions in which noise is all there is. It is the same whatever
    linear form the columns are written in."""
    centre = weights @ values
    into, back = _principal(_covariance(values, weights))
    part, turned = np.linalg.eigh(into.T @ noise @ into)
    kept = np.sqrt(np.clip(1 - part, 0.0, 1.0))
    return np.asarray(centre + (values - centre) @ into @ (turned * kept) @ turned.T @ back)


def _principal(covariance: Floats) -> tuple[Floats, Floats]:
    """Into independent directions of variance 1, shape (columns, directions), and back, shape (directions, columns);
    without those in which nothing varies, whatever the units of the columns are."""
    sd = np.sqrt(np.maximum(covariance.diagonal(), 0.0))
    scale = np.where(sd > 0, sd, 1.0)
    size, axes = np.linalg.eigh(covariance / np.outer(scale, scale))
    some = size > SAME * max(float(size.max()), SAME)
    axes, root = axes[:, some], np.sqrt(size[some])
    return axes / root / scale[:, None], (axes * root).T * scale


def _covariance(values: Floats, weights: Floats) -> Floats:
    """Of values with weights that add up to 1, without bias."""
    off = values - weights @ values
    return np.asarray((off * weights[:, None]).T @ off / max(1 - float(weights @ weights), SAME))
