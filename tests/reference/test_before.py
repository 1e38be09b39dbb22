"""Both engines tell the same lives where everything that obliges has notice: each of its ways, in every kind; each of
them matters, and one of no size changes nobody."""

from __future__ import annotations

from functools import cache
from itertools import cycle, islice
from typing import Any

import pytest
from numpy.testing import assert_array_equal

from simulation.scenario.load import Loaded, load
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import Register
from tests import all_kinds

from .tables import SCENARIOS, third
from .test_equal import FOLDER, Both, assert_same_counts, assert_same_teams, assert_same_weeks, lives_differ, pair_of

WAYS: tuple[dict[str, Any], ...] = (
    {"notice": "enrolment", "announced_after": 6, "builds_over": 5},
    {"notice": "referral"},
    {"notice": "date", "run_week": 12, "announced_after": 9, "builds_over": 4},
    {"notice": "referral", "announced_after": 3, "builds_over": 3},
    {"notice": "enrolment"},
)
KEEP_STATES = ("sygdom", "fritagelse", "delvis_raskmelding", "koordineret_indsats")


def with_notice(data: dict[str, Any], turn: int = 0) -> dict[str, Any]:
    """Notice of everything that obliges, by its dotted path, one way after the other from this one on."""
    ways, found = islice(cycle(WAYS), turn, None), {}
    interventions: dict[str, dict[str, Any]] = data["interventions"]
    states = [name for name, each in interventions.items() if each["kind"] in KEEP_STATES[:2]]
    exits = list(data["exits"])
    effects = {exits[0]: {"log": 1.5, "between_jobcentres": 0.4}, exits[1]: 9.0}
    for name, each in interventions.items():
        if each["kind"] == "samtaler":
            for plan in each["plans"]:
                way = next(way for way in ways if way["notice"] != "referral")
                found[f"interventions.{name}.plans.{plan}.before"] = {**way, "effects": effects}
        for arm in each.get("referral", ()):
            found[f"interventions.{name}.referral.{arm}.before"] = {**next(ways), "not_in": states, "effects": effects}
        if each["kind"] == "revurdering":
            found[f"interventions.{name}.before"] = {"weeks": 6, "builds_over": 4, "effects": effects}
    return found


@cache
def plain(name: str) -> Loaded:
    return load(FOLDER / f"{name}.yaml")


@cache
def noticed(name: str, turn: int = 0) -> Both:
    return pair_of(f"{name} with notice, turn {turn}", scenario_with_notice(name, turn))


def scenario_with_notice(name: str, turn: int) -> Scenario:
    return plain(name).with_({**with_notice(plain(name).resolved.data, turn), "seed": 1 + turn}).scenario


@pytest.mark.parametrize("turn", [0, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", third(SCENARIOS, 1))
def test_every_week_with_notice(name: str, turn: int) -> None:
    pair = noticed(name, turn)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


def test_all_kinds_with_notice() -> None:
    """Where all kinds meet, most of them by other names than in the scenarios."""
    data = all_kinds.everything().model_dump(exclude_none=True)
    for path, before in with_notice(data).items():
        *above, last = path.split(".")
        part: Any = data
        for step in above:
            part = part[step]
        part[last] = before
    pair = pair_of("all kinds with notice", type(all_kinds.everything()).model_validate(data))
    assert_same_weeks(pair)
    assert_same_counts(pair)


def test_it_happens() -> None:
    """Every way of notice, building up, overdue and resting while in a state: all of it in one of the scenarios."""
    happened = {what for ledig in noticed("fleks").reference.people for what, times in ledig.tally.items() if times}
    ways = {f"weeks under notice by {notice}" for notice in ("enrolment", "referral", "date")}
    assert {*ways, "overdue", "building up", "notice rests"} <= happened


def each_alone() -> list[tuple[str, str]]:
    return sorted({(name, key.split(".")[1]) for name in SCENARIOS for key in with_notice(plain(name).resolved.data)})


@pytest.mark.parametrize(("name", "intervention"), third(each_alone(), 1, several=True))
def test_it_matters(name: str, intervention: str) -> None:
    """Without notice of any one intervention some life is another, so none of the comparisons is of nothing."""
    assert any(lives_differ(as_noticed(name, turn), without(name, intervention, turn)) for turn in (0, 1))


@cache
def as_noticed(name: str, turn: int) -> Register:
    """What the product writes down of the scenario with notice."""
    return run(scenario_with_notice(name, turn), [0]).register


def without(name: str, intervention: str, turn: int) -> Scenario:
    changes = with_notice(plain(name).resolved.data, turn)
    others = {key: before for key, before in changes.items() if key.split(".")[1] != intervention}
    return plain(name).with_({**others, "seed": 1 + turn}).scenario


@pytest.mark.parametrize("name", third(SCENARIOS, 2))
def test_notice_of_no_size_changes_nobody(name: str) -> None:
    loaded = plain(name)
    notices = with_notice(loaded.resolved.data)
    sizes: list[dict[str, Any]] = [{"log": 0.0}, {"log": 0.0, "between_jobcentres": 0.0}]
    effects = dict(zip(list(loaded.scenario.exits)[:2], sizes, strict=False))
    without = {key: None for key in notices if _is_there(loaded, key)}
    nothing = loaded.with_({key: {**before, "effects": effects} for key, before in notices.items()})
    assert_array_equal(
        run(nothing.scenario, [0]).register.codes, run(loaded.with_(without).scenario, [0]).register.codes
    )


def _is_there(loaded: Loaded, path: str) -> bool:
    part: Any = loaded.resolved.data
    for step in path.split("."):
        if step not in part:
            return False
        part = part[step]
    return True
