"""What was found: the question, the figures that answer it, and the words for them. The first screen, the report, the
workbook and a result in a notebook all tell these findings, so they never differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.report.store import Ran
from simulation.report.wording import Wording
from simulation.results.intervals import Estimate
from simulation.results.names import Figure
from simulation.scenario.changes import Change
from simulation.world.labels import Language


@dataclass(frozen=True)
class Row:
    """One figure in every column, and how far each is from the first one (or, of arms, from the reference).

    `differences` has one for each column; None for what the others are held against. `moved`: a difference is further
    from nothing than its interval.
    """

    figure: Figure
    unit: str
    levels: Sequence[Estimate]
    differences: Sequence[Estimate | None]
    moved: bool


@dataclass(frozen=True)
class Findings:
    """What a run or a comparison found, in one language.

    Columns are scenarios, the base first; where one scenario was run alone they are its arms.
    """

    ran: Ran
    language: Language = "en"

    @cached_property
    def wording(self) -> Wording:
        """The words for it."""
        return Wording(self.ran.results[0].names, self.language)

    @cached_property
    def columns(self) -> Sequence[str]:
        """What each column is called."""
        raise NotImplementedError

    @cached_property
    def changes(self) -> Sequence[Sequence[Change]]:
        """What differs from the base, scenario by scenario; nothing where one was run alone."""
        raise NotImplementedError

    @cached_property
    def headline(self) -> Sequence[Row]:
        """The few figures that answer the question: `headline` of the scenario, or else outcomes with published
        figures, exits, and what moved by more than its interval."""
        raise NotImplementedError

    @cached_property
    def rows(self) -> Sequence[Row]:
        """Every figure of the whole follow-up."""
        raise NotImplementedError

    @cached_property
    def answer(self) -> Sequence[str]:
        """The answer in two sentences, written from the numbers."""
        raise NotImplementedError

    @cached_property
    def holds(self) -> str:
        """What the intervals hold, and what they do not."""
        raise NotImplementedError
