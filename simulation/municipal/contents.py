"""What the bytes of a file are: text in some encoding, a workbook, or neither, which is refused by its name.

The content decides, not the ending. Letters that another program has read in a wrong encoding and stored so (`OmrÃ¥de`,
`K°n`) are mended where the way back is certain, which a note says; letters that are lost (`Omr�de`) are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from simulation.municipal.notes import MENDED, Note, note
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.regular import content_of

LARGEST = 300_000_000
"""Bytes of a file that is read."""
LONGEST_LINE, SHOWN_LINE = 1_000_000, 300
"""Characters of a line that is read, and of one that is shown with a mistake."""
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or one with a password; save it as .xlsx or CSV"),
    (b"%PDF", "a PDF; fetch the table as CSV, JSON or Excel"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"PAR1", "a Parquet file; save it as CSV"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive; unpack it first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x00" * 12 + b"\xc2\xea\x81\x60", "a SAS data set; export it as CSV"),
    (b"$FL2", "an SPSS file; save it as CSV"),
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WRONG = (("cp1252", "utf-8"), ("latin-1", "utf-8"), ("cp850", "cp1252"), ("cp437", "cp1252"), ("cp1252", "cp850"))
"""As what a text may have been read, and as what it was written."""
_WORDS = re.compile(r"\b(Område|område|OMRÅDE|Køn|køn|KØN|Mænd|mænd|Måned|måned|År|år|Målgruppe|Forløb|forløb|"
                    r"påbegyndte|Løntilskud|København|Kontanthjælp|kontanthjælp)\b")  # fmt: skip
"""By which a text is known to be read rightly."""
_CONTROLS = re.compile("[\x01-\x08\x0b\x0e-\x1f]")
_STRANGE = re.compile("Ã.|Â.|[°¢Õµσ›†‘]")
_LOST = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Content:
    """The content of a file: text, or the bytes of a workbook (a zip archive)."""

    file: str
    text: str = ""
    archive: bytes = b""
    notes: tuple[Note, ...] = ()


def problem(file: str, message: str, line: int = 1, column: int = 1) -> InputProblems:
    """A mistake that ends the reading of a file."""
    return InputProblems([Problem(message, Mark(file, line, column))])


def content(file: str) -> Content:
    """What is in a file. Raises InputProblems for what is no text and no workbook."""
    try:
        data = content_of(file)
    except FileNotFoundError as error:
        raise problem(file, "there is no such file") from error
    except (OSError, ValueError) as error:
        raise problem(file, getattr(error, "strerror", None) or str(error)) from error
    if len(data) > LARGEST:
        raise problem(file, f"the file has {len(data) // 1_000_000} MB; files up to {LARGEST // 1_000_000} MB are read")
    if data.startswith(b"PK\x03\x04"):
        return Content(file, archive=data)
    for begin, words in _BINARY:
        if data.startswith(begin):
            raise problem(file, f"this is {words}")
    text, notes = decoded(data, file)
    if not text.strip():
        raise problem(file, "the file is empty")
    if len(max(text.split("\n"), key=len)) > LONGEST_LINE and not text.lstrip().startswith(("{", "[")):
        raise problem(file, f"a line has more than {LONGEST_LINE} characters: this is no table")
    return Content(file, text, notes=notes)


def decoded(data: bytes, file: str) -> tuple[str, tuple[Note, ...]]:
    """The text of some bytes, line ends as they are, and what was mended. Raises InputProblems."""
    for begin, encoding in _MARKS:
        if data.startswith(begin):
            try:
                return _mended(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise problem(file, f"the file begins as {encoding[:6].upper()} and does not go on so") from error
    if b"\0" in data:
        raise problem(file, "this is no text but a binary file of a kind that is not known here")
    for encoding in ("utf-8", "cp1252", "cp850"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) > len(text) / 100:
            break
        return _mended(text)
    raise problem(file, "this is no text but a binary file of a kind that is not known here")


def lost_letters(file: str, text: str) -> list[Problem]:
    """The first place where letters are lost, if there is one."""
    at = text.find(_LOST)
    if at < 0:
        return []
    message = "letters are lost here: the file was saved in a wrong encoding; fetch it again, or save it as UTF-8"
    return [Problem(message, Mark(file, *line_and_column(text, at)))]


def lines_of(text: str) -> list[str]:
    """The lines of a text as editors count them."""
    return re.split("\r\n|\r|\n", text)


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The place of a character, from 1 as editors count."""
    before = text[:at].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _mended(text: str) -> tuple[str, tuple[Note, ...]]:
    """The text with Nordic letters where reading it once more, as what it was, gives more words that are known."""
    text = text.removeprefix("\ufeff")
    if not _STRANGE.search(text):
        return text, ()
    best, most, way = text, len(_WORDS.findall(text)), ("", "")
    for read_as, was in _WRONG:
        try:
            other = text.encode(read_as).decode(was)
        except UnicodeError:
            continue
        if (found := len(_WORDS.findall(other))) > most:
            best, most, way = other, found, (read_as, was)
    if best == text:
        return text, ()
    return best.removeprefix("\ufeff"), (note(MENDED, was=way[1], read_as=way[0]),)


def line_shown(file: str, line: int) -> str | None:
    """A line of a file that is text, as it stands above the caret of a mistake; None for a workbook or a long line."""
    try:
        lines = _lines(file)
    except InputProblems:
        return None
    text = lines[line - 1] if 0 < line <= len(lines) else None
    return text if text is not None and len(text) <= SHOWN_LINE else None


@lru_cache(maxsize=4)
def _lines(file: str) -> list[str]:
    return lines_of(content(file).text)
