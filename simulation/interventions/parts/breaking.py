"""Breaking off: a placement whose danger of being broken off changes with talks and help, week by week.

What the evidence says. With weekly talks problems are caught early, and fewer praktik are broken off (Rambøll 2013, p.
18 [15]). Others find that talks disturb while they are in praktik, where they have tasks and want to be seen as staff
(p. 15 [12]). A mentor is there to support at the workplace (p. 4 [1]). No size of any of these is printed, so the
factors are 1 unless a scenario says otherwise, and whoever sets one below 1 may ask what the other one does.

Each spell has a reserve of luck, Exp(1). On søndag the week's danger is taken from it, −log(1 − chance × factors); when
it is used up, the spell is broken off on onsdag. With factors of 1 that is the week which a single draw gives.
"""

from __future__ import annotations

import numpy as np

from simulation.interventions.parts.placed import Breakdown
from simulation.interventions.parts.spells import Spells
from simulation.interventions.parts.talks import Talks
from simulation.world.spec import Floats, Ids
from simulation.world.world import World


class Breaking:
    """Columns: `left` (of the reserve of luck), `weekly` (chance that the present spell is broken off in a week, before
    what changes it)."""

    def __init__(self, world: World, spells: Spells) -> None:
        self.world, self.spells = world, spells
        self.last_talk = world.part(Talks).follow_last()
        self.left = np.zeros(len(world.ledige))
        self.weekly = np.zeros(len(world.ledige))

    def begin(self, ids: Ids, chance: Floats, weekly: Floats) -> None:
        """torsdag: spells of these ids begin, by each one's luck and chance in a week."""
        self.left[ids] = -np.log(chance)
        self.weekly[ids] = weekly

    def soendag(self, week: int, rule: Breakdown) -> None:
        """søndag: whose spell will be broken off on onsdag."""
        ids = self.spells.inside
        ids = ids[self.spells.ends.take(ids) > week + 1]
        if len(ids):
            with np.errstate(divide="ignore"):
                self.left[ids] += np.log1p(-np.minimum(self.weekly.take(ids) * self._factors(week, ids, rule), 1.0))
            self.spells.break_off(week + 1, ids[self.left.take(ids) < 0])

    def _factors(self, week: int, ids: Ids, rule: Breakdown) -> Floats:
        """How many times as likely each spell is to be broken off in this week."""
        since = week - self.last_talk.take(ids).astype(np.int64)
        factors = np.ones(len(ids))
        for each in rule.after_talk:
            factors[since < each.within_weeks] *= each.factor
        for name, factor in rule.helped_by.items():
            factors[self.world.has_place([name], ids)] *= factor
        return factors
