"""Both engines tell the same lives where treatment changes the next job, and jobs last longer in some jobcentres."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from simulation.interventions import KINDS
from simulation.interventions.contract import Treats
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.week import run

from .tables import third
from .test_equal import Both, assert_same_counts, assert_same_in_a_batch, assert_same_weeks, pair_of
from .test_sizes import plain

SCENARIOS = ("praktik", "klub", "firma", "tilskud", "vikar", "syge", "fleks", "pakke", "arbejde")


def with_next_jobs(name: str) -> Loaded:
    """Everything that treats changes the next job, one by factors, the next by sizes."""
    loaded = plain(name)
    place, *_ = loaded.scenario.jobcentres
    changes: dict[str, Any] = {}
    for number, (key, each) in enumerate(loaded.scenario.interventions.items()):
        if isinstance(each, Treats):
            size = {"log": 0.7 - 0.5 * (number % 3), "between_jobcentres": 0.4, "between_persons": 0.3}
            hours = {"log": -0.4, "between_trials": 0.5, "jobcentres": {place: 0.6}}
            factors = {"ends": 0.5, "hours": 1.37}
            changes[f"interventions.{key}.next_job"] = {"ends": size, "hours": hours} if number % 2 else factors
    if loaded.scenario.job_spells:
        changes |= {"job_spells.jobcentre_sd": 0.6, "job_spells.jobcentres": {place: 2.5}}
    for destination, exit_ in loaded.scenario.exits.items():
        if exit_.job_spells:
            changes[f"exits.{destination}.job_spells.jobcentre_sd"] = 0.5
    return loaded.with_(changes)


@cache
def pair(name: str) -> Both:
    return pair_of(f"{name} with next jobs", with_next_jobs(name).scenario)


@pytest.mark.parametrize("name", third(SCENARIOS, 2))
def test_every_job(name: str) -> None:
    assert_same_weeks(pair(name))
    assert_same_counts(pair(name))


@pytest.mark.slow
def test_every_kind_that_treats_has_treated_somebody() -> None:
    """Some who left had completed its spell, or had its talk."""
    kinds, had = set(), set()
    for both in map(pair, SCENARIOS):
        for name, each in both.scenario.interventions.items():
            if isinstance(each, Treats):
                kinds.add(each.kind)
                if any(ledig.tally[f"next job after {name}"] for ledig in both.reference.people):
                    had.add(each.kind)
    assert had == kinds == {word for word, kind in KINDS.items() if issubclass(kind.settings, Treats)}


def test_in_a_batch() -> None:
    assert_same_in_a_batch("praktik", with_next_jobs("praktik").scenario)


@pytest.mark.parametrize(
    "without",
    [
        {"job_spells.jobcentre_sd": 0.0}, {"job_spells.jobcentres": {}}, {"interventions.praktik.next_job": None},
        {"interventions.samtaler.next_job": None}, {"interventions.samtaler.next_job.hours": 1.0},
        {"interventions.samtaler.next_job.ends": 1.0},
    ],
)  # fmt: skip
def test_it_matters(without: dict[str, Any]) -> None:
    loaded = with_next_jobs("praktik")
    one, other = (hours_of(each) for each in (loaded.scenario, loaded.with_(without).scenario))
    assert (one != other).any()


def hours_of(scenario: Scenario) -> np.ndarray:
    hours = run(scenario, [0]).register.hours
    assert hours is not None
    return hours
