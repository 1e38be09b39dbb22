"""What was found of the sensitivity of an answer: how far it moves, and whose its variance is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulation.experiments.best.designs import Designs
from simulation.experiments.sensitivity.points import Study
from simulation.experiments.sensitivity.unknowns import Bar
from simulation.results.ends import SAME
from simulation.results.intervals import (
    ANY,
    NAN,
    PAIRED,
    SIMULATION,
    UNPAIRED,
    Estimate,
    Pair,
    apart_each,
    estimate,
    unpaired,
)
from simulation.results.names import Names
from simulation.results.sobol import Sobol
from simulation.results.telling import AnswersWithPicture
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

SAMPLED = "luck and sample, 95 % of resampled rows"


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


@dataclass(frozen=True)
class Found(AnswersWithPicture):
    """`point` has the outcome as written of every scenario, `ends` of every bar at its low and high end, `switched` of
    every switch: each by scenario, shape (replications,). `indices` is None without a sample, or where the outcome is
    not known at some of its points. `seconds` are of this call."""

    study: Study
    point: Sequence[Floats]
    ends: Sequence[Sequence[Sequence[Floats]]]
    switched: Sequence[Sequence[Floats]]
    indices: Sobol | None
    seconds: float = 0.0

    @cached_property
    def names(self) -> Names:
        """What the outcome is called."""
        return Names(self.study.loaded[0].scenario)

    @property
    def compared(self) -> bool:
        """Whether the answer is a difference of two scenarios."""
        return len(self.point) > 1

    @property
    def signed(self) -> bool:
        """Whether the answer is a difference, of scenarios or of arms."""
        return self.compared or self.study.question.of.group.kind == "difference"

    @cached_property
    def same_people(self) -> bool:
        """Whether the two follow the same people, so that replications are pairs."""
        return Designs(self.study.loaded).same_people

    @cached_property
    def answer_at_point(self) -> Estimate:
        """The answer as written, with its simulation error."""
        of, names = self.study.question.of, self.names
        if not self.compared:
            return estimate(self.point[0], names.scale(of))
        scale = names.scale(of)
        pairs = [Pair(self.point[1], self.point[0], (scale, scale), names.change(of))]
        return (apart_each if self.same_people else unpaired)(pairs)[0]

    def _moved(self, rows: Sequence[Floats]) -> Estimate:
        """How far the answer is from where it is as written, by the same replications."""
        changed = rows[-1] - rows[0] if self.compared else rows[0]
        asked = slice(self.study.question.replications)
        as_written = self.point[-1][asked] - self.point[0][asked] if self.compared else self.point[0][asked]
        moved = np.asarray(changed - as_written)
        return estimate(np.where(abs(moved) <= SAME, 0.0, moved), ANY)

    def level(self, moved: Estimate) -> Estimate:
        """Where the answer is that has moved so far; its interval has the errors of the move and of the answer as
        written."""
        at = self.answer_at_point
        value = at.value + moved.value
        low = value - math.hypot(moved.value - moved.low, at.value - at.low)
        high = value + math.hypot(moved.high - moved.value, at.high - at.value)
        scale = self.names.change(self.study.question.of) if self.compared else self.names.scale(self.study.question.of)
        return moved._replace(value=value, low=max(low, scale.lowest), high=min(high, scale.highest))

    @cached_property
    def bars(self) -> Sequence[Moved]:
        """The largest span first; what is not known last."""
        found = [Moved(bar, self._moved(low), self._moved(high))
                 for bar, (low, high) in zip(self.study.bars, self.ends, strict=True)]  # fmt: skip
        return sorted(found, key=lambda moved: -moved.span if not math.isnan(moved.span) else math.inf)

    @cached_property
    def switches(self) -> Sequence[Estimate]:
        """How far the answer is from where it is as written without each mechanism, in the order of the study."""
        return [self._moved(rows) for rows in self.switched]

    @cached_property
    def order(self) -> Sequence[int]:
        """The unknowns, the largest total index first; as they are written where there are no indices."""
        numbers = range(len(self.study.unknowns))
        if self.indices is None or not self.indices.known:
            return numbers
        total = self.indices.total.value
        return sorted(numbers, key=lambda k: (-total[k], k))

    @cached_property
    def turning(self) -> Sequence[Moved]:
        """Bars at an end of which a difference surely has another sign than as written, where it has one."""
        at = self.answer_at_point.value
        return [moved for moved in self.bars if self.has_sign
                and any(level.value * at < 0 and beyond(level) for level in map(self.level, moved.ends))]  # fmt: skip

    @cached_property
    def vanishing(self) -> Sequence[Moved]:
        """Bars that do not turn a difference, but by which at an end nothing measurable is left of it."""
        return [moved for moved in self.bars if self.has_sign and moved not in self.turning
                and any(beyond(e) and not beyond(self.level(e)) for e in moved.ends)]  # fmt: skip

    @property
    def has_sign(self) -> bool:
        """Whether the answer is a difference, and one that is measurable as written."""
        return self.signed and beyond(self.answer_at_point)

    def table(self) -> pd.DataFrame:
        """The tornado: a row per number that moves, the largest span first."""
        return self.tables()["tornado"]

    def tables(self) -> dict[str, pd.DataFrame]:
        """All by file name without ending: `tornado`, `switches`, `sobol` and what was `left_out`."""
        import pandas as pd

        at, of = self.answer_at_point, self.study.question.of
        outcome = {"outcome": self.names.write(of.outcome), "group": str(of.group), "unit": self.names.unit(of.outcome)}
        kind = SIMULATION if not self.compared else PAIRED if self.same_people else UNPAIRED
        point = {"as_written": at.value, "as_written_low": at.low, "as_written_high": at.high,
                 "as_written_interval": kind}  # fmt: skip

        def change(prefix: str, e: Estimate) -> dict[str, Any]:
            level = self.level(e)
            return {
                f"{prefix}value": level.value, f"{prefix}value_low": level.low, f"{prefix}value_high": level.high,
                f"{prefix}change": e.value, f"{prefix}change_low": e.low, f"{prefix}change_high": e.high,
            }  # fmt: skip

        tornado = [
            {"path": m.bar.name, "kind": m.bar.kind, "places": m.bar.places, "written": m.bar.written,
             "low": m.bar.low, "high": m.bar.high, **change("low_", m.low), **change("high_", m.high),
             "change_interval": PAIRED, "span": m.span, "measurable": m.measurable,
             "replications": self.study.question.replications, **point, **outcome}
            for m in self.bars
        ]  # fmt: skip
        without = [
            {"switch": each.name, "keys": ", ".join(each.keys), "asked": each.asked, **change("", e),
             "change_interval": PAIRED, "measurable": beyond(e),
             "replications": self.study.question.replications, **point, **outcome}
            for each, e in zip(self.study.switched, self.switches, strict=True)
        ]  # fmt: skip
        left_out = [{"name": name, "why": why} for name, why in self._left_out().items()]
        return {
            "tornado": pd.DataFrame(tornado), "switches": pd.DataFrame(without),
            "sobol": pd.DataFrame(self._indices()), "left_out": pd.DataFrame(left_out, columns=["name", "why"]),
        }  # fmt: skip

    def _indices(self) -> list[dict[str, Any]]:
        s, rows = self.indices, []
        if s is None:
            return []
        for k in self.order:
            unknown = self.study.unknowns[k]
            rows.append({
                "unknown": unknown.name, "kind": unknown.kind, "numbers": len(unknown.numbers),
                "total": s.total.value[k], "total_low": s.total.low[k], "total_high": s.total.high[k],
                "first": s.first.value[k], "first_low": s.first.low[k], "first_high": s.first.high[k],
                "index_interval": SAMPLED, "leads": s.leads[k], "wide": bool(s.wide[k]),
                "variance": s.variance.value, "variance_low": s.variance.low, "variance_high": s.variance.high,
                "luck_of_point": s.luck, "sum_of_first": s.sum_of_first.value, "samples": s.rows,
                "each": self.study.question.each,
            })  # fmt: skip
        return rows

    def _left_out(self) -> dict[str, str]:
        drawn = self.study.drawn
        question = dict.fromkeys(drawn.question, "it is the question, in which what is compared differs")
        held = dict.fromkeys(drawn.held, "fitted, and a scenario has a value of its own")
        unsure = {each.name: each.why for each in drawn.not_drawn}
        return {**question, **held, **unsure, **self.study.left_out}

    def __repr__(self) -> str:
        names = " and ".join(loaded.scenario.name for loaded in self.study.loaded)
        return f"<sensitivity of {self.names.write(self.study.question.of.outcome)}: {names}, {len(self.bars)} numbers>"
