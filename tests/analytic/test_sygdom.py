"""Sygdom: how many are sick in which week, and what they are kept from.

A ledig who is well at the end of mandag falls ill on a later mandag with chance p each, and is sick for L weeks; on the
mandag on which she is well again she does not fall ill anew. So spells of wellness have the mean 1/p and a renewal
argument gives the share of sick weeks in the long run: L / (L + 1/p) = p × L / (1 + p × L).

Decision rules. Shares: |z| < LIMIT, binomial among independent ledige. Everything else is exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.world import World
from tests.health import sygdom
from tests.helpers import LIMIT, exits_follow, praktik, samtaler, survival_of, z_of
from tests.offers import JOBS, cohort, in_offer, total, watch, weekly

PERSONS = 20_000


def sick_share(at_entry: float, p: float, length: dict[int, float], weeks: int) -> np.ndarray:
    """Share sick in each week, by the chance that a spell begins in it: a plain recursion."""
    begins, well_again = np.zeros(weeks), np.zeros(weeks)
    begins[0] = at_entry
    can = np.zeros(weeks)  # well at the end of the mandag
    can[0] = 1 - at_entry
    sick = np.zeros(weeks)
    for week in range(weeks):
        if week:
            begins[week] = p * can[week - 1]
            well_again[week] = sum(share * begins[week - n] for n, share in length.items() if n <= week)
            can[week] = can[week - 1] - begins[week] + well_again[week]
        sick[week] = 1 - can[week]
    return sick


@pytest.mark.parametrize("at_entry", [0.0, 0.2])
def test_the_share_of_sick_follows_the_renewal_sum(at_entry: float) -> None:
    """Spells of 2 or 7 weeks, begun with chance 0.1 a week: |z| < LIMIT in every week."""
    length, weeks = {2: 0.4, 7: 0.6}, 40
    settings = sygdom(at_entry=at_entry, begins=0.1, length_weeks=length)
    sick = np.array(weekly(run(cohort(PERSONS, weeks, s=settings), [0]), "s_sick"))
    share = sick_share(at_entry, 0.1, length, weeks)
    assert (sick[share == 0] == 0).all()
    assert np.abs(z_of(sick[share > 0], PERSONS, share[share > 0])).max() < LIMIT


def test_in_the_long_run_p_times_length_over_one_more() -> None:
    """p = 0.1, 5 weeks: 0.5 / 1.5 after 80 weeks, |z| < LIMIT; the recursion of the other test has come there, too."""
    sick = weekly(run(cohort(PERSONS, 81, s=sygdom(begins=0.1, length_weeks=5)), [0]), "s_sick")[-1]
    assert abs(z_of(sick, PERSONS, 0.5 / 1.5)) < LIMIT
    assert sick_share(0.0, 0.1, {5: 1.0}, 81)[-1] == pytest.approx(0.5 / 1.5, abs=1e-6)


def test_who_is_well_again_is_well_for_a_week() -> None:
    """Falling ill is certain: three weeks of sickness, one of health, and so on, for everybody."""
    world = run(cohort(30, 12, s=sygdom(at_entry=1.0, begins=1.0, length_weeks=3)), [0])
    assert weekly(world, "s_sick") == [30, 30, 30, 0] * 3
    assert weekly(world, "s_begun") == [30, 0, 0, 0] * 3


def test_outcomes_are_spells_and_weeks() -> None:
    """By hand: nine sick weeks of twelve, three spells each."""
    outcomes = simulate(cohort(30, 12, s=sygdom(at_entry=1.0, begins=1.0, length_weeks=3)), [0])[0].outcomes
    assert outcomes["s_begun", "alle", None] == 90
    assert outcomes["s_weeks", "alle", None] == 9


def test_the_sick_begin_no_offer_until_they_are_well() -> None:
    """Half are sick in weeks 0 to 4: they begin praktik on torsdag in week 5, the others in week 0."""
    world, (part, _) = watch(cohort(400, 12, s=sygdom(at_entry=0.5, length_weeks=5), prk=praktik()))
    n = weekly(world, "s_sick")[0]
    assert 150 < n < 250
    assert weekly(world, "prk_started") == [400 - n] + [0] * 4 + [n] + [0] * 6
    assert not len(part.sick.ids)


def test_who_falls_ill_in_an_offer_stays_in_it() -> None:
    """Everybody falls ill in week 1 for long, and praktik of eight weeks is completed all the same."""
    world = run(cohort(40, 12, s=sygdom(begins=1.0, length_weeks=100), prk=praktik()), [0])
    assert np.count_nonzero(in_offer(world), axis=1).tolist() == [40] * 8 + [0] * 4
    assert weekly(world, "prk_completed")[8] == 40


def test_talks_have_no_effect_on_the_sick() -> None:
    """A talk every week with factor 2; everybody is sick in weeks 0 to 5: in force from tirsdag in week 6 on."""
    world = {"exits": {"job": {"level": 0.04}}, "teams": {"team": {"fte": 1000, "minutes_per_week": 10_000}}}
    settings = sygdom(at_entry=1.0, length_weeks=6)
    intensity = np.full(20, 0.04)
    intensity[6:] *= 2
    exits_follow(cohort(60_000, world=world, s=settings, k=samtaler(effects={"job": 2.0})), survival_of(intensity))


def test_sickness_ends_with_the_benefit_spell_and_is_drawn_anew() -> None:
    """Nobody who has left is sick; of those who come back from a job 0.3 are sick at once: |z| < LIMIT."""
    back = sick = 0

    def look(world: World, running: Any, week: int) -> None:
        nonlocal back, sick
        there = world.ledige.status == LEDIG
        assert not (running[0].sick.among & ~there).any()
        new = (world.ledige.spell_start == week) & (week > 0) & there
        back, sick = back + np.count_nonzero(new), sick + np.count_nonzero(new & running[0].sick.among)

    churn = {"exits": {"job": {"level": 0.3}}, "job_spells": {**JOBS, "end_intensity": {0: 0.5}, "returns": 1.0}}
    settings = sygdom(at_entry=0.3, length_weeks=50)
    scenario = cohort(3000, 15, churn, s=settings)
    world, _ = watch(scenario, soendag=look)
    assert total(world, "returned") > 5000
    assert abs(z_of(sick, back, 0.3)) < LIMIT
