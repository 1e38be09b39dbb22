"""Scenario files of version 1 written anew as version 2: the text is edited where something has another name, and all
else, comments and layout included, stays as it is.

`announcement: {job: 1.1}` of a plan becomes `before: {notice: enrolment, effects: {job: 1.1}}`, which does the same to
the last bit; so do overlays of it. Dotted paths of a sweep and of needed effects follow.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from simulation.scenario.files.older import VERSION, old_places, renamed
from simulation.scenario.files.part import is_part
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.regular import content_of
from simulation.scenario.files.values import unwrap
from simulation.scenario.files.yamlfile import Document, Path, dotted, parse, read
from simulation.scenario.schema import Scenario

NAMES_OF_FILES = ("extends", "targets", "fitted", "evidence")
KEYS = {*(field.alias or name for name, field in Scenario.model_fields.items()), *NAMES_OF_FILES}
"""Keys that a scenario file may have at its top level."""


@dataclass(frozen=True)
class Upgraded:
    """The text of a file as version 2, and how many keys and paths have another name in it; `changed`: it is another
    text than before."""

    text: str
    renamed: int
    changed: bool


class _Token(NamedTuple):
    """Where a key and its value are written in the text, from and to; of a mapping in lines, to the end of its last
    value."""

    key: tuple[int, int]
    value: tuple[int, int]
    in_lines: bool


def upgraded(path: pathlib.Path | str) -> Upgraded:
    """The file at `path` as version 2, line ends as they are. Raises InputProblems with all that is wrong with it."""
    document = read(path)
    return upgrade(content_of(path).decode("utf-8"), document)


def upgrade(text: str, document: Document) -> Upgraded:
    """The text of a document as version 2. Raises InputProblems."""
    if is_part(document.data):  # there are none of version 1
        return Upgraded(text, 0, False)
    sourced, problems = unwrap(document)
    problems += [
        Problem(f"this is no scenario file: '{key}' is no key of one", document.mark((key,), key=True), key)
        for key in document.data
        if key not in KEYS
    ]
    version = sourced.data.get("version")
    if "version" in document.data and (type(version) is not int or version not in (1, VERSION)):
        problems.append(Problem(f"must be 1 or {VERSION}", document.mark(("version",)), "version"))
    bom = "\N{BYTE ORDER MARK}" if text.startswith("\N{BYTE ORDER MARK}") else ""
    old = [(path, is_text) for path, is_text in old_places(sourced.data)]
    if problems or (version != 1 and not old):
        if problems:
            raise InputProblems(problems)
        return Upgraded(text, 0, False)
    text = text.removeprefix(bom)
    tokens = dict(_tokens(text))
    edits: list[tuple[int, int, str]] = []
    if version == 1:
        edits.append((*tokens[("version",)].value, str(VERSION)))
    for path, is_text in old:
        of_path = _of_path if is_text else _of_key
        edits += of_path(text, tokens[path], document, path, problems)
    if problems:
        raise InputProblems(problems)
    new = text
    for start, end, put in sorted(edits, reverse=True):
        new = new[:start] + put + new[end:]
    if _data(new, document.file) != _as_today(sourced.data, old):
        message = "this cannot be edited where it stands; write version 2 by hand"
        raise InputProblems([Problem(message, document.mark(()))])
    return Upgraded(bom + new, len(old), True)


def _data(text: str, file: str) -> dict[str, Any]:
    return unwrap(parse(text, file))[0].data


def _as_today(data: Any, old: list[tuple[Path, bool]], path: Path = ()) -> Any:
    """What the content must be afterwards."""
    if isinstance(data, Mapping):
        found: dict[str, Any] = {}
        for key, item in data.items():
            place = (*path, key)
            value = _as_today(item, old, place)
            if (place, False) in old:
                found["before"] = None if item is None else {"notice": "enrolment", "effects": value}
            elif (place, True) in old and renamed(key) != key:
                found[renamed(key)] = value
            else:
                found[key] = VERSION if place == ("version",) else value
        return found
    if isinstance(data, list):
        return [_as_today(item, old, (*path, number)) for number, item in enumerate(data)]
    return renamed(data) if (path, True) in old else data


def _of_key(
    text: str, token: _Token, document: Document, path: Path, problems: list[Problem]
) -> Iterator[tuple[int, int, str]]:
    """`announcement` becomes `before`, with what stands there as its effects."""
    (key_from, key_to), (start, end) = token.key, token.value
    quote = text[key_from] if text[key_from] in "\"'" else ""
    yield key_from, key_to, f"{quote}before{quote}"
    if not token.in_lines:
        if text[start:end] not in ("null", "~"):
            yield start, start, "{notice: enrolment, effects: "
            yield end, end, "}"
        return
    line = text.rfind("\n", 0, start) + 1
    indent, key_indent = text[line:start], key_from - (text.rfind("\n", 0, key_from) + 1)
    if indent.strip(" "):
        problems.append(Problem("begin the value on a line of its own", document.mark(path), dotted(path)))
        return
    line_end = "\r\n" if text[:line].endswith("\r\n") else "\n"
    put = f"{indent}notice: enrolment{line_end}{indent}effects:{line_end}"
    while line < end:
        following = text.find("\n", line) + 1 or len(text)
        deeper = " " * (len(indent) - key_indent) if text[line:following].strip() else ""
        yield line, line, put + deeper
        line, put = following, ""


def _of_path(
    text: str, token: _Token, document: Document, path: Path, problems: list[Problem]
) -> Iterator[tuple[int, int, str]]:
    """A dotted path, be it the key or the value, gets its names of today."""
    start, end = token.key if renamed(str(path[-1])) != path[-1] else token.value
    written = text[start:end]
    if renamed(written.strip("\"'")).endswith(".effects"):
        message = "this is all of an `announcement`, which is part of a `before` since: write it by hand"
        problems.append(Problem(message, document.mark(path, key=True), dotted(path)))
    quote = written[0] if written[0] in "\"'" else ""
    yield start, end, quote + renamed(written.strip("\"'")) + quote


def _tokens(text: str) -> Iterator[tuple[Path, _Token]]:
    """Where every key and item is written, by its path without the steps into `value:`."""
    events: Iterator[Any] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
    root = next(event for event in events if isinstance(event, yaml.MappingStartEvent))
    yield from _node(events, root, ())[1]


def _node(events: Iterator[Any], event: Any, path: Path) -> tuple[int, list[tuple[Path, _Token]]]:
    """Where the value that begins with this event ends, and the tokens in it."""
    found: list[tuple[Path, _Token]] = []
    last = event.end_mark.index
    if not isinstance(event, yaml.CollectionStartEvent):
        return last, found
    is_mapping = isinstance(event, yaml.MappingStartEvent)
    for number, first in enumerate(events):
        if isinstance(first, yaml.CollectionEndEvent):
            ends: Any = first.end_mark
            return (ends.index if event.flow_style else last), found
        key, value = (first, next(events)) if is_mapping else (first, first)
        step = key.value if is_mapping else number
        below = path if step == "value" else (*path, step)
        last, inside = _node(events, value, below)
        in_lines = isinstance(value, yaml.CollectionStartEvent) and not value.flow_style
        span = key.start_mark.index, key.end_mark.index
        found += inside
        if below != path:
            found.append((below, _Token(span, (value.start_mark.index, last), in_lines)))
    raise AssertionError("a collection has an end")
