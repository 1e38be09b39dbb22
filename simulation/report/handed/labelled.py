"""What a row of findings is called in a report."""

from __future__ import annotations

from simulation.report.findings import Findings
from simulation.report.rows import Row


def row_label(findings: Findings, row: Row) -> str:
    """What a row is of, with whom where that is to be said."""
    wording, group = findings.wording, row.figure.group
    text = wording.figure(row.figure)
    if (group.kind == "alle" and group == group.whole) and not findings.of(row):
        return text
    whom = findings.group(group)
    return text if whom.casefold() in text.casefold() else f"{text} ({whom})"
