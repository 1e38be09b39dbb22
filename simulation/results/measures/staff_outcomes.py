"""The outcomes of staff: caseload, minutes, absence, relations, cost; of several replications at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.outcomes import holds_talks, kinds_of
from simulation.results.measures.staffing import BY_WEEK, Staffing
from simulation.results.names import ALLE, Figure, Group, arm_group
from simulation.results.watched import STAFF_NEEDED, STAFF_NEEDED_LEVEL
from simulation.scenario.enough_staff import smallest
from simulation.scenario.schema import Scenario
from simulation.world.spec import Bools, Floats, ratios
from simulation.world.staff.caseworkers import WEEKS_PER_YEAR
from simulation.world.staff.teams import Team

ACTIVITIES = ("no_show", "preparation", "documentation", "travel", "outreach")
"""What the minutes of talks go to beside the talks themselves; travel where a channel has any."""
HALVINGS = 14
"""Of the staff that there is, until what is enough is known to a ten-thousandth of it."""


def outcomes_of_staff(scenario: Scenario, staff: Sequence[Staffing]) -> dict[Figure, Floats]:
    """Outcomes of the teams that serve one arm alone, of all that take cases, and of every team, shape (replications,)
    each."""
    if not scenario.teams:
        return {}
    teams, talks = Teams(scenario, staff), holds_talks(scenario)
    groups = {ALLE: teams.serving(None)}
    groups |= {
        arm_group(name): teams.serving(scenario.parts[name])
        for name in (*scenario.arms, *scenario.wholes)
        if name != "alle"
    }
    measured: dict[Figure, Floats] = {}
    for group, rows in groups.items() if talks else ():
        if rows.any():
            measured |= {Figure(outcome, group): values for outcome, values in teams.of_work(rows).items()}
    for t, (name, team) in enumerate(scenario.teams.items()):
        rows = np.zeros(teams.fte.shape, dtype=bool)
        rows[:, t] = [of_place[name].done_by is None for of_place in teams.by_place]
        if not team.takes_cases:
            measured[Figure("utilisation", Group("partner", name))] = teams.utilisation(rows)
        elif talks and rows.any():
            measured |= {Figure(outcome, Group("team", name)): values for outcome, values in teams.of(rows).items()}
    return measured


class Teams:
    """The teams of a scenario in several replications.

    Everything is of some of them, told by `rows` of shape (jobcentres, teams), and has shape (replications,).
    """

    def __init__(self, scenario: Scenario, staff: Sequence[Staffing]) -> None:
        self.scenario = scenario
        self.by_place: Sequence[Mapping[str, Team]] = [scenario.teams_of(place) for place in scenario.jobcentres]
        self.fte = staff[0].fte
        self.replications, self.weeks, self.begin = len(staff), len(staff[0].cases), scenario.measured_from
        self.team_of_post = staff[0].team_of_post
        self._staff = staff
        self._by_week = {name: np.stack([getattr(each, name) for each in staff]) for name in BY_WEEK}
        self._caseload = np.stack([each.caseload for each in staff])
        self._totals = {name: np.stack([each.totals[name] for each in staff]) for name in staff[0].totals}

    @cached_property
    def changes(self) -> bool:
        """Whether staff is ever away."""
        return self.scenario.staff_changes

    def serving(self, arms: Sequence[str] | None) -> Bools:
        """Which teams of each jobcentre take cases (if arms are named, only those that serve no other)."""
        rows = np.zeros(self.fte.shape, dtype=bool)
        for j, teams in enumerate(self.by_place):
            for t, (name, team) in enumerate(teams.items()):
                doing = [team, *(helper for helper in teams.values() if helper.done_by == name)]
                serves = arms is None or all(other.arms is not None and set(other.arms) <= set(arms) for other in doing)
                rows[j, t] = team.takes_cases and team.done_by is None and serves
        return rows

    def of(self, rows: Bools) -> dict[str, Floats]:
        """All outcomes of some of the teams, together."""
        outcomes = self.of_work(rows)
        for kind in kinds_of(self.scenario):
            counts = {what: self._total(what, rows) for what in kind.common_counts}
            outcomes |= kind.measured_of_teams(counts, self.scenario)
        if "talks_on_time" in self.scenario.watched:
            person_weeks = np.full(self.replications, self.fte[rows].sum() * self.weeks)
            outcomes["talks_on_time_each"] = ratios(self._total("on_time", rows), person_weeks)
        if "staff_needed" in self.scenario.watched:
            in_time = outcomes.get("called_on_time_share", np.full(self.replications, np.nan))
            known = in_time >= STAFF_NEEDED_LEVEL
            outcomes[STAFF_NEEDED] = np.where(known, self._needed(rows), np.nan)
        return outcomes

    def _needed(self, rows: Bools) -> Floats:
        """Full-time staff with which enough of the talks find time in their week, of runs in which they did: no more
        than there was."""
        of_desks = rows.ravel()[self._staff[0].team_of_desk]
        there, fresh, again = (
            np.stack([getattr(each, part)[:, of_desks] for each in self._staff], axis=1).astype(np.float64)
            for part in ("at_desk", "fresh", "again")
        )
        part = smallest(there, fresh, again, asked=[STAFF_NEEDED_LEVEL], most=1.0, steps=HALVINGS)[0]
        return np.asarray(self.fte[rows].sum() * np.where(np.isnan(part), 1.0, part))

    def of_work(self, rows: Bools) -> dict[str, Floats]:
        """Those that are told of staff that holds talks."""
        return {**self._load(rows), **self._work(rows)}

    def of_partners(self, rows: Bools) -> dict[str, Floats]:
        """Those of teams that take no cases: who was there, what it cost, and how full their weeks were."""
        load, work = self._load(rows), self._work(rows)
        told = {what: each for what, each in work.items() if not what.startswith("time_")}
        return told | {what: load[what] for what in ("talk_minutes", "utilisation", "utilisation_peak")}

    def by_desk(self, name: str, rows: Bools) -> Floats:
        """What is known by week of the teams, shape (weeks, replications, teams), from the first measured enrolment."""
        return self._columns(name, rows).transpose(2, 0, 1)

    def utilisation(self, rows: Bools) -> Floats:
        """Minutes used among those there were."""
        return ratios(self._sum("minutes_used", rows), self._sum("minutes", rows))

    def _load(self, rows: Bools) -> dict[str, Floats]:
        """Cases of these teams, and how full their weeks are."""
        weeks = self.weeks - self.begin
        cases = self._sum("cases", rows) / weeks
        used, there = (self._columns(name, rows).sum(axis=1) for name in ("minutes_used", "minutes"))  # by week
        with np.errstate(divide="ignore", invalid="ignore"):
            busiest = np.fmax.reduce(used / there, axis=1)
        low, high, most = self._caseloads(rows)
        return {
            "cases": cases,
            "waiting": self._sum("waiting", rows) / weeks,
            "caseload": ratios(cases, np.full(self.replications, self.fte[rows].sum())),
            "caseload_p10": low, "caseload_p90": high, "caseload_max": most,
            "talk_minutes": used.mean(axis=1),
            "utilisation": self.utilisation(rows),
            "utilisation_peak": busiest,
        }  # fmt: skip

    def _caseloads(self, rows: Bools) -> tuple[Floats, Floats, Floats]:
        """A tenth, nine tenths and maximum of caseworkers and weeks; vacant posts are left out."""
        found = np.full((3, self.replications), np.nan)
        caseload = self._caseload[:, self.begin :, rows.ravel()[self.team_of_post]].reshape(self.replications, -1)
        known = ~np.isnan(caseload)
        have = known.sum(axis=1)
        for n in np.unique(have[have > 0]).tolist():
            some = have == n
            found[:, some] = np.quantile(caseload[some][known[some]].reshape(-1, n), [0.1, 0.9, 1.0], axis=1)
        low, high, most = found
        return low, high, most

    def _work(self, rows: Bools) -> dict[str, Floats]:
        """Who was there, on what the minutes went, and what it cost."""
        posts = self.fte[rows].sum() * (self.weeks - self.begin)
        fte = np.full(self.replications, self.fte[rows].sum())
        outcomes = {"staff_fte": fte, "staff_cost": self._cost(rows)}
        if self.changes:
            vacant, absent, covered = (self._sum(name, rows) for name in ("vacant", "absent", "covered"))
            outcomes["vacancy_share"] = ratios(vacant, np.full(self.replications, posts))
            outcomes["absence_share"] = ratios(absent, posts - vacant)
            outcomes["substitute_share"] = ratios(covered, absent)
        if "minutes_held" in self._totals:
            used = self._columns("minutes_used", rows, 0).sum(axis=(1, 2))
            spent = {"talks": self._total("minutes_held", rows)}
            activities = [each for each in ACTIVITIES if each != "travel" or "minutes_travel" in self._totals]
            spent |= {activity: self._total(f"minutes_{activity}", rows) for activity in activities}
            spent["other"] = used - sum(spent.values())
            outcomes |= {f"time_{name}_share": ratios(minutes, used) for name, minutes in spent.items()}
        return outcomes

    def _cost(self, rows: Bools) -> Floats:
        """DKK over the whole run, by the pay of each team; NaN if no team of these has any."""
        total, known = np.zeros(self.replications), False
        for j, t in zip(*np.nonzero(rows), strict=True):
            if (pay := list(self.by_place[j].values())[t].pay) is None:
                continue
            known = True
            one = np.zeros_like(rows)
            one[j, t] = True
            taken, held, to_job = (self._total(what, one) for what in ("taken", "held", "to_job"))
            paid, cases = (self._columns(name, one, 0).sum(axis=(1, 2)) for name in ("paid", "cases"))
            total += pay.per_year * paid / WEEKS_PER_YEAR
            total += pay.per_case * taken + pay.per_case_week * cases
            total += pay.per_talk * held + pay.per_job * to_job
        return total if known else np.full(self.replications, np.nan)

    def _columns(self, name: str, rows: Bools, begin: int | None = None) -> NDArray[np.float64]:
        """What is known by week, from the week `begin` on (absent: that of the first measured enrolment), of each of
        these teams: shape (replications, teams, weeks)."""
        columns = self._by_week[name][:, self.begin if begin is None else begin :, rows]
        return np.ascontiguousarray(columns.swapaxes(1, 2))

    def _sum(self, name: str, rows: Bools) -> Floats:
        """Over teams and weeks, from the first measured enrolment on."""
        columns = self._columns(name, rows)
        return np.asarray(columns.reshape(len(columns), -1).sum(axis=1), dtype=np.float64)

    def _total(self, what: str, rows: Bools) -> Floats:
        """Sum of a count over the run; 0 of one that this scenario does not have."""
        if what not in self._totals:
            return np.zeros(self.replications)
        return np.asarray(self._totals[what][:, rows].sum(axis=1), dtype=np.float64)
