"""The value at which a course of outcomes passes a wanted one."""

from __future__ import annotations

import numpy as np
import pytest

from simulation.experiments.needed import crossing


def test_crossing_is_found_between_points_and_only_there() -> None:
    values = np.array([0.0, 1.0, 2.0])
    assert crossing(values, [0.0, 2.0, 3.0], 1.0) == pytest.approx(0.5)
    assert crossing(values, [0.0, 2.0, 3.0], 3.0) == pytest.approx(2.0)
    assert np.isnan(crossing(values, [0.0, 2.0, 3.0], 4.0))
