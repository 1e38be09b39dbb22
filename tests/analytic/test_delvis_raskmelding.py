"""Delvis raskmelding: who goes back part-time, when, for how many hours, and what becomes of it.

Decision rules. Shares and hazards: |z| < LIMIT, binomial. Hours and weeks that follow from the settings are exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.results.measures.replication import simulate
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of, talk_of
from simulation.world.world import World
from tests.health import delvis
from tests.helpers import LIMIT, exits_follow, samtaler, survival_of, z_of
from tests.offers import JOBS, NOBODY_LEAVES, cohort, total, weekly

PERSONS = 20_000
EMPLOYER = {"arbejdsgiver": {"har": {"share": 0.4}, "har_ikke": {"share": 0.6}}}


def sick_listed(
    persons: int = PERSONS, weeks: int = 20, world: dict[str, Any] | None = None, **settings: Any
) -> Scenario:
    """A cohort in a world with jobs, with part-time returns by these settings."""
    return cohort(persons, weeks, {"job_spells": JOBS, **(world or {})}, d=delvis(**settings))


def hours_of(world: World) -> np.ndarray:
    """Paid hours by week and person."""
    assert world.register.hours is not None
    return world.register.hours


def test_hours_rise_by_the_steps_of_the_return() -> None:
    """Ten hours, from the third week of it 16, from the sixth 25, beginning in course week 4; everybody alike."""
    world = run(sick_listed(30, from_week=4, hours={0: 10, 2: 16, 5: 25}), [0])
    expected = [0] * 4 + [10] * 2 + [16] * 3 + [25] * 11
    assert (hours_of(world) == np.array(expected)[:, None]).all()
    assert weekly(world, "d_hours") == [30 * n for n in expected]


def test_hours_may_fall_again() -> None:
    """Steps need not rise."""
    world = run(sick_listed(5, hours={0: 30, 3: 8}), [0])
    assert hours_of(world)[:, 0].tolist() == [30] * 3 + [8] * 17


@pytest.mark.parametrize("begins", [0.15, 0.6])
def test_a_return_begins_with_a_chance_every_week(begins: float) -> None:
    """From course week 3 on, geometric: |z| < LIMIT in every week, among those who have not."""
    started = np.array(weekly(run(sick_listed(from_week=3, begins={"alle": begins}), [0]), "d_started"))
    waits = PERSONS - np.concatenate(([0], np.cumsum(started)[:-1]))
    assert not started[:3].any()
    some = (np.arange(20) >= 3) & (waits > 50)
    assert np.abs(z_of(started[some], waits[some], begins)).max() < LIMIT


def test_weeks_on_benefit_before_enrolment_count() -> None:
    """Not before week 8 on benefit; enrolled after six: in course week 2."""
    world = run(sick_listed(10, world={"intake": {"persons": 10, "weeks": 1, "elapsed_weeks": 6}}, from_week=8), [0])
    assert weekly(world, "d_started") == [0, 0, 10] + [0] * 17


def test_only_those_with_an_employer_go_back() -> None:
    """Of the levels named, and of nobody else."""
    world = run(sick_listed(2000, world={"subgroups": EMPLOYER}, levels={"arbejdsgiver": ["har"]}), [0])
    has = world.ledige.subgroup["arbejdsgiver"] == 0
    assert (hours_of(world)[0] == np.where(has, 10, 0)).all() and 700 < has.sum() < 900


def test_arms_go_back_as_each_is_said_to() -> None:
    """0.5 a week in one arm, nobody in the arm that is left out."""
    world = run(sick_listed(4000, 1, {"arms": {"deltager": 1, "kontrol": 1}}, begins={"deltager": 0.5}), [0])
    mine = world.ledige.arm == 0
    works = hours_of(world)[0] > 0
    assert not works[~mine].any()
    assert abs(z_of(works.sum(), mine.sum(), 0.5)) < LIMIT


def test_relapses_end_hours_and_a_new_return_begins_at_the_first_step() -> None:
    """A relapse is certain after one week, and so is a new return a week later: one week at 10 hours, one at none."""
    world = run(sick_listed(20, hours={0: 10, 1: 30}, relapses=1.0), [0])
    assert (hours_of(world) == np.array([10, 0] * 10)[:, None]).all()
    assert weekly(world, "d_relapsed") == [0, 20] * 10
    assert total(world, "d_first") == 20


def test_relapses_come_with_a_chance_every_week() -> None:
    """0.1 a week, no new return: a return lasts w weeks for 0.9^w; |z| < LIMIT in every week, among those at work."""
    world = run(sick_listed(begins={"alle": 1.0}, relapses=0.1), [0])
    relapsed, back = np.array(weekly(world, "d_relapsed")), np.array(weekly(world, "d_weeks"))
    assert np.abs(z_of(relapsed[1:], back[:-1], 0.1)).max() < LIMIT


def test_outcomes_by_hand() -> None:
    """Of 20 weeks ten at work: ten returns in the one benefit spell of each of 20 ledige, every one with a relapse."""
    outcomes = simulate(sick_listed(20, hours={0: 10}, relapses=1.0), [0])[0].outcomes
    found = {name: outcomes[f"d_{name}", "alle", None] for name in ("started", "ever_share", "hours", "relapsed_share")}
    assert found == {"started": 200, "ever_share": 1.0, "hours": 10.0, "relapsed_share": 1.0}


def test_the_effect_holds_while_it_lasts() -> None:
    """Everybody goes back in week 4 with factor 2.5: in force on tirsdag from that week on; hazards, |z| < LIMIT."""
    world = {"exits": {"job": {"level": 0.04}}}
    intensity = np.full(20, 0.04)
    intensity[4:] *= 2.5
    exits_follow(sick_listed(40_000, world=world, from_week=4, effects={"job": 2.5}), survival_of(intensity))


def test_she_is_on_benefit_while_she_works_part_of_her_hours() -> None:
    """Employed by the hour, and on benefit in the register; with the exit the hours of the job take their place."""
    scenario = sick_listed(3000, world={"exits": {"job": {"level": 0.1}}, "job_spells": {**JOBS, "hours": 37}})
    world = run(scenario, [0])
    status, hours = status_of(world.register.codes), hours_of(world)
    assert (hours[status == LEDIG] == 10).all()
    assert (hours[status != LEDIG] == 37).all() and (status != LEDIG).any()
    (replication,) = simulate(scenario, [0])
    assert replication.outcomes["employed_share", "alle", 5] == 1.0


def test_small_jobs_beside_benefit_are_added() -> None:
    """Five hours of a small job at entry and ten of a part-time return; the relapse takes its own hours only."""
    beside = {"at_entry": 1.0, "begins": 0.0, "ends": 0.0, "hours": 5}
    world = run(sick_listed(10, world={"job_spells": {**JOBS, "beside_benefit": beside}}, relapses=1.0), [0])
    assert (hours_of(world) == np.array([15, 5] * 10)[:, None]).all()


def test_who_comes_back_to_benefit_begins_again_at_full_leave() -> None:
    """Jobs of a week or so: in a new spell nobody works before its fourth week, and then at the first step; exactly."""
    churn = {"exits": {"job": {"level": 0.2}}, "job_spells": {**JOBS, "end_intensity": {0: 1.0}, "returns": 1.0}}
    world = run(sick_listed(1000, 30, churn, from_week=3, hours={0: 10, 4: 20}), [0])
    on_benefit, hours = status_of(world.register.codes) == LEDIG, hours_of(world)
    spell = np.zeros(1000, dtype=int)  # weeks of it so far
    for week in range(30):
        spell = np.where(on_benefit[week], spell + 1, 0)
        expected = np.where(spell <= 3, 0, np.where(spell <= 7, 10, 20))
        assert (hours[week] == expected)[on_benefit[week]].all()
    assert total(world, "returned") > 2000
    assert total(world, "d_first") == total(world, "d_started"), "one in each benefit spell is the first of it"


def test_follow_up_by_telephone_while_at_work() -> None:
    """A state that a plan of talks knows: by telephone from the week of the return on."""
    talks: dict[str, Any] = samtaler({"every": [{"weeks": 1}], "in_state": {"d": "telefon"}})
    talks["channels"]["telefon"] = {"minutes": 10, "attendance": 1.0}
    world = run(cohort(20, 8, {"job_spells": JOBS, "exits": NOBODY_LEAVES}, d=delvis(from_week=4), k=talks), [0])
    assert talk_of(world.register.codes)[:, 0].tolist() == [0, 1, 1, 1, 2, 2, 2, 2]
