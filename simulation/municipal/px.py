"""PX files of Statistics Denmark: keywords with values, and the figures in one list, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulation.municipal.contents import Content, line_and_column, problem
from simulation.municipal.cubes import MOST_VALUES, PUBLISHER, Dimension, sheet_of_cube, size
from simulation.municipal.figures import Written
from simulation.municipal.headings import AREA, PERIOD, folded
from simulation.municipal.notes import PX
from simulation.municipal.sheets import Cell, Facts, Sheet
from simulation.scenario.files.problems import Mark

_KEY = re.compile(r'\s*([A-Z][A-Z0-9-]*)(?:\[[^]]*\])?\s*(?:\(((?:\s*"[^"]*"\s*,?)+)\))?\s*=')
_TOKEN = re.compile(r'"([^"]*)"|(,)|([^",;\s][^",;]*)')
_DATUM = re.compile(r'"([^"]*)"|([^\s;"]+)')
_LIKE = re.compile(r'\s*(CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGE|CREATION-DATE|DECIMALS|MATRIX)(\[[^]]*\])?\s*=')


def is_px(text: str) -> bool:
    """Whether a text begins as PX files do."""
    return _LIKE.match(text) is not None


def sheet_of_px(content: Content) -> Sheet:
    """The figures of a PX file with the labels of their dimensions. Raises InputProblems."""
    text, file = content.text, content.file
    keys, data = _keywords(content)
    if "KEYS" in {key for key, _ in keys}:
        raise problem(file, "this PX file lists its rows by KEYS, which is not read; fetch it as CSV")

    def one(key: str, under: str = "") -> str:
        return " ".join(keys.get((key, under), [""])[:1])

    names = keys.get(("STUB", ""), []) + keys.get(("HEADING", ""), [])
    if not names:
        raise problem(file, "neither STUB nor HEADING names a dimension: this PX file is not whole")
    times = {under for key, under in keys if key == "TIMEVAL"}
    dimensions = []
    for name in names:
        labels = keys.get(("VALUES", name), [])
        codes = keys.get(("CODES", name), labels)
        if not labels or len(codes) != len(labels):
            raise problem(file, f"VALUES and CODES of '{name}' are not there, or not as many")
        role = "group"
        if name in times or (not times and folded(name) in PERIOD):
            role = "period"
        elif folded(name) in AREA:
            role = "area"
        elif name == one("CONTVARIABLE"):
            role = "name"
        dimensions.append(Dimension(name, codes, labels, role))
    values, places = _values(text, data)
    if (due := size(dimensions)) != len(values) or due > MOST_VALUES:
        at = line_and_column(text, data)
        words = " x ".join(f"{len(each.codes)} {each.name}" for each in dimensions)
        message = f"there are {len(values)} figures, and {due} are due ({words}); was the download broken off?"
        raise problem(file, message, *at)
    contents = one("CONTENTS") or one("TITLE")
    units = {"": one("UNITS")} | {under: one(key, under) for key, under in keys if key == "UNITS" and under}
    made = re.match(r"(\d{4})(\d\d)(\d\d)", one("CREATION-DATE"))
    facts = Facts(PUBLISHER, one("MATRIX").upper(), one("TITLE"), "-".join(made.groups()) if made else "", units)

    def place(number: int) -> Mark:
        return Mark(file, *line_and_column(text, places[number] if places else data))

    return sheet_of_cube(content, PX, dimensions, values, place, contents, facts)


def _keywords(content: Content) -> tuple[dict[tuple[str, str], list[str]], int]:
    """Values by keyword and by what it is of, the first language alone; and where the figures begin."""
    text, at = content.text, 0
    found: dict[tuple[str, str], list[str]] = {}
    while key := _KEY.match(text, at):
        of = ",".join(re.findall('"([^"]*)"', key[2] or ""))
        if key[1] == "DATA":
            return found, key.end()
        values, at = _listed(text, key.end())
        if at < 0:
            break
        found.setdefault((key[1], of), values)
    if not text[at:].strip() or at < 0:
        raise problem(content.file, "there is no DATA in this PX file; was the download broken off?")
    message = "this is not how a PX file goes on: a keyword with = and values, closed by ;"
    raise problem(content.file, message, *line_and_column(text, at + len(text[at:]) - len(text[at:].lstrip())))


def _listed(text: str, at: int) -> tuple[list[str], int]:
    """Values up to the semicolon, texts over several lines put together, and the place behind it (-1: none comes)."""
    values: list[str] = []
    apart = True
    while at < len(text):
        if text[at] == ";":
            return values, at + 1
        if text[at].isspace():
            at += 1
            continue
        token = _TOKEN.match(text, at)
        if token is None:
            return values, -1
        at = token.end()
        if token[2]:
            apart = True
            continue
        word = token[1] if token[1] is not None else token[3].strip()
        if apart or not values:
            values.append(word)
        else:
            values[-1] += word
        apart = False
    return values, -1


def _values(text: str, begin: int) -> tuple[list[Cell], list[int]]:
    """The figures, and where each is written. A number has a point before decimals, a missing one stands in quotes."""
    end = text.find(";", begin)
    found: Iterable[re.Match[str]] = _DATUM.finditer(text, begin, len(text) if end < 0 else end)
    values: list[Cell] = []
    places: list[int] = []
    for each in found:
        values.append(each[1] if each[1] is not None else _number(each[2]))
        places.append(each.start())
    return values, places


def _number(word: str) -> str:
    return Written(word) if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", word) else word
