"""Draws from posteriors: quantiles of a bent one, and what the effective number tells."""

from __future__ import annotations

import numpy as np

from calibration.population import quasi_random, sample
from simulation.world.spec import Floats

DESIGN = np.array([[1.0, 0.5, 0.0], [0.0, 2.0, 1.0], [3.0, 0.0, 0.5], [0.2, 0.2, 0.2]])
SEEN, ERROR = np.array([1.0, -1.0, 2.0, 0.5]), np.array([0.3, 0.5, 0.2, 2.0])


def linear(z: Floats) -> Floats:
    """Standard normal priors, and four figures that are linear in the parameters, with normal errors."""
    missed = (z @ DESIGN.T - SEEN) / ERROR
    return np.asarray(-0.5 * (np.square(z).sum(axis=1) + np.square(missed).sum(axis=1)))


def banana(z: Floats) -> Floats:
    """The second parameter lies about the square of the first."""
    return np.asarray(-0.5 * (np.square(z).sum(axis=1) + np.square((z[:, 1] - z[:, 0] ** 2 + 1) / 0.3)))


def test_a_bent_posterior_is_found() -> None:
    """As by brute force on a grid of 801 x 801. Rules: means within 0.05 standard deviations, covariances within a
    tenth; below each quantile lies as much as its level says, within four standard errors of the effective draws."""
    axis = np.linspace(-5, 5, 801)
    z = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    weight = np.exp(banana(z))
    weight /= weight.sum()
    mean = weight @ z
    covariance = ((z - mean) * weight[:, None]).T @ (z - mean)
    sd = np.sqrt(np.diag(covariance))
    found = sample(banana, np.zeros(2), np.eye(2), 3)
    assert (np.abs(found.mean - mean) < 0.05 * sd).all()
    assert (np.abs(found.covariance - covariance) < 0.1 * np.outer(sd, sd)).all()
    assert found.effective > 1000
    draws = found.draws(20_000, 1)
    for column in range(2):
        marginal = weight.reshape(801, 801).sum(axis=1 - column).cumsum()
        for level in (0.025, 0.25, 0.5, 0.75, 0.975):
            below = np.interp(np.quantile(draws[:, column], level), axis, marginal)
            error = np.sqrt(level * (1 - level) / found.effective)
            assert abs(below - level) < 4 * error, (column, level, below)


def test_few_useful_draws_are_seen_in_their_effective_number() -> None:
    """Two peaks far apart are not what it is made for: one heavy-tailed component must span both."""
    two = sample(lambda z: np.logaddexp(*(-0.5 * np.square((z - at) / 0.05).sum(axis=1) for at in (-3, 3))),
                 np.zeros(3), np.eye(3), 1)  # fmt: skip
    assert two.effective < 500 < sample(linear, np.zeros(3), np.eye(3), 1).effective


def test_the_same_seed_gives_the_same_bytes() -> None:
    """And another seed others."""
    one, again, other = (sample(banana, np.zeros(2), np.eye(2), seed) for seed in (3, 3, 4))
    assert one.points.tobytes() == again.points.tobytes() and one.weights.tobytes() == again.weights.tobytes()
    assert one.draws(500, 7).tobytes() == again.draws(500, 7).tobytes() != one.draws(500, 8).tobytes()
    assert one.points.tobytes() != other.points.tobytes()
    assert abs(one.weights.sum() - 1) < 1e-9


def test_quasi_random_points_fill_the_cube_and_keep_off_its_faces() -> None:
    """Every sixteenth of each axis has its share."""
    points = quasi_random(3, 8, 1)
    assert points.shape == (256, 3) and points.min() > 0 and points.max() < 1
    for column in points.T:
        assert (np.histogram(column, bins=16, range=(0, 1))[0] == 16).all()
