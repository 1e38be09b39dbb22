"""Both engines tell the same lives where each jobcentre has interventions of its own."""

from __future__ import annotations

from functools import cache

import pytest

from simulation.scenario.schema import Scenario
from tests.all_kinds import OTHERWISE, everything

from .test_equal import Both, assert_same_counts, assert_same_teams, assert_same_weeks, pair_of

SEEDS = (1, 2)


@cache
def by_jobcentre(seed: int) -> Both:
    """All kinds: each has other settings in the first jobcentre, and is off in one of the two others; talks there are
    by plans that begin in one of them alone."""
    data = everything(seed=seed, displacement=0.3).model_dump(exclude_none=True)
    first, second, third = data["jobcentres"]
    for number, (name, settings) in enumerate(data["interventions"].items()):
        data["jobcentres"][first]["interventions"][name] = settings | OTHERWISE[name]
        if name != "samtaler":
            off = (second, third)[number % 2]
            settings["in_jobcentres"] = [each for each in data["jobcentres"] if each != off]
            data["jobcentres"][first]["interventions"][name]["in_jobcentres"] = settings["in_jobcentres"]
    plans = data["interventions"]["samtaler"]["plans"]
    plans["hver_fjerde"] = {"every": [{"weeks": 4}], "in_jobcentres": [third]}
    plans["hver_fjerde"] |= {key: plans["sjaelden"][key] for key in ("arms", "levels", "team", "channel")}
    plans["sjaelden"]["in_jobcentres"] = [first, second]
    return pair_of(f"by jobcentre seed {seed}", Scenario.model_validate(data))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_jobcentre_by_its_own_settings(seed: int) -> None:
    pair = by_jobcentre(seed)
    assert_same_weeks(pair)
    assert_same_counts(pair)
    assert_same_teams(pair)


def test_everything_happens_where_it_is_on() -> None:
    """And nothing where it is off."""
    pairs = [by_jobcentre(seed) for seed in SEEDS]
    scenario = pairs[0].scenario
    for name, each in scenario.interventions.items():
        counted = {
            jobcentre
            for pair in pairs
            for count, numbers in pair.reference.counts.items()
            for (_, jobcentre, _), number in numbers.items()
            if number and (count == "outreach" if each.kind == "incitament" else count.startswith(f"{name}_"))
        }
        if each.kind != "samtaler":
            assert counted and counted <= {place for place in scenario.jobcentres if each.on_in(place)}, name
