"""Figures and rows as text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from simulation.results.intervals import Estimate, t_quantile
from simulation.results.names import Names

LARGE = 10_000
"""Numbers from here on are shown without decimals, in groups of three digits."""


def label(outcome: str, names: Names) -> str:
    """An outcome with its unit."""
    text, unit = names.write(outcome), names.unit(outcome)
    return f"{text} (%)" if unit == "share" else f"{text} ({unit})" if unit not in text else text


def with_interval(unit: str, e: Estimate, difference: bool = False) -> str:
    """A mean in this unit ± its simulation error."""
    if math.isnan(e.value):
        return "–"
    if math.isnan(e.low):
        return number(unit, e.value, difference)
    half = t_quantile(e.n - 1) * e.sd / math.sqrt(e.n)
    return f"{number(unit, e.value, difference)} ± {number(unit, half)}"


def number(unit: str, value: float, difference: bool = False) -> str:
    """A figure in this unit; shares in %."""
    if math.isnan(value):
        return "–"
    shown = value * 100 if unit == "share" else value
    text = f"{shown:,.0f}" if abs(shown) >= LARGE else f"{shown:.1f}"
    if text in ("-0.0", "0.0"):
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
