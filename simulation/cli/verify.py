"""The commands `verify` and `diff`."""

from __future__ import annotations

import json
import pathlib
import sys
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.again import absolute, options_of, scenarios_of
from simulation.cli.console import INPUT_WRONG, INTERRUPTED, Failed, say
from simulation.cli.first import base_for
from simulation.cli.options import asked_draws, executor_option, json_option, lang_option, workers_option
from simulation.cli.pieces import load_all
from simulation.cli.working import ANEW, at_work, workers_of

if TYPE_CHECKING:
    from simulation.experiments.executors import Workers
    from simulation.report.verify import Verified
    from simulation.world.labels import Language

DIFFERENT = 1
MOST_LINES = 40


@click.command()
@click.argument("folder", type=click.Path(path_type=pathlib.Path))
@click.option("--replications", type=click.IntRange(1), default=3, show_default=True,
              help="How many to run again, evenly spread.")  # fmt: skip
@workers_option
@executor_option
@lang_option
@json_option
def verify(folder: pathlib.Path, **options: Any) -> None:
    """Tell whether a results folder is as it was written, and whether its figures come out again.

    All files are hashed, some replications are run again, and the tables are made anew from the replications that are
    kept. Exit code 0: ok; 1: something differs, and it is said what.
    """
    from simulation.experiments.work import Stopped
    from simulation.report.verify import check_files
    from simulation.results.tables.manifest import Damaged, read_manifest

    place = absolute(folder)
    try:
        manifest = read_manifest(place)
    except Damaged as error:
        raise Failed(f"error: {error}: this is no results folder, or a damaged one", INPUT_WRONG) from None
    workers = workers_of(options)
    found = check_files(place, manifest)
    try:
        with at_work(None, {"out": place.parent}):
            _try_again(found, place, manifest, options["replications"], workers)
    except Stopped as stopped:
        raise Failed(f"{str(stopped).capitalize()}. {ANEW}", INTERRUPTED) from None
    if options["as_json"]:
        answer = {
            "ok": not found.differences, "differences": found.differences, "notes": found.notes, "files": found.files,
            "replications_again": found.again, "tables_again": found.tables,
        }  # fmt: skip
        say(json.dumps(answer, ensure_ascii=False))
    else:
        _tell(found, place, manifest, options["lang"])
    sys.exit(DIFFERENT if found.differences else 0)


@click.command()
@click.argument("a", type=click.Path(path_type=pathlib.Path))
@click.argument("b", type=click.Path(path_type=pathlib.Path))
@json_option
def diff(a: pathlib.Path, b: pathlib.Path, as_json: bool) -> None:
    """Tell what differs between two results folders: input, versions, replications, and which outcomes by how much.

    Nothing is run. Exit code 0: nothing differs; 1: something does.
    """
    from simulation.report.apart import apart, apart_text
    from simulation.results.tables.manifest import Damaged

    try:
        found = apart(absolute(a), absolute(b))
    except Damaged as error:
        raise Failed(f"error: {error}: this is no results folder, or a damaged one", INPUT_WRONG) from None
    say(json.dumps(found.as_dict(), ensure_ascii=False) if as_json else apart_text(found))
    sys.exit(DIFFERENT if found.differ else 0)


def _try_again(found: Verified, place: pathlib.Path, manifest: dict[str, Any], size: int, workers: Workers) -> None:
    """Run what was asked again, or say why it cannot be."""
    try:
        _again(found, place, manifest, size, workers)
    except Failed as failed:
        from simulation.report.verify_words import CANNOT

        found.differences.append(CANNOT.filled(why=failed.message.rstrip(".")))


