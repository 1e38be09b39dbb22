"""The peak, with and without parameters that are whole numbers."""

from __future__ import annotations

import itertools

import numpy as np

from calibration.peak import peak_of
from calibration.priors import Prior
from simulation.world.spec import Floats


def prior(low: float, high: float, whole: bool = False) -> Prior:
    said = {"distribution": "lognormal", "range": [low, high], "unit": "x", "why": "y", "whole": whole}
    return Prior.model_validate(said)


def misses(z: Floats) -> Floats:
    """Three figures that are linear on the normal scale, and the priors."""
    a = np.array([[3.0, 1.0, -1.0], [1.0, 4.0, 2.0], [0.0, 1.0, 5.0]])
    return np.concatenate((a @ z - [1.0, 2.0, -1.0], z))


def test_of_linear_figures_it_is_the_normal_equations_solution() -> None:
    """In one step of least squares."""
    a = np.array([misses(row) - misses(np.zeros(3)) for row in np.eye(3)]).T
    expected = np.linalg.lstsq(a, -misses(np.zeros(3)), rcond=None)[0]
    assert np.allclose(peak_of(misses, np.zeros(3), [prior(1, 9)] * 3), expected, atol=1e-6)


def test_whole_numbers_are_the_best_whole_numbers() -> None:
    """Against every pair of whole numbers near, the third parameter following."""
    priors = [prior(2, 20, True), prior(3, 9, True), prior(1, 9)]
    found = peak_of(misses, np.zeros(3), priors)
    wholes = [float(each.value(z)) for each, z in zip(priors, found, strict=True)][:2]
    assert wholes == [round(each) for each in wholes]
    best = np.inf
    for pair in itertools.product(range(1, 30), range(1, 20)):
        z = np.array([float(p.normal(np.array(v))) for p, v in zip(priors, pair, strict=False)])
        third = np.linspace(-2, 2, 4001)
        least = min(float(np.square(misses(np.array([*z, t]))).sum()) for t in third[::40])
        best = min(best, least)
    assert float(np.square(misses(found)).sum()) <= best + 1e-9


def test_a_whole_number_does_not_fall_to_none() -> None:
    """One is the least that a lognormal whole number can be."""
    (found,) = peak_of(lambda z: np.concatenate((z + 8, z)), np.zeros(1), [prior(1, 6, True)])
    assert float(prior(1, 6, True).value(found)) == 1
