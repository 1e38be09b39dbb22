"""What the commands have in common: their options, reading, running, storing, and telling what went wrong."""

from __future__ import annotations

import os
import pathlib
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from simulation.experiments.spread import PairedSpread, Spread
    from simulation.results.result import Result
    from simulation.scenario.files.problems import Problem
    from simulation.scenario.load import Loaded

INPUT_WRONG, RUN_FAILED, INTERRUPTED = 2, 3, 130


class Failed(click.ClickException):
    """Something went wrong that the user is told in words."""

    def __init__(self, message: str, exit_code: int = RUN_FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        click.echo(self.message, err=True)


class Plain(click.Group):
    """Commands whose unforeseen faults are told in a sentence; the traceback goes to a file."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:  # whoever read the output has stopped reading
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except KeyboardInterrupt:
            click.echo("Interrupted.", err=True)
            sys.exit(INTERRUPTED)
        except Exception as error:
            raise fault(error, pathlib.Path()) from error


def posterior_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options that `run` and `compare` share."""
    draws = click.option(
        "--draws", type=click.IntRange(10), default=100, show_default=True, help="How many, with --posterior."
    )
    return click.option(
        "--posterior", is_flag=True, help="Simulate draws of the fitted parameters as well, for their uncertainty."
    )(draws(command))


def run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options that `run`, `compare` and `sweep` share."""
    options = [
        click.option("--replications", type=click.IntRange(1), help="Replications; default: as the scenario says."),
        click.option("--seed", type=click.IntRange(0), help="Seed; default: as the scenario says."),
        click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes to use."),
        click.option("--batch", type=click.IntRange(1), help="Replications side by side; default: chosen by size."),
        click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value by its dotted path."),
        click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"),
                     show_default=True, help="Folder for results."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output, nothing else."),
        click.option("--quiet", is_flag=True, help="No progress bar."),
        click.option("--anyway", is_flag=True, help="Begin even where this machine has too little memory."),
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def load_all(
    paths: list[pathlib.Path], options: dict[str, Any], keep_seed_of_first: bool = False, companions: bool = False
) -> list[Loaded]:
    """Load all files (and the scenarios they are compared with). Raises Failed with everything that is wrong."""
    from simulation.results.citations import citation_problems
    from simulation.scenario.files.overlay import read_settings
    from simulation.scenario.files.problems import InputProblems, render
    from simulation.scenario.load import companion, load

    problems: list[Any] = []
    loaded: list[Loaded] = []
    try:
        changes = read_settings(options["settings"])
    except InputProblems as error:
        raise Failed(f"{render(error.problems)}\nNothing was run.", INPUT_WRONG) from None
    if options["seed"] is not None:
        changes["seed"] = options["seed"]
    for path in paths:
        if keep_seed_of_first and loaded and "seed" not in changes:
            changes["seed"] = loaded[0].scenario.seed  # a comparison is by the same luck
        try:
            loaded.append(load(path, changes))
            problems += citation_problems(loaded[-1])
            if companions and (beside := companion(loaded[-1])):
                loaded.append(beside)
                problems += citation_problems(beside)
        except InputProblems as error:
            problems += [p for p in error.problems if p not in problems]
    if problems:
        refuse(problems)
    tell_doubts(loaded, options)
    return loaded


def refuse(problems: Sequence[Problem]) -> NoReturn:
    """Tell everything that is wrong with the input. Raises Failed."""
    from simulation.report.summary import plural
    from simulation.scenario.files.problems import render

    raise Failed(f"{render(problems)}\n{plural(len(problems), 'problem')}. Nothing was run.", INPUT_WRONG)


def tell_doubts(loaded: Sequence[Loaded], options: dict[str, Any]) -> None:
    """Warn of what is doubtful; not where JSON is asked for."""
    from simulation.scenario.check import warnings
    from simulation.scenario.files.problems import render

    if not options.get("as_json"):
        doubts = [warning for scenario in loaded for warning in warnings(scenario)]
        if doubts:
            click.echo(render(list(dict.fromkeys(doubts))), err=True)


def foresee(loaded: Sequence[Loaded], options: dict[str, Any], times: int = 1) -> None:
    """Tell what memory and time something large takes, `times` over. Raises Failed where the machine has too little
    memory, unless that is wanted all the same (`--anyway`)."""
    from simulation.experiments.forecast import forecast

    foreseen = forecast(loaded, options["replications"], options["workers"], options["batch"], times)
    if foreseen is None:
        return
    if (shortage := foreseen.shortage()) and not options.get("anyway"):
        hint = "fewer workers or a smaller --batch take less; --anyway begins all the same"
        raise Failed(f"error: {shortage} ({hint})\nNothing was run.", INPUT_WRONG)
    if not options.get("as_json"):
        click.echo(foreseen.sentence()[0].upper() + foreseen.sentence()[1:] + ".", err=True)


def ready(options: dict[str, Any]) -> None:
    """Make the folder for results. Raises Failed if it cannot be made."""
    try:
        options["out"].mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"error: --out {options['out']}: {error.strerror}\nNothing was run.", INPUT_WRONG) from None


def replicate_all(loaded: list[Loaded], options: dict[str, Any]) -> tuple[list[Result], bool]:
    """Simulate. Returns what was finished, and whether it was interrupted. Raises Failed if nothing was finished."""
    from simulation.experiments.replicate import replicate
    from simulation.experiments.work import Stopped

    ready(options)
    foresee(loaded, options)
    try:
        return (
            replicate(loaded, options["replications"], options["workers"], options["batch"], progress=bar(options)),
            False,
        )
    except Stopped as stopped:
        if not all(result.replications for result in stopped.results):
            raise Failed(
                "Interrupted before the first replication was finished; nothing is kept.", INTERRUPTED
            ) from None
        return list(stopped.results), True
    except Exception as error:
        raise fault(error, options["out"]) from error


def check_draws(loaded: Loaded, options: dict[str, Any]) -> None:
    """Raise Failed unless there are draws of the fitted parameters of a scenario."""
    from simulation.experiments.spread import drawn_values
    from simulation.scenario.files.problems import InputProblems

    try:
        drawn_values(loaded, options["draws"])
    except InputProblems as error:
        refuse(error.problems)


def spread_of(result: Result, options: dict[str, Any]) -> Spread:
    """How the figures of a run shift with its fitted parameters. Raises Stopped, Failed."""
    from simulation.experiments.spread import spread
    from simulation.experiments.work import Stopped

    try:
        return spread(result, options["draws"], options["workers"], progress=bar(options))
    except Stopped:
        raise
    except Exception as error:
        raise fault(error, options["out"]) from error


def fault(error: Exception, folder: pathlib.Path) -> Failed:
    """A fault of the program, in words; the traceback goes to `run.log` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "run.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(time.strftime("%Y-%m-%d %H:%M:%S run failed\n"))
        file.writelines(traceback.format_exception(error))
    notes = " ".join(getattr(error, "__notes__", []))
    return Failed(f"The run failed: {error} ({notes or type(error).__name__}). Details are in {log}.")


def store_results(
    results: list[Result],
    options: dict[str, Any],
    answers: list[str],
    beside: Sequence[Result] = (),
    spread: Spread | PairedSpread | None = None,
) -> tuple[pathlib.Path, str, str]:
    """Put results into their folder: folder, what happened, fingerprint. Raises Failed."""
    from simulation.report.store import store
    from simulation.results.tables.folder import ResultsDiffer

    facts = {"seconds": round(results[0].seconds, 3), "workers": options["workers"], "set": list(options["settings"])}
    try:
        return store(results, options["out"], {**facts, "answers": answers}, beside, spread)
    except (ResultsDiffer, OSError) as error:
        raise Failed(f"The results could not be stored: {error}") from error


def farewell(loaded: list[Loaded], folder: pathlib.Path, word: str, result: Result, seconds: float) -> None:
    """Say where results are and how long it took."""
    from simulation.report.summary import plural

    headline = {
        "new": "Results", "unchanged": "The same results were there already, and still are",
        "incomplete": f"Incomplete results ({len(result.replications)} of {result.asked} replications)",
    }  # fmt: skip
    click.echo(f"{headline[word]}: {folder}")
    click.echo(f"Figures: {folder / 'figures'}    Tables: {folder / 'tables'}")
    for scenario in loaded:
        without = scenario.unsourced()
        if without:
            click.echo(f"{scenario.scenario.name}: {plural(len(without), 'value')} without a source, taken as assumed.")
    click.echo(f"{seconds:.1f} seconds, of which {result.simulating:.1f} simulating.")


def stop_if_interrupted(interrupted: bool) -> None:
    """End with the exit code of an interrupted run."""
    if interrupted:
        click.echo("Interrupted: what was finished is kept, and the folder says that it is incomplete.", err=True)
        click.echo("To have it all, run the same command again.", err=True)
        sys.exit(INTERRUPTED)


def bar(options: dict[str, Any]) -> bool:
    """Whether a progress bar is wanted and can be seen."""
    return not options["quiet"] and not options["as_json"] and sys.stderr.isatty()
