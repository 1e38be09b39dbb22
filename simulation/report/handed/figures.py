"""The pictures of the two pages."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from simulation.experiments.swept import Swept
from simulation.report.findings import Findings
from simulation.report.handed.blocks import Picture
from simulation.report.wording import Wording
from simulation.world.labels import Language

if TYPE_CHECKING:
    from simulation.report.figures.drawing import Picture as Drawn

DPI, MOST_PANELS = 150, 4


def differences_picture(findings: Findings) -> Picture | None:
    """The differences of the headline, sorted, with their numbers; where there are none, who has left by when. None
    where neither can be drawn."""
    return _drawn(findings, "differences") or _drawn(findings, "incidence")


def staff_picture(findings: Findings) -> Picture | None:
    """Caseload and waiting by week, with the limit; None where no team takes cases."""
    return _drawn(findings, "caseload_and_waiting")


def _drawn(findings: Findings, name: str) -> Picture | None:
    from simulation.report.figures.figures import draw_figure

    return _picture(draw_figure(findings.ran, name, findings.language))


def swept_picture(swept: Swept, language: Language) -> Picture | None:
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
        return _picture(draw(sheet, Wording(swept.grid.names, language), figures[:MOST_PANELS], False))


def _picture(made: Drawn | None) -> Picture | None:
    """With its title as the words that stand for it."""
    return None if made is None else Picture(made.png(DPI), made.title)
