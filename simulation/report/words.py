"""Figures and rows as text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.results.intervals import Estimate
from simulation.results.names import Names

MOST_DECIMALS = 4
SKEWED = 1.2
"""An interval whose longer side is so many times the shorter one is shown by its ends."""
WIDTH = 116
"""Columns of running text."""
LARGE = 10_000
"""Numbers from here on are shown without decimals, in groups of three digits."""


def label(outcome: str, names: Names) -> str:
    """An outcome with its unit."""
    text, unit = names.write(outcome), names.unit(outcome)
    return f"{text} (%)" if unit == "share" else f"{text} ({unit})" if unit not in text else text


def error_note(replications: int, what: str) -> str:
    """What ± is in a table of so many replications: `what`, in words; of one replication there is none."""
    if replications == 1:
        return "Of one replication, so that luck was not measured: by other luck any of it may be otherwise."
    return f"± or [ ] is {what}."


def counted(replications: int) -> str:
    """Such as "1 replication" or "20 replications"."""
    return f"{replications} replication{'s' if replications != 1 else ''}"


def with_interval(unit: str, e: Estimate, difference: bool = False) -> str:
    """A mean in this unit ± its simulation error, or with the ends of its interval where it is skewed; of how many
    replications, where some do not have it; and what is known where there is no number."""
    text = _alone(unit, e, difference)
    if not 0 < e.n < e.of:
        return text
    known = "reached in" if not math.isnan(e.beyond) else "in" if not math.isnan(e.value) else "known in"
    return f"{text} ({known} {e.n} of {e.of})"


def _alone(unit: str, e: Estimate, difference: bool) -> str:
    if math.isnan(e.value):
        return "–" if math.isnan(e.beyond) else f"beyond {e.beyond:g}"
    if not math.isnan(e.beyond):
        return f"{number(unit, e.value)} {span(unit, e.low, e.high, beyond=e.beyond)}"
    if math.isnan(e.low) or e.low == e.high:
        return number(unit, e.value, difference)
    below, above = e.value - e.low, e.high - e.value
    digits = decimals(unit, (e.high - e.low) / 2)
    shown = number(unit, e.value, difference, digits)
    if max(below, above) > SKEWED * min(below, above):
        return f"{shown} {span(unit, e.low, e.high, difference)}"
    return f"{shown} ± {number(unit, (below + above) / 2, digits=digits)}"


def span(unit: str, low: float, high: float, difference: bool = False, beyond: float = math.nan) -> str:
    """The ends of an interval, with as many digits as tell them apart; of one with a horizon, an end that is not
    reached lies beyond it."""
    if math.isnan(beyond) and (math.isnan(low) or math.isnan(high)):
        return "–"
    open_end = f"beyond {beyond:g}"
    digits = decimals(unit, (high - low) / 2)
    ends = [open_end if math.isnan(end) else number(unit, end, difference, digits) for end in (low, high)]
    return f"[{', '.join(ends)}]"


def decimals(unit: str, half: float) -> int:
    """Decimals that a figure needs for half its interval to be seen."""
    shown = abs(half) * (100 if unit == "share" else 1)
    if math.isnan(shown) or shown == 0:
        return 1
    return min(max(-math.floor(math.log10(shown)), 1), MOST_DECIMALS)


def number(unit: str, value: float, difference: bool = False, digits: int | None = None) -> str:
    """A figure in this unit; shares in %. Without `digits` as many as tell a small figure from nothing."""
    if math.isnan(value):
        return "–"
    shown = value * 100 if unit == "share" else value
    if digits is None:
        small = 0 < abs(shown) < 0.05
        digits = min(-math.floor(math.log10(abs(shown))), MOST_DECIMALS) if small else 1
    text = f"{shown:,.0f}" if abs(shown) >= LARGE else f"{shown:.{digits}f}"
    if float(text.replace(",", "")) == 0:
        return "0.0"
    return f"+{text}" if difference and value > 0 else text.replace("-", "−")


def grid(rows: Sequence[Sequence[str]]) -> str:
    """Rows as text in columns; the first column to the left, figures to the right, a line under the head."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    last = len(widths) - 1
    left = {0, 1, last} if rows[0][0] == "" else {0, last}

    def line(row: Sequence[str]) -> str:
        cells = [
            cell.ljust(w) if c in left else cell.rjust(w) for c, (cell, w) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join([line(rows[0]), "─" * (sum(widths) + 2 * last), *(line(row) for row in rows[1:])])
