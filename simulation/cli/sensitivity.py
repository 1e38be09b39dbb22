"""The command `sensitivity`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INTERRUPTED, Failed, say
from simulation.cli.first import aside_of
from simulation.cli.options import REPLICATIONS, asked_options
from simulation.cli.pieces import bar, begin, foresee, kept_draws, load_all, refuse
from simulation.cli.working import GO_ON, at_work, cannot_keep, workers_of

if TYPE_CHECKING:
    from simulation.experiments.sensitivity.found import Found
    from simulation.experiments.sensitivity.points import Study
    from simulation.results.tables.folder import Saved
    from simulation.results.tables.unfinished import Unfinished
    from simulation.scenario.load import Loaded

ASKED = ("of", "samples", "each", "by", "switch")
"""Options that say what is asked."""
NO_DRAWS = {"uncertain": False, "draws": None}
"""What is drawn is counted with all else."""


@click.command()
@click.argument("scenario", type=click.Path(path_type=pathlib.Path))
@click.argument("other", required=False, type=click.Path(path_type=pathlib.Path))
@click.option("--of", required=True, metavar="NAME[:GROUP]",
              help="The outcome; with two scenarios the difference of OTHER from SCENARIO.")  # fmt: skip
@click.option("--samples", type=click.IntRange(0), metavar="N",
              help="Rows of the sample for shares of variance, a power of 2; 0: none; default: 64.")  # fmt: skip
@click.option("--each", type=REPLICATIONS, help="Replications of every point of that sample; default: 2.")
@click.option("--by", type=click.Choice(["value", "part", "kind"]), default="value", show_default=True,
              help="Whose shares: each number's, those of parts, or of fitted, evidence and assumed.")  # fmt: skip
@click.option("--switch", multiple=True, metavar="KEY=VALUE",
              help="Try the answer with a key set otherwise, too; may be repeated.")  # fmt: skip
@click.option("--replications", type=REPLICATIONS,
              help="Of every number at its ends; default: as the scenario says.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Tell what it would take, and run and write nothing.")
@asked_options
def sensitivity(scenario: pathlib.Path, other: pathlib.Path | None, **options: Any) -> None:
    """Tell on which assumption an answer hangs.

    Every number that has a range, an error or a fit is set to both of its ends (a tornado), every mechanism is left
    out that can be, and a sample of all together tells whose the variance of the answer is (Sobol' indices).
    """
    from simulation.report.sensitivity.screen import sensitivity_screen
    from simulation.report.sensitivity.text import sensitivity_answer, sensitivity_fingerprint, sensitivity_name

    began = time.perf_counter()
    study = study_asked([scenario, *([] if other is None else [other])], options)
    question, loaded = study.question, list(study.loaded)
    times = -(-study.replications // question.replications)
    foresee(loaded[:1], {**options, "replications": question.replications, **NO_DRAWS}, times)
    mark = sensitivity_fingerprint(loaded, question)
    request = {key: list(value) if isinstance(value := options[key], tuple) else value for key in ASKED}
    unfinished = begin("sensitivity", sensitivity_name(loaded), mark, loaded, loaded, options, request)
    found = _simulate(study, options, unfinished)
    saved = _store(found, options, unfinished)
    if options["as_json"]:
        seconds = {"simulate": round(found.seconds, 4), "total": round(time.perf_counter() - began, 4)}
        facts = {"scenario": loaded[-1].scenario.name, "fingerprint": mark, "results_dir": str(saved.folder),
                 "seconds": seconds, "complete": True}  # fmt: skip
        say(json.dumps({**facts, **sensitivity_answer(found)}, ensure_ascii=False))
        return
    say(sensitivity_screen(found, options["lang"], aside_of(saved, options, 0), options["in_full"]))


def study_asked(scenarios: list[pathlib.Path], options: dict[str, Any]) -> Study:
    """What is to be simulated. Raises Failed with all that is wrong."""
    from simulation.experiments.sensitivity.asked import question_of
    from simulation.experiments.sensitivity.points import study_of
    from simulation.scenario.files.problems import InputProblems

    loaded: list[Loaded] = load_all(scenarios, options, keep_seed_of_first=True)
    try:
        return study_of(loaded, question_of(loaded, options))
    except InputProblems as error:
        refuse(list(error.problems))


def _simulate(study: Study, options: dict[str, Any], unfinished: Unfinished) -> Found:
    from simulation.experiments.sensitivity.running import sensitivity_of
    from simulation.experiments.work import Stopped

    try:
        with at_work(unfinished.folder, options):
            return sensitivity_of(study, workers_of(options), bar(options), unfinished.folder / "draws")
    except Stopped as stopped:
        say(f"Interrupted: {stopped.done:,} of {stopped.total:,} points are finished and kept in {unfinished.folder}.",
            err=True)  # fmt: skip
        say(GO_ON, err=True)
        sys.exit(INTERRUPTED)


def _store(found: Found, options: dict[str, Any], unfinished: Unfinished) -> Saved:
    from simulation.experiments.executors import at_once
    from simulation.report.sensitivity.text import store_sensitivity
    from simulation.results.tables.folder import Keeping, ResultsDiffer

    facts = {"seconds": round(found.seconds, 3), "workers": at_once(workers_of(options))}
    keeping = Keeping(unfinished, options["request"], kept_draws(unfinished), options["locale"])
    try:
        saved = store_sensitivity(found, facts, keeping, options["lang"])
    except ResultsDiffer as error:
        raise Failed(f"The results could not be stored: {error}") from error
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    unfinished.discard()
    return saved
