"""What is written down every week: one code per person, and who was at work; and what is counted (counts.py).

The weekly register is the only thing that outcomes about people are computed from, so that an outcome is what a
register would show, by its definition, and not something measured inside the process. A code is a 16-bit number:

    bits 0-3   status (not enrolled yet, on benefit, out after a job, at destination k: in a job there, or for good)
    bits 4-8   the offer the ledig is in, 0 for none (the interventions that mark offers, numbered from 1)
    bits 9-15  the week's talk: 0 none, 7 called but did not come (udeblivelse), others held by that channel
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.world.benefits import codes_of
from simulation.world.beskaeftigelse import Jobs
from simulation.world.counts import Counts
from simulation.world.ledige import Ledige
from simulation.world.spec import NEVER, Floats, Ints, firsts
from simulation.world.staff.cases import Staff
from simulation.world.staff.caseworkers import NOT_AWAY

EXIT = "exit_"
"""Prefix of the name under which exits to a destination are counted."""
PASSED = "passed_to_"
"""... under which it is counted who has passed to a benefit."""
NO_SHOW = 7
MAX_CHANNELS = 30
MAX_TALK = 127
MAX_OFFERS = 31
OFFER_AT, TALK_AT = 4, 9  # bits
OF_STAFF = (
    "minutes_used", "minutes", "minutes_of_desk", "cases", "waiting", "paid", "absent", "covered", "vacant",
    "cases_of_desk", "filled", "gone",
)  # fmt: skip
"""What a register has of staff: lists with an array for each week."""


class Channel(NamedTuple):
    """What a code of a talk means: whether it counts as a held talk, whether it is the ordinary way to hold one, and
    whether they meet in person."""

    counts: bool
    ordinary: bool
    in_person: bool = True


NO_CHANNEL = Channel(counts=False, ordinary=True)


def first_code(before: int, channels: int) -> int:
    """The code of the first of some channels, where so many codes are used before: that of a no-show is no channel's,
    and the channels of one intervention have codes in a row."""
    return NO_SHOW + 1 if before < NO_SHOW <= before + channels else before + 1


class Layout(NamedTuple):
    """Where staff may be: full-time staff of each team row, the team row of each desk and of each post, and the desk
    of each post."""

    fte: Floats
    team_of_desk: Ints
    team_of_post: Ints
    desk_of_post: Ints

    @classmethod
    def joined(cls, parts: Sequence[Layout]) -> Layout:
        """Teams, desks and posts of all parts, one after the other."""
        teams = firsts([len(part.fte) for part in parts])
        desks = firsts([len(part.team_of_desk) for part in parts])
        return cls(
            np.concatenate([part.fte for part in parts]),
            np.concatenate([part.team_of_desk + first for part, first in zip(parts, teams, strict=True)]),
            np.concatenate([part.team_of_post + first for part, first in zip(parts, teams, strict=True)]),
            np.concatenate([part.desk_of_post + first for part, first in zip(parts, desks, strict=True)]),
        )


class Register(Counts):
    """The weekly register of a batch, and its weekly counts.

    `codes` has shape (weeks, rows); `hours` too, if the scenario has job spells, else None, and `benefits` (the number
    of the benefit that each is on, from 1; 0: on none), if it has several, else None. `minutes_used`, `minutes`
    (there), `cases`, `waiting` (for a caseworker), and of full-time staff `paid`, `absent`, `covered` and `vacant`
    have one array per week with one number per team row.
    """

    def __init__(self, weeks: int, ledige: Ledige, jobs: Jobs | None, staff: Staff, arms: int, jobcentres: int) -> None:
        super().__init__(weeks, ledige, staff, arms, jobcentres)
        self.jobs = jobs
        self.offer = np.zeros(len(ledige), dtype=np.uint8)  # the offer each is in now
        self.talk = np.zeros(len(ledige), dtype=np.uint8)  # the talk of this week
        self.codes = np.zeros((weeks, len(ledige)), dtype=np.uint16)
        self.hours = np.zeros((weeks, len(ledige)), dtype=np.uint8) if jobs else None
        self.benefits = None if ledige.benefit is None else np.zeros((weeks, len(ledige)), dtype=np.uint8)
        self.channels: list[Channel] = []  # of all talks; the first one has code 1
        self.minutes_used: list[NDArray[np.int64]] = []
        self.minutes: list[NDArray[np.int64]] = []
        self.minutes_of_desk: list[NDArray[np.int64]] = []
        self.cases: list[NDArray[np.int64]] = []
        self.waiting: list[NDArray[np.int64]] = []
        self.paid: list[Floats] = []
        self.absent: list[Floats] = []
        self.covered: list[Floats] = []
        self.vacant: list[Floats] = []
        self.cases_of_desk: list[NDArray[np.int64]] = []
        self.filled: list[Floats] = []  # full-time staff in filled posts, by desk
        self.gone: list[Floats] = []  # 1 for a vacant post
        posts = staff.caseworkers.team
        self.layout = Layout(staff.fte, staff.team_of_desk, posts, staff.desk_of_post)

    def close(self) -> None:
        """Nothing more is written: what that needed is let go."""
        del self.ledige, self.staff, self.jobs, self.cell, self.offer, self.talk

    @classmethod
    def joined(
        cls,
        parts: Sequence[Register],
        codes: NDArray[np.uint16],
        hours: NDArray[np.uint8] | None,
        benefits: NDArray[np.uint8] | None,
    ) -> Register:
        """The registers of all parts (closed), one after the other; the planes by person are joined already."""
        whole = cls.__new__(cls)
        whole.take_in(parts)
        whole.codes, whole.hours, whole.benefits = codes, hours, benefits
        whole.channels = parts[0].channels
        for name in OF_STAFF:
            weeks = zip(*(getattr(part, name) for part in parts), strict=True)
            setattr(whole, name, [np.concatenate(week) for week in weeks])
        whole.layout = Layout.joined([part.layout for part in parts])
        return whole

    def record(self, week: int) -> None:
        """Write down the week that ends."""
        staff = self.staff
        self._add_up(week)
        code = self.talk.astype(np.uint16)
        code <<= TALK_AT - OFFER_AT
        code |= self.offer
        code <<= OFFER_AT
        code |= self.ledige.status
        self.codes[week] = code
        if self.hours is not None and self.jobs is not None:
            self.hours[week] = self.jobs.hours
        if self.benefits is not None:
            self.benefits[week] = codes_of(self.ledige)
        self.talk.fill(0)
        teams = len(staff.fte)
        used = np.bincount(staff.team_of_desk, staff.minutes - staff.desk_minutes_left, minlength=teams)
        self.minutes_used.append(used.astype(np.int64))
        self.cases.append(staff.cases_of_team())
        waiting = staff.waiting[staff.since.take(staff.waiting) != NEVER]
        self.waiting.append(np.bincount(staff.team_row(waiting), minlength=teams))
        self._record_posts(week)

    def _record_posts(self, week: int) -> None:
        """Who is at work, and the cases of every desk."""
        staff = self.staff
        self.cases_of_desk.append(staff.cases.copy())
        self.minutes_of_desk.append(staff.minutes)
        posts, teams = staff.caseworkers, len(staff.fte)
        columns = (self.filled, self.gone, self.paid, self.absent, self.covered, self.vacant)
        if self.paid and not posts.change and posts.changed_in != week:  # the same as last week
            self.minutes.append(self.minutes[-1] if staff.season is None else self._minutes_of_teams())
            for column in columns:
                column.append(column[-1])
            return
        self.minutes.append(self._minutes_of_teams())
        self.filled.append(staff.filled())
        self.gone.append((posts.vacant | ~posts.exists).astype(float))
        self.paid.append(posts.paid())
        away = (posts.away != NOT_AWAY) & ~posts.vacant
        for column, mask in zip(columns[3:], (away, posts.covered, posts.vacant), strict=True):
            column.append(np.asarray(np.bincount(posts.team, posts.fte * mask, minlength=teams), dtype=np.float64))

    def _minutes_of_teams(self) -> NDArray[np.int64]:
        staff = self.staff
        return np.bincount(staff.team_of_desk, staff.minutes, minlength=len(staff.fte)).astype(np.int64)

    @property
    def caseload(self) -> NDArray[np.float32]:
        """Cases per full-time caseworker of every post, NaN where it is vacant: shape (weeks, posts)."""
        cases, filled = np.array(self.cases_of_desk, dtype=np.float64), np.array(self.filled)
        load = np.full(cases.shape, np.nan)
        np.divide(cases, filled, out=load, where=filled > 0)
        return np.where(np.array(self.gone) > 0, np.nan, load[:, self.layout.desk_of_post]).astype(np.float32)


def status_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Status part of register codes."""
    return codes & np.uint16(15)


def offer_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Offer part of register codes."""
    return (codes >> np.uint16(OFFER_AT)) & np.uint16(MAX_OFFERS)


def talk_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Talk part of register codes."""
    return (codes >> np.uint16(TALK_AT)) & np.uint16(MAX_TALK)
