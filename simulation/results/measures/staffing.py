"""What staff did in one replication, and the outcomes of it: caseload, minutes, absence, relations, cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.outcomes import holds_talks, kinds_of, stacked
from simulation.results.names import ALLE, Figure, Group, arm_group
from simulation.scenario.schema import Scenario
from simulation.world.names import common
from simulation.world.past import Past
from simulation.world.spec import Bools, Floats, Ints, ratio
from simulation.world.staff.caseworkers import WEEKS_PER_YEAR
from simulation.world.staff.teams import Team

TeamsByPlace = Sequence[Mapping[str, Team]]
"""The teams of each jobcentre, by name."""
BY_WEEK = ("minutes", "minutes_used", "cases", "waiting", "paid", "absent", "covered", "vacant")


@dataclass(frozen=True)
class Staffing:
    """The teams of one replication.

    By week arrays have shape (weeks, jobcentres, teams): minutes available for talks and used, cases, ledige who wait
    for the team, talks due without time for them (`backlog`), and full-time staff that is paid, absent, covered by a
    substitute, and vacant. `fte` is without weeks, and so are the `totals` of counts over the run, by name. `caseload`
    has shape (weeks, posts): cases per full-time caseworker of each post, NaN where it is vacant; `team_of_post` is
    jobcentre × number of teams + team. `at_desk`, `fresh` and `again` have shape (weeks, desks): minutes there, minutes
    of talks in the week in which they fell due (of group meetings, in which there were others enough), and of calls to
    which nobody came; `team_of_desk` likewise.
    """

    fte: Floats
    minutes: Ints
    minutes_used: Ints
    cases: Ints
    waiting: Ints
    paid: Floats
    absent: Floats
    covered: Floats
    vacant: Floats
    backlog: Ints
    totals: Mapping[str, Ints]
    caseload: NDArray[np.float32]
    team_of_post: Ints
    at_desk: Ints
    fresh: Ints
    again: Ints
    team_of_desk: Ints

    def outcomes(self, scenario: Scenario) -> dict[Figure, float]:
        """Outcomes of the teams that serve one arm alone, of all that take cases, and of every team."""
        by_place = [scenario.teams_of(jobcentre) for jobcentre in scenario.jobcentres]
        groups = {ALLE: _serving(by_place, self.fte.shape, None)}
        groups |= {
            arm_group(name): _serving(by_place, self.fte.shape, scenario.parts[name])
            for name in (*scenario.arms, *scenario.wholes)
            if name != "alle"
        }
        measured: dict[Figure, float] = {}
        begin, talks = scenario.measured_from, holds_talks(scenario)
        for group, rows in groups.items() if talks else ():
            if rows.any():
                of_group = {**self._load(rows, begin), **self._work(by_place, rows, begin, scenario.staff_changes)}
                measured |= {Figure(outcome, group): value for outcome, value in of_group.items()}
        for t, (name, team) in enumerate(scenario.teams.items()):
            rows = np.zeros(self.fte.shape, dtype=bool)
            rows[:, t] = [teams[name].done_by is None for teams in by_place]
            if not team.takes_cases:
                minutes_there = self.minutes[begin:, rows].sum()
                used = self.minutes_used[begin:, rows].sum()
                measured[Figure("utilisation", Group("partner", name))] = ratio(used, minutes_there)
            elif talks and rows.any():
                of_team = self.of_rows(scenario, by_place, rows)
                measured |= {Figure(outcome, Group("team", name)): value for outcome, value in of_team.items()}
        return measured

    def of_rows(self, scenario: Scenario, by_place: TeamsByPlace, rows: Bools) -> dict[str, float]:
        """All outcomes of some of the teams, together; `by_place` has the teams of each jobcentre, `rows` has shape
        (jobcentres, teams)."""
        begin, changes = scenario.measured_from, scenario.staff_changes
        outcomes = {**self._load(rows, begin), **self._work(by_place, rows, begin, changes)}
        for kind in kinds_of(scenario):
            counts = {what: np.array([self._total(what, rows)]) for what in kind.common_counts}
            outcomes |= {what: float(value[0]) for what, value in kind.measured_of_teams(counts, scenario).items()}
        return outcomes

    def _total(self, what: str, rows: Bools) -> float:
        """Sum of a count over the run, for these teams."""
        return float(self.totals[what][rows].sum()) if what in self.totals else 0.0

    def _load(self, rows: Bools, begin: int) -> dict[str, float]:
        """Cases of these teams, and how full their weeks are."""
        weeks = len(self.cases) - begin
        cases = self.cases[begin:, rows].sum() / weeks
        minutes_there, used = self.minutes[begin:, rows].sum(axis=1), self.minutes_used[begin:, rows].sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            busy = used / minutes_there
        caseload = self.caseload[begin:, rows.ravel()[self.team_of_post]]
        known = caseload[~np.isnan(caseload)]
        low, high, most = np.quantile(known, [0.1, 0.9, 1.0]) if len(known) else (np.nan, np.nan, np.nan)
        return {
            "cases": float(cases),
            "waiting": float(self.waiting[begin:, rows].sum() / weeks),
            "caseload": ratio(cases, self.fte[rows].sum()),
            "caseload_p10": float(low), "caseload_p90": float(high), "caseload_max": float(most),
            "talk_minutes": float(used.mean()),
            "utilisation": ratio(used.sum(), minutes_there.sum()),
            "utilisation_peak": float(np.nanmax(busy)) if minutes_there.any() else float("nan"),
        }  # fmt: skip

    def _work(self, by_place: TeamsByPlace, rows: Bools, begin: int, changes: bool) -> dict[str, float]:
        """Who was there, on what the minutes went, and what it cost."""
        weeks, fte = len(self.cases) - begin, self.fte[rows].sum()
        totals = {name: float(total[rows].sum()) for name, total in self.totals.items()}
        filled = fte * weeks - self.vacant[begin:, rows].sum()
        outcomes = {"staff_fte": float(fte), "staff_cost": self._cost(by_place, rows)}
        if changes:
            outcomes["vacancy_share"] = ratio(self.vacant[begin:, rows].sum(), fte * weeks)
            outcomes["absence_share"] = ratio(self.absent[begin:, rows].sum(), filled)
            outcomes["substitute_share"] = ratio(self.covered[begin:, rows].sum(), self.absent[begin:, rows].sum())
        if "minutes_held" in totals:
            used = self.minutes_used[:, rows].sum()
            same = ("no_show", "preparation", "documentation", "outreach")
            parts = [("talks", "held"), *((activity, activity) for activity in same)]
            spent = {name: totals.get(f"minutes_{count}", 0.0) for name, count in parts}
            spent["other"] = used - sum(spent.values())
            outcomes |= {f"time_{name}_share": ratio(minutes, used) for name, minutes in spent.items()}
        return outcomes

    def _cost(self, by_place: TeamsByPlace, rows: Bools) -> float:
        """DKK over the whole run, by the pay of each team; NaN if no team of these has any."""
        total, known = 0.0, False
        for j, t in zip(*np.nonzero(rows), strict=True):
            if (pay := list(by_place[j].values())[t].pay) is None:
                continue
            known = True
            of = {name: float(counted[j, t]) for name, counted in self.totals.items()}
            total += pay.per_year * self.paid[:, j, t].sum() / WEEKS_PER_YEAR
            total += pay.per_case * of.get("taken", 0.0) + pay.per_case_week * self.cases[:, j, t].sum()
            total += pay.per_talk * of.get("held", 0.0) + pay.per_job * of.get("to_job", 0.0)
        return total if known else float("nan")


def outcomes_of_staff(scenario: Scenario, staff: Sequence[Staffing]) -> dict[Figure, Floats]:
    """Outcomes of the staff of every replication of a batch, shape (worlds,)."""
    return stacked([each.outcomes(scenario) for each in staff]) if scenario.teams else {}


def staffing(scenario: Scenario, world: Past) -> Iterator[Staffing]:
    """The staff of every replication of a batch that has been run."""
    register, layout = world.register, world.register.layout
    weeks, jobcentres, teams = len(register.cases), len(scenario.jobcentres), len(scenario.teams)
    worlds = world.jobcentres.worlds
    shape = (worlds, jobcentres, teams)
    by_week = {name: np.array(getattr(register, name)).reshape(weeks, *shape) for name in BY_WEEK}
    counts = {name.what: count for name, count in register.team_counts.items()}  # none is an intervention's own
    backlog = np.zeros((weeks, *shape), dtype=np.int64)
    for refusal in dict.fromkeys(refusal for kind in kinds_of(scenario) for refusal in kind.refusals):
        backlog += counts[refusal].reshape(backlog.shape) if refusal in counts else 0
    totals = {name: count.sum(axis=0).reshape(shape) for name, count in sorted(counts.items())}
    caseload = register.caseload
    at_desk = np.array(register.minutes_of_desk).reshape(weeks, -1)
    fresh, again = (register.of_desks(common(what)) for what in ("fresh", "again"))
    for w in range(worlds):
        first = w * jobcentres * teams
        posts = (layout.team_of_post >= first) & (layout.team_of_post < first + jobcentres * teams)
        desks = (layout.team_of_desk >= first) & (layout.team_of_desk < first + jobcentres * teams)
        yield Staffing(
            fte=layout.fte.reshape(shape)[w],
            **{name: array[:, w] for name, array in by_week.items()},
            backlog=backlog[:, w],
            totals={name: total[w] for name, total in totals.items()},
            caseload=caseload[:, posts],
            team_of_post=layout.team_of_post[posts] - first,
            at_desk=at_desk[:, desks],
            fresh=fresh[:, desks],
            again=again[:, desks],
            team_of_desk=layout.team_of_desk[desks] - first,
        )


def _serving(by_place: TeamsByPlace, shape: tuple[int, ...], arms: Sequence[str] | None) -> Bools:
    """Which teams of each jobcentre take cases (if arms are named, only those that serve no other): shape (jobcentres,
    teams)."""
    rows = np.zeros(shape, dtype=bool)
    for j, teams in enumerate(by_place):
        for t, (name, team) in enumerate(teams.items()):
            doing = [team, *(helper for helper in teams.values() if helper.done_by == name)]
            serves = arms is None or all(other.arms is not None and set(other.arms) <= set(arms) for other in doing)
            rows[j, t] = team.takes_cases and team.done_by is None and serves
    return rows
