"""WHAT A HELD TALK IS WORTH, for the second engine: by who holds it, how well she knows the ledig, how tired she is,
and how many talks there were of late."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from simulation.interventions.samtaler.dose import Dose
from simulation.interventions.samtaler.settings import Samtaler
from simulation.world.spec import SOENDAG

from .basics import Story, power

if TYPE_CHECKING:
    from .engine import Ledig, Reference
    from .staffing import Post
    from .teams import Desk, Team


def meet(me: Ledig, week: int, asked: Desk, by: Desk, first: Ledig) -> None:
    """A talk with her is held at this desk, where another one may have been asked: with whom, and who knows what. All
    who meet, meet whoever it is by the luck of the first of them."""
    (post, known), last = knows(me, week, by, first), me.last_with
    said = ["covered"] if by is not asked or post.substitute else []
    if last is not None:
        said += ["met_again", "met_the_same"] if last is post.sits else ["met_again"]
    for what in said:
        me.count(week, what)
        asked.team.count(week, what)
    me.last_with, me.together = post.sits, known + 1


def knows(me: Ledig, week: int, by: Desk, first: Ledig) -> tuple[Post, float]:
    """Who would hold a talk with her at this desk, and of how many earlier ones she knows."""
    post, last = by.who(first.chance("who holds the talk", week), week), me.last_with
    if last is None:
        return post, 0.0
    if last is post.sits:
        return post, me.together
    assert last.post.desk is not None
    return post, me.together * by.team.terms.shared_knowledge if last.post.desk.team is by.team else 0.0


class Worth:
    """What talks of one kind are worth in one jobcentre; every desk tires of its own cases."""

    def __init__(self, world: Reference, settings: Samtaler, jobcentre: str) -> None:
        self.world, self.quality = world, settings.quality
        self.tired = {desk: 0.0 for team in world.rows[jobcentre].values() for desk in team.every_desk}
        self.sat = {desk: desk.every_post[0].sits for desk in self.tired}
        row = list(world.scenario.jobcentres).index(jobcentre)
        luck = world.table.draws.uniform("worth of talks", 0, np.array([row]))
        self.place = around_one(self.quality.jobcentre_sd, float(ndtri(luck)[0]))
        if self.quality.fatigue:
            world.env.process(self.life())

    def serve(self, week: int, step: int) -> None: ...
    def become(self, settings: Samtaler, jobcentre: str) -> None: ...

    def life(self) -> Story:
        """søndag: caseworkers tire, or recover, by how many of their cases do not move."""
        fatigue = self.quality.fatigue
        assert fatigue is not None
        for week in range(self.world.scenario.weeks):
            yield self.world.at(week, SOENDAG)
            for desk, tired in self.tired.items():
                if len(desk.every_post) == 1 and desk.every_post[0].sits is not self.sat[desk]:
                    self.sat[desk], tired = desk.every_post[0].sits, 0.0  # somebody else, who is not tired yet
                stuck = [week - me.enrolled >= fatigue.stagnant_after for me in desk.cases]
                towards = sum(stuck) / max(len(stuck), 1)
                self.tired[desk] = tired + (towards - tired) * -math.expm1(-1 / fatigue.builds_over)

    def of(self, me: Ledig, week: int, desk: Desk, partner: Team | None) -> float:
        """The worth of this week's talk with her, which was held at this desk by whom she has met last."""
        worth, quality = 1.0, self.quality
        assert me.last_with is not None
        if quality.caseload and desk.team.terms.takes_cases:
            fte = sum(post.fte for post in desk.posts if not post.vacant)
            load = max(len(desk.cases) / fte if fte else 0.0, 1e-9)
            worth *= min(power(quality.caseload.reference / load, quality.caseload.exponent), quality.caseload.most)
        if quality.fatigue:
            worth *= 1 - quality.fatigue.loss * self.tired[desk]
        worth *= self.place
        worth *= quality.teams.get(desk.team.name, 1.0)
        worth *= quality.teams.get(partner.name, 1.0) if partner else 1.0
        if quality.continuity:
            first = quality.continuity.first
            worth *= first + (1 - first) * min((me.together - 1) / quality.continuity.full_after, 1.0)
        post = me.last_with.post
        if quality.caseworker_sd:
            worth *= around_one(quality.caseworker_sd, post.talent(me.last_with))
        return worth * post.effect(week)


def around_one(sd: float, normal: float) -> float:
    """A factor whose logarithm has this sd, and whose mean is 1."""
    return math.exp(sd * normal - sd**2 / 2)


class Remembered:
    """The talks that have been held with her, and how much each counts still: less by the same part every week."""

    def __init__(self, dose: Dose | None) -> None:
        self.dose = dose
        self.talks = 0.0

    def count(self, worth: float) -> None:
        """A talk is held, which counts so much."""
        self.talks += worth

    def this_week(self) -> float:
        """tirsdag: the strength of the effect, by talks a month; then they fade."""
        assert self.dose is not None
        fades = math.exp(-1 / self.dose.mean_life_weeks)
        a_month = self.talks * -math.expm1(-1 / self.dose.mean_life_weeks) * 52 / 12
        self.talks *= fades
        return -math.expm1(-a_month / self.dose.per_month)
