"""Samtaler: who is due for a talk, whom the jobcentre calls, who comes, and what a held talk does.

What the evidence says. In På rette vej i job the trial demanded a talk every week; about 82 % of the weeks had one,
the rest was mainly no-shows (udeblivelse), and employment did not move (Rambøll 2013, p. 4-5 [1-2]). So talks have no
effect unless a scenario gives them one, and what it gives must bring a source.

A ledig follows a *plan*: talks at intervals, or in listed weeks. She stays due until she is called and comes. When
due, she asks for minutes; the jobcentre calls as many as it has minutes for. Who does not come has used up the slot,
is rebooked, and costs some minutes more the next time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from simulation.interventions.contract import Effects, Intervention, Running, apply
from simulation.interventions.plan import NO_PLAN, Plan, Timetable
from simulation.interventions.priority import PRIORITIES
from simulation.interventions.udeblivelse import Attendance, Udeblivelse
from simulation.world.jobcenter import NO_DESK, NO_TEAM, Booking, Requests
from simulation.world.register import MAX_CHANNELS, NO_SHOW
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    Bools,
    Factor,
    Ids,
    MinuteDistribution,
    Share,
    Spec,
    Weeks,
    quantile,
    unit,
    where,
)
from simulation.world.world import World


class Channel(Spec):
    """A way to hold a talk."""

    minutes: Annotated[
        MinuteDistribution, Field(description="Length of a talk; how long a ledig needs is hers for good")
    ]
    attendance: Annotated[Share, Field(description="Share of called talks that are held, before all differences")]
    effect: Annotated[Factor, Field(description="Strength of its effect against a personal talk")] = 1.0
    counts: Annotated[bool, Field(description="false: does not count as a talk, and has no effect (a letter)")] = True


class Samtaler(Intervention):
    """Talks between ledige and jobcentre."""

    kind: Literal["samtaler"]
    channels: Annotated[dict[str, Channel], Field(min_length=1, max_length=MAX_CHANNELS)]
    plans: Annotated[dict[str, Plan], Field(min_length=1)]
    attendance: Attendance = Attendance()
    priority: Annotated[
        Literal["longest_overdue", "statutory_first", "newest_first", "lot"],
        Field(description="Who is called first; ties are decided by lot"),
    ] = "longest_overdue"
    effects: Annotated[Effects, Field(description="Factor on exit intensities after a held personal talk")] = {}
    window_weeks: Annotated[Weeks, Field(description="Weeks after a held talk in which it has an effect")] = 2
    halving_talks: Annotated[
        float | None,
        unit("talks", "Held talks after which a further one has half the effect; absent: no fatigue", gt=0, le=1000),
    ] = None

    refers: ClassVar[Mapping[str, str]] = {
        "effects.<key>": "exits",
        "attendance.jobcentre_odds.<key>": "jobcentres",
        "plans.*.arms.*": "arms",
        "plans.*.team": "case_teams",
        "plans.*.announcement.<key>": "exits",
        "plans.*.channel": "own channels",
        "plans.*.in_offer": "own channels",
        "plans.*.other_channel.channel": "own channels",
        "plans.*.talks.*.channel": "own channels",
        "plans.*.talks.*.partner": "teams",
        "plans.*.then.plan": "own plans",
    }

    def start(self, world: World, name: str, number: int) -> SamtalerRunning:
        return SamtalerRunning(self, world)


BECAME = {
    "no_time": "ingen samtale: jobcenteret havde ikke tid",
    "no_partner": "ingen samtale: den anden part havde ikke tid",
    "udeblivelse": "udeblev fra samtale",
    "held": "samtale afholdt",
    "letters": "brev i stedet for samtale",
}
"""What may become of a request, by the name of its count, and in words."""
NO_TIME, NO_PARTNER, UDEBLIVELSE, HELD, LETTER = range(len(BECAME))  # HELD is UDEBLIVELSE + 1: called, and came
BECAME_NAMES = (
    *((name,) for name in BECAME),
    *((name, "fell_due", "on_time") if name == "held" else (name, "fell_due") for name in BECAME),
)
"""Names of the counts that each fate adds to, first for talks that fell due earlier, then for those of this week."""


class SamtalerRunning(Running):
    """Columns: `plan`, `due` (week of the next talk), `last` (week of the last held one), `held` (how many so far),
    `missed` (did not come the last time), `strength` (of the effect of the last held talk)."""

    def __init__(self, settings: Samtaler, world: World) -> None:
        self.settings, self.world = settings, world
        rows = len(world.ledige)
        self.plans = list(settings.plans.values())
        self.channels = list(settings.channels.values())
        self.timetable = Timetable(self.plans, list(settings.channels), world.staff.names)
        self.plan = np.full(rows, NO_PLAN, dtype=np.uint8)
        self.due = np.full(rows, NOT_PLANNED, dtype=np.int16)
        self.last = np.full(rows, NEVER, dtype=np.int16)
        self.held = np.zeros(rows, dtype=np.uint16)
        self.missed = np.zeros(rows, dtype=bool)
        self.strength = np.ones(rows)
        self.since = world.ledige.enrolled

        self._has_lists = any(plan.talks is not None for plan in self.plans)
        self._has_minutes = bool((self.timetable.minutes >= 0).any())
        self._has_partners = bool((self.timetable.partner != NO_TEAM).any())
        self._has_self_booking = bool(self.timetable.self_booked.any())
        self._counts_talks = bool(settings.halving_talks) or any(plan.announcement for plan in self.plans)
        self._counting = np.array([channel.counts for channel in self.channels])
        everyone = np.arange(rows)
        length = world.ledige.draws.uniform("talk length", 0, everyone)
        self.minutes = np.array([quantile(c.minutes, length) for c in self.channels], dtype=np.int32)
        self.udeblivelse = Udeblivelse(settings.attendance, [c.attendance for c in self.channels], world)
        self.plan_of_arm = np.full(len(world.arms), NO_PLAN, dtype=np.uint8)
        for p, plan in enumerate(self.plans):
            for arm in plan.arms:
                self.plan_of_arm[world.arms.index(arm)] = p
        self.team_of_plan = np.array([world.staff.names.index(plan.team) for plan in self.plans], dtype=np.int16)
        self._one_strength = (
            settings.halving_talks is None
            and all(channel.effect == 1.0 for channel in self.channels)
            and not world.staff.dilution.any()
        )

    # --- mandag -------------------------------------------------------------------------------------------

    def enrolled(self, week: int, ids: Ids) -> None:
        ids = ids[self.plan_of_arm[self.world.ledige.arm.take(ids)] != NO_PLAN]
        plan = self.plan_of_arm[self.world.ledige.arm.take(ids)]
        self.plan[ids] = plan
        for p in range(len(self.plans)):
            mine = ids[plan == p]
            self.due[mine] = week + self.timetable.first(p, self.world.ledige.draws, week, mine)
        self.last[ids] = NEVER
        self.held[ids] = 0
        self.missed[ids] = False
        self.world.staff.ask_for_caseworker(week, ids, self.team_of_plan.take(plan))

    def mandag(self, week: int) -> None:
        """mandag: ledige whose plan has ended go on to the next one, and to the team that runs it."""
        for p, plan in enumerate(self.plans):
            if plan.then is None:
                continue
            ids = self.world.ledige.on_benefit()
            ids = ids[self.plan.take(ids) == p]
            course_week = week - self.world.ledige.enrolled.take(ids)
            if plan.then.course_week is not None:
                over = course_week >= plan.then.course_week
            else:
                over = np.full(len(ids), week >= (plan.then.run_week or 0))
            self._change_plan(week, ids[over], list(self.settings.plans).index(plan.then.plan))

    def _change_plan(self, week: int, ids: Ids, new: int) -> None:
        if len(ids) == 0:
            return
        course_week = week - self.world.ledige.enrolled.take(ids)
        plan = np.full(len(ids), new)
        # as if a talk had been held last week, so that one listed for this very week is not missed
        following = self.timetable.look_up(self.timetable.next, plan, np.maximum(course_week - 1, 0))
        first = self.timetable.first(new, self.world.ledige.draws, week, ids)
        following = np.where(course_week == 0, first, following)
        self.plan[ids] = new
        self.due[ids] = np.minimum(self.world.ledige.enrolled.take(ids) + following.astype(np.int32), NOT_PLANNED)
        other_team = ids[self.world.staff.team.take(ids) != self.team_of_plan[new]]
        self.world.staff.ask_for_caseworker(week, other_team, np.full(len(other_team), self.team_of_plan[new]))
        self.world.tell(ids, "ny samtaleplan: " + list(self.settings.plans)[new])

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: a talk held in the last weeks changes how likely ledige are to leave."""
        afgang = self.world.afgang
        if self.settings.effects:
            recent = where(self.last >= week - self.settings.window_weeks)
            recent = self.world.unblocked(recent)
            apply(afgang, self.settings.effects, recent, 1.0 if self._one_strength else self.strength.take(recent))
        for p, plan in enumerate(self.plans):
            if plan.announcement:
                ids = self.world.ledige.on_benefit()
                apply(afgang, plan.announcement, ids[(self.plan.take(ids) == p) & (self.held.take(ids) == 0)])

    def left(self, week: int, ids: Ids) -> None:
        self.due[ids] = NOT_PLANNED
        self.last[ids] = NEVER

    # --- fredag -------------------------------------------------------------------------------------------

    def requests(self, week: int) -> Requests | None:
        """fredag: whoever is due asks for a talk, is called while minutes last, and comes or stays away."""
        ids = self._due(week)
        self._channel = self._choose_channel(week, ids)
        if isinstance(self._channel, int):
            minutes = self.minutes[self._channel].take(ids)
        else:
            minutes = self.minutes[self._channel, ids]
        partner = None
        if self._has_minutes:
            listed = self._of_talk_due(self.timetable.minutes, ids)
            as_listed = self._channel == self._of_talk_due(self.timetable.channel, ids)  # not a letter in its place
            minutes = np.where((listed >= 0) & as_listed, listed, minutes)
        if self._has_partners:
            partner = self._of_talk_due(self.timetable.partner, ids)
            if not self._counting.all():
                partner = np.where(self._counting[self._channel], partner, NO_TEAM)  # nobody sits in at a letter
        if self.settings.attendance.rebooking_minutes:
            minutes = minutes + self.settings.attendance.rebooking_minutes * self.missed.take(ids)
        if self.world.extra_minutes is not None:
            minutes = minutes + self.world.extra_minutes.take(ids)
        return Requests(ids, minutes, PRIORITIES[self.settings.priority](self, week, ids), partner)

    def delivered(self, week: int, requests: Requests, booking: Booking) -> None:
        ids, register, channel = requests.ids, self.world.register, self._channel
        comes = self.udeblivelse.comes(week, ids, channel)
        here, absent = booking.called & comes, booking.called & ~comes
        became = here.view(np.uint8) + booking.called.view(np.uint8) * np.uint8(UDEBLIVELSE)
        if booking.no_partner is not None:
            became[booking.no_partner] = NO_PARTNER
        if not self._counting.all():
            became[here & ~self._counting[channel]] = LETTER
        fell_due_today = self.due.take(ids) == week
        register.tally(week, ids, became + fell_due_today.view(np.uint8) * np.uint8(len(BECAME)), BECAME_NAMES)
        if self.world.diary is not None:
            for what, said in enumerate(BECAME.values()):
                self.world.tell(ids[became == what], said)

        at_talk, at_home = where(here), ids.take(where(absent))
        register.talk[at_home] = NO_SHOW
        if self.settings.attendance.rebooking_minutes:
            self.missed[at_home] = True
            self.missed[ids.take(at_talk)] = False
        self._hold(week, ids.take(at_talk), channel if isinstance(channel, int) else channel.take(at_talk))

    def _hold(self, week: int, ids: Ids, channel: int | Ids) -> None:
        """Talks are held with these ids, or letters sent to them: the next ones fall due."""
        self.world.register.talk[ids] = channel + 1
        talks = ids
        if isinstance(channel, int):
            talks = ids if self._counting[channel] else ids[:0]
        elif not self._counting.all():
            talks, channel = ids[self._counting[channel]], channel[self._counting[channel]]
        if not self._one_strength:
            strength = np.array([c.effect for c in self.channels])[channel] * self.world.staff.over_limit(talks)
            if self.settings.halving_talks:
                strength = strength * 0.5 ** (self.held.take(talks) / self.settings.halving_talks)
            self.strength[talks] = strength
        self.last[talks] = week
        if self.world.talked is not None:
            self.world.talked[talks] = True
        if self._counts_talks:
            self.held[talks] += 1
        if self.timetable.steady:
            self.due[ids] = week + self.timetable.steady
            return
        enrolled = self.world.ledige.enrolled.take(ids)
        following = self.timetable.look_up(self.timetable.next, self.plan.take(ids), week - enrolled)
        self.due[ids] = np.where(following == NOT_PLANNED, NOT_PLANNED, enrolled + following)

    def _due(self, week: int) -> Ids:
        """Those who ask for a talk today: due, somebody's case, and booked if they must book themselves."""
        ids = where(self.due <= week)  # who is not on benefit has no talk planned
        if self._has_lists:
            self._drop_overtaken(week, ids)
        if len(self.world.staff.waiting):
            ids = self._without(week, ids, self.world.staff.desk.take(ids) == NO_DESK, "no_caseworker")
        if self._has_self_booking:
            must = where(self._of_talk_due(self.timetable.self_booked, ids))
            share = np.array([plan.self_booking for plan in self.plans])[self.plan.take(ids[must])]
            chance = self.world.ledige.draws.uniform("self-booking", week, ids[must])
            silent = np.zeros(len(ids), dtype=bool)
            silent[must[chance >= share]] = True
            self.world.tell(ids[silent], "bookede ikke sin samtale")
            ids = self._without(week, ids, silent, "not_booked")
        return ids

    def _without(self, week: int, ids: Ids, out: Bools, why: str) -> Ids:
        """Leave some of those who are due out of this week's requests, and count why."""
        left_out = ids[out]
        self.world.register.count(week, why, left_out)
        self.world.register.count(week, "fell_due", left_out[self.due.take(left_out) == week])
        return ids[~out]

    def _drop_overtaken(self, week: int, ids: Ids) -> None:
        """A listed talk that was not held by the week of the next one is dropped: the next one takes its place."""
        enrolled, plan = self.world.ledige.enrolled.take(ids), self.plan.take(ids)
        latest = self.timetable.look_up(self.timetable.latest, plan, week - enrolled)
        due = self.due.take(ids) - enrolled
        late = latest > due
        item = self.timetable.look_up(self.timetable.item, plan, week - enrolled)
        skipped = item[late] - self.timetable.look_up(self.timetable.item, plan[late], due[late])
        self.due[ids[late]] = (enrolled + latest)[late]
        self.world.register.count(week, "overtaken", ids[late], skipped)
        self.world.tell(ids[late], "en samtale blev overhalet af den næste")

    def _choose_channel(self, week: int, ids: Ids) -> int | Ids:
        """The channel of each talk; a plain number where the scenario has only one."""
        if len(self.channels) == 1:
            return 0
        names = list(self.settings.channels)
        channel = self._of_talk_due(self.timetable.channel, ids).astype(np.intp)
        plan = self.plan.take(ids)
        course_week = week - self.world.ledige.enrolled.take(ids)
        chance = None
        for p, settings in enumerate(self.plans):
            if other := settings.other_channel:
                if chance is None:
                    chance = self.world.ledige.draws.uniform("channel", week, ids)
                at = (plan == p) & (course_week >= other.from_week) & (chance < other.share)
                channel[at] = names.index(other.channel)
            if settings.in_offer is not None:
                channel[(plan == p) & (self.world.register.offer.take(ids) > 0)] = names.index(settings.in_offer)
        return channel

    def _of_talk_due(self, table: NDArray[Any], ids: Ids) -> NDArray[Any]:
        """What a table of the timetable says of the talk that each of these ids is due for."""
        due_week = self.due.take(ids) - self.world.ledige.enrolled.take(ids)
        return self.timetable.look_up(table, self.plan.take(ids), due_week)
