"""The kinds of value that a scenario file may hold, each with its unit and its limits.

Every field of a scenario is one of these types, so that the unit is declared once, beside the limits, and shows
up in error messages, in the JSON Schema and in the table of parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

Ids = NDArray[np.intp]
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "loerdag", "soendag")
MANDAG, TIRSDAG, ONSDAG, TORSDAG, FREDAG, _, SOENDAG = range(7)
WEEK = 7
"""Days in a week; one SimPy unit of time is one day."""
MONTH = 52 / 12
"""Weeks in a month."""

NEVER = -(2**15)
"""Stands for the week of what has not happened; it lies before every week of a run."""
NOT_PLANNED = 2**15 - 1
"""Stands for the week of what is not going to happen; it lies after every week of a run."""


Called = Annotated[str | None, Field(description="Name as people read it, in any letters; absent: the key")]


class Spec(BaseModel):
    """One part of a scenario: frozen, and a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def unit(name: str, description: str = "", **limits: Any) -> Any:
    """A pydantic field that declares its unit; `limits` are pydantic's (ge, le, gt, lt)."""
    return Field(json_schema_extra={"unit": name}, description=description or None, **limits)


def in_unit_of(what: Literal["outcome", "parameter", "key"], description: str, **limits: Any) -> Any:
    """A pydantic field that is in the unit of something else that stands beside it."""
    return Field(json_schema_extra={"unit_of": what}, description=description, **limits)


Share = Annotated[float, unit("share", ge=0, le=1)]
Factor = Annotated[float, unit("factor", ge=0, le=20)]
Odds = Annotated[float, unit("odds ratio", gt=0, le=1000)]
PerWeek = Annotated[float, unit("per week", ge=0, le=5)]
Weeks = Annotated[int, unit("weeks", ge=0, le=2000)]
Minutes = Annotated[int, unit("minutes", ge=0, le=100_000)]
Persons = Annotated[int, unit("persons", ge=0, le=5_000_000)]
PlaceCount = Annotated[int, unit("places", ge=0, le=5_000_000)]
MAX_SEED = 2**53 - 1
Seed = Annotated[int, Field(ge=0, le=MAX_SEED)]
"""Larger ones would be read as others: beyond 2^53 not every whole number has a place of its own among the floats."""


def _a_version(raw: object, known: str) -> object:
    if type(raw) is not int:
        raise PydanticCustomError("literal_error", "must be {expected}", {"expected": known})
    return raw


Amount = Annotated[float, Field(ge=-1e12, le=1e12)]
"""A number of any unit."""
Positive = Annotated[float, Field(gt=0, le=1e12)]
Version = Annotated[Literal[1], BeforeValidator(lambda raw: _a_version(raw, "1"))]
"""The version of the way in which a file is written, other than a scenario."""
ScenarioVersion = Annotated[Literal[1, 2], BeforeValidator(lambda raw: _a_version(raw, "1, 2"))]


WRONG_KEY, WRONG_PART = "wrong_key", "wrong_part"
_WHOLE = re.compile("0|[1-9][0-9]{0,17}")


def wrong_key(key: object, message: str) -> PydanticCustomError:
    """The mistake of a key in a mapping, to be raised; it is told at the key."""
    return PydanticCustomError(WRONG_KEY, "{message}", {"key": key, "message": message})


def wrong_part(*keys: str, message: str) -> PydanticCustomError:
    """A mistake of several parts together, by dotted keys, to be raised; it is told at the one that was changed last by
    an overlay or a setting, or else at the first."""
    return PydanticCustomError(WRONG_PART, "{message}", {"keys": keys, "message": message})


def exactly_one(spec: BaseModel, one: str, other: str, message: str) -> None:
    """Raises a mistake if not exactly one of two keys of a part is given."""
    if (getattr(spec, one) is None) == (getattr(spec, other) is None):
        raise wrong_part(one, other, message=message) if getattr(spec, one) is not None else ValueError(message)


def whole_keys(raw: Mapping[Any, Any], example: str, what: str = "a whole number") -> dict[int, Any]:
    """A mapping whose keys are whole numbers written as text, in their order. Raises `wrong_key`."""
    by_number: dict[int, Any] = {}
    for key, value in raw.items():
        if not _WHOLE.fullmatch(str(key)):
            like = str(key).lstrip("0") or "0"
            if _WHOLE.fullmatch(like):
                message = f"{key} is written like {like}: a key here is a whole number without leading zeros"
                raise wrong_key(key, message)
            raise wrong_key(key, f"'{key}' is not {what}; write a mapping such as {example}")
        by_number[int(key)] = value
    return dict(sorted(by_number.items()))


