"""The result of a sweep: every figure at every point, its difference from the scenario as written, and the smallest
staffing that reaches a level of service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.experiments.grid import Grid
from simulation.results.ends import FEW, LEVEL
from simulation.results.estimates import Values, estimates_of
from simulation.results.intervals import PAIRED, SIMULATION, UNKNOWN, UNPAIRED, Estimate, Pair, estimates, unpaired
from simulation.results.names import ALLE, Figure, Names
from simulation.results.telling import Tells
from simulation.scenario.alike import CONCERNED, Alike
from simulation.scenario.axes import Service, Value, shown
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Smallest:
    """The answer for one combination of the other axes. Every staffing is given by the number of its point.

    `sure` is the smallest at which the whole interval meets the level, `mean` the smallest at which the mean does,
    `again` are larger ones than `sure` that do not surely meet it; `best` comes nearest to it, or passes it furthest.
    `fewest` is the smallest tried. None: there is none.
    """

    others: Mapping[str, Value]
    sure: int | None
    mean: int | None
    again: tuple[int, ...]
    best: int | None
    fewest: int


@dataclass(frozen=True)
class PointRun:
    """A point of a sweep as a run of its own scenario."""

    swept: Swept
    point: int
    loaded: Loaded

    @property
    def names(self) -> Names:
        """What its outcomes are called."""
        return self.swept.grid.names

    @property
    def keys(self) -> list[Figure]:
        """The figures that were kept."""
        return list(self.swept.columns)

    @property
    def replications(self) -> range:
        """The numbers of its replications."""
        return range(self.swept.asked)

    def values(self, figure: Figure) -> Floats:
        """A figure in every replication, shape (replications,)."""
        return np.asarray(self.swept.columns[figure][self.point])

    def estimate_of(self, figure: Figure) -> Estimate:
        """Its mean with intervals."""
        return self.swept.estimate(self.point, figure)


@dataclass(frozen=True)
class Swept(Tells):
    """A finished sweep. `columns` has each figure by point and replication, shape (points + 1, replications): the last
    row is the scenario as written, NaN is a replication without the figure. `seconds` are of this call, in which
    `resumed` replications were taken up from an earlier one."""

    grid: Grid
    columns: Mapping[Figure, np.ndarray]
    asked: int
    seconds: float = 0.0
    resumed: int = 0

    def estimate(self, point: int, figure: Figure) -> Estimate:
        """Mean and intervals at a point; -1 is the scenario as written. Raises KeyError for an unknown figure."""
        return self._estimates[point, figure]

    @cached_property
    def _estimates(self) -> dict[tuple[int, Figure], Estimate]:
        """Of every figure at every point, all at once."""
        return self._at([(point, figure) for point in (-1, *range(len(self.grid.points))) for figure in self.columns])

    def _at(self, asked: Sequence[tuple[int, Figure]], level: float = LEVEL) -> dict[tuple[int, Figure], Estimate]:
        """Means and intervals of figures at points."""

        def at(point: int) -> Values:
            return lambda figure: self.columns[figure][point] if figure in self.columns else None

        found = estimates_of(self.grid.names, [(figure, at(point)) for point, figure in asked], level)
        return dict(zip(asked, found, strict=True))

    def difference(self, point: int, figure: Figure) -> Estimate:
        """Of a point from the scenario as written, replication by replication; as of no pairs where other people are
        followed, and unknown for what is of the whole run where that is longer or shorter."""
        return self._differences.get((point, figure), UNKNOWN)

    @cached_property
    def _differences(self) -> dict[tuple[int, Figure], Estimate]:
        """Of every figure at every point where it is known, all at once."""
        names = self.grid.names
        paired: dict[tuple[int, Figure], Pair] = {}
        other: dict[tuple[int, Figure], Pair] = {}
        for point in (-1, *range(len(self.grid.points))):
            alike = self.alike(point)
            for figure, column in self.columns.items():
                if alike.same_window or not names.meaning(figure.outcome).of_whole_run:
                    scale, where = names.scale(figure), paired if alike.same_people else other
                    where[point, figure] = Pair(column[point], column[-1], (scale, scale), names.change(figure))
        change = [pair.one - pair.other for pair in paired.values()]
        differences = dict(zip(paired, estimates(change, [pair.scale for pair in paired.values()]), strict=True))
        return differences | dict(zip(other, unpaired(list(other.values())), strict=True))

    def alike(self, point: int) -> Alike:
        """What a point has in common with the scenario as written, apart from the policy."""
        return self._alike[self._concerned(point)]

    def _concerned(self, point: int) -> tuple[tuple[str, Value], ...]:
        changes = self.grid.changes(None if point == -1 else point)
        return tuple((key, value) for key, value in changes.items() if key.split(".")[0] in CONCERNED)

    @cached_property
    def _alike(self) -> dict[tuple[tuple[str, Value], ...], Alike]:
        """By those of the swept values that it depends on; it is the same for all points that have these."""
        one_of = {self._concerned(point): point for point in range(len(self.grid.points))}
        base = self.grid.loaded.scenario
        found = {each: Alike(base, self.grid.variant(point)) for each, point in one_of.items()}
        return {self._concerned(-1): Alike(base, base), **found}

    def moves(self, figure: Figure) -> bool:
        """Whether a figure differs anywhere from the scenario as written."""
        column = self.columns[figure]
        return not bool(np.all((column == column[-1]) | (np.isnan(column) & np.isnan(column[-1]))))

    def known(self, figure: Figure) -> bool:
        """Whether there is a number for it anywhere, and not only NaN (a cost without a wage, a wait nobody had)."""
        return not bool(np.isnan(self.columns[figure]).all())

    @cached_property
    def shown(self) -> list[Figure]:
        """One figure per outcome for screen and pictures: of the group that was asked for, or else the usual one."""
        chosen: dict[str, Figure] = {}
        asked = [Figure(outcome, group) for outcome, group in self.grid.wanted.asked if group is not None]
        asked = [figure for figure in asked if figure in self.columns]
        for outcome, group, _ in self.columns:
            groups = [figure.group for figure in self.columns if figure.outcome == outcome]
            usual = next((one for one in (self.grid.group, ALLE, *groups) if one in groups), group)
            chosen.setdefault(outcome, Figure(outcome, usual))
        several = {outcome: [figure for figure in asked if figure.outcome == outcome] for outcome in chosen}
        return [figure for outcome, usual in chosen.items() for figure in several[outcome] or [usual]]

    @property
    def not_measured(self) -> list[str]:
        """What was asked for by name and is measured nowhere."""
        have, write = {figure.outcome for figure in self.columns}, self.grid.names.write
        named = self.grid.sweep.outcomes or ()
        asked = [(outcome, group) for outcome, group in self.grid.wanted.asked if named or group is not None]
        return [
            write(outcome) if group is None else f"{write(outcome)}:{group}"
            for outcome, group in asked
            if (outcome not in have if group is None else Figure(outcome, group) not in self.columns)
        ]

    def smallest(self) -> list[Smallest]:
        """The smallest staffing that meets the service level, for every combination of the other axes; empty if no
        level is asked for. Every staffing of a combination is looked at, so the intervals that decide it hold for all
        of them at once (Bonferroni)."""
        service, figure = self.grid.sweep.service, self.grid.service_figure
        if service is None or figure is None:
            return []
        axes = self.grid.axes
        others = [key for key in axes if key != service.staff]
        staffings = sorted(axes[service.staff], key=lambda value: float(value or 0))
        answers = []
        for combination in product(*(axes[key] for key in others)):
            fixed = dict(zip(others, combination, strict=True))
            points = [
                self.grid.number[tuple({**fixed, service.staff: staff}[key] for key in axes)] for staff in staffings
            ]
            level = 1 - (1 - LEVEL) / len(points)
            found = self._at([(p, figure) for p in points], level) if figure in self.columns else {}
            reached = [found.get((p, figure), UNKNOWN) for p in points]
            answers.append(smallest_of(service, fixed, points, reached))
        return answers

    def table(self) -> pd.DataFrame:
        """One row per point, outcome and group: the values of the axes, the figure with its interval, the base's, and
        the paired difference with its interval. Point "base" is the scenario as written, if it is no point itself."""
        import pandas as pd

        grid = self.grid
        points: list[tuple[str, tuple[Any, ...], int]] = []
        if grid.base is None:
            points.append(("base", tuple(grid.as_written(key) for key in grid.axes), -1))
        points += [(str(n + 1), point, n) for n, point in enumerate(grid.points)]
        rows = []
        for name, point, n in points:
            axes = {key: _cell(value) for key, value in zip(grid.axes, point, strict=True)}
            interval = PAIRED if self.alike(n).same_people else UNPAIRED
            for figure in self.columns:
                e, d = self.estimate(n, figure), self.difference(n, figure)
                rows.append(
                    {
                        "point": name, "is_base": n == -1 or n == grid.base, **axes,
                        "outcome": grid.names.write(figure.outcome),
                        "intervention": grid.names.intervention(figure.outcome), "group": str(figure.group),
                        "value": e.value, "low": e.low, "high": e.high, "interval": SIMULATION,
                        "base": self.estimate(-1, figure).value, "difference": d.value, "diff_low": d.low,
                        "diff_high": d.high, "diff_interval": interval,
                        "replications": e.of, "known": e.n, "beyond": e.beyond,
                        "unit": grid.names.unit(figure.outcome),
                    }
                )  # fmt: skip
        return pd.DataFrame(rows)

    def service_table(self) -> pd.DataFrame:
        """One row per combination of the other axes: the smallest staffing that meets the level, surely and in the
        mean, larger ones that fail again, and the best that was reached."""
        import pandas as pd

        service, figure, names = self.grid.sweep.service, self.grid.service_figure, self.grid.names
        rows = []
        for answer in self.smallest():
            assert service is not None and figure is not None
            sure = UNKNOWN if answer.sure is None else self.estimate(answer.sure, figure)
            best = UNKNOWN if answer.best is None else self.estimate(answer.best, figure)
            rows.append(
                {
                    **{key: _cell(value) for key, value in answer.others.items()}, "staff": service.staff,
                    "outcome": names.write(figure.outcome), "group": str(figure.group), "rule": service.sign,
                    "level": service.level,
                    "smallest": self.staffing(answer.sure), "value": sure.value, "low": sure.low, "high": sure.high,
                    "smallest_by_mean": self.staffing(answer.mean),
                    "fails_again_at": " ".join(shown(self.staffing(p)) for p in answer.again),
                    "best_at": self.staffing(answer.best), "best": best.value, "best_low": best.low,
                    "best_high": best.high, "interval": SIMULATION, "replications": best.of, "known": best.n,
                    "unit": names.unit(figure.outcome),
                }
            )  # fmt: skip
        return pd.DataFrame(rows)

    def staffing(self, point: int | None) -> Value:
        """The staffing of a point; None of none."""
        service = self.grid.sweep.service
        return None if point is None or service is None else self.grid.changes(point)[service.staff]

    def __repr__(self) -> str:
        return f"<sweep of {self.grid.scenario.name}: {len(self.grid.points)} points, {self.asked} replications each>"


def smallest_of(service: Service, fixed: Mapping[str, Value], points: list[int], estimates: list[Estimate]) -> Smallest:
    """`points` and `estimates` in order of staffing. An interval that is not known, or not of every one of enough
    replications, meets nothing surely."""
    least = service.at_least is not None
    sure = [service.met(e) and e.n >= FEW and e.n == e.of for e in estimates]
    mean = [e.value >= service.level if least else e.value <= service.level for e in estimates]
    first = sure.index(True) if any(sure) else None
    known = [i for i, e in enumerate(estimates) if not np.isnan(e.value)]
    best = (max if least else min)(known, key=lambda i: estimates[i].value, default=None)
    return Smallest(
        fixed,
        None if first is None else points[first],
        points[mean.index(True)] if any(mean) else None,
        () if first is None else tuple(points[i] for i in range(first, len(points)) if not sure[i]),
        None if best is None else points[best],
        points[0],
    )


def _cell(value: Value) -> Any:
    """A swept value in a table: null is a word, for an empty cell would say nothing."""
    return "null" if value is None else value
