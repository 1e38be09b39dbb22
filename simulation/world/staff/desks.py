"""How a samtale is booked: the minutes of every desk, and who is called while they last.

A *desk* is whoever shares minutes: the whole team if it works pooled, one caseworker if cases are personal. Minutes
that are not used by søndag are lost. These are the steps on the way to a talk, each with its file: `samtaler/` is
`simulation/interventions/samtaler/`, the others are beside this one.

    1 limit        a team has room for caseload_limit × staff, less the cases that it has
                   teams.py `room`, cases.py `_room`
    2 caseworker   mandag: ledige who wait become cases of a desk, the longest waiting first, while there is room. The
                   others go on waiting, or are handed on to another team, or taken all the same, as the team's setting
                   `at_limit` says. Who has no caseworker is not called
                   cases.py `take_cases`
    3 due          from the week of the next talk of her plan until that talk is held
                   samtaler/timetable.py, samtaler/due.py `plan_next`
    4 asks         fredag: for everybody who is due an appointment is asked for: her desk, minutes, and a priority by
                   the rule that the scenario names (longest overdue, statutory first, ...)
                   samtaler/due.py `asking`, samtaler/running.py `requests`, samtaler/priority.py
    5 together     in a channel with seats, ledige of one desk have one appointment, a group meeting
                   samtaler/meetings.py
    6 called       every desk gives its minutes to appointments by priority, ties by lot, until the first that does not
                   fit; one that is longer than the desk's whole week is passed over. If the scenario lets it, a desk
                   shortens its talks so that all fit, and colleagues hold talks of a caseworker who is away or has no
                   time
                   cases.py `book`; desks.py (this file) `call`, by way of `_shortened`, `_serve`, `_by_colleagues`
    7 comes        or does not: chance, by person, channel, jobcentre and week. The minutes are used in any case
                   samtaler/udeblivelse.py
    8 held         it is registered, may change how likely she is to leave in the weeks after, and her next talk is
                   planned
                   samtaler/running.py `delivered`, samtaler/worth.py, samtaler/due.py `plan_next`
    or not held    no time, nobody at work, did not come, ...: counted by reason; she stays due and asks again next week
                   samtaler/fates.py

What is asked for (`Appointments`) and the answer (`Booking`) are the classes of `booking.py`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.world.queueing import in_order, narrow, within_room
from simulation.world.spec import Bools, Floats, Ids, Ints, firsts, where
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.staff.caseworkers import Caseworkers

NO_TEAM = -1


class Desks:
    """The minutes of all desks of a batch. Team row = jobcentre row × number of teams + team."""

    def __init__(self, caseworkers: Caseworkers, season: Floats | None = None) -> None:
        """`season` is the share of full minutes that there is in each week of the run, shape (weeks,); None: all."""
        teams = caseworkers.teams
        self.caseworkers, self.season = caseworkers, season
        self.pooled = np.array([team.caseload == "pooled" for team in teams], dtype=bool)
        own = np.array([team.caseload == "personal" and team.takes_cases for team in teams], dtype=bool)
        self.most_desks = np.where(own, caseworkers.of_team, 1)  # of each team, where its staff changes at dates
        self.first_desk = firsts(self.most_desks)
        self.team_of_desk = np.repeat(np.arange(len(teams)), self.most_desks)
        alone = caseworkers.of_team == self.most_desks  # as many desks as caseworkers: one each
        team = caseworkers.team
        within = np.arange(len(team)) - caseworkers.first[team]
        self.desk_of_post = self.first_desk[team] + np.where(alone[team], within, 0)
        self.first_post = caseworkers.first[self.team_of_desk] + np.arange(len(self.team_of_desk))
        self.first_post -= self.first_desk[self.team_of_desk]
        self.alone = np.bincount(self.desk_of_post, minlength=len(self.team_of_desk)) == 1  # desks of one caseworker
        self._steps_in = self._substitution("absence") | self._substitution("busy")
        self._if_busy = self._substitution("busy")
        self._size()
        self.desk_minutes_left = self.minutes.copy()  # still there this week

    def _size(self) -> None:
        """Staff, desks and minutes as the teams have them now; desks beyond their number have no minutes."""
        teams, team = self.caseworkers.teams, self.caseworkers.team
        self.fte = np.array([each.fte for each in teams])
        self.desks_of = np.array([each.desks() for each in teams], dtype=np.int64)
        within = np.arange(len(self.team_of_desk)) - self.first_desk[self.team_of_desk]
        self.desk_exists = within < self.desks_of[self.team_of_desk]
        self._squeezes = np.array([each.squeeze is not None for each in teams], dtype=bool)
        self._shortest = np.array([each.squeeze.shortest if each.squeeze else 1.0 for each in teams])
        self._of_shortest = np.array([each.squeeze.effect if each.squeeze else 1.0 for each in teams])
        per_week = np.array([each.minutes_per_week for each in teams], dtype=np.int64)
        self._minutes_of_post = self.caseworkers.fte * per_week[team]
        # minutes before they are whole ones
        self._exactly = (self.fte * per_week / self.desks_of)[self.team_of_desk] * self.desk_exists
        self.full = _whole(self._exactly)  # of a week in which everybody is there
        self._least = int(self.full.min(initial=2**31 - 1))  # what is no longer than this is nowhere too long
        self.minutes = self.full  # there this week

    def _substitution(self, when: str) -> Bools:
        """Teams whose colleagues step in so, if ever they are several."""
        teams = self.caseworkers.teams
        return np.array([team.substitution == when for team in teams], dtype=bool) & (self.most_desks > 1)

    def minutes_of_week(self, week: int) -> None:
        """What was not used last week has perished; of who is away there are none, and in a holiday there are fewer."""
        share = 1.0 if self.season is None else float(self.season[week])
        if self.caseworkers.change:
            self.caseworkers.new_week(week)
            there = np.bincount(self.desk_of_post, self._minutes_of_post * self.caseworkers.there)
            self.minutes = _whole(there * share)
        elif self.season is not None:
            self.minutes = _whole(self._exactly * share)
        np.copyto(self.desk_minutes_left, self.minutes)

    def nobody_there(self) -> Bools:
        """Desks where nobody is at work this week, although there are posts."""
        there = np.bincount(self.desk_of_post, self.caseworkers.there, minlength=len(self.full))
        return np.asarray(there == 0)

    def filled(self) -> Floats:
        """Full-time staff in filled posts, by desk."""
        posts = self.caseworkers
        return np.asarray(np.bincount(self.desk_of_post, posts.fte * ~posts.vacant, minlength=len(self.full)))

    # --- fredag -------------------------------------------------------------------------------------------

    def call(self, appointments: Appointments, desk: Ints, partner_desk: Ints) -> Booking:
        """Call to a talk in order of priority until the minutes are used; ties are decided by lot.

        A joint talk is an appointment at two desks: it is first booked at the partner's, and who finds no minutes there
        is not called. At a desk the first talk that does not fit ends the week's booking (strict order: the rest of the
        minutes is lost), unless it is longer than the desk's whole week: nobody waits behind a talk that can never be
        held. `partner_desk` is that of each appointment with a partner.
        """
        nobody = self.nobody_there() if self.caseworkers.change else None
        minutes, cut = self._shortened(appointments, desk, nobody)
        away = None if nobody is None else nobody.take(desk)
        if appointments.partner is None:
            called = self._serve(desk, minutes, appointments.priority)
            by = self._by_colleagues(appointments.priority, desk, minutes, called, away)
            return Booking(called, desk, minutes, None, away, by, cut)
        joint = np.flatnonzero(appointments.partner != NO_TEAM)
        sits_in = self._serve(partner_desk, minutes[joint], appointments.priority[joint])
        no_partner = np.zeros(len(desk), dtype=bool)
        no_partner[joint] = ~sits_in
        rest = np.flatnonzero(~no_partner)
        called = np.zeros(len(desk), dtype=bool)
        called[rest] = self._serve(desk[rest], minutes[rest], appointments.priority[rest])
        by = self._by_colleagues(appointments.priority, desk, minutes, called, away, ~no_partner)
        unused = sits_in & ~called[joint]  # the caseworker has no time, so the partner need not come
        np.add.at(self.desk_minutes_left, partner_desk[unused], minutes[joint[unused]])
        return Booking(called, desk, minutes, no_partner, away, by, cut)

    def _shortened(self, appointments: Appointments, desk: Ints, nobody: Bools | None) -> tuple[Ints, Floats | None]:
        """Minutes of each talk, and its length against the full one, where desks shorten talks to let all in.

        All talks of a desk are cut alike, as far as it takes and the shortest allows; joint talks are not, nor what is
        `fixed`: minutes before and after a talk, letters, group meetings.
        """
        if not self._squeezes.any():
            return appointments.minutes, None
        team = self.team_of_desk.take(desk)
        none = np.zeros(len(desk), dtype=np.int64)
        fixed = none if appointments.fixed is None else appointments.fixed.astype(np.int64)
        if appointments.partner is not None:
            fixed = np.where(appointments.partner != NO_TEAM, appointments.minutes, fixed)
        talk = appointments.minutes - fixed
        shortest = fixed + np.floor(talk * self._shortest.take(team) + 1e-9)
        may = np.flatnonzero(shortest <= self.full.take(desk))  # nothing is cut for a talk that can never be held
        asked, firm = (
            np.bincount(desk.take(may), part.take(may), minlength=len(self.full)) for part in (talk, fixed)
        )
        there = self.desk_minutes_left
        fits = np.divide(there - firm, asked, out=np.ones(len(there)), where=asked > 0)
        fits = np.clip(fits, self._shortest[self.team_of_desk], 1.0)
        if nobody is not None:
            fits[nobody] = 1.0  # if a colleague holds it, then in full
        cut = np.where(self._squeezes[team] & (talk > 0), fits.take(desk), 1.0)
        return fixed + np.floor(talk * cut + 1e-9).astype(np.int64), cut

    def strength_of_cut(self, desk: Ints, cut: Floats) -> Floats:
        """Strength of the effect of talks cut to this part of their length, at these desks; same shape."""
        team = self.team_of_desk.take(desk)
        shortest, effect = self._shortest[team], self._of_shortest[team]
        with np.errstate(invalid="ignore"):
            strength = effect + (1 - effect) * (cut - shortest) / (1 - shortest)
        return np.where(self._squeezes[team], strength, 1.0)

    def _by_colleagues(
        self, priority: Ints, desk: Ints, minutes: Ints, called: Bools, away: Bools | None, may: Bools | None = None
    ) -> Ints | None:
        """Colleagues hold talks that found no time, in order, each at the desk of the team with most minutes left,
        until the first that fits nowhere. Marks them in `called`; returns which desk holds each talk."""
        if not self._steps_in.any():
            return None
        by = desk.copy()
        team = self.team_of_desk.take(desk)
        open_ = ~called & self._steps_in.take(team)
        open_ &= self._if_busy.take(team) | (False if away is None else away)
        if may is not None:
            open_ &= may
        asking = np.flatnonzero(open_ & (minutes <= self.full.take(desk)))  # all desks of a team have the same minutes
        asking = asking[in_order(team[asking], priority[asking])]
        ended = -1  # team that has no room for the next one in order
        for i in asking.tolist():
            row = int(team[i])
            if row == ended:
                continue
            first = self.first_desk[row]
            colleague = first + int(self.desk_minutes_left[first : first + self.desks_of[row]].argmax())
            if self.desk_minutes_left[colleague] < minutes[i]:
                ended = row
                continue
            self.desk_minutes_left[colleague] -= minutes[i]
            called[i], by[i] = True, colleague
        return by

    def _serve(self, desk: Ints, minutes: Ints, priority: Ints) -> Bools:
        """Use up the minutes left at the desks; who is served. Who asks for more than a desk has is passed over.

        Where most have the last rank of priority, the others are served before it by ranks, and it in one pass over
        people in the order of their desk and lot. Else, and where desks are not in order, all are served by ranks. Both
        ways serve the same people: which one is taken is a matter of speed.
        """
        if len(desk) == 0:
            return np.zeros(0, dtype=bool)
        if minutes.max() > self._least:
            may = minutes <= self.full.take(desk)
            if not may.all():
                may[may] = self._serve(desk[may], minutes[may], priority[may])
                return np.asarray(may)
        last = priority.max()
        before = where(priority != last)
        if 2 * len(before) > len(desk) or (desk[1:] < desk[:-1]).any():
            return self._serve_ranks(desk, minutes, priority, int(last) + 1)
        if len(before) == 0:
            served, used = within_room(desk, minutes, self.desk_minutes_left)
        else:
            desks = desk.take(before)
            first = self._serve_ranks(desks, minutes.take(before), priority.take(before), int(last))
            open_ = np.ones(len(self.full), dtype=bool)
            open_[desks[~first]] = False  # who did not fit has ended the week there, even for who takes no time
            taking = minutes.copy()
            taking[before] = 0  # they keep their places, and their minutes are taken off already
            served, used = within_room(desk, taking, np.where(open_, self.desk_minutes_left, 0))
            served &= open_.take(desk)
            served[before] = first
        self.desk_minutes_left -= used
        return served

    def _serve_ranks(self, desk: Ints, minutes: Ints, priority: Ints, ranks: int) -> Bools:
        """The same by ranks of priority: most are served whole or not at all; only in the rank where a desk's minutes
        run out does the lot decide."""
        rank = desk * ranks + priority  # of each appointment, over all desks
        demand = np.bincount(rank, minutes, minlength=len(self.full) * ranks).astype(np.int64).reshape(-1, ranks)
        total = np.cumsum(demand, axis=1)
        whole = total <= self.desk_minutes_left[:, None]  # ranks that are served to the last
        served = whole.ravel().take(rank)
        self.desk_minutes_left -= np.where(whole, demand, 0).sum(axis=1)
        if whole.all():
            return served
        parted = np.where(whole.all(axis=1), ranks, np.argmin(whole, axis=1))  # the first rank that is not
        contested = np.flatnonzero(priority == parted.take(desk))
        desks = desk.take(contested)
        if (desks[1:] < desks[:-1]).any():
            order = np.argsort(narrow(desks), kind="stable")
            contested, desks = contested.take(order), desks.take(order)
        fits, used = within_room(desks, minutes.take(contested), self.desk_minutes_left)
        served[contested] = fits
        self.desk_minutes_left -= used
        return served

    def by_lot(self, desk: Ints, chance: Floats) -> Ids:
        """Who holds the talk in these pooled teams, as posts: of those at work one by their hours and this chance; same
        shape."""
        caseworkers = self.caseworkers
        hours = np.rint(caseworkers.fte * caseworkers.there * 1_000_000).astype(np.int64)  # whole: sums are exact
        total = np.concatenate(([0], np.cumsum(hours)))
        team = self.team_of_desk.take(desk)
        first, of_team = caseworkers.first.take(team), caseworkers.of_team.take(team)
        before, end = total.take(first), total.take(first + of_team)
        drawn = np.searchsorted(total, before + (chance * (end - before)).astype(np.int64), side="right") - 1
        return np.asarray(np.clip(drawn, first, first + of_team - 1))


def _whole(minutes: NDArray[np.floating[Any]]) -> NDArray[np.int64]:
    return np.asarray(np.floor(minutes + 1e-9).astype(np.int64))
