"""The commands `check`, `run`, `compare` and `diary`.

Everything heavy is imported inside the commands, so that help is instant and `check` never loads matplotlib.
"""

from __future__ import annotations

import json
import pathlib
import sys
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.answers import compare_answer, compare_in_full, run_answer, run_in_full
from simulation.cli.console import INPUT_WRONG, INTERRUPTED, Failed, Plain, say
from simulation.cli.first import base_for, sentences_of, show_first, tell_if_same
from simulation.cli.look import tell_origins
from simulation.cli.options import (
    asked_draws,
    lang_option,
    posterior_option,
    precision_options,
    run_options,
    uncertain_options,
)
from simulation.cli.pieces import (
    bar,
    begin,
    changes_of,
    check_draws,
    farewell,
    foresee,
    load_all,
    replicate_all,
    spread_of,
    stop_if_interrupted,
    store_results,
)
from simulation.cli.precise import (
    ask_precision,
    end_if_imprecise,
    precision_answer,
    precision_question,
    precision_request,
    settle,
    tell_precision,
)
from simulation.cli.uncertain import design_of, under_of
from simulation.cli.working import GO_ON, at_work, workers_of
from simulation.world.labels import Language

if TYPE_CHECKING:
    from simulation.results.tables.unfinished import Unfinished
    from simulation.scenario.load import Loaded


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="jobcentersim")
def main() -> None:
    """Simulate Danish jobcentre interventions week by week, and compare them before a real trial."""


@main.command()
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--origin", "origins", multiple=True, metavar="KEY", help="Tell instead where a key's values come from.")
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="As for run: with one value set otherwise.")
def check(
    scenarios: tuple[pathlib.Path, ...], as_json: bool, origins: tuple[str, ...], settings: tuple[str, ...]
) -> None:
    """Find everything that is wrong or doubtful in scenario files. Nothing is run."""
    changes = changes_of({"settings": settings})
    if origins:
        tell_origins(scenarios, origins, as_json, settings)
    from simulation.experiments.forecast import forecast
    from simulation.experiments.grid import check_sweep
    from simulation.report.summary import plural, summary
    from simulation.results.citations import citation_problems
    from simulation.scenario.check import warnings
    from simulation.scenario.files.problems import InputProblems, Problem, render
    from simulation.scenario.load import companion, load

    problems, doubtful, fine = [], [], []
    for path in scenarios:
        try:
            loaded = load(path, changes)
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
        from simulation.report.answer import finding

        say(json.dumps([finding(problem) for problem in problems + doubtful], ensure_ascii=False, indent=2))
    else:
        if problems or doubtful:
            say(render([*problems, *dict.fromkeys(doubtful)]), err=bool(problems))
        for loaded, foreseen in fine:
            say(summary(loaded, routines=len(scenarios) == 1))
            if foreseen is not None:
                say(f"    {foreseen.sentence()}")
        if problems:
            say(f"{plural(len(problems), 'problem')}. Nothing was run.", err=True)
    sys.exit(INPUT_WRONG if problems else 0)


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--alone", is_flag=True, help="Leave out the scenario that this one extends; takes half the time.")
@run_options
@precision_options
@posterior_option
@uncertain_options
def run(scenario: pathlib.Path, **options: Any) -> None:
    """Simulate a scenario, beside the one that it extends where the two differ in policy alone, or with its arms side
    by side."""
    from simulation.experiments.kept import Kept
    from simulation.experiments.needed import needed_effects
    from simulation.experiments.work import Stopped
    from simulation.report.store import Ran
    from simulation.scenario.changes import told_apart

    began = time.perf_counter()
    loaded = load_all([scenario], options, companions=True)
    names, extended = told_apart(loaded), base_for(loaded[0], options)
    if extended is not None and extended.loaded is not None:
        loaded.append(extended.loaded)
    ask_precision(loaded, options)
    plan = design_of(loaded[:1], options)
    if options["posterior"]:
        check_draws(loaded[0], options)
    with_base = len(loaded) > len(names)
    unfinished, mark = _begin("run", loaded[:1], loaded, options, {"base": with_base})
    results, interrupted, resumed = replicate_all(loaded, options, unfinished)
    mark = settle(results, mark, options)
    result, *beside = results
    base = beside.pop() if with_base else None
    needed, given_up = [], False
    if loaded[0].scenario.needed_effects and not interrupted:
        kept = Kept(unfinished.folder / "answers")
        try:
            with at_work(unfinished.folder, options):
                needed = needed_effects(loaded[0], result.asked, workers_of(options), bar(options), kept)
        except Stopped:
            given_up = True
    spread = under = None
    if not interrupted and not given_up:
        try:
            spread = spread_of(result, options, unfinished) if options["posterior"] else None
            under = None if plan is None else under_of(Ran([result]), plan, options, unfinished)
        except Stopped:
            given_up = True
    ran = Ran([result], beside, [] if spread is None else [spread], under, base)
    saved = store_results(ran, options, [n.sentence() for n in needed], unfinished)
    if not interrupted and not given_up:
        unfinished.discard()
    if options["as_json"]:
        seconds = {"simulate": round(result.simulating, 4), "total": round(time.perf_counter() - began, 4)}
        facts = {
            "fingerprint": mark, "results_dir": str(saved.folder), "seconds": seconds,
            "replications": len(result.replications), "resumed": resumed, "complete": not interrupted,
            **precision_answer(options),
        }  # fmt: skip
        say(json.dumps(run_answer(ran, names, needed, facts), ensure_ascii=False))
    elif not options["in_full"]:
        show_first(ran, saved, options, resumed, sentences_of(extended, names, len(needed), options))
    else:
        run_in_full(ran, names, needed)
        tell_precision(options)
        tell_if_same(extended, names[0], options)
        farewell(loaded, saved, result, time.perf_counter() - began, resumed)
    if given_up:
        say("Interrupted before all answers were found; the run itself is complete and kept.", err=True)
        say(GO_ON, err=True)
        sys.exit(INTERRUPTED)
    stop_if_interrupted(interrupted, saved)
    end_if_imprecise(options)


