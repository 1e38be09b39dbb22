"""The three uncertainties of a run at draws of its fitted parameters, side by side."""

from __future__ import annotations

import math
import textwrap

from simulation.experiments.spread import Interval, Spread
from simulation.report.text import WIDTH, shown_outcomes
from simulation.report.words import grid, label, number, with_interval


def uncertainty_table(spread: Spread) -> str:
    """Every outcome with its simulation error, the uncertainty of the parameters, and that of one trial with both."""
    result = spread.result
    scenario = result.loaded.scenario
    two = len(scenario.arms) > 1
    rows = [["outcome", "group", "mean ± simulation", "parameters", "one trial", ""]]
    for outcome in shown_outcomes(scenario):
        for group in [*scenario.arms, *(["difference"] if two else [])]:
            key = (outcome, group, None)
            if key not in spread.shifts or math.isnan(result.estimate(*key).value):
                continue
            apart = group == "difference"
            mean = with_interval(outcome, result.estimate(*key), apart)
            spans = [_span(outcome, interval, apart) for interval in (spread.parameter(key), spread.trial(key))]
            rows.append([label(outcome, scenario), group, mean, *spans, ""])
    held = f" Held at the scenario's own values: {', '.join(spread.held)}." if spread.held else ""
    note = (
        f"Three uncertainties, 95 % each. Simulation (±): how well {len(result.replications)} replications pin down "
        f"the model's mean at the fitted point. Parameters [ ]: where that mean lies for {spread.draws} draws of "
        f"{len(spread.parameters)} fitted parameters from their posterior, {spread.replications} replications each by "
        "the same luck. One trial [ ]: where the figure of one trial of this size would fall, parameters uncertain. "
        f"Values that are assumed and not fitted are in none of them.{held}"
    )
    return "\n".join([grid(rows), "", textwrap.fill(note, WIDTH)])


def _span(outcome: str, interval: Interval, apart: bool) -> str:
    if any(math.isnan(end) for end in interval):
        return "–"
    return f"[{number(outcome, interval[0], apart)}, {number(outcome, interval[1], apart)}]"
