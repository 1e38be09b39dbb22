"""What the workbook is made of: sheets with a head and rows of texts and real numbers, each column with its format."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simulation.world.labels import Label


class Formula(NamedTuple):
    """What a cell reckons from others, such as "=A1*B1", and what that is as written: for whoever does not recalculate.
    """

    text: str
    value: float


Entry = str | float | int | Formula | None
UNIT_FORMATS = {"share": "0.0%", "weeks": "0.00", "DKK": "#,##0", "hours": "#,##0.0", "log hazard ratio": "0.000"}
"""How numbers of a unit are shown; others as `USUAL`."""
USUAL = "#,##0.0"
LONGEST_NAME = 31
"""Characters of the name of a sheet."""


@dataclass(frozen=True)
class Column:
    """The head of a column, and what it has: "text", "whole" numbers, any "number", a "level" in the unit of its row,
    a "difference" of such levels, a "price" to the øre, or numbers of one unit, such as "unit:share"."""

    head: str
    kind: str = "text"
    width: float = 0.0  # characters; 0: as wide as its texts


@dataclass(frozen=True)
class Series:
    """A chart: a line for every column of a range of rows against the first column, or bars with their intervals."""

    title: str
    x_axis: str
    y_axis: str
    first_row: int
    last_row: int
    label_column: int
    columns: Sequence[int]
    percent: bool = False
    names: Sequence[str] = ()
    """Of lines, what each is called; absent: the heads of the columns."""
    bars: tuple[int, int] | None = None
    """Of bars, the columns with the lower and the upper ends."""


@dataclass(frozen=True)
class Sheet:
    """One subject. `lines` stand above the table; `units` has the unit of each row, for the format of its numbers."""

    name: str
    about: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Entry]]
    units: Sequence[str] = ()
    lines: Sequence[str] = ()
    charts: Sequence[Series] = ()
    filtered: bool = True


def format_of(unit: str, difference: bool = False) -> str:
    """The number format of a unit."""
    plain = UNIT_FORMATS.get(unit, USUAL)
    return f"+{plain};-{plain};{plain}" if difference else plain


def first_row(lines: Sequence[str]) -> int:
    """The row of a sheet, counted from 0, that has the first of its rows, below so many lines and the head."""
    return len(lines) + 3


def known(value: float | None) -> float | None:
    """The number, or None (an empty cell) where there is none."""
    return None if value is None or not math.isfinite(value) else float(value)


def sheet_name(label: Label, language: str) -> str:
    """A name that every spreadsheet takes."""
    return label.told("da" if language == "da" else "en")[:LONGEST_NAME]
