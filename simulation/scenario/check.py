"""Worlds that cannot work, seen before they are run: more talks than minutes, more praktik than places."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.interventions.plan import Plan
from simulation.interventions.samtaler import Samtaler
from simulation.scenario.load import Loaded
from simulation.scenario.organisation import organisation_doubts
from simulation.scenario.problems import Problem
from simulation.scenario.schema import Scenario
from simulation.scenario.staffing import staffing_doubts
from simulation.scenario.yamlfile import Path
from simulation.world.spec import Floats, mean


def warnings(loaded: Loaded) -> list[Problem]:
    """What is doubtful about a valid scenario, with the arithmetic."""
    looked_at = (organisation_doubts, staffing_doubts, _overload, _interventions, _censoring)
    found = [doubt for look in looked_at for doubt in look(loaded.scenario)]
    return [
        Problem(message, loaded.resolved.mark(path), ".".join(map(str, path)), "warning") for message, path in found
    ]


def still_on_benefit(scenario: Scenario) -> Floats:
    """Share on benefit after 0, 1, ... weeks by the mean intensities, without frailty and effects: for rough sums."""
    weeks = np.arange(scenario.weeks)
    total = np.zeros(scenario.weeks)
    for exit_ in scenario.exits.values():
        profile = (
            np.exp(exit_.duration.log_slope * np.minimum(weeks, exit_.duration.until_week)) if exit_.duration else 1.0
        )
        total += exit_.level * profile
    return np.exp(-np.concatenate(([0.0], np.cumsum(total)))[:-1])


def expected_load(scenario: Scenario, jobcentre: str) -> dict[str, tuple[Floats, Floats]]:
    """Cases, and minutes of talks asked for, by team and week of the run, reckoned from the means.

    Everybody follows the plan her arm begins with (plans that follow are left out); no-shows are called again. Where a
    team's limit keeps cases waiting, only its cases ask for talks.
    """
    weeks = scenario.weeks
    cases = {name: np.zeros(weeks) for name in scenario.teams}
    minutes = {name: np.zeros(weeks) for name in scenario.teams}
    stays, arrivals, intake = still_on_benefit(scenario), np.zeros(weeks), scenario.intake
    enter = scenario.persons()[jobcentre] * np.exp(-intake.leaves_before * intake.elapsed_weeks)
    arrivals[intake.from_week : intake.from_week + intake.weeks] = enter / intake.weeks
    teams = scenario.teams_of(jobcentre)
    before: list[tuple[Plan, str]] = []  # plans of talks that are asked for first, and who holds them
    for samtaler in scenario.by_kind(Samtaler).values():
        for plan in samtaler.plans.values():
            share = sum(scenario.arms[arm] for arm in plan.arms) / sum(scenario.arms.values()) * _levels(scenario, plan)
            own = teams[plan.team].done_by or plan.team
            team = teams[own]
            expected = share * np.convolve(arrivals, stays)[:weeks]
            cases[own] += expected if samtaler.caseworker else 0
            room = team.room() if team.at_limit == "wait" and samtaler.caseworker else np.inf
            has_case = np.minimum(1.0, room / np.maximum(expected, 1e-9))
            alone = _not_covered(scenario, plan, [other for other, holder in before if holder == own], weeks)
            for name, needed in _minutes_by_course_week(samtaler, plan, weeks).items():
                minutes[teams[name].done_by or name] += (
                    share * has_case * np.convolve(arrivals, needed * alone * stays)[:weeks]
                )
        before += [(plan, teams[plan.team].done_by or plan.team) for plan in samtaler.plans.values()]
    return {name: (cases[name], minutes[name]) for name in scenario.teams}


def _levels(scenario: Scenario, plan: Plan) -> float:
    """Share of ledige who have the levels that a plan is for."""
    shares = [sum(scenario.subgroups[name][level].share for level in levels) for name, levels in plan.levels.items()]
    return float(np.prod(shares))


def _not_covered(scenario: Scenario, plan: Plan, others: list[Plan], weeks: int) -> Floats:
    """Share of a plan's talks, by course week, that are not talks of these plans, held by the same team, as well."""
    alone = np.ones(weeks)
    for other in others:
        if set(plan.arms) & set(other.arms) and not plan.apart_from(other):
            both = _levels(scenario, other) if not plan.levels else 1.0
            alone -= both * np.array([other.talks_per_week(week) for week in range(weeks)])
    return np.maximum(alone, 0.0)


