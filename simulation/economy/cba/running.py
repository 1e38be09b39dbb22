"""All pieces of work of an assessment, carried out and kept as they are finished.

Finished quantities are named by what decides them (`Plan.marks`), so other assessments of the same scenarios find them:
at other prices, from another perspective, with more draws or replications.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from simulation.economy.cba.kept import Piece, joined, pack, unpack
from simulation.economy.cba.plan import Of, Plan
from simulation.economy.quantities import Quantities, quantities_of
from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.numbered import ENDING, KeptParts, carry_out_rest, missing_of, read_parts
from simulation.experiments.work import Piece as Work
from simulation.large import run_batch
from simulation.results.tables.unfinished import bring
from simulation.scenario.schema import Scenario

Pieces = Mapping[Of, Sequence[Piece]]


@dataclass(frozen=True)
class Simulated:
    """Quantities of every scenario as written, and at every draw: by scenario and draw. `ends` has those with a number
    at an end, `resumed` counts the replications that were there before."""

    written: Sequence[Quantities]
    drawn: Sequence[Sequence[Quantities]]
    ends: Mapping[Of, Quantities] = field(default_factory=dict)
    seconds: float = 0.0
    resumed: int = 0

    def of(self, of: Of) -> Quantities:
        """Those of one of them."""
        if of.end is not None:
            return self.ends[of]
        return self.written[of.scenario] if of.draw is None else self.drawn[of.scenario][of.draw]


def first_of(plan: Plan, workers: Workers = 1, beside: Sequence[pathlib.Path] = ()) -> Pieces:
    """The first replication of every scenario as written, which tells what there is to price; it is simulated where
    none of the folders `beside` has it. Raises what `carry_out` raises."""
    text = plan.marks.__getitem__
    found = {of: _kept_first(text(of), beside) for of in map(Of, range(len(plan.loaded)))}
    missing = {of: range(1) for of, pieces in found.items() if not pieces}
    nowhere, work = KeptParts(None, pack, unpack), _work(plan, workers, 1, {})
    return {**found, **carry_out_rest(missing, nowhere, text, work, workers, "replication", False)[0]}


def _kept_first(name: str, folders: Sequence[pathlib.Path]) -> list[Piece]:
    """A piece of this name with the first replication."""
    pieces = (piece for folder in folders for piece in KeptParts(folder, pack, unpack).read(name))
    return list(islice((piece for piece in pieces if 0 in piece.numbers), 1))


def take_up(plan: Plan, kept: pathlib.Path, beside: Iterable[pathlib.Path]) -> None:
    """Put finished quantities of this plan that folders `beside` have into the folder `kept`, as links where that can
    be done. Raises OSError."""
    marks = {*plan.marks.values()}
    for folder in beside:
        with suppress(FileNotFoundError):  # whoever made it may just be done with it
            bring([file for file in sorted(folder.glob(f"*{ENDING}")) if file.name.split("-")[0] in marks], kept)


def simulated(
    plan: Plan, workers: Workers = 1, batch: int | None = None, progress: bool = False,
    kept: pathlib.Path | None = None, first: Pieces | None = None,
) -> Simulated:  # fmt: skip
    """Carry out everything that is neither in the folder `kept` yet nor among the `first` pieces. Raises Stopped on
    Ctrl-C, OSError if nothing can be kept, and what `carry_out` raises."""
    began = time.perf_counter()
    done, there = carry_out_rest(
        plan.wanted, KeptParts(kept, pack, unpack), plan.marks.__getitem__, _work(plan, workers, batch, first or {}),
        workers, "replication", progress,
    )  # fmt: skip
    return _found(plan, done, time.perf_counter() - began, there)


def read_again(plan: Plan, folder: pathlib.Path) -> Simulated | None:
    """What a folder has of a plan; None where something is missing. Nothing is simulated."""
    done = read_parts(plan.wanted, KeptParts(folder, pack, unpack), plan.marks.__getitem__)
    return None if any(missing_of(plan.wanted, done).values()) else _found(plan, done, 0.0, 0)


def measured(scenario: Scenario, numbers: Sequence[int], notice_weeks: int | None, before: Scenario | None) -> Piece:
    """The quantities of these replications."""
    found = quantities_of(scenario, run_batch(scenario, numbers), notice_weeks=notice_weeks, before=before)
    return Piece(np.array(numbers), found)


def _work(
    plan: Plan, workers: Workers, batch: int | None, first: Pieces
) -> Callable[[Mapping[Of, list[int]]], Iterator[Work[Of, Piece]]]:
    """Makes the work of what is missing; of the `first` pieces there is nothing left to do."""

    def work(missing: Mapping[Of, list[int]]) -> Iterator[Work[Of, Piece]]:
        for of, numbers in missing.items():
            for piece in first.get(of, ()):
                if set(piece.numbers.tolist()) <= set(numbers):
                    yield Work(of, _as_it_is, (piece,), len(piece.numbers), "")
                    numbers = [number for number in numbers if number not in piece.numbers]
            if numbers:
                yield from _pieces(plan, of, numbers, workers, batch)

    return work


def _as_it_is(piece: Piece) -> Piece:
    return piece


def _pieces(
    plan: Plan, of: Of, numbers: Sequence[int], workers: Workers, batch: int | None
) -> Iterator[Work[Of, Piece]]:
    scenario, before = plan.scenario(of), plan.staff_before(of)
    most, hands = batch or most_at_once(scenario), at_once(workers)
    whole = batch or plan.put(of)  # there are many of these, each for one worker
    parts = -(-len(numbers) // most) if whole else hands * -(-len(numbers) // (most * hands))
    parts = min(parts, len(numbers))
    for part in range(parts):
        some = numbers[len(numbers) * part // parts : len(numbers) * (part + 1) // parts]
        note = f"in {scenario.name}, seed {scenario.seed}, replications {some[0]} to {some[-1]}"
        yield Work(of, measured, (scenario, some, plan.notice_weeks, before), len(some), note)


def _found(plan: Plan, done: Pieces, seconds: float, resumed: int) -> Simulated:
    found = {of: joined(done[of], numbers) for of, numbers in plan.wanted.items()}
    scenarios, draws = range(len(plan.loaded)), range(plan.number_of_draws)
    return Simulated(
        [found[Of(s)] for s in scenarios], [[found[Of(s, draw)] for draw in draws] for s in scenarios],
        {of: each for of, each in found.items() if of.end is not None}, seconds, resumed,
    )  # fmt: skip
