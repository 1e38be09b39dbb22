"""Koordineret indsats: needs that come to light, blocking and unblocking, minutes and effects.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import NO_SHOW, status_of, talk_of
from tests.helpers import LIMIT, counts_of, exits_follow, praktik, samtaler, survival_of, z_of
from tests.offers import JOBS, cohort, factors, in_offer, koordineret, total, watch, weekly

PERSONS = 20_000
JOB = 0.04


def test_blocked_ledige_begin_no_offer_until_their_treatment() -> None:
    """Known on mandag in week 0, ten weeks of waiting: blocked in weeks 0 to 10, placed on torsdag in week 11."""
    scenario = cohort(persons=100, prk=praktik(), k=koordineret(treatment_weeks=10))
    world = run(scenario, [0])
    assert weekly(world, "prk_started") == [0] * 11 + [100] + [0] * 8
    assert weekly(world, "k_blocked_weeks") == [100] * 11 + [0] * 9


def test_talks_have_no_effect_on_the_blocked() -> None:
    """Everybody has a talk every week with the factor 2; blocked until mandag in week 6, so in force from then on."""
    scenario = cohort(
        persons=60_000,
        world={"exits": {"job": {"level": JOB}}, "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}},
        samtaler=samtaler(effects={"job": 2.0}), k=koordineret(treatment_weeks=5),
    )  # fmt: skip
    intensity = np.full(20, JOB)
    intensity[6:] *= 2
    exits_follow(scenario, survival_of(intensity))


def test_only_those_who_wait_for_treatment_are_blocked() -> None:
    """Of a need of 0.5, known for 0.6 at once, 0.4 wait for treatment: 0.12 of all begin no praktik; |z| < LIMIT."""
    settings = koordineret(need=0.5, known_at_start=0.6, treatment=0.4, treatment_weeks=1000)
    world = run(cohort(prk=praktik(), k=settings), [0])
    known = total(world, "k_known")
    assert abs(z_of(known, PERSONS, 0.5 * 0.6)) < LIMIT
    begun = total(world, "prk_started")
    assert begun == weekly(world, "prk_started")[0]
    assert abs(z_of(PERSONS - begun, PERSONS, 0.12)) < LIMIT
    assert PERSONS - begun == weekly(world, "k_blocked_weeks")[0]


def test_coordination_unblocks() -> None:
    """Asked for in an arm for 0.7 of known needs, with room for all: these begin praktik at once, the others later."""
    scenario = cohort(
        world={"arms": {"med": 1, "uden": 1}},
        k=koordineret(offered={"med": 0.7}, treatment_weeks=10),
        prk={**praktik(), "referral": {arm: {"ready_week": 0, "weekly": 1.0} for arm in ("med", "uden")}},
    )
    world, (part, _) = watch(scenario)
    arm = world.ledige.arm == 0
    helped = part.places.of > 0
    assert not helped[~arm].any()
    assert abs(z_of(np.count_nonzero(helped), np.count_nonzero(arm), 0.7)) < LIMIT
    began = in_offer(world).argmax(axis=0)
    assert (began[helped] == 0).all() and (began[~helped] == 11).all()


def test_coordinators_have_no_more_than_their_places() -> None:
    """Five places in each jobcentre: the five who come first by lot and wait, all the others never; exactly."""
    world = run(
        cohort(
            persons=30, weeks=9, k=koordineret(offered={"alle": 1.0}, places=5, treatment_weeks=1000), prk=praktik(),
            world={"jobcentres": {"ribe": {}, "skive": {}}},
        ),
        [0],
    )  # fmt: skip
    assert counts_of(world)["k_helped"][0].tolist() == [5, 5]
    assert total(world, "k_helped") == total(world, "prk_started") == 10
    assert weekly(world, "k_unmet_weeks") == [50] * 9


def test_a_coordinators_place_is_free_when_she_leaves() -> None:
    """One place; leavers hand it back on tirsdag, and the next has it on torsdag: taken on every søndag."""
    held = []
    scenario = cohort(
        persons=500, weeks=20, world={"exits": {"job": {"level": 0.2}}}, k=koordineret(offered={"alle": 1.0}, places=1)
    )
    world, _ = watch(scenario, soendag=lambda world, running, week: held.append(int(running[0].places.held[0])))
    there = np.count_nonzero(status_of(world.register.codes) == LEDIG, axis=1)
    assert held == np.minimum(there, 1).tolist()
    assert total(world, "k_helped") > 3


def test_effects_of_coordination_and_treatment() -> None:
    """1.5 while coordinated, 3 once treatment has begun; for those helped in week 0 and those never; exactly."""
    scenario = cohort(
        persons=200, world={"exits": {"job": {"level": 1e-9}}},
        k=koordineret(
            offered={"alle": 0.5}, treatment=0.5, treatment_weeks=4, during={"job": 1.5}, treated={"job": 3.0}
        ),
    )  # fmt: skip
    found, _ = factors(scenario)
    _, (part,) = watch(scenario)
    helped, waits = part.places.of > 0, part.must_wait
    expected = np.ones((20, 200))
    expected[1:, helped] *= 1.5
    expected[5:, waits] *= 3.0
    assert (found == expected).all()
    assert len({(bool(h), bool(w)) for h, w in zip(helped, waits, strict=True)}) == 4


def test_known_needs_take_their_minutes_in_every_talk() -> None:
    """30 minutes a talk, 12 more with each of k ledige whose need is known: minutes used, exactly, from week 1 on."""
    settings = koordineret(need=0.5, treatment=0.0, casework_minutes=12)
    world = run(cohort(persons=500, weeks=10, samtaler=samtaler(), k=settings), [0])
    known = total(world, "k_known")
    assert 200 < known < 300
    assert [int(week[0]) for week in world.register.minutes_used] == [0] + [500 * 30 + known * 12] * 9


def test_minutes_of_a_known_need_count_once_for_who_comes_back() -> None:
    """Everybody's need is known at once, jobs last about two weeks: every talk takes 42 minutes all the same."""
    churn = {"exits": {"job": {"level": 0.3}}, "job_spells": {**JOBS, "end_intensity": {0: 0.5}, "returns": 1.0}}
    settings = koordineret(treatment=0.0, casework_minutes=12)
    world = run(cohort(persons=300, weeks=30, world=churn, samtaler=samtaler(), k=settings), [0])
    assert total(world, "returned") > 1000
    assert [int(week[0]) for week in world.register.minutes_used] == [42 * held for held in weekly(world, "held")]


