"""The command `evidence`."""

from __future__ import annotations

import json
import pathlib

import click

from simulation.cli.console import INPUT_WRONG, Failed, say
from simulation.cli.options import json_option
from simulation.cli.pieces import refuse


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=pathlib.Path))
@click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"), show_default=True,
              help="Folder for results.")  # fmt: skip
@click.option("--fitted", type=click.Path(path_type=pathlib.Path),
              help="Write the synthesis to this file as well; an older one is overwritten.")  # fmt: skip
@json_option
def evidence(file: pathlib.Path | None, out: pathlib.Path, fitted: pathlib.Path | None, as_json: bool) -> None:
    """Put together what published studies say of every effect; default: the evidence that comes with the program."""
    import pandas as pd

    from calibration.evidence.plots import draw_plots
    from calibration.evidence.read import EVIDENCE, read_evidence
    from calibration.evidence.tables import effect_rows, sensitivity_table, studies_table, synthesis_text, text
    from calibration.evidence.validation import validation_table, validation_text
    from calibration.left_out_families import predictions
    from calibration.synthesised import effects_of
    from simulation.report.answer import rows_of
    from simulation.results.tables.csvs import csv_text
    from simulation.results.whole import write_whole
    from simulation.scenario.files.problems import InputProblems

    _check_target(fitted)
    try:
        read = read_evidence(file or EVIDENCE)
    except InputProblems as error:
        refuse(error.problems)
    effects = effects_of(read)
    rows, folder = effect_rows(effects), out / "evidence"
    foretold = predictions(read)
    left_out = validation_table(read, foretold)
    synthesis = synthesis_text(read, effects, rows).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in (("effects", pd.DataFrame(rows)), ("sensitivity", sensitivity_table(effects)),
                            ("studies", studies_table(read)), ("validation", left_out)):  # fmt: skip
            write_whole(folder / f"{name}.csv", csv_text(frame).encode())
        for place in [folder / "synthesis.yaml", *([fitted] if fitted else [])]:
            write_whole(place, synthesis)
        draw_plots(read, effects, foretold.rows, folder)
    except OSError as error:
        raise Failed(f"The results could not be stored: {error}") from error
    if as_json:
        answer = {"effects": rows, "left_out": rows_of(left_out), "results_dir": str(folder)}
        say(json.dumps(answer, ensure_ascii=False))
        return
    say(f"\n{text(effects, rows)}\n\nEvery figure, predicted from the other families\n\n{validation_text(foretold)}\n")
    say(f"Tables, plots and the synthesis: {folder}")


def _check_target(target: pathlib.Path | None) -> None:
    """Raise Failed, before the work and not after it, if the synthesis could not be written or is no older one."""
    from calibration.evidence.tables import HEADER
    from simulation.scenario.files.regular import content_of

    if target is None:
        return
    message = ""
    if target.is_dir():
        message = f"{target}: this is a directory, not a file"
    elif target.exists():
        try:
            begins = content_of(target)[: len(HEADER)] if target.is_file() else b""
        except OSError as error:
            message = f"{target}: {error.strerror}"
        else:
            message = "" if begins == HEADER.encode() else f"{target}: this is no synthesis, so it is not overwritten"
    elif not target.parent.is_dir():
        message = f"{target.parent}: there is no such folder"
    if message:
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)
