"""Staff on screen: how each team fares, and how much staff would have had time for the talks."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from simulation.report.words import grid, number, with_interval
from simulation.results.intervals import Estimate
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import NeededStaff, needed_staff
from simulation.results.partners import FULL, Partners, partners
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
    """How each team fares, all jobcentres together; those without cases last."""
    scenario, have = result.loaded.scenario, set(result.keys)
    groups = {name: Group("team", name) for name in scenario.teams if Figure("cases", Group("team", name)) in have}
    teams, others = list(groups), result.once(partners)
    known = {
        outcome: [Figure(outcome, group) in have for group in groups.values()]
        for outcome in COLUMNS
        if any(result.estimate(outcome, group).n for group in groups.values() if Figure(outcome, group) in have)
    }
    of_others = {outcome for each in others for outcome, e in each.outcomes.items() if e.n}
    known = {outcome: known.get(outcome, []) for outcome in COLUMNS if outcome in known or outcome in of_others}
    if not teams and not others:
        return []
    rows = [["team", *(COLUMNS[outcome] for outcome in known)]]
    for t, name in enumerate(teams):
        cells = (_cell(result, outcome, name) if has and has[t] else "–" for outcome, has in known.items())
        rows.append([name, *cells])
    for each in others:
        rows.append([each.team, *(_told(result, outcome, each.outcomes.get(outcome)) for outcome in known)])
    if not teams:
        return [grid(rows), textwrap.fill("± is the simulation error, 95 %.", width)]
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
    return _told(result, outcome, result.estimate(outcome, Group("team", team)))


def _told(result: Result, outcome: str, e: Estimate | None) -> str:
    if e is None:
        return "–"
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


def partners_needed(result: Result, width: int) -> Sequence[str]:
    """Full-time staff without cases for which so much of what they were asked for would have fitted in its week."""
    answers = [answer for answer in result.once(partners) if any(e.n for e in answer.needed)]
    if not answers:
        return []
    rows = [["without cases, needed", "has", "in full weeks (%)", *(f"{level:.0%}" for level in LEVELS)]]
    for answer in answers:
        rows.append([answer.team, f"{answer.fte:g}", with_interval("share", answer.full), *_least(answer)])
    note = (
        "For so much of what teams without cases were asked for to fit in the week in which it was; what is left over "
        "comes first in the next. In full weeks: of the minutes they used, those of weeks in which more than "
        f"{FULL:.0%} were. "
        "What more was asked for in them is not seen: then it takes at least (≥) so much; a sweep over the staff tells."
    )
    return [grid(rows), textwrap.fill(note, width)]


def _least(answer: Partners) -> Iterator[str]:
    for e in answer.needed:
        text = "out of reach" if e.n == 0 else with_interval("full-time staff", e)
        yield f"≥ {text}" if answer.least and e.n else text


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
