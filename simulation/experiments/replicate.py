"""Many replications of one or more scenarios: in batches, over processes, with a bar and without losing work.

A replication is the same whichever batch or process it is simulated in, so how the work is cut up is a matter of
speed alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from tqdm import tqdm

from simulation.experiments.pool import carry_out
from simulation.results.citations import citation_problems
from simulation.results.measures.replication import Replication, simulate
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

ROWS_PER_BATCH = 40_000
"""Rows of a batch below which NumPy's cost per call outweighs the cost per person."""


class Interrupted(Exception):
    """Somebody pressed Ctrl-C; `results` holds the replications that were finished, one result per scenario."""

    def __init__(self, results: list[Result]) -> None:
        super().__init__("interrupted")
        self.results = results


def replicate(
    scenarios: Sequence[Loaded],
    replications: int | None = None,
    workers: int = 1,
    batch: int | None = None,
    progress: bool = False,
) -> list[Result]:
    """Simulate all scenarios; replication numbers run from 0 and mean the same luck in every scenario.

    `replications` overrides what the first scenario asks for; `batch` is the number of replications simulated side by
    side, chosen by size if not given. Raises ValueError for a number below 1, InputProblems if a scenario cites a
    figure that there is not, Interrupted on Ctrl-C, and whatever a run raises, with a note that names scenario and
    replications.
    """
    if wrong := [problem for loaded in scenarios for problem in citation_problems(loaded)]:
        raise InputProblems(wrong)
    asked = scenarios[0].scenario.replications if replications is None else replications
    for name, number in (("replications", asked), ("workers", workers), ("batch", 1 if batch is None else batch)):
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"{name} must be a whole number of at least 1 (got {number!r})")
    began = time.perf_counter()
    tasks = [(s, numbers) for numbers in _batches(scenarios, asked, batch, workers) for s in range(len(scenarios))]
    done: list[list[Replication]] = [[] for _ in scenarios]
    bar = tqdm(total=asked * len(scenarios), unit="replication", disable=not progress, mininterval=0.2)
    interrupted = False
    try:
        pieces = ((s, (scenarios[s].scenario, numbers)) for s, numbers in tasks)
        for s, found in carry_out(_simulate, pieces, len(tasks), workers):
            done[s] += found
            bar.update(len(found))
    except KeyboardInterrupt:
        interrupted = True
    finally:
        bar.close()
    seconds = time.perf_counter() - began
    results = [
        Result(loaded, sorted(each, key=lambda r: r.number), asked, seconds)
        for loaded, each in zip(scenarios, done, strict=True)
    ]
    if interrupted:
        raise Interrupted(results)
    return results


def _batches(scenarios: Sequence[Loaded], asked: int, batch: int | None, workers: int) -> Iterator[range]:
    rows = max(sum(loaded.scenario.persons().values()) for loaded in scenarios)
    size = batch or max(1, min(ROWS_PER_BATCH // max(rows, 1), -(-asked // workers)))
    for first in range(0, asked, size):
        yield range(first, min(first + size, asked))


def _simulate(scenario: Scenario, numbers: range) -> list[Replication]:
    try:
        return simulate(scenario, numbers)
    except Exception as error:
        error.add_note(f"in {scenario.name}, seed {scenario.seed}, replications {numbers.start} to {numbers[-1]}")
        raise
