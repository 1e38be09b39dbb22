"""A run of a small world, and the folder that it leaves."""

from __future__ import annotations

import pathlib

from tests.cases.places import said
from tests.sweeps import write


def run(out: pathlib.Path, *more: object, code: int = 0) -> str:
    """What a run of a small world says."""
    folder = out.parent / "world"
    folder.mkdir(exist_ok=True)
    done = said("run", write(folder), "--out", out, *more)
    assert done.exit_code == code, done.output
    return done.output


def stored(out: pathlib.Path) -> pathlib.Path:
    """The only results folder that is complete and sound."""
    (folder,) = (f for f in out.glob("small/*") if "-" not in f.name and not f.name.startswith("."))
    return folder


def tables(folder: pathlib.Path) -> dict[str, bytes]:
    """Its tables by name."""
    return {file.name: file.read_bytes() for file in (folder / "tables").glob("*.csv")}
