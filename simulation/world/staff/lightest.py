"""New cases go to the caseworker of the team who has fewest."""

from __future__ import annotations

import numpy as np

from simulation.world.spec import Ints, firsts, where

EVERYBODY = 2**40
"""Room of a team that takes everybody."""


def lightest(team: Ints, first_desk: Ints, desks_of: Ints, cases: Ints, room: Ints) -> Ints:
    """A desk for each new case of these team rows (ascending), one after the other: of the team's desks with room the
    one with fewest cases, of equals the first.

    By team row there are `first_desk` and `desks_of`, by desk `cases` and `room`. Each desk of a team stands there with
    every number of new cases that it may have got already: two desks with 4 and 5 cases, and three new ones, are the
    pairs (4, 5, 6) and (5, 6, 7), and the three lightest, 4, 5 and 5, are where they go.
    """
    desk_of = first_desk[team]
    several = where(desks_of.take(team) > 1)
    if len(several) == 0:
        return desk_of
    begins = where(np.diff(team.take(several), prepend=-1))  # where another team's new cases begin
    many = np.diff(begins, append=len(several))
    teams = team.take(several.take(begins))
    pairs = desks_of.take(teams) * many
    first = firsts(pairs)
    pair, new_cases = np.arange(pairs.sum()) - first.repeat(pairs), many.repeat(pairs)
    desk = first_desk.take(teams).repeat(pairs) + pair // new_cases
    more = pair % new_cases
    level = np.where(more < room.take(desk), cases.take(desk) + more, EVERYBODY)
    by_level = np.lexsort((level, np.arange(len(teams)).repeat(pairs)))
    chosen = np.arange(len(several)) + (first - begins).repeat(many)  # of each team as many as it has new cases
    desk_of[several] = desk.take(by_level.take(chosen))
    return desk_of
