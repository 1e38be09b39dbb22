"""What an evaluator must know of a trial to analyse it: how lots were drawn, and which analyses that allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulation.results.trial.operating import Errors, Measure, Test

Lots = Literal["individual", "birth_date", "cluster", "stepped_wedge", "encouragement"]
EXIT = "exit_"
"""Outcomes that begin so are exits, of which the week is known; others are a number of each person."""


@dataclass(frozen=True)
class Design:
    """How lots were drawn. `as_drawn`: everybody is treated as her lot says (else it is also told what treatment does
    to those who take it up). A test rejects where p is at most `alpha`; `seed` is that of the lots that permutation
    tests draw."""

    lots: Lots
    as_drawn: bool = True
    alpha: float = 0.05
    seed: int = 0

    @property
    def of_persons(self) -> bool:
        """Both lots are in every jobcentre."""
        return self.lots not in ("cluster", "stepped_wedge")

    @property
    def standard(self) -> Errors:
        """The errors that fit these lots: where whole jobcentres are drawn they are clustered."""
        return "individual" if self.of_persons else "clustered"


def tests_of(outcomes: Sequence[str], design: Design) -> list[Test]:
    """All analyses of these outcomes that make sense, those of an outcome together."""
    tests = []
    for outcome in outcomes:
        every: tuple[Errors, ...] = ("individual", "clustered", "permutation")
        tests += [Test(outcome, "difference", errors) for errors in every]
        if not design.as_drawn:
            tests.append(Test(outcome, "difference", "clustered", "treated"))
        if outcome.startswith(EXIT):
            measures: tuple[Measure, ...] = ("hazard_ratio", "log_rank")
            tests += [Test(outcome, measure, errors) for measure in measures for errors in every[:2]]
    return tests
