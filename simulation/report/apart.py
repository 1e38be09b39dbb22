"""What differs between two results folders. Nothing is run: it is read from manifests and tables."""

from __future__ import annotations

import math
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from simulation.report.cells import NAMING, in_words, read_rows
from simulation.report.words import grid
from simulation.results.tables.manifest import altered, read_manifest, within
from simulation.scenario.files.problems import shortened
from simulation.scenario.files.regular import content_of

MAIN = {"outcomes": "value", "sweep": "value", "differences": "difference"}
"""Tables in which outcomes are told by how much they differ, with the column."""
MOST_VALUES, MOST_OUTCOMES = 40, 25


@dataclass(frozen=True)
class Moved:
    """A figure in both folders. `errors` is the difference over the larger half-width of both intervals, NaN where
    there is none."""

    table: str
    row: str
    a: float
    b: float
    unit: str
    errors: float
    course: bool


@dataclass
class Apart:
    """What differs: facts (version, seed, ...) and values of the input, each from and to; files that are not as
    written; tables that only one has, and in how many rows the others differ; and the outcomes that moved, the furthest
    first."""

    a: str
    b: str
    facts: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    values: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    altered: list[str] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)

    @property
    def differ(self) -> bool:
        """Whether anything does."""
        return bool(self.facts or self.values or self.altered or self.tables or self.moved)

    def as_dict(self) -> dict[str, Any]:
        """For JSON; NaN becomes None."""
        moved = [{k: None if v != v else v for k, v in asdict(each).items()} for each in self.moved]
        return {**asdict(self), "moved": moved, "differ": self.differ}


def apart(a: pathlib.Path, b: pathlib.Path) -> Apart:
    """Hold two results folders against each other. Raises Damaged."""
    first, second = read_manifest(a), read_manifest(b)
    found = Apart(str(a), str(b))
    for folder, manifest in ((a, first), (b, second)):
        found.altered += [f"{folder / place} is {what}" for place, what in altered(folder, manifest).items()]
    before, after = dict(_facts(first)), dict(_facts(second))
    found.facts = _apart(before, after)
    found.values = _apart(dict(_values(first)), dict(_values(second)))
    for place in dict.fromkeys([*first["tables"], *second["tables"]]):
        if place not in first["tables"] or place not in second["tables"]:
            found.tables[place] = f"only in {a if place in first['tables'] else b}"
        elif first["tables"][place] != second["tables"][place]:
            _hold(found, place, a, b)
    found.moved.sort(key=lambda m: (m.course, -m.errors if m.errors == m.errors else 0.0, m.table, m.row))
    return found


def apart_text(found: Apart) -> str:
    """In words and columns."""
    lines = [f"A: {found.a}", f"B: {found.b}", ""]
    lines += [f"{sentence}." for sentence in found.altered]
    if not found.differ:
        return "\n".join([*lines, "Nothing differs."])
    for title, pairs in (("", found.facts), ("Input", found.values)):
        rows = [[key, _shown(before), _shown(after)] for key, (before, after) in pairs.items()]
        if rows and title:
            lines += ["", f"{title} ({len(rows)} values differ):"]
        lines += [grid([["", "A", "B"], *rows[:MOST_VALUES]])] if rows else []
        lines += [f"... and {len(rows) - MOST_VALUES} more (--json has them all)."] if len(rows) > MOST_VALUES else []
    if found.values == {}:
        lines += ["", "The values of the input are the same."]
    whole = [moved for moved in found.moved if not moved.course]
    if whole:
        rows = [["table", "of", "A", "B", "B − A", "in half-widths", "unit"]]
        rows += [
            [m.table, m.row, f"{m.a:.5g}", f"{m.b:.5g}", f"{m.b - m.a:+.4g}", "–" if m.errors != m.errors else
             f"{m.errors:.1f}", m.unit]
            for m in whole[:MOST_OUTCOMES]
        ]  # fmt: skip
        note = "half-width: of the wider 95 % interval"
        lines += ["", f"Outcomes over the whole follow-up ({len(whole)} differ; {note}):"]
        lines.append(grid(rows))
        if len(whole) > MOST_OUTCOMES:
            lines.append(f"... and {len(whole) - MOST_OUTCOMES} more (--json has them all).")
    if len(found.moved) > len(whole):
        lines.append(f"And {len(found.moved) - len(whole)} figures of single weeks or months.")
    if found.tables:
        lines += ["", "Tables:", *(f"{place}: {what}" for place, what in found.tables.items())]
    return "\n".join(lines)


