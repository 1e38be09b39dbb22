"""The command `sweep`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INTERRUPTED, Failed, say
from simulation.cli.first import aside_of
from simulation.cli.options import asked_draws, run_options, uncertain_options
from simulation.cli.pieces import bar, begin, foresee, kept_draws, refuse, tell_doubts, tell_folder
from simulation.cli.uncertain import design_of, under_sweep
from simulation.cli.working import GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.experiments.grid import Grid
    from simulation.experiments.swept import Swept
    from simulation.experiments.uncertain.design import Design
    from simulation.report.under import Under
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished
    from simulation.scenario.files.overlay import Resolved
    from simulation.scenario.load import Loaded


@click.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--over", multiple=True, metavar="KEY=VALUES",
              help="Values of one key by its dotted path: start:stop:step (both ends included), or a,b,c; null takes "
                   "the key away. Replaces `over` of the scenario's sweep block; may be given again.")  # fmt: skip
@click.option("--outcome", "outcomes", multiple=True, metavar="NAME[:GROUP]",
              help="Outcome to look at; default: the block's, or exits, talks, waits, costs.")  # fmt: skip
@click.option("--service", metavar="NAME[:GROUP]>=LEVEL",
              help="Service level; the smallest staffing that meets it is marked. <= for waits.")  # fmt: skip
@click.option("--staff", metavar="KEY", help="Swept key that is the staffing; default: the only one that ends in .fte.")
@run_options
@uncertain_options
def sweep(scenario: pathlib.Path, **options: Any) -> None:
    """Run a grid of variants of a scenario by the same luck, and find the smallest staffing that is enough."""
    from simulation.report.store import question_of
    from simulation.report.sweep.confirmed import confirming
    from simulation.report.sweep.text import sweep_answer, sweep_fingerprint, sweep_name, sweep_text
    from simulation.report.sweep.under import points_of, sweep_under_text

    began = time.perf_counter()
    grid = grid_of_options(scenario, options)
    foresee([grid.loaded], options, times=len(grid.points))
    loaded = [grid.loaded, *points_of(grid)] if options["uncertain"] else [grid.loaded]
    plan = design_of(loaded, options, grid.axes)
    question = question_of(asked_draws(options), options["uncertain"], "sweep")
    mark = sweep_fingerprint(grid, options["replications"], question)
    request = {"over": list(options["over"]), "outcomes": list(options["outcomes"]), "service": options["service"],
               "staff": options["staff"], "uncertain": options["uncertain"],
               "draws": asked_draws(options)}  # fmt: skip
    unfinished = begin("sweep", sweep_name(grid), mark, [grid.loaded], [grid.loaded], options, request)
    swept = _run(grid, options, unfinished)
    under = None if plan is None else _under(swept, loaded, plan, options, unfinished)
    saved = _store(swept, options, unfinished, under, question)
    seconds = time.perf_counter() - began
    confirm = confirming(swept, _kept(grid.loaded.file, unfinished, saved), _of_scenario(options))
    if options["as_json"]:
        answer = {
            "scenario": grid.scenario.name, "fingerprint": mark, "results_dir": str(saved.folder),
            "seconds": {"sweep": round(swept.seconds, 4), "total": round(seconds, 4)}, "replications": swept.asked,
            "resumed": swept.resumed, "complete": True, **sweep_answer(swept),
            **({} if under is None else {"uncertainty": under.as_dict()}), "confirm": confirm or None,
        }  # fmt: skip
        say(json.dumps(answer, ensure_ascii=False))
        return
    if not options["in_full"]:
        from simulation.report.sweep.screen import sweep_screen

        say(sweep_screen(swept, options["lang"], aside_of(saved, options, swept.resumed), confirm))
        return
    say(f"\n{grid.scenario.name}\n\n{sweep_text(swept)}\n")
    if under is not None:
        say(sweep_under_text(swept, under) + "\n")
    if confirm:
        say(f"By other luck the smallest staffing is confirmed by\n  {confirm}\n")
    tell_folder(saved)
    again = f" ({swept.resumed:,} replications were there from an earlier call)" if swept.resumed else ""
    say(f"{seconds:.1f} seconds{again}.")


def _kept(file: str, unfinished: Unfinished, saved: Saved) -> str:
    """Where a scenario lies when all is done: of `resume` it is the copy in the unfinished work, which is gone then."""
    path = pathlib.Path(file)
    within = path.is_relative_to(unfinished.folder)
    return str(saved.folder / path.relative_to(unfinished.folder)) if within else file


def _of_scenario(options: dict[str, Any]) -> list[str]:
    """The options that change the scenario itself, as they were written."""
    found = [word for setting in options["settings"] for word in ("--set", setting)]
    return [*found, *([] if options["seed"] is None else ["--seed", str(options["seed"])])]


def grid_of_options(scenario: pathlib.Path, options: dict[str, Any]) -> Grid:
    """The grid. Raises Failed with all that is wrong with it."""
    from simulation.scenario.files.problems import InputProblems

    try:
        grid = read_grid(scenario, options)
    except InputProblems as error:
        refuse(error.problems)
    tell_doubts([grid.loaded], options)
    return grid


def read_grid(
    scenario: pathlib.Path, options: dict[str, Any], change: Callable[[Resolved], Resolved] = lambda resolved: resolved
) -> Grid:
    """The grid, of the scenario after a change of what was read. Raises InputProblems with all that is wrong with
    it."""
    from simulation.experiments.grid import grid_of
    from simulation.scenario.axes import read_options
    from simulation.scenario.files.problems import InputProblems, render
    from simulation.scenario.files.reading import resolve
    from simulation.scenario.files.settings import read_settings, set_values
    from simulation.scenario.files.shipped import located

    sweep_options = read_options(options["over"], options["outcomes"], options["service"], options["staff"])
    if sweep_options.doubts and not options["as_json"]:
        say(render(sweep_options.doubts), err=True)
    try:
        changes = read_settings(options["settings"])
    except InputProblems as error:
        changes, sweep_options.problems = {}, [*sweep_options.problems, *error.problems]
    if options["seed"] is not None:
        changes["seed"] = options["seed"]
    scenario = located(scenario)
    try:
        resolved = set_values(resolve(scenario), changes)
        return grid_of(str(scenario), change(resolved), sweep_options)
    except InputProblems as error:
        raise InputProblems(dict.fromkeys([*sweep_options.problems, *error.problems])) from None


def _run(grid: Grid, options: dict[str, Any], unfinished: Unfinished) -> Swept:
    from simulation.experiments.sweep import run_grid
    from simulation.experiments.work import Stopped

    kept = unfinished.folder / "points"
    try:
        with at_work(unfinished.folder, options):
            return run_grid(
                grid, options["replications"], workers_of(options), options["batch"], progress=bar(options), kept=kept
            )
    except Stopped as stopped:
        say(
            f"Interrupted: {stopped.done:,} of {stopped.total:,} replications are finished and kept in "
            f"{unfinished.folder}.",
            err=True,
        )
        say(GO_ON, err=True)
        sys.exit(INTERRUPTED)


def _under(
    swept: Swept, loaded: list[Loaded], plan: Design, options: dict[str, Any], unfinished: Unfinished
) -> Under:
    from simulation.experiments.work import Stopped

    try:
        return under_sweep(swept, loaded, plan, options, unfinished)
    except Stopped as stopped:
        say(f"Interrupted: {stopped.done:,} of {stopped.total:,} draws are finished and kept in "
            f"{unfinished.folder}.\n{GO_ON}", err=True)  # fmt: skip
        sys.exit(INTERRUPTED)


def _store(
    swept: Swept, options: dict[str, Any], unfinished: Unfinished, under: Under | None, question: str
) -> Saved:
    from simulation.experiments.executors import at_once
    from simulation.experiments.kept import Kept
    from simulation.experiments.points import ENDING
    from simulation.report.sweep.text import store_sweep
    from simulation.results.tables.folder import Keeping, ResultsDiffer
    from simulation.results.whole import sealed

    facts = {"seconds": round(swept.seconds, 3), "resumed": swept.resumed,
             "workers": at_once(workers_of(options))}  # fmt: skip
    pieces = {"points": [file for file, _ in sealed(unfinished.folder / "points", "*", ENDING)]}
    if under is not None:
        written = Kept(unfinished.folder / "replications").files([swept.grid.scenario])
        pieces |= {"replications": written, **kept_draws(unfinished)}
    keeping = Keeping(unfinished, options["request"], pieces, options["locale"])
    try:
        saved = store_sweep(swept, facts, keeping, under, question, options["lang"])
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    unfinished.discard()
    return saved
