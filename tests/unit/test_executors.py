"""Executors from outside: the same results by whomever, through the Python door; and clusters that cannot be."""

from __future__ import annotations

import pathlib
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest

from calibration.fit import ROUNDS, calibrate
from calibration.read import read_study
from simulation import Loaded, compare, load, run, sweep, uncertain
from simulation.experiments.cluster import NoCluster, arithmetic, place_of, program
from simulation.experiments.executors import Crew, CrewLost
from simulation.experiments.kept import Kept
from simulation.experiments.needed import needed_effects
from simulation.experiments.replicate import replicate
from tests.commands import cli
from tests.studies import write_study
from tests.sweeps import write

NEEDED = """needed_effects:
  staff: {question: "How many?", parameter: teams.team.fte, outcome: talks_held, group: alle, without: 1, highest: 3,
          change: 1, source: test, page: test}
"""


class Lossy(Executor):
    """Threads, of which some die: every third piece is lost, and is done when it is asked for again."""

    def __init__(self, threads: int) -> None:
        self.threads, self.asked, self.lost = ThreadPoolExecutor(threads), 0, 0

    def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.asked += 1
        if self.asked % 3 == 0:
            self.lost += 1
            future: Future[Any] = Future()
            future.set_exception(BrokenExecutor("a node is gone"))
            return future
        return self.threads.submit(do, *arguments, **named)


class Leaving(Crew):
    """Is gone after so many pieces."""

    def __init__(self, pieces: int) -> None:
        super().__init__(ThreadPoolExecutor(1))
        self.left = pieces

    def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        self.left -= 1
        if self.left < 0:
            raise CrewLost("the thread is gone")
        return super().submit(do, *arguments, **named)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(write(tmp_path_factory.mktemp("small")))


QUESTIONS: dict[str, Callable[..., Any]] = {
    "run": lambda small, **how: run(small, 6, **how).table(),
    "compare": lambda small, **how: compare(small, small.with_({"teams.team.fte": 1}), 4, **how).table(),
    "sweep": lambda small, **how: sweep(small, {"teams.team.fte": [1, 2]}, 4, **how).table(),
    "uncertain": lambda small, **how: uncertain(
        small.with_({"exits.job.level": {"value": 0.05, "kind": "assumed", "source": "x", "range": [0.02, 0.08]}}),
        draws=10, replications=4, **how
    ).tables()["uncertainty"],
}  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_any_executor_gives_the_same_to_the_last_bit(question: str, small: Loaded) -> None:
    """Threads, although every third piece is lost and done again; what is given is left open."""
    lossy = Lossy(2)
    found = QUESTIONS[question](small, workers=2, executor=lossy)
    assert found.to_csv() == QUESTIONS[question](small).to_csv()
    assert lossy.asked > 1 and (lossy.lost or lossy.asked < 3)
    assert lossy.threads.submit(max, 1, 2).result() == 2


def test_answers_of_a_run_are_found_by_any_executor(tmp_path: pathlib.Path) -> None:
    """How large an effect must be."""
    loaded = load(write(tmp_path, NEEDED))
    lossy = Lossy(2)
    assert repr(needed_effects(loaded, 4, Crew(lossy, 2))) == repr(needed_effects(loaded, 4))
    assert lossy.lost


