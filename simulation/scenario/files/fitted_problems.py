"""What is wrong with a file of fitted values, and with the file of draws beside it."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.scalars import plain_value
from simulation.scenario.files.values import is_number
from simulation.scenario.files.yamlfile import Document, Path, dotted

if TYPE_CHECKING:
    from simulation.world.spec import Floats

MOST_SHOWN = 20


def fit_problems(document: Document) -> Iterator[Problem]:
    """What keeps a document from being a file of fitted values."""
    parameters = document.data.get("parameters")
    version = document.data.get("version")
    entries = list(parameters.values()) if isinstance(parameters, Mapping) else []
    is_one = any(isinstance(entry, Mapping) and "value" in entry for entry in entries)
    if type(version) is not int or version != 1 or not isinstance(parameters, Mapping) or not is_one:
        yield Problem("this is no file of fitted values; `jobcentersim calibrate` writes them", document.mark(()))
        return
    owner: dict[str, str] = {}
    for name, entry in parameters.items():
        for path, message in _of_parameter(entry, name, owner):
            place: Path = ("parameters", name, *path)
            yield Problem(message, document.mark(place), dotted(place))


def _of_parameter(entry: Any, name: str, owner: dict[str, str]) -> Iterator[tuple[Path, str]]:
    """What is wrong with one parameter, with the path below it; `owner` has the parameter that decides each place."""
    if not isinstance(entry, Mapping):
        yield (), "must be a mapping with value, low and high"
        return
    for key in ("value", "low", "high"):
        if not is_number(entry.get(key)):
            yield ((key,) if key in entry else ()), f"{key} must be a number"
    low, high = entry.get("low"), entry.get("high")
    if is_number(low) and is_number(high) and low > high:
        yield ("high",), f"must not be below low (got {low:g} and {high:g})"
    places: list[tuple[Path, str]] = [((), name)]
    for key in ("also", "for_others"):
        paths = entry.get(key, [])
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            yield (key,), "must be a list of paths"
        else:
            places += [((key, number), path) for number, path in enumerate(paths)]
    rest = entry.get("rest", {})
    if not isinstance(rest, Mapping) or not all(is_number(part) and part > 0 for part in rest.values()):
        yield ("rest",), "must be a mapping of paths to parts above 0"
    else:
        places += [(("rest", path), path) for path in rest]
    for place, path in places:
        if owner.setdefault(path, name) != name or (place and path == name):
            yield place, f"'{path}' has its value from {owner[path]} already"


def drawn(path: pathlib.Path, names: Sequence[str], whole: Sequence[bool], lines: Sequence[str]) -> Floats:
    """The numbers in the lines of a file of draws below its head, shape (draws, parameters).

    `whole` says which parameters are whole numbers. Raises InputProblems with the row and column of what is none.
    """
    import numpy as np

    problems: list[Problem] = []
    rows = []
    for number, line in enumerate(lines, 2):
        cells = line.split(",")
        if len(cells) != len(names):
            message = f"{len(names)} draws are expected in this row, one of each parameter (got {len(cells)})"
            problems.append(Problem(message, Mark(str(path), number, 1)))
            continue
        values = [_value(cell) for cell in cells]
        rows.append([math.nan if value is None else float(value) for value in values])
        for column, (name, value) in enumerate(zip(names, values, strict=True)):
            if value is None or (whole[column] and value != int(value)):
                place = Mark(str(path), number, 1 + sum(len(cell) + 1 for cell in cells[:column]))
                kind = "whole number" if whole[column] else "number"
                message = f"row {number}, column {column + 1}: must be a {kind} (got '{cells[column][:40]}')"
                problems.append(Problem(message, place, name))
    if not lines:
        problems.append(Problem("there are no draws in it", Mark(str(path), 1, 1)))
    if problems:
        raise InputProblems(problems[:MOST_SHOWN])
    return np.array(rows)


def _value(cell: str) -> float | None:
    try:
        value = plain_value(cell)
    except ValueError:
        return None
    return float(value) if is_number(value) else None
