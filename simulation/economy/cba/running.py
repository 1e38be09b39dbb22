"""All pieces of work of an assessment, carried out and kept as they are finished."""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from simulation.economy.cba.kept import Piece, joined, pack, unpack
from simulation.economy.cba.plan import Plan
from simulation.economy.quantities import Quantities, quantities_of
from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.numbered import KeptParts, carry_out_rest, missing_of, read_parts
from simulation.experiments.work import Piece as Work
from simulation.large import run_batch
from simulation.scenario.schema import Scenario


class Of(NamedTuple):
    """What is simulated: a scenario by its number, as written or at a draw."""

    scenario: int
    draw: int | None = None

    @property
    def text(self) -> str:
        """Short, for files."""
        return f"scenario{self.scenario}" if self.draw is None else f"scenario{self.scenario}draw{self.draw:05d}"


@dataclass(frozen=True)
class Simulated:
    """Quantities of every scenario as written, and at every draw: by scenario and draw. `resumed` pieces of work were
    there before."""

    written: Sequence[Quantities]
    drawn: Sequence[Sequence[Quantities]]
    seconds: float = 0.0
    resumed: int = 0


def simulated(
    plan: Plan, workers: Workers = 1, batch: int | None = None, progress: bool = False,
    kept: pathlib.Path | None = None,
) -> Simulated:  # fmt: skip
    """Carry out everything that is not in the folder `kept` yet. Raises Stopped on Ctrl-C, OSError if nothing can be
    kept, and what `carry_out` raises."""
    began = time.perf_counter()
    done, there = carry_out_rest(
        _wanted(plan), KeptParts(kept, pack, unpack), _text,
        lambda missing: _pieces(plan, missing, workers, batch), workers, "replication", progress,
    )  # fmt: skip
    return _found(plan, done, time.perf_counter() - began, there)


def read_again(plan: Plan, folder: pathlib.Path) -> Simulated | None:
    """What a folder has of a plan; None where something is missing. Nothing is simulated."""
    wanted = _wanted(plan)
    done = read_parts(wanted, KeptParts(folder, pack, unpack), _text)
    return None if any(missing_of(wanted, done).values()) else _found(plan, done, 0.0, 0)


def measured(scenario: Scenario, numbers: Sequence[int], notice_weeks: int | None, before: Scenario | None) -> Piece:
    """The quantities of these replications."""
    found = quantities_of(scenario, run_batch(scenario, numbers), notice_weeks=notice_weeks, before=before)
    return Piece(np.array(numbers), found)


def _wanted(plan: Plan) -> dict[Of, range]:
    """The replications of every scenario and draw."""
    of = [Of(s, draw) for s in range(len(plan.loaded)) for draw in (None, *range(plan.number_of_draws))]
    return {each: plan.numbers(each.draw) for each in of}


def _text(of: Of) -> str:
    return of.text


def _pieces(
    plan: Plan, missing: Mapping[Of, list[int]], workers: Workers, batch: int | None
) -> Iterator[Work[Of, Piece]]:
    for of, numbers in missing.items():
        if not numbers:
            continue
        loaded = plan.loaded[of.scenario]
        scenario = loaded.scenario if of.draw is None else plan.drawn(of.scenario, of.draw)
        most, hands = batch or most_at_once(scenario), at_once(workers)
        parts = -(-len(numbers) // most) if batch or of.draw is not None else hands * -(-len(numbers) // (most * hands))
        parts = min(parts, len(numbers))
        before = None if of.scenario == 0 else plan.base.scenario
        for part in range(parts):
            some = numbers[len(numbers) * part // parts : len(numbers) * (part + 1) // parts]
            note = f"in {scenario.name}, seed {scenario.seed}, replications {some[0]} to {some[-1]}"
            yield Work(of, measured, (scenario, some, plan.notice_weeks, before), len(some), note)


def _found(plan: Plan, done: Mapping[Of, Sequence[Piece]], seconds: float, resumed: int) -> Simulated:
    def of(scenario: int, draw: int | None) -> Quantities:
        return joined(done[Of(scenario, draw)], plan.numbers(draw))

    scenarios = range(len(plan.loaded))
    return Simulated(
        [of(s, None) for s in scenarios], [[of(s, d) for d in range(plan.number_of_draws)] for s in scenarios],
        seconds, resumed,
    )  # fmt: skip
