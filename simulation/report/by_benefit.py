"""Part of the answer on screen: weeks on each benefit, and who passes from where to where."""

from __future__ import annotations

from collections.abc import Sequence

from simulation.report.words import grid, with_interval
from simulation.results.by_benefit import passages
from simulation.results.names import Figure, Group, arm_group
from simulation.results.result import Result


def by_benefit(result: Result) -> Sequence[str]:
    """Nothing where there is but one benefit."""
    scenario = result.loaded.scenario
    if not scenario.benefits:
        return []
    groups = list(map(arm_group, scenario.arms))

    def cells(outcome: str) -> list[str]:
        return [with_interval(result.names.unit(outcome), result.estimate(outcome, group)) for group in groups]

    weeks = [["benefit", *(f"weeks, {group}" for group in groups)]]
    weeks += [[name, *cells(f"weeks_on_{name}")] for name in scenario.benefits]
    weeks.append(["all of them", *cells("weeks_on_benefit")])
    ways = [["from", "to", *(f"persons, {group}" for group in groups), *(f"of those there (%), {g}" for g in groups)]]
    for first, then in passages(scenario):
        outcome = f"from_{first}_to_{then}"
        if any(_some(result, outcome, group) for group in groups):
            ways.append([first, then, *cells(outcome), *cells(f"{outcome}_share")])
    return [
        f"By benefit: weeks on each within {scenario.follow_up} weeks, per measured ledig, and persons who went from",
        "where to where in this time, as the ends of weeks show it (mean of the replications; of those there: of the",
        "measured who were ever on the benefit, or in the job, where the way begins; ways that nobody went left out):",
        grid(weeks),
        "",
        grid(ways),
    ]


def _some(result: Result, outcome: str, group: Group) -> bool:
    return bool(result.values(Figure(outcome, group)).any())
