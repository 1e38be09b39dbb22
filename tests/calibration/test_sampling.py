"""The emulator and population Monte Carlo where everything is known in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit, ndtri

from calibration.emulator import emulate, points_needed
from calibration.population import quasi_random, sample


def spread(points: int, dimensions: int, seed: int) -> np.ndarray:
    return np.asarray(ndtri(quasi_random(dimensions, 10, seed)[:points]))


def test_quadratic_functions_are_followed_exactly_on_every_scale() -> None:
    z, new = spread(64, 3, 1), spread(50, 3, 2)

    def surface(x: np.ndarray) -> np.ndarray:
        return 0.2 + x @ np.array([0.5, -0.3, 0.1]) + 0.2 * x[:, 0] * x[:, 2] - 0.1 * x[:, 1] ** 2

    def figures(x: np.ndarray) -> np.ndarray:
        return np.column_stack((surface(x), expit(surface(x)), np.exp(surface(x))))

    found = emulate(z, figures(z), [False, True, False], [False, False, True])
    assert found(new) == pytest.approx(figures(new), rel=1e-8)
    assert found.error == pytest.approx(np.zeros(3), abs=1e-8)


def test_too_few_points_are_refused_and_rounds_have_enough() -> None:
    with pytest.raises(ValueError, match="needs more than 10 points"):
        emulate(spread(10, 3, 1), np.zeros((10, 1)), [False], [False])
    assert [points_needed(p) for p in (1, 7, 10, 15, 17)] == [64, 128, 192, 320, 384]


def test_draws_from_a_normal_posterior_have_its_mean_and_covariance() -> None:
    """Standard normal prior, two linear figures: known in closed form. Within 3 % of a standard deviation."""
    design, wide, seen = np.array([[1.0, 0.5, 0.0], [0.0, 1.0, -1.0]]), np.array([0.3, 0.1]), np.array([0.8, -0.5])
    precision = np.eye(3) + design.T @ np.diag(1 / wide**2) @ design
    covariance = np.linalg.inv(precision)
    mean = covariance @ design.T @ (seen / wide**2)

    def log_density(z: np.ndarray) -> np.ndarray:
        return np.asarray(-0.5 * (np.square(z).sum(1) + np.square((z @ design.T - seen) / wide).sum(1)))

    found = sample(log_density, np.zeros(3), np.eye(3), 1)
    sd = np.sqrt(np.diag(covariance))
    assert np.abs(found.mean - mean) / sd == pytest.approx(np.zeros(3), abs=0.03)
    assert found.covariance / np.outer(sd, sd) == pytest.approx(covariance / np.outer(sd, sd), abs=0.03)
    assert found.effective > 5000
    drawn = found.draws(1000, 5)
    assert np.abs(drawn.mean(axis=0) - mean) / sd == pytest.approx(np.zeros(3), abs=0.1)
    assert np.array_equal(drawn, sample(log_density, np.zeros(3), np.eye(3), 1).draws(1000, 5))
