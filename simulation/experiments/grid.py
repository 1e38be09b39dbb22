"""The grid of a sweep: every combination of the swept values, checked before anything is run."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from pydantic import TypeAdapter, ValidationError

from simulation.results.citations import citation_problems, groups_of
from simulation.results.meanings import is_share
from simulation.results.wanted import Wanted, known_outcomes, level_is_sensible, split, usual_group, wanted
from simulation.scenario.axes import MAX_POINTS, Axis, Said, Service, Sweep, Value
from simulation.scenario.load import Loaded, fields_at, validated
from simulation.scenario.overlay import Resolved, set_values
from simulation.scenario.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.schema import Scenario
from simulation.scenario.yamlfile import Path, dotted

SAME_EVERYWHERE = {
    "seed": "all points are run by the same luck, so the seed is none of the keys",
    "replications": "all points have the same replications; say how many by --replications",
    "follow_up": "outcomes over different follow_up cannot be compared",
    "sweep": "a sweep does not sweep itself",
    "version": "the version says how the file is read",
    "name": "a name changes nothing",
    "extends": "what a file extends is read before the sweep; make a scenario of each and compare them",
    "published": "published figures change nothing that is simulated",
    "needed_effects": "questions put backwards change nothing that is simulated",
}
"""Parts of a scenario that cannot be swept, and why."""
MOST_TOLD = 20
"""Problems of values that are told; more would be the same again."""


@dataclass(frozen=True)
class Grid:
    """A scenario and its variants; `base` is the number of the point that is the scenario as written, or None."""

    loaded: Loaded
    axes: Mapping[str, tuple[Value, ...]]
    base: int | None

    @property
    def sweep(self) -> Sweep:
        """The block that it comes from."""
        assert self.loaded.scenario.sweep is not None
        return self.loaded.scenario.sweep

    @property
    def scenario(self) -> Scenario:
        """The scenario as written."""
        return self.loaded.scenario

    @cached_property
    def points(self) -> list[tuple[Value, ...]]:
        """Every combination; the last axis moves fastest."""
        return list(product(*self.axes.values()))

    @cached_property
    def number(self) -> dict[tuple[Value, ...], int]:
        """Number of a point by its values."""
        return {point: n for n, point in enumerate(self.points)}

    @cached_property
    def short(self) -> dict[str, str]:
        """The keys without the parts that they all begin with, where there are several: fte of teams.projekt.fte."""
        split = [key.split(".") for key in self.axes]
        shared = 0
        while len(split) > 1 and all(len(parts) > shared + 1 for parts in split):
            if len({parts[shared] for parts in split}) > 1:
                break
            shared += 1
        return {key: ".".join(key.split(".")[shared:]) for key in self.axes}

    @property
    def group(self) -> str:
        """The group to look at where none is asked for."""
        return usual_group(self.scenario, list(self.axes))

    @cached_property
    def wanted(self) -> Wanted:
        """The figures that are kept of every replication."""
        service = self.sweep.service
        also = (service.outcome, self.service_group) if service else None
        return wanted(self.scenario, self.sweep.outcomes, also)

    @property
    def service_group(self) -> str:
        """The group that the service level is about."""
        service = self.sweep.service
        assert service is not None
        if service.group is not None:
            return service.group
        return usual_group(self.scenario, [service.staff])

    def changes(self, number: int | None) -> dict[str, Value]:
        """What a point changes, by key; nothing for None, the scenario as written."""
        return {} if number is None else dict(zip(self.axes, self.points[number], strict=True))

    def variant(self, number: int | None) -> Scenario:
        """The scenario of a point."""
        return self.loaded.scenario if number is None else self.loaded.with_(self.changes(number)).scenario

    def as_written(self, key: str) -> Value:
        """What the scenario has for a swept key; None if the key is not there."""
        part: Any = self.loaded.resolved.data
        for step in key.split("."):
            part = part[int(step)] if isinstance(part, list) else part.get(step)
            if part is None:
                return None
        return part if isinstance(part, int | float | str | bool) else str(part)


def shown(value: Value) -> str:
    """A swept value as text, as one would write it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def number_or_none(value: Value) -> float | None:
    """A swept value as a number, if it is one."""
    return None if isinstance(value, bool) or not isinstance(value, int | float) else float(value)


def grid_of(file: str, resolved: Resolved, said: Said) -> Grid:
    """The grid of a scenario file with what is said outside it. Raises InputProblems with all that is wrong."""
    whole = _with_block(resolved, said)
    problems = list(said.problems)
    try:
        loaded = validated(file, whole)
    except InputProblems as found:
        problems += found.problems
        try:  # the rest may be fine, and then more can be told about the sweep
            loaded = validated(file, set_values(whole, {"sweep": None}))
        except InputProblems:
            raise InputProblems(problems) from None
    problems += citation_problems(loaded)
    sweep = loaded.scenario.sweep or _readable(whole.data.get("sweep"))
    problems += sweep_problems(loaded, sweep, whole, none_given=not problems)
    base = None
    if not problems:
        base, problems = _tried(loaded, sweep, whole)
    if problems:
        raise InputProblems(dict.fromkeys(problems))
    return Grid(loaded, sweep.axes(), base)


