"""Scenarios simulated at draws of their values, by the luck of the scenarios as they are."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from simulation.experiments.executors import Workers
from simulation.experiments.points import FiguresByNumber, Points
from simulation.experiments.progress import Progress
from simulation.experiments.work import Piece, carry_out
from simulation.results.intervals import Estimate
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure, Names, figure_of
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.spec import Floats

Values = Mapping[str, object]
"""What a draw puts at which dotted path."""


class Measured(Protocol):
    """A scenario as it is, run before: a result, or a point of a sweep."""

    @property
    def loaded(self) -> Loaded:
        """The scenario."""

    @property
    def names(self) -> Names:
        """What its outcomes are called."""

    @property
    def keys(self) -> Sequence[Figure]:
        """The figures that are known."""

    @property
    def replications(self) -> Sequence[Any]:
        """One item for each replication, in the order of their numbers."""

    def values(self, figure: Figure) -> Floats:
        """A figure in every replication, shape (replications,)."""

    def estimate_of(self, figure: Figure) -> Estimate:
        """Its mean with intervals."""


@dataclass(frozen=True)
class AtDraws:
    """A scenario at draws: what each draw sets, which replications of it are simulated (for each draw as many) and
    which figures are kept, in the folder `kept` if there is one. Draws that are `there` from an earlier run are not
    simulated; nor is anything where that is said at all, and then a draw that is missing raises KeyError."""

    loaded: Loaded
    draws: Sequence[Values]
    numbers: Sequence[Sequence[int]]
    figures: Sequence[Figure]
    kept: pathlib.Path | None = None
    there: Mapping[int | None, FiguresByNumber] | None = None


def at_draws(sets: Sequence[AtDraws], workers: Workers = 1, progress: bool = False) -> list[Floats]:
    """The figures of every scenario at its draws, each of shape (draws, replications, figures); NaN where a figure is
    not there. What is finished is kept at once. Raises Stopped (without results) on Ctrl-C, OSError if nothing can be
    kept, and what a run raises."""
    points: list[Points[Figure]] = [Points(each.kept, figure_of, dict(each.there or {})) for each in sets]
    for read in points:
        read.read()
    if all(each.there is not None for each in sets):
        return [_array(each, found) for each, found in zip(sets, points, strict=True)]
    missing = [
        (s, draw, [number for number in numbers if number not in points[s].done.get(draw, {})])
        for s, each in enumerate(sets)
        for draw, numbers in enumerate(each.numbers)
    ]
    missing = [(s, draw, numbers) for s, draw, numbers in missing if numbers]
    total = sum(len(each.draws) for each in sets)

    def keep(name: tuple[int, int], finished: FiguresByNumber) -> None:
        points[name[0]].keep(name[1], finished)

    pieces = (_piece(s, draw, sets[s], numbers) for s, draw, numbers in missing)
    with Progress(total, "draw", progress, total - len(missing)) as bar:
        carry_out(pieces, keep, bar, workers)
    return [_array(each, found) for each, found in zip(sets, points, strict=True)]


def at_point(run: Measured, figures: Sequence[Figure]) -> Floats:
    """The same figures of the scenario as it is, shape (replications, figures)."""
    return np.array([run.values(figure) for figure in figures]).reshape(len(figures), -1).T


def _array(each: AtDraws, points: Points[Figure]) -> Floats:
    return np.array([
        [[points.done[draw][n].get(figure, np.nan) for figure in each.figures] for n in numbers]
        for draw, numbers in enumerate(each.numbers)
    ])  # fmt: skip


def _piece(s: int, draw: int, each: AtDraws, numbers: Sequence[int]) -> Piece[tuple[int, int], FiguresByNumber]:
    scenario, values = each.loaded.scenario, dict(each.draws[draw])
    note = f"in {scenario.name}, seed {scenario.seed}, with {values}"
    drawn = each.loaded.at(values).scenario
    return Piece((s, draw), _figures, (drawn, numbers, each.figures), 1, note)


def _figures(scenario: Scenario, numbers: Sequence[int], figures: Sequence[Figure]) -> FiguresByNumber:
    """The figures of one draw."""
    return {r.number: {key: r.outcomes.get(key, np.nan) for key in figures} for r in simulate(scenario, numbers)}
