"""Timetable: all plans as tables over course weeks, so that finding the next talk is a look-up and not a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.samtaler.plan import Plan
from simulation.world.draws import Draws
from simulation.world.spec import NOT_PLANNED, Ids, Ints
from simulation.world.staff.desks import NO_TEAM

COURSE_WEEKS = 2048
"""Course weeks that a timetable is laid out for; the last row holds for all later ones."""


NO_PLAN = 255


class Timetable:
    """Look-up tables of all plans, shape (plans, COURSE_WEEKS); course weeks beyond the last are read as the last.

    `next`     course week of the talk after one that is done with in this course week (NOT_PLANNED: none)
    `latest`   course week of the last listed talk up to this course week (-1: none, or talks by interval)
    `item`     number of that talk in its list
    `channel`, `minutes`, `partner`, `self_booked`   of the talk due in this course week
    """

    def __init__(self, plans: Sequence[Plan], channels: Sequence[str], teams: Sequence[str]) -> None:
        shape = (len(plans), COURSE_WEEKS)
        self.next = np.full(shape, NOT_PLANNED, dtype=np.int16)
        self.latest = np.full(shape, -1, dtype=np.int16)
        self.item = np.zeros(shape, dtype=np.int16)
        self.channel = np.zeros(shape, dtype=np.int8)
        self.minutes = np.full(shape, -1, dtype=np.int32)
        self.partner = np.full(shape, NO_TEAM, dtype=np.int16)
        self.self_booked = np.zeros(shape, dtype=bool)
        for p, plan in enumerate(plans):
            self.channel[p] = list(channels).index(plan.channel)
            for interval in plan.every or []:
                weeks = np.arange(interval.from_week, COURSE_WEEKS)
                self.next[p, interval.from_week :] = weeks + interval.weeks
            for i, talk in enumerate(plan.talks or []):
                self.latest[p, talk.week :] = talk.week
                self.item[p, talk.week :] = i
                self.partner[p, talk.week] = NO_TEAM if talk.partner is None else list(teams).index(talk.partner)
                self.self_booked[p, talk.week] = talk.self_booked
                if talk.minutes is not None:
                    self.minutes[p, talk.week] = talk.minutes
                if talk.channel is not None:
                    self.channel[p, talk.week] = list(channels).index(talk.channel)
            for talk in reversed(plan.talks or []):
                self.next[p, : talk.week] = talk.week
            if plan.until_week is not None:
                self.next[p, self.next[p] >= plan.until_week] = NOT_PLANNED
        plain = [plan.every and len(plan.every) == 1 and plan.until_week is None for plan in plans]
        gaps = [plan.every[0].weeks if plan.every and one else 0 for plan, one in zip(plans, plain, strict=True)]
        self.steady = gaps[0] if len(set(gaps)) == 1 else 0  # weeks between talks, if that is all there is to know
        self._first = [{plan.talks[0].week: 1.0} if plan.talks else plan.first_week for plan in plans]

    def first(self, plan: int, draws: Draws, week: int, ids: Ids, luck: str = "") -> NDArray[np.int64]:
        """Course week of the first talk of these ids, who begin on this plan in this week."""
        return draws.value(self._first[plan], f"{luck}first talk", week, ids)

    def look_up(self, table: NDArray[Any], plan: Ints, course_week: Ints) -> NDArray[Any]:
        """Entries of one of the tables, shape of `plan`."""
        row = plan.astype(np.intp) * COURSE_WEEKS
        return table.ravel().take(row + np.minimum(course_week, COURSE_WEEKS - 1))
