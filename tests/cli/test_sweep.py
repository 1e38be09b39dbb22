"""`sweep` from outside: tables, the smallest staffing, mistakes at their place, and work that is taken up again."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
from functools import partial

import pytest

from simulation.experiments.points import Points
from tests.commands import cli
from tests.conftest import undraw
from tests.processes import LIMIT, has_ended, started, wait_until
from tests.sweeps import write

ROOT = pathlib.Path(__file__).resolve().parents[2]
GRID = ["--over", "teams.team.fte=1:3:0.5", "--over", "teams.team.caseload=pooled,personal", "--replications", "4"]


def answer(*words: object) -> dict:
    done = cli("sweep", *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def tables(folder: str) -> dict[str, str]:
    files = sorted((pathlib.Path(folder) / "tables").glob("*.csv"))
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said of the grid that is swept in one piece and never stopped."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patched:
        undraw(patched)
        return answer(write(folder), *GRID, "--out", folder)


def test_a_block_is_swept_and_fills_a_folder(tmp_path: pathlib.Path) -> None:
    """Three members of staff are enough by sums, two are not; table, answer, figures and schema say so."""
    block = (
        "sweep:\n  over:\n    teams.team.fte: {start: 1, stop: 4, step: 1}\n    teams.team.caseload_limit: [null, 4]\n"
        "  outcomes: [on_time_share, wait_caseworker, exit_job]\n"
        "  service: {outcome: on_time_share, at_least: 0.95, staff: teams.team.fte}\n"
    )
    path = write(tmp_path, block, still=True)
    few = cli("sweep", path, "--all", "--out", tmp_path / "few", "--replications", "3")
    answer = " ".join(few.stdout.split())
    assert "none surely meets it; from 3 (" in answer and "fewer than 10 replications none is sure" in answer
    done = cli("sweep", path, "--all", "--out", tmp_path / "out", "--workers", "2", "--replications", "20")
    assert done.exit_code == 0, done.output
    assert re.search(r"caseload_limit = null: ► 3 \(100\.0 \[9\d\.\d+, 100\.0+\]\) is the smallest that", done.stdout)
    assert "Service level: on_time_share of alle ≥ 95 %" in done.stdout and "simulation error" in done.stdout
    assert (
        "Exactly the same at every point, in every replication: wait_caseworker of alle, exit_job of alle"
        in done.stdout
    )
    (folder,) = (tmp_path / "out" / "small").iterdir()  # and no points are left
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] and set(manifest["tables"]) == {"tables/sweep.csv", "tables/service.csv"}
    assert not manifest["scenarios"][0]["without_source"] or "sweep" not in str(
        manifest["scenarios"][0]["without_source"]
    )
    assert sorted(f.name for f in (folder / "figures").iterdir()) == ["captions.md", "differences.png", "outcomes.png"]
    schema = json.loads((folder / "tables" / "schema.json").read_text(encoding="utf-8"))
    rows = {}
    for name in ("sweep", "service"):
        with (folder / "tables" / f"{name}.csv").open(encoding="utf-8") as file:
            rows[name] = list(csv.DictReader(file))
        assert set(rows[name][0]) <= set(schema["columns"]), name
    on_time = {
        (row["teams.team.fte"], row["teams.team.caseload_limit"]): float(row["value"])
        for row in rows["sweep"]
        if row["outcome"] == "on_time_share"
    }
    assert len(on_time) == 8 and on_time["3", "null"] == 1.0 > on_time["2", "null"]
    assert {row["teams.team.caseload_limit"]: row["smallest"] for row in rows["service"]}["null"] == "3"
    (two,) = [r for r in rows["sweep"] if r["point"] == "3" and r["outcome"] == "on_time_share"]
    assert two["is_base"] == "True" and float(two["difference"]) == 0  # fte 2 without a limit is what the file says

    again = cli("sweep", path, "--out", tmp_path / "out", "--replications", "20")
    assert "(they were there already)" in again.stdout
    assert cli("run", path, "--out", tmp_path / "run").exit_code == 0  # which ignores the block
    assert cli("check", path).exit_code == 0


def test_the_command_line_replaces_what_the_block_says(tmp_path: pathlib.Path) -> None:
    """`--over` all axes, `--outcome` the outcomes, `--service` the level; what is not said stays."""
    block = "sweep:\n  over: {weeks: [20, 30]}\n  outcomes: [exit_job]\n"
    path = write(tmp_path, block)
    found = answer(path, *GRID, "--out", tmp_path / "out")
    assert found["over"] == {"teams.team.fte": [1.0, 1.5, 2.0, 2.5, 3.0], "teams.team.caseload": ["pooled", "personal"]}
    assert found["points"] == 10 and {row["outcome"] for row in found["outcomes"]} == {"exit_job"}
    found = answer(
        path, "--over", "teams.team.fte=1,2", "--service", "wait_first_talk_all:alle<=1.5", "--out", tmp_path / "b"
    )
    assert {row["outcome"] for row in found["outcomes"]} == {"exit_job", "wait_first_talk_all"}
    assert found["service"][0]["rule"] == "≤" and found["replications"] == 3


@pytest.mark.usefixtures("undrawn")
def test_a_point_is_what_run_says_of_the_same_value(whole: dict, tmp_path: pathlib.Path) -> None:
    """Figure and interval."""
    path = write(tmp_path)
    words = ["--set", "teams.team.fte=1.5", "--set", "teams.team.caseload=personal", "--replications", "4", "--json"]
    done = cli("run", path, *words, "--out", tmp_path / "b")
    ran = {(row["outcome"], row["group"]): row for row in json.loads(done.stdout)["outcomes"] if row["week"] is None}
    rows = [r for r in whole["outcomes"] if (r["teams.team.fte"], r["teams.team.caseload"]) == (1.5, "personal")]
    assert len(rows) > 8
    for row in rows:
        same = ran[row["outcome"], row["group"]]
        assert (row["value"], row["low"], row["high"]) == (same["value"], same["low"], same["high"])


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("how", [["--workers", "2"], ["--batch", "1"], ["--batch", "3", "--workers", "2"]])
def test_tables_do_not_depend_on_how_the_work_is_cut(how: list[str], whole: dict, tmp_path: pathlib.Path) -> None:
    """Byte for byte."""
    other = answer(write(tmp_path), *GRID, *how, "--out", tmp_path)
    assert whole["fingerprint"] == other["fingerprint"] and whole["outcomes"] == other["outcomes"]
    assert tables(whole["results_dir"]) == tables(other["results_dir"])


KILLED = """
import os, signal, sys
from simulation.cli import main
from simulation.experiments.points import Points
keep, kept = Points.keep, []
def keep_and_die(self, point, found):
    keep(self, point, found)
    kept.append(point)
    if len(kept) == 7:
        print(*(child.pid for child in __import__("multiprocessing").active_children()), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
Points.keep = keep_and_die
if __name__ == "__main__":
    main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9 on Windows")
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_is_not_lost(workers: str, whole: dict, tmp_path: pathlib.Path) -> None:
    """After `kill -9` the same command goes on, and the tables are those of a sweep that was never stopped.

    Its processes hold its standard output open, so that ends when the last of them has."""
    path = write(tmp_path)
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    words = ["sweep", str(path), *GRID, "--batch", "2"]
    with started(
        [sys.executable, str(tmp_path / "killed.py"), *words, "--out", str(tmp_path / "a"), "--workers", workers],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        children, stderr = process.communicate(timeout=LIMIT)
        for pid in children.split():
            wait_until(partial(has_ended, int(pid)), "processes of one that was killed end as well")
    assert process.returncode == -signal.SIGKILL, stderr
    (points,) = (tmp_path / "a" / "small").iterdir()
    assert points.name.endswith("-points") and len(list(points.glob("points/*.json"))) == 7
    resumed = answer(*words[1:], "--out", tmp_path / "a")
    assert resumed["resumed"] == 14
    assert whole["resumed"] == 0 and tables(resumed["results_dir"]) == tables(whole["results_dir"])
    assert [f.name for f in (tmp_path / "a" / "small").iterdir()] == [resumed["fingerprint"]]


@pytest.mark.usefixtures("undrawn")
def test_ctrl_c_keeps_what_is_finished(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, and what to do next."""
    path, keep, kept = write(tmp_path), Points.keep, []

    def keep_and_stop(self: Points, *what: object) -> None:
        keep(self, *what)  # type: ignore[arg-type]
        kept.append(what)
        if len(kept) == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Points, "keep", keep_and_stop)
        stopped = cli("sweep", path, *GRID, "--out", tmp_path / "out")
    assert stopped.exit_code == 130
    assert "12 of 40 replications are finished and kept" in stopped.stderr and "same command again" in stopped.stderr
    assert answer(path, *GRID, "--out", tmp_path / "out")["resumed"] == 12


def test_mistakes_of_a_block_are_told_at_their_place(tmp_path: pathlib.Path) -> None:
    """All at once, by `sweep` and `check` alike; nothing is run."""
    block = """sweep:
  over:
    teams.team.ftee: {start: 2, stop: 10, step: 1}
    teams.taem.fte: [1, 2]
    teams.team.fte: [2, -1, x, 2]
    teams.team.caseload: [pooled, personlig]
    teams.team.minutes_per_week: [1.5]
    seed: [1, 2]
  outcomes: [exit_jbo, on_time_share:all, employed_share]
  service: {outcome: on_time_share, group: alle, at_least: 95, staff: teams.team.ft}
"""
    path = write(tmp_path, block)
    for words in (["sweep", path, "--out", tmp_path / "out"], ["check", path]):
        found = cli(*words)
        assert found.exit_code == 2
        for said in (
            "small.yaml:23:22: error: sweep.over.teams.team.ftee: unknown key 'ftee'; did you mean 'fte'?",
            "small.yaml:24:22: error: sweep.over.teams.taem.fte: there is no 'taem' in teams; did you mean 'team'?",
            "small.yaml:25:25: error: sweep.over.teams.team.fte: must be 0 or more (got -1)",
            "small.yaml:25:29: error: sweep.over.teams.team.fte: must be a number (got 'x')",
            "small.yaml:25:32: error: sweep.over.teams.team.fte.3: 2 is given twice",
            "small.yaml:26:35: error: sweep.over.teams.team.caseload: must be one of pooled, personal",
            "small.yaml:27:35: error: sweep.over.teams.team.minutes_per_week: must be a whole number (got 1.5)",
            "small.yaml:28:5: error: sweep.over.seed: seed cannot be swept",
            "small.yaml:29:14: error: sweep.outcomes.0: there is no outcome 'exit_jbo'",
            "small.yaml:29:24: error: sweep.outcomes.1: there is no group 'all'; did you mean 'alle'?",
            "small.yaml:29:43: error: sweep.outcomes.2: there is no outcome 'employed_share' of the whole follow-up",
            "small.yaml:30:50: error: sweep.service.at_least: the level of on_time_share must be above 0 and at most 1",
            "small.yaml:30:64: error: sweep.service.staff: the staffing 'teams.team.ft' is not swept",
        ):
            assert said in found.stderr
        assert "Nothing was run" in found.stderr and "Traceback" not in found.output
    assert not (tmp_path / "out").exists()


BAD = {
    "--over teams.team.fte=3:2:1": "must not be below start (got 3 to 2)",
    "--over teams.team.fte=1:2:0": "must be greater than 0 (got 0)",
    "--over teams.team.fte=2:10:3": "steps of 3 from 2 lead to 8 and 11, not to 10",
    "--over teams.team.fte=2": "this sweep varies nothing",
    "--over teams.team.fte=": "write it as KEY=start:stop:step",
    "--over teams.team.fte=1:200:0.5 --over teams.team.minutes_per_week=1:100:1": "39,900 points are too many; 10,000",
    "--over teams.team.fte=1,2 --over teams.team.fte=3,4": "is swept twice",
    "--over teams.team.fte=1,2 --over teams.team=null": "teams.team.fte lies within teams.team",
    "--over teams.team.fte=1,2 --over teams.team.ftee=null": "unknown key 'ftee'; did you mean 'fte'",
    "--over follow_up=10,12": "outcomes over different follow_up cannot be compared",
    "--over intake.weeks=1,30": "intake.weeks: the run ends in week 20, before enrolment does",
    "--over teams.team.fte=1,2 --outcome exit_jobb": "did you mean 'exit_job'",
    "--over teams.team.fte=1,2 --service on_time_share=1": "write it as NAME>=LEVEL",
    "--over teams.team.fte=1,2 --service on_time_share>=95": "must be above 0 and at most 1",
    "--over teams.team.fte=1,2 --service wait_first_talk<=-1": "must be 0 or more",
    "--over teams.team.fte=1,2 --service on_time_share>=0.9 --staff teams.team.ft": "did you mean 'teams.team.fte'",
    "--over teams.team.caseload=pooled,personal --service on_time_share>=0.9": "say by --staff KEY",
    "--over teams.team.caseload=pooled,personal --service on_time_share>=0.9 --staff teams.team.caseload": "be numbers",
    "--over teams.team.fte=1,2 --staff teams.team.fte": "give --service",
    "": "nothing is swept",
}


@pytest.mark.parametrize("words", BAD)
def test_mistakes_on_the_command_line_are_said_in_words(words: str, tmp_path: pathlib.Path) -> None:
    """With exit code 2, and nothing is run."""
    found = cli("sweep", write(tmp_path), *words.split(), "--out", tmp_path / "out")
    assert found.exit_code == 2, found.output
    assert BAD[words] in found.stderr and "Nothing was run" in found.stderr and "Traceback" not in found.output
    assert not (tmp_path / "out").exists()


def test_all_mistakes_of_file_and_command_line_are_told_at_once(tmp_path: pathlib.Path) -> None:
    """Of the block, of what is typed, and of `--set`."""
    path = write(tmp_path, "sweep:\n  outcomes: [exit_jbo]\n")
    found = cli(
        "sweep", path, "--over", "teams.team.fte=3:2:1", "--service", "on_time_share", "--set", "teams.team.fte"
    )
    assert found.exit_code == 2
    for said in (
        "small.yaml:22:14",
        "must not be below start",
        "write it as NAME>=LEVEL",
        "write it as dotted.path=value",
    ):
        assert said in found.stderr


def test_many_values_of_a_second_number_make_a_map(tmp_path: pathlib.Path) -> None:
    """And a third axis makes a picture for each of its values."""
    words = ["--over", "teams.team.fte=1,2,3", "--over", "teams.team.minutes_per_week=100:800:100", "--over"]
    words += ["teams.team.caseload=pooled,personal", "--outcome", "on_time_share", "--service", "on_time_share>=0.8"]
    found = answer(write(tmp_path), *words, "--replications", 2, "--out", tmp_path / "out")
    figures = pathlib.Path(found["results_dir"]) / "figures"
    assert sorted(f.name for f in figures.glob("*.png")) == [
        "differences_1.png", "differences_2.png", "outcomes_1.png", "outcomes_2.png",
    ]  # fmt: skip
    captions = (figures / "captions.md").read_text(encoding="utf-8")
    assert "Shades: means over replications" in captions and "Outlined: the whole interval" in captions
    assert len(found["service"]) == 16