def check_sweep(loaded: Loaded) -> list[Problem]:
    """Everything that is wrong with the sweep block of a scenario; nothing if it has none."""
    sweep = loaded.scenario.sweep
    if sweep is None:
        return []
    found = sweep_problems(loaded, sweep, loaded.resolved, none_given=False)
    return found or _tried(loaded, sweep, loaded.resolved)[1]


def _with_block(resolved: Resolved, said: Said) -> Resolved:
    """What is said outside takes the place of what the file says: `over` as a whole, the others one by one."""
    written = resolved.data.get("sweep")
    block: dict[str, Any] = dict(written) if isinstance(written, Mapping) else {}
    marks: dict[Path, Mark] = {}
    if said.over:
        block["over"] = {key: raw for key, (raw, _) in said.over.items()}
        marks |= {("sweep", "over", key): mark for key, (_, mark) in said.over.items()}
    if said.outcomes:
        block["outcomes"] = list(said.outcomes)
        marks |= {("sweep", "outcomes", n): Mark(f"--outcome {name}", 0, 0) for n, name in enumerate(said.outcomes)}
    service = block.get("service")
    if said.service is not None:
        raw, mark = said.service
        before = service if isinstance(service, Mapping) else {}
        block["service"] = {**raw, **({"staff": before["staff"]} if "staff" in before else {})}
        marks["sweep", "service"] = mark
    if said.staff is not None:
        block["service"] = {**(block.get("service") or {}), "staff": said.staff}
        marks["sweep", "service", "staff"] = Mark(f"--staff {said.staff}", 0, 0)
    elif said.service is not None and "staff" not in block["service"]:
        staffings = [key for key in block.get("over") or {} if key.endswith(".fte")]
        if len(staffings) == 1:
            block["service"]["staff"] = staffings[0]
    if not marks:
        return resolved
    changed = set_values(resolved, {})
    changed.data["sweep"] = block
    for notes in (changed.origins, changed.marks, changed.keys):
        for path in [p for p in notes if any(p[: len(at)] == at for at in _replaced(said, marks))]:
            del notes[path]
    changed.marks.update(marks)
    changed.keys.update(marks)
    return changed


def _replaced(said: Said, marks: Mapping[Path, Mark]) -> list[Path]:
    """Places of the file that no longer count."""
    parts = {"over": bool(said.over), "outcomes": bool(said.outcomes), "service": said.service is not None}
    return [*(("sweep", part) for part, is_said in parts.items() if is_said), *marks]


def _readable(block: Any) -> Sweep:
    """Those parts of a block that are right in themselves."""
    block = block if isinstance(block, Mapping) else {}
    over = block.get("over")
    parts: dict[str, Any] = {"over": {}}
    for key, raw in over.items() if isinstance(over, Mapping) else ():
        if (axis := _valid(Axis, raw)) is not None:
            parts["over"][key] = axis
    parts["outcomes"] = _valid(list[str], block.get("outcomes")) or None
    parts["service"] = _valid(Service, block.get("service"))
    return Sweep.model_construct(**parts)


