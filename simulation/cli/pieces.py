"""What the commands have in common: reading, running, storing, and telling what went wrong."""

from __future__ import annotations

import pathlib
import sys
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from simulation.cli.console import INPUT_WRONG, INTERRUPTED, OUT, Failed, say
from simulation.cli.dry import tell_size
from simulation.cli.options import asked_draws
from simulation.cli.working import GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.experiments.spread import Spread
    from simulation.report.store import Ran
    from simulation.results.result import Result
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished
    from simulation.scenario.files.problems import Problem
    from simulation.scenario.load import Loaded


def load_all(
    paths: list[pathlib.Path], options: dict[str, Any], keep_seed_of_first: bool = False, companions: bool = False,
    also: Sequence[Problem] = (),
) -> list[Loaded]:  # fmt: skip
    """Load all files (and the scenarios they are compared with). Raises Failed with everything that is wrong, with what
    is wrong `also`, if anything is."""
    from simulation.results.citations import citation_problems
    from simulation.scenario.files.problems import InputProblems
    from simulation.scenario.load import companion, load

    problems: list[Any] = []
    loaded: list[Loaded] = []
    changes = changes_of(options)
    if options["seed"] is not None:
        changes["seed"] = options["seed"]
    for path in paths:
        try:
            loaded.append(load(path, changes))
            if keep_seed_of_first and (own := loaded[-1].scenario.seed) != (seed := loaded[0].scenario.seed):
                say(f"{path}: its seed {own} is not used; a comparison is by the luck of the base, {seed}.", err=True)
                loaded[-1] = loaded[-1].with_({"seed": seed})
            problems += citation_problems(loaded[-1])
            if companions and (beside := companion(loaded[-1])):
                loaded.append(beside)
                problems += citation_problems(beside)
        except InputProblems as error:
            problems += [p for p in error.problems if p not in problems]
    if problems:
        refuse([*problems, *also])
    tell_doubts(loaded, options)
    return loaded


def changes_of(options: dict[str, Any]) -> dict[str, Any]:
    """What `--set` says. Raises Failed with everything that is wrong with it."""
    from simulation.scenario.files.problems import InputProblems, render
    from simulation.scenario.files.settings import read_settings

    try:
        return read_settings(options["settings"])
    except InputProblems as error:
        raise Failed(f"{render(error.problems)}\nNothing was run.", INPUT_WRONG) from None


def refuse(problems: Sequence[Problem]) -> NoReturn:
    """Tell everything that is wrong with the input. Raises Failed."""
    from simulation.report.summary import plural
    from simulation.scenario.files.problems import render

    raise Failed(f"{render(problems)}\n{plural(len(problems), 'problem')}. Nothing was run.", INPUT_WRONG)


def tell_doubts(loaded: Sequence[Loaded], options: dict[str, Any]) -> None:
    """Warn of what is doubtful; not where JSON is asked for, and on a first screen it is only counted."""
    from simulation.cli.first import DOUBTS
    from simulation.scenario.check import warnings
    from simulation.scenario.files.problems import render
    from simulation.scenario.files.shipped import as_typed

    if not options.get("as_json"):
        doubts = [warning for scenario in loaded for warning in warnings(scenario)]
        if doubts and options.get("in_full", True):
            say(render(list(dict.fromkeys(doubts))), err=True)
        doubtful = next((as_typed(each.file) for each in loaded if warnings(each)), "") if doubts else ""
        if doubtful:
            doubtful += "".join(f" --set {setting}" for setting in options["settings"])
        options[DOUBTS] = (len(set(doubts)), doubtful)


def foresee(loaded: Sequence[Loaded], options: dict[str, Any], times: int = 1) -> None:
    """Tell what memory and time something large takes, `times` over. Raises Failed where the machine has too little
    memory, unless that is wanted all the same (`--anyway`). Ends here where nothing is to be run (`--dry-run`)."""
    from simulation.experiments.forecast import TooLarge
    from simulation.experiments.forecast import foresee as foreseen_of

    replications, workers, batch = options["replications"], workers_of(options), options["batch"]
    if options.get("dry_run"):
        tell_size(loaded, options, times)
    try:
        foreseen = foreseen_of(loaded, replications, workers, batch, times, bool(options.get("anyway")))
    except TooLarge as shortage:
        hint = "fewer workers or a smaller --batch take less; --anyway begins all the same"
        raise Failed(f"error: {shortage} ({hint})\nNothing was run.", INPUT_WRONG) from None
    if foreseen is not None and not options.get("as_json"):
        say(foreseen.sentence()[0].upper() + foreseen.sentence()[1:] + ".", err=True)


