"""Cumulative incidence with competing exits, ties and censoring (Aalen and Johansen)."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from simulation.world.spec import Floats, Ints
from simulation.world.waits import NOT_SERVED, SERVED, STILL_WAITING

ROUNDING = 1e-12
"""What a share may lack by rounding alone, where exactly half have left."""


class Exits(Protocol):
    """When people of several worlds first left, and where to: arrays of shape (people,)."""

    @property
    def worlds(self) -> int: ...
    @property
    def world(self) -> Ints: ...
    @property
    def exit_week(self) -> Ints: ...
    @property
    def cause(self) -> Ints: ...


def incidence_by_world(exits: Exits, observed: Ints, causes: int, weeks: int) -> Floats:
    """Share who have left to each destination after 0, 1, ... `weeks` weeks, shape (worlds, causes, weeks + 1)."""
    each = exits.exit_week, exits.cause, observed
    return aalen_johansen(exits.world, exits.worlds, *each, causes, weeks)[0]


def aalen_johansen(
    world: Ints, worlds: int, exit_week: Ints, cause: Ints, observed: Ints, causes: int, weeks: int
) -> tuple[Floats, Ints]:
    """Share who have left to each destination after 0, 1, ... `weeks` weeks, and how many were at risk, of every world.

    Per person: `exit_week` is the week (0, 1, ...) of the exit and `cause` its number, -1 if none was seen;
    `observed` is the number of weeks in which she could be seen. Somebody who is not seen in a week is not at risk in
    it (censoring before exits of that week). Returns arrays of shape (worlds, causes, weeks + 1) and (worlds, weeks).
    Beyond the last week in which anybody of a world could be seen the share is NaN: nothing is known of it.
    """
    first = world.astype(np.intp) * (weeks + 1)
    until = np.minimum(np.where(cause >= 0, exit_week + 1, observed), weeks)  # at risk in weeks 0 .. until - 1
    end = np.bincount(first + until, minlength=worlds * (weeks + 1)).reshape(worlds, weeks + 1)
    at_risk = end.sum(axis=1)[:, None] - np.cumsum(end, axis=1)[:, :weeks]
    left = ((cause >= 0) & (exit_week < weeks)).nonzero()[0]
    cell = (world[left].astype(np.intp) * causes + cause[left]) * weeks + exit_week[left]
    exits = np.bincount(cell, minlength=worlds * causes * weeks).reshape(worlds, causes, weeks)
    hazard = _part(exits, np.broadcast_to(at_risk[:, None], exits.shape))
    stays = np.ones((worlds, weeks + 1))
    np.cumprod(1.0 - hazard.sum(axis=1), axis=1, out=stays[:, 1:])
    share = np.zeros((worlds, causes, weeks + 1))
    np.cumsum(stays[:, None, :-1] * hazard, axis=2, out=share[:, :, 1:])
    seen = np.bincount(first + np.minimum(observed, weeks), minlength=worlds * (weeks + 1)).reshape(worlds, weeks + 1)
    nobody_seen = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1] == 0  # for so many weeks
    np.copyto(share, np.nan, where=(nobody_seen & (np.arange(weeks + 1) > 0))[:, None])
    return share, at_risk


def median_weeks(left: Floats) -> Floats:
    """Weeks after which half have left, shape (worlds,), from the share who have after 0, 1, ... weeks, shape (worlds,
    weeks + 1); NaN if it is never half.

    Linear within the week in which the share passes one half, so that it moves smoothly with the share.
    """
    half = left >= 0.5 - ROUNDING
    median = np.full(len(left), np.nan)
    some = np.flatnonzero(half.any(axis=1))
    week = half[some].argmax(axis=1)
    before, after = left[some, week - 1], left[some, week]
    median[some] = week - 1 + np.minimum((0.5 - before) / (after - before), 1.0)
    return median


def restricted_mean(stays: Floats) -> Floats:
    """Mean weeks on benefit, up to the horizon, shape (worlds,), from the share still there after 0, 1, ... weeks,
    shape (worlds, weeks + 1).

    Exits fall on tirsdag in the middle of a week's counting, so the area is that of the trapezoids.
    """
    inner = (stays[:, 1:] + stays[:, :-1]) / 2
    return np.asarray(inner.sum(axis=1))


def waits(world: Ints, weeks: Ints, end: Ints, worlds: int, follow_up: int) -> tuple[Floats, Floats]:
    """Mean weeks until everybody is served, shape (worlds,), and the share not served after 0, 1, ... weeks of the
    follow-up, shape (weeks + 1, worlds), of some waits.

    Of each, `weeks` are those that passed without her being served, and `end` is how it ended. The mean is that of the
    product limit, up to the follow-up: who left while waiting, or waits still, would have waited on as the others did,
    and where nobody is left who could tell, to the horizon; so if nobody is served it is the whole follow-up. In the
    share leaving is an end of its own, which competes (Aalen and Johansen): who left was never served. NaN of nobody,
    and from the week on in which nobody can be watched who waits on.
    """
    cell = (world * 3 + end - STILL_WAITING) * (follow_up + 1) + np.minimum(weeks, follow_up)
    many = np.bincount(cell, minlength=worlds * 3 * (follow_up + 1)).reshape(worlds, 3, follow_up + 1)
    still, served, left = (many[:, which - STILL_WAITING] for which in (STILL_WAITING, SERVED, NOT_SERVED))
    later = [each[:, ::-1].cumsum(axis=1)[:, ::-1] for each in (still, served, left)]  # so many weeks or more
    served, left = served[:, :-1], left[:, :-1]
    could_be_served = later[0][:, 1:] + later[1][:, :-1] + later[2][:, 1:]
    there = later[0][:, 1:] + later[1][:, :-1] + later[2][:, :-1]
    not_yet = np.cumprod(1 - _part(served, could_be_served), axis=1)
    waits_on = np.ones((worlds, follow_up + 1))
    np.cumprod(1 - _part(served + left, there), axis=1, out=waits_on[:, 1:])
    unserved = np.ones((worlds, follow_up + 1))
    unserved[:, 1:] = np.maximum(1 - np.cumsum(waits_on[:, :-1] * _part(served, there), axis=1), 0.0)
    unserved[:, 1:][(there == 0) & (waits_on[:, 1:] > ROUNDING)] = np.nan
    nobody = many.sum(axis=(1, 2)) == 0
    unserved[nobody] = np.nan
    mean = np.cumsum(not_yet, axis=1)[:, -1]
    return np.where(nobody, np.nan, mean), unserved.T


def _part(some: Ints, of_all: Ints) -> Floats:
    """One number over another, 0 of nobody."""
    return np.divide(some, of_all, out=np.zeros(some.shape), where=of_all > 0)


def last_known(course: Floats) -> Floats:
    """The last value of each course that is known, shape (worlds,), of an array (weeks, worlds); NaN if none is."""
    last = len(course) - 1 - (~np.isnan(course))[::-1].argmax(axis=0)
    return np.asarray(course[last, np.arange(course.shape[1])])
