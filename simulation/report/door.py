"""What results, comparisons, sweeps and answers under uncertainty tell of themselves in Python: the same findings as
the command line shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simulation.economy.cba.found import Assessed
from simulation.experiments.best.found import Found
from simulation.experiments.compare import Comparison
from simulation.experiments.sensitivity.found import Found as Sensitivity
from simulation.experiments.swept import Swept
from simulation.experiments.trial.found import Rehearsed
from simulation.report import told as of_scenarios
from simulation.report.best.screen import best_screen
from simulation.report.best.words import Telling
from simulation.report.economy.screen import cba_screen
from simulation.report.economy.words import Telling as TellingOfMoney
from simulation.report.findings import Findings
from simulation.report.ran import Ran
from simulation.report.screen import Aside, first_screen
from simulation.report.sensitivity.screen import sensitivity_screen
from simulation.report.sensitivity.words import Telling as TellingOfSensitivity
from simulation.report.sweep import told as of_sweeps
from simulation.report.trial import words as of_trials
from simulation.report.trial.screen import trial_screen
from simulation.report.under import Under
from simulation.results.result import Result
from simulation.world.labels import Language

if TYPE_CHECKING:
    import pandas as pd

Told = Result | Comparison | Swept | Under


def ran_of(told: Result | Comparison | Under) -> Ran:
    """A result or a comparison as what a command has simulated."""
    if isinstance(told, Under):
        return Ran([each for each in told.uncertain.results if isinstance(each, Result)], under=told)
    return Ran([told.base, told.scenario]) if isinstance(told, Comparison) else Ran([told])


def alone(told: Result | Comparison | Under) -> Result | Comparison:
    """What was simulated at the point, the first scenario against the base where there are several."""
    ran = ran_of(told)
    return ran.comparisons[0] if ran.comparisons else ran.results[0]


def summary(told: Told | Found | Rehearsed | Sensitivity | Assessed, language: Language) -> str:
    """The first screen as text."""
    if isinstance(told, Rehearsed):
        return trial_screen(told, language, Aside())
    if isinstance(told, Found):
        return best_screen(told, language, Aside())
    if isinstance(told, Sensitivity):
        return sensitivity_screen(told, language, Aside())
    if isinstance(told, Assessed):
        return cba_screen(told, language, Aside())
    if isinstance(told, Swept):
        return of_sweeps.summary(told, language)
    return first_screen(Findings(ran_of(told), language))


def answer(told: Told | Found | Rehearsed | Sensitivity | Assessed, language: Language) -> str:
    """The answer in sentences."""
    if isinstance(told, Rehearsed):
        telling = of_trials.Telling(told, language)
        return " ".join([*telling.answer(), telling.truths()])
    if isinstance(told, Found):
        return " ".join(Telling(told, language).answer())
    if isinstance(told, Sensitivity):
        return " ".join(TellingOfSensitivity(told, language).answer())
    if isinstance(told, Assessed):
        return " ".join(TellingOfMoney(told, language).answer())
    if isinstance(told, Swept):
        return of_sweeps.answer(told, language)
    return " ".join(Findings(ran_of(told), language).answer)


def tell(told: Told, outcome: str, group: str | None, week: int | None, language: Language) -> str:
    """A figure in a sentence. Raises KeyError; ValueError for a week of a sweep, which keeps none."""
    if isinstance(told, Swept):
        if week is not None:
            raise ValueError("a sweep has figures of the whole follow-up, and not of single weeks")
        return of_sweeps.sentence(told, outcome, group, language)
    findings = Findings(ran_of(told), language)
    return of_scenarios.sentence(findings, alone(told), outcome, group, week)


def overview(told: Told, outcomes: Sequence[str], group: str | None, language: Language) -> pd.DataFrame:
    """Figures by their labels. Raises KeyError."""
    if isinstance(told, Swept):
        return of_sweeps.overview(told, outcomes, group, language)
    return of_scenarios.overview(Findings(ran_of(told), language), alone(told), outcomes, group)


def each(told: Under, outcomes: Sequence[str], differences: bool, language: Language) -> pd.DataFrame:
    """All scenarios side by side. Raises KeyError."""
    from simulation.report import each as side_by_side

    return side_by_side.each(told, outcomes, differences, language)


def plot_each(told: Under, outcome: str, language: Language) -> Any:
    """Their differences from the first. Raises KeyError."""
    from simulation.report.figures.each import draw_each

    return draw_each(told, outcome, language)


def plot(
    told: Told | Found | Rehearsed | Sensitivity | Assessed, outcome: str | None, group: str | None, language: Language
) -> Any:
    """A figure by its name, or the course of an outcome as one. Raises KeyError, also where nothing is to be seen."""
    from simulation.report.figures.course import course
    from simulation.report.figures.figures import FIGURES, draw_figure

    if isinstance(told, Found):
        from simulation.report.best.race import race

        return race(told, language)
    if isinstance(told, Rehearsed):
        from simulation.report.trial.figures import trial_pictures

        for _, first in trial_pictures(told, language):
            return first
        raise KeyError("there is nothing to be seen of this trial")
    if isinstance(told, Sensitivity):
        from simulation.report.sensitivity.figure import draw_tornado

        return draw_tornado(told, language)
    if isinstance(told, Assessed):
        from simulation.report.economy.figures import cba_pictures

        return next(cba_pictures(told, language))[1]
    if isinstance(told, Swept):
        return of_sweeps.plot(told, outcome, group, language)
    if outcome is not None and outcome in FIGURES and group is None:
        picture = draw_figure(ran_of(told), outcome, language)
        if picture is None:
            raise KeyError(f"there is nothing to be seen in the figure {outcome} of this scenario")
        return picture
    findings = Findings(ran_of(told), language)
    return course(findings, outcome, group, lambda asked: of_scenarios.title(findings, alone(told), asked, group))
