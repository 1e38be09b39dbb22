"""Costs beside effects: the plane that they span, and what is best at each value of an effect.

*Acceptability*: in how many draws an option is the best (Fenwick, Claxton and Sculpher 2001, Health Economics 10). What
is taken is the option with the largest mean, which need not be the one that is the best most often: its acceptability
is the *frontier*. *Loss*: what an option is expected to fall short of the best; that of what is taken is the value of
perfect information.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from simulation.economy.decision.drawn import UNKNOWN, Drawn, drawn
from simulation.results.intervals import NAN
from simulation.results.sobol import Part
from simulation.world.spec import Bools, Floats, Ints

Quadrant = Literal["better and dearer", "worse and dearer", "worse and cheaper", "better and cheaper"]
"""Round the plane: more effect at more cost, less at more, less at less, more at less."""


@dataclass(frozen=True)
class Plane:
    """Costs (in kr) and effects of options in draws: of both as many columns as there are options, effects first."""

    both: Drawn

    @property
    def options(self) -> int:
        """How many options there are."""
        return self.both.columns // 2

    def benefit(self, value: float) -> Drawn:
        """The net benefit of every option, in kr, at this value of an effect, in kr for each."""
        return self.both.mixed(np.vstack((value * np.eye(self.options), -np.eye(self.options))))

    def apart(self, option: int, base: int) -> Drawn:
        """Effect and cost of an option less those of another one: two columns."""
        matrix = np.zeros((2 * self.options, 2))
        for column in (0, 1):
            matrix[column * self.options + option, column] += 1
            matrix[column * self.options + base, column] -= 1
        return self.both.mixed(matrix)


@dataclass(frozen=True)
class Place:
    """Where an option lies beside another one. `effect` and `cost` are means with the interval of the number of draws
    and luck, `effect_of_draws` and `cost_of_draws` with that which holds 95 % of draws; `ratio` is the cost of one more
    effect, by the means; unknown where their intervals leave open whether there is more or less effect. Its ends hold
    95 % of draws, and are not known where that leaves it open, for then it passes through infinity."""

    effect: Part
    cost: Part
    effect_of_draws: Part
    cost_of_draws: Part
    quadrants: dict[Quadrant, Part]
    ratio: Part


@dataclass(frozen=True)
class Curves:
    """What is best at each value of an effect: for each value the chance that each option is the best and what it is
    expected to fall short; the option that is `taken`, with the largest mean; and whether that is `settled`, for no
    other may have a larger one by the number of draws and luck."""

    values: Floats
    acceptability: list[list[Part]]
    loss: list[list[Part]]
    taken: Ints
    settled: Bools

    @property
    def frontier(self) -> list[Part]:
        """The acceptability of what is taken, at each value."""
        return [row[option] for row, option in zip(self.acceptability, self.taken.tolist(), strict=True)]

    @property
    def perfect(self) -> list[Part]:
        """The expected loss of what is taken, at each value."""
        return [row[option] for row, option in zip(self.loss, self.taken.tolist(), strict=True)]


def plane(effects: Floats, costs: Floats, weights: Floats | None = None, sharing: int = 1) -> Plane:
    """Effects and costs of the same replications, both of shape (draws, replications, options). Raises ValueError as
    `drawn`."""
    if effects.shape != costs.shape:
        raise ValueError(f"effects and costs must be of the same draws and options ({effects.shape}, {costs.shape})")
    return Plane(drawn(np.concatenate((effects, costs), axis=2), weights, sharing))


def place(of: Plane, option: int, base: int) -> Place:
    """Where an option lies beside a base."""
    apart = of.apart(option, base)
    effect, cost = apart.values.T
    of_effect, of_cost = (Part(float(apart.weights @ each), *apart.middle(each)) for each in (effect, cost))
    mean_effect, mean_cost = (apart.part(column, unit) for column, unit in zip(apart.means.T, np.eye(2), strict=True))
    ratio = UNKNOWN
    if _one_side(mean_effect):
        each = np.divide(cost, effect, out=np.full(len(cost), np.inf), where=effect != 0)
        ends = apart.middle(each) if _one_side(of_effect) else (NAN, NAN)
        ratio = Part(mean_cost.value / mean_effect.value, *ends)
    quadrants = dict(zip(get_args(Quadrant), apart.shares(_quadrants), strict=True))
    return Place(mean_effect, mean_cost, of_effect, of_cost, quadrants, ratio)


def _one_side(part: Part) -> bool:
    """Whether an interval does not reach over 0."""
    return part.low > 0 or part.high < 0


def _quadrants(apart: Floats) -> Floats:
    """In which quadrant every draw lies, shape (draws, 4); halves on the lines between."""
    more, dearer = above(apart).T
    return np.column_stack((more * dearer, (1 - more) * dearer, (1 - more) * (1 - dearer), more * (1 - dearer)))


def above(values: Floats) -> Floats:
    """1 where something is above 0, a half at 0."""
    return np.asarray((values > 0) + 0.5 * (values == 0))


def best(benefit: Floats) -> Floats:
    """1 for the option that is the best of a draw, of shape (draws, options); equals share it."""
    found = (benefit == benefit.max(axis=1, keepdims=True)).astype(float)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def curves(of: Plane, values: Floats) -> Curves:
    """What is best at each of these values of an effect, shape (values,) in kr."""
    benefits = [of.benefit(value) for value in values.tolist()]
    return Curves(
        values, [acceptability(benefit) for benefit in benefits], [losses(benefit) for benefit in benefits],
        np.array([benefit.best for benefit in benefits]), np.array([settled(benefit) for benefit in benefits]),
    )  # fmt: skip


def acceptability(benefit: Drawn) -> list[Part]:
    """The chance of each option that it is the best."""
    return benefit.less(benefit.best).shares(best)


def losses(benefit: Drawn) -> list[Part]:
    """What each option is expected to fall short of the best one of every draw."""
    gains = benefit.less(benefit.best).values
    options, often = np.eye(benefit.columns), benefit.weights @ best(gains)
    short = gains.max(axis=1, keepdims=True) - gains
    return [benefit.rare(column, often - option) for column, option in zip(short.T, options, strict=True)]


def settled(benefit: Drawn) -> bool:
    """Whether the option with the largest mean is surely that, by the number of draws and luck."""
    gains, options = benefit.less(benefit.best), np.eye(benefit.columns)
    others = [number for number in range(len(options)) if number != benefit.best]
    return all(gains.part(gains.means[:, other], options[other]).high < 0 for other in others)
