"""Parameter uncertainty: a scenario simulated at draws of its fitted parameters, all by the same luck.

By the same luck, most of the simulation error is gone from the difference of a draw from the point, but not all: rare
events do not keep their luck. What is left is known from the replications of a draw, which differ by luck alone, and is
taken off: the draws are drawn together to the spread that the parameters alone would have (`without_luck`).
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from simulation.experiments.points import FiguresByNumber, Points
from simulation.experiments.progress import Progress
from simulation.experiments.work import Piece, carry_out
from simulation.results.intervals import LEVEL, PARAMETERS, SIMULATION, TRIAL_AND_PARAMETERS
from simulation.results.measures.replication import simulate
from simulation.results.names import Figure, figure_of
from simulation.results.result import Result
from simulation.scenario.files.problems import InputProblems, Mark, Problem
from simulation.scenario.files.yamlfile import dotted
from simulation.scenario.load import Loaded
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

MOST_REPLICATIONS = 5
"""Replications of each draw."""
LUCKS = 400
"""Outcomes of one trial, at even quantiles of Student's t, that are combined with every draw."""
Interval = tuple[float, float]


@dataclass(frozen=True)
class Spread:
    """How figures of a run shift with its fitted parameters. `by_replication` has the paired difference of every draw
    from the point, shape (draws, replications), by figure; NaN where either does not have the figure."""

    result: Result
    by_replication: Mapping[Figure, Floats]
    replications: int
    parameters: Sequence[str]
    held: Sequence[str] = field(default=())

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(next(iter(self.by_replication.values()), ()))

    @cached_property
    def shifts(self) -> Mapping[Figure, Floats]:
        """How far each draw shifts a figure, without luck: shape (draws,)."""
        return {key: without_luck(rows) for key, rows in self.by_replication.items()}

    def parameter(self, key: Figure) -> Interval:
        """Where the figure lies for 95 % of the draws; NaN where no draw has it, and where the draws differ by no more
        than luck: that is no certainty, it takes more replications of each draw to tell."""
        if is_luck(self.by_replication[key]):
            return np.nan, np.nan
        return self._around(np.array([self.result.estimate_of(key).value]), key)

    def trial(self, key: Figure) -> Interval:
        """Where the figure of one trial of this size would fall, parameters uncertain; NaN where one replication cannot
        tell. Without uncertainty of parameters it is Student's interval of one more replication."""
        e = self.result.estimate_of(key)
        if e.n < 2 or np.isnan(e.sd):
            return np.nan, np.nan
        steps = stdtrit(e.n - 1, (np.arange(LUCKS) + 0.5) / LUCKS)
        return self._around(e.value + e.sd * np.sqrt(1 + 1 / e.n) * steps, key)

    def _around(self, values: Floats, key: Figure) -> Interval:
        sums = (values[:, None] + self.shifts[key]).ravel()
        if not sums.size or np.isnan(sums).all():
            return np.nan, np.nan
        low, high = np.nanquantile(sums, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        scale = self.result.names.scale(key)
        low, high = np.clip([low, high], scale.lowest, scale.highest)
        return float(low), float(high)

    def table(self) -> pd.DataFrame:
        """One row per outcome, group and week, with three intervals by name."""
        import pandas as pd

        rows = []
        for key in self.shifts:
            e, (low, high), trial = self.result.estimate_of(key), self.parameter(key), self.trial(key)
            rows.append(
                {
                    **self.result.names.columns(key), "value": e.value, "low": e.low, "high": e.high,
                    "interval": SIMULATION, "parameter_low": low, "parameter_high": high,
                    "parameter_interval": PARAMETERS, "trial_low": trial[0], "trial_high": trial[1],
                    "trial_interval": TRIAL_AND_PARAMETERS, "draws": self.draws, "replications": e.of,
                    "known": e.n,
                    "unit": self.result.names.unit(key.outcome),
                }
            )  # fmt: skip
        return pd.DataFrame(rows).astype({"week": "Int64", "month": "Int64"})


@dataclass(frozen=True)
class PairedSpread:
    """How the differences of a scenario from a base shift with the fitted parameters, draw by draw by the same luck."""

    base: Spread
    scenario: Spread

    def parameter(self, key: Figure, difference: float) -> Interval:
        """Where a difference (given at the point) lies for 95 % of the draws; NaN where it is not known."""
        if key not in self.base.by_replication or key not in self.scenario.by_replication:
            return np.nan, np.nan
        rows = self.scenario.by_replication[key] - self.base.by_replication[key]
        shifts = without_luck(rows)
        if np.isnan(shifts).all() or is_luck(rows):
            return np.nan, np.nan
        low, high = difference + np.nanquantile(shifts, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        return float(low), float(high)


def drawn_values(loaded: Loaded, draws: int) -> tuple[list[dict[str, float]], list[str], list[str]]:
    """What to set in the scenario for each draw, by dotted path; the names of the parameters that are drawn; and the
    names of those that are held, because the scenario has values of its own there.

    Raises InputProblems if nothing in the scenario is fitted, or there are fewer draws.
    """
    changes: list[dict[str, float]] = [{} for _ in range(draws)]
    drawn: list[str] = []
    held: list[str] = []
    for fit in dict.fromkeys(loaded.resolved.fits):
        filled_paths = {dotted(path) for path, taken in loaded.resolved.fitted.items() if taken is fit}
        if not filled_paths:
            held += fit.paths
            continue
        names, rows = fit.draws()
        if len(rows) < draws:
            raise InputProblems([Problem(f"{fit.name}: there are {len(rows)} draws of its parameters, not {draws}")])
        for column, name in enumerate(names):
            if not filled_paths & {name, *fit.paths[name].same, *fit.paths[name].rest}:
                held.append(name)
                continue
            drawn.append(name)
            whole = isinstance(fit.point(name), int)
            for k in range(draws):
                value = int(rows[k, column]) if whole else float(rows[k, column])
                changes[k] |= {path: v for path, v in fit.paths[name].values(value).items() if path in filled_paths}
    if not drawn:
        message = "nothing in it is fitted, so there is no uncertainty of parameters to carry through"
        raise InputProblems([Problem(message, loaded.resolved.mark(()))])
    return changes, drawn, [name for name in dict.fromkeys(held) if name not in drawn]


def check_draws(loaded: Loaded, draws: int) -> None:
    """Raises InputProblems as `drawn_values`, and if the scenario may not have what is drawn."""
    changes, drawn, _ = drawn_values(loaded, draws)
    files = [fit.drawn_in for fit in loaded.resolved.fits if set(fit.paths) & set(drawn)]
    for row, values in enumerate(changes, 2):
        try:
            loaded.with_(values)
        except InputProblems as error:
            first, place = error.problems[0], Mark(str(files[-1]), row, 1)
            raise InputProblems([Problem(f"this draw is impossible: {first.message}", place, first.path)]) from None


def spread(
    result: Result, draws: int, workers: int = 1, progress: bool = False, kept: pathlib.Path | None = None
) -> Spread:
    """Simulate the scenario of a run at so many draws of its fitted parameters; what is finished is kept in the folder
    `kept`.

    Raises InputProblems as `drawn_values`, Stopped (without results) on Ctrl-C, and what a run raises.
    """
    changes, drawn, held = drawn_values(result.loaded, draws)
    numbers = range(min(MOST_REPLICATIONS, len(result.replications)))
    cited = {beside.named for beside in result.beside_published()}
    keys = [f for f in result.keys if f in cited or (f.time is None and not f.group.jobcentre)]
    points = Points(kept, figure_of)
    points.read()
    each = len(numbers)
    missing = {draw: rest for draw in range(draws) for rest in points.missing(draw, each, each)}
    pieces = (_piece(draw, result.loaded, changes[draw], rest, keys) for draw, rest in missing.items())
    with Progress(draws, "draw", progress, draws - len(missing)) as bar:
        carry_out(pieces, points.keep, bar, workers)
    point = np.array([[r.outcomes.get(key, np.nan) for key in keys] for r in result.replications[: len(numbers)]])
    shifts = np.full((draws, len(numbers), len(keys)), np.nan)
    with np.errstate(invalid="ignore"):
        for draw in range(draws):
            by_number = points.done[draw]
            figures = np.array([[by_number[n].get(key, np.nan) for key in keys] for n in numbers])
            shifts[draw] = figures - point
    return Spread(result, {key: shifts[:, :, c] for c, key in enumerate(keys)}, len(numbers), drawn, held)


def without_luck(rows: Floats) -> Floats:
    """The mean shift of every draw, drawn together to the spread that the parameters alone have: shape (draws,).

    `rows` has shape (draws, replications). The means of draws vary by the parameters and by luck. The luck is what is
    left in a table of draws and replications beside both (a replication has the same luck in all draws, which moves
    none against another), over the number of replications; where it is all of the variance, no shift is left. With one
    replication of a draw nothing tells luck from parameters, and it stays in. NaN where a draw has no figure.
    """
    known = ~np.isnan(rows)
    count, total = known.sum(axis=1), np.where(known, rows, 0.0).sum(axis=1)
    shift: Floats = np.divide(total, count, out=np.full(len(rows), np.nan), where=count > 0)
    whole = rows[known.all(axis=1)]
    draws, replications = whole.shape
    if draws < 2 or replications < 2:
        return shift
    means = whole.mean(axis=1)
    left = whole - means[:, None] - whole.mean(axis=0) + means.mean()
    luck = (left**2).sum() / ((draws - 1) * (replications - 1)) / replications
    between = means.var(ddof=1)
    centre, kept = means.mean(), max(1 - luck / between, 0.0) if between > 0 else 1.0
    return np.asarray(centre + (shift - centre) * np.sqrt(kept))


def is_luck(rows: Floats) -> bool:
    """Whether draws differ, but by no more than luck would have it; `rows` as in `without_luck`."""
    shifts = without_luck(rows)
    shifts = shifts[~np.isnan(shifts)]
    whole = rows[~np.isnan(rows).any(axis=1)]
    return len(shifts) > 1 and bool(np.ptp(shifts) < 1e-12 <= np.ptp(whole, axis=0).max(initial=0.0))


def _piece(
    draw: int, loaded: Loaded, values: Mapping[str, float], numbers: Sequence[int], keys: Sequence[Figure]
) -> Piece[int | None, FiguresByNumber]:
    note = f"in {loaded.scenario.name}, seed {loaded.scenario.seed}, with {dict(values)}"
    return Piece(draw, _figures, (loaded, values, numbers, keys), 1, note)


def _figures(
    loaded: Loaded, values: Mapping[str, float], numbers: Sequence[int], keys: Sequence[Figure]
) -> FiguresByNumber:
    """The figures of one draw."""
    replications = simulate(loaded.with_(values).scenario, numbers)
    return {r.number: {key: r.outcomes.get(key, np.nan) for key in keys} for r in replications}
