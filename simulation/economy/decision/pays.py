"""Whether, when, and from what effect on something pays: gains in kr over what is done otherwise, in draws.

"From there on" means that it stays so until the end of what is seen; a place that is not reached there is not known,
nor is one that lies before. Each answer comes twice: of the mean of all draws, with the interval of the number of draws
and of luck, and as the median of the draws with the middle 95 % of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.economy.decision.drawn import Drawn
from simulation.economy.decision.plane import above
from simulation.results.ends import LEVEL
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.world.spec import Bools, Floats

AT = (0.5, (1 - LEVEL) / 2, (1 + LEVEL) / 2)
"""The shares of draws at the median and at the ends of the middle 95 %."""


@dataclass(frozen=True)
class PayBack:
    """The year from which on what was gained until then is 0 or more, counted from 1, NaN beyond the years that are
    seen. `reached` has the chance that it is that year or an earlier one, shape (years,)."""

    of_mean: Part
    of_draws: Part
    reached: list[Part]


@dataclass(frozen=True)
class BreakEven:
    """The effect from which on something pays. `always` and `never` are the shares of draws in which it does from the
    least effect on that is seen, and in which it does not at the largest: where an interval ends in those, its end is
    NaN."""

    of_mean: Part
    of_draws: Part
    always: Part
    never: Part


def chances(gains: Drawn) -> list[Part]:
    """The chance that each column is above 0 (equal counts half)."""
    return gains.shares(above)


def discounted(rates: Floats) -> Floats:
    """What a krone of each year is worth in the first one, by rates a year, shape of both (years,): the rate of a year
    is that from the year before to it, and that of the first year is not used."""
    return np.asarray(np.cumprod(np.concatenate(([1.0], 1 / (1 + rates[1:])))))


def pay_back(gains: Drawn, factors: Floats) -> PayBack:
    """Of gains of years, which are the columns, each times the factor that discounts it, shape (years,)."""
    years = len(factors)
    added = gains.mixed(factors[:, None] * np.triu(np.ones((years, years))))
    number = np.arange(1, years + 2)

    def first(curves: Floats) -> Floats:
        return np.asarray(number[years - _for_good(curves).sum(axis=1)], dtype=float)

    ends = _on_ladder(first(added.values), added.weights)
    return PayBack(
        Part(*_seen(first(_of_mean(added)), 1, years)), Part(*_seen(ends, 1, years)),
        added.shares(lambda values: _for_good(values).astype(float)),
    )  # fmt: skip


def break_even(gains: Drawn, effects: Floats) -> BreakEven:
    """Of gains at several effects, which are the columns, from the least to the largest, shape (effects,); on a
    straight line between. Raises ValueError unless they rise."""
    if len(effects) < 2 or not (np.diff(effects) > 0).all():
        raise ValueError("effects must be two or more that rise")

    def crossing(curves: Floats) -> Floats:
        """In steps; −1 where all pay, their number where the last does not."""
        pays = _for_good(curves)
        last = len(effects) - pays.sum(axis=1)
        after, row = np.clip(last, 1, len(effects) - 1), np.arange(len(curves))
        low, high = curves[row, after - 1], curves[row, after]
        between = after - 1 + np.divide(-low, high - low, out=np.zeros(len(curves)), where=high > low)
        return np.where(last == 0, -1.0, np.where(last == len(effects), float(len(effects)), between))

    def placed(steps: Floats) -> Part:
        inside = _seen(steps, 0, len(effects) - 1)
        return Part(*np.interp(inside, np.arange(len(effects)), effects).tolist())

    ends = _on_ladder(crossing(gains.values), gains.weights)
    always, never = gains.shares(
        lambda values: np.column_stack((_for_good(values)[:, 0], ~_for_good(values)[:, -1])).astype(float)
    )
    return BreakEven(placed(crossing(_of_mean(gains))), placed(ends), always, never)


def _for_good(curves: Floats) -> Bools:
    """Where curves, shape (draws, places), are 0 or more from there on."""
    return np.asarray(np.minimum.accumulate(curves[:, ::-1], axis=1)[:, ::-1] >= 0)


def _of_mean(curves: Drawn) -> Floats:
    """The mean curve, and those of its upper and lower ends: shape (3, places)."""
    parts = [curves.part(curves.means[:, k], unit) for k, unit in enumerate(np.eye(curves.columns))]
    return np.array([[part.value, part.high, part.low] for part in parts]).T


def _on_ladder(places: Floats, weights: Floats) -> Floats:
    """The median of places and the ends of the middle 95 %, each of them the place of a draw."""
    order = np.argsort(places, kind="stable")
    reached = np.cumsum(weights[order])
    return np.asarray(places[order][np.minimum(np.searchsorted(reached, AT), len(order) - 1)])


def _seen(places: Floats, least: float, most: float) -> Floats:
    """NaN where a place is beyond those that are seen."""
    return np.where((places < least) | (places > most), NAN, places)
