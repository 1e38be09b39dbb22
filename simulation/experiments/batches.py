"""How many replications are simulated side by side."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.scenario.load import Loaded

ROWS_PER_BATCH = 40_000
"""Rows of a batch below which NumPy's cost per call outweighs the cost per person."""


def batch_size(scenarios: Sequence[Loaded], asked: int, batch: int | None, workers: int) -> int:
    """How many replications are simulated side by side, if not said (`batch`)."""
    rows = max(sum(loaded.scenario.persons().values()) for loaded in scenarios)
    return batch or max(1, min(ROWS_PER_BATCH // max(rows, 1), -(-asked // workers)))
