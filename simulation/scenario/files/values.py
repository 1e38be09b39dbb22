"""Values with a source: {value, unit, kind, source, page, range, note} in a file becomes a plain value, and a note of
where it comes from, kept beside it by its path."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeGuard

from simulation.scenario.files.problems import Mark, Problem, did_you_mean
from simulation.scenario.files.yamlfile import Document, Path, dotted

KINDS = ("published", "calibrated", "assumed", "rule")
_KEYS = ("value", "unit", "kind", "source", "page", "range", "note")


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

    def as_dict(self) -> dict[str, Any]:
        """What is known, for the table of parameters."""
        fields = {key: value for key, value in asdict(self).items() if key != "mark" and value}
        return {**fields, "file": self.mark.file, "line": self.mark.line}


@dataclass
class Sourced:
    """A document whose values are plain. `origins` has an entry where a value states its source; `marks` and `keys`
    tell where every value and key is written."""

    data: dict[str, Any]
    origins: dict[Path, Origin]
    marks: dict[Path, Mark]
    keys: dict[Path, Mark]

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


def unwrap(document: Document) -> tuple[Sourced, list[Problem]]:
    """Take the sources off the values of a document; what is wrong with them is returned, not raised."""
    sourced = Sourced({}, {}, {(): document.mark(())}, {})
    problems: list[Problem] = []

    def walk(raw: Any, written: Path, path: Path) -> Any:
        """`written` is the path in the file, `path` the same without the steps into `value:`."""
        sourced.marks[path] = document.mark(written)
        if path and written[-1] == path[-1] and written in document.keys:
            sourced.keys[path] = document.keys[written]
        if isinstance(raw, Mapping):
            if path and "value" in raw:  # a whole file is no single value
                sourced.origins[path] = _origin(document, written, path, raw, problems)
                return walk(raw["value"], (*written, "value"), path)
            return {key: walk(item, (*written, key), (*path, key)) for key, item in raw.items()}
        if isinstance(raw, list):
            return [walk(item, (*written, i), (*path, i)) for i, item in enumerate(raw)]
        return raw

    sourced.data = walk(document.data, (), ())
    return sourced, problems


def _origin(document: Document, written: Path, path: Path, raw: Mapping[str, Any], problems: list[Problem]) -> Origin:
    mark = document.mark((*written, "value"))

    def wrong(message: str, key: str, at_key: bool = False) -> None:
        problems.append(Problem(message, document.mark((*written, key), at_key), dotted(path)))

    for key in raw:
        if key not in _KEYS:
            wrong(f"unknown key '{key}' in a value with a source{did_you_mean(key, _KEYS)}", key, True)
    texts = {key: raw.get(key) for key in ("unit", "kind", "source", "page", "note")}
    for key, text in texts.items():
        if text is not None and not isinstance(text, str):
            wrong(f"{key} must be text", key)
            texts[key] = str(text)
    kind = texts["kind"]
    if kind is None:
        wrong(f"a value with a source needs its kind: {', '.join(KINDS)}", "value")
    elif kind not in KINDS:
        wrong(f"kind must be one of {', '.join(KINDS)} (got '{kind}'){did_you_mean(str(kind), KINDS)}", "kind")
    if not texts["source"]:
        wrong("a value with a source needs `source:`", "value")
    span = raw.get("range")
    if span is not None:
        ends = span if isinstance(span, list) else []
        numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
        if len(ends) != 2 or len(numbers) != 2 or numbers[0] > numbers[1]:
            wrong("range must be two numbers, the lower one first", "range")
            span = None
        elif is_number(raw["value"]) and not numbers[0] <= raw["value"] <= numbers[1]:
            message = f"the range from {numbers[0]:g} to {numbers[1]:g} does not hold the value {raw['value']:g}"
            place = (*written, "range")
            problems.append(Problem(message, document.mark(place), dotted((*path, "range"))))
    return Origin(
        mark=mark,
        kind=str(kind or ""),
        source=str(texts["source"] or ""),
        page=str(texts["page"] or ""),
        unit=str(texts["unit"] or ""),
        range=(float(span[0]), float(span[1])) if span else None,
        note=str(texts["note"] or ""),
    )


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether this is a number that can be reckoned with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


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
