"""Løntilskud: who qualifies, which employer hires, and what a subsidised job does to exits.

Decision rules. Limits, weeks and counts that follow from the settings are exact. Shares and hazards: |z| < LIMIT,
binomial. Factors of single ledige are compared with a loop in plain Python, exactly.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from tests.helpers import LIMIT, z_of
from tests.offers import JOBS, cohort, factors, in_offer, loentilskud, total, watch, weekly

PERSONS = 20_000
JOB = 0.04


@pytest.mark.parametrize(("elapsed", "begins"), [(0, 6), (4, 3), (30, 3)])
def test_loentilskud_needs_its_weeks_on_benefit(elapsed: int, begins: int) -> None:
    """Ready in week 3, six weeks on benefit needed: begun in the later of the two weeks; elapsed weeks count."""
    rule = {"alle": {"ready_week": 3, "weekly": 1.0}}
    intake = {"persons": 50, "weeks": 1, "elapsed_weeks": elapsed}
    scenario = cohort(world={"intake": intake}, lt=loentilskud(referral=rule, qualifying_weeks=6))
    assert weekly(run(scenario, [0]), "lt_started") == [50 if week == begins else 0 for week in range(20)]


def test_who_is_pushed_must_qualify_too() -> None:
    """Deadline in week 2, six weeks on benefit needed: week 6."""
    rule = {"alle": {"never_ready": 1.0, "ready_week": 9, "weekly": 1.0, "push": {"week": 2, "share": 1.0}}}
    scenario = cohort(persons=50, lt=loentilskud(referral=rule, qualifying_weeks=6))
    assert weekly(run(scenario, [0]), "lt_started")[6] == 50


def test_those_who_are_not_referred_never_qualify() -> None:
    """Never ready, or in an arm without a rule: nobody begins, whatever the weeks."""
    rule = {"a": {"never_ready": 1.0, "ready_week": 0, "weekly": 1.0}}
    scenario = cohort(persons=500, weeks=30, world={"arms": {"a": 1, "b": 1}}, lt=loentilskud(referral=rule))
    assert total(run(scenario, [0]), "lt_referred") == 0


def test_private_and_public_employers_hire_their_shares() -> None:
    """0.6 are with private employers, who hire 0.5 of those who complete; public ones hire 0.1. |z| < LIMIT each."""
    scenario = cohort(lt=loentilskud(private_share=0.6, direct_hire=0.5, public_hire=0.1))
    world, (part,) = watch(scenario)
    assert abs(z_of(np.count_nonzero(part.private), PERSONS, 0.6)) < LIMIT
    hired = status_of(world.register.codes)[9] != LEDIG
    assert weekly(world, "lt_hired")[8] == np.count_nonzero(hired) == weekly(world, "exit_job")[9]
    for sector, share in ((part.private, 0.5), (~part.private, 0.1)):
        assert abs(z_of(np.count_nonzero(hired & sector), np.count_nonzero(sector), share)) < LIMIT


def test_public_employers_hire_where_private_ones_do_not() -> None:
    """direct_hire 0 and public_hire 0.4: of those with a public employer 0.4 are hired; |z| < LIMIT."""
    scenario = cohort(lt=loentilskud(private_share=0.5, direct_hire=0.0, public_hire=0.4))
    world, (part,) = watch(scenario)
    hired = status_of(world.register.codes)[9] != LEDIG
    assert not hired[part.private].any()
    assert abs(z_of(np.count_nonzero(hired), np.count_nonzero(~part.private), 0.4)) < LIMIT


def test_the_gain_afterwards_is_that_of_the_employer() -> None:
    """2 after a private one and 1.5 after a public one, for five weeks (9 to 13), 0.5 while there (1 to 8): exactly."""
    scenario = cohort(
        persons=300, world={"exits": {"job": {"level": 1e-9}}},
        lt=loentilskud(
            private_share=0.5, during={"job": 0.5}, after={"job": 2.0}, after_public={"job": 1.5}, after_weeks=5
        ),
    )  # fmt: skip
    found, _ = factors(scenario)
    _, (part,) = watch(scenario)
    private = part.private
    assert 100 < np.count_nonzero(private) < 200
    expected = np.ones((20, 300))
    expected[1:9] = 0.5
    expected[9:14] = np.where(private, 2.0, 1.5)
    assert (found == expected).all()


def test_hours_in_loentilskud_are_no_employment() -> None:
    """No paid hours in the register while there."""
    world = run(cohort(persons=100, world={"job_spells": JOBS}, lt=loentilskud()), [0])
    assert world.register.hours is not None and not world.register.hours.any()
    assert in_offer(world)[:8].all()
