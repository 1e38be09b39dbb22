"""A sheet of cells, as every reader makes it: texts in rows, each with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from simulation.municipal.notes import Note
from simulation.scenario.files.problems import Mark

Cell = str | None
"""None is the null of JSON. A number that the file keeps as one is a `figures.Written`."""
Row = list[Cell]


@dataclass(frozen=True)
class Facts:
    """What a file says of itself, or what is told by its kind; empty where it says nothing."""

    publisher: str = ""
    table: str = ""
    title: str = ""
    extracted: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    """By the name of the measure; "" is for all others."""


@dataclass(frozen=True)
class Sheet:
    """`rows[0]` is the row of headings where `flat`; else it lies somewhere.

    `place(row, column)` counts from 0. `form` names the kind of file, `roles` are columns whose role is known without
    their heading, `merged` are first row, first column, last row, last column of cells that are one. `notes` are what
    happened on the way.
    """

    file: str
    form: Note
    rows: list[Row]
    place: Callable[[int, int], Mark]
    flat: bool = True
    roles: Mapping[int, str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    facts: Facts = Facts()
    notes: tuple[Note, ...] = ()


def letters(column: int) -> str:
    """A column as a spreadsheet names it, from 0: A, B, ..., AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
