"""Cumulative incidence: against a table reckoned by hand, and against scipy's Kaplan-Meier."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from simulation.results.measures.incidence import median_weeks, restricted_mean
from tests.helpers import incidence

# Eight ledige: week of the exit (99: none seen), its cause, weeks in which each could be seen.
#
#   week   at risk   exits to 0   exits to 1   censored after it      still there after it
#   0      8         1            1            1 (seen 1 week)        6/8             = 3/4
#   1      5         0            1            0                      3/4 × 4/5       = 3/5
#   2      4         2            0            1 (seen 3 weeks)       3/5 × 2/4       = 3/10
#   3      1         0            0            0                      3/10
#   4      1         0            0            1 (seen 5 weeks)       3/10
#
# incidence of 0: week 0: 1 × 1/8 = 1/8; week 2: 3/5 × 2/4 = 3/10, together 17/40
# incidence of 1: week 0: 1 × 1/8 = 1/8; week 1: 3/4 × 1/5 = 3/20, together 11/40
EXIT = np.array([0, 0, 99, 1, 2, 2, 99, 99])
CAUSE = np.array([0, 1, -1, 1, 0, 0, -1, -1])
OBSERVED = np.array([5, 5, 1, 5, 5, 5, 3, 5])


def test_a_small_table_with_ties_and_censoring() -> None:
    """Two causes in one week, exits and censoring in one week: the shares reckoned above."""
    share, at_risk = incidence(EXIT, CAUSE, OBSERVED, 2, 5)
    assert at_risk.tolist() == [8, 5, 4, 1, 1]
    assert share[0] == pytest.approx([0, 1 / 8, 1 / 8, 17 / 40, 17 / 40, 17 / 40])
    assert share[1] == pytest.approx([0, 1 / 8, 11 / 40, 11 / 40, 11 / 40, 11 / 40])


def test_a_shorter_horizon_shows_the_same_beginning() -> None:
    """Exits after the horizon are not exits yet, and their people are at risk until it."""
    share, at_risk = incidence(EXIT, CAUSE, OBSERVED, 2, 5)
    for weeks in range(1, 5):
        shorter, risk = incidence(EXIT, CAUSE, OBSERVED, 2, weeks)
        assert (shorter == share[:, : weeks + 1]).all()
        assert (risk == at_risk[:weeks]).all()


def test_without_censoring_incidence_is_the_plain_share() -> None:
    """Nothing to correct for: counts over persons."""
    rng = np.random.default_rng(1)
    exit_week, cause = rng.integers(0, 12, 500), rng.integers(0, 3, 500)
    share, _ = incidence(exit_week, cause, np.full(500, 12), 3, 12)
    for k in range(3):
        gone = [np.count_nonzero((cause == k) & (exit_week < week)) / 500 for week in range(13)]
        assert share[k] == pytest.approx(gone)


@pytest.mark.parametrize("seed", range(5))
def test_what_has_not_left_is_scipys_survival(seed: int) -> None:
    """1 - sum of incidences is Kaplan and Meier's estimate, with ties and censoring; scipy.stats.ecdf.

    An exit in week w happens at time w + 1; whoever was seen for o weeks is censored at time o, after its exits.
    """
    rng = np.random.default_rng(seed)
    people, weeks = 300, 30
    exit_week = rng.geometric(0.06, people) - 1
    observed = rng.integers(0, weeks + 1, people)
    seen = exit_week < observed
    cause = np.where(seen, rng.integers(0, 3, people), -1)
    share, _ = incidence(exit_week, cause, observed, 3, weeks)
    data = CensoredData(uncensored=exit_week[seen] + 1.0, right=observed[~seen].astype(float))
    known = np.arange(observed.max() + 1)
    assert 1 - share.sum(axis=0)[known] == pytest.approx(ecdf(data).sf.evaluate(known), abs=1e-12)


def test_beyond_the_last_week_seen_nothing_is_known() -> None:
    """All are censored after two weeks, or there is nobody at all: no division by zero, and no flat line either."""
    share, at_risk = incidence(np.array([0, 99]), np.array([0, -1]), np.array([2, 2]), 1, 4)
    assert share[0].tolist() == pytest.approx([0, 0.5, 0.5, np.nan, np.nan], nan_ok=True)
    assert at_risk.tolist() == [2, 1, 0, 0]
    nobody = np.empty(0, dtype=np.int64)
    share, at_risk = incidence(nobody, nobody, nobody, 2, 3)
    assert not share[:, 0].any() and np.isnan(share[:, 1:]).all()
    assert not at_risk.any()


def test_restricted_mean_counts_half_the_week_of_an_exit() -> None:
    """Who leaves in week 0 of 4 has half a week; who never leaves has four; the mean of the two in between."""
    assert restricted_mean(np.array([[1.0, 0, 0, 0, 0]])) == 0.5
    assert restricted_mean(np.ones((1, 5))) == 4
    assert restricted_mean(np.array([[1, 0.5, 0.5, 0.5, 0.5]])) == 2.25


# --- the week in which half have left ---------------------------------------------------------------------------


def median_of(exits: list[int], observed: list[int], weeks: int) -> float:
    """Of ledige who leave in these weeks, -1 for those who are not seen to, and are seen for so many."""
    week, seen = np.array(exits, dtype=np.int64), np.array(observed, dtype=np.int64)
    share, _ = incidence(week, np.where(week >= 0, 0, -1), seen, 1, weeks)
    return float(median_weeks(share)[0])


def test_the_median_lies_within_the_week_in_which_half_have_left() -> None:
    """Four ledige: a quarter has left after 2 weeks and three quarters after 3, so half after 2.5."""
    assert median_of([1, 2, 2, 4], [5] * 4, 5) == 2.5
    assert median_of([0, 0, 0, -1], [5] * 4, 5) == pytest.approx(2 / 3)  # half of 3/4 in the first week
    assert median_of([0, 3, 3, 3], [5] * 4, 5) == pytest.approx(3 + 1 / 3)


def test_with_censoring_the_median_is_of_the_curve() -> None:
    """After 3 weeks 0.7 of the small table above have left, after 2 weeks 0.4: a third of the way from 2 to 3."""
    assert median_weeks(incidence(EXIT, CAUSE, OBSERVED, 2, 5)[0].sum(axis=0)[None]) == pytest.approx(2 + 1 / 3)


def test_exactly_half_is_half() -> None:
    """At the end of the week in which it is reached, however long it stays so; also where thirds do not add up."""
    assert median_of([1, 1, -1, -1], [5] * 4, 5) == 2
    assert median_of([1, 1, 4, 4], [5] * 4, 5) == 2
    assert median_weeks(np.array([[0, 0.2, np.nextafter(0.5, 0), np.nextafter(0.5, 0)]])) == 2
    assert median_of([1, 1, -1, -1], [2] * 4, 5) == 2  # nothing is known beyond


def test_fewer_than_half_have_no_median() -> None:
    """Nor have those who left half only after the follow-up, or nobody."""
    assert np.isnan(median_of([1, -1, -1], [5] * 3, 5))
    assert np.isnan(median_of([1, 7, 7], [9] * 3, 5))
    assert np.isnan(median_of([1, -1, -1], [2] * 3, 5))  # unknown from there on
    assert np.isnan(median_of([], [], 5))


def test_the_median_moves_smoothly() -> None:
    """A curve that is raised little by little has a median that falls without a jump, also from week to week."""
    curve = np.cumsum([0, 0.1, 0.15, 0.2, 0.2, 0.1])
    found = median_weeks(curve * np.linspace(1, 2.4, 1401)[:, None])
    steps = -np.diff(found)
    assert (steps > 0).all() and steps.max() < 0.01
    assert found[0] > 3 and found[-1] < 2
