"""The low and the high end of what is not known for sure: the ends of the middle 95 % of its distribution, one number
at a time, all others as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from scipy.special import betaincinv

from simulation.scenario.laws import Counted, Tied
from simulation.scenario.unsure import Unsure

LOW, HIGH = 0.025, 0.975


class Extreme(NamedTuple):
    """A single number at both of its ends, and what is put at which dotted path then."""

    low: float
    high: float
    at_low: Mapping[str, Any]
    at_high: Mapping[str, Any]


def extremes(value: Unsure) -> dict[str, Extreme]:
    """Every single number of a value by its name. Where shares are tied what is left over goes to the others, as in a
    draw."""
    law = value.law
    if isinstance(law, Counted):
        shares = {str(key): float(share) for key, share in value.value.items()}
        return {f"{value.name}.{key}": _counted(value.name, shares, key, law) for key, share in shares.items()
                if 0 < share < 1}  # fmt: skip
    if isinstance(law, Tied):
        found = {place: _tied(law, place) for place in value.numbers(value.written)}
        return {place: each for place, each in found.items() if each.low < each.high}
    ends = [value.drawn(lambda _, end=end: end) for end in (LOW, HIGH)]  # type: ignore[misc]
    numbers = [value.numbers(end) for end in ends]
    return {name: Extreme(low, numbers[1][name], *ends) for name, low in numbers[0].items()}


def _counted(name: str, shares: Mapping[str, float], key: str, law: Counted) -> Extreme:
    """One share alone has a beta distribution; the others keep their proportions."""
    size = law.concentration
    ends = [float(betaincinv(size * shares[key], size * (1 - shares[key]), end)) for end in (LOW, HIGH)]

    def put(share: float) -> dict[str, Any]:
        others = {other: each * (1 - share) / (1 - shares[key]) for other, each in shares.items() if other != key}
        return {name: {other: share if other == key else others[other] for other in shares}}

    low, high = ends
    return Extreme(low, high, put(low), put(high))


def _tied(law: Tied, place: str) -> Extreme:
    """One share as far as its range and what is left for the others allow."""
    taking = law.rest or tuple(law.ranged)[-1:]  # what is left over goes to these
    others = {each: share for each, share in law.written.items() if each not in (place, *taking)}
    whole, weight = 1 - sum(others.values()), sum(law.written[each] for each in taking)
    least, most = (0.0, whole) if law.rest else (law.ranged[taking[0]].low, law.ranged[taking[0]].high)

    def put(share: float) -> dict[str, Any]:
        left = whole - share
        rest = {each: left * (law.written[each] / weight if weight else 1 / len(taking)) for each in taking}
        return {**{each: law.written[each] for each in law.ranged}, place: share, **rest}

    drawn = [law.ranged[place].drawn(lambda _, end=end: end, place) for end in (LOW, HIGH)]  # type: ignore[misc]
    ends = [min(max(share, whole - most), whole - least) for share in drawn]
    low, high = ends
    return Extreme(low, high, put(low), put(high))
