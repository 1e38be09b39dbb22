"""Counts: what happened in every week, by jobcentre and arm, by team, and by desk.

What may be counted is declared before the run, so that a misspelt count is an error and not a 0 somewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.world.ledige import Ledige
from simulation.world.names import Name, common
from simulation.world.spec import Ids, Ints
from simulation.world.staff.cases import Staff
from simulation.world.waits import Waits


@dataclass(frozen=True, eq=False)
class Fates:
    """What may become of what was asked for: for each fate the counts that it adds to."""

    counts: tuple[tuple[Name, ...], ...]

    def __len__(self) -> int:
        return len(self.counts)


class Counts:
    """The weekly counts of a batch."""

    def __init__(self, weeks: int, ledige: Ledige, staff: Staff, arms: int, jobcentres: int) -> None:
        self.weeks, self.ledige, self.staff = weeks, ledige, staff
        self.cells = jobcentres * arms
        self.cell = (ledige.jobcentre * arms + ledige.arm).astype(np.intp)  # bincount wants this type
        self.declared: set[Name] = set()
        # by the outcome that is the mean of those who were served
        self.waits: dict[Name, Waits] = {common("wait_caseworker"): staff.waits}
        self._numbers: dict[Name, int] = {}  # of counts, as they first come up
        self._counted = np.zeros((0, 0, self.cells), dtype=np.int64)
        self._pending = (_Pending(), _Pending())  # counts of this week, without weights and with them
        self._tallied: dict[Fates, NDArray[np.int64]] = {}
        self._of_teams: dict[Name, NDArray[np.int64]] = {}
        self._of_desks: dict[Name, NDArray[np.int64]] = {}
        self.talks: dict[Name, NDArray[np.int64]] = {}
        """Held talks by intervention and channel, each of shape (weeks, desks)."""
        self._teams_tallied: dict[Fates, NDArray[np.int64]] = {}
        self._team_rows, self._one_team = len(staff.fte), len(staff.names) == 1
        self._desks = len(staff.cases)

    def take_in(self, parts: Sequence[Counts]) -> None:
        """The counts of all parts, whose rows, jobcentres, teams and desks stand one after the other."""
        self.weeks, self.cells = parts[0].weeks, sum(part.cells for part in parts)
        self.declared = set().union(*(part.declared for part in parts))
        self.waits = {name: Waits.joined([part.waits[name] for part in parts]) for name in parts[0].waits}
        counted = _side_by_side([part.counts for part in parts], [part.cells for part in parts], self.weeks)
        self._numbers = {name: number for number, name in enumerate(counted)}
        self._counted = np.stack(list(counted.values()), axis=1)
        self._tallied, self._teams_tallied, self._one_team = {}, {}, False
        self._team_rows = sum(teams := [part._team_rows for part in parts])
        self._of_teams = _side_by_side([part.team_counts for part in parts], teams, self.weeks)
        self._desks = sum(desks := [part._desks for part in parts])
        self.talks = _side_by_side([part.talks for part in parts], desks, self.weeks)
        self._of_desks = _side_by_side([part._of_desks for part in parts], desks, self.weeks)

    def counting(self, intervention: str, counts: Iterable[str]) -> Counting:
        """Declare the counts of an intervention ("": of none); returns the object that counts them."""
        counting = Counting(self, intervention, counts)
        self.declared |= set(counting.names.values())
        return counting

    @property
    def counts(self) -> dict[Name, NDArray[np.int64]]:
        """Every weekly count that came up, shape (weeks, worlds × jobcentres × arms)."""
        counts = {name: self._counted[:, number] for name, number in self._numbers.items()}
        return _with_fates(counts, self._tallied)

    def number_of(self, name: Name) -> int:
        """The number of a count, which has come up from now on."""
        return self._numbers.setdefault(name, len(self._numbers))

    def add(self, number: int, ids: Ids, weights: Ints | None) -> None:
        """Add these ids (or their weights) to the count of this number, by jobcentre and arm.

        It is of the week that ends next, when all is added up; until then neither array may be changed.
        """
        pending = self._pending[weights is not None]
        pending.numbers.append(number)
        pending.ids.append(ids)
        if weights is not None:
            pending.weights.append(weights)

    def _add_up(self, week: int) -> None:
        """All counts of the week that ends, in one go: there are many, most of few people."""
        if not len(self._counted):  # now everybody has declared what may be counted
            self._counted = np.zeros((self.weeks, len(self.declared), self.cells), dtype=np.int64)
        kinds = len(self._numbers)
        of_all = []
        for pending in self._pending:
            if pending.ids:
                place = self.cell.take(np.concatenate(pending.ids))
                place += np.repeat(np.array(pending.numbers) * self.cells, [len(ids) for ids in pending.ids])
                weights = np.concatenate(pending.weights) if pending.weights else None
                sums = np.bincount(place, weights, minlength=kinds * self.cells)
                of_all.append(sums.astype(np.int64, copy=False))
        if of_all:  # written once, since a page of memory costs when it is first read as well
            self._counted[week, :kinds] = sum(of_all[1:], start=of_all[0]).reshape(kinds, self.cells)
        self._pending = (_Pending(), _Pending())

    def tally(self, week: int, ids: Ids, became: Ints, fates: Fates) -> None:
        """Count ids by what became of each, the number of one of the fates. Raises Undeclared."""
        kinds = len(fates)
        if fates not in self._tallied:
            if unknown := {name for names in fates.counts for name in names} - self.declared:
                raise Undeclared(f"{', '.join(sorted(name.what for name in unknown))} are counted, but not declared")
            self._tallied[fates] = np.zeros((self.weeks, self.cells, kinds), dtype=np.int64)
        place = self.cell.take(ids)
        place *= kinds
        place += became
        self._tallied[fates][week] += np.bincount(place, minlength=self.cells * kinds).reshape(self.cells, kinds)

    def tally_teams(self, week: int, desks: Ints, became: Ints, fates: Fates) -> None:
        """The same by team, given the desks. Where jobcentres have one team each, their own counts are used instead."""
        if self._one_team:
            return
        kinds, rows = len(fates), self.staff.team_of_desk.take(desks)
        if fates not in self._teams_tallied:
            self._teams_tallied[fates] = np.zeros((self.weeks, self._team_rows, kinds), dtype=np.int64)
        sums = np.bincount(rows * kinds + became, minlength=self._team_rows * kinds)
        self._teams_tallied[fates][week] += sums.reshape(self._team_rows, kinds)

    def count_teams(self, week: int, name: Name, rows: Ints, weights: Ints | None = None) -> None:
        """Add to this week's count of this name by team row: one for each of the rows, or its weight."""
        if name not in self._of_teams:
            self._of_teams[name] = np.zeros((self.weeks, self._team_rows), dtype=np.int64)
        if len(rows):
            self._of_teams[name][week] += np.bincount(rows, weights, minlength=self._team_rows).astype(np.int64)

    def held(self, week: int, intervention: str, channels: Sequence[str], desks: Ints, channel: int | Ints) -> None:
        """Talks of an intervention are held with ledige of these desks, in the channels of these numbers (one number:
        all in it)."""
        if isinstance(channel, int):
            self._held(week, Name(intervention, channels[channel]), np.bincount(desks, minlength=self._desks))
            return
        sums = np.bincount(desks * len(channels) + channel, minlength=self._desks * len(channels))
        for name, of_channel in zip(channels, sums.reshape(self._desks, -1).T, strict=True):
            self._held(week, Name(intervention, name), of_channel)

    def _held(self, week: int, name: Name, of_desks: NDArray[np.int64]) -> None:
        if name not in self.talks:
            self.talks[name] = np.zeros((self.weeks, self._desks), dtype=np.int64)
        self.talks[name][week] += of_desks

    def add_of_desks(self, week: int, name: Name, amounts: NDArray[np.int64]) -> None:
        """Add one amount for every desk to this week's count of this name."""
        if name not in self._of_desks:
            self._of_desks[name] = np.zeros((self.weeks, len(amounts)), dtype=np.int64)
        self._of_desks[name][week] += amounts

    def of_desks(self, name: Name) -> NDArray[np.int64]:
        """A weekly count by desk, shape (weeks, desks)."""
        return self._of_desks.get(name, np.zeros((self.weeks, self._desks), dtype=np.int64))

    @property
    def team_counts(self) -> dict[Name, NDArray[np.int64]]:
        """Every weekly count of teams, shape (weeks, team rows)."""
        tallies = self._teams_tallied
        if self._one_team:  # jobcentre × arm becomes jobcentre
            shape = (self.weeks, self._team_rows, -1)
            tallies = {
                fates: tallied.reshape(*shape, len(fates)).sum(axis=2) for fates, tallied in self._tallied.items()
            }
        return _with_fates(dict(self._of_teams), tallies)

    def so_far(self, name: Name) -> int:
        """Sum of a count over all weeks that have ended (of `count`, not of `tally`)."""
        return int(self._counted[:, self._numbers[name]].sum()) if name in self._numbers else 0


