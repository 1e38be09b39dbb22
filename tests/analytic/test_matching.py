"""The search for places as work of a team: as many as its minutes last, before talks, never more than wait."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load
from simulation.week import run
from tests.helpers import counts_of, make, praktik, samtaler

KONSULENTER = {"fte": 1, "minutes_per_week": 100, "takes_cases": False}


def waiting_for_places(team: dict[str, Any], **more: Any) -> Any:
    """30 ledige who are all ready in week 0, stay for good, and may begin as soon as a place is found."""
    return make(
        weeks=12,
        intake={"persons": 30, "weeks": 1},
        exits={"job": {"level": 0.0}},
        teams={"team": {"fte": 1, "minutes_per_week": 100_000}, "konsulenter": team},
        interventions={"praktik": praktik(length_weeks=100, **more)},
    )


@pytest.mark.parametrize(("minutes", "per_week"), [(25, 4), (30, 3), (100, 1), (101, 0), (1, 30)])
def test_as_many_begin_as_minutes_last(minutes: int, per_week: int) -> None:
    """100 minutes a week hold so many searches of this length; what is left of a week is lost."""
    world = run(waiting_for_places(KONSULENTER, matching={"team": "konsulenter", "minutes": minutes}), [0])
    started = counts_of(world)["praktik_started"].sum(axis=1).tolist() if per_week else [0] * 12
    weeks = 30 // per_week if per_week else 0
    assert started[:weeks] == [per_week] * min(weeks, 12)
    assert [int(used[1]) for used in world.register.minutes_used] == [minutes * n for n in started]


def test_matches_are_still_a_limit_of_their_own() -> None:
    world = run(
        waiting_for_places(KONSULENTER, matching={"team": "konsulenter", "minutes": 10}, matches_per_week=2), [0]
    )
    assert counts_of(world)["praktik_started"].sum(axis=1).tolist() == [2] * 12
    assert [int(used[1]) for used in world.register.minutes_used] == [20] * 12


def test_a_search_takes_its_minutes_although_there_is_no_place() -> None:
    """Three places, 30 in line: from the second week on four are searched a place for in vain every week."""
    world = run(waiting_for_places(KONSULENTER, matching={"team": "konsulenter", "minutes": 25}, places=3), [0])
    assert counts_of(world)["praktik_started"].sum() == 3
    assert [int(used[1]) for used in world.register.minutes_used] == [100] * 12


def test_the_search_comes_before_the_talks() -> None:
    """Caseworkers who search themselves: 300 minutes, 120 of them for four searches a week, leave six talks of 30."""
    scenario = make(
        weeks=6,
        intake={"persons": 30, "weeks": 1},
        exits={"job": {"level": 0.0}},
        teams={"team": {"fte": 1, "minutes_per_week": 300}},
        interventions={
            "praktik": praktik(length_weeks=100, matching={"team": "team", "minutes": 30}, matches_per_week=4),
            "samtaler": samtaler(),
        },
    )
    world = run(scenario, [0])
    assert counts_of(world)["held"].sum(axis=1)[1:].tolist() == [6] * 5
    assert np.concatenate(world.register.minutes_used)[1:].tolist() == [300] * 5


def test_a_team_with_personal_cases_is_refused() -> None:
    base = load("scenarios/paa_rette_vej_i_job.yaml")
    with pytest.raises(InputProblems, match="needs a pooled team"):
        base.with_({"interventions.praktik.matching": {"team": "projekt", "minutes": 30}})
    with pytest.raises(InputProblems, match="did you mean 'projekt'"):
        base.with_({"interventions.praktik.matching": {"team": "projket", "minutes": 30}})
