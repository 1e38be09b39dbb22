"""The pictures of the two pages."""

from __future__ import annotations

from simulation.report.findings import Findings


def differences_picture(findings: Findings, made_by: str) -> bytes | None:
    """The differences of the headline, sorted, with their numbers; None where there are none."""
    return None


def staff_picture(findings: Findings, made_by: str) -> bytes | None:
    """Caseload and waiting by week, with the limit; None where no team takes cases."""
    return None
