"""The synthesis against closed forms, another way of integrating, and simulated studies whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import halfnorm, norm

from calibration.synthesis import synthesise

SETS = 200


def test_with_next_to_no_spread_the_mean_is_the_textbook_one() -> None:
    """All errors equal and tau held at 0 by its prior: precision of the prior plus n over the squared error."""
    y, error, wide = np.array([0.3, -0.1, 0.2, 0.4]), 0.2, 0.5
    found = synthesise(y, [error**2] * 4, tau_scale=1e-6, mean_prior=wide)
    precision = 1 / wide**2 + 4 / error**2
    assert found.mu.mean == pytest.approx(y.sum() / error**2 / precision, abs=1e-8)
    assert found.mu.sd == pytest.approx(precision**-0.5, abs=1e-8)
    low, high = found.mu.interval(0.9)
    assert (high - low) / 2 == pytest.approx(norm.ppf(0.95) * precision**-0.5, abs=1e-7)


def test_at_every_tau_the_mean_is_the_textbook_one() -> None:
    """The mixture's parts, one for each tau: errors equal, so their variance is error² + tau²."""
    y, error, wide = np.array([0.3, -0.1, 0.2]), 0.2, 0.5
    found = synthesise(y, [error**2] * 3, tau_scale=0.3, mean_prior=wide)
    precision = 1 / wide**2 + 3 / (error**2 + found.tau**2)
    assert found.mu.means == pytest.approx(y.sum() / (error**2 + found.tau**2) / precision)
    assert found.mu.sds == pytest.approx(precision**-0.5)
    assert found.new_trial.sds**2 == pytest.approx(1 / precision + found.tau**2)


def test_without_studies_the_prior_comes_back() -> None:
    found = synthesise([], [], tau_scale=0.1, mean_prior=0.5)
    assert (found.mu.mean, found.mu.sd) == pytest.approx((0.0, 0.5))
    assert found.tau_mean == pytest.approx(halfnorm(scale=0.1).mean(), rel=1e-6)


@pytest.mark.parametrize("tau_scale", [0.05, 0.4])
def test_as_by_another_way_of_integrating(tau_scale: float) -> None:
    """theta, mu and tau by adaptive quadrature and a grid, nothing in closed form but the likelihood of one study."""
    y, v = np.array([0.25, 0.02, -0.3, 0.5]), np.array([0.01, 0.04, 0.02, 0.09])
    pools = [False, False, False, True]
    mus = np.linspace(-2.5, 2.5, 1001)
    extra = ~np.array(pools)

    def density(tau: float, at: np.ndarray) -> np.ndarray:
        sd = np.sqrt(v + extra * tau**2)
        likelihood = norm.pdf(y[:, None], at, sd[:, None]).prod(axis=0)
        return np.asarray(likelihood * norm.pdf(at, scale=0.5) * halfnorm.pdf(tau, scale=tau_scale))

    def moment(power: int, of_tau: int) -> float:
        return float(quad(lambda tau: (mus**power * density(tau, mus)).sum() * tau**of_tau, 0, 8 * tau_scale)[0])

    whole = moment(0, 0)
    found = synthesise(y, v, tau_scale=tau_scale, mean_prior=0.5, pools_trials=pools)
    mean = moment(1, 0) / whole
    assert found.mu.mean == pytest.approx(mean, abs=1e-5)
    assert found.mu.sd == pytest.approx((moment(2, 0) / whole - mean**2) ** 0.5, abs=1e-5)
    assert found.tau_mean == pytest.approx(moment(0, 1) / whole, abs=1e-5)


def test_intervals_are_those_of_draws() -> None:
    """A million draws of the mixture: ends within 0.002, four standard errors of such a quantile."""
    found = synthesise([0.3, -0.1], [0.01, 0.04], tau_scale=0.3, mean_prior=0.5).new_trial
    rng = np.random.default_rng(5)
    parts = rng.choice(len(found.weights), 1_000_000, p=found.weights)
    drawn = rng.normal(found.means[parts], found.sds[parts])
    assert found.interval() == pytest.approx(np.quantile(drawn, [0.025, 0.975]), abs=0.004)


@pytest.mark.parametrize("variances", [[0.0], [-1.0], [float("nan")], [0.1, 0.1]])
def test_an_error_must_be_above_nothing(variances: list[float]) -> None:
    with pytest.raises(ValueError, match="error"):
        synthesise([0.1], variances, tau_scale=0.1, mean_prior=0.5)


def covered(studies: int, wrong: float, seed: int) -> tuple[float, float]:
    """Shares of simulated sets whose 90 % intervals hold mu, and what a new trial would find.

    The truth is drawn from the priors. Every error is wrong by this factor, too small or too large by chance.
    """
    rng = np.random.default_rng(seed)
    hits = np.zeros((SETS, 2))
    for one in range(SETS):
        mu, tau = rng.normal(0, 0.5), abs(rng.normal(0, 0.1))
        theta = rng.normal(mu, tau, studies + 1)
        told = rng.uniform(0.03, 0.15, studies)
        true = told * wrong ** rng.choice([-1, 1], studies)
        found = synthesise(rng.normal(theta[:-1], true), told**2, tau_scale=0.1, mean_prior=0.5)
        hits[one] = [0.05 < found.mu.below(mu) < 0.95, 0.05 < found.new_trial.below(theta[-1]) < 0.95]
    return float(hits[:, 0].mean()), float(hits[:, 1].mean())


@pytest.mark.parametrize("studies", [3, 6, 12])
def test_intervals_hold_what_they_say(studies: int) -> None:
    """90 % intervals hold the truth in 85 to 95 % of 200 sets: 2.4 binomial standard errors to either side."""
    for share in covered(studies, wrong=1.0, seed=170 + studies):
        assert 0.85 <= share <= 0.95


@pytest.mark.parametrize("studies", [3, 6, 12])
def test_intervals_bear_errors_that_are_wrong_by_two(studies: int) -> None:
    """Guessed errors half or double the true ones: 90 % intervals still hold the truth in 80 % of 200 sets or more."""
    for share in covered(studies, wrong=2.0, seed=270 + studies):
        assert share >= 0.80


def test_intervals_that_ignore_the_spread_are_found_out() -> None:
    """The rule can fail: with tau all but ruled out, a new trial lies outside far too often."""
    rng = np.random.default_rng(3)
    hits = []
    for _ in range(SETS):
        theta = rng.normal(0.1, 0.1, 7)
        found = synthesise(rng.normal(theta[:-1], 0.05), [0.05**2] * 6, tau_scale=1e-4, mean_prior=0.5)
        hits.append(0.05 < found.new_trial.below(theta[-1]) < 0.95)
    assert np.mean(hits) < 0.80
