"""Commands of the program called from outside, in this process: what they answer, and the tables of small runs."""

from __future__ import annotations

import csv
import json
import pathlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulation.cli import main
from simulation.experiments.kept import Kept
from simulation.experiments.numbered import KeptParts
from simulation.experiments.points import Points
from tests.sweeps import write

COMMANDS = ("run", "compare", "sweep")


def cli(*words: object) -> Result:
    """What the command answers to these words: `exit_code`, `stdout`, `stderr`, `output` (both)."""
    return CliRunner().invoke(main, [str(word) for word in words])


def answer(*words: object) -> dict:
    """The JSON object that a command prints."""
    done = cli(*words, "--json")
    assert done.exit_code == 0, done.output
    return dict(json.loads(done.stdout))


def asked(command: str, folder: pathlib.Path, replications: int) -> list[object]:
    """A command on a small world."""
    small = write(folder)
    other = folder / "other.yaml"
    other.write_text("version: 2\nextends: small.yaml\nname: Other\nteams: {team: {fte: 1}}\n", encoding="utf-8")
    given = {"run": [small], "compare": [small, other], "sweep": [small, "--over", "teams.team.fte=1:2:0.5"]}[command]
    return [command, *given, "--replications", replications, "--batch", 2]


def tables(told: dict) -> dict[str, bytes]:
    """The tables in the folder that an answer tells of, by name."""
    files = sorted((pathlib.Path(told["results_dir"]) / "tables").iterdir())
    return {file.name: file.read_bytes() for file in files}


@contextmanager
def ctrl_c_after(
    pieces: int, of: type[Kept] | type[Points] | type[KeptParts[Any]], monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[object]]:
    """Whoever keeps pieces of work presses Ctrl-C after so many; what was kept, also after that."""
    keep, kept = of.keep, list[object]()

    def keep_and_stop(*what: object) -> None:
        keep(*what)  # type: ignore[arg-type]
        kept.append(what)
        if len(kept) == pieces:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(of, "keep", keep_and_stop)
        yield kept


def replace(file: pathlib.Path, line: int, column: str, text: str) -> str:
    """Alter a cell of a table; returns what it was."""
    rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
    was, rows[line - 1][rows[0].index(column)] = rows[line - 1][rows[0].index(column)], text
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    return was
