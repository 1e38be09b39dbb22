"""Outcomes by month since referral, as a register by months would show them: staggered intake, and an end of the data.

Month m covers the weeks from 52 m / 12 to 52 (m + 1) / 12 (rounded down) after the week of referral; month 0 is that
of the referral. A ledig counts in a month only if all of it lies before the end of the run (administrative
censoring), so late months rest on those who were referred early. *Employed* is one paid hour or more, in a job or
beside benefit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np

from simulation.results.measures.outcomes import stacked
from simulation.results.names import ALLE, Figure, Group, arm_groups
from simulation.scenario.schema import Scenario
from simulation.world.ledige import LEDIG
from simulation.world.register import status_of
from simulation.world.spec import MONTH, NEVER, Bools, Floats, Ids, Ints
from simulation.world.world import World


def begins(month: int) -> int:
    """First week of a month since referral."""
    return 52 * month // 12


def by_month(scenario: Scenario, world: World) -> dict[Figure, Floats]:
    """Outcomes by month of a batch, shape (worlds,); none if not asked for."""
    if scenario.months_from is None:
        return {}
    first_referral, ledige = world.referred[scenario.months_from], world.ledige
    figures_by_world: list[dict[Figure, float]] = []
    for number in range(world.jobcentres.worlds):
        rows = np.flatnonzero((ledige.world == number) & (first_referral != NEVER))
        referred, arm = first_referral[rows].astype(np.int64), ledige.arm[rows]
        groups = {ALLE: arm >= 0} | {group: np.isin(arm, arms) for group, arms in arm_groups(scenario).items()}
        figures_by_world.append({})
        for group, members in groups.items():
            figures_by_world[-1].update(_of_group(scenario, world, group, rows[members], referred[members]))
    return stacked(figures_by_world)


def _of_group(scenario: Scenario, world: World, group: Group, rows: Ids, since: Ints) -> Iterator[tuple[Figure, float]]:
    hours, status = world.register.hours, status_of(world.register.codes)
    weeks = len(status)
    at_referral, person_months, hours_worked = np.zeros(len(rows), dtype=bool), 0, 0.0
    of_all = float("nan")  # employed in month 0, the month of referral
    ever = np.zeros(len(rows), dtype=bool)
    for week in range(weeks):
        referred_by_then = since <= week
        if hours is not None:
            ever[referred_by_then] |= hours[week, rows[referred_by_then]] > 0
    for month in count():
        start, end = begins(month), begins(month + 1)
        seen = np.flatnonzero(since + end <= weeks)
        if len(seen) == 0:
            break
        who, begin = rows[seen], since[seen]
        yield Figure("observed_month", group, month), float(len(seen))
        last = status[begin + end - 1, who]
        yield Figure("benefit_month", group, month), _share(last == LEDIG)
        in_job = scenario.employed(last)
        yield Figure("job_month", group, month), _share(in_job)
        yield Figure("elsewhere_month", group, month), _share((last != LEDIG) & ~in_job)
        if hours is None:
            continue
        worked: Floats = sum((hours[begin + week, who].astype(float) for week in range(start, end)), np.zeros(len(who)))
        employed = worked > 0
        if month == 0:
            at_referral[seen] = employed
            of_all = _share(employed)
        yield Figure("employed_month", group, month), _share(employed)
        yield Figure("employed_net_month", group, month), _share(employed) - of_all
        yield Figure("employed_net_same_month", group, month), _share(employed) - _share(at_referral[seen])
        in_month = worked[employed] * MONTH / (end - start)
        yield Figure("hours_month", group, month), float(in_month.mean()) if len(in_month) else float("nan")
        if month:
            person_months, hours_worked = person_months + len(in_month), hours_worked + float(in_month.sum())
    if hours is not None:
        yield Figure("ever_employed", group), _share(ever)
        yield Figure("hours_employed", group), hours_worked / person_months if person_months else float("nan")


def _share(mask: Bools) -> float:
    return float(mask.mean()) if len(mask) else float("nan")
