"""Tables as CSV: the stored ones (comma, decimal point, UTF-8), and others for the spreadsheets of a country.

A text that a spreadsheet would carry out as a formula gets an apostrophe in front, by which spreadsheets know a text.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

FORMULA = re.compile(r"[=+\-@\t\r]")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")


@dataclass(frozen=True)
class Locale:
    """How tables are written for the spreadsheets of a country."""

    separator: str
    decimal: str
    mark: str
    """What the file begins with, so that spreadsheets know that it is UTF-8."""


STORED = Locale(",", ".", "")
LOCALES: Mapping[str, Locale] = {"da": Locale(";", ",", "\ufeff")}
"""By the name that `--locale` takes; tables lie in the folder `tables-<name>`."""


def csv_text(frame: pd.DataFrame, locale: Locale = STORED) -> str:
    """A table as text, lines ended by a line feed. In the stored form, numbers can be read back to the last bit."""
    import pandas as pd

    safe = frame.copy()
    for position, (_, column) in enumerate(frame.items()):
        if not pd.api.types.is_numeric_dtype(column.dtype):
            cells = np.empty(len(frame), dtype=object)
            cells[:] = [_cell(cell, locale) for cell in column]
            safe.isetitem(position, cells)
    safe.columns = pd.Index([as_text(str(name)) for name in frame.columns])
    return locale.mark + safe.to_csv(index=False, sep=locale.separator, decimal=locale.decimal, lineterminator="\n")


def write_locale(folder: pathlib.Path, tables: Mapping[str, pd.DataFrame], name: str) -> list[pathlib.Path]:
    """Write tables for the spreadsheets of a country into `tables-<name>` of a folder. Raises OSError, KeyError."""
    place = folder / f"tables-{name}"
    place.mkdir(parents=True, exist_ok=True)
    files = [place / f"{table}.csv" for table in tables]
    for file, frame in zip(files, tables.values(), strict=True):
        file.write_bytes(csv_text(frame, LOCALES[name]).encode())
    return files


def as_text(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet would carry it out; a number is no such text."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text


def _cell(cell: Any, locale: Locale) -> Any:
    """A cell of a column of mixed kinds."""
    if isinstance(cell, str):
        return as_text(cell)
    if isinstance(cell, float) and cell == cell and locale.decimal != ".":
        return repr(float(cell)).replace(".", locale.decimal)
    return cell
