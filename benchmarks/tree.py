"""Checkouts to be measured, each by a process of its own (probe.py)."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Tree:
    """A checkout and what the tables call it."""

    folder: Path
    label: str

    def environment(self) -> dict[str, str]:
        """That of a process which takes `simulation` from this checkout."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "OPENBLAS_NUM_THREADS": "1"}

    def probe(self) -> Probe:
        """A new process for this checkout."""
        return Probe(self)

    def command(self, *words: str) -> Took:
        """A command of this checkout, as users give it, in a process of its own. Raises RuntimeError if it fails."""
        return self.process("-m", "simulation.cli", *words)

    def process(self, *words: str) -> Took:
        """A Python process of this checkout. Raises RuntimeError if it fails."""
        before, began = _cpu_of_children(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, *words], env=self.environment(), cwd=self.folder, capture_output=True, text=True
        )
        wall, cpu = time.perf_counter() - began, _cpu_of_children() - before
        if done.returncode:
            raise RuntimeError(f"{self.folder}: {' '.join(words)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return Took(wall, cpu, done.stdout)


@dataclass(frozen=True)
class Took:
    """Seconds of a process and of the processes that it waited for, and what it printed."""

    wall: float
    cpu: float
    said: str


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Probe:
    """A process that is asked and answers, until it is closed. Raises RuntimeError if it dies."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("probe.py"))], env=tree.environment(), cwd=tree.folder,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, do: str, **settings: Any) -> dict[str, Any]:
        """Do it, and wait for the answer."""
        self.send(do, **settings)
        return self.answer()

    def send(self, do: str, **settings: Any) -> None:
        """Start it; another process may be started before the answer is read."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": do, **settings}) + "\n")
        self.process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What was sent last, done."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the measurement of {self.tree.folder} has ended early; what it said stands above")
        return dict(json.loads(line))

    def close(self) -> None:
        """End the process."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
