"""Holders: who holds a ledig's talks, where it is not the plan's own team alone; and when a plan follows an offer.

What the evidence says. På rette vej i job had four ways: one caseworker throughout; a virksomhedskonsulent who takes
over when praktik begins; caseworker and konsulent who hold every second talk while it lasts; and konsulenter who hold
all talks, with social work beside (Rambøll 2013, p. 13-14 [10-11]). How many jobcentres did which is not printed, nor
what it did to exits: so who holds a talk changes minutes, waits and relations, and its effect only where a scenario
says so (`quality.teams`).

There is one clock: a talk is due by the plan, whoever's turn it is. The turn moves on when a talk is held, so who did
not come, or got a letter, is called by the same team again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from simulation.interventions.samtaler.plan import Plan
from simulation.world.spec import Bools, Ids, Ints
from simulation.world.world import World

OWN = -1
"""In the place of a team: whoever has the case, or the plan's team beside her."""


class Holders:
    """Column, only where some plan has `turns`: `held` (talks held on her plan so far, which tell whose turn it is)."""

    def __init__(self, plans: Sequence[Plan], world: World) -> None:
        self.staff = world.staff
        self.some = any(plan.turns for plan in plans)
        self.turns = np.array([max(len(plan.turns), 1) for plan in plans])
        self.team = np.full((len(plans), self.turns.max(initial=1)), OWN)
        for p, plan in enumerate(plans):
            for turn, name in enumerate(plan.turns):
                self.team[p, turn] = OWN if name == plan.team else world.staff.names.index(name)
        self.held = np.zeros(len(world.ledige) if self.some else 0, dtype=np.uint16)

    def begin(self, ids: Ids) -> None:
        """These ids begin on a plan: its first team has the turn."""
        if self.some:
            self.held[ids] = 0

    def met(self, ids: Ids) -> None:
        """A talk has been held with these ids: it is the next one's turn."""
        if self.some:
            self.held[ids] += 1

    def rows(self, ids: Ids, plan: Ints, own: Ints) -> Ints:
        """Team rows that hold the next talks of these ids, on these plans; `own` are those of the plans' own teams."""
        other, team = self._others(ids, plan)
        rows = own.astype(np.int64)
        rows[other] = self.staff.row_of(ids[other], team[other])
        return rows

    def desks(self, ids: Ids, plan: Ints, own: Ints) -> Ints:
        """The same by desk: of another team than that of her case the same desk for good."""
        other, team = self._others(ids, plan)
        desks = own.astype(np.int64)
        desks[other] = self.staff.contact_desk(ids[other], team[other])
        return desks

    def _others(self, ids: Ids, plan: Ints) -> tuple[Bools, Ints]:
        """Whose turn it is not the plan's own team's, and the team whose turn it is (`OWN` for the others)."""
        team = self.team[plan, self.held.take(ids) % self.turns.take(plan)]
        return team != OWN, team


class Following:
    """Plans that are followed from the mandag after an offer (or a state) has begun, or after it has ended."""

    def __init__(self, plans: Mapping[str, Plan], world: World) -> None:
        self.world, names = world, list(plans)
        self.moves = [
            (p, names.index(plan.then.plan), plan.then.begins or plan.then.ends, bool(plan.then.begins))
            for p, plan in enumerate(plans.values())
            if plan.then is not None and (plan.then.begins or plan.then.ends)
        ]

    def of_today(self, plan: Ints, ids: Ids) -> list[tuple[Ids, int]]:
        """Who of these ids (on these plans; same shape) goes over to which plan. One change a mandag: nobody goes there
        and back."""
        return [
            (ids[(plan == p) & (self._inside(where, ids) == begins)], to) for p, to, where, begins in self.moves
        ]

    def _inside(self, names: Sequence[str], ids: Ids) -> Bools:
        """Who of these ids is in an offer, or in the state, of one of these interventions; same shape."""
        world = self.world
        inside = world.in_any([name for name in names if name in world.states], ids)
        for number in (world.offers[name] for name in names if name in world.offers):
            inside |= world.in_offer(number, ids)
        return inside
