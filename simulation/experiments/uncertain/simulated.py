"""Scenarios simulated at draws of all that is unsure of them."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence

import numpy as np

from simulation.experiments.at_draws import AtDraws, Measured, Values, at_draws, at_point
from simulation.experiments.executors import Workers
from simulation.experiments.packed_draws import BETWEEN, Drawn
from simulation.experiments.spread import kept_figures
from simulation.experiments.uncertain.answers import Rows, Shifts, Uncertain
from simulation.experiments.uncertain.design import SHARING, Design, rows_of
from simulation.experiments.uncertain.weights import Fitted, fitted_figures, weights_of
from simulation.results.identity import scenario_mark
from simulation.results.result import Result

REPLICATIONS = 2
"""Of each draw: as few as tell luck from what is drawn."""


def uncertain(
    results: Sequence[Measured], design: Design, workers: Workers = 1, progress: bool = False,
    kept: pathlib.Path | None = None, there: Mapping[str, Drawn] | None = None,
) -> Uncertain:  # fmt: skip
    """Simulate the scenarios of runs, in the order of the design, at its draws; what is finished is kept in the folder
    `kept`. With the draws of every set that are `there` from an earlier run (`unpack_draws`) nothing is simulated, and
    one that is missing raises KeyError. Raises Stopped (without results) on Ctrl-C, OSError if nothing can be kept, and
    what a run raises."""
    numbers = numbers_of(min(len(result.replications) for result in results), rows_of(design.draws))
    held_against = _fitted(results[0], design)
    sets: list[AtDraws] = []
    places: list[tuple[str, int]] = []
    for s, result in enumerate(results):
        figures = kept_figures(result) if isinstance(result, Result) else list(result.keys)
        figures = list(dict.fromkeys([*figures, *(held_against.figures.values() if s == 0 else ())]))
        for name, draws in _points(design, s, bool(held_against.targets)).items():
            rows = [draw // SHARING if name == "every" else draw for draw in range(len(draws))]
            mark = scenario_mark(result.loaded.scenario)
            folder = None if kept is None else kept / mark / name
            of_set = None if there is None else there[BETWEEN.join((mark, name))]
            sets.append(AtDraws(result.loaded, draws, [numbers[row] for row in rows], figures, folder, of_set))
            places.append((name, s))
    found: dict[tuple[str, int], Shifts] = {}
    for place, each, drawn in zip(places, sets, at_draws(sets, workers, progress), strict=True):
        result = results[place[1]]
        everywhere = at_point(result, each.figures)
        known = ~np.isnan(everywhere)
        means = np.where(known, everywhere, 0.0).sum(axis=0) / np.where(known.any(axis=0), known.sum(axis=0), np.nan)
        point = np.array([everywhere[list(of_draw)] for of_draw in each.numbers])
        found[place] = {
            figure: Rows(drawn[:, :, c], point[:, :, c], float(means[c])) for c, figure in enumerate(each.figures)
        }
    every, parameters = ([found.get((name, s), {}) for s in range(len(results))] for name in ("every", "parameters"))
    weights = None
    if held_against.targets and every[0]:
        alone = found.get(("fitted", 0), parameters[0])
        at, before = ({f: each[f].shifts for f in held_against.figures.values()} for each in (every[0], alone))
        weights = weights_of(results[0], held_against, at, before, [k // SHARING for k in range(design.draws)])
    return Uncertain(results, design, len(numbers[0]), every, parameters, weights, held_against.why)


def numbers_of(there: int, rows: int) -> list[range]:
    """The replications of each of so many rows of draws, out of those that are there. Rows take turns, so that the luck
    of single replications evens out over them."""
    size = min(REPLICATIONS, there)
    turns = there // size
    return [range(row % turns * size, row % turns * size + size) for row in range(rows)]


def _fitted(result: Measured, design: Design) -> Fitted:
    """By what the draws are weighted: nothing, where nothing is fitted, or nothing else is drawn."""
    return fitted_figures(result) if design.drawings[0].fitted and any(design.points.every) else Fitted({}, {})


def _points(design: Design, s: int, weighted: bool) -> dict[str, Sequence[Values]]:
    """The sets of points of a scenario by name; those of fitted values alone where they are needed and others."""
    points = design.points
    sets = {"every": points.every[s], "parameters": points.parameters[s]}
    if s == 0 and weighted and points.fitted is not points.parameters:
        sets["fitted"] = points.fitted[s]
    return {name: draws for name, draws in sets.items() if len(draws)}