def _again(found: Verified, place: pathlib.Path, manifest: dict[str, Any], size: int, workers: Workers) -> None:
    """Run what was asked again, as far as it can be. Raises Failed where the input cannot be read any more."""
    from simulation.cli.best import asked_of
    from simulation.cli.cba import asked_of as cba_of
    from simulation.cli.sensitivity import study_asked
    from simulation.cli.sweep import grid_of_options
    from simulation.cli.trial import asked_of as trial_of
    from simulation.report import verify_words as text
    from simulation.report.best.text import best_fingerprint
    from simulation.report.economy.text import question_of as question_of_cba
    from simulation.report.economy.verify import check_cba
    from simulation.report.sensitivity.text import sensitivity_fingerprint
    from simulation.report.store import question_of
    from simulation.report.trial.verify import check_trial
    from simulation.report.verify import check_best, check_run, check_sensitivity, check_sweep
    from simulation.results.identity import fingerprint

    request = manifest.get("request")
    if not isinstance(request, dict):
        found.notes.append(text.NOT_OF.filled(commands="run, compare, sweep, best, trial, sensitivity"))
        return
    if not manifest["complete"]:
        found.notes.append(text.NOT_COMPLETE.filled())
        return
    asked = options_of(request, place, {"as_json": True})
    paths = scenarios_of(request, place)
    if request["command"] == "sweep":
        grid = grid_of_options(paths[0], asked)
        question = question_of(asked_draws(asked), asked["uncertain"], "sweep")
        _check_mark(found, place, manifest, [grid.loaded], question)
        check_sweep(found, place, manifest, grid, size, workers)
        return
    if request["command"] == "best":
        designs, goal = asked_of(paths, asked)
        _hold_mark(found, place, manifest, {best_fingerprint(designs, goal)})
        check_best(found, place, manifest, designs, goal, size, workers)
        return
    if request["command"] == "trial":
        plan, _ = trial_of(paths[0], asked)
        _hold_mark(found, place, manifest, {plan.fingerprint()})
        check_trial(found, place, manifest, plan, size, workers)
        return
    if request["command"] == "cba":
        assessment, account, trials = cba_of(paths, asked)
        question = question_of_cba(assessment, account, trials)
        _hold_mark(found, place, manifest, {fingerprint(assessment.loaded, assessment.replications, question)})
        check_cba(found, place, manifest, assessment, account, trials, size)
        return
    if request["command"] == "sensitivity":
        study = study_asked(paths, asked)
        _hold_mark(found, place, manifest, {sensitivity_fingerprint(study.loaded, study.question)})
        check_sensitivity(found, place, manifest, study, size, workers)
        return
    run_alone = request["command"] == "run"
    loaded = load_all(paths, asked, keep_seed_of_first=not run_alone, companions=run_alone)
    if run_alone and (extended := base_for(loaded[0], asked)) is not None and extended.loaded is not None:
        loaded.append(extended.loaded)
    _check_mark(found, place, manifest, loaded, question_of(asked_draws(asked), asked["uncertain"]))
    check_run(found, place, manifest, loaded, request, size, workers)


def _check_mark(
    found: Verified, place: pathlib.Path, manifest: dict[str, Any], loaded: list[Any], question: str
) -> None:
    """The fingerprint is that of the input, if the program is the one that made it."""
    from simulation.results.identity import fingerprint

    asked = manifest["replications"]["asked"]
    _hold_mark(found, place, manifest, {fingerprint(loaded, asked, each) for each in (question, "run")})


def _hold_mark(found: Verified, place: pathlib.Path, manifest: dict[str, Any], marks: set[str]) -> None:
    from simulation.report import verify_words as text
    from simulation.results.identity import program_hash

    if (manifest.get("program") or {}).get("text") != program_hash():
        return
    if manifest["fingerprint"] not in marks:
        found.differences.append(text.OTHER_INPUT.filled(mark=manifest["fingerprint"]))
    if not place.name.startswith(manifest["fingerprint"]):
        found.notes.append(text.OTHER_NAME.filled(mark=manifest["fingerprint"]))


def _tell(found: Verified, place: pathlib.Path, manifest: dict[str, Any], language: Language) -> None:
    from simulation.report import verify_words as text
    from simulation.world.labels import in_language

    for note in found.notes:
        say(text.NOTE.told(language, note=note))
    for sentence in found.differences[:MOST_LINES]:
        say(f"{in_language(sentence, language)}.")
    if len(found.differences) > MOST_LINES:
        say(text.AND_MORE.told(language, count=len(found.differences) - MOST_LINES))
    looked = [text.HASHED.told(language, count=found.files)]
    if found.again:
        asked = manifest["replications"].get("asked")
        looked.append(text.RUN_AGAIN.told(language, numbers=", ".join(map(str, found.again)), asked=asked))
    if found.tables:
        looked.append(text.ANEW.told(language, count=found.tables))
    different = text.DIFFERENCES.told(language, count=len(found.differences))
    verdict = different if found.differences else text.OK.told(language)
    say(text.VERDICT.told(language, verdict=verdict, place=place, looked="; ".join(looked)))
