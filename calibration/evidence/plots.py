"""All plots of the evidence in one folder, with their captions; those of an earlier run go first."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from calibration.evidence.forest import draw_forests
from calibration.evidence.schema import EvidenceFile
from calibration.evidence.validation import draw_validation
from calibration.left_out_families import FromOthers
from calibration.synthesised import Effect
from simulation.report.figures.drawing import Album

PLOTS = ("forest_*.png", "predicted_from_others.png")


def draw_plots(
    file: EvidenceFile, effects: Sequence[Effect], rows: Sequence[FromOthers], folder: pathlib.Path
) -> None:
    """Forest plots of the effects, and the figures that are predicted. Raises OSError."""
    for older in [path for plots in PLOTS for path in folder.glob(plots)]:
        older.unlink()
    album = Album(folder, f"jobcentersim, evidence of {file.date}")
    draw_forests(file, effects, album)
    draw_validation(rows, album)
    album.close()
