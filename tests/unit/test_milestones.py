"""The traffic lights of milestones, at their thresholds and over replications."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from simulation.results.intervals import estimate
from simulation.results.milestones import light, milestones
from simulation.results.names import Figure
from simulation.scenario.schema import Milestone


def milestone(expected: float = 200.0, yellow: float = 0.1, red: float = 0.25) -> Milestone:
    """Lights at a shortfall of 10 and 25 %, as printed."""
    return Milestone(
        outcome="klub_referred", expected=expected, yellow_from=yellow, red_above=red, source="test", page="1"
    )


@pytest.mark.parametrize(
    ("number", "colour"),
    [
        (250.0, "green"),
        (200.0, "green"),
        (180.01, "green"),
        (180.0, "yellow"),  # exactly 10 % short is not less than 10 %
        (179.99, "yellow"),
        (150.0, "yellow"),  # exactly 25 % short is not more than 25 %
        (149.99, "red"),
        (0.0, "red"),
    ],
)
def test_lights_at_their_thresholds(number: float, colour: str) -> None:
    """Less than 10 % short is green, up to and with 25 % yellow, more is red."""
    assert light(milestone(), number) == colour


@pytest.mark.parametrize("expected", [30.0, 70.0, 110.0, 130.0, 1370.0, 17.0, 3.0])
def test_exactly_at_a_threshold_whatever_the_number(expected: float) -> None:
    """0.9 and 0.75 of the expected number are yellow although 1 − 0.9 is not 0.1 in binary."""
    assert light(milestone(expected), 0.9 * expected) == "yellow"
    assert light(milestone(expected), 0.75 * expected) == "yellow"


def test_shares_of_replications_by_light() -> None:
    """Four replications at 200, 180, 150 and 100 of 200: the light of the mean (157.5: yellow), and of each."""
    numbers = np.array([200.0, 180.0, 150.0, 100.0])
    result: Any = SimpleNamespace(
        loaded=SimpleNamespace(scenario=SimpleNamespace(milestones={"henvist": milestone(), "tom": milestone()})),
        names=SimpleNamespace(figure=Figure),
        values=lambda figure: numbers,
        estimate_of=lambda figure: estimate(numbers),
    )
    reached, _ = milestones(result)
    assert (reached.name, reached.light) == ("henvist", "yellow")
    assert reached.shares == {"green": 0.25, "yellow": 0.5, "red": 0.25}
    assert reached.shortfall == pytest.approx(1 - 157.5 / 200)


def test_a_milestone_that_no_replication_measures_is_left_out() -> None:
    """An overlay may have taken the intervention away."""
    result: Any = SimpleNamespace(
        loaded=SimpleNamespace(scenario=SimpleNamespace(milestones={"henvist": milestone()})),
        names=SimpleNamespace(figure=Figure),
        values=lambda figure: np.array([np.nan, np.nan]),
    )
    assert list(milestones(result)) == []
