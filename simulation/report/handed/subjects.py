"""The sheets of the workbook, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.report.findings import Findings
from simulation.report.handed.annex import meaning_rows
from simulation.report.handed.checklists import odd, stress
from simulation.report.handed.courses import Course, courses
from simulation.report.handed.first_page import not_said
from simulation.report.handed.keys import key_label, key_unit, value_text
from simulation.report.handed.material import Material
from simulation.report.handed.outcome_sheets import answer_sheet, differences_sheet, outcomes_sheet
from simulation.report.handed.repeating import facts
from simulation.report.handed.sheets import Column, Entry, Series, Sheet, known, sheet_name
from simulation.report.handed.staff_sheets import published_sheet, teams_sheet
from simulation.report.handed.titles import title_of
from simulation.report.handed.unsure import unsure_sheet
from simulation.report.wording import Wording
from simulation.world.labels import Label, Language

SINCE, BY_WEEK = Label("Courses", "Forløb"), Label("Teams by week", "Teams uge for uge")
ABOUT_SINCE = Label("Outcomes by week since enrolment", "Mål efter uger siden indskrivning")
ABOUT_BY_WEEK = Label(
    "Caseload, waiting and time used by week of the run", "Sagsstamme, ventende og tidsforbrug efter kørslens uger"
)
CHANGED, ABOUT_CHANGED = (
    Label("Changed", "Ændret"),
    Label("Every key that differs from the base", "Alle nøgler, der afviger fra basis"),
)
VALUES, ABOUT_VALUES = (
    Label("Values", "Værdier"),
    Label("Every value with kind, source and range", "Alle værdier med slags, kilde og interval"),
)
NOTES = Label("Notes", "Noter")
ABOUT_NOTES = Label("Definitions, what the intervals hold, warnings, checklists and versions",
                    "Definitioner, intervallernes indhold, advarsler, tjeklister og versioner")  # fmt: skip
SCENARIO, WHAT, KEY = Label("Scenario", "Scenarie"), Label("What", "Hvad"), Label("Key", "Nøgle")
FROM, TO, UNIT, VALUE = Label("From", "Fra"), Label("To", "Til"), Label("Unit", "Enhed"), Label("Value", "Værdi")
KIND, SOURCE, PAGE, NOTE = (
    Label("Kind", "Slags"),
    Label("Source", "Kilde"),
    Label("Page", "Side"),
    Label("Note", "Bemærkning"),
)
LOW, HIGH = Label("Range, low", "Interval, nedre"), Label("Range, high", "Interval, øvre")
SUBJECT, TEXT = Label("Subject", "Emne"), Label("Text", "Tekst")
INTERVALS, WARNING = (
    Label("What this does not say", "Det siger svaret ikke"),
    Label("Warning of the check", "Kontrollens advarsel"),
)
MADE = Label("How it was made", "Sådan er det lavet")
KINDS = {
    "published": Label("published", "publiceret"), "evidence": Label("evidence", "evidens"),
    "calibrated": Label("calibrated", "kalibreret"), "assumed": Label("assumed", "antaget"),
    "rule": Label("rule", "regel"),
}  # fmt: skip


def subjects(material: Material, language: Language) -> list[Sheet]:
    """All sheets of a result."""
    if material.swept is not None:
        from simulation.report.handed.sweep_sheets import sweep_sheets

        return sweep_sheets(material, language)
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
    yield Sheet(sheet_name(label, language), label_text(about, language), columns, rows, (), (), charts, filtered=False)


def label_text(label: Label, language: Language) -> str:
    """A label in a language."""
    return label.told(language)


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
    return value_text(value, wording, 1000)


def values_sheet(material: Material, wording: Wording) -> Sheet:
    """Every parameter; what is the same in a further scenario is not said again."""
    seen, rows = set[tuple[str, str]](), list[list[Entry]]()
    for loaded in material.loaded:
        for row in loaded.parameters():
            if (mark := (row["path"], str(row["value"]))) in seen:
                continue
            seen.add(mark)
            ends = row.get("range") or (None, None)
            kind = row.get("kind") or "assumed"
            rows.append(
                [title_of(loaded, wording.language), key_label(row["path"], wording), row["path"], known(row["value"]),
                 key_unit(row.get("unit", ""), wording), wording.say(KINDS[kind]), *map(known, ends),
                 str(row.get("source") or ""), str(row.get("page") or ""), str(row.get("note") or "")]
            )  # fmt: skip
    heads = (SCENARIO, WHAT, KEY, VALUE, UNIT, KIND, LOW, HIGH, SOURCE, PAGE, NOTE)
    numbers = {VALUE, LOW, HIGH}
    columns = [Column(wording.say(head), "number" if head in numbers else "text") for head in heads]
    return Sheet(sheet_name(VALUES, wording.language), wording.say(ABOUT_VALUES), columns, rows)


def notes_sheet(material: Material, wording: Wording, findings: Findings | None) -> Sheet:
    """Everything in words: what the answer does not say, warnings, versions, checklists, definitions."""
    rows: list[tuple[str, str, str]] = []
    if findings is not None:
        rows += [(wording.say(INTERVALS), text, "") for text in not_said(material, findings)]
    rows += [(wording.say(WARNING), doubt.message, doubt.path) for doubt in material.doubts]
    rows += [(f"{wording.say(MADE)}: {wording.say(label)}", text, "") for label, text in facts(material, wording)]
    for name, items in (("STRESS-DES", stress), ("ODD", odd)):
        rows += [(f"{name}: {item}", text, "") for item, text in items(material, wording)]
    if findings is not None:
        outcomes = [row.figure.outcome for row in findings.rows]
    else:
        assert material.swept is not None
        outcomes = [figure.outcome for figure in material.swept.columns]
    rows += [(f"{label}, {unit}", text, key) for label, unit, text, key in meaning_rows(wording, outcomes)]
    columns = [Column(wording.say(SUBJECT), width=44), Column(wording.say(TEXT), width=110), Column(wording.say(KEY))]
    return Sheet(sheet_name(NOTES, wording.language), wording.say(ABOUT_NOTES), columns, rows)
