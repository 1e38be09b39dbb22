"""A result: the outcomes of many replications of one scenario, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from simulation.results.counted import counts_of
from simulation.results.estimates import estimates_of
from simulation.results.intervals import NAN, ONE_TRIAL, SIMULATION, Estimate, Scale
from simulation.results.measures.replication import Replication
from simulation.results.names import ALLE, Figure, Group, Names, arm_groups
from simulation.results.rows_of import Week, wanted
from simulation.results.telling import Tells
from simulation.results.verdict import Beside
from simulation.scenario.files.problems import did_you_mean
from simulation.scenario.load import Loaded
from simulation.world.keywords import kindly
from simulation.world.names import Name, written
from simulation.world.spec import Floats, Ints

if TYPE_CHECKING:
    import pandas as pd

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Result(Tells):
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
        batches = {id(each.outcomes.positions): each.outcomes.positions for each in self.replications}
        return list(dict.fromkeys(figure for positions in batches.values() for figure in positions))

    def values(self, figure: Figure | tuple[str, str, int | None]) -> Floats:
        """One figure in every replication, shape (replications,); NaN where a replication does not have it. It may be
        given as it is written: outcome, group, and week or None."""
        named = figure if isinstance(figure, Figure) else self.names.figure(*figure)
        row = self._rows.get(named)
        return np.full(len(self.replications), np.nan) if row is None else self._table[row].copy()

    @cached_property
    def _rows(self) -> dict[Figure, int]:
        """Where each figure stands in the table of values."""
        return {figure: row for row, figure in enumerate(self.keys)}

    @cached_property
    def _table(self) -> Floats:
        """Every figure in every replication, shape (figures, replications)."""
        table = np.full((len(self.keys), len(self.replications)), np.nan)
        rows: dict[int, list[int]] = {}  # of each batch
        for number, replication in enumerate(self.replications):
            positions = replication.outcomes.positions
            if id(positions) not in rows:
                rows[id(positions)] = [self._rows[figure] for figure in positions]
            table[rows[id(positions)], number] = replication.outcomes.row
        return table

    def estimate(self, outcome: str, group: str | Group = ALLE, week: int | None = None) -> Estimate:
        """Mean and intervals of one figure. Raises KeyError, naming what there is, if there is no such figure."""
        return self.estimate_of(self.names.figure(outcome, group, week))

    def estimate_of(self, figure: Figure) -> Estimate:
        """Mean and intervals of one figure. Raises KeyError, naming what there is, if there is no such figure."""
        if figure not in self._rows:
            raise KeyError(self._what_there_is(figure))
        return self._estimates[figure]

    @cached_property
    def _estimates(self) -> dict[Figure, Estimate]:
        """Of every figure: all at once takes little more time than a few of them."""
        asked = [(figure, self.values) for figure in self.keys]
        return dict(zip(self.keys, estimates_of(self.names, asked, scale=self._scale), strict=True))

    def _scale(self, figure: Figure) -> Scale:
        """What a figure can be; a share of what an intervention counts is of no more than were counted."""
        scale, meaning = self.names.scale(figure), self.names.meanings.get(figure.outcome)
        intervention = self.names.intervention(figure.outcome)
        if meaning is None or meaning.per is None or not intervention or scale.highest != 1:
            return scale
        if figure.group.kind not in ("alle", "arm") or figure.group != figure.group.whole:
            return scale
        arm = slice(None) if figure.group == ALLE else arm_groups(self.loaded.scenario)[figure.group]
        counts = (*meaning.per.plus, *meaning.per.less)
        total = {what: self.weekly(Name(intervention, what), arm).sum(axis=1).astype(float) for what in counts}
        of = float(meaning.per.of(total).sum())
        return scale._replace(units=max(of / len(self.replications), 1.0))

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
            near = did_you_mean(outcome, outcomes) or f"; there is {', '.join(outcomes)}"
            return f"there is no outcome {outcome}{near}"
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
        texts = written(dict.fromkeys([*names, *counts_of(self.loaded.scenario)]))
        return {texts[name]: name for name in names}

    def weekly(self, count: str | Name, arm: int | slice | list[int] = slice(None)) -> Ints:
        """A weekly count of the run, summed over jobcentres (and these arms), shape (replications, weeks)."""
        scenario = self.loaded.scenario
        name = count if isinstance(count, Name) else self.counted.get(count, Name.read(count))
        weeks = scenario.weeks
        none = np.zeros((weeks, len(scenario.jobcentres), len(scenario.arms)), dtype=np.int32)
        rows = [r.counts.get(name, none)[:, :, arm] for r in self.replications]
        return np.array([row.reshape(weeks, -1).sum(axis=1) for row in rows])

    @kindly
    def table(self, outcome: str | None = None, group: str | None = None, week: Week = "all") -> pd.DataFrame:
        """All outcomes, one row per outcome, group and week, with both intervals by name; or those of one `outcome`,
        `group` (such as `alle` or `deltager@nyborg`) or `week` alone, None being the whole follow-up. Raises KeyError,
        with a suggestion, if there is nothing of the kind.

        >>> list(RESULT.table("exit_job", "alle", 16)["known"])
        [2]
        """
        import pandas as pd

        rows = []
        for figure in wanted(self.names, self.keys, outcome, group, week):
            e = self.estimate_of(figure)
            rows.append(
                {
                    **self.names.columns(figure), "value": e.value, "low": e.low, "high": e.high,
                    "interval": SIMULATION, "trial_low": e.trial_low,
                    "trial_high": e.trial_high, "trial_interval": ONE_TRIAL, "replications": e.of, "known": e.n,
                    "beyond": e.beyond,
                    "unit": self.names.unit(figure.outcome),
                }
            )  # fmt: skip
        frame = pd.DataFrame(rows)
        return frame.astype({"week": "Int64", "month": "Int64"})

    def once(self, reckon: Callable[[Result], Answer]) -> Answer:
        """What a function tells of the result, reckoned when it is first asked for."""
        if reckon not in self._answers:
            self._answers[reckon] = reckon(self)
        answer: Answer = self._answers[reckon]
        return answer

    @cached_property
    def _answers(self) -> dict[Callable[[Result], Any], Any]:
        return {}

    def beside_published(self) -> Iterator[Beside]:
        """Every published figure of the scenario with the simulated one beside it, of no replication where the run has
        none (a week that the outcome does not have, an intervention that an overlay took away)."""
        nothing = Estimate(NAN, NAN, NAN, NAN, NAN, NAN, 0, len(self.replications))
        for name, figure in self.loaded.scenario.published.items():
            named = self.names.figure(figure.outcome, figure.group, figure.time)
            simulated = self.estimate_of(named) if named in self._rows else nothing
            yield Beside(name, figure, named, self.names.is_share(named.outcome), simulated)

    def __repr__(self) -> str:
        scenario = self.loaded.scenario
        return f"<{scenario.name}: {len(self.replications)} replications of {sum(scenario.persons().values())} ledige>"
