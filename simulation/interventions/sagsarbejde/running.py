"""How the cases of a team fare by what it does beside talks: minutes left, caseload, changes of caseworker."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.parts.afterwards import Afterwards
from simulation.interventions.parts.left_time import LeftTime, Work
from simulation.interventions.sagsarbejde.settings import OfCaseload, Sagsarbejde, Use
from simulation.world.labels import Label
from simulation.world.queueing import in_order
from simulation.world.spec import NEVER, Floats, Ids, Ints, where
from simulation.world.staff.cases import NO_DESK
from simulation.world.staff.relations import NOBODY
from simulation.world.world import World


class SagsarbejdeRunning(Running):
    """Columns: `caseworker` (who each ledig had last in this benefit spell: a person, or a desk that several share),
    `at_desk` (last tirsdag; NO_DESK: at none, or in another spell)."""

    settings: Sagsarbejde
    finishes: ClassVar[bool] = False

    def __init__(self, settings: Sagsarbejde, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.staff, self.team = world.staff, world.staff.names.index(settings.team)
        rows = self.staff.doing[self.team :: len(self.staff.names)]  # by jobcentre: the team that does its work
        terms = self.staff.caseworkers.teams[self.team]
        self.partners = not terms.takes_cases
        self.served = None if terms.arms is None else world.among(terms.arms, {})  # by partners of some arms only
        self.desk_of_jobcentre = self.staff.first_desk[rows]
        self.of_load = self.effect("caseload", dict(settings.caseload.exits) if settings.caseload else {})
        self.follow_ups = {
            i: FollowUp(self, f"left_minutes {i}", use)
            for i, use in enumerate(settings.left_minutes)
            if use.use == "follow_up"
        }
        self.changed = Afterwards(self, "continuity", settings.continuity)
        self.caseworker = np.full(len(world.ledige), NOBODY, dtype=np.int64)
        self.at_desk = np.full(len(world.ledige), NO_DESK, dtype=np.intp)
        self.sits = np.full(len(self.staff.minutes), NOBODY, dtype=np.int64)  # who sat at every desk then

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: how many cases there are, a change of caseworker, and having been followed up."""
        if self.settings.caseload is not None and self.of_load:
            ids = self._cases()
            self.of_load.hold(ids, self._load(self.settings.caseload).take(self.staff.desk.take(ids)))
        if self.settings.continuity is not None:
            self._see_changes(week)
            self.changed.hold(week, self.staff.team == self.team)
        for follow_up in self.follow_ups.values():
            follow_up.afterwards.hold(week)

    def _cases(self) -> Ids:
        """Whom the team has as its cases now."""
        return self.concerned(where((self.staff.desk != NO_DESK) & (self.staff.team == self.team)))

    def _load(self, settings: OfCaseload) -> Floats:
        """ln(cases per full-time caseworker / reference) by desk; 0 where no post is filled: there it says nothing."""
        fte, cases = self.staff.filled(), np.maximum(self.staff.cases, 1)
        load = np.divide(cases, fte, out=np.full(len(fte), settings.reference), where=fte > 0)
        return np.asarray(np.log(np.clip(load, settings.least, settings.most) / settings.reference))

    def _see_changes(self, week: int) -> None:
        """Who has another caseworker than last week (or than before she waited for one)."""
        staff = self.staff
        person = staff.caseworkers.regular(staff.first_post)
        sits = np.where(staff.alone, person, NOBODY - 1 - np.arange(len(person)))
        new = staff.desk != self.at_desk
        if (somebody_else := sits != self.sits).any():
            new |= somebody_else[staff.desk]
        ids = self.concerned(where(new & (staff.desk != NO_DESK)))
        np.copyto(self.at_desk, staff.desk)
        self.sits = sits
        before, now = self.caseworker.take(ids), sits.take(staff.desk.take(ids))
        another = ids[(before != NOBODY) & (before != now)]
        self.caseworker[ids] = now
        self.changed.happens(week - 1, another)  # on mandag, so that this week is the first one with its effect
        of_team = another[staff.team.take(another) == self.team]
        self.count(week, "changes", of_team)
        self.world.tell(of_team, Label("has got another caseworker", "har fået en anden sagsbehandler"))

    def gone(self, week: int, ids: Ids) -> None:
        self.caseworker[ids] = NOBODY
        self.at_desk[ids] = NO_DESK
        self.changed.gone(ids)
        for follow_up in self.follow_ups.values():
            follow_up.afterwards.gone(ids)

    # --- fredag -------------------------------------------------------------------------------------------

    def left_over(self, week: int) -> None:
        """fredag: minutes left after talks go to their uses, one after the other."""
        if not self.settings.left_minutes:
            return
        offered = self.world.part(LeftTime).of
        ids = self.concerned(self.world.ledige.on_benefit()) if self.partners else self._cases()
        if self.partners and self.served is not None:
            ids = ids[self.served.take(ids)]
        for i, use in enumerate(self.settings.left_minutes):
            time_left = self.staff.desk_minutes_left >= use.minutes
            if len(could := ids[time_left.take(self._desks(ids))]):
                self._spend(week, use, self.follow_ups[i] if use.of is None else offered[use.of], could)

    def _spend(self, week: int, use: Use, work: Work, ids: Ids) -> None:
        """Of these ids as many as there are minutes for are served, the longest waiting first, ties by lot."""
        ids, since = work.wanted(week, ids)
        if use.use != "search":
            may = week - since >= use.every_weeks
            ids, since = ids[may], since[may]
        if len(ids) == 0:
            return
        desk = self._desks(ids)
        order = in_order(desk, since.astype(np.int64) - int(since.min()))
        served = np.sort(ids[order[self.staff.spend_left(desk[order], use.minutes)]])
        work.done(week, served)
        self.count(week, use.use, served)
        self.count(week, f"minutes_{use.use}", served, np.full(len(served), use.minutes))

    def _desks(self, ids: Ids) -> Ints:
        """The desk whose minutes it takes for each of these ids."""
        if self.partners:
            return self.desk_of_jobcentre.take(self.world.ledige.jobcentre.take(ids))
        return self.staff.desk.take(ids)


class FollowUp:
    """The use of minutes for the cases themselves."""

    def __init__(self, running: SagsarbejdeRunning, called: str, use: Use) -> None:
        self.world = running.world
        self.last = np.full(len(self.world.ledige), NEVER, dtype=np.int16)
        self.afterwards = Afterwards(running, called, use.after())

    def wanted(self, week: int, ids: Ids) -> tuple[Ids, Ints]:
        """fredag: all of these ids, and since when they have not been followed up."""
        return ids, np.maximum(self.last.take(ids), self.world.ledige.enrolled.take(ids))

    def done(self, week: int, ids: Ids) -> None:
        """fredag: these ids are followed up."""
        self.last[ids] = week
        self.afterwards.happens(week, ids)
        self.world.tell(ids, Label("the case is followed up", "sagen følges op"))
