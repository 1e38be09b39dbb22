"""What an answer is under all uncertainty, in four parts that are never mixed.

*luck of the simulation*: how well the replications pin down the model's mean at the point. *one trial*: how much one
trial of this size differs from it. *parameters*: what fitted values and evidence are not known to, with what is assumed
as it is written. *assumptions*: what the draws of everything vary by beyond that (analysis of variance over draws that
vary one group, and both). Luck that is left in draws is taken off both (`luck`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.special import stdtrit

from simulation.experiments.at_draws import Measured
from simulation.experiments.luck import is_luck, quantiles, weighted, without_luck
from simulation.experiments.uncertain.design import SHARING, Design
from simulation.experiments.uncertain.hanging import Hanging, Hangs
from simulation.experiments.uncertain.weights import Weights
from simulation.results.ends import LEVEL, SAME
from simulation.results.intervals import ANY, NAN, Estimate, Scale
from simulation.results.names import Figure
from simulation.world.spec import Floats

LUCKS = 50
"""Outcomes of one trial, at even quantiles of Student's t, that are combined with every draw."""
ENDS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
Interval = tuple[float, float]
Shifts = Mapping[Figure, "Rows"]
PARTS = ("simulation", "trial", "parameters", "assumptions")


@dataclass(frozen=True)
class Rows:
    """A figure in draws, replication by replication, beside the same replications at the point: both of shape (draws,
    replications); `mean` is that of all replications at the point."""

    drawn: Floats
    point: Floats
    mean: float

    def __sub__(self, other: Rows) -> Rows:
        return Rows(self.drawn - other.drawn, self.point - other.point, self.mean - other.mean)

    @cached_property
    def shifts(self) -> Floats:
        """How far draws are from the mean at the point, with as much of the luck of a replication taken off as it has
        in common with the same at the point (a control variate: all of it where the same people are followed, hardly
        any where there are more of them)."""
        apart = [np.diff(rows, axis=1).ravel() for rows in (self.drawn, self.point)]
        known = ~np.isnan(apart[0] + apart[1])
        square = float(np.square(apart[1][known]).sum())
        common = float(apart[0][known] @ apart[1][known]) / square if square > 0 else 1.0
        return np.asarray(self.drawn - self.mean - min(max(common, 0.0), 1.0) * (self.point - self.mean))


@dataclass(frozen=True)
class Answer:
    """A figure, or the difference of one between two scenarios, under all uncertainty. `middle` and `interval` are of
    the model's mean over all draws, `trial` is where one trial would fall, 95 % each; `weighted` and `unweighted` are
    `interval` by the weights of draws, also where these are worth too little, and of draws that all count the same.
    `above` is the chance that the model's mean lies above 0, `trial_above` that one trial would find so. `sd` has a
    standard deviation for each of the `PARTS`; NaN where it is not known."""

    figure: Figure
    point: Estimate
    middle: float
    interval: Interval
    trial: Interval
    weighted: Interval
    unweighted: Interval
    sd: Mapping[str, float]
    hangs: Hangs
    above: float
    trial_above: float


