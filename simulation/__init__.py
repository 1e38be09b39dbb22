"""jobcentersim: a discrete-event microsimulation of Danish labour-market interventions.

THE ROAD from a scenario to a table: what one has after each step, and the modules (in `simulation/`) that make it.

    scenario.yaml  an analyst writes it: strict YAML, perhaps on top of another file (`extends`)
    Loaded         scenario/load.py. The text is read with line and column, overlays and fitted values (numbers that
                   a calibration found) are taken in (scenario/files/), and held against the schema; names that
                   nothing has, and what cannot work together, are found. Every mistake, such as a misspelt key, is
                   told at file:line:col
    Scenario       scenario/schema.py: what a scenario may say. Frozen; every number has a unit
    World          week.py `build`. Several replications side by side: people as columns (world/ledige.py), jobcentres
                   and staff (world/staff/), exits (world/afgang.py), and the running parts of interventions/
    Register       week.py `run` lets the weeks pass (large.py does so a few jobcentres at a time, where a world is
                   large). Every søndag world/register.py writes one code for each person (status, offer, talk of the
                   week), and world/counts.py adds up what was counted, by jobcentre and arm
    Replication    results/measures/. `simulate` in replication.py builds and runs the worlds; histories.py turns the
                   register, so that week 0 is the week of enrolment; outcomes.py, months.py, first_jobs.py and
                   staffing.py measure every figure by its definition
    Result         results/result.py: the replications of a scenario, each figure with its intervals and the published
                   one beside it. experiments/replicate.py asks for so many; experiments/work.py does them in several
                   processes
    a table        `result.table()`; results/tables/ writes a folder of them, report/findings.py chooses what answers
                   the question, report/screen.py says it in fifteen lines, report/text.py all of it

A figure is an outcome, of a group (everybody, or one arm of a trial), in a week since enrolment or over the whole
follow-up: exits to a job, of the arm deltager, by week 26 (results/names.py). An outcome is defined with the kind of
intervention that it is of, such as the wait for a seat in interventions/jobklub/settings.py; those that are of none,
such as exits, in results/general.py.

from simulation import compare, load, run, sweep
base = load("scenarios/paa_rette_vej_i_job.yaml")
slow = base.with_({"interventions.samtaler.plans.ugentlig.every.0.weeks": 2})  # the first interval of the plan
run(base, replications=10).summary()  # what was found, in fifteen lines; in a notebook the result shows it by itself
run(base, replications=10).table("exit_job", week=None)
compare(base, slow, replications=10).plot("talk_share")
compare(base, slow, replications=10).tell("exit_job")  # in a sentence, or that it is not measurable
compare_each(base, {"slow": slow}, replications=10)["slow"]  # several against one base
sweep(base, {"teams.projekt.fte": [1, 2, 3]}, replications=10).table()
best(base, over={"teams.projekt.fte": [1, 2]}, of="talk_share", zone="2pp").table()  # with a stated confidence
sensitivity(base, slow, of="exit_job").answer()  # on which assumption the difference hangs
cba(base, slow).table()  # who pays and who gains, by payer and calendar year
uncertain(base, draws=200).tables()["uncertainty"]
rehearse(load("scenarios/oevelse/forsoeg.yaml"), rehearsals=200).table()  # a trial: would it see the effect?
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulation.economy.cba.door import cba
from simulation.experiments.doors import best, check_loaded, rehearse, sensitivity
from simulation.results.telling import told_by
from simulation.world.keywords import kindly

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from simulation.experiments.compare import Comparison
    from simulation.experiments.swept import Swept
    from simulation.report.under import Under
    from simulation.results.result import Result
    from simulation.scenario.load import Loaded, load

told_by(lambda: import_module("simulation.report.door"))

__all__ = [
    "Loaded", "best", "cba", "compare", "compare_each", "load", "rehearse", "run", "sensitivity", "sweep", "uncertain",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`Loaded` and `load`, imported when they are asked for: the command line needs neither for its help."""
    if name in ("Loaded", "load"):
        from simulation.scenario import load as reading

        globals().update(Loaded=reading.Loaded, load=reading.load)
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@kindly
def run(
    scenario: Loaded, replications: int | None = None, workers: int = 1, progress: bool = False, anyway: bool = False,
    executor: Executor | None = None,
) -> Result:  # fmt: skip
    """Simulate a scenario (as `load` gives it); `table()` of the result is a DataFrame. Nothing is written to disk.
    `workers` processes do it, or any `executor` of the kind of `concurrent.futures`, `workers` pieces at once (a dask
    cluster, docs/cluster.md, knows how many by itself); the result is the same. Raises TooLarge, a ValueError, before
    anything is run that this machine has too little memory for, unless `anyway`.

    >>> run(SMALL, replications=2)
    <Small: 2 replications of 60 ledige>
    """
    check_loaded(scenario)
    _number(replications)
    from simulation.experiments.executors import workers_of
    from simulation.experiments.forecast import foresee
    from simulation.experiments.replicate import replicate

    who = workers_of(workers, executor)
    foresee([scenario], replications, who, anyway=anyway)
    return replicate([scenario], replications, who, progress=progress)[0]


@kindly
def compare(
    base: Loaded, scenario: Loaded, replications: int | None = None, workers: int = 1, progress: bool = False,
    anyway: bool = False, executor: Executor | None = None,
) -> Comparison:  # fmt: skip
    """Simulate two scenarios by the same luck (the base's seed); `table()` has the paired differences. Raises TooLarge
    as `run`, and is carried out as that; ValueError where no key of the two differs.

    >>> compare(SMALL, SMALL.with_({"teams.team.fte": 1}, name="One"), replications=2)
    <One against Small: 2 replications>
    """
    check_loaded(base, scenario)
    _number(replications)
    return _compared(base, [scenario], replications, workers, progress, anyway, executor)[0]


