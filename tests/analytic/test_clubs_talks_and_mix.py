"""Job clubs: individual talks by course week, and what members give each other who differ (rows 004:15 and 004:20 of
what the evaluations ask).

Decision rules. Counts and factors are exact; shares: |z| < LIMIT, binomial.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation.interventions.jobklub.inside import Mixed
from simulation.results.measures.replication import simulate
from simulation.scenario.load import load
from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.helpers import LIMIT, z_of
from tests.offers import NOBODY_LEAVES, TEAMS, cohort, factors, jobklub, total, weekly

SHIPPED = Path(__file__).parents[2] / "scenarios"
AGES = {"alder": {"ung": {"share": 0.5}, "gammel": {"share": 0.5}}}


def club(persons: int, world: dict[str, Any] | None = None, **more: Any) -> Scenario:
    return cohort(persons, 10, {"teams": TEAMS, "exits": NOBODY_LEAVES, **(world or {})}, j=jobklub(**more))


def test_talks_by_course_week() -> None:
    """Everybody in the first week, half in the third and on the line between them, none from the fifth on."""
    settings = {"weekly": 0.9, "minutes": 1, "by_course_week": {0: 1.0, 2: 0.5, 4: 0.0}}
    talks = weekly(run(club(2000, counselling=settings), [0]), "j_counselled")
    assert talks[0] == 2000 and talks[4:] == [0] * 6
    for week, chance in ((1, 0.75), (2, 0.5), (3, 0.25)):
        assert abs(z_of(talks[week], 2000, chance)) < LIMIT


def test_the_same_chance_in_all_weeks_is_as_without() -> None:
    plain, by_week = (
        run(club(300, counselling={"weekly": 0.3, "minutes": 1, **more}), [0])
        for more in ({}, {"by_course_week": {0: 0.3, 6: 0.3}})
    )
    assert weekly(plain, "j_counselled") == weekly(by_week, "j_counselled")


@pytest.mark.parametrize(
    ("members", "strength"),
    [((5, 5), 1.4), ((10, 0), 1.0), ((3, 1), 1 + 0.4 * 0.75), ((0, 0), 1.0), ((2, 2, 2), 1.4), ((4, 4, 0), 1.3)],
)
def test_a_mixed_club_is_stronger(members: tuple[int, ...], strength: float) -> None:
    """The chance that two members differ, drawn with replacement, against that of a club of all levels alike."""
    assert Mixed(by="alder", gain=0.4).strength(np.array([members]))[0] == pytest.approx(strength)


def test_what_it_does_to_exits() -> None:
    """Sessions of factor 2, a club of both ages and a gain of 0.5: 1 + 1 × (1 + 0.5 × mix) in the weeks after."""
    contagion = {"mixed": {"by": "alder", "gain": 0.5}}
    scenario = club(40, {"subgroups": AGES}, effects={"job": 2.0}, contagion=contagion)
    factor, world = factors(scenario)
    share = np.bincount(world.ledige.subgroup["alder"], minlength=2) / 40
    mix = 2 * (1 - (share**2).sum())
    assert 0.9 < mix <= 1 and factor[3] == pytest.approx(np.full(40, 2 + 0.5 * mix))


@cache
def shipped(name: str) -> Mapping[Any, float]:
    """Outcomes of a shipped scenario, in one replication."""
    return simulate(load(SHIPPED / f"{name}.yaml").scenario, [0])[0].outcomes


def test_row_004_15_the_individual_part_moved_forward() -> None:
    """As many talks, earlier: in the first four weeks after the first are called in there are more of them."""
    before, after = (
        run(load(SHIPPED / f"{name}.yaml").scenario, [0])
        for name in ("tre_hovedveje_jobklub", "hvad_hvis/jobklub_samtaler_foerst")
    )
    early = [sum(weekly(world, "jobklub_counselled")[:6]) for world in (before, after)]
    assert early[1] > 1.5 * early[0]
    assert 0.75 < total(after, "jobklub_counselled") / total(before, "jobklub_counselled") < 1.25


def test_row_004_20_ages_mixed_and_clubs_by_trade() -> None:
    """Mixing ages gives a little more jobs by the size assumed; clubs by trade make some wait longer."""
    base, mixed, trade = (
        shipped(name) for name in ("tre_hovedveje_jobklub", "hvad_hvis/jobklub_blandet", "hvad_hvis/jobklub_efter_fag")
    )
    assert 0 < mixed["exit_job", "alle", None] - base["exit_job", "alle", None] < 0.02
    assert trade["jobklub_wait", "alle", None] >= base["jobklub_wait", "alle", None]
