"""What a sweep has finished so far: one small file for every piece of work, either complete or absent.

The folder's name is the fingerprint of the sweep, so what lies in it is of the same scenario and grid; and its files
are sealed, so what was altered, or made by another version of the program, is not taken up. A file has the replications
of one point that were simulated together; how they were cut up does not matter. Floats are written so that reading
gives the same ones.
"""

from __future__ import annotations

import json
import math
import pathlib
import shutil
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from simulation.results import names
from simulation.results.whole import sealed, write_sealed

Figure = TypeVar("Figure", bound=Hashable)
ENDING = ".json"
FiguresByNumber = dict[int, Mapping[names.Figure, float]]
"""Figures by number of the replication."""


@dataclass
class Points(Generic[Figure]):
    """Finished pieces of a sweep, in memory and, if there is a folder, on disk.

    `done` has the kept figures by point (None: the scenario as written) and by number of the replication. `name` turns
    what stands for a figure in the file into its name.
    """

    folder: pathlib.Path | None
    name: Callable[[Any], Figure]
    done: dict[int | None, dict[int, Mapping[Figure, float]]] = field(default_factory=dict)

    def read(self) -> int:
        """Load what the folder has; returns the number of replications. What cannot be read will be simulated again."""
        if self.folder is None or not self.folder.is_dir():
            return 0
        for _, content in sealed(self.folder, "*", ENDING):
            try:
                point, finished = self._read(content)
            except (ValueError, KeyError, TypeError):
                continue
            self.done.setdefault(point, {}).update(finished)
        return sum(len(finished) for finished in self.done.values())

    def _read(self, content: bytes) -> tuple[int | None, dict[int, dict[Figure, float]]]:
        text = json.loads(content)
        figures = [self.name(written) for written in text["figures"]]
        finished = {
            int(number): {
                figure: math.nan if value is None else float(value) for figure, value in zip(figures, row, strict=True)
            }
            for number, row in zip(text["replications"], text["values"], strict=True)
        }
        return (None if text["point"] is None else int(text["point"])), finished

    def keep(self, point: int | None, finished: Mapping[int, Mapping[Figure, float]]) -> None:
        """Keep a finished piece at once: written under another name, then renamed. Raises OSError."""
        self.done.setdefault(point, {}).update(finished)
        if self.folder is None or not finished:
            return
        name = "base" if point is None else f"{point:05d}"
        figures = list(dict.fromkeys(figure for kept in finished.values() for figure in kept))
        rows = [[_json_number(kept.get(figure, math.nan)) for figure in figures] for kept in finished.values()]
        text = {"point": point, "replications": list(finished), "figures": figures, "values": rows}
        content = json.dumps(text, allow_nan=False).encode()
        write_sealed(self.folder, f"{name}-{min(finished)}-{max(finished)}", ENDING, content)

    def missing(self, point: int | None, asked: int, size: int) -> list[Sequence[int]]:
        """Replications of a point that are not done yet, in pieces of at most so many."""
        numbers = [number for number in range(asked) if number not in self.done.get(point, {})]
        return [numbers[first : first + size] for first in range(0, len(numbers), size)]


def discard(folder: pathlib.Path | None) -> None:
    """Remove what was kept in a folder: the results are elsewhere now."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _json_number(value: float) -> float | str | None:
    """As JSON has it, which knows no infinite numbers."""
    return None if math.isnan(value) else value if math.isfinite(value) else str(value)
