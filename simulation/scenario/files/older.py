"""Older versions of scenario files: what has another name since, and what is read as it stands.

Version 2 has `before` where version 1 had `announcement`. A file of version 1 is read as long as nothing in it has
changed; what has is told at its place, with the command that writes the file anew (`jobcentersim upgrade`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.sourced import Sourced
from simulation.scenario.files.yamlfile import Path, dotted

VERSION = 2
"""The version of the way in which scenario files are written."""
NEW_NAME = "before.effects"
_OLD = re.compile(r"(interventions\.[^.]+\.plans\.[^.]+\.)announcement(?=\.|$)")
_NAMES_PATHS = ("sweep", "needed_effects")
"""Parts of a scenario that name others by their dotted paths."""


def is_old(path: Path) -> bool:
    """Whether this is the place of a key that has another name since."""
    return _OLD.fullmatch(dotted(path)) is not None


def renamed(text: str) -> str:
    """A dotted path with the names of today."""
    return _OLD.sub(rf"\g<1>{NEW_NAME}", text)


def meant(path: Path, allowed: Mapping[str, Any] | set[str]) -> str:
    """ "; did you mean 'x'?" for a key that is not known at this path: its name of today, or the nearest one."""
    return f"; did you mean '{NEW_NAME}'?" if is_old(path) else did_you_mean(str(path[-1]), allowed)


def old_places(data: Mapping[str, Any]) -> Iterator[tuple[Path, bool]]:
    """What of a file has another name since: the place, and whether it is a path that is written there as text, as a
    key or a value, and no part of the scenario itself."""
    for name, settings in _items(data.get("interventions")):
        if isinstance(settings, Mapping) and settings.get("kind", "samtaler") == "samtaler":
            for plan_name, plan in _items(settings.get("plans")):
                if isinstance(plan, Mapping) and "announcement" in plan:
                    yield ("interventions", name, "plans", plan_name, "announcement"), False
    for part in _NAMES_PATHS:
        yield from ((path, True) for path in _texts(data.get(part), (part,)))


def brought_up(sourced: Sourced) -> Iterator[Problem]:
    """Make of the content of a file what it is in the version of today. Yields what cannot be read any more."""
    if type(version := sourced.data.get("version")) is int and version not in (1, VERSION):
        return
    if version != VERSION:
        for path, is_text in list(old_places(sourced.data)):
            old = "'announcement'" if not is_text else f"'{path[-1]}'" if _OLD.match(str(path[-1])) else "this path"
            message = f"{old} is of version 1, and has another name since ('{NEW_NAME}'); "
            message += "`jobcentersim upgrade FILE` writes the file anew, to the same results"
            yield Problem(message, sourced.mark(path, key=True), dotted(path))
            if not is_text:
                _part(sourced.data, path[:-1]).pop("announcement")
    if version == 1 and type(version) is int:
        sourced.data["version"] = VERSION


def _items(part: Any) -> list[tuple[str, Any]]:
    return list(part.items()) if isinstance(part, Mapping) else []


def _texts(part: Any, path: Path) -> Iterator[Path]:
    """Where an old path is written, as a key or as a value."""
    if isinstance(part, str) and _OLD.match(part):
        yield path
    for key, item in _items(part) or (enumerate(part) if isinstance(part, list) else ()):
        if isinstance(key, str) and _OLD.match(key):
            yield (*path, key)
        else:
            yield from _texts(item, (*path, key))


def _part(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data
