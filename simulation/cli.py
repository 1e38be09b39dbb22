"""The command line. Exit codes: 0 done, 2 input wrong, 3 run failed, 130 interrupted.

Everything heavy is imported inside the commands, so that help is instant and `check` never loads matplotlib.
"""

from __future__ import annotations

import json
import os
import pathlib
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulation.results.result import Result
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
            raise _fault(error, pathlib.Path()) from error


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="jobcentersim")
def main() -> None:
    """Simulate Danish jobcentre interventions week by week, and compare them before a real trial."""


def _run_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options that `run` and `compare` share."""
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
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(scenarios: tuple[pathlib.Path, ...], as_json: bool) -> None:
    """Find everything that is wrong or doubtful in scenario files. Nothing is run."""
    from simulation.report.answer import finding
    from simulation.report.summary import plural, summary
    from simulation.results.citations import citation_problems
    from simulation.scenario.check import warnings
    from simulation.scenario.load import companion, load
    from simulation.scenario.problems import InputProblems, render

    wrong, doubtful, fine = [], [], []
    for path in scenarios:
        try:
            loaded = load(path)
            beside = companion(loaded)
            if cited := citation_problems(loaded) + (citation_problems(beside) if beside else []):
                raise InputProblems(cited)
        except InputProblems as found:
            wrong += [problem for problem in found.problems if problem not in wrong]
            continue
        fine.append(loaded)
        doubtful += warnings(loaded)
    if as_json:
        click.echo(json.dumps([finding(problem) for problem in wrong + doubtful], ensure_ascii=False, indent=2))
    else:
        if wrong or doubtful:
            click.echo(render([*wrong, *dict.fromkeys(doubtful)]), err=bool(wrong))
        for loaded in fine:
            click.echo(summary(loaded, routines=len(scenarios) == 1))
        if wrong:
            click.echo(f"{plural(len(wrong), 'problem')}. Nothing was run.", err=True)
    sys.exit(INPUT_WRONG if wrong else 0)


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@_run_options
def run(scenario: pathlib.Path, **options: Any) -> None:
    """Simulate a scenario and show its arms side by side with the published figures."""
    from simulation.experiments.needed import needed_effects
    from simulation.experiments.replicate import Interrupted
    from simulation.report.answer import answer_of, outcomes_of
    from simulation.report.text import beside_table, run_table

    began = time.perf_counter()
    loaded = _load([scenario], options, companions=True)
    results, interrupted = _replicate(loaded, options)
    result, *beside = results
    needed, given_up = [], False
    if loaded[0].scenario.needed_effects and not interrupted:
        few = min(result.asked, 10)
        try:
            needed = needed_effects(loaded[0], few, options["workers"], progress=_bar(options))
        except Interrupted:
            given_up = True
    folder, word, mark = _store([result], options, [n.sentence() for n in needed], beside)
    if options["as_json"]:
        seconds = {"simulate": round(result.simulating, 4), "total": round(time.perf_counter() - began, 4)}
        answer = {
            "scenario": loaded[0].scenario.name, "fingerprint": mark, "results_dir": str(folder), "seconds": seconds,
            "replications": len(result.replications), "complete": not interrupted, "outcomes": outcomes_of(result),
            "needed_effects": [answer_of(n) for n in needed],
            "beside": [{"scenario": b.loaded.scenario.name, "outcomes": outcomes_of(b)} for b in beside],
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"\n{loaded[0].scenario.name}\n\n{run_table(result)}\n")
        for other in beside:
            click.echo(beside_table(other) + "\n")
        for answered in needed:
            click.echo(answered.sentence() + "\n")
        _farewell(loaded, folder, word, result, time.perf_counter() - began)
    if given_up:
        click.echo("Interrupted while an answer was sought; the run itself is complete and kept.", err=True)
        sys.exit(INTERRUPTED)
    _stop_if_interrupted(interrupted)


@main.command()
@click.argument("base", type=click.Path(path_type=pathlib.Path))
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@_run_options
def compare(base: pathlib.Path, scenarios: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Simulate scenarios against a base by the same luck and show the paired differences."""
    from simulation.experiments.compare import Comparison
    from simulation.report.answer import differences_of
    from simulation.report.text import compare_table

    began = time.perf_counter()
    loaded = _load([base, *scenarios], options, keep_seed_of_first=True)
    horizons = {each.scenario.follow_up for each in loaded}
    if len(horizons) > 1:
        names = "; ".join(f"{each.file}: {each.scenario.follow_up}" for each in loaded)
        raise Failed(
            f"error: outcomes over different follow_up cannot be compared ({names})\nNothing was run.", INPUT_WRONG
        )
    results, interrupted = _replicate(loaded, options)
    answers = []
    for each in results[1:]:
        comparison = Comparison(results[0], each)
        pair = [results[0].loaded, each.loaded]
        folder, word, mark = _store([results[0], each], options, [])
        if options["as_json"]:
            seconds = {
                "simulate": round(results[0].simulating + each.simulating, 4),
                "total": round(time.perf_counter() - began, 4),
            }
            answers.append({
                "scenario": each.loaded.scenario.name, "base": results[0].loaded.scenario.name, "fingerprint": mark,
                "results_dir": str(folder), "seconds": seconds, "replications": len(each.replications),
                "complete": not interrupted, "outcomes": differences_of(comparison),
            })  # fmt: skip
        else:
            click.echo(f"\n{compare_table(comparison)}\n")
            _farewell(pair, folder, word, each, time.perf_counter() - began)
    if options["as_json"]:
        click.echo(json.dumps(answers[0] if len(answers) == 1 else {"comparisons": answers}, ensure_ascii=False))
    _stop_if_interrupted(interrupted)


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--ledig", required=True, type=int, help="Number of the ledig, from 0.")
@click.option("--replication", type=click.IntRange(0), default=0, show_default=True, help="In which replication.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value by its dotted path.")
def diary(scenario: pathlib.Path, ledig: int, replication: int, settings: tuple[str, ...]) -> None:
    """Tell one simulated ledig's life, week by week, in words."""
    from simulation.experiments.diary import NobodyThere
    from simulation.experiments.diary import diary as tell

    loaded = _load([scenario], {"settings": settings, "seed": None})
    try:
        click.echo("\n".join(tell(loaded[0].scenario, ledig, replication)))
    except NobodyThere as nobody:
        raise Failed(f"error: {nobody}", INPUT_WRONG) from None


