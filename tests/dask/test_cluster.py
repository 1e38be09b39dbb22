"""The commands on a real dask cluster: a scheduler and two workers on this machine. `python3 tasks.py cluster`.

Whatever becomes of the cluster, what comes out has the same bytes as with one process here.
"""

from __future__ import annotations

import json
import pathlib
import shutil
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from simulation.experiments import cluster, work
from simulation.experiments.cluster import Cluster, NoCluster
from simulation.experiments.executors import CrewLost
from simulation.experiments.kept import Kept
from simulation.experiments.points import Points
from simulation.experiments.progress import Progress
from simulation.experiments.work import AHEAD, Piece, WorkerDied, carry_out
from tests.commands import answer, asked, cli, tables
from tests.dask.clusters import ROOT, running
from tests.dask.clusters import Cluster as Started
from tests.processes import wait_until
from tests.unit.test_work import die, fail, third

pytestmark = [pytest.mark.cluster, pytest.mark.usefixtures("undrawn")]
REPLICATIONS = 12  # in batches of two: six pieces of a run, and six of every point of a sweep


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What users can wait for, tests need not."""
    monkeypatch.setattr(cluster, "EVERY", 0.2)
    monkeypatch.setattr(work, "LOOK", 0.2)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """A cluster that nothing happens to."""
    with running(tmp_path_factory.mktemp("shared")) as made:
        yield made


@pytest.fixture
def own(tmp_path: pathlib.Path) -> Iterator[Started]:
    """A cluster to be damaged."""
    with running(tmp_path / "cluster") as made:
        yield made


def whole(command: str, folder: pathlib.Path) -> dict[str, bytes]:
    """The tables with one process here."""
    words = asked(command, folder, REPLICATIONS)
    return tables(answer(*words, "--workers", 1, "--out", folder / "whole"))


def after(pieces: int, happens: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """When so many pieces are kept, this happens, once; what is kept."""
    kept: list[object] = []
    for of in (Kept, Points):
        keep = of.keep

        def keep_and_go_on(self: Any, *what: Any, keep: Callable[..., None] = keep) -> None:
            keep(self, *what)
            kept.append(what)
            if len(kept) == pieces:
                happens()

        monkeypatch.setattr(of, "keep", keep_and_go_on)
    return kept


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_a_cluster_gives_the_same_bytes(command: str, shared: Started, tmp_path: pathlib.Path) -> None:
    words = asked(command, tmp_path, REPLICATIONS)
    found = answer(*words, "--executor", shared.address, "--out", tmp_path / "there")
    assert tables(found) == whole(command, tmp_path)
    manifest = json.loads((pathlib.Path(found["results_dir"]) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run"]["workers"] == 2


@pytest.mark.parametrize("command", ["run", "sweep"])
def test_a_worker_that_is_killed_costs_nothing(
    command: str, own: Started, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By `kill -9`, while both have pieces."""
    first = whole(command, tmp_path)
    kept = after(2, lambda: own.kill(own.workers[0]), monkeypatch)
    words = asked(command, tmp_path, REPLICATIONS)
    found = answer(*words, "--executor", own.address, "--out", tmp_path / "there")
    assert len(kept) == (6 if command == "run" else 18) and tables(found) == first
    assert own.workers[0].poll() is not None and own.workers[1].poll() is None


def test_a_scheduler_that_is_killed_costs_what_was_out_alone(
    own: Started, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said that it is gone, and where everything is; `resume` on a new one goes on from there, or here."""
    first = whole("run", tmp_path)
    words = asked("run", tmp_path, REPLICATIONS)
    with monkeypatch.context() as patched:
        after(2, lambda: own.kill(own.scheduler), patched)
        failed = cli(*words, "--executor", own.address, "--out", tmp_path / "there")
    assert failed.exit_code == 3 and "Traceback" not in failed.output, failed.output
    assert f"The cluster at {own.place} is gone. What was finished is kept in" in failed.stderr
    assert "jobcentersim resume FOLDER" in failed.stderr
    assert not list((tmp_path / "there").rglob("run.log"))
    shutil.copytree(tmp_path / "there", tmp_path / "here")
    own.start()
    found = answer("resume", tmp_path / "there", "--batch", 2, "--executor", own.address)
    assert 4 <= found["resumed"] < REPLICATIONS and tables(found) == first
    assert tables(answer("resume", tmp_path / "here", "--batch", 2)) == first


def test_ctrl_c_takes_back_what_is_out(
    shared: Started, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is left with the scheduler, which never had more than a few pieces for every worker."""
    from distributed import Client

    out: list[int] = []

    def tasks() -> int:
        with Client(f"tcp://{shared.place}", set_as_default=False) as client:
            return int(client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)))

    def stop() -> None:
        out.append(tasks())
        raise KeyboardInterrupt

    first = whole("sweep", tmp_path)
    words = asked("sweep", tmp_path, REPLICATIONS)
    with monkeypatch.context() as patched:
        kept = after(12, stop, patched)
        stopped = cli(*words, "--executor", shared.address, "--out", tmp_path / "there")
    assert stopped.exit_code == 130 and "24 of 36 replications are finished" in stopped.stderr, stopped.output
    assert len(kept) == 12 and 0 < out[0] <= AHEAD * 2 + 1
    wait_until(lambda: tasks() == 0, "nothing is left")
    assert tables(answer("resume", tmp_path / "there", "--executor", shared.address)) == first


