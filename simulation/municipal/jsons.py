"""JSON of Jobindsats: version 2 of its interface (a list with one object: Variables, Data) and version 3 (an object:
columns, rows), descriptions of tables, which hold no figures, and plain lists of objects, as programs pass them on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NoReturn

from simulation.municipal.contents import Content, line_and_column, problem
from simulation.municipal.figures import Written
from simulation.municipal.notes import OBJECTS, TECHNICAL, VERSION_2, VERSION_3, Note, note
from simulation.municipal.sheets import Cell, Facts, Row, Sheet
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.world.labels import Label

PUBLISHER = "STAR, Jobindsats"
DESCRIPTIONS = ({"TableID", "Measurements"}, {"table_id", "dimensions"})
"""Keys of a description of a table, in versions 2 and 3."""
MOST_TOLD = 20
_SPACE = re.compile(r"[ \t\n\r]*")
Path = tuple[str | int, ...]
"""Keys and numbers from the top of a file to a value."""


def parsed(content: Content) -> Any:
    """What a JSON file holds, numbers as they are printed. Raises InputProblems with the place where it breaks."""

    def no_number(word: str) -> NoReturn:
        at = line_and_column(content.text, content.text.find(word))
        raise problem(content.file, f"{word} is no number of JSON", *at)

    try:
        return json.loads(content.text, parse_float=Written, parse_int=Written, parse_constant=no_number)
    except json.JSONDecodeError as error:
        message = f"this is not JSON to the end ({error.msg.lower()}); was the download broken off?"
        raise problem(content.file, message, error.lineno, error.colno) from error
    except RecursionError:
        raise problem(content.file, "this is nested too deeply for a table") from None


def description(data: Any) -> str:
    """What a description of tables tells, or "" if it is none."""
    one = data if isinstance(data, dict) else data[0] if isinstance(data, list) and data else None
    if not isinstance(one, dict) or not any(keys <= one.keys() for keys in DESCRIPTIONS):
        return ""
    tables = [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict)]
    names = [f"{str(each.get('TableID', each.get('table_id', ''))).upper()} "
             f"({each.get('TableName', each.get('table_name', ''))})" for each in tables]  # fmt: skip
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"{', '.join(names[:3])}{more}"


def sheet_of_json(content: Content, data: Any) -> Sheet:
    """The cells of an answer of Jobindsats, or of a list of objects. Raises InputProblems."""
    file = content.file
    under: Path = ()
    if isinstance(data, list) and data and isinstance(data[0], dict) and {"Variables", "columns"} & data[0].keys():
        if len(data) > 1:
            message = f"there are {len(data)} tables in one file; import them one by one"
            raise problem(file, message, *_at(content, (1,)))
        data, under = data[0], (0,)
    if isinstance(data, dict) and {"Variables", "Data"} <= data.keys():
        return _version_2(content, data, under)
    if isinstance(data, dict) and {"columns", "rows"} <= data.keys():
        labels = data["columns"]
        if not isinstance(labels, list) or not all(isinstance(label, str) for label in labels):
            raise problem(file, "'columns' must be a list of headings", *_at(content, (*under, "columns")))
        rows = _checked(content, data["rows"], len(labels), (*under, "rows"))

        def path(row: int, column: int) -> Path:
            return (*under, "columns", column) if row == 0 else (*under, "rows", row - 1, column)

        return _sheet(content, VERSION_3, [labels, *rows], path)
    if isinstance(data, list) and data and all(isinstance(each, dict) for each in data):
        names = list(dict.fromkeys(name for each in data for name in each))
        wide = [[each.get(name) for name in names] for each in data]
        rows = _checked(content, wide, len(names), ())
        return _sheet(content, OBJECTS, [[*names], *rows],
                      lambda row, column: (max(row - 1, 0), names[column]), facts=Facts())
    keys = ", ".join(map(str, list(data)[:6])) if isinstance(data, dict) else f"a {type(data).__name__}"
    raise problem(file, f"this JSON is of a kind that is not known here (it holds {keys}); known are answers of "
                        "Jobindsats (Variables and Data, or columns and rows) and JSON-stat")  # fmt: skip


def _version_2(content: Content, data: dict[str, Any], under: Path) -> Sheet:
    variables = data["Variables"]
    if not isinstance(variables, list) or not variables or not all(map(_has_label, variables)):
        message = "'Variables' must be a list of objects with a Label"
        raise problem(content.file, message, *_at(content, (*under, "Variables")))
    labels = [one["Label"] for one in variables]
    repeated = {label for label in labels if labels.count(label) > 1}
    heads: Row = [f"{one['Label']} [{one.get('Name', number)}]" if one["Label"] in repeated else one["Label"]
                  for number, one in enumerate(variables, 1)]  # fmt: skip
    rows = _checked(content, data["Data"], len(heads), (*under, "Data"))
    notes = tuple(note(TECHNICAL, label=label) for label in sorted(repeated))

    def path(row: int, column: int) -> Path:
        return (*under, "Variables", column, "Label") if row == 0 else (*under, "Data", row - 1, column)

    return _sheet(content, VERSION_2, [heads, *rows], path, notes)


def _has_label(variable: Any) -> bool:
    return isinstance(variable, dict) and isinstance(variable.get("Label"), str)


def _sheet(
    content: Content, form: Label, rows: list[Row], path: Callable[[int, int], Path], notes: tuple[Note, ...] = (),
    facts: Facts = Facts(publisher=PUBLISHER),  # noqa: B008  # it is frozen
) -> Sheet:  # fmt: skip
    def place(row: int, column: int) -> Mark:
        return Mark(content.file, *_at(content, path(row, column)))

    return Sheet(content.file, note(form), rows, place, facts=facts, notes=(*content.notes, *notes))


def _checked(content: Content, rows: Any, width: int, under: Path) -> list[Row]:
    """Rows of texts and numbers, as wide as the headings. Raises InputProblems with every one that is otherwise."""
    if not isinstance(rows, list):
        raise problem(content.file, f"'{under[-1]}' must be a list of rows", *_at(content, under))
    found: list[Row] = []
    problems: list[Problem] = []
    for number, row in enumerate(rows):
        message = ""
        if not isinstance(row, list):
            message = "a row must be a list"
        elif len(row) != width:
            message = f"the row has {len(row)} cells, and there are {width} headings"
        elif any(isinstance(cell, list | dict | bool) for cell in row):
            message = "a cell must be a text, a number or null"
        if message and len(problems) < MOST_TOLD:
            problems.append(Problem(message, Mark(content.file, *_at(content, (*under, number)))))
        elif not message:
            cells: list[Cell] = [*row]
            found.append(cells)
    if problems:
        raise InputProblems(problems)
    return found


def _at(content: Content, path: Path) -> tuple[int, int]:
    """Line and column of a value in a JSON text that has been read, or of what lies around it."""
    text = content.text
    at = _after_space(text, 0)
    for key in path:
        inside = _inside(text, at, key)
        if inside is None:
            break
        at = inside
    return line_and_column(text, at)


def _inside(text: str, at: int, wanted: str | int) -> int | None:
    """Where the value of a key, or an item by number, of the object or list at a place begins."""
    decoder = json.JSONDecoder()
    is_list, number = text[at] == "[", 0
    at = _after_space(text, at + 1)
    while text[at] not in "]}":
        key: str | int = number
        if not is_list:
            key, at = decoder.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)  # behind the colon
        if key == wanted:
            return at
        _, at = decoder.raw_decode(text, at)
        at = _after_space(text, at)
        if text[at] == ",":
            at = _after_space(text, at + 1)
        number += 1
    return None


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
