"""Minutes of the jobrådgivere: what is held, and what there is no time for.

Decision rules. Counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT, binomial. Exits of a
cohort: `exits_follow`, |z| < LIMIT in every week. Factors of single members are compared with a loop over the
clubs in plain Python, to rounding. Coupling by the same luck is exact, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.week import run
from simulation.world.world import World
from tests.helpers import counts_of
from tests.klub import MOTIVATION, club
from tests.offers import factors, total, weekly

# --- minutes ---------------------------------------------------------------------------------------------------------


#
# Three clubs of four seats, ten members from week 0 on: 4, 3 and 3.


def small(**settings: Any) -> World:
    """The world of ten members at its end; eight weeks of sessions, weeks 0 to 7."""
    return run(club(persons=10, clubs=3, seats=4, weeks=9, **settings), [0])


def used(world: World) -> list[int]:
    """Minutes of the jobrådgivere by week."""
    return [int(week[1]) for week in world.register.minutes_used]


def test_sessions_are_held_as_far_as_minutes_last() -> None:
    """Of 3 × 60 minutes 150 hold two: the clubs of 4 and 3 members meet, the last does not; the 30 left perish."""
    world = small(minutes=150)
    assert used(world) == [120] * 8 + [0]
    assert weekly(world, "klub_planned") == [10] * 8 + [0]
    assert weekly(world, "klub_attended") == [7] * 8 + [0]


def test_a_club_that_is_empty_takes_no_minutes() -> None:
    """Two clubs of one seat and minutes for one session: as long as anybody is left in either, one session is held.

    In twenty jobcentres, so that in some the first club is empty before the second; exactly, by jobcentre and week.
    """
    scenario = club(
        persons=2, clubs=2, seats=1, minutes=60, weeks=12, length={"from_weeks": 1, "to_weeks": 9},
        world={"jobcentres": {f"nr_{n}": {} for n in range(20)}},
    )  # fmt: skip
    counts = counts_of(run(scenario, [0]))
    members = counts["klub_members"]
    assert (counts["klub_attended"] == np.minimum(members, 1)).all()
    assert np.count_nonzero(members == 1) > 20


def test_every_club_has_its_first_session_before_any_has_its_second() -> None:
    """250 minutes, two sessions a week of 60: three first ones and one second: 10 + 4 of 20 attended."""
    world = small(minutes=250, sessions_per_week=2.0)
    assert used(world) == [240] * 8 + [0]
    assert weekly(world, "klub_planned") == [20] * 8 + [0]
    assert weekly(world, "klub_attended") == [14] * 8 + [0]


def test_newcomers_take_their_minutes_before_sessions() -> None:
    """50 minutes for each of three clubs with newcomers leave 100 of 250 in week 0: one session; later all three."""
    world = small(minutes=250, entry_minutes=50)
    assert used(world) == [210, *[180] * 7, 0]
    assert weekly(world, "klub_attended") == [4, *[10] * 7, 0]


def test_entry_minutes_are_per_club_and_intake() -> None:
    """One newcomer or four at once cost the same; a club without newcomers costs nothing.

    One club with courses of four weeks: entries in weeks 0, 4 and 8; every second week would be 20 minutes each.
    """
    scenario = club(
        persons=9, seats=3, entry_minutes=20, session_minutes=10, weeks=13, length={"from_weeks": 4, "to_weeks": 4}
    )
    world = run(scenario, [0])
    assert weekly(world, "klub_started") == [3, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 0]
    assert used(world) == [30, 10, 10, 10, 30, 10, 10, 10, 30, 10, 10, 10, 0]


def test_extra_minutes_of_weak_members_come_before_sessions() -> None:
    """25 minutes a week for each of k members with low motivation; what is left holds sessions of 60."""
    world = run(
        club(
            persons=10, clubs=3, seats=4, weeks=9, minutes=250, extra_minutes={"motivation": {"lav": 25}},
            world={"subgroups": MOTIVATION},
        ),
        [0],
    )  # fmt: skip
    k = int(np.count_nonzero(world.ledige.subgroup["motivation"]))
    assert 3 <= k <= 9, "the case says nothing: choose another seed"
    sessions = min((250 - 25 * k) // 60, 3)
    assert sessions < 3
    assert used(world) == [25 * k + 60 * sessions] * 8 + [0]
    assert weekly(world, "klub_attended") == [[0, 4, 7][sessions]] * 8 + [0]


def test_extra_minutes_stop_at_what_there_is() -> None:
    """Ten members × 100 minutes asked for of 250: all are used, no session is held, nothing is overdrawn."""
    world = run(
        club(
            persons=10, weeks=9, minutes=250, extra_minutes={"motivation": {"lav": 100, "hoej": 100}},
            world={"subgroups": MOTIVATION},
        ),
        [0],
    )  # fmt: skip
    assert used(world) == [250] * 8 + [0]
    assert total(world, "klub_attended") == 0


def test_counselling_has_what_is_left_after_sessions() -> None:
    """230 − 3 × 60 = 50 minutes hold three talks of 15, although all ten ask; the 5 left perish."""
    world = small(minutes=230, counselling={"weekly": 1.0, "minutes": 15})
    assert used(world) == [225] * 8 + [0]
    assert weekly(world, "klub_counselled") == [3] * 8 + [0]


def test_minutes_of_one_jobcentre_do_not_help_another() -> None:
    """Five and fifteen members, 60 minutes each: one session each, with 5 and 15 there."""
    scenario = club(minutes=60, weeks=9, world={"jobcentres": {"ribe": {"persons": 5}, "skive": {"persons": 15}}})
    world = run(scenario, [0])
    assert counts_of(world)["klub_attended"][0].tolist() == [5, 15]
    assert [week.tolist() for week in world.register.minutes_used[:2]] == [[0, 60, 0, 60]] * 2


def test_the_dose_is_the_share_of_planned_sessions() -> None:
    """One of two sessions is held: everybody in that club has half the effect; the others none: 1 + (3 − 1) / 2."""
    scenario = club(
        persons=10, clubs=3, seats=4, weeks=4, minutes=119, sessions_per_week=2.0, effects={"job": 3.0},
        world={"exits": {"job": {"level": 1e-9}}},
    )  # fmt: skip
    found, _ = factors(scenario)
    assert sorted(found[1].tolist()) == [1.0] * 6 + [2.0] * 4
    assert found[0].tolist() == [1.0] * 10
