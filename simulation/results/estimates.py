"""The estimate of any figure of a scenario, from its values by replication: the one road for run, sweep and verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulation.results.ends import LEVEL
from simulation.results.intervals import UNKNOWN, Estimate, Pair, Scale, apart_each, estimates
from simulation.results.names import Figure, Names
from simulation.world.spec import Floats

Values = Callable[[Figure], Floats | None]
"""A figure in every replication, shape (replications,), or None if it is not kept."""


def estimates_of(
    names: Names,
    asked: Sequence[tuple[Figure, Values]],
    level: float = LEVEL,
    scale: Callable[[Figure], Scale] | None = None,
) -> list[Estimate]:
    """Means of figures with intervals of this level that lie within what they can be, all of them at once. Each figure
    comes with what its values are found by, all of the same number of replications; `scale` is what it can be, if more
    is known than the scenario tells."""
    scale_of = scale or names.scale
    pairs: dict[int, Pair] = {}
    alone: dict[int, tuple[Floats, Scale]] = {}
    for place, (figure, values) in enumerate(asked):
        if pair := names.pair(figure.group):
            first, last = (figure._replace(group=group) for group in pair)
            one, other = values(first), values(last)
            if one is not None and other is not None and not np.isnan(one - other).all():
                pairs[place] = Pair(one, other, (scale_of(first), scale_of(last)), names.scale(figure))
                continue
        if (found := values(figure)) is not None:
            alone[place] = found, scale_of(figure)
    answers = [UNKNOWN] * len(asked)
    for place, answer in zip(pairs, apart_each(list(pairs.values()), level), strict=True):
        answers[place] = answer
    rows, scales = [row for row, _ in alone.values()], [each for _, each in alone.values()]
    for place, answer in zip(alone, estimates(rows, scales, level), strict=True):
        answers[place] = answer
    return answers
