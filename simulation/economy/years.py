"""Calendar years of the weeks of a run: a week belongs to the year of its Thursday, week 53 as well (ISO 8601)."""

from __future__ import annotations

import numpy as np

from simulation.world.spec import Ints
from simulation.world.weeks import week_after


def years_of(start: str, weeks: int) -> Ints:
    """The year of each week of a run with this first ISO week, shape (weeks,)."""
    return np.array([int(week_after(start, week)[:4]) for week in range(weeks)], dtype=np.int64)
