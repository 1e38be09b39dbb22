"""Means over replications: intervals that stay within what is possible and that no lack of variance makes narrow, and
how they are written."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import beta, binom
from scipy.stats import t as student

from simulation.experiments.numbers import MOST_REPLICATIONS
from simulation.report.words import number, span, with_interval
from simulation.results.ends import FEW, ranks_below
from simulation.results.intervals import (
    ANY,
    COUNTED,
    NAN,
    Estimate,
    Pair,
    Scale,
    apart_each,
    estimate,
    estimates,
)

SHARE = Scale(0.0, 1.0, 100)
ONE = Scale(0.0, 1.0, 1)
WAITS = Scale(0.0, math.inf, 1)  # of one jobcentre, without an upper end


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 0.168), (19, 0.751, 0.999), (13, 0.408, 0.846), (20, 0.832, 1.0), (1, 0.001, 0.249)],
)
def test_a_count_of_replications_has_the_exact_binomial_interval(count: int, low: float, high: float) -> None:
    e = estimate(np.repeat([1.0, 0.0], [count, 20 - count]), ONE)
    assert (e.low, e.high) == pytest.approx((low, high), abs=5e-4)
    assert e.low == pytest.approx(beta.ppf(0.025, count, 21 - count) if count else 0.0)


@pytest.mark.parametrize("n", [2, 3, 5, 20, 60])
@pytest.mark.parametrize("scale", [SHARE, ONE, Scale(0.0, 1.0), COUNTED, Scale(-1.0, 1.0), Scale(0.0, 1.0, 7), WAITS])
def test_no_interval_leaves_what_is_possible(n: int, scale: Scale) -> None:
    """Whatever the values: around the mean, in order, and within the ends."""
    luck = np.random.default_rng(n)
    highest = scale.highest if math.isfinite(scale.highest) else 40.0
    for chance in (0.02, 0.2, 0.5, 0.9, 1.0):
        for _ in range(40):
            values = scale.lowest + (highest - scale.lowest) * luck.random(n) ** 4 * (luck.random(n) < chance)
            for mirrored in (values, scale.lowest + highest - values):
                e = estimate(mirrored, scale)
                assert scale.lowest <= e.low <= e.value <= e.high <= scale.highest
                assert scale.lowest <= e.trial_low <= e.trial_high <= scale.highest
                assert e.trial_low <= mirrored.min() or n > 39


def test_what_none_has_and_has_no_upper_end() -> None:
    """The rule of three, an event in one counting 1."""
    e = estimate(np.zeros(20), WAITS)
    assert (e.low, e.high) == (0.0, pytest.approx(-math.log(0.025) / 20))


@pytest.mark.parametrize("n", [2, 5, 20, 200])
def test_where_none_was_seen_there_may_be_some(n: int) -> None:
    """The rule of three over all persons; the mirror image where everybody has it; one event is not surer than none."""
    none, everybody = estimate(np.zeros(n), SHARE), estimate(np.ones(n), SHARE)
    assert (none.low, none.high) == (0.0, pytest.approx(1 - 0.025 ** (1 / (100 * n))))
    assert (everybody.low, everybody.high) == (pytest.approx(1 - none.high), 1.0)
    one = estimate(np.append(np.zeros(n - 1), 0.001), SHARE)
    assert one.high >= none.high
    assert estimate(np.zeros(n), Scale(0.0, 1.0)).high == pytest.approx(1 - 0.025 ** (1 / n))
    assert estimate(np.zeros(n), COUNTED).high == pytest.approx(-math.log(0.025) / n)
    assert estimate(np.zeros(n), SHARE).trial_high > 0 or n > 39


def test_agreement_of_few_is_chance_and_of_many_is_not() -> None:
    few, many = estimate(np.full(FEW - 1, 0.5), SHARE), estimate(np.full(FEW, 0.5), SHARE)
    assert few.low < 0.49 and few.high > 0.51 and many.low == many.high == 0.5
    assert estimate(np.full(3, 2.0), COUNTED)[1:3] == (2.0, 2.0)  # staff of two


@pytest.mark.parametrize("n", [5, 20, 100])
def test_of_ordinary_figures_it_is_students(n: int) -> None:
    """Of symmetric values in the middle, and of large counts, to a few per cent; by SciPy."""
    values = np.linspace(-1, 1, n)
    for centre, size, scale in ((0.5, 0.02, SHARE), (300.0, 10.0, COUNTED), (0.0, 1.0, ANY), (0.1, 0.2, Scale(-1, 1))):
        e = estimate(centre + size * values, scale)
        half = student.ppf(0.975, n - 1) * size * values.std(ddof=1) / np.sqrt(n)
        assert (e.high - e.value) / half == pytest.approx(1, abs=0.12 if n == 5 else 0.05)
        assert (e.value - e.low) / half == pytest.approx(1, abs=0.12 if n == 5 else 0.05)


def test_it_is_longer_on_the_side_of_the_long_tail() -> None:
    values = np.array([0.0] * 6 + [1.0] * 6 + [2.0] * 6 + [9.0, 12.0])
    e = estimate(values, COUNTED)
    assert e.high - e.value > 1.5 * (e.value - e.low)
    low, high = (estimate(sign * values, ANY) for sign in (1, -1))
    assert low.high - low.value == pytest.approx(high.value - high.low)


def test_the_level_can_be_asked_for() -> None:
    values = np.linspace(0.2, 0.4, 20)
    widths = [e.high - e.low for e in (estimate(values, SHARE, level) for level in (0.8, 0.95, 0.995))]
    assert widths == sorted(widths) and widths[2] > 1.3 * widths[1]


def test_a_difference_is_as_wide_as_what_it_is_made_of() -> None:
    """Of arms without any event it is not 0 ± 0; of ordinary ones it is Student's of the difference, paired or not."""
    (nothing,) = apart_each([Pair(np.zeros(20), np.zeros(20), (SHARE, SHARE), Scale(-1, 1))])
    assert nothing.value == 0 and nothing.high == -nothing.low == pytest.approx(1 - 0.025 ** (1 / 2000))
    luck = np.random.default_rng(1)
    shared = luck.normal(0, 0.02, 20)
    one, other = 0.5 + shared + luck.normal(0, 0.004, 20), 0.4 + shared + luck.normal(0, 0.004, 20)
    (e,), plain = apart_each([Pair(one, other, (SHARE, SHARE), Scale(-1, 1))]), estimate(one - other, ANY)
    assert e.high - e.low == pytest.approx(plain.high - plain.low, rel=0.3)
    assert e.high - e.low < 0.7 * (estimate(one, SHARE).high - estimate(one, SHARE).low)


