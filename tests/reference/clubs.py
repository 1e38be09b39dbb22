"""A LEDIG'S WAY THROUGH A JOBKLUB, for the second engine, and the clubs, each of which is a process with its members.

A club *takes stock* on mandag, before anybody leaves, so what members do to each other on tirsdag hangs on no order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import simpy

from simulation.interventions.jobklub.settings import Jobklub
from simulation.world.spec import MANDAG, TORSDAG

from .basics import FAR, Story, faded, own, this_week
from .courses import Course, first_referral
from .formidling import between
from .scarce import Ask, Scarce
from .screening import passes

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Club:
    """One club: who is in it, and what its jobrådgiver has minutes for."""

    def __init__(self, world: Reference, number: int, settings: Jobklub, jobcentre: str, index: int) -> None:
        self.world, self.number, self.settings, self.jobcentre, self.index = world, number, settings, jobcentre, index
        self.desk = world.teams[jobcentre][settings.team].desks[0]
        self.taken = 0  # seats
        self.members: list[Membership] = []
        self.newcomers = False
        self.asked: list[Ask] = []  # minutes for this week's sessions
        self.visited = -FAR  # week of the last company visit
        self.left_for_job: list[int] = []  # weeks in which members did
        self.exits = 0  # of these, how many the members remember this week
        self.given = 1.0  # what members who differ give to it
        self.kept = 1.0  # what the unmotivated leave of the effect of sessions this week

    def own(self, what: str) -> object:
        """A setting of this club."""
        return own(self.settings, self.jobcentre, what)

    def life(self) -> Story:
        """mandag: it takes stock. torsdag: it meets."""
        for week in range(self.world.scenario.weeks):
            yield self.world.at(week, MANDAG)
            self.take_stock(week)
            yield self.world.at(week, TORSDAG, self.number, 2)
            self.meet(week)
            yield self.world.at(week, TORSDAG, self.number, 4)
            for ask in self.asked:
                ask.cancel()

    def take_stock(self, week: int) -> None:
        """Who is in the club, and who left it for a job in the last weeks."""
        contagion = self.settings.contagion
        if contagion is None or not self.members:
            return
        remembered = sum(left >= week - contagion.window_weeks for left in self.left_for_job)
        self.exits = min(remembered, contagion.most_exits)
        if rule := contagion.unmotivated:
            share = sum(member.me.level(rule.attribute) == rule.level for member in self.members) / len(self.members)
            excess = (share - rule.threshold) / (1.0 - rule.threshold) if share > rule.threshold else 0.0
            self.kept = 1.0 - rule.loss * excess
        if mixed := contagion.mixed:
            levels = list(self.world.scenario.subgroups[mixed.by])
            found = [sum(member.me.level(mixed.by) == level for member in self.members) for level in levels]
            alike = sum((number / len(self.members)) ** 2 for number in found)
            self.given = 1.0 + mixed.gain * ((1.0 - alike) / (1.0 - 1.0 / len(levels)))

    def meet(self, week: int) -> None:
        """Newcomers and weak members take their minutes; the club asks for those of its sessions, and may go out."""
        short = self.desk.spend(
            (self.settings.entry_minutes if self.newcomers else 0) + sum(member.extra for member in self.members)
        )
        for member in self.members:
            member.me.tally["weeks short of minutes"] += int(short > 0)
        self.newcomers = False
        sessions = self.planned(week) if self.members else 0  # everybody's first come before everybody's second
        self.asked = [Ask(self.desk, self.settings.session_minutes, (n, self.index)) for n in range(sessions)]
        if self.own("company_visits") and week % self.settings.visits.every_weeks == 0:
            self.visited = week

    def planned(self, week: int) -> int:
        """Sessions planned this week."""
        return this_week(self.own("sessions_per_week"), week)

    def held(self) -> int:
        """Sessions held this week."""
        return sum(ask.triggered for ask in self.asked)


class Seats(Scarce):
    """The free seats for the same ledige; who is granted one is told her club: the emptiest, of several the first."""

    def __init__(self, env: simpy.Environment, clubs: list[Club], each: int) -> None:
        super().__init__(env, init=len(clubs) * each)
        self.clubs = clubs

    def granted(self) -> Club:
        club = min(self.clubs, key=lambda club: club.taken)
        club.taken += 1
        return club

    def hand_back(self, club: Club) -> None:
        """A seat is free again."""
        club.taken -= 1
        self.give_back(1)


class Clubs:
    """The clubs of one jobcentre; separated ones serve one level of a characteristic each, in turn."""

    def __init__(self, world: Reference, number: int, settings: Jobklub, jobcentre: str) -> None:
        self.clubs = [
            Club(world, number, settings, jobcentre, index) for index in range(own(settings, jobcentre, "clubs"))
        ]
        self.separated_by = settings.separated_by if own(settings, jobcentre, "separated") else None
        levels = list(world.scenario.subgroups[self.separated_by]) if self.separated_by else [""]
        self.seats = {
            level: Seats(world.env, self.clubs[turn :: len(levels)], own(settings, jobcentre, "seats"))
            for turn, level in enumerate(levels)
        }
        for club in self.clubs:
            world.env.process(club.life())

    def become(self, settings: Jobklub, jobcentre: str) -> None:
        """A date: what they are from now on."""
        for club in self.clubs:
            club.settings = settings
        for seats in self.seats.values():
            seats.now_there_are(len(seats.clubs) * own(settings, jobcentre, "seats"))

    def seats_for(self, me: Ledig) -> Seats:
        """The seats that she may take."""
        return self.seats[me.level(self.separated_by) if self.separated_by else ""]

    def serve(self, week: int, step: int) -> None:
        """torsdag, step by step: seats, then minutes for sessions, then for individual talks."""
        for source in (*self.seats.values(), self.clubs[0].desk):
            source.serve()


class Membership(Course):
    """Her way through a jobklub, once in her life: offered a seat, called in, waiting, a member."""

    def __init__(self, me: Ledig, number: int, settings: Jobklub) -> None:
        super().__init__(me, number)
        self.settings, self.rule = settings, settings.referral[me.arm]
        self.seats: Seats = me.world.offered[number][me.jobcentre].seats_for(me)
        self.extra = sum(minutes.get(me.level(by), 0) for by, minutes in settings.extra_minutes.items())
        self.offered = FAR
        self.waits_since: int | None = None
        self.referral_is = "offered"
        self.club: Club | None = None
        self.began, self.ends = -FAR, FAR
        self.drops_out = False
        self.completed = self.counselled = -FAR
        self.dose = 0.0  # share of the last planned sessions that she attended

    @property
    def intake_every(self) -> int:
        """Weeks from one intake to the next in her jobcentre."""
        every: int = own(self.settings, self.me.jobcentre, "intake_every_weeks")
        return every

    def enrol(self, week: int) -> None:
        if self.first_time(week):
            self.not_before = self.qualifies = self.clarifying = 0
            self.offered, self.ready = first_referral(self.me, self.rule, self.name, week)
            self.notice.enrol()

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        me, settings, club = self.me, self.settings, self.club
        self.notice.affect(week, self.rule.before)
        if club is None:
            if settings.after and week - self.completed <= settings.after.weeks:
                me.tally["weeks after"] += 1
                self.affect("after", settings.after.effects, faded(week - self.completed, settings.after.halving_weeks))
            return
        self.affect("during", settings.during)
        strength = self.strength(week, club)
        self.affect("effects", settings.effects, strength)
        for kind, effects in settings.homework_effects.items():
            if kind == club.own("homework"):
                self.affect(f"homework_effects {kind}", effects, strength)
        if settings.visits and week - club.visited <= settings.visits.window_weeks and self.began <= club.visited:
            me.tally["weeks after a visit"] += 1
            self.affect("visits", settings.visits.effects)
        if settings.counselling and self.counselled == week - 1:
            self.affect("counselling", settings.counselling.effects)
        if settings.contagion:
            me.tally["weeks after an exit"] += int(club.exits > 0)
            self.affect("contagion", settings.contagion.per_exit, float(club.exits))

    def strength(self, week: int, club: Club) -> float:
        """Of the effect of sessions: what she attended × how far she has settled in × what the unmotivated leave."""
        strength = self.dose
        if self.settings.settling_weeks:
            strength *= min((week - self.began) / self.settings.settling_weeks, 1.0)
        self.me.tally["weeks among unmotivated"] += int(club.kept < 1)
        return strength * club.kept * club.given

    def had_treatment(self) -> bool:
        return self.completed > -FAR

    def leave(self, week: int, destination: str) -> None:
        if self.club is not None:
            self.me.count(week, f"{self.name}_left")
            if destination == "job":
                self.club.left_for_job.append(week)
            self.hand_back(self.club)
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        self.offered, self.waits_since, self.completed = FAR, None, -FAR
        self.notice.over()

    def finish(self, week: int) -> None:
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        self.offered, self.waits_since = FAR, None
        self.notice.over()

    # --- onsdag -------------------------------------------------------------------------------------------

    def onsdag(self, week: int) -> None:
        if self.club is None or self.ends != week:
            return
        self.hand_back(self.club)
        self.me.count(week, f"{self.name}_{'dropped' if self.drops_out else 'completed'}")
        if not self.drops_out:
            self.completed = week

    def hand_back(self, club: Club) -> None:
        """She is no member any more, and her seat is free."""
        club.members.remove(self)
        self.seats.hand_back(club)
        self.me.offers.discard(self.number)
        self.club = None

    # --- torsdag ------------------------------------------------------------------------------------------

    def torsdag(self, week: int) -> Story:
        me = self.me
        if self.offered > week and self.waits_since is None and self.club is None:
            return
        yield me.until(week, TORSDAG, self.number)
        if self.waits_since is not None and me.chance(f"{self.name} gives up", week) < self.settings.gives_up:
            me.count(week, f"{self.name}_gave_up")
            self.waits_since = None
            self.notice.over()
        if self.offered <= week and me.free(self.number):  # who is in another offer is asked after it
            self.asked(week)
        if self.waits_since is not None and me.free(self.number) and week % self.intake_every == 0:
            seat = yield from me.ask(self.seats, 1, (self.waits_since,), me.until(week, TORSDAG, self.number, 2))
            if seat.triggered:
                self.begin(week, seat.value)
            else:
                me.tally["no seat"] += 1
        if self.club is not None:
            yield me.until(week, TORSDAG, self.number, 4)
            yield from self.meet(week, self.club)

    def asked(self, week: int) -> None:
        """She is offered a seat: says yes or no, is screened, called in, comes or not, and waits."""
        me, name = self.me, self.name
        self.offered = FAR
        must, _ = self.notice.must, self.notice.over()  # unless she comes to wait
        me.count(week, f"{name}_offered")
        if me.chance(f"{name} accepts", week) >= self.settings.accepts:
            me.count(week, f"{name}_declined")
            return
        if me.chance(f"{name} visitation", week) >= passes(me, self.settings.visitation, week):
            me.count(week, f"{name}_turned_away")
            return
        me.referred[name] = week
        me.count(week, f"{name}_referred")
        me.happens()
        if me.chance(f"{name} no-show", week) < self.settings.no_show:
            me.count(week, f"{name}_no_show")
            return
        self.waits_since = self.notice.letter = week
        self.notice.must = must

    def begin(self, week: int, club: Club) -> None:
        """She has a seat, until the onsdag on which the course is over or she drops out."""
        me, name = self.me, self.name
        assert self.waits_since is not None
        me.count(week, f"{name}_wait", week - self.waits_since)
        me.count(week, f"{name}_started")
        me.begin_offer(self.number)
        self.waits_since, self.club, self.began, self.dose = None, club, week, 0.0
        self.notice.over()
        club.members.append(self)
        club.newcomers = True
        span = club.own("length")
        length = span.from_weeks + int(me.chance(f"{name} length", week) * (span.to_weeks - span.from_weeks + 1))
        drops_out = 1 + me.weeks_until(self.settings.drops_out, f"{name} drops out", week)
        self.ends, self.drops_out = week + min(length, drops_out), drops_out < length

    def meet(self, week: int, club: Club) -> Story:
        """Sessions, as many as are held and she comes to, and a talk if she asks for one and there is time."""
        me, counselling = self.me, self.settings.counselling
        planned, held = club.planned(week), club.held()
        came = [me.chance(f"{self.name} session {n}", week) < self.settings.attendance for n in range(held)]
        me.count(week, f"{self.name}_planned", planned)
        me.count(week, f"{self.name}_attended", sum(came))
        me.tally["not held"] += planned - held
        if planned:
            self.dose = sum(came) / planned
        if counselling and me.chance(f"{self.name} counselling", week) < self.asks_for_talk(week):
            closes = me.until(week, TORSDAG, self.number, 6)
            if (yield from me.queue(club.desk, counselling.minutes, (), closes)):
                self.counselled = week
                me.count(week, f"{self.name}_counselled")
            else:
                me.tally["not counselled"] += 1

    def asks_for_talk(self, week: int) -> float:
        """How likely she asks for a talk this week."""
        counselling = self.settings.counselling
        assert counselling is not None
        by_week = counselling.by_course_week
        return between(by_week, week - self.began) if by_week else counselling.weekly

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        if self.club is not None:
            self.me.tally[f"weeks in {self.name}"] += 1
            self.me.count(week, f"{self.name}_members")
        if self.waits_since is not None:
            self.me.count(week, f"{self.name}_waiting")