def test_a_fit_is_the_same_by_any_executor(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit, the figures at the point too."""
    monkeypatch.setitem(ROUNDS, "point", 1)
    study = read_study(write_study(tmp_path, {"job_12": 0.25, "job_26": 0.4, "other_26": 0.12, "talks": 0.4}))
    here, there = (calibrate(study, "point", workers) for workers in (1, Crew(Lossy(2), 2)))
    assert here.point == there.point and repr(here.at_point.tolist()) == repr(there.at_point.tolist())


def test_when_all_are_gone_what_was_finished_is_kept(small: Loaded, tmp_path: pathlib.Path) -> None:
    kept = Kept(tmp_path)
    with pytest.raises(CrewLost, match="the thread is gone"):
        replicate([small], 6, Leaving(4), batch=1, kept=kept)
    assert 2 <= len(kept.read(small.scenario, 6)) <= 4


def test_how_many_at_once_is_a_number(small: Loaded) -> None:
    for wrong in (0, -1, True, "2"):
        with pytest.raises(ValueError, match="workers must be a whole number of at least 1"):
            run(small, 1, workers=wrong, executor=ThreadPoolExecutor(1))  # type: ignore[arg-type]
    assert len(run(small, 1, workers=1000, executor=ThreadPoolExecutor(1)).replications) == 1


@pytest.mark.parametrize("address", ["dask://127.0.0.1:8786", "dask://node-1.cluster.local:1", "dask://[::1]:65535"])
def test_addresses(address: str) -> None:
    assert f"dask://{place_of(address)}" == address


@pytest.mark.parametrize(
    "address", ["", "127.0.0.1:8786", "tcp://127.0.0.1:8786", "dask://", "dask://node", "dask://node:", "dask://node:0",
                "dask://node:65536", "dask://node:1/x", "dask://a b:1", "dask://me@node:1", "dask://::1:80", "DASK://n:1"]
)  # fmt: skip
def test_what_is_no_address_is_said(address: str, tmp_path: pathlib.Path) -> None:
    """With what is one; nothing is run."""
    with pytest.raises(NoCluster, match="write dask://HOST:PORT"):
        place_of(address)
    failed = cli("run", write(tmp_path), "--executor", address, "--out", tmp_path / "out")
    assert failed.exit_code == 2 and "write dask://HOST:PORT" in failed.stderr and "Nothing was run." in failed.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["run", "sweep", "calibrate", "validate"])
def test_without_dask_it_is_said_how_to_get_it(
    command: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    where = write(tmp_path)
    words: list[object] = {"sweep": [where, "--over", "teams.team.fte=1:2:1"], "run": [where]}.get(command, [])
    if command == "calibrate":
        words = [write_study(tmp_path, {"job_12": 0.25, "job_26": 0.4, "other_26": 0.12, "talks": 0.4})]
    failed = cli(command, *words, "--executor", "dask://127.0.0.1:8786", "--out", tmp_path / "out")
    assert failed.exit_code == 2 and "Traceback" not in failed.output, failed.output
    assert 'not installed here: python -m pip install "jobcentersim[cluster]"\nNothing was run.' in failed.stderr
    assert not (tmp_path / "out").exists()


def test_a_cluster_has_the_workers_that_it_has(tmp_path: pathlib.Path) -> None:
    failed = cli("run", write(tmp_path), "--workers", 2, "--executor", "dask://127.0.0.1:8786")
    assert failed.exit_code == 2 and "give --executor or --workers" in failed.stderr


def test_a_program_is_told_by_all_that_decides_its_numbers() -> None:
    assert set(program()) == {
        "jobcentersim", "the text of the program", "numpy", "scipy", "simpy", "python", "machine", "arithmetic"
    }  # fmt: skip
    assert len({arithmetic() for _ in range(3)}) == 1


class Vanishing(Crew):
    """Does what is sent to it at once, but for these pieces, and is not there when it is looked at."""

    def __init__(self, *never: int) -> None:
        super().__init__(ThreadPoolExecutor(1), 3)
        self.never, self.sent = never, 0

    def submit(self, do: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.sent in self.never:
            future.set_exception(CrewLost("it has vanished"))
        else:
            future.set_result(do(*arguments, **named))
        self.sent += 1
        return future

    def look(self) -> None:
        raise CrewLost("it has vanished")


def test_what_came_back_before_all_were_gone_is_kept(small: Loaded, tmp_path: pathlib.Path) -> None:
    """Whatever comes to light first; and if nothing is out, nobody misses them."""
    kept = Kept(tmp_path)
    with pytest.raises(CrewLost, match="it has vanished"):
        replicate([small], 6, Vanishing(1, 3), batch=1, kept=kept)
    assert sorted(kept.read(small.scenario, 6)) == [0, 2, 4, 5]
    assert len(replicate([small], 6, Vanishing(), batch=1)[0].replications) == 6
