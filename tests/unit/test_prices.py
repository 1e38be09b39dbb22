"""Prices by year and payer: against sums by hand, over all that is shipped, and with what is not known told."""

from __future__ import annotations

import pathlib
from typing import get_args

import numpy as np
import pytest

from simulation.economy.items import BY_EMPLOYER, HOURS, KINDS, STEPS, Item
from simulation.economy.parties import PARTIES
from simulation.economy.price_files.key_figures import KeyFigures
from simulation.economy.price_files.schema import PER, Goods
from simulation.economy.prices import Price, Prices, read_prices
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.shipped import PRICES, names
from simulation.world.spec import MONTH

FILES = sorted(names(PRICES))
DK_2025, DK_2026 = read_prices("shipped/dk_2025"), read_prices("shipped/dk_2026")
LEVELS = {2017: 4245, 2022: 4465, 2023: 4550, 2024: 4695, 2025: 4865, 2026: 5086}
TAX, SPENDING = 0.25, 0.175
"""Of benefits, and of what is left when it is spent."""


def paid(price: Price) -> dict[tuple[str, str], float]:
    """Kroner of a unit by payer and receiver."""
    return {(flow.payer, flow.receiver): flow.share * price.amount for flow in price.flows}


def every_item(prices: Prices) -> list[Item]:
    """Everything that has a price, and of each kind something that has none of its own."""
    found = []
    for kind in KINDS:
        for name, entry in getattr(prices.file.prices, kind).items():
            parts = list(entry.parts) or (STEPS if kind == "benefit" else [""])
            found += [Item(kind, name, part) for part in parts]
    return found


def test_prices_are_of_the_kinds_of_items() -> None:
    assert set(Goods.model_fields) == set(KINDS) == set(PER)
    assert set(get_args(Goods.model_fields["hours"].annotation)[0].__args__) == set(HOURS)


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_file_prices_all_that_it_has(name: str) -> None:
    """In years that it has an index for, but for what the template leaves to its user."""
    prices = read_prices(name)
    years = range(prices.file.first_year, max(prices.file.indices["satser"].levels) + 1, 3)
    missing = prices.lacking(every_item(prices), years)
    if name == "shipped/skabelon":
        assert len({problem.path for problem in missing}) == 27
        return
    assert missing == ()
    for item in every_item(prices):
        for year in years:
            price = prices.of(item, year)
            first = price.flows[0]
            assert {party for flow in price.flows for party in (flow.payer, flow.receiver)} <= set(PARTIES)
            if item != Item("hours", "loentilskud") and price.amount:  # a wage beside what the hour is worth
                whole = [flow.share for flow in price.flows if flow.receiver == first.receiver != flow.payer]
                assert sum(whole) == pytest.approx(1, abs=1e-12)


def test_a_rate_by_the_month_becomes_one_by_the_week() -> None:
    """21,092 kr a month in 2025, of which state and municipality pay the shares of the step, and tax is paid of it."""
    for step, kommune in zip(STEPS, (0.2, 0.6, 0.7, 0.8), strict=True):
        price = DK_2025.of(Item("benefit", "dagpenge", step), 2025)
        assert price.amount == pytest.approx(21092 / MONTH)
        flows = paid(price)
        assert flows["kommune", "borger"] == pytest.approx(kommune * price.amount)
        assert flows["stat", "borger"] == pytest.approx((1 - kommune) * price.amount)
        assert flows["borger", "kommune"] == pytest.approx(TAX / 2 * price.amount)
        assert flows["borger", "stat"] == pytest.approx((TAX / 2 + (1 - TAX) * SPENDING) * price.amount)
    # COST-10 has the municipality's saving for a week less
    saved = [paid(DK_2025.of(Item("benefit", "dagpenge", step), 2025))["kommune", "borger"] for step in STEPS]
    assert np.round(saved).tolist() == [973, 2920, 3407, 3894]


def test_a_price_of_another_year_is_brought_over_by_its_index() -> None:
    staff = Item("staff", "projekt")
    for year, level in LEVELS.items():
        expected = 600_000 / 52 * level / LEVELS[2025]
        assert DK_2026.of(staff, year).amount == pytest.approx(expected)
    dagpenge = Item("benefit", "dagpenge", "1")
    assert DK_2025.of(dagpenge, 2017).amount * MONTH == pytest.approx(18_403, rel=2e-4)  # RATE-01 of that year
    assert DK_2026.of(dagpenge, 2026).amount * MONTH == pytest.approx(22_041)
    own = read_prices("shipped/esbjerg_2017")
    assert own.of(staff, own.price_year).amount * 52 * 6 == pytest.approx(2_500_000, abs=3)


