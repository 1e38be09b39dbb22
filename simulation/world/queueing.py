"""Who is served when not everybody can be: plain functions on arrays sorted by who comes first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Ids, Ints


def in_order(groups: Ints, priority: Ints) -> Ids:
    """The order that sorts by group, within it by priority (smallest first), within that as they stand.

    All arrays have shape (n,); both hold small numbers, not negative. People stand in order of their lot, so
    that is what decides among equals.
    """
    if len(groups) == 0:
        return np.empty(0, dtype=np.intp)
    width = int(priority.max()) + 1
    if (int(groups.max()) + 1) * width <= 2**16:  # up to 16 bits NumPy sorts stably by radix, in linear time
        return np.argsort((groups * width + priority).astype(np.uint16), kind="stable")
    by_priority = np.argsort(narrow(priority), kind="stable")
    return by_priority[np.argsort(narrow(groups[by_priority]), kind="stable")]


def turn_of(groups: Ints) -> Ids:
    """The place of each among those of her group, from 0; `groups` is ascending, and the result has its shape."""
    return np.arange(len(groups)) - groups.searchsorted(groups)


def within_room(groups: Ints, amounts: Ints, room: Ints) -> tuple[Bools, NDArray[np.int64]]:
    """Serve in order until a group's room is used up; the first who does not fit ends it for her group.

    `groups` is ascending with shape (n,), `amounts` has shape (n,) and is not negative, `room` is per group. Returns
    who is served, shape (n,), and how much each group has used of its room. Who takes nothing is served as long as
    nobody has ended it.
    """
    total = np.empty(len(groups) + 1, dtype=np.int64)
    total[0] = 0
    amounts.cumsum(out=total[1:])
    first = groups.searchsorted(np.arange(len(room) + 1))
    begins, ends = first[:-1], first[1:]
    before = total.take(begins)
    last = total.searchsorted(before + room, side="right") - 1  # the total never falls, so it tells who still fits
    last = last.clip(begins, ends)
    return np.arange(len(groups)) < last.take(groups), total.take(last) - before


def narrow(numbers: Ints) -> Ints:
    """The same numbers in the smallest type that holds them: NumPy sorts up to 16 bits in linear time."""
    return numbers.astype(np.min_scalar_type(int(numbers.max()))) if len(numbers) else numbers
