"""Many replications of one or more scenarios, in batches, without losing work.

A replication is the same whichever batch or process it is simulated in, so how the work is cut up is a matter of
speed alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from simulation.experiments.batches import batches
from simulation.experiments.executors import Workers
from simulation.experiments.kept import Kept
from simulation.experiments.numbers import check_numbers
from simulation.experiments.progress import Progress
from simulation.experiments.same_past import hold_past
from simulation.experiments.work import Piece, Stopped, carry_out
from simulation.results.citations import citation_problems
from simulation.results.measures.replication import Replication, simulate
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

if TYPE_CHECKING:
    from simulation.experiments.precise import Until


def replicate(
    scenarios: Sequence[Loaded],
    replications: int | None = None,
    workers: Workers = 1,
    batch: int | None = None,
    progress: bool = False,
    kept: Kept | None = None,
    until: Until | None = None,
) -> list[Result]:
    """Simulate all scenarios; replication numbers run from 0 and mean the same luck in every scenario.

    `replications` overrides what the first scenario asks for; `batch` is the number of replications simulated side by
    side, chosen by size if not given. `kept` keeps what is finished at once, and what it has is not simulated again.
    `until` says when there are enough, instead of how many; results are then those of a run of so many.
    Raises ValueError for a number that cannot be, InputProblems if a scenario cites a figure that does not exist,
    Stopped on Ctrl-C (`results` then holds what was finished, one result per scenario), OSError if nothing can be kept,
    PastMoved if a scenario differs from the first before anything may, and what `carry_out` raises, with a note that
    names scenario and replications.
    """
    if problems := [problem for loaded in scenarios for problem in citation_problems(loaded)]:
        raise InputProblems(problems)
    asked = scenarios[0].scenario.replications if replications is None else replications
    asked = until.first if until is not None else asked
    check_numbers(asked, workers, batch)
    began = time.perf_counter()
    most = until.most if until is not None else asked
    done = [{} if kept is None else kept.read(loaded.scenario, most) for loaded in scenarios]

    def keep(s: int, finished: list[Replication]) -> None:
        done[s].update({replication.number: replication for replication in finished})
        if kept is not None:
            kept.keep(scenarios[s].scenario, finished)

    def pieces(begin: int, end: int) -> Iterator[Piece[int, list[Replication]]]:
        for numbers in batches(scenarios, end - begin, batch, workers):
            for s, loaded in enumerate(scenarios):
                if missing := [begin + number for number in numbers if begin + number not in done[s]]:
                    yield _piece(s, loaded.scenario, missing)

    there = sum(number < asked for finished in done for number in finished)
    try:
        with Progress(asked * len(scenarios), "replication", progress, there) as bar:
            carry_out(pieces(0, asked), keep, bar, workers)
            while until is not None and asked < most and not until.enough(_results(scenarios, done, asked, began)):
                before, asked = asked, min(asked + until.block, most)
                block = list(pieces(before, asked))
                bar.more(sum(piece.size for piece in block))
                carry_out(block, keep, bar, workers)
    except Stopped as stopped:
        stopped.results = _results(scenarios, done, asked, began)
        raise
    results = _results(scenarios, done, asked, began)
    hold_past(results)
    return results


def some(scenarios: Sequence[Loaded], numbers: Sequence[int], workers: Workers = 1) -> list[Result]:
    """The replications of these numbers alone. Raises as `replicate`."""
    done: list[dict[int, Replication]] = [{} for _ in scenarios]
    pieces = (_piece(s, loaded.scenario, [number]) for number in numbers for s, loaded in enumerate(scenarios))

    def keep(s: int, finished: list[Replication]) -> None:
        done[s].update({replication.number: replication for replication in finished})

    with Progress(len(numbers) * len(scenarios), "replication", False) as bar:
        carry_out(pieces, keep, bar, workers)
    return _results(scenarios, done, len(numbers), time.perf_counter())


def _results(
    scenarios: Sequence[Loaded], done: Sequence[Mapping[int, Replication]], asked: int, began: float
) -> list[Result]:
    seconds = time.perf_counter() - began
    return [
        Result(loaded, [replications[number] for number in sorted(replications) if number < asked], asked, seconds)
        for loaded, replications in zip(scenarios, done, strict=True)
    ]


def _piece(s: int, scenario: Scenario, numbers: Sequence[int]) -> Piece[int, list[Replication]]:
    note = f"in {scenario.name}, seed {scenario.seed}, replications {numbers[0]} to {numbers[-1]}"
    return Piece(s, simulate, (scenario, numbers), len(numbers), note)