def test_workers_of_another_program_get_nothing_to_do(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when they are there from the beginning nor when they come later; it is said why. Others that come later
    are taken in."""
    other = tmp_path / "other"
    for package in ("simulation", "calibration"):
        shutil.copytree(ROOT / package, other / package, ignore=shutil.ignore_patterns("__pycache__", "fitted"))
    with (other / "simulation" / "week.py").open("a", encoding="utf-8") as file:
        file.write("# another version\n")
    with running(tmp_path / "cluster", workers=0) as mixed:
        mixed.add(other)
        why = "the text of the program is .* there, .* here"
        with pytest.warns(UserWarning, match=why), pytest.raises(NoCluster, match=f"no worker .* can be used: {why}"):
            Cluster(mixed.address)
        mixed.add()
        said: list[str] = []
        with mixed.joined(said.append) as joined:

            def grown(to: int) -> bool:
                joined.look()
                return joined.at_once == to

            mixed.add()
            wait_until(lambda: grown(2), "one that comes later is taken in")
            mixed.add(other)
            wait_until(lambda: grown(2) and len(joined.refused) == 2, "the other one is refused")
            found = carried(joined, [Piece(n, third, (n,), 1, "") for n in range(20)])
            assert found == {n: n / 3 for n in range(20)}
            mixed.kill(mixed.workers[1])
            wait_until(lambda: grown(1), "the one that is gone is forgotten")
    assert all("nothing is sent to a worker of the cluster at" in each for each in said)


def test_a_worker_that_is_not_known_yet_refuses_by_itself(shared: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece says of which program it is, and nothing is done by another one."""
    said: list[str] = []
    with Cluster(shared.address, said.append) as joined:
        monkeypatch.setattr(cluster, "WITHOUT", 1.0)
        joined.program = {**joined.program, "numpy": "0.1"}
        with pytest.raises(CrewLost, match="has had no worker that can be used for 1 second"):
            carried(joined, [Piece(0, third, (0,), 1, "in number 0")])
    assert said and "numpy is " in said[0] and "there, 0.1 here" in said[0]


def carried(joined: Cluster, pieces: list[Piece[int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    progress = Progress(len(pieces), "piece", show=False)
    carry_out(pieces, found.__setitem__, progress, joined)
    assert progress.done == len(found)
    return found


def test_a_piece_that_raises_is_told_as_here(shared: Started) -> None:
    """With its note, and where on the worker it was."""
    with Cluster(shared.address) as joined, pytest.raises(ZeroDivisionError, match="no such third") as caught:
        carried(joined, [Piece(n, fail, (n, 1), 1, f"in number {n}") for n in range(4)])
    assert caught.value.__notes__ == ["in number 1"] and "in fail" in str(caught.value.__cause__)


def test_a_piece_that_kills_workers_is_named(tmp_path: pathlib.Path) -> None:
    """It is sent out alone when it may have been the one, and given up before all workers are dead."""
    rule = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with running(tmp_path / "cluster", 3, **rule) as made, Cluster(made.address) as joined:
        wait_until(lambda: (setattr(joined, "_next_look", 0.0), joined.look(), joined.at_once == 3)[2], "all are there")
        with pytest.raises(WorkerDied, match="in number 2"):
            carried(joined, [Piece(n, die, (n, 2), 1, f"in number {n}") for n in range(6)])
        assert sum(worker.poll() is None for worker in made.workers) >= 1


def test_no_scheduler_is_an_input_error(tmp_path: pathlib.Path, own: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWERS", 1.0)
    own.end()
    words = asked("run", tmp_path, 2)
    failed = cli(*words, "--executor", own.address, "--out", tmp_path / "out")
    assert failed.exit_code == 2 and "Traceback" not in failed.output
    assert f"--executor: no dask scheduler answers at {own.place} within 1 seconds" in failed.stderr
    assert "Nothing was run." in failed.stderr and not (tmp_path / "out").exists()


def test_no_worker_is_an_input_error(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WITHOUT", 0.5)
    with running(tmp_path / "cluster", workers=0) as empty:
        failed = cli(*asked("run", tmp_path, 2), "--executor", empty.address, "--out", tmp_path / "out")
    assert failed.exit_code == 2 and "no worker" in failed.stderr, failed.output


def test_a_scheduler_that_does_not_answer_any_more_is_not_waited_for(
    own: Started, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although the way to it is open."""
    monkeypatch.setattr(cluster, "SILENT", 1.0)
    assert own.scheduler is not None
    after(2, lambda: own.scheduler.send_signal(signal.SIGSTOP), monkeypatch)
    failed = cli(*asked("run", tmp_path, REPLICATIONS), "--executor", own.address, "--out", tmp_path / "out")
    assert failed.exit_code == 3 and "does not answer any more" in failed.stderr, failed.output


def test_all_workers_gone_is_not_waited_for(
    own: Started, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not for ever."""

    def end_all() -> None:
        monkeypatch.setattr(cluster, "WITHOUT", 1.0)
        for worker in own.workers:
            own.kill(worker)

    after(2, end_all, monkeypatch)
    words = asked("run", tmp_path, REPLICATIONS)
    failed = cli(*words, "--executor", own.address, "--out", tmp_path / "out")
    assert failed.exit_code == 3 and "has had no worker that can be used" in failed.stderr, failed.output
