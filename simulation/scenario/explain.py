"""What is wrong with the data of a file, in plain words and at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from simulation.scenario.fields import fields_at
from simulation.scenario.files.older import meant
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Problem, did_you_mean, shortened, shown_file
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.schema import Scenario
from simulation.world.spec import WRONG_KEY, WRONG_PART


def problem_at(
    resolved: Resolved, path: Path, message: str, key: bool = False, within: bool = False, without: str = ""
) -> Problem:
    """A mistake at the value (or key) of this path, with the files through which it was taken over.

    With `within` it is what the parts of this value are together: it is placed where one of them was last changed. With
    `without` it is that this part is not there: it is placed where it was taken away, if it was.
    """
    mark = resolved.changed.get((*path, without) if without else path) if within or without else None
    mark = mark or resolved.mark(path, key)
    return Problem(message, mark, dotted(path), inherited_by=resolved.inherited_by.get(mark.file, ()))


def explain(resolved: Resolved, error: Any, root: type[BaseModel] = Scenario) -> Problem:
    """One mistake that pydantic found in the data of a scenario, or of another `root`."""
    path = path_in_data(resolved.data, error["loc"])
    kind, got, limits = error["type"], error["input"], error.get("ctx", {})
    shown = f" (got {_short(got)})"
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        allowed = fields_at(path[:-1], resolved.data, root)
        near = meant(path, allowed) or f"; allowed are {', '.join(sorted(allowed))}"
        return problem_at(resolved, path, f"unknown key '{key}'{near}", key=True)
    if kind in ("missing", "union_tag_not_found"):
        missing = "kind" if kind == "union_tag_not_found" else str(error["loc"][-1])
        where = path if kind == "union_tag_not_found" else path[: -1 if path and path[-1] == missing else None]
        return problem_at(resolved, where, f"missing key '{missing}'", key=True, without=missing)
    if kind == "union_tag_invalid":
        expected = [tag.strip("' ") for tag in limits["expected_tags"].split(",")]
        near = did_you_mean(str(limits["tag"]), expected) or f"; there is {', '.join(expected)}"
        return problem_at(resolved, (*path, "kind"), f"unknown kind '{limits['tag']}'{near}")
    if kind == "literal_error":
        expected = [word.strip("' ") for word in limits["expected"].replace(" or ", ", ").split(",")]
        one_of = f"one of {', '.join(expected)}" if len(expected) > 1 else expected[0]
        return problem_at(resolved, path, f"must be {one_of}{shown}{did_you_mean(str(got), expected)}")
    words = {
        "float_type": "must be a number",
        "int_type": "must be a whole number",
        "string_type": "must be text",
        "bool_type": "must be true or false",
        "dict_type": "must be a mapping of keys to values",
        "model_type": "must be a mapping of keys to values",
        "list_type": "must be a list",
        "model_attributes_type": "must be a mapping of keys to values",
        "int_from_float": "must be a whole number",
        "too_short": f"must have at least {limits.get('min_length')} entries",
        "too_long": f"must have at most {limits.get('max_length')} entries",
        "greater_than": f"must be greater than {_plain(limits.get('gt'))}",
        "greater_than_equal": f"must be {_plain(limits.get('ge'))} or more",
        "less_than": f"must be less than {_plain(limits.get('lt'))}",
        "less_than_equal": f"must be {_plain(limits.get('le'))} or less",
    }
    if kind in words:
        of_key = error["loc"][-1:] == ("[key]",)
        return problem_at(resolved, path, words[kind] + shown, key=of_key, within=kind in ("too_short", "too_long"))
    message = str(error["msg"]).removeprefix("Value error, ")
    if kind == WRONG_KEY:
        return problem_at(resolved, (*path, limits["key"]), message, key=True)
    if kind == WRONG_PART:
        parts = [(*path, *key.split(".")) for key in limits["keys"]]
        part = next((part for part in parts if part in resolved.changed), parts[0])
        message += _written_apart(resolved, parts)
        has_parts = any(below[:-1] == part for below in resolved.marks)
        return problem_at(resolved, part, message, within=has_parts)
    within = isinstance(got, Mapping | list | BaseModel)
    if isinstance(got, Mapping) and (about := message.partition(":")[0]) in got:
        path, within = (*path, about), False  # it concerns several keys, and names the one to look at first
    return problem_at(resolved, path, message, key=not path, within=within)


def _written_apart(resolved: Resolved, parts: Sequence[Path]) -> str:
    """Where each of some parts is written, if that is in several files."""
    marks = {part[-1]: resolved.mark(part, key=True) for part in parts if part in resolved.marks}
    if len({mark.file for mark in marks.values()}) < 2:
        return ""
    return f" ({', '.join(f'{key} stands at {shown_file(mark.file)}:{mark.line}' for key, mark in marks.items())})"


def path_in_data(data: Any, loc: Sequence[str | int]) -> Path:
    """The place in the file that pydantic means; its own steps (union tags, key marks) are left out."""
    path: list[str | int] = []
    part = data
    for i, step in enumerate(loc):
        if isinstance(part, Mapping) and str(step) in part:
            path.append(str(step))
            part = part[str(step)]
        elif isinstance(part, list) and isinstance(step, int) and step < len(part):
            path.append(step)
            part = part[step]
        elif i == len(loc) - 1 and isinstance(part, Mapping) and not str(step).startswith("["):
            path.append(step)
    return tuple(path)


def value_at(data: Any, steps: Sequence[str | int]) -> Any:
    """The value at these steps; None if there is none, as where it was refused."""
    for step in steps:
        if isinstance(data, Mapping):
            data = data.get(str(step))
        else:
            data = {str(n): item for n, item in enumerate(data if isinstance(data, list) else ())}.get(str(step))
    return data


def _plain(number: object) -> str:
    return f"{number:g}" if isinstance(number, float) else str(number)


def _short(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else "null" if value is None else str(value)
    return shortened(text.lower() if isinstance(value, bool) else text, 60)
