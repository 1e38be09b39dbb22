"""Rehearsed trials keep what they promise, by the whole engine: the size of every analysis where treatment does
nothing, and power as textbooks have it where there is no queue.

Decision rule: of 1,000 rehearsals without effect so many reject that the exact binomial probability of as many or more
at 5 % is below 1 % divided by the number of tests: then the size is too large.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from scipy import stats

from simulation.experiments.trial.data import Data
from simulation.experiments.trial.rehearse import Stage, rehearse
from simulation.results.trial.analyse import analyse, attainable_size
from simulation.results.trial.design import Design
from simulation.results.trial.design import tests_of as every_test_of
from simulation.results.trial.operating import Test
from simulation.results.trial.sizes import clustering
from simulation.results.trial.tally import CONTROL, TREATED
from simulation.scenario.schema import Scenario
from tests.helpers import LIMIT, make

REHEARSALS, CHUNK = 1000, 250
WEEKS = 13
LEVEL = 0.5 / WEEKS  # 39 % leave
SD = {0.0: 0.0, 0.01: 0.161, 0.05: 0.361}
"""sd of the log of exits that gives an ICC: p = 1 - exp(-0.5 e^u), so ICC = sd² (0.5 e^-0.5)² / p (1 - p) nearly."""
GRID = [(places, equal, icc) for places in (8, 18, 40) for equal in (True, False) for icc in SD]
OF_CLUSTERS = ("clustered", "permutation")
TESTS = len(GRID) * 5
"""Of each configuration: difference and hazard ratio, log-rank, clustered; the permutation; and weeks on benefit."""


def trial(places: int, equal: bool, icc: float, lots: str = "cluster", **more: Any) -> Scenario:
    """Jobcentres of 30, or of 10 to 50 and now and then 90; treatment is a talk that does nothing."""
    sizes = [30 if equal else (10, 20, 30, 50, 90)[n % 5] for n in range(places)]
    return make(
        arms={"deltager": 1, "kontrol": 1}, weeks=WEEKS, follow_up=WEEKS, seed=11,
        jobcentres={f"by{n}": {"persons": size} for n, size in enumerate(sizes)},
        intake={"persons": 30, "weeks": 1},
        exits={"job": {"level": LEVEL, "jobcentre_sd": SD[icc]}},
        trial={"treated": "deltager", "control": "kontrol", "lots": lots, "primary": {"of": "exit_job"}, **more},
    )  # fmt: skip


@lru_cache(maxsize=2)
def rehearsed(places: int, equal: bool, icc: float, lots: str = "cluster") -> Data:
    return of(trial(places, equal, icc, lots))


def of(scenario: Scenario, outcomes: tuple[str, ...] = ("exit_job", "weeks_on_benefit")) -> Data:
    stage = Stage(scenario, outcomes)
    parts = [rehearse(stage, range(first, first + CHUNK), 0) for first in range(0, REHEARSALS, CHUNK)]
    return Data.joined(parts, range(REHEARSALS))


def too_many(rejected: int, of: int, tests: int, at: float = 0.05) -> bool:
    """Whether a size is above 5 % by more than luck."""
    return float(stats.binom.sf(rejected - 1, of, at)) < 0.01 / tests


@pytest.mark.slow
@pytest.mark.parametrize(("places", "equal", "icc"), GRID)
def test_whole_jobcentres(places: int, equal: bool, icc: float) -> None:
    """Errors by jobcentre hold the size with few, unequal and alike ones; those of single persons do not where people
    of a jobcentre are alike. The permutation test has the size that its lots can give."""
    data, design = rehearsed(places, equal, icc), Design("cluster", seed=11)
    assert data.null is not None
    found = analyse(data.null, design, every_test_of(["exit_job", "weeks_on_benefit"], design))
    for test, estimates in found.items():
        rejected = int(np.count_nonzero(estimates.p <= 0.05))
        if test.errors in OF_CLUSTERS:
            assert not too_many(rejected, REHEARSALS, TESTS), (test, rejected)
        if test.errors == "permutation":
            size = attainable_size(data.null, design, test.outcome)
            assert size < 0.05 + 1e-9 and abs(rejected - REHEARSALS * size) < LIMIT * math.sqrt(REHEARSALS * size)
    naive = int(np.count_nonzero(found[Test("exit_job", "difference", "individual")].p <= 0.05))
    if icc != 0.01:  # with few people in a jobcentre that is in between
        assert too_many(naive, REHEARSALS, TESTS) == (icc == 0.05), naive
    measured = clustering(data.null, "exit_job", (CONTROL, TREATED)).icc
    assert abs(measured.value - icc) < 0.1 * icc + LIMIT * (measured.high - measured.value) / 1.96


@pytest.mark.slow
@pytest.mark.parametrize("lots", ["individual", "stepped_wedge"])
def test_other_lots(lots: str) -> None:
    more = {"steps": 4, "step_weeks": 3} if lots == "stepped_wedge" else {}
    scenario = trial(18, False, 0.05, lots, **more)
    if more:
        scenario = scenario.model_copy(update={
            "weeks": WEEKS + 15, "intake": scenario.intake.model_copy(update={"weeks": 15}),
        })  # fmt: skip
    data, design = of(scenario), Design(lots, seed=11)  # type: ignore[arg-type]
    assert data.null is not None
    for test, estimates in analyse(data.null, design, every_test_of(["exit_job", "weeks_on_benefit"], design)).items():
        rejected = int(np.count_nonzero(estimates.p <= 0.05))
        if lots == "individual" or test.errors in OF_CLUSTERS:
            assert not too_many(rejected, REHEARSALS, 20), (test, rejected)


@pytest.mark.slow
def test_delivery_that_does_nothing_but_is_registered() -> None:
    """Effects off, delivery on: exits of the treated that are never registered make a difference out of nothing. Its
    rejections are apart from the size, which stays, and are as the formula for two shares has them."""
    scenario = trial(18, True, 0.0, "individual", registration={"missed": {"deltager": 0.2}})
    data, design = of(scenario), Design("individual")
    test = Test("exit_job", "difference", "individual")
    assert data.null is not None and data.unequal is not None
    size = np.count_nonzero(analyse(data.null, design, [test])[test].p <= 0.05)
    assert not too_many(int(size), REHEARSALS, 20)
    off = np.count_nonzero(analyse(data.unequal, design, [test])[test].p <= 0.05)
    share = 1 - math.exp(-0.5)
    expected = power_of_two_shares(share, 0.8 * share, 270)
    assert abs(off - REHEARSALS * expected) < LIMIT * math.sqrt(REHEARSALS * expected * (1 - expected))


def power_of_two_shares(one: float, other: float, each: float, design_effect: float = 1.0) -> float:
    """Of the normal test of two shares, so many persons of each."""
    error = math.sqrt((one * (1 - one) + other * (1 - other)) / each * design_effect)
    return float(stats.norm.sf(1.96 - abs(one - other) / error) + stats.norm.cdf(-1.96 - abs(one - other) / error))


def helped(places: int, persons: int, factor: float, lots: str, sd: float = 0.0) -> Scenario:
    """No queue: everybody treated has a talk in the week of enrolment, which does something from the next week on."""
    return make(
        arms={"deltager": 1, "kontrol": 1}, weeks=WEEKS + 1, follow_up=WEEKS + 1, seed=12, allocation="blocked",
        jobcentres={f"by{n}": {} for n in range(places)}, intake={"persons": persons, "weeks": 1},
        exits={"job": {"level": LEVEL, "jobcentre_sd": sd}},
        interventions={"samtaler": {
            "kind": "samtaler", "channels": {"personlig": {"minutes": 30, "attendance": 1.0}},
            "plans": {"hver": {"arms": ["deltager"], "team": "team", "channel": "personlig", "talks": [{"week": 0}]}},
            "effects": {"job": factor}, "window_weeks": WEEKS,
        }},
        trial={"treated": "deltager", "control": "kontrol", "lots": lots, "primary": {"of": "exit_job"}},
    )  # fmt: skip


def shares_of(factor: float) -> tuple[float, float]:
    """Who has left: all have one week without, then thirteen with or without the effect."""
    return 1 - math.exp(-LEVEL * (1 + WEEKS * factor)), 1 - math.exp(-LEVEL * (1 + WEEKS))


@pytest.mark.slow
@pytest.mark.parametrize(("persons", "factor"), [(400, 1.0), (400, 1.2), (400, 1.5), (1000, 1.2)])
def test_power_is_that_of_the_textbook(persons: int, factor: float) -> None:
    """Two shares; and Schoenfeld: a log-rank test of so many exits has the drift of the log of the hazard ratio times
    the root of a quarter of them. The textbook is approximate, so one point of power is allowed beside luck."""
    data, design = of(helped(2, persons // 2, factor, "individual"), outcomes=("exit_job",)), Design("individual")
    tests = every_test_of(["exit_job"], design)
    found = analyse(data.trial, design, tests)
    treated, control = shares_of(factor)
    exits = persons / 2 * (treated + control - 2 * (1 - math.exp(-LEVEL)))  # those of the first week tell nothing
    drift = abs(math.log(factor)) * math.sqrt(exits / 4)
    schoenfeld = float(stats.norm.sf(1.96 - drift) + stats.norm.cdf(-1.96 - drift))
    expected = {"difference": power_of_two_shares(treated, control, persons / 2)}
    for test in (t for t in tests if t.errors == "individual"):
        power = np.mean(found[test].p <= 0.05)
        wanted = expected.get(test.measure, schoenfeld)
        luck = LIMIT * math.sqrt(wanted * (1 - wanted) / REHEARSALS)
        assert abs(power - wanted) < luck + 0.01, (test, power, wanted)


@pytest.mark.slow
@pytest.mark.parametrize("icc", [0.0, 0.01, 0.05])
def test_power_of_whole_jobcentres(icc: float) -> None:
    """1 + (m - 1) ICC, with Student's t of the jobcentres less two."""
    places, persons, factor = 20, 50, 1.3
    data, design = of(helped(places, persons, factor, "cluster", SD[icc]), outcomes=("exit_job",)), Design("cluster")
    test = Test("exit_job", "difference", "clustered")
    power = float(np.mean(analyse(data.trial, design, [test])[test].p <= 0.05))
    treated, control = shares_of(factor)
    measured = clustering(data.null, "exit_job", (CONTROL, TREATED)) if data.null is not None else None
    assert measured is not None
    effect = measured.design_effect.value
    variance = (treated * (1 - treated) + control * (1 - control)) / (places * persons / 2) * effect
    drift, freedom = (treated - control) / math.sqrt(variance), places - 2
    limit = stats.t.ppf(0.975, freedom)
    wanted = float(stats.nct.sf(limit, freedom, drift) + stats.nct.cdf(-limit, freedom, drift))
    assert abs(power - wanted) < LIMIT * math.sqrt(wanted * (1 - wanted) / REHEARSALS) + 0.02, (power, wanted)
