"""What type the columns of a stored table are of, as `schema.json` says it, and tables read back by it."""

from __future__ import annotations

import csv
import io
import json
import pathlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulation.scenario.files.regular import content_of

if TYPE_CHECKING:
    import pandas as pd

NUMBER, WHOLE, BOOLEAN, TEXT, EMPTY = "number", "whole number", "true or false", "text", "empty"
DTYPES: Mapping[str, Any] = {
    NUMBER: "float64", WHOLE: "Int64", BOOLEAN: "boolean", TEXT: "string", EMPTY: "string",
}  # fmt: skip
"""As which type of pandas a column is read."""


def types_of(frame: pd.DataFrame) -> dict[str, str]:
    """The type of every column: that of all its cells that have something in them; `empty` where none has."""
    return {str(name): _type_of(column) for name, column in frame.items()}


def _type_of(column: pd.Series) -> str:
    from pandas.api import types

    whole = {BOOLEAN: types.is_bool_dtype, WHOLE: types.is_integer_dtype, NUMBER: types.is_float_dtype}
    if of_dtype := [kind for kind, is_so in whole.items() if is_so(column.dtype)]:
        return of_dtype[0]
    known = column.dropna()
    known = known[known != ""]
    if known.empty:
        return EMPTY
    kinds = {"boolean": BOOLEAN, "integer": WHOLE, "floating": NUMBER, "mixed-integer-float": NUMBER}
    return kinds.get(types.infer_dtype(known), TEXT)


def read_table(folder: pathlib.Path | str, name: str) -> pd.DataFrame:
    """A table of a results folder (`outcomes`), each column of its type, numbers to the last bit, missing where a cell
    has nothing in it. Texts are as in the file: one that a spreadsheet would take for a formula begins with an
    apostrophe. Raises OSError where there is no such table."""
    import pandas as pd

    tables = pathlib.Path(folder) / "tables"
    types = json.loads(content_of(tables / "schema.json"))["types"]
    table = io.StringIO(content_of(tables / f"{name}.csv").decode("utf-8"), newline="")
    heads, *rows = list(csv.reader(table)) or [[]]
    columns = {}
    for position, head in enumerate(heads):
        kind = types[name][head]
        columns[head] = pd.array([_read(row[position], kind) for row in rows], dtype=DTYPES[kind])
    return pd.DataFrame(columns)


def _read(cell: str, kind: str) -> object:
    if cell == "":
        return float("nan") if kind == NUMBER else None
    if kind == BOOLEAN:
        return cell == "True"
    return float(cell) if kind == NUMBER else int(cell) if kind == WHOLE else cell
