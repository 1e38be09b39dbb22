"""Registered: what the register shows of a week's talks.

What the evidence says. Talks that private actors held in Næstved do not count as talks in the figures of På rette vej i
job (Rambøll 2013, p. 10 [7]): they were held, and were not registered as talks. So a share of talks by registration may
be low where the effort is as elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.parts.talks import Talks
from simulation.interventions.samtaler.plan import Plan
from simulation.world.register import NO_SHOW
from simulation.world.spec import Bools, Ids, Ints
from simulation.world.world import World


class Registered:
    """The share of held talks that is not registered, by plan (`share_not`), and what the others are written as."""

    def __init__(self, plans: Sequence[Plan], world: World, luck: str, first_code: int, counts: Bools) -> None:
        """`luck` is what stands before the names of decisions about these talks, `first_code` the code of their first
        channel, `counts` says of each channel whether it is a talk."""
        self.register, self.draws, self.luck = world.register, world.ledige.draws, luck
        self.talks, self.first_code, self.counts = world.part(Talks), first_code, counts
        self.share_not = np.array([plan.unregistered for plan in plans])
        self.all_are = not self.share_not.any()

    def held(self, week: int, ids: Ids, plan: Ints, channel: int | Ids) -> None:
        """Talks are held with these ids, on these plans, in these channels (one number: all in it), or letters sent."""
        if self.all_are and not self.talks.several and not self.talks.follows_registered:
            self.register.talk[ids] = channel + self.first_code
            return
        if not self.all_are:
            shown = self.draws.uniform(f"{self.luck}registered", week, ids) >= self.share_not.take(plan)
            shown |= ~self.counts[channel]  # it is about talks, and a letter is none
            ids, channel = ids[shown], channel if isinstance(channel, int) else channel[shown]
        counts = np.broadcast_to(self.counts[channel], ids.shape)
        self.talks.register(ids[counts])
        if self.talks.several:  # a letter does not hide that there was another talk this week
            new = counts | np.isin(self.register.talk.take(ids), (0, NO_SHOW))
            ids, channel = ids[new], channel if isinstance(channel, int) else channel[new]
        self.register.talk[ids] = channel + self.first_code

    def stayed_away(self, ids: Ids) -> None:
        """These ids were called and did not come. Who came to another talk this week is not said to have."""
        if self.talks.several:
            ids = ids[self.register.talk.take(ids) == 0]
        self.register.talk[ids] = NO_SHOW
