"""`--uncertain` from outside: what is shown and kept, that it goes on where it was stopped, and what is refused."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

import pytest

from simulation.experiments.points import Points
from tests.cases.places import ROOT
from tests.commands import answer, cli, ctrl_c_after, tables
from tests.processes import LIMIT, started
from tests.sweeps import MOVING, SMALL

pytestmark = pytest.mark.usefixtures("undrawn")
UNSURE = {
    "persons": "30",
    "fte": "{value: 2, kind: assumed, source: test, range: [1, 4]}",
    "level": "{value: 0.05, kind: evidence, source: another trial, page: \"12\", se: 0.01}",
}


def asked(command: str, folder: pathlib.Path) -> list[object]:
    small, other = folder / "small.yaml", folder / "other.yaml"
    small.write_text(SMALL.format(**{**MOVING, **UNSURE}), encoding="utf-8")
    other.write_text("version: 2\nextends: small.yaml\nname: Other\nteams: {team: {minutes_per_week: 200}}\n", "utf-8")
    over = [small, "--over", "teams.team.minutes_per_week=200,300", "--service", "on_time_share>=0.5",
            "--staff", "teams.team.minutes_per_week"]  # fmt: skip
    given = {"run": [small], "compare": [small, other], "sweep": over}[command]
    return [command, *given, "--replications", 3, "--uncertain", "--draws", 10]


def rows(told: dict, name: str) -> list[dict[str, str]]:
    with (pathlib.Path(told["results_dir"]) / "tables" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("command", ["run", "compare", "sweep"])
def test_all_of_it_is_shown_kept_and_explained(command: str, tmp_path: pathlib.Path) -> None:
    words = [*asked(command, tmp_path), "--out", tmp_path / "out"]
    told = answer(*words)
    drawn = {row["path"]: row for row in rows(told, "drawn")}
    assert drawn["exits.job.level"]["distribution"] == "normal 0.05 ± 0.01"
    assert (drawn["exits.job.level"]["source"], drawn["exits.job.level"]["page"]) == ("another trial", "12")
    assert drawn["teams.team.fte"]["distribution"] == "log-uniform [1, 4]" and drawn["teams.team.fte"]["drawn"] == "yes"
    assert drawn["intake.persons"]["drawn"] == "no: it has no range"
    figures = rows(told, "uncertainty")
    assert {"simulation_sd", "trial_sd", "parameters_sd", "assumptions_sd"} < set(figures[0])
    for part in ("parameters_sd", "assumptions_sd"):
        assert any(float(row[part] or 0) > 0 for row in figures)
    explained = json.loads((pathlib.Path(told["results_dir"]) / "tables" / "schema.json").read_text(encoding="utf-8"))
    for name in ("uncertainty", "hangs_on", "drawn"):
        assert not {column for row in rows(told, name)[:1] for column in row} - set(explained["columns"])
    assert told["uncertainty"]["not_drawn"] and told["uncertainty"]["effective"] is None
    if command != "run":
        assert "minutes_per_week" not in {row["path"] for row in rows(told, "hangs_on")}
        return
    done = cli(*words, "--all")
    for text in ("All uncertainty: 10 draws", "1 of evidence and 1 that are assumed", "intake.persons", "stand"):
        assert text in done.stdout
    verified = cli("verify", told["results_dir"], "--replications", 1)
    assert verified.exit_code == 0, verified.output


@pytest.mark.parametrize("command", ["compare", "sweep"])
def test_ctrl_c_is_gone_on_from(command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = asked(command, tmp_path)
    whole = answer(*words, "--out", tmp_path / "whole")
    before = 3 * 2 if command == "sweep" else 0  # the points of the sweep itself are kept in the same way
    with ctrl_c_after(before + 7, Points, monkeypatch):
        stopped = cli(*words, "--out", tmp_path / "out")
    assert stopped.exit_code == 130, stopped.output
    (place,) = (tmp_path / "out").iterdir()
    with ctrl_c_after(1000, Points, monkeypatch) as kept:
        again = answer("resume", next(place.glob("*-points")))
    assert tables(again) == tables(whole) and again["fingerprint"] == whole["fingerprint"]
    every = {"run": 15, "compare": 30, "sweep": 30}[command]
    assert 0 < len(kept) < every
    assert [file.name for file in place.iterdir() if file.name == whole["fingerprint"]] == [whole["fingerprint"]]


KILLED = """
import os, signal, sys
from simulation.cli import main
from simulation.report.figures import figures
from simulation.experiments.points import Points
figures.draw_all = lambda *_: None
keep, kept = Points.keep, []
def dying(*what):
    keep(*what)
    kept.append(what)
    if len(kept) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
Points.keep = dying
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
def test_killed_is_not_lost(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = asked("run", tmp_path)
    whole = answer(*words, "--out", tmp_path / "whole")
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    program = [sys.executable, str(tmp_path / "killed.py"), *map(str, words), "--out", str(tmp_path / "out")]
    with started(program, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE) as process:
        _, stderr = process.communicate(timeout=LIMIT)
    assert process.returncode == -signal.SIGKILL, stderr
    shutil.copytree(tmp_path / "out", tmp_path / "copy")
    with ctrl_c_after(1000, Points, monkeypatch) as kept:
        again = answer(*words, "--out", tmp_path / "out", "--workers", 2)
    assert len(kept) == 15 - 4 and tables(again) == tables(whole)
    assert tables(answer("resume", tmp_path / "copy")) == tables(whole)


def test_what_cannot_be_is_said(tmp_path: pathlib.Path) -> None:
    words = asked("run", tmp_path)
    both = cli(*words, "--posterior")
    assert both.exit_code == 2 and "give --posterior or --uncertain" in both.stderr
    sure = tmp_path / "sure.yaml"
    sure.write_text(SMALL.format(**MOVING), encoding="utf-8")
    nothing = cli("run", sure, "--uncertain", "--out", tmp_path / "out")
    assert nothing.exit_code == 2 and "sure.yaml:1:1: error: nothing in it has a range" in nothing.stderr
    assert not (tmp_path / "out").exists()
