"""The load of every team, computed from means before anything is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from simulation.interventions.samtaler.channel import Channel
from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.schema import Scenario
from simulation.world.frailty import frailty
from simulation.world.spec import Bools, Floats, mean
from simulation.world.staff.caseworkers import vacancy
from simulation.world.staff.teams import Team

ALIKE = 100
"""Groups of ledige of equal size and equal frailty, over which means are taken."""
Way = tuple[str, str | None]
"""How talks are held: channel, and the team that sits in."""
Table = tuple[str, str, str, str | None]
"""Who may sit at one table: by kind of talk and channel, the team that holds it, and the one that sits in."""


@dataclass
class Load:
    """One team of a jobcentre, by week of the run: its cases, the talks asked for (with new calls after no-shows), and
    the minutes for all of them. Partners have minutes only."""

    cases: Floats
    talks: Floats
    minutes: Floats


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
    """Share of the enrolled on benefit after 0, 1, ... weeks by the mean intensities and frailty, without effects: for
    rough sums."""
    elapsed = scenario.intake.elapsed_weeks
    weeks, stays = np.arange(elapsed + scenario.weeks), np.ones(scenario.weeks)
    for exit_ in scenario.exits.values():
        profile = np.ones(len(weeks))
        if exit_.duration:
            profile = np.exp(exit_.duration.log_slope * np.minimum(weeks, exit_.duration.until_week))
        used = exit_.level * np.concatenate(([0.0], np.cumsum(profile)))[:-1]
        brings = frailty(exit_.frailty, (np.arange(ALIKE) + 0.5) / ALIKE) if exit_.frailty else np.ones(1)
        left = np.exp(-used[:, None] * brings).mean(axis=1)
        stays *= left[elapsed:] / left[elapsed]
    return stays


def expected_load(scenario: Scenario, jobcentre: str) -> dict[str, Load]:
    """The load of every team of a jobcentre, computed from means.

    Everybody follows the plan that her arm begins with, then the plans after it. No-shows are called again. Those who
    come back from a job are left out. Where a team is full, only the cases that it has ask for its talks; cases that
    overflow ask the team that takes them. Group meetings are reckoned roughly: whoever is due is spread evenly over the
    desks of the team, and chance puts neither more nor fewer together (`_meetings`).
    """
    weeks = scenario.weeks
    loads = {name: Load(*np.zeros((3, weeks))) for name in scenario.teams}
    stays, arrivals, intake = still_on_benefit(scenario), np.zeros(weeks), scenario.intake
    enter = scenario.persons()[jobcentre] * np.exp(-intake.leaves_before * intake.elapsed_weeks)
    arrivals[intake.from_week : intake.from_week + intake.weeks] = enter / intake.weeks
    teams = scenario.teams_of(jobcentre)
    due_for: dict[Table, Floats] = {}  # group meetings: who is due for them
    before: list[tuple[Plan, str]] = []  # plans of talks that are asked for first, and who holds them
    for kind, samtaler in scenario.by_kind(Samtaler).items():
        for begun in (plan for plan in samtaler.plans.values() if plan.arms):
            share = sum(scenario.arms[a] for a in begun.arms) / sum(scenario.arms.values()) * _levels(scenario, begun)
            for plan, follow in _followed(samtaler, begun, weeks):
                team = teams[plan.team].done_by or plan.team
                expected = share * _by_week(arrivals, stays, follow)
                alone = _not_covered(scenario, begun, [other for other, holder in before if holder == team], weeks)
                asked = {
                    way: [share * _by_week(arrivals, per_ledig * alone * stays, follow) for per_ledig in needed]
                    for way, needed in _by_course_week(samtaler, plan, weeks).items()
                }
                for holder, part in _holders(teams, team, expected, samtaler.caseworker):
                    loads[holder].cases += part * expected if samtaler.caseworker else 0.0
                    held = np.minimum(1.0, _room(teams[holder]) / np.maximum(part * expected, 1e-9))
                    part_held = part * (held if samtaler.caseworker else 1.0)
                    for (channel_name, partner), (calls, minutes) in asked.items():
                        others = None if partner is None else teams[partner].done_by or partner
                        for to in (holder, *([others] if others else [])):
                            loads[to].talks += part_held * calls
                            loads[to].minutes += part_held * minutes
                        if samtaler.channels[channel_name].seats > 1:
                            table = kind, channel_name, holder, others
                            due_for[table] = due_for.get(table, np.zeros(weeks)) + part_held * calls
        before += [(plan, teams[plan.team].done_by or plan.team) for plan in samtaler.plans.values()]
    for (kind, channel_name, holder, others), due in due_for.items():
        channel = scenario.by_kind(Samtaler)[kind].channels[channel_name]
        for to in (holder, *([others] if others else [])):
            loads[to].minutes += _meetings(due, channel, teams[holder].desks()) * _of_each(channel)
    return loads


def _meetings(due: Floats, channel: Channel, desks: int) -> Floats:
    """Group meetings by week, if so many are due and evenly spread: at every desk that has somebody due as many as she
    needs seats for, one or more, unless they must wait for others. Where desks are one, meetings are full."""
    busy = np.minimum(due, desks)  # desks that have somebody due
    seats_taken = due / np.maximum(busy, 1e-9) / channel.seats
    at_each = np.ceil(seats_taken - 1e-9) if desks > 1 else np.maximum(seats_taken, 1.0)
    meetings: Floats = np.minimum(busy * at_each, due / channel.seats_min)
    return meetings


def _followed(samtaler: Samtaler, begun: Plan, weeks: int) -> Iterator[tuple[Plan, Bools]]:
    """The chain of plans, each with a mask of who follows it: shape (weeks of enrolment, course weeks)."""
    enrolled, course = np.arange(weeks)[:, None], np.arange(weeks)
    plan, follow = begun, np.ones((weeks, weeks), dtype=bool)
    while plan.then is not None:
        if plan.then.run_week is not None:
            over = enrolled + course >= plan.then.run_week
        else:
            over = np.broadcast_to(course >= (plan.then.course_week or 0), follow.shape)
        yield plan, follow & ~over
        plan, follow = samtaler.plans[plan.then.plan], follow & over
    yield plan, follow


def _by_week(arrivals: Floats, per_person: Floats, follow: Bools) -> Floats:
    """Sum by week of the run of an amount that everybody who follows a plan has: `per_person`, by course week."""
    totals = np.zeros(len(arrivals))
    for course_week, amount in enumerate(per_person):
        if amount:
            enrolled = slice(len(arrivals) - course_week)
            totals[course_week:] += amount * arrivals[enrolled] * follow[enrolled, course_week]
    return totals


def _room(team: Team) -> float:
    """Most cases that a team holds at once; no limit unless further cases wait (what overflows is taken off before)."""
    return team.room() if team.at_limit == "wait" else np.inf


def _holders(teams: Mapping[str, Team], team: str, expected: Floats, caseworker: bool) -> list[tuple[str, Floats]]:
    """The teams that have the cases, each with its share by week: this one, then those that the overflow goes to."""
    holders, rest, name = [], np.ones(len(expected)), team
    while caseworker and teams[name].at_limit == "overflow" and (to := teams[name].overflow_to) is not None:
        part = np.minimum(rest, teams[name].room() / np.maximum(expected, 1e-9))
        holders.append((name, part))
        rest, name = rest - part, teams[to].done_by or to
    return [*holders, (name, rest)]


def _levels(scenario: Scenario, plan: Plan) -> float:
    """Share of ledige who have the levels that a plan is for."""
    shares = [sum(scenario.subgroups[name][level].share for level in levels) for name, levels in plan.levels.items()]
    return float(np.prod(shares))


def _not_covered(scenario: Scenario, plan: Plan, others: list[Plan], weeks: int) -> Floats:
    """Share of a plan's talks, by course week, that are not also talks of the `others`, plans of the same team."""
    alone = np.ones(weeks)
    for other in others:
        if set(plan.arms) & set(other.arms) and not plan.apart_from(other):
            both = _levels(scenario, other) if not plan.levels else 1.0
            alone -= both * np.array([other.talks_per_week(week) for week in range(weeks)])
    return np.maximum(alone, 0.0)


