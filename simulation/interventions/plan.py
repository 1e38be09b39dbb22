"""Contact plans: in which weeks of the course a ledig is due for a talk, with whom, and what comes after the plan.

Esbjerg plans eleven talks in listed weeks, På rette vej i job one every week; both become one *timetable*, a table
over course weeks, so that finding the next talk is a look-up and not a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from simulation.interventions.contract import Effects
from simulation.world.booking import NO_TEAM
from simulation.world.draws import Draws
from simulation.world.spec import NOT_PLANNED, Ids, Ints, Minutes, Share, Spec, WeekDistribution, Weeks, unit

COURSE_WEEKS = 2048
"""Course weeks that a timetable is laid out for; the last row holds for all later ones."""
NO_PLAN = 255


class Interval(Spec):
    """From this course week on, the next talk is due so many weeks after a held one."""

    from_week: Weeks = 0
    weeks: Annotated[int, unit("weeks", "Weeks from one held talk to the next", ge=1, le=520)]


class Talk(Spec):
    """One talk of a list."""

    week: Annotated[int, unit("weeks", "Course week in which it is due", ge=0, le=1040)]
    minutes: Annotated[
        Minutes | None, Field(description="Minutes if held in its own channel; absent: the channel's")
    ] = None
    channel: Annotated[str | None, Field(description="Channel; absent: the plan's")] = None
    partner: Annotated[str | None, Field(description="Team that must sit in: a joint talk")] = None
    self_booked: Annotated[bool, Field(description="The ledig must book it herself")] = False


class OtherChannel(Spec):
    """Part of the talks is held in another way from some week on."""

    channel: str
    from_week: Weeks
    share: Share


class Then(Spec):
    """The plan that follows, from a week of the course or of the run; the caseworker changes with the team."""

    plan: str
    course_week: Annotated[int | None, unit("weeks", ge=0, le=2000)] = None
    run_week: Annotated[int | None, unit("weeks", ge=0, le=2000)] = None

    @model_validator(mode="after")
    def _one_of(self) -> Then:
        if (self.course_week is None) == (self.run_week is None):
            raise ValueError("give exactly one of course_week and run_week")
        return self


class Plan(Spec):
    """Talks by interval (`every`) or by list (`talks`)."""

    arms: Annotated[list[str], Field(description="Arms whose ledige begin on this plan")] = []
    levels: Annotated[
        dict[str, list[str]],
        Field(description="Only those with one of these levels of a characteristic; absent: everybody of the arms"),
    ] = {}
    team: Annotated[str, Field(description="Team that has the cases")]
    channel: Annotated[str, Field(description="Ordinary channel")]
    first_week: Annotated[
        WeekDistribution, Field(description="Course week of the first talk (with `every`)", validate_default=True)
    ] = {1: 1.0}
    every: Annotated[list[Interval] | None, Field(min_length=1)] = None
    talks: Annotated[list[Talk] | None, Field(min_length=1)] = None
    other_channel: OtherChannel | None = None
    in_offer: Annotated[str | None, Field(description="Channel while in an offer; absent: no change")] = None
    in_state: Annotated[
        dict[str, str], Field(description="Channel while in the state that an intervention keeps, by intervention")
    ] = {}
    not_in: Annotated[list[str], Field(description="No talks while in the states that these interventions keep")] = []
    until_week: Annotated[
        int | None, unit("weeks", "Course week from which no talk is due any more; absent: none such", ge=1, le=2000)
    ] = None
    statutory_weeks: Annotated[
        int | None, unit("weeks", "Longest lawful time without a talk (priority statutory_first)", ge=1, le=520)
    ] = None
    self_booking: Annotated[
        Share, Field(description="Chance in a week that a ledig books a self-booked talk that is due")
    ] = 1.0
    announcement: Annotated[
        Effects, Field(description="Factor on exit intensities from enrolment to the first held talk (threat)")
    ] = {}
    then: Then | None = None

    @model_validator(mode="after")
    def _every_or_talks(self) -> Plan:
        if (self.every is None) == (self.talks is None):
            raise ValueError("give exactly one of every (intervals) and talks (a list)")
        weeks = [i.from_week for i in self.every or []] or [t.week for t in self.talks or []]
        if sorted(set(weeks)) != weeks:
            raise ValueError(f"weeks must rise from one entry to the next (they are {weeks})")
        if self.every and self.every[0].from_week != 0:
            raise ValueError("the first interval must begin in week 0")
        return self

    def apart_from(self, other: Plan) -> bool:
        """Whether no ledig can begin on both, because of a characteristic of hers."""
        return any(not set(self.levels[name]) & set(other.levels[name]) for name in self.levels.keys() & other.levels)

    def talks_per_week(self, week: int) -> float:
        """Talks planned per ledig in this course week, for the arithmetic of `check`."""
        if self.talks is not None:
            return float(week in {talk.week for talk in self.talks})
        intervals = [i for i in self.every or [] if i.from_week <= week < (self.until_week or NOT_PLANNED)]
        return 1.0 / intervals[-1].weeks if intervals and week >= min(self.first_week) else 0.0


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
