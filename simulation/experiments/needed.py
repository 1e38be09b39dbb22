"""How large must an effect be? A parameter is varied until an outcome reaches a wanted value.

All values are tried with the same luck, so the outcome moves smoothly with the parameter and few replications do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulation.experiments.kept import Kept
from simulation.experiments.replicate import replicate
from simulation.results.intervals import Estimate, estimate
from simulation.scenario.asked import NeededEffect
from simulation.scenario.load import Loaded


@dataclass(frozen=True)
class Needed:
    """The answer to one question.

    `reached` is the change of the figure against the first value tried. `value` is NaN if no value that was tried
    brings about the wanted change; `low` and `high` carry the simulation error of the change over to the parameter.
    """

    name: str
    question: NeededEffect
    tried: tuple[float, ...]
    reached: tuple[Estimate, ...]
    value: float
    low: float
    high: float

    def sentence(self) -> str:
        """The answer in words."""
        q, last = self.question, self.reached[-1]
        if np.isnan(self.value):
            return (
                f"{q.question} No value of {q.parameter} up to {q.highest:g} does it: "
                f"{q.outcome} ({q.group}) then changes by {last.value:.3f} and should by {q.change:g}."
            )
        return (
            f"{q.question} {q.parameter} would have to be {self.value:.2f} [{self.low:.2f}, {self.high:.2f}], against "
            f"{q.without:g} without any effect, for {q.outcome} ({q.group}) to change by {q.change:g} (interval: "
            f"simulation error of {last.n} replications, 95 %; other parameters as given)."
        )


def needed_effects(
    loaded: Loaded, replications: int, workers: int = 1, progress: bool = False, kept: Kept | None = None
) -> list[Needed]:
    """Answer every question in the scenario's `needed_effects`; `kept` keeps what is finished."""
    return [
        _answer(loaded, name, question, replications, workers, progress, kept)
        for name, question in loaded.scenario.needed_effects.items()
    ]


def _answer(
    loaded: Loaded, name: str, question: NeededEffect, replications: int, workers: int, progress: bool,
    kept: Kept | None,
) -> Needed:  # fmt: skip
    values = question.tried()
    tried = [loaded.with_({question.parameter: value}) for value in values]
    results = replicate(tried, replications, workers, progress=progress, kept=kept)
    figure = results[0].names.figure(question.outcome, question.group)
    results[0].estimate_of(figure)  # raises at once if there is no such figure
    reached = [estimate(result.values(figure) - results[0].values(figure)) for result in results]
    ends = ("value", "low", "high")
    crossings = [crossing(values, [getattr(e, end) for e in reached], question.change) for end in ends]
    low, high = sorted(crossings[1:])
    return Needed(name, question, tuple(values), tuple(reached), crossings[0], low, high)


def crossing(values: Sequence[float], outcomes: list[float], wanted: float) -> float:
    """Where the straight lines between the points first cross the wanted value; NaN if they do not."""
    gap = np.array(outcomes) - wanted
    for i in range(len(gap) - 1):
        if gap[i] == 0 or gap[i] * gap[i + 1] < 0:
            return float(values[i] - gap[i] * (values[i + 1] - values[i]) / (gap[i + 1] - gap[i]))
    return float(values[-1]) if gap[-1] == 0 else float("nan")
