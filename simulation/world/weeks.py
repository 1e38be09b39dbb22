"""ISO weeks: how they are written, and how many lie between two of them."""

from __future__ import annotations

import datetime
import re
from typing import Annotated

from pydantic import BeforeValidator

from simulation.world.spec import unit

FIRST_YEAR, LAST_YEAR = 1900, 2999
WRITTEN = re.compile("[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])")


def iso_week(text: object) -> str:
    """The text of an ISO week that exists. Raises ValueError, also of a number."""
    if not isinstance(text, str) or not WRITTEN.fullmatch(text):
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


def week_after(start: str, weeks: int) -> str:
    """The ISO week so many weeks after one."""
    monday = datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), 1) + datetime.timedelta(weeks=weeks)
    year, number, _ = monday.isocalendar()
    return f"{year}-W{number:02}"


def first_of_month(week: str) -> str:
    """The first ISO week of the calendar month that a week belongs to: that of its Thursday."""
    thursday = datetime.date.fromisocalendar(int(week[:4]), int(week[-2:]), 4)
    year, number, _ = (thursday - datetime.timedelta(weeks=(thursday.day - 1) // 7)).isocalendar()
    return f"{year}-W{number:02}"


IsoWeek = Annotated[str, BeforeValidator(iso_week), unit("ISO week")]
