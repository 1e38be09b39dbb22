"""A grid of variants of a scenario, all by the same luck: run in pieces, over processes, and taken up again where it
stopped.

A replication is the same in whatever piece or process it is simulated, so how the work is cut up, and how often it was
stopped, is a matter of speed alone.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Sequence

import numpy as np

from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers, at_once
from simulation.experiments.grid import Grid
from simulation.experiments.numbers import check_numbers
from simulation.experiments.points import FiguresByNumber, Points
from simulation.experiments.progress import Progress
from simulation.experiments.swept import Swept
from simulation.experiments.wanted import Wanted
from simulation.experiments.work import Piece, Stopped, carry_out
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure, figure_of
from simulation.scenario.axes import shown
from simulation.scenario.schema import Scenario


def run_grid(
    grid: Grid,
    replications: int | None = None,
    workers: Workers = 1,
    batch: int | None = None,
    progress: bool = False,
    kept: pathlib.Path | None = None,
) -> Swept:
    """Simulate the scenario as written and every point of the grid; what is finished is kept in the folder `kept`.

    `replications` overrides what the scenario asks for, `batch` is the number of replications simulated side by side,
    chosen by size if not given. Raises ValueError for a number that cannot be, Stopped on Ctrl-C, OSError if nothing
    can be kept, and what `carry_out` raises, with a note that names point and replications.
    """
    asked = grid.scenario.replications if replications is None else replications
    check_numbers(asked, workers, batch)
    began = time.perf_counter()
    numbers = [*([None] if grid.base is None else []), *range(len(grid.points))]
    points = Points(kept, figure_of)
    resumed = points.read()
    total = asked * len(numbers)
    size = batch or _size(grid.scenario, asked, workers, len(numbers))
    pieces = (_piece(grid, n, numbers_of_piece) for n in numbers for numbers_of_piece in points.missing(n, asked, size))
    try:
        with Progress(total, "replication", progress, resumed) as bar:
            carry_out(pieces, points.keep, bar, workers)
    except Stopped as stopped:
        # Counted here, because Ctrl-C may come between keeping a piece and counting it.
        stopped.done = sum(len(finished) for finished in points.done.values())
        raise
    return swept_of(grid, points, asked, time.perf_counter() - began, resumed)


def swept_of(grid: Grid, points: Points[Figure], asked: int, seconds: float = 0.0, resumed: int = 0) -> Swept:
    """The result, from points of which so many replications are finished."""
    return Swept(grid, _columns(grid, points, asked), asked, seconds, resumed)


def some(grid: Grid, numbers: Sequence[int], workers: Workers = 1) -> Points[Figure]:
    """Replications of these numbers of every point and of the scenario as written. Raises as `run_grid`."""
    points: Points[Figure] = Points(None, figure_of)
    every = [*([None] if grid.base is None else []), *range(len(grid.points))]
    with Progress(len(every) * len(numbers), "replication", False) as bar:
        carry_out((_piece(grid, point, numbers) for point in every), points.keep, bar, workers)
    return points


def _size(scenario: Scenario, asked: int, workers: Workers, points: int) -> int:
    """Replications simulated side by side: few enough for the size of the scenario, and pieces of equal size."""
    pieces = -(-asked // most_at_once(scenario))
    if points < 2 * at_once(workers):
        pieces = max(pieces, at_once(workers))
    return -(-asked // pieces)


def _columns(grid: Grid, points: Points[Figure], asked: int) -> dict[Figure, np.ndarray]:
    """Every figure by point and replication, shape (points + 1, replications); the last row: as written."""
    last = grid.base  # None: a row of its own
    rows: list[int | None] = [*range(len(grid.points)), last]
    have = {figure for finished in points.done.values() for figures in finished.values() for figure in figures}
    place = grid.wanted.place
    return {
        figure: np.array([[points.done[row][n].get(figure, np.nan) for n in range(asked)] for row in rows])
        for figure in sorted(have, key=place)
    }


def _piece(grid: Grid, point: int | None, numbers: Sequence[int]) -> Piece[int | None, FiguresByNumber]:
    scenario = grid.variant(point)
    changes = [f"{key} = {shown(value)}" for key, value in grid.changes(point).items()]
    name = f"{grid.scenario.name}, {', '.join(changes) or 'as written'}"
    note = f"in {name}, seed {scenario.seed}, replications {numbers[0]} to {numbers[-1]}"
    return Piece(point, figures_of, (scenario, numbers, grid.wanted), len(numbers), note)


def figures_of(scenario: Scenario, numbers: Sequence[int], wanted: Wanted) -> FiguresByNumber:
    """The wanted figures of replications of these numbers."""
    return {replication.number: wanted.figures(replication) for replication in simulate(scenario, numbers)}
