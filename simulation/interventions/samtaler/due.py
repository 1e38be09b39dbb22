"""Due: who is due for a talk, by the plan that each follows, and what keeps a talk from being asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.contract import Running
from simulation.interventions.parts.talks import Talks
from simulation.interventions.samtaler.beginning import Beginning
from simulation.interventions.samtaler.holders import Following, Holders
from simulation.interventions.samtaler.idle import Idle
from simulation.interventions.samtaler.needs import Needs
from simulation.interventions.samtaler.plan import one_after_the_other
from simulation.interventions.samtaler.settings import Samtaler
from simulation.interventions.samtaler.timetable import NO_PLAN, Timetable
from simulation.world.labels import Label
from simulation.world.ledige import LEDIG
from simulation.world.spec import NEVER, NOT_PLANNED, Bools, Ids, Ints, where
from simulation.world.staff.cases import NO_DESK
from simulation.world.world import World


class Due(Running, ABC):
    """Columns: `plan`, `due` (week of the next talk), `fell_due` (week in which the last one fell due of those counted:
    who is in a state without talks then is left out), `last` (week of the last held one), `held` (how many so far, if
    anybody asks), `strength` (of the effect of the last held talk)."""

    settings: Samtaler

    def __init__(self, settings: Samtaler, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        self.names = list(settings.plans)
        self.caseworker = settings.caseworker  # true: the plan's team has the ledig as its case
        self.talks = world.part(Talks)
        self.luck = ""
        ledige = world.ledige
        rows = len(ledige)
        self._schedule(settings)
        self.plan = np.full(rows, NO_PLAN, dtype=np.uint8)
        self.due = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.fell_due = np.full(rows, NEVER, dtype=np.int16)
        self.last = np.full(rows, NEVER, dtype=np.int16)
        self.held = np.zeros(rows, dtype=np.uint16)
        self.strength = np.ones(rows)
        self.since = ledige.enrolled
        self.beginning = Beginning(self.plans, world)
        self.team_of_plan = np.array([world.staff.names.index(plan.team) for plan in self.plans], dtype=np.int16)
        self.until = np.array([plan.until_week or NOT_PLANNED for plan in self.plans])
        self.holders = Holders(self.plans, world)
        self.following = Following(settings.plans, world)
        self._some_end = bool((self.until != NOT_PLANNED).any())
        self._has_lists = any(plan.talks is not None for plan in self.plans)
        self._has_self_booking = bool(self.timetable.self_booked.any())
        self.idle = Idle(settings.idle_talks, self)
        self.needs = Needs(self.plans, self.timetable, list(settings.channels), world)

    def _schedule(self, settings: Samtaler) -> None:
        """The plans as look-up tables."""
        self.plans = list(settings.plans.values())
        start = self.world.start
        self.order = one_after_the_other(dict(zip(self.names, self.plans, strict=True)))
        self.ends = [plan.then.from_run_week(start) if plan.then else NOT_PLANNED for plan in self.plans]
        self.timetable = Timetable(self.plans, list(settings.channels), self.world.staff.names)

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        plan = self.beginning.plan_of(week, ids)
        ids, plan = ids[plan != NO_PLAN], plan[plan != NO_PLAN]
        self.plan[ids] = plan
        for p in range(len(self.plans)):
            mine = ids[plan == p]
            self.due[mine] = week + self.timetable.first(p, self.world.ledige.draws, week, mine, self.luck)
        self.needs.begin(ids)
        self.last[ids] = NEVER
        self.held[ids] = 0
        self.holders.begin(ids)
        if self.caseworker:
            self.world.staff.ask_for_caseworker(week, ids, self.team_of_plan.take(plan))

    def gone(self, week: int, ids: Ids) -> None:
        self.idle.happens(ids)
        self.due[ids] = NOT_PLANNED
        self.last[ids] = NEVER
        self.plan[ids] = NO_PLAN

    def admit(self, week: int, ids: Ids) -> None:
        self.enrolled(week, ids)
        for p, plan in enumerate(self.plans):
            if plan.talks is not None:  # listed by course weeks, of which some have gone by
                mine = ids[self.plan.take(ids) == p]
                self.due[mine] = self._first_due(week, mine, p)

    def stop(self, week: int, ids: Ids) -> None:
        if self.caseworker:
            mine = ids[self.plan.take(ids) != NO_PLAN]
            self.world.staff.release(mine)
            self.world.staff.waits.end(week, mine, served=False)
        self.idle.forget(ids)
        super().stop(week, ids)
        self.plan.fill(NO_PLAN)

    def rests(self, week: int) -> None:
        self.talks.new_week()

    def mandag(self, week: int) -> None:
        """mandag: ledige whose plan has ended go on to the next one, and to the team that runs it."""
        self.talks.new_week()
        self.idle.new_week(week)
        ledige = self.world.ledige
        if week in self.beginning.moves:
            self._take_over(week, where((self.plan != NO_PLAN) & (ledige.status == LEDIG)))
        for p, latest, to in self._leading_on(week):
            follow_it = (self.plan == p) & (ledige.enrolled <= latest)
            self._change_plan(week, where(follow_it & (ledige.status == LEDIG)), to)
        if self.following.moves:
            ids = self.world.ledige.on_benefit()
            for moving, to in self.following.of_today(self.plan.take(ids), ids):
                self._change_plan(week, moving, to)

    def _take_over(self, week: int, ids: Ids) -> None:
        """A rule takes over those of these ids who are under way: at once to where it has them by now."""
        under_way, new = self.beginning.moved_today(week, ids)
        enrolled = self.world.ledige.enrolled.take(under_way)
        for p, latest, to in self._leading_on(week):
            new[(new == p) & (enrolled <= latest)] = to
        for p in np.unique(new).tolist():
            moving = under_way[(new == p) & (self.plan.take(under_way) != p)]
            self._change_plan(week, moving, p)
            self._go_on_from_the_last(week, moving, p)

    def _leading_on(self, week: int) -> Iterator[tuple[int, int, int]]:
        """Plans that some go on from today by their course week or by the date, each before the one after it: the
        plan, the latest week of enrolment of those who go on, and the plan that follows."""
        for p in self.order:
            then = self.plans[p].then
            if then is None or then.begins or then.ends:
                continue
            if week >= self.ends[p]:
                yield p, week, self.names.index(then.plan)
            elif then.course_week is not None:
                yield p, week - then.course_week, self.names.index(then.plan)

    def _change_plan(self, week: int, ids: Ids, new: int) -> None:
        if len(ids) == 0:
            return
        before = self.team_of_plan[self.plan.take(ids)]
        self.plan[ids] = new
        self.holders.begin(ids)
        self.due[ids] = self._first_due(week, ids, new)
        self.needs.begin(ids)
        if self.caseworker:
            staff, team = self.world.staff, self.team_of_plan[new]
            row = staff.row_of(ids, team)
            with_it = staff.team_row(ids) == row  # whoever has overflowed elsewhere stays there
            staff.team[ids[with_it]] = team
            other_team = ids[~with_it & (staff.row_of(ids, before) != row)]
            staff.ask_for_caseworker(week, other_team, np.full(len(other_team), team))
        self.world.tell(ids, Label("new plan of talks: {plan}", "ny samtaleplan: {plan}"), plan=self.names[new])

    def _go_on_from_the_last(self, week: int, ids: Ids, plan: int) -> None:
        """On a plan by interval, the next talk of these ids, who are under way, is due as it has it after the last held
        one (or before the first): a new interval, and no wave of talks so long after the date."""
        if self.plans[plan].talks is not None:
            return
        ledige, plans, last = self.world.ledige, np.full(len(ids), plan), self.last.take(ids)
        enrolled, first = ledige.enrolled.take(ids), self.timetable.first(plan, ledige.draws, week, ids, self.luck)
        following = self.timetable.look_up(self.timetable.next, plans, np.maximum(last - enrolled, 0)).astype(np.int32)
        due = enrolled + np.where(last == NEVER, first, following)
        self.due[ids] = np.minimum(np.maximum(due, week), NOT_PLANNED)

    def _first_due(self, week: int, ids: Ids, plan: int) -> Ints:
        """When a talk of this plan falls due for these ids, who come to it in this week of their course."""
        enrolled = self.world.ledige.enrolled.take(ids)
        course_week, plans = week - enrolled, np.full(len(ids), plan)
        # as if a talk had been held last week, so that one listed for this very week is not missed
        following = self.timetable.look_up(self.timetable.next, plans, np.maximum(course_week - 1, 0))
        first = self.timetable.first(plan, self.world.ledige.draws, week, ids, self.luck)
        following = np.where(course_week == 0, first, following)
        return np.minimum(enrolled + following.astype(np.int32), NOT_PLANNED)

    # --- fredag -------------------------------------------------------------------------------------------

    def asking(self, week: int) -> Ids:
        """Those who ask for a talk today: due, somebody's case, and booked if they must book themselves."""
        for stays_out in self.needs.look(week, self.plan, self.due):
            self.count_together(week, "exempt", stays_out)
        ids = where(self.due <= week)  # who is not on benefit has no talk planned
        if self._some_end:
            over = week - self.world.ledige.enrolled.take(ids) >= self.until[self.plan.take(ids)]
            self.due[ids[over]] = NOT_PLANNED
            ids = ids[~over]
        if self._has_lists:
            self._drop_overtaken(week, ids)
        for p, plan in enumerate(self.plans):
            if plan.not_in:
                stays_out = self.world.in_any(plan.not_in, ids) & (self.plan.take(ids) == p)
                self.count_together(week, "exempt", ids[stays_out])
                ids = ids[~stays_out]
        if self._has_lists:
            self.fell_due[ids[self.due.take(ids) == week]] = week
        if self.talks.several:
            ids = self._without_those_met(week, ids)
        if self.caseworker and len(self.world.staff.waiting):
            ids = self._without(
                week, ids, self.world.staff.desk.take(ids) == NO_DESK, "no_caseworker", "no_caseworker_due"
            )
        if self._has_self_booking:
            must = where(self.of_talk_due(self.timetable.self_booked, ids))
            share = np.array([plan.self_booking for plan in self.plans])[self.plan.take(ids[must])]
            chance = self.world.ledige.draws.uniform(f"{self.luck}self-booking", week, ids[must])
            silent = np.zeros(len(ids), dtype=bool)
            silent[must[chance >= share]] = True
            self.world.tell(ids[silent], Label("did not book her talk", "bookede ikke sin samtale"))
            ids = self._without(week, ids, silent, "not_booked", "not_booked_due")
        return ids

    def _without_those_met(self, week: int, ids: Ids) -> Ids:
        """Those of these ids with whom the team has not talked this week, be it for another reason; for the others
        that talk was this one as well."""
        met = self.talks.met.take(ids) == self.team_row(ids)
        had_theirs = ids[met]
        today = had_theirs[self.due.take(had_theirs) == week]
        for count in ("fell_due", "on_time", "called_on_time"):
            self.count_together(week, count, today)
            self.count_together.of_teams(week, count, self.team_row(today))
        self.count(week, "covered", had_theirs)
        self.world.tell(
            had_theirs, Label("the talk counts as {name} too", "samtalen gælder også som {name}"), name=self.name
        )
        self.had_another(week, had_theirs)
        self.holders.met(had_theirs)
        self.plan_next(week, had_theirs)
        return np.asarray(ids[~met])

    @abstractmethod
    def had_another(self, week: int, ids: Ids) -> None:
        """A talk of another kind with these ids, by the same team, was one of this kind as well."""

    def team_row(self, ids: Ids) -> Ints:
        """Team row that holds talks with these ids: that of their caseworker, or the plan's beside her, or whose turn
        it is."""
        staff, plan = self.world.staff, self.plan.take(ids)
        row = staff.team_row(ids) if self.caseworker else np.asarray(staff.row_of(ids, self.team_of_plan[plan]))
        return self.holders.rows(ids, plan, row) if self.holders.some else row

    def desk_of(self, ids: Ids) -> Ints:
        """Who holds talks with these ids: their caseworker, or somebody of the plan's team beside her, or of the team
        whose turn it is."""
        staff, plan = self.world.staff, self.plan.take(ids)
        own = staff.desk.take(ids) if self.caseworker else staff.contact_desk(ids, self.team_of_plan[plan])
        return self.holders.desks(ids, plan, own) if self.holders.some else np.asarray(own)

    def _without(self, week: int, ids: Ids, out: Bools, why: str, why_today: str) -> Ids:
        """Leave some of those who are due out of this week's requests; count why, also by whose talk fell due today."""
        left_out = ids[out]
        today = left_out[self.due.take(left_out) == week]
        for count, which in ((why, left_out), ("fell_due", today), (why_today, today)):
            self.count_together(week, count, which)
            self.count_together.of_teams(week, count, self.team_row(which))
        return ids[~out]

    def _drop_overtaken(self, week: int, ids: Ids) -> None:
        """A listed talk that was not held by the week of the next one is dropped: the next one takes its place. It is
        counted if it has been among those that fell due."""
        enrolled, plan = self.world.ledige.enrolled.take(ids), self.plan.take(ids)
        latest = self.timetable.look_up(self.timetable.latest, plan, week - enrolled)
        due = self.due.take(ids) - enrolled
        late = latest > due
        item = self.timetable.look_up(self.timetable.item, plan, week - enrolled)
        skipped = item[late] - self.timetable.look_up(self.timetable.item, plan[late], due[late])
        counted = self.fell_due.take(ids[late]) == self.due.take(ids[late])
        self.due[ids[late]] = (enrolled + latest)[late]
        self.count_together(week, "overtaken", ids[late][counted], skipped[counted])
        self.world.tell(
            ids[late], Label("a talk was overtaken by the next one", "en samtale blev overhalet af den næste")
        )

    def plan_next(self, week: int, ids: Ids) -> None:
        """The talk that was due is done with: the next one falls due."""
        self.needs.next(week, ids)
        if self.timetable.steady:
            self.due[ids] = week + self.timetable.steady
            return
        enrolled = self.world.ledige.enrolled.take(ids)
        following = self.timetable.look_up(self.timetable.next, self.plan.take(ids), week - enrolled)
        self.due[ids] = np.where(following == NOT_PLANNED, NOT_PLANNED, enrolled + following)

    def of_talk_due(self, table: NDArray[Any], ids: Ids) -> NDArray[Any]:
        """What a table of the timetable says of the talk that each of these ids is due for."""
        due_week = self.due.take(ids) - self.world.ledige.enrolled.take(ids)
        return self.timetable.look_up(table, self.plan.take(ids), due_week)
