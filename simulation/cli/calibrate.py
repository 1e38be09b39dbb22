"""The command `calibrate`."""

from __future__ import annotations

import json
import pathlib
import sys
import time
from typing import TYPE_CHECKING, Any

import click

from simulation.cli.console import INPUT_WRONG, INTERRUPTED, Failed, say
from simulation.cli.options import anyway_option, executor_option, json_option, quiet_option, workers_option
from simulation.cli.pieces import bar, foresee, ready, refuse
from simulation.cli.working import AGAIN, at_work, workers_of

if TYPE_CHECKING:
    from calibration.fit import Fitted
    from calibration.study import Study


@click.command()
@click.argument("targets", type=click.Path(path_type=pathlib.Path))
@click.option("--method", type=click.Choice(["posterior", "point"]), default="posterior", show_default=True,
              help="point: a first look, which writes no fitted values.")  # fmt: skip
@click.option("--replications", type=click.IntRange(2, 10_000),
              help="Replications of each set of values; default: the file's.")  # fmt: skip
@workers_option
@executor_option
@click.option("--to", type=click.Path(path_type=pathlib.Path), help="File of fitted values; default: as TARGETS says.")
@click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"), show_default=True,
              help="Folder in which unfinished work is kept.")  # fmt: skip
@json_option
@quiet_option
@anyway_option
def calibrate(targets: pathlib.Path, **options: Any) -> None:
    """Fit parameters to the published figures of a file of targets, with their uncertainty."""
    from calibration.fitted_file import fitted_data, work_mark, write_fitted
    from calibration.read import read_study
    from calibration.text import fitted_text
    from simulation.experiments.executors import at_once
    from simulation.scenario.files.problems import InputProblems

    began = time.perf_counter()
    try:
        study = read_study(targets)
    except InputProblems as error:
        refuse(error.problems)
    target = options["to"] or study.fitted
    if options["method"] == "posterior":
        _check_target(target, targets, options["to"] is not None)
    for part in study.parts:  # a set of values is simulated in one batch
        batch = options["replications"] or part.file.replications
        foresee([part.loaded], {**options, "replications": batch, "batch": batch}, times=at_once(workers_of(options)))
    ready(options)
    mark = work_mark(study, options["method"], options["replications"])
    kept = options["out"] / "calibration" / f"{targets.stem}-{mark}-points"
    fitted = _fit(study, options, kept)
    written = target if options["method"] == "posterior" else None
    if written is not None:
        try:
            write_fitted(fitted, written)
        except OSError as error:
            raise Failed(f"The fitted values could not be written: {error}") from error
    _forget(kept)
    seconds = time.perf_counter() - began
    if options["as_json"]:
        where = None if written is None else str(written)
        answer = {**fitted_data(fitted), "file": where, "seconds": round(seconds, 2), "resumed": fitted.resumed}
        say(json.dumps(answer, ensure_ascii=False))
        return
    say(f"\n{fitted_text(fitted)}\n")
    say(f"Fitted values: {written}" if written else "A first look: no fitted values were written.")
    again = f" ({fitted.resumed} sets of values were there from an earlier call)" if fitted.resumed else ""
    say(f"{seconds:.0f} seconds{again}.")


def _check_target(target: pathlib.Path | None, targets: pathlib.Path, own: bool) -> None:
    """Raise Failed, before the work and not after it, if the fitted values could not be written. `own`: the file is one
    that the user has named."""
    from simulation.scenario.files.fitted import read_fit
    from simulation.scenario.files.problems import InputProblems
    from simulation.scenario.files.shipped import PREFIX

    message = ""
    if not own and targets.as_posix().startswith(PREFIX):
        message = f"{targets}: fitted values that come with the program are not overwritten; give --to FILE"
    elif target is None:
        message = f"{targets}: missing key 'fitted', and no --to FILE is given"
    elif target.is_dir():
        message = f"{target}: this is a directory, not a file"
    elif target.exists():
        try:
            read_fit(target)
        except InputProblems:
            message = f"{target}: this is no file of fitted values, so it is not overwritten"
    if message:
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)


def _fit(study: Study, options: dict[str, Any], kept: pathlib.Path) -> Fitted:
    from calibration.fit import NotMeasured
    from calibration.fit import calibrate as fit
    from simulation.experiments.work import Stopped

    try:
        with at_work(kept, options, AGAIN):
            try:
                return fit(study, options["method"], workers_of(options), options["replications"], bar(options), kept)
            except NotMeasured as error:
                raise Failed(
                    f"error: {study.path}: target '{error}' is measured in no replication of some set of values; a "
                    "longer run, more persons or narrower priors may help",
                    INPUT_WRONG,
                ) from None
    except Stopped as stopped:
        say(
            f"Interrupted: {stopped.done} of {stopped.total} sets of values are finished and kept in {kept}.", err=True
        )
        say(AGAIN, err=True)
        sys.exit(INTERRUPTED)


def _forget(kept: pathlib.Path) -> None:
    from simulation.experiments.points import discard

    discard(kept)
