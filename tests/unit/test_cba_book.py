"""The workbook of who pays and who gains: every krone can be followed, and follows what is changed."""

from __future__ import annotations

import io
import pathlib
import re
import shutil
import subprocess
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.asked import plan_of
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.running import Simulated, simulated
from simulation.report.economy.book import book
from simulation.report.economy.labels import ACCOUNT
from simulation.scenario.load import load
from simulation.world.labels import LANGUAGES, Language
from tests.priced import half_from_2028, write_priced

MANIFEST = {"fingerprint": "0123456789ab", "run": {"finished": "2027-01-01"}}
HOSTILE = '=HYPERLINK("http://x")'
NAMES = {
    "en": ("Summary", "Accounts", "Quantities", "Prices", "Budget"),
    "da": ("Overblik", "Regnskab", "Mængder", "Priser", "Budget"),
}
FIRST_HEADS = ("Scenario", "Sort", "Scenarie", "Art")
CELL = r"\$?([A-Z]+)\$?(\d+)"
SCENARIOS = pathlib.Path(__file__).parents[2] / "scenarios"
SHIPPED = ("paa_rette_vej_i_job", "paa_rette_vej_tilskud")
OERE_ROUNDED = 0.005
"""Kroner by which an amount of one replication may be rounded."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulated, Assessed]:
    """The small world with more staff twice, once by a name that looks like a formula; in the second year the state
    pays half of the staff."""
    folder = tmp_path_factory.mktemp("priced")
    base, other, prices = write_priced(folder)
    half_from_2028(prices)
    more = load(other).with_({"name": HOSTILE, "teams.team.fte": 2})
    plan, account, _ = plan_of([load(base), load(other), more], {"prices": str(prices)})
    found = simulated(plan)
    return found, assessed(plan, found, account)


def rows(sheet: Worksheet) -> tuple[list[str], list[list[Any]]]:
    """The head of a sheet, and its cells by row."""
    top = next(cell.row for cell in sheet["A"] if cell.value in FIRST_HEADS)
    return [str(cell.value) for cell in sheet[top]], [list(row) for row in sheet.iter_rows(min_row=top + 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_amount_can_be_followed(small: tuple[Simulated, Assessed], language: Language) -> None:
    """From each amount to units of the same scenario and item, to the price of that item, and to the share of the
    payer and the receiver that the row names; and from each gain to amounts of its own scenario."""
    told = small[1]
    content = book(told, MANIFEST, language)
    assert content == book(told, MANIFEST, language)
    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=only) for only in (False, True))
    summary, accounts, quantities, prices, _ = (formulas[name] for name in NAMES[language])
    price_heads, _ = rows(prices)
    _, _, of_quantities, of_prices, _ = NAMES[language]
    amount = re.compile(rf"='{of_quantities}'!{CELL}\*'{of_prices}'!{CELL}\*'{of_prices}'!{CELL}")
    years, (heads, amounts) = len(told.years), rows(accounts)
    *of_benefit, first, second = (row[4].value for row in rows(prices)[1])
    assert {*of_benefit} == {"2027–2028"} and (first, second) == ("2027", "2028")  # of staff
    for row in amounts:
        scenario, *item, payer, receiver, _ = (cell.value for cell in row[:7])
        for cell, head in zip(row[7 : 7 + years], heads[7:], strict=False):
            parts = amount.fullmatch(cell.value)
            assert parts, cell.value
            units, price, share = (a + b for a, b in zip(parts.groups()[::2], parts.groups()[1::2], strict=True))
            at = quantities[units]
            assert [each.value for each in quantities[at.row][:4]] == [scenario, *item]
            assert [each.value for each in prices[prices[price].row][:3]] == item
            assert head in prices[prices[price].row][4].value
            assert prices[share].row == prices[price].row
            assert price_heads[prices[share].column - 1] == f"{payer} → {receiver}"
            by_hand = at.value * prices[price].value * (prices[share].value or 0)  # empty: none
            assert values[accounts.title][cell.coordinate].value == pytest.approx(by_hand, abs=1e-9)
    _, gains = rows(summary)
    assert len(gains) == (len(ACCOUNT) + 1) * 2
    for row in gains:
        for cell in row[2 : 3 + years]:
            assert re.match(r"=(SUMIFS\(|SUM\(|[A-Z]+\d+\+)", cell.value), cell.value
            for first, last in re.findall(r"![A-Z$]+(\d+):[A-Z$]+(\d+)", cell.value):
                named = {accounts.cell(n, 1).value for n in range(int(first), int(last) + 1)}
                assert named == {row[0].value} and int(last) - int(first) + 1 == len(amounts) / 2
    held(values[summary.title], told, language, abs_tolerance(told))


def abs_tolerance(told: Assessed) -> float:
    """Kroner by which rounded øre may differ in a sum over entries and years, both in the scenario and in the base."""
    return 2 * OERE_ROUNDED * len(told.years) * 6 * max(len(each.rows) for each in told.against)


def held(summary: Worksheet, told: Assessed, language: Language, tolerance: float) -> None:
    """What a summary has is what was found, in every year; society's gain twice."""
    _, found = rows(summary)
    shown = iter(found)
    for each in told.against:
        for account in ACCOUNT:
            row = next(shown)
            assert row[1].value == ACCOUNT[account].told(language)
            assert [cell.value for cell in row[2 : 3 + len(told.years)]] == pytest.approx(
                [part.value for part in each.net[account]], abs=tolerance, rel=1e-9), account
        again = next(shown)
        assert [cell.value for cell in again[2 : 3 + len(told.years)]] == pytest.approx(
            [part.value for part in each.net["society"]], abs=tolerance, rel=1e-9)


