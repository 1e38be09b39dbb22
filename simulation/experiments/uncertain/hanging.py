"""On which of the drawn values an answer hangs.

The share of a value is the square of its rank correlation with the answer over the draws: what part of the variance of
the answer's rank a straight line in the rank of that value alone accounts for. A value stands out whose share is beyond
what the largest share of all values is in 95 % of cases where the answers of draws are permuted, which cuts every tie
between values and answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.results.ends import LEVEL
from simulation.world.spec import Floats, Ids

PERMUTATIONS = 199


@dataclass(frozen=True)
class Hangs:
    """Shares of the values that stand out, the largest first, out of how many, and the band that they are beyond."""

    shares: Mapping[str, float]
    drawn: int
    band: float


class Hanging:
    """The drawn values, ready to be held against answers: `columns` has those of every draw by name, `weights` are
    those of the draws. So many draws in a row (`sharing`) have values in common, and are permuted together. Of values
    that are one (a number of the synthesis that is written at several places) the first is told."""

    def __init__(self, columns: Mapping[str, Sequence[float]], weights: Floats, sharing: int, seed: int) -> None:
        self.weights = weights / weights.sum()
        from scipy.stats import rankdata

        first = {tuple(values): name for name, values in reversed(list(columns.items())) if len(set(values)) > 1}
        ranks = {name: rankdata(values) for name, values in columns.items() if first.get(tuple(values)) == name}
        self.names = list(ranks)
        draws = len(weights)
        table = np.array(list(ranks.values())).reshape(len(ranks), draws)
        centred = table - (table @ self.weights)[:, None]
        spread = np.sqrt((centred**2) @ self.weights)
        self.scaled = np.divide(centred, spread[:, None], out=np.zeros_like(centred), where=spread[:, None] > 0)
        self.orders = _orders(draws, sharing, seed)

    def of(self, answers: Floats) -> Hangs:
        """What answers, shape (draws,), hang on; on nothing where some are not known, or all are the same."""
        if np.isnan(answers).any() or not len(self.names) or np.ptp(answers) < 1e-12:
            return Hangs({}, len(self.names), 1.0)
        from scipy.stats import rankdata

        ranks = rankdata(answers)
        shares = self._shares(ranks[None, :])[0]
        band = float(np.quantile(self._shares(ranks[self.orders]).max(axis=1), LEVEL))
        beyond = [k for k in np.argsort(-shares, kind="stable").tolist() if shares[k] > band]
        return Hangs({self.names[k]: float(shares[k]) for k in beyond}, len(self.names), band)

    def _shares(self, ranks: Floats) -> Floats:
        """Squared correlation of every row of ranks, shape (rows, draws), with every value: (rows, values)."""
        centred = ranks - (ranks @ self.weights)[:, None]
        spread = np.sqrt((centred**2) @ self.weights)
        scaled = np.divide(centred, spread[:, None], out=np.zeros_like(centred), where=spread[:, None] > 0)
        return np.asarray(np.square((scaled * self.weights) @ self.scaled.T))


def _orders(draws: int, sharing: int, seed: int) -> Ids:
    """Orders of the draws, shape (permutations, draws): those that share values stay together, in any order among
    themselves; what is left over at the end stays where it is."""
    luck = np.random.default_rng(seed)
    groups = np.arange(draws - draws % sharing).reshape(-1, sharing)
    orders = []
    for _ in range(PERMUTATIONS):
        mixed = luck.permuted(groups[luck.permutation(len(groups))], axis=1).ravel()
        orders.append(np.concatenate((mixed, np.arange(len(mixed), draws))))
    return np.array(orders)
