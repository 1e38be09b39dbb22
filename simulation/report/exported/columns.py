"""The names of DREAM's columns: a week is `y_YYWW` by its ISO year and week, a month `grad_YYYY_MM`.

Years have two digits, and 90 begins with 1990, so a register may go from 1990 to 2089. Week 53 is there in the years
that have one. A week is of the month, and of the year, of its Thursday.
"""

from __future__ import annotations

import datetime
import re

FIRST_YEAR, LAST_YEAR = 1990, 2089
WEEK_COLUMN = re.compile("y_([0-9]{2})([0-9]{2})", re.IGNORECASE)
MONTH_COLUMN = re.compile("(grad|branche)_([0-9]{4})_([0-9]{2})", re.IGNORECASE)
MONTHS_FROM = 2008
"""Months stand in the register from this year on."""
ONE_WEEK = datetime.timedelta(weeks=1)


class NoSuchWeek(ValueError):
    """A week that DREAM has no column for, or a column of no week; its text says which."""


def monday_of(start: str, week: int) -> datetime.date:
    """The Monday of a week counted from an ISO week (`2025-W01`) on."""
    return datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), 1) + week * ONE_WEEK


def column_of(monday: datetime.date) -> str:
    """The column of the week that begins on this Monday. Raises NoSuchWeek outside of 1990 to 2089."""
    year, week, _ = monday.isocalendar()
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchWeek(f"DREAM has columns for {FIRST_YEAR} to {LAST_YEAR} (got {year}-W{week:02})")
    return f"y_{year % 100:02}{week:02}"


def monday_in(column: str) -> datetime.date | None:
    """The Monday of the week that a column is of; None: it is no column of a week. Raises NoSuchWeek for one that the
    year does not have."""
    if (found := WEEK_COLUMN.fullmatch(column)) is None:
        return None
    year, week = int(found[1]), int(found[2])
    year += 1900 if year >= FIRST_YEAR % 100 else 2000
    try:
        return datetime.date.fromisocalendar(year, week, 1)
    except ValueError:
        last = datetime.date(year, 12, 28).isocalendar().week
        raise NoSuchWeek(f"'{column}': {year} has weeks 1 to {last}") from None


def month_of(monday: datetime.date) -> str:
    """The month of a week, that of its Thursday: `2020_12`."""
    thursday = monday + datetime.timedelta(days=3)
    return f"{thursday.year}_{thursday.month:02}"


def whole_months(mondays: list[datetime.date]) -> dict[str, range]:
    """By month which of these weeks, which follow each other, it has: the months of which all are there."""
    found: dict[str, range] = {}
    for at, monday in enumerate(mondays):
        month = month_of(monday)
        found[month] = range(found[month].start if month in found else at, at + 1)
    cut = [month_of(monday) for monday in (mondays[0] - ONE_WEEK, mondays[-1] + ONE_WEEK)] if mondays else []
    return {month: weeks for month, weeks in found.items() if month not in cut}
