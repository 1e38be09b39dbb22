"""The jobcentre's staff and its cases: who is whose case, and who waits for a caseworker.

A *team* (`teams.py`) has caseworkers (`caseworkers.py`) with minutes for talks every week (`desks.py`). A ledig is a
case of one desk; a team takes no more cases than its limit, and who finds it full waits, or goes to the team that takes
its overflow, or is taken all the same. The work of one team may be done by another one: then it has no desk of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.world.ledige import Ledige
from simulation.world.queueing import in_order, within_room
from simulation.world.spec import NEVER, Bools, Floats, Ids, Ints, where
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.staff.caseworkers import Caseworkers
from simulation.world.staff.desks import NO_TEAM, Desks
from simulation.world.staff.jobcentres import Jobcentres
from simulation.world.staff.lightest import EVERYBODY, lightest
from simulation.world.staff.relations import Relations
from simulation.world.staff.teams import Team
from simulation.world.waits import Waits

NO_DESK = -1


class Staff(Desks):
    """All teams, desks and cases of a batch. Team row = jobcentre row × number of teams + team."""

    def __init__(
        self,
        ledige: Ledige,
        jobcentres: Jobcentres,
        teams: Mapping[str, Mapping[str, Team]],
        season: Floats | None = None,
        later: Sequence[Mapping[str, Mapping[str, Team]]] = (),
    ) -> None:
        """`teams` gives the teams of each jobcentre of the scenario, the same names in the same order everywhere; those
        of `jobcentres` are here. What is kept and counted is the same in all, so that goes by all of them. `season` as
        in `Desks`; `later` has the teams as they `become` at dates."""
        own = {name: teams[name] for name in jobcentres.names}
        everywhere = [team for each in (teams, *later) for of_place in each.values() for team in of_place.values()]
        changes = any(team.changes or (later and team.learning is not None) for team in everywhere)
        super().__init__(Caseworkers(jobcentres.seed, jobcentres.replications, own, changes, later), season)
        rows = self.caseworkers.teams
        self.ledige, self.places = ledige, list(jobcentres.names)
        self.names = list(next(iter(teams.values()))) if teams else []
        self.exceeds = np.array([team.at_limit == "exceed" for team in rows], dtype=bool)
        self.dilutes = any(team.dilution for team in everywhere)  # whether any team's talks ever lose above a limit
        self.highest = self.highest_share = np.zeros(len(rows), dtype=np.int64)  # limits so far: nobody's case is taken
        self._limits()
        self.closed = np.zeros(len(rows), dtype=bool)  # full, and not fallen far enough since
        self.doing = self._rows_of(rows, [team.done_by for team in rows])  # team row that does the work of each
        self.overflow_to = np.array(  # number of the team that takes what a team has no room for
            [self.names.index(team.overflow_to) if team.at_limit == "overflow" and team.overflow_to else NO_TEAM
             for team in rows], dtype=np.int64
        )  # fmt: skip
        self.cases = np.zeros(len(self.minutes), dtype=np.int64)
        self.team = np.full(len(ledige), NO_TEAM, dtype=np.int16)  # which of a jobcentre's teams has the case
        self.desk = np.full(len(ledige), NO_DESK, dtype=np.intp)
        self.since = np.full(len(ledige), NEVER, dtype=np.int16)  # waits for a caseworker since
        self.waits = Waits(len(ledige))  # for a caseworker; a change of team meanwhile begins no new one
        self.waiting = np.empty(0, dtype=np.intp)  # in order of arrival, by lot within a week
        several = len(self.names) > 1 or any(team.positions() > 1 for team in everywhere)
        # whether what a team does is followed apart from what its jobcentre does
        self.detailed = several or changes or any(team.pay is not None for team in everywhere)
        own_cases = any(team.desks() > 1 for team in everywhere)
        self.relations = Relations(ledige, self) if own_cases or changes else None

    def _limits(self) -> None:
        """The limits on cases as the teams have them now."""
        rows = self.caseworkers.teams
        self.dilution = np.array([team.dilution for team in rows])
        self.limit = np.array([team.room() for team in rows], dtype=np.int64)
        self.reopens_at = np.array([team.reopens_at for team in rows])
        self.highest = np.maximum(self.limit, self.highest)
        self.highest_share = np.maximum(self.limit // self.desks_of, self.highest_share)

    def follow_relations(self) -> None:
        """Somebody asks who talks with whom, although nobody has cases of her own, and all are always there."""
        if self.relations is None:
            self.relations = Relations(self.ledige, self)

    def _rows_of(self, rows: Sequence[Team], names: Sequence[str | None]) -> Ints:
        """For each team row that of a team of the same jobcentre, by name; its own where none is named."""
        each = len(self.names)
        return np.array(
            [row if name is None else row - row % each + self.names.index(name) for row, name in enumerate(names)],
            dtype=np.int64,
        )

    def team_row(self, ids: Ids) -> Ints:
        """Team row that has, or will have, these cases."""
        return self.row_of(ids, self.team.take(ids))

    def row_of(self, ids: Ids, team: Ints | int) -> Ints:
        """Team row that does the work of this team (a number, or one for each) for these ids."""
        row: Ints = self.doing.take(self.ledige.jobcentre.take(ids) * len(self.names) + team)
        return row

    # --- mandag -------------------------------------------------------------------------------------------

    def become(self, week: int, teams: Mapping[str, Mapping[str, Team]]) -> Ids:
        """The staff of every jobcentre is that of these teams from this mandag on. Cases of desks that are gone ask for
        a caseworker again: their ids. A lower limit takes nobody's case away; the team takes no more until it has
        room."""
        posts = self.caseworkers.become(week, {name: teams[name] for name in self.places})
        self._size()
        self._limits()
        if self.relations is not None:
            self.relations.become()
        ids = where(np.isin(self.desk, where(~self.desk_exists))) if len(posts) else posts
        if len(ids):
            self.ask_for_caseworker(week, ids, self.team.take(ids))
        return ids

    def new_week(self, week: int) -> Ids:
        """What was not used last week has perished; who is at work this week. Those whose caseworker has left and whose
        cases the team shares out wait for another one: their ids."""
        self.minutes_of_week(week)
        self.waiting = self.waiting[self.since.take(self.waiting) != NEVER]  # who left is not waiting any more
        posts = self.caseworkers.vacated
        posts = posts[[self._shares_out(int(row)) for row in self.caseworkers.team[posts]]] if len(posts) else posts
        if len(posts) == 0:
            return posts
        ids = np.flatnonzero(np.isin(self.desk, self.desk_of_post[posts]))
        self.ask_for_caseworker(week, ids, self.team.take(ids))
        return ids

    def _shares_out(self, row: int) -> bool:
        turnover = self.caseworkers.teams[row].turnover
        return not self.pooled[row] and turnover is not None and turnover.share_out

    def ask_for_caseworker(self, week: int, ids: Ids, teams: Ints) -> None:
        """These ids (ascending) shall become cases of these teams; they wait until `take_cases`."""
        new = ids[self.since.take(ids) == NEVER]  # who waits already stands in the queue
        self.release(ids)
        self.team[ids] = teams
        self.since[ids] = week
        self.waits.begin(week, ids)
        self.waiting = np.concatenate((self.waiting, new))

    def take_cases(self, week: int) -> tuple[Ids, Ints, Ids]:
        """Teams take waiting cases up to their limit, longest waiting first, their own before those of teams that
        overflow to them.

        Returns who was taken, ascending, how many weeks each has waited, and who was handed on to another team.
        """
        if len(self.waiting) == 0:
            return self.waiting, self.waiting, self.waiting
        ids = np.sort(self.waiting)
        all_taken, handed_on = [], []
        self.closed &= self.cases_of_team() > self.reopens_at * self.limit
        while len(ids):  # the next teams along the overflow, until everybody is taken or waits
            taken, left_out = self._take(ids)
            ids = self._hand_on(left_out)
            all_taken.append(taken)
            handed_on.append(ids)
        chosen = np.sort(np.concatenate(all_taken))
        waited = week - self.since.take(chosen)
        self.since[chosen] = NEVER
        self.waits.end(week, chosen, served=True)
        self.waiting = np.sort(self.waiting[self.desk.take(self.waiting) == NO_DESK])
        return chosen, waited, np.unique(np.concatenate(handed_on))

    def _take(self, ids: Ids) -> tuple[Ids, Ids]:
        """Teams take those of these ids (ascending) for whom they have room: who is taken, and who is not."""
        since = self.since.take(ids).astype(np.int64)
        team = self.team_row(ids)
        order = in_order(team, since - since.min())
        ids, team = ids[order], team[order]
        taken, _ = within_room(team, np.ones(len(ids), dtype=np.int64), self._room())
        chosen = ids[taken]
        self.desk[chosen] = lightest(team[taken], self.first_desk, self.most_desks, self.cases, self._room_at_desks())
        self.cases += np.bincount(self.desk.take(chosen), minlength=len(self.cases))
        self.closed |= (self.reopens_at < 1) & (self.cases_of_team() >= self.limit)
        return chosen, ids[~taken]

    def _hand_on(self, ids: Ids) -> Ids:
        """Those of these ids whose team hands its overflow on belong to the next team now: their ids, ascending."""
        onwards = self.overflow_to.take(self.team_row(ids))
        ids, onwards = ids[onwards != NO_TEAM], onwards[onwards != NO_TEAM]
        self.team[ids] = onwards
        return np.sort(ids)

    def _room(self) -> Ints:
        """Cases that each team can take now."""
        room = np.maximum(self.limit - self.cases_of_team(), 0)
        if self.caseworkers.change:  # at a vacant post nobody takes cases
            at_desks = np.bincount(self.team_of_desk, self._room_at_desks(), minlength=len(self.limit))
            room = np.minimum(room, at_desks.astype(np.int64))
        return np.where(self.exceeds, EVERYBODY, np.where(self.closed, 0, room))

    def _room_at_desks(self) -> Ints:
        """Cases that each desk can take: a caseworker an even share of the team's limit, at a vacant post none
        (unless the team takes everybody and all posts are vacant)."""
        team = self.team_of_desk
        share = np.where(self.exceeds, EVERYBODY, self.limit // self.desks_of)[team]
        if not self.desk_exists.all():
            share = np.where(self.desk_exists, share, 0)
        if not self.caseworkers.change:
            return np.maximum(share - self.cases, 0)
        filled = ~self.caseworkers.vacant & self.caseworkers.exists
        vacant = np.bincount(self.desk_of_post, filled, minlength=len(self.cases)) == 0
        nobody = np.bincount(team, ~vacant, minlength=len(self.limit))[team] == 0
        closed = vacant & ~(self.exceeds[team] & nobody)
        return np.where(closed, 0, np.maximum(share - self.cases, 0))

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

    # --- fredag -------------------------------------------------------------------------------------------

    def book(self, appointments: Appointments) -> Booking:
        """Call to a talk as many as there are minutes for: each at her caseworker's desk, or at the one she asks."""
        desk = self.desk.take(appointments.ids) if appointments.desk is None else appointments.desk
        partner = np.empty(0, dtype=np.int64)
        if appointments.partner is not None:
            joint = np.flatnonzero(appointments.partner != NO_TEAM)
            partner = self.first_desk[self.row_of(appointments.ids[joint], appointments.partner[joint])]
        return self.call(appointments, desk, partner)

    # --- other work ---------------------------------------------------------------------------------------

    def minutes_left(self, team: int) -> NDArray[np.int64]:
        """Minutes left this week of a team that works pooled, by row of the jobcentre table."""
        left: NDArray[np.int64] = self.desk_minutes_left[self._desk_of(team)]
        return left

    def minutes_of_full_week(self, team: int) -> NDArray[np.int64]:
        """The same of a week in which everybody is there: what takes longer is never done."""
        full: NDArray[np.int64] = self.full[self._desk_of(team)]
        return full

    def spend(self, team: int, minutes: Ints) -> None:
        """Use minutes of such a team for something else than talks; no more than there are left."""
        self.desk_minutes_left[self._desk_of(team)] -= minutes

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
        asking = np.flatnonzero((desk != NO_DESK) & ~done)
        done[asking] = self._serve(desk[asking], minutes[asking], np.zeros(len(asking), dtype=np.int64))
        return done

    def done_by(self, team: int, ids: Ids, minutes: Ints) -> Bools:
        """A team without cases does so many minutes of work for each of these ids; for whom there was time. Ties by
        lot; the first for whom there is no time ends it, who takes more than a whole week is passed over."""
        desk = self.first_desk.take(self.row_of(ids, team))
        return self._serve(desk, minutes.astype(np.int64), np.zeros(len(ids), dtype=np.int64))

    def spend_left(self, desk: Ints, minutes: int) -> Bools:
        """Use so many minutes for each in these places at their desks (ascending), in order; for whom they last."""
        served, used = within_room(desk, np.full(len(desk), minutes), self.desk_minutes_left)
        self.desk_minutes_left -= used
        return served

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
