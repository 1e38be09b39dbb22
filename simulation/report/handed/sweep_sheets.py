"""The sheets of the workbook of a sweep."""

from __future__ import annotations

from simulation.experiments.swept import Swept
from simulation.report.handed.keys import key_label, value_text
from simulation.report.handed.material import Material
from simulation.report.handed.notes import notes_sheet, values_sheet
from simulation.report.handed.of_sweep import label_of
from simulation.report.handed.outcome_sheets import ANSWER, DIFFERENCE, FIGURE, HIGH, KEY, LOW, UNIT, VALUE, WHOM
from simulation.report.handed.sheets import Column, Entry, Series, Sheet, known, sheet_name
from simulation.report.sweep.findings import Sweeping
from simulation.report.wording import Wording
from simulation.results.names import Figure
from simulation.world.labels import Label, Language

ABOUT_ANSWER = Label("The answer, and the figures at every point", "Svaret og målene i alle punkter")
POINTS, POINT = Label("Points", "Punkter"), Label("Point", "Punkt")
ABOUT_POINTS = Label("Every figure at every point, with its difference", "Alle mål i alle punkter med forskelle")
LOW_APART, HIGH_APART = Label("Difference, low", "Forskel, nedre"), Label("Difference, high", "Forskel, øvre")
CURVES, ABOUT_CURVES = Label("Curves", "Kurver"), Label("Figures by the values tried", "Mål efter de prøvede værdier")
MOST_LINES, MOST_CURVES = 6, 6


def sweep_sheets(material: Material, language: Language) -> list[Sheet]:
    """All sheets of a sweep."""
    assert material.swept is not None
    swept, wording = material.swept, material.wording(language)
    sweeping = Sweeping(swept, language)
    return [
        _answer(sweeping, wording), *_curves(sweeping, wording), _points(sweeping, wording),
        values_sheet(material, wording), notes_sheet(material, wording, None),
    ]  # fmt: skip


def _axes(swept: Swept, point: int, wording: Wording) -> list[Entry]:
    grid = swept.grid
    values = grid.points[point] if point >= 0 else [grid.as_written(key) for key in grid.axes]
    return [
        float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value_text(value, wording)
        for value in values
    ]


def _answer(sweeping: Sweeping, wording: Wording) -> Sheet:
    """One row a point, one column a figure."""
    swept, figures = sweeping.swept, list(sweeping.figures)
    columns = [Column(key_label(key, wording) or key, "number", 16) for key in swept.grid.axes]
    units = [swept.grid.names.unit(figure.outcome) for figure in figures]
    columns += [Column(label_of(f, sweeping), f"unit:{u}", 18) for f, u in zip(figures, units, strict=True)]
    rows: list[list[Entry]] = [
        [*_axes(swept, point, wording), *(known(swept.estimate(point, figure).value) for figure in figures)]
        for point in sweeping.points
    ]
    lines = [*sweeping.answer(), sweeping.holds()]
    return Sheet(sheet_name(ANSWER, wording.language), wording.say(ABOUT_ANSWER), columns, rows, (), lines)


def _points(sweeping: Sweeping, wording: Wording) -> Sheet:
    """One row for every figure at every point."""
    swept, rows, units = sweeping.swept, list[list[Entry]](), list[str]()
    names = swept.grid.names
    for point in sweeping.points:
        for figure in swept.columns:
            e, d, unit = swept.estimate(point, figure), swept.difference(point, figure), names.unit(figure.outcome)
            rows.append([
                sweeping.head(point), *_axes(swept, point, wording), wording.figure(figure),
                wording.group(figure.group), wording.of_unit(unit), known(e.value), known(e.low), known(e.high),
                known(d.value), known(d.low), known(d.high), names.write(figure.outcome),
            ])  # fmt: skip
            units.append(unit)
    columns = [Column(wording.say(POINT))]
    columns += [Column(key_label(key, wording) or key, "number", 14) for key in swept.grid.axes]
    columns += [Column(wording.say(head)) for head in (FIGURE, WHOM, UNIT)]
    columns += [Column(wording.say(head), "level") for head in (VALUE, LOW, HIGH)]
    columns += [Column(wording.say(head), "difference") for head in (DIFFERENCE, LOW_APART, HIGH_APART)]
    columns.append(Column(wording.say(KEY)))
    return Sheet(sheet_name(POINTS, wording.language), wording.say(ABOUT_POINTS), columns, rows, units)


def _curves(sweeping: Sweeping, wording: Wording) -> list[Sheet]:
    """Figures against the first axis of numbers, a line for every value of one other axis; nothing where there are
    more axes, or too many lines."""
    swept = sweeping.swept
    varying = [key for key, values in swept.grid.axes.items() if len(values) > 1]
    numeric = [key for key in varying if all(isinstance(v, int | float) for v in swept.grid.axes[key])]
    if not numeric or len(varying) > 2:
        return []
    across = max(numeric, key=lambda key: len(swept.grid.axes[key]))
    other = next((key for key in varying if key != across), None)
    lines = list(swept.grid.axes[other]) if other else [None]
    if len(lines) > MOST_LINES:
        return []
    xs = sorted(float(value) for value in swept.grid.axes[across] if value is not None)
    columns, charts = [Column(key_label(across, wording) or across, "number", 18)], []
    figures: list[Figure] = [figure for figure in sweeping.figures if swept.moves(figure)][:MOST_CURVES]
    table: list[dict[float, float]] = []
    for figure in figures:
        first, unit = len(columns), swept.grid.names.unit(figure.outcome)
        for value in lines:
            name = f": {key_label(other, wording) or other} {value_text(value, wording)}" if other else ""
            columns.append(Column(label_of(figure, sweeping) + name, f"unit:{unit}", 18))
            points = [
                (float(at[across] or 0), n)
                for n in range(len(swept.grid.points))
                if (at := swept.grid.changes(n)) and (other is None or at[other] == value)
            ]
            table.append({x: swept.estimate(n, figure).value for x, n in points})
        places = list(range(first, len(columns)))
        label = label_of(figure, sweeping)
        charts.append(Series(label, columns[0].head, "", 0, len(xs) - 1, 0, places, unit == "share"))
    rows: list[list[Entry]] = [[x, *(known(each.get(x)) for each in table)] for x in xs]
    name = sheet_name(CURVES, wording.language)
    return [Sheet(name, wording.say(ABOUT_CURVES), columns, rows, (), (), charts, filtered=False)]
