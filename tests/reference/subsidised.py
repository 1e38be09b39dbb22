"""A LEDIG'S WAY THROUGH LØNTILSKUD, for the second engine: a placement with a private or a public employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.contract import Effects
from simulation.interventions.loentilskud import Loentilskud

from .placement import Placement

if TYPE_CHECKING:
    from .engine import Ledig


class SubsidisedJob(Placement):
    """Her subsidised job: not before she has been on benefit for some weeks; what comes of it hangs on the sector."""

    settings: Loentilskud

    def __init__(self, me: Ledig, number: int, settings: Loentilskud) -> None:
        super().__init__(me, number, settings)
        self.private = True  # the employer she is with, or was with last
        self.completed_private = True  # the one with whom she completed a spell

    def enrol(self, week: int) -> None:
        super().enrol(week)
        self.qualifies = self.me.began + self.settings.qualifying_weeks
        self.me.tally["not qualified yet"] += int(self.referral < self.qualifies)
        self.referral = max(self.referral, self.qualifies)

    def begin(self, week: int) -> None:
        self.private = self.me.chance(f"{self.name} sector", week) < self.settings.private_share
        self.me.tally["private" if self.private else "public"] += 1
        super().begin(week)

    def complete(self, week: int) -> None:
        self.completed_private = self.private
        super().complete(week)
        self.me.tally["hired by a public employer"] += int(self.me.leaving and not self.private)

    def hire_chance(self) -> float:
        return self.settings.direct_hire if self.private else self.settings.public_hire

    def gain(self) -> tuple[str, Effects]:
        return super().gain() if self.completed_private else ("after_public", self.settings.after_public)
