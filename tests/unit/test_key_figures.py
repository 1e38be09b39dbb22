"""Which set of key figures a file is assessed by changes what society gains by the amount worked out by hand."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.running import simulated
from simulation.economy.price_files.key_figures import KeyFigures
from simulation.economy.prices import read_prices
from simulation.scenario.load import load
from tests.priced import BENEFIT, PRICES, STAFF, TAX, number, write_priced

GIVEN = 1.325
"""The net tax factor of whoever assesses by a set that has none: of this test, and of no source."""


SHIPPED = read_prices("shipped/dk_2025")


def of_set(name: str) -> KeyFigures:
    """A shipped set of key figures."""
    return SHIPPED.file.key_figures[name]


def prices_by(name: str) -> str:
    """The easy prices, assessed by a shipped set."""
    figures = of_set(name)
    steps = ", ".join(f"{year}: {rate}" for year, rate in figures.discount.items())
    own = f"""assessed_by: {name}
key_figures:
  {name}:
    since: {figures.since}
    discount: {number("{" + steps + "}", "share a year")}
    net_tax_factor: {number(figures.net_tax_factor or GIVEN, "factor")}
    distortion: {number(figures.distortion, "factor")}
"""
    begins, ends = PRICES.index("assessed_by:"), PRICES.index("taxes:")
    return PRICES[:begins] + own + PRICES[ends:]


@pytest.mark.parametrize("name", ["fm_2018", "fm_2021", "fm_2023"])
def test_society_gains_by_hand(name: str, tmp_path: pathlib.Path) -> None:
    """Two caseworkers more for 13 weeks of 2027 and 17 of 2028; what raising the money costs; one year of discount."""
    base, other, prices = write_priced(tmp_path)
    prices.write_text(prices_by(name), encoding="utf-8")
    plan = plan_of([load(base), load(other)], {"prices": str(prices), "replications": 2})[0]
    found = simulated(plan)
    (against,) = assessed(plan, found, "public").against
    figures = of_set(name)
    staff = STAFF / 52 * 2 * np.array([13, 17])
    first, second = found.written
    weeks = sum(each - first.of[item] for item, each in second.of.items() if item.kind == "benefit")
    public = ((TAX - 1) * BENEFIT * weeks - staff).mean(axis=0)
    at_home = (figures.net_tax_factor or GIVEN) * (-staff + (figures.distortion - 1) * public)
    assert against.welfare.value == pytest.approx(at_home[0] + at_home[1] / (1 + figures.discount[0]), abs=0.5)


def test_the_sets_are_those_of_their_years() -> None:
    """Rates, what raising a krone costs, and the net tax factor where it was read."""
    told = {name: (dict(figures.discount), figures.distortion, figures.net_tax_factor)
            for name, figures in SHIPPED.file.key_figures.items()}  # fmt: skip
    assert told == {
        "fm_2018": ({0: 0.04, 35: 0.03, 70: 0.02}, 1.1, None),
        "fm_2021": ({0: 0.035, 35: 0.025, 70: 0.015}, 1.1, None),
        "fm_2023": ({0: 0.035, 35: 0.025, 70: 0.015}, 1.0, 1.28),
    }
