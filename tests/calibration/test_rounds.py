"""The posterior of figures that are linear in the parameters and err together is known: no simulation is needed."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.emulator import Emulator, emulate
from calibration.peak import peak_of
from calibration.population import Sample, sample
from calibration.priors import Prior
from calibration.rounds import Likelihood
from calibration.sensitivity import sensitivity, weighted_quantiles
from simulation.results.likelihood import errors_of
from simulation.scenario.published import Published

A = np.array([[1.0, 0.5], [0.3, 2.0], [-1.0, 1.0]])
FIGURES, SD = np.array([1.0, -0.5, 0.4]), np.array([0.5, 0.8, 0.3])
TOGETHER = np.array([[1.0, 0.7, 0.2], [0.7, 1.0, -0.4], [0.2, -0.4, 1.0]])
NOISE = np.array([0.1, 0.05, 0.0])
PRIORS = {name: Prior(distribution="normal", range=[-1.959964, 1.959964], unit="x", why="toy") for name in "uv"}


def linear() -> Emulator:
    z = np.random.default_rng(1).normal(size=(40, 2))
    return emulate(z, z @ A.T - 50, [False] * 3, [False] * 3)  # below 0, so on their own scale


def target(figure: float, **how_sure: object) -> Published:
    return Published.model_validate({
        "outcome": "x", "group": "alle", "figure": figure - 50, "rounding": 0, "role": "fit", "source": "s",
        "page": "1", "definition": "d", **how_sure,
    })  # fmt: skip


def likelihood(design: float | None = None) -> Likelihood:
    """Three figures with standard errors, or as the model errs times a design factor."""
    sure = [{"spread": "model", "design_factor": design} if design else {"se": sd, "se_source": "s"} for sd in SD]
    targets = {name: target(figure, **how) for name, figure, how in zip("abc", FIGURES, sure, strict=True)}
    return Likelihood(PRIORS, targets, linear(), NOISE, errors_of(targets, SD, TOGETHER))


def exact(kept: list[int], factor: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of the posterior: standard normal priors, correlated errors, noise on the diagonal."""
    covariance = factor * TOGETHER * np.outer(SD, SD) + np.diag(NOISE**2)
    a, weight = A[kept], np.linalg.inv(covariance[np.ix_(kept, kept)])
    wide = np.linalg.inv(a.T @ weight @ a + np.eye(2))
    return wide @ a.T @ weight @ FIGURES[kept], wide


def drawn(of: Likelihood, but: int | None = None) -> Sample:
    return sample(lambda z: of.log_density(z, but), np.zeros(2), np.eye(2), 1)


@pytest.mark.parametrize("but", [None, 0, 1, 2])
def test_it_is_the_known_one_with_all_figures_and_with_each_left_out(but: int | None) -> None:
    mean, covariance = exact([row for row in range(3) if row != but])
    found = drawn(likelihood(), but)
    assert found.mean == pytest.approx(mean, abs=0.01)
    assert found.covariance == pytest.approx(covariance, abs=0.01)


def test_its_peak_is_its_mean() -> None:
    of = likelihood()
    found = peak_of(lambda z: np.concatenate((of.missed(z[None, :])[0], z)), np.zeros(2), list(PRIORS.values()))
    assert found == pytest.approx(exact([0, 1, 2])[0], abs=1e-5)


def test_a_design_factor_widens_it_as_it_should() -> None:
    for factor in (1.0, 2.0, 5.0):
        mean, covariance = exact([0, 1, 2], factor)
        found = drawn(likelihood(factor))
        assert found.mean == pytest.approx(mean, abs=0.01) and found.covariance == pytest.approx(covariance, abs=0.015)


def test_other_variances_are_reckoned_with_without_new_draws() -> None:
    """Half and twice the variances of guessed figures: the ends of the known posteriors, to 2 % of their width."""
    of = likelihood(1.0)
    found = sensitivity(of, drawn(of))
    for change, factor in (("variances_halved", 0.5), ("variances_doubled", 2.0)):
        mean, covariance = exact([0, 1, 2], factor)
        for row, name in enumerate("uv"):
            wide = 1.959964 * np.sqrt(covariance[row, row])
            assert found[name][change] == pytest.approx([mean[row] - wide, mean[row] + wide], abs=0.04 * wide)


def test_figures_of_printed_persons_are_no_guess() -> None:
    printed = {"a": target(50.4, n=100)}
    one = Likelihood(PRIORS, printed, linear(), NOISE[:1], errors_of(printed))
    assert sensitivity(one, Sample(np.zeros((1, 2)), np.ones(1))) == {}


def test_of_one_figure_left_out_the_prior_remains() -> None:
    z = np.random.default_rng(1).normal(size=(40, 2))
    targets = {"a": target(0.4, n=100)}
    one = Likelihood(PRIORS, targets, emulate(z, z[:, :1], [False], [False]), NOISE[:1], errors_of(targets))
    assert one.log_density(np.array([[1.0, 2.0]]), but=0) == pytest.approx([-2.5])


def test_weighted_quantiles_are_those_of_so_many_copies() -> None:
    found = weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.25, 0.5, 0.25]), (0.25, 0.625, 0.875))
    assert found == pytest.approx([1.0, 2.0, 3.0])
