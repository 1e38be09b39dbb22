"""Fleksjob: whom a broker approaches firms for, and how an approach becomes a fleksjob.

Decision rules. Weeks, counts and minutes that follow from the settings are exact. Shares: |z| < LIMIT, binomial; of
counts that add up over weeks too, since every step is a new draw with the same chance.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions.fleksjob.brokers import Broker
from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import GONE, LEDIG
from simulation.world.register import status_of
from simulation.world.spec import NEVER
from simulation.world.world import World
from tests.health import BROKERED, broker, fleksjob, sygdom
from tests.helpers import LIMIT, exits_follow, praktik, survival_of, z_of
from tests.offers import JOBS, cohort, factors, in_offer, total, watch, weekly

PERSONS = 20_000
Changes = dict[str, Any] | None


def brokered(
    persons: int = PERSONS, weeks: int = 20, world: Changes = None, one: Changes = None, **more: Any
) -> Scenario:
    """Everybody has the municipality as broker, with these settings of it; `more` is of the intervention."""
    settings = fleksjob({"kommune": broker(**(one or {}))}, **more)
    return cohort(persons, weeks, {**BROKERED, **(world or {})}, f=settings)


def minutes(per_week: int) -> dict[str, Any]:
    """The brokers' team with so many minutes."""
    brokers = {"fte": 1, "minutes_per_week": per_week, "takes_cases": False}
    return {"teams": {**BROKERED["teams"], "formidlere": brokers}}


def test_an_offer_that_is_taken_begins_on_the_next_tirsdag() -> None:
    """Clarified in week 3: approached, offered and accepted on torsdag, in a fleksjob from week 4 on."""
    world = run(brokered(100, one={"clarification_weeks": 3}), [0])
    for count in ("approaches", "offers", "accepted"):
        assert weekly(world, f"f_{count}") == [0] * 3 + [100] + [0] * 16
    assert weekly(world, "f_created") == weekly(world, "exit_fleksjob") == [0] * 4 + [100] + [0] * 15


# --- approaches -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("there", "takes", "each"), [(100, 30, 3), (90, 30, 3), (89, 30, 2), (29, 30, 0)])
def test_as_many_firms_are_approached_as_there_are_minutes(there: int, takes: int, each: int) -> None:
    """In each of two jobcentres: minutes / minutes of an approach, rounded down; that is what the team has used."""
    two = {"jobcentres": {"ribe": {}, "skive": {}}, **minutes(there)}
    world = run(brokered(50, 10, two, {"approach_minutes": takes, "opens": 0.0}), [0])
    assert weekly(world, "f_approaches") == [2 * each] * 10
    team = list(BROKERED["teams"]).index("formidlere")
    assert all(used[[team, team + 3]].tolist() == [each * takes] * 2 for used in world.register.minutes_used)


def test_the_longest_not_tried_come_first() -> None:
    """Three of ten a week, by the week of the last approach and then by lot: against a loop in plain Python."""
    tried: list[list[int]] = []
    scenario = brokered(10, 12, minutes(3), {"opens": 0.0})
    watch(scenario, soendag=lambda _, running, week: tried.append(np.flatnonzero(running[0].tried == week).tolist()))
    last = dict.fromkeys(range(10), -1)
    for week in range(12):
        first = sorted(last, key=lambda row: (last[row], row))[:3]
        assert tried[week] == sorted(first)
        last |= dict.fromkeys(first, week)


def test_who_comes_later_has_not_been_tried() -> None:
    """Two places a week; in week 6 a newcomer stands before those who were tried, whenever that was."""
    intake = {"persons": 20, "weeks": 10, "arrivals": "random"}
    world_with = {"intake": intake, **minutes(2)}

    def look(world: World, running: Any, week: int) -> None:
        part = running[0]
        now = part.tried == week
        left_out = part.seeking.among & ~now & (world.ledige.status == LEDIG)
        assert now.sum() == min(2, part.seeking.among.sum())
        if left_out.any():  # nobody who was tried this week had been tried after somebody who was left out
            assert before[now].max() <= part.tried[left_out].min()
        before[:] = part.tried

    before = np.full(20, NEVER)
    world, _ = watch(brokered(20, 15, world_with, {"opens": 0.0}), soendag=look)
    assert total(world, "f_approaches") > 25


