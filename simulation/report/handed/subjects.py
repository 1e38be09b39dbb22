"""The sheets of the workbook, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.report.findings import Findings
from simulation.report.handed.courses import Course, courses
from simulation.report.handed.keys import key_label, key_unit, value_text
from simulation.report.handed.material import Material
from simulation.report.handed.notes import notes_sheet, values_sheet
from simulation.report.handed.outcome_sheets import answer_sheet, differences_sheet, outcomes_sheet
from simulation.report.handed.sheets import Column, Entry, Series, Sheet, known, sheet_name
from simulation.report.handed.staff_sheets import published_sheet, teams_sheet
from simulation.report.handed.unsure import unsure_sheet
from simulation.report.wording import Wording
from simulation.world.labels import Label, Language

SINCE, BY_WEEK = Label("Courses", "Forløb"), Label("Teams by week", "Teams uge for uge")
ABOUT_SINCE = Label("Outcomes by week since enrolment", "Mål efter uger siden indskrivning")
ABOUT_BY_WEEK = Label(
    "Caseload, waiting and time used by week of the run", "Sagsstamme, ventende og tidsforbrug efter kørslens uger"
)
CHANGED = Label("Changed", "Ændret")
ABOUT_CHANGED = Label("Every key that differs from the base", "Alle nøgler, der afviger fra basis")
SCENARIO, WHAT, KEY = Label("Scenario", "Scenarie"), Label("What", "Hvad"), Label("Key", "Nøgle")
FROM, TO, UNIT = Label("From", "Fra"), Label("To", "Til"), Label("Unit", "Enhed")
WIDEST = 1000
"""Characters of a value."""


def run_sheets(material: Material, language: Language) -> list[Sheet]:
    """All sheets of a run or a comparison."""
    findings = material.findings(language)
    found = list(courses(findings))
    run_weeks = [course for course in found if course.of_run]
    since = [course for course in found if not course.of_run]
    return [
        answer_sheet(findings), outcomes_sheet(findings), *differences_sheet(findings), *unsure_sheet(findings),
        *_courses(since, SINCE, ABOUT_SINCE, language), *_courses(run_weeks, BY_WEEK, ABOUT_BY_WEEK, language),
        *teams_sheet(findings), *published_sheet(findings), *_changed(findings),
        values_sheet(material, findings.wording), notes_sheet(material, findings.wording, findings),
    ]  # fmt: skip


def _courses(found: Sequence[Course], label: Label, about: Label, language: Language) -> Iterator[Sheet]:
    """Courses with the same weeks side by side, a chart for each."""
    if not found:
        return
    weeks = sorted(set().union(*(course.weeks for course in found)))
    columns, charts, values = [Column(found[0].week, "whole", 12)], [], list[dict[int, float]]()
    for course in found:
        first = len(columns)
        for name, row in zip(course.columns, course.values, strict=True):
            columns.append(Column(f"{course.title}: {name}" if name else course.title, "number", 16))
            values.append(dict(zip(course.weeks, row.tolist(), strict=True)))
        share = course.unit == "share"
        charts.append(
            Series(
                course.title, course.week, "", 0, len(weeks) - 1, 0, range(first, len(columns)), share, course.columns
            )
        )
    units = [course.unit for course in found for _ in course.columns]
    columns = [columns[0], *(Column(c.head, f"unit:{u}", c.width) for c, u in zip(columns[1:], units, strict=True))]
    rows: list[list[Entry]] = [[week, *(known(each.get(week)) for each in values)] for week in weeks]
    yield Sheet(sheet_name(label, language), about.told(language), columns, rows, (), (), charts, filtered=False)


def _changed(findings: Findings) -> Iterator[Sheet]:
    wording = findings.wording
    rows: list[list[Entry]] = []
    for name, changes in zip(list(findings.columns)[1:], findings.changes, strict=False):
        rows += [
            [name, key_label(c.key, wording), c.key, *(_written(value, wording) for value in (c.before, c.after)),
             key_unit(c.unit, wording)]
            for c in changes
        ]  # fmt: skip
    if rows:
        heads = (SCENARIO, WHAT, KEY, FROM, TO, UNIT)
        kinds = ("text", "text", "text", "number", "number", "text")
        columns = [Column(wording.say(head), kind) for head, kind in zip(heads, kinds, strict=True)]
        yield Sheet(sheet_name(CHANGED, wording.language), wording.say(ABOUT_CHANGED), columns, rows)


def _written(value: object, wording: Wording) -> Entry:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return known(value)
    return value_text(value, wording, WIDEST)
