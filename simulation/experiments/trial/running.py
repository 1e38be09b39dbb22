"""All pieces of a rehearsed trial, carried out and kept as they are finished.

A rehearsal belongs to its number alone: any workers, batch or number of stops give the same data.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.progress import Progress
from simulation.experiments.trial.data import Data, KeptData
from simulation.experiments.trial.plan import OF_DRAW, ROLL_OUT, Plan, Size
from simulation.experiments.trial.rehearse import rehearse
from simulation.experiments.work import Piece, carry_out

Name = Size | int
"""Of a piece of work: a size, or a draw."""


@dataclass
class Ran:
    """The data of every size, and of every draw. `resumed` rehearsals were there before."""

    sizes: dict[Size, Data] = field(default_factory=dict)
    draws: list[Data] = field(default_factory=list)
    seconds: float = 0.0
    resumed: int = 0


def ran_of(
    plan: Plan, workers: Workers = 1, batch: int | None = None, progress: bool = False,
    kept: pathlib.Path | None = None,
) -> Ran:  # fmt: skip
    """Carry out everything that is not in the folder `kept` yet. Raises Stopped on Ctrl-C, OSError if nothing can be
    kept, and what `carry_out` raises."""
    began, folder = time.perf_counter(), KeptData(kept)
    wanted: dict[Name, range] = {size: range(plan.rehearsals) for size in plan.sizes}
    wanted |= {draw: range(draw * OF_DRAW, (draw + 1) * OF_DRAW) for draw in range(len(plan.draws))}
    done: dict[Name, list[Data]] = {name: list(folder.read(_text(name))) for name in wanted}
    missing = {
        name: [number for number in numbers if not any(number in data.numbers for data in done[name])]
        for name, numbers in wanted.items()
    }

    def keep(name: Name, data: Data) -> None:
        done[name].append(data)
        folder.keep(_text(name), data)

    total = sum(map(len, wanted.values()))
    there = total - sum(map(len, missing.values()))
    with Progress(total, "rehearsal", progress, there) as bar:
        carry_out(_pieces(plan, missing, workers, batch), keep, bar, workers)
    return Ran(
        {size: Data.joined(done[size], wanted[size]) for size in plan.sizes},
        [Data.joined(done[draw], wanted[draw]) for draw in range(len(plan.draws))],
        time.perf_counter() - began, there,
    )  # fmt: skip


def _pieces(
    plan: Plan, missing: dict[Name, list[int]], workers: Workers, batch: int | None
) -> Iterator[Piece[Name, Data]]:
    for name, numbers in missing.items():
        if not numbers:
            continue
        stage = plan.stage(name) if isinstance(name, Size) else plan.drawn(name)
        scenario = stage.scenario
        most, hands = batch or most_at_once(scenario), at_once(workers)
        parts = -(-len(numbers) // most) if batch else hands * -(-len(numbers) // (most * hands))
        for some in _parts(numbers, min(parts, len(numbers))):
            note = f"in the trial of {scenario.name}, seed {scenario.seed}, rehearsals {some[0]} to {some[-1]}"
            yield Piece(name, rehearse, (stage, some, ROLL_OUT if isinstance(name, Size) else 0), len(some), note)


def _parts(numbers: Sequence[int], parts: int) -> Iterator[list[int]]:
    """As equal parts as can be, in order."""
    for part in range(parts):
        if some := list(numbers[len(numbers) * part // parts : len(numbers) * (part + 1) // parts]):
            yield some


def _text(name: Name) -> str:
    return name.name if isinstance(name, Size) else f"draw{name:05d}"
