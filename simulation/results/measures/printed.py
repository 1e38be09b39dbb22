"""What a publisher prints of a benefit by calendar month, counted in the register by the definitions of Jobindsats.

A week is of the month of its Thursday. Persons, full-time persons and spells are three things: a person of a month was
on the benefit at the end of a week of it, or when it began; a full-time person is all its weeks on the benefit; a spell
goes on until a whole calendar month without the benefit, so it is a row of months in each of which there is a week on
the benefit, from the first of these weeks to the last. Who is enrolled begins a spell: a run knows no weeks before it.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.histories import held_and_remote
from simulation.results.names import ALLE, Figure, arm_groups
from simulation.results.printed import (
    ACTIVATION,
    AFTER,
    AGAIN,
    CLASSES,
    CONTACT,
    LASTED,
    OUT,
    SPELLS,
    class_name,
    suffixes,
)  # fmt: skip
from simulation.results.watched import LONG_TERM_WEEKS, YEAR_WEEKS, date_of
from simulation.scenario.schema import Scenario
from simulation.world import ledige
from simulation.world.ledige import GONE, LEDIG
from simulation.world.past import Past
from simulation.world.register import offer_of, status_of, talk_of
from simulation.world.spec import Bools, Floats, Ints, ratios
from simulation.world.weeks import weeks_between

QUARTER = 3
"""Months."""


class Month(NamedTuple):
    """Weeks of the run from `first` to before `end`, of the `length` that the month has."""

    text: str
    first: int
    end: int
    length: int

    @property
    def quarter(self) -> tuple[str, int]:
        """Its year, and which quarter of it."""
        return self.text[:4], (int(self.text[5:]) - 1) // QUARTER

    @property
    def whole(self) -> bool:
        """Whether the run has all weeks of it."""
        return self.end - self.first == self.length

    @property
    def weeks(self) -> slice:
        """Its weeks."""
        return slice(self.first, self.end)


def months_of(start: str, weeks: int) -> list[Month]:
    """The calendar months of a run of so many weeks from an ISO week on."""
    thursday = datetime.date.fromisocalendar(int(start[:4]), int(start[-2:]), 4)
    months: list[Month] = []
    for week in range(weeks):
        day = thursday + datetime.timedelta(weeks=week)
        text = f"{day.year}M{day.month:02}"
        if months and months[-1].text == text:
            months[-1] = months[-1]._replace(end=week + 1)
        else:
            earlier, days = (day.day - 1) // 7, calendar.monthrange(day.year, day.month)[1]
            months.append(Month(text, week, week + 1, earlier + 1 + (days - day.day) // 7))
    return months


class Planes(NamedTuple):
    """The register week by week: arrays of shape (weeks, people), but for `world` (people,). `status` is of the
    register; `on` tells who is on each benefit, "" of any; `hours` is None where nobody has a job."""

    status: Ints
    on: Mapping[str, Bools]
    talk: Bools
    remote: Bools
    offer: Bools
    hours: NDArray[np.uint8] | None
    world: Ints
    worlds: int

    @classmethod
    def of(cls, scenario: Scenario, world: Past) -> Planes:
        """The planes of a batch that has been run."""
        register = world.register
        status, talk = status_of(register.codes), talk_of(register.codes)
        on = {"": status == LEDIG}
        for number, name in enumerate(scenario.benefits, start=1):
            on[name] = on[""] if register.benefits is None else register.benefits == number
        held, remote = held_and_remote(register.channels, talk)
        offer, of_world = offer_of(register.codes) > 0, world.ledige.world.astype(np.intp)
        return cls(status, on, held, remote, offer, register.hours, of_world, world.jobcentres.worlds)


class Spells:
    """The spells on one benefit, month by month: arrays of shape (months, people). `active`: on the benefit at the end
    of a week of the month; where so, `begin` is the first week of the spell and `last` the last one so far."""

    def __init__(self, on: Bools, months: Sequence[Month]) -> None:
        self.on, self.months = on, months
        self.active = np.array([on[month.weeks].any(axis=0) for month in months])
        self.begin = np.zeros(self.active.shape, dtype=np.int16)
        self.last = np.zeros(self.active.shape, dtype=np.int16)
        for k, month in enumerate(months):
            first = month.first + on[month.weeks].argmax(axis=0)
            self.last[k] = month.end - 1 - on[month.weeks][::-1].argmax(axis=0)
            goes_on = self.active[k - 1] if k else np.zeros(on.shape[1], dtype=bool)
            self.begin[k] = np.where(goes_on, self.begin[k - 1], first) if k else first

    def begun(self, k: int) -> Bools:
        """Whose spell began in the month."""
        return np.asarray(self.active[k] & ~self.active[k - 1] if k else self.active[k])

    def ended(self, k: int) -> Bools | None:
        """Whose spell ended in the month; None where the next month is not over."""
        return self.active[k] & ~self.active[k + 1] if self._followed(k) else None

    def running(self, k: int) -> Bools | None:
        """Whose spell goes on after the month; None where the next month is not over."""
        return self.active[k] & self.active[k + 1] if self._followed(k) else None

    def lasted(self, k: int) -> Ints:
        """Weeks from the first to the last one in the month."""
        return np.asarray(self.last[k] - self.begin[k] + 1)

    def elapsed(self, k: int) -> Ints:
        """Weeks since the spell began, at the end of the month."""
        return np.asarray(self.months[k].end - self.begin[k])

    def _followed(self, k: int) -> bool:
        return k + 1 < len(self.months) and self.months[k + 1].whole


def of_the_month(on: Bools, month: Month) -> Bools:
    """Persons of a month: on the benefit at the end of a week of it, or when it began."""
    return np.asarray(on[max(month.first - 1, 0) : month.end].any(axis=0))


def long_term(on_any: Bools, month: Month) -> Bools | None:
    """Who was on benefit in so many of the last 52 weeks as make long-term ones; None where the run has not as many."""
    if month.end < YEAR_WEEKS:
        return None
    return np.asarray(on_any[month.end - YEAR_WEEKS : month.end].sum(axis=0) >= LONG_TERM_WEEKS)


def where_after(planes: Planes, week: Ints) -> Ints | None:
    """Status three months after a week of each; None where the run ends before, for somebody."""
    at = week.astype(np.intp) + AFTER
    if len(at) and at.max() >= len(planes.status):
        return None
    return planes.status[at, np.arange(planes.status.shape[1])]


class Counted(NamedTuple):
    """A figure by its name: the sum over people of `part`, or that by the sum of `of`; None where it is unknown."""

    name: str
    part: Bools | Ints | None
    of: Bools | Ints | None = None


def counted(scenario: Scenario, planes: Planes, benefit: str, spells: Spells, at: int) -> Iterator[Counted]:
    """What is printed of a benefit of the month of a week of the run, person by person."""
    on = planes.on[benefit]
    k = next(k for k, month in enumerate(spells.months) if at < month.end)
    if SPELLS in scenario.watched:
        yield from _spells(scenario, planes, spells, k)
    if CONTACT in scenario.watched:
        weeks = slice(spells.months[k].first, at + 1)
        elapsed, talks = at + 1 - spells.begin[k], talks_since(planes.talk & on, spells.begin[k], at)
        for first, end in CLASSES:
            there = on[at] & (elapsed > first) & (elapsed <= (end or len(on)))
            yield Counted(f"talks_{class_name((first, end))}", talks * there, there)
        held = (planes.talk & on)[weeks].sum(axis=0)
        yield Counted("talks_remote", (planes.remote & on)[weeks].sum(axis=0), held)
    if ACTIVATION in scenario.watched:
        weeks = slice(spells.months[k].first, at + 1)
        offered = on[weeks] & planes.offer[weeks]
        there = np.asarray(on[weeks].any(axis=0))
        yield Counted("activation_touched", np.asarray(offered.any(axis=0)), there)
        yield Counted("activation_degree", offered.sum(axis=0), on[weeks].sum(axis=0))
        yield Counted("activation_hours", with_hours(planes, on, weeks), there)


def talks_since(talk: Bools, begin: Ints, at: int) -> Ints:
    """Talks of each from a week of her own up to this one."""
    found = np.zeros(talk.shape[1], dtype=np.int32)
    for week in range(at + 1):
        found += talk[week] & (begin <= week)
    return found


def with_hours(planes: Planes, on: Bools, weeks: slice) -> Bools:
    """Who had paid hours in one of these weeks while on the benefit."""
    if planes.hours is None:
        return np.zeros(on.shape[1], dtype=bool)
    return np.asarray((on[weeks] & (planes.hours[weeks] > 0)).any(axis=0))


def _spells(scenario: Scenario, planes: Planes, spells: Spells, k: int) -> Iterator[Counted]:
    ended, running = spells.ended(k), spells.running(k)
    yield Counted("spells_begun", spells.begun(k) if spells.months[k].whole else None)
    yield Counted("spells_ended", ended)
    yield Counted("spells_running", running)
    yield Counted("spells_ended_weeks", None if ended is None else spells.lasted(k) * ended, ended)
    for weeks in LASTED:
        longer = None if ended is None else ended & (spells.lasted(k) > weeks)
        yield Counted(f"spells_ended_over_{weeks}", longer, ended)
        over = None if running is None else running & (spells.elapsed(k) > weeks)
        yield Counted(f"spells_over_{weeks}", over, running)
    yield from _afterwards(scenario, planes, spells, k)


def _afterwards(scenario: Scenario, planes: Planes, spells: Spells, k: int) -> Iterator[Counted]:
    """Where people are three months after the spells that ended in the quarter of a month."""
    quarter = [each for each, month in enumerate(spells.months) if month.quarter == spells.months[k].quarter]
    found = [(ended, where_after(planes, np.where(ended, spells.last[each], 0)))
             for each in quarter if (ended := spells.ended(each)) is not None]  # fmt: skip
    known = [(ended, after) for ended, after in found if after is not None]
    whole = len(known) == QUARTER and spells.months[quarter[0]].whole
    states = {AGAIN: LEDIG, OUT: ledige.OUT, **{name: GONE + e for e, name in enumerate(scenario.exits)}}
    for name, code in states.items():
        there = _times([ended & (after == code) for ended, after in known]) if whole else None
        yield Counted(f"spells_then_{name}", there, _times([ended for ended, _ in known]) if whole else None)


def _times(masks: Sequence[Bools]) -> Ints:
    """How often something holds, by person."""
    return np.asarray(np.sum(masks, axis=0, dtype=np.int32))


def printed(scenario: Scenario, world: Past) -> dict[Figure, Floats]:
    """What is printed of the months of `reports_at`, of everybody and of every arm, shape (worlds,)."""
    if not {SPELLS, CONTACT, ACTIVATION} & {*scenario.watched}:
        return {}
    planes, months = Planes.of(scenario, world), months_of(scenario.start, scenario.weeks)
    arm = world.ledige.arm
    groups = {ALLE: np.ones(len(arm), dtype=bool)}
    groups |= {group: np.isin(arm, arms) for group, arms in arm_groups(scenario).items()}

    def total(column: Bools | Ints | None, members: Bools) -> Floats:
        if column is None:
            return np.full(planes.worlds, np.nan)
        return np.bincount(planes.world[members], column[members], minlength=planes.worlds).astype(np.float64)

    figures: dict[Figure, Floats] = {}
    for benefit, end in suffixes(scenario).items():
        spells = Spells(planes.on[benefit], months)
        for week in scenario.reports_at:
            for each in counted(scenario, planes, benefit, spells, weeks_between(scenario.start, week)):
                for group, members in groups.items():
                    figure = Figure(f"report_{date_of(week)}_{each.name}{end}", group)
                    part = total(each.part, members)
                    figures[figure] = part if each.of is None else ratios(part, total(each.of, members))
    return figures
