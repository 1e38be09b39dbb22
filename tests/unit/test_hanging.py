"""What an answer hangs on, and the weights of draws."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.experiments.luck import quantiles, weighted, without_luck
from simulation.experiments.uncertain.answers import Rows
from simulation.experiments.uncertain.hanging import Hanging
from simulation.experiments.uncertain.simulated import numbers_of
from simulation.experiments.uncertain.weights import Fitted, Weights, from_logs, kish, weights_of
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.scenario.published import Published

EQUAL = np.full(200, 1 / 200)


def values(seed: int, count: int = 30, draws: int = 200) -> dict[str, np.ndarray]:
    luck = np.random.default_rng(seed)
    return {f"value {k}": luck.uniform(size=draws) for k in range(count)}


def test_what_an_answer_hangs_on_stands_out_with_its_share() -> None:
    """Rank correlation of a straight line with as much noise as signal: a share of about a half."""
    columns = values(1)
    noise = np.random.default_rng(2).normal(size=200)
    answer = 3 * columns["value 3"] - 5 * columns["value 7"] + 0.3 * noise
    found = Hanging(columns, EQUAL, 2, 7).of(answer)
    assert list(found.shares)[:2] == ["value 7", "value 3"] and found.drawn == 30
    assert found.shares["value 7"] == pytest.approx(25 / 34, abs=0.1)
    assert all(share > found.band for share in found.shares.values())


def test_of_answers_that_hang_on_nothing_one_in_twenty_seems_to() -> None:
    """The band is of the largest share of all values: of 200 answers that hang on none some 10 have one that stands
    out; between 2 and 22 is within four standard deviations of the binomial. Draws that share values share answers."""
    luck = np.random.default_rng(5)
    columns = values(4)
    columns |= {f"shared {k}": np.repeat(luck.uniform(size=100), 2) for k in range(10)}
    hanging = Hanging(columns, EQUAL, 2, 7)
    answers = [np.repeat(luck.normal(size=100), 2) + 0.3 * luck.normal(size=200) for _ in range(200)]
    assert 2 <= sum(bool(hanging.of(answer).shares) for answer in answers) <= 22
    alone = Hanging(columns, EQUAL, 1, 7)  # as if all draws were for themselves, the band is too narrow
    assert sum(bool(alone.of(answer).shares) for answer in answers) > 22


def test_a_value_that_never_differs_and_an_answer_that_is_not_known() -> None:
    columns = {**values(1, 3), "still": np.ones(200)}
    hanging = Hanging(columns, EQUAL, 2, 7)
    assert hanging.names == ["value 0", "value 1", "value 2"]
    for answer in (np.full(200, np.nan), np.full(200, 2.0)):
        assert hanging.of(answer).shares == {}


def test_the_effective_number_of_draws() -> None:
    assert kish(np.full(50, 0.02)) == pytest.approx(50)
    assert kish(np.array([1.0, 1.0, 0.0, 0.0])) == 2
    assert kish(np.array([3.0, 1.0])) == pytest.approx(16 / 10)
    assert from_logs(np.array([-1000.0, -1000.0, np.nan])) == pytest.approx([0.5, 0.5, 0])
    assert from_logs(np.full(4, np.nan)) == pytest.approx(np.full(4, 0.25))
    nothing = Fitted({}, {})
    assert Weights(np.full(50, 0.02), nothing).enough and not Weights(np.array([0.9, 0.1]), nothing).enough


def test_weights_recover_a_posterior_that_is_known() -> None:
    """A figure θ + a, with θ and a standard normal beforehand, is printed as 1.2 with standard error 0.5. θ is drawn
    from its posterior with a = 0 as written, a from what it was beforehand. Weighted, both have the mean 1.2 / 2.25
    and the variance 1 − 1 / 2.25, and their covariance is −1 / 2.25: five standard errors of the effective draws."""
    y, se, draws = 1.2, 0.5, 40_000
    luck = np.random.default_rng(11)
    theta = luck.normal(y / (1 + se**2), np.sqrt(se**2 / (1 + se**2)), draws)
    a = luck.normal(size=draws)
    figure = Figure("x")
    target = Published(outcome="x", group="alle", figure=y, rounding=0.0, role="fit", se=se, se_source="test",
                       source="test", page="1", definition="test")  # fmt: skip
    run: Any = SimpleNamespace(estimate_of=lambda _: Estimate(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2, 2))
    at, alone = (np.column_stack([shift, shift]) for shift in (theta + a, theta))
    found = weights_of(run, Fitted({"x": target}, {"x": figure}), {figure: at}, {figure: alone}, range(draws))
    error = 5 / np.sqrt(found.effective)
    assert 1000 < found.effective < draws
    mean, variance = weighted(theta, found.of_draws)
    assert mean == pytest.approx(y / 2.25, abs=error) and variance == pytest.approx(1 - 1 / 2.25, abs=1.5 * error)
    of_a, its_variance = weighted(a, found.of_draws)
    assert of_a == pytest.approx(y / 2.25, abs=error) and its_variance == pytest.approx(1 - 1 / 2.25, abs=1.5 * error)
    shared = float(found.of_draws @ ((theta - mean) * (a - of_a)))
    assert shared == pytest.approx(-1 / 2.25, abs=1.5 * error)


def test_quantiles_and_variance_with_weights() -> None:
    """Whole weights are as so many copies; the variance is the usual one where all weights are the same."""
    luck = np.random.default_rng(3)
    numbers = luck.normal(size=300)
    assert weighted(numbers, np.ones(300)) == pytest.approx((numbers.mean(), numbers.var(ddof=1)))
    assert quantiles(numbers, np.ones(300), [0.1, 0.9]) == pytest.approx(
        np.quantile(numbers, [0.1, 0.9], method="hazen").tolist()
    )
    times = luck.integers(1, 4, 300)
    copies = np.repeat(numbers, times)
    assert quantiles(numbers, times.astype(float), [0.2, 0.7]) == pytest.approx(
        quantiles(copies, np.ones(len(copies)), [0.2, 0.7]), abs=0.05
    )
    rows = np.column_stack([numbers, numbers])
    assert without_luck(rows, np.ones(300)) == pytest.approx(without_luck(rows))
    assert np.isnan(quantiles(np.array([np.nan]), np.ones(1), [0.5])).all()


@pytest.mark.parametrize(("common", "left"), [(1.0, 0.0), (0.0, 1.0), (0.5, 0.75)])
def test_as_much_luck_is_taken_off_as_is_shared(common: float, left: float) -> None:
    """Of luck with variance 1 that a draw shares with the point to this correlation, 1 − ρ² is left."""
    luck = np.random.default_rng(4)
    point = luck.normal(size=(1000, 2))
    own = luck.normal(size=(1000, 2))
    drawn = 5 + 0.3 + common * point + np.sqrt(1 - common**2) * own
    shifts = Rows(drawn, 5 + point, 5.0).shifts
    assert shifts.mean() == pytest.approx(0.3, abs=0.1)
    assert shifts.var() == pytest.approx(left, abs=0.12)


def test_draws_take_turns_in_the_replications() -> None:
    assert [list(each) for each in numbers_of(5, 4)] == [[0, 1], [2, 3], [0, 1], [2, 3]]
    assert [list(each) for each in numbers_of(1, 2)] == [[0], [0]]
