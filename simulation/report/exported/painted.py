"""The rules by which a week of DREAM gets its code.

One-day rule: a week has the code of what somebody was on for a single day of it. Where that is several things, the one
that stands first in the ranking of the code list. Weeks in states without a code are empty.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.report.exported.lives import Episodes
from simulation.world.spec import WEEK

EMPTY = 0
"""Stands for a week without a code."""
Codes = NDArray[np.int16]


def painted(
    episodes: Episodes, persons: int, first: int, weeks: int, code_of: Sequence[int], ranking: Sequence[int]
) -> Codes:
    """The code of every person in each of so many weeks from week `first` on: shape (persons, weeks). `code_of` has the
    code of every state (EMPTY: none), `ranking` the codes, the strongest first. Days outside of these weeks are left
    out. Raises ValueError for a code that is not ranked."""
    codes = np.full((persons, weeks), EMPTY, dtype=np.int16)
    of_episode = np.asarray(code_of, dtype=np.int16)[episodes.state]
    if unranked := {*of_episode.tolist()} - {EMPTY, *ranking}:
        raise ValueError(f"codes that are not ranked: {', '.join(map(str, sorted(unranked)))}")
    begins = np.clip(episodes.first // WEEK - first, 0, weeks)
    ends = np.clip((episodes.end - 1) // WEEK + 1 - first, begins, weeks)
    for code in reversed(ranking):
        some = of_episode == code
        if some.any():
            change = np.zeros((persons, weeks + 1), dtype=np.int16)
            np.add.at(change, (episodes.person[some], begins[some]), 1)
            np.add.at(change, (episodes.person[some], ends[some]), -1)
            codes[np.cumsum(change[:, :-1], axis=1, dtype=np.int16) > 0] = code
    return codes
