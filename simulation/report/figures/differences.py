"""The figure of differences: the few that answer the question, sorted, with their numbers, a panel for each unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from simulation.report.figures.drawing import Picture
from simulation.report.figures.lines import scenario_names
from simulation.report.figures.looks import Look, in_manner, looks
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.rows import Row, rounding
from simulation.report.sentences import answer_of_several
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.world.labels import Label, plain

MOST, MOST_OF_SEVERAL = 10, 6
"""Rows at the most, of one and of several scenarios: the headline, and then what moved the furthest."""
WIDTH, NAMES = 9.6, 3.4
"""Inches of the picture, and of the names of rows."""
POINTS = Label("percentage points", "procentpoint")
FROM = Label("difference from {reference}, {unit}", "forskel fra {reference}, {unit}")
OF_ARM = Label("{what}, {who}", "{what}, {who}")
PAIRED = Label("Bar: simulation error of the paired difference, 95 %",
               "Streg: simulationsfejl på den parrede forskel, 95 %")  # fmt: skip
UNPAIRED = Label("Bar: simulation error of the difference, not paired, 95 %",
                 "Streg: simulationsfejl på forskellen, ikke parret, 95 %")  # fmt: skip
CAPTION = Label(
    "Differences over the whole follow-up: the headline, and what moved the furthest beyond its interval, at most "
    "{most}, the largest first. Not the error of one trial, and not that of the parameters",
    "Forskelle over hele opfølgningen: hovedtallene og det, der flyttede sig mest ud over sit interval, højst {most}, "
    "de største først. Ikke usikkerheden i ét forsøg og ikke parametrenes",
)


class Series(NamedTuple):
    """What is held against the reference: its column in the findings."""

    name: str
    column: int
    look: Look


def draw_differences(ran: Ran, wording: Wording) -> Picture | None:
    """Dots with intervals around nothing; nothing where there is nothing to hold against each other, or no change."""
    findings = Findings(ran, wording.language)
    columns = findings.columns if findings.alone else scenario_names(ran, wording, base=False)
    series = _series(findings, columns)
    rows = _chosen(findings, series)
    if not rows:
        return None
    units = list(dict.fromkeys(row.unit for row in rows))
    by_unit = [sorted((row for row in rows if row.unit == unit), key=lambda row: -_size(row)) for unit in units]
    step = 0.34 if len(series) == 1 else 0.12 + 0.19 * len(series)
    picture = Picture(WIDTH, sum(0.55 + max(step * len(of_one), 0.4) for of_one in by_unit))
    heights = [max(step * len(of_one), 0.4) for of_one in by_unit]
    panels = picture.subplots(len(units), 1, squeeze=False, height_ratios=heights)[:, 0]
    for unit, of_one, panel in zip(units, by_unit, panels, strict=True):
        _panel(panel, picture, findings, series, unit, of_one)
    reference = plain(columns[_reference(findings)])
    for unit, panel in zip(units, panels, strict=True):
        named = findings.wording.say(POINTS) if unit == "share" else findings.wording.of_unit(unit)
        panel.set_xlabel(wording.say(FROM, reference=reference, unit=named))
    paired = all(comparison.alike.same_people for comparison in ran.comparisons)
    entries = {one.name: one.look._replace(dash="None").handle() for one in series} if len(series) > 1 else {}
    title = _title(findings, columns)
    band = wording.say(PAIRED if paired else UNPAIRED)
    return picture.finish(title, wording.say(CAPTION, most=_most(series)), band, entries)


def draw_differences_of_arms(ran: Ran, wording: Wording) -> Picture | None:
    """Those between arms of a scenario that was run beside its base; without one they are `differences`."""
    return None if ran.base is None or len(ran.results) > 1 else draw_differences(Ran(ran.results), wording)


def _series(findings: Findings, names: Sequence[str]) -> list[Series]:
    """What is held against the reference, by these names of columns."""
    every = looks(len(findings.columns))
    columns = range(len(findings.columns))
    having = [c for c in columns if any(_difference(row, c) is not None for row in findings.rows)]
    marked = [look._replace(marker="o") if look.marker == "None" else look for look in every]
    return [Series(plain(names[c]), c, marked[c]) for c in having]


def _reference(findings: Findings) -> int:
    """The column that the others are held against."""
    for row in findings.rows:
        if len(row.differences) == len(findings.columns) and any(row.differences):
            return list(row.differences).index(None) if None in row.differences else 0
    return 0


def _difference(row: Row, column: int) -> Estimate | None:
    found = row.differences[column] if column < len(row.differences) else None
    return None if found is None or math.isnan(found.value) else found


def _chosen(findings: Findings, series: Sequence[Series]) -> list[Row]:
    """The headline, and then what moved; without what is the same in every replication."""
    meanings = findings.names.meanings
    moved = sorted((row for row in findings.rows if row.moved and not row.figure.group.jobcentre
                    and not row.figure.group.level and meanings[row.figure.outcome].on_screen != "never"
                    and row.unit in ("share", "weeks", "persons")), key=lambda row: -row.size)  # fmt: skip
    found: dict[Any, Row] = {}
    for row in (*findings.headline, *moved):
        known = [e for one in series if (e := _difference(row, one.column)) is not None]
        if known and not all(map(rounding, known)) and len(found) < _most(series):
            found.setdefault(row.figure.outcome, row)
    return list(found.values())


def _title(findings: Findings, names: Sequence[str]) -> str:
    """The first sentence of the answer, which calls several scenarios by these names."""
    told = findings.answer[0]
    top, exits = findings.top, next(iter(findings.choice.exits), None)
    if len(findings.results) > 2 and top is not None:
        of = {row.figure: findings.of(row) for row in (top, exits) if row is not None}
        told = next(iter(answer_of_several(findings.wording, top, exits, of, names)), told)
    return plain(told.rstrip("."))


def _most(series: Sequence[Series]) -> int:
    return MOST if len(series) == 1 else MOST_OF_SEVERAL


def _size(row: Row) -> float:
    return max((abs(e.value) for e in row.known if not math.isnan(e.value)), default=0.0)


def _panel(
    panel: Any, picture: Picture, findings: Findings, series: Sequence[Series], unit: str, rows: Sequence[Row]
) -> None:
    """Rows of one unit, the largest at the top, with their numbers at the side."""
    wording = findings.wording
    scale = 100.0 if unit == "share" else 1.0
    names = []
    for place, row in enumerate(rows):
        who = findings.of(row)
        what = wording.figure(row.figure)
        name = wording.say(OF_ARM, what=what, who=who) if who else what
        names.append("\n".join(picture.wrapped(name, 9, NAMES)))
        for number, one in enumerate(series):
            e = _difference(row, one.column)
            if e is None:
                continue
            y = place if len(series) == 1 else place + 0.8 * ((number + 0.5) / len(series) - 0.5)
            reach = [[0.0], [0.0]] if math.isnan(e.low) else [[scale * (e.value - e.low)], [scale * (e.high - e.value)]]
            colour = "black" if len(series) == 1 else one.look.colour
            panel.errorbar(scale * e.value, y, xerr=reach, fmt=one.look.marker if len(series) > 1 else "o", ms=5,
                           color=colour, capsize=3, lw=1.2)  # fmt: skip
            panel.annotate(
                wording.estimate(unit, e, signed=True), (1.015, y), xycoords=panel.get_yaxis_transform(), va="center",
                fontsize=8.5, annotation_clip=False,
            )  # fmt: skip
    panel.set_yticks(range(len(rows)), names, fontsize=9)
    panel.axvline(0, color="0.4", lw=0.9)
    panel.set_ylim(len(rows) - 0.5, -0.5)
    panel.margins(x=0.08)
    panel.grid(axis="y", visible=False)
    if len(series) > 1:
        for border in range(1, len(rows)):
            panel.axhline(border - 0.5, color="0.85", lw=0.8)
    in_manner(panel, wording.language, y=False)
