"""Interventions that begin and end at a date, plans that go over to another one, and what becomes of their cases."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.scenario.load import Loaded, validated
from simulation.week import run
from simulation.world.register import offer_of, talk_of
from simulation.world.world import World
from tests.analytic.test_dates import weeks_in_which_differ, world_of_all_kinds
from tests.helpers import counts_of, loaded, praktik, samtaler

NAMES = list(world_of_all_kinds().scenario.interventions)
LIVES = {"exits": {"job": {"level": 0.0}}, "weeks": 20, "intake": {"persons": 20, "weeks": 1}}


@cache
def late() -> Loaded:
    """Nobody is there before week 3, so that an intervention may begin until then and nothing is lost."""
    resolved = world_of_all_kinds().resolved.copied()
    resolved.data["intake"]["elapsed_weeks"] = 0
    resolved.data["intake"] = {key: each for key, each in resolved.data["intake"].items() if key != "earlier"}
    resolved.data["intake"]["leaves_before"] = 0.0
    for bureau in resolved.data["interventions"]["vikar"]["bureaus"].values():
        bureau["relation"] = None  # it grows from the week on in which they begin to work together
    return validated("late", resolved)


@cache
def as_it_is() -> World:
    return run(late().scenario, [0])


def dated(name: str, **runs: str) -> World:
    resolved = late().resolved.copied()
    resolved.data["interventions"][name]["runs"] = runs
    return run(validated("dated", resolved).scenario, [0])


@pytest.mark.parametrize("name", NAMES)
def test_what_begins_before_anybody_is_there_is_there_all_the_time(name: str) -> None:
    """To the last bit of people, counts and staff; and nothing moves before what ends does."""
    world = dated(name, begins="2026-W03", ends="2026-W12", then="stop")
    moved = weeks_in_which_differ(as_it_is(), world)
    assert moved, "it stops, so something is otherwise"
    assert min(moved.values()) >= 11, moved
    number = world.offers.get(name)
    if number is not None:
        assert not (offer_of(world.register.codes[11:]) == number).any()


def inside(world: World) -> list[int]:
    return (offer_of(world.register.codes) > 0).sum(axis=1).tolist()


def test_those_on_benefit_come_in_when_it_begins() -> None:
    """As if enrolled on that day: ready two weeks later, and eight weeks there."""
    offer = praktik(ready_week=2, runs={"begins": "2026-W05"})
    assert inside(run(loaded(interventions={"p": offer}, **LIVES).scenario, [0])) == [0] * 6 + [20] * 8 + [0] * 6


def test_who_is_in_it_finishes_and_who_waits_waits_no_longer() -> None:
    offer = praktik(places=5, runs={"ends": "2026-W05"})
    world = run(loaded(interventions={"p": offer}, **LIVES).scenario, [0])
    assert inside(world) == [5] * 8 + [0] * 12
    counts = counts_of(world)
    assert counts["p_waiting"].reshape(20, -1).sum(axis=1).tolist() == [15] * 4 + [0] * 16
    assert int(counts["p_left_waiting"].sum()) == 15


def test_it_stops_at_once() -> None:
    offer = praktik(places=5, runs={"ends": "2026-W05", "then": "stop"})
    world = run(loaded(interventions={"p": offer}, **LIVES).scenario, [0])
    assert inside(world) == [5] * 4 + [0] * 16
    assert not any(places.held.any() for places in world.places["p"])


def test_talks_that_stop_hand_their_cases_back() -> None:
    """Nobody's cases any more, and nobody waits for a caseworker."""
    runs = {"begins": "2026-W03", "ends": "2026-W06", "then": "stop"}
    talks = samtaler({"every": [{"weeks": 1}], "first_week": 0}, runs=runs)
    team = {"fte": 1, "minutes_per_week": 6000, "caseload_limit": 15}
    world = run(loaded(teams={"team": team}, interventions={"s": talks}, **LIVES).scenario, [0])
    assert np.array(world.register.cases)[:, 0].tolist() == [0] * 2 + [15] * 3 + [0] * 15
    assert np.array(world.register.waiting)[:, 0].tolist() == [0] * 2 + [5] * 3 + [0] * 15
    assert (talk_of(world.register.codes) > 0).sum(axis=1).tolist() == [0] * 2 + [15] * 3 + [0] * 15


def test_a_plan_goes_over_to_another_one_at_a_date() -> None:
    """Talks every week until then, every fourth after it; who is past course week 6 has gone over before."""
    plans = {
        "taet": {"arms": ["alle"], "team": "team", "channel": "personlig", "every": [{"weeks": 1}], "first_week": 0,
                 "then": {"plan": "sjaelden", "course_week": 6, "week": "2026-W05"}},
        "sjaelden": {"team": "team", "channel": "personlig", "every": [{"weeks": 4}]},
    }  # fmt: skip
    lives = LIVES | {"intake": {"persons": 40, "weeks": 4}}
    world = run(loaded(interventions={"s": {**samtaler(), "plans": plans}}, **lives).scenario, [0])
    for row in range(len(world.ledige)):
        first = int(world.ledige.entry[row])
        weeks = np.flatnonzero(talk_of(world.register.codes[:, row])).tolist()
        assert weeks == [*range(first, 4), *range(7, 20, 4)]
