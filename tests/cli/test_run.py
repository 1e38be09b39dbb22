"""`run`, `compare` and `diary` from outside."""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import signal
import subprocess
import sys

import pytest

from simulation.results.tables.manifest import seal_of
from tests.commands import cli
from tests.conftest import undraw
from tests.processes import LIMIT, started, wait_until

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAA_RETTE_VEJ = str(ROOT / "scenarios" / "paa_rette_vej_i_job.yaml")
EVERY_OTHER_WEEK = str(ROOT / "scenarios" / "paa_rette_vej_hver_anden_uge.yaml")


def tables(folder: pathlib.Path) -> dict[str, str]:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return dict(manifest["tables"])


def test_run_shows_arms_beside_published_figures_and_fills_a_folder(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = cli("run", PAA_RETTE_VEJ, "--all", "--replications", "3", "--out", str(tmp_path))
    assert done.exit_code == 0, done.output
    for said in (
        "talk_share (%)",
        "deltager − kontrol",
        "Rambøll 2013",
        "simulation error",
        "One trial",
        "model − published",
        "Figures:",
    ):
        assert said in done.stdout
    (folder,) = (tmp_path / "paa_rette_vej_i_job").iterdir()
    assert sorted(f.name for f in (folder / "figures").iterdir()) == [
        "captions.md", "caseload_and_waiting.png", "differences.png", "incidence.png", "talk_share.png",
        "waiting_for_offers.png",
    ]  # fmt: skip
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] and manifest["replications"] == {"asked": 3, "done": 3}
    values = manifest["scenarios"][0]["values"]
    assert all({"path", "value", "file", "line"} <= set(value) for value in values)
    level = next(value for value in values if value["path"] == "exits.job.level")
    assert level["kind"] == "calibrated" and "Rambøll 2013" in level["source"] and level["page"] == "5 [2]"
    schema = json.loads((folder / "tables" / "schema.json").read_text(encoding="utf-8"))
    for table in (folder / "tables").glob("*.csv"):
        header = table.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(header) <= set(schema["columns"]), table.name

    undraw(monkeypatch)  # the pictures have been looked at
    again = cli("run", PAA_RETTE_VEJ, "--replications", "3", "--out", str(tmp_path))
    assert "(they were there already)" in again.stdout
    table = folder / "tables" / "outcomes.csv"
    table.write_bytes(table.read_bytes().replace(b"1", b"2"))
    manifest["tables"]["tables/outcomes.csv"] = hashlib.sha256(table.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest | {"seal": seal_of(manifest)}), encoding="utf-8")
    differs = cli("run", PAA_RETTE_VEJ, "--replications", "3", "--out", str(tmp_path))
    assert differs.exit_code == 3 and "other figures for the same input" in differs.stderr


@pytest.mark.usefixtures("undrawn")
def test_json_is_one_object_and_nothing_else(tmp_path: pathlib.Path) -> None:
    done = cli("run", PAA_RETTE_VEJ, "--replications", "2", "--seed", "7", "--json", "--out", str(tmp_path))
    answer = json.loads(done.stdout)
    assert {"scenario", "fingerprint", "results_dir", "seconds", "replications", "outcomes"} <= set(answer)
    assert set(answer["seconds"]) == {"simulate", "total"} and answer["replications"] == 2
    keys = {"outcome", "group", "week", "month", "value", "low", "high", "interval", "published", "source"}
    keys |= {"known", "beyond", "distance", "distance_sd", "verdict"}
    assert all(set(row) == keys for row in answer["outcomes"])
    found = {(row["outcome"], row["group"], row["week"]): row for row in answer["outcomes"]}
    for outcome in (
        "exit_job", "exit_education", "talk_share", "talks_held", "workplace_share", "praktik_weeks", "weeks_employed",
        "hours", "caseload", "utilisation", "wait_first_talk",
    ):  # fmt: skip
        assert {(outcome, "deltager", None), (outcome, "kontrol", None)} <= set(found), outcome
    published = found["exit_job", "deltager", 64]
    assert published["published"] == 0.07 and "Rambøll 2013" in published["source"]
    assert ("talk_share", "alle", 10) in found and ("talk_share", "difference", None) in found


CUT = ["run", PAA_RETTE_VEJ, "--replications", "7", "--set", "intake.persons=40", "--json"]


