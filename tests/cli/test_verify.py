"""`verify` and `diff`: whether results are as they were written, and what differs between two."""

from __future__ import annotations

import csv
import json
import pathlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import NoReturn

import pytest

from simulation.experiments.executors import Crew, CrewLost
from simulation.experiments.progress import Progress
from simulation.results.tables.manifest import seal_of
from tests.commands import answer, asked, cli, replace

ROOT = pathlib.Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("undrawn")


def test_extend_and_verify_know_an_altered_input(tmp_path: pathlib.Path) -> None:
    """It is not run."""
    folder = pathlib.Path(answer(*asked("run", tmp_path, 2), "--out", tmp_path / "out")["results_dir"])
    (folder / "inputs" / "small.yaml").write_text("version: 2\n", encoding="utf-8")
    refused = cli("extend", folder, "--replications", "+1")
    assert refused.exit_code == 2 and "inputs/small.yaml is altered" in refused.stderr
    found = cli("verify", folder)
    assert found.exit_code == 1 and "inputs/small.yaml is altered" in found.stdout
    assert "it cannot be run again" in found.stdout and ".." not in found.stdout and "Traceback" not in found.output


@pytest.mark.parametrize("extends", ["small.yaml", "deep/small.yaml"])
def test_what_extends_a_file_by_its_whole_path_can_be_run_again(extends: str, tmp_path: pathlib.Path) -> None:
    """From the copy; the file itself may be gone."""
    (tmp_path / extends).parent.mkdir(exist_ok=True)
    words = asked("run", (tmp_path / extends).parent, 2)
    file = pathlib.Path(str(words[1]))
    policy = tmp_path / "policy.yaml"
    policy.write_text(f"version: 2\nextends: {file}\nname: Policy\nteams: {{team: {{fte: 1}}}}\n", encoding="utf-8")
    folder = pathlib.Path(answer("run", policy, "--replications", 2, "--out", tmp_path / "out")["results_dir"])
    file.unlink()
    found = cli("verify", folder)
    assert found.exit_code == 0, found.output
    elsewhere = tmp_path / "elsewhere"
    shutil.move(folder / "inputs", elsewhere)
    (elsewhere / "jobcentersim.yaml").write_text("", encoding="utf-8")
    assert "lies outside this project" in cli("check", elsewhere / "policy.yaml").output, "a root of one's own"


@pytest.mark.parametrize(
    ("command", "table", "column"),
    [("run", "outcomes", "value"), ("run", "replications", "value"), ("compare", "differences", "low"),
     ("compare", "scenario_outcomes", "unit"), ("sweep", "sweep", "difference"), ("run", "weekly_counts", "mean")],
)  # fmt: skip
def test_verify_tells_file_row_and_column(command: str, table: str, column: str, tmp_path: pathlib.Path) -> None:
    """Of a cell that was altered, with what is right; also where the hash in the manifest was altered with it."""
    folder = pathlib.Path(answer(*asked(command, tmp_path, 3), "--out", tmp_path / "out")["results_dir"])
    file = folder / "tables" / f"{table}.csv"
    was = replace(file, 4, column, "0.125")
    said = f"tables/{table}.csv, row 4"
    ends = f"column {column}: 0.125 is stored, {was} is right"
    found = cli("verify", folder)
    assert found.exit_code == 1 and f"tables/{table}.csv is altered" in found.stdout
    assert any(line.startswith(said) and ends in line for line in found.stdout.splitlines()), found.stdout
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    from simulation.results.tables.manifest import hash_of

    manifest["tables"][f"tables/{table}.csv"] = hash_of(file)
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    verified = json.loads(cli("verify", folder, "--json").stdout)
    assert len(verified["differences"]) == 1 and ends in verified["differences"][0]


def test_verify_in_danish(tmp_path: pathlib.Path) -> None:
    """Of a folder that is well, and of one with a cell, a file and a name that are not; `--json` stays as it is."""
    folder = pathlib.Path(answer(*asked("run", tmp_path, 2), "--out", tmp_path / "out")["results_dir"])
    well = cli("verify", folder, "--lang", "da")
    assert well.exit_code == 0 and well.stdout.startswith("i orden: ")
    assert "filer er kontrolleret; gentagelse nr. 0, 1 af 2 er kørt igen; " in well.stdout
    was = replace(folder / "tables" / "outcomes.csv", 4, "value", "0.125")
    (folder / "more.txt").write_text("", encoding="utf-8")
    moved = folder.rename(folder.with_name("other"))
    found = cli("verify", moved, "--lang", "da")
    lines = found.stdout.splitlines()
    assert found.exit_code == 1 and lines[0].startswith("Bemærk: mappen har et andet navn end dens fingeraftryk ")
    assert "tables/outcomes.csv er ændret." in lines and "more.txt er der og blev ikke skrevet med resultatet." in lines
    (cell,) = (line for line in lines if line.startswith("tables/outcomes.csv, række 4"))
    assert cell.endswith(f"kolonne value: 0.125 er gemt, {was} er rigtigt.") and lines[-1].startswith("3 forskelle: ")
    assert json.loads(cli("verify", moved, "--lang", "da", "--json").stdout)["differences"][0].endswith(" is altered")


