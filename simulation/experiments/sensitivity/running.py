"""Scenarios simulated at all points of a study, by the same luck; what is finished is kept at once.

Replications at the ends and without a mechanism are those of the scenario as written. Every row of the sample has some
of its own, the same at all its points: what differs within a row is what is drawn, and rows differ by luck as well, so
resampling rows tells both. At the scenario as written they are simulated, too, and most of their luck is taken off.
"""

from __future__ import annotations

import pathlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from simulation.experiments.at_draws import AtDraws, Values, at_draws
from simulation.experiments.batches import most_at_once
from simulation.experiments.executors import Workers
from simulation.experiments.packed_draws import BETWEEN, Drawn
from simulation.experiments.sensitivity.found import Found
from simulation.experiments.sensitivity.points import Study
from simulation.experiments.uncertain.answers import Rows
from simulation.results.identity import scenario_mark
from simulation.results.sobol import Sobol, sobol
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats

POINT, ENDS, SAMPLE = "point", "ends", "sample"
NOTHING_PUT: Values = {}


@dataclass
class _Simulated:
    """Points of one scenario, some replications each, cut into pieces of equal size that fit side by side."""

    name: str
    loaded: Loaded
    draws: Sequence[Values]
    numbers: Sequence[range]

    def __post_init__(self) -> None:
        asked, most = len(self.numbers[0]), most_at_once(self.loaded.scenario)
        self.size = next(size for size in range(min(most, asked), 0, -1) if asked % size == 0)
        self.pieces = asked // self.size

    @property
    def key(self) -> str:
        """The name of the set among those of all scenarios."""
        return BETWEEN.join((scenario_mark(self.loaded.scenario), self.name))

    def at(self, study: Study, kept: pathlib.Path | None, there: Mapping[str, Drawn] | None) -> AtDraws:
        """As it is carried out."""
        draws = [values for values in self.draws for _ in range(self.pieces)]
        numbers = [numbers[first : first + self.size] for numbers in self.numbers
                   for first in range(0, len(numbers), self.size)]  # fmt: skip
        found = None if there is None else there[self.key]
        folder = None if kept is None else kept.joinpath(*self.key.split(BETWEEN))
        return AtDraws(self.loaded, draws, numbers, [study.question.of], folder, found)

    def whole(self, figures: Floats) -> Floats:
        """The outcome at every point, shape (points, replications)."""
        return figures[:, :, 0].reshape(len(self.draws), -1)


def sensitivity_of(
    study: Study, workers: Workers = 1, progress: bool = False, kept: pathlib.Path | None = None,
    there: Mapping[str, Drawn] | None = None,
) -> Found:  # fmt: skip
    """Simulate the points of a study; what is finished is kept in the folder `kept`. With the draws of every set that
    are `there` from an earlier call (`unpack_draws`) nothing is simulated, and one that is missing raises KeyError.
    Raises Stopped (without results) on Ctrl-C, OSError if nothing can be kept, and what a run raises."""
    began, sets = time.perf_counter(), _sets(study)
    found = at_draws([each.at(study, kept, there) for each in sets.values()], workers, progress)
    at = {key: each.whole(figures) for (key, each), figures in zip(sets.items(), found, strict=True)}
    point = [at[POINT, s, 0][0] for s in range(len(study.loaded))]
    few = slice(study.question.replications)
    ends = [
        [[at[ENDS, s, 0][place] if place is not None else point[s][few] for s, place in enumerate(places)]
         for places in of_bar] for of_bar in _places(study)
    ]  # fmt: skip
    switched = [[at[each.name, s, n][0] if (each.name, s, n) in at else point[s][few] for s in range(len(point))]
                for n, each in enumerate(study.switched)]  # fmt: skip
    sample = None
    if study.question.samples:
        sample = _indices(study, point, [at[SAMPLE, s, 0] for s in range(len(point))])
    return Found(study, point, ends, switched, sample, time.perf_counter() - began)


class Differing(NamedTuple):
    """An outcome that came out otherwise again: of which point of which set, in which replication."""

    of: str
    point: int
    replication: int
    kept: float
    again: float


def some(study: Study, size: int, there: Mapping[str, Drawn], workers: Workers = 1) -> Iterator[Differing]:
    """Simulate so many points of every set again, evenly spread, and tell what is not as it was kept. Raises KeyError
    where one is missing, and what a run raises."""
    for each in _sets(study).values():
        whole, kept = each.at(study, None, None), there[each.key]
        few = sorted({round(n) for n in np.linspace(0, len(whole.draws) - 1, size).tolist()})
        numbers = [whole.numbers[n] for n in few]
        (again,) = at_draws([replace(whole, draws=[whole.draws[n] for n in few], numbers=numbers)], workers)
        for n, of_point, values in zip(few, numbers, again[:, :, 0].tolist(), strict=True):
            for number, value in zip(of_point, values, strict=True):
                before = kept[n][number][study.question.of]
                if before != value and not (np.isnan(before) and np.isnan(value)):
                    yield Differing(each.key, n, number, before, value)


def _sets(study: Study) -> dict[tuple[str, int, int], _Simulated]:
    q, sets = study.question, dict[tuple[str, int, int], _Simulated]()
    places = _places(study)
    for s, loaded in enumerate(study.loaded):
        sets[POINT, s, 0] = _Simulated(POINT, loaded, [NOTHING_PUT], [range(q.at_point)])
        ends = [end[s] for bar, of_bar in zip(study.bars, places, strict=True)
                for end, of_end in zip(bar.puts, of_bar, strict=True) if of_end[s] is not None]  # fmt: skip
        if ends:
            sets[ENDS, s, 0] = _Simulated(ENDS, loaded, ends, [range(q.replications)] * len(ends))
        if q.samples:
            every = len(study.unknowns) + 2
            numbers = [range(q.each * row, q.each * (row + 1)) for row in range(q.samples) for _ in range(every)]
            sets[SAMPLE, s, 0] = _Simulated(SAMPLE, loaded, study.rows[s], numbers)
        for n, each in enumerate(study.switched):
            if (without := each.loaded[s]) is not None:
                sets[each.name, s, n] = _Simulated(POINT, without, [NOTHING_PUT], [range(q.replications)])
    return sets


def _places(study: Study) -> list[list[list[int | None]]]:
    """For every bar and end where each scenario has its point among those at ends; None: nothing is moved there."""
    next_place = [0] * len(study.loaded)
    found: list[list[list[int | None]]] = []
    for bar in study.bars:
        of_bar: list[list[int | None]] = []
        for end in bar.puts:
            of_bar.append([next_place[s] if put else None for s, put in enumerate(end)])
            next_place = [place + bool(put) for place, put in zip(next_place, end, strict=True)]
        found.append(of_bar)
    return found


def _indices(study: Study, point: Sequence[Floats], sample: Sequence[Floats]) -> Sobol | None:
    """Indices by what the sample has; None where the outcome is not known at some point."""
    every, samples, each = len(study.unknowns) + 2, study.question.samples, study.question.each
    rows = [
        Rows(drawn, np.repeat(alone[: each * samples].reshape(samples, each), every, axis=0), float(alone.mean()))
        for drawn, alone in zip(sample, point, strict=True)
    ]
    shifts = (rows[0] if len(rows) == 1 else rows[1] - rows[0]).shifts
    if np.isnan(shifts).any():
        return None
    by_point = shifts.reshape(samples, every, each).transpose(1, 2, 0)
    return sobol(by_point[0], by_point[1], by_point[2:], study.loaded[0].scenario.seed)
