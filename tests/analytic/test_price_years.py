"""Each calendar year by its own rules, in kroner of one year: by hand, real and nominal, and any file with dates."""

from __future__ import annotations

import pathlib
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from simulation.economy.accounts import accounts_of, real_of
from simulation.economy.items import STEPS, Item
from simulation.economy.people import lived
from simulation.economy.prices import Prices, read_prices
from simulation.economy.quantities import Quantities
from simulation.economy.staff import Way
from simulation.economy.years import years_in_words, years_of
from simulation.scenario.files.problems import InputProblems
from tests.analytic.test_accounts import both_agree
from tests.priced import number
from tests.refusion import HISTORIES, START, WEEKS, YEARS, past
from tests.refusion import scenario as of_histories

STAFF, COURSE = Item("staff", "team"), Item("offer", "kursus")
LEVELS = {2018: 100, 2020: 120, 2021: 126}
"""Of the index; it has none of 2016, 2017, 2019 and of what follows."""


def paid(kommune: float, more: str = "") -> str:
    return f"{{value: {{stat: {1 - kommune}, kommune: {kommune}}}, unit: share, kind: assumed, source: invented{more}}}"


def steps(*kommune: float) -> str:
    each = (f"{step}: {{stat: {1 - share}, kommune: {share}}}" for step, share in zip(STEPS, kommune, strict=True))
    shares = ", ".join(each)
    return f"{{value: {{{shares}}}, unit: share, kind: assumed, source: invented"


def dated(week: str, value: str) -> str:
    return f", from: {{{week}: {value}}}"


TEXT = f"""version: 1
name: Dated
price_year: 2020
first_year: 2016
assessed_by: ours
key_figures:
  ours: {{since: 2016, discount: {{0: {number(0, "share a year")}}}, net_tax_factor: {number(1, "factor")},
         distortion: {number(1, "factor")}}}
indices: {{rates: {{what: Rates, levels: {{value: {LEVELS}, unit: kr, kind: assumed, source: invented}}}}}}
taxes:
  tax: {{share: {number(0.3, "share", dated("2021-W01", number(0.4, "share")))}, kommune: {number(0.5, "share")}}}
refusion: {steps(0.2, 0.6, 0.7, 0.8)}{dated("2021-W01", steps(0.5, 0.9, 0.9, 0.9) + "}")}}}
prices:
  benefit:
    dagpenge: {{price: {number(1000, "kr a week", ", range: [900, 1200]" + dated("2021-W01", number(
        1100, "kr a week", ", range: [900, 1200]")))}, year: 2020, index: rates, refusion: true, to: borger}}
    taxed: {{price: {number(1000, "kr a week")}, year: 2020, index: rates, paid: {paid(0)}, to: borger, taxes: [tax]}}
  offer:
    kursus: {{price: {number(100, "kr a week", dated("2020-W01", number(130, "kr a week")))}, year: 2018, index: rates,
             paid: {paid(0.5, dated("2020-W01", paid(1)))}, to: anden_aktoer}}
    midt_paa_aaret: {{price: {number(100, "kr a week")}, year: 2020, paid: {paid(0.5, dated("2020-W28", paid(1)))},
                     to: anden_aktoer}}
  staff:
    any: {{price: {number(5200, "kr a year")}, year: 2018, index: rates, paid: {paid(1)}, to: personale}}
"""


@pytest.fixture(scope="module")
def prices(tmp_path_factory: pytest.TempPathFactory) -> Prices:
    file = tmp_path_factory.mktemp("dated") / "dated.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return read_prices(file)


def counted(of: dict[Item, list[float]], years: tuple[int, ...]) -> Quantities:
    """One replication with so many units by year."""
    units = {item: np.array([each]) for item, each in of.items()}
    return Quantities(years, (52,) * len(years), np.ones(1), units, {"posts": {}}, {})


def kroner(oere: Any) -> list[float]:
    return [float(each) / 100 for each in oere[0]]


def test_a_share_and_a_price_that_change_in_the_middle_of_a_run(prices: Prices) -> None:
    """A course of 100 kr of 2018, half of it refunded; from 2020 on 130 kr of 2020, and nothing refunded. In kroner of
    2020 the 100 are 120; in kroner of 2018 the 130 are 108.33."""
    run = counted({COURSE: [10, 20, 30]}, (2018, 2019, 2020))
    real = accounts_of(run, prices, "posts", 2020)
    assert kroner(real.paid("kommune")) == [600, 1200, 3900]
    assert kroner(real.paid("stat")) == [600, 1200, 0]
    assert kroner(real_of(run, prices, "posts", 2020).resources) == [1200, 2400, 3900]
    before = accounts_of(run, prices, "posts", 2018)
    assert kroner(before.paid("kommune")) == pytest.approx([500, 1000, 30 * 130 / 1.2], abs=0.005)
    with pytest.raises(InputProblems, match="no level of 2019"):  # in kroner of 2019 nothing can be told
        accounts_of(run, prices, "posts", 2019)


