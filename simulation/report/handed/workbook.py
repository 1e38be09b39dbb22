"""The workbook: a contents sheet with links, then one sheet a subject, with native charts; the same bytes every
time."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

from simulation.report.handed.charts import add_charts
from simulation.report.handed.material import Material
from simulation.report.handed.sheets import LONGEST_NAME, Column, Entry, Formula, Sheet, first_row, format_of
from simulation.report.handed.subjects import run_sheets
from simulation.report.handed.sweep_sheets import sweep_sheets
from simulation.report.handed.titles import about, foot, title
from simulation.report.wording import Wording
from simulation.world.labels import Label, Language

CONTENTS = Label("Contents", "Indhold")
SHEET, ABOUT, ROWS = Label("Sheet", "Ark"), Label("What it has", "Hvad det indeholder"), Label("Rows", "Rækker")
CHARTS = Label("{name}, charts", "{name}, figurer")
PAGE = Label("&L{foot}&RPage &P of &N", "&L{foot}&RSide &P af &N")
CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""The same for every workbook, so that the same result gives the same file."""
WIDEST, NARROWEST, A4, SHORT, MOST_LINES = 60.0, 8.0, 9, 20, 8
"""Characters of a column; the number of a size of paper; rows below which charts stand; lines of a head."""
FORMATS = {"whole": "#,##0", "number": "General", "price": "#,##0.00"}
"""Of columns whose numbers all are of one sort."""
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
"""A text stays a text, whatever it begins with; only a Formula is one."""


def workbook(material: Material, language: Language) -> bytes:
    """The file of a run, a comparison or a sweep."""
    wording = material.wording(language)
    sheets = (run_sheets if material.swept is None else sweep_sheets)(material, language)
    named = title(material, language, wording)
    return written(named, about(material, wording), foot(material, wording), sheets, wording)


def written(title: str, about: str, foot: str, sheets: Sequence[Sheet], wording: Wording) -> bytes:
    """A file of these sheets; `about` stands below its title, `foot` on every page."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": CREATED, "comments": foot})
    book.set_size(2400, 1600)
    writer = _Writer(book, wording, wording.say(PAGE, foot=foot.replace("&", "&&")))
    writer.contents(title, about, sheets)
    for sheet in sheets:
        writer.sheet(sheet)
    book.close()
    return out.getvalue()


class _Writer:
    """Writes sheets into a workbook, with the formats that they share."""

    def __init__(self, book: Any, wording: Wording, foot: str) -> None:
        self.book, self.wording, self.foot = book, wording, foot
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom", "bg_color": "#E6E6E6"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"valign": "top"})
        self.link = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self._numbers: dict[str, Any] = {}

    def contents(self, title: str, about: str, sheets: Sequence[Sheet]) -> None:
        """The first sheet, with a link to every other one."""
        made = self._new(self.wording.say(CONTENTS))
        made.write_string(0, 0, title, self.title)
        made.write_string(1, 0, about, self.plain)
        for column, label in enumerate((SHEET, ABOUT, ROWS)):
            made.write_string(3, column, self.wording.say(label), self.head)
        for row, sheet in enumerate(sheets, 4):
            made.write_url(row, 0, f"internal:'{sheet.name}'!A1", self.link, sheet.name)
            made.write_string(row, 1, sheet.about, self.text)
            made.write_number(row, 2, len(sheet.rows), self._number("#,##0"))
        made.set_column(0, 0, 26)
        made.set_column(1, 1, 80)
        made.set_column(2, 2, 10)

    def sheet(self, sheet: Sheet) -> None:
        """One subject: what it has, lines of text, a head that stays where it is, rows, and charts beside them."""
        made = self._new(sheet.name)
        made.write_string(0, 0, sheet.about, self.title)
        for row, line in enumerate(sheet.lines, 1):
            made.write_string(row, 0, line, self.plain)
        top = first_row(sheet.lines) - 1
        for number, column in enumerate(sheet.columns):
            made.write_string(top, number, column.head, self.head)
            made.set_column(number, number, column.width or _width(sheet, number))
        for row, entries in enumerate(sheet.rows):
            unit = sheet.units[row] if sheet.units else ""
            for number, (column, entry) in enumerate(zip(sheet.columns, entries, strict=True)):
                self._write(made, top + 1 + row, number, column, entry, unit)
        if sheet.columns:
            made.freeze_panes(top + 1, 1)
            made.repeat_rows(top)
            if sheet.filtered and sheet.rows:
                made.autofilter(top, 0, top + len(sheet.rows), len(sheet.columns) - 1)
            made.set_row(top, _height(sheet))
        if sheet.charts and len(sheet.rows) <= SHORT:
            add_charts(self.book, made, sheet, top, top + len(sheet.rows) + 2)
        elif sheet.charts:
            charts = self._new(chart_sheet(sheet, self.wording))
            charts.write_string(0, 0, sheet.about, self.title)
            add_charts(self.book, charts, sheet, top, 2)

    def _new(self, name: str) -> Any:
        made = self.book.add_worksheet(name)
        made.hide_gridlines(2)
        made.set_landscape()
        made.set_paper(A4)
        made.fit_to_pages(1, 0)
        made.set_margins(0.4, 0.4, 0.5, 0.6)
        made.set_footer(self.foot)
        return made

    def _write(self, made: Any, row: int, number: int, column: Column, entry: Entry, unit: str) -> None:
        if entry is None:
            return
        if isinstance(entry, str):
            made.write_string(row, number, entry, self.text)
            return
        shown = self._number(_format(column.kind, unit))
        if isinstance(entry, Formula):
            made.write_formula(row, number, entry.text, shown, entry.value)
            return
        made.write_number(row, number, entry, shown)

    def _number(self, shown: str) -> Any:
        if shown not in self._numbers:
            self._numbers[shown] = self.book.add_format({"num_format": shown, "valign": "top"})
        return self._numbers[shown]


def chart_sheet(sheet: Sheet, wording: Wording) -> str:
    """The sheet behind a long one that has its charts."""
    return wording.say(CHARTS, name=sheet.name)[:LONGEST_NAME]


def _height(sheet: Sheet) -> float:
    """Points that the head needs for all its lines."""
    widths = [column.width or _width(sheet, number) for number, column in enumerate(sheet.columns)]
    lines = [len(column.head) / max(width - 2, 4) for column, width in zip(sheet.columns, widths, strict=True)]
    return 15.0 * min(int(max(lines)) + 1, MOST_LINES)


def _format(kind: str, unit: str) -> str:
    """The number format of a column, in a row of this unit."""
    if kind.startswith("unit:"):
        return format_of(kind.removeprefix("unit:"))
    return FORMATS.get(kind) or format_of(unit, kind == "difference")


def _width(sheet: Sheet, number: int) -> float:
    """As wide as the texts of a column, within limits; numbers take little."""
    texts = [len(row[number]) for row in sheet.rows if isinstance(row[number], str)]  # type: ignore[arg-type]
    widest = max([*texts, min(len(sheet.columns[number].head), 14)], default=NARROWEST)
    return min(max(widest + 2.0, NARROWEST), WIDEST)
