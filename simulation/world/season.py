"""Season: what differs by the time of the year, exits and the minutes of staff. Without the block there is none.

Where a week lies in the year follows from the scenario's `start`: it has its ISO week, and belongs to the month of its
Thursday, as ISO weeks belong to the year of theirs.

What the evidence says. Statistics print the season of the number on benefit, which is made by inflow and exits
together and says nothing of exits alone. No profile of exits by month, and none of staff on holiday, has been read. So
values are assumed: base_2027_dagpenge has half of the season of the stock in exits to jobs, and half in its inflow.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from typing import Annotated

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field

from simulation.world.spec import Factor, Floats, Ints, Share, Spec, unit, whole_keys, wrong_key
from simulation.world.switch import Switch

MONTHS, ISO_WEEKS = 12, 53
THURSDAY = 4


def _numbered(raw: object, last: int, what: str) -> object:
    """A mapping whose keys are numbers from 1 to the last."""
    if not isinstance(raw, Mapping):
        return raw
    by_number = whole_keys(raw, "{7: 0.5, 12: 0.8}", what)
    for number in by_number:
        if not 1 <= number <= last:
            raise wrong_key(str(number), f"'{number}' is not {what}: they are 1 to {last}")
    return by_number


def _whole_year(factors: dict[int, float]) -> dict[int, float]:
    if missing := [month for month in range(1, MONTHS + 1) if month not in factors]:
        raise ValueError(f"give a factor for each of the {MONTHS} months (missing: {', '.join(map(str, missing))})")
    if not any(factors.values()):
        raise ValueError("every month has factor 0: give the exit level 0 instead")
    return factors


Month = Annotated[int, Field(ge=1, le=MONTHS)]
WeekOfYear = Annotated[int, Field(ge=1, le=ISO_WEEKS)]
FactorsByMonth = Annotated[
    dict[Month, Factor],
    BeforeValidator(lambda raw: _numbered(raw, MONTHS, "a month")),
    AfterValidator(_whole_year),
    unit("factor"),
]
SharesByMonth = Annotated[
    dict[Month, Share], BeforeValidator(lambda raw: _numbered(raw, MONTHS, "a month")), unit("share")
]
SharesByIsoWeek = Annotated[
    dict[WeekOfYear, Share], BeforeValidator(lambda raw: _numbered(raw, ISO_WEEKS, "an ISO week")), unit("share")
]


class StaffSeason(Spec):
    """Minutes of staff by the time of the year, the same in all teams. They are paid all the same."""

    months: Annotated[
        SharesByMonth,
        Field(description="Share of its minutes_per_week that a team has in the weeks of a calendar month; absent: 1"),
    ] = {}
    weeks: Annotated[
        SharesByIsoWeek, Field(description="The same of an ISO week (1 to 53), in the place of its month's")
    ] = {}


class Season(Spec):
    """What differs by the time of the year; each part is left out where nothing does."""

    exits: Annotated[
        dict[str, FactorsByMonth],
        Field(
            description="Factors on the intensity of a destination by calendar month (1 to 12), the same for everybody "
            "on benefit; scaled to a mean of 1 over the twelve months, so that `level` is that of the whole year"
        ),
    ] = {}
    minutes: Annotated[
        StaffSeason | None,
        Field(description="Minutes of staff by the time of the year; absent: the same in every week"),
    ] = None


ByTheYear = Annotated[
    Season | None, Field(description="What differs by the time of the year; absent: nothing"), Switch("season")
]


def time_of_year(start: str, weeks: int) -> tuple[Ints, Ints]:
    """The calendar month (that of its Thursday) and the ISO week of every week of a run; each of shape (weeks,)."""
    thursday = datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), THURSDAY)
    days = [thursday + datetime.timedelta(weeks=week) for week in range(weeks)]
    return np.array([day.month for day in days]), np.array([day.isocalendar().week for day in days])


def relative(factors: Mapping[int, float]) -> Floats:
    """Factors of January to December, scaled to a mean of 1 over the twelve months: shape (12,)."""
    values = [factors[month] for month in range(1, MONTHS + 1)]
    return np.array(values) * MONTHS / math.fsum(values)  # in this order twelve equal ones give exactly 1


def exit_factors(season: Season | None, destinations: Sequence[str], start: str, weeks: int) -> Floats | None:
    """Factor on the intensity of each destination in each week of a run, shape (destinations, weeks); None: no season
    of exits."""
    if season is None or not season.exits:
        return None
    month, _ = time_of_year(start, weeks)
    plain = dict.fromkeys(range(1, MONTHS + 1), 1.0)
    return np.array([relative(season.exits.get(name, plain))[month - 1] for name in destinations])


def minutes_shares(season: Season | None, start: str, weeks: int) -> Floats | None:
    """Share of its full minutes that staff has in each week of a run, shape (weeks,); None: always all of them."""
    if season is None or season.minutes is None:
        return None
    by_month, by_week = season.minutes.months, season.minutes.weeks
    pairs = zip(*(each.tolist() for each in time_of_year(start, weeks)), strict=True)
    return np.array([by_week.get(week, by_month.get(month, 1.0)) for month, week in pairs])
