"""How figures of one trial scatter together: known normal trials, with luck shared between sets of values or not."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.scatter import LEAST_SHRUNK, scatter

SD = np.array([0.02, 3.0, 0.5])
TOGETHER = np.array([[1.0, 0.9, 0.0], [0.9, 1.0, 0.0], [0.0, 0.0, 1.0]])


def trials(sets: int, replications: int, shared: float, seed: int = 1) -> np.ndarray:
    """Normal figures; of their variance so much is luck that all sets have in common. Sets have means of their own."""
    luck, root = np.random.default_rng(seed), np.linalg.cholesky(TOGETHER)
    common, own = (luck.normal(size=(n, replications, 3)) @ root.T for n in (1, sets))
    return (np.sqrt(shared) * common + np.sqrt(1 - shared) * own + luck.normal(size=(sets, 1, 3)) * 5) * SD


def test_independent_sets_are_pooled() -> None:
    found = scatter(trials(60, 20, 0.0))
    assert found.sd == pytest.approx(SD, rel=0.05)
    assert found.correlation[0, 1] == pytest.approx(0.9 * (1 - found.shrunk), abs=0.03)
    assert found.degrees > 0.8 * 60 * 19 and found.shrunk == LEAST_SHRUNK


def test_sets_of_the_same_luck_are_one() -> None:
    """Pooled over 60 sets, they are as many trials as one set has; the fewer, the more is shrunk."""
    assert scatter(trials(60, 20, 1.0)).degrees == pytest.approx(19)
    few, many = (scatter(trials(60, replications, 1.0)) for replications in (4, 200))
    assert few.degrees == pytest.approx(3) and few.shrunk > many.shrunk >= LEAST_SHRUNK


def test_luck_shared_by_half_lies_between() -> None:
    """Squares of such sets correlate by a quarter: some four times the trials of one set."""
    degrees = [scatter(trials(60, 20, 0.5, seed)).degrees for seed in range(20)]
    assert np.mean(degrees) == pytest.approx(4 * 19, rel=0.25)


def test_the_matrix_can_be_inverted_however_few_the_trials_and_whatever_does_not_vary() -> None:
    few = trials(5, 2, 1.0)
    few[:, :, 2] = 7.0
    twice = np.concatenate((few, few[:, :, :1]), axis=2)
    found = scatter(twice)
    assert found.sd[2] == 0 and (found.correlation[2, [0, 1, 3]] == 0).all()
    assert np.linalg.eigvalsh(found.correlation).min() >= LEAST_SHRUNK - 1e-9
    assert scatter(np.full((3, 4, 2), np.nan)).sd == pytest.approx([0, 0])


def test_a_replication_in_which_a_figure_is_not_known_is_left_out() -> None:
    whole = trials(10, 20, 0.0)
    gaps = np.concatenate((whole, np.full((10, 5, 3), 1.0)), axis=1)
    gaps[:, 20:, 1] = np.nan
    assert scatter(gaps).sd == pytest.approx(scatter(whole).sd)
