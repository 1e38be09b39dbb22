"""What memory and time something large will take, from a small sample of the same scenario, run before it begins."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass

from simulation.experiments.batches import batch_size
from simulation.experiments.executors import Crew, Workers, at_once
from simulation.experiments.machine import available_memory
from simulation.experiments.numbers import check_numbers
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

LARGE_BATCH, LARGE_RUN = 500_000, 4_000_000
"""Ledige side by side, and in all, below which nothing is forecast: 0.5 to 2 GiB, and some half a minute."""
SAMPLES = 1_000, 6_000
"""Ledige of the two samples whose difference is what a ledig takes."""
BASE = 150 * 2**20
"""Bytes of the program itself."""
SHOWN_SECONDS = 60.0
GIB = 2.0**30


@dataclass(frozen=True)
class Forecast:
    """Of everything that is asked for: bytes at the peak, seconds, ledige side by side, and bytes a ledig."""

    memory: float
    seconds: float
    rows: int
    each: float

    def sentence(self) -> str:
        """In words, with the basis."""
        minutes = f" and some {self.seconds / 60:,.0f} minutes" if self.seconds >= SHOWN_SECONDS else ""
        return (
            f"about {self.memory / GIB:.1f} GiB of memory{minutes} will be needed: {self.rows:,} ledige side by side × "
            f"{self.each:,.0f} bytes, as measured on a sample of {SAMPLES[1]:,} ledige of this scenario"
        )

    def shortage(self) -> str:
        """What is lacking on this machine; "" if nothing, or if the machine does not say."""
        there = available_memory()
        if there is None or self.memory <= there:
            return ""
        return f"{self.sentence()}; this machine has {there / GIB:.1f} GiB to give"


class TooLarge(ValueError):
    """This machine has too little memory for what is asked for; the text says what it would take."""


def foresee(
    scenarios: Sequence[Loaded],
    replications: int | None = None,
    workers: Workers = 1,
    batch: int | None = None,
    times: int = 1,
    anyway: bool = False,
) -> Forecast | None:
    """The forecast of something that is about to begin; None where it is nothing large, or is done by a crew from
    outside, of which nothing is known here. Raises TooLarge where this machine has too little memory for it, unless it
    is wanted `anyway`; ValueError for numbers that cannot be."""
    check_numbers(scenarios[0].scenario.replications if replications is None else replications, workers, batch)
    if isinstance(workers, Crew):
        return None
    foreseen = forecast(scenarios, replications, workers, batch, times)
    if foreseen is not None and not anyway and (shortage := foreseen.shortage()):
        raise TooLarge(shortage)
    return foreseen


def forecast(
    scenarios: Sequence[Loaded],
    replications: int | None = None,
    workers: Workers = 1,
    batch: int | None = None,
    times: int = 1,
) -> Forecast | None:
    """What `replicate` would take, done `times` over; None where it is nothing large. One replication is the smallest
    unit."""
    asked = scenarios[0].scenario.replications if replications is None else replications
    size = batch_size(scenarios, asked, batch, workers)
    largest = max(scenarios, key=lambda loaded: sum(loaded.scenario.persons().values())).scenario
    persons = sum(largest.persons().values())
    pieces = min(at_once(workers), -(-asked // size) * len(scenarios) * times)  # at work at the same time
    rows, total = persons * min(size, asked) * pieces, persons * asked * len(scenarios) * times
    if rows < LARGE_BATCH and total < LARGE_RUN:
        return None
    (small, _), (large, seconds) = (_sample(largest, number) for number in SAMPLES)
    each = max(large - small, 0.0) / (SAMPLES[1] - SAMPLES[0])
    return Forecast(BASE * pieces + each * rows, total * seconds / SAMPLES[1] / pieces, rows, each)


def _sample(scenario: Scenario, persons: int) -> tuple[float, float]:
    """Bytes at the peak, and seconds, of one replication of so many ledige."""
    return probe(fewer(scenario, persons), 1)


def fewer(scenario: Scenario, persons: int) -> Scenario:
    """The scenario with so many ledige, shared evenly among its jobcentres."""
    places = len(scenario.jobcentres)
    return scenario.model_copy(
        update={
            "intake": scenario.intake.model_copy(update={"persons": max(persons // places, 1)}),
            "jobcentres": {
                name: each.model_copy(update={"persons": None}) for name, each in scenario.jobcentres.items()
            },
        }
    )


def probe(scenario: Scenario, replications: int) -> tuple[float, float]:
    """Bytes at the peak, and seconds, of so many replications side by side."""
    from simulation.results.measures.replication import simulate

    began = time.perf_counter()
    simulate(scenario, range(replications))
    seconds = time.perf_counter() - began
    tracemalloc.start()
    try:
        simulate(scenario, range(replications))
        return float(tracemalloc.get_traced_memory()[1]), seconds
    finally:
        tracemalloc.stop()
