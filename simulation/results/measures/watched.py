"""Measured from the register: what trials watched, and what is told at dates (`results/watched.py` says what it is)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from simulation.results.measures.histories import Histories, measured_rows
from simulation.results.measures.incidence import incidence_by_world
from simulation.results.names import ALLE, Figure, Group, arm_groups
from simulation.results.watched import (
    LONG_TERM_WEEKS,
    NEVER_SEEN,
    NEVER_SEEN_STAYING,
    YEAR_WEEKS,
    date_of,
    stock_names,
)
from simulation.scenario.schema import Scenario
from simulation.scenario.shown import HALF_A_YEAR
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import Bools, Floats, Ints, ratios
from simulation.world.weeks import first_of_month, weeks_between


class Flow(NamedTuple):
    """By week and world, shape (weeks, worlds): who was on benefit when the week began or came in it, who left in it,
    and how many weeks on benefit the spells had that ended so."""

    stock: Floats
    left: Floats
    weeks_of_left: Floats

    def of(self, weeks: slice) -> tuple[Floats, Floats, Floats]:
        """The sums over some weeks, shape (worlds,)."""
        stock, left, weeks_of_left = (each[weeks].sum(axis=0) for each in self)
        return stock, left, weeks_of_left


def flow_of(on_benefit: Bools, comes: Bools, seen: Bools, world: Ints, worlds: int) -> Flow:
    """The flow through benefit of people whose states are known week by week: arrays of shape (weeks, people), but for
    `world` (people,). `comes` tells who is enrolled in a week."""
    found = np.zeros((3, len(on_benefit), worlds))
    so_far = np.zeros(len(world), dtype=np.int32)
    for week, on in enumerate(on_benefit):
        there = (comes[week] | on_benefit[week - 1] if week else comes[week]) & seen[week]
        left = np.flatnonzero(there & ~on)
        found[0, week] = np.bincount(world[there], minlength=worlds)
        found[1, week] = np.bincount(world[left], minlength=worlds)
        found[2, week] = np.bincount(world[left], so_far[left], minlength=worlds)
        so_far = np.where(on, so_far + 1, 0)
    return Flow(*found)


def watched_of(scenario: Scenario, group: Group, people: Histories) -> dict[Figure, Floats]:
    """The indicators of a group, by week since enrolment and over the follow-up."""
    figures: dict[Figure, Floats] = {}
    if {"exits_of_stock", "completed_spells"} & {*scenario.watched}:
        comes = np.zeros_like(people.on_benefit)
        comes[0] = True
        flow = flow_of(people.on_benefit, comes, people.seen, people.world, people.worlds)
        stock, left, weeks = flow.of(slice(None))
        if "exits_of_stock" in scenario.watched:
            figures[Figure("stock_exit_share", group)] = ratios(left, stock)
            by_week = enumerate(ratios(flow.left, flow.stock))
            figures |= {Figure("stock_exit_share", group, week): share for week, share in by_week}
        if "completed_spells" in scenario.watched:
            figures[Figure("completed_spells", group)] = left
            figures[Figure("completed_weeks", group)] = ratios(weeks, left)
    if "never_seen" in scenario.watched:
        never = ~np.logical_or.reduce(people.talk[:HALF_A_YEAR])
        stays = np.logical_and.reduce(people.on_benefit[:HALF_A_YEAR])
        figures[Figure(NEVER_SEEN, group)] = people.mean(never, people.seen[HALF_A_YEAR - 1])
        figures[Figure(NEVER_SEEN_STAYING, group)] = people.mean(never, stays)
    for name, exits in scenario.together.items():
        shares = incidence_by_world(people, people.seen.sum(axis=0), len(scenario.exits), scenario.follow_up)
        some = shares[:, [k for k, each in enumerate(scenario.exits) if each in exits]].sum(axis=1)
        figures[Figure(f"together_{name}", group)] = some[:, -1]
        figures |= {Figure(f"together_{name}", group, week): some[:, week] for week in range(1, some.shape[1])}
    return figures | (_success(scenario, group, people) if scenario.success else {})


def makeup(scenario: Scenario, group: Group, people: Histories, of_level: Bools) -> dict[Figure, Floats]:
    """Who of the people at each destination is `of_level`, in the weeks of states_at."""
    figures = {}
    for week in scenario.states_at:
        for k, name in enumerate(scenario.exits):
            there = people.status[week - 1] == GONE + k
            figures[Figure(f"makeup_{name}", group, week)] = people.mean(of_level, there)
    return figures


def _success(scenario: Scenario, group: Group, people: Histories) -> dict[Figure, Floats]:
    """Ranked success in the weeks of states_at: whoever is in an earlier rank is in no later one."""
    reached = np.array([False] * GONE + [name in scenario.success for name in scenario.exits])
    offered = people.praktik if people.of_success is None else people.of_success
    figures = {}
    for week in scenario.states_at:
        seen, on_benefit = people.seen[week - 1], people.on_benefit[week - 1]
        rest = seen.copy()
        ranks = {
            "reached": reached[people.status[week - 1]],
            "part_time": on_benefit & people.employed[week - 1],
            "offer": on_benefit & offered[week - 1],
            "none": seen,
        }
        for rank, holds in ranks.items():
            figures[Figure(f"success_{rank}", group, week)] = people.mean(holds & rest, seen)
            rest &= ~holds
    return figures


def reports(scenario: Scenario, world: Past) -> dict[Figure, Floats]:
    """What is told at the dates of reports_at, of everybody and of every arm, shape (worlds,)."""
    if not scenario.reports_at:
        return {}
    ledige, status = world.ledige, status_of(world.register.codes)
    on_benefit = status == LEDIG
    comes = np.arange(len(status))[:, None] == ledige.entry
    measured = np.zeros(len(ledige.entry), dtype=bool)
    measured[measured_rows(scenario, world)] = True
    figures: dict[Figure, Floats] = {}
    groups = {ALLE: np.ones(len(measured), dtype=bool)}
    groups |= {group: np.isin(ledige.arm, arms) for group, arms in arm_groups(scenario).items()}
    for group, members in groups.items():
        of_world, worlds = ledige.world[members].astype(np.intp), world.jobcentres.worlds
        here = on_benefit[:, members]
        flow = flow_of(here, comes[:, members], np.ones_like(here), of_world, worlds)
        for date, weeks in _periods(scenario):
            at = weeks.stop - 1
            known = measured[members] & (ledige.entry[members] <= at)
            number = np.bincount(of_world[known], minlength=worlds)
            for name, holds in _states(scenario, world, status[at, members], at, members).items():
                many = np.bincount(of_world[known & holds], minlength=worlds)
                figures[Figure(f"report_{date}_{name}", group)] = ratios(many, number)
            stock, left, spent = flow.of(weeks)
            on = np.bincount(of_world[here[at]], minlength=worlds).astype(np.float64)
            figures[Figure(f"report_{date}_stock", group)] = on
            figures[Figure(f"report_{date}_exit_share", group)] = ratios(left, stock)
            figures[Figure(f"report_{date}_completed_weeks", group)] = ratios(spent, left)
        if "stock" in scenario.watched:
            on_each = {"": here} | _by_benefit(scenario, world, members)
            figures |= dict(_stock(scenario, group, on_each, of_world, worlds))
    return figures


def _by_benefit(scenario: Scenario, world: Past, members: Bools) -> dict[str, Bools]:
    """Who of some is on each benefit, by week of the run."""
    if world.register.benefits is None:
        return {}
    on = world.register.benefits[:, members]
    return {name: on == number for number, name in enumerate(scenario.benefits, start=1)}


def _stock(
    scenario: Scenario, group: Group, on_each: Mapping[str, Bools], of_world: Ints, worlds: int
) -> Iterator[tuple[Figure, Floats]]:
    """Persons of the month and the long-term share at each date, on all benefits together and on each."""
    for week in scenario.reports_at:
        at, first = weeks_between(scenario.start, week), weeks_between(scenario.start, first_of_month(week))
        for name, (persons, long_term) in stock_names(scenario, week).items():
            on = on_each[name]
            ever = on[max(first - 1, 0) : at + 1].any(axis=0)
            yield Figure(persons, group), np.bincount(of_world[ever], minlength=worlds).astype(np.float64)
            many = on_each[""][max(at + 1 - YEAR_WEEKS, 0) : at + 1].sum(axis=0) >= LONG_TERM_WEEKS
            long = np.bincount(of_world[on[at] & many], minlength=worlds)
            share = ratios(long, np.bincount(of_world[on[at]], minlength=worlds))
            yield Figure(long_term, group), share if at + 1 >= YEAR_WEEKS else np.full(worlds, np.nan)


def _periods(scenario: Scenario) -> Iterator[tuple[str, slice]]:
    """The dates as names have them, and the weeks of the run from the last one to each."""
    first = 0
    for week in scenario.reports_at:
        end = weeks_between(scenario.start, week) + 1
        yield date_of(week), slice(first, end)
        first = end


def _states(scenario: Scenario, world: Past, status: Ints, week: int, members: Bools) -> dict[str, Bools]:
    """Who of some is where at the end of a week of the run."""
    states = {"benefit": LEDIG, "out": OUT, **{name: GONE + k for k, name in enumerate(scenario.exits)}}
    found = {name: status == code for name, code in states.items()}
    if world.register.benefits is not None:
        on = world.register.benefits[week][members]
        found |= {name: on == number for number, name in enumerate(scenario.benefits, start=1)}
    return found
