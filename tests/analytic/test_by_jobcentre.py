"""Interventions that are on in some jobcentres alone: what is done in one of them moves nobody in another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.all_kinds import everything

WHOLE = everything()
PERSONS, WEEKS = 60, 34
NAMES = list(WHOLE.jobcentres)
HERE, THERE = NAMES[0], NAMES[1]


def scenario(**interventions: Mapping[str, Any]) -> Scenario:
    """All kinds, of few people, with these keys laid on the interventions."""
    data = WHOLE.model_dump(exclude_none=True)
    data["intake"]["persons"] = PERSONS
    for jobcentre in data["jobcentres"].values():
        jobcentre.pop("persons", None)
    for name, keys in interventions.items():
        data["interventions"][name] |= keys
    return Scenario.model_validate(data | {"weeks": WEEKS, "follow_up": WEEKS})


def world_of(whole: Scenario) -> World:
    return run(whole, [0])


def of(world: World, jobcentre: str) -> Any:
    """The register of a jobcentre's ledige: (weeks, people)."""
    return world.register.codes[:, world.ledige.jobcentre == NAMES.index(jobcentre)]


PLAIN = world_of(scenario())


@pytest.mark.parametrize("name", WHOLE.interventions)
def test_off_in_one_jobcentre_moves_nobody_in_another(name: str) -> None:
    off = world_of(scenario(**{name: {"in_jobcentres": [each for each in NAMES if each != HERE]}}))
    for jobcentre in NAMES[1:]:
        assert np.array_equal(of(off, jobcentre), of(PLAIN, jobcentre))
    arms = len(WHOLE.arms)
    for counted, by_week in off.register.counts.items():
        if counted.intervention == name:
            assert not by_week[:, :arms].any(), counted
