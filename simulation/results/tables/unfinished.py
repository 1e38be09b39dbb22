"""Work that is not finished yet: a folder with what was asked, the input as it was, and what is done so far.

results/<scenario>/<fingerprint>-points/
    request.json   the command and its options, so that `resume` can ask again
    inputs/        the input files as they were written
    replications/  points/  draws/  answers/    finished pieces, sealed

When the results are written, what belongs to them moves into their folder, and this one goes.
"""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.results.tables.inputs import copy_inputs, mirrored, real
from simulation.results.whole import write_whole
from simulation.scenario.files.regular import content_of
from simulation.scenario.load import Loaded

ENDING = "-points"
REQUEST = "request.json"
LONGEST = 64
"""Characters of a name, so that its path stands in one line of a screen."""


@dataclass(frozen=True)
class Unfinished:
    """The folder of a piece of work by its fingerprint; it need not exist."""

    root: pathlib.Path
    name: str
    mark: str

    @property
    def folder(self) -> pathlib.Path:
        """Where everything lies."""
        return self.root / self.name / f"{self.mark}{ENDING}"

    @property
    def inputs(self) -> pathlib.Path:
        """The input files."""
        return self.folder / "inputs"

    def begin(self, request: Mapping[str, Any], scenarios: Sequence[Loaded], earlier: pathlib.Path | None) -> None:
        """Write down what is asked, unless that was done before, and take up what an `earlier` results folder has
        finished of it. Raises OSError."""
        if not (self.folder / REQUEST).exists():
            copy_inputs(scenarios, self.inputs)
            text = json.dumps(request, indent=2, ensure_ascii=False) + "\n"
            write_whole(self.folder / REQUEST, text.encode())
        for part in ("replications", "points") if earlier is not None else ():
            assert earlier is not None
            if (earlier / part).is_dir():
                bring(sorted((earlier / part).iterdir()), self.folder / part)

    def discard(self) -> None:
        """Remove everything: the results are elsewhere now."""
        shutil.rmtree(self.folder, ignore_errors=True)


def folder_name(labels: Sequence[str]) -> str:
    """The name of the folder of several scenarios."""
    name = "--".join(labels)
    return name if len(name) <= LONGEST else f"{labels[0][:LONGEST]}--and_{len(labels) - 1}_others"


def placed(named: Sequence[Loaded], loaded: Sequence[Loaded]) -> list[str]:
    """Where some scenarios lie below the `inputs/` of all that are loaded."""
    places = mirrored(loaded)
    return [places.get(real(each.file), pathlib.Path(each.file).name) for each in named]


def read_request(folder: pathlib.Path) -> dict[str, Any] | None:
    """What was asked of unfinished work; None if that cannot be read."""
    with contextlib.suppress(OSError, ValueError):
        found = json.loads(content_of(folder / REQUEST))
        return found if isinstance(found, dict) else None
    return None


def bring(files: Sequence[pathlib.Path], folder: pathlib.Path) -> None:
    """Put files into a folder, as links where that can be done. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        if (folder / file.name).exists():
            continue
        try:
            os.link(file, folder / file.name)
        except OSError:
            shutil.copyfile(file, folder / file.name)