@main.command()
@click.argument("base", type=click.Path(path_type=pathlib.Path))
@click.argument("scenarios", nargs=-1, required=True, type=click.Path(path_type=pathlib.Path))
@run_options
@precision_options
@posterior_option
@uncertain_options
def compare(base: pathlib.Path, scenarios: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Simulate scenarios against a base by the same luck and show the paired differences."""
    from simulation.experiments.spread import PairedSpread
    from simulation.experiments.work import Stopped
    from simulation.report.store import Ran
    from simulation.scenario.alike import Alike
    from simulation.scenario.changes import nothing_differs, told_apart

    began = time.perf_counter()
    loaded = load_all([base, *scenarios], options, keep_seed_of_first=True)
    pairs = [(other, Alike(loaded[0].scenario, other.scenario).refused) for other in loaded[1:]]
    refused = [f"error: {loaded[0].file} and {other.file}: {reason}" for other, reason in pairs if reason]
    refused += [f"error: {same}" for other in loaded[1:] if (same := nothing_differs(loaded[0], other))]
    if refused:
        raise Failed("\n".join([*dict.fromkeys(refused), "Nothing was run."]), INPUT_WRONG)
    ask_precision(loaded, options, compared=True)
    plan = design_of(loaded, options)
    for compared in loaded if options["posterior"] else ():
        check_draws(compared, options)
    unfinished, mark = _begin("compare", loaded, loaded, options)
    results, interrupted, resumed = replicate_all(loaded, options, unfinished)
    mark = settle(results, mark, options)
    spreads: list[PairedSpread] = []
    given_up, ran = False, Ran(results)
    if not interrupted:
        try:
            if options["posterior"]:
                first, *others = [spread_of(result, options, unfinished) for result in results]
                spreads = [PairedSpread(first, other) for other in others]
            under = None if plan is None else under_of(ran, plan, options, unfinished)
            ran = Ran(results, (), spreads, under)
        except Stopped:
            given_up = True
    saved = store_results(ran, options, [], unfinished)
    if not interrupted and not given_up:
        unfinished.discard()
    names = told_apart(loaded)
    if options["as_json"]:
        files = [pathlib.Path(each.file).as_posix() for each in loaded]
        facts = {
            "fingerprint": mark, "results_dir": str(saved.folder), "resumed": resumed, "complete": not interrupted,
            "seconds": {"total": round(time.perf_counter() - began, 4)}, **precision_answer(options),
        }  # fmt: skip
        say(json.dumps(compare_answer(ran, names, files, facts), ensure_ascii=False))
    elif not options["in_full"]:
        show_first(ran, saved, options, resumed)
    else:
        compare_in_full(ran, names)
        tell_precision(options)
        farewell(loaded, saved, results[-1], time.perf_counter() - began, resumed)
    if given_up:
        say("Interrupted: the comparison is complete and kept, without the uncertainty that was asked for.", err=True)
        say(GO_ON, err=True)
        sys.exit(INTERRUPTED)
    stop_if_interrupted(interrupted, saved)
    end_if_imprecise(options)


def _begin(
    command: str, named: list[Loaded], loaded: list[Loaded], options: dict[str, Any],
    more: Mapping[str, Any] = MappingProxyType({}),
) -> tuple[Unfinished, str]:
    """The folder in which the work of `run` or `compare` is kept, and its fingerprint, unless it is too much for this
    machine. `named` are the scenarios that stand on the command line, `more` is what else the request says."""
    from simulation.report.figures.beside import beside
    from simulation.report.store import name_of, question_of
    from simulation.results.identity import fingerprint

    foresee(loaded, options)
    draws, everything = asked_draws(options), options["uncertain"]
    asked = options["replications"] or loaded[0].scenario.replications
    mark = fingerprint(loaded, asked, question_of(draws, everything) + precision_question(options))
    request = {"posterior": options["posterior"], "draws": draws, "uncertain": everything, **more}
    request |= precision_request(options)
    if (drawer := beside(loaded, asked)) is not None:
        click.get_current_context().call_on_close(drawer.close)
    options["beside"] = drawer
    return begin(command, name_of(named), mark, named, loaded, options, request), mark


@main.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.option("--ledig", required=True, type=click.IntRange(0), help="Number of the ledig, from 0.")
@click.option("--replication", type=click.IntRange(0, 99_999), default=0, show_default=True,
              help="In which replication.")  # fmt: skip
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set one value by its dotted path.")
@lang_option
def diary(scenario: pathlib.Path, ledig: int, replication: int, settings: tuple[str, ...], lang: Language) -> None:
    """Tell one simulated ledig's life, week by week, in words."""
    from simulation.report.diary import NobodyThere
    from simulation.report.diary import diary as tell

    loaded = load_all([scenario], {"settings": settings, "seed": None})
    try:
        say("\n".join(tell(loaded[0].scenario, ledig, replication, lang)))
    except NobodyThere as nobody:
        raise Failed(f"error: {nobody}", INPUT_WRONG) from None