def _by_course_week(samtaler: Samtaler, plan: Plan, weeks: int) -> dict[Way, tuple[Floats, Floats]]:
    """Calls and minutes per ledig in each week of the course, by channel and partner; without those of a group meeting,
    which are not hers but all of theirs."""
    listed = {talk.week: talk for talk in plan.talks or []}
    needed: dict[Way, tuple[Floats, Floats]] = {}
    for week in range(weeks):
        talk, planned = listed.get(week), plan.talks_per_week(week)
        own = plan.channel if talk is None else plan.listed_in(talk)
        shares = {own: 1.0}
        if (other := plan.other_channel) and week >= other.from_week and other.channel != own:
            shares = {own: 1 - other.share, other.channel: other.share}
        attendance = sum(share * samtaler.channels[name].attendance for name, share in shares.items())
        calls = planned if planned >= 1 and not listed else planned / max(attendance, 0.05)
        for name, share in shares.items():
            channel = samtaler.channels[name]
            length = samtaler.attendance.rebooking_minutes * (1 - attendance)
            if channel.seats == 1:
                length += _of_each(channel)
            if talk is not None and talk.minutes is not None and name == own:
                length += talk.minutes - mean(channel.minutes)
            way = name, talk.partner if talk is not None and channel.counts else None
            of_calls, of_minutes = needed.setdefault(way, (np.zeros(weeks), np.zeros(weeks)))
            of_calls[week], of_minutes[week] = calls * share, calls * share * length
    return needed


def _of_each(channel: Channel) -> float:
    """Minutes that a talk or meeting takes, with what is beside it."""
    return mean(channel.minutes) + channel.preparation_minutes + channel.documentation_minutes
