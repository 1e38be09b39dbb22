"""A result: the outcomes of many replications of one scenario, as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulation.interventions import KINDS
from simulation.results.intervals import ONE_TRIAL, SIMULATION, Estimate, binomial, estimate
from simulation.results.measures.replication import Replication
from simulation.results.names import ALLE, DIFFERENCE, Figure, Group, Names
from simulation.scenario.load import Loaded
from simulation.scenario.published import Published
from simulation.week import COUNTS
from simulation.world.names import Name, common, written
from simulation.world.register import EXIT
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
    def names(self) -> Names:
        """What the outcomes of the scenario are called, and what they mean."""
        return Names(self.loaded.scenario)

    @cached_property
    def keys(self) -> list[Figure]:
        """Every figure that some replication has, in order of first appearance."""
        return list(dict.fromkeys(figure for replication in self.replications for figure in replication.outcomes))

    def values(self, figure: Figure | tuple[str, str, int | None]) -> Floats:
        """One figure in every replication, shape (replications,); NaN where a replication does not have it. It may be
        given as it is written: outcome, group, and week or None."""
        named = figure if isinstance(figure, Figure) else self.names.figure(*figure)
        return np.array([replication.outcomes.get(named, np.nan) for replication in self.replications])

    def estimate(self, outcome: str, group: str | Group = ALLE, week: int | None = None) -> Estimate:
        """Mean and intervals of one figure. Raises KeyError, naming what there is, if there is no such figure."""
        return self.estimate_of(self.names.figure(outcome, group, week))

    def estimate_of(self, figure: Figure) -> Estimate:
        """Mean and intervals of one figure. Raises KeyError, naming what there is, if there is no such figure."""
        if figure not in self._known:
            raise KeyError(self._what_there_is(figure))
        unbounded = estimate(self.values(figure))
        bounded = self.names.is_share(figure.outcome) and figure.group != DIFFERENCE
        return unbounded.within(0, 1) if bounded else unbounded

    def series(self, outcome: str, group: str | Group) -> tuple[Ints, list[Estimate]]:
        """The course of an outcome over weeks since enrolment. Raises KeyError if it has none, naming what there is."""
        asked = self.names.figure(outcome, group)
        times = [f.time for f in self.keys if f.outcome == asked.outcome and f.group == asked.group]
        weeks = sorted(time for time in times if time is not None)
        if not weeks:
            raise KeyError(self._what_there_is(asked))
        return np.array(weeks), [self.estimate_of(asked._replace(time=week)) for week in weeks]

    def _what_there_is(self, asked: Figure) -> str:
        outcome, group = asked.outcome, asked.group
        figures = [figure for figure in self.keys if figure.outcome == outcome]
        if not figures:
            outcomes = sorted({self.names.write(figure.outcome) for figure in self.keys})
            return f"there is no outcome {outcome}; there is {', '.join(outcomes)}"
        outcome, groups = self.names.write(outcome), {figure.group for figure in figures}
        if group not in groups:
            return f"{outcome} is not known for {group}; it is for {', '.join(sorted(map(str, groups)))}"
        weeks = [figure.time for figure in figures if figure.group == group and figure.time is not None]
        course = f"weeks {min(weeks)} to {max(weeks)}" if weeks else "no single weeks"
        return f"{outcome} of {group} is not known for that week; it has {course} and the whole follow-up (no week)"

    @cached_property
    def counted(self) -> dict[str, Name]:
        """The weekly counts that are not 0 throughout, by the way they are written."""
        names = sorted({name for replication in self.replications for name in replication.counts})
        scenario = self.loaded.scenario
        declared = [common(what) for what in (*COUNTS, *(EXIT + name for name in scenario.exits))]
        declared += [common(what) for kind in KINDS.values() for what in kind.settings.common_counts]
        for name, intervention in scenario.interventions.items():
            declared += [Name(name, what) for what in intervention.counts]
        texts = written(dict.fromkeys([*names, *declared]))
        return {texts[name]: name for name in names}

    def weekly(self, count: str | Name, arm: int | slice = slice(None)) -> Ints:
        """A weekly count of the run, summed over jobcentres (and arms), shape (replications, weeks)."""
        scenario = self.loaded.scenario
        name = count if isinstance(count, Name) else self.counted.get(count, Name.read(count))
        weeks = scenario.weeks
        none = np.zeros((weeks, len(scenario.jobcentres), len(scenario.arms)), dtype=np.int32)
        rows = [r.counts.get(name, none)[:, :, arm] for r in self.replications]
        return np.array([row.reshape(weeks, -1).sum(axis=1) for row in rows])

    def table(self) -> pd.DataFrame:
        """All outcomes, one row per outcome, group and week, with both intervals by name."""
        import pandas as pd

        rows = []
        for figure in self.keys:
            e = self.estimate_of(figure)
            rows.append(
                {
                    **self.names.columns(figure), "value": e.value, "low": e.low, "high": e.high,
                    "interval": SIMULATION, "trial_low": e.trial_low,
                    "trial_high": e.trial_high, "trial_interval": ONE_TRIAL, "replications": e.n,
                    "unit": self.names.unit(figure.outcome),
                }
            )  # fmt: skip
        frame = pd.DataFrame(rows)
        return frame.astype({"week": "Int64", "month": "Int64"})

    def beside_published(self) -> Iterator[Beside]:
        """Every published figure of the scenario with the simulated one beside it."""
        for name, figure in self.loaded.scenario.published.items():
            named = self.names.figure(figure.outcome, figure.group, figure.time)
            if named in self._known:  # a scenario may cite an outcome of an intervention that an overlay took away
                yield Beside(name, figure, named, self.names.is_share(named.outcome), self.estimate_of(named))

    def published_without_value(self) -> Iterator[tuple[str, Published]]:
        """Published figures that this run has nothing to put beside: by name."""
        beside = {each.name for each in self.beside_published()}
        yield from ((name, figure) for name, figure in self.loaded.scenario.published.items() if name not in beside)

    @cached_property
    def _known(self) -> set[Figure]:
        return set(self.keys)

    def __repr__(self) -> str:
        scenario = self.loaded.scenario
        return f"<{scenario.name}: {len(self.replications)} replications of {sum(scenario.persons().values())} ledige>"


@dataclass(frozen=True)
class Beside:
    """A published figure and the simulated one."""

    name: str
    figure: Published
    named: Figure
    share: bool
    simulated: Estimate

    @property
    def sampling(self) -> tuple[float, float] | None:
        """Binomial interval of a published share, or of a number of persons (`count`) in persons; None where it is not
        known of how many, and for differences and means."""
        figure, n, count = self.figure.figure, self.figure.n, self.figure.count
        if figure is None or n is None or self.named.group == DIFFERENCE:
            return None
        if self.share:
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