def test_a_price_that_changes_within_a_year_is_the_mean_of_its_weeks() -> None:
    """Kontanthjælp in 2025: 26 weeks at the rate of 2023 brought over, and 26 at the new one."""
    before, after = 11_944 * LEVELS[2025] / LEVELS[2023], 12_501
    price = DK_2025.of(Item("benefit", "kontanthjaelp", "4"), 2025)
    assert price.amount == pytest.approx((26 * before + 26 * after) / 52 / MONTH)
    assert paid(price)["kommune", "borger"] == pytest.approx(0.8 * price.amount)
    new = DK_2026.of(Item("benefit", "kontanthjaelp", "4"), 2026)  # a year of 53 weeks, all of them at the new one
    assert new.amount == pytest.approx(after / MONTH * LEVELS[2026] / LEVELS[2025])


def test_half_of_an_offer_was_refunded_until_2019() -> None:
    course = Item("offer", "aktive_tilbud")
    before, now = DK_2025.of(course, 2019), DK_2025.of(course, 2020)
    assert [flow.share for flow in before.flows] == [0.5, 0.5] and before.flows[0].receiver == "anden_aktoer"
    assert now.flows == (("kommune", "anden_aktoer", 1.0),)


def test_a_subsidised_hour_has_a_wage_and_a_subsidy_beside_what_it_is_worth() -> None:
    price = DK_2025.of(Item("hours", "loentilskud"), 2023)
    flows = paid(price)
    assert price.amount == pytest.approx(79) and price.flows[0].payer == "arbejdsgiver"
    assert flows["arbejdsgiver", "borger"] == pytest.approx(150)
    assert flows["kommune", "arbejdsgiver"] == pytest.approx(105.65)
    tax = flows["borger", "stat"] + flows["borger", "kommune"]
    assert tax == pytest.approx(150 * (0.33 + 0.67 * SPENDING))


def test_an_employer_pays_the_first_weeks_of_sygedagpenge(tmp_path: pathlib.Path) -> None:
    """All of them, at the same rate and taxes; who pays is told as not known where a file takes it away."""
    first, item = Item("benefit", "sygedagpenge", "1"), Item("benefit", "sygedagpenge", BY_EMPLOYER)
    price, others = DK_2025.of(item, 2025), paid(DK_2025.of(first, 2025))
    flows = paid(price)
    assert flows.pop(("arbejdsgiver", "borger")) == pytest.approx(4865) == price.amount
    assert flows == pytest.approx({each: others[each] for each in flows}) and len(flows) == 2
    own = tmp_path / "own.yaml"
    own.write_text("version: 1\nname: Own\nextends: shipped/dk_2025\n"
                   "prices: {benefit: {sygedagpenge: {by_employer: null}}}\n")  # fmt: skip
    (missing,) = read_prices(own).lacking([first, item], [2025])
    assert missing.mark and (missing.mark.line, missing.message) == (
        4, "who pays for sygedagpenge in the first weeks after a job is not told"
    )  # fmt: skip


def test_fees_are_by_their_parts() -> None:
    parts = ("fixed", "first_trial", "two_months", "four_months")
    prices = DK_2025.with_values({"prices.fee.any.parts.fixed": 5000.0})
    amounts = [prices.of(Item("fee", "formidlere_aktoer", part), 2025).amount for part in parts]
    assert amounts == [5000, 3750, 3750, 3750]
    (missing,) = prices.lacking([Item("fee", "formidlere_aktoer", "afslutning")], [2025])
    assert missing.path == "prices.fee.any" and "no price of fee formidlere_aktoer afslutning" in missing.message


def test_discount_rates_break_at_35_and_70_years() -> None:
    figures = DK_2025.key_figures
    after_35 = 1.035**-35
    expected = [1, 1 / 1.035, after_35, after_35 / 1.025, after_35 * 1.025**-35, after_35 * 1.025**-35 / 1.015]
    assert figures.present([0, 1, 35, 36, 70, 71]) == pytest.approx(expected)
    assert (figures.net_tax_factor, figures.distortion) == (1.28, 1.0)
    assert DK_2025.file.key_figures["fm_2021"].distortion == 1.1
    one = KeyFigures.model_validate({"since": 1999, "discount": {"0": 0.06}})
    assert one.present(100) == pytest.approx(1.06**-100)
    with pytest.raises(ValueError, match="past"):
        figures.present(-1)


