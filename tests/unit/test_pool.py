"""Processes of a pool: where they take the program from, and that they end."""

from __future__ import annotations

import multiprocessing
import os
import pathlib
import re
import signal
import subprocess
import sys
import time

import pytest

from simulation.experiments import pool
from tests.processes import LIMIT

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = """
import os
from simulation.experiments.pool import get_ready, processes
from tests.unit.test_pool import where
if __name__ == "__main__":
    get_ready()
    with processes(2) as executor:
        print(executor.submit(where).result(60), os.environ.get("PYTHONPATH"), os.environ.get("PYTHONSAFEPATH"))
"""

MASK = """
from multiprocessing import forkserver
from pathlib import Path
from simulation.experiments.pool import get_ready
if __name__ == "__main__":
    get_ready()
    print(Path(f"/proc/{forkserver._forkserver._forkserver_pid}/status").read_text())
"""


def where() -> str:
    """The file that a process has the program from."""
    import simulation

    return str(simulation.__file__)


def wait_for_ever() -> None:
    time.sleep(600)


def test_workers_run_the_program_of_the_process_that_began_them(tmp_path: pathlib.Path) -> None:
    """Not one that lies in the folder in which it runs; and its own environment is as before."""
    other = tmp_path / "here" / "simulation"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text("")
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONSAFEPATH", None)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=other.parent, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(ROOT / "simulation" / "__init__.py"), str(ROOT), "None"]


def test_an_intervention_of_a_notebook_is_run_in_one_process_and_says_so() -> None:
    """The first one of docs/extend.md, defined where a notebook defines it, gives the same by any number of workers."""
    page = (ROOT / "docs" / "extend.md").read_text(encoding="utf-8")
    code = re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0]
    shown = []
    for workers in (1, 2):
        asked = code.replace("replications=2", f"replications=4, workers={workers}")
        done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT)
        assert done.returncode == 0, done.stderr
        assert ("this is done in one process" in done.stderr) == (workers == 2)
        shown.append(done.stdout)
    assert shown[0] == shown[1] != ""


@pytest.mark.skipif(sys.platform != "linux", reason="there is nothing to fork from")
def test_what_workers_are_forked_from_is_not_interrupted(tmp_path: pathlib.Path) -> None:
    """By Ctrl-C while it loads the program, in a process that has begun no other before."""
    script = tmp_path / "script.py"
    script.write_text(MASK)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    blocked = next(line.split()[1] for line in done.stdout.splitlines() if line.startswith("SigBlk:"))
    assert int(blocked, 16) >> (signal.SIGINT - 1) & 1


def test_without_a_place_to_fork_from_workers_load_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the name of the temporary folder is too long for a socket, and everywhere but on Linux."""
    if sys.platform == "linux":
        from multiprocessing import forkserver

        def refuse() -> None:
            raise OSError("AF_UNIX path too long")

        assert pool._context().get_start_method() == "forkserver"
        monkeypatch.setattr(forkserver, "ensure_running", refuse)
    assert pool._context().get_start_method() == "spawn"
    monkeypatch.setattr(sys, "platform", "win32")
    assert pool._context().get_start_method() == "spawn"


def test_a_pool_is_ended_at_once() -> None:
    """Whatever its processes are doing."""
    executor = pool.processes(2)
    for _ in range(2):
        executor.submit(wait_for_ever)
    began = time.monotonic()
    while len(executor._processes) < 2 or not all(process.pid for process in executor._processes.values()):
        assert time.monotonic() - began < 60
    running = list(executor._processes.values())
    pool.end(executor)
    for process in running:
        process.join(30)
        assert not process.is_alive()
    assert multiprocessing.parent_process() is None


def much() -> bytes:
    """What takes a while to send."""
    return bytes(200_000_000)


@pytest.mark.parametrize("after", [0.03, 0.1, 0.15, 0.2, 0.25])
def test_a_worker_that_is_ended_while_it_sends_holds_nobody_up(after: float) -> None:
    """The thread that reads what it sends ends too; a process waits for it before it ends itself."""
    executor = pool.processes(1)
    assert executor.submit(os.getpid).result(60)
    executor.submit(much)
    reads = executor._executor_manager_thread
    time.sleep(after)
    pool.end(executor)
    reads.join(10)
    assert not reads.is_alive()
