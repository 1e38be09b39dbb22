"""What a week in a club does to exits, and what members do to each other.

Decision rules. Counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT, binomial. Exits of a
cohort: `exits_follow`, |z| < LIMIT in every week. Factors of single members are compared with a loop over the
clubs in plain Python, to rounding. Coupling by the same luck is exact, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from simulation.world.world import World
from tests.helpers import LIMIT, exits_follow, first_exits, survival_of, z_of
from tests.klub import JOB, MEMBERS, MOTIVATION, OTHER, WEEKS, club
from tests.offers import factor_now, factors, watch

# --- what a week in a club does to exits -----------------------------------------------------------------------------


def follows(factors_by_week: dict[range, float], survival: Any = None, **settings: Any) -> None:
    """Hold the exits of 60 000 ledige who are in the club from week 0 against job intensities with these factors."""
    intensity = np.full(WEEKS, JOB)
    for weeks, factor in factors_by_week.items():
        intensity[weeks] *= factor
    scenario = club(persons=60_000, world={"exits": {"job": {"level": JOB}, "other": {"level": OTHER}}}, **settings)
    exits_follow(scenario, survival_of(intensity + OTHER) if survival is None else survival)


def test_sessions_work_from_the_week_after_the_first_to_the_week_of_the_end() -> None:
    """Everybody comes: the factor 2 on the tirsdage of weeks 1 to 8, and on no other."""
    follows({MEMBERS: 2.0}, effects={"job": 2.0})


def test_lock_in_and_sessions_multiply() -> None:
    """0.5 by locking-in, 3 by sessions: 1.5."""
    follows({MEMBERS: 1.5}, effects={"job": 3.0}, during={"job": 0.5})


@pytest.mark.parametrize("settling", [1, 4, 20])
def test_the_effect_grows_over_the_settling_weeks(settling: int) -> None:
    """In the k-th week of membership 1 + (3 − 1) × min(k / settling, 1)."""
    grown = {range(k, k + 1): 1 + 2 * min(k / settling, 1) for k in MEMBERS}
    follows(grown, effects={"job": 3.0}, settling_weeks=settling)


def test_the_gain_after_a_course_halves_and_ends() -> None:
    """Completed in week 8: k weeks later 1 + 1 × 0.5 ^ (k / 3) for six weeks."""
    after = {"effects": {"job": 2.0}, "weeks": 6, "halving_weeks": 3.0}
    follows({range(8 + k, 9 + k): 1 + 0.5 ** (k / 3) for k in range(1, 7)}, after=after)


def test_whoever_drops_out_earns_no_gain() -> None:
    """For certain after a week: a member on one tirsdag, and nothing afterwards."""
    after = {"effects": {"job": 5.0}, "weeks": 10}
    follows({range(1, 2): 2.0}, effects={"job": 2.0}, drops_out=1.0, after=after)


def test_attendance_zero_has_no_effect() -> None:
    """Only sessions that a member came to work, and homework and settling work through them."""
    follows(
        {}, attendance=0.0, effects={"job": 9.0}, homework="adapted", homework_effects={"adapted": {"job": 9.0}},
    )  # fmt: skip


def test_sessions_attended_in_part_work_in_part() -> None:
    """Two sessions a week, each attended with 0.5: a dose of 0, 1/2 or 1 by weeks that are independent.

    So the share that stays through a week is the mean of exp(−intensity) over the dose, 1/4, 1/2, 1/4.
    """
    stays = np.full(WEEKS, np.exp(-JOB - OTHER))
    doses = [(0.0, 0.25), (0.5, 0.5), (1.0, 0.25)]
    stays[1:9] = sum(share * np.exp(-JOB * (1 + 4 * dose) - OTHER) for dose, share in doses)
    survival = np.concatenate(([1.0], np.cumprod(stays)))
    follows({}, survival, attendance=0.5, sessions_per_week=2.0, effects={"job": 5.0})


def test_a_session_every_second_week_works_until_the_next() -> None:
    """Sessions in weeks 1, 3, 5, 7: in force from week 2 on."""
    follows({range(2, 9): 2.0}, sessions_per_week=0.5, effects={"job": 2.0})


def test_sessions_that_are_not_held_have_no_effect() -> None:
    """The jobrådgivere have a minute too little for a session."""
    follows({}, minutes=59, effects={"job": 5.0})


def test_homework_works_by_its_kind() -> None:
    """Adapted homework has its own factor, beside that of sessions; fixed homework is not given here."""
    homework = {"adapted": {"job": 1.5}, "fixed": {"job": 9.0}}
    follows({MEMBERS: 3.0}, effects={"job": 2.0}, homework="adapted", homework_effects=homework)


def test_a_company_visit_works_for_its_window() -> None:
    """Visits in weeks 0, 3, 6: in force for two weeks each, on members."""
    visits = {"every_weeks": 3, "window_weeks": 2, "effects": {"job": 3.0}}
    visited = {range(1, 3): 3.0, range(4, 6): 3.0, range(7, 9): 3.0}
    follows(visited, company_visits=True, visits=visits)


def test_who_came_after_a_visit_has_nothing_of_it() -> None:
    """Started in week 1, visits in weeks 0 and 4: nothing in weeks 2 to 4, the factor in weeks 5 and 6."""
    visits = {"every_weeks": 4, "window_weeks": 2, "effects": {"job": 3.0}}
    late = {"alle": {"ready_week": 1, "weekly": 1.0}}
    follows({range(5, 7): 3.0, range(9, 10): 3.0}, referral=late, company_visits=True, visits=visits)


def test_clubs_that_do_not_visit_have_nothing_of_visits() -> None:
    """`visits` says how, `company_visits` whether."""
    follows({}, visits={"every_weeks": 1, "effects": {"job": 9.0}})


def test_counselling_works_in_the_week_after() -> None:
    """Everybody is counselled in every week of membership, weeks 0 to 7, while there are minutes for all."""
    counselling = {"weekly": 1.0, "minutes": 1, "effects": {"job": 2.0}}
    follows({MEMBERS: 2.0}, counselling=counselling, minutes=100_000)


def test_counselling_works_in_no_later_week() -> None:
    """Half of the members are counselled in a week, independently of other weeks: the mean of exp(−intensity)."""
    stays = np.full(WEEKS, np.exp(-JOB - OTHER))
    stays[1:9] = 0.5 * np.exp(-JOB - OTHER) + 0.5 * np.exp(-4 * JOB - OTHER)
    survival = np.concatenate(([1.0], np.cumprod(stays)))
    follows({}, survival, counselling={"weekly": 0.5, "minutes": 1, "effects": {"job": 4.0}})


# --- contagion -------------------------------------------------------------------------------------------------------


def drained(
    share: float, threshold: float = 0.25, loss: float = 0.8, persons: int = 40_000, **settings: Any
) -> Scenario:
    """One club that everybody enters in week 0; this share of them is unmotivated."""
    unmotivated = {"attribute": "motivation", "level": "lav", "threshold": threshold, "loss": loss}
    return club(
        persons=persons,
        weeks=9,
        effects={"job": 4.0},
        contagion={"unmotivated": unmotivated},
        world={
            "exits": {"job": {"level": JOB}},
            "subgroups": {"motivation": {"hoej": {"share": 1 - share}, "lav": {"share": share}}},
        },
        **settings,
    )


@pytest.mark.parametrize(("share", "threshold", "loss"), [(0.6, 0.25, 0.8), (0.6, 0.0, 1.0), (0.2, 0.25, 0.8)])
def test_exits_of_the_motivated_follow_what_the_unmotivated_leave(share: float, threshold: float, loss: float) -> None:
    """A share s above the threshold t leaves the factor 1 + (f − 1) × (1 − loss × (s − t) / (1 − t)).

    Levels leave alike, so the composition stays that of week 0 but for chance, which moves the intensity by less than
    a tenth of the standard error. Rule: |z| < LIMIT in every week, of the motivated alone.
    """
    world = run(drained(share, threshold, loss), [0])
    excess = max(share - threshold, 0.0) / (1 - threshold)
    factor = 1 + 3 * (1 - loss * excess)
    hoej = world.ledige.subgroup["motivation"] == 0
    week_of_exit = first_exits(world)[0][hoej]
    there = np.array([np.count_nonzero(week_of_exit >= week) for week in range(10)])
    leaves = np.concatenate(([1 - np.exp(-JOB)], np.full(8, 1 - np.exp(-JOB * factor))))
    z = z_of(there[:-1] - there[1:], there[:-1], leaves)
    assert np.abs(z).max() < LIMIT, z.round(1)


def test_a_club_loses_by_its_own_composition() -> None:
    """Many small clubs: every member's factor against a loop in plain Python, from who is in her club that tirsdag."""
    threshold, loss, f = 0.3, 0.9, 3.0
    checked = {"above": 0, "below": 0}

    def look(world: World, running: Any, week: int) -> None:
        factor, klub = factor_now(world), running[0].clubs
        low = world.ledige.subgroup["motivation"] == 1
        for number in range(len(klub.members)):
            inside = np.flatnonzero(klub.club == number)
            if len(inside):
                share = np.count_nonzero(low[inside]) / len(inside)
                excess = max(share - threshold, 0.0) / (1 - threshold)
                assert factor[inside] == pytest.approx(1 + (f - 1) * (1 - loss * excess))
                checked["above" if excess else "below"] += 1
        assert (factor[klub.club < 0] == 1).all()

    unmotivated = {"attribute": "motivation", "level": "lav", "threshold": threshold, "loss": loss}
    scenario = club(
        clubs=10, seats=6, length={"from_weeks": 3, "to_weeks": 9}, effects={"job": f},
        contagion={"unmotivated": unmotivated},
        world={
            "intake": {"persons": 300, "weeks": 12, "arrivals": "random"}, "exits": {"job": {"level": JOB}},
            "jobcentres": {"ribe": {}, "skive": {}}, "subgroups": MOTIVATION,
        },
    )  # fmt: skip
    watch(scenario, tirsdag=look)
    assert min(checked.values()) > 50


