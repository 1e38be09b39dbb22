"""Before the first week in which two scenarios differ nothing may differ in what happens: looked at in every run that
holds scenarios against each other, in the counts of every week and replication."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from simulation.results.measures.replication import Replication
from simulation.results.result import Result
from simulation.scenario.alike import Alike
from simulation.scenario.changes import CHANGES_NOTHING, told_apart
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.labels import Event
from simulation.world.spec import WEEK, Ids
from simulation.world.weeks import week_after

NOT_OF_A_WEEK = {*CHANGES_NOTHING, "weeks", "follow_up", "measured_from", "measured_until", "seed", "changes", "once"}
"""Parts of a scenario that change nothing of what happens in a week that both have."""


class PastMoved(Exception):
    """Something differs before anything may; the text says what, in which replication and week, and for whom."""


def hold_past(results: Sequence[Result]) -> None:
    """Hold the weeks before a policy against those of the first result, in every replication. Raises PastMoved."""
    for other in results[1:]:
        base = results[0]
        weeks = same_until(base.loaded.scenario, other.loaded.scenario)
        by_number = {replication.number: replication for replication in other.replications if weeks}
        for one in base.replications:
            if one.number in by_number and (found := _first(one, by_number[one.number], weeks)) is not None:
                raise PastMoved(_told(base, other, one.number, weeks, *found))


def same_until(base: Scenario, other: Scenario) -> int:
    """The first week of the run in which the two scenarios differ; 0 if that is the first one, or if they have not the
    same people and luck. Values that change at a date and interventions that begin or end at one may differ later."""
    weeks, alike = min(base.weeks, other.weeks), Alike(base, other)
    dates = {0, *_dates(base), *_dates(other)}
    if len(dates) == 1 or base.start != other.start or alike.refused or alike.cohort or alike.other_luck:
        return 0
    within = sorted(week for week in dates if week < weeks)
    return next((week for week in within if _in_week(base, week) != _in_week(other, week)), weeks)


def _dates(scenario: Scenario) -> Iterator[int]:
    """The weeks of the run, from 1 on, in which something of the scenario changes, begins or ends."""
    yield from (week for week, _ in scenario.epochs[1:])
    for interventions in (scenario.interventions, *(each.interventions for each in scenario.jobcentres.values())):
        for settings in interventions.values():
            if settings.runs is not None:
                yield from (week for week in settings.runs.weeks(scenario.start) if week > 0)


def _in_week(scenario: Scenario, week: int) -> dict[str, Any]:
    """What the scenario is in a week of the run: without interventions that have not begun, and ends to come, be they
    of all jobcentres or of one."""
    current = [each for begin, each in scenario.epochs if begin <= week][-1]
    whole = {key: part for key, part in current.model_dump(mode="json").items() if key not in NOT_OF_A_WEEK}
    of_places = [(whole["jobcentres"][name], each.interventions) for name, each in current.jobcentres.items()]
    for part, interventions in ((whole, current.interventions), *of_places):
        for name, settings in interventions.items():
            begins, ends = (0, 0) if settings.runs is None else settings.runs.weeks(scenario.start)
            if begins > week:
                del part["interventions"][name]
            elif settings.runs is not None and ends > week:
                part["interventions"][name]["runs"] = None
    return whole


def _first(one: Replication, other: Replication, weeks: int) -> tuple[int, str] | None:
    """The first week in which a count differs, and which it is; None if none does. A count that is not there is 0."""
    found = []
    for name in one.counts.keys() | other.counts.keys():
        there = [each.counts[name][:weeks] for each in (one, other) if name in each.counts]
        differ = there[0] != (there[1] if len(there) > 1 else 0)
        if differ.any():
            found.append((int(np.flatnonzero(differ.reshape(weeks, -1).any(axis=1))[0]), name.dotted))
    return min(found, default=None)


def _told(base: Result, other: Result, number: int, weeks: int, week: int, count: str) -> str:
    """In words, with the first person to whom something else happens: both are simulated once more with a diary."""
    names, start = told_apart([base.loaded, other.loaded]), base.loaded.scenario.start
    apart = f"{names[0]} and {names[1]} differ from {week_after(start, weeks)} (week {weeks}) on, and not before"
    text = f"{apart}; but in replication {number}, week {week}, '{count}' is not the same in both"
    events = [_events(each.loaded.scenario, number, weeks) for each in (base, other)]
    if not events[0] ^ events[1]:
        return text
    day, ledig, what = first = min(events[0] ^ events[1])
    where = names[0] if first in events[0] else names[1]
    return f"{text}. The first is ledig {ledig} in week {day // WEEK}, in {where} alone: {what}"


def _events(scenario: Scenario, number: int, weeks: int) -> set[tuple[int, int, str]]:
    """What happens in the first weeks of a replication: the day, the number of the ledig, and what it is."""
    entries: list[tuple[int, Ids, Event]] = []
    world = run(scenario, [number], diary=lambda day, ids, event: entries.append((day, ids, event)))
    return {
        (day, int(ledig), event.told("en"))
        for day, ids, event in entries if day < weeks * WEEK
        for ledig in world.ledige.number[ids]
    }  # fmt: skip
