"""A file with its sources beside it: every value plain, and by its place where it is written and what it is from."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.files.dates import FROM
from simulation.scenario.files.problems import Mark
from simulation.scenario.files.yamlfile import Path


@dataclass(frozen=True)
class Origin:
    """Where a value comes from. `mark` is where it is written; `kind` is empty if the file does not say."""

    mark: Mark
    kind: str = ""
    source: str = ""
    page: str = ""
    unit: str = ""
    range: tuple[float, float] | None = None
    note: str = ""
    se: float | None = None
    draw: str = ""
    concentration: float | None = None
    of: str = ""  # the effect of the synthesis that it is of

    def as_dict(self) -> dict[str, Any]:
        """What is known, for the table of parameters."""
        fields = {key: value for key, value in vars(self).items() if key not in ("mark", "of") and value}
        return {**fields, "file": self.mark.file, "line": self.mark.line}


@dataclass
class Sourced:
    """A document whose values are plain. `origins` has an entry where a value states its source; `marks` and `keys`
    tell where every value and key is written. `dated` has, by the place of a value that changes at dates, what it is
    from each ISO week on; what it is before stands in `data`."""

    data: dict[str, Any]
    origins: dict[Path, Origin]
    marks: dict[Path, Mark]
    keys: dict[Path, Mark]
    dated: dict[Path, dict[str, Any]] = field(default_factory=dict, kw_only=True)

    def leaves(self) -> Iterator[tuple[Path, Any]]:
        """Every plain value with its path; those from a date on behind the value that they change."""
        told = set[Path]()
        for path, value in leaves(self.data):
            yield path, value
            if path in self.dated:
                told.add(path)
                yield from leaves(self.dated[path], (*path, FROM))
        for place, changes in self.dated.items():
            if place not in told:
                yield from leaves(changes, (*place, FROM))

    def part_of(self, path: Iterable[str | int]) -> tuple[Any, Any]:
        """The mapping (or list) that has the value at this path, and the key that it has there; steps into a list may
        be text. Raises KeyError if there is none."""
        part: Any = None
        key: Any = None
        value: Any = self.data
        place: Path = ()
        for step in path:
            if step == FROM and place in self.dated:
                part, key, place = self.dated, place, (*place, FROM)
            elif isinstance(value, list) and str(step).isdecimal() and int(step) < len(value):
                part, key, place = value, int(step), (*place, int(step))
            elif isinstance(value, Mapping) and step in value:
                part, key, place = value, step, (*place, step)
            else:
                raise KeyError(step)
            value = part[key]
        if part is None:
            raise KeyError(path)
        return part, key

    def place_of(self, path: Iterable[str | int]) -> Path | None:
        """The same path with its steps into lists as numbers; None if nothing is there."""
        place: Path = ()
        for step in path:
            try:
                _, key = self.part_of((*place, step))
            except KeyError:
                return None
            place = (*place, key if isinstance(key, int) else step)
        return place

    def value_at(self, path: Iterable[str | int]) -> Any:
        """The value at this path, or all below it. Raises KeyError if there is none."""
        part, key = self.part_of(path)
        return part[key]

    def dates(self) -> Iterator[tuple[Path, Mark]]:
        """The first date of every value that changes, with where it is written."""
        for place, changes in self.dated.items():
            date = (*place, FROM, next(iter(changes)))
            yield date, self.mark(date, key=True)

    def as_written(self) -> dict[str, Any]:
        """The data as a file has it, with what changes at dates."""
        whole: dict[str, Any] = copy.deepcopy(self.data)
        for place, changes in self.dated.items():
            part: Any = whole
            for step in place[:-1]:
                part = part[step]
            part[place[-1]] = {"value": part[place[-1]], FROM: copy.deepcopy(changes)}
        return whole

    def origin(self, path: Path) -> Origin:
        """The origin stated for the value at this path, or else for the part it is in; if there is none, its place."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                return self.origins[path[:length]]
        return Origin(self.mark(path))

    def mark(self, path: Path, key: bool = False) -> Mark:
        """Where the value (or key) is written; the nearest part above it if it is not written itself."""
        if key and path in self.keys:
            return self.keys[path]
        for length in range(len(path), -1, -1):
            if path[:length] in self.marks:
                return self.marks[path[:length]]
        return Mark("", 1, 1)


def leaves(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every plain value below, with its path."""
    if isinstance(data, Mapping):
        for key, item in data.items():
            yield from leaves(item, (*path, key))
    elif isinstance(data, list):
        for i, item in enumerate(data):
            yield from leaves(item, (*path, i))
    else:
        yield path, data
