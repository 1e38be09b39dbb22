"""Worth: what a held talk is worth, by who holds it, how well she knows the case, and how many other cases she has.

What the evidence says. Trust builds with frequency and is broken by a change of caseworker (Rambøll 2013, p. 14-15
[11-12], 9 [6]); heavy groups and weekly talks tire caseworkers, most where the remaining ledige do not move (p. 16
[13]); staff asked for at most 25 cases (p. 17 [14]). Lower caseloads help long-term recipients with low certainty
(CASE-SBU-01). The worth of a meeting is nil for the less productive half of caseworkers and more than twice the mean
for the other (MEET-01, Switzerland). No sizes for Denmark are printed, so without a setting a talk is worth the same
whoever holds it.
"""

from __future__ import annotations

import numpy as np

from simulation.interventions.samtaler.quality import OfCaseload, Quality
from simulation.world.counts import Counting
from simulation.world.labels import Label
from simulation.world.spec import Floats, Ids, Ints
from simulation.world.staff.cases import NO_DESK
from simulation.world.staff.desks import NO_TEAM
from simulation.world.world import World


class Worth:
    """Keeps `tired`, the fatigue at every desk: of the caseworker who sits there alone, or of all of a pooled team."""

    def __init__(self, settings: Quality, world: World) -> None:
        self.settings, self.world, self.staff = settings, world, world.staff
        self.tired = np.zeros(len(self.staff.minutes))
        self._sat = self.staff.caseworkers.holder[self.staff.first_post]
        learns = any(team.learning is not None for team in self.staff.caseworkers.teams)
        self._of_who = learns or settings.continuity is not None or settings.caseworker_sd > 0
        self.none = settings == Quality() and not learns
        with_cases = np.array([team.takes_cases for team in self.staff.caseworkers.teams])
        self._with_cases = with_cases[self.staff.team_of_desk]
        by_team = np.array([settings.teams.get(name, 1.0) for name in world.staff.names])
        self._of_team = np.tile(by_team, len(world.jobcentres)) if settings.teams else None  # by team row
        self._of_place = _around_one(settings.jobcentre_sd, _normal(world)) if settings.jobcentre_sd else None
        if self._of_who:
            world.staff.follow_relations()

    def strength(self, ids: Ids, desk: Ints, sits_in: Ints | None = None) -> float | Floats:
        """Factor on the effect of the talks held with these ids at these desks; shape of `ids`, or a plain 1.
        `sits_in` is the team that sits in at each, NO_TEAM for none."""
        settings, staff = self.settings, self.staff
        if self.none:
            return 1.0
        factor = np.ones(len(ids))
        if settings.caseload is not None:
            factor *= self._of_caseload(settings.caseload).take(desk)
        if settings.fatigue is not None:
            factor *= 1 - settings.fatigue.loss * self.tired.take(desk)
        if self._of_place is not None:
            factor *= self._of_place.take(self.world.ledige.jobcentre.take(ids))
        if self._of_team is not None:
            factor *= self._of_team.take(staff.team_of_desk.take(desk))
            if sits_in is not None:
                joint = sits_in != NO_TEAM
                factor[joint] *= self._of_team.take(staff.row_of(ids[joint], sits_in[joint]))
        if not self._of_who or staff.relations is None:
            return factor
        posts, earlier = staff.relations.post.take(ids), staff.relations.together.take(ids) - 1
        if settings.continuity is not None:
            first, full = settings.continuity.first, settings.continuity.full_after
            factor *= first + (1 - first) * np.minimum(earlier / full, 1.0)
        if settings.caseworker_sd:
            factor *= _around_one(settings.caseworker_sd, staff.caseworkers.talent(staff.caseworkers.person(posts)))
        return np.asarray(factor * staff.caseworkers.effect.take(posts))

    def _of_caseload(self, settings: OfCaseload) -> Floats:
        """The factor by desk."""
        staff = self.staff
        fte = staff.filled()
        load = np.maximum(np.divide(staff.cases, fte, out=np.zeros(len(fte)), where=fte > 0), 1e-9)
        of_load = np.minimum((settings.reference / load) ** settings.exponent, settings.most)
        return np.where(self._with_cases, of_load, 1.0)  # staff without cases has no caseload

    def soendag(self, week: int) -> None:
        """søndag: caseworkers have tired, or recovered, by this week's cases."""
        if (settings := self.settings.fatigue) is None:
            return
        ledige, staff = self.world.ledige, self.staff
        ids = np.flatnonzero(staff.desk != NO_DESK)
        stuck = week - ledige.enrolled.take(ids) >= settings.stagnant_after
        share = np.bincount(staff.desk.take(ids), stuck, minlength=len(self.tired)) / np.maximum(staff.cases, 1)
        sits = staff.caseworkers.holder[staff.first_post]
        self.tired[staff.alone & (sits != self._sat)] = 0.0  # somebody else sits there, who is not tired yet
        self._sat = sits
        self.tired += (share - self.tired) * -np.expm1(-1 / settings.builds_over)


def meet(
    world: World, count: Counting, week: int, ids: Ids, asked: Ints, desk: Ints, lot_of: Ids | None = None
) -> None:
    """Talks with these ids are held at these desks, where other ones may have been asked: who holds them is kept, and
    counted by team whether it is the same person as last time, and whether somebody stands in for another one.
    `lot_of` as in `Relations.meet`."""
    staff = world.staff
    if staff.relations is None:
        return
    meeting = staff.relations.meet(week, ids, desk, lot_of)
    covered = (asked != desk) | staff.caseworkers.covered.take(meeting.posts)
    world.tell(
        ids[covered], Label("a colleague or a substitute holds the talk", "en kollega eller en vikar holder samtalen")
    )
    found = {"met_again": meeting.again, "met_the_same": meeting.again & meeting.same, "covered": covered}
    for name, which in found.items():
        count(week, name, ids[which])
        count.of_teams(week, name, staff.team_of_desk.take(asked[which]))


def _around_one(sd: float, normal: Floats) -> Floats:
    """Lognormal factors with mean 1."""
    return np.asarray(np.exp(sd * normal - sd**2 / 2))


def _normal(world: World) -> Floats:
    from scipy.special import ndtri

    jobcentres = world.jobcentres
    return np.asarray(ndtri(jobcentres.draws.uniform("worth of talks", 0, np.arange(len(jobcentres)))))
