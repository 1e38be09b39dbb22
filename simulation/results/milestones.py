"""Traffic lights: whether as many were referred or started as expected; green, yellow, red by relative shortfall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from simulation.results.ends import share_of
from simulation.results.intervals import Estimate
from simulation.results.result import Result
from simulation.scenario.asked import Milestone

LIGHTS = ("green", "yellow", "red")


@dataclass(frozen=True)
class Reached:
    """A milestone and the simulated number; `counts` are of replications by their own light."""

    name: str
    milestone: Milestone
    simulated: Estimate
    counts: dict[str, int]

    @property
    def shares(self) -> dict[str, float]:
        """Share of the replications with each light."""
        return {colour: count / sum(self.counts.values()) for colour, count in self.counts.items()}

    def interval(self, colour: str) -> tuple[float, float]:
        """Exact (Clopper-Pearson) 95 % interval of the share of a light."""
        return share_of(self.counts[colour], sum(self.counts.values()))

    @property
    def shortfall(self) -> float:
        """Relative shortfall of the mean."""
        return 1.0 - self.simulated.value / self.milestone.expected

    @property
    def light(self) -> str:
        """Light of the mean."""
        return light(self.milestone, self.simulated.value)


def light(milestone: Milestone, number: float) -> str:
    """Light of a number: below the first threshold green, up to and with the second yellow, then red."""
    shortfall = round(1.0 - number / milestone.expected, 12)  # so that exactly 10 % is not less than 10 %
    if shortfall < milestone.yellow_from:
        return "green"
    return "yellow" if shortfall <= milestone.red_above else "red"


def milestones(result: Result) -> Iterator[Reached]:
    """Every milestone of the scenario with what was reached."""
    for name, milestone in result.loaded.scenario.milestones.items():
        figure = result.names.figure(milestone.outcome)
        values = result.values(figure)
        lights = [light(milestone, value) for value in values[~np.isnan(values)]]
        if lights:
            counts = {colour: lights.count(colour) for colour in LIGHTS}
            yield Reached(name, milestone, result.estimate_of(figure), counts)