def _facts(manifest: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    program, git = manifest.get("program") or {}, manifest.get("git") or {}
    request = manifest.get("request") or {}
    yield "command", request.get("command")
    yield "program", f"{program.get('version')}, text {str(program.get('text'))[:12]}"
    yield "git commit", str(git["commit"])[:12] + (" and changes" if git.get("dirty") else "") if git else None
    yield from (manifest.get("versions") or {}).items()
    yield "replications", manifest["replications"].get("done")
    yield "complete", manifest["complete"]
    for number, scenario in enumerate(manifest["scenarios"], 1):
        label = "" if len(manifest["scenarios"]) == 1 else f" {number}"
        for key in ("name", "file", "seed"):
            yield f"{key}{label}", scenario.get(key)


def _values(manifest: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for number, scenario in enumerate(manifest["scenarios"], 1):
        label = "" if len(manifest["scenarios"]) == 1 else f"{number}: "
        for row in scenario.get("values", ()):
            if row["path"] not in ("seed", "replications", "name"):  # told already
                yield label + row["path"], row["value"]


def _apart(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    keys = dict.fromkeys([*before, *after])
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def _hold(found: Apart, place: str, a: pathlib.Path, b: pathlib.Path) -> None:
    """Hold a table that both have against each other, row by what the row is of."""
    try:
        first, second = (_indexed(content_of(within(folder, place)).decode()) for folder in (a, b))
    except (OSError, ValueError):
        found.tables[place] = "cannot be read"
        return
    rows = dict.fromkeys([*first, *second])
    differing = [row for row in rows if first.get(row) != second.get(row)]
    only = [sum(row not in table for row in rows) for table in (second, first)]
    parts = [f"{len(differing)} of {len(rows)} rows differ"]
    parts += [f"{count} only in {which}" for count, which in zip(only, "AB", strict=True) if count]
    found.tables[place] = ", ".join(parts)
    name = pathlib.PurePosixPath(place).stem
    column = next((column for table, column in MAIN.items() if name == table or name.endswith(f"_{table}")), None)
    for row in differing if column is not None else ():
        assert column is not None
        if row not in first or row not in second:
            continue
        ends = [{key: _number(each.get(key, "")) for key in (column, "low", "high", "diff_low", "diff_high")}
                for each in (first[row], second[row])]  # fmt: skip
        values = [end[column] for end in ends]
        if values[0] == values[1] or all(map(math.isnan, values)):
            continue
        widths = [(end["high"] - end["low"]) / 2 for end in ends]
        wide = max((width for width in widths if width > 0), default=math.nan)
        clock = any(key in ("week", "month") and value for key, value in row)
        errors = abs(values[1] - values[0]) / wide
        found.moved.append(
            Moved(name, in_words(row), values[0], values[1], second[row].get("unit", ""), errors, clock)
        )


def _indexed(text: str) -> dict[tuple[tuple[str, str], ...], dict[str, str]]:
    """The rows of a table by what they are of; where that is not enough to tell them apart, by their place too."""
    head, *rows = read_rows(text)
    known: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
    for row in rows:
        cells = dict(zip(head, row, strict=False))
        name = tuple((key, cells[key]) for key in head if key in NAMING)
        number, free = 1, name
        while free in known:
            number += 1
            free = (*name, ("", f"no. {number}"))
        known[free] = cells
    return known


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _shown(value: Any) -> str:
    return shortened("–" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value), 50)
