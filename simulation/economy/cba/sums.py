"""What is worked and lived on in a run, all years together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.economy.items import Kind
from simulation.economy.people import FULL_WEEK
from simulation.economy.quantities import Quantities
from simulation.world.spec import Floats

LIVED_ON: tuple[Kind, ...] = ("benefit", "pension")
YEAR_OF_WORK = FULL_WEEK * 52
"""Hours of a full-time year."""


def years_of_work(quantities: Quantities) -> Floats:
    """Full-time years worked, subsidised or not: shape (replications,)."""
    return _sum(quantities, ("hours",)) / YEAR_OF_WORK


def weeks_on_benefit(quantities: Quantities) -> Floats:
    """Weeks on a benefit or a pension: shape (replications,)."""
    return _sum(quantities, LIVED_ON)


def _sum(quantities: Quantities, kinds: Sequence[Kind]) -> Floats:
    each = [units.sum(axis=1) for item, units in quantities.of.items() if item.kind in kinds]
    return np.asarray(sum(each, start=np.zeros(len(quantities))))
