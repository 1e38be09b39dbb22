"""Incitament: a subsidy that the jobcentre earns only if enough talks are held and enough participants activated.

What the evidence says. På rette vej i job paid only where at least 80 % of the weekly talks were held and 40 % of the
participants had been in an offer at a workplace from week 9 on, for nine months in all; the evaluator sees a decisive
influence (Rambøll 2013, p. 5 [2], 11 [8] with note 2; the amount is lost, and the window is ambiguous). Two of the
eighteen jobcentres lie at 93 and 94 %, three at about 70 % (p. 10-11 [7-8]).

It is a monitor: outcomes tell how often each jobcentre earns the subsidy. With `outreach` it is a behaviour as well:
a jobcentre that lies below the threshold reaches out more, which brings more ledige to talks and costs minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from simulation.interventions.contract import Intervention, Running
from simulation.world.ledige import LEDIG
from simulation.world.spec import Minutes, Odds, Share, Spec, Weeks, unit, where
from simulation.world.world import World


class Outreach(Spec):
    """What a jobcentre does that is about to miss the share of talks."""

    margin: Annotated[
        Share, Field(description="Reaches out while its share so far is less than this above the threshold")
    ]
    odds: Annotated[Odds, Field(description="Odds ratio of coming to a talk by the outreach")]
    minutes: Annotated[Minutes, Field(description="Minutes that every talk takes more by it")]


class Incitament(Intervention):
    """A subsidy on conditions."""

    kind: Literal["incitament"]
    arm: Annotated[str, Field(description="Arm whose talks and activation count")]
    talks_at_least: Annotated[Share, Field(description="Share of the weekly talks that must be held")]
    activated_at_least: Annotated[Share, Field(description="Share of participants that must have been at a workplace")]
    from_course_week: Annotated[Weeks, Field(description="Course week from which activation counts")]
    for_weeks: Annotated[int, unit("weeks", "Weeks for which activation counts", ge=1, le=520)]
    outreach: Annotated[Outreach | None, Field(description="Absent: the subsidy changes nothing that anybody does")] = (
        None
    )

    refers: ClassVar[Mapping[str, str]] = {"arm": "arms"}
    outcomes: ClassVar[Mapping[str, tuple[str, str]]] = {
        "talks_share": ("share", "Weeks with a held talk among weeks on benefit, which must reach a threshold"),
        "activated_share": ("share", "Ledige of the arm at a workplace in the window, which must reach a threshold"),
        "earned_share": ("share", "Subsidies earned: both thresholds reached; over jobcentres and replications"),
    }


class IncitamentRunning(Running):
    """Of the arm in each jobcentre so far: `weeks` on benefit after the first one, and those with a talk (`held`)."""

    def __init__(self, settings: Incitament, world: World, name: str, number: int) -> None:
        self.settings, self.world = settings, world
        self.mine = world.ledige.arm == world.arms.index(settings.arm)
        self.weeks = np.zeros(len(world.jobcentres), dtype=np.int64)
        self.held = np.zeros(len(world.jobcentres), dtype=np.int64)
        self.behind = np.zeros(len(world.jobcentres), dtype=bool)
        self.reaching = np.zeros(len(world.ledige), dtype=bool)
        if settings.outreach:
            if world.talked is None:
                world.talked = np.zeros(len(world.ledige), dtype=bool)
            if world.outreach_odds is None:
                world.outreach_odds = np.ones(len(world.ledige))
            if world.extra_minutes is None:
                world.extra_minutes = np.zeros(len(world.ledige), dtype=np.int64)

    def mandag(self, week: int) -> None:
        """mandag: a jobcentre that lies below the threshold reaches out more this week."""
        if (outreach := self.settings.outreach) is None:
            return
        assert self.world.outreach_odds is not None and self.world.extra_minutes is not None
        threshold = self.settings.talks_at_least + outreach.margin
        behind = self.held < threshold * self.weeks
        if (behind == self.behind).all():
            return
        self.behind = behind
        reaching = behind[self.world.ledige.jobcentre] & self.mine
        begins, stops = reaching & ~self.reaching, self.reaching & ~reaching
        self.world.outreach_odds[begins] *= outreach.odds
        self.world.outreach_odds[stops] /= outreach.odds
        self.world.extra_minutes[begins] += outreach.minutes
        self.world.extra_minutes[stops] -= outreach.minutes
        self.reaching = reaching

    def count(self, week: int) -> None:
        if self.settings.outreach is None:
            return
        ledige = self.world.ledige
        assert self.world.talked is not None
        there = where(self.mine & (ledige.status == LEDIG) & (ledige.enrolled < week))
        came = there[self.world.talked.take(there)]
        self.weeks += np.bincount(ledige.jobcentre.take(there), minlength=len(self.weeks))
        self.held += np.bincount(ledige.jobcentre.take(came), minlength=len(self.held))
        self.world.register.count(week, "outreach", there[self.reaching.take(there)])