def test_a_name_is_no_formula(small: tuple[Simulated, Assessed]) -> None:
    made = openpyxl.load_workbook(io.BytesIO(book(small[1], MANIFEST)))
    named = [cell for sheet in made for row in sheet.iter_rows() for cell in row if HOSTILE in str(cell.value)]
    assert len(named) > 10 and {cell.data_type for cell in named} == {"s"}


def recalculated(
    content: bytes, folder: pathlib.Path, sheet: str, change: tuple[str, float] | None = None
) -> Worksheet:
    """A sheet as LibreOffice reckons it, from formulas alone; prices of items of a sort are multiplied before."""
    made = openpyxl.load_workbook(io.BytesIO(content))  # what it saves has no values of formulas
    if change:
        changed = [row for row in rows(made["Prices"])[1] if row[0].value == change[0]]
        assert changed
        for row in changed:
            row[5].value *= change[1]
    folder.mkdir()
    made.save(folder / "book.xlsx")
    assert rows(openpyxl.load_workbook(folder / "book.xlsx", data_only=True)[sheet])[1][1][3].value is None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "xlsx"]
    subprocess.run([*convert, "--outdir", str(folder / "out"), str(folder / "book.xlsx")],
                   check=True, capture_output=True, timeout=300)  # fmt: skip
    return openpyxl.load_workbook(folder / "out" / "book.xlsx", data_only=True)[sheet]


needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice recalculates, and is not there")


@pytest.mark.slow
@needs_office
def test_libreoffice_reckons_the_same(small: tuple[Simulated, Assessed], tmp_path: pathlib.Path) -> None:
    """The table, and with another price what an assessment at that price finds."""
    found, told = small
    content = book(told, MANIFEST)
    held(recalculated(content, tmp_path / "written", "Summary"), told, "en", abs_tolerance(told))
    prices = told.plan.prices
    dearer = prices.with_values({"prices.staff.any.price": 1.5 * 520_000})
    anew = assessed(replace(told.plan, prices=dearer), found, told.account)
    changed = recalculated(content, tmp_path / "changed", "Summary", ("staff", 1.5))
    held(changed, anew, "en", abs_tolerance(told))
    assert anew.against[0].net["kommune"][-1].value < told.against[0].net["kommune"][-1].value - 200_000


@pytest.mark.slow
@needs_office
def test_libreoffice_reckons_a_shipped_scenario_the_same(tmp_path: pathlib.Path) -> None:
    """With hours, taxes, offers and more, at the shipped prices, in Danish."""
    plan, account, _ = plan_of([load(SCENARIOS / f"{name}.yaml") for name in SHIPPED], {"replications": 2})
    told = assessed(plan, simulated(plan), account)
    sheet = recalculated(book(told, MANIFEST, "da"), tmp_path / "shipped", "Overblik")
    held(sheet, told, "da", abs_tolerance(told))
    assert {row.item.kind for row in told.against[0].rows} >= {"benefit", "hours", "offer"}