def _valid(kind: Any, raw: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(raw)
    except ValidationError:
        return None


def sweep_problems(loaded: Loaded, sweep: Sweep, resolved: Resolved, none_given: bool) -> list[Problem]:
    """What is wrong with a sweep, but for the values: keys, size, outcomes, service. `none_given`: say so if there is
    no axis at all."""
    found = [*_axes(sweep, none_given), *_outcomes(loaded.scenario, sweep), *_service(loaded.scenario, sweep)]
    return [
        Problem(message, mark := resolved.mark(path, key=True), _name(path, mark),
                inherited_by=resolved.inherited_by.get(mark.file, ()))
        for path, message in found
    ]  # fmt: skip


def _name(path: Path, mark: Mark) -> str:
    """How a place in the block is called: by its key alone where it is on the command line."""
    return dotted(path) if mark.line else ".".join(str(step) for step in path[2:3] if path[1] == "over")


def _axes(sweep: Sweep, none_given: bool) -> Iterator[tuple[Path, str]]:
    axes = sweep.axes()
    for key, values in axes.items():
        at: Path = ("sweep", "over", key)
        if (part := key.split(".")[0]) in SAME_EVERYWHERE:
            yield at, f"{key} cannot be swept: {SAME_EVERYWHERE[part]}"
        for other in axes:
            if key.startswith(f"{other}."):
                yield at, f"{key} lies within {other}, which is swept as well"
        seen: dict[tuple[bool, Value], int] = {}
        for n, value in enumerate(values):
            if seen.setdefault((isinstance(value, bool), value), n) != n:
                yield (*at, n), f"{shown(value)} is given twice"
    points = math.prod(len(values) for values in axes.values())
    if axes and points == 1:
        yield ("sweep", "over"), "this sweep varies nothing: it has a single point"
    if points > MAX_POINTS:
        sum_ = " × ".join(str(len(values)) for values in axes.values())
        yield ("sweep", "over"), f"{sum_} = {points:,} points are too many; {MAX_POINTS:,} are the most"
    if not axes and none_given:
        yield ("sweep",), "nothing is swept: give --over KEY=start:stop:step, or a `sweep` block in the scenario"


def _outcomes(scenario: Scenario, sweep: Sweep) -> Iterator[tuple[Path, str]]:
    for n, asked in enumerate(sweep.outcomes or ()):
        outcome, group = split(asked)
        yield from ((("sweep", "outcomes", n), said) for said in _unknown(scenario, outcome, group))


def _unknown(scenario: Scenario, outcome: str, group: str | None) -> Iterator[str]:
    """What is wrong with the name of an outcome or its group."""
    known, groups = known_outcomes(scenario), groups_of(scenario)
    if outcome not in known:
        near = did_you_mean(outcome, known) or f"; there is {', '.join(sorted(known))}"
        yield f"there is no outcome '{outcome}' of the whole follow-up{near}"
    if group is not None and group not in groups:
        team = scenario.teams.get(group)
        serves = f"; team {group} serves {' and '.join(team.arms or scenario.arms)}" if team else ""
        near = serves or did_you_mean(group, groups) or f"; there is {', '.join([*scenario.arms, 'alle'])}"
        yield f"there is no group '{group}'{near}"


def _service(scenario: Scenario, sweep: Sweep) -> Iterator[tuple[Path, str]]:
    service, at = sweep.service, ("sweep", "service")
    if service is None:
        return
    unknown = list(_unknown(scenario, service.outcome, service.group))
    yield from ((at, said) for said in unknown)
    key = "at_least" if service.at_least is not None else "at_most"
    if not unknown and not level_is_sensible(service.outcome, service.group or "", service.level, key == "at_least"):
        rule = "0 or more"
        if is_share(service.outcome):
            rule = "above 0 and at most 1" if key == "at_least" else "from 0 to below 1"
            rule += ", as for every share"
        yield (*at, key), f"the level of {service.outcome} must be {rule} (got {service.level:g})"
    axes = sweep.axes()
    if service.staff not in axes:
        near = did_you_mean(service.staff, axes) or f"; swept are {', '.join(axes) or 'none'}"
        yield (*at, "staff"), f"the staffing '{service.staff}' is not swept{near}"
    elif any(number_or_none(value) is None for value in axes[service.staff]):
        yield (*at, "staff"), f"the values of {service.staff} must be numbers, or none is the smallest"


def _tried(loaded: Loaded, sweep: Sweep, resolved: Resolved) -> tuple[int | None, list[Problem]]:
    """Every point made a scenario: the number of the one that is the scenario as written, and what is wrong."""
    axes = sweep.axes()
    found: dict[Problem, None] = {}
    base = None
    for number, values in enumerate(product(*axes.values())):
        changes = dict(zip(axes, values, strict=True))
        for key, value in changes.items():
            if value is None and (unknown := _no_such_key(loaded, key)):
                found[_at(resolved, axes, key, value, unknown)] = None
        try:
            if base is None and loaded.with_(changes).scenario == loaded.scenario:
                base = number
        except InputProblems as wrong:
            found |= dict.fromkeys(_of_point(resolved, axes, changes, problem) for problem in wrong.problems)
        if len(found) >= MOST_TOLD:
            break
    return base, list(found)


def _no_such_key(loaded: Loaded, key: str) -> str:
    """What is wrong with taking away a key that a part does not know."""
    *above, last = key.split(".")
    allowed = fields_at(tuple(above), loaded.resolved.data)
    return f"unknown key '{last}'{did_you_mean(last, allowed)}" if allowed and last not in allowed else ""


def _of_point(
    resolved: Resolved, axes: Mapping[str, Sequence[Value]], changes: Mapping[str, Value], found: Problem
) -> Problem:
    """A problem of a point told where the value that causes it is written."""
    for key, value in changes.items():
        if found.path == key or found.path.startswith(f"{key}.") or found.message.startswith(f"{key}: "):
            return _at(resolved, axes, key, value, found.message.removeprefix(f"{key}: "))
    point = ", ".join(f"{key} = {shown(value)}" for key, value in changes.items())
    about = f"{found.path}: " if found.path else ""
    mark = resolved.mark(("sweep", "over", next(iter(changes))))
    return Problem(f"with {point}: {about}{found.message}", mark, "sweep.over" if mark.line else "")


def _at(resolved: Resolved, axes: Mapping[str, Sequence[Value]], key: str, value: Value, message: str) -> Problem:
    number = [(isinstance(other, bool), other) for other in axes[key]].index((isinstance(value, bool), value))
    path: Path = ("sweep", "over", key, number)
    mark = resolved.mark(path)
    return Problem(
        message, mark, dotted(path[:3]) if mark.line else key, inherited_by=resolved.inherited_by.get(mark.file, ())
    )


def plain(values: Any) -> Any:
    """Values from a notebook (NumPy numbers, a range, an array) as a file would have them."""
    if isinstance(values, Mapping):
        return {key: plain(value) for key, value in values.items()}
    if isinstance(values, np.generic):
        return values.item()
    if isinstance(values, str | int | float | bool) or values is None:
        return values
    return [plain(value) for value in values]
