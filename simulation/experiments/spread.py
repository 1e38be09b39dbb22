"""Parameter uncertainty: a scenario simulated at draws of its fitted parameters, all by the same luck.

By the same luck, most of the simulation error is gone from the difference of a draw from the point, but not all: rare
events do not keep their luck. What is left is known from the replications of a draw, which differ by luck alone, and is
taken off: the draws are drawn together to the spread that the parameters alone would have (`without_luck`).
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from simulation.experiments.at_draws import AtDraws, at_draws, at_point
from simulation.experiments.executors import Workers
from simulation.experiments.luck import is_luck, without_luck
from simulation.experiments.points import FiguresByNumber
from simulation.results.ends import LEVEL
from simulation.results.intervals import PARAMETERS, SIMULATION, TRIAL_AND_PARAMETERS
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.scenario.files.fitted import Fit
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
    fitted, held = fitted_draws(loaded, draws)
    if not fitted:
        message = "nothing in it is fitted, so there is no uncertainty of parameters to carry through"
        raise InputProblems([Problem(message, loaded.resolved.mark(()))])
    changes = [{path: v for each in fitted for path, v in each.at(draw).items()} for draw in range(draws)]
    return changes, [each.name for each in fitted], held


@dataclass(frozen=True)
class FittedDraws:
    """A parameter in every draw of its posterior; `paths` are those at which the scenario has it."""

    fit: Fit
    name: str
    values: Sequence[int | float]
    paths: Set[str]

    def at(self, draw: int) -> dict[str, float]:
        """The number at each path in a draw."""
        return self.put(self.values[draw])

    def put(self, number: float) -> dict[str, float]:
        """The number at each path where the parameter is so much."""
        there = self.fit.paths[self.name].values(number)
        return {path: value for path, value in there.items() if path in self.paths}


def fitted_draws(loaded: Loaded, draws: int) -> tuple[list[FittedDraws], list[str]]:
    """The fitted parameters of a scenario in so many draws, and the names of those that are held, because the scenario
    has values of its own there. Raises InputProblems if there are fewer draws."""
    drawn: list[FittedDraws] = []
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
            if name not in fit.paths:  # a part of a scenario takes some places of a fit alone
                continue
            if not filled_paths & {name, *fit.paths[name].same, *fit.paths[name].rest}:
                held.append(name)
                continue
            kind = int if isinstance(fit.point(name), int) else float
            drawn.append(FittedDraws(fit, name, [kind(value) for value in rows[:draws, column]], filled_paths))
    known = {each.name for each in drawn}
    return drawn, [name for name in dict.fromkeys(held) if name not in known]


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
    result: Result, draws: int, workers: Workers = 1, progress: bool = False, kept: pathlib.Path | None = None,
    there: Mapping[int | None, FiguresByNumber] | None = None,
) -> Spread:  # fmt: skip
    """Simulate the scenario of a run at so many draws of its fitted parameters; what is finished is kept in the folder
    `kept`. With those that are `there` from an earlier run nothing is simulated.

    Raises KeyError if one of these is missing, InputProblems as `drawn_values`, Stopped (without results) on Ctrl-C,
    and what a run raises.
    """
    changes, drawn, held = drawn_values(result.loaded, draws)
    numbers, figures = range(min(MOST_REPLICATIONS, len(result.replications))), kept_figures(result)
    (found,) = at_draws([AtDraws(result.loaded, changes, [numbers] * draws, figures, kept, there)], workers, progress)
    with np.errstate(invalid="ignore"):
        shifts = found - at_point(result, figures)[: len(numbers)]
    return Spread(result, {key: shifts[:, :, c] for c, key in enumerate(figures)}, len(numbers), drawn, held)


def kept_figures(result: Result) -> list[Figure]:
    """The figures of a run that are kept of draws: of the whole follow-up, and what is published beside them."""
    cited = {beside.named for beside in result.beside_published()}
    return [f for f in result.keys if f in cited or (f.time is None and not f.group.jobcentre)]
