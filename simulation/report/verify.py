"""Whether a results folder is as it was written, and whether its figures come out again."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.experiments.best.designs import Designs
from simulation.experiments.best.goal import Goal
from simulation.experiments.best.running import found_again
from simulation.experiments.best.running import some as best_some
from simulation.experiments.executors import Workers
from simulation.experiments.grid import Grid
from simulation.experiments.kept import Kept
from simulation.experiments.packed_draws import unpack_draws
from simulation.experiments.points import Points
from simulation.experiments.replicate import some as replicate_some
from simulation.experiments.sensitivity.points import Study
from simulation.experiments.sensitivity.running import sensitivity_of
from simulation.experiments.sensitivity.running import some as sensitivity_some
from simulation.experiments.sweep import some as sweep_some
from simulation.experiments.sweep import swept_of
from simulation.report import under
from simulation.report import verify_words as text
from simulation.report.best.text import best_tables
from simulation.report.cells import Cell, cells_that_differ, read_rows
from simulation.report.store import Ran
from simulation.report.sweep.text import sweep_tables
from simulation.results.identity import program_hash, versions
from simulation.results.names import Figure, figure_of
from simulation.results.result import Result
from simulation.results.tables.csvs import csv_text
from simulation.results.tables.manifest import MADE_LATER, altered, within
from simulation.scenario.files.regular import content_of
from simulation.scenario.load import Loaded
from simulation.world.labels import Sentence

if TYPE_CHECKING:
    import pandas as pd

NOT_MADE_AGAIN = ("parameter_uncertainty", *under.NOT_MADE_AGAIN)
OF_DRAWS = ("parameter_low", "parameter_high", "parameter_interval")
"""Tables, and columns of others, that would need all draws again."""
MOST_CELLS = 1000
"""Of one table."""


@dataclass
class Verified:
    """What was found: `differences` (none: all is well), each a sentence in both languages; `notes`, alike, on versions
    and on what was not looked at; the numbers of the replications that were run `again`, and how many files and tables
    were looked at."""

    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    files: int = 0
    tables: int = 0


def check_files(folder: pathlib.Path, manifest: Mapping[str, Any]) -> Verified:
    """Hash every file, and tell what made the result against what is here."""
    found = Verified(files=len(manifest["tables"]) + len(manifest.get("files") or {}))
    found.differences += [text.IS.filled(place=place, what=_what(what))
                          for place, what in altered(folder, manifest).items()]  # fmt: skip
    known = {*manifest["tables"], *(manifest.get("files") or {}), "manifest.json"}
    if "files" in manifest:
        there = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
        others = [place for place in there if place not in known and not MADE_LATER.fullmatch(place)]
        found.differences += [text.NOT_WRITTEN.filled(place=place) for place in others]
    made = (manifest.get("program") or {}).get("text")
    if made != program_hash():
        found.notes.append(text.OTHER_TEXT.filled(made=str(made)[:12], here=program_hash()[:12]))
    made_by, here = manifest.get("versions") or {}, versions()
    other = {name: version for name, version in made_by.items() if here.get(name, version) != version}
    found.notes += [text.OTHER_VERSION.filled(name=name, made=version, here=here[name])
                    for name, version in other.items()]  # fmt: skip
    return found


def _what(what: str) -> Sentence:
    """What is wrong with a file."""
    return text.WHAT[what].filled() if what in text.WHAT else text.NOT_READABLE.filled(what=what)


def sample(asked: int, size: int) -> list[int]:
    """So many numbers of replications, evenly spread, the first and the last among them."""
    return sorted({round(number) for number in np.linspace(0, asked - 1, min(size, asked)).tolist()})


def check_run(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], loaded: Sequence[Loaded],
    request: Mapping[str, Any], size: int, workers: Workers,
) -> None:  # fmt: skip
    """Run sampled replications of a run or comparison again, and make its tables anew from those that were kept.
    `loaded` are the scenarios in the order in which they were stored."""
    asked = manifest["replications"]["asked"]
    kept = [Kept(folder / "replications").read(each.scenario, asked) for each in loaded]
    found.again = sample(asked, size)
    again = replicate_some(loaded, found.again, workers)
    for result, stored in zip(again, kept, strict=True):
        for replication in result.replications:
            if (other := stored.get(replication.number)) is not None:
                found.differences += _figures_that_differ(
                    text.REPLICATION.filled(name=result.loaded.scenario.name, number=replication.number),
                    result.names.write, other.outcomes, replication.outcomes,
                )  # fmt: skip
    if min(map(len, kept)) < asked:
        found.notes.append(text.NOT_ALL.filled())
        for name, frame in _tables(again, request).items():
            if name.endswith("replications"):
                found.differences += (
                    cell.sentence for cell in _rows_that_differ(folder, f"tables/{name}.csv", csv_text(frame)))
        return
    whole = [Result(each, [s[n] for n in sorted(s)], asked) for each, s in zip(loaded, kept, strict=True)]
    hold_tables(found, folder, manifest, _tables(whole, request))


def check_sweep(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], grid: Grid, size: int, workers: Workers
) -> None:
    """Run sampled replications of every point of a sweep again, and make its tables anew from those that were kept."""
    asked = manifest["replications"]["asked"]
    found.again = sample(asked, size)
    points = Points(folder / "points", figure_of)
    points.read()
    for point, by_number in sweep_some(grid, found.again, workers).done.items():
        where = text.AS_WRITTEN.filled() if point is None else text.POINT.filled(number=point + 1)
        for number, figures in by_number.items():
            if (stored := points.done.get(point, {}).get(number)) is not None:
                found.differences += _figures_that_differ(
                    text.REPLICATION.filled(name=where, number=number), grid.names.write, stored, figures
                )
    rows = [*range(len(grid.points)), grid.base]
    if any(len(points.done.get(row, {})) < asked for row in rows):
        found.notes.append(text.NOT_ALL.filled())
        return
    hold_tables(found, folder, manifest, sweep_tables(swept_of(grid, points, asked)))


def check_best(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], designs: Designs, goal: Goal, size: int,
    workers: Workers,
) -> None:  # fmt: skip
    """Run sampled replications of every design again, of the first ones that all have, and choose anew among those that
    were kept."""
    numbers = sample(goal.aim(designs.names).first, size)
    points = Points(folder / "points", figure_of)
    points.read()
    for design, by_number in best_some(designs, goal, numbers, workers).done.items():
        assert design is not None
        found.again = sorted(by_number)
        for number, figures in by_number.items():
            if (stored := points.done.get(design, {}).get(number)) is not None:
                where = text.REPLICATION.filled(name=designs.title(design), number=number)
                found.differences += _figures_that_differ(where, designs.names.write, stored, figures)
    try:
        again = found_again(designs, goal, points)
    except KeyError:
        found.notes.append(text.NOT_ALL.filled())
        return
    hold_tables(found, folder, manifest, best_tables(again))


def check_sensitivity(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], study: Study, size: int, workers: Workers
) -> None:
    """Simulate sampled points again, and make the tables anew from all that were kept."""
    there = unpack_draws(folder / "draws")
    try:
        for each in sensitivity_some(study, size, there, workers):
            where = text.OF_POINT.filled(point=each.point + 1, of=each.of, number=each.replication)
            told = text.AT_POINT.filled(where=where, kept=repr(each.kept), again=repr(each.again))
            found.differences.append(told)
        tables = sensitivity_of(study, there=there).tables()
    except KeyError:
        found.notes.append(text.NOT_ALL.filled())
        return
    found.again = sample(study.question.at_point, size)
    hold_tables(found, folder, manifest, tables)


def _tables(results: Sequence[Result], request: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
    if request["command"] == "compare":
        return Ran(results).tables()
    if not request.get("base"):
        return Ran(results[:1], results[1:]).tables()
    return Ran(results[:1], results[1:-1], base=results[-1]).tables()


def hold_tables(
    found: Verified, folder: pathlib.Path, manifest: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]
) -> None:
    """Hold the stored tables against the same made anew."""
    alone = OF_DRAWS if manifest["request"].get("posterior") else ()
    for name, frame in frames.items():
        place = f"tables/{name}.csv"
        if place not in manifest["tables"]:
            found.differences.append(text.NOT_AMONG.filled(place=place))
            continue
        found.tables += 1
        stored = _read(folder, place)
        if stored is not None and (anew := csv_text(frame)) != stored:
            cells = _shown(cells_that_differ(place, stored, anew, alone))
            found.differences += [cell.sentence for cell in cells]
    made = {f"tables/{name}.csv" for name in (*frames, *NOT_MADE_AGAIN)}
    found.differences += [text.OF_NOTHING.filled(place=place) for place in manifest["tables"] if place not in made]


def _rows_that_differ(folder: pathlib.Path, place: str, made: str) -> Iterator[Cell]:
    """Rows of a table by replication that are not as those of the replications that were run again."""
    stored = _read(folder, place)
    if stored is None:
        return
    (head, *rows), (_, *anew) = read_rows(stored), read_rows(made)
    value = head.index("value")
    by_name = {tuple(row[:value]): (line, row[value]) for line, row in enumerate(rows, 2)}
    for row in anew:
        line, written = by_name.get(tuple(row[:value]), (0, ""))
        if written != row[value]:
            yield Cell(place, line, ", ".join(filter(None, row[:value])), "value", written, row[value])


def _figures_that_differ(
    where: str, write: Any, stored: Mapping[Figure, float], simulated: Mapping[Figure, float]
) -> Iterator[str]:
    for figure in dict.fromkeys([*stored, *simulated]):
        before, after = (np.float64(figures.get(figure, np.nan)) for figures in (stored, simulated))
        if before != after and not (np.isnan(before) and np.isnan(after)):
            time = "" if figure.time is None else text.AT_TIME.filled(time=figure.time)
            of = text.OF_GROUP.filled(outcome=write(figure.outcome), group=figure.group, time=time)
            kept, again = repr(float(before)), repr(float(after))
            yield text.FIGURE.filled(where=where, of=of, kept=kept, again=again)


def _shown(cells: Iterator[Cell]) -> Iterator[Cell]:
    for number, cell in enumerate(cells):
        if number < MOST_CELLS:
            yield cell


def _read(folder: pathlib.Path, place: str) -> str | None:
    try:
        return content_of(within(folder, place)).decode("utf-8", errors="replace")
    except OSError:
        return None
