"""Results folders: tables for a Danish spreadsheet, several scenarios in one, and what a folder knows of its input."""

from __future__ import annotations

import csv
import json
import pathlib
import shutil
import subprocess

import pytest

from tests.commands import COMMANDS, answer, asked, cli, tables
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_for_a_danish_spreadsheet(command: str, tmp_path: pathlib.Path) -> None:
    """Beside the stored ones, which stay as they are: semicolon, decimal comma, a mark for UTF-8; also afterwards."""
    words = asked(command, tmp_path, 2)
    plain = answer(*words, "--out", tmp_path / "out")
    folder = pathlib.Path(plain["results_dir"])
    before = tables(plain)
    later = cli(*words, "--out", tmp_path / "out", "--locale", "da")
    assert later.exit_code == 0 and "there already" in later.stdout
    at_once = answer(*words, "--out", tmp_path / "at once", "--locale", "da")
    assert tables(plain) == before == tables(at_once)
    files = sorted((folder / "tables-da").iterdir())
    assert [file.name for file in files] == sorted(name for name in before if name.endswith(".csv"))
    for file in files:
        content = file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
        assert content == (pathlib.Path(at_once["results_dir"]) / "tables-da" / file.name).read_bytes()
        danish = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        stored = list(csv.reader(before[file.name].decode().splitlines()))
        assert danish[0] == stored[0] and len(danish) == len(stored)
        for row, there in zip(danish[1:], stored[1:], strict=True):
            for column, cell, same in zip(stored[0], row, there, strict=True):
                number = column in ("value", "low", "high", "mean", "difference", "base", "teams.team.fte")
                assert cell == (same.replace(".", ",") if number else cell), column
    assert answer("verify", folder)["ok"] and answer("verify", at_once["results_dir"])["ok"]
    assert cli("run", write(tmp_path), "--locale", "xx").exit_code == 2


def test_several_scenarios_give_one_folder(tmp_path: pathlib.Path) -> None:
    """With a set of tables for each, and common differences that say of which scenario they are."""
    base = write(tmp_path)
    names = ("one", "two", "three")
    for number, name in enumerate(names, 3):
        text = f"version: 2\nextends: small.yaml\nname: {name}\nteams: {{team: {{fte: {number}}}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    words = ["compare", base, *(tmp_path / f"{name}.yaml" for name in names), "--replications", 2, "--out"]
    told = answer(*words, tmp_path / "out")["comparisons"]
    (folder,) = (tmp_path / "out").glob("*/*")
    assert {each["results_dir"] for each in told} == {str(folder)} and folder.parent.name == "small--one--two--three"
    assert [each["tables"] for each in told] == list(names)
    with (folder / "tables" / "differences.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(dict.fromkeys(row["compared"] for row in rows)) == list(names)
    for each in told:
        mine = [row for row in rows if row["compared"] == each["tables"]]
        assert [float(row["difference"]) if row["difference"] else None for row in mine] == [
            row["difference"] for row in each["outcomes"]
        ]
        assert (folder / "tables" / f"{each['tables']}_outcomes.csv").is_file()
        assert (folder / f"resolved_{each['tables']}.yaml").is_file()
    assert (folder / "tables" / "base_outcomes.csv").is_file()
    assert answer("verify", folder)["ok"]


def test_the_shipped_demo_is_repeatable_from_its_folder(tmp_path: pathlib.Path) -> None:
    """All input files are there, in their folders, so that the scenario runs from them with the same tables."""
    scenario = ROOT / "scenarios" / "paa_rette_vej_i_job.yaml"
    first = answer("run", scenario, "--replications", 1, "--out", tmp_path / "out")
    inputs = pathlib.Path(first["results_dir"]) / "inputs"
    kept = {file.relative_to(inputs).as_posix() for file in inputs.rglob("*.yaml")}
    assert {
        "scenarios/paa_rette_vej_i_job.yaml", "calibration/targets/paa_rette_vej_i_job.yaml",
        "calibration/fitted/paa_rette_vej_i_job.yaml",
    } <= kept  # fmt: skip
    assert (inputs / "scenarios" / scenario.name).read_bytes() == scenario.read_bytes()
    again = answer("run", inputs / "scenarios" / scenario.name, "--replications", 1, "--out", tmp_path / "again")
    assert again["fingerprint"] == first["fingerprint"] and tables(again) == tables(first)


def git(folder: pathlib.Path, *words: str) -> str:
    names = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    words = ("git", "-C", str(folder), *names, *words)
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_the_manifest_has_the_commit_of_the_scenario(tmp_path: pathlib.Path) -> None:
    """And whether its files are as they are there; of a worktree, with packed names, and of none."""

    def noted() -> object:
        folder = answer("run", path, "--replications", 1, "--out", tmp_path / "out")["results_dir"]
        found = json.loads(pathlib.Path(folder, "manifest.json").read_text(encoding="utf-8"))["git"]
        shutil.rmtree(tmp_path / "out")
        return found

    (tmp_path / "project").mkdir()
    path = write(tmp_path / "project")
    assert noted() is None
    git(tmp_path / "project", "init", "-q")
    assert noted() is None
    git(tmp_path / "project", "add", ".")
    git(tmp_path / "project", "commit", "-qm", "small")
    commit = git(tmp_path / "project", "rev-parse", "HEAD")
    assert noted() == {"commit": commit, "dirty": False}
    git(tmp_path / "project", "pack-refs", "--all")
    git(tmp_path / "project", "worktree", "add", "-q", "../beside", "-b", "beside")
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert noted() == {"commit": commit, "dirty": True}
    path = tmp_path / "beside" / path.name
    assert noted() == {"commit": commit, "dirty": False}
