"""As many rehearsals as a precision takes: in fixed blocks, until an interval of the answer is as narrow as is asked.

Whether there are enough is told from the data alone, so the number is the same for any workers, batch or number of
stops (docs/best.md tells what looking again and again costs).
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from simulation.experiments.executors import Workers
from simulation.experiments.trial.answer import primary_of, tested
from simulation.experiments.trial.plan import Plan
from simulation.experiments.trial.running import Ran, ran_of
from simulation.results.trial.operating import Interval, Test

POWER = "power"
FIRST, BLOCK, MOST = 100, 100, 10_000


@dataclass(frozen=True)
class Enough:
    """The half-width that the 95 % interval of power (`of`), or of the mean estimate of an outcome, shall have at every
    size; `most` rehearsals are done at most."""

    of: str
    half_width: float
    most: int = MOST

    def reached(self, plan: Plan, ran: Ran) -> bool:
        """Whether it has."""
        widths = [max(each.high - each.value, each.value - each.low) for each in self._intervals(plan, ran)]
        return all(width <= self.half_width for width in widths)

    def _intervals(self, plan: Plan, ran: Ran) -> Iterator[Interval]:
        primary = primary_of(plan.trial)
        test = primary if self.of == POWER else Test(self.of, "difference", primary.errors)
        for size in plan.sizes:
            found = tested(plan, size, ran.sizes[size], [test])[test]
            yield found.power if self.of == POWER else found.estimate


def until_enough(
    plan: Plan, enough: Enough | None, workers: Workers = 1, batch: int | None = None, progress: bool = False,
    kept: pathlib.Path | None = None,
) -> tuple[Ran, Plan]:  # fmt: skip
    """All rehearsals of a plan, or as many as are enough, and the plan with their number. Raises as `ran_of`."""
    if enough is None:
        return ran_of(plan, workers, batch, progress, kept), plan
    plan = replace(plan, rehearsals=min(FIRST, enough.most))
    without = replace(plan, draws=())  # draws come when the number is known
    while True:
        ran = ran_of(without, workers, batch, progress, kept)
        if without.rehearsals >= enough.most or enough.reached(without, ran):
            break
        without = replace(without, rehearsals=min(without.rehearsals + BLOCK, enough.most))
    plan = replace(plan, rehearsals=without.rehearsals)
    return (ran_of(plan, workers, batch, progress, kept) if plan.draws else ran), plan
