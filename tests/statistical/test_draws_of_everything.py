"""Every shipped scenario at 200 draws of all that is unsure of it: none fails, and no invariant of a week is broken
(these are checked in every run)."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from simulation import load
from simulation.experiments.uncertain.design import design
from simulation.results.measures.replication import simulate
from simulation.results.names import Names
from simulation.scenario.schema import Scenario

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"
SHIPPED = sorted(path.stem for path in SCENARIOS.glob("*.yaml"))
FEWER = 10
"""So many times fewer ledige than are drawn; staff and places as they are drawn."""


def smaller(scenario: Scenario) -> Scenario:
    """The same with fewer ledige in every jobcentre."""
    fewer = {name: max(persons // FEWER, 1) for name, persons in scenario.persons().items()}
    places = {name: each.model_copy(update={"persons": fewer[name]}) for name, each in scenario.jobcentres.items()}
    return scenario.model_copy(update={"jobcentres": places})


def draw_all(name: str, draws: int) -> None:
    """Simulate the draws of a scenario, one replication each. Raises AssertionError for a share beyond 0 and 1, or a
    negative count, and whatever a run raises."""
    loaded = load(SCENARIOS / f"{name}.yaml")
    found = design([loaded], draws)
    assert found.as_written == 0 and len(found.points.every[0]) == draws
    for number, values in enumerate(found.points.every[0]):
        scenario = loaded.at(values).scenario
        names = Names(scenario)
        (replication,) = simulate(smaller(scenario), [number])
        for figure, value in replication.outcomes.items():
            if figure.outcome.startswith("employed_net"):
                continue  # a share less another one
            scale = names.scale(figure)
            inside = np.isnan(value) or scale.lowest - 1e-9 <= value <= scale.highest + 1e-9
            assert inside, f"{name}, draw {number}: {figure} is {value}"


@pytest.mark.parametrize("name", ["base_kontanthjaelp", "fleksjob_andre_aktoerer"])
def test_some_draws_of_some_scenarios(name: str) -> None:
    draw_all(name, 3)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_at_two_hundred_draws(name: str) -> None:
    draw_all(name, 200)
