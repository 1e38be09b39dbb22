"""The search for places: how many of those who wait for a placement one can be found for in a week.

Konsulenter make so many matches a week, as far as the minutes of their team last if the search takes any. What a team
searches in minutes that were left over after last week's talks comes on top.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.parts.waiting import Waiting
from simulation.world.spec import NEVER, Floats, Ids, Ints, Spec, unit
from simulation.world.world import World


class Matching(Spec):
    """Whose minutes the search for a place takes."""

    team: Annotated[str, Field(description="Team with cases in common, or of partners, whose minutes it takes")]
    minutes: Annotated[
        int, unit("minutes", "Minutes for each ledig who is searched a place for, found or not", ge=1, le=100_000)
    ]


class Search:
    """What can be matched, by row of the jobcentre table."""

    def __init__(
        self, world: World, waiting: Waiting, matches: Floats, matching: Matching | None
    ) -> None:
        """`matches` a week by row of the jobcentre table."""
        self.world, self.waiting, self.matches, self.matching = world, waiting, matches, matching
        self._more = np.zeros(len(world.jobcentres), dtype=np.int64)  # searched in minutes left over
        self._more_since = NEVER  # the week in which

    def room(self, week: int, ids: Ids) -> NDArray[np.int64]:
        """torsdag: how many of these ids, who wait, a place is searched for this week."""
        room = (np.floor((week + 1) * self.matches) - np.floor(week * self.matches)).astype(np.int64)
        if self.matching is not None:
            room = self._as_minutes_last(ids, room, self.matching)
        return room + self._more if self._more_since == week - 1 else room

    def _as_minutes_last(self, ids: Ids, room: NDArray[np.int64], matching: Matching) -> NDArray[np.int64]:
        """How many of these ids a place is searched for in each jobcentre: as far as the team's minutes last, too."""
        staff = self.world.staff
        team = staff.names.index(matching.team)
        waiting = np.bincount(self.world.ledige.jobcentre.take(ids), minlength=len(room))
        searched = np.minimum(np.minimum(waiting, room), staff.minutes_left(team) // matching.minutes)
        staff.spend(team, searched * matching.minutes)
        return np.asarray(searched)

    # --- minutes left over ----------------------------------------------------------------------------------

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """fredag: who of these ids waits and could begin, and since when."""
        ids = self.waiting.free(ids[self.waiting.since.take(ids) != NEVER])
        return ids, self.waiting.since.take(ids)

    def done(self, week: int, ids: Ids) -> None:
        """fredag: for these ids a place has been searched: so many more can be matched next torsdag."""
        if self._more_since != week:
            self._more.fill(0)
            self._more_since = week
        self._more += np.bincount(self.world.ledige.jobcentre.take(ids), minlength=len(self._more))
