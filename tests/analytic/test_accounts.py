"""Quantities times prices in double entry: what parties gain together is what is produced less what is used up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from simulation.economy.accounts import Accounts, Entry, accounts_of, in_oere, real_of
from simulation.economy.items import HOURS, KINDS, STEPS, Item
from simulation.economy.parties import PARTIES, PRODUCES, SOCIETY, TRANSFERS, Flow
from simulation.economy.people import lived
from simulation.economy.prices import Prices, read_prices
from simulation.economy.quantities import Quantities, quantities_of
from simulation.economy.staff import WAYS, Way
from simulation.economy.years import years_of
from simulation.large import run_batch
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from tests.helpers import busy
from tests.refusion import HISTORIES, RATE, START, WEEKS, YEARS, past
from tests.refusion import scenario as of_histories

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
MUNICIPAL = dict(zip(STEPS, (0.2, 0.6, 0.7, 0.8), strict=True))  # PAYER-01, PAYER-02


class Said(NamedTuple):
    """A price."""

    amount: float
    flows: Sequence[Flow]


class AnyPrices:
    """A price for everything, in kroner and hundredths, with any number of flows: the same for the same item, year and
    year of kroner, by a number of its own."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def of(self, item: Item, year: int, kroner_of: int | None = None) -> Said:
        luck = np.random.default_rng([self.seed, year, kroner_of or 0, *map(ord, str(item))])
        names = luck.permutation(len(PARTIES))
        flows = [
            Flow(PARTIES[names[n]], PARTIES[names[n + 1]], float(luck.choice([0.2, 1 / 3, 0.47, 0.8, 1.0])))
            for n in range(int(luck.integers(1, 4)))
        ]  # fmt: skip
        return Said(float(luck.integers(1, 2_000_000)) / 100, flows)


class Law:
    """Benefits and pensions at one rate, by the steps of the law."""

    def of(self, item: Item, year: int, kroner_of: int | None = None) -> Said:
        municipal = MUNICIPAL.get(item.part, 1.0)
        return Said(RATE, [Flow("stat", "borger", 1 - municipal), Flow("kommune", "borger", municipal)])


def both_agree(quantities: Quantities, prices: Any, way: Way | None, price_year: int | None = None) -> Accounts:
    """Whatever is paid is received, and society's total is the same from parties and from what is real, to the øre."""
    accounts = accounts_of(quantities, prices, way, price_year)
    assert all(amount.dtype == np.int64 for amount in accounts.entries.values())
    everybody = sum(accounts.net(party) for party in (*PARTIES, SOCIETY))
    assert not np.any(everybody)
    real = real_of(quantities, prices, way, price_year)
    assert accounts.of_society.tolist() == real.net.tolist()
    assert accounts.paid(SOCIETY).tolist() == real.production.tolist()
    assert accounts.paid(None, SOCIETY).tolist() == real.resources.tolist()
    for item, units in quantities.priced(way).items():  # every flow is right to the øre
        for place, year in enumerate(quantities.years):
            price = prices.of(item, year, price_year)
            for payer, receiver in {(flow.payer, flow.receiver) for flow in price.flows}:
                share = sum(flow.share for flow in price.flows if (flow.payer, flow.receiver) == (payer, receiver))
                found = accounts.entries.get(Entry(payer, receiver, item), np.zeros((len(units), 1 + place)))[:, place]
                assert np.abs(found - 100 * units[:, place] * price.amount * share).max() < 1.001
    return accounts


names = some.sampled_from(["a", "b", "dagpenge"])
others = some.sampled_from([kind for kind in KINDS if kind not in ("staff", "hours")])
items = some.builds(Item, others, names, names) | some.builds(
    Item, some.just("hours"), some.sampled_from(HOURS), some.just("")
)
amounts = some.floats(0, 1e6).map(lambda number: round(number, 3))


