"""Overlays: a scenario file states what differs from the resolved scenario (or scenarios, in order) it `extends`.

Mappings are merged key by key; everything else replaces what was there, and so does a value with a source, whatever
it looks like (a distribution is one value). `key: null` takes away a key that is there; what a jobcentre has otherwise
of an intervention is itself an overlay, in which it stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulation.scenario.files.evidence import Synthesis
from simulation.scenario.files.fitted import Fit
from simulation.scenario.files.older import meant
from simulation.scenario.files.problems import Mark, Problem
from simulation.scenario.files.sourced import Sourced
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.published import with_design


@dataclass
class Resolved(Sourced):
    """A scenario file with everything it extends; `inherited_by` has for each file the places through which it came in.

    `fits` are the files of fitted values that the scenario and the files it extends name, the nearest one last;
    `fitted` has the fit that each filled place was filled from; `synthesis` is that of published effects, if one is
    named. `changed` has, for places that an overlay or a setting replaced or took away and for all they lie in, where
    that was done. `problems` are mistakes that did not keep the files from being read.
    """

    inherited_by: dict[str, tuple[Mark, ...]] = field(default_factory=dict)
    fits: tuple[Fit, ...] = ()
    fitted: dict[Path, Fit] = field(default_factory=dict)
    changed: dict[Path, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    synthesis: Synthesis | None = None

    def notes(self) -> tuple[dict[Path, Any], ...]:
        """What is noted of single places of the data, by path."""
        return self.origins, self.marks, self.keys, self.dated

    def copied(self) -> Resolved:
        """The same in mappings of its own."""
        return Resolved(
            copied(self.data), dict(self.origins), dict(self.marks), dict(self.keys), dict(self.inherited_by),
            self.fits, dict(self.fitted), dict(self.changed), self.problems, self.synthesis,
            dated={place: copied(changes) for place, changes in self.dated.items()},
        )  # fmt: skip


def copied(data: Any) -> Any:
    """Plain data in mappings and lists of its own."""
    if isinstance(data, dict):
        return {key: copied(item) if isinstance(item, dict | list) else item for key, item in data.items()}
    return [copied(item) for item in data] if isinstance(data, list) else data


def merge(base: Resolved, over: Resolved, keys: Iterable[str] | None = None) -> Iterator[Problem]:
    """Put an overlay, or what it says of some keys, on what it extends, which is changed. Yields what is taken away
    though it is not there."""
    said = over.data if keys is None else {key: over.data[key] for key in keys if key in over.data}
    changed: dict[Path, Mark] = {}
    replaced: dict[Path, bool] = {}
    yield from _merge(base, over, (), base.data, said, changed, replaced)
    for notes in (*base.notes(), base.changed):
        for path in [path for paths in _within(replaced, notes).values() for path in paths]:
            del notes[path]
    base.changed |= changed
    _note(base, over, [place for place, is_put in replaced.items() if is_put])
    if "name" in over.data and "name_da" not in over.data:
        drop_danish_name(base)
    base.inherited_by |= over.inherited_by


def _merge(
    base: Resolved, over: Resolved, path: Path, into: dict[str, Any], new: dict[str, Any],
    changed: dict[Path, Mark], replaced: dict[Path, bool],
) -> Iterator[Problem]:  # fmt: skip
    """Merges the data, and collects what is then to be noted: where a place is `changed`, and which places are
    `replaced`, by something (True) or by nothing."""
    for key, value in new.items():
        place = (*path, key)
        changed[place] = over.mark(place, key=True)
        whole = place in base.origins or place in over.origins
        if isinstance(into.get(key), dict) and isinstance(value, dict) and not whole:
            yield from _merge(base, over, place, into[key], value, changed, replaced)
            continue
        replaced[place] = value is not None or within_own(place)
        if replaced[place]:
            into[key] = value
            continue
        if key not in into:
            message = f"there is no '{key}' here to take away{meant(place, into)}"
            mark = over.mark(place, key=True)
            yield Problem(message, mark, dotted(place), inherited_by=over.inherited_by.get(mark.file, ()))
        into.pop(key, None)


def put(base: Resolved, over: Resolved, place: Path, into: dict[str, Any], value: Any) -> None:
    """Put what an overlay has at a place, with its notes, where nothing is noted any more. `into` holds the place."""
    into[str(place[-1])] = value
    _note(base, over, [place])


def _note(base: Resolved, over: Resolved, places: Collection[Path]) -> None:
    """Note of some places what an overlay notes of them."""
    for there, new in zip(base.notes(), over.notes(), strict=True):
        there.update({path: new[path] for paths in _within(places, new).values() for path in paths})


def within_own(path: Path) -> bool:
    """Whether this is within what a jobcentre has otherwise of an intervention. A null there stays: it takes away what
    the intervention has everywhere else."""
    return len(path) > 4 and (path[0], path[2]) == ("jobcentres", "interventions")


def part_at(data: Any, path: Path, otherwise: Any = None) -> Any:
    """What data has at a path; `otherwise` if there is nothing."""
    for step in path:
        in_list = isinstance(data, list) and isinstance(step, int) and step < len(data)
        if not in_list and not (isinstance(data, Mapping) and step in data):
            return otherwise
        data = data[step]
    return data


def drop_danish_name(resolved: Resolved) -> None:
    """Remove the Danish name, which is that of another scenario once this one has a name of its own."""
    if resolved.data.pop("name_da", None) is not None:
        forget(("name_da",), resolved.origins, resolved.marks, resolved.keys, resolved.changed)


def take_in(resolved: Resolved, figures: Sourced, through: tuple[Mark, ...]) -> None:
    """Make the targets of a file the published figures of a scenario, instead of those that it has."""
    drop_figures(resolved)
    resolved.data["published"] = with_design(figures.data["targets"], figures.data.get("design_factor"))
    for notes, more in ((resolved.marks, figures.marks), (resolved.keys, figures.keys)):
        notes.update({("published", *path[1:]): mark for path, mark in more.items() if path[:1] == ("targets",)})
    resolved.inherited_by[figures.mark(()).file] = through


def drop_figures(resolved: Resolved) -> None:
    """Remove the published figures, with the notes of where they were written."""
    resolved.data.pop("published", None)
    forget(("published",), resolved.origins, resolved.marks, resolved.keys, resolved.changed)


def drop_same_figures(resolved: Resolved, over: Resolved) -> None:
    """Remove the published figures that another file has as well: of two files that stand side by side the later one
    has a whole figure, not some keys of it."""
    figures, others = resolved.data.get("published"), over.data.get("published")
    if isinstance(figures, dict) and isinstance(others, dict):
        for name in figures.keys() & others.keys():
            del figures[name]
            forget(("published", name), resolved.origins, resolved.marks, resolved.keys, resolved.changed)


def forget(path: Path, *notes: dict[Path, Any]) -> None:
    """Drop the notes of this place and of all places below it."""
    for by_path in notes:
        for path_below in _within([path], by_path)[path]:
            del by_path[path_below]


def _within(places: Collection[Path], paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Those of some paths that are one of these places or lie below it, by place; none of these lies within another."""
    found: dict[Path, list[Path]] = {place: [] for place in places}
    lengths = sorted({len(place) for place in places})
    for path in paths:
        for length in lengths:
            if (at := path[:length]) in found:
                found[at].append(path)
                break
    return found
