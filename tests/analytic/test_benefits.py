"""Passing between benefits against closed forms: a Markov chain from week to week, and what must change nothing.

Within a week she leaves her benefit with probability 1 − exp(−q), where q is the sum of the intensities, and for each
place in proportion to its own: that is one step of the chain. Where q is small, the chain in continuous time (the
matrix exponential) says the same, but for those who pass twice within a week, which the weekly one does not know.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from scipy.linalg import expm

from simulation.large import run_batch, slices_of
from simulation.results.measures.replication import Replication, simulate
from simulation.scenario.expected_flows import flows
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.spec import Floats
from simulation.world.world import World
from tests.helpers import LIMIT, SMALL, busy, counts_of, make, praktik, samtaler, z_of

PERSONS, WEEKS = 30_000, 40
RATES = {
    ("a", "b"): 0.1, ("b", "a"): 0.04, ("b", "c"): 0.03,
    ("a", "job"): 0.03, ("b", "job"): 0.06, ("c", "job"): 0.01,
}  # fmt: skip
PLACES = ["a", "b", "c", "job"]
COME = np.array([0.6, 0.3, 0.1, 0.0])
CHAIN: dict[str, Any] = {
    "a": {"passes": {"b": {"level": 0.1}}},
    "b": {"share": 0.3, "passes": {"a": {"level": 0.04}, "c": {"level": 0.03}}, "exits": {"job": {"level": 0.06}}},
    "c": {"share": 0.1, "exits": {"job": {"level": 0.01}}},
}


def steps(rates: dict[tuple[str, str], float] = RATES) -> Floats:
    """One week of the chain."""
    step = np.eye(len(PLACES))
    for row, first in enumerate(PLACES):
        leaves = sum(rate for (begins, _), rate in rates.items() if begins == first)
        for column, then in enumerate(PLACES):
            step[row, column] += -np.expm1(-leaves) * rates.get((first, then), 0.0) / leaves if leaves else 0.0
        step[row, row] -= -np.expm1(-leaves)
    return step


@cache
def chain() -> World:
    intake = {"persons": PERSONS, "weeks": 1}
    return run(make(benefits=CHAIN, weeks=WEEKS, intake=intake, interventions={}), [0])


def where(world: World, week: int) -> Floats:
    """How many are at each place at the end of a week."""
    assert world.register.benefits is not None
    on = np.bincount(world.register.benefits[week], minlength=4)[1:]
    return np.append(on, np.count_nonzero(status_of(world.register.codes[week]) == GONE))


def test_share_on_each_when_they_come() -> None:
    came = np.bincount(chain().ledige.first_benefit, minlength=3)
    assert (np.abs(z_of(came, PERSONS, COME[:3])) < LIMIT).all()


def test_where_they_are_in_every_week() -> None:
    expected = COME.copy()
    for week in range(WEEKS):
        expected = expected @ steps()
        assert (np.abs(z_of(where(chain(), week), PERSONS, expected)) < LIMIT).all(), week


def test_continuous_time_where_intensities_are_small() -> None:
    """With a tenth of the intensities the matrix exponential is met but for the second order of a week."""
    rates = {way: rate / 10 for way, rate in RATES.items()}
    generator = np.array([[rates.get((first, then), 0.0) for then in PLACES] for first in PLACES])
    generator -= np.diag(generator.sum(axis=1))
    weekly = np.linalg.matrix_power(steps(rates), WEEKS)
    assert np.abs(COME @ weekly - COME @ expm(generator * WEEKS)).max() < 0.002


def test_passages_of_every_week() -> None:
    """Persons who pass to each benefit, week by week: those there the week before × the step."""
    counted, step = counts_of(chain()), steps()
    for name in ("a", "b", "c"):
        column = PLACES.index(name)
        for week in range(1, WEEKS):
            before = where(chain(), week - 1)
            chance = step[:, column] * (np.arange(4) != column)
            mean, variance = before @ chance, before @ (chance * (1 - chance))
            passed = counted.get(f"passed_to_{name}", np.zeros((WEEKS, 1)))[week].sum()
            assert abs(passed - mean) <= LIMIT * np.sqrt(variance) + 0.5, (name, week)


@cache
def measured() -> Replication:
    intake = {"persons": PERSONS, "weeks": 1}
    scenario = make(benefits=CHAIN, weeks=WEEKS, follow_up=WEEKS, states_at=[10], intake=intake, interventions={})
    return simulate(scenario, [0])[0]


def test_outcomes_are_of_the_same_register() -> None:
    outcomes, world = measured().outcomes, chain()
    of_weeks = np.array([where(world, week) for week in range(WEEKS)])
    for number, name in enumerate(("a", "b", "c")):
        assert outcomes[f"weeks_on_{name}", "alle", None] == pytest.approx(of_weeks[:, number].sum() / PERSONS)
        assert outcomes[f"state_{name}", "alle", 10] == pytest.approx(of_weeks[9, number] / PERSONS)
        assert outcomes[f"share_on_{name}", "alle", 3] == pytest.approx(of_weeks[3, number] / PERSONS)
    in_all = sum(outcomes[f"weeks_on_{name}", "alle", None] for name in ("a", "b", "c"))
    assert in_all == pytest.approx(outcomes["weeks_on_benefit", "alle", None])
    assert outcomes["state_benefit", "alle", 10] == pytest.approx(of_weeks[9, :3].sum() / PERSONS)
    assert outcomes["exit_any", "alle", WEEKS] == pytest.approx(of_weeks[-1, 3] / PERSONS)


def test_share_that_ever_passed() -> None:
    """From c nobody passes; from b to c goes her rate's part of those who leave b, each time that they are there."""
    outcomes = measured().outcomes
    ever = np.zeros((5, 5))  # the chain in which who has gone from b to c is told apart
    ever[:4, :4] = steps()
    ever[1, 4], ever[1, 2] = ever[1, 2], 0.0
    ever[4, 4] = 1.0
    went = (np.append(COME, 0.0) @ np.linalg.matrix_power(ever, WEEKS))[4]
    assert abs(float(z_of(outcomes["from_b_to_c", "alle", None], PERSONS, went))) < LIMIT
    assert ("from_c_to_a", "alle", None) not in {(f.outcome, str(f.group), f.time) for f in outcomes}