def _distribution(raw: object) -> object:
    """A number stands for itself with certainty; the keys of a mapping are whole numbers written as text."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return {raw: 1.0}
    return whole_keys(raw, "{30: 0.7, 45: 0.3}") if isinstance(raw, Mapping) else raw


def _sums_to_one(shares: dict[int, float]) -> dict[int, float]:
    if not shares or abs(sum(shares.values()) - 1) > 1e-9:
        raise ValueError(f"the shares must add up to 1 (they add up to {sum(shares.values()):g})")
    return shares


class _OrNumber:
    """In the JSON Schema: a single number as well."""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        number: JsonSchemaValue = {"type": "integer", **_ends_of_keys(schema)}
        return {"anyOf": [handler(schema), number]}


def _ends_of_keys(schema: Any) -> dict[str, Any]:
    """The limits of the whole numbers that a distribution is of, as the JSON Schema has them."""
    while "keys_schema" not in schema:
        schema = schema["schema"]
    keys = schema["keys_schema"]
    while "schema" in keys:
        keys = keys["schema"]
    return {name: keys[end] for end, name in (("ge", "minimum"), ("le", "maximum")) if end in keys}


def is_distribution(notes: Iterable[object]) -> bool:
    """Whether these notes on a type are those of a distribution."""
    return any(isinstance(note, _OrNumber) for note in notes)


Value = TypeVar("Value", bound=int)
Distribution = Annotated[
    dict[Value, Share], BeforeValidator(_distribution), AfterValidator(_sums_to_one), _OrNumber()
]
"""Whole numbers with their shares, for example {30: 0.7, 45: 0.3}; a single number is written as itself."""

WeekDistribution = Annotated[Distribution[Weeks], unit("weeks")]
MinuteDistribution = Annotated[Distribution[Minutes], unit("minutes")]
Hours = Annotated[int, unit("hours per week", ge=0, le=100)]
"""At most 100: two of them, a small job and an assignment, fit into the eight bits of the register."""
HourDistribution = Annotated[Distribution[Hours], unit("hours per week")]


def _shares_by_weeks(raw: object) -> object:
    return whole_keys(raw, "{4: 0.4, 8: 0.6}", "a number of weeks") if isinstance(raw, Mapping) else raw


SharesByWeeks = Annotated[dict[Weeks, Share], BeforeValidator(_shares_by_weeks), unit("share", min_length=1)]
"""A share for some numbers of weeks, on a straight line between them, for example {4: 0.4, 8: 0.6}."""
FactorsByWeeks = Annotated[dict[Weeks, Factor], BeforeValidator(_shares_by_weeks), unit("factor", min_length=1)]
"""A factor for some numbers of weeks, likewise."""


def where(mask: NDArray[Any]) -> Ids:
    """Where a column is true (or not 0), ascending: `np.flatnonzero` without its overhead."""
    ids: Ids = mask.nonzero()[0]
    return ids


def firsts(lengths: Sequence[int] | Ints) -> NDArray[np.int64]:
    """Where each of so long stretches begins, if they stand one after the other; same shape."""
    many = np.asarray(lengths, dtype=np.int64)
    return np.cumsum(many) - many


def quantile(distribution: Mapping[int, float], chance: Floats) -> NDArray[np.int64]:
    """The value of a distribution at each chance in (0, 1); same shape as `chance`."""
    values, upper = _steps(*distribution.items())
    if len(values) == 1:
        return np.full(len(chance), values[0])
    return values.take(upper.searchsorted(chance, side="right"), mode="clip")


@lru_cache(maxsize=4096)
def _steps(*steps: tuple[int, float]) -> tuple[NDArray[np.int64], Floats]:
    """The values of a distribution, and the share of it that lies at or below each."""
    values, shares = zip(*steps, strict=True)
    return np.array(values, dtype=np.int64), np.cumsum(np.array(shares, dtype=np.float64))


def ratios(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """Parts of wholes, NaN of nothing; same shape."""
    shares: Floats = np.divide(part, whole, out=np.full(np.shape(part), np.nan), where=whole > 0)
    return shares


def mean(distribution: Mapping[int, float]) -> float:
    """The mean of a distribution, in the unit of its values."""
    return sum(value * share for value, share in distribution.items())
