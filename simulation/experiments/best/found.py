"""What was found of the best design: figures of every design, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.experiments.best.designs import Designs
from simulation.experiments.best.goal import Goal
from simulation.results.intervals import ANY, PAIRED, SIMULATION, UNKNOWN, UNPAIRED, Estimate, estimate
from simulation.results.names import Figure
from simulation.results.selection.aims import Chosen
from simulation.results.telling import AnswersWithPicture
from simulation.scenario.axes import shown
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Found(AnswersWithPicture):
    """`values` has of each design what is to be best and the outcome of every limit: shape (outcomes, its
    replications). `seconds` are of this call, in which `resumed` replications were taken up from an earlier one."""

    designs: Designs
    goal: Goal
    chosen: Chosen
    values: tuple[Floats, ...]
    seconds: float = 0.0
    resumed: int = 0

    def estimate(self, design: int, outcome: int = 0) -> Estimate:
        """Mean and simulation error of what is to be best (0), or of the outcome of a limit (from 1), in a design."""
        return self._estimates[design][outcome]

    @cached_property
    def _estimates(self) -> list[list[Estimate]]:
        names = self.designs.names
        known = [ANY] if isinstance(self.goal.of, str) else []
        scales = [*known, *map(names.scale, self.goal.figures)]
        return [[estimate(row, scale) for row, scale in zip(rows, scales, strict=True)] for rows in self.values]

    def keeps(self, design: int) -> bool:
        """Whether the means of a design keep all limits."""
        means = [self.estimate(design, n).value for n in range(1, 1 + len(self.goal.limits))]
        return all(limit.excess(mean) <= 0 for limit, mean in zip(self.goal.limits, means, strict=True))

    def behind(self, design: int) -> Estimate:
        """How much higher or lower a design is than the best, in the replications that both have; not known where there
        is no best."""
        if self.chosen.best is None:
            return UNKNOWN
        one, best = self.values[design][0], self.values[self.chosen.best][0]
        shared = min(len(one), len(best))
        of = self.goal.of
        scale = self.designs.names.change(of) if isinstance(of, Figure) else ANY
        return estimate(np.asarray(one[:shared] - best[:shared]), scale)

    @cached_property
    def order(self) -> Sequence[int]:
        """The designs, the best first, then those that were dropped last, then those that were barred."""
        ranks = {"best": 0, "same": 1, "open": 2, "dropped": 3, "barred": 4, "unknown": 5}
        counts, fates = self.chosen.replications, self.chosen.fates
        sign = 1 if self.goal.least else -1

        def place(design: int) -> tuple[Any, ...]:
            return ranks[fates[design].word], -counts[design], sign * self.estimate(design).value, design

        return sorted(range(self.designs.count), key=place)

    @property
    def nearest(self) -> int | None:
        """The design beside the best that is nearest to it among those that are not surely beyond a limit."""
        fates = self.chosen.fates
        others = [d for d, fate in enumerate(fates) if fate.word in ("same", "dropped")]
        others += [d for d, fate in enumerate(fates) if fate.word == "open" and self.keeps(d)]
        return min(others, key=lambda d: (abs(self.behind(d).value), d), default=None)

    def table(self) -> pd.DataFrame:
        """A row per design, in order: what became of it, how many replications it took, its figures, and how far it is
        from the best."""
        import pandas as pd

        names, goal = self.designs.names, self.goal
        paired = PAIRED if self.designs.same_people else UNPAIRED
        rows = []
        for design in self.order:
            fate, e, d = self.chosen.fates[design], self.estimate(design), self.behind(design)
            row: dict[str, Any] = {"design": design + 1, "title": self.designs.title(design)}
            row |= {key: "null" if value is None else value for key, value in self.designs.values(design).items()}
            row |= {
                "became": fate.word, "by": None if fate.by is None else fate.by + 1,
                "replications": self.chosen.replications[design], "outcome": self.of,
                "group": str(goal.of.group) if isinstance(goal.of, Figure) else "",
                "value": e.value, "low": e.low, "high": e.high, "interval": SIMULATION, "behind": d.value,
                "behind_low": d.low, "behind_high": d.high, "behind_interval": paired,
                "unit": names.unit(goal.of.outcome) if isinstance(goal.of, Figure) else "",
            }  # fmt: skip
            for n, (limit, kept) in enumerate(zip(goal.limits, fate.kept, strict=True), start=1):
                e = self.estimate(design, n)
                row |= {
                    f"limit{n}": f"{names.write(limit.figure.outcome)} of {limit.figure.group} {limit.sign} "
                    f"{shown(limit.level)}", f"limit{n}_tolerance": limit.tolerance, f"limit{n}_value": e.value,
                    f"limit{n}_low": e.low, f"limit{n}_high": e.high,
                    f"limit{n}_kept": {True: "yes", False: "no", None: "not decided"}[kept],
                }  # fmt: skip
            rows.append(row)
        return pd.DataFrame(rows).astype({"by": "Int64"})

    @property
    def of(self) -> str:
        """What is to be best, as it is written."""
        return self.goal.of if isinstance(self.goal.of, str) else self.designs.names.write(self.goal.of.outcome)

    def __repr__(self) -> str:
        best = "none" if self.chosen.best is None else self.designs.title(self.chosen.best)
        return f"<best of {self.designs.count} designs: {best}, after {self.chosen.used} replications>"
