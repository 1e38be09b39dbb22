"""All uncertainty: what `run`, `compare` and `sweep` do with `--uncertain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulation.cli.console import INPUT_WRONG, Failed, fault
from simulation.cli.options import asked_draws
from simulation.cli.pieces import bar, cannot_keep, refuse

if TYPE_CHECKING:
    from simulation.experiments.at_draws import Measured
    from simulation.experiments.uncertain.answers import Uncertain
    from simulation.experiments.uncertain.design import Design
    from simulation.report.store import Ran
    from simulation.report.under import Under
    from simulation.results.result import Result
    from simulation.results.tables.unfinished import Unfinished
    from simulation.scenario.load import Loaded


def design_of(loaded: Sequence[Loaded], options: dict[str, Any], axes: Iterable[str] = ()) -> Design | None:
    """What is drawn of scenarios that are held against the first of them; None if that is not asked for. Raises
    Failed."""
    from simulation.experiments.uncertain.design import design
    from simulation.scenario.files.problems import InputProblems

    if not options["uncertain"]:
        return None
    if options.get("posterior"):
        message = "give --posterior or --uncertain: all that is fitted is drawn with --uncertain, too"
        raise Failed(f"error: {message}\nNothing was run.", INPUT_WRONG)
    try:
        return design(loaded, asked_draws(options), axes)
    except InputProblems as error:
        refuse(error.problems)


def uncertain_of(
    results: Sequence[Measured], design: Design, options: dict[str, Any], unfinished: Unfinished
) -> Uncertain:
    """Scenarios at the draws of everything. Raises Stopped, Failed."""
    from simulation.experiments.uncertain.simulated import uncertain
    from simulation.experiments.work import Stopped

    try:
        return uncertain(results, design, options["workers"], bar(options), unfinished.folder / "draws")
    except Stopped:
        raise
    except OSError as error:
        raise cannot_keep(error, unfinished.folder) from error
    except Exception as error:
        raise fault(error, options["out"]) from error


def under_run(result: Result, design: Design, options: dict[str, Any], unfinished: Unfinished) -> Under:
    """The answers of a run under all uncertainty. Raises Stopped, Failed."""
    from simulation.report.under import Under

    found = uncertain_of([result], design, options, unfinished)
    return Under(found, {"": list(found.answers())})


def under_comparisons(ran: Ran, design: Design, options: dict[str, Any], unfinished: Unfinished) -> Under:
    """The differences of all comparisons under all uncertainty. Raises Stopped, Failed."""
    from simulation.report.under import Under

    found = uncertain_of(ran.results, design, options, unfinished)
    answers = {
        label: list(found.differences(s, ((d.key, d.difference) for d in comparison.differences())))
        for s, (label, comparison) in enumerate(zip(ran.labels[1:], ran.comparisons, strict=True), 1)
    }
    return Under(found, answers)
