"""Values set from outside by their dotted path: `--set` on the command line, `with_` in a notebook, a sweep."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from simulation.scenario.files.dates import FROM, of_change
from simulation.scenario.files.evidence import fill_evidence
from simulation.scenario.files.older import meant
from simulation.scenario.files.overlay import Resolved, copied, drop_danish_name, forget, part_at, within_own
from simulation.scenario.files.problems import InputProblems, Mark, Problem, shortened
from simulation.scenario.files.sourced import Origin
from simulation.scenario.files.values import unwrap
from simulation.scenario.files.yamlfile import Document, Path, control_character, dotted, parse

OPTION = "--set "
"""What stands before a value that was set from outside, where a file stands otherwise."""
_ITEM = re.compile("0|[1-9][0-9]{0,8}")
_MAX_DEPTH = 64


class CannotBeSet(InputProblems, ValueError):
    """Values that cannot be set in a notebook, with all that is wrong with them."""


def without_option(problem: Problem) -> Problem:
    """The problem in words that suit a notebook, where there are no options."""
    mark = problem.mark
    if mark is None or not mark.file.startswith(OPTION):
        return problem
    return replace(problem, mark=replace(mark, file=mark.file.removeprefix(OPTION)))


def read_settings(settings: Iterable[str]) -> dict[str, Any]:
    """Values by dotted path from texts of the form `dotted.path=value`, the value in YAML.

    Raises InputProblems for what cannot be read.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in settings:
        name, equals, text = (part.strip() for part in setting.partition("="))
        if not equals or not name:
            problems.append(Problem(f"--set {setting}: write it as dotted.path=value"))
        elif not text:
            problems.append(Problem(f"--set {setting}: the value is missing (null takes a key away)"))
        elif name in values:
            problems.append(Problem(f"--set {setting}: {name} is set twice"))
        else:
            try:
                values[name] = read_value(text, f"--set {name}")
            except InputProblems as error:
                problems += [Problem(f"--set {setting}: {p.message}") for p in error.problems]
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return values


def read_value(text: str, source: str) -> Any:
    """A value written in one line of YAML; `source` is what marks show. Raises InputProblems."""
    document = parse(f"value: {text}", source)
    if set(document.data) != {"value"}:
        raise InputProblems([Problem("write the value in one line", document.mark(()))])
    return document.data["value"]


def set_values(resolved: Resolved, changes: Mapping[str, Any]) -> Resolved:
    """A copy with values set by their dotted path; a mapping replaces what was there, and a value may bring its source.

    Raises InputProblems for a part that is not there, and for what cannot stand in a file.
    """
    changed = resolved.copied()
    problems: list[Problem] = []
    for name, value in changes.items():
        if not isinstance(name, str):
            problems.append(Problem(f"{name!r}: a key is the text of a dotted path"))
            continue
        try:
            problems += _set(changed, tuple(name.split(".")), as_in_a_file(value), name)
        except ValueError as error:
            problems.append(Problem(f"{name}: {error}", path=name))
    if "name" in changes and "name_da" not in changes:
        drop_danish_name(changed)
    problems = problems or [*fill_evidence(changed, changed.synthesis)]
    if problems:
        raise InputProblems(problems)
    return changed


def is_written(resolved: Resolved, name: str) -> bool:
    """Whether a scenario has a key, by its dotted path, in a part that it has; True if there is no such part."""
    *above, last = name.split(".")
    try:
        part: Any = resolved.value_at(above) if above else resolved.data
    except KeyError:
        return above[-1:] != [FROM]  # no date of the value is written
    of_all = _of_all(resolved.data, tuple(name.split(".")))
    return not isinstance(part, dict) or last in part or of_all is not None


def as_in_a_file(value: Any, depth: int = 0) -> Any:
    """A value from a notebook (NumPy numbers, a range, a tuple, numbers as keys) as a file would have it.

    Raises ValueError for what no file can hold.
    """
    if depth > _MAX_DEPTH:
        raise ValueError("this is nested too deeply")
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value) if isinstance(value, float) else value.bit_length() > 1023:
            raise ValueError("must be a finite number" if isinstance(value, float) else "this number is too large")
        return value
    if isinstance(value, str):
        if wrong := control_character(value):
            raise ValueError(wrong)
        return str(value)
    if isinstance(value, Mapping):
        pairs = [(_key(key), as_in_a_file(item, depth + 1)) for key, item in value.items()]
        if len(dict(pairs)) < len(pairs):
            raise ValueError("two keys are written alike")
        return dict(pairs)
    if isinstance(value, list | tuple | range | np.ndarray):
        return [as_in_a_file(item, depth + 1) for item in value]
    raise ValueError(f"a {type(value).__name__} cannot stand in a scenario")


def _key(key: Any) -> str:
    key = key.item() if isinstance(key, np.generic) else key
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise ValueError(f"a key is text or a whole number (got {key!r})")
    if wrong := control_character(text := str(as_in_a_file(key))):
        raise ValueError(wrong)
    return text


def _is_part(name: str, named: Mapping[str, Any], split: Any) -> bool:
    """Whether this is a part of an arm that is split, and something is said of that arm here."""
    if not isinstance(split, Mapping):
        return False
    above = [arm for arm, parts in split.items() if isinstance(parts, Mapping) and name in parts]
    return any(arm in named or _is_part(arm, named, split) for arm in above)


