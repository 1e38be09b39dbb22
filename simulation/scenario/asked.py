"""What a scenario asks of its outcomes beside showing them: milestones, and how large an effect would have to be."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from simulation.world.spec import Amount, Positive, Share, Spec, exactly_one, in_unit_of

POINTS = 7
"""Values of a parameter that are tried for a needed effect."""


class Milestone(Spec):
    """A number of persons that was expected, with traffic lights for falling short of it."""

    outcome: Annotated[str, Field(description="Outcome that counts persons, such as jobklub_referred")]
    expected: Annotated[Positive, in_unit_of("outcome", "Number that was expected of the whole run")]
    yellow_from: Annotated[Share, Field(description="Yellow from this relative shortfall on; less is green")]
    red_above: Annotated[Share, Field(description="Red above this relative shortfall; yellow up to it")]
    source: Annotated[str, Field(description="Publication that the expected number is printed in")]
    page: Annotated[str, Field(description="Page, table or figure of that publication")]
    caveat: Annotated[str | None, Field(description="What speaks against the comparison, in words")] = None

    @model_validator(mode="after")
    def _yellow_before_red(self) -> Milestone:
        if self.red_above < self.yellow_from:
            raise ValueError(
                f"red_above: must not be below yellow_from (got {self.red_above:g} and {self.yellow_from:g}): "
                "yellow could never be shown"
            )
        return self


class NeededEffect(Spec):
    """A question put backwards: how large must a parameter be for an outcome to change by so much, or to be at a level?

    With a `change` whatever else the scenario does to the figure is left out; a `level` counts it in.
    """

    question: Annotated[str, Field(description="The question in words, shown above its answer")]
    parameter: Annotated[str, Field(description="Dotted path of the parameter that is varied")]
    without: Annotated[
        Amount, in_unit_of("parameter", "Value of the parameter without the effect, from which on values are tried")
    ]
    highest: Annotated[Amount, in_unit_of("parameter", "Largest value of the parameter that is tried")]
    outcome: Annotated[str, Field(description="Outcome that is to move, such as exit_job")]
    group: Annotated[str, Field(description="Group that the figure is of: an arm, alle or difference")]
    change: Annotated[Amount | None, in_unit_of("outcome", "Wanted change of the figure against `without`")] = None
    level: Annotated[
        Amount | None,
        in_unit_of("outcome", "Wanted figure itself, instead of a change; of a difference how far groups lie apart"),
    ] = None
    source: Annotated[str, Field(description="Publication that the wanted change or level is printed in")]
    page: Annotated[str, Field(description="Page, table or figure of that publication")]

    @model_validator(mode="after")
    def _one_wish(self) -> NeededEffect:
        message = "give exactly one of change (against `without`) and level (of the figure itself)"
        exactly_one(self, "change", "level", message)
        return self

    @property
    def wanted(self) -> float:
        """The change, or the level, that is wanted."""
        wish = self.level if self.change is None else self.change
        assert wish is not None
        return wish

    @model_validator(mode="after")
    def _something_is_tried(self) -> NeededEffect:
        if not self.without < self.highest:
            raise ValueError(f"highest: must be above `without` (got {self.highest:g} and {self.without:g})")
        return self

    def tried(self) -> list[float]:
        """The values that are tried, from `without` to `highest`."""
        return [float(value) for value in np.linspace(self.without, self.highest, POINTS)]
