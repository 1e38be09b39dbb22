"""The annex: warnings, every figure, weeks, published figures, assumptions, the account, checklists, meanings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulation.report.findings import Findings
from simulation.report.handed.accounts import accounts
from simulation.report.handed.assumed import assumed_rows, assumed_table
from simulation.report.handed.blocks import Block, Bullets, Cell, Section, Table, Text, Value, value_of
from simulation.report.handed.checklists import odd, stress
from simulation.report.handed.courses import Course, courses
from simulation.report.handed.keys import change_rows
from simulation.report.handed.labelled import row_label
from simulation.report.handed.material import Made, Material
from simulation.report.handed.published import published_blocks
from simulation.report.handed.teams import NO_TEAMS, team_table
from simulation.report.handed.titles import title_of
from simulation.report.handed.unsure import unsure_table
from simulation.report.rows import Row
from simulation.report.wording import Wording
from simulation.results.names import Names
from simulation.scenario.load import Loaded
from simulation.world.labels import Label

WARNINGS = Label("Warnings of the check", "Kontrollens advarsler")
NO_WARNINGS = Label("The check of the input warns of nothing.", "Kontrollen af input giver ingen advarsler.")
CHANGED = Label("Everything that was changed", "Alt, der er ændret")
FIGURES = Label("Every figure of the whole follow-up", "Alle mål for hele opfølgningen")
FIGURE, DIFFERENCE = Label("Figure", "Mål"), Label("Difference [95 %]", "Forskel [95 %]")
BY_JOBCENTRE = Label("The same by jobcentre stand in the workbook, and in tables/ of the folder.",
                     "De samme mål efter jobcenter står i regnearket og i mappens tables/.")  # fmt: skip
UNMOVED = Label("Exactly unchanged in every replication: {figures}.", "Helt uændret i alle gentagelser: {figures}.")
UNSURE = Label("What is unsure, drawn", "Det usikre, trukket")
WEEKS = Label("Week by week", "Uge for uge")
TEAMS = Label("All teams", "Alle teams")
PUBLISHED = Label("All published figures", "Alle offentliggjorte tal")
ASSUMED = Label("All assumed values", "Alle antagne værdier")
ACCOUNT = Label("Everybody is accounted for", "Alle er gjort rede for")
STRESS = Label("STRESS-DES, filled in from this run", "STRESS-DES, udfyldt fra denne kørsel")
ODD = Label("ODD, filled in from this run", "ODD, udfyldt fra denne kørsel")
ITEM, FILLED = Label("Item", "Punkt"), Label("In this run", "I denne kørsel")
MEANINGS = Label("What the figures mean", "Hvad målene betyder")
IN_ENGLISH = Label("", "Definitionerne er på engelsk, som i tabellernes schema.json.")
UNIT, DEFINITION, KEY = Label("Unit", "Enhed"), Label("Definition", "Definition"), Label("Key", "Nøgle")
WHAT, FROM, TO = Label("What", "Hvad"), Label("From", "Fra"), Label("To", "Til")


def annex(material: Material, findings: Findings) -> list[Section]:
    """All sections of the annex of a run or a comparison."""
    wording, loaded = findings.wording, material.loaded
    name = findings.columns[0] if len(loaded) > 1 else title_of(loaded[0], wording.language)
    return [
        warned(material, wording),
        *([Section(wording.say(CHANGED), list(_changed(findings)))] if findings.changes else []),
        Section(wording.say(FIGURES), list(_figures(findings))),
        *([Section(wording.say(UNSURE), [drawn])] if (drawn := unsure_table(findings)) is not None else []),
        Section(wording.say(WEEKS), [course_table(each) for each in courses(findings)], "courses"),
        Section(wording.say(TEAMS), [team_table(findings) or Text(wording.say(NO_TEAMS))]),
        Section(wording.say(PUBLISHED), list(published_blocks(findings.results[0], name, wording))),
        Section(wording.say(ASSUMED), list(assumed(loaded, findings.columns, wording))),
        Section(wording.say(ACCOUNT), list(accounts(findings))),
        *checklists(material, wording),
        meanings(wording, [row.figure.outcome for row in findings.rows]),
    ]


def warned(material: Made, wording: Wording) -> Section:
    """Every warning of `check`, as it says it."""
    doubts = [f"{each.path}: {each.message}" if each.path else each.message for each in material.doubts]
    return Section(wording.say(WARNINGS), [Bullets(doubts) if doubts else Text(wording.say(NO_WARNINGS))])


def assumed(loaded: Sequence[Loaded], columns: Sequence[str], wording: Wording) -> Iterator[Block]:
    """All that is assumed in the first scenario, and what others assume beside or otherwise."""
    seen: set[tuple[str, str]] = set()
    for number, each in enumerate(loaded):
        rows = [row for row in assumed_rows(each) if (row["path"], str(row["value"])) not in seen]
        seen |= {(row["path"], str(row["value"])) for row in rows}
        if not rows:
            continue
        if len(loaded) > 1:
            yield Text(columns[number], "lead")
        yield assumed_table(rows, wording, sources=True)


def checklists(material: Material, wording: Wording) -> Iterator[Section]:
    """STRESS-DES and ODD."""
    for title, items in ((STRESS, stress), (ODD, odd)):
        rows = [[item, text] for item, text in items(material, wording)]
        yield Section(wording.say(title), [Table([wording.say(ITEM), wording.say(FILLED)], rows, 2, small=True)])


def meanings(wording: Wording, outcomes: Sequence[str]) -> Section:
    """What every outcome that is told means."""
    rows = [list(row) for row in meaning_rows(wording, outcomes)]
    head = [wording.say(label) for label in (FIGURE, UNIT, DEFINITION, KEY)]
    return Section(wording.say(MEANINGS), [Table(head, rows, 4, wording.say(IN_ENGLISH), small=True)])


def meaning_rows(wording: Wording, outcomes: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Label, unit, definition and key of each outcome once."""
    names: Names = wording.names
    for outcome in dict.fromkeys(outcomes):
        yield wording.outcome(outcome), wording.unit(outcome), names.meaning(outcome).definition, names.write(outcome)


