"""All pieces of a rehearsed trial, carried out and kept as they are finished.

A rehearsal belongs to its number alone: any workers, batch or number of stops give the same data.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.numbered import KeptParts, carry_out_rest, missing_of, read_parts
from simulation.experiments.progress import Progress
from simulation.experiments.trial.data import Data, pack, unpack
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
    began = time.perf_counter()
    done, there = carry_out_rest(
        _wanted(plan), KeptParts(kept, pack, unpack), _text,
        lambda missing: _pieces(plan, missing, workers, batch), workers, "rehearsal", progress,
    )  # fmt: skip
    return _ran(plan, done, time.perf_counter() - began, there)


def read_again(plan: Plan, folder: pathlib.Path) -> Ran | None:
    """What a folder has of a plan; None where something is missing. Nothing is simulated."""
    wanted = _wanted(plan)
    done = read_parts(wanted, KeptParts(folder, pack, unpack), _text)
    return None if any(missing_of(wanted, done).values()) else _ran(plan, done, 0.0, plan.rehearsals)


def some(plan: Plan, numbers: Sequence[int], workers: Workers = 1) -> dict[Size, Data]:
    """The rehearsals of these numbers, at every size. Raises as `ran_of`."""
    done: dict[Name, list[Data]] = {size: [] for size in plan.sizes}
    missing: dict[Name, list[int]] = {size: list(numbers) for size in plan.sizes}
    with Progress(len(numbers) * len(plan.sizes), "rehearsal", False) as bar:
        carry_out(_pieces(plan, missing, workers, None), lambda name, data: done[name].append(data), bar, workers)
    return {size: Data.joined(done[size], numbers) for size in plan.sizes}


def _wanted(plan: Plan) -> dict[Name, range]:
    """The numbers of the rehearsals of each size and draw."""
    wanted: dict[Name, range] = {size: range(plan.rehearsals) for size in plan.sizes}
    return wanted | {draw: range(draw * OF_DRAW, (draw + 1) * OF_DRAW) for draw in range(len(plan.draws))}


def _ran(plan: Plan, done: Mapping[Name, Sequence[Data]], seconds: float, resumed: int) -> Ran:
    wanted = _wanted(plan)
    return Ran(
        {size: Data.joined(done[size], wanted[size]) for size in plan.sizes},
        [Data.joined(done[draw], wanted[draw]) for draw in range(len(plan.draws))],
        seconds, resumed,
    )  # fmt: skip


def _pieces(
    plan: Plan, missing: Mapping[Name, list[int]], workers: Workers, batch: int | None
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
