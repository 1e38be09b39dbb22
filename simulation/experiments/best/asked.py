"""What Python asks of the best design: scenarios or a grid of one, and what is sought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulation.experiments.best.designs import Designs, axes_alone, refused
from simulation.experiments.best.goal import Goal, goal_of
from simulation.experiments.grid import grid_of
from simulation.scenario.axes import given_options
from simulation.scenario.load import Loaded


def asked_for(
    scenarios: Sequence[Loaded], over: Mapping[str, Any] | None, sought: Mapping[str, Any]
) -> tuple[Designs, Goal]:
    """The designs, and the goal as on the command line. Raises InputProblems with all that is wrong with either;
    ValueError where scenarios cannot be held against each other."""
    if len(scenarios) == 1:
        (scenario,) = scenarios
        grid = grid_of(scenario.file, axes_alone(scenario.resolved), given_options(over or {}))
        designs = Designs([grid.loaded], grid)
    elif not scenarios or over:
        raise ValueError("give several scenarios, or one with the values of its keys (`over`)")
    else:
        seed = scenarios[0].scenario.seed
        designs = Designs([scenario.with_({"seed": seed}) for scenario in scenarios])
        if wrong := refused(designs):
            raise ValueError("; ".join(wrong))
    return designs, goal_of(designs, sought)
