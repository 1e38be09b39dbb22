"""From which distribution a value is drawn that is not known for sure. THE TABLE is `UNIFORM`: ranges in these units
are drawn from evenly; of all others it is the logarithm that is, where the range lies above 0.

A law turns chances, uniform between 0 and 1, into a value. It asks for them by name, so that one chance always belongs
to the same value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy.special import gammaincinv, ndtr, ndtri

from simulation.scenario.fields import Number
from simulation.scenario.files.sourced import Origin

UNIFORM = ("share", "sd", "log", "exponent", "ISO week")
"""Beginnings of units whose ranges are drawn from evenly, as are those of what has no unit, or may be 0 or below."""
NO_RANGE = "it has no range"
TRIES = 200
"""How often shares that are to add up to 1 are drawn before they stay as they are written."""

Chance = Callable[[str], float]
"""A uniform number strictly between 0 and 1 that belongs to the draw and to this name."""


class Law(Protocol):
    """A distribution."""

    @property
    def words(self) -> str:
        """What it is, for the table of what is drawn."""

    def drawn(self, chance: Chance, name: str) -> Any:
        """What a value, called `name`, is in a draw."""


@dataclass(frozen=True)
class Ranged:
    """Evenly from a range, or its logarithm evenly; of whole numbers each end as likely as what is between."""

    low: float
    high: float
    log: bool
    whole: bool

    @property
    def words(self) -> str:
        """Which of both."""
        return f"{'log-uniform' if self.log else 'uniform'} [{self.low:g}, {self.high:g}]"

    def drawn(self, chance: Chance, name: str) -> float:
        """A number of the range."""
        half = 0.5 if self.whole else 0.0
        low, high = self.low - half, self.high + half
        u = chance(name)
        value = low * (high / low) ** u if self.log else low + (high - low) * u
        value = min(max(value, low), high)
        return min(max(round(value), math.ceil(self.low)), math.floor(self.high)) if self.whole else value


@dataclass(frozen=True)
class Normal:
    """Normal with a standard error, cut to what the field allows (and to the range, if there is one)."""

    mean: float
    se: float
    low: float
    high: float
    whole: bool

    @property
    def words(self) -> str:
        """With its standard error, and where it is cut if that is near."""
        near = math.isfinite(self.low + self.high) and self.high - self.low < 20 * self.se
        return f"normal {self.mean:g} ± {self.se:g}" + (f", within [{self.low:g}, {self.high:g}]" if near else "")

    def drawn(self, chance: Chance, name: str) -> float:
        """A number, as likely as it is between the ends."""
        ends = ndtr((self.low - self.mean) / self.se), ndtr((self.high - self.mean) / self.se)
        value = self.mean + self.se * float(ndtri(ends[0] + chance(name) * (ends[1] - ends[0])))
        value = min(max(value, self.low), self.high)
        return min(max(round(value), math.ceil(self.low)), math.floor(self.high)) if self.whole else value


@dataclass(frozen=True)
class OfMean:
    """A distribution whose mean is drawn from a range: the shares are tilted to it (multiplied by exp(λ × value) and
    renormalised), the change by which they lose the least information. Shares of 0 stay 0."""

    shares: Mapping[str, float]
    mean: Ranged

    @property
    def words(self) -> str:
        """With the range of the mean."""
        return f"mean {self.mean.words}, shares tilted to it"

    def drawn(self, chance: Chance, name: str) -> dict[str, float]:
        """The shares, which add up to 1."""
        return tilted(self.shares, self.mean.drawn(chance, name))


@dataclass(frozen=True)
class Counted:
    """Shares that are as sure as if they were counted on so many: Dirichlet."""

    shares: Mapping[str, float]
    concentration: float

    @property
    def words(self) -> str:
        """With the number."""
        return f"Dirichlet, as if counted on {self.concentration:g}"

    def drawn(self, chance: Chance, name: str) -> dict[str, float]:
        """The shares, which add up to 1."""
        raw = {
            key: float(gammaincinv(share * self.concentration, chance(f"{name}.{key}"))) if share else 0.0
            for key, share in self.shares.items()
        }
        total = sum(raw.values())
        return {key: value / total for key, value in raw.items()} if total > 0 else dict(self.shares)


@dataclass(frozen=True)
class Tied:
    """Shares that stand at different places and add up to 1, such as those of the levels of a characteristic.

    `ranged` are drawn, `fixed` stay, and what is left is shared by the `rest` in proportion to what is written. Without
    a rest the last of the ranged ones is what is left. Where that is not within its range, all are drawn again, so that
    all shares that are possible are equally likely.
    """

    written: Mapping[str, float]
    ranged: Mapping[str, Ranged]
    rest: tuple[str, ...]

    @property
    def words(self) -> str:
        """That they are tied."""
        return "uniform, with the other shares adding up to 1"

    def drawn(self, chance: Chance, name: str) -> dict[str, float]:
        """The shares by their place."""
        fixed = sum(share for place, share in self.written.items() if place not in (*self.ranged, *self.rest))
        *free, last = [*self.ranged, *([""] if self.rest else [])]
        for turn in range(TRIES):
            found = {place: self.ranged[place].drawn(chance, f"{place}{f' again {turn}' if turn else ''}")
                     for place in free}  # fmt: skip
            left = 1 - fixed - sum(found.values())
            low, high = (0.0, 1.0) if self.rest else (self.ranged[last].low, self.ranged[last].high)
            if not low <= left <= high:
                continue
            weight = sum(self.written[place] for place in self.rest)
            others = {place: left * (self.written[place] / weight if weight else 1 / len(self.rest))
                      for place in self.rest}  # fmt: skip
            return {**found, **(others or {last: left})}
        return {place: self.written[place] for place in (*self.ranged, *self.rest)}


def law_of(value: Any, origin: Origin, number: Number | None) -> Law | str:
    """The law of a value with this origin, or why it is not drawn."""
    if isinstance(value, Mapping):
        return _of_shares({str(key): share for key, share in value.items()}, origin, number)
    if number is None or isinstance(value, bool) or not isinstance(value, int | float):
        return "it is no single number"
    lowest, highest = number.lowest, number.highest
    if origin.range is not None:
        lowest, highest = max(lowest, origin.range[0]), min(highest, origin.range[1])
    if origin.se is not None:
        return Normal(value, origin.se, lowest, highest, number.whole)
    if origin.range is None:
        return NO_RANGE
    if lowest >= highest:
        return "its range is a single value"
    return Ranged(lowest, highest, _is_log(origin, number, lowest), number.whole)


def _is_log(origin: Origin, number: Number, lowest: float) -> bool:
    if lowest <= 0 or origin.draw:
        return origin.draw == "log" and lowest > 0
    return bool(number.unit) and not number.unit.startswith(UNIFORM)


def _of_shares(shares: Mapping[str, float], origin: Origin, number: Number | None) -> Law | str:
    if origin.concentration is not None:
        return Counted(shares, origin.concentration)
    if origin.range is None:
        return NO_RANGE
    if number is None or not number.distribution:
        return "one range cannot be that of several values"
    low, high = _support(shares)
    if not low < origin.range[0] < origin.range[1] < high:
        return f"its range is that of the mean, and must lie between {low:g} and {high:g}"
    mean = Ranged(*origin.range, _is_log(origin, number, origin.range[0]), whole=False)
    return OfMean(shares, mean)


def _support(shares: Mapping[str, float]) -> tuple[float, float]:
    values = [float(key) for key, share in shares.items() if share > 0]
    return min(values), max(values)


def tilted(shares: Mapping[str, float], mean: float) -> dict[str, float]:
    """The shares of numbers (the keys), tilted so that their mean is this one, which lies between the numbers."""
    values = np.array([float(key) for key in shares])
    weights = np.array(list(shares.values()))
    low, high = _support(shares)
    z = (values - mean) / (high - low)

    from scipy.optimize import brentq

    def at(tilt: float) -> np.ndarray:
        exponent = tilt * z
        raw = weights * np.exp(exponent - exponent[weights > 0].max())
        return np.asarray(raw / raw.sum())

    furthest = 1.0
    while float(at(furthest) @ z) < 0 or float(at(-furthest) @ z) > 0:
        furthest *= 2
    found = at(float(brentq(lambda tilt: float(at(tilt) @ z), -furthest, furthest, xtol=1e-12)))
    return {key: float(share) for key, share in zip(shares, found, strict=True)}
