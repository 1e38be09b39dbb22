"""Brokers of fleksjob who pass on openings, are good with some, hold on for their fee, or clarify by a trial, and
motivation by level. By hand, exactly; shares: |z| < LIMIT, binomial."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.health import BROKERED, broker, fleksjob
from tests.helpers import LIMIT, counts_of, z_of
from tests.offers import JOBS, cohort, total, weekly

HALVES = {"subgroups": {"held": {"a": {"share": 0.5}, "b": {"share": 0.5}}}}
ARMS = {"arms": {"andre": 1, "kommunen": 1}}
FEE = {"fixed": 0.25, "first_trial": 0.25, "two_months": 0.25, "four_months": 0.25}
NOBODY = {"motivated": 0.0, "unmotivated": 0.0}


def passed_on(of: list[str], fits: float, minutes: int = 3, weeks: int = 6, **one: Any) -> Scenario:
    """Ten ledige of each of two brokers with a few minutes; nobody takes an offer."""
    brokers = {
        "andre": broker(arms=["andre"], team="aktoer", **one),
        "kommune": broker(arms=["kommunen"], **one),
    }
    teams = dict(BROKERED["teams"])
    for name in ("formidlere", "aktoer"):
        teams[name] = {"fte": 1, "minutes_per_week": minutes, "takes_cases": False}
    settings = fleksjob(brokers, exchange={"brokers": of, "fits": fits}, accepts=NOBODY)
    return cohort(20, weeks, {**BROKERED, **ARMS, "teams": teams, "allocation": "blocked"}, f=settings)


def test_openings_that_nobody_takes_go_round() -> None:
    """Three each are declined in week 0: 6 are shown in week 1 and declined again, beside 6 new ones; at most 20."""
    world = run(passed_on(["andre", "kommune"], 1.0), [0])
    assert weekly(world, "f_passed_on") == weekly(world, "f_exchanged") == [0, 6, 12, 18, 20, 20]
    assert weekly(world, "f_offers") == [6, 12, 18, 24, 26, 26]


def test_openings_that_do_not_fit_are_lost() -> None:
    world = run(passed_on(["andre", "kommune"], 0.0), [0])
    assert weekly(world, "f_passed_on") == [0, 6, 6, 6, 6, 6] and weekly(world, "f_offers") == [6] * 6


def test_who_is_not_in_the_exchange_neither_gives_nor_gets() -> None:
    world = run(passed_on(["kommune"], 1.0, minutes=2), [0])
    shown = counts_of(world)["f_passed_on"]  # weeks × (jobcentre and arm)
    assert shown[:, 0].sum() == 0 and shown[:, 1].tolist() == [0, 2, 4, 6, 8, 10]


def test_a_broker_is_good_with_some() -> None:
    """An approach opens a place for 0.6 of the one half, for 0.2 of the other."""
    one = broker(opens=0.2, factors={"held": {"a": 3.0}})
    world = run(cohort(20_000, 1, {**BROKERED, **HALVES}, f=fleksjob({"kommune": one})), [0])
    of_a = int((world.ledige.subgroup["held"] == 0).sum())
    assert abs(z_of(total(world, "f_offers"), 20_000, (0.6 * of_a + 0.2 * (20_000 - of_a)) / 20_000)) < LIMIT


def test_nobody_waits_behind_an_approach_that_is_never_made() -> None:
    """Ten minutes a week, and for about half an approach takes twenty: the others are approached for all the same."""
    teams = {**BROKERED["teams"], "formidlere": {"fte": 1, "minutes_per_week": 10, "takes_cases": False}}
    settings = fleksjob({"kommune": broker(opens=0.0)}, tailoring={"share": 0.5, "minutes": 19, "factor": 1.0})
    assert weekly(run(cohort(100, 5, {**BROKERED, "teams": teams}, f=settings), [0]), "f_approaches") == [10] * 5


def test_kinds_of_firms_have_their_shares() -> None:
    """All are hired: 0.3 by the first kind, 0.7 by the second, and nobody by two."""
    firms = {"private_under_10": {"share": 0.3}, "andre": {"share": 0.7}}
    scenario = cohort(5000, 4, BROKERED, f=fleksjob({"kommune": broker()}, firms=firms))
    world = run(scenario, [0])
    small, others = (total(world, f"f_firm_{kind}") for kind in firms)
    assert small + others == total(world, "f_created") == 5000 and abs(z_of(small, 5000, 0.3)) < LIMIT
    assert simulate(scenario, [0])[0].outcomes["f_firm_private_under_10_share", "alle", None] == small / 5000


def lasting(**fee: Any) -> list[int]:
    """How many fleksjob have ended by each week, of 400 that began in week 1; nobody comes back."""
    spell = {**JOBS, "end_intensity": {0: 0.05}, "returns": 0.0}
    world = {**BROKERED, "exits": {**BROKERED["exits"], "fleksjob": {"level": 0.0, "job_spells": spell}}}
    settings = fleksjob({"kommune": broker(fee={**FEE, **fee})})
    return np.cumsum(weekly(run(cohort(400, 40, world, f=settings), [0]), "f_ended")).tolist()


def test_jobs_that_are_held_end_when_they_are_paid_for() -> None:
    """None of seventeen full weeks or less; from then on as many have ended as without."""
    free, held = lasting(), lasting(held=1.0)
    assert free[17] > 150 and held[17] == 0  # they began in week 1, and are seventeen weeks old in week 18
    assert held[18:] == free[18:]
    assert 0 < lasting(held=0.5)[17] < free[17]


@pytest.mark.parametrize(("first", "trials", "offers"), [(0.0, {}, {0: 50}), (1.0, {0: 50}, {4: 50})])
def test_a_trial_first_as_long_as_it_is_paid(first: float, trials: dict[int, int], offers: dict[int, int]) -> None:
    """All could have a fleksjob at once; they have a trial of four weeks, and no second one."""
    settings = fleksjob({"kommune": broker(fee={**FEE, "trial_first": first})}, offer_after_trial=0.0)
    world = run(cohort(50, 8, BROKERED, f=settings), [0])
    found = [{week: n for week, n in enumerate(weekly(world, what)) if n} for what in ("f_trials", "f_offers")]
    assert found == [trials, offers]


def test_a_trial_that_clarifies_leads_to_no_offer() -> None:
    """Nobody matches; 0.3 have a trial of four weeks meanwhile, none an offer, and all a pension after ten weeks."""
    pension = {"weeks": 10, "awarded": 1.0, "exit": "pension", "trial": 0.3}
    settings = fleksjob({"kommune": broker(no_match=1.0)}, pension=pension)
    world = run(cohort(10_000, 14, BROKERED, f=settings), [0])
    trials = weekly(world, "f_trials")
    assert abs(z_of(trials[0], 10_000, 0.3)) < LIMIT and sum(trials) == trials[0]
    assert weekly(world, "f_in_trial") == [trials[0]] * 4 + [0] * 10
    assert total(world, "f_offers") == 0 and weekly(world, "exit_pension")[11] == 10_000


@pytest.mark.parametrize(("opens", "left"), [(0.0, 1.0), (1.0, 0.0)])
def test_motivation_by_level_and_where_the_unmotivated_are(opens: float, left: float) -> None:
    """0.8 of the one half are motivated, 0.2 of the other; all stay, or all leave for a fleksjob."""
    by = {"held": {"b": 0.25}}
    settings = fleksjob({"kommune": broker(opens=opens)}, motivated=0.8, motivated_levels=by)
    scenario = cohort(8000, 20, {**BROKERED, **HALVES}, f=settings)
    world = run(scenario, [0])
    b = int((world.ledige.subgroup["held"] == 1).sum())
    unmotivated = 0.2 * (8000 - b) + 0.8 * b
    assert abs(total(world, "f_unmotivated") - unmotivated) < LIMIT * np.sqrt(8000 * 0.16)
    assert simulate(scenario, [0])[0].outcomes["f_unmotivated_left_share", "alle", None] == left
