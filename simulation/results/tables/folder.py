"""The results folder: complete or marked incomplete, never overwritten in silence, and able to say what made it.

results/<scenario>/<fingerprint>/
    manifest.json  resolved.yaml  README.txt
    inputs/        the scenario files as they were written
    tables/        *.csv and schema.json
    figures/       *.png and captions.md
"""

from __future__ import annotations

import hashlib
import json
import os
import pathlib
import platform
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, Any

import yaml

from simulation.results.tables.run_tables import schema
from simulation.scenario.load import Loaded

if TYPE_CHECKING:
    import pandas as pd

PACKAGES = ("numpy", "scipy", "simpy", "pandas", "pydantic", "PyYAML", "matplotlib")

PROGRAM = pathlib.Path(__file__).resolve().parents[2]
PLACE_COLUMNS = ("file", "line")
"""Columns that tell where a value is written: one more comment in a file changes them, and nothing else."""
CITES_LINES = "parameters.csv"

README = """What is what
manifest.json   what made this result: versions, seed, every value and its origin, hashes of the tables
resolved.yaml   the scenario with everything it extends, as it was run
inputs/         the scenario files as they were written
tables/         figures as CSV (comma, decimal point, UTF-8); schema.json explains every column and outcome
figures/        the same as pictures; captions.md says what each shows and what its bands are
"""


class ResultsDiffer(Exception):
    """The same input gave other tables than the ones already stored: something outside the input has changed."""


def fingerprint(scenarios: Sequence[Loaded], replications: int, question: str = "run") -> str:
    """Short name of a result: of the resolved input with its sources, of what is asked of it (`question`), and of this
    program's text; no times or paths."""
    identity = {
        "scenarios": [loaded.scenario.model_dump(mode="json") for loaded in scenarios],
        "origins": [
            [{key: value for key, value in row.items() if key not in PLACE_COLUMNS} for row in loaded.parameters()]
            for loaded in scenarios
        ],
        "replications": replications,
        "question": question,
        "program": program_hash(),
    }
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()[:12]


def program_hash(root: pathlib.Path = PROGRAM) -> str:
    """Hash of the program's own text, or of another package's."""
    total = hashlib.sha256()
    for file in sorted(root.rglob("*.py"), key=lambda f: f.relative_to(root).as_posix()):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + text + b"\0")
    return total.hexdigest()


def save(
    root: pathlib.Path,
    name: str,
    scenarios: Sequence[Loaded],
    tables: Mapping[str, pd.DataFrame],
    replications: Mapping[str, int],
    run: Mapping[str, Any],
    draw: Callable[[pathlib.Path], None],
    question: str = "run",
    explained: Mapping[str, Mapping[str, Any]] | None = None,
) -> tuple[pathlib.Path, str]:
    """Write a results folder and return it with a word on what happened: "new", "unchanged" or "incomplete".

    `replications` has `asked` and `done`; `run` is what may differ between two runs of the same input (time, workers).
    `draw` writes figures into the folder it is given; `explained` are columns and outcomes that only these tables have,
    for `schema.json`. The folder appears by rename when all of it is there. Raises
    ResultsDiffer if a complete result of the same fingerprint has other figures; OSError if nothing can be written.
    """
    mark = fingerprint(scenarios, replications["asked"], question)
    target = root / name / mark
    complete = replications["done"] == replications["asked"]
    if not complete:
        target = target.with_name(f"{mark}-incomplete")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        hashes = _write(draft, scenarios, tables, draw, explained or {})
        manifest = _manifest(scenarios, mark, replications, run, hashes)
        _text(draft / "manifest.json", json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        if complete and target.exists():
            stored = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["tables"]
            other = ", ".join(sorted(f for f in hashes if stored.get(f) != hashes[f] and not f.endswith(CITES_LINES)))
            if other:
                raise ResultsDiffer(f"{target} holds other figures for the same input ({other}); it was left as it is")
            return target, "unchanged"
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
        if complete:
            shutil.rmtree(target.with_name(f"{mark}-incomplete"), ignore_errors=True)
        return target, "new" if complete else "incomplete"
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _write(
    folder: pathlib.Path,
    scenarios: Sequence[Loaded],
    tables: Mapping[str, pd.DataFrame],
    draw: Callable[[pathlib.Path], None],
    explained: Mapping[str, Mapping[str, Any]],
) -> dict[str, str]:
    for part in ("inputs", "tables", "figures"):
        (folder / part).mkdir(parents=True)
    _text(folder / "README.txt", README)
    for loaded in scenarios:
        suffix = "" if len(scenarios) == 1 else f"_{pathlib.Path(loaded.file).stem}"
        text = yaml.safe_dump(loaded.resolved.data, allow_unicode=True, sort_keys=False, width=110)
        _text(folder / f"resolved{suffix}.yaml", text)
        for file in loaded.resolved.inherited_by:
            if pathlib.Path(file).is_file():
                shutil.copyfile(file, folder / "inputs" / pathlib.Path(file).name)
    hashes = {}
    for name, frame in tables.items():
        text = frame.to_csv(index=False, lineterminator="\n")
        _text(folder / "tables" / f"{name}.csv", text)
        hashes[f"tables/{name}.csv"] = hashlib.sha256(text.encode()).hexdigest()
    explanations = schema([one.scenario for one in scenarios])
    whole = {part: {**meanings, **explained.get(part, {})} for part, meanings in explanations.items()}
    _text(folder / "tables" / "schema.json", json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    draw(folder / "figures")
    return hashes


def _manifest(
    scenarios: Sequence[Loaded],
    mark: str,
    replications: Mapping[str, int],
    run: Mapping[str, Any],
    hashes: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "program": {"name": "jobcentersim", "version": metadata.version("jobcentersim"), "text": program_hash()},
        "fingerprint": mark,
        "complete": replications["done"] == replications["asked"],
        "replications": dict(replications),
        "chance": "Philox keyed by seed and jobcentre, replication in the counter; one 64-bit key per ledig",
        "scenarios": [
            {
                "name": loaded.scenario.name,
                "file": pathlib.Path(loaded.file).name,
                "seed": loaded.scenario.seed,
                "values": [{**row, "file": pathlib.Path(row["file"]).name} for row in loaded.values()],
                "without_source": loaded.unsourced(),
            }
            for loaded in scenarios
        ],
        "tables": dict(hashes),
        "versions": {"python": sys.version.split()[0], **{name: metadata.version(name) for name in PACKAGES}},
        "run": {**run, "finished": time.strftime("%Y-%m-%dT%H:%M:%S%z"), "platform": platform.platform()},
    }


def _text(file: pathlib.Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
