"""A back-test: what the model of a place would have said a year ago, held against what came.

The stock of each of the twelve months ahead is the last level times the season, as in a study of the place. How sure
that is, earlier years of all places tell: each is predicted from one and two years before, and the squared errors of
the log are a part that places share and a part by size, a + b / stock, by months ahead. An error of a whole country
hits all places at once, so with few years behind it an interval is itself unsure, and coverage over places is of one
year.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from simulation.municipal.place import month_text
from simulation.municipal.season import YEAR, Floats, parts

AHEAD = 12
ORIGINS = (1, 2)
"""Years before the last month known from which errors are learnt."""
LEAST_MONTHS = 24
SMALLEST = 1.0
LEAST = 1e-5
"""The least that errors of all places have in common: what is foreseen exactly has an error, too."""
NORMAL = {80: 1.2816, 95: 1.96}


class Predicted(NamedTuple):
    """One month of one place: what was predicted with its sd of the log, as last year, and what came."""

    area: str
    code: str
    month: int
    ahead: int
    predicted: float
    sd: float
    last_year: float
    came: float

    def within(self, percent: int) -> tuple[float, float]:
        """The interval that so many per cent of months should lie in."""
        wide = math.exp(NORMAL[percent] * self.sd)
        return self.predicted / wide, self.predicted * wide


class Tested(NamedTuple):
    """All months of all places, those that could not be predicted, and what intervals were learnt from."""

    months: tuple[Predicted, ...]
    left_out: tuple[str, ...]
    learnt_from: int

    def coverage(self, percent: int) -> float:
        """Share of months within their interval."""
        inside = [low <= one.came <= high for one in self.months for low, high in (one.within(percent),)]
        return sum(inside) / len(inside)

    def by_area(self) -> dict[str, list[Predicted]]:
        """The months of each place."""
        found: dict[str, list[Predicted]] = {}
        for one in self.months:
            found.setdefault(one.area, []).append(one)
        return found


def errors(months: Sequence[Predicted]) -> tuple[float, float]:
    """Mean squared errors of the prediction and of `as last year`, both of the log, so that small places count as large
    ones do."""
    own = sum(math.log(max(one.came, SMALLEST) / one.predicted) ** 2 for one in months)
    last = sum(math.log(max(one.came, SMALLEST) / max(one.last_year, SMALLEST)) ** 2 for one in months)
    return own / len(months), last / len(months)


def skill(months: Sequence[Predicted]) -> float:
    """1 - error / error of `as last year`: 0 is no better than that, below 0 worse."""
    own, last = errors(months)
    return 1 - own / last if last else math.nan


def backtest(series: Mapping[str, tuple[str, Mapping[int, float]]], nation: Mapping[int, float], last: int) -> Tested:
    """Predict the year after `last` from what was known then. `series` are stocks by area, with its code."""
    variance, learnt = _variance(series, nation, last)
    found: list[Predicted] = []
    left_out: list[str] = []
    for area, (code, values) in series.items():
        ahead = _ahead(values, nation, last)
        known = [month for month in range(last + 1, last + 1 + AHEAD) if values.get(month) and values.get(month - YEAR)]
        if ahead is None or len(known) < AHEAD:
            left_out.append(area)
            continue
        for month in known:
            h = month - last
            sd = math.sqrt(max(variance[h - 1] @ np.array([1.0, 1 / ahead[h - 1]]), 1e-6))
            found.append(Predicted(area, code, month, h, float(ahead[h - 1]), sd, values[month - YEAR], values[month]))
    return Tested(tuple(found), tuple(left_out), learnt)


def _ahead(values: Mapping[int, float], nation: Mapping[int, float], last: int) -> Floats | None:
    """The stock of each month ahead, from what was known in the last one; None where that is too little."""
    known = {month: value for month, value in values.items() if month <= last}
    whole = parts({month: value for month, value in nation.items() if month <= last}, last, np.ones(YEAR))
    if len(known) < LEAST_MONTHS or whole is None:
        return None
    found = parts(known, last, whole.season)
    return None if found is None else found.path([last + h for h in range(1, AHEAD + 1)])


def _variance(
    series: Mapping[str, tuple[str, Mapping[int, float]]], nation: Mapping[int, float], last: int
) -> tuple[Floats, int]:
    """By months ahead what places share and what goes by size, both at least 0; and how many errors that is from."""
    squares: list[list[tuple[float, float]]] = [[] for _ in range(AHEAD)]
    for years in ORIGINS:
        origin = last - YEAR * years
        for _, values in series.values():
            if (ahead := _ahead(values, nation, origin)) is None:
                continue
            for h in range(1, AHEAD + 1):
                if came := values.get(origin + h):
                    squares[h - 1].append((float(ahead[h - 1]), math.log(came / float(ahead[h - 1])) ** 2))
    return np.array([_two_parts(each) for each in squares]), sum(map(len, squares))


def _two_parts(squares: Sequence[tuple[float, float]]) -> tuple[float, float]:
    if not squares:
        return math.nan, math.nan
    size, square = np.array(squares).T
    # by least squares of equal weight for all sizes: a square has an error that goes with itself, so it is weighed down
    shared, by_size = max(float(square.mean()), LEAST), 0.0
    expected = np.full(len(square), shared)
    for _ in range(8):
        columns = np.stack([np.ones(len(size)), 1 / size]) / expected
        (shared, by_size), *_ = np.linalg.lstsq(columns.T, square / expected, rcond=None)
        shared, by_size = max(float(shared), LEAST), max(float(by_size), 0.0)
        expected = shared + by_size / size
    return shared, by_size


def rows(tested: Tested) -> list[list[str]]:
    """A table with a row a month, headings first."""
    heads = ["area", "area_code", "period", "months_ahead", "predicted", "low_80", "high_80", "low_95", "high_95",
             "as_last_year", "came"]  # fmt: skip
    body = [
        [one.area, one.code, month_text(one.month), str(one.ahead),
         *(f"{value:.1f}" for value in (one.predicted, *one.within(80), *one.within(95))),
         f"{one.last_year:g}", f"{one.came:g}"]
        for one in tested.months
    ]  # fmt: skip
    return [heads, *body]
