"""What a run will take is told before it begins, and refused where the machine has less; how many are measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from simulation import compare, run, sweep
from simulation.cli import pieces
from simulation.experiments import forecast as foretold
from simulation.experiments.executors import Crew
from simulation.experiments.forecast import TooLarge, forecast, foresee
from simulation.experiments.machine import available_memory
from simulation.results.citations import citation_problems
from simulation.results.result import Result
from simulation.scenario.load import load
from tests.cases.places import CASES, project, said

GIB = 2**30
SMALL = CASES / "how-many-are-measured" / "fast.yaml"


def test_memory_is_not_foretold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """45 million ledige: `check` and `run` say what it takes, and nothing is run; where there is room they go on."""
    monkeypatch.setattr(foretold, "available_memory", lambda: 6 * GIB)
    big = project("memory-is-not-foretold", tmp_path) / "big.yaml"
    for words in (["check", big], ["run", big, "--out", tmp_path / "results"]):
        answer = said(*words)
        assert answer.exit_code == 2 and "this machine has 6.0 GiB to give" in answer.stderr, answer.output
        (needed,) = re.findall(r"about ([\d.]+) GiB of memory and some \d+ minutes will be needed: 45,0", answer.stderr)
        assert 20 < float(needed) < 150
        assert (f"{big}:4:19: error: intake.persons" in answer.stderr) == (words[0] == "check")
    monkeypatch.setattr(foretold, "available_memory", lambda: 600 * GIB)
    monkeypatch.setattr(foretold, "_sample", lambda _, persons: (1000.0 * persons, persons / 10_000))
    answer = said("check", big)
    assert answer.exit_code == 0 and "GiB of memory and some" in answer.stdout


def test_memory_is_of_what_is_simulated_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """A smaller batch takes less, a worker more takes as much again, and one replication is the smallest unit."""
    loaded = load(SMALL, {"intake.persons": 300_000, "replications": 8})
    monkeypatch.setattr(foretold, "_sample", lambda _, persons: (1000.0 * persons, persons / 6_000))
    found = {
        (batch, workers): forecast([loaded], batch=batch, workers=workers)
        for batch, workers in ((None, 1), (1, 1), (4, 1), (1, 2))
    }
    rows = {key: each and each.rows for key, each in found.items()}
    assert rows == {(None, 1): 600_000, (1, 1): 600_000, (4, 1): 2_400_000, (1, 2): 1_200_000}
    for each in found.values():
        assert each is not None and each.memory > 1000 * each.rows
    one, two = found[1, 1], found[1, 2]
    assert one and two and one.seconds == pytest.approx(800) and two.seconds == pytest.approx(400)


@pytest.mark.parametrize("command", ["run", "compare", "sweep", "calibrate"])
def test_every_command_that_simulates_much_refuses(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foretold, "LARGE_BATCH", 1)
    monkeypatch.setattr(foretold, "_sample", lambda _, persons: (1000.0 * persons, persons / 6_000))
    monkeypatch.setattr(foretold, "available_memory", lambda: 2**20)
    scenarios = project("how-many-are-measured", tmp_path)
    more_staff = tmp_path / "more.yaml"
    more_staff.write_bytes(SMALL.read_bytes().replace(b"version: 2\n", b"version: 2\ndisplacement: 0.1\n"))
    words = {
        "run": [SMALL],
        "compare": [SMALL, more_staff],
        "sweep": [SMALL, "--over", "teams.stab.fte=1,2"],
        "calibrate": [scenarios.parent / "calibration" / "targets" / "dagpenge.yaml", "--method", "point"],
    }
    answer = said(command, *words[command], "--out", tmp_path / "results")
    assert answer.exit_code == 2 and "this machine has 0.0 GiB to give" in answer.stderr, answer.output
    assert "--anyway" in answer.stderr and "Nothing was run." in answer.stderr
    assert not (tmp_path / "results").exists()


@pytest.mark.usefixtures("undrawn")
def test_more_replications_than_there_is_memory_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`extend` refuses as `run` does, and begins all the same where that is asked for."""
    assert said("run", SMALL, "--replications", 1, "--out", tmp_path).exit_code == 0
    (folder,) = (tmp_path / "fast").iterdir()
    monkeypatch.setattr(foretold, "LARGE_BATCH", 1)
    monkeypatch.setattr(foretold, "_sample", lambda _, persons: (1000.0 * persons, persons / 6_000))
    monkeypatch.setattr(foretold, "available_memory", lambda: 2**20)
    refused = said("extend", folder, "--replications", "+1")
    assert refused.exit_code == 2 and "--anyway" in refused.stderr and "Nothing was run." in refused.stderr
    assert said("extend", folder, "--replications", "+1", "--anyway").exit_code == 0