def ready(options: dict[str, Any], name: str = "") -> None:
    """Make the folder for results, or the one of this name in it, and try whether it can be written. Raises Failed if
    not."""
    from simulation.results.tables.drafts import clear_dead

    click.get_current_context().meta[OUT] = options["out"]
    folder = options["out"] / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as tried:
            tried.write(b"can be written")
        clear_dead(folder)
    except OSError as error:
        message = f"error: --out {options['out']}: {folder}: {error.strerror}\nNothing was run."
        raise Failed(message, INPUT_WRONG) from None


def begin(
    command: str, name: str, mark: str, named: Sequence[Loaded], loaded: Sequence[Loaded], options: dict[str, Any],
    request: dict[str, Any],
) -> Unfinished:  # fmt: skip
    """The folder in which work is kept until it is finished. `named` are the scenarios on the command line, `loaded`
    those and others that they need; `request` is what is asked beside the options that all commands have, and becomes
    one of them when it is whole. Raises Failed if nothing can be kept, or if this is not the work that was to be
    resumed."""
    from simulation.results.tables.checkout import checkout
    from simulation.results.tables.inputs import input_files
    from simulation.results.tables.unfinished import Unfinished, placed

    if options.get("resumed", mark) != mark:
        raise Failed(
            f"error: {name}: this is not the work that was begun as {options['resumed']}: the program, or a file "
            "outside of that folder, has changed since, and replications of both cannot be mixed. To begin anew, use "
            f"`jobcentersim {command}`.\n"
            "Nothing was run.",
            INPUT_WRONG,
        )
    unfinished = Unfinished(options["out"], options.get("name", name), mark)
    ready(options, unfinished.name)
    asked = options["replications"] or loaded[0].scenario.replications
    shared = {"set": list(options["settings"]), "seed": options["seed"], "replications": asked,
              "locale": options["locale"]}  # fmt: skip
    git = options["git"] if "git" in options else checkout(input_files(loaded))
    asked_again = {"command": command, "scenarios": placed(named, loaded), **shared, **request, "git": git}
    options["request"] = asked_again
    try:
        unfinished.begin(asked_again, loaded, options.get("earlier"))
    except OSError as error:
        raise Failed(f"error: {unfinished.folder}: {error.strerror}\nNothing was run.", INPUT_WRONG) from None
    return unfinished


def replicate_all(
    loaded: list[Loaded], options: dict[str, Any], unfinished: Unfinished
) -> tuple[list[Result], bool, int]:
    """Simulate. Returns what was finished, whether it was interrupted, and how many replications were there from an
    earlier call. Raises Failed if there is nothing to show."""
    from simulation.experiments.kept import Kept
    from simulation.experiments.replicate import replicate
    from simulation.experiments.work import Stopped

    kept, until = Kept(unfinished.folder / "replications"), options.get("until")
    try:
        with at_work(unfinished.folder, options):
            results = replicate(
                loaded, options["replications"], workers_of(options), options["batch"], bar(options), kept, until
            )
        return results, False, kept.resumed
    except Stopped as stopped:
        if not any(result.replications for result in stopped.results):
            unfinished.discard()
            message = "Interrupted before the first replication was finished; nothing is kept."
            raise Failed(message, INTERRUPTED) from None
        if until is not None or not all(result.replications for result in stopped.results):
            raise Failed(
                f"Interrupted: {stopped.done} of {stopped.total} replications are finished and kept in "
                f"{unfinished.folder}.\n{GO_ON}",
                INTERRUPTED,
            ) from None
        return list(stopped.results), True, kept.resumed


