"""The load of every team, computed from means before anything is run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.begun import comers
from simulation.scenario.expected_flows import Stay, back_from, flows, intensity, still_there
from simulation.scenario.expected_talks import (
    Followed,
    Part,
    Way,
    followed,
    hands,
    meetings,
    not_covered,
    of_each,
    parts_of,
    share_of,
)
from simulation.scenario.schema import Scenario
from simulation.scenario.staff_by_week import by_week
from simulation.world.season import minutes_shares
from simulation.world.spec import Floats, mean
from simulation.world.staff.caseworkers import vacancy
from simulation.world.staff.teams import Team

Alike = tuple[int, str, str]
"""What decides all that is expected of a jobcentre: its ledige, its teams, and its plans of talks, as text."""
Chain = list[tuple[Followed, dict[Way, Part]]]
"""Plans that follow on one another, each with what it asks of staff."""
Table = tuple[str, str, str, str | None]
"""Who may sit at one table: by kind of talk and channel, the team that holds it, and the one that sits in."""


@dataclass
class Load:
    """One team of a jobcentre, by week of the run: its cases, the talks asked for (with new calls after no-shows), and
    the minutes for all of them. Partners have minutes only.

    Of a full team the cases that it has ask; `wanted` (cases), `due` and `again` (minutes of talks in the week in which
    they fall due, and of new calls) are of all that it would have.
    """

    cases: Floats
    talks: Floats
    minutes: Floats
    wanted: Floats
    due: Floats
    again: Floats


def at_work(team: Team) -> float:
    """Share of a team's full minutes that it has in the long run: of filled posts, less absence that nobody covers.
    Substitutes and new caseworkers count as fully trained."""
    away = 0.0
    for absence in team.absence.values():
        covered = 0.0
        if absence.cover_after is not None:
            weeks = {length: max(length - absence.cover_after, 0) for length in absence.weeks}
            covered = sum(weeks[length] * share for length, share in absence.weeks.items()) / mean(absence.weeks)
        away += absence.share * absence.part * (1 - covered)
    return (1 - vacancy(team)) * (1 - away)


def still_on_benefit(scenario: Scenario) -> Floats:
    """Share of the enrolled on benefit after 0, 1, ... weeks by the mean intensities and frailty, without effects and
    season: for rough sums."""
    total = np.zeros(scenario.weeks)
    for elapsed, share in scenario.intake.elapsed_shares(scenario.subgroups).items():
        stays = np.ones(scenario.weeks)
        for exit_ in scenario.exits.values():
            left = still_there(exit_, elapsed + scenario.weeks)
            stays *= left[elapsed:] / left[elapsed]
        total += share * stays
    return total


def _back(scenario: Scenario, stays: Floats) -> Floats:
    """Share who leave to a job and are back so many weeks after their enrolment: shape (weeks,)."""
    weeks, left, elapsed = scenario.weeks, -np.diff(stays, append=stays[-1]), scenario.intake.elapsed_weeks
    intensities = {name: intensity(exit_, elapsed + weeks)[elapsed:] for name, exit_ in scenario.exits.items()}
    total, back = np.maximum(sum(intensities.values(), np.zeros(weeks)), 1e-12), np.zeros(weeks)
    for name, spell in scenario.employment().items():
        to_job = left * intensities[name] / total
        back[1:] += np.convolve(to_job, back_from(spell, weeks))[: weeks - 1]
    return back


@dataclass
class Expected:
    """What is expected of a ledig of every plan, the same in all jobcentres; made once for all of them."""

    scenario: Scenario
    staff: dict[object, Floats] = field(default_factory=dict)  # what `expected_staff` has reckoned, by what was asked
    _chains: dict[tuple[int, str, str], list[tuple[float, Chain]]] = field(default_factory=dict)
    _terms: dict[tuple[str | None, str], str] = field(default_factory=dict)
    _flows: dict[int, dict[str, list[Stay]]] = field(default_factory=dict)  # by persons
    _loads: dict[Alike, dict[str, Load]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        scenario = self.scenario
        shares = minutes_shares(scenario.season, scenario.start, scenario.weeks)
        self.season = np.ones(scenario.weeks) if shares is None else shares  # of full minutes, by week of the run
        self.stays = still_on_benefit(scenario)
        self.back = _back(scenario, self.stays)

    def alike(self, jobcentre: str) -> Alike:
        """What decides all that is expected of a jobcentre."""
        scenario, own = self.scenario, self.scenario.jobcentres[jobcentre].teams
        changes = "".join(f"{name}{each.model_dump_json()}" for name, each in own.items())
        if len(scenario.epochs) > 1:
            changes += jobcentre  # its own staff may change at other dates
        by = scenario.model_name_of(jobcentre), changes
        if by not in self._terms:
            teams = [each for _, epoch in scenario.epochs for each in epoch.teams_of(jobcentre).values()]
            self._terms[by] = "".join(each.model_dump_json() for each in teams)
        return scenario.persons()[jobcentre], self._terms[by], self._plans(jobcentre)

    def _plans(self, jobcentre: str) -> str:
        """The plans of talks that ledige of a jobcentre begin on, with settings that are its own."""
        own, found = self.scenario.jobcentres[jobcentre].interventions, ""
        for kind, samtaler in self.scenario.by_kind(Samtaler, jobcentre).items():
            begun = [name for name, plan in samtaler.plans.items() if plan.begun_in(jobcentre)]
            found += f"{kind}: {begun} {own[kind].model_dump_json() if kind in own else ''}\n"
        return found

    def load(self, jobcentre: str) -> dict[str, Load]:
        """As `expected_load`, reckoned once for jobcentres that are alike."""
        if (alike := self.alike(jobcentre)) not in self._loads:
            self._loads[alike] = expected_load(self.scenario, jobcentre, self)
        return self._loads[alike]

    def present(self, jobcentre: str, team: str) -> Floats:
        """Minutes that a team has by week of the run, by the dates at which its staff changes and the time of the year:
        shape (weeks,)."""
        return self.season * by_week(self.scenario, jobcentre, team, _minutes_present)

    def share(self, jobcentre: str, team: str) -> Floats:
        """The same against the week that has most, or by the time of the year alone where there are none."""
        minutes = by_week(self.scenario, jobcentre, team, _minutes_present)
        of_most: Floats = minutes / minutes.max() if minutes.any() else np.ones(len(minutes))
        return self.season * of_most

    def room(self, jobcentre: str, team: str) -> Floats:
        """Most cases that a team holds at once, by week of the run; no limit unless further cases wait (what overflows
        is taken off before)."""
        return by_week(self.scenario, jobcentre, team, lambda its: its.room() if its.at_limit == "wait" else np.inf)

    def arrivals(self, jobcentre: str) -> Floats:
        """Ledige who are enrolled there, some of them again after a job, by week of the run."""
        scenario, intake, by_week = self.scenario, self.scenario.intake, np.zeros(self.scenario.weeks)
        before = intake.elapsed_shares(scenario.subgroups).items()
        come = sum(share * np.exp(-intake.leaves_before * elapsed) for elapsed, share in before)
        enter = scenario.persons()[jobcentre] * come
        by_week[intake.from_week : intake.from_week + intake.weeks] = enter / intake.weeks
        if self.back.any() and not scenario.benefits:
            for week in range(1, scenario.weeks):
                by_week[week] += by_week[:week] @ self.back[week:0:-1]
        return by_week

    def flows(self, jobcentre: str, samtaler: Samtaler, plan: Plan) -> list[Stay]:
        """Who of them may follow a plan, by how they come to a benefit that it is for, and how they stay on it."""
        if not self.scenario.benefits:
            return [Stay(self.arrivals(jobcentre), self.stays)]
        persons = self.scenario.persons()[jobcentre]
        if persons not in self._flows:
            self._flows[persons] = flows(self.scenario, self.arrivals(jobcentre))
        by_benefit = self._flows[persons]
        on = [name for name in by_benefit if samtaler.is_for(name) and plan.begun_on(name)]
        return [stay for name in on for stay in by_benefit[name]]

    def chains(self, samtaler: Samtaler, name: str, jobcentre: str) -> list[tuple[float, Chain]]:
        """The plans of those who come to this one, and what each asks of staff: by share of those whom it is for, who
        differ where one rule follows another."""
        plans, place = samtaler.plans, ""
        if any(plan.spells for plan in plans.values()) and any(plan.in_jobcentres for plan in plans.values()):
            place = jobcentre
        if (key := (id(samtaler), name, place)) not in self._chains:  # settings live as long as the scenario
            weeks, start = self.scenario.weeks, self.scenario.start
            self._chains[key] = [
                (come.share, [(f, parts_of(samtaler, f, weeks)) for f in followed(samtaler, plans[name], come, start)])
                for come in comers(self.scenario, samtaler, name, jobcentre)
            ]
        return self._chains[key]


def _minutes_present(team: Team) -> float:
    return team.fte * team.minutes_per_week * at_work(team)


def expected_load(scenario: Scenario, jobcentre: str, expected: Expected | None = None) -> dict[str, Load]:
    """The load of every team of a jobcentre, computed from means.

    Everybody follows the plan that her arm begins with, then the plans after it. No-shows are called again. Left out
    are effects on exits, and what offers and states do to talks (`in_offer`, `in_state`, `not_in`, `then.begins`).
    Where a team is full, only the cases that it has ask for its talks; cases that overflow ask the team that takes
    them. Group meetings are reckoned roughly: whoever is due is spread evenly over the desks of the team, and chance
    puts neither more nor fewer together (`meetings`). `expected` saves work where several jobcentres are asked for.
    """
    expected = expected or Expected(scenario)
    weeks = scenario.weeks
    loads = {name: Load(*np.zeros((6, weeks))) for name in scenario.teams}
    teams = scenario.teams_of(jobcentre)
    due_for: dict[Table, Floats] = {}  # group meetings: who is due for them
    before: list[tuple[Samtaler, Plan, str]] = []  # plans of talks that are asked for first, and who holds them
    talks = scenario.by_kind(Samtaler, jobcentre)
    for kind, samtaler in talks.items():
        there, plans = _running(samtaler, scenario), samtaler.plans
        plans = {name: plan for name, plan in samtaler.plans.items() if plan.begun_in(jobcentre)}
        for name, begun in ((name, plan) for name, plan in plans.items() if plan.arms):
            of_all_there, coming = there * share_of(scenario, begun), expected.flows(jobcentre, samtaler, begun)
            chains = expected.chains(samtaler, name, jobcentre)
            for share, follows, parts in ((of_all_there * part, *each) for part, chain in chains for each in chain):
                team = teams[follows.plan.team].done_by or follows.plan.team
                wanted = share * _by_week(coming, _on_it(follows, weeks))
                others = [(earlier, other) for earlier, other, holder in before if holder == team]
                alone = not_covered(scenario, begun, others, weeks)
                asked = {
                    way: [share * _by_week(coming, amount, alone) for amount in part]
                    for way, part in parts.items()
                }
                for holder, of_all in _holders(scenario, jobcentre, team, wanted, samtaler.caseworker):
                    load, held = loads[holder], np.ones(weeks)
                    if samtaler.caseworker:
                        load.wanted += of_all * wanted
                        load.cases += of_all * wanted
                        held = np.minimum(1.0, expected.room(jobcentre, holder) / np.maximum(of_all * wanted, 1e-9))
                    for (channel_name, partner), (calls, _, minutes, due_minutes) in asked.items():
                        sits_in = None if partner is None else teams[partner].done_by or partner
                        for to, turns in hands(follows.plan, holder, sits_in, teams):
                            loads[to].talks += turns * of_all * held * calls
                            loads[to].minutes += turns * of_all * held * minutes
                            loads[to].due += turns * of_all * due_minutes
                            loads[to].again += turns * of_all * (minutes - due_minutes)
                        if samtaler.channels[channel_name].seats > 1:
                            table = kind, channel_name, holder, sits_in
                            due_for[table] = due_for.get(table, np.zeros(weeks)) + of_all * held * calls
        before += [(samtaler, plan, teams[plan.team].done_by or plan.team) for plan in plans.values()]
    for (kind, channel_name, holder, sits_in), due_there in due_for.items():
        channel = talks[kind].channels[channel_name]
        for to in (holder, *([sits_in] if sits_in else [])):
            of_meetings = meetings(due_there, channel, teams[holder].desks()) * of_each(channel)
            loads[to].minutes += of_meetings
            loads[to].due += of_meetings
    return loads


def _running(samtaler: Samtaler, scenario: Scenario) -> Floats:
    """1 in weeks of the run in which these talks are held, 0 before they begin and after they have stopped."""
    there = np.ones(scenario.weeks)
    if samtaler.runs is not None:
        begins, ends = samtaler.runs.weeks(scenario.start)
        there[: max(begins, 0)] = 0.0
        if samtaler.runs.then == "stop":
            there[max(ends, 0) :] = 0.0
    return there


def _on_it(follows: Followed, weeks: int) -> Floats:
    """Who follows the plan: shape (course weeks, weeks of enrolment)."""
    course = np.arange(weeks)[:, None]
    on_it: Floats = ((follows.begins <= course) & (course < follows.ends)).astype(np.float64)
    return on_it


def _by_week(coming: Sequence[Stay], amounts: Floats, part: float | Floats = 1.0) -> Floats:
    """Sum by week of the run of an amount that each has, shape (course weeks, weeks of enrolment); `part` of it counts,
    by course week."""
    weeks = amounts.shape[1]
    totals = np.zeros(weeks)
    for arrivals, stays in coming:
        per_course_week = part * stays
        for course_week in np.flatnonzero(amounts.any(axis=1)).tolist():
            enrolled = weeks - course_week
            of_week = arrivals[:enrolled] * amounts[course_week, :enrolled]
            totals[course_week:] += per_course_week[course_week] * of_week
    return totals


def _holders(
    scenario: Scenario, jobcentre: str, team: str, expected: Floats, caseworker: bool
) -> list[tuple[str, Floats]]:
    """The teams that have the cases, each with its share by week: this one, then those that the overflow goes to."""
    holders, rest, name, teams = [], np.ones(len(expected)), team, scenario.teams_of(jobcentre)
    while caseworker and teams[name].at_limit == "overflow" and (to := teams[name].overflow_to) is not None:
        room = by_week(scenario, jobcentre, name, Team.room)
        part = np.minimum(rest, room / np.maximum(expected, 1e-9))
        holders.append((name, part))
        rest, name = rest - part, teams[to].done_by or to
    return [*holders, (name, rest)]
