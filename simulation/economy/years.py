"""Calendar years of the weeks of a run: a week belongs to the year of its Thursday, week 53 as well (ISO 8601)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.world.spec import Ints
from simulation.world.weeks import week_after


def years_of(start: str, weeks: int) -> Ints:
    """The year of each week of a run with this first ISO week, shape (weeks,)."""
    return np.array([int(week_after(start, week)[:4]) for week in range(weeks)], dtype=np.int64)


def years_in_words(years: Sequence[int]) -> str:
    """Ascending years, those in a row as from one to the other: 2015, 2026–2028."""
    begins = [year for year in years if year - 1 not in years]
    ends = [year for year in years if year + 1 not in years]
    return ", ".join(f"{a}–{b}" if a < b else str(a) for a, b in zip(begins, ends, strict=True))