def test_a_club_that_can_bear_all_loses_nothing() -> None:
    """Threshold 1: no share is above it, and nothing is divided by 0."""
    found, world = factors(drained(0.9, threshold=1.0, loss=1.0, persons=50))
    on_benefit = status_of(world.register.codes)[0] == LEDIG
    assert (found[1][on_benefit] == 4.0).all()


def test_more_unmotivated_members_make_nobody_leave_earlier() -> None:
    """By the same luck: with a share of 0.6 instead of 0.2 (below the threshold) every other member leaves later or
    in the same week, and at least a tenth of those who leave leaves later.

    Exact: whoever is motivated in both worlds is the same person, and her factor is never larger.
    """
    few, many = run(drained(0.2, persons=5000), [0]), run(drained(0.6, persons=5000), [0])
    motivated = many.ledige.subgroup["motivation"] == 0
    assert (few.ledige.subgroup["motivation"][motivated] == 0).all()
    early, late = first_exits(few)[0][motivated], first_exits(many)[0][motivated]
    assert (late >= early).all()
    assert np.count_nonzero(late > early) > 0.1 * np.count_nonzero(early < 9)


def cheered(per_exit: float, **settings: Any) -> Scenario:
    """100 clubs of ten which everybody enters in week 0; members who leave for jobs raise the others' exits."""
    contagion = {"per_exit": {"job": per_exit}, **settings.pop("contagion", {})}
    return club(
        persons=1000, clubs=100, seats=10, weeks=14, effects={"job": 1.2}, contagion=contagion,
        length={"from_weeks": 12, "to_weeks": 12},
        world={"exits": {"job": {"level": 0.03}, "other": {"level": 0.03}}}, **settings,
    )  # fmt: skip