def _of_all(data: Mapping[str, Any], path: Path) -> Any:
    """What an intervention has here in all jobcentres, of a path within what one of them has otherwise; None: nothing,
    or it is no such path."""
    return part_at(data, path[2:]) if path[:1] == ("jobcentres",) and path[2:3] == ("interventions",) else None


def _set(changed: Resolved, steps: tuple[str, ...], value: Any, name: str) -> list[Problem]:
    if (length := of_change(steps)) is not None:
        place = changed.place_of(steps[:length])
        if place is not None:
            return _set_from(changed, place, steps[length + 1 :], value, name)
    part: Any = changed.data
    path: Path = ()
    for i, step in enumerate(steps):
        last = i == len(steps) - 1
        if isinstance(part, list):
            if not _ITEM.fullmatch(step) or int(step) >= len(part):
                items = f"has items 0 to {len(part) - 1}" if part else "is empty"
                return [Problem(f"{name}: {dotted(path)} {items}, not '{step}'")]
            key: str | int = int(step)
        elif isinstance(part, dict):
            if step not in part and not last and _is_part(step, part, changed.data.get("split")):
                part[step] = {}  # what is set of a part comes on top of what its arm has
            if step not in part and not last and (of_all := _of_all(changed.data, (*path, step))) is not None:
                part[step] = copied(of_all) if isinstance(of_all, list) else {}  # and of a jobcentre, of what all have
            if step not in part and not last:
                near = meant((*path, step), part)
                return [Problem(f"{name}: there is no '{step}' in {dotted(path) or 'the scenario'}{near}")]
            key = step
        else:
            what = f"is a single value and has no part '{step}'"
            if step == FROM and not last:  # of a date, which is no ISO week
                what = f"changes at an ISO week, such as 2010-W44, and '{steps[i + 1]}' is none"
            return [Problem(f"{name}: {dotted(path)} {what}")]
        path = (*path, key)
        if not last:
            part = part[key]
    mark = Mark(f"{OPTION}{name}={shown(value)}", 0, 0)
    forget(path, changed.origins, changed.marks, changed.keys, changed.fitted, changed.changed, changed.dated)
    changed.changed.update({path[:length]: mark for length in range(1, len(path) + 1)})
    if value is None and isinstance(part, dict):  # as in a file, null takes a key away
        if within_own(path) and (key in part or _of_all(changed.data, path) is not None):
            part[key] = None
            changed.marks[path] = changed.keys[path] = mark
            return []
        if key not in part:
            near = meant(path, part)
            return [Problem(f"{name}: there is no '{key}' in {dotted(path[:-1]) or 'the scenario'} to take away{near}")]
        part.pop(key)
        return []
    plain, problems = unwrap(Document(mark.file, {"value set": value}, {}, {(): mark}))  # it may state its source
    part[key] = plain.data["value set"]
    changed.origins.update({(*path, *below[1:]): origin for below, origin in plain.origins.items()})
    changed.dated.update({(*path, *below[1:]): changes for below, changes in plain.dated.items()})
    changed.marks[path] = changed.keys[path] = mark
    return [Problem(problem.message, mark, dotted(path)) for problem in problems]


def _set_from(changed: Resolved, place: Path, steps: tuple[str, ...], value: Any, name: str) -> list[Problem]:
    """Set what the value at this place is from a week on, or a part of that: `steps` are the week and what is below."""
    path, mark = (*place, FROM, *steps), Mark(f"{OPTION}{name}={shown(value)}", 0, 0)
    week, *below = steps
    changes = changed.dated.get(place, {})
    if value is None and not below:
        if week not in changes:
            return [Problem(f"{name}: {dotted(place)} does not change at {week}")]
        del changes[week]
        if not changes:
            del changed.dated[place]
        forget(path, changed.origins, changed.marks, changed.keys)
        return []
    written: Any = copied(changes.get(week)) if below else value
    part = written
    for step in below[:-1]:
        part = part.get(step) if isinstance(part, dict) else None
    if below and not isinstance(part, dict):
        return [Problem(f"{name}: there is no '{steps[-2]}' in {dotted((*place, FROM))}")]
    if below and value is None and part.pop(steps[-1], None) is None:
        return [Problem(f"{name}: there is no '{steps[-1]}' in {dotted(path[:-1])} to take away")]
    if below and value is not None:
        part[steps[-1]] = value
    whole = {"value set": {"value": 0, FROM: {week: written}}}
    plain, problems = unwrap(Document(mark.file, whole, {}, {(): mark}))
    if problems:
        return [Problem(problem.message, mark, dotted(path)) for problem in problems]
    forget(path, changed.origins, changed.marks, changed.keys)
    found = {**changes, **plain.dated["value set",]}
    changed.dated[place] = {week: found[week] for week in sorted(found)}
    origins = {(*place, *at[1:]): origin for at, origin in plain.origins.items() if len(at) > 1}
    changed.origins.update(origins if not below else {path: Origin(mark)})
    changed.marks[path] = changed.keys[path] = mark
    return []


def shown(value: Any) -> str:
    """A value in one line of some length."""
    return shortened("null" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
