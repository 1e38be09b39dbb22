"""The pictures of the two pages."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from simulation.experiments.swept import Swept
from simulation.report.findings import Findings
from simulation.report.wording import Wording
from simulation.world.labels import Language

if TYPE_CHECKING:
    from simulation.report.figures.drawing import Picture

DPI, MOST_PANELS = 150, 4


def differences_picture(findings: Findings) -> bytes | None:
    """The differences of the headline, sorted, with their numbers; None where there are none."""
    return _picture(findings, "differences")


def staff_picture(findings: Findings) -> bytes | None:
    """Caseload and waiting by week, with the limit; None where no team takes cases."""
    return _picture(findings, "caseload_and_waiting")


def _picture(findings: Findings, name: str) -> bytes | None:
    from simulation.report.figures.figures import draw_figure

    return _png(draw_figure(findings.ran, name, findings.language))


def swept_picture(swept: Swept, language: Language) -> bytes | None:
    """The figures that matter most over the first two keys that were tried; None where nothing moves."""
    from simulation.report.figures.drawing import in_style
    from simulation.report.sweep.figures import MOST_LINES, chosen, draw_lines
    from simulation.report.sweep.maps import draw_map
    from simulation.report.sweep.sheets import Sheet, varying

    figures, _ = chosen(swept)
    if not figures:
        return None
    further = varying(swept)[2:]
    combination = next(iter(product(*(swept.grid.axes[key] for key in further))))
    sheet = Sheet(swept, dict(zip(further, combination, strict=True)), "")
    draw = draw_map if len(sheet.second) > MOST_LINES else draw_lines
    with in_style():
        return _png(draw(sheet, Wording(swept.grid.names, language), figures[:MOST_PANELS], False))


def _png(made: Picture | None) -> bytes | None:
    return None if made is None else made.png(DPI)
