"""As many replications as a precision takes: in fixed blocks, until an interval is as narrow as is asked.

Whether there are enough is told from the replications alone, so the number, and every figure, is the same for any
workers, batch or number of stops; the results are those of a run with that number. An interval is looked at again and
again, and one that is too narrow by luck ends the work: it covers a little less than it says (Chow and Robbins 1965;
docs/best.md has how much).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from simulation.experiments.amounts import difference_of, named
from simulation.experiments.compare import Comparison
from simulation.experiments.numbers import MOST_REPLICATIONS
from simulation.results.intervals import UNKNOWN, Estimate
from simulation.results.names import ALLE, Figure, Names
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.load import Loaded

FIRST, BLOCK, MOST = 20, 10, 1000


@dataclass(frozen=True)
class Until:
    """The half-width, in the unit of the figure, that the 95 % interval shall have: of the figure itself, or
    (`compared`) of its difference from the first scenario in every other. `most` replications are done at most."""

    figure: Figure
    half_width: float
    compared: bool = False
    most: int = MOST
    first: int = FIRST
    block: int = BLOCK

    def estimates(self, results: Sequence[Result]) -> list[Estimate]:
        """What is looked at: of the first result, or the differences of all others from it."""
        first, *others = results
        if not self.compared:
            return [first.estimate_of(self.figure) if self.figure in first.keys else UNKNOWN]
        found = [{d.key: d.difference for d in Comparison(first, other).differences()} for other in others]
        return [each.get(self.figure, UNKNOWN) for each in found]

    def reached(self, results: Sequence[Result]) -> float:
        """The longest half of these intervals; NaN where one is not known."""
        halves = [max(e.high - e.value, e.value - e.low) for e in self.estimates(results)]
        return float("nan") if any(half != half for half in halves) else max(halves)

    def enough(self, results: Sequence[Result]) -> bool:
        """Whether the intervals are as narrow as is asked."""
        return self.reached(results) <= self.half_width

    def further(self, results: Sequence[Result]) -> int | None:
        """About how many replications more it takes, as half-widths shrink with the root of their number; None where
        nothing can be told of it."""
        reached, n = self.reached(results), len(results[0].replications)
        if not 0 < reached < math.inf:
            return 0 if reached == 0 else None
        return max(math.ceil(n * (reached / self.half_width) ** 2) - n, 0)

    @property
    def question(self) -> dict[str, Any]:
        """All of it as plain values."""
        return asdict(self)


def until_of(loaded: Sequence[Loaded], asked: Mapping[str, Any], compared: bool) -> Until | None:
    """What the options `until_halfwidth`, `of` and `most` ask for; None: nothing. Raises InputProblems with all that is
    wrong with them, and with other options that say how many replications there are."""
    width, of, most = asked.get("until_halfwidth"), asked.get("of"), asked.get("most")
    problems = []
    if width is None:
        for option, value in (("of", of), ("most", most)):
            if value is not None:
                problems.append(Problem("goes with --until-halfwidth", Mark(f"--{option} {value}", 0, 0)))
        if problems:
            raise InputProblems(problems)
        return None
    mark = Mark(f"--until-halfwidth {width}", 0, 0)
    if asked["replications"] is not None:
        problems.append(Problem("--replications says how many there are: leave one of the two out", mark))
    if asked.get("dry_run"):
        problems.append(Problem("how many it takes is found by simulating: leave --dry-run out, or give --replications",
                                mark))  # fmt: skip
    if most is not None and not FIRST <= most <= MOST_REPLICATIONS:
        message = f"must be {FIRST} or more, for so many are done at first"
        problems.append(Problem(message, Mark(f"--most {most}", 0, 0)))
    figure, half = None, 0.0
    if of is None:
        problems.append(Problem("say of which outcome: --of NAME or --of NAME:GROUP", mark))
    else:
        try:
            for each in reversed(loaded if compared else loaded[:1]):
                figure = named(Names(each.scenario), of, ALLE, served=True)
        except ValueError as error:
            problems.append(Problem(str(error), Mark(f"--of {of}", 0, 0)))
    if figure is not None:
        names = Names(loaded[0].scenario)
        try:
            half = difference_of(width, names.is_share(figure.outcome), names.write(figure.outcome))
        except ValueError as error:
            problems.append(Problem(str(error), mark))
    if problems:
        raise InputProblems(problems)
    assert figure is not None
    return Until(figure, half, compared, most or MOST)
