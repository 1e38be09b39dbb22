"""Waits: how long each has lasted, how it ended, and who waits still.

A mean over those who were served tells nothing of the others: with less staff it may even fall. So everybody's wait is
kept, from the week in which it begins to the one in which it ends, served or not, or to the end of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulation.world.spec import NEVER, Ids, Ints, firsts


class Lasted(NamedTuple):
    """Waits, in any order, all of shape (waits,): whose, how many weeks passed in which she was not served, and how it
    ended (one of the numbers below)."""

    ids: Ids
    weeks: Ints
    end: Ints


STILL_WAITING, SERVED, NOT_SERVED = -1, 0, 1


class Waits:
    """Waits of one kind, of all rows. Column: `since` (week in which the present wait began; NEVER: none)."""

    def __init__(self, rows: int) -> None:
        self.since = np.full(rows, NEVER, dtype=np.int16)
        self._ended: list[tuple[Ids, Ints, int, int]] = []  # whose, began when, ended when, and how

    def begin(self, week: int, ids: Ids) -> None:
        """These ids wait from now on; who waits already goes on waiting."""
        self.since[ids[self.since.take(ids) == NEVER]] = week

    def end(self, week: int, ids: Ids, served: bool) -> None:
        """These ids wait no more: they got what they waited for, or will not (they have left, or given up); that is
        before anybody is served in this week."""
        ids = ids[self.since.take(ids) != NEVER]
        if len(ids):
            self._ended.append((ids, self.since.take(ids), week, SERVED if served else NOT_SERVED))
            self.since[ids] = NEVER

    def never_were(self, ids: Ids) -> None:
        """These ids were taken to wait, but did not."""
        self.since[ids] = NEVER

    @classmethod
    def joined(cls, parts: Sequence[Waits]) -> Waits:
        """The waits of all parts, whose rows stand one after the other."""
        whole = cls(0)
        whole.since = np.concatenate([part.since for part in parts])
        for part, first in zip(parts, firsts([len(part.since) for part in parts]), strict=True):
            whole._ended += [(ids + first, since, week, end) for ids, since, week, end in part._ended]
        return whole

    def all_of(self, weeks: int) -> Lasted:
        """Every wait of a run of so many weeks."""
        waiting = np.flatnonzero(self.since != NEVER)
        waits = [*self._ended, (waiting, self.since.take(waiting), weeks, STILL_WAITING)]
        many = [len(ids) for ids, *_ in waits]
        began = np.concatenate([began for _, began, _, _ in waits]).astype(np.int64)
        return Lasted(
            np.concatenate([ids for ids, *_ in waits]),
            np.repeat([week for _, _, week, _ in waits], many) - began,
            np.repeat([end for *_, end in waits], many),
        )
