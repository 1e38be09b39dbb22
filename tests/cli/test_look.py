"""Looking before running: where values come from, scenarios side by side, what a run would take, and selftest."""

from __future__ import annotations

import json
import pathlib
import zipfile

import pytest

from simulation.experiments import selftest
from simulation.results.tables import expected
from tests.commands import cli
from tests.sweeps import write

BASE = """version: 2
name: Base
extends: shipped/base_kontanthjaelp
teams: {ordinaer: {fte: {value: 2, unit: full-time staff, kind: assumed, source: ours, page: "7", range: [1, 3]}}}
"""
OVER = """version: 2
name: Over
extends: base.yaml
teams:
  ordinaer: {fte: 3}
interventions: {praktik: {direct_hire: null}}
"""


@pytest.fixture
def files(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("base.yaml", BASE), ("over.yaml", OVER)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_an_origin_has_its_chain(files: pathlib.Path) -> None:
    """What an overlay says stands for what it extends says, and for what that extends, each at its line."""
    told = cli("check", "over.yaml", "--origin", "teams.ordinaer.fte")
    assert told.exit_code == 0
    head, own, middle, shipped = told.stdout.splitlines()
    assert head == "teams.ordinaer.fte = 3 full-time staff"
    assert own == "    over.yaml:5  no source is given"
    assert middle == "    instead of 2 at base.yaml:4  assumed: ours, p. 7; range 1 to 3"
    assert shipped.startswith("    instead of 1 at ") and "base_kontanthjaelp.yaml:" in shipped
    inherited = cli("check", "over.yaml", "--origin", "intake.persons").stdout
    assert "inherited by base.yaml:3" in inherited and "inherited by over.yaml:3" in inherited


def test_an_origin_of_what_is_filled_in_or_written_nowhere(files: pathlib.Path) -> None:
    fitted = cli("check", "over.yaml", "--origin", "exits.job.level").stdout
    assert "fitted: paa_rette_vej_i_job, 95 % " in fitted and "calibrated: Rambøll 2013" in fitted
    evidence = cli("check", "over.yaml", "--origin", "displacement").stdout
    assert "evidence: displacement.work.talks  (" in evidence
    assert "the usual value; it is written nowhere" in cli("check", "over.yaml", "--origin", "measured_from").stdout
    gone = cli("check", "over.yaml", "--origin", "interventions.praktik.direct_hire")
    _, usual, taken, before = gone.stdout.splitlines()
    assert usual == "    the usual value; it is taken away"
    assert taken == "    taken away or replaced as a whole at over.yaml:6" and "instead of 0.01 at " in before


def test_an_origin_of_a_part_has_all_values_below(files: pathlib.Path) -> None:
    found = json.loads(cli("check", "over.yaml", "base.yaml", "--origin", "teams", "--json").stdout)
    keys = [(pathlib.Path(row["scenario"]).name, row["key"], row["value"]) for row in found]
    assert ("over.yaml", "teams.ordinaer.fte", 3) in keys and ("base.yaml", "teams.ordinaer.fte", 2) in keys
    first = next(row for row in found if row["key"] == "teams.ordinaer.fte")
    assert [each["value"] for each in first["instead_of"]] == [2, 1] and first["inherited_by"] == []


MEANT = {
    "teams.ordinear.fte": "did you mean 'teams.ordinaer.fte'?",
    "fte": "there is teams.ordinaer.fte",
    "teams.ordinaer.fte.more": "the scenario has no 'teams.ordinaer.fte.more'",
}


@pytest.mark.parametrize("key", MEANT)
def test_a_key_that_there_is_not(key: str, files: pathlib.Path) -> None:
    told = cli("check", "over.yaml", "--origin", key)
    assert told.exit_code == 2 and MEANT[key] in told.stderr


def test_origins_of_a_file_with_mistakes_are_refused(files: pathlib.Path) -> None:
    (files / "wrong.yaml").write_text(OVER.replace("fte: 3", "fte: -3"), encoding="utf-8")
    told = cli("check", "wrong.yaml", "--origin", "teams")
    assert told.exit_code == 2 and "wrong.yaml:5:" in told.stderr and not told.stdout


def test_params_shows_what_differs_alone(files: pathlib.Path) -> None:
    told = cli("params", "base.yaml", "over.yaml")
    assert told.exit_code == 0
    lines = [line.split() for line in told.stdout.splitlines()]
    assert lines[0] == ["unit", "base", "over"]
    assert {line[0] for line in lines[2:]} == {"teams.ordinaer.fte", "interventions.praktik.direct_hire"}
    assert lines[2][-2:] == ["2", "3"]
    assert cli("params", "base.yaml", "base.yaml").stdout == "Nothing differs in what is simulated.\n"
    every = cli("params", "base.yaml", "over.yaml", "--all-rows").stdout
    assert "intake.persons" in every and every.count("\n") > 60


def test_params_is_written_for_spreadsheets(files: pathlib.Path) -> None:
    assert cli("params", "base.yaml", "over.yaml", "--csv", "out/p.csv").exit_code == 0
    head, first, *_ = (files / "out" / "p.csv").read_text(encoding="utf-8").splitlines()
    assert head == "key,unit,Base,Over" and first == "teams.ordinaer.fte,full-time staff,2,3"
    refused = cli("params", "base.yaml", "over.yaml", "--csv", "base.yaml/p.csv")
    assert refused.exit_code == 2 and "base.yaml" in refused.stderr


def test_params_is_a_workbook_with_numbers(files: pathlib.Path) -> None:
    assert cli("params", "base.yaml", "over.yaml", "--xlsx", "p.xlsx").exit_code == 0
    with zipfile.ZipFile(files / "p.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert '<c r="C2"><v>2</v></c><c r="D2"><v>3</v></c>' in sheet


@pytest.mark.parametrize(
    ("words", "replications", "scenarios"),
    [
        (("run", "small.yaml"), 3, 1),
        (("run", "small.yaml", "--replications", "7"), 7, 1),
        (("compare", "small.yaml", "other.yaml"), 6, 2),
        (("sweep", "small.yaml", "--over", "teams.team.fte=1:2:0.5"), 9, 3),
        (("run", "small.yaml", "--uncertain", "--draws", "10"), 3 + 40, 1),
    ],
)
def test_a_dry_run_counts_and_writes_nothing(
    words: tuple[str, ...], replications: int, scenarios: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = write(tmp_path).read_text(encoding="utf-8")
    unsure = text.replace("level: 0.05", "level: {value: 0.05, kind: assumed, source: x, range: [0.04, 0.06]}")
    (tmp_path / "small.yaml").write_text(unsure, encoding="utf-8")
    (tmp_path / "other.yaml").write_text("version: 2\nextends: small.yaml\nname: O\nteams: {team: {fte: 1}}\n")
    there = sorted(tmp_path.rglob("*"))
    told = cli(*words, "--dry-run", "--json")
    assert told.exit_code == 0, told.output
    size = json.loads(told.stdout)
    assert (size["replications"], size["scenarios"], size["persons"]) == (replications, scenarios, 60)
    assert size["seconds"] > 0 and size["memory_bytes"] > 10**7 and size["disk_bytes"] > 10**5
    assert sorted(tmp_path.rglob("*")) == there


def test_a_dry_run_in_words(tmp_path: pathlib.Path) -> None:
    told = cli("run", write(tmp_path), "--dry-run", "--out", tmp_path / "out", "--lang", "da")
    first, second, *_ = told.stdout.splitlines()
    assert first == "Intet er kørt, og intet er skrevet. Det vil tage:"
    assert second == "    gentagelser   3 med 60 personer"
    assert not (tmp_path / "out").exists()


def test_selftest_passes_here() -> None:
    told = cli("selftest")
    assert told.exit_code == 0, told.output
    assert [line.split()[0] for line in told.stdout.splitlines()] == ["ok"] * 5 + ["PASSED"]


def test_selftest_tells_what_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    """A figure that is another one than was stored, a closed form that is missed, a file that is not there."""
    monkeypatch.setattr(selftest, "checks", lambda: iter((selftest.stored_table, selftest.exits)))
    lines = (expected.FOLDER / f"{selftest.EXPECTED}.csv").read_text(encoding="utf-8").splitlines()
    name, group, value = lines[5].split(",")
    lines[5] = f"{name},{group},{float(value) * 1.001 + 0.001}"
    (tmp_path / f"{selftest.EXPECTED}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(expected, "FOLDER", tmp_path)
    monkeypatch.setitem(selftest.SMALL, "exits", {"job": {"level": 0.02}, "other": {"level": 0.005, "duration": {
        "log_slope": 0.1, "until_week": 26}}})  # fmt: skip
    told = cli("selftest", "--lang", "da")
    assert told.exit_code == 5
    first, second, last = told.stdout.splitlines()
    assert first.startswith("FORKERT") and second.startswith("FORKERT") and last.startswith("IKKE BESTÅET")
    (tmp_path / f"{selftest.EXPECTED}.csv").unlink()
    monkeypatch.setattr(selftest, "checks", lambda: iter((selftest.stored_table,)))
    gone = json.loads(cli("selftest", "--json").stdout)
    assert not gone["passed"] and gone["missing"] == [str(tmp_path / f"{selftest.EXPECTED}.csv")]
