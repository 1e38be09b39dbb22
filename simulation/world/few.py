"""Few: who is meant where it is few of all rows, as ids, so that nobody looks through all rows every week.

`Few` are some of the ledige, such as who is in a spell. `Planned` is the week in which something is to happen to each,
`Lately` the week in which something has happened: both tell who is concerned this week. All give ids ascending.
"""

from __future__ import annotations

import numpy as np

from simulation.world.spec import NEVER, NOT_PLANNED, Ids, Ints, where

AHEAD = 8
"""Weeks for which `Planned` looks ahead in one look through its column."""


def merged(*ascending: Ids) -> Ids:
    """All of these ids, ascending."""
    ids = np.concatenate(ascending)
    ids.sort(kind="stable")  # it finds the stretches that are in order already, and only joins them
    return ids


class Few:
    """Some of the ledige. Column: `among` (who they are), for others to read."""

    def __init__(self, rows: int) -> None:
        self.among = np.zeros(rows, dtype=bool)
        self._ids: Ids = np.empty(0, dtype=np.intp)
        self._came: list[Ids] = []  # not in `_ids` yet
        self._some_left = False  # `_ids` still has some who are not among them

    def add(self, ids: Ids) -> None:
        """These ids belong to them from now on; some may already. `ids` must not repeat."""
        if len(ids) == 0:
            return
        if self._some_left:
            self._put_right()  # or who comes back would stand there twice
        new = ids[~self.among.take(ids)]
        if len(new):
            self.among[new] = True
            self._came.append(new)

    def drop(self, ids: Ids) -> Ids:
        """These ids do not belong to them any more; returns those of them who did."""
        ids = self.of(ids)
        if len(ids):
            self.among[ids] = False
            self._some_left = True
        return ids

    @property
    def ids(self) -> Ids:
        """Who they are, ascending."""
        if self._some_left or self._came:
            self._put_right()
        return self._ids

    def of(self, ids: Ids) -> Ids:
        """Those of these ids who belong to them."""
        return ids[self.among.take(ids)]

    def _put_right(self) -> None:
        if self._came:
            self._ids = merged(self._ids, *self._came)
            self._came.clear()
        if self._some_left:
            self._ids = self.of(self._ids)
            self._some_left = False


class Planned:
    """Column: `week` (in which it is to happen to each; NOT_PLANNED: never). A new plan takes the place of an old."""

    def __init__(self, rows: int) -> None:
        self.week = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self._soon = Few(rows)  # all whose week comes before `_until`, and maybe others
        self._until = 0

    def plan(self, ids: Ids, week: int | Ints) -> None:
        """It is to happen to these ids in this week, or each in one of her own; none is later than NOT_PLANNED."""
        if len(ids) == 0:
            return
        if isinstance(week, int):
            self.week[ids] = min(week, NOT_PLANNED)
            if week < self._until:
                self._soon.add(ids)
        else:
            self.week[ids] = np.minimum(week, NOT_PLANNED)
            self._soon.add(ids[week < self._until])

    def forget(self, ids: Ids) -> None:
        """Nothing is planned for these ids."""
        self.week[ids] = NOT_PLANNED

    def due(self, week: int) -> Ids:
        """Whose week is this one or one before: until they are forgotten, or another week is planned."""
        if week >= self._until:
            self._until = week + AHEAD
            self._soon = Few(len(self.week))
            self._soon.add(where(self.week < self._until))
        ids = self._soon.ids
        return ids[self.week.take(ids) <= week]

    def take(self, week: int) -> Ids:
        """The same; nothing is planned for them any more."""
        ids = self.due(week)
        self.week[ids] = NOT_PLANNED
        return ids


class Lately:
    """Column: `week` (in which it happened to each last; NEVER: it has not)."""

    def __init__(self, rows: int) -> None:
        self.week = np.full(rows, NEVER, dtype=np.int16)
        self._some = Few(rows)  # all to whom it happened since the week last asked for
        self._asked = NEVER

    def happens(self, week: int, ids: Ids) -> None:
        """It happens to these ids in this week."""
        self.week[ids] = week
        self._some.add(ids)

    def forget(self, ids: Ids) -> None:
        """It has not happened to these ids."""
        self.week[ids] = NEVER

    def since(self, week: int) -> Ids:
        """To whom it happened in this week or later. Who is older is not looked at again until an earlier week is asked
        for, as where it counts for longer from a date on."""
        if week < self._asked:
            self._some = Few(len(self.week))
            self._some.add(where((self.week >= week) & (self.week != NEVER)))
        self._asked = week
        ids = self._some.ids
        late = self.week.take(ids) >= week
        if not late.all():
            self._some.drop(ids[~late])
        return ids[late]
