"""How many replications, processes and replications side by side may be asked for, by command line or from Python."""

from __future__ import annotations

from simulation.experiments.executors import Crew, Workers, check_count

MOST_REPLICATIONS = 100_000
"""As the key `replications` of a scenario file."""
MOST_WORKERS = 256
"""Processes of this machine."""


def check_numbers(replications: int, workers: Workers, batch: int | None) -> None:
    """Raises ValueError for a number that cannot be. A crew from outside may be as large as it is."""
    asked = [("replications", replications, MOST_REPLICATIONS)]
    asked += [] if isinstance(workers, Crew) else [("workers", workers, MOST_WORKERS)]
    asked += [] if batch is None else [("batch", batch, MOST_REPLICATIONS)]
    for name, number, most in asked:
        check_count(name, number)
        if number > most:
            raise ValueError(f"{name} must be at most {most:,} (got {number:,})")