LATE = Scale(0.0, horizon=52)


@pytest.mark.parametrize(
    ("values", "value", "low", "high"),
    [([40.0] * 10 + [NAN] * 10, NAN, 40.0, NAN), ([40.0] * 11 + [NAN] * 9, 40.0, 40.0, NAN),
     ([*range(30, 48), NAN, NAN], 39.5, 35.0, 44.0), ([NAN] * 20, NAN, NAN, NAN), ([44.0, NAN], NAN, NAN, NAN)],
)  # fmt: skip
def test_a_time_that_some_do_not_come_to_is_the_median_of_all(
    values: list[float], value: float, low: float, high: float
) -> None:
    """With the interval of ranks: of 20 the 6th and the 15th, beyond which more lie with a chance of 2.1 %."""
    e = estimate(np.array(values, dtype=float), LATE)
    assert (e.value, e.low, e.high) == pytest.approx((value, low, high), nan_ok=True)
    assert (e.n, e.of, e.beyond) == (sum(not math.isnan(v) for v in values), len(values), 52)
    assert math.isnan(estimate(np.array(values, dtype=float), Scale(horizon=math.inf)).value)


def whole(value: float, low: float, high: float, n: int = 20, of: int = 20, beyond: float = NAN) -> Estimate:
    return Estimate(value, low, high, NAN, NAN, 0.1, n, of, beyond)


