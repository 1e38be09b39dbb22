"""The order in which arms are written moves nobody: every life, count and figure is the same."""

from __future__ import annotations

import dataclasses
import math
from pathlib import Path

import numpy as np
import pytest

from simulation import Loaded, load
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure
from simulation.scenario.load import validated
from simulation.world.ledige import Intake, enrol
from tests.reference.tables import third

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("scenarios/*.yaml"))
WITH_ARMS = [path for path in SHIPPED if len(load(path).scenario.as_written) > 1]


def reordered(loaded: Loaded) -> Loaded:
    """The scenario with its arms written the other way round; the reference arm stays."""
    data = dict(loaded.resolved.data)
    arms = data["arms"]
    data["arms"] = dict(reversed(arms.items()))
    return validated(loaded.file, dataclasses.replace(loaded.resolved, data=data))


def outcomes(loaded: Loaded) -> dict[Figure, float]:
    """Every figure of the first replication."""
    return dict(simulate(loaded.scenario, [0])[0].outcomes)


@pytest.mark.parametrize("path", third(WITH_ARMS, 0), ids=lambda path: str(path.stem))
def test_every_shipped_scenario_with_its_arms_reversed(path: Path) -> None:
    loaded = load(path)
    assert list(reordered(loaded).scenario.arms) == list(loaded.scenario.arms)[::-1]
    before, after = outcomes(loaded), outcomes(reordered(loaded))
    assert before.keys() == after.keys()
    for figure, value in before.items():
        error = figure.outcome.startswith("hazard_error")  # of the ratio, whichever way it is taken
        if figure.group.kind == "difference" and not error:  # the others are held against the last arm written
            value = -value
        assert after[figure] == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True), figure


@pytest.mark.parametrize("blocked", [False, True])
@pytest.mark.parametrize("weights", [[1, 1, 1], [2, 3, 0.7], [1, 5, 1]])
def test_three_arms_in_any_order(blocked: bool, weights: list[float]) -> None:
    """Who is in which arm; each has its share, exactly where arms are blocked."""
    intake = Intake(persons=900, weeks=10)
    arms = dict(zip(("taet", "lov", "uden"), weights, strict=True))

    def drawn(order: list[str]) -> list[str]:
        ledige = enrol(7, [0, 1], {"x": 900, "y": 33}, intake, {n: arms[n] for n in order}, {}, blocked=blocked)
        return [order[a] for a in ledige.arm]

    first = drawn(["taet", "lov", "uden"])
    for order in (["uden", "lov", "taet"], ["lov", "taet", "uden"], ["taet", "uden", "lov"]):
        assert drawn(order) == first
    for name, weight in arms.items():
        share, expected = first.count(name) / len(first), weight / sum(weights)
        spread = 4 / len(first) if blocked else 4 * math.sqrt(expected * (1 - expected) / len(first))
        assert abs(share - expected) <= spread
    assert np.unique(first).size == 3
