"""How much staff has time for a given share of the talks in the week in which they fall due.

Reckoned in two ways. From what a run asked for, as a queue of minutes at every desk (`in_time`, `smallest`): first what
is left over and new calls of those who stayed away, then what falls due. Where a run was short of staff it asked for
less than it would have; there, and before any run, from the plans, as a flow without luck (`expected_staff`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.expected_load import Alike, Expected, at_work
from simulation.scenario.expected_talks import not_covered, share_of
from simulation.scenario.fluid import Hands, Stream, shares_in_time
from simulation.scenario.schema import Scenario
from simulation.scenario.staff_by_week import by_week, typical
from simulation.world.spec import Floats
from simulation.world.staff.teams import Team

LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99)
MOST = 64.0
"""Largest multiple of the present staff that is tried."""
STEPS = 30
ROUGH = 0.1
"""How far the staff reckoned from plans may lie from what a sweep finds: relative, where effects, returns from jobs and
talks that offers and states replace do little. Held by tests on scenarios of all sizes."""
ROUGH_IN_SEASON = 0.2
"""The same where staff has holidays: what is late after one is put off in a run, and asks for less than is reckoned, so
that the error is of too much staff."""
TRIED = np.linspace(0.1, 1.3, 32)
"""Staffings that are tried, against those with which nothing is ever late."""


def rough(scenario: Scenario) -> float:
    """How far the staff reckoned from plans may lie from what a sweep finds in this scenario: relative."""
    return ROUGH if scenario.season is None or scenario.season.minutes is None else ROUGH_IN_SEASON


def in_time(minutes_there: Floats, fresh: Floats, again: Floats, times: Floats) -> Floats:
    """Share of the minutes that fell due for which there is time in the same week, with `times` as many minutes.

    Minutes have shape (weeks, replications, desks); `times` and the answer (levels, replications).
    """
    left_over, minutes_in_time = np.zeros((*times.shape, minutes_there.shape[2])), np.zeros(times.shape)
    before = np.concatenate((np.zeros_like(again[:1]), again[:-1]))  # who stayed away asks again the week after
    room, of_room, each_time = np.empty_like(left_over), np.empty_like(left_over), times[:, :, None]
    for at_desk, due, stayed_away in zip(minutes_there, fresh, before, strict=True):  # called for every staffing tried
        np.multiply(at_desk, each_time, out=room)
        room -= left_over
        room -= stayed_away
        np.minimum(np.maximum(room, 0.0, out=of_room), due, out=of_room)
        minutes_in_time += np.add.reduce(of_room, axis=2)
        np.maximum(np.subtract(due, room, out=left_over), 0.0, out=left_over)
    asked = fresh.sum(axis=(0, 2))
    shares: Floats = np.divide(minutes_in_time, asked, out=np.full(minutes_in_time.shape, np.nan), where=asked > 0)
    return shares


def smallest(
    minutes_there: Floats, fresh: Floats, again: Floats, asked: Sequence[float] = LEVELS, most: float = MOST,
    steps: int = STEPS,
) -> Floats:  # fmt: skip
    """The smallest multiple of the staff, `most` at the most, that reaches each of the levels asked for, by bisection:
    shape (levels, replications); NaN where none does."""
    levels, shape = np.array(asked)[:, None], (len(asked), minutes_there.shape[1])
    low, high = np.zeros(shape), np.full(shape, most)
    within_reach = in_time(minutes_there, fresh, again, high) >= levels
    for _ in range(steps):
        middle = (low + high) / 2
        enough = in_time(minutes_there, fresh, again, middle) >= levels
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return np.asarray(np.where(within_reach, high, np.nan), dtype=np.float64)


def expected_staff(
    scenario: Scenario, team: str, jobcentres: Sequence[str], expected: Expected | None = None
) -> Floats:
    """Full-time staff of a team for each of LEVELS, in all these jobcentres, reckoned from plans: shape (levels,).

    The share is of all talks that fall due where nothing is late, so that who waits for a caseworker, and for whom no
    further talk falls due meanwhile, is in it. Every jobcentre keeps its share of the staff. NaN where it cannot be
    reckoned: no talks, no staff now, cases that overflow to other teams, teams that take turns, several benefits, or a
    level that no amount of staff reaches.
    """
    expected = expected or Expected(scenario)
    alike: dict[Alike, list[str]] = {}
    for jobcentre in jobcentres:
        alike.setdefault(expected.alike(jobcentre), []).append(jobcentre)
    asked = team, tuple((each, len(group)) for each, group in alike.items())
    if asked not in expected.staff:
        expected.staff[asked] = _reckoned(scenario, team, list(alike.values()), expected)
    return expected.staff[asked]


def _reckoned(scenario: Scenario, team: str, alike: Sequence[Sequence[str]], expected: Expected) -> Floats:
    """The same, of groups of jobcentres that are alike."""
    teams_of = {group[0]: scenario.teams_of(group[0]) for group in alike}
    overflows = any(each.at_limit == "overflow" for teams in teams_of.values() for each in teams.values())
    plans = (plan for samtaler in scenario.by_kind(Samtaler).values() for plan in samtaler.plans.values())
    if overflows or scenario.benefits or any(plan.turns for plan in plans):
        return np.full(len(LEVELS), np.nan)
    flows = [
        (_flow(scenario, group[0], team, expected), len(group))
        for group in alike
        if scenario.persons()[group[0]] and (own := typical(scenario, group[0], team)).fte and own.minutes_per_week
    ]
    flows = [(flow, number) for flow, number in flows if flow.streams]
    if not flows:
        return np.full(len(LEVELS), np.nan)
    times = TRIED * max(flow.plenty / flow.team.fte for flow, _ in flows)
    held, fell_due = np.zeros((2, len(times)))
    for flow, number in flows:
        found, due = flow.shares(times * flow.team.fte, expected)
        held, fell_due = held + number * found, fell_due + number * due
    shares = np.maximum.accumulate(held / max(float(fell_due[-1]), 1e-9))  # of what falls due if nothing is late
    fte = times * sum(flow.team.fte * number for flow, number in flows)
    levels = np.array(LEVELS)
    return np.where(levels <= shares[-1] + 1e-9, np.interp(levels, shares, fte), np.nan)


class _Flow(NamedTuple):
    """A team of one jobcentre, who follows its plans, how many are enrolled by week, staff with which nothing is ever
    late, and the share of its minutes that there is in each week of the run."""

    team: Team
    streams: list[Stream]
    arrivals: Floats
    plenty: float
    season: Floats

    def shares(self, fte: Floats, expected: Expected) -> tuple[Floats, Floats]:
        """As `shares_in_time`, at so much staff."""
        team, part = self.team, at_work(self.team)
        posts = np.full(len(fte), float(team.caseworkers)) if team.caseworkers else np.maximum(np.ceil(fte), 1.0)
        room = fte * team.caseload_limit if team.at_limit == "wait" else np.full(len(fte), np.inf)
        desks = posts if team.desks() > 1 and team.substitution != "busy" else np.ones(len(fte))
        minutes, sd = fte * team.minutes_per_week / desks, np.zeros(len(fte))
        there = part if team.desks() > 1 and team.substitution == "none" else 1.0  # nobody stands in
        if there == 1.0:
            sd = fte * team.minutes_per_week / posts * np.sqrt(posts * part * (1 - part)) / desks
            minutes = minutes * part
        random = expected.scenario.intake.arrivals == "random"
        hands = Hands(desks, minutes, sd, room, self.season, there, random)
        return shares_in_time(self.streams, self.arrivals, expected.stays, hands)


def _flow(scenario: Scenario, jobcentre: str, name: str, expected: Expected) -> _Flow:
    teams, weeks, streams = scenario.teams_of(jobcentre), scenario.weeks, list[Stream]()
    before: list[tuple[Samtaler, Plan, str]] = []
    for samtaler in scenario.by_kind(Samtaler, jobcentre).values():
        plans = {key: plan for key, plan in samtaler.plans.items() if plan.begun_in(jobcentre)}
        for plan_name, begun in ((key, plan) for key, plan in plans.items() if plan.arms):
            for part, chain in expected.chains(samtaler, plan_name, jobcentre):
                after = None
                for follows, _ in chain:
                    holder = teams[follows.plan.team].done_by or follows.plan.team
                    if holder != name:
                        after = None
                        continue
                    others = [(earlier, other) for earlier, other, team in before if team == holder]
                    alone = not_covered(scenario, begun, others, weeks)
                    streams.append(Stream(samtaler, follows, part * share_of(scenario, begun), alone, after))
                    after = len(streams) - 1
        before += [(samtaler, plan, teams[plan.team].done_by or plan.team) for plan in plans.values()]
    load, team = expected.load(jobcentre)[name], typical(scenario, jobcentre, name)
    minutes = by_week(scenario, jobcentre, name, lambda its: its.fte * its.minutes_per_week)
    there = team.fte * team.minutes_per_week
    season = expected.season * (minutes / there if there else 1.0)
    open_ = season > 0  # where nobody works no staff is enough
    busiest = float(((load.due + load.again)[open_] / season[open_]).max(initial=0.0))
    plenty = busiest / (team.minutes_per_week * at_work(team))
    if team.at_limit == "wait":
        plenty = max(plenty, float(load.wanted.max()) / max(team.caseload_limit, 1))
    return _Flow(team, streams, expected.arrivals(jobcentre), plenty, season)
