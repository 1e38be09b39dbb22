"""How alike people of one jobcentre are, where power is enough, and trials that are stopped early."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f_oneway, norm

from simulation.results.trial.design import Design
from simulation.results.trial.design import tests_of as all_tests
from simulation.results.trial.evaluate import share_in
from simulation.results.trial.operating import Estimates, Interval
from simulation.results.trial.sizes import clustering, needed
from simulation.results.trial.stopping import as_far_as_seen, stopped
from simulation.results.trial.tally import Course, Moments, Tally
from tests.helpers import LIMIT
from tests.trials import drawn

SIZES = (9, 14, 5, 22, 11, 17, 8)


def test_three_jobcentres_by_hand() -> None:
    """Numbers 1 3, 5 7 and 9 11: mean squares are 2 inside and 32 between, so the ICC is 30 / 34 and of 4 persons each
    (both lots) the design effect is 1 + 3 · 30 / 34."""
    values = np.array([[1.0, 3.0], [5.0, 7.0], [9.0, 11.0]])
    number = np.full((1, 3, 2), 2)
    sums, squares = (np.stack(((values**power).sum(axis=1), np.zeros(3)), axis=1)[None] for power in (1, 2))
    tally = Tally(np.arange(3), np.zeros(3, int), number, number, {}, {"hours": Moments(number, sums, squares)})
    found = clustering(tally, "hours")
    assert found.icc.value == pytest.approx(30 / 34) and found.icc.of == 1
    assert found.design_effect.value == pytest.approx(1 + 3 * 30 / 34)


def test_a_jobcentre_without_anybody_is_none() -> None:
    """The correlation is that of the others, and so is the mean size."""
    tally = drawn(2, 4, SIZES, "individual", icc=0.1).tally(20)
    of, places = tally.moments["hours"], np.arange(len(SIZES))
    for counts in of:
        counts[:, [1, 5]] = 0
    others = [place for place in places if place not in (1, 5)]
    without = Tally(
        tally.jobcentre[others], tally.stratum[others], tally.persons[:, others], tally.taken_up[:, others], {},
        {"hours": Moments(of.persons[:, others], of.sums[:, others], of.squares[:, others])},
    )  # fmt: skip
    for lots in ((0,), (0, 1)):
        for one, other in zip(clustering(tally, "hours", lots), clustering(without, "hours", lots), strict=True):
            assert one == pytest.approx(other)


def test_mean_squares_are_scipys() -> None:
    """F = (1 + (m − 1) ICC) / (1 − ICC), solved for ICC with the usual size m of unequal jobcentres; both lots, and an
    exit as well as a number."""
    people = drawn(2, 4, SIZES, "individual", icc=0.1)
    tally = people.tally(20)
    usual = (sum(SIZES) - sum(n**2 for n in SIZES) / sum(SIZES)) / (len(SIZES) - 1)
    for outcome, of_person in (("hours", people.number), ("exit_job", people.fate == 0)):
        groups = [[row[people.jobcentre == g].astype(float) for g in range(len(SIZES))] for row in of_person]
        f = np.array([f_oneway(*of_rehearsal).statistic for of_rehearsal in groups])
        expected = (f - 1) / (f - 1 + usual)
        assert clustering(tally, outcome, (0, 1)).icc.value == pytest.approx(expected.mean())


@pytest.mark.parametrize("icc", [0.0, 0.05])
def test_the_correlation_is_found_and_the_design_effect_is_what_it_does(icc: float) -> None:
    """Of normal numbers in jobcentres of unequal size. Rule: the ICC is within LIMIT standard errors of the truth; the
    variance of differences between rehearsals with lots of whole jobcentres, over that with lots of persons, is 1 +
    (Σn² / Σn − 1) ICC, its logarithm within LIMIT of its standard errors, √(4 / rehearsals)."""
    sizes, rehearsals = tuple(range(10, 90, 4)), 1000
    clustered, persons = (drawn(3, rehearsals, sizes, lots, icc=icc).tally(20) for lots in ("cluster", "individual"))
    found = clustering(clustered, "hours", (0, 1))
    error = (found.icc.high - found.icc.value) / 1.96
    assert abs(found.icc.value - icc) < LIMIT * error
    variances = []
    for tally in (clustered, persons):
        of = tally.moments["hours"]
        mean = of.sums.sum(axis=1) / of.persons.sum(axis=1)
        variances.append(float(np.var(mean[:, 1] - mean[:, 0])))
    expected = 1 + (sum(n**2 for n in sizes) / sum(sizes) - 1) * icc
    assert found.design_effect.low < expected < found.design_effect.high
    assert np.log(variances[0] / variances[1] / expected) == pytest.approx(0.0, abs=LIMIT * (4 / rehearsals) ** 0.5)


def powers_of(sizes: list[float], scale: float, of: int = 1000) -> list[Interval]:
    return [share_in(np.arange(of) < round(of * norm.cdf(scale * n**0.5 - 1.959964))) for n in sizes]


def test_the_size_for_80_percent_is_where_the_textbook_has_it() -> None:
    """Φ(s √n − 1.96) is 80 % at n = (2.80 / s)²; between those simulated, and beyond them, from several or from one."""
    scale = 2.801585 / 1000**0.5
    for sizes in ([250, 500, 2000], [1600, 900], [250, 500], [500], [1500]):
        found, within = needed(sizes, powers_of(sizes, scale))
        assert found.value == pytest.approx(1000, rel=0.03)
        assert within is (len(sizes) > 1 and max(sizes) > 1000) and found.low < found.value < found.high


def test_where_power_stays_at_the_size_of_the_test_nothing_is_told() -> None:
    """2 of 100 rejected at either size: no size is large enough, as far as is known; nor does a power that falls by
    chance break the line."""
    few = [share_in(np.arange(100) < 2)] * 2
    found, within = needed([100, 200], few)
    assert np.isnan(found.value) and not within
    falls = [share_in(np.arange(100) < n) for n in (60, 58, 95)]
    assert 200 < needed([100, 200, 400], falls)[0].value < 400


def test_a_power_of_one_has_an_answer() -> None:
    """All of 100 rejected at the least size simulated: it needs fewer, and how many was not simulated."""
    found, within = needed([100], [share_in(np.ones(100, dtype=bool))])
    assert 0 < found.value < 100 and not within


def test_what_a_trial_that_stops_early_publishes() -> None:
    """Below 0.01 at the first look, at the second, never, and unknown at both: the first such look counts."""
    nothing = np.zeros(4)

    def found(estimate: float, p: list[float]) -> Estimates:
        return Estimates(np.full(4, estimate), nothing, nothing, np.array(p), nothing, nothing)

    looks = [found(1.0, [0.001, 0.5, 0.02, np.nan]), found(2.0, [0.001, 0.001, 0.5, np.nan])]
    published, share = stopped(looks, found(3.0, [0.5, 0.5, 0.04, 0.5]), 0.01)
    assert published.estimate.tolist() == [1.0, 2.0, 3.0, 3.0] and published.p.tolist() == [0.001, 0.001, 0.04, 0.5]
    assert share.value == 0.5 and share.of == 4


def test_a_look_shows_exits_as_far_as_they_are_seen() -> None:
    """All who are left are lost by week 3, as when nobody was enrolled earlier: of the whole follow-up nothing is
    known, of the weeks before it is."""
    each = np.array([[3, 2, 1, 0, 0]] * 2).reshape(1, 1, 2, 5)
    lost = np.array([[0, 0, 2, 12, 0]] * 2).reshape(1, 1, 2, 5)
    number = np.array([[[20, 20]]])
    tally = Tally(np.zeros(1, int), np.zeros(1, int), number, number, {"exit_job": Course(each, 0 * each, lost)}, {})
    seen = as_far_as_seen(tally).courses["exit_job"]
    assert seen.events.sum(axis=-1).ravel().tolist() == [6, 6] and seen.lost.sum() == 4
    whole = drawn(2, 4, SIZES, "individual").tally(20)
    pair = as_far_as_seen(whole).courses["exit_job"], whole.courses["exit_job"]
    assert all(np.array_equal(one, other) for one, other in zip(*pair, strict=True)), "nobody is lost"


def test_every_test_that_makes_sense() -> None:
    """Exits have hazards; where all are treated as drawn there is one effect. Errors are those that lots demand."""
    assert [Design(lots).standard for lots in ("birth_date", "stepped_wedge")] == ["individual", "clustered"]
    assert len(all_tests(["exit_job", "hours"], Design("individual"))) == 3 + 4 + 3
    every = all_tests(["exit_any"], Design("encouragement", as_drawn=False))
    treated = [test for test in every if test.population == "treated"]
    assert [(test.measure, test.errors) for test in treated] == [("difference", "clustered")]
