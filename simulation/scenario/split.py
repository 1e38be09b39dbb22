"""Split arms: `split: {deltager: {ny: 1, gammel: 1}}` makes two arms of one.

Whatever names the arm then holds for each of its parts: the plans they begin on, the teams that serve them, the values
that were fitted for it. What is written of a part itself comes on top. The file as written keeps the arm's name, so
that values are set, swept, drawn and cited by it; this makes the data that the scenario is read from.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import did_you_mean
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.references import places_of


def apart(resolved: Resolved) -> Resolved:
    """The scenario with the parts in the place of every arm that is split; itself where none is, or the block cannot be
    read (the schema tells)."""
    split, arms = resolved.data.get("split"), resolved.data.get("arms")
    if not isinstance(split, Mapping) or not isinstance(arms, Mapping) or not all(map(_readable, split.values())):
        return resolved
    if not all(_weight(weight) for weight in arms.values()):
        return resolved
    lineage = lineage_of(arms, split)
    whole = replace(
        resolved, data=copy.deepcopy(resolved.data), origins=dict(resolved.origins), marks=dict(resolved.marks),
        keys=dict(resolved.keys),
    )  # fmt: skip
    whole.data["arms"] = {end: _weight_of(line, arms, split) for end, line in lineage.items()}
    for place in list(places_of(whole.data, "arms")):
        spread(whole, place, lineage)
    return whole


def split_problems(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """What is wrong with the names in a `split` block: place and message. `data` is that of the file as written."""
    split, arms = data.get("split"), data.get("arms")
    if not isinstance(split, Mapping) or not isinstance(arms, Mapping):
        return
    seen: dict[str, str] = {}
    for name, parts in split.items():
        for part in parts if isinstance(parts, Mapping) else ():
            if part in arms:
                yield ("split", name, part), f"there is an arm '{part}' already; call the part otherwise"
            elif part in seen:
                yield ("split", name, part), f"'{part}' is a part of {seen[part]} already; call it otherwise"
            seen.setdefault(part, name)
    reached = set(arms)
    while further := {part for name in reached & split.keys() for part in _names(split[name])} - reached:
        reached |= further
    for name in split:
        if name not in reached:
            near = did_you_mean(name, arms) or f"; there is {', '.join(arms)}"
            yield ("split", name), f"there is no arm '{name}' to split{near}"


def lineage_of(arms: Iterable[str], split: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The arms that there are in the end, each with the names from the arm as written down to it."""
    ends: dict[str, tuple[str, ...]] = {}

    def descend(name: str, above: tuple[str, ...]) -> None:
        if name not in split or name in above:
            ends[name] = (*above, name)
        else:
            for part in split[name]:
                descend(part, (*above, name))

    for arm in arms:
        descend(arm, ())
    return ends


def _weight_of(line: Sequence[str], arms: Mapping[str, float], split: Mapping[str, Mapping[str, float]]) -> float:
    weight = arms[line[0]]
    for name, part in itertools.pairwise(line):
        weight *= split[name][part] / sum(split[name].values())
    return weight


def spread(whole: Resolved, place: Path, lineage: Mapping[str, tuple[str, ...]]) -> None:
    """Where something is named, name what stands for it: in a list, as a key, or (one name alone) as a single value.
    `lineage` has for each new name those that it stands for."""
    holder: Any = whole.data
    for step in place[:-1]:
        holder = holder[step]
    written = holder[place[-1]]
    if isinstance(written, list):
        named = [(end, n) for n, arm in enumerate(written) for end in _ends(arm, lineage)]
        holder[place[-1]] = [end for end, _ in named]
        whole.marks |= {(*place, i): whole.mark((*place, n)) for i, (_, n) in reversed([*enumerate(named)])}
    elif isinstance(written, dict):
        merged = holder[place[-1]] = dict[str, Any]()
        for end in dict.fromkeys(end for key in written for end in _ends(key, lineage)):
            merged[end] = None
            for name in [name for name in lineage.get(end, (end,)) if name in written]:  # the part's own comes on top
                _lay(whole, (*place, name), (*place, end))
                merged[end] = _on_top(merged[end], written[name])
    elif len(ends := _ends(written, lineage)) == 1:
        holder[place[-1]] = ends[0]


def _ends(name: Any, lineage: Mapping[str, tuple[str, ...]]) -> list[Any]:
    """The parts of an arm; what is none stays as it is."""
    return [end for end, line in lineage.items() if name in line] or [name]


def _lay(whole: Resolved, written: Path, end: Path) -> None:
    """Note of a part's place where it is written."""
    if written != end:
        for notes in whole.notes():
            below = [path for path in notes if path[: len(written)] == written]
            for path in below:
                notes.setdefault((*end, *path[len(written) :]), notes[path])


def _on_top(below: Any, value: Any) -> Any:
    """Mappings are merged key by key; everything else replaces what was there."""
    if not isinstance(below, dict) or not isinstance(value, dict):
        return copy.deepcopy(value)
    return below | {key: _on_top(below.get(key), item) for key, item in value.items()}


def _names(parts: Any) -> list[str]:
    return list(parts) if isinstance(parts, Mapping) else []


def _readable(parts: Any) -> bool:
    return isinstance(parts, Mapping) and bool(parts) and all(_weight(weight) for weight in parts.values())


def _weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
