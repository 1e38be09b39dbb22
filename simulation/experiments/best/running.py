"""Designs simulated until the best is found; what is finished is kept at once, and taken up again.

Replications have numbers that no run, comparison or sweep has, so what a sweep found is confirmed by other luck. What
is simulated next hangs on the figures alone, never on who simulates or how the work is cut up: any workers, batch or
number of stops give the same answer.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator, Sequence

import numpy as np

from simulation.experiments.batches import most_at_once
from simulation.experiments.best.designs import Designs
from simulation.experiments.best.found import Found
from simulation.experiments.best.goal import Goal
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.numbers import MOST_REPLICATIONS
from simulation.experiments.points import FiguresByNumber, Points
from simulation.experiments.progress import Progress
from simulation.experiments.sweep import figures_of
from simulation.experiments.wanted import Wanted
from simulation.experiments.work import Piece, Stopped, carry_out
from simulation.results.names import Figure, figure_of
from simulation.results.selection.aims import Chosen, Simulate
from simulation.results.selection.budget import within_budget
from simulation.results.selection.screening import sequential
from simulation.scenario.axes import number_or_none
from simulation.world.spec import Floats

FIRST_NUMBER = MOST_REPLICATIONS
"""Number of the first replication: those of all else lie below."""
Asked = Sequence[tuple[int, range]]


def find_best(
    designs: Designs,
    goal: Goal,
    workers: Workers = 1,
    batch: int | None = None,
    progress: bool = False,
    kept: pathlib.Path | None = None,
) -> Found:
    """Simulate designs until the best is found; what is finished is kept in the folder `kept`.

    `batch` is the number of replications simulated side by side, chosen by size if not given. Raises ValueError for
    numbers that cannot be, Stopped on Ctrl-C, OSError if nothing can be kept, and what `carry_out` raises."""
    began = time.perf_counter()
    points = Points(kept, figure_of)
    resumed = points.read()
    with Progress(0, "replication", progress) as bar:

        def simulate(asked: Asked) -> list[Floats]:
            pieces = list(_pieces(designs, goal, points, asked, workers, batch))
            bar.more(sum(piece.size for piece in pieces))
            carry_out(pieces, points.keep, bar, workers)
            return [_values(designs, goal, points, design, numbers) for design, numbers in asked]

        try:
            chosen = _choose(simulate, designs, goal)
        except Stopped as stopped:
            stopped.done = sum(len(finished) for finished in points.done.values())
            raise
    return _found(designs, goal, points, chosen, time.perf_counter() - began, resumed)


def found_again(designs: Designs, goal: Goal, points: Points[Figure]) -> Found:
    """What finished replications tell; nothing is simulated. Raises KeyError where one is missing."""

    def there(asked: Asked) -> list[Floats]:
        return [_values(designs, goal, points, design, numbers) for design, numbers in asked]

    return _found(designs, goal, points, _choose(there, designs, goal))


def some(designs: Designs, goal: Goal, numbers: Sequence[int], workers: Workers = 1) -> Points[Figure]:
    """The replications of these numbers, from 0, of every design. Raises as `find_best`."""
    points: Points[Figure] = Points(None, figure_of)
    asked = [(design, range(number, number + 1)) for design in range(designs.count) for number in numbers]
    with Progress(len(asked), "replication", False) as bar:
        carry_out(_pieces(designs, goal, points, asked, workers, None), points.keep, bar, workers)
    return points


def _choose(simulate: Simulate, designs: Designs, goal: Goal) -> Chosen:
    aim = goal.aim(designs.names)
    if goal.budget is None:
        return sequential(simulate, designs.count, aim)
    return within_budget(simulate, designs.count, aim, goal.budget)


def _found(
    designs: Designs, goal: Goal, points: Points[Figure], chosen: Chosen, seconds: float = 0.0, resumed: int = 0
) -> Found:
    counts = enumerate(chosen.replications)
    raw = tuple(_raw(designs, goal, points, design, range(count)) for design, count in counts)
    return Found(designs, goal, chosen, raw, seconds, resumed)


def _pieces(
    designs: Designs, goal: Goal, points: Points[Figure], asked: Asked, workers: Workers, batch: int | None
) -> Iterator[Piece[int | None, FiguresByNumber]]:
    """What is not there yet, in pieces; where there are few designs every worker has one."""
    wanted = Wanted(tuple((figure.outcome, figure.group) for figure in goal.figures), ())
    hands = at_once(workers)
    for design, numbers in asked:
        missing = [n for n in (FIRST_NUMBER + n for n in numbers) if n not in points.done.get(design, {})]
        if not missing:
            continue
        scenario = designs.scenario(design)
        parts = max(-(-len(missing) // most_at_once(scenario)), hands if len(asked) < 2 * hands else 1)
        size = batch or -(-len(missing) // parts)
        for first in range(0, len(missing), size):
            some = missing[first : first + size]
            note = f"in {designs.title(design)}, seed {scenario.seed}, replications {some[0]} to {some[-1]}"
            yield Piece(design, figures_of, (scenario, some, wanted), len(some), note)


def _values(designs: Designs, goal: Goal, points: Points[Figure], design: int, numbers: range) -> Floats:
    """As a procedure wants them: what shall be large, and by how much each limit is exceeded."""
    first, *limits = _raw(designs, goal, points, design, numbers)
    excesses = [limit.excess(row) for limit, row in zip(goal.limits, limits, strict=True)]
    return np.array([-first if goal.least else first, *excesses])


def _raw(designs: Designs, goal: Goal, points: Points[Figure], design: int, numbers: range) -> Floats:
    """What is to be best, and the outcome of every limit, as they are: shape (outcomes, replications)."""
    done = points.done.get(design, {})
    rows = [[done[FIRST_NUMBER + n].get(figure, np.nan) for n in numbers] for figure in goal.figures]
    if isinstance(goal.of, str):
        rows.insert(0, [number_or_none(designs.values(design)[goal.of]) or 0.0] * len(numbers))
    return np.array(rows, dtype=np.float64)
