"""Differences of several scenarios from the base as one drawing that has room on page 1: a strip for each figure, in it
a line for each scenario, by its letter. SVG, so letters stay letters at any size, and in grey."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from simulation.report.findings import Findings
from simulation.report.handed.blocks import Drawing
from simulation.report.handed.labelled import row_label
from simulation.report.rows import Row, beyond, rounding
from simulation.results.intervals import Estimate
from simulation.world.labels import Label

POINTS = Label("percentage points", "procentpoint")
APART = Label("difference from {base}, {unit}", "forskel fra {base}, {unit}")
KEY = Label(
    "Filled: the interval does not hold 0. Line: 95 % interval of the simulation.",
    "Udfyldt: intervallet indeholder ikke 0. Streg: simuleringens 95 %-interval.",
)
WIDTH, LEFT, RIGHT, LANE, GAP, AXIS, FOOT = 182.0, 66.0, 8.0, 2.3, 1.7, 7.4, 3.4
"""Millimetres: the whole, labels, room beside lines; a line, the room between strips, an axis, the key."""
MOST_HEIGHT, MOST_TICKS, LONGEST = 78.0, 5, 46


def strips(findings: Findings) -> Drawing | None:
    """The first row of the headline and those that differ the most, as many as there is room for, by unit; None where
    nothing is known to differ."""
    rows = [row for row in findings.headline if all(map(_known, row.known)) and not all(map(rounding, row.known))]
    if not rows:
        return None
    chosen = [rows[0], *sorted(rows[1:], key=lambda row: -row.size)]
    while len(chosen) > 1 and _whole(chosen) > MOST_HEIGHT:
        chosen.pop()
    parts, y = list[str](), 1.0
    for unit in dict.fromkeys(row.unit for row in chosen):
        drawn, y = _panel(findings, unit, [row for row in chosen if row.unit == unit], y)
        parts += drawn
    parts.append(_text(LEFT, y + FOOT - 1, findings.wording.say(KEY), 2.1))
    height = y + FOOT
    svg = f'<svg viewBox="0 0 {WIDTH:g} {height:.1f}" role="img">{"".join(parts)}</svg>'
    return Drawing(svg)


def _whole(rows: Sequence[Row]) -> float:
    """Millimetres that these rows take."""
    return sum(map(_height, rows)) + AXIS * len({row.unit for row in rows}) + FOOT


def _panel(findings: Findings, unit: str, rows: Sequence[Row], top: float) -> tuple[list[str], float]:
    """The strips of one unit with their axis; and where the next one begins."""
    factor = 100.0 if unit == "share" else 1.0
    ends = [end * factor for row in rows for e in row.known if _known(e) for end in _ends(e)]
    low, high = min(0.0, *ends), max(0.0, *ends)
    margin = 0.04 * (high - low)
    low, high = low - margin, high + margin

    def x(value: float) -> float:
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    parts, y = list[str](), top
    names = findings.heads.names
    bottom = top + sum(_height(row) for row in rows)
    for tick in _ticks(low, high):
        parts.append(_line(x(tick), top, x(tick), bottom, "#bbb" if tick else "#333", 0.2))
        number = findings.wording.number("", tick, bool(tick), _digits(tick))
        parts.append(_text(x(tick), bottom + 2.6, number, 2.1, "middle"))
    for row in rows:
        for part, line in enumerate(_in_lines(row_label(findings, row))):
            parts.append(_text(LEFT - 2, y + 2.2 + 2.7 * part, line, 2.5, "end"))
        for n, e in enumerate(row.differences):
            if e is None or not _known(e):
                continue
            y += LANE
            ends_of = [x(end * factor) for end in _ends(e)]
            parts.append(_line(ends_of[0], y, ends_of[1], y, "#111", 0.35))
            parts.append(_dot(x(e.value * factor), y, "#111" if beyond(e) else "#fff"))
            parts.append(_text(max(ends_of) + 1.3, y + 0.8, names[n], 2.2))
        y += GAP + 0.6
    words = findings.wording
    named = words.say(POINTS) if unit == "share" else words.of_unit(unit)
    parts.append(_text(LEFT, bottom + 5.4, words.say(APART, base=names[0], unit=named), 2.2))
    return parts, bottom + AXIS


def _height(row: Row) -> float:
    return LANE * sum(1 for e in row.known if _known(e)) + GAP + 0.6


def _known(e: Estimate | None) -> bool:
    return e is not None and math.isfinite(e.value)


def _ends(e: Estimate) -> tuple[float, float]:
    """The ends of the interval; the mean where there is none."""
    return (e.value, e.value) if math.isnan(e.low) or math.isnan(e.high) else (e.low, e.high)


def _ticks(low: float, high: float) -> Iterator[float]:
    """Round numbers from low to high, 0 among them."""
    wanted = (high - low) / MOST_TICKS
    scale = 10.0 ** math.floor(math.log10(wanted)) if wanted > 0 else 1.0
    step = next(each * scale for each in (1, 2, 5, 10) if each * scale >= wanted)
    for n in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield round(n * step, 10)


def _digits(tick: float) -> int:
    return len(f"{tick:.6g}".partition(".")[2]) if "e" not in f"{tick:.6g}" else 4


def _in_lines(text: str) -> list[str]:
    """A label in two lines at the most."""
    if len(text) <= LONGEST:
        return [text]
    cut = text.rfind(" ", 0, LONGEST)
    first, rest = (text[:cut], text[cut + 1 :]) if cut > 0 else (text[:LONGEST], text[LONGEST:])
    return [first, rest if len(rest) <= LONGEST else f"{rest[: LONGEST - 1]}…"]


def _dot(x: float, y: float, fill: str) -> str:
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="0.75" fill="{fill}" stroke="#111" stroke-width="0.3"/>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" stroke-width="{width:g}"/>'


def _text(x: float, y: float, text: str, size: float, anchor: str = "start") -> str:
    return f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:g}" text-anchor="{anchor}">{escape(text)}</text>'