@main.command()
@click.option("--out", type=click.Path(path_type=pathlib.Path), help="File to write; default: standard output.")
def schema(out: pathlib.Path | None) -> None:
    """Write the JSON Schema of scenario files, for completion in an editor."""
    from simulation.scenario.jsonschema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"Written to {out}. In a scenario file: # yaml-language-server: $schema={out.as_posix()}")


# --- pieces of the commands --------------------------------------------------------------------------------------


def _load(
    paths: list[pathlib.Path], options: dict[str, Any], keep_seed_of_first: bool = False, companions: bool = False
) -> list[Loaded]:
    """Load all files (and what they are compared with); all that is wrong is shown before anything is run."""
    from simulation.report.summary import plural
    from simulation.results.citations import citation_problems
    from simulation.scenario.check import warnings
    from simulation.scenario.load import companion, load
    from simulation.scenario.overlay import read_settings
    from simulation.scenario.problems import InputProblems, render

    problems: list[Any] = []
    loaded: list[Loaded] = []
    try:
        changes = read_settings(options["settings"])
    except InputProblems as found:
        raise Failed(f"{render(found.problems)}\nNothing was run.", INPUT_WRONG) from None
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
        except InputProblems as found:
            problems += [p for p in found.problems if p not in problems]
    if problems:
        raise Failed(f"{render(problems)}\n{plural(len(problems), 'problem')}. Nothing was run.", INPUT_WRONG)
    if not options.get("as_json"):
        doubts = [warning for each in loaded for warning in warnings(each)]
        if doubts:
            click.echo(render(list(dict.fromkeys(doubts))), err=True)
    return loaded


def _replicate(loaded: list[Loaded], options: dict[str, Any]) -> tuple[list[Result], bool]:
    from simulation.experiments.replicate import Interrupted, replicate

    try:
        options["out"].mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"error: --out {options['out']}: {error.strerror}\nNothing was run.", INPUT_WRONG) from None
    try:
        return (
            replicate(loaded, options["replications"], options["workers"], options["batch"], progress=_bar(options)),
            False,
        )
    except Interrupted as stopped:
        if not all(result.replications for result in stopped.results):
            raise Failed(
                "Interrupted before the first replication was finished; nothing is kept.", INTERRUPTED
            ) from None
        return stopped.results, True
    except Exception as error:
        raise _fault(error, options["out"]) from error


def _fault(error: Exception, folder: pathlib.Path) -> Failed:
    """A fault of the program, in words; the traceback goes to `run.log` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "run.log"
    with log.open("a", encoding="utf-8") as file:
        file.write(time.strftime("%Y-%m-%d %H:%M:%S run failed\n"))
        file.writelines(traceback.format_exception(error))
    notes = " ".join(getattr(error, "__notes__", []))
    return Failed(f"The run failed: {error} ({notes or type(error).__name__}). Details are in {log}.")


def _store(
    results: list[Result], options: dict[str, Any], answers: list[str], beside: Sequence[Result] = ()
) -> tuple[pathlib.Path, str, str]:
    from simulation.report.store import store
    from simulation.results.folder import ResultsDiffer

    facts = {"seconds": round(results[0].seconds, 3), "workers": options["workers"], "set": list(options["settings"])}
    try:
        return store(results, options["out"], {**facts, "answers": answers}, beside)
    except (ResultsDiffer, OSError) as error:
        raise Failed(f"The results could not be stored: {error}") from error


def _farewell(loaded: list[Loaded], folder: pathlib.Path, word: str, result: Result, seconds: float) -> None:
    from simulation.report.summary import plural

    said = {
        "new": "Results", "unchanged": "The same results were there already, and still are",
        "incomplete": f"Incomplete results ({len(result.replications)} of {result.asked} replications)",
    }  # fmt: skip
    click.echo(f"{said[word]}: {folder}")
    click.echo(f"Figures: {folder / 'figures'}    Tables: {folder / 'tables'}")
    for each in loaded:
        without = each.unsourced()
        if without:
            click.echo(f"{each.scenario.name}: {plural(len(without), 'value')} without a source, taken as assumed.")
    click.echo(f"{seconds:.1f} seconds, of which {result.simulating:.1f} simulating.")


def _stop_if_interrupted(interrupted: bool) -> None:
    if interrupted:
        click.echo("Interrupted: what was finished is kept, and the folder says that it is incomplete.", err=True)
        click.echo("To have it all, run the same command again.", err=True)
        sys.exit(INTERRUPTED)


def _bar(options: dict[str, Any]) -> bool:
    return not options["quiet"] and not options["as_json"] and sys.stderr.isatty()


if __name__ == "__main__":
    main()
