"""How often a test is right, by hand from few rehearsals, and against what normal estimates must give."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, norm, ttest_1samp

from simulation.results.trial import operating
from simulation.results.trial.evaluate import evaluate
from simulation.results.trial.operating import Estimates, Interval
from simulation.results.trial.regression import Found
from simulation.results.trial.student import by_t
from simulation.world.spec import Floats

TEST = operating.Test("exit_job", "difference", "individual")
TRUTH = Interval(1.0, 0.9, 1.1, 1000)


def normal(estimate: Floats, error: float = 1.0) -> Estimates:
    whole = np.full(len(estimate), np.inf)
    return by_t(Found(estimate, np.full(len(estimate), error), whole), 0.05)


def test_four_rehearsals_by_hand() -> None:
    """Of estimates 3, 2, −2.5, 0.5 with error 1 three are beyond 1.96, one with the wrong sign; they are 2.5 times the
    truth of 1 on the mean. Intervals of 3 and 0.5 ± 1.96: 2 and 0.5 hold it, 3 and −2.5 do not."""
    of = evaluate(TEST, normal(np.array([3.0, 2.0, -2.5, 0.5])), truth=TRUTH)
    exact = binomtest(3, 4).proportion_ci()
    assert of.power == pytest.approx((0.75, exact.low, exact.high, 4))
    assert of.estimate.value == pytest.approx(0.75) and of.error == 1.0
    student = ttest_1samp([3.0, 2.0, -2.5, 0.5], 0.0).confidence_interval()
    assert of.estimate[1:] == pytest.approx((student.low, student.high, 4))
    assert of.spread == pytest.approx(np.std([3.0, 2.0, -2.5, 0.5], ddof=1))
    assert of.bias is not None and of.bias.value == pytest.approx(-0.25)
    assert of.bias.high - of.bias.value == pytest.approx(np.hypot(of.estimate.high - 0.75, 0.1))
    assert of.coverage is not None and of.coverage.value == 0.5
    assert of.type_s is not None and of.type_s[0] == pytest.approx(1 / 3) and of.type_s.of == 3
    assert of.type_m is not None and of.type_m.value == pytest.approx(2.5)
    assert of.type_i is None and of.smallest is None


def test_who_has_no_answer_does_not_reject() -> None:
    """And is in no mean: of two rehearsals one finds, so power is a half."""
    of = evaluate(TEST, normal(np.array([3.0, np.nan])), truth=TRUTH)
    assert of.power.value == 0.5 and of.power.of == 2
    assert of.estimate[0] == 3.0 and np.isnan(of.estimate.low) and of.estimate.of == 1
    assert of.coverage is not None and of.coverage.of == 1


def test_of_no_answer_at_all_nothing_is_told_but_that_nothing_was_found() -> None:
    """Power 0 of so many; no bias, no coverage."""
    of = evaluate(TEST, normal(np.full(3, np.nan)), normal(np.full(3, np.nan)), truth=TRUTH)
    assert of.power.value == 0.0 and of.type_i is not None and of.type_i.value == 0.0
    assert np.isnan(of.estimate.value) and np.isnan(of.spread) and np.isnan(of.error)
    assert of.bias is None and of.coverage is None and of.type_s is None and of.smallest is None


@pytest.mark.parametrize("sign", [1, -1])
def test_normal_estimates_have_the_power_of_the_textbook(sign: int) -> None:
    """Truth 2 errors: power Φ(2 − 1.96) + Φ(−2 − 1.96), size 5 %, coverage 95 %, and what is found in 80 % is 1.96 +
    0.84 errors, in the direction of the truth. Rule: exact intervals at 1 − 1e-4 of 20,000 draws; of the smallest, its
    own interval, which is no wider than 0.1."""
    luck, many = np.random.default_rng(2), 20_000
    null, found = luck.normal(0, 1, many), luck.normal(2.0 * sign, 1, many)
    of = evaluate(TEST, normal(found), normal(null), normal(null), Interval(2.0 * sign, 2.0 * sign, 2.0 * sign, 1))
    assert of.type_i is not None and of.coverage is not None and of.type_s is not None and of.smallest is not None
    power, wrong = norm.cdf(2 - 1.959964), norm.cdf(-2 - 1.959964)
    expected = ((of.power, power + wrong), (of.type_i, 0.05), (of.coverage, 0.95), (of.type_s, wrong / (power + wrong)))
    for share, expected_share in expected:
        assert binomtest(round(share.value * share.of), share.of, expected_share).pvalue > 1e-4
    low, high = sorted((of.smallest.low, of.smallest.high))
    assert low < sign * (1.959964 + 0.841621) < high and high - low < 0.1
    assert of.effects_off == of.type_i
