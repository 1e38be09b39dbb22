"""Udeblivelse: who does not come to a talk that she was called to.

In På rette vej i job the weeks without a talk were mainly no-shows; attendance was highest early, and jobcentres ranged
from 69 to 94 % (Rambøll 2013, p. 4, 10-11 [1, 7-8]). How much is due to the person, the channel or the week is not
known. So the odds of coming are those of the channel × of the person × of the jobcentre × of the weeks gone by. Trust
from frequent talks makes people come (p. 15 [12]); no size, so 1 unless a scenario says how much. The
bars of the jobcentres have lost their names; so jobcentres without odds of their own draw them, the same for all kinds
of talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulation.interventions.parts.talks import Talks
from simulation.interventions.samtaler.attendance import Attendance
from simulation.world.spec import Bools, Floats, Ids, Ints
from simulation.world.world import World

CERTAIN = 1e18
"""Odds of what is certain."""


class Udeblivelse:
    """Who comes, of all rows; `shares` is the attendance of each channel before all differences."""

    def __init__(self, settings: Attendance, shares: Sequence[float], world: World, luck: str = "") -> None:
        """`luck` goes before the names of decisions, so that each kind of talk has its own."""
        self.settings, self.world, self.luck, self.talks = settings, world, luck, world.part(Talks)
        with np.errstate(divide="ignore"):
            self.odds = np.minimum(np.array(shares) / (1 - np.array(shares)), CERTAIN)  # by channel
        if settings.trust is not None:
            world.staff.follow_relations()
        differs = settings.person_sd or settings.jobcentre_odds or settings.between_jobcentres
        self.personal = self._personal() if differs else None

    def comes(self, week: int, ids: Ids, channel: int | Ids, desk: Ints, lot_of: Ids | None = None) -> Bools:
        """Who of these ids comes when called by these channels to these desks; shape of `ids`. `lot_of` as in
        `Relations.meet`."""
        odds: Any = self.odds[channel]
        if self.personal is not None:
            odds = odds * self.personal.take(ids)
        odds = odds * self.talks.reached_out(ids)
        if self.settings.weekly_odds != 1.0:
            odds = odds * self.settings.weekly_odds ** (week - self.world.ledige.enrolled.take(ids))
        if (trust := self.settings.trust) is not None and self.world.staff.relations is not None:
            known = self.world.staff.relations.meeting(week, ids, desk, lot_of).known
            with np.errstate(over="ignore", invalid="ignore"):
                odds = np.minimum(odds * trust.per_talk ** np.minimum(known, trust.full_after), CERTAIN)
        return np.asarray(self.world.ledige.draws.uniform(f"{self.luck}attendance", week, ids) < odds / (1 + odds))

    def _personal(self) -> Floats:
        ledige = self.world.ledige
        odds = self._of_places()[ledige.jobcentre]
        if self.settings.person_sd:
            from scipy.special import ndtri

            odds *= np.exp(
                self.settings.person_sd * ndtri(ledige.draws.uniform("punctuality", 0, np.arange(len(ledige))))
            )
        return odds

    def _of_places(self) -> Floats:
        """The odds ratio of every row of the jobcentre table."""
        named, jobcentres = self.settings.jobcentre_odds, self.world.jobcentres
        odds = np.array([named.get(name, 1.0) for name in jobcentres.name_of_row])
        if self.settings.between_jobcentres:
            from scipy.special import ndtri

            drawn = np.flatnonzero([name not in named for name in jobcentres.name_of_row])
            chance = jobcentres.draws.uniform("attendance of a jobcentre", 0, drawn)
            odds[drawn] = np.exp(self.settings.between_jobcentres * ndtri(chance))
        return odds