@dataclass(frozen=True)
class Uncertain:
    """Scenarios, the first of which others are held against, at draws of all that is unsure of them. `every` and
    `parameters` have the shifts of each scenario; without `weights` draws count the same, and `why` says why."""

    results: Sequence[Measured]
    design: Design
    replications: int
    every: Sequence[Shifts]
    parameters: Sequence[Shifts]
    weights: Weights | None
    why: str = ""

    @property
    def of_draws(self) -> Floats:
        """The weights of the draws: all the same where those by the figures are worth too little."""
        if self.weights is not None and self.weights.enough:
            return self.weights.of_draws
        return self.same

    @cached_property
    def same(self) -> Floats:
        """The same weight for every draw."""
        return np.full(self.design.draws, 1 / self.design.draws)

    @cached_property
    def hanging(self) -> Hanging:
        """What all answers are held against."""
        return Hanging(self.design.columns, self.of_draws, SHARING, self.results[0].loaded.scenario.seed)

    def answers(self, s: int = 0) -> Iterator[Answer]:
        """Every figure of a scenario."""
        found = (self.answer(figure, s) for figure in self.every[s] or self.parameters[s])
        yield from (answer for answer in found if answer is not None)

    def answer(self, figure: Figure, s: int = 0) -> Answer | None:
        """One figure of a scenario; None if it is not kept of draws."""
        shifts, result = [each[s].get(figure) for each in (self.every, self.parameters)], self.results[s]
        if not any(shifts):
            return None
        return self._answer(figure, result.estimate_of(figure), result.names.scale(figure), *shifts)

    def differences(self, s: int, known: Iterable[tuple[Figure, Estimate]]) -> Iterator[Answer]:
        """Figures of a scenario less those of the first one, of which the differences at the point are `known`."""
        for figure, difference in known:
            of_both = [[each[t].get(figure) for t in (0, s)] for each in (self.every, self.parameters)]
            if all(first is None or other is None for first, other in of_both):
                continue
            apart = [None if first is None or other is None else other - first for first, other in of_both]
            yield self._answer(figure, difference, self.results[0].names.change(figure), *apart)

    def _answer(
        self, figure: Figure, e: Estimate, scale: Scale, every: Rows | None, parameters: Rows | None
    ) -> Answer:
        """`every` and `parameters` are None where nothing is drawn that they are of."""
        used = parameters if every is None else every
        assert used is not None
        rows = used.shifts
        same = self.same if every is not None else np.full(len(rows), 1 / len(rows))
        weights, by_figures = same, same
        if every is not None:
            weights, by_figures = self.of_draws, self.weights.of_draws if self.weights is not None else same
        within, point = _Within(e, _possible(scale, used.drawn)), np.array([e.value])
        shifts, intervals = without_luck(rows, weights), dict[int, Interval]()
        for each in (weights, by_figures, same):
            if id(each) not in intervals:
                moved = shifts if each is weights else without_luck(rows, each)
                nothing = is_luck(rows, each)
                intervals[id(each)] = (NAN, NAN) if nothing else within.around(point, moved, each)
        known = ~np.isnan(shifts)
        middle, of_all = weighted(shifts[known], weights[known]) if known.any() else (NAN, NAN)
        of_parameters = 0.0 if parameters is None else _variance(parameters.shifts)
        more = 0.0 if every is None else max(of_all - of_parameters, 0.0)
        sd = {
            "simulation": e.sd / math.sqrt(e.n) if e.n > 1 else NAN, "trial": e.sd,
            "parameters": math.sqrt(of_parameters), "assumptions": math.sqrt(more),
        }  # fmt: skip
        hangs = self.hanging.of(rows.mean(axis=1)) if every is not None else Hangs({}, 0, 1.0)
        trials = within.trials()
        trial = within.around(trials, shifts, weights)
        above = NAN if is_luck(rows, weights) else above_zero(within.means(), shifts, weights)
        of_each = (intervals[id(each)] for each in (weights, by_figures, same))
        interval, by_weight, unweighted = of_each
        return Answer(
            figure, e, e.value + middle, interval, trial, by_weight, unweighted, sd, hangs, above,
            above_zero(trials, shifts, weights),
        )  # fmt: skip


def _possible(scale: Scale, values: Floats) -> Scale:
    """The scale of a figure; any, if its values in draws are not what it is declared to be."""
    known = values[~np.isnan(values)]
    inside = not known.size or (known.min() >= scale.lowest - SAME and known.max() <= scale.highest + SAME)
    return scale if inside else ANY


def above_zero(values: Floats, shifts: Floats, weights: Floats) -> float:
    """The share of all values with all shifts, of draws with these weights, that lie above 0; half of those at 0.
    NaN where there are none. `values` has any length, `shifts` and `weights` that of the draws."""
    sums, known = values[:, None] + shifts, ~np.isnan(shifts) & (weights > 0)
    if not len(values) or not known.any():
        return NAN
    shares = ((sums > SAME) + 0.5 * (abs(sums) <= SAME)).mean(axis=0)
    return float(shares[known] @ weights[known] / weights[known].sum())


def _variance(rows: Floats) -> float:
    shifts = without_luck(rows)
    shifts = shifts[~np.isnan(shifts)]
    return float(shifts.var(ddof=1)) if len(shifts) > 1 else NAN


@dataclass(frozen=True)
class _Within:
    """Intervals within what a figure can be."""

    e: Estimate
    scale: Scale

    def means(self) -> Floats:
        """Where the model's mean lies for all that its replications tell, at even chances."""
        e, trials = self.e, self.trials()
        return np.asarray(e.value + (trials - e.value) / math.sqrt(e.n + 1)) if len(trials) else np.array([e.value])

    def trials(self) -> Floats:
        """Where the figure of one trial falls, at even chances; nothing where one replication cannot tell."""
        e = self.e
        if e.n < 2 or math.isnan(e.sd):
            return np.empty(0)
        steps = stdtrit(e.n - 1, (np.arange(LUCKS) + 0.5) / LUCKS)
        return np.asarray(e.value + e.sd * math.sqrt(1 + 1 / e.n) * steps)

    def around(self, values: Floats, shifts: Floats, weights: Floats) -> Interval:
        """The middle 95 % of all values with all shifts, of draws with these weights."""
        sums = (values[:, None] + shifts).ravel()
        low, high = quantiles(sums, np.tile(weights, len(values)), ENDS)
        return tuple(float(end) for end in np.clip([low, high], self.scale.lowest, self.scale.highest))  # type: ignore[return-value]


def sizes(design: Design) -> dict[str, Any]:
    """How many values of each sort are drawn."""
    values = design.values
    return {
        "fitted": len(design.fitted),
        "evidence": sum(each.part == "evidence" for each in values),
        "assumptions": sum(each.part == "assumption" for each in values),
    }