@dataclass(slots=True)
class _Pending:
    """Counts that are to be added up: for each its number, whom it counts, and their weights."""

    numbers: list[int] = field(default_factory=list)
    ids: list[Ids] = field(default_factory=list)
    weights: list[Ints] = field(default_factory=list)


class Undeclared(Exception):
    """Something is counted that was not declared."""


class Counting:
    """Counts what one intervention, or the program itself, has declared."""

    def __init__(self, register: Counts, intervention: str, counts: Iterable[str]) -> None:
        self.register, self.intervention = register, intervention
        self.names = {what: Name(intervention, what) for what in counts}
        self._numbers: dict[str, int] = {}  # of those that have come up

    def __call__(self, week: int, what: str, ids: Ids, weights: Ints | None = None) -> None:
        """Add these ids (or their weights) to the count of this week, as `Counts.add`. Raises Undeclared."""
        number = self._numbers.get(what)
        if number is None:
            number = self._numbers[what] = self.register.number_of(self.name(what))
        if len(ids):
            self.register.add(number, ids, weights)

    def of_teams(self, week: int, what: str, rows: Ints, weights: Ints | None = None) -> None:
        """Add to this week's count by team row: one for each of the rows, or its weight. Raises Undeclared."""
        self.register.count_teams(week, self.name(what), rows, weights)

    def of_desks(self, week: int, what: str, amounts: NDArray[np.int64]) -> None:
        """Add one amount for every desk to this week's count by desk. Raises Undeclared."""
        self.register.add_of_desks(week, self.name(what), amounts)

    def waits(self, what: str) -> Waits:
        """Where waits are kept whose mean, of those served, is this outcome."""
        return self.register.waits.setdefault(Name(self.intervention, what), Waits(len(self.register.ledige)))

    def name(self, what: str) -> Name:
        """The name of a count. Raises Undeclared."""
        if (name := self.names.get(what)) is None:
            raise Undeclared(f"'{what}' is counted, but only {', '.join(self.names) or 'nothing'} is declared")
        return name


def _side_by_side(
    parts: Sequence[dict[Name, NDArray[np.int64]]], widths: Sequence[int], weeks: int
) -> dict[Name, NDArray[np.int64]]:
    """The counts of all parts, one after the other; 0 where one does not come up."""
    names = dict.fromkeys(name for part in parts for name in part)
    none = [np.zeros((weeks, width), dtype=np.int64) for width in widths]
    return {
        name: np.concatenate([part.get(name, no) for part, no in zip(parts, none, strict=True)], axis=1)
        for name in names
    }


def _with_fates(
    counts: dict[Name, NDArray[np.int64]], tallies: dict[Fates, NDArray[np.int64]]
) -> dict[Name, NDArray[np.int64]]:
    """The counts with those of fates added."""
    for fates, tallied in tallies.items():
        for fate, names in enumerate(fates.counts):
            for name in names:
                counts[name] = counts.get(name, 0) + tallied[:, :, fate]
    return counts