def check_draws(loaded: Loaded, options: dict[str, Any]) -> None:
    """Raise Failed unless there are draws of the fitted parameters of a scenario."""
    from simulation.experiments.spread import check_draws as check
    from simulation.scenario.files.problems import InputProblems

    try:
        check(loaded, asked_draws(options))
    except InputProblems as error:
        refuse(error.problems)


def spread_of(result: Result, options: dict[str, Any], unfinished: Unfinished) -> Spread:
    """How the figures of a run shift with its fitted parameters. Raises Stopped, Failed."""
    from simulation.experiments.spread import spread
    from simulation.results.identity import scenario_mark

    kept = unfinished.folder / "draws" / scenario_mark(result.loaded.scenario)
    with at_work(unfinished.folder, options):
        return spread(result, asked_draws(options), workers_of(options), bar(options), kept)


def store_results(ran: Ran, options: dict[str, Any], answers: list[str], unfinished: Unfinished) -> Saved:
    """Put results into their folder. Raises Failed."""
    from simulation.experiments.executors import at_once
    from simulation.experiments.kept import Kept
    from simulation.report.store import question_of, store
    from simulation.results.tables.folder import Keeping, ResultsDiffer

    facts = {"seconds": round(ran.results[0].seconds, 3), "workers": at_once(workers_of(options)), "answers": answers}
    every = ran.every
    complete = all(len(result.replications) == result.asked for result in every)
    kept = Kept(unfinished.folder / "replications")
    pieces = {"replications": kept.files([result.loaded.scenario for result in every])} if complete else {}
    if ran.spreads or ran.under is not None:
        pieces |= kept_draws(unfinished)
    keeping = Keeping(unfinished, options["request"], pieces, options["locale"])
    try:
        asked = asked_draws(options) if ran.spreads or ran.under is not None else 0
        return store(ran, facts, question_of(asked, options["uncertain"]), keeping, options["beside"],
                     options["lang"])  # fmt: skip
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error


def kept_draws(unfinished: Unfinished) -> dict[str, list[pathlib.Path]]:
    """The finished draws, packed, as pieces that a result keeps. Raises Failed."""
    from simulation.experiments.packed_draws import pack_draws

    try:
        return {"draws": pack_draws(unfinished.folder / "draws", unfinished.folder / "packed")}
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error


def farewell(loaded: Sequence[Loaded], saved: Saved, result: Result, seconds: float, resumed: int) -> None:
    """Say where results are and how long it took."""
    from simulation.report.summary import plural

    tell_folder(saved, f"Incomplete results ({len(result.replications)} of {result.asked} replications)")
    for scenario in loaded:
        without = scenario.unsourced()
        if without:
            say(f"{scenario.scenario.name}: {plural(len(without), 'value')} without a source, taken as assumed.")
    again = f" ({resumed:,} replications were there from an earlier call)" if resumed else ""
    say(f"{seconds:.1f} seconds, of which {result.simulating:.1f} simulating{again}.")


def tell_folder(saved: Saved, incomplete: str = "") -> None:
    """Say where results are, and what became of any that were there before."""
    folder, word, note = saved
    headline = {
        "new": "Results", "unchanged": "The same results were there already, and still are",
        "incomplete": incomplete, "replaced": "Results, written anew",
    }[word]  # fmt: skip
    if note:
        say(f"The results that were there cannot be trusted: {note}.", err=True)
    say(f"{headline}: {folder}")
    say(f"Figures: {folder / 'figures'}    Tables: {folder / 'tables'}")


def stop_if_interrupted(interrupted: bool, saved: Saved) -> None:
    """End with the exit code of an interrupted run."""
    if not interrupted:
        return
    if saved.word == "incomplete":
        say("Interrupted: what was finished is kept, and the folder says that it is incomplete.", err=True)
        say(GO_ON, err=True)
    else:
        say("Interrupted when all replications were finished; they are kept.", err=True)
    sys.exit(INTERRUPTED)


def bar(options: dict[str, Any]) -> bool:
    """Whether progress is shown: by a bar on a terminal, by a line a minute elsewhere."""
    from simulation.experiments.progress import Progress

    Progress.as_lines, Progress.language = not sys.stderr.isatty(), options.get("lang", "en")
    return not options["quiet"] and not options["as_json"]
