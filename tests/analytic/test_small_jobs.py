"""Small jobs beside benefit: at entry, in the long run, and at the end.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from tests.helpers import LIMIT, z_of
from tests.offers import JOBS, cohort

PERSONS = 20_000
JOB = 0.04


def beside(**more: Any) -> dict[str, Any]:
    """Job spells with small jobs beside benefit."""
    return {**JOBS, "beside_benefit": {"at_entry": 0.2, "begins": 0.05, "ends": 0.1, "hours": {5: 0.5, 9: 0.5}, **more}}


def test_small_jobs_at_entry() -> None:
    """The share 0.2 has one in the week of enrolment, and the hours of each are drawn by their shares; |z| < LIMIT."""
    world = run(cohort(weeks=1, world={"job_spells": beside()}), [0])
    assert world.register.hours is not None
    has = int(np.count_nonzero(world.register.hours[0]))
    assert abs(z_of(has, PERSONS, 0.2)) < LIMIT
    assert abs(z_of(np.count_nonzero(world.register.hours[0] == 5), has, 0.5)) < LIMIT


def test_small_jobs_begin_and_end_by_their_weekly_chances() -> None:
    """A Markov chain of two states: |z| < LIMIT for beginning and ending in every week; hours stay while it lasts."""
    world = run(cohort(world={"job_spells": beside()}), [0])
    hours = world.register.hours
    assert hours is not None
    has = hours > 0
    for week in range(1, 20):
        began, ended = has[week] & ~has[week - 1], ~has[week] & has[week - 1]
        assert abs(z_of(np.count_nonzero(began), np.count_nonzero(~has[week - 1]), 0.05)) < LIMIT
        assert abs(z_of(np.count_nonzero(ended), np.count_nonzero(has[week - 1]), 0.1)) < LIMIT
    stays = has[1:] & has[:-1]
    assert (hours[1:][stays] == hours[:-1][stays]).all()
    assert (status_of(world.register.codes) == LEDIG).all()


@pytest.mark.parametrize("at_entry", [0.0, 1.0])
def test_the_share_with_a_small_job_becomes_begins_over_begins_plus_ends(at_entry: float) -> None:
    """0.05 / 0.15 = 1/3 wherever it began: after t weeks it is off by (1 − 0.15)^t, 10⁻⁷ after 100. |z| < LIMIT."""
    world = run(cohort(weeks=101, persons=10_000, world={"job_spells": beside(at_entry=at_entry)}), [0])
    assert world.register.hours is not None
    share = np.count_nonzero(world.register.hours, axis=1)
    assert share[0] == at_entry * 10_000
    assert abs(z_of(share[100], 10_000, 1 / 3)) < LIMIT
    assert abs(z_of(share[10], 10_000, 1 / 3 + (at_entry - 1 / 3) * 0.85**10)) < LIMIT


def test_who_leaves_benefit_works_nothing_beside_it() -> None:
    """In a job the job's hours, elsewhere none; who comes back has none at first, and finds one by the same chance."""
    world = run(
        cohort(
            persons=5000, weeks=40,
            world={
                "exits": {"job": {"level": 0.2}, "other": {"level": 0.02}},
                "job_spells": {**beside(begins=0.1), "end_intensity": {0: 0.3}, "returns": 1.0},
            },
        ),
        [0],
    )  # fmt: skip
    status, hours = status_of(world.register.codes), world.register.hours
    assert hours is not None
    assert (hours[status == GONE] == 37).all()
    assert (hours[status > GONE] == 0).all()
    on_benefit = status == LEDIG
    assert set(hours[on_benefit].tolist()) == {0, 5, 9}
    back = on_benefit[1:] & (status[:-1] == GONE)
    assert back.any() and not hours[1:][back].any()
    again = back[:-1] & on_benefit[2:]
    assert abs(z_of(np.count_nonzero(hours[2:][again]), np.count_nonzero(again), 0.1)) < LIMIT


def test_small_jobs_change_nobodys_exit() -> None:
    """By the same luck everybody leaves in the same week with and without them."""
    leaving = {"exits": {"job": {"level": 0.1}}}
    with_, without = (
        run(cohort(persons=1000, world={**leaving, "job_spells": spells}), [0]) for spells in (beside(), JOBS)
    )
    assert (with_.register.codes == without.register.codes).all()