@pytest.mark.parametrize(
    ("unit", "e", "text"),
    [
        ("share", whole(0.0722, 0.0665, 0.0780), "7.2 ± 0.6"),
        ("share", whole(0.1368, 0.1364, 0.1372), "13.68 ± 0.04"),
        ("share", whole(0.0, 0.0, 0.168), "0.0 [0.0, 16.8]"),
        ("share", whole(0.0, 0.0, 0.0018), "0.0 [0.0, 0.18]"),
        ("share", whole(0.0004, 0.0001, 0.0012), "0.04 [0.01, 0.12]"),
        ("weeks", whole(4.0, 4.0, 4.0), "4.0"),
        ("weeks", whole(0.0034, 0.0034, 0.0034), "0.003"),
        ("weeks", whole(12.3, 11.9, 12.7, 17), "12.3 ± 0.4 (in 17 of 20)"),
        ("weeks", whole(NAN, NAN, NAN, 0), "–"),
        ("weeks", whole(NAN, NAN, NAN, 3), "– (known in 3 of 20)"),
        ("weeks", whole(NAN, 49.0, NAN, 8, beyond=52.0), "beyond 52 (reached in 8 of 20)"),
        ("weeks", whole(NAN, NAN, NAN, 0, beyond=52.0), "beyond 52"),
        ("weeks", whole(47.6, 45.0, NAN, 15, beyond=52.0), "47.6 [45.0, beyond 52] (reached in 15 of 20)"),
        ("persons", whole(4101.0, 4091.0, 4111.0), "4101.0 ± 10.0"),
    ],
)  # fmt: skip
def test_a_mean_is_written_as_what_it_is(unit: str, e: Estimate, text: str) -> None:
    """With as many digits as its interval can be seen with."""
    assert with_interval(unit, e) == text


def test_two_ends_can_be_told_apart() -> None:
    assert span("share", 0.2002, 0.2009) == "[20.02, 20.09]" and span("weeks", 2.0, 4.0) == "[2.0, 4.0]"
    assert number("share", 0.00034) == "0.03" and number("share", 0.5) == "50.0" and number("weeks", -0.04) == "−0.04"


# --- many at once -------------------------------------------------------------------------------------------------


def test_many_at_once_are_as_one_by_one() -> None:
    """To the last bit, whatever else is reckoned with them: figures of all kinds, some known in some replications."""
    rng = np.random.default_rng(5)
    scales = [ANY, COUNTED, Scale(0.0, 1.0), Scale(0.0, 1.0, 1.0), Scale(0.0, 1.0, 80.0), Scale(0.0, horizon=52.0)]
    rows = [kind for _ in range(20) for kind in (
        rng.normal(size=12), rng.poisson(0.2, 12).astype(float), rng.binomial(80, 0.02, 12) / 80,
        rng.integers(0, 2, 12).astype(float), np.zeros(12), rng.gamma(30, size=12),
    )]  # fmt: skip
    table = np.array(rows)
    table[::7][rng.random(table[::7].shape) < 0.4] = np.nan
    asked = scales * 20
    for one, row, scale in zip(estimates(table, asked), table, asked, strict=True):
        np.testing.assert_array_equal(one, estimate(row, scale))


def test_many_differences_at_once_are_as_one_by_one() -> None:
    rng = np.random.default_rng(6)
    share, change = Scale(0.0, 1.0, 100.0), Scale(-1.0, 1.0)
    pairs = [
        Pair(rng.binomial(100, p, 15) / 100, rng.binomial(100, 0.05, 15) / 100, (share, share), change)
        for p in np.linspace(0.0, 1.0, 30)
    ]
    for found, pair in zip(apart_each(pairs), pairs, strict=True):
        np.testing.assert_array_equal(found, apart_each([pair])[0])


def test_ranks_of_the_median_are_the_binomial_quantile() -> None:
    """Of as many replications as may be asked for as well, where adding up terms one by one would take hours."""
    for n in (*range(1, 60), 400, 3000, MOST_REPLICATIONS):
        for level in (0.5, 0.9, 0.95, 0.99):
            assert ranks_below(n, level) == binom.ppf((1 - level) / 2, n, 0.5)