def small(weeks: int = 20, persons: int = 300, **changes: Any) -> Any:
    return make(weeks=weeks, intake={"persons": persons, "weeks": 3}, **changes)


def test_the_right_ends_in_its_week() -> None:
    benefits = {"a": {"exits": {"job": None}, "ends": {"week": 7, "to": {"b": 1}}}, "b": {"exits": {"job": None}}}
    world = run(small(benefits=benefits), [0])
    assert world.register.benefits is not None
    on_a = world.register.benefits == 1
    assert (on_a.sum(axis=0) == 7).all()
    assert (world.register.benefits[-1] == 2).all()


def test_the_right_ends_for_destinations_too() -> None:
    ends = {"week": {4: 0.5, 9: 0.5}, "to": {"b": 0.25, "job": 0.75}}
    nowhere = {"exits": {"job": None}}
    world = run(small(persons=4000, benefits={"a": nowhere | {"ends": ends}, "b": nowhere}), [0])
    assert world.register.benefits is not None
    weeks = (world.register.benefits == 1).sum(axis=0)
    assert set(weeks.tolist()) == {4, 9}
    assert abs(float(z_of((weeks == 4).sum(), 4000, 0.5))) < LIMIT
    assert abs(float(z_of(counts_of(world)["exit_job"].sum(), 4000, 0.75))) < LIMIT
    assert abs(float(z_of(counts_of(world)["passed_to_b"].sum(), 4000, 0.25))) < LIMIT


def test_a_right_of_who_passes_lasts_as_long() -> None:
    """The week in which she passes is the first one on the new benefit."""
    benefits = {
        "a": {"exits": {"job": None}, "ends": {"week": 3, "to": {"b": 1}}},
        "b": {"exits": {"job": None}, "ends": {"week": 5, "to": {"a": 1}}},
    }
    world = run(small(benefits=benefits), [0])
    assert world.register.benefits is not None
    for row in range(0, 300, 50):
        course = world.register.benefits[int(world.ledige.entry[row]) :, row]
        assert_array_equal(course, (([1] * 3 + [2] * 5) * 3)[: len(course)])


@pytest.mark.parametrize("benefits", [{"a": {}}, {"a": {"share": 1.0}, "b": {"passes": {"a": {"level": 1.0}}}}])
def test_one_benefit_changes_nobody(benefits: dict[str, Any]) -> None:
    """A benefit that says nothing, and one that nobody is on, leave every life and count as they are."""
    plain, with_it = run(busy(), [0, 1]), run(busy(benefits=benefits), [0, 1])
    assert_array_equal(plain.register.codes, with_it.register.codes)
    assert_array_equal(plain.register.hours, with_it.register.hours)  # type: ignore[arg-type]
    counted, also = counts_of(plain), counts_of(with_it)
    for name in counted:
        assert_array_equal(counted[name], also[name], name)
    assert with_it.register.benefits is not None and plain.register.benefits is None
    assert_array_equal(with_it.register.benefits > 0, status_of(plain.register.codes) == LEDIG)


def test_a_fleksjob_that_ends_leads_back_to_the_benefit_before_it() -> None:
    spell = {"hours": 15, "end_intensity": {0: 0.3}, "returns": 1.0, "returns_to": "ledighedsydelse"}
    exits = {"fleksjob": {"level": 0.2, "job_spells": spell}, "job": {"level": 0.0}}
    world = run(small(exits=exits, benefits={"sygedagpenge": {}, "ledighedsydelse": {}}), [0])
    benefits, status = world.register.benefits, status_of(world.register.codes)
    assert benefits is not None
    after_job = np.zeros(benefits.shape, dtype=bool)
    after_job[1:] = np.cumsum(status == GONE, axis=0)[:-1] > 0
    assert (benefits[after_job & (status == LEDIG)] == 2).all() and (after_job & (status == LEDIG)).any()
    assert (benefits[~after_job & (status == LEDIG)] == 1).all()


