"""What a design costs once, such as IT, a move or a course for the staff: how often and when, never how much.

Kroner stand in a file of prices (`prices.once`), as for everything that is counted.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulation.scenario.words import IsoWeek
from simulation.world.spec import Positive, Spec, unit


class Once(Spec):
    """Something that is paid once."""

    week: Annotated[IsoWeek, Field(description="ISO week of the run in which it is paid; it is of that calendar year")]
    times: Annotated[Positive, unit("times", "How many are paid then, such as 12 courses")] = 1.0
