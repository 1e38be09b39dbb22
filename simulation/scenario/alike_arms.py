"""Arms that differ from another arm in nothing: whatever names one of them names the other, too, and says the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.references import places_of
from simulation.scenario.schema import Scenario


def arms_that_differ_in_nothing(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Every such arm at its place, with the first one that it is like. An arm that has nothing where another has
    something is a control, and is not meant."""
    dates = [epoch.model_dump(mode="json", by_alias=True) for _, epoch in scenario.epochs]
    places = [(data, place) for data in dates for place in places_of(data, "arms")]
    first: dict[str, list[Any]] = {}
    for arm in scenario.arms:
        has = [_of(arm, _at(data, place)) for data, place in places]
        other = next((name for name, what in first.items() if what == has), None)
        if other is None:
            first[arm] = has
            continue
        named = any(value not in (None, False) for value in has)
        reason = "whatever names one names the other, and says the same" if named else "nothing names either of them"
        within = next((("split", whole) for whole, parts in scenario.split.items() if arm in parts), ("arms",))
        yield (*within, arm), f"{arm} differs from {other} in nothing ({reason}): what differs in the tables is luck"


def _at(data: Any, place: Path) -> Any:
    for step in place:
        data = data[step]
    return data


def _of(arm: str, named: Any) -> Any:
    """What a list, a mapping or a single value that names arms says of this one."""
    if isinstance(named, Mapping):
        return named.get(arm)
    return arm in named if isinstance(named, list) else named == arm
