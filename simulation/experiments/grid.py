"""The grid of a sweep: every combination of the swept values, checked before anything is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

from pydantic import TypeAdapter, ValidationError

from simulation.experiments.grid_problems import single_value_problems, sweep_problems, try_points
from simulation.experiments.wanted import Wanted, usual_group, wanted
from simulation.results.citations import citation_problems
from simulation.results.names import Figure, Group, Names
from simulation.scenario.axes import Axis, Service, Sweep, SweepOptions, Value
from simulation.scenario.files.overlay import Resolved, within_own
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.settings import set_values
from simulation.scenario.files.yamlfile import Path
from simulation.scenario.load import Loaded, validated
from simulation.scenario.schema import Scenario


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
    def group(self) -> Group:
        """The group to look at where none is asked for."""
        return usual_group(self.scenario, list(self.axes))

    @cached_property
    def wanted(self) -> Wanted:
        """The figures that are kept of every replication."""
        return wanted(self.scenario, self.sweep.outcomes, self.service_figure)

    @cached_property
    def names(self) -> Names:
        """What the outcomes are called, and what they mean."""
        return Names(self.scenario)

    @property
    def service_figure(self) -> Figure | None:
        """The figure that the service level is about; None: none is asked for."""
        if (service := self.sweep.service) is None:
            return None
        group = usual_group(self.scenario, [service.staff]) if service.group is None else service.group
        return self.names.figure(service.outcome, group)

    def changes(self, number: int | None) -> dict[str, Value]:
        """What a point changes, by key; nothing for None, the scenario as written."""
        return {} if number is None else dict(zip(self.axes, self.points[number], strict=True))

    def variant(self, number: int | None) -> Scenario:
        """The scenario of a point."""
        return self.loaded.scenario if number is None else self.loaded.varied(self.changes(number)).scenario

    def as_written(self, key: str) -> Value:
        """What the scenario has for a swept key; None if the key is not there."""
        steps = tuple(key.split("."))
        try:
            part: Any = self.loaded.resolved.value_at(steps)
        except KeyError:
            # a jobcentre has what all have
            return self.as_written(".".join(steps[2:])) if within_own(steps) else None
        return part if isinstance(part, int | float | str | bool) else str(part)


def grid_of(file: str, resolved: Resolved, options: SweepOptions) -> Grid:
    """The grid of a scenario file, with options given outside it. Raises InputProblems with all that is wrong."""
    with_options = _with_block(resolved, options)
    problems = list(options.problems)
    try:
        loaded = validated(file, with_options)
    except InputProblems as error:
        problems += error.problems
        try:  # if the rest is fine, more problems of the sweep can be found
            loaded = validated(file, set_values(with_options, {"sweep": None}))
        except InputProblems:
            raise InputProblems(problems) from None
    problems += citation_problems(loaded)
    sweep = loaded.scenario.sweep or _readable(with_options.data.get("sweep"))
    problems += sweep_problems(loaded, sweep, with_options, none_given=not problems)
    base = None
    if not problems:
        base, problems = try_points(loaded, sweep, with_options)
    if problems:
        problems += single_value_problems(loaded, sweep, with_options)
        raise InputProblems(dict.fromkeys(problems))
    return Grid(loaded, sweep.axes(), base)


def check_sweep(loaded: Loaded) -> list[Problem]:
    """Everything that is wrong with the sweep block of a scenario; nothing if it has none."""
    sweep = loaded.scenario.sweep
    if sweep is None:
        return []
    problems = sweep_problems(loaded, sweep, loaded.resolved, none_given=False)
    problems = problems or try_points(loaded, sweep, loaded.resolved)[1]
    return list(dict.fromkeys([*problems, *single_value_problems(loaded, sweep, loaded.resolved)])) if problems else []


def _with_block(resolved: Resolved, options: SweepOptions) -> Resolved:
    """Options replace what the file says: `over` as a whole, the others one by one."""
    written = resolved.data.get("sweep")
    block: dict[str, Any] = dict(written) if isinstance(written, Mapping) else {}
    marks: dict[Path, Mark] = {}
    if options.over:
        marks["sweep", "over"] = Mark("--over", 0, 0)
        block["over"] = {key: raw for key, (raw, _) in options.over.items()}
        marks |= {("sweep", "over", key): mark for key, (_, mark) in options.over.items()}
    if options.outcomes:
        block["outcomes"] = list(options.outcomes)
        marks |= {("sweep", "outcomes", n): Mark(f"--outcome {name}", 0, 0) for n, name in enumerate(options.outcomes)}
    service = block.get("service")
    if options.service is not None:
        raw, mark = options.service
        before = service if isinstance(service, Mapping) else {}
        block["service"] = {**raw, **({"staff": before["staff"]} if "staff" in before else {})}
        marks["sweep", "service"] = mark
    if options.staff is not None and isinstance(block.get("service"), Mapping):
        block["service"] = {**block["service"], "staff": options.staff}
        marks["sweep", "service", "staff"] = Mark(f"--staff {options.staff}", 0, 0)
    elif options.staff is not None and not options.problems:
        options.problems.append(
            Problem("a staffing needs a service level: give --service", Mark(f"--staff {options.staff}", 0, 0))
        )
    elif options.service is not None and "staff" not in block["service"]:
        keys = list(block.get("over") or {})
        staffings = [key for key in keys if key.endswith(".fte")]
        if len(staffings) != 1:
            options.problems.append(Problem("say by --staff KEY which swept key is the staffing", options.service[1]))
        block["service"]["staff"] = [*staffings, *keys, ""][0]
    if not marks:
        return resolved
    changed = set_values(resolved, {})
    changed.data["sweep"] = block
    for notes in (changed.origins, changed.marks, changed.keys):
        for path in [p for p in notes if any(p[: len(replaced)] == replaced for replaced in _replaced(options, marks))]:
            del notes[path]
    changed.marks.update(marks)
    changed.keys.update(marks)
    return changed


def _replaced(options: SweepOptions, marks: Mapping[Path, Mark]) -> list[Path]:
    """Places of the file that the options replace."""
    parts = {"over": bool(options.over), "outcomes": bool(options.outcomes), "service": options.service is not None}
    return [*(("sweep", part) for part, is_given in parts.items() if is_given), *marks]


def _readable(block: Any) -> Sweep:
    """The parts of a block that are valid on their own."""
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
