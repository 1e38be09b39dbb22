"""Residuals are what they are called: their halved squares are log-likelihoods."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, norm

from simulation.results.likelihood import observed, residuals, standard_errors
from simulation.scenario.published import Published


def target(**said: Any) -> Published:
    whole = {"outcome": "exit_job", "group": "alle", "rounding": 0, "role": "fit", "source": "s", "page": "1",
             "definition": "d", **said}  # fmt: skip
    return Published.model_validate(whole)


def log_likelihood(said: Published, simulated: np.ndarray, noise: float = 0.0) -> np.ndarray:
    return -0.5 * np.square(residuals({"t": said}, simulated[:, None], np.array([noise]))[:, 0])


@pytest.mark.parametrize("count", [0, 3, 55, 239, 240])
def test_a_share_of_n_persons_is_binomial(count: int) -> None:
    p = np.array([0.005, 0.02, 0.2, 0.5, 0.99])
    found = log_likelihood(target(count=count, n=240), p)
    exact = binom.logpmf(count, 240, p)
    assert np.diff(found) == pytest.approx(np.diff(exact), rel=1e-9)


def test_a_number_of_n_persons_is_the_same_as_its_share() -> None:
    persons = residuals({"t": target(figure=35, count=35, n=120)}, np.array([[30.0], [40.0]]), np.zeros(1))
    shares = residuals({"t": target(count=35, n=120)}, np.array([[30.0], [40.0]]) / 120, np.zeros(1))
    assert persons == pytest.approx(shares)
    assert standard_errors({"t": target(figure=35, count=35, n=120)})[0] == pytest.approx(
        120 * standard_errors({"t": target(count=35, n=120)})[0]
    )


def test_everything_else_is_normal_with_rounding_and_noise() -> None:
    """Rounding hides anything within half a digit evenly: its variance is a third of that squared."""
    said, x = target(figure=14, se=2, se_source="s", rounding=0.5), np.array([10.0, 14.0, 19.0])
    wide = np.hypot(np.hypot(2, 0.5 / np.sqrt(3)), 1.5)
    exact = norm.logpdf(x, 14, wide) - norm.logpdf(14, 14, wide)
    assert log_likelihood(said, x, noise=1.5) == pytest.approx(exact)
    assert observed({"t": said})[0] == 14


def test_noise_makes_a_share_of_fewer_persons() -> None:
    """Noise as large as the sampling error halves the persons."""
    said, p = target(figure=0.3, n=1000), np.array([0.25, 0.35])
    noise = float(np.sqrt(0.3 * 0.7 / 1000))
    half = log_likelihood(target(figure=0.3, n=500), p)
    assert log_likelihood(said, p, noise) == pytest.approx(half)


def test_more_simulated_than_printed_is_positive() -> None:
    for said in (target(figure=0.3, n=100), target(figure=0.3, se=0.1, se_source="s")):
        low, high = residuals({"t": said}, np.array([[0.2], [0.4]]), np.zeros(1))[:, 0]
        assert low < 0 < high
