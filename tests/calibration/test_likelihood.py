"""Residuals are what they are called: their halved squares are log-likelihoods."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import binom, multivariate_normal, norm

from simulation.results.likelihood import Errors, errors_of, observed, residuals, standard_errors, whitened
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


THREE = {
    "a": target(figure=1.0, se=0.5, se_source="s", rounding=0.3),
    "b": target(figure=2.0, se=1.0, se_source="s"),
    "c": target(figure=0.0, se=0.25, se_source="s"),
}
TOGETHER = np.array([[1.0, 0.8, -0.3], [0.8, 1.0, 0.1], [-0.3, 0.1, 1.0]])
NOISE = np.array([0.1, 0.0, 0.2])


def covariance(errors: Errors) -> np.ndarray:
    """Sampling covariance, with rounding and noise on its diagonal alone."""
    rounding = np.array([each.rounding_sd for each in THREE.values()])
    return errors.correlation * np.outer(errors.sd, errors.sd) + np.diag(NOISE**2 + rounding**2)


def test_figures_that_err_together_are_multivariate_normal() -> None:
    errors = errors_of(THREE, correlation=TOGETHER)
    x = np.array([[1.2, 2.5, 0.1], [0.0, 0.0, 0.0], [1.0, 2.0, 0.0], [3.0, -1.0, 1.0]])
    found = -0.5 * np.square(whitened(THREE, residuals(THREE, x, NOISE, errors), NOISE, errors)).sum(axis=-1)
    exact = multivariate_normal(observed(THREE), covariance(errors)).logpdf(x)
    assert found - found[2] == pytest.approx(exact - exact[2])


def test_a_figure_left_out_takes_its_row_and_column_away() -> None:
    kept = np.array([True, False, True])
    errors, two = errors_of(THREE, correlation=TOGETHER), {name: THREE[name] for name in ("a", "c")}
    x = np.array([[1.2, 0.1], [0.0, 0.0], [1.0, 0.0]])
    missed = residuals(two, x, NOISE[kept], errors.of(kept))
    found = -0.5 * np.square(whitened(two, missed, NOISE[kept], errors.of(kept))).sum(axis=-1)
    exact = multivariate_normal(observed(two), covariance(errors)[np.ix_(kept, kept)]).logpdf(x)
    assert found - found[2] == pytest.approx(exact - exact[2])


def test_one_that_errs_as_the_model_does_is_as_much_wider_as_the_design_factor_says() -> None:
    """Twice the variance is half the log-likelihood; a correlation stays what it is."""
    x = np.array([[0.2], [0.4]])
    by_factor = {
        factor: residuals(said, x, np.zeros(1), errors_of(said, np.array([0.02])))
        for factor in (1.0, 2.0)
        for said in [{"t": target(figure=0.3, spread="model", design_factor=factor)}]
    }
    assert by_factor[1.0][:, 0] == pytest.approx([-5, 5])
    assert np.square(by_factor[2.0]) == pytest.approx(np.square(by_factor[1.0]) / 2)
    with pytest.raises(ValueError, match="whose spread is not given"):
        errors_of({"t": target(figure=0.3, spread="model", design_factor=2)})


def test_a_figure_without_any_error_is_met_or_not() -> None:
    said = {"t": target(figure=3.0, spread="model", design_factor=2)}
    missed = residuals(said, np.array([[3.0], [3.1]]), np.zeros(1), errors_of(said, np.zeros(1)))
    assert missed[0, 0] == 0 and missed[1, 0] > 1e6
