"""What a run would take, of whatever size: replications, ledige, time, memory and disk, from a short probe of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from simulation.experiments.batches import batch_size
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.forecast import BASE, fewer, probe
from simulation.experiments.numbers import check_numbers
from simulation.results.measures.packed import pack
from simulation.results.measures.replication import simulate
from simulation.scenario.load import Loaded

PROBED = 12_000
"""Ledige of the probe at the most: with more of them side by side a ledig takes as long."""
SECONDS_OF_A_RESULT = 2.5
"""For the tables and figures of one result."""
BYTES_OF_A_RESULT, BYTES_A_PACKED_ONE, BYTES_OF_A_POINT = 1_000_000, 1.5, 500
"""Of tables, figures and manifest; for every byte of packed replications, with their rows in the tables; and for each
replication of a point of a sweep, of which less is kept."""


@dataclass(frozen=True)
class Size:
    """What everything that is asked for would take: replications in all (of draws among them), ledige in one of them,
    seconds with so many `workers`, bytes of memory at the peak, bytes on disk; measured on `probed` replications."""

    scenarios: int
    replications: int
    of_draws: int
    persons: int
    seconds: float
    memory: float
    disk: float
    workers: int
    probed: int

    def as_dict(self) -> dict[str, Any]:
        """As data."""
        return {
            "scenarios": self.scenarios, "replications": self.replications, "of_draws": self.of_draws,
            "persons": self.persons, "persons_in_all": self.persons * self.replications,
            "seconds": round(self.seconds, 1), "memory_bytes": round(self.memory), "disk_bytes": round(self.disk),
            "workers": self.workers,
        }  # fmt: skip


def expected_size(
    scenarios: Sequence[Loaded], replications: int | None = None, workers: Workers = 1, batch: int | None = None,
    times: int = 1, of_draws: int = 0,
) -> Size:  # fmt: skip
    """What scenarios would take, `times` over, and `of_draws` more replications of each; from a probe of the largest of
    them, which takes some seconds. Raises ValueError for numbers that cannot be."""
    asked = scenarios[0].scenario.replications if replications is None else replications
    check_numbers(asked, workers, batch)
    largest = max(scenarios, key=lambda loaded: sum(loaded.scenario.persons().values())).scenario
    persons = sum(largest.persons().values())
    probed = fewer(largest, PROBED) if persons > PROBED else largest
    rows = max(sum(probed.persons().values()), 1)
    size = batch_size(scenarios, asked, batch, workers)
    number = max(1, min(PROBED // rows, size, asked))
    packed = len(pack(simulate(probed, range(number)))) / number  # and whatever is made once is made by now
    memory, seconds = probe(probed, number)
    total, hands = (asked + of_draws) * len(scenarios) * times, at_once(workers)
    at_work = min(hands, -(-asked // size) * len(scenarios) * times)
    each, kept = persons / rows, BYTES_A_PACKED_ONE * packed if times == 1 else BYTES_OF_A_POINT
    return Size(
        len(scenarios) * times, total, of_draws * len(scenarios) * times, persons,
        seconds / number * each * total / at_work + SECONDS_OF_A_RESULT * len(scenarios),
        at_work * (BASE + memory / number * each * min(size, asked)),
        BYTES_OF_A_RESULT * len(scenarios) + kept * asked * len(scenarios) * times,
        hands, number,
    )  # fmt: skip