@pytest.fixture(scope="module")
def uncut(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said of the work done in one piece."""
    with pytest.MonkeyPatch.context() as patched:
        undraw(patched)
        return dict(json.loads(cli(*CUT, "--out", str(tmp_path_factory.mktemp("uncut"))).stdout))


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("how", [["--workers", "2"], ["--batch", "1"], ["--batch", "3", "--workers", "2"]])
def test_tables_do_not_depend_on_how_the_work_is_cut(how: list[str], uncut: dict, tmp_path: pathlib.Path) -> None:
    other = json.loads(cli(*CUT, *how, "--out", str(tmp_path)).stdout)
    assert uncut["fingerprint"] == other["fingerprint"]
    assert tables(pathlib.Path(uncut["results_dir"])) == tables(pathlib.Path(other["results_dir"]))


UNDRAWN = """
from simulation.cli import main
from simulation.report.figures import figures
figures.draw_all = lambda *_: None
main()
"""
"""The program without pictures, for a process of its own."""


def test_tables_do_not_depend_on_the_hash_seed(tmp_path: pathlib.Path) -> None:
    found = []
    for seed in ("0", "1"):
        words = [sys.executable, "-c", UNDRAWN, "run", PAA_RETTE_VEJ, "--replications", "2", "--json"]
        words += ["--set", "intake.persons=10", "--out", str(tmp_path / seed)]
        done = subprocess.run(
            words, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True, cwd=ROOT
        )
        found.append(tables(pathlib.Path(json.loads(done.stdout)["results_dir"])))
    assert found[0] == found[1]


@pytest.mark.usefixtures("undrawn")
def test_tables_do_not_depend_on_where_they_are_made(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--replications", "1", "--set", "intake.persons=10", "--out", str(tmp_path)]
    assert cli("run", PAA_RETTE_VEJ, *words).exit_code == 0
    monkeypatch.chdir(ROOT / "scenarios")
    again = cli("run", "paa_rette_vej_i_job.yaml", *words)
    assert again.exit_code == 0 and "(they were there already)" in again.stdout


@pytest.mark.usefixtures("undrawn")
def test_a_comment_in_a_file_is_no_other_input_but_another_source_is(tmp_path: pathlib.Path) -> None:
    text = (ROOT / "scenarios" / "base_kontanthjaelp.yaml").read_text(encoding="utf-8")
    text = text.replace("../calibration", (ROOT / "calibration").as_posix())  # it lies in another folder here
    mine = tmp_path / "mine.yaml"
    found = []
    for written in (text, "# a line more\n" + text, text.replace("source: places are not printed", "source: a guess")):
        mine.write_text(written, encoding="utf-8")
        done = cli("run", str(mine), "--replications", "1", "--json", "--out", str(tmp_path / "r"))
        assert done.exit_code == 0, done.output
        found.append(json.loads(done.stdout)["fingerprint"])
    assert found[0] == found[1] != found[2]


@pytest.mark.usefixtures("undrawn")
def test_compare_pairs_by_luck_and_names_the_interval(tmp_path: pathlib.Path) -> None:
    words = ["compare", PAA_RETTE_VEJ, EVERY_OTHER_WEEK, "--replications", "4", "--out", str(tmp_path)]
    words += ["--set", "intake.persons=40"]
    shown = cli(*words, "--all")
    assert shown.exit_code == 0, shown.output
    assert "paired difference" in " ".join(shown.stdout.split())
    assert "Exactly unchanged in every replication: " in shown.stdout
    answer = json.loads(cli(*words, "--json").stdout)
    row = next(
        r for r in answer["outcomes"] if (r["outcome"], r["group"], r["week"]) == ("talk_share", "deltager", None)
    )
    assert row["difference"] == pytest.approx(row["scenario"] - row["base"])
    assert (
        row["low"] < row["difference"] < row["high"]
        and row["interval"] == "simulation error of the paired difference, 95 %"
    )
    assert row["variance_ratio"] > 1


@pytest.mark.usefixtures("undrawn")
def test_a_scenario_with_another_seed_is_compared_by_the_luck_of_the_base(tmp_path: pathlib.Path) -> None:
    """By another seed something would differ; that the year is another one moves nothing."""
    other = tmp_path / "other.yaml"
    extends = os.path.relpath(PAA_RETTE_VEJ, tmp_path)
    other.write_text(f"version: 2\nextends: {extends}\nname: Other seed\nseed: 99\nstart: 2031-W01\n")
    shown = cli("compare", PAA_RETTE_VEJ, str(other), "--replications", "2", "--out", str(tmp_path / "r"))
    assert "Exactly unchanged: left to a job within 64 weeks" in " ".join(shown.stdout.split())


@pytest.mark.usefixtures("undrawn")
def test_scenarios_of_another_kind_are_compared_as_far_as_they_go(tmp_path: pathlib.Path) -> None:
    ordinary = str(ROOT / "scenarios" / "base_kontanthjaelp.yaml")
    words = ["compare", ordinary, PAA_RETTE_VEJ, "--replications", "2", "--out", str(tmp_path)]
    shown = cli(*words, "--all")
    assert shown.exit_code == 0, shown.output
    assert "exit_job (%)" in shown.stdout
    dagpenge = str(ROOT / "scenarios" / "base_dagpenge.yaml")
    refused = cli("compare", ordinary, dagpenge, "--out", str(tmp_path))
    assert refused.exit_code == 2 and "different follow_up" in refused.stderr


def test_an_unforeseen_fault_is_told_in_a_sentence(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulation.results.result import Result

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Result, "table", lambda self: 1 / 0)
    broken = cli("run", PAA_RETTE_VEJ, "--replications", "1", "--out", str(tmp_path / "results"))
    assert broken.exit_code == 3 and "division by zero" in broken.stderr and "Traceback" not in broken.output
    assert "Traceback" in (tmp_path / "results" / "run.log").read_text(encoding="utf-8")
    assert not (tmp_path / "run.log").exists()


def test_diary_tells_a_life_in_words() -> None:
    told = cli("diary", PAA_RETTE_VEJ, "--ledig", "0")
    assert told.exit_code == 0
    assert "Ledig 0, jobcentre Faxe" in told.stdout and "is enrolled at the jobcentre" in told.stdout
    danish = cli("diary", PAA_RETTE_VEJ, "--ledig", "0", "--lang", "da")
    assert "Ledig 0, jobcenter Faxe" in danish.stdout and "indskrives i jobcenteret" in danish.stdout
    assert "mandag: " in danish.stdout and "Monday: " in told.stdout and "_" not in danish.stdout + told.stdout
    assert cli("diary", PAA_RETTE_VEJ, "--ledig", "9999").exit_code == 2


@pytest.mark.usefixtures("undrawn")
def test_esbjerg_answers_whether_six_advisers_suffice_and_what_a_talk_would_have_to_do(tmp_path: pathlib.Path) -> None:
    esbjerg = str(ROOT / "scenarios" / "esbjerg_tidlig_indsats.yaml")
    done = cli("run", esbjerg, "--alone", "--all", "--replications", "2", "--out", str(tmp_path))
    assert "time in week due (%)" in done.stdout and "full-time staff needed" in done.stdout
    assert "to be -1.286" in done.stdout or "should be -1.286" in done.stdout


@pytest.mark.usefixtures("undrawn")
def test_ctrl_c_while_an_answer_is_sought_keeps_the_run(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.experiments import needed
    from simulation.experiments.work import Stopped

    def interrupted(*_: object, **__: object) -> None:
        raise Stopped(0, 7)

    monkeypatch.setattr(needed, "replicate", interrupted)
    esbjerg = str(ROOT / "scenarios" / "esbjerg_tidlig_indsats.yaml")
    done = cli("run", esbjerg, "--replications", "1", "--out", str(tmp_path))
    assert done.exit_code == 130 and "complete and kept" in done.stderr
    folder, points = sorted((tmp_path / "esbjerg_tidlig_indsats").iterdir())
    assert points.name == f"{folder.name}-points" and "same command again" in done.stderr
    assert json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["complete"]


STOPPED = """
import pathlib, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever ignores Ctrl-C hands that on to what it starts
from simulation.cli import main
from simulation.experiments import replicate
from simulation.report.figures import figures
figures.draw_all = lambda *_: None
simulate, begun = replicate.simulate, []
def simulate_and_tell(*what):
    if begun:
        pathlib.Path(sys.argv[1]).touch()
    begun.append(what)
    return simulate(*what)
replicate.simulate = simulate_and_tell
main(sys.argv[2:])
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to a single process on Windows")
def test_ctrl_c_keeps_what_is_finished(tmp_path: pathlib.Path) -> None:
    """As soon as the second batch has begun, so that there is something to be kept and far more to be done."""
    finished = tmp_path / "one batch is finished"
    words = ["run", PAA_RETTE_VEJ, "--replications", "2000", "--batch", "2", "--out", str(tmp_path / "out")]
    with started(
        [sys.executable, "-c", STOPPED, str(finished), *words],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        wait_until(lambda: finished.exists() or process.poll() is not None, "one batch is finished")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=LIMIT)
    assert process.returncode == 130, stderr
    assert "Traceback" not in stderr and "kept" in stderr
    folder, points = sorted((tmp_path / "out" / "paa_rette_vej_i_job").iterdir())
    assert points.name.endswith("-points") and len(list(points.glob("replications/*.npz"))) > 0
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert folder.name.endswith("-incomplete") and not manifest["complete"]
    assert 0 < manifest["replications"]["done"] < 2000
    assert "incomplete" in stdout.lower()


def test_a_run_that_breaks_says_where_and_keeps_the_traceback_in_a_file(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from simulation.world.places import Places

    monkeypatch.setattr(Places, "hand_back", lambda self, jobcentres: None)
    done = cli("run", PAA_RETTE_VEJ, "--replications", "1", "--out", str(tmp_path))
    assert done.exit_code == 3
    assert "The run failed: week" in done.stderr and "replications 0 to 0" in done.stderr
    assert "Traceback" not in done.output
    assert "Traceback" in (tmp_path / "run.log").read_text(encoding="utf-8")
