"""Who has overflowed to another team stays there when her plan changes; overflow that would never end is refused."""

from __future__ import annotations

from typing import Any

import pytest

from simulation.scenario.schema import Scenario
from simulation.scenario.staffing import staffing_problems
from simulation.week import run
from tests.helpers import counts_of, make, samtaler


def overflowing(then_team: str) -> Scenario:
    """Ten ledige; the first team has room for four, the second takes the others. After week 5 another plan is theirs,
    which this team runs. Nobody leaves."""
    first, then = {"team": "foerste"}, {"plan": "efter", "course_week": 5}
    talks = samtaler({**first, "every": [{"weeks": 1}], "then": then})
    talks["plans"]["efter"] = {"team": then_team, "channel": "personlig", "every": [{"weeks": 1}]}
    return make(
        weeks=10,
        intake={"persons": 10, "weeks": 1},
        exits={"job": {"level": 0.0}},
        teams={
            "foerste": {
                "fte": 1.0, "minutes_per_week": 1000, "caseload_limit": 4, "at_limit": "overflow",
                "overflow_to": "anden",
            },
            "anden": {"fte": 1.0, "minutes_per_week": 1000},
        },
        interventions={"samtaler": talks},
    )  # fmt: skip


@pytest.mark.parametrize(("then_team", "moved"), [("foerste", 0), ("anden", 4)])
def test_a_new_plan_moves_only_who_is_not_with_its_team(then_team: str, moved: int) -> None:
    """Of the ten, six overflow. A plan of the first team leaves all where they are; one of the second fetches four."""
    world = run(overflowing(then_team), [0])
    counts, staff = counts_of(world), world.staff
    assert counts["overflowed"].sum() == 6
    assert counts["got_caseworker"].sum(axis=1).tolist() == [10, 0, 0, 0, 0, moved, 0, 0, 0, 0]
    assert counts["held"].sum(axis=1).tolist() == [0] + [10] * 9
    assert world.register.cases[-1].tolist() == [4 - moved, 6 + moved]
    assert (staff.team == staff.team_of_desk[staff.desk]).all()  # the team whose case each is said to be


@pytest.mark.parametrize("done_by", ["foerste", None])
def test_overflow_to_a_team_whose_work_comes_back_is_a_circle(done_by: str | None) -> None:
    """foerste → anden, whose work foerste does: there would be no end to it."""
    teams: dict[str, Any] = {
        "foerste": {"fte": 1.0, "minutes_per_week": 100, "at_limit": "overflow", "overflow_to": "anden"},
        "anden": {"fte": 1.0, "minutes_per_week": 100, "done_by": done_by},
    }
    found = [message for _, message in staffing_problems(make(teams=teams))]
    assert found == (["the overflow goes round in a circle: foerste → foerste"] if done_by else [])


def test_plans_may_be_written_in_any_order() -> None:
    """Whoever comes in week 3 goes on to the second and third plan at once, in whatever order they are written."""
    talks = samtaler({"every": [{"weeks": 1}], "then": {"plan": "anden", "run_week": 3}})
    for name, then in (("anden", {"then": {"plan": "tredje", "run_week": 3}}), ("tredje", {})):
        talks["plans"][name] = {"team": "team", "channel": "personlig", "every": [{"weeks": 3}], **then}
    backwards = {**talks, "plans": dict(reversed(talks["plans"].items()))}
    intake, exits = {"persons": 10, "weeks": 1, "from_week": 3}, {"job": {"level": 0.0}}
    for plans in (talks, backwards):
        scenario = make(weeks=14, intake=intake, exits=exits, interventions={"samtaler": plans})
        held = counts_of(run(scenario, [0]))["held"].sum(axis=1).tolist()
        assert [week for week, number in enumerate(held) if number == 10] == [4, 7, 10, 13]
