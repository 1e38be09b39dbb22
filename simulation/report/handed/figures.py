"""The pictures of the two pages."""

from __future__ import annotations

from simulation.experiments.swept import Swept
from simulation.report.findings import Findings
from simulation.world.labels import Language


def differences_picture(findings: Findings, made_by: str) -> bytes | None:
    """The differences of the headline, sorted, with their numbers; None where there are none."""
    return None


def staff_picture(findings: Findings, made_by: str) -> bytes | None:
    """Caseload and waiting by week, with the limit; None where no team takes cases."""
    return None


def swept_picture(swept: Swept, language: Language, made_by: str) -> bytes | None:
    """The first figure of a sweep; None where nothing moves."""
    return None
