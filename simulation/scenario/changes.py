"""What differs between two scenarios, key by key; and names by which scenarios are told apart."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from simulation.scenario.by_place import alike_laid, where_written
from simulation.scenario.fields import unit_of
from simulation.scenario.files.dates import FROM, of_change
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.world.labels import one_line

CHANGES_NOTHING = (
    "version", "name", "name_da", "arm_names", "description", "published", "milestones", "needed_effects", "sweep",
    "compare_with", "replications", "outcomes_by", "states_at", "periods", "headline",
    "watched", "reports_at", "success", "success_offers", "together",
)  # fmt: skip
"""Parts of a scenario that change nothing that is simulated."""
NAMED = {"teams": 3, "jobcentres": 3, "exits": 3, "benefits": 3, "interventions": 3, "subgroups": 4}
"""Parts whose members may have a name, and the length of its path."""


class Change(NamedTuple):
    """One key that differs, as it is in the first scenario and in the second; None: it is not there, and has no usual
    value. `fitted_before` and `fitted_after` name the fit that a value is of, "" if it is of none; `part` is the
    largest part around the key that one of the two does not have at all, or the key."""

    key: str
    before: Any
    after: Any
    fitted_before: str = ""
    fitted_after: str = ""
    unit: str = ""
    part: str = ""

    def columns(self) -> dict[str, Any]:
        """As columns of a table."""
        return {
            "key": self.key, "from": self.before, "to": self.after, "unit": self.unit,
            "fitted_from": self.fitted_before, "fitted_to": self.fitted_after,
        }  # fmt: skip


def changes(base: Loaded, other: Loaded) -> list[Change]:
    """What of the resolved scenarios differs that may change what is simulated, in the order of the first one.

    A key that one of them leaves out stands with its usual value, so that only what differs in meaning is told.
    """
    written = [dict(values_of(each)) for each in alike_laid(base.resolved, other.resolved)]
    usual = [loaded.scenario.model_dump(mode="json") for loaded in (base, other)]
    for whole in usual:
        for jobcentre in whole["jobcentres"].values():  # where it has nothing of its own, it has what all have
            jobcentre["interventions"] = {**whole["interventions"], **jobcentre["interventions"]}
    found = []
    for path in dict.fromkeys((*written[0], *written[1])):
        before, after = (
            values[path] if path in values else _usual(whole, path)
            for values, whole in zip(written, usual, strict=True)
        )
        meant = [_usual(whole, path) for whole in usual]
        has_more = any(_is_below(other, path) for values in written for other in values)
        nothing_of_its_own = path[0] == "jobcentres" and path[2:] == ("interventions",)
        if before == after or (meant[0] == meant[1] is not None) or has_more or nothing_of_its_own:
            continue
        fits = [loaded.resolved.fitted.get(where_written(loaded.resolved.data, path)) for loaded in (base, other)]
        fitted_before, fitted_after = ("" if fit is None else fit.name for fit in fits)
        unit, part = _unit(path, base, other), _part(written, path)
        found.append(Change(dotted(path), before, after, fitted_before, fitted_after, unit, part))
    return found


def nothing_differs(base: Loaded, other: Loaded) -> str:
    """Why these two are not to be compared: no key of them differs. "" where one does."""
    if changes(base, other):
        return ""
    return f"nothing differs between {base.file} and {other.file}, so there is nothing to compare"


def _unit(path: Path, *scenarios: Loaded) -> str:
    """The unit of a value that stands in one of the scenarios at least."""
    units = (unit_of(path, loaded.resolved.data) for loaded in scenarios)
    return next(filter(None, units), "")


def title_of(scenario: Scenario, danish: bool = False) -> str:
    """The name of a scenario in one line, in Danish where it has a Danish one."""
    return one_line((danish and scenario.name_da) or scenario.name)


def told_apart(scenarios: Sequence[Loaded], danish: bool = False) -> list[str]:
    """The names of scenarios; those of one name have their file, or a number, added. The `danish` ones, where there
    are any. Copies in another folder are called the same, so a file is told by the folders that differ alone."""
    names = [title_of(loaded.scenario, danish) for loaded in scenarios]
    files = {name: [loaded.file for loaded, own in zip(scenarios, names, strict=True) if own == name] for name in names}
    with_file = [f"{name} ({_place(loaded.file, files[name])})" for name, loaded in zip(names, scenarios, strict=True)]
    seen: Counter[str] = Counter()
    labels = []
    for name, longer in zip(names, with_file, strict=True):
        label = name if names.count(name) == 1 else longer
        seen[label] += 1
        number = f"{label[:-1]}, {seen[label]})" if label == longer and with_file.count(longer) > 1 else label
        labels.append(number)
    return labels


def _place(file: str, files: Sequence[str]) -> str:
    """A file by its name; where others of these have the same, with the folders below the one that all lie in."""
    if len({os.path.basename(each) for each in files}) == len(set(files)):
        return os.path.basename(file)
    whole = [os.path.abspath(each) for each in files]
    return os.path.relpath(os.path.abspath(file), os.path.commonpath(map(os.path.dirname, whole))).replace(os.sep, "/")


def values_of(resolved: Resolved) -> Iterator[tuple[Path, Any]]:
    """Every value of a scenario with its path, from each date on as well; a list of plain values is one value, and a
    mapping with nothing in it is."""
    dated = dict(resolved.dated)
    for path, value in _values_of(resolved.data):
        yield path, value
        if path in dated:
            yield from _values_of(dated.pop(path), (*path, FROM))
    for place, of_parts in dated.items():
        yield from _values_of(of_parts, (*place, FROM))


def _is_below(other: Path, path: Path) -> bool:
    """Whether a value is a part of another one; what that is from a date on is none."""
    return other[: len(path)] == path != other and other[len(path)] != FROM


def _values_of(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    if isinstance(data, Mapping) and data:
        for key, item in data.items():
            whole = (*path, key)
            named = key == "name" and NAMED.get(str(whole[0])) == len(whole)
            if not named and (path or key not in CHANGES_NOTHING):
                yield from _values_of(item, whole)
    elif isinstance(data, list) and any(isinstance(item, Mapping | list) for item in data):
        for n, item in enumerate(data):
            yield from _values_of(item, (*path, n))
    else:
        yield path, data


def _part(written: Sequence[Mapping[Path, Any]], path: Path) -> str:
    date = of_change(path)
    for length in range(1, len(path)):
        has = [any(other[:length] == path[:length] for other in values) for values in written]
        if length - 1 != date and not all(has):  # each date is told by itself
            return dotted(path[:length])
    return dotted(path)


def _usual(whole: Any, path: Path) -> Any:
    """What a scenario has at a path; None if it has nothing there."""
    for step in path:
        if isinstance(whole, Mapping):
            whole = whole.get(str(step))
        elif isinstance(whole, list) and isinstance(step, int) and step < len(whole):
            whole = whole[step]
        else:
            return None
    return None if isinstance(whole, Mapping) and whole else whole
