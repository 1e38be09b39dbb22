"""Staff: who is called, who gets a caseworker, and at which desk."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulation.opening import build
from simulation.scenario.schema import Scenario
from simulation.world.spec import NEVER
from simulation.world.staff.booking import Appointments
from simulation.world.staff.cases import NO_DESK, Staff
from simulation.world.staff.desks import NO_TEAM
from simulation.world.staff.teams import Team
from tests.helpers import make


def staff(teams: dict[str, Any], persons: int = 20, jobcentres: dict[str, Any] | None = None, worlds: int = 1) -> Staff:
    """The staff of small jobcentres; rows of each jobcentre stand in order of their lot."""
    return build(scenario(teams, persons, jobcentres), range(worlds)).staff


def scenario(teams: dict[str, Any], persons: int, jobcentres: dict[str, Any] | None = None) -> Scenario:
    """A scenario with these teams."""
    return make(teams=teams, intake={"persons": persons, "weeks": 1}, jobcentres=jobcentres or {"ribe": {}})


def take(here: Staff, week: int, ids: list[int], team: int = 0) -> list[int]:
    """These ids ask for a caseworker of this team; who is taken."""
    asking = np.array(sorted(ids), dtype=np.intp)
    here.ask_for_caseworker(week, asking, np.full(len(asking), team))
    return here.take_cases(week)[0].tolist()


def call(
    here: Staff, ids: list[int], minutes: list[int], priority: list[int] | None = None, partner: list[int] | None = None
) -> list[bool]:
    """Whether each is called."""
    return here.book(
        Appointments(
            np.array(ids, dtype=np.intp),
            np.array(minutes, dtype=np.int64),
            np.array(priority or [0] * len(ids), dtype=np.int64),
            None if partner is None else np.array(partner, dtype=np.int16),
        )
    ).called.tolist()


POOLED = {"team": {"fte": 1, "minutes_per_week": 75}}

# --- booking --------------------------------------------------------------------------------------------------------


def test_booking_is_strict() -> None:
    """The first talk that does not fit ends the week, although a shorter one behind it would fit."""
    here = staff(POOLED)
    take(here, 0, [0, 1, 2, 3])
    assert call(here, [0, 1, 2, 3], [30, 30, 30, 15]) == [True, True, False, False]
    assert here.desk_minutes_left.tolist() == [15]


def test_the_smallest_priority_is_called_first_and_the_lot_decides_among_equals() -> None:
    """Rows stand in order of their lot, so the lower row has the better lot; ids keep their places in the answer."""
    here = staff(POOLED)
    take(here, 0, [2, 5, 7, 9])
    assert call(here, [2, 5, 7, 9], [30, 30, 30, 30], [1, 0, 1, 1]) == [True, True, False, False]


def test_rows_stand_by_a_lot_and_not_by_number() -> None:
    """So that neither number nor order of arrival favours anybody: |z| < 4 for the rank correlation."""
    ledige = build(scenario(POOLED, 2000), [0]).ledige
    assert abs(np.corrcoef(ledige.number, np.arange(2000))[0, 1]) * np.sqrt(2000) < 4
    assert abs(np.corrcoef(ledige.entry + ledige.number / 1e6, np.arange(2000))[0, 1]) * np.sqrt(2000) < 4


def test_minutes_perish_and_come_anew() -> None:
    """What is left on søndag is gone; on mandag there is a week's worth."""
    here = staff(POOLED)
    take(here, 0, [0])
    call(here, [0], [60])
    assert here.desk_minutes_left.tolist() == [15]
    here.new_week(1)
    assert here.desk_minutes_left.tolist() == [75]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from([0, 15, 30, 45]), st.integers(0, 4)), min_size=24, max_size=24)
)
def test_booking_agrees_with_the_plain_loop(people: list[tuple[bool, int, int]]) -> None:
    """Two jobcentres in two worlds, personal desks in one: for each desk in order of (priority, lot), strictly."""
    jobcentres = {"ribe": {}, "skive": {"teams": {"team": {"caseload": "personal", "fte": 2.0}}}}
    here = staff({"team": {"fte": 1, "minutes_per_week": 80}}, 6, jobcentres, worlds=2)
    take(here, 0, list(range(24)))
    asking = [(i, *person[1:]) for i, person in enumerate(people) if person[0]]
    left, ended, expected = here.desk_minutes_left.tolist(), set(), {}
    for i, minutes, _ in sorted(asking, key=lambda person: (person[2], person[0])):
        desk = int(here.desk[i])
        expected[i] = desk not in ended and minutes <= left[desk]
        if expected[i]:
            left[desk] -= minutes
        else:
            ended.add(desk)
    called = call(here, *([person[k] for person in asking] for k in range(3)))
    assert called == [expected[person[0]] for person in asking]
    assert here.desk_minutes_left.tolist() == left


