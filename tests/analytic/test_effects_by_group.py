"""An effect of any kind of intervention may be of one jobcentre, and there of one level of a characteristic, alone.

`levels` of a size is the one way in which effects differ by subgroup (docs/effects.md). One run with every kind says
for each effect of each of them whom it holds for, and with which factor.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from simulation.interventions import KINDS
from simulation.interventions.contract import Treats
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.force import Force
from simulation.world.ledige import GONE
from simulation.world.register import status_of
from simulation.world.world import World
from tests.all_kinds import effects_of, everything, part_at
from tests.helpers import LIMIT, make, samtaler, z_of

CHARACTERISTIC, LEVEL, PLACE = "motivation", "lav", "ribe"
SIZE = {"log": 0.0, "levels": {CHARACTERISTIC: {LEVEL: 0.7}}}
"""Nothing, but for those with that level."""
WITH_EFFECTS = {str(path[1]) for path in effects_of(everything().model_dump(exclude_none=True))}
Held = Mapping[tuple[str, ...], list[Force]]


def scenario() -> Scenario:
    """Every kind, with all of its effects on one destination in one jobcentre alone, and there by level."""
    data = everything().model_dump(exclude_none=True)
    data["jobcentres"][PLACE]["persons"] = 200
    for path in effects_of(data):
        part_at(data, path).pop("other", None)
    for name, settings in data["interventions"].items():
        if issubclass(KINDS[settings["kind"]].settings, Treats):
            settings["next_job"] = {}
        data["jobcentres"][PLACE]["interventions"][name] = copy.deepcopy(settings)
    own = {"interventions": data["jobcentres"][PLACE]["interventions"]}
    for path in effects_of(own):
        part_at(own, path)["other"] = SIZE
    for settings in own["interventions"].values():
        if "next_job" in settings:
            settings["next_job"]["ends"] = SIZE
    return Scenario.model_validate(data)


@cache
def held() -> tuple[Held, World]:
    """What held for whom, by intervention and keys down to the effect, on that destination and on the next job."""
    found: dict[tuple[str, ...], list[Force]] = defaultdict(list)

    def keep(force: Force) -> None:
        if force.on in ("other", "ends"):
            found[force.intervention, *force.keys].append(force)

    return found, run(scenario(), [0], in_force=keep)


def test_every_effect_has_held_for_somebody() -> None:
    """Of every kind that has any; and those that may change the next job have done so."""
    kinds = {name: each.kind for name, each in everything().interventions.items()}
    assert {kinds[name] for name in WITH_EFFECTS} == {
        word for word, kind in KINDS.items() if "exits" in kind.settings.refers.values()
    }
    treat = {word for word, kind in KINDS.items() if issubclass(kind.settings, Treats)}
    assert {kinds[keys[0]] for keys in held()[0] if keys[1] == "next_job"} == treat


@pytest.mark.parametrize("name", sorted(everything().interventions))
def test_000_47_an_effect_by_named_jobcentre_and_there_by_level(name: str) -> None:
    """It holds there alone, and is nothing but for those with the level."""
    found, world = held()
    levels, by_row = world.levels[CHARACTERISTIC], world.ledige.subgroup[CHARACTERISTIC]
    has = by_row == levels.index(LEVEL)
    there = np.array([place == PLACE for place in world.jobcentres.name_of_row])[world.ledige.jobcentre]
    mine = [force for keys, forces in found.items() if keys[0] == name for force in forces]
    ids = np.concatenate([force.ids for force in mine]) if mine else np.empty(0, dtype=np.intp)
    factors = [np.broadcast_to(force.factor, len(force.ids)) for force in mine]
    factor = np.concatenate(factors) if mine else np.empty(0)
    assert there[ids].all() and (factor[~has[ids]] == 1).all()
    assert (factor >= 1).all()
    if name in WITH_EFFECTS:
        assert (factor[has[ids]] > 1).any() and not has[ids].all()


def test_exits_of_each_level_by_the_factor_of_its_own() -> None:
    """Two characteristics: 1 - exp(-0.03 × exp(sum of the logs)) of each group leave in every week in which the effect
    holds; |z| < LIMIT, binomial. With `log` 0 whoever has neither level leaves as ever."""
    subgroups = {name: {"nej": {"share": 0.5}, "ja": {"share": 0.5}} for name in ("koen", "alder")}
    size = {"log": 0.0, "levels": {"koen": {"ja": 0.9}, "alder": {"ja": -0.5}}}
    world = run(
        make(
            weeks=6, intake={"persons": 40_000, "weeks": 1}, subgroups=subgroups,
            teams={"team": {"fte": 1000, "minutes_per_week": 10_000}},
            interventions={"samtaler": samtaler(window_weeks=1, effects={"job": size})},
        ),
        [0],
    )  # fmt: skip
    left = status_of(world.register.codes) == GONE
    for koen in (0, 1):
        for alder in (0, 1):
            group = (world.ledige.subgroup["koen"] == koen) & (world.ledige.subgroup["alder"] == alder)
            chance = 1 - np.exp(-0.03 * np.exp(0.9 * koen - 0.5 * alder))
            for week in range(2, 6):  # the first talk is held in week 1
                still = group & ~left[week - 1]
                assert abs(z_of(np.count_nonzero(left[week] & still), np.count_nonzero(still), chance)) < LIMIT
