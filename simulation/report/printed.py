"""Part of the answer on screen: hazard ratios between arms as an evaluator of one trial would print them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

from simulation.report.words import WIDTH, grid, number, span
from simulation.results.names import Figure, Group, against_reference
from simulation.results.result import Result

RATIO = "hazard ratio"
NOTE = (
    "Hazard ratio: Cox, ties by Efron, other exits censored, over the follow-up; mean of the logarithms, [ ] "
    "simulation error, 95 %. One trial: where that of one trial of this size would fall, 95 %, were the model true. "
    "Standard errors of the logarithm: as an evaluator would print them, naive and clustered by jobcentre; scatter: "
    "what trials of this size really scatter by (sd over replications). By period and for other exits: "
    "tables/outcomes.csv."
)


def hazard_ratios(result: Result) -> Sequence[str]:
    """Of exits to jobs and of any exit, each arm against the one that the others are held against."""
    scenario = result.loaded.scenario
    exits = [*scenario.employment(), "any"] if len(scenario.exits) > 1 else list(scenario.exits)
    rows = [["hazard ratio of", "exit", "ratio", "one trial", "error, naive", "clustered", "scatter"]]
    for group in against_reference(scenario):
        of = " / ".join(map(str, result.names.contrasts[group]))
        for exit_ in exits:
            row = _row(result, group, exit_)
            if row[0] != "–":
                rows.append([of, exit_, *row])
    return [grid(rows), textwrap.fill(NOTE, WIDTH)] if len(rows) > 1 else []


def _row(result: Result, group: Group, exit_: str) -> list[str]:
    log_ratio = result.estimate_of(Figure(f"log_hazard_ratio_{exit_}", group))
    errors = [result.estimate_of(Figure(f"hazard_error_{kind}_{exit_}", group)) for kind in ("naive", "clustered")]
    value, low, high, trial_low, trial_high = map(math.exp, log_ratio[:5])
    shown = number(RATIO, value, digits=2)
    some = f" (in {log_ratio.n} of {log_ratio.of})" if 0 < log_ratio.n < log_ratio.of else ""
    return [
        shown if math.isnan(low) else f"{shown} {span(RATIO, low, high)}{some}",
        span(RATIO, trial_low, trial_high),
        *(number(RATIO, error.value, digits=3) for error in errors),
        number(RATIO, log_ratio.sd, digits=3),
    ]
