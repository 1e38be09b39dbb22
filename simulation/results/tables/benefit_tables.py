"""The table of who goes from where to where, of scenarios with several benefits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.results.by_benefit import passages
from simulation.results.intervals import SIMULATION
from simulation.results.names import ALLE, Figure, arm_groups
from simulation.results.result import Result

if TYPE_CHECKING:
    import pandas as pd


def benefit_tables(result: Result) -> dict[str, pd.DataFrame]:
    """`transitions`, with a row for each way and group; nothing where there is but one benefit."""
    import pandas as pd

    scenario, rows = result.loaded.scenario, []
    if not scenario.benefits:
        return {}
    for passage in passages(scenario):
        for group in dict.fromkeys([*arm_groups(scenario), ALLE]):
            persons = result.estimate_of(Figure(passage.outcome, group))
            share = result.estimate_of(Figure(f"{passage.outcome}_share", group))
            rows.append(
                {"from_place": passage.first, "to_place": passage.then, "group": str(group),
                 "value": persons.value, "low": persons.low, "high": persons.high, "interval": SIMULATION,
                 "trial_low": persons.trial_low, "trial_high": persons.trial_high, "known": persons.n,
                 "share": share.value, "share_low": share.low, "share_high": share.high}
            )  # fmt: skip
    return {"transitions": pd.DataFrame(rows)}
