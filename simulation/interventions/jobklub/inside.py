"""The settings of what happens inside a club beside its sessions: individual talks, company visits, contagion."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import Effects
from simulation.world.clocks import Lasts
from simulation.world.spec import Factor, Floats, Ints, Share, SharesByWeeks, Spec, Weeks, unit


class Counselling(Spec):
    """Individual talks with the jobrådgiver."""

    weekly: Annotated[Share, Field(description="Chance in a week that a member asks for one")]
    by_course_week: Annotated[
        SharesByWeeks | None,
        Field(
            description="The same by weeks since the start, on a straight line between those given, level before and "
            "after; absent: always `weekly`"
        ),
    ] = None
    minutes: Annotated[int, unit("minutes", "Staff minutes of one such talk", ge=1, le=1000)]
    effects: Annotated[Effects, Field(description="Factor on exit intensities in the week after one")] = {}

    def chance(self, weeks: Ints) -> float | Floats:
        """Chance in a week that a member asks for one, these weeks after she started; shape of `weeks`, or one."""
        if self.by_course_week is None:
            return self.weekly
        return np.interp(weeks, list(self.by_course_week), list(self.by_course_week.values()))


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


class Mixed(Spec):
    """What members give each other who are not alike: how much a mixed club strengthens the effect of sessions."""

    by: Annotated[str, Field(description="Characteristic by which members differ")]
    gain: Annotated[
        Factor,
        Field(
            description="Part that the effect of sessions is stronger where all levels are equally many; it grows with "
            "the chance that two members differ, and is 0 where all are alike"
        ),
    ]

    def strength(self, members: NDArray[np.int64]) -> Floats:
        """Times as strong as the effect is, by club; `members` has shape (clubs, levels)."""
        levels = members.shape[1]
        share = members / np.maximum(members.sum(axis=1, keepdims=True), 1)
        alike = (share * share).sum(axis=1)
        return np.asarray(1.0 + self.gain * np.where(members.any(axis=1), (1.0 - alike) / (1.0 - 1.0 / levels), 0.0))


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
    mixed: Annotated[
        Mixed | None, Field(description="How members who differ strengthen their club; absent: they do not")
    ] = None
