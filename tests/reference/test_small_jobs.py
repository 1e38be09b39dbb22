"""Both engines tell the same lives where every effect of every kind moves small jobs beside benefit: when one begins or
ends, and its hours; on several benefits, too."""

from __future__ import annotations

import copy
from functools import cache

import pytest

from simulation.scenario.schema import Scenario
from simulation.week import run
from tests.all_kinds import effects_of, everything, part_at

from .test_equal import Both, assert_same_counts, assert_same_in_a_batch, assert_same_weeks, pair_of
from .test_sizes import plain, size_near

NAMES = ("all kinds", "ydelser")
BESIDE = {"at_entry": 0.3, "begins": 0.06, "ends": 0.1, "hours": {4: 0.5, 9: 0.5}}


@cache
def moved(name: str, without: str = "", **beside: float) -> Scenario:
    """Every effect moves the begin or the end of small jobs, by a factor or a size, and their hours."""
    all_kinds = name == "all kinds"
    data = everything().model_dump(exclude_none=True) if all_kinds else copy.deepcopy(plain(name).resolved.data)
    data["intake"]["persons"] //= 2
    data["job_spells"]["beside_benefit"] = {**BESIDE, **beside}
    for number, path in enumerate(effects_of(data)):
        what = "beside_ends" if number % 3 == 2 else "beside_begins"
        effects = {what: size_near(1.5, data) if number % 2 else 2.5 - number % 5 * 0.6, "beside_hours": 1.6}
        part_at(data, path).update({each: size for each, size in effects.items() if each != without})
    return Scenario.model_validate(data)


@cache
def pair(name: str) -> Both:
    return pair_of(f"{name} with small jobs moved", moved(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_small_job(name: str) -> None:
    assert_same_weeks(pair(name))
    assert_same_counts(pair(name))
    for what in ("small jobs moved", "small jobs found", "weeks in small job"):
        assert any(ledig.tally[what] for ledig in pair(name).reference.people), what


def test_in_a_batch() -> None:
    assert_same_in_a_batch("praktik", moved("praktik"))


@pytest.mark.parametrize("without", ["beside_begins", "beside_ends", "beside_hours"])
def test_it_matters(without: str) -> None:
    """Without one of the effects somebody works other hours."""
    hours, others = (run(each, [0]).register.hours for each in (moved("praktik"), moved("praktik", without)))
    assert hours is not None and others is not None and (hours != others).any()


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_small_jobs_that_never_or_always_change(chance: float) -> None:
    """A chance of 0 or 1 in a week stays one, whatever the factor (but for 0)."""
    assert_same_weeks(pair_of(f"small jobs with chance {chance}", moved("praktik", begins=chance, ends=chance)))
