"""Offers that run beside others: two that a ledig may be in at the same time (see `world/side_by_side.py`)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from simulation.interventions.contract import Found, Intervention, Setting, offerless

BESIDE = {"beside.*": "interventions"}
"""What `beside` names of the scenario, for the `refers` of a kind that marks offers."""


class MarksOffers(Intervention):
    """The settings of an intervention whose offers the register shows."""

    beside: Annotated[
        list[str],
        Field(
            description="Interventions whose offers a ledig may be in while in this one: neither stands in the way of "
            "the other, and the register then shows the other; none: she is in one offer at a time"
        ),
    ] = []

    marks_offers: ClassVar[bool] = True

    def unlike(self, own: Intervention) -> Found:
        yield from super().unlike(own)
        if isinstance(own, MarksOffers) and own.beside != self.beside:
            yield ("beside",), "'beside' is the same in all jobcentres: it stands in the intervention itself"

    def problems(self, setting: Setting) -> Found:
        for i, name in enumerate(self.beside):
            if setting.interventions[name] is self:
                yield ("beside", i), "nothing runs beside itself; name others"

    def doubts(self, setting: Setting) -> Found:
        for i, name in enumerate(self.beside):
            yield from offerless(("beside", i), name, setting)
