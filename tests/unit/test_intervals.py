"""The binomial interval of a printed figure, and published figures that are printed as so many of n persons."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import beta, binom

from simulation.results.intervals import Estimate, binomial, estimate
from simulation.results.names import Figure, Group
from simulation.results.verdict import Beside
from simulation.scenario.published import Published


@pytest.mark.parametrize(("count", "n"), [(16, 240), (0, 30), (30, 30), (1, 1), (55, 240), (7, 9), (10_000, 20_000)])
def test_the_binomial_interval_is_that_of_clopper_and_pearson(count: int, n: int) -> None:
    """By quantiles of the beta distribution; 0 and 1 where nobody or everybody is meant."""
    low = beta.ppf(0.025, count, n - count + 1) if count else 0.0
    high = beta.ppf(0.975, count + 1, n - count) if count < n else 1.0
    assert binomial(count / n, n) == pytest.approx((low, high), abs=1e-9)


def test_a_known_interval() -> None:
    """16 of 240: 3.9 to 10.6 %; at its ends 16 or more, and 16 or fewer, have a chance of 2.5 %."""
    low, high = binomial(16 / 240, 240)
    assert (low, high) == pytest.approx((0.0386, 0.1060), abs=5e-5)
    assert binom.sf(15, 240, low) == pytest.approx(0.025, abs=1e-6)
    assert binom.cdf(16, 240, high) == pytest.approx(0.025, abs=1e-6)


def test_a_rounded_share_is_taken_for_the_nearest_number_of_persons() -> None:
    """7 % of 240 is 16.8, so 17 persons."""
    assert binomial(0.07, 240) == binomial(17 / 240, 240) != binomial(16 / 240, 240)


def figure(**printed: Any) -> Published:
    """A published figure with everything that one needs."""
    where = {"outcome": "exit_job", "group": "alle", "source": "test", "page": "1", "definition": "x"}
    return Published.model_validate({"rounding": 0.0, **where, **printed})


def test_a_count_is_a_share_of_n() -> None:
    """29 of 145; the figure itself may be given as well, and then it stands."""
    assert figure(count=29, n=145).figure == 0.2
    assert figure(count=0, n=10).figure == 0.0
    assert figure(figure=0.21, count=29, n=145).figure == 0.21


@pytest.mark.parametrize(
    "printed",
    [{"count": 3}, {"count": 11, "n": 10}, {"count": -1, "n": 10}, {"count": 2.5, "n": 10}, {"count": True, "n": 10},
     {"count": 1, "n": 0}, {"count": 1, "n": "10"}],
)  # fmt: skip
def test_a_count_needs_n_and_is_part_of_it(printed: dict[str, Any]) -> None:
    """Refused in words."""
    with pytest.raises(ValidationError, match="count: needs n, and must be a whole number from 0 to n"):
        figure(**printed)


SIMULATED = estimate(np.array([0.18, 0.20, 0.22]))


def beside(simulated: Estimate = SIMULATED, **printed: Any) -> Beside:
    """A published figure beside this one."""
    published = figure(**printed)
    share = published.outcome not in ("weeks_to_exit", "fleksjob_created")
    return Beside("x", published, Figure(published.outcome, Group.read(published.group)), share, simulated)


def test_the_sampling_error_is_shown_where_n_is_printed() -> None:
    """None without n, without a figure, of a difference or of a mean; in persons if it is printed in persons."""
    assert beside(count=29, n=145).sampling == binomial(0.2, 145)
    assert beside(figure=0.2).sampling is None
    assert beside(figure=None, words="knap halvdelen", n=145).sampling is None
    low, high = binomial(35 / 120, 120)
    persons = beside(outcome="fleksjob_created", figure=35.0, count=35, n=120).sampling
    assert persons == pytest.approx((120 * low, 120 * high))
    assert beside(group="difference", figure=-0.05, n=100).sampling is None
    assert beside(outcome="weeks_to_exit", figure=40.0, n=30).sampling is None
