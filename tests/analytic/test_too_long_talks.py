"""Talks that are longer than a desk's whole week: they are never held, and nobody stands still behind them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.register import talk_of
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler

WEEKS, PERSONS, DESK = 11, 20, 100


def ran(minutes: Any, *, shares: str = "pooled", caseworkers: int | None = None, **more: Any) -> World:
    """Twenty who stay, due for a talk every week from week 1 on, with a team of 100 minutes a desk."""
    team = {"fte": caseworkers or 1, "minutes_per_week": DESK, "caseload": shares, **more.pop("team", {})}
    return run(
        make(
            weeks=WEEKS,
            intake={"persons": PERSONS, "weeks": 1},
            teams={"team": {**team, "caseworkers": caseworkers}},
            exits={"job": {"level": 0.0}},
            interventions={"samtaler": samtaler(minutes=minutes, **more)},
        ),
        [0],
    )


@pytest.mark.parametrize("priority", ["longest_overdue", "newest_first", "lot"])
def test_two_of_fifty_minutes_are_held_every_week(priority: str) -> None:
    """100 minutes hold two talks of 50, whoever waits for one of 300; before, the first of those ended every week."""
    world = ran({50: 0.5, 300: 0.5}, priority=priority)
    talks = talk_of(world.register.codes) > 0
    assert (talks.sum(axis=1)[1:] == 2).all()
    assert (np.concatenate(world.register.minutes_used)[1:] == DESK).all()
    refused = counts_of(world)["no_time"].sum(axis=1)[1:]
    assert (refused == PERSONS - 2).all()


def test_colleagues_pass_over_it_too() -> None:
    """Two desks of 100 minutes, where a colleague helps who has time: each holds two talks of 50 in every week."""
    world = ran({50: 0.6, 300: 0.4}, shares="personal", caseworkers=2, team={"substitution": "busy"})
    assert ((talk_of(world.register.codes) > 0).sum(axis=1)[1:] == 4).all()


def test_nothing_is_cut_for_it() -> None:
    """Talks may be cut by half: one of 300 takes 150 at least, so it is none of those for whom the others are cut."""
    world = ran({50: 0.05, 300: 0.95}, team={"squeeze": {"shortest": 0.5, "effect": 1.0}})
    held = (talk_of(world.register.codes) > 0).sum(axis=1)[1:]
    short = held[0]
    assert 0 < short <= 2, "luck gives one or two of the twenty a talk of 50 minutes"
    assert (held == short).all()
    assert (np.concatenate(world.register.minutes_used)[1:] == 50 * short).all()


def test_a_partner_who_has_no_such_week_holds_up_nobody() -> None:
    """The talks of weeks 1 and 2 need a partner with 20 minutes a week, so those of 30 minutes are never held; the
    one of week 3 is held alone."""
    plan = {"talks": [{"week": 1, "partner": "partner"}, {"week": 2, "partner": "partner", "minutes": 10}, {"week": 3}]}
    scenario = make(
        weeks=WEEKS,
        intake={"persons": 2, "weeks": 1},
        teams={
            "team": {"fte": 1, "minutes_per_week": DESK},
            "partner": {"fte": 1, "minutes_per_week": 20, "takes_cases": False},
        },
        exits={"job": {"level": 0.0}},
        interventions={"samtaler": samtaler({"every": None, **plan})},
    )
    world = run(scenario, [0])
    assert (talk_of(world.register.codes) > 0).sum(axis=1).tolist() == [0, 0, 2, 2, *[0] * (WEEKS - 4)]


def test_the_first_that_does_not_fit_still_ends_the_week() -> None:
    """Strict order among those who can be served: 100 minutes, talks of 60 for all, one a week."""
    world = ran(60)
    assert ((talk_of(world.register.codes) > 0).sum(axis=1)[1:] == 1).all()
