"""Checkouts to be measured, each by a process of its own (probe.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
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


class Probe:
    """A process that is asked and answers; it ends with the `with` block. Raises RuntimeError if it dies."""

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

    def __enter__(self) -> Probe:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()