def test_members_who_leave_for_jobs_make_nobody_leave_later() -> None:
    """By the same luck, person by person, with and without `per_exit`; and some leave earlier. Exact."""
    without, with_ = (first_exits(run(cheered(factor), [0, 1]))[0] for factor in (1.0, 1.5))
    assert (with_ <= without).all()
    assert np.count_nonzero(with_ < without) > 50


def test_each_exit_to_a_job_counts_for_its_window_up_to_the_most() -> None:
    """1 + 0.5 × exits to jobs from her club in the last 3 weeks, but 2 at most: a loop in plain Python, exactly.

    Exits elsewhere do not count, nor those from other clubs.
    """
    clubs: list[np.ndarray] = []
    found: list[np.ndarray] = []

    def look(world: World, running: Any, week: int) -> None:
        clubs.append(running[0].clubs.club.copy())
        found.append(factor_now(world))

    scenario = cheered(1.5, contagion={"window_weeks": 3, "most_exits": 2})
    world, _ = watch(scenario, tirsdag=look)
    out, cause, _ = first_exits(world)
    numbers = set()
    for week in range(1, 13):
        for ledig in np.flatnonzero(clubs[week] >= 0):
            number = clubs[week][ledig]
            gone = [
                other
                for other in np.flatnonzero((cause == 0) & (out < week) & (out >= week - 3))
                if out[other] > 0 and clubs[out[other]][other] == number
            ]
            numbers.add(len(gone))
            assert found[week][ledig] == pytest.approx(1.2 * (1 + 0.5 * min(len(gone), 2))), (week, ledig)
    assert {0, 1, 2, 3} <= numbers
    assert (cause == 1).any()