def test_who_passes_hands_back_what_she_has() -> None:
    """Her place and her caseworker; she is a new case of the new plan, with course weeks from 0."""
    benefits = {"a": {"exits": {"job": None}, "ends": {"week": 6, "to": {"b": 1}}}, "b": {"exits": {"job": None}}}
    talks = samtaler({"benefits": ["b"], "every": [{"weeks": 1}], "first_week": 2})
    offers = praktik(places=1000, matches_per_week=1000, length_weeks=20)
    world = run(small(benefits=benefits, interventions={"praktik": offers, "samtaler": talks}), [0])
    counted = counts_of(world)
    assert counted["praktik_left"].sum() == 300 and counted["praktik_started"].sum() == 600
    assert counted["got_caseworker"].sum() == 300
    first = counted["held"].sum(axis=1).nonzero()[0][0]
    assert first == 6 + 1 + 2  # passes on the tirsdag of week 6, is enrolled on the next mandag


def test_an_offer_is_for_those_on_its_benefits() -> None:
    benefits = {"a": {"exits": {"job": None}}, "b": {"share": 0.4, "exits": {"job": None}}}
    offer = praktik(places=1000, matches_per_week=1000, length_weeks=20) | {"benefits": ["b"]}
    world = run(small(benefits=benefits, interventions={"praktik": offer}), [0])
    assert world.ledige.first_benefit is not None
    in_offer = (world.register.codes >> 4 & 31 > 0).any(axis=0)
    assert_array_equal(in_offer, world.ledige.first_benefit == 1)


def test_frailty_has_the_same_quantile_on_every_benefit() -> None:
    frail = {"level": 0.05, "frailty": {"kind": "gamma", "spread": 1.0}}
    benefits = {"a": {"exits": {"job": frail}}, "b": {"share": 0.5, "exits": {"job": frail | {"level": 0.1}}}}
    world, other = (run(small(benefits=each), [0]) for each in (benefits, {"b": benefits["b"] | {"share": 1.0}}))
    brings, of_b = world.afgang.brings[0], other.afgang.brings[0]
    np.testing.assert_allclose(brings / of_b, np.where(world.ledige.first_benefit == 1, 1.0, 0.5))


def test_large_worlds_in_slices() -> None:
    """A world that is run a few jobcentres at a time comes out the same."""
    places = {f"by{number}": {"persons": 60_000} for number in range(3)}
    scenario = make(benefits=CHAIN, weeks=6, jobcentres=places, intake={"persons": 1, "weeks": 1}, interventions={})
    assert len(slices_of(scenario)) > 1
    sliced, whole = run_batch(scenario, [0]), run(scenario, [0])
    assert sliced.register.benefits is not None and whole.register.benefits is not None
    assert_array_equal(sliced.register.benefits, whole.register.benefits)
    assert_array_equal(sliced.register.codes, whole.register.codes)
    assert_array_equal(sliced.ledige.first_benefit, whole.ledige.first_benefit)


def test_nothing_is_kept_where_there_is_but_one() -> None:
    world = run(make(**SMALL), [0])
    assert world.register.benefits is None and world.ledige.benefit is None


def test_expected_flows_are_those_of_the_run() -> None:
    """What `check` reckons before a run: who is on each benefit in every week, with ends, reassessments and jobs."""
    spell = {"hours": 37, "end_intensity": {0: 0.05}, "returns": 0.8}
    exits = {"job": {"level": 0.03}, "fleksjob": {"level": 0.0, "job_spells": spell | {"returns_to": "c"}}}
    benefits = {
        "a": {"passes": {"b": {"level": 0.02}}, "ends": {"week": {12: 0.5, 20: 0.5}, "to": {"b": 0.7, "job": 0.3}}},
        "b": {"share": 0.2, "passes": {"a": {"level": 0.01}, "c": {"level": 0.03}}},
        "c": {"exits": {"job": None, "fleksjob": {"level": 0.05}}},
    }
    reassessed = {
        "kind": "revurdering", "week": 9, "extended": 0.5, "extension_weeks": 6, "ends_to": {"c": 0.5, "job": 0.5},
        "benefits": ["a"],
    }  # fmt: skip
    intake = {"persons": 20_000, "weeks": 10, "elapsed_weeks": 4}
    scenario = make(
        weeks=60, exits=exits, benefits=benefits, job_spells=spell, intake=intake, interventions={"r": reassessed}
    )
    arrivals = np.zeros(60)
    arrivals[:10] = 2000
    expected, world = flows(scenario, arrivals), run(scenario, [0])
    assert world.register.benefits is not None
    for number, name in enumerate(benefits, start=1):
        first, later = (np.convolve(stay.arrivals, stay.stays)[1:60] for stay in expected[name])
        reckoned = first - expected[name][0].arrivals[1:] + later  # who passes this week is enrolled in the next one
        there = (world.register.benefits == number).sum(axis=1)
        assert np.abs(there[:-1] - reckoned).max() < 0.04 * there.max(), name
