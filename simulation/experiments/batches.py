"""How many replications are simulated side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.experiments.executors import Workers, at_once
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

ROWS_PER_BATCH = 80_000
"""Ledige side by side: with fewer NumPy's cost per call outweighs the cost per person, more are no faster and take
memory (1 to 4 kB a ledig in shipped scenarios, with all that is measured). What is lost of unfinished work is at most a
batch a worker. A single world may be larger: `simulation/large.py` runs it."""


def most_at_once(scenario: Scenario) -> int:
    """How many replications of a scenario are simulated side by side at the most: few enough for its size."""
    return max(1, ROWS_PER_BATCH // max(sum(scenario.persons().values()), 1))


def batch_size(scenarios: Sequence[Loaded], asked: int, batch: int | None, workers: Workers) -> int:
    """How many replications are simulated side by side at the most, if not said (`batch`): every worker has as many
    batches as the others, so that all are done at the same time."""
    if batch:
        return batch
    most, hands = min(most_at_once(loaded.scenario) for loaded in scenarios), at_once(workers)
    rounds = -(-asked // (most * hands))
    return -(-asked // (rounds * hands))


def batches(scenarios: Sequence[Loaded], asked: int, batch: int | None, workers: Workers) -> Iterator[range]:
    """The numbers of the replications that are simulated side by side; sizes differ by one at the most, unless said."""
    size = batch_size(scenarios, asked, batch, workers)
    if batch:
        yield from (range(first, min(first + size, asked)) for first in range(0, asked, size))
        return
    parts = -(-asked // size)
    yield from (range(asked * part // parts, asked * (part + 1) // parts) for part in range(parts))
