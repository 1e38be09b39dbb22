"""Fritagelse: who has a ground, who is exempt, from when on, and what from.

Decision rules. Shares: |z| < LIMIT, binomial. Everything else is exact, person by person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import talk_of
from simulation.world.world import World
from tests.health import HEALTH, aktive_tilbud, fritagelse, sygdom
from tests.helpers import LIMIT, counts_of, samtaler, z_of
from tests.offers import JOBS, cohort, in_offer, total, watch, weekly

PERSONS = 20_000
ARMS = {"deltager": 1, "kontrol": 1}


def test_grounds_are_the_same_in_every_arm_and_are_recorded_as_it_says() -> None:
    """A ground has 0.4 in both arms; 0.7 of them are recorded in one arm, 0.2 in the other: |z| < LIMIT by arm."""
    settings = fritagelse(grounds=0.4, recorded={"deltager": 0.7, "kontrol": 0.2})
    scenario = cohort(PERSONS, 4, {"arms": ARMS}, f=settings)
    world = run(scenario, [0])
    (replication,) = simulate(scenario, [0])
    counts = {name: counts_of(world)[f"f_{name}"].sum(axis=0) for name in ("spells", "grounds", "recorded")}
    for a, (arm, share) in enumerate((("deltager", 0.7), ("kontrol", 0.2))):
        spells, grounds, recorded = (counts[name][a] for name in counts)
        assert abs(z_of(grounds, spells, 0.4)) < LIMIT
        assert abs(z_of(recorded, grounds, share)) < LIMIT
        assert replication.outcomes["f_recorded_share", arm, None] == recorded / spells
        assert replication.outcomes["f_grounds_share", arm, None] == grounds / spells


def test_an_arm_that_is_left_out_records_nothing() -> None:
    """There are grounds there as well."""
    world = run(cohort(1000, 4, {"arms": ARMS}, f=fritagelse(recorded={"deltager": 1.0})), [0])
    assert counts_of(world)["f_grounds"].sum(axis=0).tolist() == np.bincount(world.ledige.arm).tolist()
    assert counts_of(world)["f_recorded"].sum(axis=0)[1] == 0


def test_recording_more_in_an_arm_exempts_nobody_in_the_other_and_nobody_less() -> None:
    """By the same luck: whoever is exempt at 0.3 is at 0.8."""
    exempt = []
    for share in (0.3, 0.8):
        settings = fritagelse(grounds=0.5, recorded={"deltager": share, "kontrol": 0.1})
        _, (part,) = watch(cohort(2000, 4, {"arms": ARMS}, f=settings))
        exempt.append(part.exempt.among.copy())
        arm = part.world.ledige.arm
    assert (exempt[1] >= exempt[0]).all() and exempt[1].sum() > exempt[0].sum()
    assert (exempt[1] == exempt[0])[arm == 1].all()


def exempt_by_week(**settings: Any) -> list[int]:
    """How many are exempt in each week, of a thousand who come in week 0."""
    return weekly(run(cohort(1000, 12, f=fritagelse(**settings)), [0]), "f_exempt")


def test_a_ground_is_seen_in_its_week() -> None:
    """In week 2 for 0.3 of ledige, in week 5 for the others; and it lasts."""
    found = exempt_by_week(course_week={2: 0.3, 5: 0.7})
    assert found[:2] == [0, 0] and found[5:] == [1000] * 7
    assert len({*found[2:5]}) == 1 and abs(z_of(found[2], 1000, 0.3)) < LIMIT


@pytest.mark.parametrize("run_week", [3, 6])
def test_wider_grounds_hold_from_their_date_on(run_week: int) -> None:
    """0.2 in week 1, and from `run_week` on 0.5, at once for those who are there: |z| < LIMIT; the first ones stay."""
    found = exempt_by_week(grounds=0.2, course_week=1, widened={"run_week": run_week, "grounds": 0.5})
    assert found[0] == 0
    assert len({*found[1:run_week]}) == 1 and abs(z_of(found[1], 1000, 0.2)) < LIMIT
    assert len({*found[run_week:]}) == 1 and abs(z_of(found[run_week], 1000, 0.5)) < LIMIT
    assert found[1] == exempt_by_week(grounds=0.2, course_week=1)[1]


def test_newcomers_after_the_date_have_the_wider_grounds_in_their_own_week() -> None:
    """Enrolled in weeks 0 to 9, seen in course week 2, wider from week 5 on: due weeks by hand, for everybody."""
    intake = {"persons": 1000, "weeks": 10}
    settings = fritagelse(grounds=0.2, course_week=2, widened={"run_week": 5, "grounds": 0.6})
    since = np.full(1000, -1)

    def look(world: World, running: Any, week: int) -> None:
        since[running[0].exempt.among & (since < 0)] = week

    world, _ = watch(cohort(weeks=15, world={"intake": intake}, f=settings), soendag=look)
    entry = world.ledige.entry.astype(int)
    chance = np.array([world.ledige.draws.uniform("f ground", week, np.array([i]))[0] for i, week in enumerate(entry)])
    expected = np.where(chance < 0.2, entry + 2, np.where(chance < 0.6, np.maximum(entry + 2, 5), -1))
    assert (since == expected).all()


# --- what they are exempt from --------------------------------------------------------------------------------------


def exempted(**more: Any) -> Scenario:
    """Half are exempt from week 3 on; contact talks every week, and offers that end with the exemption."""
    settings = {"f": fritagelse(course_week=3, recorded={"alle": 0.5}),
                "k": samtaler({"every": [{"weeks": 1}], "not_in": ["f"]}), **more}  # fmt: skip
    return cohort(400, 15, {"subgroups": HEALTH}, **settings)


def test_the_exempt_have_no_talks() -> None:
    """From the week of the exemption on; the others have one every week."""
    world, (part, _) = watch(exempted())
    talk = talk_of(world.register.codes) > 0
    n = np.count_nonzero(part.exempt.among)
    assert 150 < n < 250
    assert talk[1:3].all() and talk[3:, ~part.exempt.among].all() and not talk[3:, part.exempt.among].any()
    assert weekly(world, "exempt") == [0] * 3 + [n] * 12


def test_a_talk_that_falls_due_in_a_state_without_talks_is_not_overtaken() -> None:
    """Somebody is ill every now and then, and nobody has time: each talk of a weekly list that has fallen due is
    overtaken in the next week, ill or not, and no other one is."""
    every_week = {"talks": [{"week": week} for week in range(1, 15)], "not_in": ["s"]}
    ill = sygdom(at_entry=0.2, begins=0.2, length_weeks={1: 0.4, 3: 0.6})
    small = {"teams": {"team": {"fte": 0.5, "minutes_per_week": 100_000}}, "subgroups": HEALTH}
    scenario = cohort(400, 15, small, s=ill, k=samtaler(every_week, minutes=100_000))
    world = run(scenario, [0])
    fell_due, overtaken = weekly(world, "fell_due"), weekly(world, "overtaken")
    assert overtaken == [0, *fell_due[:-1]] and 1000 < sum(overtaken) < 400 * 13
    assert min(weekly(world, "exempt")[1:]) > 0
    (replication,) = simulate(scenario, [0])
    assert replication.outcomes["overtaken_share", "alle", None] == sum(overtaken) / sum(fell_due) < 1


def test_the_exempt_have_no_offers() -> None:
    """They leave theirs on torsdag of that week, and begin no other."""
    world, (part, *_) = watch(exempted(a=aktive_tilbud(not_in=["f"], until_week=14)))
    offer, n = in_offer(world), np.count_nonzero(part.exempt.among)
    assert offer[:3].all() and offer[3:14, ~part.exempt.among].all() and not offer[3:, part.exempt.among].any()
    assert weekly(world, "a_made_way") == [0] * 3 + [n] + [0] * 11
    assert total(world, "a_completed") == 400 - n
    assert world.places["a motion"][0].held.sum() == 0


def test_who_is_exempt_before_her_referral_is_not_referred() -> None:
    """Exempt in week 3, due in week 4: only the others are."""
    late = {"alle": {"ready_week": 4, "weekly": 1.0}}
    world, (part, *_) = watch(exempted(a=aktive_tilbud(not_in=["f"], referral=late)))
    assert weekly(world, "a_referred")[4] == total(world, "a_started") == np.count_nonzero(~part.exempt.among)


def test_an_exemption_ends_with_the_benefit_spell() -> None:
    """Nobody who has left is exempt, and in a new spell the ground is drawn anew: |z| < LIMIT of all spells."""
    churn = {"exits": {"job": {"level": 0.2}}, "job_spells": {**JOBS, "end_intensity": {0: 0.5}, "returns": 1.0}}

    def look(world: World, running: Any, week: int) -> None:
        assert not (running[0].exempt.among & (world.ledige.status != LEDIG)).any()

    world, _ = watch(cohort(2000, 20, churn, f=fritagelse(grounds=0.3)), soendag=look)
    assert total(world, "returned") > 2000
    assert abs(z_of(total(world, "f_recorded"), total(world, "f_spells"), 0.3)) < LIMIT
