"""What a result and a comparison tell of themselves in Python: the same findings as the command line shows."""

from __future__ import annotations

from typing import Any

from simulation.experiments.compare import Comparison
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.screen import first_screen
from simulation.results.result import Result
from simulation.world.labels import Language


def ran_of(told: Result | Comparison) -> Ran:
    """A result or a comparison as what a command has simulated."""
    return Ran([told.base, told.scenario]) if isinstance(told, Comparison) else Ran([told])


def summary(told: Result | Comparison, language: Language) -> str:
    """The first screen as text."""
    return first_screen(Findings(ran_of(told), language))


def plot(told: Result | Comparison, outcome: str | None, group: str | None, language: Language) -> Any:
    """A figure by its name, or the course of an outcome as one. Raises KeyError, also where nothing is to be seen."""
    from simulation.report.figures.course import course
    from simulation.report.figures.figures import FIGURES, draw_figure

    if outcome is not None and outcome in FIGURES and group is None:
        picture = draw_figure(ran_of(told), outcome, language)
        if picture is None:
            raise KeyError(f"there is nothing to be seen in the figure {outcome} of this scenario")
        return picture
    return course(Findings(ran_of(told), language), outcome, group)
