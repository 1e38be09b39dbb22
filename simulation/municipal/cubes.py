"""Tables of Statistics Denmark as dimensions and one long list of values, made into a sheet with a row for each."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from simulation.municipal.contents import Content
from simulation.municipal.notes import note
from simulation.municipal.periods import looks_like_one
from simulation.municipal.sheets import Cell, Facts, Row, Sheet
from simulation.scenario.files.problems import Mark
from simulation.world.labels import Label

PUBLISHER = "Statistics Denmark"
MOST_VALUES = 5_000_000


@dataclass(frozen=True)
class Dimension:
    """`role` is area, period, group or name (it names what is measured)."""

    name: str
    codes: Sequence[str]
    labels: Sequence[str]
    role: str = "group"


def size(dimensions: Sequence[Dimension]) -> int:
    """How many values there must be."""
    return math.prod(len(one.codes) for one in dimensions)


def sheet_of_cube(
    content: Content, form: Label, dimensions: Sequence[Dimension], values: Sequence[Cell],
    place: Callable[[int], Mark], measure: str, facts: Facts,
) -> Sheet:  # fmt: skip
    """The values with the labels of their dimensions, the last of which runs fastest; of areas the codes as well.
    `measure` is what is measured where no dimension says it."""
    heads: Row = []
    roles: dict[int, str] = {}

    def column(name: str, role: str) -> None:
        roles[len(heads)] = role
        heads.append(name)

    columns: list[list[list[str]]] = []
    for one in dimensions:
        column(one.name, one.role)
        shown = one.labels
        if one.role == "period" and not all(map(looks_like_one, one.labels)) and all(map(looks_like_one, one.codes)):
            shown = one.codes
        cells = [[label] for label in shown]
        if one.role == "area":
            column(f"{one.name} (code)", "code")
            cells = [[label, code] for label, code in zip(one.labels, one.codes, strict=True)]
        columns.append(cells)
    named = any(one.role == "name" for one in dimensions)
    if not named:
        column("measure", "name")
    column("value", "value")
    rows: list[Row] = [heads]
    for parts, value in zip(product(*columns), values, strict=True):
        rows.append([*(cell for part in parts for cell in part), *([] if named else [measure]), value])
    return Sheet(content.file, note(form), rows, lambda row, _: place(max(row - 1, 0)), roles=roles, facts=facts,
                 notes=content.notes)  # fmt: skip
