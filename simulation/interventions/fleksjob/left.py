"""Those left on benefit, told apart by what is under way for them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.world.counts import Counting
from simulation.world.spec import Bools, Ids


def tell_apart(count: Counting, week: int, ids: Ids, groups: Mapping[str, Bools]) -> None:
    """Count each of these ids among those left, and in the first of the groups that fits her, if any."""
    if len(ids) == 0:
        return
    count(week, "left", ids)
    left = np.ones(len(ids), dtype=bool)
    for what, fits in groups.items():
        count(week, what, ids[left & fits])
        left &= ~fits
