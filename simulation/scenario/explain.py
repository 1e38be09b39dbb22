"""What is wrong with the data of a file, in plain words and at its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from simulation.scenario.fields import fields_at
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.schema import Scenario


def problem_at(resolved: Resolved, path: Path, message: str, key: bool = False) -> Problem:
    """A mistake at the value (or key) of this path, with the files through which it was taken over."""
    mark = resolved.mark(path, key)
    return Problem(message, mark, dotted(path), inherited_by=resolved.inherited_by.get(mark.file, ()))


def explain(resolved: Resolved, error: Any, root: type[BaseModel] = Scenario) -> Problem:
    """One mistake that pydantic found in the data of a scenario, or of another `root`."""
    path = path_in_data(resolved.data, error["loc"])
    kind, got, limits = error["type"], error["input"], error.get("ctx", {})
    shown = f" (got {_short(got)})"
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        allowed = fields_at(path[:-1], resolved.data, root)
        near = did_you_mean(key, allowed) or f"; allowed are {', '.join(sorted(allowed))}"
        return problem_at(resolved, path, f"unknown key '{key}'{near}", key=True)
    if kind in ("missing", "union_tag_not_found"):
        missing = "kind" if kind == "union_tag_not_found" else str(error["loc"][-1])
        where = path if kind == "union_tag_not_found" else path[: -1 if path and path[-1] == missing else None]
        return problem_at(resolved, where, f"missing key '{missing}'", key=True)
    if kind == "union_tag_invalid":
        expected = [tag.strip("' ") for tag in limits["expected_tags"].split(",")]
        near = did_you_mean(str(limits["tag"]), expected) or f"; there is {', '.join(expected)}"
        return problem_at(resolved, (*path, "kind"), f"unknown kind '{limits['tag']}'{near}")
    if kind == "literal_error":
        expected = [word.strip("' ") for word in limits["expected"].replace(" or ", ", ").split(",")]
        return problem_at(
            resolved, path, f"must be one of {', '.join(expected)}{shown}{did_you_mean(str(got), expected)}"
        )
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
        return problem_at(resolved, path, words[kind] + shown)
    message = str(error["msg"]).removeprefix("Value error, ")
    if isinstance(got, Mapping) and (about := message.partition(":")[0]) in got:
        path = (*path, about)  # it concerns several keys, and names the one to look at first
    return problem_at(resolved, path, message, key=not path)


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


def _plain(number: object) -> str:
    return f"{number:g}" if isinstance(number, int | float) else str(number)


def _short(value: object) -> str:
    text = f"'{value}'" if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."
