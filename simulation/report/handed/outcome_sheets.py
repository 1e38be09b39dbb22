"""Sheets of outcomes: the answer, every figure, and every difference."""

from __future__ import annotations

from collections.abc import Iterator

from simulation.report.findings import Findings
from simulation.report.handed.labelled import row_label
from simulation.report.handed.sheets import Column, Entry, Series, Sheet, known, sheet_name
from simulation.report.rows import Row
from simulation.results.intervals import Estimate
from simulation.world.labels import Label

ANSWER, ABOUT_ANSWER = (
    Label("Answer", "Svar"),
    Label("The answer and the figures that give it", "Svaret og de mål, der giver det"),
)
OUTCOMES = Label("Outcomes", "Mål")
ABOUT_OUTCOMES = Label(
    "Every figure of the whole follow-up, by scenario and group",
    "Alle mål for hele opfølgningen, efter scenarie og gruppe",
)
DIFFERENCES = Label("Differences", "Forskelle")
ABOUT_DIFFERENCES = Label("Every difference from the base, with its interval", "Alle forskelle fra basis med interval")
FIGURE, WHOM, PLACE = Label("Figure", "Mål"), Label("Of", "For"), Label("Jobcentre", "Jobcenter")
UNIT, KEY = Label("Unit", "Enhed"), Label("Key", "Nøgle")
SCENARIO, BASE = Label("Scenario", "Scenarie"), Label("Base", "Basis")
VALUE, LOW, HIGH = Label("Value", "Værdi"), Label("Low, 95 %", "Nedre, 95 %"), Label("High, 95 %", "Øvre, 95 %")
DIFFERENCE = Label("Difference", "Forskel")
OF_COLUMN = Label("{what}: {column}", "{what}: {column}")
APART = Label("Differences, percentage points, 95 % intervals", "Forskelle, procentpoint, 95 %-intervaller")
POINTS = Label("percentage points", "procentpoint")
REPLICATIONS = Label("Replications", "Gentagelser")


def answer_sheet(findings: Findings) -> Sheet:
    """The rows of page 1, with the differences of shares as a chart."""
    wording, rows = findings.wording, list(findings.headline)
    rows.sort(key=lambda row: row.unit != "share")
    apart = [n for n in range(len(findings.columns)) if any(len(r.differences) > n and r.differences[n] for r in rows)]
    columns = [Column(wording.say(FIGURE)), Column(wording.say(UNIT))]
    columns += [Column(name, "level", 16) for name in findings.columns]
    for n in apart:
        heads = (DIFFERENCE, LOW, HIGH)
        columns += [
            Column(wording.say(OF_COLUMN, what=wording.say(head), column=findings.columns[n]), "difference", 16)
            for head in heads
        ]
    body = [[row_label(findings, row), wording.of_unit(row.unit), *_levels(row, len(findings.columns)),
             *(end for n in apart for end in _ends(row, n))] for row in rows]  # fmt: skip
    shares = [number for number, row in enumerate(rows) if row.unit == "share" and row.known]
    first = 2 + len(findings.columns)
    charts = [
        Series(wording.say(APART), wording.say(POINTS), "", shares[0], shares[-1], 0, [first + 3 * k], True,
               bars=(first + 3 * k + 1, first + 3 * k + 2))
        for k in range(len(apart))
    ] if shares else []  # fmt: skip
    lines = [*findings.answer, findings.holds]
    return Sheet(sheet_name(ANSWER, findings.language), wording.say(ABOUT_ANSWER), columns, body,
                 [row.unit for row in rows], lines, charts, filtered=False)  # fmt: skip


def _levels(row: Row, count: int) -> list[Entry]:
    """The figure in every column; of what is told of everybody alone, in the first one."""
    values: list[Entry] = [known(e.value) for e in row.levels]
    return [*values, *[None] * (count - len(values))]


def _ends(row: Row, n: int) -> list[Entry]:
    e = row.differences[n] if len(row.differences) > n else None
    return [None] * 3 if e is None else [known(e.value), known(e.low), known(e.high)]


def outcomes_sheet(findings: Findings) -> Sheet:
    """Every figure of the whole follow-up, one row for each scenario and group."""
    wording, rows, units = findings.wording, list[list[Entry]](), list[str]()
    several = len(findings.results) > 1
    for name, result in zip(findings.columns if several else [""], findings.results, strict=True):
        for figure in result.keys:
            if figure.time is not None or figure.outcome not in findings.names.meanings:
                continue
            e, unit = result.estimate_of(figure), result.names.unit(figure.outcome)
            group = figure.group._replace(jobcentre="")
            rows.append([
                *([name] if several else []), wording.figure(figure), wording.group(group),
                wording.jobcentre(figure.group.jobcentre) if figure.group.jobcentre else "", wording.of_unit(unit),
                known(e.value), known(e.low), known(e.high), e.n, findings.names.write(figure.outcome),
            ])  # fmt: skip
            units.append(unit)
    heads = [*([SCENARIO] if several else []), FIGURE, WHOM, PLACE, UNIT, VALUE, LOW, HIGH, REPLICATIONS, KEY]
    kinds = {VALUE: "level", LOW: "level", HIGH: "level", REPLICATIONS: "whole"}
    columns = [Column(wording.say(head), kinds.get(head, "text")) for head in heads]
    return Sheet(sheet_name(OUTCOMES, findings.language), wording.say(ABOUT_OUTCOMES), columns, rows, units)


def differences_sheet(findings: Findings) -> Iterator[Sheet]:
    """Every difference of scenarios from the base, or of arms from the one that they are held against."""
    wording, rows, units = findings.wording, list[list[Entry]](), list[str]()
    for row in findings.rows:
        base = next((n for n, e in enumerate(row.differences) if e is None), 0)
        for n, e in enumerate(row.differences):
            if e is None:
                continue
            rows.append([
                findings.columns[n], wording.figure(row.figure), _group(findings, row), _place(findings, row),
                wording.of_unit(row.unit), _of(row.levels[base]), _of(row.levels[n]), known(e.value), known(e.low),
                known(e.high), e.n, findings.names.write(row.figure.outcome),
            ])  # fmt: skip
            units.append(row.unit)
    if not rows:
        return
    first = SCENARIO if not findings.alone else WHOM
    heads = [first, FIGURE, WHOM, PLACE, UNIT, BASE, VALUE, DIFFERENCE, LOW, HIGH, REPLICATIONS, KEY]
    kinds = ["text"] * 5 + ["level"] * 2 + ["difference"] * 3 + ["whole", "text"]
    columns = [Column(wording.say(head), kind) for head, kind in zip(heads, kinds, strict=True)]
    yield Sheet(sheet_name(DIFFERENCES, findings.language), wording.say(ABOUT_DIFFERENCES), columns, rows, units)


def _group(findings: Findings, row: Row) -> str:
    return findings.wording.group(row.figure.group._replace(jobcentre=""))


def _place(findings: Findings, row: Row) -> str:
    return findings.wording.jobcentre(row.figure.group.jobcentre) if row.figure.group.jobcentre else ""


def _of(e: Estimate) -> float | None:
    return known(e.value)
