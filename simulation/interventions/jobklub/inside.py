"""The settings of what happens inside a club beside its sessions: individual talks, company visits, contagion."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Effects
from simulation.world.clocks import Lasts
from simulation.world.spec import Floats, Share, Spec, Weeks, unit


class Counselling(Spec):
    """Individual talks with the jobrådgiver."""

    weekly: Annotated[Share, Field(description="Chance in a week that a member asks for one")]
    minutes: Annotated[int, unit("minutes", "Staff minutes of one such talk", ge=1, le=1000)]
    effects: Annotated[Effects, Field(description="Factor on exit intensities in the week after one")] = {}


class Visits(Spec):
    """Company visits."""

    every_weeks: Annotated[int, unit("weeks", "Weeks from one visit to the next", ge=1, le=104)]
    window_weeks: Annotated[
        Weeks, Field(description="Weeks after a visit in which it has an effect"), Lasts(("effects",))
    ] = 1
    effects: Annotated[Effects, Field(description="Factor on exit intensities of members after a visit")] = {}


class Unmotivated(Spec):
    """Negative contagion: how unmotivated members weaken the club for everybody in it."""

    attribute: Annotated[str, Field(description="Characteristic that tells who is unmotivated")]
    level: Annotated[str, Field(description="Its level that stands for unmotivated")]
    threshold: Annotated[Share, Field(description="Share of unmotivated members that a club can bear")]
    loss: Annotated[Share, Field(description="Share of the effect of sessions lost if all members are unmotivated")]

    def lost(self, share: Floats) -> Floats:
        """Share of the effect that is lost at these shares of unmotivated members."""
        room = 1.0 - self.threshold
        excess = np.clip((share - self.threshold) / room, 0.0, 1.0) if room else np.zeros_like(share)
        return np.asarray(self.loss * excess)


class Contagion(Spec):
    """What members do to each other."""

    per_exit: Annotated[
        Effects, Field(description="Factor on exit intensities for each member who left for a job in the last weeks")
    ] = {}
    window_weeks: Annotated[int, unit("weeks", "Weeks for which an exit is remembered", ge=1, le=52)] = 4
    most_exits: Annotated[int, unit("persons", "Exits beyond this number add nothing", ge=1, le=100)] = 3
    unmotivated: Annotated[
        Unmotivated | None, Field(description="How unmotivated members weaken their club; absent: they do not")
    ] = None
