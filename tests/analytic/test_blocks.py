"""Enrolment by blocks: how many come when.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from simulation.scenario.expected_flows import flows
from simulation.week import run
from simulation.world.ledige import Intake
from tests.helpers import LIMIT, SMALL, make, praktik, z_of
from tests.offers import NOBODY_LEAVES, cohort, factor_now, watch, weekly

PERSONS = 20_000
JOB = 0.04


def enrolled(**intake: Any) -> list[int]:
    """Number of ledige enrolled by week of the run."""
    scenario = make(weeks=20, exits=NOBODY_LEAVES, intake={**SMALL["intake"], **intake})
    return weekly(run(scenario, [0]), "enrolled")


def test_even_arrivals_by_block_are_exact() -> None:
    """0.5 in weeks 0 to 3, 0.3 in weeks 4 and 5, 0.2 in weeks 6 to 9 of 1000: each block evenly over its weeks."""
    blocks = {0: 0.5, 4: 0.3, 6: 0.2}
    found = enrolled(persons=1000, weeks=10, arrivals="even", by_block=blocks, from_week=3)
    assert found == [0] * 3 + [125] * 4 + [150] * 2 + [50] * 4 + [0] * 7


@pytest.mark.parametrize("blocks", [{0: 1.0}, {0: 0.5, 2: 0.2, 4: 0.3}, {0: 0.1, 3: 0.2, 5: 0.0, 6: 0.7}])
@pytest.mark.parametrize("weeks", [8, 16, 52, 104])
def test_who_comes_just_when_a_week_begins_comes_in_it(blocks: dict[int, float], weeks: int) -> None:
    """Of every number of ledige up to 60, each comes in the week in which her turn lies in fractions, with no error."""
    shares, begins = [Fraction(str(share)) for share in blocks.values()], [*blocks, weeks]
    intake = Intake(persons=1, weeks=weeks)
    for count in range(1, 61):
        expected = []
        for turn in (Fraction(2 * n + 1, 2 * count) for n in range(count)):
            block = max(n for n in range(len(shares)) if sum(shares[:n]) <= turn)
            within = (turn - sum(shares[:block])) / shares[block]
            expected.append(math.floor(begins[block] + within * (begins[block + 1] - begins[block])))
        found = intake.weeks_until((np.arange(count) + 0.5) / count, blocks)
        assert found.tolist() == expected, count


def test_a_block_may_be_empty() -> None:
    """Nobody in weeks 2 to 4."""
    found = enrolled(persons=60, weeks=8, arrivals="even", by_block={0: 0.5, 2: 0.0, 5: 0.5})
    assert found == [15, 15, 0, 0, 0, 10, 10, 10] + [0] * 12


def test_random_arrivals_by_block_follow_their_shares() -> None:
    """Of 20 000: |z| < LIMIT in every week."""
    found = enrolled(persons=20_000, weeks=6, arrivals="random", by_block={0: 0.1, 2: 0.9})
    assert np.abs(z_of(found[:6], 20_000, [0.05] * 2 + [0.225] * 4)).max() < LIMIT
    assert sum(found) == 20_000


@pytest.mark.parametrize("arrivals", ["even", "random"])
def test_one_block_is_no_blocks(arrivals: str) -> None:
    """{0: 1}: everybody in the same week as without."""
    with_, without = (
        run(make(intake={"persons": 333, "weeks": 7, "arrivals": arrivals, **blocks}), [0]).ledige.entry
        for blocks in ({"by_block": {0: 1.0}}, {})
    )
    assert (with_ == without).all()


def came(benefit: str, **world: Any) -> list[int]:
    """Number of ledige by the week in which they came on this benefit."""
    scenario = make(weeks=20, exits=NOBODY_LEAVES, interventions={}, **world)
    ledige = run(scenario, [0]).ledige
    assert ledige.first_benefit is not None
    on = ledige.first_benefit == list(scenario.benefits).index(benefit)
    return np.bincount(ledige.entry[on], minlength=20).tolist()


OF_BENEFITS: dict[str, Any] = {
    "intake": {"persons": 20_000, "weeks": 10, "from_week": 2, "arrivals": "random", "by_block": {0: 0.8, 5: 0.2}},
    "benefits": {
        "hurtig": {}, "langsom": {"share": 0.4, "by_block": {0: 0.5, 1: 0.0, 6: 0.5}}, "jaevn": {"share": 0.1},
    },
}  # fmt: skip


def test_each_benefit_has_its_own_rhythm() -> None:
    """Half of those on `langsom` come in the first week and half in the last four; the others as the intake says. Of
    those who come on each: |z| < LIMIT in every week."""
    rhythms = {
        "hurtig": [0.16] * 5 + [0.04] * 5, "langsom": [0.5, *[0.0] * 5, *[0.125] * 4], "jaevn": [0.16] * 5 + [0.04] * 5,
    }  # fmt: skip
    for benefit, expected in rhythms.items():
        found = came(benefit, **OF_BENEFITS)
        assert not any(found[:2]) and not any(found[12:])
        here = np.array(expected) > 0
        assert not np.array(found[2:12])[~here].any()
        assert np.abs(z_of(np.array(found[2:12])[here], sum(found), np.array(expected)[here])).max() < LIMIT


def test_a_rhythm_of_its_own_moves_nobody_else() -> None:
    """Who comes on another benefit comes in the same week, and who comes on which is the same; the same rhythm as that
    of the intake moves nobody at all."""
    with_it = run(make(weeks=20, **OF_BENEFITS), [0]).ledige
    as_intake = {"share": 0.4, "by_block": {0: 0.8, 5: 0.2}}
    worlds = ({"hurtig": {}, "langsom": {"share": 0.4}, "jaevn": {"share": 0.1}},
              {"hurtig": {}, "langsom": as_intake, "jaevn": {"share": 0.1}})  # fmt: skip
    without, same = (run(make(weeks=20, **OF_BENEFITS | {"benefits": each}), [0]).ledige for each in worlds)
    assert with_it.benefit is not None and without.benefit is not None and with_it.first_benefit is not None
    assert (with_it.first_benefit == without.first_benefit).all() and (same.entry == without.entry).all()
    others = with_it.first_benefit != 1
    assert (with_it.entry == without.entry)[others].all() and (with_it.entry != without.entry)[~others].any()


@pytest.mark.parametrize("cut", [1, 3])
def test_rough_sums_have_the_rhythm_of_each_benefit(cut: int) -> None:
    """What `check` reckons with is what comes on average: the sums of the closed form, week by week."""
    scenario = make(weeks=20, **OF_BENEFITS)
    arrivals = np.zeros(20)
    arrivals[2:12] = 2000.0 / cut
    found = flows(scenario, arrivals)["langsom"][0].arrivals
    expected = np.array([0.0] * 2 + [0.5, *[0.0] * 5, *[0.125] * 4] + [0.0] * 8) * 0.4 * 20_000 / cut
    assert found == pytest.approx(expected)


def test_factors_are_looked_at_when_they_are_in_force() -> None:
    """`factors` of the tests itself: a week in which nobody's is changed has ones, not those of the week before."""
    found: list[float] = []
    scenario = cohort(persons=1, weeks=4, world={"exits": {"job": {"level": 1e-9}}},
                      prk=praktik(length_weeks=1, during={"job": 0.5}))  # fmt: skip
    watch(scenario, tirsdag=lambda world, running, week: found.append(float(factor_now(world)[0])))
    assert found == [1.0, 0.5, 1.0, 1.0]
