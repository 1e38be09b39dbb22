"""Tables of staff: by week, by jobcentre and team, caseloads of caseworkers, and how much staff would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.results.intervals import COUNTED, SIMULATION, estimate
from simulation.results.measures.staffing import BY_WEEK
from simulation.results.names import Figure, Group
from simulation.results.needed_staff import needed_staff
from simulation.results.result import Result
from simulation.scenario.enough_staff import LEVELS

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
    """Outcomes of every team that takes cases in every jobcentre."""
    import pandas as pd

    scenario, rows = result.loaded.scenario, []
    by_place = [scenario.teams_of(jobcentre) for jobcentre in scenario.jobcentres]
    for t, (team, settings) in enumerate(scenario.teams.items()):
        for j, jobcentre in enumerate(scenario.jobcentres):
            if not settings.takes_cases or by_place[j][team].done_by is not None:
                continue
            this_team = np.zeros(result.replications[0].staff.fte.shape, dtype=bool)
            this_team[j, t] = True
            outcomes = [replication.staff.of_rows(scenario, by_place, this_team) for replication in result.replications]
            for outcome in dict.fromkeys(name for measured in outcomes for name in measured):
                values = np.array([measured.get(outcome, np.nan) for measured in outcomes])
                e = estimate(values, result.names.scale(Figure(outcome, Group("team", team))))
                if e.n:
                    rows.append(
                        {"jobcentre": jobcentre, "team": team, "outcome": outcome, "value": e.value, "low": e.low,
                         "high": e.high, "interval": SIMULATION, "known": e.n, "unit": result.names.unit(outcome)}
                    )  # fmt: skip
    return pd.DataFrame(rows)


def _caseload(result: Result) -> pd.DataFrame:
    """Cases per full-time caseworker by week and team: the mean with its interval, and how caseworkers differ."""
    import pandas as pd

    scenario, rows = result.loaded.scenario, []
    staff = [replication.staff for replication in result.replications]
    for t, (team, settings) in enumerate(scenario.teams.items()):
        posts = staff[0].team_of_post % len(scenario.teams) == t
        caseload = np.array([s.caseload[:, posts] for s in staff])  # (replications, weeks, posts)
        if not settings.takes_cases or np.isnan(caseload).all():
            continue
        for week in range(scenario.weeks):
            known = caseload[:, week][~np.isnan(caseload[:, week])]
            if len(known) == 0:
                continue
            known_by_replication = (load[~np.isnan(load)] for load in caseload[:, week])
            e = estimate(np.array([np.mean(load) if len(load) else np.nan for load in known_by_replication]), COUNTED)
            low, high, most = np.quantile(known, [0.1, 0.9, 1.0])
            rows.append(
                {"run_week": week, "team": team, "mean": e.value, "low": e.low, "high": e.high, "interval": SIMULATION,
                 "known": e.n, "p10": low, "p90": high, "max": most}
            )  # fmt: skip
    return pd.DataFrame(rows)


def _needed(result: Result) -> pd.DataFrame:
    """Full-time staff for which there would have been time for so many of the talks in their week."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"team": answer.team, "staff_fte": answer.fte, "in_time": answer.now.value, "level": level, "bound": bound,
             "needed": answer.fte if bound else e.value, "low": np.nan if bound else e.low,
             "high": np.nan if bound else e.high, "interval": SIMULATION, "known": e.n, "by_plans": by_plans}
            for answer in needed_staff(result)
            for level, e, bound, by_plans in zip(LEVELS, answer.needed, answer.bounds, answer.by_plans, strict=True)
        ]
    )  # fmt: skip
