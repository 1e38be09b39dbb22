"""Sobol' indices where they are known: Ishigami's function, a sum, luck that is no interaction, nothing at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import sobol_indices

from simulation.results.sobol import Sobol, sobol

A, B = 7.0, 0.1
VARIANCE = A**2 / 8 + B * np.pi**4 / 5 + B**2 * np.pi**8 / 18 + 0.5
FIRST = np.array([0.5 * (1 + B * np.pi**4 / 5) ** 2, A**2 / 8, 0.0]) / VARIANCE
TOTAL = FIRST + np.array([1.0, 0.0, 1.0]) * 8 * B**2 * np.pi**8 / 225 / VARIANCE


def ishigami(x: np.ndarray) -> np.ndarray:
    return np.sin(x[0]) + A * np.sin(x[1]) ** 2 + B * x[2] ** 4 * np.sin(x[0])


def a_sum(x: np.ndarray) -> np.ndarray:
    return x[0] + 2 * x[1] + 0 * x[2]


def sampled(
    function: Callable[[np.ndarray], np.ndarray], rows: int, seed: int, sd: float = 0.0, unknowns: int = 3
) -> tuple[np.ndarray, ...]:
    """Points A, B, and A with one unknown from B; two replications, with luck of this size in each of them."""
    luck = np.random.default_rng(seed)
    a, b = luck.uniform(-np.pi, np.pi, (2, unknowns, rows))
    both = np.stack([np.where(np.arange(unknowns)[:, None] == k, b, a) for k in range(unknowns)])

    def at(points: np.ndarray) -> np.ndarray:
        return function(points) + sd * luck.standard_normal((2, rows))

    return at(a), at(b), np.stack([at(points) for points in both])


def found(function: Callable[[np.ndarray], np.ndarray], rows: int, seed: int, sd: float = 0.0) -> Sobol:
    return sobol(*sampled(function, rows, seed, sd), seed)


@pytest.mark.parametrize("sd", [0.0, 3.0])
def test_ishigami_with_and_without_luck(sd: float) -> None:
    """First and total indices lie within their 95 % intervals; luck (here a quarter of the variance of a point) is
    told as luck and makes nobody's share larger. A fixed seed, at which all six hold; how often they do: below."""
    s = found(ishigami, 1024, 3, sd)
    for index, truth in ((s.first, FIRST), (s.total, TOTAL)):
        assert ((index.low <= truth) & (truth <= index.high)).all()
        assert np.abs(index.value - truth).max() < 0.1
    assert s.luck == pytest.approx(sd**2 / 2 / (VARIANCE + sd**2 / 2), abs=0.06)
    assert s.variance.value == pytest.approx(VARIANCE, rel=0.1) and s.usable
    assert s.leads.argmax() == 0 and s.sum_of_first.high < 1  # x1 and x3 act together


def test_luck_as_a_function_would_be_taken_for_acting_together() -> None:
    """What SciPy makes of the mean of the two replications, which is why it is not used: everybody's total index has
    the share of luck in it."""
    a, b, ab = sampled(a_sum, 1024, 5, 4.0)
    naive = sobol_indices(func={"f_A": a.mean(axis=0), "f_B": b.mean(axis=0), "f_AB": ab.mean(axis=1)[:, None]}, n=1024)
    assert naive.total_order[2] > 0.25
    s = sobol(a, b, ab, 5)
    assert abs(s.total.value[2]) < 0.1 and s.total.low[2] < 0.05


def test_intervals_cover_as_often_as_they_say() -> None:
    """40 samples of 64 rows and 6 indices each, with luck: 95 % of 240, less three standard errors and as much again
    for resampling so few rows, is 208."""
    covered = 0
    for seed in range(40):
        s = found(ishigami, 64, seed, 2.0)
        for index, truth in ((s.first, FIRST), (s.total, TOTAL)):
            covered += int(((index.low <= truth) & (truth <= index.high)).sum())
    assert 208 <= covered <= 240


def test_a_sum_has_shares_that_add_up_to_one() -> None:
    s = found(a_sum, 1024, 1)
    assert s.first.value == pytest.approx([0.2, 0.8, 0.0], abs=0.1)
    assert s.total.value == pytest.approx([0.2, 0.8, 0.0], abs=0.05)
    assert s.total.value[2] == s.total.low[2] == s.total.high[2] == 0.0
    assert s.sum_of_first.low < 1 < s.sum_of_first.high and s.luck == pytest.approx(0.0, abs=1e-12)


def test_without_luck_it_is_scipys() -> None:
    """Of one replication, and so of two that are the same."""
    a, b, ab = sampled(ishigami, 256, 2)
    theirs = sobol_indices(func={"f_A": a[0], "f_B": b[0], "f_AB": ab[:, :1]}, n=256)
    for s in (sobol(a, b, ab, 1), sobol(a[:1], b[:1], ab[:, :1], 1)):
        np.testing.assert_allclose(s.first.value, theirs.first_order, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(s.total.value, theirs.total_order, rtol=1e-9, atol=1e-12)


def test_the_same_seed_tells_the_same_and_one_unknown_has_it_all() -> None:
    one, other = (found(ishigami, 64, 7, 1.0) for _ in range(2))
    np.testing.assert_array_equal(one.total.low, other.total.low)
    alone = sobol(*sampled(lambda x: np.sin(x[0]), 64, 1, unknowns=1), 1)
    assert alone.first.value.shape == (1,) and alone.total.low[0] <= 1 <= alone.total.high[0]


def test_what_cannot_be_told_is_not_told() -> None:
    """Luck alone: no index; too few rows: it is said; a value that is not known: refused."""
    nothing = found(lambda x: 0 * x[0], 64, 1, 1.0)
    assert not nothing.known and nothing.too_small and np.isnan(nothing.first.value).all()
    few, many = found(ishigami, 16, 1), found(a_sum, 1024, 1)
    assert few.too_small and few.wide.any() and not many.too_small
    a, b, ab = sampled(ishigami, 16, 1)
    a[0, 3] = np.nan
    with pytest.raises(ValueError, match="not known"):
        sobol(a, b, ab, 1)
