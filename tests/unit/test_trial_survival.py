"""Log-rank tests and hazard ratios between lots: by hand, against the likelihood, and against scipy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import CensoredData, logrank

from simulation.results.trial import operating
from simulation.results.trial.analyse import analyse
from simulation.results.trial.blocks import Layout
from simulation.results.trial.design import Design, Lots
from simulation.results.trial.design import tests_of as all_tests
from simulation.results.trial.regression import Clusters, Regression
from simulation.results.trial.survival import Risks, for_few, hazard_ratios, log_rank, log_rank_clustered, ratio_of_all
from simulation.results.trial.tally import Course, Tally
from simulation.world.spec import Floats, Ints
from tests.trials import People, drawn
from tests.unit.test_trial_regression import by_matrices
from tests.weekly import Persons, best, minus_log_likelihood

SIZES = (9, 14, 5, 22, 11, 17, 8)
WEEKS = 20


def risks_of(people: People, lots: Lots) -> Risks:
    tally = people.tally(WEEKS)
    return Risks.of(tally.courses["exit_job"], tally, Layout.of(tally), Design(lots))


def tally_of(events: list[list[list[int]]], persons: list[list[int]]) -> Tally:
    """One rehearsal with a cell for each jobcentre: events of shape (jobcentres, lots, weeks)."""
    each, number = np.array([events]), np.array([persons])
    course = Course(each, 0 * each, 0 * each)
    places = np.arange(len(persons))
    return Tally(places, 0 * places, number, number, {"exit_job": course}, {})


def persons_of(people: People, rehearsal: int, some: Ints) -> Persons:
    """As the tests of Cox's likelihood have them; who is lost in a week is not at risk in it."""
    week, fate = people.week[rehearsal][some], people.fate[rehearsal][some]
    seen = np.select([fate == 3, fate == 1], [WEEKS, week + 1], week)  # who leaves elsewhere was at risk in that week
    return Persons(np.where(fate == 0, week, seen), (fate == 0).astype(int), people.lot[rehearsal][some], 0 * some)


def test_one_week_by_hand() -> None:
    """Of 4 treated 3 leave, of 6 controls 1: expected are 4 · 0.4 = 1.6, the variance is 4 · 0.4 · 0.6 · 6 / 9."""
    tally = tally_of([[[1], [3]]], [[6, 4]])
    found = log_rank(Risks.of(tally.courses["exit_job"], tally, Layout.of(tally), Design("individual")))
    assert (found.estimate[0], found.error[0]) == pytest.approx((3 - 1.6, (4 * 0.4 * 0.6 * 6 / 9) ** 0.5))


def test_jobcentres_are_compared_within_themselves() -> None:
    """In either of two jobcentres both lots leave alike: nothing is found, though more of the treated leave, for most
    of them are where many do."""
    tally = tally_of([[[10], [40]], [[20], [10]]], [[20, 80], [100, 50]])
    test = operating.Test("exit_job", "log_rank", "individual")
    assert analyse(tally, Design("individual"), [test])[test].p[0] == pytest.approx(1.0)
    assert analyse(tally, Design("cluster"), [test])[test].p[0] < 0.05


def test_it_is_scipys_log_rank_test() -> None:
    """Of one jobcentre with everybody seen, for scipy censors at the end of a week."""
    people = drawn(8, 5, (120,), "individual", WEEKS, 0.08, 0.4)
    test = operating.Test("exit_job", "log_rank", "individual")
    found = analyse(people.tally(WEEKS), Design("individual"), [test])[test]
    for rehearsal in range(5):
        lots = [persons_of(people, rehearsal, np.flatnonzero(people.lot[rehearsal] == lot)) for lot in (0, 1)]
        control, treated = (CensoredData.right_censored(of.week, of.left == 0) for of in lots)
        assert found.p[rehearsal] == pytest.approx(logrank(treated, control).pvalue)
    assert all(np.isnan(each).all() for each in (found.estimate, found.error, found.low))


