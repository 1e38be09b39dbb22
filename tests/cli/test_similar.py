"""`init --similar`: places beside each other by the same fit, and what-ifs with the exits of another place."""

from __future__ import annotations

import csv
import pathlib

import pytest

from simulation import load
from simulation.scenario.check import warnings
from tests.commands import cli

TABLES = ["--from", pathlib.Path(__file__).parents[1] / "municipal" / "places"]


def begun(folder: pathlib.Path, *more: object) -> pathlib.Path:
    done = cli("init", folder, *TABLES, *more)
    assert done.exit_code == 0, done.output
    return folder


def test_each_place_has_the_figures_that_it_has_as_a_study_of_its_own(tmp_path: pathlib.Path) -> None:
    study = begun(tmp_path / "s", "--municipality", "Randers", "--similar", "Københavns Kommune", "--similar", "Fanø")
    with (study / "similar.csv").open(encoding="utf-8") as file:
        rows = {(row["municipality"], row["group"]): row for row in csv.DictReader(file)}
    known = [("Randers", "København", "Fanø"), ("Randers", "København"), ("Randers", "København")]
    groups = ["dagpenge", "kontanthjaelp", "kontanthjaelp_aktivitetsparat"]
    assert list(rows) == [(name, key) for key, names in zip(groups, known, strict=True) for name in names]
    own = begun(tmp_path / "k", "--municipality", "København")
    assert f"{float(rows['København', 'dagpenge']['weeks_on_benefit']):.1f} weeks" in (own / "README.md").read_text()
    # The mean of twelve published months, reckoned here from the file.
    printed = (TABLES[1] / "y25i01_ledige.csv").read_text(encoding="utf-8-sig").splitlines()
    months = [f"2025M{month:02}" for month in range(7, 13)] + [f"2026M{month:02}" for month in range(1, 7)]
    cells = [line.split(";") for line in printed if line.startswith("København;")]
    of_year = [cell for cell in cells if cell[1] in months]
    assert len(of_year) == 12
    row = rows["København", "dagpenge"]
    assert float(row["full_time_persons"]) == pytest.approx(sum(float(cell[4]) for cell in of_year) / 12, abs=0.06)
    rate = sum(float(cell[5].replace(",", ".")) for cell in of_year) / 12
    assert float(row["percent_of_workforce"]) == pytest.approx(rate, abs=0.006)
    readme = (study / "README.md").read_text(encoding="utf-8")
    assert "Beside similar municipalities" in readme and "| København |" in readme
    assert "| Fanø | 25 | 1.9 | -15% | · | 22.9 (the nation's) |" in readme
    assert "of Fanø and is the NATION'S: dagpenge." in (study / "as_fanoe.yaml").read_text(encoding="utf-8")


def test_a_what_if_has_the_exits_of_the_other_place(tmp_path: pathlib.Path) -> None:
    study = begun(tmp_path / "s", "--municipality", "Randers", "--similar", "København")
    own = load(begun(tmp_path / "k", "--municipality", "København") / "base.yaml").scenario
    loaded = load(study / "as_koebenhavn.yaml")
    assert not loaded.unsourced() and not warnings(loaded)
    assert loaded.scenario.exits["job"].level == pytest.approx(own.exits["job"].level)
    theirs, ours = own.benefits["kontanthjaelp"].exits, loaded.scenario.benefits["kontanthjaelp"].exits
    assert ours["job"].level == pytest.approx(theirs["job"].level)
    assert loaded.scenario.intake.persons == load(study / "base.yaml").scenario.intake.persons


def test_everything_wrong_with_the_others_is_told_at_once(tmp_path: pathlib.Path) -> None:
    words = [word for name in ("Randers Kommune", "Aalborg", "Fanø", "Fanoe") for word in ("--similar", name)]
    refused = cli("init", tmp_path / "s", *TABLES, "--municipality", "Randers", *words)
    assert refused.exit_code == 2 and not (tmp_path / "s").exists()
    for told in ("Randers is the municipality of the study", "no figure of 'Aalborg'", "Nothing was written"):
        assert told in refused.stderr
    alone = cli("init", tmp_path / "s", "--similar", "Fanø")
    assert alone.exit_code == 2 and "go together" in alone.stderr