def test_jobs_that_must_be_made_take_more_minutes_and_open_less() -> None:
    """Half need a job to be made: 3 instead of 1 minute, and 0.4 times as likely; exactly, and |z| < LIMIT."""
    tailoring = {"share": 0.5, "minutes": 2, "factor": 0.4}
    world, (part,) = watch(brokered(PERSONS, 1, one={"opens": 0.5}, tailoring=tailoring))
    n = int(part.tailored.sum())
    assert abs(z_of(n, PERSONS, 0.5)) < LIMIT
    assert int(world.register.minutes_used[0][1]) == PERSONS + 2 * n
    for mine, size, opens in ((part.tailored, n, 0.2), (~part.tailored, PERSONS - n, 0.5)):
        assert abs(z_of(part.accepted[mine].sum(), size, opens)) < LIMIT


def test_who_is_sick_or_in_an_offer_is_not_approached_for() -> None:
    """0.3 are sick in weeks 0 to 4, the others in praktik in weeks 0 to 2."""
    first = {"s": sygdom(at_entry=0.3, length_weeks=5), "prk": praktik(length_weeks=3)}
    world = run(cohort(200, 12, BROKERED, **first, f=fleksjob()), [0])
    sick = weekly(world, "s_sick")[0]
    approached = weekly(world, "f_approaches")
    assert 30 < sick < 90
    assert weekly(world, "prk_started")[0] == 200 - sick
    assert approached[:4] == [0, 0, 0, 200 - sick]
    assert sum(approached[5:]) == weekly(world, "prk_started")[5] == sick


# --- from an approach to a fleksjob ---------------------------------------------------------------------------------

CHAIN: dict[str, Any] = {
    "one": {"opens": 0.3, "trial": 0.4},
    "trial_weeks": 4,
    "offer_after_trial": 0.5,
    "motivated": 0.7,
    "accepts": {"motivated": 0.6, "unmotivated": 0.2},
}


def test_every_step_has_its_share() -> None:
    """Opened, tried out, offered, accepted: the counts against the product of the shares so far; |z| < LIMIT."""
    world = run(brokered(**CHAIN), [0])
    approaches, trials, direct = total(world, "f_approaches"), total(world, "f_trials"), weekly(world, "f_offers")[0]
    assert abs(z_of(trials, approaches, 0.3 * 0.4)) < LIMIT
    assert abs(z_of(weekly(world, "f_trials")[0], PERSONS, 0.3 * 0.4)) < LIMIT
    assert abs(z_of(direct, PERSONS, 0.3 * 0.6)) < LIMIT
    assert abs(z_of(weekly(world, "f_accepted")[0], PERSONS, 0.3 * 0.6 * (0.7 * 0.6 + 0.3 * 0.2))) < LIMIT
    assert total(world, "f_created") == sum(weekly(world, "f_accepted")[:-1])


def test_trials_lead_to_offers_when_they_end() -> None:
    """All places begin with four weeks of arbejdsprøvning in week 0; half are offered a job on onsdag in week 4."""
    settings = {**CHAIN, "one": {"opens": 1.0, "trial": 1.0}, "accepts": {"motivated": 1.0, "unmotivated": 1.0}}
    world = run(brokered(weeks=8, **settings), [0])
    assert in_offer(world)[:4].all()
    offers = weekly(world, "f_offers")
    assert offers[:4] == [0] * 4 and abs(z_of(offers[4], PERSONS, 0.5)) < LIMIT
    assert weekly(world, "exit_fleksjob")[5] == offers[4]
    assert weekly(world, "f_approaches") == [PERSONS, 0, 0, 0, PERSONS - offers[4], 0, 0, 0]  # tried anew next day


def test_the_motivated_accept_more_often() -> None:
    """By whether she saw fleksjob as the right solution at first: |z| < LIMIT in both groups."""
    accepts = {"motivated": 0.6, "unmotivated": 0.2}
    _, (part,) = watch(brokered(weeks=1, motivated=0.7, accepts=accepts))
    assert abs(z_of(part.motivated.sum(), PERSONS, 0.7)) < LIMIT
    for mine, share in ((part.motivated, 0.6), (~part.motivated, 0.2)):
        assert abs(z_of(part.accepted[mine].sum(), mine.sum(), share)) < LIMIT


