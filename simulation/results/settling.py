"""From which week on a jobcentre holds its long-run number of people: the rule MSER-5 (White, Cobb and Spratt 2000).

A run begins with nobody on benefit, or with those who are enrolled in its first week. Until as many leave as come, who
is measured meets fewer people in the queue than later ones do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulation.results.result import Result
from simulation.world.names import common
from simulation.world.register import EXIT
from simulation.world.spec import Floats

BATCH = 5
LEAST = 10
"""The fewest batches of weeks of which anything is told."""


class Settling(NamedTuple):
    """The weeks in which people come in, `first` to `last`; `settled` is the week in which the number on benefit has
    come to its long-run level, None where it does not within them."""

    first: int
    last: int
    settled: int | None


def mser(series: Floats, batch: int = BATCH) -> int | None:
    """How many values to leave out at the start, so that the mean of the rest has the smallest standard error: MSER of
    the means of batches. None if that is half of them or more, or if there are too few: the series has not settled.
    What does not vary has settled from the start."""
    number = len(series) // batch
    if number < LEAST:
        return None
    means = np.asarray(series[: number * batch], dtype=np.float64).reshape(number, batch).mean(axis=1)
    rests = [means[left_out:] for left_out in range(number - 1)]
    errors = [float(np.sum((rest - rest.mean()) ** 2)) / len(rest) ** 2 for rest in rests]
    left_out = int(np.argmin(errors))
    return left_out * batch if left_out < number // 2 else None


def settling(result: Result) -> Settling:
    """Of a result, by the mean over its replications of the number on benefit at the end of each week."""
    intake = result.loaded.scenario.intake
    first, last = intake.first_week(), intake.from_week + intake.weeks - 1
    on_benefit = np.zeros(result.loaded.scenario.weeks)
    exits = [common(EXIT + name) for name in result.loaded.scenario.exits]
    for replication in result.replications:
        for name, sign in ((common("enrolled"), 1), *((name, -1) for name in exits)):
            if name in replication.counts:
                on_benefit += sign * np.cumsum(replication.counts[name].sum(axis=(1, 2)))
    found = mser(on_benefit[first : last + 1] / max(len(result.replications), 1))
    return Settling(first, last, None if found is None else first + found)
