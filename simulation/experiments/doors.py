"""Questions of several scenarios or many worlds, as they are asked in Python; the front door (`simulation`) has them by
name. What they need is imported when they are asked, so that the program is there at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulation.world.keywords import kindly

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from simulation.experiments.best.found import Found
    from simulation.experiments.sensitivity.found import Found as Sensitivity
    from simulation.experiments.trial.found import Rehearsed
    from simulation.scenario.load import Loaded


@kindly
def best(
    *scenarios: Loaded, of: str, over: Mapping[str, Any] | None = None, zone: str | None = None, least: bool = False,
    at_most: Sequence[str] = (), at_least: Sequence[str] = (), confidence: str | None = None, most: int | None = None,
    budget: int | None = None, workers: int = 1, progress: bool = False, executor: Executor | None = None,
) -> Found:  # fmt: skip
    """Find the best of several scenarios, or of the points of a grid of one (`over` as in `sweep`), in as few
    replications as that takes; what is sought is written as on the command line (docs/best.md). `table()` has every
    design. Nothing is written to disk. Carried out as `run`. Raises InputProblems with all that is wrong; ValueError
    where scenarios cannot be held against each other.

    >>> best(SMALL, over={"teams.team.fte": [1, 2]}, of="teams.team.fte", least=True, at_most=["caseload=1000"])
    <best of 2 designs: teams.team.fte 1, after 20 replications>
    """
    from simulation.experiments.best.asked import asked_for
    from simulation.experiments.best.running import find_best
    from simulation.experiments.executors import workers_of

    check_loaded(*scenarios)
    sought = {"of": of, "zone": zone, "least": least, "at_most": at_most, "at_least": at_least,
              "confidence": confidence, "most": most, "budget": budget}  # fmt: skip
    designs, goal = asked_for(scenarios, over, sought)
    return find_best(designs, goal, workers_of(workers, executor), progress=progress)


@kindly
def rehearse(
    scenario: Loaded, rehearsals: int = 1000, n: Sequence[int] = (), jobcentres: Sequence[int] = (),
    draws: int | None = None, workers: int = 1, progress: bool = False, executor: Executor | None = None,
) -> Rehearsed:  # fmt: skip
    """Rehearse the trial of a scenario (its `trial` block; docs/trial.md), at its own size, at others (`n` persons,
    so many `jobcentres`), and at so many `draws` of all that is unsure, for the chance that it succeeds. `table()` has
    every analysis, `truths_table()` what is true in the model. Nothing is written to disk. Carried out as `run`. Raises
    InputProblems with all that is wrong.

    >>> rehearse(SMALL)
    Traceback (most recent call last):
    ...
    simulation.scenario.files.problems.InputProblems: ...
    """
    from simulation.experiments.executors import workers_of
    from simulation.experiments.trial.answer import rehearsed_of
    from simulation.experiments.trial.asked import plan_of
    from simulation.experiments.trial.running import ran_of

    check_loaded(scenario)
    asked = {"rehearsals": rehearsals, "uncertain": draws is not None, "draws": draws,
             "n": ",".join(map(str, n)) or None, "jobcentres": ",".join(map(str, jobcentres)) or None}  # fmt: skip
    plan, _ = plan_of(scenario, asked)
    return rehearsed_of(plan, ran_of(plan, workers_of(workers, executor), progress=progress))


@kindly
def sensitivity(
    scenario: Loaded, other: Loaded | None = None, *, of: str, samples: int | None = None, each: int | None = None,
    by: str = "value", switch: Sequence[str] = (), replications: int | None = None, workers: int = 1,
    progress: bool = False, executor: Executor | None = None,
) -> Sensitivity:  # fmt: skip
    """On which assumption an outcome hangs, or with `other` its difference from the first; what is asked is written as
    on the command line (docs/sensitivity.md). `table()` has every number at both ends, `plot()` draws it. Nothing is
    written to disk. Carried out as `run`. Raises InputProblems with all that is wrong, or where nothing is unsure.

    >>> sensitivity(SMALL, of="exit_job", samples=0)
    Traceback (most recent call last):
    ...
    simulation.scenario.files.problems.InputProblems: ...
    """
    from simulation.experiments.executors import workers_of
    from simulation.experiments.sensitivity.points import asked_for
    from simulation.experiments.sensitivity.running import sensitivity_of

    check_loaded(*(scenarios := [scenario, *([] if other is None else [other])]))
    asked = {"of": of, "samples": samples, "each": each, "by": by, "switch": switch, "replications": replications}
    return sensitivity_of(asked_for(scenarios, asked), workers_of(workers, executor), progress)


def check_loaded(*scenarios: object) -> None:
    """Raises TypeError for what is no loaded scenario."""
    from simulation.scenario.load import Loaded

    for scenario in scenarios:
        if not isinstance(scenario, Loaded):
            raise TypeError(f"give a loaded scenario, such as load({scenario!r})")
