"""Two scenarios by the same luck: paired differences, and what the pairing was worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.results.intervals import PAIRED, PARAMETERS, UNPAIRED, Estimate, Pair, estimates, unpaired
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.results.rows_of import Week, wanted
from simulation.results.telling import Tells
from simulation.scenario.alike import Alike
from simulation.scenario.changes import Change, changes, told_apart
from simulation.world.keywords import kindly
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.spread import PairedSpread


@dataclass(frozen=True)
class Difference:
    """One outcome in both scenarios. `variance_ratio` is the variance of the difference had the two been run with
    independent luck, over the paired variance; NaN where nothing varies. `same`: nothing changes in any replication,
    those included that do not have it, or not come to it."""

    key: Figure
    base: Estimate
    scenario: Estimate
    difference: Estimate
    variance_ratio: float
    same: bool


@dataclass(frozen=True)
class Comparison(Tells):
    """A scenario against a base; replications with the same number had the same luck."""

    base: Result
    scenario: Result

    def __post_init__(self) -> None:
        """Raises ValueError where no figure of one can be held against one of the other."""
        if self.alike.refused:
            raise ValueError(self.alike.refused)

    @cached_property
    def alike(self) -> Alike:
        """What the two have in common beside the policy."""
        return Alike(self.base.loaded.scenario, self.scenario.loaded.scenario)

    @cached_property
    def changes(self) -> list[Change]:
        """What differs between the two, key by key."""
        return changes(self.base.loaded, self.scenario.loaded)

    @property
    def names(self) -> tuple[str, str]:
        """The names of the base and of the scenario, told apart where they are one."""
        base, scenario = told_apart([self.base.loaded, self.scenario.loaded])
        return base, scenario

    @property
    def interval(self) -> str:
        """Which uncertainty the intervals of differences show."""
        return PAIRED if self.alike.same_people else UNPAIRED

    @cached_property
    def left_out(self) -> list[str]:
        """Outcomes of the whole run that both have, where the two run for different numbers of weeks."""
        if self.alike.same_window:
            return []
        have = set(self.scenario.keys)
        both = dict.fromkeys(figure.outcome for figure in self.base.keys if figure in have)
        return [outcome for outcome in both if self.base.names.meaning(outcome).of_whole_run]

    def differences(self) -> Sequence[Difference]:
        """Every outcome that both have and that can be compared, scenario minus base. Where the two do not follow the
        same people, replications are no pairs: intervals are wider, and there is no variance ratio.

        Where some replications of one of them do not have it, all three are of those in which both do, so that rows add
        up; times that some do not come to are of all, and then their difference is not known. Periods that end in one
        week but do not begin in one are not compared."""
        return self._differences

    @cached_property
    def _differences(self) -> list[Difference]:
        keys, names = self._compared(), self.base.names
        before, after = self._values(self.base, keys), self._values(self.scenario, keys)
        same = ((before == after) | (np.isnan(before) & np.isnan(after))).all(axis=1).tolist()
        change = after - before
        event = [key.outcome in names.meanings and names.meanings[key.outcome].event for key in keys]
        of_all = np.array(event, dtype=bool)
        unknown = np.isnan(change) & ~of_all.reshape(-1, 1)
        before, after = (np.where(unknown, np.nan, values) for values in (before, after))
        scales, of_change = [names.scale(key) for key in keys], [names.change(key) for key in keys]
        if self.alike.same_people:
            apart = estimates(change, of_change)
            ratios = [
                float("nan") if math.isnan(difference.value) else ratio
                for difference, ratio in zip(apart, _variance_ratios(before, after).tolist(), strict=True)
            ]
        else:
            each = zip(after, before, scales, of_change, strict=True)
            apart = unpaired([Pair(one, other, (scale, scale), may_be) for one, other, scale, may_be in each])
            ratios = [float("nan")] * len(keys)
        both = estimates(before, scales), estimates(after, scales)
        return [Difference(*each) for each in zip(keys, *both, apart, ratios, same, strict=True)]

    def _compared(self) -> list[Figure]:
        have, apart, names = set(self.scenario.keys), set(self.left_out), (self.base.names, self.scenario.names)
        return [
            key for key in self.base.keys
            if key in have and key.outcome not in apart and len({each.begins(key) for each in names}) == 1
        ]  # fmt: skip

    def _values(self, result: Result, keys: Sequence[Figure]) -> Floats:
        """Figures in the replications that both have, shape (figures, replications)."""
        shared = {r.number for r in self.base.replications} & {r.number for r in self.scenario.replications}
        keep = [r.number in shared for r in result.replications]
        return np.array([result.values(key)[keep] for key in keys]).reshape(len(keys), len(shared))

    def __repr__(self) -> str:
        base, scenario = self.names
        return f"<{scenario} against {base}: {len(self.scenario.replications)} replications>"

    def changes_table(self) -> pd.DataFrame:
        """What differs, one row a key."""
        import pandas as pd

        rows = [
            {name: ", ".join(map(str, cell)) if isinstance(cell, list) else cell for name, cell in row.items()}
            for row in (change.columns() for change in self.changes)
        ]
        return pd.DataFrame(rows, columns=list(Change("", 0, 0).columns()), dtype=object)

    @kindly
    def table(
        self, outcome: str | None = None, group: str | None = None, week: Week = "all", *,
        spread: PairedSpread | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """One row per outcome, group and week: both figures, the paired difference and its interval by name, and the
        interval of the parameters if `spread` is given. `outcome`, `group` and `week` choose as in the table of a
        result. Raises KeyError, with a suggestion, if there is nothing of the kind.

        >>> list(COMPARISON.table("exit_job", "alle", None)["interval"])
        ['simulation error of the paired difference, 95 %']
        """
        import pandas as pd

        rows = []
        asked = set(wanted(self.base.names, [d.key for d in self.differences()], outcome, group, week))
        for d in (d for d in self.differences() if d.key in asked):
            names = self.base.names
            uncertain: dict[str, Any] = {}
            if spread is not None:
                low, high = spread.parameter(d.key, d.difference.value)
                uncertain = {"parameter_low": low, "parameter_high": high, "parameter_interval": PARAMETERS}
            rows.append(
                {
                    **names.columns(d.key), "base": d.base.value,
                    "scenario": d.scenario.value, "difference": d.difference.value, "low": d.difference.low,
                    "high": d.difference.high, "interval": self.interval, **uncertain,
                    "variance_ratio": d.variance_ratio, "replications": d.difference.of, "known": d.difference.n,
                    "unit": names.unit(d.key.outcome),
                }
            )  # fmt: skip
        frame = pd.DataFrame(rows)
        return frame.astype({"week": "Int64", "month": "Int64"})


def _variance_ratios(before: Floats, after: Floats) -> Floats:
    """Of each figure, shape (figures,), from its values in every replication of both, shape (figures, replications);
    NaN where fewer than two replications have it, or nothing varies."""
    ratios, known = np.full(len(before), np.nan), ~np.isnan(before) & ~np.isnan(after)
    have = known.sum(axis=1)
    for n in np.unique(have[have > 1]).tolist():
        rows = np.flatnonzero(have == n)
        one, other = (values[rows][known[rows]].reshape(len(rows), n) for values in (before, after))
        paired = np.var(other - one, axis=1, ddof=1)
        independent = np.var(one, axis=1, ddof=1) + np.var(other, axis=1, ddof=1)
        varies = paired > 1e-12 * independent  # anything smaller is rounding, not luck
        ratios[rows[varies]] = independent[varies] / paired[varies]
    return ratios
