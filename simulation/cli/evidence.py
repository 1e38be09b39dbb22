"""The command `evidence`."""

from __future__ import annotations

import json
import pathlib

import click

from simulation.cli.console import UNHEARD, Failed, say
from simulation.cli.options import json_option
from simulation.cli.pieces import refuse


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=pathlib.Path))
@click.option("--out", type=click.Path(path_type=pathlib.Path), default=pathlib.Path("results"), show_default=True,
              help="Folder for results.")  # fmt: skip
@click.option("--fitted", type=click.Path(path_type=pathlib.Path), help="Write the synthesis here as well.")
@json_option
def evidence(file: pathlib.Path | None, out: pathlib.Path, fitted: pathlib.Path | None, as_json: bool) -> None:
    """Put together what published studies say of every effect; default: the evidence that comes with the program."""
    from calibration.evidence.forest import draw_forests
    from calibration.evidence.read import EVIDENCE, read_evidence
    from calibration.evidence.tables import effects_table, sensitivity_table, studies_table, synthesis_text, text
    from calibration.synthesised import effects_of
    from simulation.report.answer import rows_of
    from simulation.scenario.files.problems import InputProblems

    try:
        read = read_evidence(file or EVIDENCE)
    except InputProblems as error:
        refuse(error.problems)
    effects = effects_of(read)
    table, folder = effects_table(effects), out / "evidence"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in (("effects", table), ("sensitivity", sensitivity_table(effects)),
                            ("studies", studies_table(read))):  # fmt: skip
            frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")
        for place in [folder / "synthesis.yaml", *([fitted] if fitted else [])]:
            place.write_text(synthesis_text(read, effects), encoding="utf-8", newline="\n")
        draw_forests(read, effects, folder, f"jobcentersim, evidence of {read.date}")
    except OSError as error:
        raise Failed(f"The results could not be stored: {error}", UNHEARD) from error
    if as_json:
        say(json.dumps({"effects": rows_of(table), "results_dir": str(folder)}, ensure_ascii=False))
        return
    say(f"\n{text(effects)}\n")
    say(f"Tables, forest plots and the synthesis: {folder}")
