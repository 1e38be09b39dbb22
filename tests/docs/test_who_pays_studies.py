"""What docs/who_pays_studies.md says of Esbjerg: its spells follow from its kroner, and its inflow from the fit."""

from __future__ import annotations

import pathlib
import re

import pytest
import yaml

from simulation import cba, load

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "who_pays_studies.md").read_text(encoding="utf-8")
FITTED = ROOT / "calibration" / "fitted" / "esbjerg_tidlig_indsats.yaml"
ROW = re.compile(r"^\| ([^|*]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)
PLAN = re.compile(r"\*\*([\d.]+) million kr\*\* a year for (\w+) years.*\*\*([\d.]+) million kr\*\* a year for (\w+) "
                  r"years.*\*\*(\d+) days\*\*")  # fmt: skip
YEARS = {"two": 2, "four": 4}
INTAKE_WEEKS = 117


def test_spells_that_make_the_sum_true_follow_from_its_kroner_and_the_fit() -> None:
    plan = PLAN.search(PAGE)
    assert plan is not None
    cost, cost_years, saving, saving_years, days = plan.groups()
    spent = float(cost) * 1e6 * YEARS[cost_years]
    told = float(saving) * 1e6 * YEARS[saving_years]
    inflow, _, _ = inflow_a_year()
    rows = ROW.findall(PAGE)
    assert len(rows) >= 4
    for row in rows:
        a_day, netted, not_netted, of_inflow, of_inflow_not = (float(cell.replace(",", "")) for cell in row[1:])
        needed = [round(total / (YEARS[cost_years] * int(days) * a_day)) for total in (told + spent, told)]
        assert [netted, not_netted] == pytest.approx(needed, abs=2), row  # kroner a day are rounded
        assert [of_inflow, of_inflow_not] == pytest.approx([each / inflow for each in needed], abs=0.011), row


def test_the_inflow_is_that_of_the_fit() -> None:
    assert "{:,.0f} [{:,.0f}; {:,.0f}] spells a year".format(*inflow_a_year()) in PAGE


@pytest.mark.slow
def test_a_day_of_benefit_costs_the_public_what_the_page_says() -> None:
    with_it, without = (load(f"shipped/hvad_hvis/{name}") for name in ("esbjerg_til_2020", "esbjerg_uden_indsats"))
    (against,) = cba(without, with_it, prices="shipped/esbjerg_2017", replications=2).against
    (told,) = (row[1] for row in ROW.findall(PAGE) if row[0].startswith("public, benefit less its tax"))
    assert float(told) == pytest.approx(against.saved.value / 7, abs=0.6)


def inflow_a_year() -> list[float]:
    """Spells of the project group a year, half of all: fitted, and the ends of its interval."""
    fitted = yaml.safe_load(FITTED.read_text(encoding="utf-8"))["parameters"]["intake.persons"]
    return [fitted[key] / INTAKE_WEEKS * 52 / 2 for key in ("value", "low", "high")]
