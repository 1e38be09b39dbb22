"""Workbooks (.xlsx), read with what Python brings: a zip archive of XML. Texts, numbers and merged cells are read,
formulas by what they gave last; formats are not, but for dates."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from xml.etree import ElementTree

from simulation.municipal.contents import Content, problem
from simulation.municipal.figures import Written
from simulation.municipal.notes import WORKBOOK, note
from simulation.municipal.sheets import Row, Sheet
from simulation.scenario.files.problems import Mark

LARGEST_PART = 200_000_000
"""Bytes of an unpacked part that is read."""
MOST_CELLS = 5_000_000
DIGITS = 15
"""Digits that a spreadsheet keeps of a number."""
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets_of_workbook(content: Content) -> dict[str, Sheet]:
    """The sheets that hold something, by name. Raises InputProblems for an archive that is no workbook, or broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content.archive)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise problem(content.file, "this is a zip archive and no Excel workbook (.xlsx); unpack it first")
            return _Book(content, archive).sheets()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
        message = "the workbook is broken, or has a password; was the download broken off?"
        raise problem(content.file, message) from error
    except ElementTree.ParseError as error:
        raise problem(content.file, "the workbook is broken: what is in it is no XML") from error
    except (ValueError, IndexError) as error:
        raise problem(content.file, "the workbook is broken: a cell points to what is not there") from error


class _Book:
    def __init__(self, content: Content, archive: zipfile.ZipFile) -> None:
        self.content, self.archive = content, archive
        self.texts = self._shared()

    def sheets(self) -> dict[str, Sheet]:
        """Every sheet with a cell in it."""
        related = self._part("xl/_rels/workbook.xml.rels")
        targets = {one.get("Id"): one.get("Target", "") for one in (related if related is not None else ())}
        found: dict[str, Sheet] = {}
        book = self._part("xl/workbook.xml")
        for one in book.iter() if book is not None else ():
            if _tag(one) == "sheet" and one.get(_RELATED) in targets:
                target = targets[one.get(_RELATED)]
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
                part = self._part(path)
                sheet = None if part is None else self._sheet(part, one.get("name", ""))
                if sheet is not None and any(cell for row in sheet.rows for cell in row):
                    found[one.get("name", "")] = sheet
        if not found:
            raise problem(self.content.file, "the workbook is empty")
        return found

    def _part(self, name: str) -> ElementTree.Element | None:
        """A part of the archive; None if it is not there. Raises InputProblems for what no spreadsheet writes."""
        if name not in self.archive.namelist():
            return None
        if self.archive.getinfo(name).file_size > LARGEST_PART:
            raise problem(self.content.file, f"unpacked, the workbook is larger than {LARGEST_PART // 1_000_000} MB")
        text = self.archive.read(name)  # no more than was said
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise problem(self.content.file, "the workbook holds XML that no spreadsheet writes (entities of its own)")
        return ElementTree.fromstring(text)

    def _shared(self) -> list[str]:
        part = self._part("xl/sharedStrings.xml")
        return [_text(one) for one in (part if part is not None else ())]

    def _sheet(self, part: ElementTree.Element, name: str) -> Sheet:
        cells: dict[tuple[int, int], str] = {}
        merged: list[tuple[int, int, int, int]] = []
        for one in part.iter():
            if _tag(one) == "c" and (at := _PLACE.fullmatch(one.get("r", ""))):
                value = self._value(one)
                if value:
                    cells[int(at[2]) - 1, _column(at[1])] = value
            elif _tag(one) == "mergeCell":
                first, _, last = one.get("ref", "").partition(":")
                if (begin := _PLACE.fullmatch(first)) and (end := _PLACE.fullmatch(last)):
                    merged.append((int(begin[2]) - 1, _column(begin[1]), int(end[2]) - 1, _column(end[1])))
        height, width = (1 + max((at[axis] for at in cells), default=-1) for axis in (0, 1))
        if height * width > MOST_CELLS:
            raise problem(self.content.file, f"the sheet '{name}' is larger than {MOST_CELLS} cells")
        rows: list[Row] = [[cells.get((row, column), "") for column in range(width)] for row in range(height)]

        def place(row: int, column: int) -> Mark:
            return Mark(self.content.file, row + 1, column + 1)

        return Sheet(self.content.file, note(WORKBOOK, sheet=name), rows, place, flat=False, merged=tuple(merged))

    def _value(self, cell: ElementTree.Element) -> str:
        """What a cell shows, a number with the digits that a spreadsheet keeps."""
        kind = cell.get("t", "n")
        inner = next((one for one in cell if _tag(one) == ("is" if kind == "inlineStr" else "v")), None)
        formula = next((one.text or "" for one in cell if _tag(one) == "f"), None)
        if kind == "n" and formula is not None and (inner is None or not inner.text):
            return f"={formula}"  # it was never reckoned
        if inner is None:
            return ""
        if kind == "inlineStr":
            return _text(inner)
        text = inner.text or ""
        if kind == "s":
            return self.texts[int(text)]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind != "n" or not text:
            return text
        return Written(f"{float(text):.{DIGITS}g}")


def _text(element: ElementTree.Element) -> str:
    """A text and all its runs, without what is written above it for the reading of signs."""
    return "".join(_runs(element))


def _runs(element: ElementTree.Element) -> list[str]:
    found = []
    for one in element:
        if _tag(one) == "t":
            found.append(one.text or "")
        elif _tag(one) == "r":
            found += _runs(one)
    return found


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1
