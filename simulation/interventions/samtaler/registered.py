"""Registered: which held talks the register shows.

What the evidence says. Talks that private actors held in Næstved do not count as talks in the figures of På rette vej i
job (Rambøll 2013, p. 10 [7]): they were held, and were not registered as talks. So a share of talks by registration may
be low where the effort is as elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.world.spec import Bools, Ids, Ints
from simulation.world.world import World


class Registered:
    """The share of held talks that is not registered, by plan."""

    def __init__(self, plans: Sequence[Plan], world: World, luck: str) -> None:
        """`luck` is what stands before the names of decisions about these talks."""
        self.draws, self.luck = world.ledige.draws, luck
        self.share_not = np.array([plan.unregistered for plan in plans])
        self.some_are_not = bool(self.share_not.any())

    def of(self, week: int, ids: Ids, plan: Ints) -> Bools:
        """Whether this week's talk with each of these ids, on these plans, is registered; same shape."""
        if not self.some_are_not:
            return np.ones(len(ids), dtype=bool)
        luck = self.draws.uniform(f"{self.luck}registered", week, ids)
        return np.asarray(luck >= self.share_not.take(plan))
