"""The keys of a file as tables in Markdown, part by part, from the JSON Schema that the program has of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Schema = Mapping[str, Any]
PLAIN = {"string": "text", "boolean": "true or false", "integer": "whole number", "number": "number"}
HEAD = ("key", "what it is", "value", "unit", "default", "limits")
NAME = "NAME"
"""Stands in a path for any name."""


class Place(NamedTuple):
    """Where a part may stand: in which other part ("": the whole file), and the path from there."""

    owner: str
    path: str


class Reference:
    """The parts of a file in the order in which one meets them, from a JSON Schema with its `$defs` down; those that
    `beside` has as well are not repeated. `places` has where each may stand."""

    def __init__(self, schema: Schema, beside: Reference | None = None) -> None:
        self.parts: dict[str, Schema] = {"": schema}
        self.places: dict[str, list[Place]] = {}
        self.beside = beside
        self._walk("", schema.get("$defs", {}))

    def _walk(self, owner: str, definitions: Schema) -> None:
        for key, value in self.parts[owner]["properties"].items():
            for name, path in named(value, key):
                if self.beside is not None and name in self.beside.parts:
                    continue
                self.places.setdefault(name, []).append(Place(owner, path))
                if name not in self.parts:
                    self.parts[name] = definitions[name]
                    self._walk(name, definitions)

    def kind(self, name: str) -> str:
        """The kind of intervention whose settings a part is, "" if it is of none."""
        return str(self.parts[name]["properties"].get("kind", {}).get("const", ""))

    def title(self, name: str) -> str:
        """The path of a part, or what it is called if it may stand at several."""
        if self.beside is not None and name in self.beside.parts:
            return self.beside.title(name)
        if kind := self.kind(name):
            return kind
        return self.path(self.places[name][0]) if len(self.places[name]) == 1 else name.split("__")[-1]

    def path(self, place: Place) -> str:
        """A place as a dotted path: of the file, of a kind of intervention, or of a part that stands at several."""
        return f"{self.title(place.owner)}.{place.path}" if place.owner else place.path

    def of_kind(self, name: str) -> str:
        """The kind of intervention that a part belongs to alone; "" if it belongs to none, or to several."""
        while name and not self.kind(name):
            if len(self.places[name]) > 1:
                return ""
            name = self.places[name][0].owner
        return self.kind(name) if name else ""

    def of_kinds(self, name: str) -> bool:
        """Whether a part is of interventions."""
        above = {place.owner for place in self.places.get(name, ())}
        return bool(name) and (bool(self.kind(name)) or any(self.of_kinds(owner) for owner in above))

    def section(self, name: str, level: int) -> str:
        """A part with its heading."""
        part = self.parts[name]
        lines = [f"{'#' * level} {self.title(name)}", "", str(part["description"]).partition("\n\n")[0]]
        if not self.kind(name) and len(self.places[name]) > 1:
            lines += ["", f"Stands at {', '.join(f'`{self.path(place)}`' for place in self.places[name])}."]
        return "\n".join([*lines, "", self.table(name), ""])

    def table(self, name: str) -> str:
        """The keys of a part. Raises KeyError for a key without a description."""
        keys, required = self.parts[name]["properties"], self.parts[name].get("required", ())
        return table(HEAD, (self._row(key, value, key in required) for key, value in keys.items()))

    def _row(self, key: str, value: Schema, required: bool) -> tuple[str, ...]:
        default = "**required**" if required else _default(value.get("default"))
        return f"`{key}`", str(value["description"]), self.text(value), unit(value), default, limits(value)

    def text(self, value: Schema) -> str:
        """What a value may be, in words."""
        if "$ref" in value:
            title = self.title(value["$ref"].split("/")[-1])
            return f"[{title}](#{anchor(title)})"
        if "const" in value:
            return f"`{value['const']}`"
        if "title" in value and value.get("properties"):
            return f"[{value['title']}](#{anchor(value['title'])})"
        if "enum" in value:
            return ", ".join(f"`{one}`" for one in value["enum"])
        if is_distribution(value):
            return "whole number or shares"
        if several := [option for option in options(value) if option.get("type") != "null"]:
            of_a_kind = all("$ref" in option and self.kind(option["$ref"].split("/")[-1]) for option in several)
            return "[a kind of intervention](#kinds-of-intervention)" if of_a_kind else " or ".join(
                dict.fromkeys(map(self.text, several))
            )  # fmt: skip
        if value.get("type") == "array":
            return f"list of: {self.text(value['items'])}"
        if isinstance(entry := value.get("additionalProperties"), Mapping):
            keys = ", ".join(f"`{key}`" for key in value.get("propertyNames", {}).get("enum", ()))
            return f"mapping{f' of {keys}' if keys else ''} to: {self.text(entry)}"
        kinds = value.get("type", ())
        return PLAIN.get(kinds if isinstance(kinds, str) else next(iter(kinds), ""), "as its key takes it")


def named(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The parts that a value may be or consist of, each with the path to it."""
    if "$ref" in value:
        yield value["$ref"].split("/")[-1], path
    for option in options(value):
        yield from named(option, path)
    if isinstance(entry := value.get("additionalProperties"), Mapping):
        yield from named(entry, f"{path}.{NAME}")
    if "items" in value:
        yield from named(value["items"], path)


