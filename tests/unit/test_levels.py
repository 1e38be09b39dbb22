"""Calibrated levels stand where the figures that they were set to put them."""

from __future__ import annotations

import numpy as np
import pytest

from calibration.levels import fits
from simulation.experiments.needed import crossing


def test_crossing_is_found_between_points_and_only_there() -> None:
    values = np.array([0.0, 1.0, 2.0])
    assert crossing(values, [0.0, 2.0, 3.0], 1.0) == pytest.approx(0.5)
    assert crossing(values, [0.0, 2.0, 3.0], 3.0) == pytest.approx(2.0)
    assert np.isnan(crossing(values, [0.0, 2.0, 3.0], 4.0))


@pytest.mark.slow
def test_calibrated_levels_reach_their_figures() -> None:
    """Decision rule: the value in the scenario lies within 10 % of the one that reaches the published figure."""
    for fit in fits(replications=60):
        assert fit.present == pytest.approx(fit.value, rel=0.10), fit
