"""Contact plans: in which weeks talks fall due, and what happens where one plan follows another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.timetable import COURSE_WEEKS, Timetable
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.register import talk_of
from simulation.world.spec import NOT_PLANNED
from simulation.world.staff.desks import NO_TEAM
from simulation.world.world import World
from tests.helpers import counts_of, make, samtaler

TEAMS = ["projekt", "a_kasser", "jobkonsulenter"]
ESBJERG = {
    "talks": [
        {"week": 4, "minutes": 45, "partner": "a_kasser"},
        {"week": 6, "self_booked": True},
        {"week": 8, "minutes": 45, "partner": "jobkonsulenter"},
        {"week": 10, "self_booked": True},
        {"week": 12, "self_booked": True},
        {"week": 14, "self_booked": True},
        {"week": 16, "minutes": 45, "partner": "jobkonsulenter"},
        {"week": 18, "self_booked": True},
        {"week": 20, "minutes": 45, "partner": "a_kasser"},
        {"week": 22, "self_booked": True},
        {"week": 24, "channel": "telefon", "self_booked": True},
    ]
}
ESBJERG_WEEKS = [4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]


def timetable(*plans: dict[str, Any]) -> Timetable:
    """The tables of these plans."""
    made = [Plan.model_validate({"team": "projekt", "channel": "personlig", **plan}) for plan in plans]
    return Timetable(made, ["personlig", "telefon"], TEAMS)


def weeks_of(table: Timetable, plan: int, first: int, until: int) -> list[int]:
    """Course weeks of the talks of a plan, if each is held in its week."""
    week, found = first, []
    while week < until:
        found.append(week)
        week = int(table.next[plan, week])
    return found


# --- the tables -----------------------------------------------------------------------------------------------------


def test_the_list_of_eleven_talks() -> None:
    """The talks in their weeks, each with its minutes, partner, channel and who books it; then no more."""
    table = timetable(ESBJERG)
    assert weeks_of(table, 0, 4, NOT_PLANNED) == ESBJERG_WEEKS
    assert table.next[0, 24] == table.next[0, COURSE_WEEKS - 1] == NOT_PLANNED
    partner = {week: int(table.partner[0, week]) for week in ESBJERG_WEEKS}
    assert {week: p for week, p in partner.items() if p != NO_TEAM} == {4: 1, 8: 2, 16: 2, 20: 1}
    assert [w for w in range(30) if table.minutes[0, w] == 45] == [4, 8, 16, 20]
    assert [w for w in range(30) if table.self_booked[0, w]] == [6, 10, 12, 14, 18, 22, 24]
    assert [w for w in range(30) if table.channel[0, w] == 1] == [24]


def test_the_latest_talk_of_a_list_is_the_one_that_holds() -> None:
    """Whoever is late is due for the latest talk, which has overtaken those before it."""
    table = timetable(ESBJERG)
    assert [int(table.latest[0, week]) for week in (0, 3, 4, 5, 6, 24, 900)] == [-1, -1, 4, 4, 6, 24, 24]
    assert [int(table.item[0, week]) for week in (4, 5, 6, 24, 900)] == [0, 0, 1, 10, 10]


def test_next_is_the_first_listed_week_after_this_one() -> None:
    """For every course week, against a plain search through the list."""
    table = timetable(ESBJERG)
    for week in range(40):
        later = [w for w in ESBJERG_WEEKS if w > week]
        assert table.next[0, week] == (later[0] if later else NOT_PLANNED)


def test_phases_of_intervals() -> None:
    """Weekly for eight weeks, then every fourth: the interval counts from the held talk, by the phase it is held in."""
    table = timetable({"every": [{"weeks": 1}, {"from_week": 8, "weeks": 4}]})
    assert weeks_of(table, 0, 1, 30) == [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 28]
    assert table.next[0, 10] == 14  # held two weeks late: the next one is so much later
    assert (table.latest == -1).all()


def test_every_plan_has_its_own_row() -> None:
    """Look-up goes by plan and course week, and far away in time by the last row."""
    table = timetable(ESBJERG, {"every": [{"weeks": 13}]})
    plan, week = np.array([0, 1, 0, 1], dtype=np.uint8), np.array([4, 4, 5000, COURSE_WEEKS - 1])
    assert table.look_up(table.next, plan, week).tolist() == [6, 17, NOT_PLANNED, COURSE_WEEKS + 12]


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        ({}, "exactly one of every"),
        ({"every": [{"weeks": 1}], "talks": [{"week": 4}]}, "exactly one of every"),
        ({"talks": [{"week": 4}, {"week": 4}]}, "weeks must rise"),
        ({"talks": [{"week": 6}, {"week": 4}]}, "weeks must rise"),
        ({"every": [{"weeks": 1}, {"from_week": 0, "weeks": 2}]}, "weeks must rise"),
        ({"every": [{"from_week": 2, "weeks": 1}]}, "begin in week 0"),
        ({"every": [{"weeks": 0}]}, "greater than or equal to 1"),
        ({"talks": []}, "at least 1 item"),
        ({"every": [{"weeks": 1}], "then": {"plan": "x"}}, "exactly one of course_week, run_week and week"),
        ({"every": [{"weeks": 1}], "then": {"plan": "x", "course_week": 1, "run_week": 1}}, "exactly one of"),
    ],
)
def test_a_plan_that_means_nothing_is_refused(plan: dict[str, Any], says: str) -> None:
    """With the reason in words."""
    with pytest.raises(ValidationError, match=says):
        timetable(plan)


@pytest.mark.parametrize("week", [1023, 1024, 1040])
def test_a_list_may_reach_to_the_end_of_the_longest_run(week: int) -> None:
    """Runs last 1040 weeks at most; what is listed later is refused, and does not end in an IndexError."""
    assert timetable({"talks": [{"week": 4}, {"week": week}]}).next[0, 4] == week
    with pytest.raises(ValidationError, match="less than or equal to 1040"):
        timetable({"talks": [{"week": 4}, {"week": 1041}]})


# --- held talks of one cohort, nobody leaves, time for all ----------------------------------------------------------


def course(plans: dict[str, dict[str, Any]], weeks: int = 60, **changes: Any) -> Scenario:
    """Three ledige from week 0 on, the first plan for all."""
    settings = samtaler()
    settings["plans"] = {name: {"team": "team", "channel": "personlig", **plan} for name, plan in plans.items()}
    settings["plans"][next(iter(plans))]["arms"] = ["alle"]
    settings["channels"]["telefon"] = {"minutes": 15, "attendance": 1.0}
    whole = {
        "intake": {"persons": 3, "weeks": 1},
        "exits": {"job": {"level": 0.0}},
        "interventions": {"samtaler": settings},
    }
    return make(weeks=weeks, **{**whole, **changes})


def held_weeks(world: World) -> list[int]:
    """Weeks of held talks, the same for everybody."""
    talks = talk_of(world.register.codes)
    assert (talks == talks[:, :1]).all()
    return np.flatnonzero(talks[:, 0]).tolist()


def test_talks_are_held_in_the_weeks_of_the_plan() -> None:
    """Where there is time for all and everybody comes, the register shows the plan; all of them on time."""
    plain = [{"week": week} for week in ESBJERG_WEEKS]
    world = run(course({"liste": {"talks": plain}}), [0])
    assert held_weeks(world) == ESBJERG_WEEKS
    assert counts_of(world)["on_time"].sum() == counts_of(world)["fell_due"].sum() == 3 * 11
    faser = {"first_week": 2, "every": [{"weeks": 1}, {"from_week": 4, "weeks": 3}]}
    assert held_weeks(run(course({"faser": faser}, weeks=15), [0])) == [2, 3, 4, 7, 10, 13]


def test_course_weeks_count_from_enrolment() -> None:
    """Who is enrolled in week 5 has her talk of course week 4 in week 9."""
    intake = {"persons": 3, "weeks": 1, "from_week": 5}
    assert held_weeks(run(course({"liste": {"talks": [{"week": 4}, {"week": 6}]}}, intake=intake), [0])) == [9, 11]


def test_a_talk_not_booked_is_overtaken_by_the_next() -> None:
    """Nobody books: the talk of week 2 is dropped in week 5, when the next one takes its place."""
    talks = [{"week": 2, "self_booked": True}, {"week": 5}]
    world = run(course({"liste": {"talks": talks, "self_booking": 0.0}}, weeks=10), [0])
    assert held_weeks(world) == [5]
    counts = {name: counts_of(world)[name].sum(axis=1).tolist() for name in ("not_booked", "overtaken")}
    assert counts["not_booked"] == [0, 0, 3, 3, 3, 0, 0, 0, 0, 0]
    assert counts["overtaken"] == [0, 0, 0, 0, 0, 3, 0, 0, 0, 0]


def test_another_channel_takes_over_its_share_from_its_week_on() -> None:
    """Share 1 from course week 3: channel 1 before, channel 2 afterwards."""
    other = {"channel": "telefon", "from_week": 3, "share": 1.0}
    world = run(course({"ugentlig": {"every": [{"weeks": 1}], "other_channel": other}}, weeks=6), [0])
    assert talk_of(world.register.codes)[:, 0].tolist() == [0, 1, 1, 2, 2, 2]


# --- joining a plan in the middle of the course ---------------------------------------------------------------------

THEN_LIST = {"talks": [{"week": week} for week in (3, 6, 9, 12)]}


def test_a_plan_is_followed_by_another_in_a_course_week() -> None:
    """From course week 7 on the talks of the list that are still to come."""
    first = {"every": [{"weeks": 1}], "then": {"plan": "liste", "course_week": 7}}
    assert held_weeks(run(course({"ugentlig": first, "liste": THEN_LIST}), [0])) == [1, 2, 3, 4, 5, 6, 9, 12]


def test_a_plan_is_followed_by_another_in_a_week_of_the_run() -> None:
    """The rule changes in week 10 of the run for everybody: who came in week 5 is in course week 5 of it then."""
    first = {"every": [{"weeks": 2}], "then": {"plan": "liste", "run_week": 10}}
    plans = {"ugentlig": first, "liste": THEN_LIST}
    intake = {"persons": 3, "weeks": 1, "from_week": 5}
    assert held_weeks(run(course(plans, intake=intake), [0])) == [6, 8, 11, 14, 17]


def test_who_comes_after_the_change_begins_on_the_new_plan() -> None:
    """Enrolled in the week of the change or later: all of the new plan's talks, none of the old one's."""
    first = {"every": [{"weeks": 1}], "then": {"plan": "liste", "run_week": 10}}
    for week in (10, 12):
        intake = {"persons": 3, "weeks": 1, "from_week": week}
        held = held_weeks(run(course({"ugentlig": first, "liste": THEN_LIST}, intake=intake), [0]))
        assert held == [week + 3, week + 6, week + 9, week + 12]


def test_intervals_that_follow_a_list_count_from_the_week_before_the_change() -> None:
    """As if a talk had been held then: every 13 weeks from course week 25 on begins in week 37.

    `first_week` is for those who begin on a plan, and says nothing to those who come to it later.
    """
    first = {"talks": [{"week": 4}, {"week": 24}], "then": {"plan": "efter", "course_week": 25}}
    efter = {"first_week": 2, "every": [{"weeks": 13}]}
    assert held_weeks(run(course({"liste": first, "efter": efter}), [0])) == [4, 24, 37, 50]


def test_a_change_of_team_changes_the_caseworker() -> None:
    """The new plan's team has the cases, the old one's has none of them."""
    teams = {name: {"fte": 1, "minutes_per_week": 1000} for name in ("team", "efter")}
    first = {"every": [{"weeks": 1}], "then": {"plan": "efter", "course_week": 5}}
    plans = {"ugentlig": first, "efter": {"team": "efter", "every": [{"weeks": 1}]}}
    world = run(course(plans, weeks=8, teams=teams), [0])
    assert [cases.tolist() for cases in world.register.cases] == [[3, 0]] * 5 + [[0, 3]] * 3
    assert held_weeks(world) == [1, 2, 3, 4, 5, 6, 7]


def test_a_talk_in_both_plans_is_held_in_the_week_of_the_change() -> None:
    """Both lists have a talk in course week 4; whoever changes in that week has it all the same."""
    first = {"talks": [{"week": 4}, {"week": 8}], "then": {"plan": "ny", "run_week": 4}}
    assert held_weeks(run(course({"gammel": first, "ny": {"talks": [{"week": 4}, {"week": 6}]}}), [0])) == [4, 6]
