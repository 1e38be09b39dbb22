"""What must hold on every søndag; a broken invariant stops the run, because every later figure would be wrong."""

from __future__ import annotations

import numpy as np

from simulation.world.ledige import GONE, LEDIG, PLANNED
from simulation.world.names import common
from simulation.world.register import EXIT
from simulation.world.staff.cases import NO_DESK
from simulation.world.world import World


class Broken(Exception):
    """Something that must hold does not; the text says what, in which week."""


def check(world: World, week: int) -> None:
    """Raise Broken unless everybody is accounted for and nothing is used beyond what there is."""
    ledige, staff, register = world.ledige, world.staff, world.register
    inside = int(np.count_nonzero(ledige.status == LEDIG))
    left = sum(register.so_far(common(EXIT + name)) for name in world.afgang.destinations)
    came = register.so_far(common("enrolled"))
    _hold(came == inside + left, week, f"{came} enrolled, but {inside} inside + {left} left")
    due_in = int(np.count_nonzero(ledige.entry <= week))
    _hold(due_in == np.count_nonzero(ledige.status != PLANNED), week, "someone was not enrolled in her week")
    _hold(bool((staff.desk_minutes_left >= 0).all()), week, "a desk has used more minutes than it has")
    cases = np.bincount(staff.desk - NO_DESK, minlength=len(staff.cases) + 1)[1:]
    _hold(bool((cases == staff.cases).all()), week, "cases at a desk do not add up")
    full = staff.cases_of_team() > staff.limit
    _hold(not bool((full & ~staff.exceeds).any()), week, "a team is above its caseload limit")
    share = (staff.limit // staff.desks_of)[staff.team_of_desk]
    heavy = (staff.cases > share) & ~(staff.exceeds | staff.pooled)[staff.team_of_desk]
    _hold(not bool(heavy.any()), week, "a caseworker has more than her share of the team's limit")
    away = ledige.status != LEDIG
    _hold(not (away & (register.offer > 0)).any(), week, "someone has left and still holds a place")
    _hold(not (away & (staff.desk != NO_DESK)).any(), week, "someone has left and is still somebody's case")
    if (offers := world.side_by_side) is not None:
        _hold(not offers.clash().any(), week, "someone is in two offers that do not run beside each other")
        _hold(bool(((offers.held > 0) == (register.offer > 0)).all()), week, "an offer is shown that nobody is in")
    for name, state in ((name, column) for name, columns in world.states.items() for column in columns):
        _hold(not (away & state).any(), week, f"{name}: someone has left and is still in that state")
    if world.jobs is not None:
        hours = (world.jobs.hours > 0) & away & (ledige.status < GONE)
        _hold(not hours.any(), week, "someone is neither on benefit nor in a job and has paid hours")
    for name, places in ((name, places) for name, parts in world.places.items() for places in parts):
        _hold(bool((places.held <= places.capacity).all()), week, f"{name}: more places are held than there are")
        _hold(bool((places.held >= 0).all()), week, f"{name}: a place was handed back twice")
        holders = np.flatnonzero(places.of)
        _hold(not away.take(holders).any(), week, f"{name}: someone has left and still holds a place")
        given_out = np.bincount(places.where.take(holders), places.of.take(holders), minlength=len(places.held))
        _hold(bool((given_out == places.held).all()), week, f"{name}: places held and people in them do not add up")


def _hold(holds: bool | np.bool_, week: int, what: str) -> None:
    if not holds:
        raise Broken(f"week {week}: {what}")
