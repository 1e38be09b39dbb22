"""Virksomhedspraktik: some weeks unpaid at a firm, in which there is no job to be had elsewhere.

What the evidence says. På rette vej i job asked for activation by week 9; ready ledige started earlier, others needed
ten to twelve weeks, some were never ready (Rambøll 2013, p. 12 [9]). Praktik too early is said to end in defeat
(p. 17 [14]). The extra workplace activation was almost only praktik (p. 5 [2]), and employment did not move: locking-in
during and a gain after praktik may cancel. The observational hazard ratios of 1.84 and 1.65 after praktik
(Beskæftigelsesministeriet 2016) are upper bounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from simulation.interventions.contract import KIND, Outcome
from simulation.interventions.parts.placement import Placement
from simulation.interventions.parts.placing import PlacementRunning
from simulation.interventions.parts.spells import PlacementWeeks
from simulation.interventions.parts.tilbud import waited
from simulation.world.labels import Label
from simulation.world.spec import Floats, Ints, quantile


class Praktik(Placement):
    """Placement at a firm for some weeks."""

    kind: Annotated[Literal["praktik"], KIND]
    length_weeks: Annotated[PlacementWeeks, Field(description="Agreed weeks of a praktik")]

    may_change: ClassVar[frozenset[str]] = Placement.may_change | {"length_weeks"}
    label: ClassVar[Label] = Label("Praktik", "Praktik")
    common_outcomes: ClassVar[Mapping[str, Outcome]] = {
        **waited(
            "Mean weeks from referral to the start of praktik, of those who started; everybody, whole run",
            "from referral to the start of praktik",
            Label("a praktik", "praktikplads"),
            name="wait_praktik",
        )
    }


class PraktikRunning(PlacementRunning):
    """A placement whose length is drawn from the agreed ones."""

    settings: Praktik

    def lengths(self, week: int, chance: Floats) -> Ints:
        return quantile(self.settings.length_weeks, chance)
