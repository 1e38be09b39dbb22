"""Trying sets of values: each is simulated by the same luck, in pieces, over processes, and kept until all is done.

A set of values gives the same figures in whatever piece or process it is simulated, so how often a calibration was
stopped, and by how many workers it was done, is a matter of speed alone.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from calibration.priors import values
from calibration.study import Part, Study, column_names
from simulation.experiments.executors import Workers
from simulation.experiments.points import Points
from simulation.experiments.progress import Progress
from simulation.experiments.work import Piece, Stopped, carry_out
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats

FiguresByNumber = dict[int, Mapping[tuple[str, str], float]]
"""Figures (by part and target) by number of the replication."""


@dataclass
class Trials:
    """Sets of values that were tried, numbered in the order in which they are asked for.

    `replications` overrides what the files say. `total` is how many sets there will be, for the bar. Sets that lie in
    the folder `kept` from an earlier call are not simulated again.
    """

    study: Study
    total: int
    workers: Workers = 1
    replications: int | None = None
    progress: bool = False
    kept: pathlib.Path | None = None
    points: Points[tuple[str, str]] = field(init=False)
    resumed: int = field(init=False)
    tried: int = 0
    fewer: int = 1  # so many times fewer replications than the files say

    def __post_init__(self) -> None:
        self.points = Points(self.kept, lambda written: (written[0], written[1]))
        self.points.read()
        self.resumed = len(self.points.done) // len(self.study.parts)
        self._bar = Progress(self.total, "set", self.progress)

    def close(self) -> None:
        """No more sets will be tried."""
        self._bar.close()

    def asked(self, part: Part) -> int:
        """Replications of each set of values in the scenario of a part."""
        return self.replications or max(2, part.file.replications // self.fewer)

    def run(self, z: Floats) -> tuple[Floats, Floats]:
        """Simulate sets of values given on the normal scale, shape (sets, parameters).

        Returns means over replications and the standard errors of the means, both of shape (sets, figures), in the
        order of `column_names`. Raises Stopped on Ctrl-C, and what a run raises, with a note of the values.
        """
        parts, first = self.study.parts, self.tried
        sets = [values(self.study.priors, row) for row in z]
        pieces = []
        for number, tried in enumerate(sets):
            for p, part in enumerate(parts):
                row = (first + number) * len(parts) + p
                asked = self.asked(part)
                if missing := [n for piece in self.points.missing(row, asked, asked) for n in piece]:
                    size = 1 if p == len(parts) - 1 else 0  # a set counts when its last part is done
                    pieces.append(_piece(row, part, self.study.changes(part, tried), missing, size))
        self._bar.add(len(sets) - len({piece.name // len(parts) for piece in pieces}))
        try:
            carry_out(pieces, self.points.keep, self._bar, self.workers)
        except Stopped as stopped:
            self.close()
            stopped.done = len(self.points.done) // len(parts)  # also of an earlier call, not yet asked for in this one
            raise
        self.tried += len(sets)
        return self._figures(range(first, first + len(sets)))

    def each(self, part: Part, numbers: Sequence[int], names: Sequence[str]) -> Floats:
        """The figures of these targets of a part in every replication of some sets of values, by their numbers: shape
        (sets, replications, targets); NaN where a replication has none."""
        place, asked = self.study.parts.index(part), range(self.asked(part))
        found = np.full((len(numbers), len(asked), len(names)), np.nan)
        for row, number in enumerate(numbers):
            by_number = self.points.done[int(number) * len(self.study.parts) + place]
            for r in asked:
                kept = by_number[r]
                found[row, r] = [kept.get((part.name, name), np.nan) for name in names]
        return found

    def _figures(self, numbers: Sequence[int]) -> tuple[Floats, Floats]:
        columns, parts = column_names(self.study), self.study.parts
        mean, error = np.full((len(numbers), len(columns)), np.nan), np.full((len(numbers), len(columns)), np.nan)
        place = {part.name: p for p, part in enumerate(parts)}
        for row, number in enumerate(numbers):
            for column, (part, target) in enumerate(columns):
                by_number = self.points.done[number * len(parts) + place[part]]
                known = np.array([by_number[n].get((part, target), np.nan) for n in sorted(by_number)])
                known = known[~np.isnan(known)]
                if len(known) > 1:
                    mean[row, column] = known.mean()
                    error[row, column] = known.std(ddof=1) / np.sqrt(len(known))
        return mean, error


def _piece(
    row: int, part: Part, changes: Mapping[str, float], numbers: Sequence[int], size: int
) -> Piece[int, FiguresByNumber]:
    scenario = part.loaded.scenario
    note = f"in {scenario.name}, seed {scenario.seed}, with {dict(changes)}"
    return Piece(row, _figures, (part.loaded, changes, numbers, part.name, part.keys), size, note)


def _figures(
    loaded: Loaded, changes: Mapping[str, float], numbers: Sequence[int], part: str, keys: Mapping[str, Figure]
) -> FiguresByNumber:
    """The wanted figures of one set of values, by replication."""
    return {
        replication.number: {(part, name): replication.outcomes.get(key, np.nan) for name, key in keys.items()}
        for replication in simulate(loaded.with_(changes).scenario, numbers)
    }
