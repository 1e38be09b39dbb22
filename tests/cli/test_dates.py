"""Values with dates from outside: check, params, explain, run and sweep."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from simulation.scenario.changes import changes
from simulation.scenario.load import load
from tests.commands import cli
from tests.sweeps import write

DATED = "{value: 1, from: {2026-W11: {value: 3, kind: published, source: Bogen, page: '9'}}}"


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Ten talks of 30 minutes a week; 100 minutes before the date, so 3 of them, and 300 after it, so all."""
    path = write(tmp_path, still=True)
    path.write_text(path.read_text(encoding="utf-8").replace("fte: 2", f"fte: {DATED}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def test_check_goes_by_the_staff_of_the_week(small: Path) -> None:
    told = cli("check", small)
    assert told.exit_code == 0, told.output
    assert "utilisation 3.00 in week" in told.output.replace("\n", " ")
    enough = cli("check", small, "--set", "teams.team.fte={value: 3, from: {2026-W11: 6}}")
    assert "utilisation" not in enough.output, enough.output


def test_check_tells_what_is_wrong_at_its_date(small: Path) -> None:
    small.write_text(small.read_text(encoding="utf-8").replace("value: 3", "value: -3"), encoding="utf-8")
    told = cli("check", small)
    assert told.exit_code == 2
    assert "teams.team.fte.from.2026-W11: must be 0 or more (got -3)" in told.output
    assert "small.yaml:11:" in told.output


def test_params_has_a_row_for_every_change(small: Path) -> None:
    told = cli("params", small, "--all-rows").stdout
    rows = [line.split() for line in told.splitlines() if "teams.team.fte" in line]
    assert [row[0] for row in rows] == ["teams.team.fte", "teams.team.fte.from.2026-W11"]


def test_a_date_says_where_it_is_from_and_what_it_stands_for(small: Path) -> None:
    """By its own file, and by the one that it overlays; a value without dates stands for none of them."""
    over = small.with_name("over.yaml")
    over.write_text("version: 2\nname: O\nextends: small.yaml\nteams: {team: {fte: {value: 1, from: {2026-W11: 5}}}}\n")
    date = "teams.team.fte.from.2026-W11"
    assert "taken away" not in cli("check", small, "--origin", date).stdout
    assert "instead of 3 at small.yaml:11" in cli("check", over, "--origin", date).stdout
    base = load(small, {"teams.team.fte": 1})
    assert [(each.part, each.after) for each in changes(base, load(small))] == [(date, 3)]


def test_a_run_shows_the_staff_of_every_week_and_can_be_run_again(small: Path, undrawn: None) -> None:
    done = cli("run", small, "--out", "here", "--all")
    assert done.exit_code == 0, done.output
    assert "The staff of team changes at dates" in done.output.replace("\n", " ")
    [folder] = [path.parent for path in Path("here").rglob("manifest.json")]
    weeks = rows_of(folder / "tables" / "staff.csv")
    assert [float(row["paid"]) for row in weeks] == [1.0] * 10 + [3.0] * 10
    assert [float(row["minutes"]) for row in weeks] == [100.0] * 10 + [300.0] * 10
    again = cli("run", folder / "resolved.yaml", "--out", "there", "--json")
    other = Path(json.loads(again.stdout)["results_dir"])
    assert (other / "tables" / "staff.csv").read_bytes() == (folder / "tables" / "staff.csv").read_bytes()


def test_a_date_is_swept(small: Path, undrawn: None) -> None:
    told = cli("sweep", small, "--over", "teams.team.fte.from.2026-W11=1:3:1", "--out", "here", "--json")
    assert told.exit_code == 0, told.output
    folder = Path(json.loads(told.stdout)["results_dir"])
    rows = [row for row in rows_of(folder / "tables" / "sweep.csv") if row["outcome"] == "staff_fte"]
    assert {float(row["value"]) for row in rows if row["group"] == "alle"} >= {1.0, 1.5, 2.0}
