"""Sheets of every value with its source, and of all that is said in words."""

from __future__ import annotations

from simulation.report.findings import Findings
from simulation.report.handed.annex import meaning_rows
from simulation.report.handed.checklists import odd, stress
from simulation.report.handed.first_page import not_said
from simulation.report.handed.keys import key_label, key_unit
from simulation.report.handed.material import Material
from simulation.report.handed.repeating import facts
from simulation.report.handed.sheets import Column, Entry, Sheet, known, sheet_name
from simulation.report.handed.titles import title_of
from simulation.report.wording import Wording
from simulation.world.labels import Label

VALUES, NOTES = Label("Values", "Værdier"), Label("Notes", "Noter")
ABOUT_VALUES = Label("Every value with kind, source and range", "Alle værdier med slags, kilde og interval")
ABOUT_NOTES = Label(
    "Definitions, what the intervals hold, warnings, checklists and versions",
    "Definitioner, intervallernes indhold, advarsler, tjeklister og versioner",
)
SCENARIO, WHAT, KEY = Label("Scenario", "Scenarie"), Label("What", "Hvad"), Label("Key", "Nøgle")
VALUE, UNIT, KIND = Label("Value", "Værdi"), Label("Unit", "Enhed"), Label("Kind", "Slags")
SOURCE, PAGE, NOTE = Label("Source", "Kilde"), Label("Page", "Side"), Label("Note", "Bemærkning")
LOW, HIGH = Label("Range, low", "Interval, nedre"), Label("Range, high", "Interval, øvre")
SUBJECT, TEXT = Label("Subject", "Emne"), Label("Text", "Tekst")
INTERVALS = Label("What this does not say", "Det siger svaret ikke")
WARNING = Label("Warning of the check", "Kontrollens advarsel")
MADE = Label("How it was made", "Sådan er det lavet")
KINDS = {
    "published": Label("published", "offentliggjort"),
    "evidence": Label("evidence", "evidens"),
    "calibrated": Label("calibrated", "kalibreret"),
    "assumed": Label("assumed", "antaget"),
    "rule": Label("rule", "regel"),
}


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
