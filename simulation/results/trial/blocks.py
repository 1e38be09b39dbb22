"""An outcome by *blocks*, those of one jobcentre, stratum and lot: persons, mean, and scatter around it.

Lots and regressors are the same for all in a block, so an analysis person by person needs no more than this. An exit is
1 of who has left by the end of the follow-up, else 0. Where it is not known of some, everybody has her pseudo-value
instead: Aalen and Johansen's share in her lot, plus what she adds to it (its influence function; Andersen, Klein and
Rosthøj 2003 have the same by leaving each out). It depends on her lot, and on when and how her time at risk ended, so
that counts are enough; where all are followed to the end it is that 1 or 0.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.results.trial.tally import Course, Moments, Tally
from simulation.world.spec import Floats, Ids, Ints

TINY = 1e-9
"""Less than this, relative to the whole, is nothing but rounding."""


class Layout(NamedTuple):
    """Which cell each jobcentre has of each stratum: shape (jobcentres, strata); `empty` where it has none."""

    cell: Ids
    empty: int

    @classmethod
    def of(cls, tally: Tally) -> Layout:
        """That of some data."""
        _, place = np.unique(tally.jobcentre, return_inverse=True)
        _, stratum = np.unique(tally.stratum, return_inverse=True)
        cell = np.full((place.max() + 1, stratum.max() + 1), len(place), dtype=np.intp)
        cell[place, stratum] = np.arange(len(place))
        return cls(cell, len(place))

    def arranged(self, by_cell: NDArray[Any]) -> NDArray[Any]:
        """From shape (rehearsals, cells, lots, ...) to (rehearsals, jobcentres, strata, lots, ...); 0 of no cell."""
        if (self.cell == self.empty).any():
            nothing = np.zeros_like(by_cell[:, :1])
            by_cell = np.concatenate((by_cell, nothing), axis=1)
        return by_cell[:, self.cell]


class Blocks(NamedTuple):
    """Persons, the mean of their outcome (0 of nobody; NaN if unknown) and the sum of squared deviations from it:
    shape (rehearsals, jobcentres, strata, lots)."""

    persons: Floats
    mean: Floats
    scatter: Floats


def blocks_of(tally: Tally, layout: Layout, outcome: str) -> Blocks:
    """Those of an outcome."""
    if outcome in tally.courses:
        return of_course(tally.courses[outcome], tally.persons, layout)
    return of_moments(tally.moments[outcome], layout)


def of_moments(moments: Moments, layout: Layout) -> Blocks:
    """Of a number of each person."""
    persons, sums, squares = (layout.arranged(each).astype(np.float64) for each in moments)
    mean = share(sums, persons)
    return Blocks(persons, mean, np.maximum(squares - sums * mean, 0.0))


def of_course(course: Course, persons: Ints, layout: Layout) -> Blocks:
    """Of an exit by the end of the follow-up."""
    number = layout.arranged(persons).astype(np.float64)
    events = layout.arranged(course.events.sum(axis=-1))
    plain = share(events, number)
    blocks = Blocks(number, plain, events * (1.0 - plain))
    some = np.flatnonzero(course.lost.any(axis=(1, 2, 3)))
    if len(some):
        of_some = Course(*(each[some] for each in course))
        mean, scatter = _by_pseudo_values(of_some, persons[some])
        blocks.mean[some], blocks.scatter[some] = layout.arranged(mean), layout.arranged(scatter)
    return blocks


def at_risk(course: Course, persons: Ints) -> Ints:
    """How many were at risk in each week: shape (rehearsals, cells, lots, weeks). Who is lost in a week is no longer at
    risk of the exits of that week."""
    left = np.add(course.events, course.others, dtype=np.int64)  # counts may be kept in few bits
    return np.asarray(persons[..., None] - np.cumsum(left + course.lost, axis=-1) + left)


def _by_pseudo_values(course: Course, persons: Ints) -> tuple[Floats, Floats]:
    """Mean and scatter of pseudo-values: shape (rehearsals, cells, lots); NaN of a lot that is not seen to the end."""
    there = at_risk(course, persons).sum(axis=1).astype(np.float64)
    events, others = (each.sum(axis=1) for each in (course.events, course.others))
    hazard, any_hazard = share(events, there), share(events + others, there)
    after = np.cumprod(1.0 - any_hazard, axis=-1)
    before = np.concatenate((np.ones_like(after[..., :1]), after[..., :-1]), axis=-1)
    left = np.cumsum(before * hazard, axis=-1)
    known = ~((there == 0) & (before > 0)).any(axis=-1)
    whole = np.where(known, left[..., -1], np.nan)[..., None]
    later = share(left[..., -1:] - left, 1.0 - any_hazard)  # what an exit in the week takes away from later ones
    weight = share(np.broadcast_to(persons.sum(axis=1)[..., None], there.shape), there)
    spent = np.cumsum(weight * (before * hazard - later * any_hazard), axis=-1)
    of_event, of_other = whole + weight * (before - later) - spent, whole - weight * later - spent
    of_lost = whole - np.concatenate((np.zeros_like(spent[..., :1]), spent[..., :-1]), axis=-1)
    of_stay = whole[..., 0] - spent[..., -1]
    stay = persons - sum(each.sum(axis=-1) for each in course)
    sums, squares = (
        stay * of_stay[:, None] ** power
        + sum(
            np.einsum("rclw,rlw->rcl", number, value**power)
            for number, value in zip(course, (of_event, of_other, of_lost), strict=True)
        )
        for power in (1, 2)
    )
    mean = share(sums, persons) + 0.0 * whole[:, None, :, 0]
    return mean, np.maximum(squares - sums * mean, 0.0)


def more_than_rounding(apart: Floats, mean: Floats) -> Floats:
    """What sets blocks of a rehearsal apart (first axis), 0 where it is nothing beside their means: else rounding would
    be tested when all have left."""
    least = TINY * np.abs(mean).reshape(len(mean), -1).max(axis=1)
    return np.where(np.abs(apart) <= least.reshape(-1, *[1] * (apart.ndim - 1)), 0.0, apart)


def share(part: NDArray[Any], whole: NDArray[Any]) -> Floats:
    """One number over another, 0 of nothing."""
    shape = np.broadcast_shapes(part.shape, whole.shape)
    return np.asarray(np.divide(part, whole, out=np.zeros(shape), where=whole > 0))
