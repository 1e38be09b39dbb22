"""All uncertainty of answers as tables: `uncertainty` (answers in four parts), `hangs_on` (the values that stand out)
and `drawn` (every value that is drawn, its distribution and its source, and what is not drawn, and why)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from simulation.experiments.compare import Comparison
from simulation.experiments.uncertain.answers import PARTS, Answer, Uncertain
from simulation.report.answer import rows_of
from simulation.results.intervals import SIMULATION
from simulation.results.telling import TellsOfEach
from simulation.scenario.files.sourced import Origin

if TYPE_CHECKING:
    import pandas as pd

DRAWS = "95 % of the draws of everything that is unsure, mean of the model"
TRIAL = "one trial of this size, everything uncertain, 95 %"
COLUMNS = {
    "middle": "mean over the draws, by their weights",
    "draws_low": "lower end of `draws_interval`",
    "draws_high": "upper end of `draws_interval`",
    "draws_interval": "where the model's mean lies for draws of fitted values, evidence and assumptions",
    "weighted_low": "lower end of the same by the weights of draws, also where these are worth too little to be used",
    "weighted_high": "upper end of that",
    "unweighted_low": "lower end of the same of draws that all count the same",
    "unweighted_high": "upper end of that",
    "above_zero": "chance over the draws that the model's mean lies above 0",
    "trial_above_zero": "chance that one trial would find it above 0",
    "simulation_sd": "standard deviation by the luck of the simulation: standard error of the mean at the point",
    "trial_sd": "standard deviation of one trial of this size",
    "parameters_sd": "standard deviation by fitted values and evidence, assumptions as written",
    "assumptions_sd": "standard deviation that assumptions add to it",
    "stand_out": "how many of the drawn values the answer hangs on beyond chance (hangs_on.csv)",
    "drawn_values": "single numbers that are drawn",
    "effective": "draws of equal weight that the draws are worth (Kish); empty: they have no weights",
    "share": "square of the rank correlation of the value and the answer over the draws",
    "band": "95 % of the largest share among all values where draws are permuted",
    "written": "value that stands in the scenario",
    "part": "fitted, evidence or assumption",
    "drawn": "yes, or why not",
    "distribution": "distribution that it is drawn from",
    "middle_drawn": "median of its draws",
    "low_drawn": "2.5 % of its draws lie below",
    "high_drawn": "97.5 % of its draws lie below",
}
"""Columns that other tables do not have, or have in another sense."""
NOT_MADE_AGAIN = ("uncertainty", "hangs_on", "drawn")


@dataclass(frozen=True)
class Under(TellsOfEach):
    """Answers under all uncertainty: of a run by the name "", of comparisons or points by what they are called, each
    with the scenario's columns of a table."""

    uncertain: Uncertain
    answers: Mapping[str, Sequence[Answer]]
    by: str = "compared"
    columns: ClassVar[Mapping[str, str]] = COLUMNS

    def __repr__(self) -> str:
        names = [result.loaded.scenario.name for result in self.uncertain.results]
        return f"<{' and '.join(names)}: {self.uncertain.design.draws} draws of all that is unsure>"

    def tables(self) -> dict[str, pd.DataFrame]:
        """All three by file name without ending."""
        import pandas as pd

        answers, hangs = pd.DataFrame(self._answers()), pd.DataFrame(self._hangs())
        whole = {"week": "Int64", "month": "Int64"}
        return {
            "uncertainty": answers.astype(whole),
            "hangs_on": hangs.astype(whole) if len(hangs) else hangs,
            "drawn": pd.DataFrame(self._drawn()),
        }

    def as_dict(self) -> dict[str, Any]:
        """For JSON; NaN becomes None."""
        design, weights = self.uncertain.design, self.uncertain.weights
        return {
            "draws": design.draws, "replications": self.uncertain.replications,
            "effective": None if weights is None else weights.effective, "not_weighted": self.uncertain.why or None,
            "question": list(design.question), "held": list(design.held),
            "not_drawn": [each.name for each in design.not_drawn],
            "made_anew": design.anew, "left_as_written": design.as_written,
            "tables": {name: rows_of(frame) for name, frame in self.tables().items()},
        }  # fmt: skip

    def _columns(self, called: str, answer: Answer) -> dict[str, Any]:
        names = self.uncertain.results[0].names
        return {**({self.by: called} if called else {}), **names.columns(answer.figure)}

    def _answers(self) -> Iterator[dict[str, Any]]:
        names, weights = self.uncertain.results[0].names, self.uncertain.weights
        for called, answers in self.answers.items():
            for a in answers:
                yield {
                    **self._columns(called, a), "value": a.point.value, "low": a.point.low, "high": a.point.high,
                    "interval": SIMULATION, "middle": a.middle, "draws_low": a.interval[0],
                    "draws_high": a.interval[1], "draws_interval": DRAWS, "weighted_low": a.weighted[0],
                    "weighted_high": a.weighted[1], "unweighted_low": a.unweighted[0],
                    "unweighted_high": a.unweighted[1], "trial_low": a.trial[0], "trial_high": a.trial[1],
                    "trial_interval": TRIAL, "above_zero": a.above, "trial_above_zero": a.trial_above,
                    **{f"{part}_sd": a.sd[part] for part in PARTS},
                    "stand_out": len(a.hangs.shares), "drawn_values": a.hangs.drawn,
                    "draws": self.uncertain.design.draws,
                    "effective": np.nan if weights is None else weights.effective,
                    "replications": a.point.of, "known": a.point.n, "unit": names.unit(a.figure.outcome),
                }  # fmt: skip

    def _hangs(self) -> Iterator[dict[str, Any]]:
        for called, answers in self.answers.items():
            for a in answers:
                for name, share in a.hangs.shares.items():
                    yield {**self._columns(called, a), "path": name, "share": share, "band": a.hangs.band}

    def _drawn(self) -> Iterator[dict[str, Any]]:
        design = self.uncertain.design
        for each in design.fitted:
            spread = _spread(np.array(each.values, dtype=float))
            yield {
                "path": each.name, "written": each.fit.point(each.name), "part": "fitted", "drawn": "yes",
                "distribution": f"posterior of {each.fit.name}", **spread,
            }  # fmt: skip
        for value in design.values:
            names = [name for name in value.numbers(value.written) if name in design.columns]
            for name in names:
                yield {
                    "path": name, "written": value.numbers(value.written)[name], "part": value.part, "drawn": "yes",
                    "distribution": value.law.words, **_spread(np.array(design.columns[name])), **_source(value.origin),
                }  # fmt: skip
        for name in design.question:
            yield {"path": name, "drawn": "no: it is the question, in which what is compared differs"}
        for name in design.held:
            yield {"path": name, "part": "fitted", "drawn": "no: the scenario has a value of its own"}
        for left in design.not_drawn:
            yield {"path": left.name, "written": str(left.value), "drawn": f"no: {left.why}", **_source(left.origin)}


def _spread(values: np.ndarray) -> dict[str, float]:
    low, middle, high = np.nanquantile(values, [0.025, 0.5, 0.975])
    return {"middle_drawn": middle, "low_drawn": low, "high_drawn": high}


def _source(origin: Origin) -> dict[str, Any]:
    known = {key: value for key, value in origin.as_dict().items() if key not in ("file", "line", "range")}
    return {key: known.get(key, "") for key in ("kind", "source", "page", "unit", "note")}


def under(uncertain: Uncertain, comparisons: Mapping[str, Comparison]) -> Under:
    """The answers of a run, or the differences of comparisons, by what these are called, in the order of scenarios."""
    if not comparisons:
        return Under(uncertain, {"": list(uncertain.answers())})
    answers = {
        called: list(uncertain.differences(s, ((d.key, d.difference) for d in comparison.differences())))
        for s, (called, comparison) in enumerate(comparisons.items(), 1)
    }
    return Under(uncertain, answers)
