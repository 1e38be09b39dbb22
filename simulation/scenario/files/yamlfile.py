"""Read a strict, small dialect of YAML and remember where every key and value was written.

YAML guesses types: it turns `NO` into false, `10:30` into 630 and `1e-3` into text. Here a value means
what it looks like. Whatever two readers could understand differently is refused with a plain sentence,
and all mistakes in a file are reported together.

The file is read from PyYAML's events, because composed nodes no longer tell whether an anchor or a
tag was written, and nothing is left of them once a later line turns out to be malformed.
"""

from __future__ import annotations

import os
import pathlib
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import yaml

from simulation.scenario.files.braces import number_with_commas, stands_alone
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.quick import PLAIN, QUICK, reads_alike
from simulation.scenario.files.regular import NoFile, content_of
from simulation.scenario.files.scalars import Scalar, plain_value, point_for_comma
from simulation.scenario.files.shipped import not_there
from simulation.scenario.files.syntax import BAD_ESCAPE, SYNTAX, TAG

Path = tuple[str | int, ...]
# What YAML cannot hold, or takes for a line end or nothing at all: with these gone, positions are as an editor shows.
_INVISIBLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DEPTH = 64
_MAX_INVISIBLE = 20


@dataclass(frozen=True)
class Document:
    """The content of one file, with the place of every key and of every value.

    `keys` and `values` are indexed by the path from the top level, such as `("teams", 0, "name")`;
    the keys in a path are always text and the positions in a list count from 0.
    """

    file: str
    data: dict[str, Any]
    keys: Mapping[Path, Mark]
    values: Mapping[Path, Mark]

    def mark(self, path: Path, key: bool = False) -> Mark:
        """Return where the value at `path` (or its key) is written, or else its nearest known parent.

        Raises nothing: a document without any marks answers with the start of the file.
        """
        first, second = (self.keys, self.values) if key else (self.values, self.keys)
        for end in range(len(path), -1, -1):
            if mark := first.get(path[:end]) or second.get(path[:end]):
                return mark
        return Mark(self.file, 1, 1)


def dotted(path: Path) -> str:
    """Return `path` as shown to people, for example `jobcentre.teams.0`. Raises nothing."""
    return ".".join(map(str, path))


def read(path: pathlib.Path | str) -> Document:
    """Return the document in the file at `path`, which must be UTF-8 text.

    Raises InputProblems with everything that is wrong with the file, also when it cannot be read.
    """
    file = str(path)
    try:
        content = content_of(path)
    except (OSError, ValueError) as error:
        raise InputProblems([Problem(_unreadable(pathlib.Path(path), error), Mark(file, 1, 1))]) from error
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        message = f"the file is not UTF-8 text (byte 0x{content[error.start]:02x}); save it as UTF-8"
        mark = _mark_at(content[: error.start].decode("utf-8-sig"), file)
        raise InputProblems([Problem(message, mark)]) from error
    return _parsed(text, file)


@lru_cache(maxsize=64)  # many scenarios extend the same base; a document is never changed, only taken apart
def _parsed(text: str, file: str) -> Document:
    return parse(text, file)


def parse(text: str, file: str) -> Document:
    """Return the document written in `text`; `file` is only the name that marks and reports show.

    Raises InputProblems with everything that is wrong with the text.
    """
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    invisible = [
        Problem(
            f"the invisible character U+{ord(match[0]):04X} is not allowed; delete it",
            _mark_at(text[: match.start()], file),
        )
        for match in islice(_INVISIBLE.finditer(text), _MAX_INVISIBLE)
    ]
    if invisible:
        raise InputProblems(invisible)
    if reads_alike(text):
        with suppress(InputProblems):  # what is wrong is told from PyYAML's own events
            return _Parser(text, file, QUICK).document()
    return _Parser(text, file, PLAIN).document()


def control_character(text: str) -> str:
    """What is wrong with a text that has a character in it which cannot be seen, or ""; also where it is written as an
    escape ("\\e"), it could move a cursor or clear a screen. Raises nothing."""
    if found := _INVISIBLE.search(text) or re.search("\r", text):
        return f"the invisible character U+{ord(found[0]):04X} is not allowed; delete it"
    return ""


def _unreadable(path: pathlib.Path, error: Exception) -> str:
    if os.path.isdir(path):
        return "this is a directory, not a file"
    if isinstance(error, NoFile):
        return str(error.strerror)
    if isinstance(error, FileNotFoundError):
        return not_there(path)
    return f"the file cannot be read: {getattr(error, 'strerror', None) or error}"


def _mark_at(before: str, file: str) -> Mark:
    """Return the place that follows the text `before`."""
    lines = _LINE_END.split(before)
    return Mark(file, len(lines), len(lines[-1]) + 1)


