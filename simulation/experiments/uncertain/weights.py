"""Weights of draws by the figures that were fitted.

A posterior of fitted values is conditional on everything else as it is written. Where something else is drawn beside
it, what is drawn has to agree with the published figures, too: a draw has the weight

    likelihood of the figures at the draw / likelihood of the figures at its fitted values alone,

because the fitted values have been drawn by the likelihood below the line already (importance sampling; what is drawn
beside them is drawn from its own distribution). Both are simulated by the same luck, and held against the figures as a
fit does it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.experiments.at_draws import Measured
from simulation.experiments.luck import luck_of
from simulation.results.intervals import Estimate
from simulation.results.likelihood import Errors, errors_of, residuals, whitened
from simulation.results.names import Figure
from simulation.scenario.published import Published
from simulation.world.spec import Floats

ENOUGH = 20
"""Effective draws below which the weights tell too little."""
SAME = 4.0
"""Standard errors of the simulation within which a run has the figure that the fit had; a quarter of that of what is
published is added."""


@dataclass(frozen=True)
class Fitted:
    """The published figures that a scenario's fits used and that its run measures, by name; or, in words, why draws
    cannot be weighted by any (`why`)."""

    targets: Mapping[str, Published]
    figures: Mapping[str, Figure]
    why: str = ""
    errors: Errors | None = None  # how the published figures err, by their fits; None: each by itself


@dataclass(frozen=True)
class Weights:
    """The weights of draws, which add up to 1, and of how many draws of equal weight they are worth (Kish)."""

    of_draws: Floats
    fitted: Fitted

    @property
    def effective(self) -> float:
        """Effective number of draws."""
        return kish(self.of_draws)

    @property
    def enough(self) -> bool:
        """Whether that is enough to tell anything."""
        return self.effective >= ENOUGH


def kish(weights: Floats) -> float:
    """Of how many draws of equal weight draws of these weights are worth; 0 if none has any."""
    square = float(np.square(weights).sum())
    return float(weights.sum()) ** 2 / square if square else 0.0


def fitted_figures(result: Measured) -> Fitted:
    """What the draws of a scenario can be weighted by."""
    fits = [fit.data.get("targets") or {} for fit in dict.fromkeys(result.loaded.resolved.fitted.values())]
    entries: dict[str, Mapping[str, Any]] = {name: entry for targets in fits for name, entry in targets.items()}
    names, known = result.names, set(result.keys)
    targets, figures = {}, {}
    for name, target in result.loaded.scenario.published.items():
        figure = names.figure(target.outcome, target.group, target.time)
        if target.role == "fit" and name in entries and figure in known:
            targets[name], figures[name] = target, figure
    if not targets:
        return Fitted({}, {}, "the run measures none of the figures that its values were fitted to" if entries else "")
    for name, figure in figures.items():
        e, had = result.estimate_of(figure), entries[name]
        if not _same(e, had, targets[name]):
            return Fitted({}, {}, (
                f"it is another scenario than the one that was fitted ({names.write(figure.outcome)} of "
                f"{figure.group}: {e.value:.4g} here, {float(had['fitted']):.4g} there); `compare` it with that one"
            ))  # fmt: skip
    return Fitted(targets, figures, errors=_errors(targets, fits))


def _errors(targets: Mapping[str, Published], fits: Sequence[Mapping[str, Mapping[str, Any]]]) -> Errors:
    """As the files of fitted values have it. Figures of different fits err independently, as do those of a file without
    correlations; a figure of several fits is that of the last one."""
    names = list(targets)
    owner = {name: number for number, entries in enumerate(fits) for name in entries}
    spread, correlation = np.zeros(len(names)), np.eye(len(names))
    for number, entries in enumerate(fits):
        earlier: list[str] = []
        for name, entry in entries.items():
            together = entry.get("correlations") or []
            if name in targets and owner[name] == number:
                row, design = names.index(name), targets[name].design_factor or 1.0
                spread[row] = float(entry.get("sampling_error", entry.get("standard_error", 0.0))) / math.sqrt(design)
                for other, value in zip(earlier[len(earlier) - len(together) :], together, strict=True):
                    if other in targets and owner[other] == number:
                        column = names.index(other)
                        correlation[row, column] = correlation[column, row] = float(value)
            earlier.append(name)
    return errors_of(targets, spread, correlation)


def _same(e: Estimate, had: Mapping[str, Any], target: Published) -> bool:
    error = math.hypot(e.sd / math.sqrt(e.n) if e.n > 1 else math.inf, float(had.get("simulation_error", 0.0)))
    slack = SAME * error + 0.25 * float(had.get("standard_error", 0.0))
    return math.isnan(e.value) or abs(e.value - float(had.get("fitted", e.value))) <= slack


def weights_of(
    result: Measured, fitted: Fitted, every: Mapping[Figure, Floats], alone: Mapping[Figure, Floats],
    rows: Sequence[int],
) -> Weights:  # fmt: skip
    """The weights of the draws of everything. `every` and `alone` have the shifts of the fitted figures from the run,
    shape (draws, replications), at those draws and at fitted values alone; `rows` says which of the latter belong to
    each of the former."""
    names = list(fitted.figures)
    noise, at, before = [], [], []
    for figure in fitted.figures.values():
        e = result.estimate_of(figure)
        luck = luck_of(every[figure])
        noise.append(math.sqrt((0.0 if math.isnan(luck) else luck) + (e.sd**2 / e.n if e.n > 1 else 0.0)))
        at.append(e.value + every[figure].mean(axis=1))
        before.append(e.value + alone[figure].mean(axis=1))
    targets = {name: fitted.targets[name] for name in names}
    errors, wide = errors_of(targets) if fitted.errors is None else fitted.errors, np.array(noise)
    missed = [residuals(targets, np.column_stack(figures), wide, errors) for figures in (at, before)]
    of_draws, of_rows = (np.square(whitened(targets, each, wide, errors)).sum(axis=1) for each in missed)
    return Weights(from_logs(-0.5 * (of_draws - of_rows[list(rows)])), fitted)


def from_logs(logs: Floats) -> Floats:
    """Weights that add up to 1 from their logarithms; a draw without a figure (NaN) has none, and if no draw has one
    all have the same."""
    if np.isnan(logs).all():
        return np.full(len(logs), 1 / len(logs))
    raw = np.exp(np.where(np.isnan(logs), -np.inf, logs) - np.nanmax(logs))
    return np.asarray(raw / raw.sum())
