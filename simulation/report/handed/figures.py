"""The pictures of the two pages."""

from __future__ import annotations

import pathlib
import tempfile

from simulation.experiments.swept import Swept
from simulation.report.findings import Findings
from simulation.world.labels import Language

DPI = 150
SWEPT = "outcomes*.png"


def differences_picture(findings: Findings, made_by: str) -> bytes | None:
    """The differences of the headline, sorted, with their numbers; None where there are none."""
    return _picture(findings, "differences", made_by)


def staff_picture(findings: Findings, made_by: str) -> bytes | None:
    """Caseload and waiting by week, with the limit; None where no team takes cases."""
    return _picture(findings, "caseload_and_waiting", made_by)


def _picture(findings: Findings, name: str, made_by: str) -> bytes | None:
    from simulation.report.figures.figures import draw_figure

    made = draw_figure(findings.ran, name, findings.language)
    return None if made is None else made.png(DPI)


def swept_picture(swept: Swept, language: Language, made_by: str) -> bytes | None:
    """The first figure of a sweep; None where nothing moves."""
    from simulation.report.sweep.figures import draw_sweep

    with tempfile.TemporaryDirectory() as folder:
        draw_sweep(swept, pathlib.Path(folder), made_by)
        found = sorted(pathlib.Path(folder).glob(SWEPT))
        return found[0].read_bytes() if found else None
