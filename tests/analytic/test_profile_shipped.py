"""What-ifs of a quarter free of talks: the better the score that chooses them, the fewer talks those who stay lose.

All with the same luck. Who stays is told by the base, where nobody is exempt: on benefit for 26 weeks or more. A
quarter of the base's people, one replication. In this base no score reaches an AUC of more than 0.70 (frailty as
fitted), so the other end of what targeting can do is not far from a score of 0.6.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulation.results.measures.histories import Histories, histories, measured_rows
from simulation.scenario.load import load
from simulation.scenario.profiles import scales
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.founding import SHIPPED

BY = {"tilfaeldigt": 0.5, "profil": 0.6, "perfekt": 0.70}


@cache
def lives(name: str) -> tuple[World, Histories]:
    world = run(fewer(name), [0])
    return world, histories(fewer(name), world)


@cache
def fewer(name: str) -> Scenario:
    return load(SHIPPED / f"{name}.yaml", {"intake.persons": 1000}).scenario


def exempt(name: str) -> np.ndarray:
    """Who of the measured is called to no talks."""
    world, _ = lives(f"hvad_hvis/dagpenge_fritag_25_{name}")
    scenario = fewer(f"hvad_hvis/dagpenge_fritag_25_{name}")
    return np.asarray(world.ledige.subgroup["afklaring"][measured_rows(scenario, world)] == 0)


@pytest.mark.parametrize("name", BY)
def test_the_scores_are_as_good_as_they_say(name: str) -> None:
    scale = scales(fewer(f"hvad_hvis/dagpenge_fritag_25_{name}"))["afklaring"]
    assert scale.auc == pytest.approx(BY[name], abs=0.005) and scale.best == pytest.approx(0.70, abs=0.005)


def test_the_better_the_score_the_fewer_of_those_who_stay_are_exempt() -> None:
    """A quarter of them by lot; a score leaves fewer of them out. Nobody who is exempt is talked with."""
    stays = lives("base_dagpenge")[1].exit_week >= 26
    shares = [exempt(name)[stays].mean() for name in BY]
    assert abs(shares[0] - 0.25) < 4 * np.sqrt(0.25 * 0.75 / stays.sum())
    assert (np.diff(shares) < -0.03).all()
    for name in BY:
        people = lives(f"hvad_hvis/dagpenge_fritag_25_{name}")[1]
        assert not people.talk[:, exempt(name)].any() and people.talk[:, ~exempt(name)].any()


def test_the_better_the_score_the_fewer_talks_are_lost_by_those_who_stay() -> None:
    base = lives("base_dagpenge")[1]
    stays = base.exit_week >= 26
    lost = [
        int(base.talk[:, stays].sum()) - int(lives(f"hvad_hvis/dagpenge_fritag_25_{name}")[1].talk[:, stays].sum())
        for name in BY
    ]
    assert lost[0] > 1.1 * lost[1] > 1.21 * lost[2] > 0