@pytest.mark.parametrize("lots", ["individual", "cluster"])
def test_the_ratio_is_the_top_of_the_likelihood(lots: Lots) -> None:
    """With others who leave elsewhere or are lost: of all persons together, or the product over jobcentres."""
    people = drawn(9, 3, (40, 60, 50), lots, WEEKS, 0.05, 0.5, 0.02, 0.02)
    found = hazard_ratios(risks_of(people, lots)).individual
    strata = [np.arange(150)] if lots == "cluster" else [np.flatnonzero(people.jobcentre == g) for g in range(3)]
    for rehearsal in range(3):
        each = [persons_of(people, rehearsal, some) for some in strata]
        at = float(found.estimate[rehearsal])
        around = [sum(minus_log_likelihood(at + step, of) for of in each) for step in (-1e-3, 0.0, 1e-3)]
        curve = (around[0] - 2 * around[1] + around[2]) / 1e-6
        assert (around[2] - around[0]) / 2e-3 / curve == pytest.approx(0.0, abs=1e-5)
        assert found.error[rehearsal] == pytest.approx(curve**-0.5, rel=1e-4)
        if lots == "cluster":
            assert at == pytest.approx(best(each[0]), abs=1e-6)


def test_a_clustered_log_rank_test_is_about_the_plain_one_where_jobcentres_are_alike() -> None:
    """Of forty: over rehearsals the statistics go together, and where lots are of persons the numerator is the same.
    (In a stepped wedge the clustered one looks at jobcentres before and after, too.)"""
    for lots in ("cluster", "individual", "stepped_wedge"):
        people = drawn(10, 60, (30,) * 40, lots, WEEKS, strata=4 if lots == "stepped_wedge" else 1)
        risks = risks_of(people, lots)
        persons = Layout.of(people.tally(WEEKS)).arranged(people.tally(WEEKS).persons).astype(float)
        plain = log_rank(risks)
        clustered = log_rank_clustered(risks, Clusters.of(Regression.of(persons, lots)))
        both = [found.estimate / found.error for found in (plain, clustered)]
        assert np.corrcoef(both)[0, 1] > (0.7 if lots == "stepped_wedge" else 0.95)
        if lots == "individual":
            weight = persons.prod(axis=3) / persons.sum(axis=3)
            assert plain.estimate == pytest.approx(clustered.estimate * weight.sum(axis=(1, 2)))


def test_the_clustered_error_of_a_ratio_is_larger_for_few() -> None:
    """Of whole jobcentres each of n has 2 / n of its lot's exits, so the variance is 1 / (1 − 2 / n) times as large as
    Lin and Wei's, about, and there are n − 2 degrees of freedom; with lots of persons 1 / (1 − 1 / n) and n − 1."""
    for lots, of_lot in (("cluster", 2.0), ("individual", 1.0)):
        for number in (8, 20):
            people = drawn(11, 10, (200,) * number, lots, WEEKS, 0.05)
            found = hazard_ratios(risks_of(people, lots)).clustered
            raw = raw_errors(people, lots, number)
            factor = (1 - of_lot / number) ** -0.5
            assert np.mean(found.error / raw) == pytest.approx(factor, rel=0.02)
            assert np.mean(found.freedom) == pytest.approx(number - of_lot, rel=0.02)


@pytest.mark.parametrize(("lots", "strata"), [("individual", 1), ("cluster", 1), ("stepped_wedge", 4)])
def test_how_much_larger_is_what_cr2_makes_of_expected_exits(lots: Lots, strata: int) -> None:
    """By plain matrices with a row for each block that can leave: weights are its expected exits at the hazard ratio,
    outcomes how far it is from them, and regressors are lots and what they are compared within."""
    people = drawn(16, 3, (30, 22, 41, 18, 25, 36), lots, WEEKS, 0.05, 0.7, icc=0.05, strata=strata)
    risks = risks_of(people, lots)
    found = hazard_ratios(risks)
    larger, freedom = for_few(risks, found.individual.estimate)
    for rehearsal in range(3):
        ratio, rows = float(np.exp(found.individual.estimate[rehearsal])), []
        there, left = risks.at_risk[rehearsal], risks.events[rehearsal]
        for place, period, lot in np.argwhere(there[..., 0] > 0):
            within = {"individual": np.s_[place, :], "cluster": np.s_[:, :]}.get(lots, np.s_[:, period])
            compared = [each[within].reshape(-1, 2, WEEKS).sum(axis=0) for each in (there, left)]
            hazard = compared[1].sum(axis=0) / np.maximum(compared[0][0] + ratio * compared[0][1], 1e-9)
            expected = (ratio**lot * there[place, period, lot] * hazard).sum()
            group = {"individual": place, "cluster": 0}.get(lots, period)
            rows.append((place, group, lot, expected, left[place, period, lot].sum()))
        place, group, lot, expected, exits = np.array(rows).T
        root = np.sqrt(expected)
        x = root[:, None] * np.column_stack((lot, group[:, None] == np.unique(group)[None, :]))
        y = (exits - expected) / root
        _, _, error, of = by_matrices(x, y, place)
        bread = np.linalg.pinv(x.T @ x)
        scores = (x @ bread)[:, 0] * (y - x @ bread @ x.T @ y)
        plain = sum(scores[place == g].sum() ** 2 for g in np.unique(place)) ** 0.5
        assert (larger[rehearsal], freedom[rehearsal]) == pytest.approx((error / plain, of), rel=1e-6)


