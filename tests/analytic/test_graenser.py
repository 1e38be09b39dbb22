"""Caseload limits: who waits, who is handed on, when a full team takes cases again, and whose cases are shared out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler, team_counts_of

TIME = {"minutes_per_week": 100_000}


def teams(persons: int = 100, exits: float = 0.0, weeks: int = 30, **named: dict[str, Any]) -> Scenario:
    """Everybody of one cohort asks the first of these teams for a caseworker in week 0."""
    first = next(iter(named))
    return make(
        weeks=weeks,
        intake={"persons": persons, "weeks": 1},
        exits={"job": {"level": exits}},
        teams={name: {**TIME, **team} for name, team in named.items()},
        interventions={"samtaler": samtaler({"team": first, "every": [{"weeks": 1}]})},
    )


def cases(world: World) -> list[list[int]]:
    """Cases by week and team."""
    return np.array(world.register.cases).tolist()


def test_overflow_goes_down_the_chain_to_who_waits() -> None:
    """100 ledige, room for 30, 20 and 10: the first two hand on, the last keeps 40 waiting; nobody is above a limit."""
    chain = {
        "egne": {"fte": 1, "caseload_limit": 30, "at_limit": "overflow", "overflow_to": "naboer"},
        "naboer": {"fte": 2, "caseload_limit": 10, "at_limit": "overflow", "overflow_to": "aktoer"},
        "aktoer": {"fte": 1, "caseload_limit": 10},
    }
    world = run(teams(**chain), [0])
    assert cases(world)[0] == [30, 20, 10] == cases(world)[-1]
    assert world.register.waiting[0].tolist() == [0, 0, 40]
    assert counts_of(world)["overflowed"].sum() == 70
    assert team_counts_of(world)["taken"].sum(axis=0).tolist() == [30, 20, 10]


def test_overflow_may_end_in_a_team_that_takes_everybody() -> None:
    chain = {
        "egne": {"fte": 1, "caseload_limit": 30, "at_limit": "overflow", "overflow_to": "aktoer"},
        "aktoer": {"fte": 1, "caseload_limit": 10, "at_limit": "exceed", "dilution": 1},
    }
    world = run(teams(**chain), [0])
    assert cases(world)[0] == [30, 70]
    assert counts_of(world)["overflowed"].sum() == 70


def test_a_team_takes_its_own_before_those_handed_on() -> None:
    """Both teams' cohorts come at once: 20 of the second's own, so of its 25 places five are left for the overflow."""
    scenario = make(
        weeks=3,
        arms={"a": 1, "b": 1},
        allocation="blocked",
        intake={"persons": 40, "weeks": 1},
        exits={"job": {"level": 0.0}},
        teams={
            "foerste": {**TIME, "fte": 1, "caseload_limit": 10, "at_limit": "overflow", "overflow_to": "anden"},
            "anden": {**TIME, "fte": 1, "caseload_limit": 25},
        },
        interventions={
            "samtaler": {
                "kind": "samtaler",
                "channels": {"p": {"minutes": 30, "attendance": 1.0}},
                "plans": {
                    "a": {"arms": ["a"], "team": "foerste", "channel": "p", "every": [{"weeks": 1}]},
                    "b": {"arms": ["b"], "team": "anden", "channel": "p", "every": [{"weeks": 1}]},
                },
            }
        },
    )
    world = run(scenario, [0])
    assert cases(world)[0] == [10, 25]
    mine = world.ledige.arm == 1
    assert (world.staff.team[mine] == 1).all() and (world.staff.since[mine] == NEVER).all()
    assert world.register.waiting[0].tolist() == [0, 5]


@pytest.mark.parametrize("at", [1.0, 0.8, 0.5])
def test_a_full_team_reopens_when_its_cases_have_fallen_far_enough(at: float) -> None:
    """200 wait for 40 places. Cases fall by exits alone while the team is closed; it fills up again in the first week
    that begins with no more than the stated share of the limit, and not before."""
    scenario = teams(200, 0.03, 60, team={"fte": 1, "caseload_limit": 40, "reopens_at": at})
    world = run(scenario, [3])
    taken = counts_of(world)["got_caseworker"].sum(axis=1)
    load = np.array(world.register.cases)[:, 0]
    refills = 0
    for week in range(1, 60):
        open_again = load[week - 1] <= at * 40 if at < 1 else load[week - 1] < 40
        # exits of the week before are in load already: søndag's cases are mandag's
        assert (taken[week] > 0) == (open_again and bool(world.register.waiting[week - 1].sum())), week
        refills += taken[week] > 0
    assert taken[0] == 40 and load.max() <= 40 and refills >= 2


def test_nobody_has_more_than_an_even_share_of_the_limit() -> None:
    """Three caseworkers, 45 cases, half of the posts vacant at times: no desk above 15, no team above 45."""
    turnover = {"per_year": 0.9, "vacancy_weeks": {4: 0.5, 9: 0.5}, "share_out": True}
    team = {"fte": 3, "caseload": "personal", "caseload_limit": 15, "turnover": turnover}
    for seed in range(5):
        scenario = teams(150, 0.02, 80, team=team).model_copy(update={"seed": seed})
        world = run(scenario, [0])  # the invariants look every week
        load = np.array(world.register.cases)[:, 0]
        assert load.max() <= 45 and load.min() < 45
        assert counts_of(world)["lost_caseworker"].sum() > 0


def test_cases_shared_out_go_to_colleagues_with_room() -> None:
    """Two caseworkers with room for 50 each and 40 cases: when one leaves, all 40 are the other's the same mandag."""
    turnover = {"per_year": 0.9, "vacancy_weeks": 6, "share_out": True}
    scenario = teams(40, 0.0, 60, team={"fte": 2, "caseload": "personal", "caseload_limit": 50, "turnover": turnover})
    world = run(scenario, [0])
    alone = np.array(world.register.vacant)[:, 0] == 1
    assert alone[1:].any()
    load = np.array(world.register.caseload)
    for week in np.flatnonzero(alone):
        if week:
            assert np.nanmax(load[week]) == np.nansum(load[week]) == 40


