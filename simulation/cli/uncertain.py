"""All uncertainty: what `run`, `compare` and `sweep` do with `--uncertain`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from simulation.cli.console import INPUT_WRONG, Failed
from simulation.cli.options import asked_draws
from simulation.cli.pieces import bar, refuse
from simulation.cli.working import at_work, workers_of

if TYPE_CHECKING:
    from simulation.experiments.at_draws import Measured
    from simulation.experiments.swept import Swept
    from simulation.experiments.uncertain.answers import Uncertain
    from simulation.experiments.uncertain.design import Design
    from simulation.report.store import Ran
    from simulation.report.under import Under
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

    with at_work(unfinished.folder, options):
        return uncertain(results, design, workers_of(options), bar(options), unfinished.folder / "draws")


def under_of(ran: Ran, design: Design, options: dict[str, Any], unfinished: Unfinished) -> Under:
    """The answers of a run, or the differences of all comparisons, under all uncertainty. Raises Stopped, Failed."""
    from simulation.report.under import under

    found = uncertain_of(ran.results, design, options, unfinished)
    return under(found, dict(zip(ran.labels[1:], ran.comparisons, strict=True)))


def under_sweep(swept: Swept, loaded: Sequence[Loaded], design: Design, options: dict[str, Any],
                unfinished: Unfinished) -> Under:  # fmt: skip
    """Every point of a sweep, and its difference from the scenario as written, under all uncertainty. `loaded` are the
    scenarios of the design. Raises Stopped, Failed."""
    from simulation.experiments.kept import Kept
    from simulation.experiments.replicate import replicate
    from simulation.experiments.swept import PointRun
    from simulation.report.sweep.under import answers_of, runs_of
    from simulation.report.under import Under

    kept = Kept(unfinished.folder / "replications")
    with at_work(unfinished.folder, options):
        (written,) = replicate(loaded[:1], swept.asked, workers_of(options), options["batch"], kept=kept)
    points = runs_of(swept)
    runs = [PointRun(swept, point, each) for point, each in zip(points, loaded[1:], strict=True)]
    found = uncertain_of([written, *runs], design, options, unfinished)
    return Under(found, answers_of(swept, found), "point")
