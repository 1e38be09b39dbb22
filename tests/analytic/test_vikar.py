"""Vikar: who is registered, what bureaus offer, what is refused, and what an assignment is while it lasts.

Decision rules. Limits and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT, binomial.
Factors are compared with a loop over the register in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from tests.helpers import LIMIT, counts_of, z_of
from tests.offers import bureau, total, weekly
from tests.temps import PERSONS, on_assignment, temps

# --- the way in -----------------------------------------------------------------------------------------------------


def test_who_comes_is_turned_away_and_declines() -> None:
    """0.8 come, of those of low motivation 0.5 are turned away, of the rest 0.3 decline: |z| < LIMIT each."""
    world = run(
        temps(
            attends=0.8, declines=0.3, visitation=[{"turned_away": {"motivation": {"lav": 0.5}}}],
            world={"subgroups": {"motivation": {"hoej": {"share": 0.6}, "lav": {"share": 0.4}}}},
        ),
        [0],
    )  # fmt: skip
    invited, absent = total(world, "vikar_invited"), total(world, "vikar_absent")
    turned_away, declined = total(world, "vikar_turned_away"), total(world, "vikar_declined")
    assert invited == PERSONS
    assert abs(z_of(invited - absent, invited, 0.8)) < LIMIT
    low = np.count_nonzero(world.ledige.subgroup["motivation"])
    assert abs(z_of(turned_away, low, 0.8 * 0.5)) < LIMIT
    asked = invited - absent - turned_away
    assert abs(z_of(declined, asked, 0.3)) < LIMIT
    assert total(world, "vikar_referred") == asked - declined == total(world, "vikar_started")


def test_registration_comes_its_weeks_after_referral() -> None:
    """0, 2 or 5 weeks, whichever week she was referred in; |z| < LIMIT, and nobody in other weeks."""
    rule = {"alle": {"ready_week": 3, "weekly": 1.0}}
    world = run(temps(referral=rule, registered_after={0: 0.2, 2: 0.3, 5: 0.5}), [0])
    started = np.array(weekly(world, "vikar_started"))
    assert started.sum() == PERSONS == started[[3, 5, 8]].sum()
    assert np.abs(z_of(started[[3, 5, 8]], PERSONS, [0.2, 0.3, 0.5])).max() < LIMIT


def test_who_leaves_before_registration_is_not_registered() -> None:
    """All who are registered in week 4 are still on benefit then."""
    world = run(temps(registered_after=4, world={"exits": {"job": {"level": 0.1}}}), [0])
    there = np.count_nonzero(status_of(world.register.codes)[4] == LEDIG)
    assert total(world, "vikar_started") == there < 0.8 * PERSONS


BUREAUS = {
    "kontor": bureau(hours=7, orders_per_week=1.0),
    "lager": bureau(hours=11, orders_per_week=1.0),
    "sosu": bureau(hours=13, orders_per_week=1.0),
}


def registered_with(each: int, **world: Any) -> np.ndarray:
    """Who is registered with which of the three bureaus, by bureau and row; and in which jobcentre.

    Everybody is offered an assignment at once by the one bureau that has orders, so its registered are those who begin.
    """
    found = []
    for name in BUREAUS:
        bureaus = {other: {**spec, "orders_per_week": 1e6 * (other == name)} for other, spec in BUREAUS.items()}
        settings = {"bureaus": bureaus, "bureaus_each": each, "jobcentres": {"skive": {"bureaus": ["lager"]}}}
        found.append(on_assignment(run(temps(weeks=1, **settings, world=world), [0]))[0])
    return np.array(found)


def test_each_registers_with_as_many_bureaus_as_she_wants_and_there_are() -> None:
    """Two each: of three bureaus every one alike (|z| < LIMIT), of one the one; and one of three a third each."""
    places = {"jobcentres": {"skive": {"persons": 100}, "ribe": {}}}
    row = run(temps(weeks=1, world=places), [0]).ledige.jobcentre
    with_two = registered_with(2, **places)
    assert (with_two[:, row == 1].sum(axis=0) == 2).all()
    assert np.abs(z_of(with_two[:, row == 1].sum(axis=1), PERSONS, 2 / 3)).max() < LIMIT
    assert (with_two[:, row == 0] == np.array([[False], [True], [False]])).all()
    with_one = registered_with(1, jobcentres={"skive": {"persons": 1}, "ribe": {}})[:, 1:]
    assert (with_one.sum(axis=0) == 1).all()
    assert np.abs(z_of(with_one.sum(axis=1), PERSONS, 1 / 3)).max() < LIMIT
    scenario = temps(bureaus=BUREAUS, bureaus_each=2, jobcentres={"skive": {"bureaus": ["lager"]}}, world=places)
    assert total(run(scenario, [0]), "vikar_registrations") == 2 * PERSONS + 100


def test_a_jobcentre_has_assignments_of_its_own_bureaus_only() -> None:
    """Bureaus are told apart by the hours of their assignments."""
    scenario = temps(
        persons=200, weeks=30, bureaus=BUREAUS, bureaus_each=3,
        jobcentres={"skive": {"bureaus": ["lager", "sosu"]}, "vejle": {"bureaus": ["kontor"]}},
        world={"jobcentres": {"ribe": {}, "skive": {}, "vejle": {}}},
    )  # fmt: skip
    world = run(scenario, [0])
    assert world.register.hours is not None
    hours = [set(world.register.hours[:, world.ledige.jobcentre == row].ravel().tolist()) - {0} for row in range(3)]
    assert hours == [{7, 11, 13}, {11, 13}, {7}]


# --- orders ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orders", [0.3, 1.5, 4.0])
def test_orders_are_a_limit_per_bureau_jobcentre_and_week(orders: float) -> None:
    """While more are free than there are orders, each is offered: floor((w + 1) o) − floor(w o) in week w, exactly.

    With the factor 0.5 in skive half as many. Refused ones are used up all the same.
    """
    scenario = temps(
        persons=400, weeks=30, bureaus={"temp": bureau(orders_per_week=orders, length_weeks=3)}, accepts=0.6,
        jobcentres={"skive": {"orders_factor": 0.5}}, world={"jobcentres": {"ribe": {}, "skive": {}}},
    )  # fmt: skip
    world = run(scenario, [0])
    offers, begun = (counts_of(world)[f"vikar_{name}"] for name in ("offers", "assignments"))
    week = np.arange(30)[:, None]
    room = np.floor((week + 1) * [orders, orders / 2]) - np.floor(week * [orders, orders / 2])
    assert (offers == room).all()
    assert (begun <= room).all()
    assert 0 < begun.sum() < offers.sum()


def test_two_bureaus_have_orders_of_their_own() -> None:
    """One of a bureau and two of another: three assignments a week are begun, of the right hours."""
    bureaus = {"kontor": bureau(hours=7, orders_per_week=1.0), "lager": bureau(hours=11, orders_per_week=2.0)}
    world = run(temps(persons=300, bureaus=bureaus, bureaus_each=2), [0])
    hours = world.register.hours
    assert hours is not None
    begun = on_assignment(world)[0]
    assert sorted(hours[0, begun].tolist()) == [7, 11, 11]
    assert weekly(world, "vikar_assignments") == [3] * 12


def test_assignments_go_by_lot_among_the_free() -> None:
    """100 orders in week 0 among 20 000 registered of two halves: each half has its share; |z| < LIMIT."""
    halves = {"halvdel": {"a": {"share": 0.5}, "b": {"share": 0.5}}}
    scenario = temps(weeks=2, bureaus={"temp": bureau(orders_per_week=1000.0)}, world={"subgroups": halves})
    world = run(scenario, [0])
    begun = on_assignment(world)[0]
    assert np.count_nonzero(begun) == 1000
    b = world.ledige.subgroup["halvdel"] == 1
    assert abs(z_of(np.count_nonzero(begun & b), 1000, b.mean())) < LIMIT


def test_there_is_a_lot_for_every_week() -> None:
    """10 of 1000 registered each week, for a week: in twenty weeks about 1000 × (1 − 0.99^20) = 182 have had one."""
    scenario = temps(persons=1000, weeks=20, bureaus={"temp": bureau(orders_per_week=10.0, length_weeks=1)})
    world = run(scenario, [0])
    assert total(world, "vikar_assignments") == 200
    assert np.count_nonzero(on_assignment(world).any(axis=0)) > 150


def test_nobody_has_two_assignments_at_once() -> None:
    """Registered with two bureaus that have orders for all: hours are those of one assignment at a time."""
    bureaus = {"kontor": bureau(hours=7), "lager": bureau(hours=11)}
    world = run(temps(persons=200, bureaus=bureaus, bureaus_each=2), [0])
    assert world.register.hours is not None
    assert set(world.register.hours.ravel().tolist()) <= {0, 7, 11}
    assert weekly(world, "vikar_assignments")[:5] == [200, 0, 0, 0, 200]


@pytest.mark.parametrize("fits", [(0.6,), (0.6, 0.3), (0.0, 1.0)])
def test_whom_no_bureau_can_use_is_never_offered_anything(fits: tuple[float, ...]) -> None:
    """With orders for all the share never offered is the product of 1 − fits; |z| < LIMIT, exact at 0 and 1."""
    bureaus = {f"nr_{n}": bureau(fits=share) for n, share in enumerate(fits)}
    scenario = temps(weeks=6, bureaus=bureaus, bureaus_each=len(fits))
    never = float(np.prod(1 - np.array(fits)))
    outcomes = simulate(scenario, [0])[0].outcomes
    found = outcomes["vikar_never_offered_share", "alle", None]
    assert found == outcomes["vikar_never_worked_share", "alle", None]
    if never in (0.0, 1.0):
        assert found == never
    else:
        assert abs(z_of(found * PERSONS, PERSONS, never)) < LIMIT


def test_assignments_are_refused_for_notice_distance_and_conditions() -> None:
    """Of the first offers: notice 0.5 × 0.4, of the rest distance 0.3 × 0.7, of the rest conditions 0.2.

    The first reason counts. Rule: |z| < LIMIT each, in week 0, when everybody is offered one.
    """
    scenario = temps(
        weeks=1, bureaus={"temp": bureau(short_notice=0.5, far=0.3)}, takes_short_notice=0.6, takes_far=0.3, accepts=0.8
    )
    world = run(scenario, [0])
    left = total(world, "vikar_offers")
    assert left == PERSONS
    for why, share in {"notice": 0.5 * 0.4, "distance": 0.3 * 0.7, "conditions": 0.2}.items():
        refused = total(world, f"vikar_refused_{why}")
        assert abs(z_of(refused, left, share)) < LIMIT, why
        left -= refused
    assert total(world, "vikar_assignments") == left
    assert simulate(scenario, [0])[0].outcomes["vikar_refused_share", "alle", None] == 1 - left / PERSONS


def test_whoever_can_come_soon_and_go_far_refuses_neither() -> None:
    """Whether she can is hers for good: with assignments that are all of both kinds, the same ones take every offer."""
    scenario = temps(
        persons=2000, weeks=9, takes_short_notice=0.5, takes_far=0.5,
        bureaus={"temp": bureau(short_notice=1.0, far=1.0, length_weeks=1)},
    )  # fmt: skip
    world = run(scenario, [0])
    on = on_assignment(world)
    assert (on == on[0]).all()
    assert abs(z_of(np.count_nonzero(on[0]), 2000, 0.25)) < LIMIT