def test_nominal_kroner_are_those_of_each_year(prices: Prices) -> None:
    """100 kr of 2018 are 126 of 2021; 130 of 2020 are 136.50 of 2021. That the index has no 2019 is told."""
    assert [prices.of(COURSE, year).amount for year in (2018, 2020, 2021)] == pytest.approx([100, 130, 136.5])
    nominal = accounts_of(counted({COURSE: [10, 10]}, (2020, 2021)), prices, "posts")
    assert kroner(nominal.paid("kommune")) == [1300, 1365]
    (missing,) = {problem.message for problem in prices.lacking([COURSE], [2018, 2019])}
    assert missing.startswith("the index has no level of 2019")


def test_the_year_that_is_priced_needs_no_index(prices: Prices) -> None:
    """2016 and 2019 lie between the levels, 2030 behind them; only kroner of 2018, 2020 and 2021 are needed."""
    assert prices.lacking([STAFF, COURSE], range(2016, 2031), 2021) == ()
    for year in (2016, 2019, 2030):
        assert prices.of(STAFF, year, 2021).amount == pytest.approx(100 * 1.26)
    assert prices.of(COURSE, 2019, 2021).amount == pytest.approx(126)
    assert prices.of(COURSE, 2030, 2021).amount == pytest.approx(130 * 1.05)


def test_a_rule_that_changes_within_a_year_is_the_mean_of_its_weeks(prices: Prices) -> None:
    """2020 has 53 weeks: 27 at half, 26 at nothing."""
    item = Item("offer", "midt_paa_aaret")
    shares = {
        year: {flow.payer: flow.share for flow in prices.of(item, year, 2020).flows} for year in (2019, 2020, 2021)
    }
    assert shares[2019] == {"stat": 0.5, "kommune": 0.5} and shares[2021] == {"kommune": 1}
    assert shares[2020] == pytest.approx({"stat": 0.5 * 27 / 53, "kommune": (0.5 * 27 + 26) / 53})


def test_a_year_of_which_a_run_has_a_part_is_the_mean_of_that_part(prices: Prices) -> None:
    """A run from 2020-W20 to W31: 8 weeks at half, 4 at nothing. Other years, and the one at which an early one is
    looked up, are whole; so are all if their rules are those of one year."""
    item, within = Item("offer", "midt_paa_aaret"), ("2020-W20", "2020-W32")
    run = replace(prices, within=within)

    def state(prices: Prices, year: int) -> float:
        return sum(flow.share for flow in prices.of(item, year, 2020).flows if flow.payer == "stat")

    assert state(run, 2020) == pytest.approx(0.5 * 8 / 12)
    assert state(replace(prices, within=("2020-W28", "2021-W10")), 2020) == 0
    assert [state(run, year) for year in (2014, 2019, 2021)] == pytest.approx([0.5 * 27 / 53, 0.5, 0])
    assert [state(replace(run, rules=2020), year) for year in (2019, 2020)] == pytest.approx([0.5 * 27 / 53] * 2)


def test_a_tax_is_that_of_its_year(prices: Prices) -> None:
    taxed = Item("benefit", "taxed")
    accounts = accounts_of(counted({taxed: [2, 2]}, (2020, 2021)), prices, None, 2020)
    assert kroner(accounts.paid("borger", "stat")) == [300, 400] == kroner(accounts.paid("borger", "kommune"))


