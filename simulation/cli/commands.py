"""The commands `check`, `run`, `compare`, `diary` and `schema`.

Everything heavy is imported inside the commands, so that help is instant and `check` never loads matplotlib.
"""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import Any

import click

from simulation.cli.pieces import (
    INPUT_WRONG,
    INTERRUPTED,
    Failed,
    Plain,
    bar,
    check_draws,
    farewell,
    load_all,
    posterior_options,
    replicate_all,
    run_options,
    spread_of,
    stop_if_interrupted,
    store_results,
)


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="jobcentersim")
def main() -> None:
    """Simulate Danish jobcentre interventions week by week, and compare them before a real trial."""


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(scenarios: tuple[pathlib.Path, ...], as_json: bool) -> None:
    """Find everything that is wrong or doubtful in scenario files. Nothing is run."""
    from simulation.experiments.forecast import forecast
    from simulation.experiments.grid import check_sweep
    from simulation.report.answer import finding
    from simulation.report.summary import plural, summary
    from simulation.results.citations import citation_problems
    from simulation.scenario.check import warnings
    from simulation.scenario.files.problems import InputProblems, Problem, render
    from simulation.scenario.load import companion, load

    problems, doubtful, fine = [], [], []
    for path in scenarios:
        try:
            loaded = load(path)
            beside = companion(loaded)
            cited = citation_problems(loaded) + (citation_problems(beside) if beside else []) + check_sweep(loaded)
            if cited:
                raise InputProblems(cited)
            foreseen = forecast([loaded] + ([beside] if beside else []))
            if foreseen is not None and (shortage := foreseen.shortage()):
                mark = loaded.resolved.mark(("intake", "persons"))
                raise InputProblems([Problem(shortage, mark, "intake.persons")])
        except InputProblems as error:
            problems += [problem for problem in error.problems if problem not in problems]
            continue
        fine.append((loaded, foreseen))
        doubtful += warnings(loaded)
    if as_json:
        click.echo(json.dumps([finding(problem) for problem in problems + doubtful], ensure_ascii=False, indent=2))
    else:
        if problems or doubtful:
            click.echo(render([*problems, *dict.fromkeys(doubtful)]), err=bool(problems))
        for loaded, foreseen in fine:
            click.echo(summary(loaded, routines=len(scenarios) == 1))
            if foreseen is not None:
                click.echo(f"    {foreseen.sentence()}")
        if problems:
            click.echo(f"{plural(len(problems), 'problem')}. Nothing was run.", err=True)
    sys.exit(INPUT_WRONG if problems else 0)


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@run_options
@posterior_options
def run(scenario: pathlib.Path, **options: Any) -> None:
    """Simulate a scenario and show its arms side by side with the published figures."""
    from simulation.experiments.needed import needed_effects
    from simulation.experiments.work import Stopped
    from simulation.report.answer import answer_of, outcomes_of, rows_of
    from simulation.report.text import beside_table, run_table
    from simulation.report.uncertainty import uncertainty_table

    began = time.perf_counter()
    loaded = load_all([scenario], options, companions=True)
    if options["posterior"]:
        check_draws(loaded[0], options)
    results, interrupted = replicate_all(loaded, options)
    result, *beside = results
    needed, given_up = [], False
    if loaded[0].scenario.needed_effects and not interrupted:
        few = min(result.asked, 10)
        try:
            needed = needed_effects(loaded[0], few, options["workers"], progress=bar(options))
        except Stopped:
            given_up = True
    spread = None
    if options["posterior"] and not interrupted and not given_up:
        try:
            spread = spread_of(result, options)
        except Stopped:
            given_up = True
    folder, word, mark = store_results([result], options, [n.sentence() for n in needed], beside, spread)
    if options["as_json"]:
        seconds = {"simulate": round(result.simulating, 4), "total": round(time.perf_counter() - began, 4)}
        answer = {
            "scenario": loaded[0].scenario.name, "fingerprint": mark, "results_dir": str(folder), "seconds": seconds,
            "replications": len(result.replications), "complete": not interrupted, "outcomes": outcomes_of(result),
            "needed_effects": [answer_of(n) for n in needed],
            **({} if spread is None else {"parameter_uncertainty": rows_of(spread.table())}),
            "beside": [{"scenario": b.loaded.scenario.name, "outcomes": outcomes_of(b)} for b in beside],
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(f"\n{loaded[0].scenario.name}\n\n{run_table(result)}\n")
        if spread is not None:
            click.echo(uncertainty_table(spread) + "\n")
        for other in beside:
            click.echo(beside_table(other) + "\n")
        for answered in needed:
            click.echo(answered.sentence() + "\n")
        farewell(loaded, folder, word, result, time.perf_counter() - began)
    if given_up:
        click.echo("Interrupted before all answers were found; the run itself is complete and kept.", err=True)
        sys.exit(INTERRUPTED)
    stop_if_interrupted(interrupted)


@main.command()
@click.argument("base", type=click.Path(path_type=pathlib.Path))
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@run_options
@posterior_options
def compare(base: pathlib.Path, scenarios: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Simulate scenarios against a base by the same luck and show the paired differences."""
    from simulation.experiments.compare import Comparison
    from simulation.experiments.spread import PairedSpread
    from simulation.experiments.work import Stopped
    from simulation.report.answer import differences_of
    from simulation.report.text import compare_table

    began = time.perf_counter()
    loaded = load_all([base, *scenarios], options, keep_seed_of_first=True)
    horizons = {each.scenario.follow_up for each in loaded}
    if len(horizons) > 1:
        names = "; ".join(f"{each.file}: {each.scenario.follow_up}" for each in loaded)
        raise Failed(
            f"error: outcomes over different follow_up cannot be compared ({names})\nNothing was run.", INPUT_WRONG
        )
    for compared in loaded if options["posterior"] else ():
        check_draws(compared, options)
    results, interrupted = replicate_all(loaded, options)
    spreads, given_up = [], False
    if options["posterior"] and not interrupted:
        try:
            spreads = [spread_of(result, options) for result in results]
        except Stopped:
            given_up = True
    answers = []
    for number, result in enumerate(results[1:], 1):
        comparison = Comparison(results[0], result)
        spread = PairedSpread(spreads[0], spreads[number]) if spreads and not given_up else None
        pair = [results[0].loaded, result.loaded]
        folder, word, mark = store_results([results[0], result], options, [], spread=spread)
        if options["as_json"]:
            seconds = {
                "simulate": round(results[0].simulating + result.simulating, 4),
                "total": round(time.perf_counter() - began, 4),
            }
            answers.append({
                "scenario": result.loaded.scenario.name, "base": results[0].loaded.scenario.name, "fingerprint": mark,
                "results_dir": str(folder), "seconds": seconds, "replications": len(result.replications),
                "complete": not interrupted, "outcomes": differences_of(comparison, spread),
            })  # fmt: skip
        else:
            click.echo(f"\n{compare_table(comparison, spread)}\n")
            farewell(pair, folder, word, result, time.perf_counter() - began)
    if given_up:
        click.echo("Interrupted: the comparison is complete and kept, without parameter uncertainty.", err=True)
        sys.exit(INTERRUPTED)
    if options["as_json"]:
        click.echo(json.dumps(answers[0] if len(answers) == 1 else {"comparisons": answers}, ensure_ascii=False))
    stop_if_interrupted(interrupted)


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--ledig", required=True, type=int, help="Number of the ledig, from 0.")
@click.option("--replication", type=click.IntRange(0), default=0, show_default=True, help="In which replication.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value by its dotted path.")
def diary(scenario: pathlib.Path, ledig: int, replication: int, settings: tuple[str, ...]) -> None:
    """Tell one simulated ledig's life, week by week, in words."""
    from simulation.experiments.diary import NobodyThere
    from simulation.experiments.diary import diary as tell

    loaded = load_all([scenario], {"settings": settings, "seed": None})
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
