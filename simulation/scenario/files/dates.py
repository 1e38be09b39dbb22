"""Values that change at a date: `fte: {value: 2, from: {2016-W48: 6, 2019-W01: 0}}`.

The value before the first date stands at its place, as any other; the changes are kept beside it. The place of a change
is that of the value, `from`, and the ISO week: teams.projekt.fte.from.2016-W48.
"""

from __future__ import annotations

import datetime
import re

from simulation.scenario.files.yamlfile import Path

FROM = "from"
FIRST_YEAR, LAST_YEAR = 1900, 2999
EXAMPLE = "{value: 2, from: {2016-W48: 6}}"
_WEEK = re.compile("[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])")


def iso_week(text: str) -> str:
    """The text of an ISO week that exists. Raises ValueError."""
    if not _WEEK.fullmatch(text):
        raise ValueError(f"'{text}' is not an ISO week; write for example 2010-W44")
    year, week = int(text[:4]), int(text[-2:])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the year must lie between {FIRST_YEAR} and {LAST_YEAR} (got {text})")
    if week > (weeks := datetime.date(year, 12, 28).isocalendar().week):  # 28 December lies in the last one
        raise ValueError(f"{year} has {weeks} weeks (got {text})")
    return text


def weeks_between(start: str, week: str) -> int:
    """Weeks from one ISO week to another, negative if that lies before."""
    first, then = (datetime.date.fromisocalendar(int(text[:4]), int(text[-2:]), 1) for text in (start, week))
    return (then - first).days // 7


def of_change(path: Path) -> int | None:
    """How long the path of the value is that changes here; None if this is no place of a change."""
    for n in range(1, len(path) - 1):
        if path[n] == FROM and _WEEK.fullmatch(str(path[n + 1])):
            return n
    return None


def undated(path: Path) -> Path:
    """The same place without a date."""
    n = of_change(path)
    return path if n is None else (*path[:n], *path[n + 2 :])
