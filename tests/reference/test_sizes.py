"""Both engines tell the same lives where every effect is a size on the log that differs between trials, jobcentres,
caseworkers, ledige and levels; and a size of nothing changes nobody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded, load
from simulation.scenario.references import places_of
from simulation.week import run

from .tables import SCENARIOS, third
from .test_equal import FOLDER, assert_same_counts, assert_same_teams, assert_same_weeks, pair_of

NOTHING = {"log": 0.0}


def plain(name: str) -> Loaded:
    return load(FOLDER / f"{name}.yaml")


def with_sizes(name: str) -> Loaded:
    """The scenario with a size in place of every factor on exits: much the same one, but different for everybody."""
    loaded = plain(name)
    data = loaded.resolved.data
    return loaded.with_({path: size_near(factor, data) for path, factor in factors_of(data).items()})


def factors_of(data: dict[str, Any]) -> dict[str, Any]:
    """Every factor on exits that an intervention has, by its dotted path."""
    factors = {}
    for path in places_of(data, "exits"):
        part: Any = data
        for step in path:
            part = part[step]
        if path[0] == "interventions" and isinstance(part, dict) and path[-1] != "ends_to":  # those are shares
            factors |= {dotted((*path, to)): factor for to, factor in part.items() if not isinstance(factor, dict)}
    return factors


def size_near(factor: Any, data: dict[str, Any]) -> dict[str, Any]:
    place, *_ = data["jobcentres"]
    size: dict[str, Any] = {"log": float(np.log(np.clip(factor, 0.01, 20)))}
    size |= {"between_trials": 0.3, "between_jobcentres": 0.4, "between_persons": 0.5, "jobcentres": {place: -0.7}}
    if any(each["kind"] == "samtaler" for each in data["interventions"].values()):
        size["between_caseworkers"] = 0.6
    if levels := data.get("subgroups"):
        name, its = next(iter(levels.items()))
        size["levels"] = {name: {next(iter(its)): 0.8}}
    return size


@pytest.mark.parametrize("name", third(SCENARIOS, 0))
def test_every_week_with_sizes(name: str) -> None:
    """And they matter, so that this cannot pass by comparing scenarios without them."""
    pair = pair_of(f"{name} with sizes", with_sizes(name).scenario)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)
    assert (pair.world.register.codes != run(plain(name).scenario, [0]).register.codes).any()


@pytest.mark.parametrize("name", third(SCENARIOS, 2))
def test_a_size_of_nothing_changes_nobody(name: str) -> None:
    loaded = plain(name)
    paths = factors_of(loaded.resolved.data)
    nothing, one = (loaded.with_(dict.fromkeys(paths, size)) for size in (NOTHING, 1.0))
    assert_array_equal(run(nothing.scenario, [0]).register.codes, run(one.scenario, [0]).register.codes)