class _Parser:
    """Turns the events of one text into a Document, collecting problems on the way."""

    def __init__(self, text: str, file: str, loader: Any) -> None:
        self.file, self.written = file, text
        self.loader: Any = loader(text)
        self.keys: dict[Path, Mark] = {}
        self.values: dict[Path, Mark] = {}
        self.starts: dict[Path, int] = {}  # where each value begins in the text
        self.problems: list[Problem] = []

    def document(self) -> Document:
        data = None
        try:
            data = self.top_level()
        except yaml.MarkedYAMLError as error:
            self.syntax_problem(error)
        document = Document(self.file, data, self.keys, self.values) if isinstance(data, dict) else None
        if self.problems or document is None:
            raise InputProblems(self.problems, document)
        return document

    def top_level(self) -> Any:
        self.take()  # the start of the stream
        if isinstance(self.take(), yaml.StreamEndEvent):
            self.problem("the file is empty", Mark(self.file, 1, 1))
            return None
        root = self.take()
        data = self.node(root, ())
        if data is None and isinstance(root, yaml.ScalarEvent) and not root.value:
            self.problem("the file is empty", self.values[()])
        elif not isinstance(root, yaml.MappingStartEvent):
            self.problem("the top level must consist of 'key: value' lines", self.values[()])
        self.take()  # the end of the document
        if not isinstance(extra := self.take(), yaml.StreamEndEvent):
            self.problem("a file holds one document; remove the second one", self.mark(extra.start_mark))
        return data

    def node(self, event: yaml.Event, path: Path) -> Any:
        """Return the value that starts with `event`, or None where it is refused."""
        self.values[path] = self.mark(event.start_mark)
        self.starts[path] = event.start_mark.index if event.start_mark else 0
        self.refuse_indirection(event, path)
        if len(path) > _MAX_DEPTH:
            self.problem("this is nested too deeply", self.values[path])
            raise InputProblems(self.problems)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(path, bool(event.flow_style))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.scalar(event, path) if isinstance(event, yaml.ScalarEvent) else None

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.take(), yaml.SequenceEndEvent):
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path, in_braces: bool) -> dict[str, Any]:
        data: dict[str, Any] = {}
        before, comma_until = "", 0  # the key before, and where a number that a comma has split ends
        while not isinstance(event := self.take(), yaml.MappingEndEvent):
            following = self.take() if isinstance(event, yaml.ScalarEvent) else None
            if in_braces and following is not None and stands_alone(self.written, event, following):
                if event.start_mark is None or comma_until <= event.start_mark.index:
                    comma_until = self.key_alone(event, path, before)
                    data |= {before: None} if comma_until else {}
                continue
            key = self.key(event, path)
            if key in data:  # a part given twice is reported once, not for each of its keys
                for below in [other for other in self.keys if other[: len(path) + 1] == (*path, key) != other]:
                    del self.keys[below]
            data[key] = self.node(following or self.take(), (*path, key))
            before = key
        return data

    def key_alone(self, event: Any, path: Path, before: str) -> int:
        """Report a word in braces that has no value: most often the decimals of the number before it. Returns where
        that number ends in the text, 0 if there is none."""
        place = (*path, before)
        if place in self.values and (number := number_with_commas(self.written, self.starts[place], event)):
            self.problem(point_for_comma(number), self.values[place], place)
            return self.starts[place] + len(number)
        message = f"'{event.value}' has no value; write '{event.value}: ...', and put text that has a comma in quotes"
        self.problem(message, self.mark(event.start_mark), path)
        return 0

    def key(self, event: yaml.Event, path: Path) -> str:
        """Return the text of a key. A refused key is read like any other, to find what follows it."""
        mark = self.mark(event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            self.problem("a key must be text; put text that starts with a bracket in quotes", mark, path)
        if not isinstance(event, yaml.ScalarEvent):
            found = len(self.problems)
            self.node(event, (*path, ""))
            if isinstance(event, yaml.CollectionStartEvent):
                del self.problems[found:]  # one mistake is enough
            return ""
        self.refuse_indirection(event, path)
        key = self.text(event, path)
        if not event.style and key == "":
            self.problem("a key is missing before the ':'", mark, path)
        if not event.style and key == "<<":
            self.problem("use extends: instead of the YAML merge key '<<'", mark, path)
        first = self.keys.setdefault((*path, key), mark)
        if first is not mark:
            lines = f"on line {first.line} and on line {mark.line}"
            self.problem(f"key {key!r} is given twice, {lines}", mark, path)
        return key

    def scalar(self, event: yaml.ScalarEvent, path: Path) -> Scalar:
        if event.style:
            return self.text(event, path)
        if not event.value and path and path[-1] != "":
            self.problem("a value is missing here (null takes a key away)", self.values[path], path)
            return None
        try:
            return plain_value(event.value)
        except ValueError as refused:
            self.problem(str(refused), self.values[path], path)
            return None

    def text(self, event: yaml.ScalarEvent, path: Path) -> str:
        if _SURROGATE.search(event.value):
            self.problem("an escape in this text is not a character", self.mark(event.start_mark), path)
        elif hidden := control_character(event.value):
            self.problem(hidden, self.mark(event.start_mark), path)
        return event.value

    def refuse_indirection(self, event: yaml.Event, path: Path) -> None:
        """Report aliases, anchors and tags, with which a value would no longer mean what is written."""
        mark = self.mark(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            self.problem(f"use extends: instead of the YAML alias '*{event.anchor}'", mark, path)
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            self.problem(f"use extends: instead of the YAML anchor '&{event.anchor}'", mark, path)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
            self.problem(TAG, mark, path)

    def syntax_problem(self, error: yaml.MarkedYAMLError) -> None:
        error_text = f"{error.context or ''}: {error.problem or ''}"
        unknown = ("", f"this cannot be read as YAML: {error.problem}", False)
        _, message, at_start = next((entry for entry in SYNTAX if entry[0] in error_text), unknown)
        began, noticed = error.context_mark, error.problem_mark
        self.problem(message, self.mark((began or noticed) if at_start else (noticed or began)))

    def take(self) -> yaml.Event:
        try:
            event: yaml.Event = self.loader.get_event()
        except (ValueError, OverflowError) as error:
            # PyYAML does not check the numbers in escapes such as "\UFFFFFFFF".
            self.problem(BAD_ESCAPE, self.mark(self.loader.get_mark()))
            raise InputProblems(self.problems) from error
        return event

    def mark(self, position: Any) -> Mark:
        return Mark(self.file, position.line + 1, position.column + 1)

    def problem(self, message: str, mark: Mark, path: Path = ()) -> None:
        self.problems.append(Problem(message, mark, dotted(path)))
