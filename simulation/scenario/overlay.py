"""Overlays: a scenario file states what differs from the resolved scenario (or scenarios, in order) it `extends`.

Mappings are merged key by key; everything else replaces what was there, and so does a value with a source, whatever
it looks like (a distribution is one value). `key: null` takes a key away. A single value can be set from outside by
its dotted path (`--set`).
"""

from __future__ import annotations

import copy
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from simulation.scenario.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.values import Sourced, unwrap
from simulation.scenario.yamlfile import Document, Path, dotted, parse, read


class Resolved(Sourced):
    """A scenario file with everything it extends; `inherited_by` tells for each file the places that took it over.

    `problems` are mistakes in the files that did not keep them from being read.
    """

    inherited_by: dict[str, tuple[Mark, ...]]
    problems: tuple[Problem, ...] = ()


def resolve(path: pathlib.Path | str) -> Resolved:
    """Read a scenario file and what it extends. Raises InputProblems if that cannot be done at all."""
    problems: list[Problem] = []
    resolved = _resolve(pathlib.Path(path), (), (), problems)
    if resolved is None:
        raise InputProblems(problems)
    resolved.problems = tuple(problems)
    return resolved


def _resolve(
    path: pathlib.Path, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...], problems: list[Problem]
) -> Resolved | None:
    try:
        document = read(path)
    except InputProblems as found:
        problems += [Problem(p.message, p.mark, p.path, p.severity, chain) for p in found.problems]
        if found.document is None:
            return None
        document = found.document
    own, wrong = unwrap(document)
    problems += [Problem(p.message, p.mark, p.path, p.severity, chain) for p in wrong]
    resolved = Resolved(own.data, own.origins, own.marks, own.keys)
    file = own.mark(()).file
    resolved.inherited_by = {file: chain}
    parent = resolved.data.pop("extends", None)
    if parent is None:
        return resolved
    parents = parent if isinstance(parent, list) and parent else [parent]
    base: Resolved | None = None
    for number, name in enumerate(parents):  # what a later one says wins
        place = own.mark(("extends", number) if isinstance(parent, list) else ("extends",))
        each = _parent(path, name, place, below, chain, problems)
        if each is None:
            return None
        if base is None:
            base = each
        else:
            _merge(base, each, (), base.data, each.data)
            base.inherited_by |= each.inherited_by
    assert base is not None
    _merge(base, resolved, (), base.data, resolved.data)
    base.marks[()] = own.mark(())
    base.inherited_by[file] = chain
    return base


def _parent(
    path: pathlib.Path, name: object, place: Mark, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...],
    problems: list[Problem],
) -> Resolved | None:  # fmt: skip
    """A file that this one extends, resolved; None, and a problem more, if that cannot be done."""
    if not isinstance(name, str):
        message = "extends must be the name of a file, or a list of names"
        problems.append(Problem(message, place, "extends", inherited_by=chain))
        return None
    target = path.parent / name
    if target.resolve() in {p.resolve() for p in (*below, path)}:
        problems.append(Problem(f"{name} extends itself in the end", place, "extends", inherited_by=chain))
        return None
    if not target.is_file():
        near = did_you_mean(name, [p.relative_to(path.parent).as_posix() for p in path.parent.rglob("*.yaml")])
        problems.append(
            Problem(f"there is no file {name} beside this one{near}", place, "extends", inherited_by=chain)
        )
        return None
    return _resolve(target, (*below, path), (place, *chain), problems)


def _merge(base: Sourced, over: Sourced, path: Path, into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        at = (*path, key)
        whole = at in base.origins or at in over.origins
        if isinstance(into.get(key), dict) and isinstance(value, dict) and not whole:
            _merge(base, over, at, into[key], value)
            continue
        for notes in (base.origins, base.marks, base.keys):
            for old in [p for p in notes if p[: len(at)] == at]:
                del notes[old]
        if value is None:
            into.pop(key, None)
            continue
        into[key] = value
        base.origins.update({p: o for p, o in over.origins.items() if p[: len(at)] == at})
        base.marks.update({p: m for p, m in over.marks.items() if p[: len(at)] == at})
        base.keys.update({p: m for p, m in over.keys.items() if p[: len(at)] == at})


def read_settings(settings: Iterable[str]) -> dict[str, Any]:
    """Values by dotted path from texts of the form `dotted.path=value`, the value in YAML.

    Raises InputProblems for what cannot be read.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals or not name.strip():
            problems.append(Problem(f"--set {setting}: write it as dotted.path=value"))
            continue
        try:
            values[name.strip()] = parse(f"value: {text}", f"--set {name}").data["value"]
        except InputProblems as found:
            problems += [Problem(f"--set {setting}: {p.message}") for p in found.problems]
    if problems:
        raise InputProblems(problems)
    return values


def set_values(resolved: Resolved, changes: Mapping[str, Any]) -> Resolved:
    """A copy with values set by their dotted path; a mapping replaces what was there, and a value may bring its source.

    Raises InputProblems for a part that is not there.
    """
    changed = Resolved(copy.deepcopy(resolved.data), dict(resolved.origins), dict(resolved.marks), dict(resolved.keys))
    changed.inherited_by, changed.problems = dict(resolved.inherited_by), resolved.problems
    problems = [p for name, value in changes.items() for p in _set(changed, tuple(name.split(".")), value, name)]
    if problems:
        raise InputProblems(problems)
    return changed


def _set(changed: Resolved, steps: tuple[str, ...], value: Any, name: str) -> list[Problem]:
    part: Any = changed.data
    path: Path = ()
    for i, step in enumerate(steps):
        last = i == len(steps) - 1
        if isinstance(part, list):
            if not step.isdigit() or int(step) >= len(part):
                there = f"has items 0 to {len(part) - 1}" if part else "is empty"
                return [Problem(f"{name}: {dotted(path)} {there}, not '{step}'")]
            key: str | int = int(step)
        elif isinstance(part, dict):
            if step not in part and not last:
                near = did_you_mean(step, part)
                return [Problem(f"{name}: there is no '{step}' in {dotted(path) or 'the scenario'}{near}")]
            key = step
        else:
            return [Problem(f"{name}: {dotted(path)} is a single value and has no part '{step}'")]
        path = (*path, key)
        if not last:
            part = part[key]
    for notes in (changed.origins, changed.marks):
        for old in [p for p in notes if p[: len(path)] == path]:
            del notes[old]
    if value is None and isinstance(part, dict):  # as in a file, null takes a key away
        part.pop(key, None)
        return []
    mark = Mark(f"--set {name}={value}", 0, 0)
    value = value.item() if isinstance(value, np.generic) else value
    plain, problems = unwrap(Document(mark.file, {"value set": value}, {}, {(): mark}))  # it may state its source
    part[key] = plain.data["value set"]
    changed.origins.update({(*path, *below[1:]): origin for below, origin in plain.origins.items()})
    changed.marks[path] = changed.keys[path] = mark
    return [Problem(problem.message, mark, dotted(path)) for problem in problems]