JOINT = {
    "team": {"fte": 1, "minutes_per_week": 90},
    "a_kasse": {"fte": 1, "minutes_per_week": 50, "takes_cases": False},
}


def test_a_joint_talk_needs_the_partners_minutes_too() -> None:
    """The second joint talk finds no minutes at the partner: she is not called, and takes no minutes at the desk."""
    here = staff(JOINT)
    take(here, 0, [0, 1, 2, 3])
    ids, minutes = np.array([0, 1, 2, 3]), np.array([30, 30, 30, 30])
    partner = np.array([1, 1, NO_TEAM, NO_TEAM], dtype=np.int16)
    booking = here.book(Appointments(ids, minutes, np.array([0, 0, 1, 1]), partner))
    assert booking.no_partner is not None
    assert booking.no_partner.tolist() == [False, True, False, False]
    assert booking.called.tolist() == [True, False, True, True]
    assert here.desk_minutes_left.tolist() == [0, 20]


def test_a_partner_team_gives_all_its_minutes() -> None:
    """Partners have no cases, so how a team shares cases cannot matter: two FTE sit in twice as often as one."""
    here = staff(
        {"team": {"fte": 1, "minutes_per_week": 900}, "a_kasse": {**JOINT["a_kasse"], "fte": 2, "caseload": "personal"}}
    )
    take(here, 0, [0, 1])
    assert call(here, [0, 1], [30, 30], partner=[1, 1]) == [True, True]


def test_a_partner_does_not_sit_in_where_the_caseworker_has_no_time() -> None:
    """No talk, no minutes of anybody: the partner is free for a talk that can take place."""
    here = staff({"team": {"fte": 1, "minutes_per_week": 30}, "a_kasse": {**JOINT["a_kasse"], "minutes_per_week": 300}})
    take(here, 0, [0, 1])
    assert call(here, [0, 1], [30, 30], partner=[1, 1]) == [True, False]
    assert here.desk_minutes_left.tolist() == [0, 270]


# --- desks ----------------------------------------------------------------------------------------------------------


def test_a_pooled_team_is_one_desk_with_all_minutes() -> None:
    """2.5 FTE with 100 minutes are 250 minutes for anybody of the team's cases."""
    here = staff({"team": {"fte": 2.5, "minutes_per_week": 100}})
    take(here, 0, [0, 1, 2])
    assert here.desk[[0, 1, 2]].tolist() == [0, 0, 0]
    assert here.minutes.tolist() == [250]
    assert call(here, [0, 1, 2], [100, 100, 50]) == [True, True, True]


def test_personal_cases_go_to_the_lightest_desk() -> None:
    """Desks fill evenly; after some have left, newcomers fill the gaps first."""
    here = staff({"team": {"fte": 3, "minutes_per_week": 100, "caseload": "personal"}})
    take(here, 0, list(range(7)))
    assert sorted(here.cases.tolist()) == [2, 2, 3]
    light = [i for i in range(7) if here.desk[i] == 1]
    here.release(np.array(light))
    take(here, 1, [10, 11])
    assert here.desk[[10, 11]].tolist() == [1, 1]
    assert here.cases.sum() == 7 - len(light) + 2


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=6))
def test_desks_are_filled_one_by_one_at_the_lightest(moves: list[tuple[int, int]]) -> None:
    """Newcomers and leavers week by week, against a loop that gives each newcomer the desk with fewest cases."""
    here = staff({"team": {"fte": 3, "minutes_per_week": 100, "caseload": "personal"}}, persons=40)
    free, desks = list(range(40)), [0, 0, 0]
    for week, (come, go) in enumerate(moves):
        newcomers, free = free[:come], free[come:]
        take(here, week, newcomers)
        for _ in newcomers:
            desks[desks.index(min(desks))] += 1
        assert here.cases.tolist() == desks
        leavers = np.flatnonzero(here.desk != NO_DESK)[:go]
        for desk in here.desk[leavers]:
            desks[desk] -= 1
        here.release(leavers)


def test_a_personal_case_is_seen_at_her_own_desk_only() -> None:
    """The colleague's minutes are of no use to her; each of 1.5 FTE's two desks has half of the team's minutes."""
    here = staff({"team": {"fte": 1.5, "minutes_per_week": 100, "caseload": "personal"}})
    take(here, 0, [0, 1, 2, 3])
    assert here.minutes.tolist() == [75, 75]
    first = here.desk[:4] == here.desk[0]
    called = call(here, [0, 1, 2, 3], [60, 60, 60, 60])
    assert np.array(called)[first].tolist() == [True, False]
    assert np.array(called)[~first].tolist() == [True, False]


