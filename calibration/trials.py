"""Trying sets of values: each is simulated by the same luck, in pieces, over processes, and kept until all is done.

A set of values gives the same figures in whatever piece or process it is simulated, so how often a calibration was
stopped, and by how many workers it was done, is a matter of speed alone.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from tqdm import tqdm

from calibration.priors import values
from calibration.study import Part, Study, column_names
from simulation.experiments.points import Points
from simulation.experiments.pool import carry_out
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats


class Stopped(Exception):
    """Somebody pressed Ctrl-C; `done` of `total` sets of values are finished and kept."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__(f"interrupted after {done} of {total} sets of values")
        self.done, self.total = done, total


@dataclass
class Trials:
    """Sets of values that were tried, numbered in the order in which they are asked for.

    `replications` overrides what the files say. `total` is how many sets there will be, for the bar. Sets that lie in
    the folder `kept` from an earlier call are not simulated again.
    """

    study: Study
    total: int
    workers: int = 1
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
        self._bar = tqdm(total=self.total, unit="set", disable=not self.progress, mininterval=0.2)

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
        tasks = []
        for number, tried in enumerate(sets):
            for p, part in enumerate(parts):
                row = (first + number) * len(parts) + p
                asked = self.asked(part)
                if missing := [n for piece in self.points.missing(row, asked, asked) for n in piece]:
                    tasks.append((row, (part.loaded, self.study.changes(part, tried), missing, part.name, part.keys)))
        done = {number for number, _ in enumerate(sets)} - {row // len(parts) - first for row, _ in tasks}
        self._bar.update(len(done))
        try:
            for row, found in carry_out(_simulate, iter(tasks), len(tasks), self.workers):
                self.points.keep(row, found)
                if row % len(parts) == len(parts) - 1:
                    self._bar.update(1)
        except KeyboardInterrupt:
            self.close()
            raise Stopped(len(self.points.done) // len(parts), self.total) from None
        self.tried += len(sets)
        return self._figures(range(first, first + len(sets)))

    def _figures(self, numbers: Sequence[int]) -> tuple[Floats, Floats]:
        columns, parts = column_names(self.study), self.study.parts
        mean, error = np.full((len(numbers), len(columns)), np.nan), np.full((len(numbers), len(columns)), np.nan)
        place = {part.name: p for p, part in enumerate(parts)}
        for row, number in enumerate(numbers):
            for column, (part, target) in enumerate(columns):
                found = self.points.done[number * len(parts) + place[part]]
                each = np.array([found[n].get((part, target), np.nan) for n in sorted(found)])
                each = each[~np.isnan(each)]
                if len(each) > 1:
                    mean[row, column] = each.mean()
                    error[row, column] = each.std(ddof=1) / np.sqrt(len(each))
        return mean, error


def _simulate(
    loaded: Loaded, changes: Mapping[str, float], numbers: Sequence[int], part: str, keys: Mapping[str, Figure]
) -> dict[int, dict[tuple[str, str], float]]:
    """The wanted figures of one set of values, by replication."""
    try:
        scenario = loaded.with_(changes).scenario
        return {
            each.number: {(part, name): each.outcomes.get(key, np.nan) for name, key in keys.items()}
            for each in simulate(scenario, numbers)
        }
    except Exception as error:
        error.add_note(f"in {loaded.scenario.name}, seed {loaded.scenario.seed}, with {dict(changes)}")
        raise
