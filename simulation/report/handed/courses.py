"""Courses by week: of outcomes since enrolment, and of teams in the weeks of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulation.report.findings import Findings
from simulation.report.handed.teams import teams_with_cases, waiting_by_week
from simulation.report.rows import arms_of
from simulation.results.names import ALLE, Figure, Group
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.spec import ratios

SINCE, OF_RUN = Label("Weeks since enrolment", "Uger siden indskrivning"), Label("Week of the run", "Uge i kørslen")
CASELOAD = Label("Cases per full-time caseworker", "Sager pr. fuldtidssagsbehandler")
WAITING = Label("Persons waiting for the team", "Personer, der venter på teamet")
USED = Label("Time used, % of the minutes for talks", "Tid brugt, % af minutterne til samtaler")
MOST = 6


@dataclass(frozen=True)
class Course:
    """One quantity by week in every column: `values` has shape (columns, weeks), in the unit; NaN where not
    known. Weeks are those since enrolment, or `of_run`."""

    title: str
    week: str
    unit: str
    weeks: Sequence[int]
    columns: Sequence[str]
    values: np.ndarray
    of_run: bool = False


def courses(findings: Findings) -> Iterator[Course]:
    """The outcomes of the headline that have a course, the exits, and the teams."""
    yield from _outcomes(findings)
    yield from _teams(findings)


def _outcomes(findings: Findings) -> Iterator[Course]:
    names, wording, results = findings.wording.names, findings.wording, findings.results
    asked = [(row.figure.outcome, row.figure.group) for row in findings.headline]
    asked += [(f"exit_{name}", ALLE) for name in names.scenario.exits]
    have = set(results[0].keys)
    shown = [
        (outcome, group) for outcome, group in dict.fromkeys(asked)
        if names.meaning(outcome).by_week and not names.by_month(outcome) and Figure(outcome, group, 1) in have
    ]  # fmt: skip
    for outcome, group in shown[:MOST]:
        columns, series = list(findings.columns), _series(findings, outcome, group)
        weeks = sorted(set().union(*(dict(each) for each in series)))
        if not weeks:
            continue
        values = np.array([[dict(each).get(week, np.nan) for week in weeks] for each in series])
        title = f"{wording.outcome(outcome)}, {wording.unit(outcome)}"
        if len(results) > 1 and group != ALLE:
            title += f" ({wording.group(group)})"
        yield Course(title, wording.say(SINCE), names.unit(outcome), weeks, columns, values)


def _series(findings: Findings, outcome: str, group: Group) -> list[list[tuple[int, float]]]:
    """The course in every column: of the scenarios, or where one was run alone of its arms."""
    results = findings.results
    if len(results) > 1:
        return [_course(result, outcome, group) for result in results]
    return [_course(results[0], outcome, each) for each in arms_of(results[0])]


def _course(result: Result, outcome: str, group: Group) -> list[tuple[int, float]]:
    figures = [f for f in result.keys if f.outcome == outcome and f.group == group and f.time is not None]
    return [(figure.time, result.estimate_of(figure).value) for figure in figures if figure.time is not None]


def _teams(findings: Findings) -> Iterator[Course]:
    wording, results = findings.wording, findings.results
    of = [
        (result, team, team_column(findings, column, team))
        for column, result in enumerate(results)
        for team in teams_with_cases(result)
    ]
    if not of:
        return
    columns = [name for _, _, name in of]
    longest = max(result.loaded.scenario.weeks for result in results)
    for label, unit, measure in (
        (CASELOAD, "cases", caseload_by_week), (WAITING, "persons", _waiting), (USED, "share", _used)
    ):  # fmt: skip
        values = np.full((len(of), longest), np.nan)
        for row, (result, team, _) in enumerate(of):
            course = measure(result, team)
            values[row, : len(course)] = course
        yield Course(wording.say(label), wording.say(OF_RUN), unit, range(longest), columns, values, True)


def team_column(findings: Findings, column: int, team: str) -> str:
    """What a team is called beside those of other scenarios."""
    name = findings.wording.team(team)
    return name if len(findings.results) == 1 else f"{name}, {findings.columns[column]}"


def caseload_by_week(result: Result, team: str) -> np.ndarray:
    """Cases per full-time caseworker, mean of posts and replications, shape (weeks,)."""
    scenario = result.loaded.scenario
    place = list(scenario.teams).index(team)
    staff = [replication.staff for replication in result.replications]
    posts = staff[0].team_of_post % len(scenario.teams) == place
    caseload = np.concatenate([each.caseload[:, posts] for each in staff], axis=1).astype(float)
    known = ~np.isnan(caseload)
    return ratios(np.where(known, caseload, 0.0).sum(axis=1), known.sum(axis=1))


def _waiting(result: Result, team: str) -> np.ndarray:
    return np.asarray(waiting_by_week(result, team).mean(axis=0))


def _used(result: Result, team: str) -> np.ndarray:
    place = list(result.loaded.scenario.teams).index(team)
    used, there = (
        np.mean([getattr(r.staff, name)[:, :, place].sum(axis=1) for r in result.replications], axis=0)
        for name in ("minutes_used", "minutes")
    )
    return ratios(used, there)
