"""A team's talks as a flow: what share of them finds time in its week with so much staff, without a run.

Those enrolled in a week are a quantity that shrinks as they leave. Mandag, teams take cases up to their limit, the
longest waiting first; fredag, minutes go to the overdue and then to what falls due. A talk that is late puts off the
next one, as in a run. Luck makes demand differ from desk to desk and week to week: as if normal, with the
variance of who is there and due. Left out are offers, states, effects, other teams, and that a queue remembers luck.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from simulation.interventions.samtaler.settings import Samtaler
from simulation.scenario.expected_talks import Followed, Talking, first_due
from simulation.world.spec import NOT_PLANNED, Floats


@dataclass(frozen=True)
class Stream:
    """Those who follow one plan of a team: `share` of all who are enrolled, of whose talks `alone` (by course week) are
    not talks of another kind as well. `after` is the number of the stream that they come from within the same team."""

    samtaler: Samtaler
    follows: Followed
    share: float
    alone: Floats
    after: int | None = None


@dataclass(frozen=True)
class Hands:
    """What a team of so much staff has, each of shape (staffings,): desks, minutes of a desk in a week with their
    standard deviation, and room for cases; `there` is the chance that a talk finds anybody at her desk. `random`: how
    many come in a week is chance, too. In a week there is this share of the minutes (`season`, shape (weeks,))."""

    desks: Floats
    minutes: Floats
    sd: Floats
    room: Floats
    season: Floats
    there: float = 1.0
    random: bool = False


def shares_in_time(streams: Sequence[Stream], arrivals: Floats, stays: Floats, hands: Hands) -> tuple[Floats, Floats]:
    """Talks that found time in the week in which they fell due, and talks that fell due (and were booked), over the
    run: each of shape (staffings,). `arrivals` are by week of the run, `stays` by course week."""
    return _shares(pickle.dumps((streams, arrivals, stays, hands)))


@lru_cache(maxsize=256)  # scenarios on top of the same base mostly ask the same; the pickle is all that is asked
def _shares(asked: bytes) -> tuple[Floats, Floats]:
    flow = _Flow(*pickle.loads(asked))
    for week in range(flow.weeks):
        flow.take_cases(week)
        flow.hold_talks(week)
    for shares in (flow.in_time, flow.fell_due):  # everybody who asks the same is given these very arrays
        shares.setflags(write=False)
    return flow.in_time, flow.fell_due


class _Flow:
    """Arrays have shape (staffings, streams, weeks of enrolment): parts of who is still there that are a case
    (`cases`), that are (`overdue`), and that will be due in a coming week (`ring`, a first axis of weeks)."""

    def __init__(self, streams: Sequence[Stream], arrivals: Floats, stays: Floats, hands: Hands) -> None:
        weeks, self.enrolled = len(stays), np.flatnonzero(arrivals)
        self.hands, self.stays, self.weeks = hands, stays, weeks
        self.arriving = arrivals[self.enrolled]
        self.columns = np.arange(len(self.enrolled))
        talking = [Talking(stream.samtaler, stream.follows.plan, weeks) for stream in streams]
        self.minutes, self.squares, self.comes, self.books = (
            np.array([getattr(each, what) for each in talking]) for what in ("minutes", "squares", "comes", "books")
        )
        self.listed = np.array([each.listed for each in talking])
        self.gap = np.array([each.gap for each in talking])
        self.begins = np.array([stream.follows.begins[self.enrolled] for stream in streams])
        self.ends = np.array([stream.follows.ends[self.enrolled] for stream in streams])
        self.until = np.array([[stream.follows.plan.until_week or NOT_PLANNED] for stream in streams])
        self.first = np.array([first_due(stream.follows, weeks)[:, self.enrolled] for stream in streams])
        self.so_far = np.cumsum(self.first, axis=1)
        self.alone = np.array([stream.alone for stream in streams])
        self.share = np.array([stream.share for stream in streams])[:, None]
        self.of_cases = np.array([stream.samtaler.caseworker for stream in streams])[:, None]
        self.after = [stream.after for stream in streams]
        staffings = len(hands.desks)
        shape = (staffings, len(streams), len(self.enrolled))
        self.cases, self.overdue = np.zeros(shape), np.zeros(shape)
        self.cases_before = self.cases
        self.ring = np.zeros((int(self.gap.max(initial=1)) + 1, *shape))
        asked = self.enrolled + np.minimum(self.begins, weeks)
        self.order = np.argsort(asked.ravel(), kind="stable")  # who asks for a caseworker first
        self.in_time, self.fell_due = np.zeros(staffings), np.zeros(staffings)

    def take_cases(self, week: int) -> None:
        """mandag: new cases while there is room; who was due already is overdue."""
        course = np.clip(week - self.enrolled, 0, self.weeks - 1)
        self.on_it = (self.begins <= week - self.enrolled) & (week - self.enrolled < self.ends)
        self.persons = self.share * self.arriving * self.stays[course] * self.on_it
        self.overdue *= self.on_it
        self.cases *= self.on_it
        for number, before in enumerate(self.after):
            if before is not None:  # a new plan of the same team
                begins = self.on_it[number] & (self.begins[number] == week - self.enrolled)
                self.cases[:, number] += begins * self.cases_before[:, before]
        self.cases = np.where(self.of_cases, self.cases, self.on_it)
        waiting = ((1 - self.cases) * self.persons).reshape(len(self.in_time), -1)[:, self.order]
        has = _sum(self.cases * self.persons * self.of_cases)
        room = np.maximum(self.hands.room - has, 0.0)[:, None]
        taken = np.zeros_like(waiting)
        ahead = np.cumsum(waiting, axis=1) - waiting
        taken[:, self.order] = np.minimum(np.maximum(room - ahead, 0.0), waiting)
        new = taken.reshape(self.cases.shape) / np.maximum(self.persons, 1e-12)
        gone_by = self.so_far[:, np.maximum(course - 1, 0), self.columns]
        self.overdue += new * np.where(course > 0, gone_by, 0.0)
        self.cases = np.minimum(self.cases + new, 1.0)
        self.cases_before = self.cases

    def hold_talks(self, week: int) -> None:
        """fredag: the overdue first, then whose talk falls due."""
        course = np.clip(week - self.enrolled, 0, self.weeks - 1)
        first = self.first[:, course, self.columns] * self.on_it
        planned = self.on_it & (week - self.enrolled < self.until)
        here, self.overdue = self.ring[week % len(self.ring)] * planned, self.overdue * planned
        fresh = here + first * self.cases
        self.ring[week % len(self.ring)] = 0.0
        listed = self.listed[:, course]
        fresh, self.overdue = fresh + listed * self.overdue, self.overdue * ~listed
        minutes, squares = self.minutes[:, course], self.squares[:, course]
        comes, books = self.comes[:, course], self.books[:, course]
        people = self.persons * self.alone[:, course]
        of_each = people / self.arriving  # chance to be there, and on the plan, of each who is enrolled
        late, new = books * self.overdue * of_each, books * fresh * of_each

        def asked(chance: Floats) -> Floats:
            """Minutes asked for."""
            return _sum(self.arriving * chance * minutes)

        def served(chance: Floats, mean: Floats) -> Floats:
            """Minutes of those asked for that are given."""
            less = 0.0 if self.hands.random else (chance * minutes) ** 2  # so many come, or about so many
            return self._served(week, mean, _sum(self.arriving * (chance * squares - less)))

        of_late, of_new, both = asked(late), asked(new), late + new
        for_late, for_all = served(late, of_late), served(both, asked(both))
        part_late, part_fresh = _part(for_late, of_late), _part(for_all - for_late, of_new)
        due = books * fresh * people
        called = books * (self.overdue * part_late + fresh * part_fresh)
        self.in_time += _sum(due * part_fresh)
        self.fell_due += _sum(due) + _sum(books * first * (1 - self.cases) * people)
        held = comes * called
        self.overdue = self.overdue + fresh - held
        for number, gaps in enumerate(self.gap[:, course]):
            for gap in {*gaps.tolist()} - {0}:
                after = self.ring[(week + gap) % len(self.ring)]
                after[:, number] += held[:, number] * (gaps == gap)

    def _served(self, week: int, asked: Floats, variance: Floats) -> Floats:
        """Minutes that are given on average if so many are asked for: of each desk min(asked, there)."""
        from scipy.special import ndtr

        hands, share = self.hands, float(self.hands.season[week])
        mean, sd = asked / hands.desks, np.sqrt(np.maximum(variance, 0.0) / hands.desks + (share * hands.sd) ** 2)
        z = (share * hands.minutes - mean) / np.maximum(sd, 1e-9)
        short = sd * (np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi) - z * ndtr(-z))
        return np.asarray(hands.there * hands.desks * np.clip(mean - short, 0.0, mean))


def _sum(amounts: Floats) -> Floats:
    """Sum over streams and weeks of enrolment, shape (staffings,)."""
    total: Floats = amounts.reshape(len(amounts), -1).sum(axis=1)
    return total


def _part(given: Floats, asked: Floats) -> Floats:
    """Part of what is asked for that is given, shape (staffings, 1, 1)."""
    return np.clip(given / np.maximum(asked, 1e-12), 0.0, 1.0)[:, None, None]
