"""Cox with Efron's ties from weekly counts: against the likelihood person by person, and what has no answer."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures import cox
from simulation.world.spec import Floats, Ints
from tests.helpers import LIMIT
from tests.weekly import best, cohorts, drawn, minus_log_likelihood


def fitted(at_risk: Ints, exits: Ints) -> tuple[float, float, float, Floats]:
    """Log ratio, both errors, and the residuals of clusters, of counts of shape (2, 1, clusters, weeks)."""
    pooled, left = at_risk.sum(axis=2), exits.sum(axis=2)
    ties = cox.ties(pooled, left)
    fits = cox.fit(ties, ties.cell, left[1].sum(axis=-1))
    weights = cox.weights(ties, fits.log_ratio[ties.cell], pooled.shape[1:])
    residuals = cox.residuals(weights, at_risk, exits).sum(axis=-1)
    clustered = cox.clustered(fits, residuals, at_risk.sum(axis=(0, 3)) > 0)
    return float(fits.log_ratio[0]), float(fits.error[0]), float(clustered[0]), residuals[0]


@pytest.mark.parametrize("seed", range(4))
def test_the_fit_is_the_top_of_the_likelihood(seed: int) -> None:
    """Ratio: where the likelihood is largest. Naive error: from its curvature there."""
    persons = drawn(seed)
    log_ratio, naive, _, _ = fitted(*persons.counts(6, 20))
    assert log_ratio == pytest.approx(best(persons), abs=1e-6)
    assert abs(log_ratio - best(persons, breslow=True)) > 1e-3, "ties matter here"
    around = [minus_log_likelihood(log_ratio + step, persons) for step in (-1e-3, 0.0, 1e-3)]
    assert naive == pytest.approx((1e-6 / (around[0] - 2 * around[1] + around[2])) ** 0.5, rel=1e-4)


@pytest.mark.parametrize("seed", range(4))
def test_the_residual_of_a_cluster_is_what_the_fit_loses_without_it(seed: int) -> None:
    """Of fifty clusters, each moves the ratio by about its residual over the information (a first-order statement)."""
    at_risk, exits = drawn(seed, people=1500, clusters=50).counts(50, 20)
    log_ratio, naive, clustered, residuals = fitted(at_risk, exits)
    all_but = [np.arange(50) != cluster for cluster in range(50)]
    moved = [log_ratio - fitted(at_risk[:, :, others], exits[:, :, others])[0] for others in all_but]
    first_order = residuals * naive**2
    assert np.corrcoef(moved, first_order)[0, 1] > 0.999
    assert residuals.sum() == pytest.approx(0, abs=1e-9)
    assert clustered == pytest.approx(float(np.sum(np.square(moved))) ** 0.5, rel=0.04)


def test_two_who_leave_in_one_week_by_hand() -> None:
    """One of either group leaves in week 0, two of either stay: r / ((3 + 3r)(2.5 + 2.5r)) is largest where the ratio r
    is 1, and each of the two adds 1/4 to the information."""
    at_risk, exits = np.array([3, 3]).reshape(2, 1, 1, 1), np.array([1, 1]).reshape(2, 1, 1, 1)
    log_ratio, naive, clustered, _ = fitted(at_risk, exits)
    assert (log_ratio, naive) == pytest.approx((0.0, 2**0.5))
    assert np.isnan(clustered), "one cluster tells nothing of clusters"


@pytest.mark.parametrize(
    ("at_risk", "exits"),
    [
        ([[9, 8], [9, 9]], [[1, 1], [0, 0]]),  # nobody of the first group left
        ([[9, 9], [9, 8]], [[0, 0], [1, 1]]),  # ... of the second
        ([[9, 9], [9, 9]], [[0, 0], [0, 0]]),  # nobody at all
        ([[0, 0], [9, 8]], [[0, 0], [1, 1]]),  # there is no second group
        ([[1, 0], [9, 9]], [[1, 0], [0, 2]]),  # the first leave when the second are gone
    ],
)
def test_what_has_no_answer_is_unknown(at_risk: list[list[int]], exits: list[list[int]]) -> None:
    """Not 0, not infinite; errors neither."""
    counts = (np.array(each).reshape(2, 1, 1, 2) for each in (at_risk, exits))
    assert np.isnan(fitted(*counts)[:3]).all()


def test_a_large_ratio_is_found() -> None:
    """Nearly all of one group leave at once, hardly anybody of the other."""
    at_risk = np.array([[100_000, 99_999], [100_000, 1]]).reshape(2, 1, 1, 2)
    exits = np.array([[1, 1], [99_999, 0]]).reshape(2, 1, 1, 2)
    ties = cox.ties(at_risk[:, :, 0], exits[:, :, 0])
    log_ratio, naive, _, _ = fitted(at_risk, exits)
    expected, information = cox.scores(ties, np.full(len(ties.cell), log_ratio), 1)
    assert log_ratio > 5 and expected[0] == pytest.approx(99_999) and naive == pytest.approx(information[0] ** -0.5)


def test_a_fit_is_the_same_beside_others() -> None:
    """To the last bit: alone, and in a batch with fits that take more steps, or have no answer."""
    cells = [drawn(seed).counts(6, 20) for seed in range(3)]
    cells.insert(1, (cells[0][0], np.zeros_like(cells[0][1])))
    at_risk, exits = (np.concatenate(each, axis=1).sum(axis=2) for each in zip(*cells, strict=True))
    ties = cox.ties(at_risk, exits)
    together = cox.fit(ties, ties.cell, exits[1].sum(axis=-1))
    for number, cell in enumerate(cells):
        alone = fitted(*cell)[:2]
        assert np.array_equal(alone, [together.log_ratio[number], together.error[number]], equal_nan=True)


@pytest.mark.parametrize("effect", [-0.5, 0.3])
def test_a_known_ratio_is_recovered_from_weekly_ties(effect: float) -> None:
    """A seventh of those at risk leave in a week. Rule: over 400 cohorts the mean is within LIMIT standard errors of
    the truth; so it is not, if ties are taken as Breslow does, who draws every one of them from all."""
    at_risk, exits = (each.sum(axis=2) for each in cohorts(1, 400, 1, 500, 0.15, 15, effect))
    ties, first = cox.ties(at_risk, exits), exits[1].sum(axis=-1)
    z = {}
    for how, of_whole in {"efron": ties, "breslow": ties._replace(
        first=at_risk[1][ties.cell, ties.week].astype(float), second=at_risk[0][ties.cell, ties.week].astype(float)
    )}.items():  # fmt: skip
        found = cox.fit(of_whole, ties.cell, first).log_ratio
        z[how] = (found.mean() - effect) / (found.std(ddof=1) / len(found) ** 0.5)
    assert abs(z["efron"]) < LIMIT < abs(z["breslow"]), z
