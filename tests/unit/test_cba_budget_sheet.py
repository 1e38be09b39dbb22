"""The sheet of the controller's table: its sums follow the accounts."""

from __future__ import annotations

import io
import math
import pathlib
from dataclasses import replace

import openpyxl
import pytest

from simulation.economy.cba.answer import assessed
from simulation.economy.cba.budget import LINES
from simulation.economy.cba.found import Assessed
from simulation.economy.cba.running import Simulated
from simulation.report.economy.book import book
from simulation.report.economy.budget_words import PAYERS
from simulation.report.economy.labels import ACCOUNT
from tests.priced import (
    COURSE,
    COURSES,
    IT,
    budgeted,
)
from tests.unit.test_cba_book import MANIFEST, needs_office, recalculated


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Simulated, Assessed]:
    return budgeted(tmp_path_factory.mktemp("once"))


def budget_rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:
    top = next(cell.row for cell in sheet["A"] if cell.value in ("Scenario", "Scenarie"))
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top + 2)]


def held(sheet: openpyxl.worksheet.worksheet.Worksheet, told: Assessed) -> None:
    """The differences are those of the table, and levels behind them as stored."""
    shown = {(row[0], row[1], row[2]): row[3:] for row in budget_rows(sheet)}
    spans, names = len(told.budget.spans), {str(ACCOUNT[a].told("en")): a for a in PAYERS}
    (block, *levels), seen = told.budget.blocks, 0
    for (scenario, who, line), cells in shown.items():
        if scenario != block.label:
            continue
        key = next(each for each in LINES if told_line(told, each) == line)
        parts = block.kroner[names[str(who)]].get(key)
        nothing = [0.0 if span.known else math.nan for span in told.budget.spans]
        expected = nothing if parts is None else [part.value for part in parts]
        values = [math.nan if value is None else value for value in cells[:spans]]
        assert values == pytest.approx(expected, abs=0.3, nan_ok=True), (who, line)
        seen += 1
    assert seen == 6 * len(PAYERS) and len(shown) == seen + sum(
        len(level.kroner[account]) for level in levels for account in PAYERS
    )


def told_line(told: Assessed, line: str) -> str:
    from simulation.report.economy.budget_words import LINE

    return LINE[line].told("en", week=told.plan.base.scenario.start)  # type: ignore[index]


@pytest.mark.parametrize(("year", "known"), [(2026, [1, 2]), (2027, [0, 1]), (2028, [0, 1])])
def test_the_sheet_follows_the_accounts(both: tuple[Simulated, Assessed], year: int, known: list[int]) -> None:
    """Every amount of a payer is a sum over the sheet of accounts, by payer, receiver and line; also where the run
    begins after the budget year, and before it."""
    found, told = both
    told = assessed(replace(told.plan, budget_year=year, prices_at=[]), found, told.account)
    content = book(told, MANIFEST, "en")
    formulas, values = (openpyxl.load_workbook(io.BytesIO(content), data_only=only)["Budget"] for only in (False, True))
    held(values, told)
    rows = [row for row in budget_rows(formulas) if row[0] == told.budget.blocks[0].label]
    for row in rows:
        start = {"Net": "=SUM("}.get(str(row[2]), "=")
        cells = row[3 : 3 + len(told.budget.spans)]
        assert [n for n, cell in enumerate(cells) if cell is not None] == known
        assert all(str(cells[n]).startswith(start) for n in known)
        if row[1] != "Public together" and not str(row[2]).startswith("Net"):
            assert all(str(cells[n]).startswith("=SUMIFS('Accounts'!") for n in known)


@pytest.mark.slow
@needs_office
def test_libreoffice_reckons_the_sheet_the_same(both: tuple[Simulated, Assessed], tmp_path: pathlib.Path) -> None:
    """As it is written, and with another price of what is paid once."""
    found, told = both
    content = book(told, MANIFEST)
    held(recalculated(content, tmp_path / "written", "Budget"), told)
    dearer = told.plan.prices.with_values({"prices.once.it.price": 2 * IT, "prices.once.any.price": 2 * COURSE})
    anew = assessed(replace(told.plan, prices=dearer), found, told.account)
    held(recalculated(content, tmp_path / "changed", "Budget", ("one-off cost", 2.0)), anew)
    once = anew.budget.blocks[0].kroner["kommune"]["once"]
    assert [part.value for part in once[:2]] == [2 * -COURSE * COURSES, 2 * -IT]
