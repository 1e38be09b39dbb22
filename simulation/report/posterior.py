"""The three uncertainties of a run at draws of its fitted parameters, side by side."""

from __future__ import annotations

import math
import textwrap

from simulation.experiments.spread import Spread
from simulation.report.text import shown_outcomes
from simulation.report.words import WIDTH, grid, label, span, with_interval
from simulation.results.names import Figure, against_reference, arm_groups

LUCK = ", what luck is left taken off"
LUCK_IN = ", which is in it: it takes two replications to tell luck from parameters"


def uncertainty_table(spread: Spread) -> str:
    """Every outcome with its simulation error, the uncertainty of the parameters, and that of one trial with both."""
    result = spread.result
    scenario = result.loaded.scenario
    compared = against_reference(scenario)
    rows = [["outcome", "group", "mean ± simulation", "parameters", "one trial", ""]]
    for outcome in shown_outcomes(result.names):
        unit = result.names.unit(outcome)
        for group in [*arm_groups(scenario), *compared]:
            figure = Figure(outcome, group)
            if figure not in spread.by_replication or math.isnan(result.estimate_of(figure).value):
                continue
            apart = group in compared
            mean = with_interval(unit, result.estimate_of(figure), apart)
            spans = [span(unit, *interval, apart) for interval in (spread.parameter(figure), spread.trial(figure))]
            rows.append([label(outcome, result.names), str(group), mean, *spans, ""])
    held = f" Held at the scenario's own values: {', '.join(spread.held)}." if spread.held else ""
    note = (
        f"Three uncertainties, 95 % each. Simulation (± or [ ]): how well {len(result.replications)} replications pin "
        f"down the model's mean at the fitted point. Parameters [ ]: where that mean lies for {spread.draws} draws of "
        f"{len(spread.parameters)} fitted parameters from their posterior, {spread.replications} replications each by "
        f"the same luck{LUCK if spread.replications > 1 else LUCK_IN}. One trial [ ]: where the figure of one trial of "
        "this size would fall, parameters uncertain. "
        f"Values that are assumed and not fitted are in none of them.{held}"
    )
    return "\n".join([grid(rows), "", textwrap.fill(note, WIDTH)])
