"""A file in the shape of DREAM, read.

Columns go by their names, in any order and case: weeks are put in order of time, also across 1999/2000, and a week that
is missing between two others is a mistake. What else the file has is left alone.
"""

from __future__ import annotations

import datetime
import pathlib
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.report.exported.columns import MONTH_COLUMN, ONE_WEEK, NoSuchWeek, column_of, monday_in
from simulation.report.exported.dream import Dream
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.regular import refuse_what_is_no_file
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

PERSON = "pnr"
QUOTE = b'"'
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
MISSING = ["", ".", "NA", "NaN"]


def read_dream(file: pathlib.Path | str) -> Dream:
    """A register from CSV (comma or semicolon), Parquet or Stata, by the ending of its name. Raises InputProblems with
    everything that is wrong with it."""
    import pandas as pd

    path = pathlib.Path(file)
    try:
        refuse_what_is_no_file(path)
        if path.suffix == ".parquet":
            return dream_of(pd.read_parquet(path), path)
        if path.suffix == ".dta":
            return dream_of(pd.read_stata(path, convert_categoricals=False), path)
        return dream_of(_csv(path), path)
    except OSError as error:
        raise InputProblems([Problem(error.strerror or str(error), Mark(str(path), 0, 0))]) from None
    except ImportError as error:
        raise InputProblems([Problem(str(error), Mark(str(path), 0, 0))]) from None
    except (ValueError, pd.errors.ParserError, struct.error) as error:  # of pandas, of what is no such table
        raise InputProblems([Problem(f"this cannot be read as a table: {error}", Mark(str(path), 0, 0))]) from None


def _csv(path: pathlib.Path) -> pd.DataFrame:
    import pandas as pd

    with path.open("rb") as content:
        head = content.readline()
    if not head.strip():
        raise InputProblems([Problem("the file is empty", Mark(str(path), 0, 0))])
    if head.startswith(MARKS[1:]):
        raise InputProblems([Problem("this is UTF-16; store it as UTF-8", Mark(str(path), 1, 1))])
    separator = ";" if head.count(b";") > head.count(b",") else ","
    decimal = "," if separator == ";" else "."
    text = head.removeprefix(MARKS[0]).decode("utf-8", errors="replace").strip()
    names = [name.strip('"') for name in text.split(separator)]
    _refuse_uneven(path, names, separator.encode())
    texts = {name: "str" for name in names if name.lower() == PERSON}
    return pd.read_csv(path, sep=separator, decimal=decimal, dtype=texts, na_values=MISSING, keep_default_na=False,
                       encoding="utf-8-sig", low_memory=False)  # fmt: skip


def _refuse_uneven(path: pathlib.Path, names: list[str], separator: bytes) -> None:
    """A line that was cut off would be read as weeks without benefit, and a heading that stands twice as another one.
    Raises InputProblems."""
    twice = [name for name, many in Counter(names).items() if many > 1]
    problems = [Problem(f"'{name}' stands here twice", Mark(str(path), 1, 1)) for name in twice]
    with path.open("rb") as lines:
        for number, row in _rows(lines):
            if (fields := _fields(row, separator)) != len(names):
                message = f"this line has {fields} fields, and the headings are {len(names)}"
                problems.append(Problem(message, Mark(str(path), number, 1)))
                break
    if problems:
        raise InputProblems(problems)


