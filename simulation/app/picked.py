"""The scenarios that can be picked: those that come with the program, and one's own in the folder of the study."""

from __future__ import annotations

import os
import pathlib
import time
from functools import lru_cache
from typing import NamedTuple

from simulation.app.kept import RESULTS, extends_of
from simulation.app.words import OWN
from simulation.scenario.catalogue import catalogue
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.shipped import PREFIX, SCENARIOS
from simulation.scenario.files.yamlfile import read as read_yaml
from simulation.scenario.load import Loaded, load
from simulation.world.labels import Language, one_line

ENDINGS = (".yaml", ".yml")
NO_SCENARIO = ("part", "prices", "priors", "targets_of")
"""Keys at the head of files that are no scenario."""
MOST, DEEP, LOOK = 500, 3, 10.0
"""Own files at most, how deep they may lie, and seconds between looks into the folder."""


_KNOWN: dict[str, tuple[Loaded, dict[str, int]]] = {}
"""What was picked before, with the moment at which each of its files was last changed."""


class Picked(NamedTuple):
    """A scenario: its name (`shipped/NAME`, or its file), how a file in the folder names it, and what it says."""

    name: str
    written: str
    loaded: Loaded


def scenarios(folder: pathlib.Path, language: Language) -> dict[str, str]:
    """What can be picked by name, and what it is called; own ones first. The folder is looked through every ten
    seconds at the most."""
    files = _own(folder, int(time.monotonic() // LOOK))
    own = {str(file): OWN.told(language, name=file.relative_to(folder).as_posix()) for file in files}
    return {**own, **_shipped(language)}


def read(name: str, folder: pathlib.Path) -> Picked:
    """A scenario as it is written now. Raises InputProblems with all that is wrong with it."""
    known = _KNOWN.get(name)
    if known is None or any(_changed(file) != at for file, at in known[1].items()):
        loaded = load(name)
        files = {mark.file for mark in loaded.resolved.marks.values()}  # those that it extends, too
        known = _KNOWN[name] = loaded, {file: _changed(file) for file in files}
    return Picked(name, extends_of(name, folder), known[0])


@lru_cache(maxsize=2)
def _shipped(language: Language) -> dict[str, str]:
    return {
        entry.name: f"{one_line(entry.title.told(language))} ({entry.name.removeprefix(PREFIX)})"
        for entry in catalogue(SCENARIOS)
    }


@lru_cache(maxsize=1)
def _own(folder: pathlib.Path, moment: int) -> list[pathlib.Path]:
    """Files of the folder that may be scenarios, at a moment."""
    return [file for file in _files(folder) if _is_scenario(file)][:MOST]


def _files(folder: pathlib.Path) -> list[pathlib.Path]:
    """YAML files of the folder; not what results keep, nor what lies deep in it or beyond a link."""
    found = []
    for place, below, names in os.walk(folder):
        depth = len(pathlib.Path(place).relative_to(folder).parts)
        below[:] = sorted(name for name in below if depth < DEEP and not name.startswith(".") and name != RESULTS)
        files = (pathlib.Path(place, name) for name in sorted(names) if name.endswith(ENDINGS))
        found += [file for file in files if file.is_file() and not file.is_symlink()]
    return found


def _changed(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns
    except OSError:  # gone meanwhile
        return 0


def _is_scenario(file: pathlib.Path) -> bool:
    """Whether it looks like one; what cannot be read is told when it is picked."""
    try:
        data = read_yaml(file).data
    except InputProblems:
        return True
    return "version" in data and ("extends" in data or "exits" in data) and not any(key in data for key in NO_SCENARIO)
