"""The command `best`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INPUT_WRONG, INTERRUPTED, Failed, say
from simulation.cli.first import aside_of
from simulation.cli.options import REPLICATIONS, asked_options
from simulation.cli.pieces import bar, begin, foresee, load_all, refuse, tell_doubts
from simulation.cli.sweep import read_grid
from simulation.cli.working import GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.experiments.best.designs import Designs
    from simulation.experiments.best.found import Found
    from simulation.experiments.best.goal import Goal
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished

ASKED = ("of", "least", "zone", "confidence", "at_most", "at_least", "budget", "most")
"""Options that say what is sought."""


@click.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--over", multiple=True, metavar="KEY=VALUES",
              help="Values of one key of a single scenario, as for `sweep`; may be given again.")  # fmt: skip
@click.option("--of", required=True, metavar="NAME[:GROUP]",
              help="Outcome that shall be largest (--least: smallest), or a swept key that shall be.")  # fmt: skip
@click.option("--least", is_flag=True, help="The smallest is the best.")
@click.option("--zone", metavar="DIFFERENCE",
              help="Difference that does not matter: 0.5pp of a share, else a number.")  # fmt: skip
@click.option("--at-most", multiple=True, metavar="NAME[:GROUP]=LEVEL[+-TOLERANCE]",
              help="Limit that the best must keep; within the tolerance either will do; may be repeated.")  # fmt: skip
@click.option("--at-least", multiple=True, metavar="NAME[:GROUP]=LEVEL[+-TOLERANCE]",
              help="The same from below.")  # fmt: skip
@click.option("--confidence", metavar="SHARE", help="Of a right choice; default: 95%.")
@click.option("--most", type=REPLICATIONS, help="Most replications of a design; default: 1000.")
@click.option("--budget", type=click.IntRange(1, 10_000_000),
              help="Instead of a confidence: so many replications of all designs together.")  # fmt: skip
@asked_options
def best(scenarios: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Find the best of several designs, with a stated confidence, in as few replications as that takes.

    Designs are the points of a grid (one scenario with --over, or with a sweep block), or several scenarios. Their
    replications are others than those of a run or a sweep, so what these found is confirmed by fresh luck.
    """
    from simulation.report.best.screen import best_screen
    from simulation.report.best.text import best_answer, best_fingerprint, best_name

    began = time.perf_counter()
    designs, goal = asked_of(list(scenarios), options)
    options["replications"] = goal.budget or goal.most
    foresee(designs.loaded, {**options, "replications": goal.aim(designs.names).first},
            designs.count if designs.grid is not None else 1)  # fmt: skip
    mark = best_fingerprint(designs, goal)
    request = {key: list(value) if isinstance(value := options[key], tuple) else value for key in ("over", *ASKED)}
    unfinished = begin("best", best_name(designs), mark, designs.loaded, designs.loaded, options, request)
    found = _search(designs, goal, options, unfinished)
    saved = _store(found, options, unfinished)
    if options["as_json"]:
        seconds = {"search": round(found.seconds, 4), "total": round(time.perf_counter() - began, 4)}
        facts = {"scenario": designs.loaded[0].scenario.name, "fingerprint": mark, "results_dir": str(saved.folder),
                 "seconds": seconds, "resumed": found.resumed, "complete": True}  # fmt: skip
        say(json.dumps({**facts, **best_answer(found)}, ensure_ascii=False))
        return
    aside = aside_of(saved, options, found.resumed)
    say(best_screen(found, options["lang"], aside, options["in_full"]))


def asked_of(scenarios: list[pathlib.Path], options: dict[str, Any]) -> tuple[Designs, Goal]:
    """The designs, and what is sought among them. Raises Failed with all that is wrong."""
    from simulation.experiments.best.designs import Designs, refused
    from simulation.experiments.best.goal import goal_of
    from simulation.scenario.files.problems import InputProblems

    if len(scenarios) == 1:
        designs = _points(scenarios[0], options)
    elif options["over"]:
        message = "a grid is of one scenario; give several scenarios, or one with --over"
        raise Failed(f"error: --over: {message}\nNothing was run.", INPUT_WRONG)
    else:
        designs = Designs(load_all(scenarios, options, keep_seed_of_first=True))
        if wrong := refused(designs):
            lines = [f"error: {sentence}" for sentence in dict.fromkeys(wrong)]
            raise Failed("\n".join([*lines, "Nothing was run."]), INPUT_WRONG)
    try:
        return designs, goal_of(designs, options)
    except InputProblems as error:
        refuse(error.problems)


def _points(scenario: pathlib.Path, options: dict[str, Any]) -> Designs:
    """The points of a grid. Raises Failed; with what is wrong with the grid also what is sought wrongly, as far as it
    can be read without the grid."""
    from simulation.experiments.best.designs import Designs, axes_alone
    from simulation.experiments.best.goal import goal_of
    from simulation.scenario.files.problems import InputProblems, Problem
    from simulation.scenario.files.settings import read_settings
    from simulation.scenario.load import load

    try:
        grid = read_grid(scenario, {**options, "outcomes": (), "service": None, "staff": None}, axes_alone)
    except InputProblems as error:
        problems: list[Problem] = list(error.problems)
        try:
            alone = Designs([load(scenario, read_settings(options["settings"]))])
            block = alone.loaded[0].scenario.sweep
            keys = {text.partition("=")[0].strip() for text in options["over"]} | set(block.over if block else ())
            if options["of"] not in keys:
                goal_of(alone, options)
        except InputProblems as further:
            problems += [problem for problem in further.problems if problem not in problems]
        refuse(problems)
    tell_doubts([grid.loaded], options)
    return Designs([grid.loaded], grid)


def _search(designs: Designs, goal: Goal, options: dict[str, Any], unfinished: Unfinished) -> Found:
    from simulation.experiments.best.running import find_best
    from simulation.experiments.work import Stopped

    try:
        with at_work(unfinished.folder, options):
            return find_best(
                designs, goal, workers_of(options), options["batch"], bar(options), unfinished.folder / "points"
            )
    except Stopped as stopped:
        say(f"Interrupted: {stopped.done:,} replications are finished and kept in {unfinished.folder}.", err=True)
        say(GO_ON, err=True)
        sys.exit(INTERRUPTED)


def _store(found: Found, options: dict[str, Any], unfinished: Unfinished) -> Saved:
    from simulation.experiments.executors import at_once
    from simulation.experiments.points import ENDING
    from simulation.report.best.text import store_best
    from simulation.results.tables.folder import Keeping, ResultsDiffer
    from simulation.results.whole import sealed

    facts = {"seconds": round(found.seconds, 3), "resumed": found.resumed, "workers": at_once(workers_of(options))}
    pieces = {"points": [file for file, _ in sealed(unfinished.folder / "points", "*", ENDING)]}
    try:
        saved = store_best(found, facts, Keeping(unfinished, options["request"], pieces, options["locale"]),
                           options["lang"])  # fmt: skip
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    unfinished.discard()
    return saved