def test_approaches_may_motivate() -> None:
    """0.4 at first; every week 0.1 of the others: 1 - 0.6 × 0.9^w after w approaches; |z| < LIMIT in every week."""
    now: list[int] = []
    scenario = brokered(weeks=10, one={"opens": 0.0, "motivates": 0.1}, motivated=0.4)
    watch(scenario, soendag=lambda world, running, week: now.append(int(running[0].motivated.sum())))
    assert np.abs(z_of(now, PERSONS, 1 - 0.6 * 0.9 ** np.arange(1, 11))).max() < LIMIT


def test_motivation_of_those_hired_before_and_after() -> None:
    """Approaches make everybody motivated before the offer: all are now, and as many as at first were before."""
    outcomes = simulate(brokered(2000, one={"motivates": 1.0}, motivated=0.4), [0])[0].outcomes
    assert outcomes["f_motivated_after_share", "alle", None] == 1.0
    assert abs(z_of(2000 * outcomes["f_motivated_before_share", "alle", None], 2000, 0.4)) < LIMIT


def test_half_subsidies_have_their_share() -> None:
    """0.34 of the fleksjob: |z| < LIMIT."""
    outcomes = simulate(brokered(4000, 3, one={"half_subsidy": 0.34}), [0])[0].outcomes
    assert abs(z_of(4000 * outcomes["f_half_subsidy_share", "alle", None], 4000, 0.34)) < LIMIT


@pytest.mark.parametrize(
    ("week", "strength"), [(0, 0.0), (3, 0.0), (4, 0.2), (9, 0.6), (13, 0.92), (14, 1.0), (200, 1.0)]
)
def test_contacts_grow_on_a_straight_line(week: int, strength: float) -> None:
    """0.2 in week 4 and complete ten weeks later; nothing before."""
    slow = Broker.model_validate(broker(start={"from_week": 4, "weeks": 10, "strength": 0.2}))
    assert slow.strength(week) == pytest.approx(strength)
    assert Broker.model_validate(broker()).strength(week) == 1.0
    at_once = Broker.model_validate(broker(start={"from_week": 4, "weeks": 0, "strength": 0.2}))
    assert at_once.strength(week) == float(week >= 4)


def test_a_broker_that_begins_later_gets_to_know_people_then() -> None:
    """From week 4 on, three weeks of clarification: firms are approached in week 7; who comes in week 9, in week 12."""
    late = {"from_week": 4, "weeks": 0, "strength": 1.0}
    intake = {"intake": {"persons": 20, "weeks": 10}}
    world = run(brokered(20, 15, intake, {"start": late, "clarification_weeks": 3}), [0])
    assert weekly(world, "f_approaches") == [0] * 7 + [10, 2, 2, 2, 2, 2, 0, 0]


def test_a_slow_start_opens_fewer_places_at_first() -> None:
    """No approach before week 2, then 0.4 × strength of them open a place: |z| < LIMIT in every week."""
    slow = {"from_week": 2, "weeks": 8, "strength": 0.25}
    nobody = {"motivated": 0.0, "unmotivated": 0.0}
    world = run(brokered(weeks=14, one={"opens": 0.4, "start": slow}, accepts=nobody), [0])
    approaches, offers = weekly(world, "f_approaches"), weekly(world, "f_offers")
    assert approaches == [0, 0] + [PERSONS] * 12 and offers[:2] == [0, 0]
    strength = np.minimum(1, 0.25 + 0.75 * np.arange(12) / 8)
    assert np.abs(z_of(offers[2:], PERSONS, 0.4 * strength)).max() < LIMIT


