"""A result: the outcomes of many replications of one scenario, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.results.intervals import ONE_TRIAL, SIMULATION, Estimate, binomial, estimate
from simulation.results.meanings import by_month, is_share, meaning
from simulation.results.measures.outcomes import Key
from simulation.results.measures.replication import Replication
from simulation.scenario.load import Loaded
from simulation.scenario.published import Published
from simulation.world.spec import Floats, Ints

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Result:
    """Replications of a scenario, in order of their number. `asked` is how many were asked for."""

    loaded: Loaded
    replications: Sequence[Replication]
    asked: int
    seconds: float = 0.0  # from start to end, measuring included

    @property
    def simulating(self) -> float:
        """Seconds in which worlds were set up and run, added up over workers; measuring outcomes is not included."""
        return sum(replication.seconds for replication in self.replications)

    @cached_property
    def keys(self) -> list[Key]:
        """Every (outcome, group, week) that some replication has, in order of first appearance."""
        return list(dict.fromkeys(key for replication in self.replications for key in replication.outcomes))

    def values(self, key: Key) -> Floats:
        """One figure in every replication, shape (replications,); NaN where a replication does not have it."""
        return np.array([replication.outcomes.get(key, np.nan) for replication in self.replications])

    def estimate(self, outcome: str, group: str = "alle", week: int | None = None) -> Estimate:
        """Mean and intervals of one figure. Raises KeyError, naming what there is, if there is no such figure."""
        if (outcome, group, week) not in self._known:
            raise KeyError(self._what_there_is(outcome, group))
        return self._estimate((outcome, group, week))

    def _estimate(self, key: Key) -> Estimate:
        found = estimate(self.values(key))
        return found.within(0, 1) if is_share(key[0]) and key[1] != "difference" else found

    def series(self, outcome: str, group: str) -> tuple[Ints, list[Estimate]]:
        """The course of an outcome over weeks since enrolment. Raises KeyError if it has none, naming what there is."""
        weeks = sorted(w for name, g, w in self.keys if name == outcome and g == group and w is not None)
        if not weeks:
            raise KeyError(self._what_there_is(outcome, group))
        return np.array(weeks), [self.estimate(outcome, group, week) for week in weeks]

    def _what_there_is(self, outcome: str, group: str) -> str:
        mine = [key for key in self.keys if key[0] == outcome]
        if not mine:
            return f"there is no outcome {outcome}; there is {', '.join(sorted({key[0] for key in self.keys}))}"
        groups = sorted({key[1] for key in mine})
        if group not in groups:
            return f"{outcome} is not known for {group}; it is for {', '.join(groups)}"
        weeks = [key[2] for key in mine if key[1] == group and key[2] is not None]
        course = f"weeks {min(weeks)} to {max(weeks)}" if weeks else "no single weeks"
        return f"{outcome} of {group} is not known for that week; it has {course} and the whole follow-up (no week)"

    def weekly(self, name: str, arm: int | slice = slice(None)) -> Ints:
        """A weekly count of the run, summed over jobcentres (and arms), shape (replications, weeks)."""
        scenario = self.loaded.scenario
        weeks = scenario.weeks
        none = np.zeros((weeks, len(scenario.jobcentres), len(scenario.arms)), dtype=np.int32)
        rows = [r.counts.get(name, none)[:, :, arm] for r in self.replications]
        return np.array([row.reshape(weeks, -1).sum(axis=1) for row in rows])

    def table(self) -> pd.DataFrame:
        """All outcomes, one row per outcome, group and week, with both intervals by name."""
        import pandas as pd

        rows = []
        for outcome, group, week in self.keys:
            e = self.estimate(outcome, group, week)
            arm, _, jobcentre = group.partition("@")
            monthly = by_month(outcome)
            rows.append(
                {
                    "outcome": outcome, "group": arm, "jobcentre": jobcentre, "week": None if monthly else week,
                    "month": week if monthly else None, "value": e.value, "low": e.low, "high": e.high,
                    "interval": SIMULATION, "trial_low": e.trial_low,
                    "trial_high": e.trial_high, "trial_interval": ONE_TRIAL, "replications": e.n,
                    "unit": meaning(outcome, self.loaded.scenario).unit,
                }
            )  # fmt: skip
        frame = pd.DataFrame(rows)
        return frame.astype({"week": "Int64", "month": "Int64"})

    def beside_published(self) -> Iterator[Beside]:
        """Every published figure of the scenario with the simulated one beside it."""
        for name, figure in self.loaded.scenario.published.items():
            key = (figure.outcome, figure.group, figure.time)
            if key in self._known:  # a scenario may cite an outcome of an intervention that an overlay took away
                yield Beside(name, figure, self._estimate(key))

    @cached_property
    def _known(self) -> set[Key]:
        return set(self.keys)

    def __repr__(self) -> str:
        scenario = self.loaded.scenario
        return f"<{scenario.name}: {len(self.replications)} replications of {sum(scenario.persons().values())} ledige>"


@dataclass(frozen=True)
class Beside:
    """A published figure and the simulated one."""

    name: str
    figure: Published
    simulated: Estimate

    @property
    def sampling(self) -> tuple[float, float] | None:
        """Binomial interval of a published share, or of a number of persons (`count`) in persons; None where it is not
        known of how many, and for differences and means."""
        figure, n, count = self.figure.figure, self.figure.n, self.figure.count
        if figure is None or n is None or self.figure.group == "difference":
            return None
        if is_share(self.figure.outcome):
            return binomial(figure, n) if 0 <= figure <= 1 else None
        if count is None:
            return None
        low, high = binomial(count / n, n)
        return low * n, high * n

    @property
    def hit(self) -> bool | None:
        """Whether a published value could be that of one trial of this size, were the model true.

        Decision rule: the 95 % interval of a single trial around the simulated mean meets the span of the printed
        values, each give or take its rounding. (Where two values are printed for one quantity, no more is known than
        that span.) None if one replication cannot tell, or no figure is printed (any more).
        """
        if np.isnan(self.simulated.trial_low) or self.figure.figure is None:
            return None
        printed = [(self.figure.figure, self.figure.rounding)]
        printed += [(value.figure, value.rounding) for value in self.figure.also]
        lowest = min(figure - rounding for figure, rounding in printed)
        highest = max(figure + rounding for figure, rounding in printed)
        return bool(self.simulated.trial_low <= highest and self.simulated.trial_high >= lowest)