def course_table(course: Course) -> Table:
    """A course, one row a week."""
    rows: list[list[Cell]] = [
        [str(week), *(Value(course.unit, float(value)) for value in course.values[:, n])]
        for n, week in enumerate(course.weeks)
    ]
    return Table([f"{course.title}. {course.week}", *course.columns], rows, 1, small=True)


def _changed(findings: Findings) -> Iterator[Block]:
    wording = findings.wording
    head = [wording.say(label) for label in (WHAT, KEY, FROM, TO, UNIT)]
    for name, changes in zip(list(findings.columns)[1:], findings.changes, strict=True):
        yield Text(name, "lead")
        yield Table(head, change_rows(changes, wording, in_full=True), 5, small=True)


def _figures(findings: Findings) -> Iterator[Block]:
    wording, columns = findings.wording, findings.columns
    every = [row for row in findings.rows if any(e.n for e in row.levels)]
    told = [row for row in every if not row.figure.group.jobcentre]
    if len(told) < len(every):
        yield Text(wording.say(BY_JOBCENTRE), "note")
    if findings.alone:
        apart = any(difference is not None for row in findings.rows for difference in row.differences)
        head = [wording.say(FIGURE), *columns, *([wording.say(DIFFERENCE)] if apart else [])]
        rows = [[row_label(findings, row), *_arms(row, apart)] for row in told]
        yield Table(head, rows, small=True)
        return
    for number, name in list(enumerate(columns))[1:]:
        moved = [row for row in told if not _same(row, number)]
        head = [wording.say(FIGURE), columns[0], name, wording.say(DIFFERENCE)]
        body = [[row_label(findings, row), *_pair(row, number)] for row in moved]
        still = ", ".join(row_label(findings, row) for row in told if _same(row, number))
        yield Table(head, body, note=wording.say(UNMOVED, figures=still) if still else "", small=True)


def _arms(row: Row, apart: bool) -> Iterator[Cell]:
    yield from (value_of(row.unit, e) for e in row.levels)
    if apart:
        yield from (value_of(row.unit, e, True) for e in row.known[:1])


def _pair(row: Row, number: int) -> Iterator[Cell]:
    yield value_of(row.unit, row.levels[0])
    yield value_of(row.unit, row.levels[number])
    yield value_of(row.unit, row.differences[number], True)


def _same(row: Row, number: int) -> bool:
    difference = row.differences[number]
    return difference is not None and difference.value == difference.low == difference.high == 0