def test_factors_multiply() -> None:
    """0.2 × attention 1.5 × level 0.5 × jobcentre 2: the share of each group that is offered a job; |z| < LIMIT."""
    world = {
        "subgroups": {"herkomst": {"a": {"share": 0.5}, "b": {"share": 0.5}}}, "jobcentres": {"ribe": {}, "skive": {}},
    }  # fmt: skip
    one = {"opens": 0.2, "jobcentres": {"skive": 2.0}}
    scenario = brokered(10_000, 1, world, one, attention=1.5, factors={"herkomst": {"b": 0.5}})
    end, (part,) = watch(scenario)
    for place, local in enumerate((1.0, 2.0)):
        for level, factor in enumerate((1.0, 0.5)):
            mine = (end.ledige.jobcentre == place) & (end.ledige.subgroup["herkomst"] == level)
            assert abs(z_of(part.offered[mine].sum(), mine.sum(), 0.2 * 1.5 * factor * local)) < LIMIT


def test_being_brokered_for_has_its_effect() -> None:
    """Factor 2 on another exit from week 0 on; hazards, |z| < LIMIT."""
    exits = {**BROKERED["exits"], "selv": {"level": 0.04}}
    scenario = brokered(40_000, 10, {"exits": exits}, {"opens": 0.0}, during={"selv": 2.0})
    exits_follow(scenario, survival_of(np.full(10, 0.08)))


def test_who_has_a_pension_case_is_not_brokered_for() -> None:
    """Nobody matches, which is seen in week 2: the effect of being brokered for is there on tirsdag in weeks 0 to 2."""
    exits = {**BROKERED["exits"], "selv": {"level": 1e-9}}
    one = {"no_match": 1.0, "clarification_weeks": 2}
    found, _ = factors(brokered(20, 8, {"exits": exits}, one, during={"selv": 2.0}), "selv")
    assert [set(week.tolist()) for week in found] == [{2.0}] * 3 + [{1.0}] * 5


@pytest.mark.parametrize(("clarified", "early"), [(11, 1.0), (12, 0.0)])
def test_early_fleksjob_are_those_of_the_first_thirteen_weeks(clarified: int, early: float) -> None:
    """Clarified in week 11 they begin in week 12, the thirteenth."""
    outcomes = simulate(brokered(20, one={"clarification_weeks": clarified}), [0])[0].outcomes
    assert outcomes["f_created_early_share", "alle", None] == early


def test_persons_who_were_offered_a_job_are_counted_once() -> None:
    """An offer every week that nobody takes: all have been offered one, and none was accepted."""
    scenario = brokered(20, 10, accepts={"motivated": 0.0, "unmotivated": 0.0})
    outcomes = simulate(scenario, [0])[0].outcomes
    assert total(run(scenario, [0]), "f_offers") == 200
    assert outcomes["f_offered_share", "alle", None] == 1.0
    assert outcomes["f_accepted_share", "alle", None] == 0.0


def test_who_comes_back_has_not_been_tried() -> None:
    """After a job of another kind she stands with those whom no firm was approached for."""
    jobs = {"level": 0.3, "job_spells": {**JOBS, "end_intensity": {0: 1.0}, "returns": 1.0}}
    back = 0

    def look(world: World, running: Any, week: int) -> None:
        nonlocal back
        new = (world.ledige.spell_start == week) & (world.ledige.status == LEDIG)
        back += int(new.sum()) * (week > 0)
        assert (running[0].tried[new] == NEVER).all()

    exits = {**BROKERED["exits"], "andet_job": jobs}
    watch(brokered(200, 15, {"exits": exits}, {"opens": 0.0}), tirsdag=look)
    assert back > 200


def test_a_fleksjob_that_ends_is_counted_and_she_is_approached_for_again() -> None:
    """Jobs of about a week lead back to benefit: in a new fleksjob a week after, for ever; no job is lost."""
    short = {"level": 0.0, "job_spells": {**JOBS, "end_intensity": {0: 5.0}, "returns": 1.0}}
    exits = {**BROKERED["exits"], "fleksjob": short}
    world = run(brokered(500, 30, {"exits": exits}), [0])
    now = np.count_nonzero(status_of(world.register.codes)[-1] == GONE)
    assert total(world, "f_created") == total(world, "exit_fleksjob") > 4000
    assert total(world, "f_ended") == total(world, "returned") == total(world, "f_created") - now
    assert total(world, "f_job_weeks") == np.count_nonzero(status_of(world.register.codes) == GONE)
