"""What draws differ by, less what luck alone would make them differ; draws may have weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.world.spec import Floats


def without_luck(rows: Floats, weights: Floats | None = None) -> Floats:
    """The mean shift of every draw, drawn together to the spread that the parameters alone have: shape (draws,).

    `rows` has shape (draws, replications). The means of draws vary by the parameters and by luck. The luck is what is
    left in a table of draws and replications beside both (a replication has the same luck in all draws, which moves
    none against another), over the number of replications; where it is all of the variance, no shift is left. With one
    replication of a draw nothing tells luck from parameters, and it stays in. NaN where a draw has no figure. `weights`
    of the draws, shape (draws,), if they have not the same.
    """
    known = ~np.isnan(rows)
    count, total = known.sum(axis=1), np.where(known, rows, 0.0).sum(axis=1)
    shift: Floats = np.divide(total, count, out=np.full(len(rows), np.nan), where=count > 0)
    whole = rows[known.all(axis=1)]
    draws, replications = whole.shape
    if draws < 2 or replications < 2:
        return shift
    means = whole.mean(axis=1)
    luck, between, centre = luck_of(rows), means.var(ddof=1), means.mean()
    if weights is not None:
        centre, between = weighted(means, weights[known.all(axis=1)])
    kept = max(1 - luck / between, 0.0) if between > 0 else 1.0
    return np.asarray(centre + (shift - centre) * np.sqrt(kept))


def luck_of(rows: Floats) -> float:
    """The variance that luck gives to the mean of a draw; NaN where nothing tells it. `rows` as in `without_luck`."""
    whole = rows[~np.isnan(rows).any(axis=1)]
    draws, replications = whole.shape
    if draws < 2 or replications < 2:
        return float("nan")
    means = whole.mean(axis=1)
    left = whole - means[:, None] - whole.mean(axis=0) + means.mean()
    return float((left**2).sum() / ((draws - 1) * (replications - 1)) / replications)


def weighted(values: Floats, weights: Floats) -> tuple[float, float]:
    """Mean and variance (without bias, as of so many values as the weights are worth) of values with weights, both of
    shape (draws,); NaN where no value has any."""
    total = weights.sum()
    if not total:
        return float("nan"), float("nan")
    shares = weights / total
    mean = float(shares @ values)
    spare = 1 - float(shares @ shares)
    return mean, float(shares @ (values - mean) ** 2) / spare if spare > 1e-9 else float("nan")


def is_luck(rows: Floats, weights: Floats | None = None) -> bool:
    """Whether draws differ, but by no more than luck would have it; arguments as of `without_luck`."""
    shifts = without_luck(rows, weights)
    shifts = shifts[~np.isnan(shifts)]
    whole = rows[~np.isnan(rows).any(axis=1)]
    return len(shifts) > 1 and bool(np.ptp(shifts) < 1e-12 <= np.ptp(whole, axis=0).max(initial=0.0))


def quantiles(values: Floats, weights: Floats, at: Sequence[float]) -> list[float]:
    """Quantiles of values with weights, shape of both (n,), on a straight line between the middles of their steps; of
    equal weights as NumPy's by the method of Hazen. Values that are NaN are left out; NaN where none is left."""
    known = ~np.isnan(values) & (weights > 0)
    if not known.any():
        return [float("nan")] * len(at)
    order = np.argsort(values[known], kind="stable")
    sorted_values, shares = values[known][order], weights[known][order] / weights[known].sum()
    return [float(q) for q in np.interp(at, np.cumsum(shares) - shares / 2, sorted_values)]
