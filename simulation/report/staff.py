"""Staff on screen: how each team fares, and how much staff would have had time for the talks."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from simulation.report.words import grid, number, with_interval
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import NeededStaff, needed_staff
from simulation.results.result import Result
from simulation.scenario.enough_staff import LEVELS, rough

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
    answers = result.once(needed_staff)
    if not answers:
        return []
    rows = [["full-time staff needed", "has", "in time now (%)", *(f"{level:.0%}" for level in LEVELS)]]
    for answer in answers:
        cells = [_needed(answer, level) for level in range(len(LEVELS))]
        rows.append([answer.team, f"{answer.fte:g}", with_interval("share", answer.now), *cells])
    note = (
        "For so many of the talks to find time in the week in which they fall due, those of ledige without a "
        "caseworker too. Reckoned from what this run asked for, desk by desk and week by week, with cases, no-shows "
        "and absence as they were; mean over replications ± simulation error, 95 %, which does not tell how rough the "
        "reckoning is: up to a quarter too high at 50 %, a tenth at 80 % and more."
    )
    if any(any(answer.bounds) for answer in answers):
        note += (
            " > and ≤: more, or no more, than the run had, which is all that it shows; ca.: reckoned from the plans, "
            f"as `check` does, give or take some {rough(result.loaded.scenario):.0%}."
        )
    if changing := [answer.team for answer in answers if answer.changes]:
        note += (
            f" The staff of {', '.join(changing)} changes at dates: what it has, and needs, is the mean over the "
            "measured weeks, of every multiple of the staff as it changes."
        )
    commands = [_sweep(result, answer) for answer in answers if "more than" in answer.bounds and not answer.changes]
    if commands:
        note += " To know, run every staffing:"
    return [grid(rows), textwrap.fill(note, width), *commands]


def _needed(answer: NeededStaff, level: int) -> str:
    e, bound, by_plans = answer.needed[level], answer.bounds[level], answer.by_plans[level]
    if bound == "at most":
        return f"≤ {answer.fte:g}" + (f", ca. {by_plans:.2g}" if by_plans < answer.fte else "")
    if bound == "more than":
        return f"> {answer.fte:g}" + (f", ca. {by_plans:.1f}" if by_plans > answer.fte else "")
    return "out of reach" if e.n == 0 else with_interval("full-time staff", e)


def _sweep(result: Result, answer: NeededStaff) -> str:
    """The command that tries staffings from the present one on."""
    has = result.loaded.scenario.teams[answer.team].fte
    most = max((each / answer.fte for each in answer.by_plans if each > answer.fte), default=2.0)
    wanted = has * (most * 1.1 - 1) / 8
    step = next(each for each in (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 50.0, 1000.0) if each >= wanted)
    over = f"--over teams.{answer.team}.fte={has:g}:{has + 8 * step:g}:{step:g}"
    level = f"--service 'called_on_time_share:team:{answer.team}>=0.9'"
    return f"    jobcentersim sweep {result.loaded.file} {over} {level}"
