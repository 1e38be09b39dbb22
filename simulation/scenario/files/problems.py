"""Mistakes in input files, and how they are shown to the person who wrote the file."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from simulation.scenario.files.regular import refuse_what_is_no_file


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file; line and column count characters from 1, as text editors do. Line 0: no file at all."""

    file: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: what is wrong, where it is written, and which value it concerns.

    `path` is the dotted place in the document, for example `jobcentre.teams.0`. `inherited_by` lists
    the places, nearest first, through which another file took over the value.
    """

    message: str
    mark: Mark | None = None
    path: str = ""
    severity: Literal["error", "warning"] = "error"
    inherited_by: tuple[Mark, ...] = ()


class InputProblems(Exception):
    """Every mistake found in the input, together; its text is the rendered report.

    `document` is what could be read in spite of them (refused values are None), so that more can be found; or None.
    """

    def __init__(self, problems: Iterable[Problem], document: Any = None) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.document = document
        super().__init__(self.problems, document)

    def __str__(self) -> str:
        return render(self.problems)


def line_on_disk(file: str, line: int) -> str | None:
    """Return line number `line` (from 1) of `file`, or None if it cannot be read. Raises nothing."""
    try:
        refuse_what_is_no_file(file)
        with open(file, encoding="utf-8-sig", errors="replace") as lines:
            return next((text.rstrip("\n") for text in islice(lines, line - 1, line)), None)
    except (OSError, ValueError):
        return None


def render(problems: Sequence[Problem], read_line: Callable[[str, int], str | None] = line_on_disk) -> str:
    """Return the problems as text, each with its source line and a caret under the mistake.

    They are sorted by file (in order of first appearance), line and column. `read_line(file, line)`
    supplies the source line, or None to leave it out. Raises nothing of its own.
    """

    def file(problem: Problem) -> str:
        return shown_file(problem.mark.file) if problem.mark else ""

    files = list(dict.fromkeys(map(file, problems)))

    def position(problem: Problem) -> tuple[int, int, int]:
        mark = problem.mark or Mark("", 0, 0)
        return files.index(file(problem)), mark.line, mark.column

    ordered = sorted(problems, key=position)
    return "\n".join(line for problem in ordered for line in _rendered(problem, read_line))


def did_you_mean(word: str, allowed: Iterable[str], likeness: float = 0.6) -> str:
    """Return "; did you mean 'x'?" for the allowed word closest to `word`, or "" if none is so like it (0 to 1).

    Case, hyphen or underscore, and æøå or ae/oe/aa make no difference. Raises nothing.
    """
    spellings = {_folded(name): name for name in sorted(allowed) if name != word}
    close = difflib.get_close_matches(_folded(word), spellings, n=1, cutoff=likeness)
    return f"; did you mean '{spellings[close[0]]}'?" if close else ""


def _folded(word: str) -> str:
    text = unicodedata.normalize("NFC", word).casefold().replace("-", "_")
    return text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def _rendered(problem: Problem, read_line: Callable[[str, int], str | None]) -> list[str]:
    mark = problem.mark
    place = ""
    if mark:  # line 0: not in a file but on the command line
        place = f"{shown_file(mark.file)}:{mark.line}:{mark.column}: " if mark.line else f"{_visible(mark.file)}: "
    path = f"{_visible(problem.path)}: " if problem.path else ""
    lines = [f"{place}{problem.severity}: {path}{_visible(problem.message)}"]
    if mark and (source := read_line(mark.file, mark.line)) is not None:
        # Tabs are repeated before the caret so that it stays below its character at any tab width.
        before = "".join("\t" if char == "\t" else " " for char in source[: mark.column - 1])
        number = f"{mark.line:>5}"
        lines.append(f"{number} | {_visible(source)}".rstrip())
        lines.append(f"{' ' * len(number)} | {before.ljust(mark.column - 1)}^")
    lines += [f"      inherited by {shown_file(by.file)}:{by.line}" for by in problem.inherited_by]
    return lines


def shortened(text: str, most: int = 100) -> str:
    """A name or value of any length, as it is shown in a message."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _visible(text: str) -> str:
    """Return `text` with characters that would disturb or vanish on a screen made visible."""
    shown = (char if char.isprintable() or char == "\t" else "\N{REPLACEMENT CHARACTER}" for char in text)
    return "".join(shown)


def shown_file(file: str) -> str:
    """Return `file` relative to the current directory when it lies below it, otherwise as given."""
    try:
        relative = Path(os.path.abspath(file)).relative_to(Path.cwd())
    except (OSError, ValueError):
        return _visible(file)
    return _visible(relative.as_posix())
