"""A scenario from date to date: what it is in each week of the run in which something changes, and what may change.

THE RULE of what may change is declared beside the settings: `may_change` of a class names its keys, dotted, `*` for any
key between. A date at or before the start of the run holds from week 0 on, the latest of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from simulation.interventions import Intervention
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.by_place import every_settings
from simulation.scenario.explain import problem_at
from simulation.scenario.fields import models_on_the_way
from simulation.scenario.files.dates import FROM, of_change
from simulation.scenario.files.overlay import Resolved, copied
from simulation.scenario.files.problems import Problem, did_you_mean
from simulation.scenario.files.yamlfile import Path, dotted
from simulation.scenario.schema import Scenario
from simulation.world.weeks import iso_week, weeks_between

Note = TypeVar("Note")


def date_problems(resolved: Resolved) -> Iterator[Problem]:
    """Values that cannot change at a date, told at the first one."""
    for place, changes in resolved.dated.items():
        models = models_on_the_way(place, resolved.data)
        if not models:
            continue  # the key is not known, which is told there
        below = [(model, place[n:]) for n, model in models]
        if any(matches(rest, pattern) for model, rest in below for pattern in patterns_of(model)):
            continue
        allowed = [pattern for each, rest in below if len(rest) < len(place) for pattern in patterns_of(each)]
        message = f"{place[-1]} cannot change at a date"
        if allowed:
            message += did_you_mean(str(place[-1]), allowed) or f"; here may change {', '.join(allowed)}"
        else:
            message += ": it is a person's, drawn once, or holds for the whole run"
        yield problem_at(resolved, (*place, FROM, next(iter(changes))), message, key=True)


def without_dates(resolved: Resolved, refused: Collection[Problem]) -> Resolved:
    """The file without the changes that were refused, of which nothing more is to be said."""
    if not refused:
        return resolved
    paths = {problem.path.rpartition(f".{FROM}.")[0] for problem in refused}
    kept = {place: changes for place, changes in resolved.dated.items() if dotted(place) not in paths}
    return replace(resolved, dated=kept)


def patterns_of(model: type[Any]) -> Sequence[str]:
    """What may change of a part of a scenario, as dotted patterns."""
    return sorted(getattr(model, "may_change", ()))


def matches(path: Path, pattern: str) -> bool:
    """Whether a path below such a part fits a pattern."""
    steps = pattern.split(".")
    return len(steps) == len(path) and all(a in ("*", str(b)) for a, b in zip(steps, path, strict=True))


def weeks_of(resolved: Resolved) -> list[int]:
    """The weeks of the run in which something changes, from 1 on, ascending; none where the start cannot be read."""
    start, weeks = _run(resolved)
    if start is None:
        return []
    found = {weeks_between(start, week) for changes in resolved.dated.values() for week in changes}
    return sorted(week for week in found if 0 < week < weeks)


def every_week(resolved: Resolved) -> list[int]:
    """The weeks, counted from the start of the run, at which all that is written stands in some scenario: 0, before the
    first date, and every date, those outside the run as well."""
    start, _ = _run(resolved)
    if start is None or not resolved.dated:
        return [0]
    found = {weeks_between(start, week) for changes in resolved.dated.values() for week in changes}
    return sorted({0, min(found) - 1, *found}, key=lambda week: (week != 0, week))


def at_week(resolved: Resolved, week: int) -> Resolved:
    """The file as it would be written if what holds in this week of the run held all the time. What is wrong with a
    value is then told at its date."""
    start, _ = _run(resolved)
    if not resolved.dated or start is None:
        return resolved
    return as_of(resolved, lambda date: weeks_between(start, date) <= week)


def as_of(resolved: Resolved, holds: Callable[[str], bool]) -> Resolved:
    """The file as it would be written if the last change of which this `holds` (by its ISO week) held all the time."""
    whole = replace(
        resolved, data=copied(resolved.data), origins=dict(resolved.origins), marks=dict(resolved.marks),
        keys=dict(resolved.keys), changed=dict(resolved.changed), dated={},
    )  # fmt: skip
    for place, changes in resolved.dated.items():
        holding = [each for each in changes if holds(each)]
        if holding and whole.place_of(place) is not None:
            date = (*place, FROM, holding[-1])
            part, key = whole.part_of(place)
            part[key] = copied(changes[holding[-1]])
            whole.changed[place] = resolved.mark(date, key=True)
            _take_over(whole.origins, place, date)
            _take_over(whole.marks, place, date)
            _take_over(whole.keys, place, date)
    whole.origins = {path: origin for path, origin in whole.origins.items() if of_change(path) is None}
    return whole


def told_at_its_date(resolved: Resolved, week: int, problem: Problem) -> Problem:
    """A mistake that was found in what holds in a week, with the path of the change if it is in one."""
    start, _ = _run(resolved)
    if start is None or problem in resolved.problems:
        return problem
    for place, changes in resolved.dated.items():
        below = problem.path.removeprefix(dotted(place))
        holds = [each for each in changes if weeks_between(start, each) <= week]
        if holds and below != problem.path and below[:1] in ("", "."):
            return replace(problem, path=dotted((*place, FROM, holds[-1])) + below)
    return problem


def _take_over(notes: dict[Path, Note], place: Path, date: Path) -> None:
    """Make of the notes of a change those of the value itself."""
    of_change = {(*place, *at[len(date) :]): note for at, note in notes.items() if at[: len(date)] == date}
    for at in [at for at in notes if at[: len(place)] == place and at[len(place) : len(place) + 1] != (FROM,)]:
        del notes[at]
    notes |= of_change


def changes_in_run(resolved: Resolved) -> dict[str, dict[str, Any]]:
    """By dotted path what a value is from each ISO week on that lies within the run, behind its first week."""
    start, weeks = _run(resolved)
    if start is None:
        return {}
    found = {
        dotted(place): {week: value for week, value in changes.items() if 0 < weeks_between(start, week) < weeks}
        for place, changes in resolved.dated.items()
    }
    return {path: changes for path, changes in found.items() if changes}


def dates_in_words(scenario: Scenario) -> Iterator[str]:
    """What is otherwise from which week on, date by date."""
    dates = sorted({week for changes in scenario.changes.values() for week in changes})
    for week in dates:
        what = [f"{path} {changes[week]}" for path, changes in scenario.changes.items() if week in changes]
        yield f"from {week} on (week {weeks_between(scenario.start, week)}): {', '.join(what)}"
    for place, name, each in _with_runs(scenario):
        if runs := each.runs:
            said = [f"begins in {runs.begins}"] if runs.begins else []
            said += [f"ends in {runs.ends} ({runs.then})"] if runs.ends else []
            there = f" in {place[1]}" if place[0] == "jobcentres" else ""
            yield f"{name}{there} {' and '.join(said)}"
    for name, samtaler in scenario.by_kind(Samtaler).items():
        for plan_name, plan in samtaler.plans.items():
            if spells := plan.spells:
                said = [f"since {spells.since}"] if spells.since else []
                said += [f"until {spells.until}"] if spells.until else []
                also = ", and those under way go over" if spells.under_way else ""
                yield f"{name}: spells {' and '.join(said)} begin on {plan_name}{also}"
    for name, paid in scenario.once.items():
        yield f"paid once in {paid.week} (week {weeks_between(scenario.start, paid.week)}): {paid.times:g} × {name}"


def _with_runs(scenario: Scenario) -> Iterator[tuple[Path, str, Intervention]]:
    """Interventions that begin or end at a date, each with its place; of a jobcentre those that do so otherwise there
    than elsewhere."""
    for place, name, each in every_settings(scenario):
        of_all = scenario.interventions[name].runs
        if each.runs and (place[0] == "interventions" or each.runs != of_all):
            yield place, name, each


def date_doubts(resolved: Resolved, scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Dates that lie behind the run, and changes to what the value is already, with the arithmetic."""
    for place, changes in resolved.dated.items():
        before = resolved.value_at(place)
        for week, value in changes.items():
            at, date = weeks_between(scenario.start, week), (*place, FROM, week)
            if at >= scenario.weeks:
                yield date, (
                    f"{week} is week {at} from {scenario.start} on, and the run has weeks 0 to {scenario.weeks - 1}: "
                    "it never acts"
                )
            elif value == before:
                yield date, f"it is {value} before {week} already, so nothing changes"
            before = value


