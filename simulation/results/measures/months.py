"""Outcomes by month as a register by months would show them: staggered intake, and an end of the data.

Months are counted since referral, of those referred, as publishers do; and beside that since enrolment, of everybody
who is measured, so that who was never referred, or left before, is in them. Month m covers the weeks from 52 m / 12 to
52 (m + 1) / 12 (rounded down) after the week in which counting begins; month 0 is that in which it does. A ledig counts
in a month only if all of it lies before the end of the run (administrative censoring), so late months rest on those who
came early. *Employed* is one paid hour or more, in a job or beside benefit.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

import numpy as np

from simulation.results.measures.histories import Worlds, measured_rows
from simulation.results.monthly import since_enrolment
from simulation.results.names import ALLE, Figure, Group, arm_groups
from simulation.scenario.schema import Scenario
from simulation.scenario.words import ENROLMENT
from simulation.world.ledige import LEDIG
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import MONTH, NEVER, Bools, Floats, Ids, Ints, ratios


def begins(month: int) -> int:
    """First week of a month."""
    return 52 * month // 12


class Counted(NamedTuple):
    """Whose months are counted, and from which week of the run on; arrays of shape (people,)."""

    rows: Ids
    since: Ints


def by_month(scenario: Scenario, world: Past) -> dict[Figure, Floats]:
    """Outcomes by month of a batch, shape (worlds,); none if not asked for."""
    if scenario.months_from is None:
        return {}
    figures: dict[Figure, Floats] = {}
    if scenario.months_from != ENROLMENT:
        week = world.referred[scenario.months_from]
        referred = np.flatnonzero(week != NEVER)
        figures |= _of_all(scenario, world, Counted(referred, week[referred]))
    enrolled = measured_rows(scenario, world)
    of_enrolled = _of_all(scenario, world, Counted(enrolled, world.ledige.entry[enrolled]))
    return figures | {f._replace(outcome=since_enrolment(f.outcome)): values for f, values in of_enrolled.items()}


def _of_all(scenario: Scenario, world: Past, who: Counted) -> dict[Figure, Floats]:
    """The outcomes of everybody who is counted, and of each arm."""
    arm = world.ledige.arm[who.rows]
    groups = {ALLE: arm >= 0} | {group: np.isin(arm, arms) for group, arms in arm_groups(scenario).items()}
    figures: dict[Figure, Floats] = {}
    for group, members in groups.items():
        of_group = Counted(who.rows[members], who.since[members].astype(np.int64))
        figures.update(_of_group(scenario, world, group, of_group))
    return figures


def _of_group(scenario: Scenario, world: Past, group: Group, who: Counted) -> Iterator[tuple[Figure, Floats]]:
    rows, since = who
    hours, status = world.register.hours, status_of(world.register.codes)
    weeks, worlds = len(status), world.jobcentres.worlds
    people = Worlds(worlds, weeks, world.ledige.world[rows])
    at_first, ever = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    person_months, hours_worked = np.zeros(worlds), np.zeros(worlds)
    of_all = np.full(worlds, np.nan)  # employed in month 0
    hours_by_month: list[Floats] = []
    if hours is not None:
        for week in range(weeks):
            begun = since <= week
            ever[begun] |= hours[week, rows[begun]] > 0
    for month in count():
        start, end = begins(month), begins(month + 1)
        seen = np.flatnonzero(since + end <= weeks)
        if len(seen) == 0:
            break
        who_is_seen, begin = rows[seen], since[seen]
        those = Worlds(worlds, weeks, people.world[seen])
        number = those.number()

        def share(mask: Bools, those: Worlds = those, number: Floats = number) -> Floats:
            return ratios(those.number(mask), number)

        yield Figure("observed_month", group, month), np.where(number > 0, number, np.nan)
        last = status[begin + end - 1, who_is_seen]
        yield Figure("benefit_month", group, month), share(last == LEDIG)
        in_job = scenario.employed(last)
        yield Figure("job_month", group, month), share(in_job)
        yield Figure("elsewhere_month", group, month), share((last != LEDIG) & ~in_job)
        if hours is None:
            continue
        worked: Floats = np.zeros(len(seen))
        for week in range(start, end):
            worked += hours[begin + week, who_is_seen]
        employed = worked > 0
        if month == 0:
            at_first[seen] = employed
            of_all = share(employed)
        yield Figure("employed_month", group, month), share(employed)
        yield Figure("employed_net_month", group, month), share(employed) - of_all
        yield Figure("employed_net_same_month", group, month), share(employed) - share(at_first[seen])
        in_month, having = worked[employed] * MONTH / (end - start), those.number(employed)
        spans = Worlds(worlds, weeks, those.world[employed]).spans
        total = np.array([float(in_month[span].sum()) for span in spans])
        hours_by_month.append(ratios(total, having))
        yield Figure("hours_month", group, month), hours_by_month[-1]
        yield Figure("hours_half_month", group, month), np.mean(hours_by_month[(month + 1) // 2 :], axis=0)
        if month:
            person_months, hours_worked = person_months + having, hours_worked + total
    if hours is not None:
        yield Figure("ever_employed", group), people.mean(ever)
        yield Figure("hours_employed", group), ratios(hours_worked, person_months)
