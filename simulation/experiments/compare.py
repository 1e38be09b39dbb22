"""Two scenarios by the same luck: paired differences, and what the pairing was worth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.results.intervals import PAIRED, PARAMETERS, Estimate, estimate
from simulation.results.names import Figure
from simulation.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from simulation.experiments.spread import PairedSpread


@dataclass(frozen=True)
class Difference:
    """One outcome in both scenarios. `variance_ratio` is the variance of the difference had the two been run with
    independent luck, over the paired variance; NaN where nothing varies."""

    key: Figure
    base: Estimate
    scenario: Estimate
    difference: Estimate
    variance_ratio: float

    @property
    def same(self) -> bool:
        """Whether nothing changes in any replication."""
        return self.difference.value == 0 and self.difference.sd == 0 and self.difference.n == self.difference.of


@dataclass(frozen=True)
class Comparison:
    """A scenario against a base; replications with the same number had the same luck."""

    base: Result
    scenario: Result

    def __post_init__(self) -> None:
        """Raises ValueError where outcomes would be of different horizons."""
        horizons = [result.loaded.scenario.follow_up for result in (self.base, self.scenario)]
        if horizons[0] != horizons[1]:
            raise ValueError(
                f"outcomes over different follow_up ({horizons[0]} and {horizons[1]} weeks) cannot be compared"
            )

    def differences(self) -> Iterator[Difference]:
        """Every outcome that both have, scenario minus base. Where some replications of one of them do not have it, all
        three are of those in which both do, so that rows add up; times that some do not come to are of all, and then
        their difference is not known."""
        have = set(self.scenario.keys)
        shared = {r.number for r in self.base.replications} & {r.number for r in self.scenario.replications}
        keep = [[r.number in shared for r in result.replications] for result in (self.base, self.scenario)]
        for key in self.base.keys:
            if key not in have:
                continue
            before, after = self.base.values(key)[keep[0]], self.scenario.values(key)[keep[1]]
            names, change, meaning = self.base.names, after - before, self.base.names.meanings.get(key.outcome)
            if meaning is None or not meaning.event:
                before, after = (np.where(np.isnan(change), np.nan, values) for values in (before, after))
            scale, difference = names.scale(key), estimate(change, names.change(key))
            ratio = float("nan") if np.isnan(difference.value) else _variance_ratio(before, after)
            yield Difference(key, estimate(before, scale), estimate(after, scale), difference, ratio)

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
                    "high": d.difference.high, "interval": PAIRED, **uncertain, "variance_ratio": d.variance_ratio,
                    "replications": d.difference.of, "known": d.difference.n, "unit": names.unit(d.key.outcome),
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
