"""Put a run or a comparison into its results folder: tables, figures, manifest."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from simulation.experiments.compare import Comparison
from simulation.experiments.spread import PairedSpread, Spread
from simulation.report.figures.figures import draw_comparison, draw_run
from simulation.results.result import Result
from simulation.results.tables.folder import fingerprint, save
from simulation.results.tables.run_tables import tables


def store(
    results: Sequence[Result],
    root: pathlib.Path,
    run: Mapping[str, Any],
    beside: Sequence[Result] = (),
    spread: Spread | PairedSpread | None = None,
) -> tuple[pathlib.Path, str, str]:
    """Store one result (with its parameter uncertainty, and what was run beside it), or a base and a scenario; `run` is
    noted in the manifest.

    Returns the folder, what happened ("new", "unchanged", "incomplete") and the fingerprint. Raises as `save` does.
    """
    loaded = [result.loaded for result in (*results, *beside)]
    asked, done = results[0].asked, min(len(result.replications) for result in (*results, *beside))
    draws = spread.base.draws if isinstance(spread, PairedSpread) else spread.draws if spread else 0
    question = f"run, {draws} draws" if draws else "run"
    mark = fingerprint(loaded, asked, question)
    made_by = f"jobcentersim, {results[-1].loaded.scenario.name}, {mark}, {done} replications"
    if len(results) == 1:
        frames = tables(results[0])
        if isinstance(spread, Spread):
            frames["parameter_uncertainty"] = spread.table()
        for other in beside:
            frames |= {f"beside_{name}": frame for name, frame in tables(other).items()}
    else:
        comparison = Comparison(*results)
        frames = {"changes": comparison.changes_table()}
        frames |= {"differences": comparison.table(spread if isinstance(spread, PairedSpread) else None)}
        for label, result in zip(("base", "scenario"), results, strict=True):
            frames |= {f"{label}_{name}": frame for name, frame in tables(result).items()}

    def draw(folder: pathlib.Path) -> None:
        if len(results) == 1:
            draw_run(results[0], folder, made_by)
        else:
            draw_comparison(Comparison(*results), folder, made_by)

    name = "--".join(pathlib.Path(result.loaded.file).stem for result in results)
    folder, word = save(root, name, loaded, frames, {"asked": asked, "done": done}, run, draw, question)
    return folder, word, mark
