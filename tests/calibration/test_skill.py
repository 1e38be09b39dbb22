"""What a fit adds: log scores of known distributions, and what of them is gained."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from calibration.skill import Predicted, log_score, predicted, skill


def test_the_log_score_is_that_of_the_density_with_its_error() -> None:
    """Of a normal figure: what is simulated and what is printed err both."""
    values = 3 + 0.4 * norm.ppf((np.arange(2000) + 0.5) / 2000)
    for printed, error in ((3.0, 0.3), (4.0, 0.3), (3.5, 1.0)):
        exact = norm.logpdf(printed, 3, np.hypot(0.4, error))
        assert log_score(values, printed, error) == pytest.approx(exact, abs=0.05)


def test_few_values_are_filled_in_between() -> None:
    """64 of them are as many as a round has; a figure that is far more precise than they lie apart is told all the
    same: to 0.1 of the true density."""
    values = norm.ppf((np.arange(64) + 0.5) / 64)
    assert log_score(values, 0.31, 1e-4) == pytest.approx(norm.logpdf(0.31), abs=0.1)
    assert np.isfinite(log_score(np.array([1.0, 1.0, 1.0]), 1.0, 0.0))


def test_what_is_not_known_is_left_out() -> None:
    values = np.array([1.0, np.nan, 2.0, 3.0])
    assert predicted(values, 2.0, 0.5) == predicted(values[[0, 2, 3]], 2.0, 0.5)
    assert np.isnan(predicted(np.full(3, np.nan), 2.0, 0.5).score)


def test_skill_is_what_is_gained_and_how_much_of_the_width_is_left() -> None:
    before, now = Predicted(5.0, 0.0, 10.0, -3.0), Predicted(4.0, 3.0, 5.0, -1.0)
    assert skill(now, before).score == 2 and skill(now, before).width == pytest.approx(0.2)
    same = skill(before, before)
    assert same.score == 0 and same.width == 1
    assert np.isnan(skill(now, Predicted(4.0, 4.0, 4.0, 0.0)).width)
