"""`best` from outside: the answer where it is known, any workers and stops, what is stored, mistakes."""

from __future__ import annotations

import json
import pathlib
import re
import shlex
import signal
import subprocess
import sys

import pytest

from simulation.experiments.points import Points
from tests.commands import cli, ctrl_c_after, replace, tables
from tests.conftest import undraw
from tests.killing import environment
from tests.processes import started, wait_until
from tests.sweeps import write

pytestmark = pytest.mark.usefixtures("undrawn")
KEY = ["--of", "teams.team.fte", "--least"]
LIMIT = ["--at-most", "utilisation=93%+-1pp"]
GRID = ["--over", "teams.team.fte=0.5:3:0.5", "--of", "talk_share", "--zone", "2pp", *LIMIT]


def answer(*words: object) -> dict:
    done = cli("best", *words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict:
    """What is said of the search that is done in one piece."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patched:
        undraw(patched)
        return answer(write(folder), *GRID, "--out", folder / "out")


def test_the_smallest_staffing_that_is_enough(tmp_path: pathlib.Path) -> None:
    """By sums three members of staff hold all talks and two do not; that no talk was
    late in a few replications of ten ledige is not taken as never."""
    path = write(tmp_path, "sweep:\n  over: {teams.team.fte: [1, 2, 3, 4]}\n  outcomes: [exit_job]\n", still=True)
    words = [path, "--of", "teams.team.fte", "--least", "--at-least", "on_time_share=95%+-1pp", "--out", tmp_path]
    found = answer(*words)
    assert found["values"] == {"teams.team.fte": 3} and found["decided"] and found["used"] <= 100
    assert [row["became"] for row in found["designs"]] == ["best", "dropped", "barred", "barred"]
    shown = " ".join(cli("best", *words).stdout.split())
    assert "The best is teams.team.fte 3. With 95 % confidence it keeps the limits" in shown
    none = answer(path, "--over", "teams.team.fte=1,2", *words[1:])
    assert none["best"] is None and none["decided"]


@pytest.mark.parametrize("settings", [[], ["--set", "teams.team.minutes_per_week=150", "--seed", "8"]])
def test_a_sweeps_smallest_staffing_is_confirmed_by_the_command_it_names(
    settings: list[str], tmp_path: pathlib.Path
) -> None:
    """By sums three members of staff hold all talks and two do not, of half as many minutes more; `best` is asked the
    same of the same scenario, word by word, and finds the same by other luck."""
    block = (
        "sweep:\n  over: {teams.team.fte: [1, 2, 3, 4], teams.team.caseload: [pooled, personal]}\n"
        "  service: {outcome: on_time_share, at_least: 0.95, staff: teams.team.fte}\n"
    )
    path = write(tmp_path, block, still=True)
    words = [path, *settings, "--replications", "10", "--out", tmp_path]
    command = json.loads(cli("sweep", *words, "--json").stdout)["confirm"]
    assert f"Confirm:   {command}" in cli("sweep", *words).stdout
    assert command in cli("sweep", *words, "--all").stdout
    program, question, *asked = shlex.split(command)
    found = answer(*asked, "--out", tmp_path / "best")
    assert (program, question) == ("jobcentersim", "best") and found["decided"]
    assert found["values"] == {"teams.team.fte": 2 if settings else 3} and found["limits"] == [
        "on_time_share of alle ≥ 95 ± 0.25 %"
    ]


def test_a_sweep_that_was_stopped_is_confirmed_by_what_is_kept_of_it(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy from which `resume` went on is gone by then; that of the results is there."""
    words = ["--over", "teams.team.fte=2,3", "--service", "on_time_share>=0.95", "--replications", "10"]
    with ctrl_c_after(1, Points, monkeypatch):
        assert cli("sweep", write(tmp_path, still=True), *words, "--out", tmp_path / "out").exit_code == 130
    (unfinished,) = (tmp_path / "out" / "small").iterdir()
    (tmp_path / "small.yaml").unlink()
    done = cli("resume", unfinished, "--json")
    assert done.exit_code == 0, done.output
    asked = shlex.split(json.loads(done.stdout)["confirm"])[2:]
    assert not unfinished.exists() and answer(*asked, "--out", tmp_path)["values"] == {"teams.team.fte": 3}


@pytest.mark.parametrize(("fte", "confirmed"), [("1,2", False), ("3", False), ("2,3", True)])
def test_what_a_sweep_does_not_surely_find_is_not_confirmed(fte: str, confirmed: bool, tmp_path: pathlib.Path) -> None:
    """Nor where one staffing was tried alone."""
    words = ["--over", f"teams.team.fte={fte}", "--over", "teams.team.caseload=pooled,personal", "--replications", "10"]
    words += ["--service", "on_time_share>=0.95", "--json", "--out", str(tmp_path)]
    done = cli("sweep", write(tmp_path, still=True), *words)
    assert bool(json.loads(done.stdout)["confirm"]) == confirmed


@pytest.mark.slow
def test_two_workers_and_any_batch_give_the_same(tmp_path: pathlib.Path, whole: dict) -> None:
    path = write(tmp_path)
    two = answer(path, *GRID, "--workers", 2, "--batch", 3, "--out", tmp_path / "two")
    assert tables(two) == tables(whole) and two["fingerprint"] == whole["fingerprint"]
    assert whole["title"] == "teams.team.fte 3" and whole["used"] < whole["of_equal_allocation"]


def test_any_batch_gives_the_same(tmp_path: pathlib.Path, whole: dict) -> None:
    other = answer(write(tmp_path), *GRID, "--batch", 4, "--out", tmp_path / "out")
    assert tables(other) == tables(whole) and other["fingerprint"] == whole["fingerprint"]
    assert whole["title"] == "teams.team.fte 3" and whole["used"] < whole["of_equal_allocation"]


def test_the_luck_is_that_of_no_run(whole: dict) -> None:
    files = list((pathlib.Path(whole["results_dir"]) / "points").iterdir())
    numbers = [int(number) for file in files for number in json.loads(file.read_bytes())["replications"]]
    assert min(numbers) == 100_000 and len(numbers) == whole["used"]


def test_ctrl_c_and_resume(tmp_path: pathlib.Path, whole: dict, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130; `resume` goes on from there, to the same."""
    path, out = write(tmp_path), tmp_path / "out"
    with ctrl_c_after(7, Points, monkeypatch):
        stopped = cli("best", path, *GRID, "--out", out)
    assert stopped.exit_code == 130 and "70 replications are finished and kept" in stopped.stderr
    (unfinished,) = (out / "small").iterdir()
    done = cli("resume", unfinished, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["resumed"] == 70 and tables(found) == tables(whole)
    assert [folder.name for folder in (out / "small").iterdir()] == [whole["fingerprint"]]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9")
def test_killed_and_begun_again(tmp_path: pathlib.Path, whole: dict) -> None:
    path, out = write(tmp_path), tmp_path / "out"
    words = [sys.executable, "-m", "simulation.cli", "best", str(path), *GRID, "--out", str(out)]
    with started(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as program:
        wait_until(lambda: any(out.glob("small/*-points/points/*.json")), "a piece is kept")
        program.send_signal(signal.SIGKILL)
        program.wait()
    assert tables(answer(path, *GRID, "--out", out)) == tables(whole)


def test_within_a_budget(tmp_path: pathlib.Path) -> None:
    path = write(tmp_path)
    found = answer(path, *GRID, "--budget", 95, "--out", tmp_path)
    assert found["used"] == 95 and found["chance"] > 0.9 and found["decided"] is None and found["confidence"] is None
    shown = cli("best", path, *GRID, "--budget", 95, "--out", tmp_path, "--lang", "da").stdout
    assert "et budget garanterer intet" in " ".join(shown.split()) and "over (gnsn.)" in shown


def test_scenarios(tmp_path: pathlib.Path) -> None:
    """They are held against each other by the luck of the first; those of other lengths are refused."""
    path, other, longer = write(tmp_path), tmp_path / "other.yaml", tmp_path / "longer.yaml"
    other.write_text("extends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\nseed: 9\n", encoding="utf-8")
    longer.write_text("extends: small.yaml\nname: Longer\nweeks: 30\n", encoding="utf-8")
    found = answer(path, other, "--of", "wait_first_talk_all", "--least", "--zone", "0.5", "--out", tmp_path)
    assert found["title"] == "Small" and [row["became"] for row in found["designs"]] == ["best", "dropped"]
    refused = cli("best", path, longer, other, "--of", "exit_job", "--zone", "1pp", "--out", tmp_path)
    assert refused.exit_code == 2 and "runs of 20 and 30 weeks" in refused.stderr
    assert "error: Small and Other" not in refused.stderr
    twice = cli("best", path, path, "--of", "exit_job", "--zone", "1pp", "--out", tmp_path)
    assert twice.exit_code == 2 and "nothing differs" in twice.stderr


def test_verify_looks_again(tmp_path: pathlib.Path) -> None:
    """Replications are run again, and the choice is made again of those that are kept. It has no report, and nothing is
    added to it."""
    found = answer(write(tmp_path), *GRID, "--out", tmp_path / "out")
    folder = pathlib.Path(found["results_dir"])
    good = cli("verify", folder)
    assert good.exit_code == 0 and "replications 100000, 100004, 100009 of" in good.stdout and "1 tables" in good.stdout
    assert cli("extend", folder, "--replications", "+5").exit_code == cli("report", folder).exit_code == 2
    replace(folder / "tables" / "best.csv", 2, "replications", "11")
    bad = cli("verify", folder)
    assert bad.exit_code == 1 and "column replications: 11 is stored" in bad.stdout


def test_what_nobody_has_is_no_answer(tmp_path: pathlib.Path) -> None:
    """Nobody ever leaves to a job, so there is no job that ends."""
    words = ["--over", "teams.team.fte=1,2", "--of", "job_lasts_52w", "--zone", "1pp", "--out", tmp_path]
    path = write(tmp_path, still=True)
    found = answer(path, *words)
    assert found["best"] is None and [row["became"] for row in found["designs"]] == ["unknown", "unknown"]
    for language, told in (("en", "No design has what is asked for"), ("da", "Ingen af mulighederne har det")):
        assert told in " ".join(cli("best", path, *words, "--lang", language).stdout.split())


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize(
    "asked", [GRID, [*GRID[:2], "--of", "exit_job", "--zone", "0.01pp", "--most", "20", "--at-most", "utilisation=80%"]]
)
def test_the_first_screen(asked: list[str], language: str, tmp_path: pathlib.Path) -> None:
    done = cli("best", write(tmp_path), *asked, "--lang", language, "--out", tmp_path)
    lines = done.stdout.splitlines()
    assert done.exit_code == 0 and len(lines) <= 15 and max(map(len, lines[:-1])) <= 100
    assert re.search("saved|sparet|as many of each|lige mange", done.stdout) and "{" not in done.stdout


def test_the_most_are_told(tmp_path: pathlib.Path) -> None:
    """So are other people, who make differences no pairs."""
    words = ["--over", "intake.persons=60,61", "--of", "exit_job", "--zone", "0.01pp", "--most", "25"]
    found = answer(write(tmp_path), *words, "--out", tmp_path)
    assert found["most"] == 25 and found["used"] == 50 and found["decided"] is False
    shown = " ".join(cli("best", tmp_path / "small.yaml", *words, "--out", tmp_path).stdout.split())
    assert "In front is intake.persons 6" in shown and "Not decided with 95 % confidence after 25 replications" in shown
    assert "Mind: Not the same people" in shown and "same luck" not in shown


def test_everything_wrong_is_told_at_once(tmp_path: pathlib.Path) -> None:
    path, grid = write(tmp_path), ["--over", "teams.team.fte=1,2"]
    words = ["--of", "talk_shar", "--at-most", "utilisatio=93%", "--at-most", "wait_first_talk=2", "--at-least", "x",
             "--at-most", "caseload=5,5", "--at-most", "utilisation=130%", "--at-least", "talk_share=0",
             "--confidence", "30", "--most", "5", "--budget", "10"]  # fmt: skip
    done = cli("best", path, *grid, *words, "--out", tmp_path / "out")
    assert done.exit_code == 2 and "10 problems. Nothing was run." in done.stderr and not (tmp_path / "out").exists()
    for part in (
        "--of talk_shar: error: there is no outcome 'talk_shar'", "did you mean 'talk_share'?",
        "did you mean 'utilisation'?", "ask for wait_first_talk_all", "write it as NAME=LEVEL",
        "use a decimal point: 5.5", "is a share, from 0 to 1", "such as talk_share=0+-1pp",
        "promises no confidence", "a budget is the most already", "2 designs take 20 or more",
    ):  # fmt: skip
        assert part in done.stderr, part
    both = cli("best", path, "--over", "teams.team.fte=1,x", "--of", "talk_shar").stderr
    assert "must be a number (got 'x')" in both and "did you mean 'talk_share'?" in both and "2 problems" in both


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--of", "talk_share"], "such as --zone 0.5pp"),
        (["--of", "talk_share", "--zone", "2"], "write 2pp, percentage points"),
        (["--of", "caseload", "--zone", "2pp"], "caseload is no share: write a plain number"),
        (["--of", "caseload", "--zone", "0"], "must be above 0"),
        (["--of", "talk_share", "--zone", "2pp", "--confidence", "101%"], "above 50% and below 100%"),
        (["--of", "talk_share", "--zone", "2pp", "--most", "9"], "must be 10 or more"),
        (["--of", "teams.team.fte", "--zone", "1"], "known of every design: leave --zone out"),
        (["--of", "teams.team.fte"], "say by --at-most or --at-least"),
        (["--of", "talk_share:all", "--zone", "1pp"], "did you mean 'alle'?"),
        (["--of", "teams.taem.fte"], "nor a swept key (teams.team.fte); did you mean 'teams.team.fte'?"),
        (["--of", "teams.team.minutes_per_week"], "the same in every design: add --over teams.team.minutes_per_week="),
        ([*KEY, "--at-most", "teams.team.fte=2"], "known of every design: give --over no value that may not be"),
        ([*KEY, "--at-most", "jobklub.sats=2"], "'jobklub.sats' is no outcome"),
        ([*KEY, "--at-most", "utilisation=80%", "--at-least", "utilisation:alle=83%"],
         "no design can keep both, ≥ 0.83 and ≤ 0.8"),
        ([*KEY, "--at-most", "utilisation=80%", "--at-most", "utilisation=83%"], "leave out all but ≤ 0.8"),
        ([*KEY, "--at-least", "utilisation=80%", "--at-least", "utilisation=83%"], "leave out all but ≥ 0.83"),
    ],
)
def test_a_mistake_is_told(words: list[str], message: str, tmp_path: pathlib.Path) -> None:
    done = cli("best", write(tmp_path), "--over", "teams.team.fte=1,2", *words, "--out", tmp_path)
    assert done.exit_code == 2 and message in done.stderr, done.stderr


def test_a_key_is_sought_of_a_grid_alone(tmp_path: pathlib.Path) -> None:
    path, other = write(tmp_path), tmp_path / "other.yaml"
    other.write_text("extends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\n", encoding="utf-8")
    done = cli("best", path, other, *KEY, "--at-most", "utilisation=80%", "--out", tmp_path)
    assert done.exit_code == 2 and "give one scenario with --over teams.team.fte=VALUES" in done.stderr, done.stderr