def raw_errors(people: People, lots: Lots, number: int) -> Floats:
    """Lin and Wei's, by leaving out: to first order a cluster's score is what the estimate loses without it."""
    risks = risks_of(people, lots)
    whole = hazard_ratios(risks).individual.estimate
    lost = []
    for place in range(number):
        others = [g for g in range(number) if g != place]
        without = Risks(risks.at_risk[:, others], risks.events[:, others], risks.pooled)
        lost.append(hazard_ratios(without).individual.estimate - whole)
    share = (1 - 2.0 / number) if lots == "cluster" else 1 - 1.0 / number  # a jackknife goes that much farther
    return np.asarray(np.sqrt((np.array(lost) ** 2).sum(axis=0))) * share


def test_where_nobody_leaves_nothing_is_told() -> None:
    """Neither p nor ratio; the rehearsal beside it has its own."""
    people = drawn(12, 2, SIZES, "cluster", WEEKS, 0.05, 0.3)
    nobody = people._replace(fate=np.where(np.arange(2)[:, None] == 0, 3, people.fate))
    design = Design("cluster")
    tests = [test for test in all_tests(["exit_job"], design) if test.measure != "difference"]
    for test, found in analyse(nobody.tally(WEEKS), design, tests).items():
        assert np.isnan(found.p[0]) and 0 <= found.p[1] <= 1, test


def test_one_ratio_of_all_rehearsals() -> None:
    """Of large trials it is about the mean of theirs, and the truth of exponential times."""
    people = drawn(13, 40, (500, 500), "individual", WEEKS, 0.05, 0.4)
    tally = people.tally(WEEKS)
    of_all = ratio_of_all(tally, Design("individual"), "exit_job")
    each = hazard_ratios(risks_of(people, "individual")).individual.estimate
    assert of_all.value == pytest.approx(each.mean(), abs=0.005)
    assert of_all.low < 0.4 < of_all.high and of_all.of == 40


def test_counts_may_be_kept_in_few_bits() -> None:
    """Of 400 persons 150 leave to a job and 150 elsewhere in one week: each fits into eight bits, both do not."""
    tally = tally_of([[[150, 1], [150, 20]]], [[400, 400]])
    course, design = tally.courses["exit_job"], Design("individual")
    tests = [test for test in all_tests(["exit_job"], design) if test.errors == "individual"]
    found = []
    for kind in (np.int64, np.uint8):
        course = Course(course.events.astype(kind), course.events.astype(kind), course.lost.astype(kind))
        found.append(analyse(replace(tally, courses={"exit_job": course}), design, tests))
    for test in tests:
        assert np.array_equal(found[0][test].p, found[1][test].p) and found[0][test].p[0] < 0.5


def test_rehearsals_in_parts_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """To the last bit, however many are analysed at once."""
    design = Design("cluster")
    tally = drawn(14, 7, SIZES, "cluster", WEEKS, 0.05, 0.3).tally(WEEKS)
    tests = all_tests(["exit_job", "hours"], design)
    whole = analyse(tally, design, tests)
    monkeypatch.setattr("simulation.results.trial.analyse.TOGETHER", 3 * tally.persons[0].size * 2 * WEEKS)
    for test, found in analyse(tally, design, tests).items():
        assert len(found.p) == 7 and np.array_equal(found.p, whole[test].p)
        assert np.array_equal(found.estimate, whole[test].estimate, equal_nan=True)
