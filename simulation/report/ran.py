"""What a command has simulated, and its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from simulation.experiments.compare import Comparison
from simulation.experiments.spread import PairedSpread, Spread
from simulation.results.result import Result
from simulation.results.tables.inputs import labels
from simulation.results.tables.run_tables import tables

if TYPE_CHECKING:
    import pandas as pd

    from simulation.report.under import Under


@dataclass(frozen=True)
class Ran:
    """What a command has simulated: a scenario with what was run `beside` it and with its `base`, or a base with
    scenarios that are held against it; with the parameter uncertainty of the run, or of every comparison, or all
    uncertainty (`under`), where that was asked for."""

    results: Sequence[Result]
    beside: Sequence[Result] = ()
    spreads: Sequence[Spread | PairedSpread] = field(default=())
    under: Under | None = None
    base: Result | None = None

    @property
    def every(self) -> list[Result]:
        """All that was simulated, in the order in which it is stored."""
        return [*self.results, *self.beside, *([] if self.base is None else [self.base])]

    @property
    def compared(self) -> list[Result]:
        """What is held against each other, the base first; one result where a scenario was run alone."""
        return [*([] if self.base is None else [self.base]), *self.results]

    @property
    def labels(self) -> list[str]:
        """What tables of each scenario of a comparison begin with."""
        files = [result.loaded.file for result in self.compared]
        return ["base", "scenario"] if len(files) == 2 else ["base", *labels(files[1:], ("base", "differences"))]

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Every scenario against the base."""
        base, *scenarios = self.compared
        return [Comparison(base, result) for result in scenarios]

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by file name without ending."""
        return {**self._tables(), **({} if self.under is None else self.under.tables())}

    def _tables(self) -> dict[str, pd.DataFrame]:
        if len(self.results) == 1:
            frames = tables(self.results[0])
            if self.spreads and isinstance(spread := self.spreads[0], Spread):
                frames["parameter_uncertainty"] = spread.table()
            for other in self.beside:
                frames |= {f"beside_{name}": frame for name, frame in tables(other).items()}
            if self.base is not None:
                frames |= self._apart() | {f"base_{name}": frame for name, frame in tables(self.base).items()}
            return frames
        frames = self._apart()
        for label, result in zip(self.labels, self.results, strict=True):
            frames |= {f"{label}_{name}": frame for name, frame in tables(result).items()}
        return frames

    def _apart(self) -> dict[str, pd.DataFrame]:
        """What differs between scenarios, and by how much their outcomes do."""
        import pandas as pd

        apart, changed = [], []
        for number, (label, comparison) in enumerate(zip(self.labels[1:], self.comparisons, strict=True)):
            paired = self.spreads[number] if len(self.spreads) > number else None
            frame = comparison.table(spread=paired if isinstance(paired, PairedSpread) else None)
            frame.insert(0, "compared", label)
            apart.append(frame)
            changed.append(comparison.changes_table())
            changed[-1].insert(0, "compared", label)
        return {"changes": pd.concat(changed, ignore_index=True), "differences": pd.concat(apart, ignore_index=True)}