def options(value: Schema) -> Iterator[Schema]:
    """What a value may be, one or the other."""
    for word in ("anyOf", "oneOf", "allOf"):
        yield from value.get(word, ())


def is_distribution(value: Schema) -> bool:
    """Whether a value is a whole number, or several with their shares."""
    several = [option for option in options(value) if option.get("type") != "null"]
    if len(several) == 1:
        return is_distribution(several[0])
    return [option.get("type") for option in several] == ["object", "integer"]


def inside(value: Any) -> Iterator[Schema]:
    """A value and whatever it may consist of, without other parts; of a distribution its whole number alone."""
    if isinstance(value, Mapping):
        yield value
        whole = [option for option in options(value) if option.get("type") == "integer"]
        for option in whole if is_distribution(value) and whole else options(value):
            yield from inside(option)
        yield from inside(value.get("items"))
        yield from inside(value.get("additionalProperties"))


def unit(value: Schema) -> str:
    """The unit of a value, "" if it has none."""
    for each in (*inside(value), *options(value)):  # or beside the shares of a distribution
        if "unit" in each:
            return str(each["unit"])
        if "unit_of" in each:
            return f"that of the {each['unit_of']}"
    return ""


def limits(value: Schema) -> str:
    """Between which numbers a value lies, and how many entries it has."""
    found: list[str] = []
    for each in inside(value):
        low, high = _end(each, "inimum", "above "), _end(each, "aximum", "below ")
        found += [f"{low} to {high}" if low and high else low or high]
        few, many = (each.get(f"{end}Items", each.get(f"{end}Properties")) for end in ("min", "max"))
        if many is not None:
            found.append(f"{few or 0} to {many} entries" if few != many else f"{few} entries")
        elif few:
            found.append("not empty")
    return ", ".join(dict.fromkeys(filter(None, found)))


def _end(value: Schema, name: str, word: str) -> str:
    for key, before in ((f"exclusiveM{name}", word), (f"m{name}", "")):
        if key in value:
            return before + _number(value[key])
    return ""


def _number(number: float) -> str:
    if number == int(number) and abs(number) < 1e12:
        return f"{int(number):,}"
    return str(number) if isinstance(number, int) else f"{number:g}".replace("e+", "e").replace("e-0", "e-")


def _default(value: Any) -> str:
    return "none" if value is None or value in ({}, [], "") else f"`{json.dumps(value, ensure_ascii=False)}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in cells)} |" for cells in lines)


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;").strip()


def anchor(title: str) -> str:
    """The place of a heading, as GitHub calls it."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")
