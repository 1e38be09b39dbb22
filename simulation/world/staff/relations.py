"""Relations between ledige and caseworkers: with whom the last talk was, and how well she knows the case.

Frequent talks with the same person build trust, and a change of caseworker is a break (Rambøll 2013, p. 9 [6], 14-15
[11-12]). What a colleague of the same team knows of the case is a part of it (`shared_knowledge`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from simulation.world.ledige import Ledige
from simulation.world.spec import Bools, Floats, Ids, Ints, where
from simulation.world.staff.desks import Desks

NOBODY = -1


@dataclass(frozen=True)
class Meeting:
    """Held talks, in the order of their ids: arrays of shape (n,)."""

    posts: Ids  # of who held each
    known: Floats  # earlier talks that she knows of
    again: Bools  # it is not the ledig's first held talk
    same: Bools  # it is with the same person as the last one


class Relations:
    """Columns: `person` (who held the last talk), `post` (hers), `together` (talks that she knows of)."""

    def __init__(self, ledige: Ledige, desks: Desks) -> None:
        self.ledige, self.desks, self.caseworkers = ledige, desks, desks.caseworkers
        self.person = np.full(len(ledige), NOBODY, dtype=np.int64)
        self.post = np.full(len(ledige), NOBODY, dtype=np.intp)
        self.together = np.zeros(len(ledige))
        self._by_lot = ~desks.alone
        self.become()

    def become(self) -> None:
        """What colleagues know is what the teams say now."""
        self._shared = np.array([team.shared_knowledge for team in self.caseworkers.teams])

    def meet(self, week: int, ids: Ids, desk: Ints, lot_of: Ids | None = None) -> Meeting:
        """These ids have a held talk at these desks, as in `meeting`, which is kept."""
        meeting = self.meeting(week, ids, desk, lot_of)
        self.person[ids], self.post[ids] = self.caseworkers.person(meeting.posts), meeting.posts
        self.together[ids] = meeting.known + 1
        return meeting

    def meeting(self, week: int, ids: Ids, desk: Ints, lot_of: Ids | None = None) -> Meeting:
        """What a held talk with these ids at these desks would be: who holds it, and what she knows. Where several sit
        at a desk, the lot of these ids (`lot_of`; None: of each herself) decides who it is."""
        posts = self.desks.first_post.take(desk)
        if self._by_lot.any():
            several, lots = where(self._by_lot.take(desk)), ids if lot_of is None else lot_of
            chance = self.ledige.draws.uniform("who holds the talk", week, lots.take(several))
            posts[several] = self.desks.by_lot(desk.take(several), chance)
        person, last, team = self.caseworkers.person(posts), self.person.take(ids), self.caseworkers.team.take(posts)
        same, again = last == person, last != NOBODY
        known = np.where(same, self.together.take(ids), 0.0)
        if self._shared.any():
            known_in_team = again & ~same & (self.caseworkers.team.take(self.post.take(ids)) == team)
            known[known_in_team] = (self.together.take(ids) * self._shared[team])[known_in_team]
        return Meeting(posts, known, again, same)
