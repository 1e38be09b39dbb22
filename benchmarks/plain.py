"""The plain C loop (plain.c): compiled where a compiler is, and run."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("plain.c")
OPTIONS = ("-O3", "-std=c11")
PEOPLE, WORLDS = 400_000, 64
"""Worlds of a measurement: as many as have so many people together, and no more than that."""


def compiler() -> str | None:
    """A C compiler of this machine: $CC, else cc, gcc or clang; None: there is none."""
    names = (os.environ.get("CC"), "cc", "gcc", "clang")
    return next((found for name in names if name and (found := shutil.which(name))), None)


class Plain:
    """The compiled program, in a temporary folder that goes with it. Raises RuntimeError where there is no compiler."""

    def __init__(self) -> None:
        found = compiler()
        if found is None:
            raise RuntimeError("there is no C compiler here (cc, gcc or clang; or name one in CC)")
        self.folder = tempfile.TemporaryDirectory(prefix="plain-c-")
        self.program = Path(self.folder.name) / "plain"
        subprocess.run([found, *OPTIONS, str(SOURCE), "-o", str(self.program), "-lm"], check=True)

    def worlds(self, persons: int, weeks: int, replications: int, seed: int) -> list[dict[str, Any]]:
        """What the program says of each replication: counts, and `wall` and `cpu` in seconds."""
        words = [str(number) for number in (persons, weeks, replications, seed)]
        done = subprocess.run([str(self.program), *words], check=True, capture_output=True, text=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def typical(self, persons: int, weeks: int, seed: int) -> dict[str, float]:
        """`cpu`, `wall` (seconds) and `person_weeks` of a world: medians."""
        worlds = self.worlds(persons, weeks, max(1, min(WORLDS, PEOPLE // persons)), seed)
        names = ("cpu", "wall", "person_weeks")
        return {name: statistics.median(float(world[name]) for world in worlds) for name in names}
