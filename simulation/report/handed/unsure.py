"""Parameter uncertainty, or all of it, of every figure that was told of draws: for the annex and for the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulation.experiments.spread import PairedSpread
from simulation.report.findings import Findings
from simulation.report.handed.blocks import NOT_KNOWN, Cell, Table, Value
from simulation.report.handed.sheets import Column, Entry, Sheet, known, sheet_name
from simulation.results.intervals import NAN
from simulation.results.names import Figure
from simulation.world.labels import Label

NAME = Label("Uncertainty", "Usikkerhed")
ABOUT = Label("Where the figures lie for draws of what is unsure", "Hvor målene ligger for trækninger af det usikre")
FIGURE, WHOM, UNIT = Label("Figure", "Mål"), Label("Of", "For"), Label("Unit", "Enhed")
COLUMN, KEY = Label("Scenario", "Scenarie"), Label("Key", "Nøgle")
VALUE, DRAWS = Label("At the point", "I punktet"), Label("95 % of draws", "95 % af trækninger")
TRIAL = Label("One trial, 95 %", "Ét forsøg, 95 %")
ABOVE, TRIAL_ABOVE = Label("Chance above 0, %", "Chance over 0, %"), Label("In one trial, %", "I ét forsøg, %")
LOW, HIGH = Label("{what}, low", "{what}, nedre"), Label("{what}, high", "{what}, øvre")
NOTE = Label(
    "Differences where scenarios stand side by side, else levels. What is assumed and has no range is not drawn.",
    "Forskelle, hvor scenarier står side om side, ellers niveauer. Antagelser uden interval er ikke trukket.",
)


class Unsure(NamedTuple):
    """One figure in a column: at the point, for 95 % of the draws, for one trial, and the chances of lying above 0; NaN
    where something is not known."""

    column: str
    figure: Figure
    unit: str
    value: float
    draws: tuple[float, float]
    trial: tuple[float, float] = (NAN, NAN)
    above: float = NAN
    trial_above: float = NAN


def unsure(findings: Findings) -> Iterator[Unsure]:
    """Every figure of the whole follow-up that was told of draws; nothing where nothing was drawn."""
    ran, names = findings.ran, findings.names
    several = len(ran.results) > 1
    of_whole = {row.figure for row in findings.rows if not row.figure.group.jobcentre}
    columns = list(findings.columns)[1:] if several else [""]
    if ran.under is not None:
        for column, answers in zip(columns, ran.under.answers.values(), strict=True):
            for a in answers:
                if a.figure.time is None and not a.figure.group.jobcentre and a.figure.outcome in names.meanings:
                    unit = names.unit(a.figure.outcome)
                    yield Unsure(
                        column, a.figure, unit, a.point.value, a.interval, a.trial, a.above, a.trial_above
                    )
    for number, spread in enumerate(ran.spreads):
        if isinstance(spread, PairedSpread):
            for d in ran.comparisons[number].differences():
                if d.key in of_whole:
                    ends = spread.parameter(d.key, d.difference.value)
                    yield Unsure(columns[number], d.key, names.unit(d.key.outcome), d.difference.value, ends)
        else:
            for figure in spread.shifts:
                if figure.time is None and figure.outcome in names.meanings:
                    value, ends = spread.result.estimate_of(figure).value, spread.parameter(figure)
                    yield Unsure("", figure, names.unit(figure.outcome), value, ends, spread.trial(figure))


def unsure_table(findings: Findings) -> Table | None:
    """The table of the annex; None where nothing was drawn."""
    wording, rows = findings.wording, list[list[Cell]]()
    for each in unsure(findings):
        label = f"{wording.figure(each.figure)} ({wording.group(each.figure.group)})"
        ends = [
            NOT_KNOWN if low != low else wording.span(each.unit, low, high)
            for low, high in (each.draws, each.trial)
        ]
        chances: list[Cell] = [Value("share", each.above), Value("share", each.trial_above)]
        rows.append([*([each.column] if each.column else []), label, Value(each.unit, each.value), *ends, *chances])
    if not rows:
        return None
    texts = [COLUMN, FIGURE] if len(rows[0]) == 7 else [FIGURE]
    head = [wording.say(label) for label in (*texts, VALUE, DRAWS, TRIAL, ABOVE, TRIAL_ABOVE)]
    return Table(head, rows, len(texts), wording.say(NOTE), small=True)


def unsure_sheet(findings: Findings) -> Iterator[Sheet]:
    """The sheet of the workbook, where something was drawn."""
    wording, rows, units = findings.wording, list[list[Entry]](), list[str]()
    for each in unsure(findings):
        ends = (each.value, *each.draws, *each.trial, each.above, each.trial_above)
        rows.append([
            each.column, wording.figure(each.figure), wording.group(each.figure.group), wording.of_unit(each.unit),
            *map(known, ends), findings.names.write(each.figure.outcome),
        ])  # fmt: skip
        units.append(each.unit)
    if not rows:
        return
    heads = [wording.say(label) for label in (COLUMN, FIGURE, WHOM, UNIT, VALUE)]
    for what in (DRAWS, TRIAL):
        heads += [wording.say(end, what=wording.say(what)) for end in (LOW, HIGH)]
    heads += [wording.say(label) for label in (ABOVE, TRIAL_ABOVE, KEY)]
    kinds = ["text"] * 4 + ["level"] * 5 + ["unit:share"] * 2 + ["text"]
    columns = [Column(head, kind) for head, kind in zip(heads, kinds, strict=True)]
    yield Sheet(sheet_name(NAME, findings.language), wording.say(ABOUT), columns, rows, units, [wording.say(NOTE)])
