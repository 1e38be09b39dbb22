"""Løntilskud: a job whose wage is subsidised for some weeks, with a private or a public employer.

What the evidence says. The extra workplace activation in På rette vej i job was almost only praktik; løntilskud did
not grow (Rambøll 2013, p. 5 [2]; its level is not printed). Locking-in of 0.4-0.8 during Danish programmes of the
1990s and 2000s, and an upper length of some four to six months at private employers, are from memory (MEM-11,
MEM-12). Of praktik the gain afterwards is larger with private employers than with public ones
(Beskæftigelsesministeriet 2016), which here is a choice of the scenario. The hours are not ordinary work: they do not
count as employment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.contract import KIND, Effects, Found, Setting, of_effects
from simulation.interventions.parts.hired import hires_nowhere
from simulation.interventions.parts.placement import Placement
from simulation.interventions.parts.placing import PlacementRunning
from simulation.interventions.parts.spells import PlacementWeeks
from simulation.world.clocks import BENEFIT_WEEK
from simulation.world.labels import Label
from simulation.world.spec import Floats, Ids, Ints, Share, Weeks, quantile
from simulation.world.world import World


class Loentilskud(Placement):
    """A subsidised job."""

    kind: Annotated[Literal["loentilskud"], KIND]
    length_weeks: Annotated[PlacementWeeks, Field(description="Agreed weeks of a job with løntilskud")]
    qualifying_weeks: Annotated[
        Weeks, Field(description="Weeks on benefit before a ledig may have løntilskud"), BENEFIT_WEEK
    ] = 0
    private_share: Annotated[Share, Field(description="Share of placements with a private employer")] = 1.0
    public_hire: Annotated[
        Share,
        Field(
            description="Share of completed spells with a public employer that end in a job (`direct_hire`: private)"
        ),
    ] = 0.0
    after_public: Annotated[
        Effects, Field(description="Factor on exit intensities after a public employer (`after`: a private one)")
    ] = {}

    may_change: ClassVar[frozenset[str]] = Placement.may_change | {
        "length_weeks", "private_share", "public_hire", *of_effects("after_public"),
    }  # fmt: skip
    label: ClassVar[Label] = Label("Wage subsidy", "Løntilskud")
    pays_wage: ClassVar[bool] = True
    refers: ClassVar[Mapping[str, str]] = {**Placement.refers, "after_public.<key>": "exits"}

    def hires(self) -> bool:
        return super().hires() or self.public_hire > 0

    def problems(self, setting: Setting) -> Found:
        yield from super().problems(setting)
        yield from hires_nowhere("public_hire", self.public_hire, self.exit_of_hired, setting)


class LoentilskudRunning(PlacementRunning):
    """Columns: `private` (the present or last employer is), `gain_private` (that of the last completed spell was)."""

    settings: Loentilskud
    luck_of_host = "sector"

    def __init__(self, settings: Loentilskud, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.private = np.ones(len(world.ledige), dtype=bool)
        self.gain_private = self.private.copy()
        self.after_public = self.effect("after_public", settings.after_public)

    def enrolled(self, week: int, ids: Ids) -> None:
        super().enrolled(week, ids)
        referral = self.offer.referrals.planned
        qualified = self.world.ledige.spell_start.take(ids) + self.settings.qualifying_weeks
        referral.plan(ids, np.maximum(referral.week.take(ids), qualified))
        if (earlier := self.offer.referrals.earlier) is not None:
            earlier.qualifies[ids] = qualified

    def host(self, ids: Ids, chance: Floats) -> None:
        self.private[ids] = chance < self.settings.private_share

    def lengths(self, week: int, chance: Floats) -> Ints:
        return quantile(self.settings.length_weeks, chance)

    def completed(self, week: int, ids: Ids) -> None:
        self.gain_private[ids] = self.private.take(ids)

    def hire_chance(self, ids: Ids) -> Floats:
        return np.where(self.private.take(ids), self.settings.direct_hire, self.settings.public_hire)

    def gains(self, week: int) -> None:
        settings = self.settings
        for effect, where in ((self.after, self.gain_private), (self.after_public, ~self.gain_private)):
            self.offer.spells.afterwards(week, effect, settings.after_weeks, settings.after_halving_weeks, where)