@kindly
def compare_each(
    base: Loaded,
    scenarios: Mapping[str, Loaded],
    replications: int | None = None,
    workers: int = 1,
    progress: bool = False,
    anyway: bool = False,
    executor: Executor | None = None,
) -> dict[str, Comparison]:
    """Simulate several scenarios, each against the same base, which is simulated once: the comparisons by the names
    that the scenarios are given here. Each is as `compare` gives it, and raises what that raises.

    >>> list(compare_each(SMALL, {"one": SMALL.with_({"teams.team.fte": 1})}, replications=2))
    ['one']
    """
    check_loaded(base, *scenarios.values())
    _number(replications)
    compared = _compared(base, [*scenarios.values()], replications, workers, progress, anyway, executor)
    return dict(zip(scenarios, compared, strict=True))


def _compared(
    base: Loaded, scenarios: Sequence[Loaded], replications: int | None, workers: int, progress: bool, anyway: bool,
    executor: Executor | None,
) -> list[Comparison]:  # fmt: skip
    from simulation.experiments.compare import Comparison
    from simulation.experiments.executors import workers_of
    from simulation.experiments.forecast import foresee
    from simulation.experiments.replicate import replicate

    same_luck = [scenario.with_({"seed": base.scenario.seed}) for scenario in scenarios]
    _differ(base, *same_luck)
    who = workers_of(workers, executor)
    foresee([base, *same_luck], replications, who, anyway=anyway)
    first, *others = replicate([base, *same_luck], replications, who, progress=progress)
    return [Comparison(first, other) for other in others]


@kindly
def sweep(
    scenario: Loaded,
    over: Mapping[str, Any] | None = None,
    replications: int | None = None,
    workers: int = 1,
    progress: bool = False,
    outcomes: Sequence[str] = (),
    service: str | None = None,
    staff: str | None = None,
    anyway: bool = False,
    executor: Executor | None = None,
) -> Swept:
    """Simulate a grid of variants by the same luck. `over` has for each dotted key a list of values, or a mapping of
    start, stop and step; absent: as the scenario's sweep block says. `outcomes`, `service` and `staff` are as on the
    command line. `table()` has every figure and its paired difference from the scenario as given, `service_table()` the
    smallest staffing. Nothing is written to disk. Raises InputProblems with all that is wrong, and TooLarge as `run`;
    `workers` and `executor` are as there.

    >>> sweep(SMALL, {"teams.team.fte": [1, 2]}, replications=2)
    <sweep of Small: 2 points, 2 replications each>
    """
    from simulation.experiments.executors import workers_of
    from simulation.experiments.forecast import foresee
    from simulation.experiments.grid import grid_of
    from simulation.experiments.sweep import run_grid
    from simulation.scenario.axes import given_options

    check_loaded(scenario)
    _number(replications)
    options = given_options(over or {}, outcomes, service, staff)
    grid = grid_of(scenario.file, scenario.resolved, options)
    who = workers_of(workers, executor)
    foresee([grid.loaded], replications, who, times=len(grid.points), anyway=anyway)
    return run_grid(grid, replications, who, progress=progress)


@kindly
def uncertain(
    scenario: Loaded, *others: Loaded, draws: int = 200, replications: int | None = None, workers: int = 1,
    progress: bool = False, executor: Executor | None = None,
) -> Under:  # fmt: skip
    """Simulate a scenario under all its uncertainty (as `run --uncertain`); with others, their differences from it, by
    the same draws and the same luck (as `compare --uncertain`). `tables()` has the answers in four parts
    (`uncertainty`), the values that they hang on (`hangs_on`), and every value with its distribution (`drawn`). Nothing
    is written to disk. Carried out as `run`. Raises InputProblems where nothing is unsure, or a fit has too few
    draws.

    >>> uncertain(SMALL, draws=20)
    Traceback (most recent call last):
    ...
    simulation.scenario.files.problems.InputProblems: ...
    """
    from simulation.experiments.executors import workers_of
    from simulation.experiments.replicate import replicate
    from simulation.experiments.uncertain.design import design
    from simulation.experiments.uncertain.simulated import uncertain as at_draws
    from simulation.report.store import Ran
    from simulation.report.under import under

    check_loaded(scenario, *others)
    _number(replications)
    loaded = [scenario, *(other.with_({"seed": scenario.scenario.seed}) for other in others)]
    _differ(*loaded)
    plan = design(loaded, draws)
    who = workers_of(workers, executor)
    ran = Ran(replicate(loaded, replications, who, progress=progress))
    comparisons = dict(zip(ran.labels[1:], ran.comparisons, strict=True))
    return under(at_draws(ran.results, plan, who, progress), comparisons)


def _differ(base: Loaded, *others: Loaded) -> None:
    from simulation.scenario.changes import nothing_differs

    for other in others:
        if same := nothing_differs(base, other):
            raise ValueError(same)


def _number(replications: object) -> None:
    from simulation.scenario.load import Loaded

    if isinstance(replications, Loaded):
        name = replications.scenario.name
        message = "one scenario is held against a base at a time, and the next argument is the number of replications"
        raise TypeError(f"{message} (got the scenario {name!r})")
