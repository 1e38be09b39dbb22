"""Tables of staff: by week, by jobcentre and team, caseloads of caseworkers, and how much staff would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.results.intervals import COUNTED, SIMULATION, estimates
from simulation.results.measures.staff_outcomes import Teams
from simulation.results.measures.staffing import BY_WEEK
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import needed_staff
from simulation.results.partners import partners
from simulation.results.result import Result
from simulation.scenario.enough_staff import LEVELS
from simulation.world.spec import Floats, ratios

if TYPE_CHECKING:
    import pandas as pd


def staff_tables(result: Result) -> dict[str, pd.DataFrame]:
    """The tables of staff by file name without ending."""
    return {
        "staff": _by_week(result),
        "teams": _teams(result),
        "caseload": _caseload(result),
        "staff_needed": _needed(result),
    }


def _by_week(result: Result) -> pd.DataFrame:
    """Means over replications of what staff did, by week, jobcentre and team."""
    import pandas as pd

    scenario = result.loaded.scenario
    staff = [replication.staff for replication in result.replications]
    columns = {name: np.mean([getattr(s, name) for s in staff], axis=0).ravel() for name in (*BY_WEEK, "backlog")}
    index = pd.MultiIndex.from_product(
        [range(scenario.weeks), scenario.jobcentres, scenario.teams], names=["run_week", "jobcentre", "team"]
    )
    return pd.DataFrame(columns, index=index).reset_index()


def _teams(result: Result) -> pd.DataFrame:
    """Outcomes of every team in every jobcentre; of those without cases how they spend their weeks."""
    import pandas as pd

    scenario = result.loaded.scenario
    teams = Teams(scenario, [replication.staff for replication in result.replications])
    measured: dict[tuple[str, str, str], Floats] = {}
    for t, (team, settings) in enumerate(scenario.teams.items()):
        for j, jobcentre in enumerate(scenario.jobcentres):
            this_team = np.zeros(teams.fte.shape, dtype=bool)
            this_team[j, t] = True
            if teams.by_place[j][team].done_by is None and (settings.takes_cases or teams.fte[j, t]):
                of_team = teams.of(this_team) if settings.takes_cases else teams.of_partners(this_team)
                measured |= {(jobcentre, team, outcome): values for outcome, values in of_team.items()}
    scales = [result.names.scale(Figure(outcome, Group("team", team))) for _, team, outcome in measured]
    found = estimates(list(measured.values()), scales)
    return pd.DataFrame(
        [
            {"jobcentre": jobcentre, "team": team, "outcome": outcome, "value": e.value, "low": e.low, "high": e.high,
             "interval": SIMULATION, "known": e.n, "unit": result.names.unit(outcome)}
            for (jobcentre, team, outcome), e in zip(measured, found, strict=True)
            if e.n
        ]
    )  # fmt: skip


def _caseload(result: Result) -> pd.DataFrame:
    """Cases per full-time caseworker by week and team: the mean with its interval, and how caseworkers differ."""
    import pandas as pd

    scenario, rows = result.loaded.scenario, []
    staff = [replication.staff for replication in result.replications]
    for t, (team, settings) in enumerate(scenario.teams.items()):
        posts = staff[0].team_of_post % len(scenario.teams) == t
        if not settings.takes_cases or not posts.any():
            continue
        caseload = np.array([s.caseload[:, posts] for s in staff], dtype=np.float64)  # (replications, weeks, posts)
        known = ~np.isnan(caseload)
        means = ratios(np.where(known, caseload, 0.0).sum(axis=2), known.sum(axis=2))  # (replications, weeks)
        for week, e in enumerate(estimates(means.T, [COUNTED] * scenario.weeks)):
            if e.n == 0:
                continue
            low, high, most = np.quantile(caseload[:, week][known[:, week]], [0.1, 0.9, 1.0]).tolist()
            rows.append(
                {"run_week": week, "team": team, "mean": e.value, "low": e.low, "high": e.high, "interval": SIMULATION,
                 "known": e.n, "p10": low, "p90": high, "max": most}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _needed(result: Result) -> pd.DataFrame:
    """Full-time staff for which there would have been time for so many of the talks in their week; of teams without
    cases, for so much of what they were asked for."""
    import pandas as pd

    without_cases = [
        {"team": answer.team, "staff_fte": answer.fte, "in_time": np.nan, "level": level,
         "bound": "at least" if answer.least else "", "needed": e.value, "low": e.low, "high": e.high,
         "interval": SIMULATION, "known": e.n, "by_plans": np.nan}
        for answer in result.once(partners)
        for level, e in zip(LEVELS, answer.needed, strict=True)
    ]  # fmt: skip
    talks = [
        {"team": answer.team, "staff_fte": answer.fte, "in_time": answer.now.value, "level": level, "bound": bound,
         "needed": answer.fte if bound else e.value, "low": np.nan if bound else e.low,
         "high": np.nan if bound else e.high, "interval": SIMULATION, "known": e.n, "by_plans": by_plans}
        for answer in result.once(needed_staff)
        for level, e, bound, by_plans in zip(LEVELS, answer.needed, answer.bounds, answer.by_plans, strict=True)
    ]  # fmt: skip
    return pd.DataFrame([*talks, *without_cases])
