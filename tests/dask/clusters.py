"""A dask scheduler and its workers, each a program of its own on this machine; they end with the test."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from simulation.experiments import cluster
from tests.processes import LIMIT, started, wait_until

ROOT = Path(__file__).resolve().parents[2]
HERE = "127.0.0.1"


@dataclass
class Cluster:
    """A scheduler and its workers; `place` is HOST:PORT, once it is known."""

    folder: Path
    place: str = ""
    scheduler: subprocess.Popen[str] | None = None
    workers: list[subprocess.Popen[str]] = field(default_factory=list)
    _ends: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    @property
    def address(self) -> str:
        """As `--executor` has it."""
        return f"dask://{self.place}"

    def start(self, workers: int = 2, **settings: str) -> None:
        """Start a scheduler, where one was before if there was one, and workers. `settings` are those of dask, in its
        environment."""
        known = self.folder / "scheduler.json"
        known.unlink(missing_ok=True)
        port = self.place.rpartition(":")[2] or "0"
        words = ["scheduler", "--host", HERE, "--port", port, "--scheduler-file", str(known)]
        self.scheduler = self._start(words, ROOT, **settings)
        wait_until(lambda: known.exists() and known.stat().st_size > 0, "the scheduler listens")
        self.place = json.loads(known.read_text(encoding="utf-8"))["address"].removeprefix("tcp://")
        for _ in range(workers):
            self.add()

    def add(self, program: Path = ROOT) -> None:
        """One more worker, whose program is in this folder."""
        words = ["worker", f"tcp://{self.place}", "--host", HERE, "--nthreads", "1", "--no-nanny",
                 "--local-directory", str(self.folder / f"worker{len(self.workers)}")]  # fmt: skip
        self.workers.append(self._start(words, program))

    def joined(self, tell: Callable[[str], object]) -> cluster.Cluster:
        """As one who carries out pieces there, once there is a worker that can be used."""
        latest = time.monotonic() + LIMIT
        while True:
            try:
                return cluster.Cluster(self.address, tell)
            except cluster.NoCluster:
                assert time.monotonic() < latest
                time.sleep(0.1)

    def kill(self, program: subprocess.Popen[str] | None) -> None:
        """As `kill -9`."""
        assert program is not None
        program.send_signal(signal.SIGKILL)
        program.wait()

    def end(self) -> None:
        """End everything that is left."""
        self._ends.close()

    def _start(self, words: list[str], program: Path, **settings: str) -> subprocess.Popen[str]:
        with contextlib.ExitStack() as ends:
            log = ends.enter_context((self.folder / "log.txt").open("a", encoding="utf-8"))
            program = ends.enter_context(
                started(
                    [sys.executable, "-m", "dask", *words, "--no-dashboard"], stdout=log, stderr=log,
                    cwd=program, env={**os.environ, "PYTHONPATH": str(program), **settings},
                )
            )  # fmt: skip
            self._ends.push(ends.pop_all())
        return program


@contextlib.contextmanager
def running(folder: Path, workers: int = 2, **settings: str) -> Iterator[Cluster]:
    """A cluster that works."""
    folder.mkdir(exist_ok=True)
    made = Cluster(folder)
    try:
        made.start(workers, **settings)
        yield made
    finally:
        made.end()
