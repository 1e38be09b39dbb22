"""The table of a first screen."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.report.findings import Findings
from simulation.report.heads import NARROWEST_LABEL, cut_to
from simulation.report.rows import Row, arms_of, beyond
from simulation.report.sentences import level_text
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.world.labels import Label

DIFFERENCE = Label("difference [95 %]", "forskel [95 %]")
LEVEL, PUBLISHED = Label("[95 %]", "[95 %]"), Label("published", "offentliggjort")
SAME = "≈"
UNMEASURED = Label("{same}: no measurable difference", "{same}: ingen målbar forskel")
LEFT_OUT = "…"
"""The head of columns for which there is no room."""


def table_of(findings: Findings, rows: Sequence[Row], width: int) -> list[str]:
    """The rows in columns, beneath their heads; where there is no room labels are cut, then differences of several
    scenarios are left out (a level that does not differ measurably from the base's is not shown), then columns."""
    words, titles = findings.wording, _titles(findings)
    cells = [_cells(findings, row) for row in rows]
    if len(findings.columns) > 2 and _narrowest([titles, *cells]) > width:
        titles, cells = _narrow(findings, rows, titles, width)
    if any(printed := [_published(findings, row) for row in rows]):
        cells = [[*each, text] for each, text in zip(cells, printed, strict=True)]
        titles = [*titles, words.say(PUBLISHED)]
    widths = [max(len(row[c]) for row in [titles, *cells]) for c in range(len(titles))]
    labels = [_label(findings, row) for row in rows]
    first = min(max(map(len, labels), default=0), max(width - sum(each + 2 for each in widths), NARROWEST_LABEL))
    note = words.say(UNMEASURED, same=SAME)
    unmeasured = len(note) <= first and any(SAME in cell for each in cells for cell in each)
    lines = [[note if unmeasured else "", *titles]]
    lines += [[cut_to(text, first), *each] for text, each in zip(labels, cells, strict=True)]
    return [line_of(line, [first, *widths]) for line in lines]


def _narrowest(table: Sequence[Sequence[str]]) -> int:
    """Columns of the screen that a table takes whose labels are cut as far as they may be."""
    return NARROWEST_LABEL + sum(max(map(len, column)) + 2 for column in zip(*table, strict=True))


def _narrow(
    findings: Findings, rows: Sequence[Row], titles: Sequence[str], width: int
) -> tuple[list[str], list[list[str]]]:
    """Levels alone, of as many columns as there is room for: the first ones, and those that move the most."""
    cells = [
        [_level(findings, row, column) for column in range(len(row.levels))]
        + [""] * (len(findings.columns) - len(row.levels))
        for row in rows
    ]
    held = next((row.differences.index(None) for row in rows if len(row.levels) == len(titles)), 0)
    wanted = list(dict.fromkeys([held, *(row.most for row in rows if row.moved), *range(len(titles))]))
    for count in range(len(titles), 1, -1):
        shown = sorted(wanted[:count])
        left_out = [LEFT_OUT] if count < len(titles) else []
        head = [*(titles[column] for column in shown), *left_out]
        lines = [[*(each[column] for column in shown), *("" for _ in left_out)] for each in cells]
        if _narrowest([head, *lines]) <= width:
            break
    return head, lines


def _level(findings: Findings, row: Row, column: int) -> str:
    e = row.differences[column]
    unmeasured = e is not None and not beyond(e) and not math.isnan(e.low)
    return SAME if unmeasured else level_text(findings.wording, row, column)


def line_of(row: Sequence[str], widths: Sequence[int]) -> str:
    """A line of a table: the first cell to the left, all others to the right."""
    cells = [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _label(findings: Findings, row: Row) -> str:
    text, of = findings.wording.figure(row.figure), findings.of(row)
    return f"{text} ({of})" if of else text


def _titles(findings: Findings) -> list[str]:
    words, heads = findings.wording, findings.heads.names
    return [words.say(LEVEL)] if len(heads) == 1 else [*heads, words.say(DIFFERENCE)] if len(heads) == 2 else [*heads]


def _cells(findings: Findings, row: Row) -> list[str]:
    words, unit = findings.wording, row.unit
    if len(findings.columns) == 1:
        return [words.estimate(unit, row.levels[0])]
    levels = [level_text(words, row, column) for column in range(len(row.levels))]
    if len(findings.columns) == 2:
        if len(levels) == 1:  # of everybody alone, though arms stand in columns
            return [*levels, "", ""]
        difference = next(iter(row.known), None)
        return [*levels, "–" if difference is None else words.estimate(unit, difference, True)]
    cells = [
        level if e is None else f"{level} ({_short(words, unit, e)})"
        for level, e in zip(levels, row.differences, strict=True)
    ]
    return [*cells, *[""] * (len(findings.columns) - len(cells))]


def _short(words: Wording, unit: str, e: Estimate) -> str:
    if math.isnan(e.value):
        return "–"
    if not beyond(e) and not math.isnan(e.low):
        return SAME
    short = words.number(unit, e.value, True, 1)
    return short if short.strip("+−") != words.number(unit, 0.0, True, 1) else words.alone(unit, e, True)


def _published(findings: Findings, row: Row) -> str:
    """The published figures of the arms of a scenario that was run alone, or of everybody."""
    if not findings.alone:
        return ""
    groups = [group.among(row.figure.group) for group in arms_of(findings.results[0])]
    found = [findings.published.get(row.figure._replace(group=group), "") for group in groups]
    return " / ".join(text or "–" for text in found) if any(found) else findings.published.get(row.figure, "")
