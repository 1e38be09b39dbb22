"""What a held talk is worth: by caseload, continuity, fatigue, and who holds it, against sums done by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from simulation.interventions.samtaler.quality import Quality
from simulation.interventions.samtaler.worth import Worth
from simulation.opening import build
from simulation.week import run
from simulation.world.world import World
from tests.helpers import LIMIT, counts_of, exits_follow, make, samtaler, survival_of

NOBODY_LEAVES = {"job": {"level": 0.0}}


def world_of(team: dict[str, Any], persons: int = 60, **more: Any) -> World:
    """A world before its first mandag."""
    return build(make(intake={"persons": persons, "weeks": 1}, teams={"team": {**TEAM, **team}}, **more), [0])


TEAM = {"fte": 2, "minutes_per_week": 100_000, "caseload": "personal"}


def strengths(world: World, **settings: Any) -> Worth:
    """The running quality of these settings."""
    return Worth(Quality.model_validate(settings), world)


def test_by_caseload() -> None:
    """40 cases at one desk and 10 at the other of a reference of 20: (20 / 40)^0.5, and (20 / 10)^0.5 up to 1.2."""
    world = world_of({})
    staff, ids = world.staff, np.array([0, 1])
    staff.cases[:] = 40, 10
    settings = {"reference": 20, "exponent": 0.5}
    for most, expected in ((1.0, [0.5**0.5, 1.0]), (1.2, [0.5**0.5, 1.2]), (9.0, [0.5**0.5, 2**0.5])):
        quality = strengths(world, caseload={**settings, "most": most})
        assert quality.strength(ids, np.array([0, 1])) == pytest.approx(expected)
    pooled = world_of({"caseload": "pooled", "fte": 2.5})
    pooled.staff.cases[:] = 100  # 40 for each full-time
    quality = strengths(pooled, caseload={**settings, "most": 1.0})
    assert quality.strength(ids, np.array([0, 0])) == pytest.approx([0.5**0.5] * 2)


def test_by_continuity() -> None:
    """0.4 with somebody new, 1 after four talks with her, on a straight line; 0.4 again with the next one."""
    world = world_of({})
    quality, one = strengths(world, continuity={"first": 0.4, "full_after": 4}), np.array([5])
    assert world.staff.relations is not None
    found = []
    for week, desk in enumerate([0, 0, 0, 0, 0, 0, 1, 1, 0]):
        world.staff.relations.meet(week, one, np.array([desk]))
        found += quality.strength(one, np.array([desk])).tolist()
    assert found == pytest.approx([0.4, 0.55, 0.7, 0.85, 1, 1, 0.4, 0.55, 0.4])


def test_by_fatigue() -> None:
    """Half of the cases do not move from week 3 on: tired = (1 − e^(−n / 8)) / 2 after n such weeks, and 0 before."""
    settings: dict[str, Any] = {"stagnant_after": 3, "builds_over": 8, "loss": 0.6}
    talks = samtaler(quality={"fatigue": settings})
    scenario = make(
        weeks=30,
        intake={"persons": 60, "weeks": 1},
        exits=NOBODY_LEAVES,
        teams={"team": {**TEAM, "fte": 1}},
        interventions={"samtaler": talks},
    )
    world = build(scenario, [0])
    quality = strengths(world, fatigue=settings)
    world.staff.ask_for_caseworker(0, np.arange(60), np.zeros(60, dtype=int))
    world.staff.take_cases(0)
    world.ledige.enrolled[:30], world.ledige.enrolled[30:] = 0, 1000
    found = []
    for week in range(20):
        quality.soendag(week)
        found.append(float(quality.strength(np.array([0]), np.array([0]))[0]))
    n = np.maximum(np.arange(20) - 2, 0)
    assert found == pytest.approx(1 - 0.6 * (1 - np.exp(-n / 8)) / 2)
    world.staff.release(np.arange(60))
    before = float(quality.tired[0])
    quality.soendag(20)
    assert float(quality.tired[0]) == pytest.approx(before * np.exp(-1 / 8))  # and recovers likewise


def test_differences_between_caseworkers_and_jobcentres_have_mean_one() -> None:
    """Lognormal with the stated spread: |z| < LIMIT for the mean of the log and of the factor, over 2,000 of each."""
    team = {**TEAM, "fte": 2000, "caseload": "personal"}
    world = build(make(teams={"team": team}), [0])
    quality = strengths(world, caseworker_sd=0.5)
    assert world.staff.relations is not None
    ids = np.arange(1000)
    for week in range(2):
        desks = ids + 1000 * week
        world.staff.relations.meet(week, ids, desks)
        factor = np.asarray(quality.strength(ids, desks))
        assert abs(factor.mean() - 1) / (np.sqrt(np.expm1(0.25)) / np.sqrt(1000)) < LIMIT
        assert abs(np.log(factor).mean() + 0.125) / (0.5 / np.sqrt(1000)) < LIMIT
        assert abs(np.log(factor).std() / 0.5 - 1) < LIMIT / np.sqrt(2000)
    again = np.asarray(strengths(world, caseworker_sd=0.5).strength(ids, desks))
    assert (again == factor).all()  # hers for good
    places = {f"c{n}": {} for n in range(400)}
    world = build(make(jobcentres=places, intake={"persons": 1, "weeks": 1}), range(5))
    factor = np.asarray(strengths(world, jobcentre_sd=0.5).strength(np.arange(2000), np.arange(2000)))
    assert abs(np.log(factor).mean() + 0.125) / (0.5 / np.sqrt(2000)) < LIMIT


def test_quality_moves_exits_by_its_factor() -> None:
    """A first talk of strength 0.25: exits of the two weeks after it by 1 + (3 − 1) × 0.25, and none elsewhere."""
    talks = samtaler(
        {"first_week": 0, "every": [{"weeks": 9}]},
        effects={"job": 3.0},
        quality={"continuity": {"first": 0.25, "full_after": 2}},
    )
    scenario = make(
        weeks=6,
        intake={"persons": 20_000, "weeks": 1},
        exits={"job": {"level": 0.05}},
        teams={"team": {"fte": 50, "minutes_per_week": 100_000}},
        interventions={"samtaler": talks},
    )
    exits_follow(scenario, survival_of([0.05, 0.075, 0.075, 0.05, 0.05]))


def test_new_caseworkers_are_worth_less() -> None:
    """With everybody new in the post and half the effect at the start, less is gained than with trained ones."""
    gained = {}
    for name, effect in (("trained", 1.0), ("new", 0.0)):
        team = {
            "fte": 50, "minutes_per_week": 100_000, "turnover": {"per_year": 0.98, "vacancy_weeks": 0},
            "learning": {"weeks": 520, "effect": effect},
        }  # fmt: skip
        talks = samtaler(effects={"job": 3.0})
        scenario = make(teams={"team": team}, interventions={"samtaler": talks}, exits={"job": {"level": 0.03}})
        world = run(scenario, range(2))
        gained[name] = int(counts_of(world)["exit_job"].sum())
    none = int(counts_of(run(make(exits={"job": {"level": 0.03}}), range(2)))["exit_job"].sum())
    assert none < gained["new"] < gained["trained"]


def test_without_settings_nothing_is_asked_and_nothing_changes() -> None:
    assert strengths(world_of({})).none
    assert strengths(world_of({})).strength(np.arange(3), np.zeros(3, dtype=int)) == 1.0
