"""Stored tables held against others, cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from simulation.world.labels import Label, Sentence

NAMING = (
    "compared", "replication", "point", "outcome", "count", "name", "path", "intervention", "group", "jobcentre",
    "team", "week", "month", "run_week",
)  # fmt: skip
"""Columns that tell what a row is of."""
NUMBERED = ("replication", "point", "week", "month", "run_week")


EMPTY = Label("empty", "tom")
DIFFERS = Label("{file}, row {line}{of}, column {column}: {stored} is stored, {other} is right",
                "{file}, række {line}{of}, kolonne {column}: {stored} er gemt, {other} er rigtigt")  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A cell that differs: its line in the file (1 is the header), what the row is of, the column, and both texts."""

    file: str
    line: int
    row: str
    column: str
    stored: str
    other: str

    @property
    def sentence(self) -> Sentence:
        """In words."""
        return DIFFERS.filled(
            file=self.file, line=self.line, of=f" ({self.row})" if self.row else "", column=self.column,
            stored=self.stored or EMPTY.filled(), other=self.other or EMPTY.filled(),
        )  # fmt: skip


def read_rows(text: str) -> list[list[str]]:
    """The rows of a CSV text, the header first."""
    return list(csv.reader(io.StringIO(text)))


def cells_that_differ(file: str, stored: str, other: str, alone: Collection[str] = ()) -> Iterator[Cell]:
    """Where a stored table is not as another text of it, in the columns that both have; those named in `alone` may be
    in the stored one only."""
    before, after = read_rows(stored), read_rows(other)
    heads = [rows[0] if rows else [] for rows in (before, after)]
    for column in dict.fromkeys(heads[0] + heads[1]):
        if heads[0].count(column) != heads[1].count(column) and (column not in alone or column in heads[1]):
            yield Cell(file, 1, "", column, *("there" if column in head else "" for head in heads))
    shared = [(c, heads[0].index(c), heads[1].index(c)) for c in heads[0] if c in heads[1]]
    for line, (row, anew) in enumerate(zip_longest(before[1:], after[1:]), 2):
        if row is None or anew is None:
            of = row_name(heads[row is None], row or anew or [])
            yield Cell(file, line, of, "(all)", "" if row is None else "a row", "" if anew is None else "a row")
            continue
        for column, a, b in shared:
            texts = (row[a] if a < len(row) else "", anew[b] if b < len(anew) else "")
            if texts[0] != texts[1]:
                yield Cell(file, line, row_name(heads[1], anew), column, *texts)


def row_name(head: Sequence[str], row: Sequence[str]) -> str:
    """What a row is of, in words."""
    named = dict(zip(head, row, strict=False))
    return in_words([(column, named[column]) for column in NAMING if column in named])


def in_words(named: Sequence[tuple[str, str]]) -> str:
    """Columns and cells that name a row, in words."""
    return ", ".join(f"{column} {cell}" if column in NUMBERED else cell for column, cell in named if cell)