def _rows(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Every row that is not empty, with the number of its first line: what stands in quotes may have several."""
    row: list[bytes] = []
    quotes = 0
    for number, line in enumerate(lines, start=1):
        row.append(line)
        quotes += line.count(QUOTE)
        if quotes % 2 == 0:
            if line.strip() or len(row) > 1:
                yield number + 1 - len(row), b"".join(row)
            row = []


def _fields(row: bytes, separator: bytes) -> int:
    """How many fields a row has; a separator in quotes is none."""
    outside = b"".join(row.split(QUOTE)[::2]) if QUOTE in row else row
    return outside.count(separator) + 1


def dream_of(frame: pd.DataFrame, file: pathlib.Path | str = "") -> Dream:
    """A register from a table with its columns. Raises InputProblems with everything that is wrong."""
    problems: list[Problem] = []

    def wrong(message: str, line: int = 1, column: int = 1) -> None:
        problems.append(Problem(message, Mark(str(file), line, column)))

    heads = [str(name) for name in frame.columns]
    persons = [n for n, head in enumerate(heads) if head.lower() == PERSON]
    if len(persons) != 1:
        wrong(f"one column must be called {PERSON.upper()} (there are {len(persons)})")
    weeks: dict[datetime.date, int] = {}
    months: dict[str, int] = {}
    for n, head in enumerate(heads):
        try:
            monday = monday_in(head)
        except NoSuchWeek as error:
            wrong(str(error), column=n + 1)
            continue
        found = MONTH_COLUMN.fullmatch(head)
        if monday in weeks or (found and f"{found[1].lower()}_{found[2]}_{found[3]}" in months):
            wrong(f"'{head}' stands here twice", column=n + 1)
        elif monday is not None:
            weeks[monday] = n
        elif found:
            months[f"{found[1].lower()}_{found[2]}_{found[3]}"] = n
    if not weeks:
        wrong("there is no column of a week, such as y_2053")
    mondays = sorted(weeks)
    for before, after in pairwise(mondays):
        if after - before != ONE_WEEK:
            wrong(f"{column_of(before + ONE_WEEK)} is missing between {column_of(before)} and {column_of(after)}")
    graded = sorted(name for name in months if name.startswith("grad_"))
    codes = _numbers(frame, [weeks[monday] for monday in mondays], wrong, 1, 999, whole=True)
    ratios = _numbers(frame, [months[name] for name in graded], wrong, 0, 100, whole=False)
    if len(persons) == 1:
        _once_each(frame.iloc[:, persons[0]], wrong, persons[0] + 1)
    if problems:
        raise InputProblems(problems)
    return Dream(
        _names(frame.iloc[:, persons[0]]), mondays,
        np.nan_to_num(codes).astype(np.int16), [name.removeprefix("grad_") for name in graded], ratios,
    )  # fmt: skip


def _numbers(frame: pd.DataFrame, columns: Sequence[int], wrong: Any, least: float, most: float, whole: bool) -> Floats:
    """The numbers in these columns, NaN where nothing stands; what is none is told at its line."""
    import pandas as pd

    found = np.full((len(frame), len(columns)), np.nan)
    for place, n in enumerate(columns):
        column = frame.iloc[:, n]
        number = pd.to_numeric(column, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        bad = (np.isnan(number) & column.notna().to_numpy()) | (number < least) | (number > most)
        bad |= whole & (number != np.floor(number)) & ~np.isnan(number)
        if bad.any():
            at = int(bad.argmax())
            what = f"a whole number from {least:g} to {most:g}" if whole else f"a number from {least:g} to {most:g}"
            many = f" ({int(bad.sum())} such cells in this column)" if bad.sum() > 1 else ""
            wrong(f"{frame.columns[n]}: must be empty or {what} (got '{column.iloc[at]}'){many}", at + 2, n + 1)
        found[:, place] = number
    return found


def _names(persons: pd.Series[Any]) -> NDArray[np.object_]:
    """What persons are called; a number that Stata stores as 101010001.0 is called 101010001."""
    whole = persons.dtype.kind == "f" and (persons == np.floor(persons)).all()
    return (persons.astype("int64") if whole else persons).astype(str).to_numpy(dtype=object)


def _once_each(persons: pd.Series[Any], wrong: Any, column: int) -> None:
    if len(missing := np.flatnonzero(persons.isna())):
        wrong("a person without a number", int(missing[0]) + 2, column)
    if len(again := np.flatnonzero(persons.duplicated() & persons.notna())):
        wrong(f"{persons.iloc[again[0]]} stands here twice: a register has one row a person", int(again[0]) + 2, column)