def test_python_refuses_as_the_command_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is run, in the same words; with `anyway` it is begun."""
    monkeypatch.setattr(foretold, "LARGE_BATCH", 1)
    monkeypatch.setattr(foretold, "_sample", lambda _, persons: (1000.0 * persons, persons / 6_000))
    monkeypatch.setattr(foretold, "available_memory", lambda: 2**20)
    loaded, over = load(SMALL), {"teams.stab.fte": [1, 2]}
    commands: list[Callable[..., object]] = [
        lambda **more: run(loaded, 1, **more),
        lambda **more: compare(loaded, loaded.with_({"teams.stab.fte": 9}), 1, **more),
        lambda **more: sweep(loaded, over, 1, **more),
    ]
    shortage = str(forecast([loaded], 1).shortage())  # type: ignore[union-attr]
    for command in commands:
        with pytest.raises(TooLarge, match=r"this machine has 0\.0 GiB to give"):
            command()
    with pytest.raises(TooLarge) as refused:
        commands[0]()
    assert str(refused.value) == shortage
    assert isinstance(commands[0](anyway=True), Result)


@pytest.mark.usefixtures("undrawn")
def test_nothing_is_foretold_of_what_is_done_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No sample is run, nothing is said or refused; but numbers that cannot be are."""
    monkeypatch.setattr(foretold, "LARGE_BATCH", 1)
    monkeypatch.setattr(foretold, "_sample", None)
    monkeypatch.setattr(foretold, "available_memory", lambda: 2**20)
    with ThreadPoolExecutor(1) as threads:
        assert foresee([load(SMALL)], 1, Crew(threads)) is None
        with pytest.raises(ValueError, match="replications must be"):
            foresee([load(SMALL)], 0, Crew(threads))
        monkeypatch.setattr(pieces, "workers_of", lambda _: Crew(threads))
        answer = said("run", SMALL, "--replications", 1, "--out", tmp_path)
    assert answer.exit_code == 0 and "GiB" not in answer.output


def test_small_runs_say_nothing_and_measure_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foretold, "_sample", None)
    assert forecast([load(SMALL)]) is None


def test_a_sample_tells_what_a_run_takes() -> None:
    """Bytes a ledig are of the columns that are there: twice the weeks, more bytes."""
    weeks = {weeks: load(SMALL, {"weeks": weeks, "intake.persons": 300_000}) for weeks in (64, 128)}
    each = [found.each for loaded in weeks.values() if (found := forecast([loaded]))]
    assert len(each) == 2 and 300 < each[0] < each[1] < 5000


def test_the_machine_says_what_it_has() -> None:
    there = available_memory()
    assert there is None or 2**20 < there < 2**50


@pytest.mark.usefixtures("undrawn")
def test_how_many_are_measured(tmp_path: Path) -> None:
    """All 400 who are enrolled, not those who are left at the end of that week; where it is chance, about so many."""
    answer = said("run", SMALL, "--all", "--out", tmp_path)
    assert "Measured are those enrolled in weeks 0 to 11, 400, for 52 weeks" in " ".join(answer.stdout.split())
    some = ["--set", "measured_until=6", "--set", "intake.arrivals=random"]
    answer = said("run", SMALL, "--all", "--out", tmp_path, *some)
    assert re.search(r"enrolled in weeks 0 to 5, (about )?(1[7-9]\d|2[0-2]\d), for", " ".join(answer.stdout.split()))


VANISHES = CASES / "published-figure-vanishes"


def test_published_figure_vanishes(tmp_path: Path) -> None:
    answer = said("check", VANISHES / "last_week.yaml")
    assert answer.exit_code == 2
    assert "last_week.yaml:5:59: error: published.talks_at_the_end.week: talk_share has weeks 0 to 51" in answer.stderr
    assert "published.on_benefit_at_the_end.week: on_benefit has weeks 0 to 51" in answer.stderr
    answer = said("run", VANISHES / "no_course.yaml", "--out", tmp_path)
    assert answer.exit_code == 2
    assert "published.duration.week: weeks_to_exit has no single weeks, only the whole follow-up" in answer.stderr


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("outcome", "group", "week", "message"),
    [
        ("exit_job", "a", 0, "exit_job has weeks 1 to 52"),
        ("exit_job", "a", 52, None),
        ("talks_held", "alle", 53, "talks_held has weeks 1 to 52"),
        ("talk_share", "difference", 0, None),
        ("workplace_week_share", "alle", 52, "workplace_week_share has weeks 0 to 51"),
        ("utilisation", "alle", 3, "utilisation has no single weeks"),
        ("praktik_referred", "alle", 3, "praktik_referred has no single weeks"),
        ("exit_job", "a@x", 20, "exit_job has single weeks of the arms, alle and difference, not of a@x"),
    ],
)
def test_weeks_of_every_outcome(tmp_path: Path, outcome: str, group: str, week: int, message: str | None) -> None:
    figure = {
        "outcome": outcome, "group": group, "week": week, "figure": 0.5, "rounding": 0.1, "source": "s", "page": "1",
        "definition": "d",
    }  # fmt: skip
    path = tmp_path / "a.yaml"
    data = yaml.safe_load((VANISHES / "base.yaml").read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(data | {"published": {"f": figure}}), encoding="utf-8")
    found = [problem.message for problem in citation_problems(load(path))]
    assert (found == []) if message is None else any(each.startswith(message) for each in found), found