def runs_doubts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """Interventions, and plans of talks, that the run ends before, with the arithmetic."""
    run = f"from {scenario.start} on, and the run has weeks 0 to {scenario.weeks - 1}"
    for where, _, each in _with_runs(scenario):
        place: Path = (*where, "runs")
        if each.runs is not None:
            begins, ends = each.runs.weeks(scenario.start)
            if begins >= scenario.weeks:
                yield (*place, "begins"), f"{each.runs.begins} is week {begins} {run}: it never begins"
            if each.runs.ends and ends >= scenario.weeks:
                yield (*place, "ends"), f"{each.runs.ends} is week {ends} {run}: it never ends"
            if ends <= 0:
                yield (*place, "ends"), f"{each.runs.ends} is week {ends} {run}: nobody ever comes into it"
    for name, samtaler in scenario.by_kind(Samtaler).items():
        for plan_name, plan in samtaler.plans.items():
            then = plan.then
            if then and then.week:
                week = weeks_between(scenario.start, then.week)
                place = ("interventions", name, "plans", plan_name, "then", "week")
                if week >= scenario.weeks:
                    yield place, f"{then.week} is week {week} {run}: nobody goes over to {then.plan} by it"
                elif week <= 0:
                    yield place, f"{then.week} is week {week} {run}: whoever begins on {plan_name} goes over at once"


def _run(resolved: Resolved) -> tuple[str | None, int]:
    """First ISO week of the run and its weeks; None where they cannot be read (which the schema tells)."""
    start, weeks = resolved.data.get("start"), resolved.data.get("weeks")
    try:
        return iso_week(str(start)), weeks if isinstance(weeks, int) else 0
    except ValueError:
        return None, 0
