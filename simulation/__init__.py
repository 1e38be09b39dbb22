"""jobcentersim: a discrete-event microsimulation of Danish labour-market interventions.

from simulation import load, run, compare
base = load("scenarios/paa_rette_vej_i_job.yaml")
slow = base.with_({"interventions.samtaler.plans.ugentlig.every.0.weeks": 2})
run(base, replications=10).table()
compare(base, slow, replications=10).table()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.scenario.load import Loaded, load

if TYPE_CHECKING:
    from simulation.experiments.compare import Comparison
    from simulation.results.result import Result

__all__ = ["Loaded", "compare", "load", "run"]


def run(scenario: Loaded, replications: int | None = None, workers: int = 1, progress: bool = False) -> Result:
    """Simulate a scenario (as `load` gives it); `table()` of the result is a DataFrame. Nothing is written to disk."""
    _loaded(scenario)
    from simulation.experiments.replicate import replicate

    return replicate([scenario], replications, workers, progress=progress)[0]


def compare(
    base: Loaded, scenario: Loaded, replications: int | None = None, workers: int = 1, progress: bool = False
) -> Comparison:
    """Simulate two scenarios by the same luck (the base's seed); `table()` has the paired differences."""
    from simulation.experiments.compare import Comparison
    from simulation.experiments.replicate import replicate

    _loaded(base, scenario)
    same_luck = scenario.with_({"seed": base.scenario.seed})
    return Comparison(*replicate([base, same_luck], replications, workers, progress=progress))


def _loaded(*scenarios: Loaded) -> None:
    for scenario in scenarios:
        if not isinstance(scenario, Loaded):
            raise TypeError(f"give a loaded scenario, such as load({scenario!r})")
