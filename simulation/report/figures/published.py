"""The published figures that are of a scenario itself, and not of what it was made from."""

from __future__ import annotations

from simulation.results.result import Result
from simulation.results.verdict import Beside
from simulation.scenario.changes import CHANGES_NOTHING


def own_published(result: Result) -> list[Beside]:
    """Published figures that a scenario brings along in its own file, or in the file of targets that it names, with the
    simulated ones. A what-if that extends a published trial has none: nobody has seen it."""
    resolved = result.loaded.resolved
    settings = [path for path, mark in resolved.changed.items() if mark.file.startswith("--set")]
    if any(path[0] not in (*CHANGES_NOTHING, "seed") for path in settings):
        return []
    return [beside for beside in result.beside_published() if _is_own(result, beside.name)]


def _is_own(result: Result, name: str) -> bool:
    resolved, own = result.loaded.resolved, result.loaded.file
    file = resolved.mark(("published", name), key=True).file
    if file == own:
        return True
    is_scenario = any(mark.file == file for path, mark in resolved.marks.items() if path and path[0] != "published")
    places = resolved.inherited_by.get(file, ())
    return not is_scenario and len(places) == 1 and places[0].file == own
