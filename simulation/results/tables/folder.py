"""The results folder: complete or marked incomplete, never overwritten in silence, and able to say what made it.

results/<scenario>/<fingerprint>/
    manifest.json  resolved.yaml  README.txt
    inputs/        the input files as they were written, in folders as they lay
    tables/        *.csv and schema.json
    figures/       *.png and captions.md
    replications/  each replication, sealed; of a sweep points/; draws/ of what is unsure, where that was asked for
"""

from __future__ import annotations

import json
import pathlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from simulation.results.identity import fingerprint
from simulation.results.tables.csvs import csv_text, write_locale
from simulation.results.tables.drafts import clear_dead, draft_of, move_aside, put
from simulation.results.tables.inputs import copy_inputs, labels
from simulation.results.tables.manifest import (
    FILE,
    Damaged,
    altered,
    hashes_of,
    manifest_of,
    read_manifest,
    seal_of,
)
from simulation.results.tables.run_tables import schema
from simulation.results.tables.typed import types_of
from simulation.results.tables.unfinished import Unfinished, bring
from simulation.results.whole import write_whole
from simulation.scenario.load import Loaded

if TYPE_CHECKING:
    import pandas as pd

CITES_LINES = "parameters.csv"

README = """What is what
manifest.json   what made this result: versions, seed, git commit, every value and its origin, hashes of all files
resolved.yaml   the scenario with everything it extends, as it was run
inputs/         the input files as they were written; `jobcentersim run inputs/...` repeats the run
tables/         figures as CSV (comma, decimal point, UTF-8); schema.json explains every column and outcome
                a text that a spreadsheet would take for a formula has an apostrophe in front
tables-da/      the same for a Danish spreadsheet, where it was asked for (--locale da)
figures/        the same as pictures; captions.md says what each shows and what its bands are
replications/   each replication (of a sweep points/), from which `extend` goes on and against which `verify` holds
draws/          the draws of what is unsure, where that was asked for
report.*        made afterwards by `jobcentersim report FOLDER`, as often as you like; no part of the result
protocol.*      the protocol of a rehearsed trial, as Markdown and HTML; no part of the result

`jobcentersim verify FOLDER` tells whether all of it is as it was written, and can be found again.
"""


class ResultsDiffer(Exception):
    """The same input gave other tables than the ones already stored: something outside the input has changed."""


class Saved(NamedTuple):
    """A results folder, what happened ("new", "unchanged", "incomplete", "replaced"), and why one was replaced."""

    folder: pathlib.Path
    word: str
    note: str = ""


@dataclass(frozen=True)
class Keeping:
    """What a result keeps beside its figures: what was asked, the finished `pieces` by the folder in which they lie,
    and tables for the spreadsheets of a country (`locale`)."""

    unfinished: Unfinished
    request: Mapping[str, Any]
    pieces: Mapping[str, Sequence[pathlib.Path]] = field(default_factory=dict)
    locale: str | None = None


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
    keeping: Keeping | None = None,
    mark: str | None = None,
) -> Saved:
    """Write a results folder, of the fingerprint `mark`, or else that of so many replications.

    `replications` has `asked` and `done`; `run` is what may differ between two runs of the same input (time, workers).
    `draw` writes figures into the folder it is given; `explained` are columns and outcomes that only these tables have,
    for `schema.json`. The folder appears by rename when all of it is there. A folder of the same fingerprint that is
    damaged, or in which a file is not as its manifest says, is moved aside; one whose figures are in another `language`
    than `run` names has them drawn anew. Raises ResultsDiffer if a complete and
    sound one has other figures; OSError if nothing can be written.
    """
    mark = mark or fingerprint(scenarios, replications["asked"], question)
    target = root / name / mark
    complete = replications["done"] == replications["asked"]
    if not complete:
        target = target.with_name(f"{mark}-incomplete")
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_dead(target.parent)
    draft = draft_of(target)
    try:
        _write(draft, scenarios, tables, draw, explained or {}, keeping)
        manifest = manifest_of(scenarios, mark, replications, run, None if keeping is None else keeping.request)
        _hash(draft, manifest)
        note = ""
        if complete and target.exists():
            note = _unsound(target)
            if not note:
                _same_or_raise(target, manifest["tables"])
                _add_locale(draft, target, keeping)
                _redraw(draft, target, run)
                return Saved(target, "unchanged")
            note += f"; what was there is now {move_aside(target, 'damaged')}"
        put(draft, target)
        if complete:
            shutil.rmtree(target.with_name(f"{mark}-incomplete"), ignore_errors=True)
        return Saved(target, "replaced" if note else "new" if complete else "incomplete", note)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _unsound(folder: pathlib.Path) -> str:
    """Why a stored result cannot be trusted; "" if it can."""
    try:
        wrong = altered(folder, read_manifest(folder))
    except Damaged as error:
        return str(error)
    files = [f"{place} is {what}" for place, what in wrong.items()]
    return f"{', '.join(files[:3])}{f' and {len(files) - 3} more files' if len(files) > 3 else ''}"


