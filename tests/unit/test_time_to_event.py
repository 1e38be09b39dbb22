"""Waits of everybody: what is kept of them, and the mean and the share not served, by hand and by SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from simulation.results.measures.incidence import last_known, waits
from simulation.world.spec import Floats, Ints
from simulation.world.waits import NOT_SERVED, SERVED, STILL_WAITING, Lasted, Waits
from tests.helpers import incidence


def alone(weeks: Ints, end: Ints, follow_up: int) -> tuple[float, Floats]:
    """Mean and course of the waits of one world."""
    mean, course = waits(np.zeros(len(weeks), dtype=int), weeks, end, 1, follow_up)
    return float(mean[0]), course[:, 0]


def of(*each: tuple[int, int], follow_up: int = 4) -> tuple[float, list[float]]:
    """Mean and course of waits given as (weeks, end)."""
    weeks, end = np.array(each, dtype=int).reshape(-1, 2).T
    mean, course = alone(weeks, end, follow_up)
    return mean, course.tolist()


def test_if_everybody_is_served_it_is_the_mean() -> None:
    mean, course = of((0, SERVED), (1, SERVED), (1, SERVED), (3, SERVED))
    assert mean == 5 / 4
    assert course == [1, 0.75, 0.25, 0.25, 0]


def test_nobody_served_waits_for_the_whole_follow_up() -> None:
    """However soon they all leave: not being served must never look like a short wait."""
    assert of((0, NOT_SERVED), (2, NOT_SERVED)) == (4, [1, 1, 1, 1, 1])
    mean, course = of((1, STILL_WAITING), (3, STILL_WAITING))
    assert (mean, course[:4]) == (4, [1, 1, 1, 1])
    assert np.isnan(course[4]) and last_known(np.array(course)[:, None]) == [1]


def test_of_nobody_nothing_is_known() -> None:
    mean, course = of()
    assert np.isnan(mean) and np.isnan(course).all()


def test_by_hand_with_every_end() -> None:
    """Of six, two are served at once; in week 1 one of four leaves before one of three is served; one of two then waits
    still when the run ends, the other is served in week 2."""
    six = (0, SERVED), (0, SERVED), (1, NOT_SERVED), (1, SERVED), (2, STILL_WAITING), (2, SERVED)
    mean, course = of(*six)
    waits_on = [4 / 6, 4 / 6 * 2 / 3, 0, 0]  # the last one at risk in week 2 is served then
    assert mean == pytest.approx(sum(waits_on))
    still = [4 / 6, 4 / 6 * 2 / 4, 0]  # who waits for either end
    served = [2 / 6, 2 / 6 + still[0] / 4, 2 / 6 + still[0] / 4 + still[1]]
    assert course == pytest.approx([1, *(1 - share for share in served), 1 - served[-1]])


def test_who_is_watched_for_longer_does_not_hide_who_waits_on() -> None:
    """One of two is served in week 1, the other waits still after two weeks: nobody knows when she will be served."""
    mean, course = of((1, SERVED), (2, STILL_WAITING))
    assert mean == 1 + 3 * 0.5
    assert course[:3] == [1, 1, 0.5] and np.isnan(course[3:]).all()


def drawn(seed: int) -> tuple[Ints, Ints]:
    """Waits that end in all three ways, many of them in the same week."""
    luck = np.random.default_rng(seed)
    return luck.integers(0, 12, 300), luck.choice([SERVED, NOT_SERVED, STILL_WAITING], 300, p=[0.5, 0.3, 0.2])


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_is_the_area_under_scipys_product_limit(seed: int) -> None:
    """Weeks are whole, and who was not served in a week left before anybody was in it, so half a week earlier."""
    weeks, end = drawn(seed)
    served = end == SERVED
    survival = ecdf(CensoredData(uncensored=weeks[served], right=weeks[~served] - 0.5)).sf
    expected = survival.evaluate(np.arange(8)).sum()
    assert alone(weeks, end, 8)[0] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_without_censoring_the_share_not_served_is_counted(seed: int) -> None:
    weeks, end = drawn(seed)
    weeks, end = weeks[end != STILL_WAITING], end[end != STILL_WAITING]
    _, course = alone(weeks, end, 8)
    counted: Floats = np.array([1 - ((end == SERVED) & (weeks < week)).mean() for week in range(9)])
    assert course == pytest.approx(counted)


@pytest.mark.parametrize("seed", range(5))
def test_the_share_not_served_is_that_of_aalen_and_johansen(seed: int) -> None:
    """With every end, against the function that tells where ledige leave to; and each world is what it is alone."""
    many = [drawn(seed), (np.array([], dtype=int), np.array([], dtype=int)), drawn(seed + 100)]
    world = np.repeat(range(3), [len(weeks) for weeks, _ in many])
    mean, course = waits(world, *(np.concatenate(column) for column in zip(*many, strict=True)), 3, 8)
    for number, (weeks, end) in enumerate(many):
        assert np.array_equal(mean[number], alone(weeks, end, 8)[0], equal_nan=True)
        assert np.array_equal(course[:, number], alone(weeks, end, 8)[1], equal_nan=True)
        if len(weeks):
            share, _ = incidence(weeks, end, weeks + (end != STILL_WAITING), 2, 8)
            assert course[:, number] == pytest.approx(1 - share[SERVED])


def rows(*ids: int) -> Ints:
    return np.array(ids, dtype=np.intp)


def test_every_wait_is_kept_to_its_end() -> None:
    """Row 0 is served and waits again, 1 leaves, 2 goes on waiting when asked again, 3 never waited, 4 was taken to."""
    kept = Waits(6)
    kept.begin(1, rows(0, 1, 2, 4))
    kept.end(1, rows(0, 3), served=True)
    kept.begin(3, rows(0, 2))
    kept.never_were(rows(4))
    kept.end(4, rows(1), served=False)
    found: Lasted = kept.all_of(6)
    each = sorted(zip(*(column.tolist() for column in found), strict=True))
    assert each == [(0, 0, SERVED), (0, 3, STILL_WAITING), (1, 3, NOT_SERVED), (2, 5, STILL_WAITING)]
