"""A ledig's way through samtaler, for the second engine (`engine.py`): what she does on which weekday."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from simulation.interventions.samtaler.plan import Plan, Talk
from simulation.interventions.samtaler.settings import Samtaler
from simulation.world.register import NO_SHOW
from simulation.world.spec import FREDAG

from .basics import FAR, Key, Story, power
from .courses import Course
from .groups import ask_for_meeting
from .idle import Idle
from .needs import Needs
from .quality import Remembered, Worth, knows, meet

if TYPE_CHECKING:
    from .engine import Ledig
    from .teams import Desk, Team

COVERED = "covered by another talk"


class Talks(Course):
    """Her samtaler: she is due, asks for minutes, is called or not, comes or not."""

    def __init__(self, me: Ledig, number: int, settings: Samtaler, plans: list[Plan]) -> None:
        super().__init__(me, number)
        self.settings, self.plans, self.plan = settings, plans, plans[-1]
        interventions = list(me.world.scenario.interventions.values())
        before = [each for each in interventions[: number - 1] if isinstance(each, Samtaler)]
        self.worth: Worth = me.world.offered[number][me.jobcentre]
        self.several = sum(isinstance(each, Samtaler) for each in interventions) > 1
        code = 1  # the seventh is that of a no-show, and an intervention has its codes in a row
        for each in [*before, settings]:
            self.first_code = NO_SHOW + 1 if code <= NO_SHOW < code + len(each.channels) else code
            code = self.first_code + len(each.channels)
        self.luck = f"{self.name} " if before else ""
        self.on_a_plan = True  # of several rules there may be none for a while
        self.due = FAR
        self.last = -FAR  # week of the last held talk
        self.fell_due = -FAR  # week of the last talk that fell due while she was in no state without talks
        self.held = 0
        self.dose = Remembered(settings.dose)
        self.strength = 1.0
        self.missed = False
        self.needs = Needs(self)
        self.idle = Idle(self)
        self.turn = 0  # talks held on her plan, which tells whose turn it is
        self.lacking = -FAR  # when the talk fell due for which she has only lacked others so far

    @property
    def concerned(self) -> bool:
        return super().concerned and any(self.begins_on(plan) for plan in self.plans)

    def begins_on(self, plan: Plan) -> bool:
        """Whether it is a plan for who is on the benefit that she is on."""
        return plan.benefits is None or self.me.benefit in plan.benefits

    def begun(self, week: int) -> Plan | None:
        """The plan that a spell of hers begins on in this week, of several the one that has come last."""
        start = self.me.world.scenario.start
        plans = [plan for plan in self.plans if self.begins_on(plan)]
        plans = [plan for plan in plans if plan.begun_when(start)[0] <= week < plan.begun_when(start)[1]]
        return max(plans, key=Plan.since, default=None)

    def goes_over(self, date: int) -> Plan | None:
        """The plan that she goes over to in a week, if she is under way then and it is for her."""
        new = self.begun(date)
        if new is None or new.spells is None or not new.spells.under_way or self.me.enrolled >= date:
            return None
        return new if new.begun_when(self.me.world.scenario.start)[0] == date else None

    def enrol(self, week: int) -> None:
        plan = self.begun(self.me.enrolled)
        for date in range(self.me.enrolled + 1, week + 1):  # where these talks begin later than her spell
            plan = self.goes_over(date) or plan
        self.on_a_plan = plan is not None
        if plan is None:
            self.me.tally["on no plan"] += 1
            return
        self.plan = plan
        self.due = week + self.first_talk(week)
        self.last, self.held, self.missed, self.turn = -FAR, 0, False, 0
        self.needs.begin()
        self.notice.enrol()
        if self.settings.caseworker:
            self.me.ask_for_caseworker(week, self.plan.team)

    def mandag(self, week: int) -> None:
        self.idle.mandag(week)
        if not self.on_a_plan:
            return
        if new := self.goes_over(week):
            while (name := self.after(week, new)) is not None:
                new = self.settings.plans[name]
            if new is not self.plan:
                self.me.tally["goes over under way"] += 1
                self.go_over(week, next(name for name, plan in self.settings.plans.items() if plan is new))
                if new.talks is None:  # a new interval, from the last held talk on
                    since, held = self.last - self.me.enrolled, self.last > -FAR
                    next_one = following_talk(new, since) if held else self.first_talk(week)
                    self.due = max(self.me.enrolled + next_one, week)
        while (name := self.after(week, self.plan)) is not None:  # one change may lead to the next
            self.go_over(week, name)
        then = self.plan.then
        if then and ((then.begins and self.is_in(then.begins)) or (then.ends and not self.is_in(then.ends))):
            self.me.tally["goes over by an offer"] += 1
            self.go_over(week, then.plan)

    def after(self, week: int, plan: Plan) -> str | None:
        """The plan that is followed instead of this one from today on, by her course week or by the date."""
        if (then := plan.then) is None:
            return None
        by_course = then.course_week is not None and week - self.me.enrolled >= then.course_week
        return then.plan if by_course or week >= then.from_run_week(self.me.world.scenario.start) else None

    def is_in(self, names: list[str]) -> bool:
        """Whether she is in an offer, or in the state, of one of these interventions."""
        interventions = list(self.me.world.scenario.interventions)
        return any(name in self.me.states or interventions.index(name) + 1 in self.me.offers for name in names)

    def go_over(self, week: int, name: str) -> None:
        """She follows another plan from today on, and perhaps another team has her case."""
        me, course_week, before = self.me, week - self.me.enrolled, self.me.teams[self.plan.team]
        self.plan, self.turn = self.settings.plans[name], 0
        following = following_talk(self.plan, course_week - 1) if course_week else self.first_talk(week)
        self.due = me.enrolled + following
        self.needs.begin()
        me.tally["plan changes"] += 1
        if self.settings.caseworker and me.teams[self.plan.team] not in (before, me.teams[me.team]):
            me.ask_for_caseworker(week, self.plan.team)
        elif self.settings.caseworker and me.teams[self.plan.team] is me.teams[me.team]:
            me.team = self.plan.team  # whose work the same team does
        me.tally["stays with another team"] += int(self.settings.caseworker and self.has_moved_on())

    def has_moved_on(self) -> bool:
        """Whether the team that has her case is another one than her plan's, because it had no room."""
        return self.me.teams[self.me.team] is not self.me.teams[self.plan.team]

    def effects(self, week: int) -> None:
        if week - self.last <= self.settings.window_weeks and not self.me.blockers:
            self.affect("effects", self.settings.effects, self.strength)
        if self.settings.dose:
            strength = self.dose.this_week()
            if strength and not self.me.blockers:
                self.affect("dose", self.settings.dose.exits, strength, on_log=True)
        if not self.on_a_plan:
            return
        name = next(name for name, plan in self.settings.plans.items() if plan is self.plan)
        self.notice.affect(week, self.plan.before, f"plans {name} before")

    def become(self, new: Samtaler) -> None:
        """A date: her plans are those of the same names from now on."""
        names = list(self.settings.plans)
        every = list(self.settings.plans.values())
        self.plan, *self.plans = (
            new.plans[names[next(n for n, each in enumerate(every) if each is plan)]]
            for plan in (self.plan, *self.plans)
        )

    def had_treatment(self) -> bool:
        return self.last > -FAR

    def happens(self) -> None:
        self.idle.happens()

    def leave(self, week: int, destination: str) -> None:
        self.idle.leave()
        self.notice.over()
        self.due, self.last = FAR, -FAR
        self.dose = Remembered(self.settings.dose)

    def fredag(self, week: int) -> Story:
        me, plan = self.me, self.plan
        if not self.on_a_plan:
            return
        if plan.until_week is not None and week - me.enrolled >= plan.until_week:
            self.due = FAR
            return
        if plan.by_need and self.needs.stop_it(week):
            me.count(week, "exempt")
            return
        if self.due > week:
            return
        self.drop_overtaken(week)
        if me.states.intersection(plan.not_in):
            me.count(week, "exempt")
            return
        if self.due == week:
            self.fell_due = week
        if me.met is self.team():
            self.covered(week)
            return
        if self.settings.caseworker and not (me.case and me.case.triggered):
            self.becomes(week, "no_caseworker", self.team())
            return
        talk = self.listed_talk()
        if talk and talk.self_booked and me.chance(f"{self.luck}self-booking", week) >= plan.self_booking:
            self.becomes(week, "not_booked", self.team())
            return
        yield me.until(week, FREDAG, self.number)
        name = self.channel(week, talk)
        if self.settings.channels[name].seats > 1:
            yield from ask_for_meeting(self, week, name, talk)
        else:
            yield from self.ask_for_talk(week, talk)

    def ask_for_talk(self, week: int, talk: Talk | None) -> Story:
        """She says how long a talk she wants, hears how long it may be, and asks the partner, her caseworker, and the
        colleagues, each in its turn."""
        me, name, asked, key = self.me, self.channel(week, talk), self.desk(), self.priority(week)
        says, partners, own, colleagues = (me.until(week, FREDAG, self.number, step) for step in (2, 4, 6, 8))
        channel, length, worth = self.settings.channels[name], self.minutes(name, talk), 1.0
        outreach = self.settings.attendance.rebooking_minutes if self.missed and channel.counts else 0
        beside = channel.preparation_minutes + channel.documentation_minutes + channel.travel_minutes + outreach
        sits_in = talk.partner if talk and channel.counts else None  # nobody sits in at a letter
        partner = me.teams[sits_in].desks[0] if sits_in else None
        whole = partner is not None or not channel.counts  # joint talks and letters cannot be shortened
        asked.wishes.append((0, length + beside) if whole else (length, beside))
        yield says
        first_asked = self.first_asked(week)
        if not whole:
            length, worth = asked.shortened(length)
            me.tally["talks cut"] += int(worth < 1)
        elif partner is not None and not (yield from me.queue(partner, length + beside, key, partners)):
            self.becomes(week, "no_partner", asked.team)
            asked.fresh[week] += (length + beside) * int(first_asked)
            return
        asked.fresh[week] += (length + beside) * int(first_asked)
        yield partners
        by = asked if (yield from me.queue(asked, length + beside, key, own)) else None
        if by is None and asked.team.stands_in(asked.nobody_there(week)):
            ask = yield from me.ask(asked.team.colleagues, length + beside, key, colleagues)
            by = ask.value if ask.triggered else None
            me.tally["colleagues have no time"] += int(by is None)
        if by is None:
            self.becomes(week, "away" if asked.nobody_there(week) else "no_time", asked.team)
            if partner:  # need not come
                yield colleagues
                partner.put(length + beside)
            return
        comes = me.chance(f"{self.luck}attendance", week) < self.attendance(week, name, by)
        asked.team.count(week, "minutes_preparation", channel.preparation_minutes)
        asked.team.count(week, "minutes_documentation", channel.documentation_minutes)
        asked.team.count(week, "minutes_travel", channel.travel_minutes)
        asked.team.count(week, "minutes_outreach", outreach)
        asked.team.count(week, "minutes_held" if comes else "minutes_no_show", length)
        if comes:
            self.hold(week, name, asked, by, worth)
        else:
            me.tally["came to another talk"] += int(me.talk > 0)
            me.talk, self.missed = me.talk or NO_SHOW, self.missed or channel.counts
            asked.again[week] += length + beside
            self.becomes(week, "udeblivelse", asked.team)

    def first_asked(self, week: int) -> bool:
        """Whether nobody could have been asked for this talk before: it falls due today, or others were lacking."""
        waited, self.lacking = self.lacking == self.due, -FAR
        self.me.tally["asked after others were lacking"] += int(waited)
        return waited or self.due == week

    def becomes(self, week: int, what: str, team: Team) -> None:
        """What becomes of her talk that is due, which the team that was asked, or would have been, knows as well."""
        today = int(self.due == week)
        if what == "too_few" and today:
            self.lacking = week
        for count in (self.me.count, team.count):
            count(week, "fell_due", today)
            count(week, "on_time", today * int(what in ("held", COVERED)))
            count(week, "called_on_time", today * int(what in ("held", COVERED, "udeblivelse", "letters")))
            if what != COVERED:
                count(week, what)
            if what in ("no_caseworker", "not_booked", "too_few"):
                count(week, f"{what}_due", today)

    def team(self) -> Team:
        """Who talks with her: the team whose case she is, or will be, or the plan's beside it."""
        me, turn = self.me, self.whose_turn()
        return me.teams[turn or (me.team if self.settings.caseworker else self.plan.team)]

    def whose_turn(self) -> str | None:
        """The team whose turn it is, if it is not the plan's own."""
        turns = self.plan.turns or [self.plan.team]
        turn = turns[self.turn % len(turns)]
        return None if turn == self.plan.team else turn

    def desk(self) -> Desk:
        """Her caseworker, or whoever of the plan's team talks with her beside her caseworker: always the same one."""
        me, desks = self.me, self.team().desks
        if (self.settings.caseworker and not self.whose_turn()) or self.has_her_case():
            assert me.case is not None
            me.tally["own desk"] += int(not self.settings.caseworker)
            return me.case.value
        me.tally["other desk"] += 1
        return desks[int(me.chance("contact person", 0) * len(desks))]

    def has_her_case(self) -> bool:
        """Whether the team that talks with her has her case as well."""
        me = self.me
        return me.case is not None and me.case.triggered and me.teams[me.team] is self.team()

    def covered(self, week: int) -> None:
        """The same team has talked with her this week for another reason, and that was this talk as well."""
        me = self.me
        self.becomes(week, COVERED, self.team())
        me.count(week, f"{self.name}_covered")
        me.tally["covered in another week"] += int(self.due < week)
        assert me.met_at is not None
        self.work(week, me.met_effect, me.met_at, me.met_partner)
        self.needs.done = week
        self.turn += 1
        self.due = me.enrolled + following_talk(self.plan, week - me.enrolled)

    def hold(self, week: int, name: str, asked: Desk, by: Desk, worth: float, first: Ledig | None = None) -> None:
        """A talk is held, or a letter sent, and the next one falls due. `first`: who sat down first at a meeting."""
        me, channel = self.me, self.settings.channels[name]
        missing = self.plan.unregistered if channel.counts else 0.0  # it is about talks, and a letter is none
        shown = not missing or me.chance(f"{self.luck}registered", week) >= missing
        if shown and (channel.counts or me.talk in (0, NO_SHOW)):  # a letter does not hide another talk
            me.talk = self.first_code + list(self.settings.channels).index(name)
        if channel.counts:
            talk = self.listed_talk()
            me.last_talk = week
            self.idle.held(week)
            for course in me.courses:
                course.bring_forward(week)
            me.registered = me.registered or shown
            me.talked, me.met, me.met_at, me.met_effect = True, self.team(), by, channel.effect * worth
            me.met_partner = me.teams[talk.partner] if talk and talk.partner else None
            self.becomes(week, "held", asked.team)
            if self.several:
                me.count(week, f"{self.name}_held")
            meet(me, week, asked, by, first or me)
            self.work(week, me.met_effect, by, me.met_partner)
            if talk and talk.partner in self.plan.same_partner:
                self.who_sits_in(week, talk.partner, self.plan.same_partner[talk.partner])
            self.turn += 1
            me.tally["not registered"] += int(not shown)
        else:
            self.becomes(week, "letters", asked.team)
            me.tally["letter beside a talk"] += int(me.met is not None)
        self.missed = self.missed and not channel.counts
        self.needs.done = week
        self.due = me.enrolled + following_talk(self.plan, week - me.enrolled)

    def who_sits_in(self, week: int, team: str, arranged: float) -> None:
        """Somebody of the other party: whoever did so last time, if that is arranged and she is at work."""
        me, last = self.me, self.me.sat_in.get(team)
        sits = me.teams[team].desks[0].who(me.chance(f"{self.luck}who sits in", week), week).sits
        is_there = last is not None and last.post.sits is last and last.post.there(week) > 0
        if last is not None and is_there and me.chance(f"{self.luck}same partner", week) < arranged:
            sits = last
        me.count(week, "partner_again", int(last is not None))
        me.count(week, "partner_same", int(sits is last))
        assert sits is not None
        me.sat_in[team] = sits

    def work(self, week: int, effect: float, desk: Desk, partner: Team | None) -> None:
        """A talk has its effect from now on: that of its channel, less by crowding and fatigue, and by who held it."""
        self.strength = effect * self.team().strength() * self.worth.of(self.me, week, desk, partner)
        self.dose.count(self.strength)
        if self.settings.halving_talks:
            self.strength *= power(0.5, self.held / self.settings.halving_talks)
        self.last, self.held = week, self.held + 1
        self.notice.over()

    def first_talk(self, week: int) -> int:
        """Course week of the first talk of a plan that she begins in her first week."""
        if self.plan.talks:
            return self.plan.talks[0].week
        return self.me.value_of(self.plan.first_week, f"{self.luck}first talk", week)

    def drop_overtaken(self, week: int) -> None:
        """Of several listed talks that are due, only the latest is left."""
        course_weeks = range(self.due - self.me.enrolled, week - self.me.enrolled + 1)
        overdue = [talk.week for talk in self.plan.talks or [] if talk.week in course_weeks]
        if len(overdue) > 1:
            self.me.count(week, "overtaken", (len(overdue) - 1) * int(self.fell_due == self.due))
            self.due = self.me.enrolled + overdue[-1]

    def listed_talk(self) -> Talk | None:
        """The entry of the list that she is due for; None in a plan by intervals."""
        return next((talk for talk in self.plan.talks or [] if talk.week == self.due - self.me.enrolled), None)

    def channel(self, week: int, talk: Talk | None) -> str:
        """The channel of this week's talk."""
        if self.plan.by_need and (asked_for := self.needs.channel()):
            return asked_for
        if self.me.offer and (instead := self.in_offer(list(self.me.world.scenario.interventions)[self.me.offer - 1])):
            return instead
        begun = self.plan.in_state_from is None or week >= self.plan.in_state_from
        for state, channel in reversed(self.plan.in_state.items()) if begun else ():
            if state in self.me.states:
                return channel
        other, chance = self.plan.other_channel, self.me.chance(f"{self.luck}channel", week)
        if other and week - self.me.enrolled >= other.from_week and chance < other.share:
            return other.channel
        return talk.channel if talk and talk.channel is not None else self.plan.channel

    def in_offer(self, offer: str) -> str | None:
        """The channel of talks while in an offer of this intervention, if it is not the ordinary one."""
        channel = self.plan.in_offer
        return channel.get(offer) if isinstance(channel, dict) else channel

    def minutes(self, channel: str, talk: Talk | None) -> int:
        """Minutes that it takes, from everybody who sits in."""
        minutes = self.me.value_of(self.settings.channels[channel].minutes, f"{self.luck}talk length", 0)
        if talk and talk.minutes is not None and channel == (talk.channel or self.plan.channel):
            minutes = talk.minutes
        if not self.settings.channels[channel].counts:  # what takes more in a talk takes none in a letter
            return minutes
        return minutes + sum(course.longer() for course in self.me.active)

    def priority(self, week: int) -> Key:
        """Her place in the queue, before lot decides; the smallest comes first."""
        if self.settings.priority == "lot":
            return ()
        if self.settings.priority == "newest_first":
            return (week - self.me.enrolled,)
        if self.settings.priority == "longest_overdue":
            return (self.due,)
        if self.settings.priority == "need_first":
            [(characteristic, order)] = self.settings.need.items()
            level = self.me.level(characteristic)
            return (order.index(level) if level in order else len(order), self.due)
        weeks_without = week - max(self.last, self.me.enrolled)
        return (int(weeks_without < (self.plan.statutory_weeks or FAR)), self.due)

    def place_odds(self) -> float:
        """Her jobcentre's odds of talks: its own, or drawn by its luck."""
        spec, place = self.settings.attendance, self.me.jobcentre
        if place in spec.jobcentre_odds or not spec.between_jobcentres:
            return spec.jobcentre_odds.get(place, 1.0)
        row = list(self.me.world.scenario.jobcentres).index(place)
        luck = self.me.world.table.draws.uniform("attendance of a jobcentre", 0, np.array([row]))
        return float(np.exp(spec.between_jobcentres * ndtri(luck))[0])

    def attendance(self, week: int, channel: str, desk: Desk, first: Ledig | None = None) -> float:
        """Her chance of coming, if called to this desk; `first`: who sat down first at a meeting."""
        spec, share = self.settings.attendance, self.settings.channels[channel].attendance
        odds = min(share / (1 - share), 1e18) if share < 1 else 1e18
        personal = self.place_odds()
        if spec.person_sd:
            personal *= float(np.exp(spec.person_sd * ndtri(np.array([self.me.chance("punctuality", 0)])))[0])
        odds *= personal
        odds *= math.prod(course.odds() for course in self.me.active)
        if spec.weekly_odds != 1.0:
            odds *= power(spec.weekly_odds, week - self.me.enrolled)
        if spec.trust:
            known = knows(self.me, week, desk, first or self.me)[1]
            with np.errstate(over="ignore"):
                odds = min(odds * power(spec.trust.per_talk, min(known, spec.trust.full_after)), 1e18)
        return odds / (1 + odds)


def following_talk(plan: Plan, course_week: int) -> int:
    """Course week of the talk that follows one that is done with in this course week."""
    if plan.talks is not None:
        following = next((talk.week for talk in plan.talks if talk.week > course_week), FAR)
    else:
        intervals = [interval.weeks for interval in plan.every or [] if interval.from_week <= course_week]
        following = course_week + intervals[-1]
    return following if plan.until_week is None or following < plan.until_week else FAR
