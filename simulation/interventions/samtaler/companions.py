"""Companions: which person of the other party sits in at a joint talk, and whether it is the one of last time.

What the evidence says. Esbjerg planned two talks with a jobkonsulent, with the same one both times if possible
(Esbjerg 2016, p. 3). How often it was possible is not in the plan, nor what it is worth: it has no effect on exits.

Minutes of the other party are its team's; who of it comes is kept apart from that. Whoever sat in last time comes
again if that is arranged and she is at work, else somebody of those at work, by lot.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.world.counts import Counting
from simulation.world.spec import Ids, Ints
from simulation.world.staff.caseworkers import SUCCESSORS
from simulation.world.staff.relations import NOBODY
from simulation.world.world import World


class Companions:
    """Columns, one for each team that some plan follows: `person` (of it who sat in last)."""

    def __init__(self, plans: Sequence[Plan], world: World, count: Counting, luck: str) -> None:
        """`luck` is what stands before the names of decisions about these talks."""
        self.world, self.count, self.luck = world, count, luck
        names = dict.fromkeys(name for plan in plans for name in plan.same_partner)
        self.teams = [world.staff.names.index(name) for name in names]
        self.followed = np.array([[name in plan.same_partner for plan in plans] for name in names])
        self.share = np.array([[plan.same_partner.get(name, 0.0) for plan in plans] for name in names])
        self.person = np.full((len(names), len(world.ledige) if names else 0), NOBODY, dtype=np.int64)

    def sit_in(self, week: int, ids: Ids, plan: Ints, partner: Ints) -> None:
        """Teams sit in at talks held with these ids, on these plans; all of shape (n,)."""
        for number, team in enumerate(self.teams):
            at = (partner == team) & self.followed[number].take(plan)
            self._of_team(week, number, ids[at], self.share[number].take(plan[at]))

    def _of_team(self, week: int, number: int, ids: Ids, arranged: Ints) -> None:
        staff, draws, last = self.world.staff, self.world.ledige.draws, self.person[number].take(ids)
        desk = staff.first_desk.take(staff.row_of(ids, self.teams[number]))
        by_lot = staff.by_lot(desk, draws.uniform(f"{self.luck}who sits in", week, ids))
        again = last != NOBODY
        post = np.where(again, last // SUCCESSORS, by_lot)
        comes = again & (staff.caseworkers.person(post) == last) & (staff.caseworkers.there.take(post) > 0)
        comes &= draws.uniform(f"{self.luck}same partner", week, ids) < arranged
        person = np.where(comes, last, staff.caseworkers.person(by_lot))
        self.person[number][ids] = person
        self.count(week, "partner_again", ids[again])
        self.count(week, "partner_same", ids[again & (person == last)])