def test_a_jobcentre_may_have_a_team_of_its_own() -> None:
    """A change is of that jobcentre alone, in every world."""
    here = staff(POOLED, 4, {"ribe": {}, "skive": {"teams": {"team": {"fte": 2.0, "caseload": "personal"}}}}, worlds=2)
    assert here.fte.tolist() == [1, 2, 1, 2]
    assert here.minutes.tolist() == [75, 75, 75, 75, 75, 75]
    assert here.team_of_desk.tolist() == [0, 1, 1, 2, 3, 3]


# --- cases ----------------------------------------------------------------------------------------------------------

LIMITED = {"team": {"fte": 1, "minutes_per_week": 900, "caseload_limit": 3}}


def test_a_full_team_lets_the_next_wait_and_takes_the_longest_waiting_first() -> None:
    """First in, first out by week, by lot within a week; the wait is counted in weeks."""
    here = staff(LIMITED)
    assert take(here, 0, [4, 5, 6]) == [4, 5, 6]
    assert take(here, 1, [3, 9]) == []
    assert take(here, 2, [0, 1]) == []
    here.release(np.array([5]))
    here.new_week(1)
    taken, waited, _ = here.take_cases(3)
    assert (taken.tolist(), waited.tolist()) == ([3], [2])
    here.release(np.array([4, 6]))
    taken, waited, _ = here.take_cases(5)
    assert (taken.tolist(), waited.tolist()) == ([0, 9], [3, 4])
    assert here.waiting.tolist() == [1]
    assert here.cases_of_team().tolist() == [3]


def test_whoever_leaves_the_list_does_not_take_a_case() -> None:
    """She left benefit while she waited; her place in line is gone, also if she comes back."""
    here = staff(LIMITED)
    take(here, 0, [4, 5, 6])
    take(here, 1, [0])
    here.release(np.array([0, 5]))
    here.new_week(1)
    assert here.take_cases(2)[0].tolist() == []
    assert here.since[0] == NEVER
    assert take(here, 3, [8, 0]) == [0]
    assert here.waiting.tolist() == [8]


def test_a_team_that_may_exceed_its_limit_takes_everybody() -> None:
    """And its talks are diluted by (limit / caseload) ^ exponent; below the limit nothing is diluted."""
    here = staff({"team": {**LIMITED["team"], "at_limit": "exceed", "dilution": 0.5}})
    take(here, 0, [0, 1])
    assert here.over_limit(here.team_row(np.array([0, 1]))).tolist() == [1, 1]
    assert take(here, 1, list(range(2, 12))) == list(range(2, 12))
    assert here.over_limit(here.team_row(np.array([0, 11]))) == pytest.approx([0.5, 0.5])


def test_a_change_of_team_moves_the_case() -> None:
    """The old desk has a case less at once, the new one a case more when there is room."""
    here = staff(
        {"a": {"fte": 1, "minutes_per_week": 900}, "b": {"fte": 1, "minutes_per_week": 900, "caseload_limit": 1}}
    )
    take(here, 0, [0, 1, 2])
    assert take(here, 1, [0, 1], team=1) == [0]
    assert here.cases.tolist() == [1, 1]
    assert here.desk[:3].tolist() == [1, NO_DESK, 0]
    assert here.waiting.tolist() == [1]


@pytest.mark.parametrize(
    ("fte", "limit", "cases"),
    [
        (1.0, 50, 50),
        (0.5, 25, 12),
        (2.5, 3, 7),
        (0.58, 50, 29),  # 28.999999999999996 in floating point
    ],
)
def test_the_limit_of_a_team_is_that_of_its_caseworkers(fte: float, limit: int, cases: int) -> None:
    """Cases per full-time caseworker × FTE, rounded down to whole cases, and not by the error of a product."""
    here = staff({"team": {"fte": fte, "minutes_per_week": 900, "caseload_limit": limit}})
    assert here.limit.tolist() == [cases]


def test_desks_of_a_team() -> None:
    """One if pooled; one per caseworker, the part-time one included, if personal."""
    desks = [Team(fte=fte, minutes_per_week=1, caseload="personal").desks() for fte in (0, 0.2, 1, 1.5, 3)]
    assert desks == [1, 1, 1, 2, 3]
    assert Team(fte=7, minutes_per_week=1).desks() == 1
    assert Team(fte=7, minutes_per_week=1, caseload="personal", takes_cases=False).desks() == 1
