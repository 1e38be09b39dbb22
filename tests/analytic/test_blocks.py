"""Enrolment by blocks: how many come when.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
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


def test_factors_are_looked_at_when_they_are_in_force() -> None:
    """`factors` of the tests itself: a week in which nobody's is changed has ones, not those of the week before."""
    found: list[float] = []
    scenario = cohort(persons=1, weeks=4, world={"exits": {"job": {"level": 1e-9}}},
                      prk=praktik(length_weeks=1, during={"job": 0.5}))  # fmt: skip
    watch(scenario, tirsdag=lambda world, running, week: found.append(float(factor_now(world)[0])))
    assert found == [1.0, 0.5, 1.0, 1.0]