def with_letters(plan: dict[str, Any], attendance: float = 1.0) -> dict[str, Any]:
    """Talks of 30 minutes, and letters of 5 in their place as the plan says."""
    talks: dict[str, Any] = samtaler(plan, attendance=attendance)
    talks["channels"]["brev"] = {"minutes": 5, "attendance": 1.0, "counts": False}
    return talks


def test_a_letter_takes_no_minutes_of_a_known_need() -> None:
    """From week 3 on there are letters alone: 5 minutes each, where a talk takes 42."""
    letters = {"every": [{"weeks": 1}], "other_channel": {"channel": "brev", "from_week": 3, "share": 1.0}}
    settings = koordineret(treatment=0.0, casework_minutes=12)
    world = run(cohort(persons=50, weeks=6, samtaler=with_letters(letters), k=settings), [0])
    assert [int(week[0]) for week in world.register.minutes_used] == [0, 50 * 42, 50 * 42, 50 * 5, 50 * 5, 50 * 5]


def test_a_letter_is_not_the_next_talk_to_which_rebooking_is_added() -> None:
    """Nobody comes to the talk of week 1; the letter of week 2 takes 5 minutes, the talk of week 3 30 and 7."""
    listed = {"talks": [{"week": 1}, {"week": 2, "channel": "brev"}, {"week": 3}]}
    talks = with_letters(listed, attendance=0.0) | {"attendance": {"rebooking_minutes": 7}}
    world = run(cohort(persons=50, weeks=4, samtaler=talks), [0])
    assert [int(week[0]) for week in world.register.minutes_used] == [0, 50 * 30, 50 * 5, 50 * 37]


def test_minutes_for_known_needs_crowd_out_talks() -> None:
    """420 minutes hold fourteen talks of 30 and ten of 42."""
    tight = {"teams": {"team": {"fte": 1, "minutes_per_week": 420}}}
    for minutes, held in ((0, 14), (12, 10)):
        settings = koordineret(treatment=0.0, casework_minutes=minutes)
        world = run(cohort(persons=50, weeks=6, world=tight, samtaler=samtaler(), k=settings), [0])
        assert weekly(world, "held") == [0] + [held] * 5


def test_a_need_comes_to_light_in_held_talks_only() -> None:
    """Attendance 0.6, disclosure 0.25 per held talk: |z| < LIMIT among those who had one; none among no-shows."""
    known: list[np.ndarray] = []
    scenario = cohort(
        weeks=12,
        world={"teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}},
        samtaler=samtaler(attendance=0.6),
        k=koordineret(known_at_start=0.0, disclosed_per_talk=0.25, treatment=0.0),
    )
    world, _ = watch(scenario, soendag=lambda world, running, week: known.append(running[1].known.copy()))
    talk = talk_of(world.register.codes)
    assert not known[0].any()  # no talk in the week of enrolment
    for week in range(1, 12):
        new = known[week] & ~known[week - 1]
        held = (talk[week] > 0) & (talk[week] != NO_SHOW)
        assert not new[~held].any()
        asked = np.count_nonzero(held & ~known[week - 1])
        assert abs(z_of(np.count_nonzero(new), asked, 0.25)) < LIMIT
        assert (known[week] >= known[week - 1]).all()
    assert (talk[1:] == NO_SHOW).any()


def test_a_letter_brings_nothing_to_light() -> None:
    """A channel that does not count as a talk (counts: false)."""
    letters = samtaler()
    letters["channels"]["personlig"] |= {"counts": False}
    scenario = cohort(persons=500, samtaler=letters, k=koordineret(known_at_start=0.0, disclosed_per_talk=1.0))
    world = run(scenario, [0])
    assert total(world, "letters") > 0
    assert total(world, "k_known") == 0


def test_outcomes_of_coordination_are_ratios_of_weeks_and_needs() -> None:
    """Four places, everybody known in week 0 and asked for, nobody leaves: by hand."""
    settings = koordineret(offered={"alle": 1.0}, places=4, treatment_weeks=7)
    outcomes = simulate(cohort(persons=10, weeks=20, k=settings), [0])[0].outcomes
    found = {name: outcomes[f"k_{name}", "alle", None] for name in ("known", "helped_share", "unmet_share", "wait")}
    assert found == pytest.approx({"known": 10, "helped_share": 0.4, "unmet_share": 0.6, "wait": 0})
    assert outcomes["k_blocked_share", "alle", None] == pytest.approx(6 * 8 / (10 * 20))
