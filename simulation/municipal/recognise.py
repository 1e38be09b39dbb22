"""Reading one file: which reader is for it, and in words what it is where there is none."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from simulation.municipal.contents import Content, content, lost_letters, problem
from simulation.municipal.csvs import sheet_of_csv
from simulation.municipal.doubts import doubts
from simulation.municipal.headings import PERIOD, Asked, folded
from simulation.municipal.jsons import description, parsed, sheet_of_json
from simulation.municipal.jsonstat import is_jsonstat, sheet_of_jsonstat
from simulation.municipal.notes import BY_FILE, CSV, CSV_OF, DATE_OF_FILE, SHEETS, Note, note
from simulation.municipal.periods import NoPeriod, period_of
from simulation.municipal.pivoted import flat, has_headings
from simulation.municipal.px import is_px, sheet_of_px
from simulation.municipal.reading import observations, of_areas
from simulation.municipal.sheets import Sheet
from simulation.municipal.table import Table
from simulation.municipal.tables import table_and_publisher
from simulation.municipal.tidy import is_tidy, read_tidy
from simulation.municipal.workbooks import sheets_of_workbook
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.world.labels import Label

NO_PERSONS = "persons are not read here, only published tables"
_WEEK = re.compile(r"y_?(\d\d)(\d\d)", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """What a file is: a table, or a description of tables, which holds no figures. `known_from` tells how its table is
    known, `mind` what is easily misread."""

    file: str
    table: Table | None
    described: str = ""
    known_from: Label | None = None
    mind: tuple[Note, ...] = ()


def read(file: str, asked: Asked = Asked()) -> Found:  # noqa: B008  # it is frozen
    """What is in a file. Raises InputProblems with everything that is wrong."""
    inside = content(file)
    if problems := lost_letters(file, inside.text):
        raise InputProblems(problems)
    if inside.archive:
        sheet = _sheet_of(inside, asked)
    else:
        begins = inside.text.lstrip()[:400].casefold()
        _refuse_other_texts(file, inside.text, begins)
        if begins.startswith(("{", "[")):
            data = parsed(inside)
            if described := description(data):
                return Found(file, None, described)
            sheet = sheet_of_jsonstat(inside, data) if is_jsonstat(data) else sheet_of_json(inside, data)
        elif is_px(inside.text):
            sheet = sheet_of_px(inside)
        else:
            sheet = sheet_of_csv(inside)
            if is_tidy(sheet.rows):
                return _tidy(sheet, asked)
            _refuse_persons_and_logs(sheet)
    sheet = flat(sheet, asked)
    return _found(_of_period(sheet, asked) if asked.period else sheet, asked)


def _tidy(sheet: Sheet, asked: Asked) -> Found:
    """A table that was written here, of the areas that are asked for. Raises InputProblems."""
    if asked.columns or asked.period or asked.table:
        message = f"{sheet.file} is a tidy table, which says itself what it is; of the options it takes --area alone"
        raise InputProblems([Problem(message)])
    whole = read_tidy(sheet.rows, sheet.file)
    table = replace(whole, observations=tuple(of_areas(sheet.file, [*whole.observations], asked)))
    return Found(sheet.file, table, "", BY_FILE, tuple(doubts(table)))


def _of_period(sheet: Sheet, asked: Asked) -> Sheet:
    """A sheet without periods, all of it of the one that is said. Raises InputProblems if there are some."""
    on = Mark("--period", 0, 0)
    try:
        period_of(asked.period)
    except NoPeriod as error:
        raise InputProblems([Problem(str(error), on)]) from None
    heads = [folded(head) for head in sheet.rows[0]]
    if "period" in sheet.roles.values() or any(head in PERIOD for head in heads):
        raise InputProblems([Problem(f"{sheet.file} says itself of which periods its figures are", on)])
    width = len(heads)
    rows = [[*sheet.rows[0], "Periode"], *([*row, asked.period] for row in sheet.rows[1:])]
    return replace(sheet, rows=rows, roles={**sheet.roles, width: "period"},
                   place=lambda row, column: sheet.place(row, min(column, width - 1)))  # fmt: skip


def _found(sheet: Sheet, asked: Asked) -> Found:
    groups, found, notes = observations(sheet, asked)
    name, publisher, known_from = table_and_publisher(sheet, asked.table)
    form = sheet.form
    if form.what is CSV and publisher:
        form = note(CSV_OF, publisher=publisher.rpartition(", ")[2], **form.gaps)
    extracted, by = sheet.facts.extracted, BY_FILE.en
    if not extracted:
        changed = datetime.datetime.fromtimestamp(Path(sheet.file).stat().st_mtime, datetime.UTC)
        extracted, by = changed.date().isoformat(), DATE_OF_FILE.en
    every = (*sheet.notes, *notes)
    table = Table(PurePath(sheet.file).name, form, publisher, name, extracted, by, groups, tuple(found), every)
    return Found(sheet.file, table, "", known_from, tuple(doubts(table)))


def _sheet_of(inside: Content, asked: Asked) -> Sheet:
    """The sheet of a workbook that is asked for, or the only one with headings. Raises InputProblems."""
    sheets = sheets_of_workbook(inside)
    if asked.sheet:
        if asked.sheet not in sheets:
            has = did_you_mean(asked.sheet, sheets) or f"; it has {', '.join(sheets)}"
            raise InputProblems([Problem(f"{inside.file} has no sheet '{asked.sheet}'{has}", Mark("--sheet", 0, 0))])
        return sheets[asked.sheet]
    likely = [one for one in sheets.values() if has_headings(one, asked)] or list(sheets.values())
    if len(likely) > 1:
        names = [name for name, one in sheets.items() if any(one is each for each in likely)]
        raise problem(inside.file, f"which sheet is it? {', '.join(names)} may each be a table: say --sheet NAME")
    if len(sheets) > 1:
        others = [name for name, one in sheets.items() if one is not likely[0]]
        return replace(likely[0], notes=(*likely[0].notes, note(SHEETS, sheets=", ".join(others))))
    return likely[0]


def _refuse_other_texts(file: str, text: str, begins: str) -> None:
    """Raises InputProblems for what is written in signs and is no table."""
    if begins.startswith(("<!doctype html", "<html")) or ("<html" in begins and begins.startswith("<")):
        message = "this is a web page, perhaps of a login or of an error; fetch the table as CSV, JSON or Excel"
        raise problem(file, message)
    if "<log" in begins and begins.startswith("<"):
        raise problem(file, "this is an event log (XES), of cases and what happened to each: no published table")
    if begins.startswith("<"):
        raise problem(file, "this is XML of a kind that is not read; fetch the table as CSV, JSON or Excel")
    if re.match(r"\s*(error|fejl)\b", text[:20], re.IGNORECASE) and len(text) < 2000:
        raise problem(file, "this is a message of a service, and no table")


def _refuse_persons_and_logs(sheet: Sheet) -> None:
    """Raises InputProblems for registers of persons and event logs, which are other things than published tables."""
    heads = [folded(head) for head in (sheet.rows or [[]])[0]]
    weeks = sorted((_year(found[1]), int(found[2])) for head in heads if (found := _WEEK.fullmatch(head)))
    if len(weeks) >= 2:
        first, last = (f"{year}-W{week:02}" for year, week in (weeks[0], weeks[-1]))
        message = (f"this is an extract of DREAM, a row for each of {len(sheet.rows) - 1} persons and a code for each "
                   f"week from {first} to {last}: {NO_PERSONS}")  # fmt: skip
        raise problem(sheet.file, message)
    if "pnr" in heads or "cpr" in heads or "cprnr" in heads:
        raise problem(sheet.file, f"this has a row for each person (pnr): {NO_PERSONS}")
    if {"case:concept:name", "concept:name", "time:timestamp"} & set(heads):
        raise problem(sheet.file, "this is an event log, of cases and what happened to each: no published table")


def _year(digits: str) -> int:
    """The year of a week of DREAM: from 90 on it is of the last century."""
    return (1900 if int(digits) >= 90 else 2000) + int(digits)