def _minutes_by_course_week(samtaler: Samtaler, plan: Plan, weeks: int) -> dict[str, Floats]:
    """Minutes per ledig in each week of the course, of the plan's team and of partners."""
    channel = samtaler.channels[plan.channel]
    listed = {talk.week: talk for talk in plan.talks or []}
    needed = {plan.team: np.zeros(weeks)}
    for week in range(weeks):
        talk = listed.get(week)
        length = mean(channel.minutes) if talk is None or talk.minutes is None else talk.minutes
        if plan.other_channel and week >= plan.other_channel.from_week:
            other = mean(samtaler.channels[plan.other_channel.channel].minutes)
            length += plan.other_channel.share * (other - length)
        length += samtaler.attendance.rebooking_minutes * (1 - channel.attendance)
        planned = plan.talks_per_week(week)
        calls = planned if planned >= 1 and not listed else planned / max(channel.attendance, 0.05)
        needed[plan.team][week] = calls * length
        if talk is not None and talk.partner is not None:
            needed.setdefault(talk.partner, np.zeros(weeks))[week] = calls * length
    return needed


def _overload(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    """Teams with too few minutes or too low a limit, the worst jobcentre named."""
    loads = {jobcentre: expected_load(scenario, jobcentre) for jobcentre in scenario.jobcentres}
    for name in scenario.teams:
        busy, full = [], []
        for jobcentre, load in loads.items():
            team = scenario.teams_of(jobcentre)[name]
            cases, minutes = load[name]
            week, there = int(minutes.argmax()), team.fte * team.minutes_per_week
            if minutes[week] > there or (cases.any() and not team.fte):
                sum_ = f"{minutes[week]:,.0f} minutes of talks asked for against {team.fte:g} full-time"
                sum_ += f" × {team.minutes_per_week} = {there:,.0f}"
                ratio = minutes[week] / there if there else np.inf
                said = f"utilisation {ratio:.2f} in week {week}" if there else "the team has no minutes at all"
                busy.append((ratio, f"{jobcentre}: {said}: {sum_}"))
            room, crowd = team.room(), int(cases.argmax())
            if team.fte and cases[crowd] > room and team.at_limit == "wait":
                sum_ = f"{cases[crowd]:.0f} cases against {team.fte:g} full-time × {team.caseload_limit}"
                full.append((cases[crowd] - room, f"{jobcentre}: {sum_} = {room:.0f} in week {crowd}"))
        if busy:
            yield f"{max(busy)[1]}; the queue cannot clear while this lasts{_others(busy)}", ("teams", name, "fte")
        if full:
            where: Path = ("teams", name, "caseload_limit")
            yield f"{max(full)[1]}; about {max(full)[0]:.0f} will be waiting for a caseworker{_others(full)}", where


def _others(found: list[tuple[float, str]]) -> str:
    return f" (and {len(found) - 1} more jobcentres)" if len(found) > 1 else ""


def _interventions(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    for name, intervention in scenario.interventions.items():
        for path, message in intervention.doubts(scenario):
            yield message, ("interventions", name, *path)


def _censoring(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    first, last = scenario.measured_weeks()
    seen, longest = scenario.weeks - last, scenario.weeks - first
    if seen < scenario.follow_up:
        beyond = f"of exits nothing is shown beyond week {longest}; " if longest < scenario.follow_up else ""
        yield (
            f"the last measured are seen for {seen} of {scenario.follow_up} weeks: {beyond}outcomes other than exits "
            f"count as if nothing happened after that. {last + scenario.follow_up} weeks would see all",
            ("weeks",),
        )
