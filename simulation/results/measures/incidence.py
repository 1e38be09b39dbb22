"""Cumulative incidence with competing exits, ties and censoring (Aalen and Johansen)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Floats, Ints
from simulation.world.waits import SERVED, STILL_WAITING

ROUNDING = 1e-12
"""What a share may lack by rounding alone, where exactly half have left."""


def aalen_johansen(exit_week: Ints, cause: Ints, observed: Ints, causes: int, weeks: int) -> tuple[Floats, Ints]:
    """Share who have left to each destination after 0, 1, ... `weeks` weeks, and how many were at risk.

    Per person: `exit_week` is the week (0, 1, ...) of the exit and `cause` its number, -1 if none was seen;
    `observed` is the number of weeks in which she could be seen. Somebody who is not seen in a week is not at risk in
    it (censoring before exits of that week). Returns arrays of shape (causes, weeks + 1) and (weeks,). Beyond the last
    week in which anybody could be seen the share is NaN: nothing is known of it.
    """
    seen = np.where(cause >= 0, exit_week + 1, observed)
    last = np.minimum(seen, weeks)  # at risk in weeks 0 .. last - 1
    at_risk = len(seen) - np.cumsum(np.bincount(last, minlength=weeks + 1))[:weeks]
    hazard = np.zeros((causes, weeks))
    for k in range(causes):
        exits = np.bincount(exit_week[(cause == k) & (exit_week < weeks)], minlength=weeks)
        hazard[k] = np.divide(exits, at_risk, out=np.zeros(weeks), where=at_risk > 0)
    stays = np.cumprod(np.concatenate(([1.0], 1.0 - hazard.sum(axis=0))))
    share = np.concatenate((np.zeros((causes, 1)), np.cumsum(stays[:-1] * hazard, axis=1)), axis=1)
    share[:, int(observed.max(initial=0)) + 1 :] = np.nan
    return share, at_risk


class Exits(Protocol):
    """When people of several worlds first left, and where to: arrays of shape (people,)."""

    @property
    def exit_week(self) -> Ints: ...
    @property
    def cause(self) -> Ints: ...
    @property
    def spans(self) -> Sequence[slice]:
        """Where the people of each world stand."""


def incidence_by_world(exits: Exits, observed: Ints, causes: int, weeks: int) -> Floats:
    """Share who have left to each destination after 0, 1, ... `weeks` weeks, shape (worlds, causes, weeks + 1)."""
    parts = [
        aalen_johansen(exits.exit_week[span], exits.cause[span], observed[span], causes, weeks)[0]
        for span in exits.spans
    ]
    return np.array(parts)


def median_weeks(left: Floats) -> float:
    """Weeks after which half have left, from the share who have after 0, 1, ... weeks; NaN if it is never half.

    Linear within the week in which the share passes one half, so that it moves smoothly with the share.
    """
    half = np.flatnonzero(left >= 0.5 - ROUNDING)
    if not len(half):
        return float("nan")
    week = int(half[0])
    before, after = left[week - 1], left[week]
    return float(week - 1 + min((0.5 - before) / (after - before), 1.0))


def restricted_mean(stays: Floats) -> float:
    """Mean weeks on benefit, up to the horizon, from the share still there after 0, 1, ... weeks.

    Exits fall on tirsdag in the middle of a week's counting, so the area is that of the trapezoids.
    """
    inner: NDArray[np.float64] = (stays[1:] + stays[:-1]) / 2
    return float(inner.sum())


def waits(weeks: Ints, end: Ints, follow_up: int) -> tuple[float, Floats]:
    """Mean weeks until everybody is served, and the share not served after 0, 1, ... `follow_up` weeks, of some waits.

    Of each, `weeks` are those that passed without her being served, and `end` is how it ended. The mean is that of the
    product limit, up to the follow-up: who left while waiting, or waits still, would have waited on as the others did,
    and where nobody is left who could tell, to the horizon; so if nobody is served it is the whole follow-up. In the
    share leaving is an end of its own, which competes (Aalen and Johansen): who left was never served. NaN of nobody,
    and from the week on in which nobody can be watched who waits on.
    """
    if not len(weeks):
        return float("nan"), np.full(follow_up + 1, np.nan)
    came, _ = aalen_johansen(weeks, np.where(end == SERVED, SERVED, -1), weeks + (end == SERVED), 1, follow_up)
    ended, at_risk = aalen_johansen(weeks, end, weeks + (end != STILL_WAITING), 2, follow_up)
    for share in (came, ended):
        last = np.flatnonzero(~np.isnan(share[0]))[-1]
        share[:, last + 1 :] = share[:, [last]]
    unserved = 1 - ended[SERVED]
    unserved[1:][(at_risk == 0) & (ended[:, 1:].sum(axis=0) < 1 - ROUNDING)] = np.nan
    return float((1 - came[0, 1:]).sum()), np.maximum(unserved, 0.0)


def last_known(course: Floats) -> float:
    """The last value of a course that is known; NaN if none is."""
    known = course[~np.isnan(course)]
    return float(known[-1]) if len(known) else float("nan")
