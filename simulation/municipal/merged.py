"""Spells as the publisher counts them, in closed form: whoever is back before a whole calendar month without the
benefit is over goes on with the same spell, and whoever is back later begins a new one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MONTHS_BY_WEEKS = {4: 8 / 52, 5: 4 / 52}
"""Months of four and of five weeks that begin a week: eight and four in 52 weeks."""


def has_a_month(gap: int) -> float:
    """The chance that a whole calendar month lies in so many weeks, whenever they begin."""
    return min(sum(rate * max(gap - weeks + 1, 0) for weeks, rate in MONTHS_BY_WEEKS.items()), 1.0)


def on_benefit(alive: Floats, to_job: Floats, back: Floats) -> Floats:
    """The share of those who begin a spell that is on benefit in it, by weeks since it began; who comes back within it
    is in. `alive` and `to_job` are those of a stay without breaks, `back` who comes back after so many weeks."""
    weeks = len(alive)
    again = np.convolve(to_job, np.concatenate(([0.0], _soon(back[: weeks - 1]))))[:weeks]
    found = np.zeros(weeks)
    for week in range(weeks):
        found[week] = alive[week] + again[1 : week + 1] @ found[:week][::-1]
    return found


def length(alive: Floats, to_job: Floats, back: Floats) -> float:
    """Mean weeks of a spell from its first to its last, breaks included, of those that the register has: whoever leaves
    in the week in which she came is on benefit at the end of none."""
    soon = _soon(back)
    breaks = float(to_job.sum() * (soon * np.arange(1, len(soon) + 1)).sum())
    return (float(alive.sum()) + breaks) / (1 - float(to_job.sum() * soon.sum())) / float(alive[0])


def _soon(back: Floats) -> Floats:
    """Who is back after so many weeks without a whole calendar month between."""
    return np.array([share * (1 - has_a_month(gap)) for gap, share in enumerate(back, start=1)])


def begun(fresh: Floats, jobs: Floats, back: Floats, weeks_of: Sequence[int]) -> Floats:
    """Spells that begin, by week: `fresh`, who comes for the first time, and of those who left to a job in the weeks of
    `jobs` those who are back after a whole month. `weeks_of` are weeks of each month."""
    found = fresh.copy()
    before, first = 0, 0
    for month, length in enumerate(weeks_of):
        if month:
            left = jobs[: before + 1]  # gone by when the month before began
            for week in range(first, first + length):
                found[week] += float(left[::-1] @ back[week - 1 - before : week])
        before, first = first, first + length
    return found


def ages(starts: Floats, there: Floats, at: int) -> Floats:
    """Who is on benefit at the end of a week, by weeks since the spell began: 0 in its first week."""
    run: Floats = starts[: at + 1][::-1] * there[: at + 1]
    return run


def over(starts: Floats, there: Floats, weeks: int, at: int) -> float:
    """Of the spells that run at the end of a week, the share that has lasted more than so many weeks."""
    run = ages(starts, there, at)
    return float(run[weeks:].sum() / run.sum())