def test_verify_holds_what_is_kept_against_a_run(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that gives other figures is found out, of this and of another version; so are strange files."""
    from simulation.results.measures import replication

    folder = pathlib.Path(answer(*asked("run", tmp_path, 4), "--out", tmp_path / "out")["results_dir"])
    (folder / "tables" / "more.csv").write_text("a\n1\n", encoding="utf-8")
    measured = replication.measure

    def other(*what: object) -> dict:
        return {figure: value + (figure.outcome == "exit_job") for figure, value in measured(*what).items()}  # type: ignore[arg-type]

    monkeypatch.setattr(replication, "measure", other)
    found = cli("verify", folder, "--replications", 2)
    assert found.exit_code == 1 and "tables/more.csv is there and was not written with it" in found.stdout
    assert "Small, replication 0, exit_job of alle:" in found.stdout and "came out again" in found.stdout
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["program"]["text"], manifest["versions"]["numpy"] = "of long ago", "1.0"
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    shutil.rmtree(folder / "replications")
    found = cli("verify", folder)
    assert "Note: made by program text of long ago, this is" in found.stdout
    assert "Note: made with numpy 1.0, here is" in found.stdout
    assert "tables/replications.csv, row 2 (0, exit_job, alle), column value: " in found.stdout


def test_verify_tells_in_words_that_it_could_not_end(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C, workers that are gone and a disk that fails are neither differences nor faults of the program; nothing is
    kept, and no log is written."""
    out, module = tmp_path / "out", import_module("simulation.cli.verify")
    folder = answer(*asked("run", tmp_path, 2), "--out", out)["results_dir"]

    def press(*_: object) -> None:
        raise KeyboardInterrupt

    class Gone(Crew):
        def submit(self, *_: object, **named: object) -> NoReturn:  # type: ignore[override]
            raise CrewLost("the cluster at h:1 is gone")

    class Full(Crew):
        def submit(self, *_: object, **named: object) -> NoReturn:  # type: ignore[override]
            raise OSError(28, "No space left on device", "/tmp/x")

    monkeypatch.setattr(Progress, "add", press)
    stopped = cli("verify", folder)
    assert stopped.exit_code == 130
    assert stopped.stderr == "Interrupted after 0 of 2 replications. Nothing is kept; run the same command again.\n"
    for crew, told in ((Gone, "The cluster at h:1 is gone"),
                       (Full, "The run had to stop: /tmp/x: No space left on device")):  # fmt: skip
        monkeypatch.setattr(module, "workers_of", lambda _, made=crew: made(ThreadPoolExecutor(1)))
        lost = cli("verify", folder, "--json")
        assert lost.exit_code == 3 and not lost.stdout
        assert lost.stderr == f"{told}. Nothing is kept; run the same command again.\n"
    assert not list(out.rglob("run.log")) and not pathlib.Path("run.log").exists()


def test_diff_tells_what_differs_from_and_to(tmp_path: pathlib.Path) -> None:
    """Values of the input, seed, replications, and outcomes by how much; nothing of a folder and itself."""
    words = asked("run", tmp_path, 3)
    first = answer(*words, "--out", tmp_path / "out")["results_dir"]
    same = cli("diff", first, first)
    assert same.exit_code == 0 and "Nothing differs." in same.stdout
    words[-3] = 4
    second = answer(*words, "--out", tmp_path / "out", "--seed", 9, "--set", "teams.team.fte=1.5")["results_dir"]
    shown = cli("diff", first, second)
    assert shown.exit_code == 1
    rows = [line.split() for line in shown.stdout.splitlines()]
    for row in (["replications", "3", "4"], ["seed", "5", "9"], ["teams.team.fte", "2", "1.5"]):
        assert row in rows, shown.stdout
    found = json.loads(cli("diff", first, second, "--json").stdout)
    assert found["values"] == {"teams.team.fte": [2, 1.5]} and found["differ"]
    moved = {(each["table"], each["row"]): each for each in found["moved"]}
    with pathlib.Path(second, "tables", "outcomes.csv").open(encoding="utf-8") as file:
        told = {row["outcome"]: row for row in csv.DictReader(file) if not row["week"] and row["group"] == "alle"}
    assert moved["outcomes", "utilisation, alle"]["b"] == float(told["utilisation"]["value"])
    pathlib.Path(first, "tables", "outcomes.csv").unlink()
    gone = cli("diff", first, second)
    assert "outcomes.csv is gone" in gone.stdout and "Traceback" not in gone.output
