"""Staff on screen: how each team fares, and how much staff would have had time for the talks."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from simulation.report.words import grid, number, with_interval
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import LEVELS, needed_staff
from simulation.results.result import Result

COLUMNS = {
    "staff_fte": "full-time", "caseload": "cases each", "utilisation": "minutes used (%)",
    "utilisation_peak": "busiest week (%)", "called_on_time_share": "time in week due (%)",
    "no_time_share": "no time (%)", "away_share": "away (%)", "continuity_share": "same person (%)",
    "staff_cost": "cost (1,000 DKK)",
}  # fmt: skip
"""Outcomes of teams and what stands over them; a column that no team has is left out."""


def team_table(result: Result, width: int) -> Sequence[str]:
    """How each team that takes cases fares, all jobcentres together."""
    scenario, have = result.loaded.scenario, set(result.keys)
    groups = {name: Group("team", name) for name in scenario.teams if Figure("cases", Group("team", name)) in have}
    teams = list(groups)
    known = {
        outcome: [Figure(outcome, group) in have for group in groups.values()]
        for outcome in COLUMNS
        if any(result.estimate(outcome, group).n for group in groups.values() if Figure(outcome, group) in have)
    }
    if not teams:
        return []
    rows = [["team", *(COLUMNS[outcome] for outcome in known)]]
    for t, name in enumerate(teams):
        rows.append([name, *(_cell(result, outcome, name) if has[t] else "–" for outcome, has in known.items())])
    spread = [
        f"{name} {number('cases', result.estimate('caseload_p10', group).value)} to "
        f"{number('cases', result.estimate('caseload_p90', group).value)}, at most "
        f"{number('cases', result.estimate('caseload_max', group).value)}"
        for name, group in groups.items()
    ]
    note = (
        "Time in week due: of the talks that fell due (and were booked), those for which staff had time in that week. "
        "No time, away: of the talks asked for, refused. Same person: held talks with the person of the last one. "
        f"Cases each, a tenth and nine tenths of caseworkers and weeks, and the most of any: {'; '.join(spread)}. ± is "
        "the simulation error, 95 %."
    )
    return [grid(rows), textwrap.fill(note, width)]


def _cell(result: Result, outcome: str, team: str) -> str:
    e = result.estimate(outcome, Group("team", team))
    if outcome == "staff_fte":
        return f"{e.value:g}"
    if outcome == "staff_cost":
        e = e._replace(value=e.value / 1000, low=e.low / 1000, high=e.high / 1000, sd=e.sd / 1000)
    return with_interval(result.names.unit(outcome), e)


def staff_needed(result: Result, width: int) -> Sequence[str]:
    """Full-time staff for which there would have been time for so many of the talks."""
    answers = needed_staff(result)
    if not answers:
        return []
    rows = [["full-time staff needed", "has", "in time now (%)", *(f"{level:.0%}" for level in LEVELS)]]
    for answer in answers:
        needed = ["out of reach" if e.n == 0 else with_interval("full-time staff", e) for e in answer.needed]
        rows.append([answer.team, f"{answer.fte:g}", with_interval("share", answer.now), *needed])
    short = [answer.team for answer in answers if answer.short]
    held_back = (
        f" {' and '.join(short)} had so little time in this run that talks were put off and fewer were asked for: "
        "there the figures are too low; `jobcentersim sweep` runs every staffing."
        if short
        else ""
    )
    note = (
        "For so many of the minutes of talks to find time in the week in which they fall due, reckoned from what this "
        "run asked for, desk by desk and week by week; cases, no-shows and absence as they were; mean over "
        f"replications ± simulation error, 95 %.{held_back}"
    )
    return [grid(rows), textwrap.fill(note, width)]
