"""What is written down every week: one code per person, and counts per jobcentre and arm.

The weekly register is the only thing that outcomes about people are computed from, so that an outcome is what a
register would show, by its definition, and not something measured inside the process. A code is a 16-bit number:

    bits 0-3   status (not enrolled yet, on benefit, out after a job, at destination k: in a job there, or for good)
    bits 4-7   the offer the ledig is in, 0 for none (the scenario's interventions, numbered from 1)
    bits 8-10  the week's talk: 0 none, 1 to 6 held by that channel, 7 called but did not come (udeblivelse)
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.world.beskaeftigelse import Jobs
from simulation.world.ledige import Ledige
from simulation.world.spec import NEVER, Floats, Ids, Ints
from simulation.world.staff.cases import Staff
from simulation.world.staff.caseworkers import NOT_AWAY

Names = tuple[tuple[str, ...], ...]

NO_SHOW = 7
MAX_CHANNELS = 6
MAX_OFFERS = 15


class Register:
    """The weekly register of a batch, and its weekly counts.

    `codes` has shape (weeks, rows); `hours` too, if the scenario has job spells, else None. `minutes_used`, `minutes`
    (there), `cases`, `waiting` (for a caseworker), and of full-time staff `paid`, `absent`, `covered` and `vacant`
    have one array per week with one number per team row.
    """

    def __init__(
        self, weeks: int, ledige: Ledige, jobs: Jobs | None, staff: Staff, arms: int, jobcentres: int
    ) -> None:
        self.ledige, self.jobs, self.staff = ledige, jobs, staff
        self.cells = jobcentres * arms
        self.cell = (ledige.jobcentre * arms + ledige.arm).astype(np.intp)  # bincount wants this type
        self.offer = np.zeros(len(ledige), dtype=np.uint8)  # the offer each is in now
        self.talk = np.zeros(len(ledige), dtype=np.uint8)  # the talk of this week
        self.codes = np.zeros((weeks, len(ledige)), dtype=np.uint16)
        self.hours = np.zeros((weeks, len(ledige)), dtype=np.uint8) if jobs else None
        self._names: dict[str, int] = {}  # of counts
        self._counted = np.zeros((weeks, 16, self.cells), dtype=np.int64)  # room for more names than there are
        self._pending: dict[bool, list[tuple[int, Ids, Ints | None]]] = {False: [], True: []}  # with weights or not
        self._tallied: dict[Names, NDArray[np.int64]] = {}
        self._of_teams: dict[str, NDArray[np.int64]] = {}
        self._of_desks: dict[str, NDArray[np.int64]] = {}
        self._teams_tallied: dict[Names, NDArray[np.int64]] = {}
        self._team_rows, self._one_team = len(staff.fte), len(staff.names) == 1
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

    @property
    def counts(self) -> dict[str, NDArray[np.int64]]:
        """Every weekly count by name, shape (weeks, worlds × jobcentres × arms)."""
        counts = {name: self._counted[:, number] for name, number in self._names.items()}
        for names, tallied in self._tallied.items():
            for fate, counted in enumerate(names):
                for name in counted:
                    counts[name] = counts.get(name, 0) + tallied[:, :, fate]
        return counts

    def count(self, week: int, name: str, ids: Ids, weights: Ints | None = None) -> None:
        """Add these ids (or their weights) to this week's count of this name, by jobcentre and arm.

        Neither array may be changed before the week ends.
        """
        number = self._names.setdefault(name, len(self._names))
        if len(ids):
            self._pending[weights is not None].append((number, ids, weights))

    def _add_up(self, week: int) -> None:
        """All counts of the week that ends, in one go: there are many, most of few people."""
        while len(self._names) > self._counted.shape[1]:
            self._counted = np.concatenate((self._counted, np.zeros_like(self._counted)), axis=1)
        kinds = len(self._names)
        for weighted, pending in self._pending.items():
            if not pending:
                continue
            ids = np.concatenate([ids for _, ids, _ in pending])
            count = np.array([number for number, _, _ in pending]).repeat([len(ids) for _, ids, _ in pending])
            weights = np.concatenate([w for _, _, w in pending if w is not None]) if weighted else None
            got = np.bincount(self.cell.take(ids) + count * self.cells, weights, minlength=kinds * self.cells)
            self._counted[week, :kinds] += got.astype(np.int64, copy=False).reshape(kinds, self.cells)
            pending.clear()

    def tally(self, week: int, ids: Ids, fates: Ints, names: Names) -> None:
        """Count ids by what became of them: fate i adds to each of the names `names[i]`."""
        kinds = len(names)
        if names not in self._tallied:
            self._tallied[names] = np.zeros((len(self.codes), self.cells, kinds), dtype=np.int64)
        got = np.bincount(self.cell.take(ids) * kinds + fates, minlength=self.cells * kinds)
        self._tallied[names][week] += got.reshape(self.cells, kinds)

    def tally_teams(self, week: int, desks: Ints, fates: Ints, names: Names) -> None:
        """The same by the teams whose desks these are; where a jobcentre has one team, its own counts tell."""
        if self._one_team:
            return
        kinds, rows = len(names), self.staff.team_of_desk.take(desks)
        if names not in self._teams_tallied:
            self._teams_tallied[names] = np.zeros((len(self.codes), self._team_rows, kinds), dtype=np.int64)
        got = np.bincount(rows * kinds + fates, minlength=self._team_rows * kinds)
        self._teams_tallied[names][week] += got.reshape(self._team_rows, kinds)

    def count_teams(self, week: int, name: str, rows: Ints, weights: Ints | None = None) -> None:
        """Add to this week's count of this name by team row: one for each of the rows, or its weight."""
        if name not in self._of_teams:
            self._of_teams[name] = np.zeros((len(self.codes), self._team_rows), dtype=np.int64)
        if len(rows):
            self._of_teams[name][week] += np.bincount(rows, weights, minlength=self._team_rows).astype(np.int64)

    def add_of_teams(self, week: int, name: str, amounts: NDArray[np.int64]) -> None:
        """The same, from what there is of every desk."""
        self.count_teams(week, name, self.staff.team_of_desk, amounts)

    def add_of_desks(self, week: int, name: str, amounts: NDArray[np.int64]) -> None:
        """Add to this week's count of this name what there is of every desk."""
        if name not in self._of_desks:
            self._of_desks[name] = np.zeros((len(self.codes), len(amounts)), dtype=np.int64)
        self._of_desks[name][week] += amounts

    def of_desks(self, name: str, there_are: int) -> NDArray[np.int64]:
        """A weekly count by desk, shape (weeks, desks)."""
        return self._of_desks.get(name, np.zeros((len(self.codes), there_are), dtype=np.int64))

    @property
    def team_counts(self) -> dict[str, NDArray[np.int64]]:
        """Every weekly count of teams by name, shape (weeks, team rows)."""
        counts, tallies = dict(self._of_teams), self._teams_tallied
        if self._one_team:  # jobcentre × arm becomes jobcentre
            shape = (len(self.codes), self._team_rows, -1)
            tallies = {
                names: tallied.reshape(*shape, len(names)).sum(axis=2) for names, tallied in self._tallied.items()
            }
        for names, tallied in tallies.items():
            for fate, counted in enumerate(names):
                for name in counted:
                    counts[name] = counts.get(name, 0) + tallied[:, :, fate]
        return counts

    def counted_so_far(self, name: str) -> int:
        """Sum of a count over everything so far (of `count`, not of `tally`)."""
        return int(self._counted[:, self._names[name]].sum()) if name in self._names else 0

    def record(self, week: int) -> None:
        """Write down the week that ends."""
        staff = self.staff
        self._add_up(week)
        code = self.talk.astype(np.uint16)
        code <<= 4
        code |= self.offer
        code <<= 4
        code |= self.ledige.status
        self.codes[week] = code
        if self.hours is not None and self.jobs is not None:
            self.hours[week] = self.jobs.hours
        self.talk.fill(0)
        teams = len(staff.fte)
        used = np.bincount(staff.team_of_desk, staff.minutes - staff.left, minlength=teams)
        self.minutes_used.append(used.astype(np.int64))
        self.cases.append(staff.cases_of_team())
        waiting = staff.waiting[staff.since.take(staff.waiting) != NEVER]
        self.waiting.append(np.bincount(staff.team_row(waiting), minlength=teams))
        self._record_posts()

    def _record_posts(self) -> None:
        """Who is at work, and the cases of every desk."""
        staff = self.staff
        self.cases_of_desk.append(staff.cases.copy())
        self.minutes_of_desk.append(staff.minutes)
        posts, teams = staff.caseworkers, len(staff.fte)
        who = (self.filled, self.gone, self.paid, self.absent, self.covered, self.vacant)
        if self.paid and not posts.change:  # the same as last week
            self.minutes.append(self.minutes[-1])
            for column in who:
                column.append(column[-1])
            return
        self.minutes.append(np.bincount(staff.team_of_desk, staff.minutes, minlength=teams).astype(np.int64))
        self.filled.append(staff.filled())
        self.gone.append(posts.vacant.astype(float))
        self.paid.append(posts.paid())
        away = (posts.away != NOT_AWAY) & ~posts.vacant
        for column, mask in zip(who[3:], (away, posts.covered, posts.vacant), strict=True):
            column.append(np.asarray(np.bincount(posts.team, posts.fte * mask, minlength=teams), dtype=np.float64))

    @property
    def caseload(self) -> NDArray[np.float32]:
        """Cases per full-time caseworker of every post, NaN where it is vacant: shape (weeks, posts)."""
        cases, filled = np.array(self.cases_of_desk, dtype=np.float64), np.array(self.filled)
        load = np.full(cases.shape, np.nan)
        np.divide(cases, filled, out=load, where=filled > 0)
        return np.where(np.array(self.gone) > 0, np.nan, load[:, self.staff.desk_of_post]).astype(np.float32)


def status_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Status part of register codes."""
    return codes & np.uint16(15)


def offer_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Offer part of register codes."""
    return (codes >> np.uint16(4)) & np.uint16(15)


def talk_of(codes: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Talk part of register codes."""
    return (codes >> np.uint16(8)) & np.uint16(7)
