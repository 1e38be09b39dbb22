"""The input files of a result, kept as they were written in folders as they lay, and short names to tell them apart."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from simulation.results.whole import write_whole
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.regular import content_of
from simulation.scenario.files.roots import MARK_OF_RESULTS
from simulation.scenario.files.shipped import COPIES, OWN_MARK, inside


class FromFiles(Protocol):
    """A scenario, or prices: what was read from files."""

    @property
    def resolved(self) -> Resolved:
        """All of them together."""


def input_files(scenarios: Sequence[FromFiles]) -> list[str]:
    """Every file that scenarios were read from, and the draws of their fitted parameters, each once, by its real folder
    and its name."""
    files = [file for loaded in scenarios for file in loaded.resolved.inherited_by]
    files += [str(fit.drawn_in) for loaded in scenarios for fit in loaded.resolved.fits]
    return list(dict.fromkeys(real(file) for file in files if pathlib.Path(file).is_file()))


def real(file: str | pathlib.Path) -> str:
    """The file by its real folder; a link to a file is left as it is, for what it names lies beside the link."""
    path = pathlib.Path(file)
    return str(path.parent.resolve() / path.name)


def mirrored(scenarios: Sequence[FromFiles]) -> dict[str, str]:
    """Where each input file lies below `inputs/`: in folders as they lie below their common root. What comes with the
    program lies in a folder of its own there where other files name it, so that it is found wherever it is copied to,
    and the same wherever the program is installed."""
    files = input_files(scenarios)
    shipped = {file: place for file in files if (place := inside(pathlib.Path(file))) is not None}
    own = [file for file in files if file not in shipped]
    if not own:
        return _below_common_root(files)
    return {**_below_common_root(own), **{file: f"{COPIES}/{place}" for file, place in shipped.items()}}


def _below_common_root(files: Sequence[str]) -> dict[str, str]:
    try:
        root = os.path.commonpath([os.path.dirname(file) for file in files]) if files else ""
        return {file: pathlib.Path(os.path.relpath(file, root)).as_posix() for file in files}
    except ValueError:  # several drives of Windows
        return {file: pathlib.Path(file.replace(":", "", 1)).as_posix() for file in files}


def copy_inputs(scenarios: Sequence[FromFiles], folder: pathlib.Path) -> None:
    """Copy the input files into a folder. Raises OSError."""
    for file, place in mirrored(scenarios).items():
        write_whole(folder / place, content_of(file))
    if not (folder / OWN_MARK).exists():
        write_whole(folder / OWN_MARK, MARK_OF_RESULTS)


def short_names(places: Mapping[str, str]) -> dict[str, str]:
    """How files are cited: by name, or, where two have the same, by their place below `inputs/`."""
    names = {file: pathlib.PurePosixPath(place).name for file, place in places.items()}
    several = {name for name in names.values() if list(names.values()).count(name) > 1}
    return {file: places[file] if name in several else name for file, name in names.items()}


def labels(files: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """A short name for each file, in order: its name without ending, with the folders (below the common root) in which
    it lies before it, or a number behind it, where it would be the name of another one, or is `taken`."""
    paths = [pathlib.Path(real(file)) for file in files]
    root = _shared_parts(paths)
    depths = [1] * len(paths)
    while True:
        names = ["_".join([*path.parts[-depth:-1], path.stem]) for path, depth in zip(paths, depths, strict=True)]
        folders = {name: {path.parent for path, n in zip(paths, names, strict=True) if n == name} for name in names}
        deeper = [
            depth + (len(folders[name]) > 1 and depth < len(path.parts) - root)
            for depth, name, path in zip(depths, names, paths, strict=True)
        ]
        if deeper == depths:
            break
        depths = deeper
    used = set(taken)
    found = []
    for name in names:
        number, free = 1, name if name.strip(".") else "scenario"  # a folder called .. would be another one
        while free in used:
            number += 1
            free = f"{name}_{number}"
        used.add(free)
        found.append(free)
    return found


def _shared_parts(paths: Sequence[pathlib.Path]) -> int:
    """How many folders from the top all files have in common."""
    try:
        return len(pathlib.Path(os.path.commonpath([path.parent for path in paths])).parts)
    except ValueError:  # none, or several drives of Windows
        return 0
