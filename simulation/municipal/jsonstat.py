"""JSON-stat of Statistics Denmark: dimensions by name, and a flat list of values, the last dimension fastest."""

from __future__ import annotations

import re
from typing import Any

from simulation.municipal.contents import Content, line_and_column, problem
from simulation.municipal.cubes import MOST_VALUES, PUBLISHER, Dimension, sheet_of_cube, size
from simulation.municipal.headings import AREA, PERIOD, folded
from simulation.municipal.notes import JSON_STAT
from simulation.municipal.sheets import Cell, Facts, Sheet
from simulation.scenario.files.problems import Mark

NAMES = frozenset({"contentscode", "tal", "contents"})
"""Dimensions that name what is measured."""


def is_jsonstat(data: Any) -> bool:
    """Whether what a JSON file holds is JSON-stat, of the first version or the second."""
    inner = data.get("dataset", data) if isinstance(data, dict) else None
    return isinstance(inner, dict) and {"dimension", "value"} <= inner.keys()


def sheet_of_jsonstat(content: Content, data: dict[str, Any]) -> Sheet:
    """The values with the labels of their dimensions. Raises InputProblems."""
    inner = data.get("dataset", data)
    try:
        return _sheet(content, inner)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        message = f"this JSON-stat is not whole: {error!r} is missing, or of another kind than is due"
        raise problem(content.file, message) from error


def _sheet(content: Content, inner: dict[str, Any]) -> Sheet:
    dimension = inner["dimension"]
    ids = inner.get("id") or dimension["id"]
    sizes = [int(each) for each in inner.get("size") or dimension["size"]]
    said = inner.get("role") or dimension.get("role") or {}
    dimensions = [_dimension(name, dimension[name], said) for name in ids]
    due = size(dimensions)
    if sizes != [len(each.codes) for each in dimensions]:
        raise problem(content.file, f"the sizes {sizes} are not those of the dimensions "
                                    f"{[len(each.codes) for each in dimensions]}")  # fmt: skip
    if due > MOST_VALUES:
        raise problem(content.file, f"there are more than {MOST_VALUES} values")
    raw = inner["value"]
    at = line_and_column(content.text, max(content.text.find('"value"'), 0))
    if isinstance(raw, dict):  # only those that are there
        raw = [raw.get(str(number)) for number in range(due)]
    if len(raw) != due:
        words = " x ".join(f"{len(each.codes)} {each.name}" for each in dimensions)
        raise problem(content.file, f"there are {len(raw)} values, and {due} are due ({words})", *at)
    signs = inner.get("status") or {}
    values: list[Cell] = [_value(one, _sign(signs, number)) for number, one in enumerate(raw)]
    label = str(inner.get("label", ""))
    metric = [each for each in dimensions if each.role == "name"]
    units = _units(dimension[metric[0].name]) if metric else {}
    table = metric[0].codes[0] if metric and re.fullmatch(r"[A-Z]{2,8}\d{1,3}", metric[0].codes[0]) else ""
    facts = Facts(PUBLISHER, table, label, str(inner.get("updated", ""))[:10], units)

    def place(_: int) -> Mark:
        return Mark(content.file, *at)

    return sheet_of_cube(content, JSON_STAT, dimensions, values, place, label or "value", facts)


def _dimension(name: str, one: dict[str, Any], said: dict[str, Any]) -> Dimension:
    category = one["category"]
    labels = category.get("label", {})
    index = category.get("index", list(labels))
    codes = list(index) if isinstance(index, list) else sorted(index, key=lambda code: int(index[code]))
    if folded(name) in PERIOD or name in said.get("time", ()):
        role = "period"
    elif folded(name) in AREA or name in said.get("geo", ()):
        role = "area"
    elif name.lower() in NAMES or name in said.get("metric", ()):
        role = "name"
    else:
        role = "group"
    return Dimension(name, codes, [str(labels.get(code, code)) for code in codes], role)


def _sign(signs: Any, number: int) -> str | None:
    """The sign that stands for a missing value, if there is one."""
    if isinstance(signs, str):
        return signs
    found = signs.get(str(number)) if isinstance(signs, dict) else signs[number] if number < len(signs) else None
    return None if found is None else str(found)


def _value(value: Any, sign: str | None) -> Cell:
    if value is None:
        return sign
    if isinstance(value, str):
        return value
    raise ValueError(value)


def _units(dimension: dict[str, Any]) -> dict[str, str]:
    """Units by the label of what is measured."""
    category = dimension["category"]
    labels, units = category.get("label", {}), category.get("unit", {})
    return {labels.get(code, code): str(one["base"]) for code, one in units.items() if one.get("base")}
