"""The value at which a course of outcomes passes a wanted one, and what may be asked for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from simulation.experiments.needed import crossing, needed_effects
from simulation.scenario.asked import NeededEffect
from simulation.scenario.load import Loaded, load
from tests.sweeps import write

QUESTION: dict[str, Any] = {
    "question": "How fast?", "parameter": "exits.job.level", "without": 0.0, "highest": 0.06, "outcome": "exit_job",
    "group": "alle", "source": "x", "page": "1",
}  # fmt: skip


def test_crossing_is_found_between_points_and_only_there() -> None:
    values = np.array([0.0, 1.0, 2.0])
    assert crossing(values, [0.0, 2.0, 3.0], 1.0) == pytest.approx(0.5)
    assert crossing(values, [0.0, 2.0, 3.0], 3.0) == pytest.approx(2.0)
    assert np.isnan(crossing(values, [0.0, 2.0, 3.0], 4.0))


@pytest.mark.parametrize("wish", [{}, {"change": 0.1, "level": 0.2}])
def test_one_wish_is_said(wish: dict[str, float]) -> None:
    with pytest.raises(ValidationError, match="give exactly one of change"):
        NeededEffect.model_validate(QUESTION | wish)
    assert NeededEffect.model_validate(QUESTION | {"level": 0.2}).wanted == 0.2


def asking(tmp_path: Any, **question: Any) -> Loaded:
    scenario = load(write(tmp_path))
    return scenario.with_({"needed_effects": {"q": QUESTION | question}})


def test_from_nothing_a_level_is_a_change(tmp_path: Any) -> None:
    """Nobody leaves at an intensity of 0, so a share of 0.3 is a change of 0.3: one value, other words."""
    (level,) = needed_effects(asking(tmp_path, level=0.3), 3)
    (change,) = needed_effects(asking(tmp_path, change=0.3), 3)
    assert level.value == change.value
    assert "for exit_job (alle) to be 0.3 (" in level.sentence()
    assert "for exit_job (alle) to change by 0.3 (" in change.sentence()


def test_a_level_counts_in_what_is_there_without_the_effect(tmp_path: Any) -> None:
    """From an intensity that already gives some exits, the level takes less than as large a change."""
    (level,) = needed_effects(asking(tmp_path, level=0.4, without=0.005), 3)
    (change,) = needed_effects(asking(tmp_path, change=0.4, without=0.005), 3)
    there = level.reached[0].value
    assert 0 < there < 0.4 and change.reached[0].value == 0
    assert level.value < change.value
    shares = [each.value for each in level.reached]
    assert level.value == pytest.approx(crossing(level.tried, shares, 0.4))
    changes = [each.value for each in change.reached]
    assert changes == pytest.approx([share - there for share in shares])


def test_a_level_that_no_value_reaches_is_said_as_one(tmp_path: Any) -> None:
    (answer,) = needed_effects(asking(tmp_path, level=0.99, highest=0.02), 2)
    assert "exit_job (alle) then is " in answer.sentence() and "and should be 0.99" in answer.sentence()


def test_a_level_takes_all_replications_and_a_change_few(tmp_path: Any) -> None:
    (level,) = needed_effects(asking(tmp_path, level=0.3), 12)
    (change,) = needed_effects(asking(tmp_path, change=0.3), 12)
    assert (level.reached[0].of, change.reached[0].of) == (12, 10)
