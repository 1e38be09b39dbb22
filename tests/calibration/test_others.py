"""Left out in turn: how far a posterior moves, and how many figures are left out by a fit of their own."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.others import REFITS, divergence, none_left_out, refits_of
from calibration.population import Sample


def normal(mean: float, sd: float) -> Sample:
    """Two parameters, the second as the first but at 0: points that have exactly these moments."""
    points = np.array([[mean + sd, sd], [mean + sd, -sd], [mean - sd, sd], [mean - sd, -sd]])
    return Sample(points, np.full(4, 0.25))


def test_divergence_is_that_of_normal_distributions() -> None:
    """By hand: of two independent parameters, of which one has moved and both are as much wider."""
    assert divergence(normal(0, 1), normal(0, 1)) == pytest.approx(0, abs=1e-6)
    assert divergence(normal(0, 1), normal(3, 1)) == pytest.approx(4.5)
    assert divergence(normal(0, 1), normal(0, 2)) == pytest.approx(0.5 * (8 - 2 - 2 * np.log(4)))


def test_of_one_figure_nothing_would_be_left() -> None:
    assert [refits_of(count) for count in (1, 2, 9)] == [0, 2, REFITS]
    assert np.isnan(none_left_out(5, 3).told).all()
