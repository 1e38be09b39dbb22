"""A tornado: how far an answer moves with each number at its ends, and whether that turns it. What the answer is of,
and how it is found, is another matter: outcomes of scenarios, or kroner."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from simulation.experiments.sensitivity.unknowns import Bar
from simulation.results.ends import SAME
from simulation.results.intervals import ANY, NAN, Estimate, Scale, estimate
from simulation.world.spec import Floats


class Moved(NamedTuple):
    """How far the answer is from where it is as written, with a number at its low and at its high end."""

    bar: Bar
    low: Estimate
    high: Estimate

    @property
    def ends(self) -> tuple[Estimate, Estimate]:
        """Both."""
        return self.low, self.high

    @property
    def span(self) -> float:
        """From the lowest to the highest that the answer is between both ends and as written; NaN if it is not known
        at one of them."""
        values = [self.low.value, self.high.value, 0.0]
        return NAN if any(map(math.isnan, values)) else max(values) - min(values)

    @property
    def measurable(self) -> bool:
        """Whether the answer moves by more than luck at one of the ends."""
        return any(beyond(e) for e in self.ends)


def beyond(e: Estimate) -> bool:
    """Whether an interval does not hold 0."""
    return e.low > 0 or e.high < 0


def move(changed: Floats, as_written: Floats) -> Estimate:
    """How far an answer moves, by the same replications: both of shape (replications,)."""
    moved = np.asarray(changed - as_written)
    return estimate(np.where(abs(moved) <= SAME, 0.0, moved), ANY)


@dataclass(frozen=True)
class Tornado:
    """The answer as written (`at`), which has a sign that could turn (`signed`) or has none, on this scale, and how far
    it moves with every number, in any order."""

    at: Estimate
    moved: Sequence[Moved]
    scale: Scale
    signed: bool

    @cached_property
    def bars(self) -> Sequence[Moved]:
        """The largest span first; what is not known last."""
        return sorted(self.moved, key=lambda moved: -moved.span if not math.isnan(moved.span) else math.inf)

    def level(self, moved: Estimate) -> Estimate:
        """Where the answer is that has moved so far; its interval has the errors of the move and of the answer as
        written."""
        at = self.at
        value = at.value + moved.value
        low = value - math.hypot(moved.value - moved.low, at.value - at.low)
        high = value + math.hypot(moved.high - moved.value, at.high - at.value)
        return moved._replace(value=value, low=max(low, self.scale.lowest), high=min(high, self.scale.highest))

    @property
    def first(self) -> Moved | None:
        """The number that moves the answer the furthest; None: none does by more than luck."""
        return next((moved for moved in self.bars if moved.measurable), None)

    @property
    def has_sign(self) -> bool:
        """Whether the answer has a sign that is measurable as written."""
        return self.signed and beyond(self.at)

    @cached_property
    def turning(self) -> Sequence[Moved]:
        """Bars at an end of which the answer surely has another sign than as written, where it has one."""
        at = self.at.value
        return [moved for moved in self.bars if self.has_sign
                and any(level.value * at < 0 and beyond(level) for level in map(self.level, moved.ends))]  # fmt: skip

    @cached_property
    def vanishing(self) -> Sequence[Moved]:
        """Bars that do not turn the answer, but by which at an end nothing measurable is left of it."""
        return [moved for moved in self.bars if self.has_sign and moved not in self.turning
                and any(beyond(e) and not beyond(self.level(e)) for e in moved.ends)]  # fmt: skip

    def ends(self, prefix: str, e: Estimate) -> dict[str, Any]:
        """The answer at an end and how far it moved, as cells of a table."""
        level = self.level(e)
        return {
            f"{prefix}value": level.value, f"{prefix}value_low": level.low, f"{prefix}value_high": level.high,
            f"{prefix}change": e.value, f"{prefix}change_low": e.low, f"{prefix}change_high": e.high,
        }  # fmt: skip
