"""The jobcentre's staff: teams, desks, cases and minutes.

A *team* (`teams.py`) has caseworkers (FTE) with minutes for talks every week. A *desk* is whoever shares minutes: the
whole team if it works pooled, one caseworker if cases are personal. A ledig is a case of one desk; a team takes no more
cases than its limit, and who finds it full waits (or is taken all the same, if the team may exceed it). Minutes perish
on søndag. The work of one team may be done by another one: then it has no desk of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.world.draws import Draws, personal_keys
from simulation.world.ledige import Ledige
from simulation.world.queueing import in_order, narrow, within_room
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints
from simulation.world.teams import Team

NO_DESK = -1
NO_TEAM = -1


@dataclass(frozen=True)
class Requests:
    """Who asks for a talk on this fredag: ids ascending, one row per person; all arrays of shape (n,)."""

    ids: Ids
    minutes: Ints
    priority: Ints  # smallest first
    partner: Ints | None = None  # team that must sit in, NO_TEAM for none
    desk: Ints | None = None  # who holds it; None: each one's own caseworker


@dataclass(frozen=True)
class Booking:
    """What became of the requests, in their order."""

    called: Bools
    no_partner: Bools | None  # refused because the partner had no minutes left


class Jobcentres:
    """The rows of the jobcentre table of a batch: every jobcentre once per world."""

    def __init__(self, seed: int, names: Sequence[str], replications: Sequence[int]) -> None:
        self.names = list(names)
        self.worlds = len(replications)
        self.name_of_row = [name for _ in replications for name in names]
        self.draws = Draws(
            np.array([personal_keys(seed, f"jobcentre {n}", r, 1)[0] for r in replications for n in names])
        )

    def __len__(self) -> int:
        return len(self.name_of_row)

    def column(self, value_by_name: Mapping[str, float]) -> Floats:
        """One number per row of the table."""
        return np.tile([float(value_by_name[name]) for name in self.names], self.worlds)


class Staff:
    """All teams and desks of a batch. Team row = jobcentre row × number of teams + team."""

    def __init__(self, ledige: Ledige, jobcentres: Jobcentres, teams: Mapping[str, Mapping[str, Team]]) -> None:
        """`teams` gives the teams of each jobcentre, the same names in the same order everywhere."""
        self.ledige = ledige
        self.names = list(next(iter(teams.values()))) if teams else []
        rows = [team for name in jobcentres.name_of_row for team in teams[name].values()]
        self.fte = np.array([team.fte for team in rows])
        self.pooled = np.array([team.caseload == "pooled" for team in rows], dtype=bool)
        self.exceeds = np.array([team.at_limit == "exceed" for team in rows], dtype=bool)
        self.dilution = np.array([team.dilution for team in rows])
        self.limit = np.array([team.room() for team in rows], dtype=np.int64)
        self.desks_of = np.array([team.desks() for team in rows], dtype=np.int64)
        self.first_desk = np.cumsum(self.desks_of) - self.desks_of
        self.doing = np.array(  # team row that does the work of each team row
            [
                row if team.done_by is None else row - row % len(self.names) + self.names.index(team.done_by)
                for row, team in enumerate(rows)
            ],
            dtype=np.int64,
        )
        self.team_of_desk = np.repeat(np.arange(len(rows)), self.desks_of)
        minutes = np.array([team.fte * team.minutes_per_week / team.desks() for team in rows])
        self.minutes = np.floor(minutes[self.team_of_desk] + 1e-9).astype(np.int64)  # there every week
        self.left = self.minutes.copy()  # still there this week
        self.cases = np.zeros(len(self.minutes), dtype=np.int64)
        self.team = np.full(len(ledige), NO_TEAM, dtype=np.int16)  # which of a jobcentre's teams has the case
        self.desk = np.full(len(ledige), NO_DESK, dtype=np.intp)
        self.since = np.full(len(ledige), NEVER, dtype=np.int16)  # waits for a caseworker since
        self.waiting = np.empty(0, dtype=np.intp)  # in order of arrival, by lot within a week

    def team_row(self, ids: Ids) -> Ints:
        """Team row that has, or will have, these cases."""
        return self.row_of(ids, self.team.take(ids))

    def row_of(self, ids: Ids, team: Ints | int) -> Ints:
        """Team row that does the work of this team (a number, or one for each) for these ids."""
        row: Ints = self.doing.take(self.ledige.jobcentre.take(ids) * len(self.names) + team)
        return row

    # --- mandag -------------------------------------------------------------------------------------------

    def new_week(self) -> None:
        """What was not used last week has perished."""
        np.copyto(self.left, self.minutes)
        self.waiting = self.waiting[self.since.take(self.waiting) != NEVER]  # who left is not waiting any more

    def ask_for_caseworker(self, week: int, ids: Ids, teams: Ints) -> None:
        """These ids (ascending) shall become cases of these teams; they wait until `take_cases`."""
        new = ids[self.since.take(ids) == NEVER]  # who waits already stands in the queue
        self.release(ids)
        self.team[ids] = teams
        self.since[ids] = week
        self.waiting = np.concatenate((self.waiting, new))

    def take_cases(self, week: int) -> tuple[Ids, Ints]:
        """Teams take waiting cases up to their limit, longest waiting first.

        Returns who was taken, ascending, and how many weeks each has waited.
        """
        ids = np.sort(self.waiting)
        if len(ids) == 0:
            return ids, ids
        since = self.since.take(ids).astype(np.int64)
        team = self.team_row(ids)
        order = in_order(team, since - since.min())
        ids, team = ids[order], team[order]
        room = np.where(self.exceeds, len(self.desk), self.limit - self.cases_of_team())  # exceeding: room for all
        taken, _ = within_room(team, np.ones(len(ids), dtype=np.int64), room)
        chosen, row = ids[taken], team[taken]
        self.desk[chosen] = np.where(self.pooled[row], self.first_desk[row], self._lightest_desk(row))
        self.cases += np.bincount(self.desk.take(chosen), minlength=len(self.cases))
        self.waiting = np.sort(ids[~taken])
        chosen = np.sort(chosen)
        waited = week - self.since.take(chosen)
        self.since[chosen] = NEVER
        return chosen, waited

    def release(self, ids: Ids) -> None:
        """These ids are nobody's case any more."""
        if len(ids) == 0:
            return
        desk = self.desk.take(ids)
        self.cases -= np.bincount(desk[desk != NO_DESK], minlength=len(self.cases))
        self.desk[ids] = NO_DESK
        self.since[ids] = NEVER

    def cases_of_team(self) -> NDArray[np.int64]:
        """Cases of every team row."""
        return np.bincount(self.team_of_desk, self.cases, minlength=len(self.fte)).astype(np.int64)

    def _lightest_desk(self, team: Ints) -> Ints:
        """A desk for each new case of these team rows (ascending): always the one with fewest cases."""
        desk_of = np.empty(len(team), dtype=np.int64)
        for row in np.unique(team[~self.pooled[team]]):
            new = np.flatnonzero(team == row)
            desks = self.first_desk[row] + np.arange(self.desks_of[row])
            level = (self.cases[desks][:, None] + np.arange(len(new))).ravel()
            desk_of[new] = np.repeat(desks, len(new))[np.argsort(level, kind="stable")[: len(new)]]
        return desk_of

    # --- fredag -------------------------------------------------------------------------------------------

    def book(self, requests: Requests) -> Booking:
        """Call to a talk in order of priority until the minutes are used; ties are decided by lot.

        A joint talk is first booked with the partner; who finds no minutes there is not called. At a desk the
        first talk that does not fit ends the week's booking (strict order: the rest of the minutes is lost).
        """
        desk = self.desk.take(requests.ids) if requests.desk is None else requests.desk
        if requests.partner is None:
            return Booking(self._serve(desk, requests.minutes, requests.priority), None)
        joint = np.flatnonzero(requests.partner != NO_TEAM)
        partner = self.first_desk[self.row_of(requests.ids[joint], requests.partner[joint])]
        sits_in = self._serve(partner, requests.minutes[joint], requests.priority[joint])
        no_partner = np.zeros(len(desk), dtype=bool)
        no_partner[joint] = ~sits_in
        rest = np.flatnonzero(~no_partner)
        called = np.zeros(len(desk), dtype=bool)
        called[rest] = self._serve(desk[rest], requests.minutes[rest], requests.priority[rest])
        unused = sits_in & ~called[joint]  # the caseworker has no time, so the partner need not come
        np.add.at(self.left, partner[unused], requests.minutes[joint[unused]])
        return Booking(called, no_partner)

    def _serve(self, desk: Ints, minutes: Ints, priority: Ints) -> Bools:
        """Use up the minutes left at the desks; who is served.

        Most ranks of priority are served whole or not at all; only in the rank where a desk's minutes run out does the
        lot decide, and people stand in the order of their lot.
        """
        if len(desk) == 0:
            return np.zeros(0, dtype=bool)
        ranks = int(priority.max()) + 1
        rank = desk * ranks + priority  # of each request, over all desks
        demand = np.bincount(rank, minutes, minlength=len(self.left) * ranks).astype(np.int64).reshape(-1, ranks)
        total = np.cumsum(demand, axis=1)
        whole = total <= self.left[:, None]  # ranks that are served to the last
        served = whole.ravel().take(rank)
        self.left -= np.where(whole, demand, 0).sum(axis=1)
        if whole.all():
            return served
        parted = np.where(whole.all(axis=1), ranks, np.argmin(whole, axis=1))  # the first rank that is not
        contested = np.flatnonzero(priority == parted.take(desk))
        desks = desk.take(contested)
        if (desks[1:] < desks[:-1]).any():
            order = np.argsort(narrow(desks), kind="stable")
            contested, desks = contested.take(order), desks.take(order)
        fits, used = within_room(desks, minutes.take(contested), self.left)
        served[contested] = fits
        self.left -= used
        return served

    def minutes_left(self, team: int) -> NDArray[np.int64]:
        """Minutes left this week of a team that works pooled, by row of the jobcentre table."""
        left: NDArray[np.int64] = self.left[self._desk_of(team)]
        return left

    def spend(self, team: int, minutes: Ints) -> None:
        """Use minutes of such a team for something else than talks; no more than there are left."""
        self.left[self._desk_of(team)] -= minutes

    def _desk_of(self, team: int) -> Ints:
        """The desk that does the work of a pooled team, by row of the jobcentre table."""
        desk: Ints = self.first_desk[self.doing[team :: len(self.names)]]
        return desk

    def work(self, ids: Ids, minutes: Ints) -> Bools:
        """Each one's caseworker does so many minutes of work for these ids (ascending); for whom there was time.

        Who has no caseworker finds none, unless it takes no time. Ties by lot; the first for whom there is no time ends
        it at her desk.
        """
        desk = self.desk.take(ids)
        done = np.asarray(minutes == 0)
        mine = np.flatnonzero((desk != NO_DESK) & ~done)
        done[mine] = self._serve(desk[mine], minutes[mine], np.zeros(len(mine), dtype=np.int64))
        return done

    def contact_desk(self, ids: Ids, team: Ints) -> Ints:
        """Who of a team holds talks with these ids beside their caseworker: their own desk if the team has their case,
        else the same one of its desks for good."""
        row = self.row_of(ids, team)
        chance = self.ledige.draws.uniform("contact person", 0, ids)
        other = self.first_desk.take(row) + (chance * self.desks_of.take(row)).astype(np.int64)
        own = self.desk.take(ids)
        return np.where((own != NO_DESK) & (self.team_of_desk.take(own) == row), own, other)

    def over_limit(self, rows: Ints) -> Floats:
        """(limit / caseload)^dilution for these team rows where they exceed their limit, else 1."""
        load = np.maximum(self.cases_of_team(), 1)
        factor: Floats = np.minimum(self.limit / load, 1.0) ** self.dilution
        return factor.take(rows)
