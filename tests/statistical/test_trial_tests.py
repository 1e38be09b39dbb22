"""How often the analyses of a trial reject, by trials that are drawn without the program: size where treatment does
nothing, power against the textbook, and coverage.

Decision rule of sizes: exact binomial tests at 1 % over all of them together (Bonferroni); a share that could be 5 % or
less passes, of a permutation test one that could be its attainable size. Of other figures |z| < LIMIT. Seeds are fixed.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, nct, norm, t

from simulation.results.trial import operating
from simulation.results.trial.analyse import analyse, attainable_size
from simulation.results.trial.blocks import Layout
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.design import tests_of as all_tests
from simulation.results.trial.evaluate import evaluate
from simulation.results.trial.operating import Estimates, Interval, Operating
from simulation.results.trial.survival import Risks, for_few, hazard_ratios
from tests.helpers import LIMIT
from tests.trials import People, drawn

REHEARSALS, WEEKS = 1000, 20
TRIALS: list[tuple[Lots, int]] = [
    (lots, number) for lots in ("individual", "cluster", "stepped_wedge") for number in (8, 18, 40)
]  # fmt: skip
ICCS, ALIKE = (0.0, 0.01, 0.05), (True, False)
SURE = 0.01 / (len(TRIALS) * len(ICCS) * len(ALIKE) * 10)
"""1 % for each of about ten tests in each of these trials."""


def sizes_of(number: int, alike: bool, mean: int = 60) -> list[int]:
    """Jobcentres of this size; or lognormal ones with a log sd of 0.8, the largest ten times the median or so."""
    weight = np.exp(0.0 if alike else 0.8 * norm.ppf((np.arange(number) + 0.5) / number)) * np.ones(number)
    return [max(round(size), 4) for size in (mean * number * weight / weight.sum()).tolist()]


def fit_for(test: operating.Test, lots: Lots) -> bool:
    """Its errors are for such lots: each person for herself where lots are of persons (or, of a difference in a stepped
    wedge, where jobcentres are held against themselves)."""
    if test.errors != "individual" or lots == "individual":
        return True
    return lots == "stepped_wedge" and test.measure == "difference"


@pytest.mark.slow
@pytest.mark.parametrize(("lots", "number"), TRIALS)
def test_no_test_rejects_too_often_where_treatment_does_nothing(lots: Lots, number: int) -> None:
    """Jobcentres alike and not, ICC 0, 0.01 and 0.05. And of whole jobcentres with an ICC of 0.05 the tests that take
    each person for herself are seen to fail."""
    design = Design(lots)
    for alike in ALIKE:
        for icc in ICCS:
            periods = 4 if lots == "stepped_wedge" else 1
            people = drawn(number, REHEARSALS, sizes_of(number, alike), lots, WEEKS, icc=icc, strata=periods)
            tally = people.tally(WEEKS)
            tests = all_tests(["exit_job", "hours"], design)
            assert len(tests) == 10
            for test, found in analyse(tally, design, tests).items():
                assert not np.isnan(found.p).any()
                rejected, which = int((found.p <= 0.05).sum()), (test, alike, icc)
                if test.errors == "permutation":
                    size = attainable_size(tally, design, test.outcome)
                    assert size <= 0.05 and binomtest(rejected, REHEARSALS, size).pvalue > SURE, (*which, size)
                elif fit_for(test, lots):
                    assert binomtest(rejected, REHEARSALS, 0.05, "greater").pvalue > SURE, which
                elif lots == "cluster" and icc == 0.05:
                    assert binomtest(rejected, REHEARSALS, 0.05, "greater").pvalue < SURE, which


@pytest.mark.slow
def test_a_hazard_ratio_in_few_jobcentres_needs_its_larger_error() -> None:
    """Eight jobcentres by lot: with Lin and Wei's error as it is, and a normal test, it rejects too often, in more than
    10 %; with the error that is made larger, and its degrees of freedom, it does not."""
    people = drawn(2, 2000, sizes_of(8, True), "cluster", WEEKS, icc=0.01)
    tally = people.tally(WEEKS)
    risks = Risks.of(tally.courses["exit_job"], tally, Layout.of(tally), Design("cluster"))
    found = hazard_ratios(risks).clustered
    size = np.abs(found.estimate / found.error)
    plain = norm.sf(size * for_few(risks, found.estimate)[0]) <= 0.025
    assert binomtest(int(plain.sum()), 2000, 0.10, "greater").pvalue < 0.01
    assert binomtest(int((t.sf(size, found.freedom) <= 0.025).sum()), 2000, 0.05, "greater").pvalue > 0.01


def tried(people: People, lots: Lots, test: operating.Test, truth: float, as_drawn: bool = True) -> Operating:
    found: Estimates = analyse(people.tally(WEEKS), Design(lots, as_drawn), [test])[test]
    return evaluate(test, found, truth=Interval(truth, truth, truth, 1))


def power_is(of: Operating, expected: float) -> None:
    z = (of.power.value - expected) / (expected * (1 - expected) / of.power.of) ** 0.5
    assert abs(z) < LIMIT, (of.power, expected)


def covers(of: Operating) -> None:
    """Its 95 % interval holds the truth in 95 %, and it has no bias."""
    assert of.coverage is not None and of.bias is not None
    assert binomtest(round(of.coverage.value * of.coverage.of), of.coverage.of, 0.95).pvalue > 1e-4
    assert abs(of.bias.value) < LIMIT * of.spread / of.bias.of**0.5


def left(rate: float) -> float:
    return float(-np.expm1(-rate * WEEKS))


@pytest.mark.slow
@pytest.mark.parametrize("effect", [0.15, 0.3])
def test_power_of_two_proportions(effect: float) -> None:
    """Φ(|p₁ − p₀| / √((p₁q₁ + p₀q₀) / n) − 1.96), n persons in each lot; with 95 % coverage, and no bias."""
    persons, shares = 1080, [left(0.03), left(0.03 * np.exp(effect))]
    test, truth = operating.Test("exit_job", "difference", "individual"), shares[1] - shares[0]
    of = tried(drawn(3, 4000, sizes_of(18, True), "individual", WEEKS, effect=effect), "individual", test, truth)
    error = (sum(p * (1 - p) for p in shares) / (persons / 2)) ** 0.5
    power_is(of, norm.cdf(truth / error - 1.959964) + norm.cdf(-truth / error - 1.959964))
    covers(of)


@pytest.mark.slow
@pytest.mark.parametrize(("effect", "other"), [(0.2, 0.0), (0.3, 0.02)])
def test_power_of_a_log_rank_test_is_schoenfelds(effect: float, other: float) -> None:
    """Φ(|log ratio| √(d / 4) − 1.96) with d expected exits, of which other exits leave fewer (Schoenfeld 1981)."""
    people = drawn(4, 4000, sizes_of(18, True), "individual", WEEKS, effect=effect, other=other)
    exits = float((people.fate == 0).sum(axis=1).mean())
    measures: tuple[operating.Measure, ...] = ("log_rank", "hazard_ratio")
    for measure in measures:
        of = tried(people, "individual", operating.Test("exit_job", measure, "individual"), effect)
        power_is(of, float(norm.cdf(effect * (exits / 4) ** 0.5 - 1.959964)))


@pytest.mark.slow
@pytest.mark.parametrize("icc", [0.0, 0.02])
def test_power_with_lots_of_whole_jobcentres_has_the_design_effect(icc: float) -> None:
    """Student's test of two times nine jobcentres of m persons: noncentral t with the variance 1 + (m − 1) ICC times
    that of persons, of clustered errors and of the permutation test. Its 95 % interval covers in 95 %."""
    size, effect = 60, 0.8
    people = drawn(5, 4000, sizes_of(18, True), "cluster", WEEKS, effect=effect, icc=icc)
    variance = 9.0 / (1 - icc) * (1 + (size - 1) * icc) / (9 * size) * 2
    critical, away = t.ppf(0.975, 16), effect / variance**0.5
    expected = nct.sf(critical, 16, away) + nct.cdf(-critical, 16, away)
    clustered = tried(people, "cluster", operating.Test("hours", "difference", "clustered"), effect)
    permutation = tried(people, "cluster", operating.Test("hours", "difference", "permutation"), effect)
    power_is(clustered, float(expected))
    covers(clustered)
    assert permutation.power.value == pytest.approx(float(expected), abs=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("errors", ["individual", "clustered"])
def test_who_is_lost_costs_precision_but_makes_no_bias(errors: operating.Errors) -> None:
    """A third are lost, others leave elsewhere: the difference in Aalen and Johansen's shares is right on the mean, and
    its interval covers in 95 %."""
    rates = 0.03, 0.03 * np.exp(0.3)
    shares = [rate / (rate + 0.02) * left(rate + 0.02) for rate in rates]
    people = drawn(6, 4000, sizes_of(18, True), "individual", WEEKS, effect=0.3, other=0.02, lost=0.03)
    assert 0.25 < float((people.fate == 2).mean()) < 0.4
    covers(tried(people, "individual", operating.Test("exit_job", "difference", errors), shares[1] - shares[0]))


@pytest.mark.slow
@pytest.mark.parametrize("lots", ["encouragement", "cluster"])
def test_the_effect_on_those_who_take_it_up_is_covered(lots: Lots) -> None:
    """Six of ten take it up: the interval by two-stage least squares holds what treatment does to them in 95 %, and by
    lot it is six tenths of that."""
    people = drawn(7, 4000, sizes_of(18, True), lots, WEEKS, effect=1.0, icc=0.01, takes_up=0.6)
    effects: tuple[tuple[operating.Population, float], ...] = (("treated", 1.0), ("itt", 0.6))
    for who, truth in effects:
        covers(tried(people, lots, operating.Test("hours", "difference", "clustered", who), truth, as_drawn=False))
