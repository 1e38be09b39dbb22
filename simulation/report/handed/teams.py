"""Teams: their cases, their time, and who waits for them, beside the limit that they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simulation.report.findings import Findings
from simulation.report.handed.blocks import NOT_KNOWN, Cell, Table, Value
from simulation.report.handed.keys import plain
from simulation.report.wording import Wording
from simulation.results.intervals import COUNTED, estimate
from simulation.results.names import Figure, Group
from simulation.results.result import Result
from simulation.world.labels import Label
from simulation.world.spec import Floats
from simulation.world.staff.teams import NO_LIMIT

SCENARIO, TEAM = Label("Scenario", "Scenarie"), Label("Team", "Team")
STAFF, LIMIT = Label("Full-time staff", "Årsværk"), Label("Limit, cases each", "Sagsloft, sager hver")
CASES, MOST = Label("Cases each", "Sager hver"), Label("At most", "Højst")
USED, IN_TIME = Label("Time used, %", "Tid brugt, %"), Label("Talks in their week, %", "Samtaler i rette uge, %")
AT_END, MOST_WAITING = Label("Waiting at the end", "Venter ved slut"), Label("Most waiting", "Flest ventende")
NONE = Label("none", "intet")
NO_TEAMS = Label("No team takes cases in this scenario.", "Ingen teams har sager i dette scenarie.")
MORE = Label("And {count} more rows; the annex has all of them.", "Og {count} rækker mere; alle står i bilaget.")
NOTE = Label(
    "Cases each: per full-time caseworker, mean of the weeks. Waiting: persons whom the team had no room for, all "
    "jobcentres together, mean over replications.",
    "Sager hver: pr. fuldtidssagsbehandler, gennemsnit over ugerne. Venter: personer, som teamet ikke havde plads til, "
    "alle jobcentre under ét, gennemsnit over gentagelserne.",
)
SHOWN = {"caseload": CASES, "caseload_max": MOST, "utilisation": USED, "called_on_time_share": IN_TIME}
"""Outcomes of teams by the head of their column."""


def teams_with_cases(result: Result) -> Sequence[str]:
    """The teams that take cases and have some."""
    have = set(result.keys)
    return [name for name in result.loaded.scenario.teams if Figure("cases", Group("team", name)) in have]


def team_table(findings: Findings, most: int | None = None) -> Table | None:
    """Every team of every scenario, of so many rows at the most; None where no team takes cases."""
    wording, results = findings.wording, findings.results
    several = len(results) > 1
    rows = [
        [*([name] if several else []), *_row(result, team, wording)]
        for name, result in zip(findings.columns if several else [""], results, strict=True)
        for team in teams_with_cases(result)
    ]
    if not rows:
        return None
    texts = [*([SCENARIO] if several else []), TEAM]
    head = [*texts, STAFF, LIMIT, *SHOWN.values(), MOST_WAITING, AT_END]
    left = 0 if most is None else len(rows) - most
    note = f"{wording.say(MORE, count=left)} {wording.say(NOTE)}" if left > 0 else wording.say(NOTE)
    return Table([wording.say(label) for label in head], rows[:most], len(texts), note, small=True)


def _row(result: Result, team: str, wording: Wording) -> Iterator[Cell]:
    have, group = set(result.keys), Group("team", team)
    yield wording.team(team)
    yield plain(round(result.estimate("staff_fte", group).value, 2), wording)
    yield limit_text(result, team, wording)
    for outcome in SHOWN:
        e = result.estimate(outcome, group) if Figure(outcome, group) in have else None
        yield NOT_KNOWN if e is None else Value(result.names.unit(outcome), e.value)
    waiting = waiting_by_week(result, team)
    yield Value("persons", float(waiting.mean(axis=0).max()))
    yield Value("persons", estimate(waiting[:, -1], COUNTED).value)


def limits(result: Result, team: str) -> list[int]:
    """The caseload limits that a team has in the jobcentres, ascending; nothing where there is none."""
    scenario = result.loaded.scenario
    epochs = [epoch for _, epoch in scenario.epochs]
    found = {each.teams_of(place)[team].caseload_limit for each in epochs for place in scenario.jobcentres}
    return sorted(limit for limit in found if limit != NO_LIMIT)


def limit_text(result: Result, team: str, wording: Wording) -> str:
    """The limit in words, such as "25", "15–25" or "none"."""
    found = limits(result, team)
    if not found:
        return wording.say(NONE)
    ends = [plain(limit, wording) for limit in (found[0], found[-1])]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def waiting_by_week(result: Result, team: str) -> Floats:
    """Who waits for a team, all jobcentres together, shape (replications, weeks)."""
    place = list(result.loaded.scenario.teams).index(team)
    return np.array([r.staff.waiting[:, :, place].sum(axis=1) for r in result.replications], dtype=float)
