"""Settings that never bite: weeks that no run reaches, and effects that last no time.

Which field counts what is declared beside it (`world/clocks.py`); here every part of a scenario is walked through, so a
new kind of intervention is covered by what it declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from simulation.scenario.files.yamlfile import Path
from simulation.scenario.schema import Scenario
from simulation.world.clocks import At, Lasts, Takes
from simulation.world.sizes import changes, in_words

_PLAIN = (bool, int, float, str)


class Ends(NamedTuple):
    """The last week of each clock that anybody reaches, and the sum that says so."""

    last: Mapping[str, int]
    sums: Mapping[str, str]


def settings_that_never_bite(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Every such setting at its place, with the arithmetic."""
    ends = _ends(scenario)
    for path, part in parts_of((), scenario):
        for name, field in type(part).model_fields.items():
            for mark in field.metadata:
                value, place = getattr(part, name), (*path, field.alias or name)
                if value is None:
                    continue
                if isinstance(mark, At) and (message := _unreached(_weeks(value), mark, ends)):
                    yield place, message
                elif isinstance(mark, Takes) and (shortest := min(_weeks(value))) > ends.last["course"]:
                    yield place, f"this takes {shortest} weeks, and {ends.sums['course']}: nobody ever gets so far"
                elif isinstance(mark, Lasts) and value == 0 and (effects := _effects(part, mark.effects)):
                    yield place, f"{effects} for {value} weeks, so nothing is ever changed"


def _ends(scenario: Scenario) -> Ends:
    weeks, intake = scenario.weeks, scenario.intake
    first, elapsed = intake.first_week(), max(scenario.intake.elapsed_shares(scenario.subgroups))
    last = {"run": weeks - 1, "course": weeks - 1 - first, "benefit": weeks - 1 - intake.from_week + elapsed}
    since = f"the run has {weeks} weeks and the first are enrolled in week {first}, so there are course weeks 0 to "
    beyond = f"the run has {weeks} weeks, the first are enrolled in week {intake.from_week}"
    sums = {
        "run": f"the run has weeks 0 to {last['run']}",
        "course": since + str(last["course"]),
        "benefit": f"{beyond} after {elapsed} on benefit, so nobody is seen beyond week {last['benefit']} of hers",
    }
    return Ends(last, sums)


def parts_of(path: Path, value: Any) -> list[tuple[Path, BaseModel]]:
    """This part of the scenario, if it is one, and all parts within it."""
    found: list[tuple[Path, BaseModel]] = []

    def walk(path: Path, value: Any) -> None:
        items: Iterable[tuple[Any, Any]] = ()
        if isinstance(value, dict):
            items = value.items()
        elif isinstance(value, list):
            items = enumerate(value)
        elif isinstance(value, BaseModel):
            found.append((path, value))
            fields = type(value).model_fields
            items = [(fields[name].alias or name, item) for name, item in vars(value).items() if name in fields]
        for key, item in items:
            if item is not None and not isinstance(item, _PLAIN):
                walk((*path, key), item)

    walk(path, value)
    return found


def _weeks(value: Any) -> dict[int, float]:
    """A week, or a distribution of weeks, as those that may come up with their shares."""
    if isinstance(value, dict):
        return {week: share for week, share in value.items() if share > 0} or {0: 1.0}
    return {value: 1.0}


def _unreached(weeks: Mapping[int, float], mark: At, ends: Ends) -> str:
    """What is wrong with weeks that nobody reaches; "" if somebody may reach one. (Those of a distribution beyond the
    end of a run are its tail, and as they should be.)"""
    first, last = min(weeks), ends.last[mark.clock]
    if first <= last + mark.gone_by:
        return ""
    what = {"run": f"week {first} of the run", "course": f"course week {first}", "benefit": f"week {first} on benefit"}
    return f"{what[mark.clock]} is never reached: {ends.sums[mark.clock]}"


def _effects(part: BaseModel, keys: tuple[str, ...]) -> str:
    """What the effects under these keys would do, in words; "" if nothing."""
    words = []
    for key in keys:
        value = getattr(part, key, None)
        if isinstance(value, dict):
            words += [f"{key}: {name} {in_words(size)}" for name, size in value.items() if changes(size)]
        elif isinstance(value, float) and value != 0.0:
            words.append(f"{key}: {value:g}")
    return ", ".join(words)
