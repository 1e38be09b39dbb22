"""What is wrong with a sweep, found before anything is run: keys, values, size, outcomes, service."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from simulation.experiments.wanted import known_outcomes, level_is_sensible, split
from simulation.results.citations import groups_of
from simulation.results.names import Names
from simulation.scenario.alike import Alike
from simulation.scenario.axes import MAX_POINTS, Sweep, Value, number_or_none, shown
from simulation.scenario.fields import fields_at
from simulation.scenario.files.older import meant
from simulation.scenario.files.overlay import Resolved
from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario

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
MOST_SHOWN = 20
"""Most problems of values that are shown; more would mostly repeat them."""


def sweep_problems(loaded: Loaded, sweep: Sweep, resolved: Resolved, none_given: bool) -> list[Problem]:
    """What is wrong with a sweep apart from its values: keys, size, outcomes, service. `none_given`: report it if there
    is no axis at all."""
    messages = [*_axes(sweep, none_given), *_outcomes(loaded.scenario, sweep), *_service(loaded.scenario, sweep)]
    return [
        Problem(message, mark := resolved.mark(path, key=True), _name(path, mark),
                inherited_by=resolved.inherited_by.get(mark.file, ()))
        for path, message in messages
    ]  # fmt: skip


def _name(path: Path, mark: Mark) -> str:
    """What a place in the block is called: the key alone where it is on the command line."""
    return dotted(path) if mark.line else ".".join(str(step) for step in path[2:3] if path[1] == "over")


def _axes(sweep: Sweep, none_given: bool) -> Iterator[tuple[Path, str]]:
    axes = sweep.axes()
    for key, values in axes.items():
        place: Path = ("sweep", "over", key)
        if (part := key.split(".")[0]) in SAME_EVERYWHERE:
            yield place, f"{key} cannot be swept: {SAME_EVERYWHERE[part]}"
        for other in axes:
            if key.startswith(f"{other}."):
                yield place, f"{key} lies within {other}, which is swept as well"
        seen: dict[tuple[bool, Value], int] = {}
        for n, value in enumerate(values):
            if seen.setdefault((isinstance(value, bool), value), n) != n:
                yield (*place, n), f"{shown(value)} is given twice"
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
        yield from ((("sweep", "outcomes", n), message) for message in unknown_outcome(scenario, outcome, group))


def unknown_outcome(scenario: Scenario, outcome: str, group: str | None) -> Iterator[str]:
    """What is wrong with the name of an outcome or its group."""
    names, groups = Names(scenario), groups_of(scenario)
    known = list(known_outcomes(names))
    if names.read(outcome) not in known:
        texts = sorted(map(names.write, known))
        near = did_you_mean(outcome, texts) or f"; there is {', '.join(texts)}"
        yield f"there is no outcome '{outcome}' of the whole follow-up{near}"
    if group is not None and group not in groups:
        team = scenario.teams.get(group)
        serves = f"; team {group} serves {' and '.join(team.arms or scenario.arms)}" if team else ""
        there = dict.fromkeys([*scenario.arms, "alle", *sorted(of for of in groups if of.startswith("team:"))])
        near = serves or did_you_mean(group, groups) or f"; there is {', '.join(there)}"
        yield f"there is no group '{group}'{near}"


def of_served(names: Names, written: str) -> str:
    """Why no level is asked for of an outcome, by either of its names, that is a mean of those who were served; "" of
    others."""
    if (of_everybody := names.of_everybody(names.read(written))) is None:
        return ""
    everybody, unserved = (names.write(each) for each in of_everybody)
    message = f"{written} is a mean of those who were served, which says nothing of the others and may "
    message += f"fall with less staff; ask for {everybody}, the wait of everybody, or {unserved}, the share not "
    return message + "served"


def _service(scenario: Scenario, sweep: Sweep) -> Iterator[tuple[Path, str]]:
    service, place = sweep.service, ("sweep", "service")
    if service is None:
        return
    not_there = list(unknown_outcome(scenario, service.outcome, service.group))
    yield from ((place, message) for message in not_there)
    key = "at_least" if service.at_least is not None else "at_most"
    names = Names(scenario)
    outcome, group = names.read(service.outcome), names.group(service.group or "")
    if not not_there and (message := of_served(names, service.outcome)):
        yield place, message
    if not not_there and not level_is_sensible(names, outcome, group, service.level, key == "at_least"):
        rule = "0 or more"
        if names.is_share(outcome):
            rule = "above 0 and at most 1" if key == "at_least" else "from 0 to below 1"
            rule += ", as for every share"
        yield (*place, key), f"the level of {service.outcome} must be {rule} (got {service.level:g})"
    axes = sweep.axes()
    if service.staff not in axes:
        near = did_you_mean(service.staff, axes) or f"; swept are {', '.join(axes) or 'none'}"
        yield (*place, "staff"), f"the staffing '{service.staff}' is not swept{near}"
    elif any(number_or_none(value) is None for value in axes[service.staff]):
        yield (*place, "staff"), f"the values of {service.staff} must be numbers, or none is the smallest"


def try_points(loaded: Loaded, sweep: Sweep, resolved: Resolved) -> tuple[int | None, list[Problem]]:
    """Make a scenario of every point. Returns the number of the point that is the scenario as written, and problems."""
    axes = sweep.axes()
    problems: dict[Problem, None] = {}
    base = None
    for number, values in enumerate(product(*axes.values())):
        changes = dict(zip(axes, values, strict=True))
        for key, value in changes.items():
            if value is None and (unknown := _no_such_key(loaded, key)):
                problems[_problem_at(resolved, axes, key, value, unknown)] = None
        try:
            variant = loaded.varied(changes).scenario
            if base is None and variant == loaded.scenario:
                base = number
            if reason := Alike(loaded.scenario, variant).refused:
                problems[_of_point(resolved, axes, changes, Problem(reason, path="weeks"))] = None
        except InputProblems as error:
            problems |= dict.fromkeys(_of_point(resolved, axes, changes, problem) for problem in error.problems)
        if len(problems) >= MOST_SHOWN:
            break
    return base, list(problems)


def single_value_problems(loaded: Loaded, sweep: Sweep, resolved: Resolved) -> list[Problem]:
    """Problems of each value alone: where one axis is wrong every point is, which hides mistakes in the other axes."""
    axes = sweep.axes()
    problems: dict[Problem, None] = {}
    for key, values in axes.items():
        if key.split(".")[0] in SAME_EVERYWHERE:
            continue
        for value in values[:MOST_SHOWN]:
            if value is None and (unknown := _no_such_key(loaded, key)):
                problems[_problem_at(resolved, axes, key, value, unknown)] = None
            try:
                loaded.varied({key: value})
            except InputProblems as error:
                of_value = [_of_point(resolved, axes, {key: value}, problem) for problem in error.problems]
                problems |= dict.fromkeys(p for p in of_value if not p.message.startswith("with "))
    return list(problems)


def _no_such_key(loaded: Loaded, key: str) -> str:
    """What is wrong with taking away a key that a part does not know."""
    *above, last = key.split(".")
    allowed = fields_at(tuple(above), loaded.resolved.data)
    return f"unknown key '{last}'{meant((*above, last), allowed)}" if allowed and last not in allowed else ""


def _of_point(
    resolved: Resolved, axes: Mapping[str, Sequence[Value]], changes: Mapping[str, Value], problem: Problem
) -> Problem:
    """The problem of a point, put where the value that causes it is written."""
    for key, value in changes.items():
        if problem.path == key or problem.path.startswith(f"{key}.") or problem.message.startswith(f"{key}: "):
            return _problem_at(resolved, axes, key, value, problem.message.removeprefix(f"{key}: "))
    point = ", ".join(f"{key} = {shown(value)}" for key, value in changes.items())
    about = f"{problem.path}: " if problem.path else ""
    mark = resolved.mark(("sweep", "over", next(iter(changes))))
    return Problem(f"with {point}: {about}{problem.message}", mark, "sweep.over" if mark.line else "")


def _problem_at(
    resolved: Resolved, axes: Mapping[str, Sequence[Value]], key: str, value: Value, message: str
) -> Problem:
    number = [(isinstance(other, bool), other) for other in axes[key]].index((isinstance(value, bool), value))
    path: Path = ("sweep", "over", key, number)
    mark = resolved.mark(path)
    return Problem(
        message, mark, dotted(path[:3]) if mark.line else key, inherited_by=resolved.inherited_by.get(mark.file, ())
    )
