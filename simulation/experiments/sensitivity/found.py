"""What was found of the sensitivity of an answer: how far it moves, and whose its variance is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulation.experiments.best.designs import Designs
from simulation.experiments.sensitivity.moved import Moved, Tornado, beyond, move
from simulation.experiments.sensitivity.points import Study
from simulation.results.intervals import PAIRED, SIMULATION, UNPAIRED, Estimate, Pair, apart_each, estimate, unpaired
from simulation.results.names import Names
from simulation.results.sobol import Sobol
from simulation.results.telling import AnswersWithPicture
from simulation.world.spec import Floats

if TYPE_CHECKING:
    import pandas as pd

SAMPLED = "luck and sample, 95 % of resampled rows"


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
        asked = slice(self.study.question.replications)
        if not self.compared:
            return move(rows[0], self.point[0][asked])
        return move(rows[-1] - rows[0], self.point[-1][asked] - self.point[0][asked])

    @cached_property
    def tornado(self) -> Tornado:
        """How far the answer moves with each number."""
        of, names = self.study.question.of, self.names
        moved = [Moved(bar, self._moved(low), self._moved(high))
                 for bar, (low, high) in zip(self.study.bars, self.ends, strict=True)]  # fmt: skip
        scale = names.change(of) if self.compared else names.scale(of)
        return Tornado(self.answer_at_point, moved, scale, self.signed)

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

    def table(self) -> pd.DataFrame:
        """The tornado: a row per number that moves, the largest span first."""
        return self.tables()["tornado"]

    def tables(self) -> dict[str, pd.DataFrame]:
        """All by file name without ending: `tornado`, `switches`, `sobol` and what was `left_out`."""
        import pandas as pd

        at, of, tornado = self.answer_at_point, self.study.question.of, self.tornado
        outcome = {"outcome": self.names.write(of.outcome), "group": str(of.group), "unit": self.names.unit(of.outcome)}
        kind = SIMULATION if not self.compared else PAIRED if self.same_people else UNPAIRED
        point = {"as_written": at.value, "as_written_low": at.low, "as_written_high": at.high,
                 "as_written_interval": kind}  # fmt: skip

        bars = [
            {"path": m.bar.name, "kind": m.bar.kind, "places": m.bar.places, "written": m.bar.written,
             "low": m.bar.low, "high": m.bar.high, **tornado.ends("low_", m.low), **tornado.ends("high_", m.high),
             "change_interval": PAIRED, "span": m.span, "measurable": m.measurable,
             "replications": self.study.question.replications, **point, **outcome}
            for m in tornado.bars
        ]  # fmt: skip
        without = [
            {"switch": each.name, "keys": ", ".join(each.keys), "asked": each.asked, **tornado.ends("", e),
             "change_interval": PAIRED, "measurable": beyond(e),
             "replications": self.study.question.replications, **point, **outcome}
            for each, e in zip(self.study.switched, self.switches, strict=True)
        ]  # fmt: skip
        not_moved = {**self.study.drawn.left_out, **self.study.left_out}
        left_out = [{"name": name, "why": why} for name, why in not_moved.items()]
        return {
            "tornado": pd.DataFrame(bars), "switches": pd.DataFrame(without),
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

    def __repr__(self) -> str:
        names = " and ".join(loaded.scenario.name for loaded in self.study.loaded)
        outcome, numbers = self.names.write(self.study.question.of.outcome), len(self.study.bars)
        return f"<sensitivity of {outcome}: {names}, {numbers} numbers>"
