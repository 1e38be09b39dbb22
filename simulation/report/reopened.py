"""A finished result found again in its folder, without simulating anything."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulation.experiments.grid import Grid
from simulation.experiments.kept import Kept
from simulation.experiments.packed_draws import unpack_draws
from simulation.experiments.points import Points
from simulation.experiments.spread import PairedSpread, Spread, spread
from simulation.experiments.sweep import swept_of
from simulation.experiments.swept import PointRun, Swept
from simulation.experiments.uncertain.design import design
from simulation.experiments.uncertain.simulated import uncertain
from simulation.report.ran import Ran
from simulation.report.sweep.under import answers_of, runs_of
from simulation.report.under import Under, under
from simulation.results.identity import deciding, program_hash, scenario_mark, versions
from simulation.results.names import figure_of
from simulation.results.result import Result
from simulation.results.tables.manifest import altered
from simulation.scenario.load import Loaded

MOST_NAMED = 3


class CannotReopen(Exception):
    """A results folder of which nothing can be made; the text says why, and what to do."""


@dataclass(frozen=True)
class Request:
    """What was asked, beside the scenarios: the command, the draws of fitted values or (`everything`) of all that is
    unsure (0: none), and of a run whether the scenario that it extends was run with it, the last of all (`base`)."""

    command: str
    draws: int = 0
    everything: bool = False
    base: bool = False


def refuse_unsound(folder: pathlib.Path, manifest: Mapping[str, Any]) -> None:
    """Raises CannotReopen where a result is not whole, not as it was written, or of another version of the program."""
    if not manifest["complete"]:
        done, asked = (manifest["replications"].get(key) for key in ("done", "asked"))
        raise CannotReopen(f"it is not complete ({done} of {asked} replications); go on with `jobcentersim resume`")
    if wrong := [f"{place} is {what}" for place, what in altered(folder, manifest).items()]:
        more = f" and {len(wrong) - MOST_NAMED} more files" if len(wrong) > MOST_NAMED else ""
        raise CannotReopen(
            f"it is not as it was written: {', '.join(wrong[:MOST_NAMED])}{more}; `jobcentersim verify` tells all"
        )
    program = manifest.get("program") or {}
    if program.get("text") != program_hash():
        raise CannotReopen(
            f"it is of another version of the program ({_version(program)}; this is {_version(None)}). "
            "Make the report with that version, or have the figures made anew by this one: run the scenario in its "
            "inputs/ again"
        )


def _version(program: Mapping[str, Any] | None) -> str:
    if program is None:
        return f"program text {program_hash()[:12]}"
    return f"{program.get('version')}, program text {str(program.get('text'))[:12]}"


def reopen_run(folder: pathlib.Path, asked: int, loaded: Sequence[Loaded], request: Request) -> Ran:
    """A run, with what was run beside it, or a comparison. `loaded` are the scenarios in the order in which they were
    stored, `asked` the replications of each. Raises CannotReopen where something is not kept."""
    kept = Kept(folder / "replications")
    results = [_result(kept, each, asked) for each in loaded]
    base = results.pop() if request.base else None
    main, beside = (results, []) if request.command == "compare" else (results[:1], results[1:])
    ran = Ran(main, beside, base=base)
    if not request.draws:
        return ran
    try:
        drawn = unpack_draws(folder / "draws")
        if request.everything:
            plan = design([result.loaded for result in main], request.draws, ())
            found = uncertain(main, plan, there=drawn)
            compared = Ran(main)
            answers = under(found, dict(zip(compared.labels[1:], compared.comparisons, strict=True)))
            return replace(ran, under=answers)
        marks = [scenario_mark(result.loaded.scenario) for result in main]
        spreads = [spread(r, request.draws, there=drawn[mark]) for r, mark in zip(main, marks, strict=True)]
        return replace(ran, spreads=_paired(spreads))
    except KeyError:
        raise _not_kept("draws") from None


def reopen_sweep(
    folder: pathlib.Path, asked: int, grid: Grid, points: Sequence[Loaded], request: Request
) -> tuple[Swept, Under | None]:
    """A sweep, with all its uncertainty where that was asked for; `points` are the scenarios of the points other than
    the one as written. Raises CannotReopen where something is not kept."""
    kept = Points(folder / "points", figure_of)
    kept.read()
    every = [*range(len(grid.points)), grid.base]
    if any(len(kept.done.get(point, {})) < asked for point in every):
        raise _not_kept("points")
    swept = swept_of(grid, kept, asked)
    if not request.everything:
        return swept, None
    written = _result(Kept(folder / "replications"), grid.loaded, asked)
    runs = [PointRun(swept, point, each) for point, each in zip(runs_of(swept), points, strict=True)]
    try:
        plan = design([grid.loaded, *points], request.draws, grid.axes)
        found = uncertain([written, *runs], plan, there=unpack_draws(folder / "draws"))
    except KeyError:
        raise _not_kept("draws") from None
    return swept, Under(found, answers_of(swept, found), "point")


def _paired(spreads: Sequence[Spread]) -> Sequence[Spread | PairedSpread]:
    first, *others = spreads
    return [PairedSpread(first, other) for other in others] or [first]


def _result(kept: Kept, loaded: Loaded, asked: int) -> Result:
    replications = kept.read(loaded.scenario, asked)
    if len(replications) < asked:
        raise _not_kept("replications")
    return Result(loaded, [replications[number] for number in sorted(replications)], asked)


def _not_kept(part: str) -> CannotReopen:
    here = ", ".join(f"{name} {version}" for name, version in {**versions(), **deciding()}.items() if name != "machine")
    return CannotReopen(
        f"not all {part} are kept in it, or they were made with other versions than are here ({here}; manifest.json "
        "has those that it was made with). Give the command again that made it"
    )
