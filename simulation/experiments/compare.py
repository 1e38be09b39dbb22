"""Two scenarios by the same luck: paired differences, and what the pairing was worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.results.intervals import PAIRED, PARAMETERS, UNPAIRED, Estimate, estimate, unpaired
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.scenario.alike import Alike
from simulation.scenario.changes import Change, changes, told_apart

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
class Comparison:
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

    def differences(self) -> Iterator[Difference]:
        """Every outcome that both have and that can be compared, scenario minus base. Where the two do not follow the
        same people, replications are no pairs: intervals are wider, and there is no variance ratio.

        Where some replications of one of them do not have it, all three are of those in which both do, so that rows add
        up; times that some do not come to are of all, and then their difference is not known. Periods that end in one
        week but do not begin in one are not compared."""
        have, apart = set(self.scenario.keys), set(self.left_out)
        shared = {r.number for r in self.base.replications} & {r.number for r in self.scenario.replications}
        keep = [[r.number in shared for r in result.replications] for result in (self.base, self.scenario)]
        for key in self.base.keys:
            begins = {names.begins(key) for names in (self.base.names, self.scenario.names)}
            if key not in have or key.outcome in apart or len(begins) > 1:
                continue
            before, after = self.base.values(key)[keep[0]], self.scenario.values(key)[keep[1]]
            same = np.array_equal(before, after, equal_nan=True)
            names, change, meaning = self.base.names, after - before, self.base.names.meanings.get(key.outcome)
            if meaning is None or not meaning.event:
                before, after = (np.where(np.isnan(change), np.nan, values) for values in (before, after))
            scales = names.scale(key), names.change(key)
            if self.alike.same_people:
                difference = estimate(change, scales[1])
                ratio = float("nan") if np.isnan(difference.value) else _variance_ratio(before, after)
            else:
                difference, ratio = unpaired(after, before, *scales), float("nan")
            yield Difference(key, estimate(before, scales[0]), estimate(after, scales[0]), difference, ratio, same)

    def changes_table(self) -> pd.DataFrame:
        """What differs, one row a key."""
        import pandas as pd

        rows = [
            {name: ", ".join(map(str, cell)) if isinstance(cell, list) else cell for name, cell in row.items()}
            for row in (change.columns() for change in self.changes)
        ]
        return pd.DataFrame(rows, columns=list(Change("", 0, 0).columns()), dtype=object)

    def table(self, spread: PairedSpread | None = None) -> pd.DataFrame:
        """One row per outcome, group and week: both figures, the paired difference and its interval by name, and the
        interval of the parameters if `spread` is given."""
        import pandas as pd

        rows = []
        for d in self.differences():
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


def _variance_ratio(before: np.ndarray, after: np.ndarray) -> float:
    known = ~np.isnan(before) & ~np.isnan(after)
    if known.sum() < 2:
        return float("nan")
    paired = float(np.var((after - before)[known], ddof=1))
    unpaired = float(np.var(before[known], ddof=1) + np.var(after[known], ddof=1))
    return unpaired / paired if paired > 1e-12 * unpaired else float("nan")  # anything smaller is rounding, not luck
