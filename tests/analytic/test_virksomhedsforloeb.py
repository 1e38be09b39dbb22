"""Virksomhedsforløb: matching as the bottleneck, what waiting costs, and what a jobkontaktperson changes.

Decision rules. Limits and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT, binomial,
in every week. What is said of two runs by the same luck is exact, person by person, with its proof.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import offer_of, status_of
from simulation.world.spec import Floats, Ints
from simulation.world.world import World
from tests.helpers import LIMIT, counts_of, make, z_of
from tests.offers import NOBODY_LEAVES, total, virksomhedsforloeb, watch, weekly

PERSONS = 20_000
NAME = "forloeb"


def firms(persons: int = PERSONS, weeks: int = 14, **settings: Any) -> Scenario:
    """A cohort of week 0 that never leaves by itself, and praktik at firms; settings of the scenario: `world`."""
    changes = settings.pop("world", {})
    return make(
        **{
            "weeks": weeks,
            "intake": {"persons": persons, "weeks": 1},
            "exits": NOBODY_LEAVES,
            "interventions": {NAME: virksomhedsforloeb(**settings)},
            **changes,
        }
    )


def count(world: World, name: str) -> Ints:
    """A count of the intervention by week."""
    return np.array(weekly(world, f"{NAME}_{name}"))


def inside(world: World) -> np.ndarray:
    """Who is at a firm, by week and row."""
    return np.asarray(offer_of(world.register.codes) > 0)


def began(world: World) -> Ints:
    """Week of the first søndag at a firm, by row; the length of the run if there is none."""
    there = inside(world)
    return np.where(there.any(axis=0), there.argmax(axis=0), len(there))


def hazards_are(events: Ints, persons: int, share: float | Floats) -> None:
    """Hold events of consecutive weeks against a chance among those who are left: |z| < LIMIT in every week."""
    there = persons - np.concatenate(([0], np.cumsum(events)[:-1]))
    z = z_of(events, there, np.broadcast_to(share, len(events)))
    assert np.abs(z).max() < LIMIT, z.round(1)


# --- matching -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("matches", [0.4, 1.5, 7.0])
def test_firms_approached_a_week_are_limited_and_used_while_somebody_waits(matches: float) -> None:
    """A no costs the attempt too: begun + declined = floor((w + 1) m) − floor(w m), exactly; in each jobcentre."""
    scenario = firms(
        persons=300, weeks=30, matches_per_week=matches, firm_accepts={8: 0.5},
        jobcentres={"skive": {"matches_per_week": 2.0}}, world={"jobcentres": {"ribe": {}, "skive": {}}},
    )  # fmt: skip
    world = run(scenario, [0])
    counts = counts_of(world)
    attempts = counts[f"{NAME}_started"] + counts[f"{NAME}_firm_declined"]
    week = np.arange(30)[:, None]
    assert (attempts == np.floor((week + 1) * [matches, 2.0]) - np.floor(week * [matches, 2.0])).all()
    assert total(world, f"{NAME}_firm_declined") > 0


def test_attempts_stop_when_nobody_waits() -> None:
    """Five wait, firms say yes: three are approached in week 0, two in week 1, none later."""
    world = run(firms(persons=5, matches_per_week=3.0), [0])
    assert count(world, "started").tolist() == [3, 2] + [0] * 12
    assert not count(world, "firm_declined").any()


@pytest.mark.parametrize("yes", [0.15, 0.5])
def test_with_room_for_all_the_wait_is_geometric_in_the_firms_yes(yes: float) -> None:
    """Everybody is tried every week: of those who still wait the share `yes` begins."""
    world = run(firms(firm_accepts={8: yes}), [0])
    hazards_are(count(world, "started"), PERSONS, yes)
    assert (count(world, "wait") == np.arange(14) * count(world, "started")).all()


def test_the_longest_waiting_are_tried_first() -> None:
    """Firms that always say yes, three a week: everybody begins in the order of her week of referral."""
    scenario = firms(
        persons=40, weeks=30, matches_per_week=3.0,
        world={"intake": {"persons": 40, "weeks": 9, "arrivals": "random"}},
    )  # fmt: skip
    world = run(scenario, [0])
    week = began(world)
    assert (week < 30).all()
    order = np.lexsort((world.ledige.entry, week))
    assert (np.diff(world.ledige.entry[order]) >= 0).all()


def test_a_yes_without_a_place_begins_nothing() -> None:
    """Two places at a time, spells of eight weeks: two begin in week 0, two in week 8."""
    world = run(firms(persons=50, places=2, weeks=12), [0])
    assert count(world, "started").tolist() == [2] + [0] * 7 + [2] + [0] * 3


def scarce(matches: float, seed: int) -> Scenario:
    """Referrals come faster than matches; who waits may give up or leave; nothing has an effect on exits."""
    return firms(
        persons=300, weeks=60, matches_per_week=matches, firm_accepts={8: 0.5}, gives_up=0.02,
        world={
            "seed": seed, "intake": {"persons": 300, "weeks": 40, "arrivals": "random"},
            "exits": {"job": {"level": 0.02}, "other": {"level": 0.01}},
        },
    )  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("matches", [0.7, 1.5, 3.0])
def test_twice_the_matches_make_nobody_begin_later(seed: int, matches: float) -> None:
    """By the same luck, person by person; so the mean wait falls, and fewer are lost while they wait. Exact.

    Proof, by weeks: let those who wait with 2m be among those who wait with m. The queue is sorted by week of referral
    and lot, which both runs share, so nobody stands further back in the shorter queue; in no week is the room smaller
    (floor(2y) = floor(y) + floor(y + 1/2)); and the firm's answer to a ledig in a week is the same. So whoever is
    tried and taken with m is taken with 2m, unless she was before. Giving up and leaving are by week and person.
    """
    few, many = run(scarce(matches, seed), [0]), run(scarce(2 * matches, seed), [0])
    assert (status_of(few.register.codes) == status_of(many.register.codes)).all()
    assert (began(many) <= began(few)).all()
    assert (began(many) < began(few)).any()
    lost = [total(world, f"{NAME}_left_waiting") + total(world, f"{NAME}_gave_up") for world in (few, many)]
    assert lost[1] < lost[0]
    waits = [total(world, f"{NAME}_wait") / total(world, f"{NAME}_started") for world in (few, many)]
    assert waits[1] < waits[0]


# --- the longer praktik ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("longest", "yes"), [(2, 0.3), (4, 0.3), (5, 0.4), (6, 0.5), (8, 0.7), (12, 0.7)])
def test_firms_say_yes_by_the_longest_praktik_offered(longest: int, yes: float) -> None:
    """0.3 for four weeks and 0.7 for eight: a straight line between them, level beyond them."""
    length = {"from_weeks": 1, "to_weeks": longest}
    world = run(firms(length=length, firm_accepts={4: 0.3, 8: 0.7}, weeks=6), [0])
    hazards_are(count(world, "started"), PERSONS, yes)


def test_when_the_longer_praktik_ends_firms_say_yes_less_often_and_spells_are_shorter() -> None:
    """Up to eight weeks before week 3 of the run, up to four from it on; spells that are under way go on."""
    scenario = firms(
        weeks=24, length={"from_weeks": 3, "to_weeks": 8}, firm_accepts={4: 0.1, 8: 0.3},
        expires={"run_week": 3, "to_weeks": 4},
    )  # fmt: skip
    world = run(scenario, [0])
    hazards_are(count(world, "started"), PERSONS, np.where(np.arange(24) < 3, 0.3, 0.1))
    first, weeks = began(world), np.count_nonzero(inside(world), axis=0)
    early, late = first < 3, (first >= 3) & (first < 20)
    found = np.bincount(weeks[early], minlength=9)
    assert found[:3].sum() == 0
    assert np.abs(z_of(found[3:9], np.count_nonzero(early), 1 / 6)).max() < LIMIT
    found = np.bincount(weeks[late], minlength=9)
    assert found[3:5].sum() == np.count_nonzero(late)
    assert abs(z_of(found[3], found.sum(), 0.5)) < LIMIT


# --- waiting --------------------------------------------------------------------------------------------------------


def test_giving_up_is_geometric_from_the_week_after_referral() -> None:
    """No firm ever says yes: of those who wait 0.1 give up in every week from week 1 on, for good."""
    world = run(firms(firm_accepts={8: 0.0}, gives_up=0.1), [0])
    gone = count(world, "gave_up")
    assert gone[0] == 0
    hazards_are(gone[1:], PERSONS, 0.1)
    assert count(world, "waiting")[-1] == PERSONS - gone.sum()
    assert total(world, f"{NAME}_referred") == PERSONS


def test_finding_a_firm_oneself_is_geometric_and_needs_no_matching() -> None:
    """With no matches at all the share 0.1 of those who wait begins in every week from week 1 on."""
    world = run(firms(matches_per_week=0.0, self_found=0.1), [0])
    begun = count(world, "started")
    assert begun[0] == 0
    hazards_are(begun[1:], PERSONS, 0.1)
    assert (count(world, "self_found") == begun).all()


def test_firms_found_by_ledige_leave_the_konsulenter_all_their_attempts() -> None:
    """Begun and not self-found + declined = three a week, while somebody waits: exactly."""
    world = run(firms(persons=500, matches_per_week=3.0, firm_accepts={8: 0.5}, self_found=0.05), [0])
    attempts = count(world, "started") - count(world, "self_found") + count(world, "firm_declined")
    assert attempts.tolist() == [3] * 14
    assert count(world, "self_found").sum() > 50


def test_a_firm_found_oneself_needs_a_place_too() -> None:
    """Two places: no more than two are ever at a firm."""
    world = run(firms(persons=500, places=2, matches_per_week=0.0, self_found=0.5), [0])
    assert np.count_nonzero(inside(world), axis=1).max() == 2


def test_waiting_has_competing_ends() -> None:
    """In a week: 0.1 leave (tirsdag), of the rest 0.1 give up, of the rest 0.2 find a firm, of the rest 0.3 are taken.

    Rule: |z| < LIMIT for each end among those who were still there for it, in week 1, when all of them wait.
    """
    scenario = firms(
        weeks=2, firm_accepts={8: 0.3}, gives_up=0.1, self_found=0.2, world={"exits": {"job": {"level": 0.1}}},
        matches_per_week=1_000_000.0, referral={"alle": {"ready_week": 0, "weekly": 1.0}},
    )  # fmt: skip
    world = run(scenario, [0])
    waiting = int(count(world, "waiting")[0])
    there = waiting
    for name, share in (("left_waiting", 1 - np.exp(-0.1)), ("gave_up", 0.1), ("self_found", 0.2)):
        n = int(count(world, name)[1])
        assert abs(z_of(n, there, share)) < LIMIT, name
        there -= n
    matched = int(count(world, "started")[1] - count(world, "self_found")[1])
    assert abs(z_of(matched, there, 0.3)) < LIMIT
    assert count(world, "waiting")[1] == there - matched


def test_outcomes_are_the_ratios_of_the_counts() -> None:
    """In a world in which everything happens."""
    contact = {"share": 0.5, "breakdown_factor": 0.5, "hire_factor": 2.0, "hours_per_week": 1.5}
    scenario = firms(
        persons=300, weeks=40, matches_per_week=5.0, firm_accepts={8: 0.5}, gives_up=0.03, self_found=0.03,
        contact_person=contact, breakdown={"weekly": 0.1, "setback_weeks": 100}, direct_hire=0.3,
        world={"exits": {"job": {"level": 0.02}}},
    )  # fmt: skip
    world, measured = run(scenario, [0]), simulate(scenario, [0])[0].outcomes
    n = {name: total(world, f"{NAME}_{name}") for name in (
        "referred", "started", "wait", "left_waiting", "gave_up", "self_found", "firm_declined", "broken", "hired",
        "contact_weeks",
    )}  # fmt: skip
    assert min(n.values()) > 0
    expected = {
        "referred": n["referred"],
        "started": n["started"],
        "wait": n["wait"] / n["started"],
        "lost_waiting_share": (n["left_waiting"] + n["gave_up"]) / n["referred"],
        "gave_up_share": n["gave_up"] / n["referred"],
        "self_found_share": n["self_found"] / n["started"],
        "firm_declined": n["firm_declined"],
        "broken_share": n["broken"] / n["started"],
        "hired_share": n["hired"] / n["started"],
        "contact_hours": 1.5 * n["contact_weeks"],
    }
    assert {name: measured[f"{NAME}_{name}", "alle", None] for name in expected} == pytest.approx(expected)


# --- the jobkontaktperson -------------------------------------------------------------------------------------------


def contacts(**settings: Any) -> tuple[World, np.ndarray]:
    """The world of everybody at a firm from week 0 on, 0.3 of the placements with a contact; and who has one."""
    contact = {"share": 0.3, "breakdown_factor": 0.25, "hire_factor": 2.0, "hours_per_week": 1.5}
    world, (part,) = watch(firms(contact_person=contact, **settings))
    assert abs(z_of(np.count_nonzero(part.contact), PERSONS, 0.3)) < LIMIT
    return world, part.contact


def test_a_contact_makes_breakdown_less_likely() -> None:
    """0.2 a week without one, 0.25 × 0.2 with one: geometric, |z| < LIMIT in every week of either kind."""
    world, contact = contacts(breakdown={"weekly": 0.2, "setback_weeks": 1000})
    weeks = np.count_nonzero(inside(world), axis=0)
    for with_one, weekly_chance in ((contact, 0.05), (~contact, 0.2)):
        ends = np.bincount(weeks[with_one], minlength=9)
        hazards_are(ends[1:8], np.count_nonzero(with_one), weekly_chance)
        assert ends[0] == 0 and ends[8] > 0 and len(ends) == 9


def test_the_firm_hires_more_often_with_a_contact() -> None:
    """0.3 of completed spells without one, 2 × 0.3 with one; they leave on the tirsdag of week 9."""
    world, contact = contacts(direct_hire=0.3)
    status = status_of(world.register.codes)
    assert (status[8] == LEDIG).all()
    hired = status[9] != LEDIG
    assert count(world, "hired")[8] == np.count_nonzero(hired)
    for with_one, share in ((contact, 0.6), (~contact, 0.3)):
        assert abs(z_of(np.count_nonzero(hired & with_one), np.count_nonzero(with_one), share)) < LIMIT


def test_a_hire_factor_does_not_hire_more_than_all() -> None:
    """0.8 × 2 is every one of them."""
    world, contact = contacts(direct_hire=0.8)
    hired = status_of(world.register.codes)[9] != LEDIG
    assert hired[contact].all() and not hired[~contact].all()


def test_hours_of_contacts_are_paid_for_placements_that_have_one() -> None:
    """1.5 hours in each of eight weeks for each placement with one: exactly."""
    scenario = firms(contact_person={"share": 0.3, "breakdown_factor": 1.0, "hire_factor": 1.0, "hours_per_week": 1.5})
    world, (part,) = watch(scenario)
    outcomes = simulate(scenario, [0])[0].outcomes
    assert total(world, f"{NAME}_contact_weeks") == 8 * np.count_nonzero(part.contact)
    assert outcomes[f"{NAME}_contact_hours", "alle", None] == 1.5 * 8 * np.count_nonzero(part.contact)


def test_who_was_not_ready_breaks_off_more_often_with_and_without_a_contact() -> None:
    """Pushed at the deadline: the factor 3 for the unready and 0.25 for a contact multiply."""
    pushed = {"alle": {"never_ready": 1.0, "ready_week": 1, "weekly": 1.0, "push": {"week": 0, "share": 1.0}}}
    breakdown = {"weekly": 0.1, "unready_factor": 3.0, "setback_weeks": 1000}
    world, contact = contacts(referral=pushed, breakdown=breakdown)
    weeks = np.count_nonzero(inside(world), axis=0)
    for with_one, weekly_chance in ((contact, 0.075), (~contact, 0.3)):
        ends = np.bincount(weeks[with_one], minlength=9)
        hazards_are(ends[1:8], np.count_nonzero(with_one), weekly_chance)
