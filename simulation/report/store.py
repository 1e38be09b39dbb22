"""Put a run or a comparison into its results folder: tables, figures, manifest."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from simulation.experiments.compare import Comparison
from simulation.experiments.spread import PairedSpread, Spread
from simulation.results.identity import fingerprint
from simulation.results.result import Result
from simulation.results.tables.folder import Keeping, Saved, save
from simulation.results.tables.inputs import labels
from simulation.results.tables.run_tables import tables
from simulation.results.tables.unfinished import folder_name
from simulation.scenario.load import Loaded

if TYPE_CHECKING:
    import pandas as pd

    from simulation.report.figures.beside import Beside
    from simulation.report.under import Under


BESIDE_BASE = "against_base"
"""Folder of the figures that hold a scenario that was run against its base."""


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
            frame = comparison.table(paired if isinstance(paired, PairedSpread) else None)
            frame.insert(0, "compared", label)
            apart.append(frame)
            changed.append(comparison.changes_table())
            changed[-1].insert(0, "compared", label)
        return {"changes": pd.concat(changed, ignore_index=True), "differences": pd.concat(apart, ignore_index=True)}

    def draw(self, folder: pathlib.Path, made_by: str) -> None:
        """All figures; those of several comparisons in a folder for each."""
        from simulation.report.figures.figures import draw_comparison, draw_run

        if len(self.results) == 1:
            draw_run(self.results[0], folder, made_by)
        for label, comparison in zip(self.labels[1:], self.comparisons, strict=True):
            place = folder / label if len(self.results) > 2 else folder / BESIDE_BASE if self.base else folder
            place.mkdir(exist_ok=True)
            draw_comparison(comparison, place, made_by)


def name_of(scenarios: Sequence[Loaded]) -> str:
    """The folder of results of a scenario, or of a base and scenarios."""
    return folder_name(labels(loaded.file for loaded in scenarios))


def question_of(draws: int, everything: bool = False, asked: str = "run") -> str:
    """What is asked of the scenarios, for the fingerprint: with so many draws of the parameters, or of everything."""
    return f"{asked}, {draws} draws{' of everything' if everything else ''}" if draws else asked


def store(ran: Ran, run: Mapping[str, Any], question: str, keeping: Keeping, beside: Beside | None = None) -> Saved:
    """Store what was simulated, beside the folder of the unfinished work; `run` is noted in the manifest. Figures are
    drawn `beside` the tables, if there is somebody who does. Raises as `save` does."""
    every = ran.every
    loaded = [result.loaded for result in every]
    asked, done = ran.results[0].asked, min(len(result.replications) for result in every)
    mark = fingerprint(loaded, asked, question)
    made_by = f"jobcentersim, {ran.results[-1].loaded.scenario.name}, {mark}, {done} replications"
    drawn = ran if beside is None else Ran(ran.results, base=ran.base)  # what is not drawn need not be sent
    draw = partial(drawn.draw, made_by=made_by)
    put = draw if beside is None else beside.begin(draw)  # before the tables are made
    return save(
        keeping.unfinished.root, keeping.unfinished.name, loaded, ran.tables(), {"asked": asked, "done": done}, run,
        put, question, {} if ran.under is None else {"columns": ran.under.columns}, keeping,
    )  # fmt: skip
