"""On which number what a scenario gains hangs: single numbers at both ends of what they may be, all others as written.

A number of scenarios is simulated at both ends, by the luck of the scenarios as written; what is counted does not
depend on prices, so a price is moved in all replications that were simulated anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np

from simulation.economy.cba.found import Account
from simulation.economy.cba.gains import Gains
from simulation.economy.cba.plan import Moving, Of, Plan
from simulation.economy.cba.running import Simulated
from simulation.economy.prices import Prices, Unsure
from simulation.economy.quantities import Quantities
from simulation.experiments.sensitivity.moved import Moved, Tornado, move
from simulation.experiments.sensitivity.points import taken
from simulation.experiments.sensitivity.unknowns import Bar, bars
from simulation.experiments.uncertain.design import unsure_of
from simulation.results.intervals import ANY, estimate
from simulation.scenario.extremes import HIGH, LOW
from simulation.scenario.fields import Number
from simulation.scenario.files.dates import undated
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.laws import Law, law_of
from simulation.scenario.load import Loaded
from simulation.scenario.unsure import part_of
from simulation.world.spec import Floats

PRICE = "prices: "
"""Before the path of a number of a file of prices."""


def moving_of(loaded: Sequence[Loaded], prices: Prices, replications: int) -> Moving:
    """The numbers that are moved, those of scenarios in so many replications. Raises InputProblems as `unsure_of`."""
    unsure = unsure_of(loaded, 1)
    left_out = {**unsure.left_out}
    of_scenarios = [bar for bar in bars(unsure.drawings) if taken(loaded, bar, left_out)]
    of_prices = [bar for bar in _price_bars(prices, left_out) if _accepted(prices, bar, left_out)]
    return Moving(replications, of_scenarios, of_prices, left_out)


def _price_bars(prices: Prices, left_out: dict[str, str]) -> Iterator[Bar]:
    """A number is moved from all its dates on at once, each time to the ends of what it may be then."""
    by_number: dict[str, list[Unsure]] = {}
    for each in prices.unsure():
        by_number.setdefault(f"{PRICE}{dotted(undated(tuple(each.path.split('.'))))}", []).append(each)
    for name, dates in by_number.items():
        laws = {each.path: law_of_price(each) for each in dates}
        if why := [law for law in laws.values() if isinstance(law, str)]:
            left_out[name] = why[0]
            continue
        low, high = ({path: float(law.drawn(lambda _, end=end: end, path))  # type: ignore[misc]
                      for path, law in laws.items() if not isinstance(law, str)} for end in (LOW, HIGH))  # fmt: skip
        path, value, origin = dates[0]
        yield Bar(name, part_of(origin), value, low[path], high[path], ([low], [high]), len(dates))


def _accepted(prices: Prices, bar: Bar, left_out: dict[str, str]) -> bool:
    """Whether a file of prices may have a number at both of its ends."""
    try:
        for end in (0, 1):
            _moved(prices, bar, end)
    except InputProblems as error:
        left_out[bar.name] = error.problems[0].message
        return False
    return True


def _moved(prices: Prices, bar: Bar, end: int) -> Prices:
    (put,) = bar.puts[end]
    return prices.with_values(cast("Mapping[str, float]", put))


def law_of_price(unsure: Unsure) -> Law | str:
    """From which distribution a price is drawn, or why it is not."""
    return law_of(unsure.value, unsure.origin, Number("", False, -1e12, 1e12))


def tornadoes_of(plan: Plan, found: Simulated, account: Account) -> list[Tornado]:
    """Of every scenario against the base what the account gains by it, discounted, and how far that moves with each
    number. Prices that move nothing here are left out, for nothing is paid by them. Raises InputProblems for a price
    that is not known."""
    if plan.moving is None:
        return []
    gains = Gains(plan, plan.prices)
    written = _apart(gains, account, found.written)
    moved: list[list[Moved]] = [[] for _ in written]
    for bar in plan.moving.prices:
        prices = [_moved(plan.prices, bar, end) for end in (0, 1)]
        if all(map(gains.as_by, prices)):
            continue
        ends = [_apart(Gains(plan, each), account, found.written) for each in prices]
        for of_one, at, low, high in zip(moved, written, *ends, strict=True):
            if not (np.array_equal(low, at) and np.array_equal(high, at)):
                of_one.append(Moved(bar, move(low, at), move(high, at)))
    few = slice(plan.moving.replications)
    of_few = [gains.discounted(each, account)[few] for each in found.written]
    for number, bar in enumerate(plan.moving.bars):
        ends = [_less_first([
            gains.discounted(found.ends[of], account)
            if (of := Of(s, None, 2 * number + end)) in found.ends else of_few[s]
            for s in range(len(plan.loaded))
        ]) for end in (0, 1)]  # fmt: skip
        for of_one, at, low, high in zip(moved, _less_first(of_few), *ends, strict=True):
            of_one.append(Moved(bar, move(low, at), move(high, at)))
    return [Tornado(estimate(at), of_one, ANY, True) for at, of_one in zip(written, moved, strict=True)]


def _apart(gains: Gains, account: Account, quantities: Sequence[Quantities]) -> list[Floats]:
    """What is gained over the first of these, each of shape (replications,)."""
    return _less_first([gains.discounted(each, account) for each in quantities])


def _less_first(values: Sequence[Floats]) -> list[Floats]:
    return [np.asarray(each - values[0]) for each in values[1:]]
