"""The tidy table: a row for each figure, as CSV (comma, decimal point, UTF-8, line feeds), and read back to the same.

A text that a spreadsheet would carry out as a formula gets an apostrophe in front, and one that has an apostrophe
before such a sign one more, so that each can be taken away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from simulation.municipal.notes import TIDY, note
from simulation.municipal.periods import LENGTHS, Kind, Period
from simulation.municipal.sheets import Row
from simulation.municipal.table import Observation, Table, is_total
from simulation.scenario.files.problems import InputProblems, Mark, Problem

BEFORE = ("area", "area_code", "publisher", "table", "measure")
AFTER = ("totals", "period", "period_kind", "period_start", "period_length", "value", "missing", "unit", "file",
         "extracted", "extracted_by")  # fmt: skip
"""Columns before and after those of the groups."""
OF_GROUP = "group: "
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def tidy_text(table: Table) -> str:
    """The table as text."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\n").writerow
    write([*BEFORE, *map(_safe, map(_heading, table.groups)), *AFTER])
    for each in table.observations:
        totals = [name for name, label in zip(table.groups, each.groups, strict=True) if is_total(label)]
        if is_total(each.area):
            totals.insert(0, "area")
        texts = (each.area, each.code, table.publisher, table.table, each.measure, *each.groups, "; ".join(totals),
                 each.period.text, each.period.kind, each.period.start, each.period.length)  # fmt: skip
        rest = (each.unit, table.file, table.extracted, table.extracted_by)
        write([*map(_safe, texts), each.value, each.missing, *map(_safe, rest)])
    return out.getvalue()


def is_tidy(rows: Sequence[Row]) -> bool:
    """Whether rows of a CSV file are a table that has been written here."""
    heads = tuple(rows[0]) if rows else ()
    return heads[: len(BEFORE)] == BEFORE and heads[-len(AFTER) :] == AFTER


def read_tidy(rows: Sequence[Row], file: str) -> Table:
    """The table in rows of a CSV file. Raises InputProblems with each row that has been changed into something else."""
    heads = [cell or "" for cell in rows[0]]
    groups = tuple(_bare(head).removeprefix(OF_GROUP) for head in heads[len(BEFORE) : -len(AFTER)])
    found: list[Observation] = []
    problems: list[Problem] = []
    facts: tuple[str, ...] = ()

    def wrong(message: str, line: int) -> None:
        problems.append(Problem(message, Mark(file, line, 1)))

    for number, row in enumerate(rows[1:], 2):
        cells = [_bare(cell or "") for cell in row]
        if len(cells) != len(heads):
            wrong(f"the row has {len(cells)} cells, and there are {len(heads)} headings", number)
            continue
        area, code, publisher, name, measure = cells[: len(BEFORE)]
        _, text, kind, start, length, _, _, unit, source, extracted, by = cells[-len(AFTER) :]
        value, missing = row[-len(AFTER) + 5] or "", row[-len(AFTER) + 6] or ""
        known = _kind(kind)
        if known is None or LENGTHS[known] != length or not re.fullmatch(r"\d{4}-\d\d-\d\d", start):
            wrong(f"'{text}', {kind}, {start}, {length} is no period as it is written here", number)
        elif bool(value) == bool(missing) or (value and not _NUMBER.fullmatch(value)):
            wrong("either a value with a decimal point is due, or a sign for a missing one", number)
        else:
            facts = facts or (source, publisher, name, extracted, by)
            period = Period(text, known, start)
            labels = tuple(cells[len(BEFORE) : -len(AFTER)])
            found.append(Observation(area, code, labels, period, measure, unit, value, missing))
    if problems or not found:
        raise InputProblems(problems[:10] or [Problem("there are headings, and no row below them", Mark(file, 1, 1))])
    source, publisher, name, extracted, by = facts
    return Table(source, note(TIDY), publisher, name, extracted, by, groups, tuple(found))


def _kind(text: str) -> Kind | None:
    return next((kind for kind in LENGTHS if kind == text), None)


def _heading(group: str) -> str:
    """The heading of a group; one that is called as another column is gets a word in front."""
    return f"{OF_GROUP}{group}" if group in (*BEFORE, *AFTER) or group.startswith(OF_GROUP) else group


def _safe(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _bare(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