def test_without_sharing_out_cases_wait_for_the_successor() -> None:
    """Nobody's desk changes, and the talks of those whose post is vacant are refused as `away`."""
    turnover = {"per_year": 0.9, "vacancy_weeks": 6}
    scenario = teams(40, 0.0, 60, team={"fte": 2, "caseload": "personal", "turnover": turnover})
    world = run(scenario, [0])
    posts = np.array(world.register.vacant)[:, 0]
    away = counts_of(world)["away"].sum(axis=1)
    assert (posts > 0).any() and counts_of(world)["lost_caseworker"].sum() == 0
    assert away[1:].tolist() == [20 * int(vacant) for vacant in posts[1:]]
    assert counts_of(world)["held"].sum() == 40 * 59 - away[1:].sum()


def test_the_outcomes_tell_of_it() -> None:
    """40 wait of 100, and 60 have cases: outcomes of the groups and of each team."""
    chain = {
        "egne": {"fte": 1, "caseload_limit": 50, "at_limit": "overflow", "overflow_to": "aktoer",
                 "pay": {"per_year": 520_000}},
        "aktoer": {"fte": 1, "caseload_limit": 10, "pay": {"per_case": 1000, "per_case_week": 10, "per_talk": 100}},
    }  # fmt: skip
    (found,) = simulate(teams(**chain), [0])
    outcomes = found.outcomes
    assert outcomes["cases", "alle", None] == 60 and outcomes["waiting", "alle", None] == 40
    assert outcomes["cases", "team:egne", None] == 50 and outcomes["waiting", "team:aktoer", None] == 40
    assert outcomes["caseload_p10", "team:aktoer", None] == outcomes["caseload_max", "team:aktoer", None] == 10
    assert outcomes["staff_cost", "team:egne", None] == pytest.approx(30 * 10_000)
    # ten cases for 30 weeks, a talk in each week but the first
    assert outcomes["staff_cost", "team:aktoer", None] == 10 * 1000 + 10 * 30 * 10 + 10 * 29 * 100
    assert outcomes["staff_cost", "alle", None] == pytest.approx(300_000 + 10_000 + 3000 + 29_000)


def test_a_limit_holds_for_each_caseworker_in_whole_cases() -> None:
    """25 for each full-time: two of 0.75 have 18 cases each, not 19 and 18; together in common 37."""
    for caseload, cases_ in (("personal", 36), ("pooled", 37)):
        team = {"fte": 1.5, "caseworkers": 2, "caseload": caseload, "caseload_limit": 25}
        world = run(teams(100, team=team), [0])
        assert world.register.cases[-1].tolist() == [cases_]
        assert np.nanmax(world.register.caseload) <= 25