def _same_or_raise(target: pathlib.Path, hashes: Mapping[str, str]) -> None:
    stored = read_manifest(target)["tables"]
    other = ", ".join(sorted(f for f in hashes if stored.get(f) != hashes[f] and not f.endswith(CITES_LINES)))
    if other:
        raise ResultsDiffer(f"{target} holds other figures for the same input ({other}); it was left as it is")


def _add_locale(draft: pathlib.Path, target: pathlib.Path, keeping: Keeping | None) -> None:
    """Tables for the spreadsheets of a country, for a result that was there without them."""
    place = f"tables-{keeping.locale}" if keeping is not None and keeping.locale else ""
    if place and not (target / place).exists():
        (draft / place).rename(target / place)
        _hash(target, read_manifest(target))


def _redraw(draft: pathlib.Path, target: pathlib.Path, run: Mapping[str, Any]) -> None:
    """Figures in the language that is asked for now, for a result that was drawn in another one; its tables stay."""
    manifest = read_manifest(target)
    language, drawn_in = run.get("language", "en"), manifest["run"].get("language", "en")
    if language == drawn_in:
        return
    (target / "figures").rename(draft / "figures-before")
    (draft / "figures").rename(target / "figures")
    manifest["run"]["language"] = language
    _hash(target, manifest)


def _write(
    folder: pathlib.Path,
    scenarios: Sequence[Loaded],
    tables: Mapping[str, pd.DataFrame],
    draw: Callable[[pathlib.Path], None],
    explained: Mapping[str, Mapping[str, Any]],
    keeping: Keeping | None,
) -> None:
    for part in ("tables", "figures"):
        (folder / part).mkdir(parents=True)
    _text(folder / "README.txt", README)
    names = [f"_{label}" for label in labels(loaded.file for loaded in scenarios)] if len(scenarios) > 1 else [""]
    for loaded, suffix in zip(scenarios, names, strict=True):
        text = yaml.safe_dump(loaded.resolved.as_written(), allow_unicode=True, sort_keys=False, width=110)
        _text(folder / f"resolved{suffix}.yaml", text)
    if keeping is not None and keeping.unfinished.inputs.is_dir():  # as they were when the work was begun
        shutil.copytree(keeping.unfinished.inputs, folder / "inputs")
    else:
        copy_inputs(scenarios, folder / "inputs")
    for name, frame in tables.items():
        _text(folder / "tables" / f"{name}.csv", csv_text(frame))
    explanations = schema([one.scenario for one in scenarios])
    whole = {part: {**meanings, **explained.get(part, {})} for part, meanings in explanations.items()}
    whole["types"] = {name: types_of(frame) for name, frame in tables.items()}
    _text(folder / "tables" / "schema.json", json.dumps(whole, indent=2, ensure_ascii=False) + "\n")
    if keeping is not None and keeping.locale:
        write_locale(folder, tables, keeping.locale)
    for part, pieces in keeping.pieces.items() if keeping is not None else ():
        bring(pieces, folder / part)
    draw(folder / "figures")


def _hash(folder: pathlib.Path, manifest: dict[str, Any]) -> None:
    """Put the hashes of a folder's files into its manifest, and write it."""
    hashes = hashes_of(folder)
    manifest["tables"] = {p: h for p, h in hashes.items() if p.startswith("tables/") and p.endswith(".csv")}
    manifest["files"] = {place: h for place, h in hashes.items() if place not in manifest["tables"]}
    manifest["seal"] = seal_of(manifest)
    write_whole(folder / FILE, (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())


def _text(file: pathlib.Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")