def test_new_year_with_week_53_by_the_rules_of_both_years(prices: Prices) -> None:
    """Three weeks of dagpenge in 2020, the third in week 53, and three in 2021, with other steps and another rate: the
    fourth week of benefit is at the first step of 2021, two are at its second."""
    chosen, calendar = of_histories(), years_of(START, WEEKS)
    row = np.arange(len(HISTORIES)) == list(HISTORIES).index("nytaar med uge 53")
    found = lived(chosen, past(chosen), calendar - YEARS[0], row).of
    of = {item: units for item, units in found.items() if item.name == "dagpenge"}
    weeks = tuple(np.bincount(calendar - YEARS[0]).tolist())
    accounts = accounts_of(Quantities(YEARS, weeks, np.ones(1), of, {}, {}), prices, None, 2020)
    of_2021 = 1100 * 120 / 126
    assert kroner(accounts.paid("kommune"))[:2] == pytest.approx([3 * 200, of_2021 * (0.5 + 2 * 0.9)], abs=0.02)
    assert kroner(accounts.paid("stat"))[:2] == pytest.approx([3 * 800, of_2021 * (0.5 + 2 * 0.1)], abs=0.02)
    assert kroner(accounts.net("borger")) == pytest.approx([3000, 3 * of_2021, 0, 0, 0], abs=0.02)


def test_years_before_the_first_and_behind_the_last_are_told(prices: Prices) -> None:
    """Before 2016 the rules are those of the year of the kroner, behind 2021 those of 2021; all years may be priced by
    the rules of one."""
    assert prices.last_year == 2021
    years = [2014, 2015, 2016, 2020, 2021, 2022, 2023, 2025]
    assert prices.ruled(years, 2020) == {2020: [2014, 2015], 2021: [2022, 2023, 2025]}
    assert years_in_words([2022, 2023, 2025]) == "2022–2023, 2025"
    assert prices.of(COURSE, 2014, 2018) == prices.of(COURSE, 2018, 2018) != prices.of(COURSE, 2020, 2018)
    assert prices.of(COURSE, 2030, 2020) == prices.of(COURSE, 2021, 2020)
    for too_early in (lambda: prices.of(COURSE, 2014), lambda: prices.of(COURSE, 2018, 2014)):
        with pytest.raises(InputProblems, match="2014 lies before 2016: name a later year to price it at"):
            too_early()
    frozen = replace(prices, rules=2020)
    assert frozen.ruled([2018, 2020, 2021], 2018) == {2020: [2018, 2021]}
    assert {frozen.of(COURSE, year, 2018) for year in (2015, 2018, 2021)} == {prices.of(COURSE, 2020, 2018)}
    assert frozen.with_values({"prices.staff.any.price": 1.0}).rules == 2020


def test_a_price_of_2026_is_brought_over_once() -> None:
    """22,041 kr a month from 2026 on, in an entry of `year: 2025`: kroner of 2026, those before of 2025."""
    prices, dagpenge = read_prices("shipped/dk_2026"), Item("benefit", "dagpenge", "1")
    both = (2025, 2026)
    in_kroner = {(year, of): prices.of(dagpenge, year, of).amount * 52 / 12 for year in both for of in both}
    assert in_kroner == pytest.approx({
        (2025, 2025): 21_092, (2025, 2026): 21_092 * 5086 / 4865, (2026, 2025): 22_041 * 4865 / 5086,
        (2026, 2026): 22_041,
    })  # fmt: skip


shares = some.integers(0, 100).map(lambda percent: percent / 100)
weeks = some.sampled_from(["2016-W10", "2019-W01", "2020-W53", "2021-W27"])
WAYS: tuple[Way | None, ...] = (None, "posts")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(some.data())
def test_any_file_with_dates_balances(tmp_path: pathlib.Path, data: Any) -> None:
    """Random prices, shares and steps that change at random weeks: both totals of society agree in every year."""
    text = TEXT.replace(str(LEVELS), str({year: 100 + year % 7 for year in range(2016, 2022)}))
    for old in ("2020-W01", "2021-W01", "2020-W28"):
        text = text.replace(old, data.draw(weeks))
    for old in ("0.2, kommune: 0.8}", "0.5, kommune: 0.5}"):
        share = data.draw(shares)
        text = text.replace(old, f"{share}, kommune: {round(1 - share, 9)}}}")
    text = text.replace("value: 130,", f"value: {data.draw(some.integers(1, 99_999)) / 100},")
    file = tmp_path / "any.yaml"
    file.write_text(text, encoding="utf-8")
    prices = read_prices(file)
    first, many = data.draw(some.integers(2014, 2022)), data.draw(some.integers(1, 4))
    units = some.lists(some.floats(0, 1e4), min_size=many, max_size=many)
    items = [COURSE, Item("offer", "midt_paa_aaret"), Item("benefit", "taxed"),
             *(Item("benefit", "dagpenge", step) for step in STEPS)]  # fmt: skip
    run = counted({item: data.draw(units) for item in items}, tuple(range(first, first + many)))
    both_agree(run, prices, data.draw(some.sampled_from(WAYS)), 2020)
