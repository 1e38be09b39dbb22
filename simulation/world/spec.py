"""The kinds of value that a scenario file may hold, each with its unit and its limits.

Every field of a scenario is one of these types, so that the unit is declared once, beside the limits, and shows
up in error messages, in the JSON Schema and in the table of parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, SupportsFloat

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

Ids = NDArray[np.intp]
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag")
MANDAG, TIRSDAG, ONSDAG, TORSDAG, FREDAG, _, SOENDAG = range(7)
WEEK = 7
"""Days in a week; one SimPy unit of time is one day."""

NEVER = -(2**15)
"""Stands for the week of what has not happened; it lies before every week of a run."""
NOT_PLANNED = 2**15 - 1
"""Stands for the week of what is not going to happen; it lies after every week of a run."""


class Spec(BaseModel):
    """One part of a scenario: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def unit(name: str, description: str = "", **limits: Any) -> Any:
    """A pydantic field that declares its unit; `limits` are pydantic's (ge, le, gt, lt)."""
    return Field(json_schema_extra={"unit": name}, description=description or None, **limits)


Share = Annotated[float, unit("share", ge=0, le=1)]
Factor = Annotated[float, unit("factor", ge=0, le=20)]
Odds = Annotated[float, unit("odds ratio", gt=0, le=1000)]
PerWeek = Annotated[float, unit("per week", ge=0, le=5)]
Weeks = Annotated[int, unit("weeks", ge=0, le=2000)]
Minutes = Annotated[int, unit("minutes", ge=0, le=100_000)]
Persons = Annotated[int, unit("persons", ge=0, le=5_000_000)]
PlaceCount = Annotated[int, unit("places", ge=0, le=5_000_000)]


def _distribution(raw: object) -> object:
    """A number stands for itself with certainty; the keys of a mapping are whole numbers written as text."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return {raw: 1.0}
    if not isinstance(raw, Mapping):
        return raw
    shares: dict[int, object] = {}
    for key, share in raw.items():
        if not str(key).isdigit():
            raise ValueError(f"'{key}' is not a whole number; write a mapping such as {{30: 0.7, 45: 0.3}}")
        shares[int(key)] = float(share) if isinstance(share, int) and not isinstance(share, bool) else share
    return dict(sorted(shares.items()))


def _sums_to_one(shares: dict[int, float]) -> dict[int, float]:
    if not shares or abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError(f"the shares must add up to 1 (they add up to {sum(shares.values()):g})")
    return shares


Distribution = Annotated[dict[int, Share], BeforeValidator(_distribution), AfterValidator(_sums_to_one)]
"""Whole numbers with their shares, for example {30: 0.7, 45: 0.3}; a single number is written as itself."""

WeekDistribution = Annotated[Distribution, unit("weeks")]
MinuteDistribution = Annotated[Distribution, unit("minutes")]


def _can_be_worked(hours: dict[int, float]) -> dict[int, float]:
    if max(hours) > 100:  # two of them, a small job and an assignment, fit into the eight bits of the register
        raise ValueError(f"nobody works more than 100 hours a week (got {max(hours)})")
    return hours


HourDistribution = Annotated[Distribution, AfterValidator(_can_be_worked), unit("hours per week")]


def _shares_by_weeks(raw: object) -> object:
    if not isinstance(raw, Mapping):
        return raw
    if bad := [key for key in raw if not str(key).isdigit()]:
        raise ValueError(f"'{bad[0]}' is not a number of weeks; write a mapping such as {{4: 0.4, 8: 0.6}}")
    return {
        int(key): float(share) if isinstance(share, int) else share
        for key, share in sorted(raw.items(), key=lambda pair: int(pair[0]))
    }


SharesByWeeks = Annotated[dict[int, Share], BeforeValidator(_shares_by_weeks), unit("share", min_length=1)]
"""A share for some numbers of weeks, on a straight line between them, for example {4: 0.4, 8: 0.6}."""


def where(mask: NDArray[Any]) -> Ids:
    """Where a column is true (or not 0), ascending: `np.flatnonzero` without its overhead."""
    ids: Ids = mask.nonzero()[0]
    return ids


def quantile(distribution: Mapping[int, float], chance: Floats) -> NDArray[np.int64]:
    """The value of a distribution at each chance in (0, 1); same shape as `chance`."""
    values = np.fromiter(distribution.keys(), dtype=np.int64)
    if len(values) == 1:
        return np.full(len(chance), values[0])
    upper = np.cumsum(np.fromiter(distribution.values(), dtype=np.float64))
    return values[np.minimum(np.searchsorted(upper, chance, side="right"), len(values) - 1)]


def ratio(part: SupportsFloat, whole: SupportsFloat) -> float:
    """Part of a whole, NaN of nothing."""
    return float(part) / float(whole) if float(whole) else float("nan")


def ratios(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Parts of wholes, NaN of nothing; same shape."""
    shares: Floats = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return shares


def mean(distribution: Mapping[int, float]) -> float:
    """The mean of a distribution, in the unit of its values."""
    return sum(value * share for value, share in distribution.items())
