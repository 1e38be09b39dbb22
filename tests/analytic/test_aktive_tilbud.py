"""Aktive tilbud: what an offer is put together of, when its parts begin, who refers, and when it ends.

Decision rules. Weeks, hours, places and minutes are exact. Hazards: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.results.measures.replication import simulate
from simulation.week import run
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.health import HEALTH, activity, aktive_tilbud, sygdom
from tests.helpers import exits_follow, praktik, samtaler, survival_of
from tests.offers import NOBODY_LEAVES, cohort, in_offer, total, watch, weekly
from tests.tilbud import FEW_TALKS, one, referred

PARTS = {"motion": activity(4), "fysio_ergo": activity(3), "psykolog": activity(2), "kursus": activity(8)}


# --- what it is put together of -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("required", "order", "bundle"),
    [
        (10, ["psykolog", "motion", "fysio_ergo", "kursus"], ["psykolog", "motion", "fysio_ergo", "kursus"]),  # 17
        (9, ["psykolog", "motion", "fysio_ergo", "kursus"], ["psykolog", "motion", "fysio_ergo"]),  # just 9
        (4, ["motion", "kursus"], ["motion"]),
        (5, ["motion", "kursus"], ["motion", "kursus"]),
        (20, ["motion", "psykolog"], ["motion", "psykolog"]),  # all there are, though they are too few
        (10, [], []),
    ],
)
def test_parts_are_added_until_the_hours_are_reached(required: int, order: list[str], bundle: list[str]) -> None:
    """In the order of the level, the most fitting first, and not one more than it takes."""
    bundles = {"attribute": "helbred", "order": {"krop": order}}
    settings = AktiveTilbud.model_validate(aktive_tilbud(parts=PARTS, hours_per_week=required, bundles=bundles))
    assert settings.bundle("krop") == bundle
    assert settings.bundle("sind") == []


def test_each_level_gets_its_own_bundle_and_hours() -> None:
    """Exercise and a course (12 hours) for one level, a psychologist and exercise (6) for another; a third has none."""
    levels = {"helbred": {"krop": {"share": 0.3}, "sind": {"share": 0.3}, "andet": {"share": 0.4}}}
    order = {"krop": ["motion", "kursus", "psykolog"], "sind": ["psykolog", "motion"]}
    scenario = referred(300, world={"subgroups": levels}, parts=PARTS, bundles={"attribute": "helbred", "order": order})
    hours = np.zeros(300, dtype=int)

    def look(world: World, running: Any, week: int) -> None:
        hours[:] = np.maximum(hours, running[1].hours)

    world, _ = watch(scenario, soendag=look)
    level = world.ledige.subgroup["helbred"]
    assert (hours == np.array([12, 6, 0])[level]).all()
    krop, sind = np.bincount(level)[:2]
    outcomes = simulate(scenario, [0])[0].outcomes
    assert outcomes["a_motion_share", "alle", None] == 1.0
    assert outcomes["a_kursus_share", "alle", None] == pytest.approx(krop / (krop + sind))
    assert outcomes["a_full_share", "alle", None] == pytest.approx(krop / (krop + sind))
    assert outcomes["a_hours", "alle", None] == pytest.approx((12 * krop + 6 * sind) / (krop + sind))
    assert outcomes["a_fysio_ergo_share", "alle", None] == 0
    assert total(world, "a_referred") == krop + sind


# --- when its parts begin and end -----------------------------------------------------------------------------------


def test_parts_begin_when_they_are_set_up() -> None:
    """Referred in week 0: exercise after one week, a course after four; in the offer from the first on, to week 12."""
    settings = one(motion=activity(4, setup_weeks=1), kursus=activity(8, setup_weeks=4))
    world = run(referred(**settings), [0])
    assert np.count_nonzero(in_offer(world), axis=1).tolist() == [0] + [100] * 11 + [0] * 8
    assert [n // 100 for n in weekly(world, "a_hours")] == [0] + [4] * 3 + [12] * 8 + [0] * 8
    assert weekly(world, "a_waiting") == [100] + [0] * 19
    assert (total(world, "a_wait"), total(world, "a_full_weeks")) == (100, 800)


@pytest.mark.parametrize(("until", "ready"), [(5, 0), (9, 3)])
def test_an_offer_ends_in_the_course_week_it_says(until: int, ready: int) -> None:
    """On onsdag of course week `until`, whenever it began; and nobody is referred again."""
    rule = {"alle": {"ready_week": ready, "weekly": 1.0}}
    world = run(referred(referral=rule, until_week=until), [0])
    inside = [ready <= week < until for week in range(20)]
    assert (in_offer(world) == np.array(inside)[:, None]).all()
    assert weekly(world, "a_completed")[until] == total(world, "a_referred") == 100


def test_a_part_that_is_set_up_too_late_never_begins() -> None:
    """Five weeks of setting up in a course that has offers until week 5."""
    world = run(referred(**one(motion=activity(setup_weeks=5)), until_week=5), [0])
    assert total(world, "a_started") == 0 and not in_offer(world).any()
    assert weekly(world, "a_left_waiting") == [0] * 5 + [100] + [0] * 14
    assert weekly(world, "a_waiting") == [100] * 5 + [0] * 15


def test_nobody_is_referred_after_the_course() -> None:
    """Ready in week 12 of a course with offers until then."""
    late = {"alle": {"ready_week": 12, "weekly": 1.0}}
    assert total(run(referred(referral=late), [0]), "a_referred") == 0


# --- places and minutes ---------------------------------------------------------------------------------------------


def test_places_are_given_to_the_longest_waiting_and_never_exceeded() -> None:
    """Seven places in each jobcentre; ledige come over ten weeks and leave, and nobody overtakes: by a plain loop."""
    intake = {"persons": 60, "weeks": 10, "arrivals": "random"}
    places = {"intake": intake, "jobcentres": {"ribe": {}, "skive": {}}, "exits": {"job": {"level": 0.05}}}
    scenario = referred(60, 30, places, **one(motion=activity(places=7)), until_week=15)
    longest: list[int] = []

    def look(world: World, running: Any, week: int) -> None:
        part = running[1]
        held, since, place = part.places[0], part.lasting.since.astype(int), world.ledige.jobcentre
        assert (held.held <= 7).all()
        for row in range(2):
            began = (part.spells.started == week) & (place == row)
            waits = part.waits.among & (place == row)
            assert held.held[row] == 7 or not waits.any()
            if began.any() and waits.any():
                assert since[began].max() <= since[waits].min()
                longest.append(week - since[began].max())

    watch(scenario, soendag=look)
    assert len(longest) > 10 and max(longest) > 3


def test_a_place_in_one_part_does_not_wait_for_the_other() -> None:
    """One place with the psychologist, exercise for all: everybody begins, one has both parts and the full hours."""
    settings = one(psykolog=activity(2, places=1), motion=activity(8))
    world = run(referred(**settings), [0])
    assert weekly(world, "a_started")[0] == 100
    assert weekly(world, "a_psykolog") == [1] + [0] * 19
    assert weekly(world, "a_hours")[:12] == [802] * 12 and weekly(world, "a_full_weeks")[:12] == [1] * 12


def test_a_place_is_free_when_she_leaves() -> None:
    """All places of both parts come back with the exit: as many are held as there are people inside."""

    def look(world: World, running: Any, week: int) -> None:
        part = running[1]
        for places in part.places:
            assert places.held.sum() == np.count_nonzero(part.spells.started != NEVER)
        assert (part.hours > 0).sum() == len(part.spells.inside)

    settings = one(psykolog=activity(2), motion=activity(8))
    world, _ = watch(referred(500, world={"exits": {"job": {"level": 0.1}}}, **settings), soendag=look)
    assert 50 < total(world, "a_completed") < 400


@pytest.mark.parametrize(("minutes", "each"), [(100, 3), (90, 3), (89, 2), (29, 0)])
def test_caseworkers_refer_as_far_as_they_have_minutes(minutes: int, each: int) -> None:
    """20 + 10 minutes for a bundle of two parts; the others are tried again every week."""
    parts = one(psykolog=activity(2, referral_minutes=20), motion=activity(8, referral_minutes=10))
    team = {"teams": {"team": {"fte": 1, "minutes_per_week": minutes}}}
    scenario = referred(20, 10, team, **parts)
    world = run(scenario, [0])
    so_far = [min(20, each * week) for week in range(11)]
    assert weekly(world, "a_referred") == np.diff(so_far).tolist()
    assert weekly(world, "a_no_time") == [20 - n for n in so_far[1:]]
    assert [int(used[0]) for used in world.register.minutes_used] == [30 * n for n in weekly(world, "a_referred")]


def test_only_parts_of_the_bundle_take_minutes() -> None:
    """The psychologist of the other level costs nothing here."""
    parts = {"motion": activity(10, referral_minutes=7), "psykolog": activity(10, referral_minutes=11)}
    bundles = {"attribute": "helbred", "order": {"krop": ["motion", "psykolog"], "sind": ["psykolog", "motion"]}}
    world = run(referred(200, parts=parts, bundles=bundles), [0])
    krop, sind = np.bincount(world.ledige.subgroup["helbred"])
    assert int(world.register.minutes_used[0][0]) == 7 * krop + 11 * sind


def test_minutes_of_referral_are_missing_for_talks() -> None:
    """100 minutes, three referrals of 25 on torsdag: 25 are left for talks of 25 on fredag."""
    talks = samtaler({"every": [{"weeks": 1}]}, minutes=25)
    team = {"subgroups": HEALTH, "teams": {"team": {"fte": 1, "minutes_per_week": 100}}}
    parts = one(motion=activity(referral_minutes=25))
    ready = {"alle": {"never_ready": 0.0, "ready_week": 2, "weekly": 1.0}}
    world = run(cohort(6, 6, team, k=talks, a=aktive_tilbud(**parts, referral=ready)), [0])
    assert weekly(world, "a_referred") == [0, 0, 4, 2, 0, 0]
    assert weekly(world, "held") == [0, 4, 0, 2, 4, 4]


# --- how it meets other things --------------------------------------------------------------------------------------


def test_offers_make_way_for_a_state_and_come_back_after_it() -> None:
    """Sick in weeks 1 to 4 and 6 to 9: in the offer in week 0, out of it from week 1 on, referred anew in week 5."""
    offers = aktive_tilbud(**one(motion=activity()), not_in=["s"], until_week=20)
    sick = sygdom(begins=1.0, length_weeks=4)
    world = run(cohort(50, 9, {"subgroups": HEALTH}, k=FEW_TALKS, s=sick, a=offers), [0])
    assert np.count_nonzero(in_offer(world), axis=1).tolist() == [50, 0, 0, 0, 0, 50, 0, 0, 0]
    assert weekly(world, "a_made_way") == [0, 50, 0, 0, 0, 0, 50, 0, 0]
    assert weekly(world, "a_referred") == [50, 0, 0, 0, 0, 50, 0, 0, 0]


def test_the_sick_begin_no_part() -> None:
    """Blocked as from any offer: referred before, begun when they are well again."""
    settings = one(motion=activity(setup_weeks=2))
    sick = sygdom(begins=1.0, length_weeks=5)
    world = run(cohort(50, 10, {"subgroups": HEALTH}, k=FEW_TALKS, s=sick, a=aktive_tilbud(**settings)), [0])
    assert weekly(world, "a_referred")[0] == weekly(world, "a_started")[6] == 50


def test_who_is_in_another_offer_begins_after_it() -> None:
    """Referred in week 0, set up in week 3; meanwhile she is in praktik in weeks 1 to 5, and begins in week 6."""
    settings = one(motion=activity(setup_weeks=3))
    rule = {"alle": {"ready_week": 1, "weekly": 1.0}}
    world = run(
        cohort(30, 14, {"subgroups": HEALTH}, k=FEW_TALKS, prk={**praktik(length_weeks=5), "referral": rule},
               a=aktive_tilbud(**settings)), [0],
    )  # fmt: skip
    assert weekly(world, "prk_started")[1] == weekly(world, "a_started")[6] == 30
    assert np.count_nonzero(in_offer(world), axis=1).tolist() == [0] + [30] * 11 + [0] * 2


def test_effects_of_the_offer_of_its_parts_and_afterwards() -> None:
    """In weeks 1 to 12 0.5 × 3 (a part) of the intensity, then 2 for four weeks: hazards, |z| < LIMIT."""
    settings = one(motion=activity(effects={"job": 3.0}))
    world = {"exits": {"job": {"level": 0.04}}}
    after = {"effects": {"job": 2.0}, "weeks": 4}
    intensity = np.full(20, 0.04)
    intensity[1:13] *= 1.5
    intensity[13:17] *= 2.0
    scenario = referred(40_000, world=world, **settings, during={"job": 0.5}, after=after)
    exits_follow(scenario, survival_of(intensity))


def test_without_a_caseworker_nobody_is_referred() -> None:
    """Where referral takes minutes they are a caseworker's: no plan of talks, no case, no offer."""
    parts = {"motion": activity(referral_minutes=5)}
    order = {"krop": ["motion"], "sind": ["motion"]}
    settings = aktive_tilbud(parts=parts, bundles={"attribute": "helbred", "order": order})
    world = {"subgroups": HEALTH, "exits": NOBODY_LEAVES}
    scenario = cohort(20, 5, world, a=settings)
    ran = run(scenario, [0])
    assert total(ran, "a_referred") == 0 and weekly(ran, "a_no_time") == [20] * 5
    said = [message for _, message in scenario.interventions["a"].doubts(scenario)]
    assert said[-1].endswith("nobody is ever referred")
    parts["motion"]["referral_minutes"] = 0
    assert total(run(cohort(20, 5, world, a=settings), [0]), "a_referred") == 20
