"""Whether a trial is worth its price, and how large it should be.

What a trial finds is used in each decision after it has reported, for as long as the question lasts: its value is that
of its sample for one decision, times the people decided about in those years, discounted. Until then what is best now
goes on for everybody outside the trial. It costs what it costs to carry out, and what those lose who get another option
in it than the one that is best now. What it costs to change from one option to another is left out, as is what may make
the finding outdated before the question is.

All is added up draw by draw, so the difference of two sizes has the error of what they do not have in common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.economy.decision.drawn import UNKNOWN, Drawn
from simulation.economy.decision.information import Information, sample
from simulation.results.ends import SAME
from simulation.results.sobol import Part
from simulation.world.spec import Floats, Ints


@dataclass(frozen=True)
class Question:
    """Whom it is about: people decided about in every year of the horizon, and what a krone of that year is worth now,
    both of shape (years,)."""

    people: Floats
    factors: Floats

    def after(self, years: float) -> float:
        """People decided about after so many years, of the year in which that is the part that is left, discounted."""
        left = np.clip(np.arange(1, len(self.people) + 1) - years, 0.0, 1.0)
        return float((self.people * self.factors * left).sum())


@dataclass(frozen=True)
class Trials:
    """Trials of several sizes, in people, each with the standard errors of what it estimates, shape (sizes, estimates),
    in units of the unknowns; after how many years it reports, and what it costs to carry out in kr of the first year,
    both of shape (sizes,). `shares` are those of the people that get each option, shape (options,)."""

    sizes: Ints
    errors: Floats
    reports: Floats
    costs: Floats
    shares: Floats


@dataclass(frozen=True)
class Trial:
    """A size: what its sample is worth for one decision, for how many (discounted), the whole of that, what the trial
    costs with what its people forgo, and what is left, all in kr; unknown where `sample` is. `of_draws` and `moved` are
    those of what is left (see Information)."""

    size: int
    sample: Information
    decisions: float
    value: Part
    cost: Part
    net: Part
    of_draws: Floats
    moved: Floats

    def may_reach(self, benefit: Drawn, other: Trial | None) -> bool:
        """Whether as much may be left of it as of another one, or as of none."""
        if other is None or other is self or not self.sample.known:
            return other is self or self.net.high > 0
        if self.sample.rough or other.sample.rough:
            return self.net.high > other.net.low
        return benefit.part(self.of_draws - other.of_draws, self.moved - other.moved).high > 0


@dataclass(frozen=True)
class Worth:
    """Trials of every size; the best of them, None where nothing is left of any; those of which as much may be left (or
    as of no trial) by the number of draws and luck; and whether the best is surely worth its price."""

    trials: Sequence[Trial]
    best: Trial | None
    as_good: Sequence[Trial]
    surely: bool


def found_in(unknowns: Floats, errors: Floats, seed: int) -> Floats:
    """What a trial would find in every draw, shape of the unknowns (draws, unknowns): the truth of the draw and an
    error, whose standard deviations are `errors`, shape (unknowns,). The errors are normal, spread evenly over draws
    (one in each of as many equally likely parts), and are the same luck for trials of any size."""
    from scipy.special import ndtri

    luck = np.random.default_rng(seed)
    even = (np.arange(len(unknowns)) + 0.5) / len(unknowns)
    return np.asarray(unknowns + errors * np.column_stack([ndtri(luck.permutation(even)) for _ in errors]))


def worth(benefit: Drawn, unknowns: Floats, of: Trials, question: Question, seed: int) -> Worth:
    """What trials about these unknowns, shape (draws, unknowns), are worth. Raises ValueError for a size, error or cost
    that cannot be, shares that do not add up to 1, or a question without years."""
    _check(benefit, unknowns, of, question)
    trials = [_trial(benefit, unknowns, of, question, k, seed) for k in range(len(of.sizes))]
    best = max((trial for trial in trials if trial.net.value > 0), key=lambda trial: trial.net.value, default=None)
    as_good = [trial for trial in trials if trial.may_reach(benefit, best)]
    return Worth(trials, best, as_good, best is not None and best.net.low > 0)


def _trial(benefit: Drawn, unknowns: Floats, of: Trials, question: Question, k: int, seed: int) -> Trial:
    size, decisions = int(of.sizes[k]), question.after(float(of.reports[k]))
    found = sample(benefit, found_in(unknowns, of.errors[k], seed), unknowns)
    costs = of.costs[k] - size * benefit.less(benefit.best).means @ of.shares
    moved = size * (np.eye(len(of.shares))[benefit.best] - of.shares)
    value, cost = Part(*(decisions * end for end in found.value)), benefit.part(costs, moved)
    left, left_moved = decisions * found.of_draws - costs, decisions * found.moved - moved
    if not found.known:
        net = UNKNOWN
    elif found.rough:
        net = Part(value.value - cost.value, value.low - cost.high, value.high - cost.low)
    else:
        net = benefit.part(left, left_moved)
    return Trial(size, found, decisions, value, cost, net, left, left_moved)


def _check(benefit: Drawn, unknowns: Floats, of: Trials, question: Question) -> None:
    sizes, options = len(of.sizes), benefit.columns
    shapes = (of.errors.shape, of.reports.shape, of.costs.shape, of.shares.shape)
    wanted = ((sizes, unknowns.shape[-1]), (sizes,), (sizes,), (options,))
    if not sizes or unknowns.ndim != 2 or shapes != wanted:
        raise ValueError(f"errors, reports, costs and shares must be of shapes {wanted} (got {shapes})")
    if of.sizes.min() < 1 or not (of.errors > 0).all() or not (of.reports >= 0).all() or not (of.costs >= 0).all():
        raise ValueError("sizes must be 1 or more, errors above 0, reports and costs 0 or more")
    if not (of.shares >= 0).all() or abs(of.shares.sum() - 1) > SAME:
        raise ValueError(f"shares must be 0 or more and add up to 1 (got {of.shares.tolist()})")
    same = question.people.shape == question.factors.shape and question.people.ndim == 1 and len(question.people) > 0
    if not same or not (question.people >= 0).all() or not (question.factors > 0).all():
        raise ValueError("people must be 0 or more and factors above 0, one of each year")
