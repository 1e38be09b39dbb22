"""The estimate of any figure of a scenario, from its values by replication: the one road for run, sweep and verdict."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from simulation.results.intervals import LEVEL, Estimate, Scale, apart, estimate
from simulation.results.names import Figure, Names
from simulation.world.spec import Floats


def estimate_of(
    names: Names,
    figure: Figure,
    values: Callable[[Figure], Floats | None],
    level: float = LEVEL,
    scale: Callable[[Figure], Scale] | None = None,
) -> Estimate:
    """Mean of a figure with intervals of this level that lie within what it can be.

    `values` gives a figure in every replication, shape (replications,), or None if it is not kept; `scale` what it can
    be, if more is known than the scenario tells.
    """
    scale_of = scale or names.scale
    if pair := names.pair(figure.group):
        first, last = (figure._replace(group=group) for group in pair)
        one, other = values(first), values(last)
        if one is not None and other is not None and not np.isnan(one - other).all():
            return apart(one, other, (scale_of(first), scale_of(last)), names.scale(figure), level)
    found = values(figure)
    return estimate(np.empty(0) if found is None else found, scale_of(figure), level)
