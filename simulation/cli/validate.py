"""The command `validate`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INTERRUPTED, Failed, say
from simulation.cli.options import DRAWS, executor_option, json_option, quiet_option, workers_option
from simulation.cli.pieces import bar, ready, refuse
from simulation.cli.working import AGAIN, at_work, workers_of

if TYPE_CHECKING:
    from calibration.study import Study

FOLDER = pathlib.Path("calibration/targets")


@click.command()
@click.argument("targets", nargs=-1, type=click.Path(path_type=pathlib.Path))
@click.option("--draws", type=DRAWS, default=100, show_default=True, help="Draws of the parameters.")
@workers_option
@executor_option
@click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"), show_default=True,
              help="Folder for results.")  # fmt: skip
@json_option
@quiet_option
def validate(targets: tuple[pathlib.Path, ...], **options: Any) -> None:
    """Hold fitted models against figures that their fit has not seen; default: every fit of calibration/targets, or of
    what comes with the program."""
    from calibration.validate import held_out, left_out
    from calibration.validation_report import validation_table, validation_text
    from simulation.experiments.work import Stopped
    from simulation.report.answer import rows_of
    from simulation.scenario.files.problems import InputProblems

    began = time.perf_counter()
    studies = _studies(targets)
    workers = workers_of(options)
    ready(options)
    held, left = {}, {}
    try:
        with at_work(options["out"] / "validation", options, AGAIN):
            for study in studies:
                kept = options["out"] / "validation" / f"{study.path.stem}-{_mark(study, options)}-points"
                held[study.path.stem] = held_out(study, options["draws"], workers, bar(options), kept)
                left[study.path.stem] = left_out(study)
    except InputProblems as error:
        refuse(error.problems)
    except Stopped as stopped:
        so_far = f"interrupted after {stopped.done} of {stopped.total} sets of values"
        say(f"Interrupted: {so_far}; run the same command again to go on from there.", err=True)
        sys.exit(INTERRUPTED)
    frame = validation_table(held, left)
    folder = _store(studies, held, left, frame, options)
    for study in studies:
        _forget(options["out"] / "validation" / f"{study.path.stem}-{_mark(study, options)}-points")
    if options["as_json"]:
        say(json.dumps({"figures": rows_of(frame), "results_dir": str(folder)}, ensure_ascii=False))
        return
    say(f"\n{validation_text(held, left)}\n")
    say(f"Table and figures: {folder}")
    say(f"{time.perf_counter() - began:.0f} seconds.")


def _studies(targets: tuple[pathlib.Path, ...]) -> list[Study]:
    """All files of targets that have a fit of their own. Raises Failed with all that is wrong with them."""
    from calibration.read import read_study
    from calibration.validate import fit_of
    from simulation.scenario.files.problems import InputProblems
    from simulation.scenario.files.shipped import TARGETS, located, names
    from simulation.scenario.files.yamlfile import read

    problems, studies = [], []
    files = [located(file, TARGETS) for file in targets] or sorted(FOLDER.glob("*.yaml")) or [*names(TARGETS).values()]
    for file in files:
        try:
            if not targets and "priors" not in read(file).data:
                continue  # reached by another fit, or words alone
            studies.append(read_study(file))
            fit_of(studies[-1])
        except InputProblems as error:
            problems += [problem for problem in error.problems if problem not in problems]
    if problems:
        refuse(problems)
    return studies


def _mark(study: Study, options: dict[str, Any]) -> str:
    from calibration.fitted_file import work_mark
    from simulation.scenario.files.regular import content_of

    draws = content_of(study.fitted.with_suffix(".draws.csv")) if study.fitted else b""
    return work_mark(study, options["draws"], draws)


def _store(
    studies: list[Study], held: dict[str, Any], left: dict[str, Any], frame: Any, options: dict[str, Any]
) -> pathlib.Path:
    from calibration.validation_report import COLUMNS, draw_validation
    from simulation.experiments.executors import at_once
    from simulation.results.identity import fingerprint
    from simulation.results.tables.folder import ResultsDiffer, save

    loaded = [part.loaded for study in studies for part in study.parts]
    question = f"validate {' '.join(_mark(study, options) for study in studies)}"
    made_by = f"jobcentersim, validation, {fingerprint(loaded, options['draws'], question)}, {options['draws']} draws"
    try:
        saved = save(
            options["out"], "validation", loaded, {"validation": frame},
            {"asked": options["draws"], "done": options["draws"]}, {"workers": at_once(workers_of(options))},
            lambda folder: draw_validation(held, left, folder, made_by), question, {"columns": COLUMNS},
        )  # fmt: skip
    except (ResultsDiffer, OSError) as error:
        raise Failed(f"The results could not be stored: {error}") from error
    return saved.folder


def _forget(kept: pathlib.Path) -> None:
    from simulation.experiments.points import discard

    discard(kept)
