"""jobcentersim: a discrete-event microsimulation of Danish labour-market interventions.

THE ROAD from a file to a table, with the file of each step:

    scenario.yaml  an analyst writes it: strict YAML, perhaps on top of another file (`extends`)
    Loaded         scenario/load.py: text with places (files/), overlays resolved, fitted values taken in, names and
                   references checked; every mistake is told at file:line:col
    Scenario       scenario/schema.py: validated, frozen, with a unit for every number
    World          week.py `build`: people as columns (world/ledige.py), jobcentres and staff (world/staff/), exits
                   (world/afgang.py), for a batch of replications side by side; `interventions/` start their parts
    the weeks      week.py: what happens from mandag to søndag, until the last week
    Register       world/register.py: every søndag one code per person, and counts per jobcentre and arm
    Replication    results/measures/replication.py `simulate`: the register turned to weeks since enrolment (histories),
                   and every figure measured by its definition (outcomes, months, first_jobs, staffing)
    Result         results/result.py: many replications (experiments/replicate.py, over processes by
                   experiments/work.py), each figure with its intervals; published figures beside it
    the table      `result.table()`; results/tables/ for a results folder, report/text.py on screen

A figure is an outcome of a group in a week (results/names.py). What an outcome is stands where it is declared: with its
kind of intervention, or in results/general.py.

from simulation import load, run, compare
base = load("scenarios/paa_rette_vej_i_job.yaml")
slow = base.with_({"interventions.samtaler.plans.ugentlig.every.0.weeks": 2})
run(base, replications=10).table()
compare(base, slow, replications=10).table()
sweep(base, {"teams.projekt.fte": [1, 2, 3]}, replications=10).table()
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.scenario.load import Loaded, load

if TYPE_CHECKING:
    from simulation.experiments.compare import Comparison
    from simulation.experiments.swept import Swept
    from simulation.results.result import Result

__all__ = ["Loaded", "compare", "load", "run", "sweep"]


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


def sweep(
    scenario: Loaded,
    over: Mapping[str, Any] | None = None,
    replications: int | None = None,
    workers: int = 1,
    progress: bool = False,
    outcomes: Sequence[str] = (),
    service: str | None = None,
    staff: str | None = None,
) -> Swept:
    """Simulate a grid of variants by the same luck. `over` has for each dotted key a list of values, or a mapping of
    start, stop and step; absent: as the scenario's sweep block says. `outcomes`, `service` and `staff` are as on the
    command line. `table()` has every figure and its paired difference from the scenario as given, `service_table()` the
    smallest staffing. Nothing is written to disk. Raises InputProblems with all that is wrong.
    """
    from simulation.experiments.grid import grid_of, plain
    from simulation.experiments.sweep import run_grid
    from simulation.scenario.axes import read_options
    from simulation.scenario.files.problems import Mark

    _loaded(scenario)
    options = read_options((), outcomes, service, staff)
    options.over = {key: (plain(values), Mark("over", 0, 0)) for key, values in (over or {}).items()}
    return run_grid(grid_of(scenario.file, scenario.resolved, options), replications, workers, progress=progress)


def _loaded(*scenarios: Loaded) -> None:
    for scenario in scenarios:
        if not isinstance(scenario, Loaded):
            raise TypeError(f"give a loaded scenario, such as load({scenario!r})")