@settings(max_examples=60)
@given(some.data())
def test_random_quantities_balance(data: Any) -> None:
    """Any quantities at any prices, in any way to reckon staff."""
    shape = (data.draw(some.integers(1, 3)), data.draw(some.integers(1, 3)))
    numbers = some.lists(amounts, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    arrays = numbers.map(lambda found: np.array(found).reshape(shape))
    of = data.draw(some.dictionaries(items, arrays, min_size=1, max_size=6))
    of_staff = {way: {Item("staff", "team"): data.draw(arrays)} for way in WAYS}
    quantities = Quantities(tuple(range(2025, 2025 + shape[1])), (52,) * shape[1], np.ones(shape[0]), of, of_staff, {})
    prices, way = AnyPrices(data.draw(some.integers(0, 10))), data.draw(some.sampled_from([None, *WAYS]))
    accounts = both_agree(quantities, prices, way)
    assert not any(amount.any() for amount in accounts.minus(accounts).entries.values())
    both_agree(quantities, prices, way, price_year=2026)


@given(some.lists(some.floats(0, 1e5), min_size=1, max_size=4), some.floats(0.01, 1e5), some.integers(1, 99))
def test_shares_that_are_one_together_pay_the_whole(units: list[float], price: float, percent: int) -> None:
    """What state and municipality pay comes to the benefit, to the øre."""
    item = Item("benefit", "dagpenge", "1")
    flows = [Flow("stat", "borger", percent / 100), Flow("kommune", "borger", 1 - percent / 100)]
    of = {item: np.array(units)[:, None]}

    class One:
        def of(self, item: Item, year: int, kroner_of: int | None = None) -> Said:
            return Said(price, flows)

    accounts = accounts_of(Quantities((2025,), (52,), np.ones(len(units)), of, {}, {}), One(), None)
    assert accounts.net("borger")[:, 0].tolist() == in_oere(np.array(units), price).tolist()
    assert not accounts.of_society.any()


def test_three_shares_of_half_an_oere_pay_the_whole() -> None:
    """0.2 + 0.7 + 0.1 is a little less than 1 in binary, and 37.5 øre is 38."""
    flows = [Flow("stat", "borger", 0.2), Flow("kommune", "borger", 0.7), Flow("a_kasse", "borger", 0.1)]
    assert sum(flow.share for flow in flows) < 1

    class One:
        def of(self, item: Item, year: int, kroner_of: int | None = None) -> Said:
            return Said(0.375, flows)

    of = {Item("benefit", "dagpenge", "1"): np.ones((1, 1))}
    accounts = accounts_of(Quantities((2025,), (52,), np.ones(1), of, {}, {}), One(), None)
    assert accounts.net("borger").tolist() == [[38]]


def test_kinds_are_real_or_transfers() -> None:
    """An hour of work: 200 kroner of product to the employer, who pays as much; 66 of it are tax. A week of staff: 3
    hours of it are used up. A fee is neither."""

    class Few:
        def of(self, item: Item, year: int, kroner_of: int | None = None) -> Said:
            flows = {
                "hours": [Flow("arbejdsgiver", "borger", 1.0), Flow("borger", "stat", 0.33)],
                "staff": [Flow("kommune", "personale", 1.0), Flow("personale", "stat", 0.33)],
                "fee": [Flow("kommune", "anden_aktoer", 1.0)],
            }
            return Said({"hours": 200.0, "staff": 100.0, "fee": 1000.0}[item.kind], flows[item.kind])

    of = {Item("hours", "ordinary"): np.array([[10.0]]), Item("fee", "b", "fixed"): np.array([[1.0]]),
          Item("minutes", "team"): np.array([[9.0]]), Item("mentor", "m", "team"): np.array([[9.0]])}  # fmt: skip
    of_staff: Any = {"posts": {Item("staff", "team"): np.array([[3.0]])}}
    quantities = Quantities((2025,), (52,), np.ones(1), of, of_staff, {})
    accounts, real = accounts_of(quantities, Few(), "posts"), real_of(quantities, Few(), "posts")
    gains = {party: int(net[0, 0]) / 100 for party, net in accounts.gains.items()}
    assert gains == {
        "stat": 660 + 99, "kommune": -1300, "a_kasse": 0, "arbejdsgiver": 0, "borger": 2000 - 660,
        "anden_aktoer": 1000, "personale": -99,
    }  # fmt: skip
    assert (real.production, real.resources, real.net) == (200_000, 30_000, 170_000)
    assert accounts.public[0, 0] == -54_100
    assert real.welfare(accounts.public, 1.28, 1.1)[0, 0] == pytest.approx(1.28 * (1700 - 0.1 * 541))
    with pytest.raises(ValueError, match="staff was not reckoned by notice; it was by posts"):
        accounts_of(quantities, Few(), "notice")
    with pytest.raises(ValueError, match="cannot be told to the øre"):
        in_oere(np.array([1e12]), 1e9)
    assert {*PRODUCES, *TRANSFERS} < {*KINDS}


def test_the_municipality_pays_for_histories_as_by_hand() -> None:
    """Ten histories at 1000 kroner a week: its shares of the weeks worked out by hand."""
    chosen, calendar = of_histories(), years_of(START, WEEKS)
    world, weeks = past(chosen), np.bincount(calendar - YEARS[0])
    for row, (name, history) in enumerate(HISTORIES.items()):
        found = lived(chosen, world, calendar - YEARS[0], np.arange(len(HISTORIES)) == row).of
        paid = {item: each for item, each in found.items() if item.kind in TRANSFERS}
        accounts = both_agree(Quantities(YEARS, tuple(weeks.tolist()), np.ones(1), paid, {}, {}), Law(), None)
        expected = np.zeros(len(YEARS))
        for (year, _, step), number in history.paid.items():
            expected[YEARS.index(year)] += RATE * number * MUNICIPAL.get(step, 1.0)
        assert accounts.paid("kommune")[0] / 100 == pytest.approx(expected, abs=0.02), name


def agrees(scenario: Scenario, replications: Sequence[int] = (0, 1)) -> Quantities:
    """The quantities of some worlds, whose accounts agree in every way, and which are the same one world at a time."""
    quantities = quantities_of(scenario, run_batch(scenario, replications), notice_weeks=13)
    for way in (None, *WAYS):
        both_agree(quantities, AnyPrices(), way)
    each = [quantities_of(scenario, run_batch(scenario, [number]), notice_weeks=13) for number in replications]
    assert told(Quantities.joined(each)) == told(quantities)
    return quantities


def told(quantities: Quantities) -> dict[str, dict[str, list[list[float]]]]:
    """All of it in plain lists, which are equal to the bit or not."""
    parts = {"of": quantities.of, "unsaid": quantities.unsaid, **quantities.staff, "all": {"": quantities.persons}}
    return {name: {str(what): each.tolist() for what, each in part.items()} for name, part in parts.items()}


def test_a_shipped_scenario_balances() -> None:
    """With fees, fleksjob, pensions and two kinds of broker."""
    found = agrees(load(SCENARIOS / "fleksjob_andre_aktoerer.yaml").scenario)
    assert found.of[Item("fee", "formidlere_aktoer", "fixed")].sum(axis=1).tolist() == [120, 120]
    assert found.years == (2005, 2006) and found.weeks == (13, 39)


def test_everything_at_once_balances() -> None:
    """Several arms, jobcentres and teams, everything scarce; the arms together are everybody."""
    scenario = busy(benefit="kontanthjaelp")
    whole = agrees(scenario)
    world = run_batch(scenario, [0, 1])
    arms = [quantities_of(scenario, world, arm) for arm in scenario.arms]
    for item, units in whole.of.items():
        assert sum(each.of[item] for each in arms) == pytest.approx(units), item
    assert sum(each.persons for each in arms).tolist() == whole.persons.tolist() == [140, 140]
    for way in ("margin", "posts", "whole"):
        for item, units in whole.staff[way].items():
            assert sum(each.staff[way][item] for each in arms) == pytest.approx(units), (way, item)
    assert not arms[1].staff["posts"][Item("staff", "projekt")].any()  # it is for the other arm alone


NO_SCENARIOS = ("bench", "parts", "prices", "organisation")
"""The benchmark says nothing about Denmark, so nothing of it has a price; the others hold no scenarios."""
SHIPPED = [
    path.relative_to(SCENARIOS).with_suffix("").as_posix()
    for path in sorted(SCENARIOS.rglob("*.yaml")) if path.relative_to(SCENARIOS).parts[0] not in NO_SCENARIOS
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_says_what_it_is_about_and_balances(name: str) -> None:
    """At random prices, and at shipped ones, which have a price for all that it has; of its offers less is refunded
    than the ceiling, and nobody is enrolled in the first weeks of sygedagpenge, which an employer pays."""
    scenario = load(SCENARIOS / f"{name}.yaml").scenario
    quantities = agrees(scenario, (0,) if "/" in name else (0, 1))
    prices = read_prices("shipped/dk_2025")
    both_agree(quantities, prices, "posts", prices.price_year)
    assert refunded_a_person(quantities, prices) < CEILING  # docs/prices.md
    if (scenario.benefit or next(iter(scenario.benefits))) == "sygedagpenge":  # docs/accounts.md
        assert scenario.intake.elapsed(list(scenario.arms), list(scenario.jobcentres)).min() * 7 > 30
        assert scenario.intake.elapsed_by is None


CEILING = 10_139
"""The lower one of 2018, in kroner of that year and a full-time person (PAYER-06)."""


def refunded_a_person(quantities: Quantities, prices: Prices) -> float:
    """Kroner of 2018 that offers, clubs and mentors cost in the year in which they cost most for each full-time person
    on benefit, of years in which half of it was refunded."""
    years = [place for place, year in enumerate(quantities.years) if 2016 <= year < 2020]
    persons = sum(units.sum(axis=0) for item, units in quantities.of.items() if item.kind == "benefit") / 52
    cost = np.zeros(len(quantities.years))
    for item, units in quantities.priced("posts").items():
        for place in years if item.kind in ("offer", "session", "mentor") and units.any() else ():
            cost[place] += units[:, place].sum() * prices.of(item, quantities.years[place], 2018).amount
    return max((float(cost[place] / persons[place]) for place in years), default=0.0)
