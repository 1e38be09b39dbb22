"""`trial` from outside: what it stores and says, any workers and stops, precision, mistakes."""

from __future__ import annotations

import json
import pathlib
import signal
import subprocess
import sys

import pandas as pd
import pytest

from simulation.experiments.numbered import KeptParts
from tests.commands import cli, ctrl_c_after, tables
from tests.killing import environment
from tests.processes import started, wait_until

TRIAL = """version: 2
name: Small trial
start: 2027-W01
weeks: 40
follow_up: 20
replications: 3
seed: 5
arms: {treated: 1, control: 1}
intake: {persons: 30, weeks: 10}
teams: {team: {fte: 5, minutes_per_week: 600}}
jobcentres: {ribe: {}, varde: {}, vejen: {}, esbjerg: {persons: 60}}
exits: {job: {level: 0.03}}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 1}}
    plans:
      weekly: {arms: [treated], team: team, channel: personlig, every: [{weeks: 1}]}
      ordinary: {arms: [control], team: team, channel: personlig, every: [{weeks: 8}]}
    effects: {job: 1.6}
    window_weeks: 4
trial: {treated: treated, control: control, lots: individual, primary: {of: exit_job}, further: [weeks_on_benefit]}
"""
FEW = ["--rehearsals", 30]


def write(folder: pathlib.Path, text: str = TRIAL) -> pathlib.Path:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def answer(*words: object) -> dict:
    done = cli("trial", *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said of the trial that is rehearsed in one piece, at a further size as well."""
    folder = tmp_path_factory.mktemp("whole")
    return answer(write(folder), *FEW, "--n", 300, "--out", folder / "out")


def test_what_is_said(whole: dict, tmp_path: pathlib.Path) -> None:
    assert whole["power"] >= whole["power_low"] and whole["type_i"] <= 0.2 and whole["rehearsals"] == 30
    assert whole["itt_low"] > 0  # by common luck thirty rehearsals see what a single trial does not
    assert {(row["persons"], row["staff"]) for row in whole["trial"]} == {
        (150, "follows"), (300, "follows"), (300, "held"),
    }  # fmt: skip
    assert whole["needed"]["by"] == "persons" and whole["assurance"] is None
    stored = pd.read_csv(pathlib.Path(whole["results_dir"]) / "tables" / "estimates.csv")
    assert len(stored) == 30 and (stored["p"] <= 0.05).mean() == pytest.approx(whole["power"])
    shown = cli("trial", write(tmp_path), *FEW, "--out", tmp_path / "out").stdout
    assert shown.count("\n") <= 15 and "30 rehearsals" in shown and "power" in shown
    danish = cli("trial", write(tmp_path), *FEW, "--out", tmp_path / "out", "--lang", "da").stdout
    assert "styrke" in danish.lower()


def test_any_batch_gives_the_same(tmp_path: pathlib.Path, whole: dict) -> None:
    other = answer(write(tmp_path), *FEW, "--n", 300, "--batch", 7, "--out", tmp_path / "out")
    assert tables(other) == tables(whole) and other["fingerprint"] == whole["fingerprint"]


@pytest.mark.slow
def test_two_workers_give_the_same(tmp_path: pathlib.Path, whole: dict) -> None:
    two = answer(write(tmp_path), *FEW, "--n", 300, "--workers", 2, "--out", tmp_path / "out")
    assert tables(two) == tables(whole) and two["fingerprint"] == whole["fingerprint"]


def test_ctrl_c_and_resume(tmp_path: pathlib.Path, whole: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130; `resume` goes on from there, to the same; `verify` finds it so."""
    path, out = write(tmp_path), tmp_path / "out"
    with ctrl_c_after(4, KeptParts, monkeypatch):
        stopped = cli("trial", path, *FEW, "--n", 300, "--batch", 10, "--out", out)
    assert stopped.exit_code == 130 and "40 of 90 rehearsals are finished and kept" in stopped.stderr
    (unfinished,) = (out / "small").iterdir()
    done = cli("resume", unfinished, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["resumed"] == 40 and tables(found) == tables(whole)
    assert [folder.name for folder in (out / "small").iterdir()] == [whole["fingerprint"]]
    verified = json.loads(cli("verify", found["results_dir"], "--json").stdout)
    assert verified["ok"] and verified["tables_again"] == 4 and verified["replications_again"] == [0, 14, 29]
    assert cli("extend", found["results_dir"], "--replications", "+5").exit_code == 2
    made = cli("report", found["results_dir"], "--lang", "da")
    assert made.exit_code == 0 and {"protocol.da.md", "protocol.da.html"} == {
        pathlib.Path(line).name for line in made.stdout.splitlines()
    }
    assert "- Primært: " in (pathlib.Path(found["results_dir"]) / "protocol.da.md").read_text(encoding="utf-8")
    assert json.loads(cli("verify", found["results_dir"], "--json").stdout)["ok"]
    assert "leave --html and --xlsx out" in cli("report", found["results_dir"], "--xlsx").stderr


def test_verify_finds_what_was_altered(tmp_path: pathlib.Path) -> None:
    found = answer(write(tmp_path), *FEW, "--out", tmp_path / "out")
    table = pathlib.Path(found["results_dir"]) / "tables" / "truths.csv"
    table.write_text(table.read_text().replace("exit_job", "exit_any", 1))
    assert cli("verify", found["results_dir"]).exit_code == 1


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_killed_and_begun_again(tmp_path: pathlib.Path, whole: dict) -> None:
    path, out = write(tmp_path), tmp_path / "out"
    words = [sys.executable, "-m", "simulation.cli", "trial", str(path), *map(str, FEW), "--n", "300", "--batch", "3",
             "--out", str(out)]  # fmt: skip
    with started(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        wait_until(lambda: any(out.glob("small/*-points/rehearsals/*.npz")), "a piece is kept")
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert tables(answer(path, *FEW, "--n", 300, "--out", out)) == tables(whole)


def test_as_many_as_a_precision_takes(tmp_path: pathlib.Path) -> None:
    """It is stored as a trial of that number; a width that one hundred reach takes no more."""
    path = write(tmp_path)
    wide = answer(path, "--until-halfwidth", "12pp", "--out", tmp_path / "wide")
    assert wide["rehearsals"] == 100
    plain = answer(path, "--rehearsals", 100, "--out", tmp_path / "plain")
    assert tables(plain) == tables(wide) and plain["fingerprint"] == wide["fingerprint"]
    words = ["--until-halfwidth", "0.3", "--of", "weeks_on_benefit", "--most", 120]
    narrow = answer(path, *words, "--out", tmp_path / "narrow")
    assert narrow["rehearsals"] in (100, 120)


@pytest.mark.slow
def test_the_chance_that_it_succeeds(tmp_path: pathlib.Path) -> None:
    """With an effect between nothing and much the chance lies between the size and the power of the largest."""
    unsure = "{job: {value: 1.6, unit: factor, kind: assumed, source: invented, range: [1.0, 2.2]}}"
    text = TRIAL.replace("effects: {job: 1.6}", f"effects: {unsure}")
    found = answer(write(tmp_path, text), "--rehearsals", 50, "--uncertain", "--draws", 40, "--out", tmp_path / "out")
    drawn = found["assurance"]
    assert drawn["draws"] == 40 and 0 < drawn["right"]["value"] <= drawn["success"]["value"] < 1


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        (["--n", "many"], ["--n many: error: write whole numbers as 900,1800"]),
        (["--n", "900:1800:0", "--jobcentres", "0"], ["--n 900:1800:0", "--jobcentres 0"]),
        (["--draws", "50"], ["--draws 50: error: goes with --uncertain"]),
        (["--of", "exit_job"], ["--of exit_job: error: goes with --until-halfwidth"]),
        (["--until-halfwidth", "2"], ["power is a share: write 2pp"]),
        (["--until-halfwidth", "2pp", "--of", "exit_jobs"], ["the trial does not look at exit_jobs", "exit_job"]),
        (["--until-halfwidth", "2pp", "--rehearsals", "50", "--most", "5"],
         ["leave one of the two out", "--most 5: error: must be 100 or more"]),
    ],
)  # fmt: skip
def test_mistakes_are_told_all_at_once(tmp_path: pathlib.Path, words: list[str], problems: list[str]) -> None:
    done = cli("trial", write(tmp_path), *words, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "Nothing was run" in done.stderr and not (tmp_path / "out").exists()
    assert all(problem in done.stderr for problem in problems), done.stderr


def test_without_a_trial_there_is_nothing_to_rehearse(tmp_path: pathlib.Path) -> None:
    bare = write(tmp_path, TRIAL[: TRIAL.index("trial:")])
    done = cli("trial", bare, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "has no `trial` block" in done.stderr and "small.yaml:1:1" in done.stderr
    everybody = write(tmp_path, TRIAL.replace("further:", "everybody: treated, further:"))
    done = cli("trial", everybody, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "leave `everybody` out" in done.stderr


def test_a_damaged_piece_is_rehearsed_again(
    tmp_path: pathlib.Path, whole: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, out = write(tmp_path), tmp_path / "out"
    with ctrl_c_after(2, KeptParts, monkeypatch):
        cli("trial", path, *FEW, "--n", 300, "--batch", 10, "--out", out)
    (file, *_) = (out / "small").glob("*-points/rehearsals/*.npz")
    file.write_bytes(file.read_bytes()[:-40])
    found = answer(path, *FEW, "--n", 300, "--out", out)
    assert found["resumed"] == 10 and tables(found) == tables(whole)


def test_a_dry_run_writes_nothing(tmp_path: pathlib.Path) -> None:
    done = cli("trial", write(tmp_path), *FEW, "--dry-run", "--out", tmp_path / "out")
    assert done.exit_code == 0 and "Nothing was run" in done.stdout and not (tmp_path / "out").exists()