def test_what_is_unsure_can_be_set_otherwise() -> None:
    """Every number with a range may lie at either end of it, and all else stays as it is."""
    unsure = DK_2026.unsure()
    assert len(unsure) > 40 and not [each for each in unsure if each.path.startswith("key_figures.fm_2018")]
    for n in (0, 1):
        ends = DK_2026.with_values({each.path: each.origin.range[n] for each in unsure if each.origin.range})
        assert {each.path: each.value for each in ends.unsure()} == {
            each.path: each.origin.range[n] for each in unsure if each.origin.range
        }
        assert ends.key_figures.distortion == (1.0, 1.1)[n]
        assert ends.of(Item("staff", "x"), 2025).amount * 52 == pytest.approx((480_000, 800_000)[n])
        assert ends.of(Item("benefit", "dagpenge", "1"), 2026).amount * MONTH == pytest.approx((18_073, 26_198)[n])
        assert ends.of(Item("pension", "foertidspension"), 2024).amount * MONTH == pytest.approx((17_315, 20_370)[n])
    assert DK_2026.of(Item("staff", "x"), 2025).amount * 52 == pytest.approx(600_000)
    with pytest.raises(KeyError):
        DK_2025.with_values({"prices.staff.any.prise": 1.0})
    with pytest.raises(InputProblems, match="must be 0 or more"):
        DK_2025.with_values({"prices.staff.any.price": -1.0})


def test_all_that_is_needed_and_not_there_is_told_at_once() -> None:
    asked = [Item("pension", "efterloen"), Item("benefit", "dagpeng", "1"), Item("benefit", "dagpenge"),
             Item("staff", "projekt")]  # fmt: skip
    missing = DK_2025.lacking(asked, [2025, 2026, 2031])
    messages = [f"{problem.path}: {problem.message}" for problem in missing]
    assert messages == [
        "prices.pension: there is no price of pension efterloen: write `prices.pension.efterloen` in a "
        "file of prices of your own (--prices)",
        "prices.benefit: there is no price of benefit dagpeng 1: write `prices.benefit.dagpeng` in a "
        "file of prices of your own (--prices); did you mean 'dagpenge'?",
        "prices.benefit.dagpenge: benefit dagpenge is paid by steps of refusion, and has none itself",
        *(f"indices.satser.levels: the index has no level of {year} (it has 2014 to 2025): add it, or price at one of "
          "those years" for year in (2026, 2031)),
    ]  # fmt: skip
    with pytest.raises(InputProblems, match="name a later year to price it at, such as 2025"):
        DK_2025.of(Item("staff", "projekt"), 2010)


def test_a_name_of_nothing_is_told() -> None:
    asked = [Item("staff", "formidlere_aktoere"), Item("staff", "projekt"), Item("benefit", "dagpenge", "1")]
    (warning,) = DK_2025.misspelt(asked)
    assert warning.severity == "warning" and warning.path == "prices.staff.formidlere_aktoer"
    assert warning.message.endswith("is called 'formidlere_aktoer'; did you mean 'formidlere_aktoere'?")
    others = [Item("staff", "formidlere_aktoer")], [Item("staff", "formidlere_kommune")]
    assert not [warning for items in others for warning in DK_2025.misspelt(items)]


def test_own_prices_stand_on_shipped_ones(tmp_path: pathlib.Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "version: 1\nname: Own\nextends: shipped/dk_2025\nassessed_by: fm_2018\nprices:\n"
        "  staff:\n    projekt:\n"
        "      price: {value: 612000, unit: kr a year, kind: published, source: Budget 2025}\n"
        "      year: 2025\n      paid: {value: {kommune: 1}, kind: assumed, source: us}\n      to: personale\n"
        "  mentor:\n    any: {price: null}\n"
        "  talk:\n    any: {parts: {home: {value: 90, unit: kr a talk, kind: assumed, source: travel}}}\n"
    )  # fmt: skip
    prices = read_prices(own)
    assert prices.of(Item("staff", "projekt"), 2025).amount == pytest.approx(612_000 / 52)
    assert prices.of(Item("staff", "ordinaer"), 2025).amount == pytest.approx(600_000 / 52)
    assert [prices.of(Item("talk", "projekt", channel), 2025).amount for channel in ("home", "phone")] == [90, 0]
    assert prices.key_figures.present(36) == pytest.approx(1.04**-35 / 1.03)
    asked = [Item("mentor", "mentor"), Item("staff", "projekt"), Item("matching", "praktik")]
    found = [(each.mark.file, each.mark.line, each.message) for each in prices.lacking(asked, [2024]) if each.mark]
    shipped = str(names(PRICES)["shipped/dk_2025"])
    assert found[:2] == [
        (str(own), 13, "there is no price of mentor mentor (in kr an hour)"),
        (str(own), 9, "the price of staff projekt is of 2025 and has no index to bring it to 2024"),
    ]
    assert [(file, message) for file, _, message in found[2:]] == [(shipped, "net_tax_factor is not known")]
