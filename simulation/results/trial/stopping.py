"""A trial that is stopped early: data so far are analysed at looks, and a small p ends it (`stopped`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import numpy as np

from simulation.results.trial.blocks import at_risk
from simulation.results.trial.evaluate import share_in
from simulation.results.trial.operating import Estimates, Interval
from simulation.results.trial.tally import Course, Tally
from simulation.world.spec import Ints

SEEN = 0.1
"""An evaluator shows the share who have left for as long as so many of either lot can be followed."""


def stopped(looks: Sequence[Estimates], final: Estimates, p: float) -> tuple[Estimates, Interval]:
    """What each rehearsal publishes: what it finds at the first look at which its p is below this, else at the end; and
    the share that was stopped. A rehearsal without an answer at a look goes on."""
    columns = {field.name: getattr(final, field.name) for field in fields(final)}
    early = np.zeros(len(final.p), dtype=bool)
    for look in reversed(looks):
        stops = look.p < p
        early |= stops
        columns = {name: np.where(stops, getattr(look, name), values) for name, values in columns.items()}
    return Estimates(**columns), share_in(early)


def as_far_as_seen(tally: Tally) -> Tally:
    """The data of a look, when few or none have been followed to the end: exits by the last week until which SEEN of
    either lot could be followed (by the product limit of being lost), in each rehearsal."""
    courses = {name: _until_seen(course, tally.persons) for name, course in tally.courses.items()}
    return replace(tally, courses=courses)


def _until_seen(course: Course, persons: Ints) -> Course:
    """Who is still there after that week has been followed to the end."""
    lost, there = course.lost.sum(axis=1), at_risk(course, persons).sum(axis=1)
    could_be = there + lost
    goes_on = np.cumprod(1.0 - np.divide(lost, could_be, out=np.zeros(lost.shape), where=could_be > 0), axis=-1)
    seen = np.asarray((goes_on >= SEEN).all(axis=1))[:, None, None]
    return Course(*(np.where(seen, counts, 0) for counts in course))
