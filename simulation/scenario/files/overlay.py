"""Overlays: a scenario file states what differs from the resolved scenario (or scenarios, in order) it `extends`.

Mappings are merged key by key; everything else replaces what was there, and so does a value with a source, whatever
it looks like (a distribution is one value). `key: null` takes a key away. A single value can be set from outside by
its dotted path (`--set`).

Two parts of a scenario may stand in files of their own, which it names: the published figures (`targets: FILE`), and
the values that were fitted to them (`fitted: FILE`).
"""

from __future__ import annotations

import copy
import pathlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from simulation.scenario.files.fitted import Fit, fill, read_fit
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.files.values import Sourced, unwrap
from simulation.scenario.files.yamlfile import Document, Path, dotted, parse, read


@dataclass
class Resolved(Sourced):
    """A scenario file with everything it extends; `inherited_by` has for each file the places through which it came in.

    `fits` are the files of fitted values that the scenario and the files it extends name, the nearest one last;
    `fitted` has the fit that each filled place was filled from. `problems` are mistakes that did not keep the files
    from being read.
    """

    inherited_by: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    fits: tuple[Fit, ...] = ()
    fitted: dict[Path, Fit] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def resolve(path: pathlib.Path | str, supplied: Mapping[str, float] | None = None) -> Resolved:
    """Read a scenario file, what it extends, its published figures and its fitted values.

    `supplied` are values by dotted path that stand where the scenario says `fitted`, instead of those of the files; a
    file of fitted values that is named but does not exist is then no mistake. Raises InputProblems if nothing can be
    read.
    """
    problems: list[Problem] = []
    resolved = _resolve(pathlib.Path(path), (), (), problems, supplied is not None)
    if resolved is None:
        raise InputProblems(problems)
    resolved.fitted, unfilled = fill(resolved, resolved.fits, supplied)
    if not any(problem.path == "fitted" for problem in problems):  # a missing file is reported once
        problems += unfilled
    elif unfilled:
        raise InputProblems(problems)
    resolved.problems = tuple(problems)
    return resolved


def _resolve(
    path: pathlib.Path, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...], problems: list[Problem], lenient: bool
) -> Resolved | None:
    try:
        document = read(path)
    except InputProblems as error:
        problems += [Problem(p.message, p.mark, p.path, p.severity, chain) for p in error.problems]
        if error.document is None:
            return None
        document = error.document
    sourced, source_problems = unwrap(document)
    problems += [Problem(p.message, p.mark, p.path, p.severity, chain) for p in source_problems]
    resolved = Resolved(sourced.data, sourced.origins, sourced.marks, sourced.keys)
    file = sourced.mark(()).file
    resolved.inherited_by = {file: chain}
    figures, own_fits = _figures(path, resolved, chain, problems), _fits(path, resolved, chain, problems, lenient)
    parent = resolved.data.pop("extends", None)
    if parent is None:
        resolved.fits = own_fits
        return resolved
    parents = parent if isinstance(parent, list) and parent else [parent]
    base: Resolved | None = None
    for number, name in enumerate(parents):  # a later file wins
        place = sourced.mark(("extends", number) if isinstance(parent, list) else ("extends",))
        extended = _parent(path, name, place, below, chain, problems, lenient)
        if extended is None:
            return None
        if base is None:
            base = extended
        else:
            _merge(base, extended, (), base.data, extended.data)
            base.inherited_by |= extended.inherited_by
            base.fits += extended.fits
    assert base is not None
    if figures:
        _take_away(base, ("published",))
    base.fits += own_fits
    _merge(base, resolved, (), base.data, resolved.data)
    base.marks[()] = sourced.mark(())
    base.inherited_by |= resolved.inherited_by
    return base


def _figures(path: pathlib.Path, overlay: Resolved, chain: tuple[Mark, ...], problems: list[Problem]) -> bool:
    """Take in the published figures of the file that the overlay names, if any; whether inherited ones are dropped."""
    if "targets" not in overlay.data:
        return False
    name, place = overlay.data.pop("targets"), overlay.mark(("targets",))
    if name is None:  # as everywhere, null takes away what is inherited
        return True
    try:
        document = read(_named(path, name, place, "targets"))
    except InputProblems as error:
        problems += [Problem(p.message, p.mark, p.path or "targets", p.severity, chain) for p in error.problems]
        return True
    figures, source_problems = unwrap(document)
    problems += [Problem(p.message, p.mark, p.path, p.severity, (place, *chain)) for p in source_problems]
    if not isinstance(figures.data.get("targets"), Mapping):
        problems.append(Problem("there are no `targets:` in it", figures.mark(()), "targets", "error", (place, *chain)))
        return True
    if "published" in overlay.data:
        problems.append(Problem("give either `targets:` or `published:`, not both", place, "targets", "error", chain))
    take_in(overlay, figures, (place, *chain))
    return True


def take_in(resolved: Resolved, figures: Sourced, through: tuple[Mark, ...]) -> None:
    """Make the targets of a file the published figures of a scenario, instead of those that it has."""
    _take_away(resolved, ("published",))
    resolved.data["published"] = figures.data["targets"]
    for notes, more in ((resolved.marks, figures.marks), (resolved.keys, figures.keys)):
        notes.update({("published", *path[1:]): mark for path, mark in more.items() if path[:1] == ("targets",)})
    resolved.inherited_by[figures.mark(()).file] = through


def _fits(
    path: pathlib.Path, overlay: Resolved, chain: tuple[Mark, ...], problems: list[Problem], lenient: bool
) -> tuple[Fit, ...]:
    """The file of fitted values that the overlay names, if any; with `lenient` it need not exist."""
    name, place = overlay.data.pop("fitted", None), overlay.mark(("fitted",))
    if name is None:
        return ()
    try:
        fit = read_fit(_named(path, name, place, "fitted"))
    except InputProblems as error:
        if not (lenient and isinstance(name, str) and not (path.parent / name).exists()):
            problems += [Problem(p.message, p.mark, "fitted", p.severity, chain) for p in error.problems]
        return ()
    overlay.inherited_by[fit.file] = (place, *chain)
    return (fit,)


def _named(path: pathlib.Path, name: object, place: Mark, key: str) -> pathlib.Path:
    """The file that a scenario names. Raises InputProblems if there is none."""
    if not isinstance(name, str):
        raise InputProblems([Problem(f"{key} must be the name of a file", place, key)])
    target = path.parent / name
    if not target.is_file():
        folder = target.parent
        near = did_you_mean(target.name, [p.name for p in folder.glob("*.yaml")]) if folder.is_dir() else ""
        raise InputProblems([Problem(f"there is no file {name}{near}", place, key)])
    return target


def _parent(
    path: pathlib.Path, name: object, place: Mark, below: tuple[pathlib.Path, ...], chain: tuple[Mark, ...],
    problems: list[Problem], lenient: bool,
) -> Resolved | None:  # fmt: skip
    """A file that this one extends, resolved; None, with a problem added, if it cannot be resolved."""
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
    return _resolve(target, (*below, path), (place, *chain), problems, lenient)


def _merge(base: Sourced, over: Sourced, path: Path, into: dict[str, Any], new: dict[str, Any]) -> None:
    for key, value in new.items():
        place = (*path, key)
        whole = place in base.origins or place in over.origins
        if isinstance(into.get(key), dict) and isinstance(value, dict) and not whole:
            _merge(base, over, place, into[key], value)
            continue
        _forget(place, base.origins, base.marks, base.keys)
        if value is None:
            into.pop(key, None)
            continue
        into[key] = value
        base.origins.update({p: o for p, o in over.origins.items() if p[: len(place)] == place})
        base.marks.update({p: m for p, m in over.marks.items() if p[: len(place)] == place})
        base.keys.update({p: m for p, m in over.keys.items() if p[: len(place)] == place})


def _take_away(part: Sourced, path: Path) -> None:
    """Remove a part of the top level, with the notes of where it was written."""
    part.data.pop(str(path[0]), None)
    _forget(path, part.origins, part.marks, part.keys)


def _forget(path: Path, *notes: dict[Path, Any]) -> None:
    """Drop the notes of this place and of all places below it."""
    for by_path in notes:
        for path_below in [p for p in by_path if p[: len(path)] == path]:
            del by_path[path_below]


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
        except InputProblems as error:
            problems += [Problem(f"--set {setting}: {p.message}") for p in error.problems]
    if problems:
        raise InputProblems(problems)
    return values


def set_values(resolved: Resolved, changes: Mapping[str, Any]) -> Resolved:
    """A copy with values set by their dotted path; a mapping replaces what was there, and a value may bring its source.

    Raises InputProblems for a part that is not there.
    """
    changed = Resolved(copy.deepcopy(resolved.data), dict(resolved.origins), dict(resolved.marks), dict(resolved.keys))
    changed.inherited_by, changed.problems = dict(resolved.inherited_by), resolved.problems
    changed.fits, changed.fitted = resolved.fits, dict(resolved.fitted)
    problems = [p for name, value in changes.items() for p in _set(changed, tuple(name.split(".")), value, name)]
    if problems:
        raise InputProblems(problems)
    return changed


def _is_part(name: str, named: Mapping[str, Any], split: Any) -> bool:
    """Whether this is a part of an arm that is split, and something is said of that arm here."""
    if not isinstance(split, Mapping):
        return False
    above = [arm for arm, parts in split.items() if isinstance(parts, Mapping) and name in parts]
    return any(arm in named or _is_part(arm, named, split) for arm in above)


def _set(changed: Resolved, steps: tuple[str, ...], value: Any, name: str) -> list[Problem]:
    part: Any = changed.data
    path: Path = ()
    for i, step in enumerate(steps):
        last = i == len(steps) - 1
        if isinstance(part, list):
            if not step.isdigit() or int(step) >= len(part):
                items = f"has items 0 to {len(part) - 1}" if part else "is empty"
                return [Problem(f"{name}: {dotted(path)} {items}, not '{step}'")]
            key: str | int = int(step)
        elif isinstance(part, dict):
            if step not in part and not last and _is_part(step, part, changed.data.get("split")):
                part[step] = {}  # what is set of a part comes on top of what its arm has
            if step not in part and not last:
                near = did_you_mean(step, part)
                return [Problem(f"{name}: there is no '{step}' in {dotted(path) or 'the scenario'}{near}")]
            key = step
        else:
            return [Problem(f"{name}: {dotted(path)} is a single value and has no part '{step}'")]
        path = (*path, key)
        if not last:
            part = part[key]
    _forget(path, changed.origins, changed.marks, changed.fitted)
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
