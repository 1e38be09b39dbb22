"""A LEDIG'S WAY TO A FLEKSJOB, for the second engine, and the brokers of her jobcentre.

On torsdag the brokers have their turns, one after the other, in four steps each (`Brokers.serve`): the municipality
does what work the broker has left it; the broker judges whom it has got to know, and those it seeks a place for
stand in the queue for its minutes; it serves the queue; and they learn what came of it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from simulation.interventions.fleksjob.brokers import Broker
from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.world.spec import SOENDAG, TORSDAG

from .basics import FAR, Story
from .courses import Course
from .scarce import Scarce
from .spans import is_over, is_there

if TYPE_CHECKING:
    from .engine import Ledig, Reference

STEPS = 4
EARLY = 13
IN_JOB = {"two_months": 8, "four_months": 17}  # full weeks


class Brokers:
    """The brokers of one jobcentre; `owed` is the work that each has left to the municipality, in minutes not done."""

    def __init__(self, world: Reference, settings: Fleksjob, jobcentre: str) -> None:
        self.teams, self.brokers = world.teams[jobcentre], settings.brokers
        self.owed: Counter[str] = Counter()
        limits = {name: broker.limit for name, broker in self.brokers.items() if broker.limit is not None}
        self.room = {name: Scarce(world.env, init=limit) for name, limit in limits.items()}
        self.openings, self.declined = Scarce(world.env), Counter[int]()  # passed on; by week
        assert STEPS * (len(self.brokers) + 1) <= 16, "the second engine's torsdag has not so many steps"

    def become(self, settings: Fleksjob, jobcentre: str) -> None:
        """A date: what they do from now on."""
        self.brokers = settings.brokers

    def serve(self, week: int, step: int) -> None:
        """torsdag, step by step: the broker whose turn it is has work done that it left, or approaches firms."""
        turn, part = divmod(step, STEPS)
        if (turn, part) == (len(self.brokers), 1):  # what was declined last week, when all have had their turns
            self.openings.refill(self.declined[week - 1])
            self.openings.serve()
        for name, broker in list(self.brokers.items())[turn : turn + 1]:
            if part == 1 and name in self.room:
                self.room[name].serve()
            if part == 1 and broker.leaves_work:
                self.owed[name] = self.teams[broker.leaves_work.team].desks[0].spend(self.owed[name])
            elif part == 3:
                self.teams[broker.team].desks[0].serve()


def contacts(broker: Broker, week: int) -> float:
    """How good a broker's contacts are, against complete ones."""
    start = broker.start
    if start is None or (start.weeks == 0 and week >= start.from_week):
        return 1.0
    if week < start.from_week:
        return 0.0
    return start.strength + (1.0 - start.strength) * min(1.0, (week - start.from_week) / start.weeks)


def between(factors: Mapping[int, float], week: int) -> float:
    """The factor of a week, on a straight line between the weeks before and after it that have one."""
    before = max((each for each in factors if each <= week), default=min(factors))
    after = min((each for each in factors if each >= week), default=max(factors))
    if after <= before:
        return factors[before if after < before else after]
    slope = (factors[after] - factors[before]) / (after - before)
    return slope * (week - before) + factors[before]


def product(me: Ledig, factors: Mapping[str, Mapping[str, float]]) -> float:
    """Of the factors of her levels."""
    return math.prod(levels.get(me.level(by), 1.0) for by, levels in factors.items())


def chosen(me: Ledig, name: str, brokers: Mapping[str, Broker]) -> str:
    """To which of these brokers she comes."""
    if len(brokers) == 1:
        return next(iter(brokers))
    weights = [each.chosen.weight * product(me, each.chosen.levels) for each in brokers.values() if each.chosen]
    left = me.chance(f"{name} broker", 0) * sum(weights)
    for broker, weight in zip(brokers, weights, strict=True):
        if left < weight:
            return broker
        left -= weight
    raise AssertionError("no broker")


class Brokering(Course):
    """She is got to know, judged, sought a place for, tried out, offered a fleksjob; or a pension case is opened."""

    def __init__(self, me: Ledig, number: int, settings: Fleksjob) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.place: Brokers = me.world.offered[number][me.jobcentre]
        self.own = chosen(me, self.name, {n: b for n, b in settings.brokers.items() if me.arm in b.arms})
        self.with_whom = self.own  # who has her now
        self.known, self.decided = FAR, FAR  # weeks in which she will be judged, and her pension case decided
        self.seeking = self.judged = False
        self.tried: int | None = None
        self.waits_since: int | None = None  # for room with a broker that has a limit
        self.is_case = False  # of such a one
        self.then = ""  # what comes after the wait
        self.trial_ends = FAR
        self.accepted = self.half = self.awarded = False
        self.hired: int | None = None
        motivated = settings.motivated * product(me, settings.motivated_levels)
        self.wanted = self.wants = self.luck("motivated", 0) < motivated
        if settings.motivated_levels:
            me.world.env.process(self.asked(me.entry + settings.status_week - 1))
        self.clarifying = False  # in an arbejdsprøvning without a job in view
        self.tailored = settings.tailoring is not None and self.luck("tailored", 0) < settings.tailoring.share
        self.happened: set[str] = set()  # what has happened to her once, which counts once

    # --- small words ----------------------------------------------------------------------------------------

    def luck(self, decision: str, week: int) -> float:
        """Her luck in a decision about brokering."""
        return self.me.chance(f"{self.name} {decision}", week)

    def count(self, week: int, what: str, amount: int = 1) -> None:
        """Something happened to her that concerns brokering."""
        self.me.count(week, f"{self.name}_{what}", amount)

    def once(self, week: int, what: str) -> bool:
        """The same, if it has not happened to her before; whether it had not."""
        if what in self.happened:
            return False
        self.happened.add(what)
        self.count(week, what)
        return True

    def pay(self, week: int, what: str) -> None:
        """The broker of her arm has earned a part of the fee, unless it has sent her back."""
        fee = self.settings.brokers[self.own].fee
        if fee and self.with_whom == self.own:
            self.count(week, f"fee_{what}")
            self.count(week, "fee_parts", round(10_000 * getattr(fee, what)))

    def leave_work(self, week: int, what: str) -> None:
        """The broker of her arm leaves the municipality some work with her, unless it has sent her back."""
        left = self.settings.brokers[self.own].leaves_work
        if left and self.with_whom == self.own and (minutes := getattr(left, what)):
            self.count(week, "left_work", minutes)
            self.place.owed[self.own] += minutes

    # --- mandag and tirsdag ---------------------------------------------------------------------------------

    def enrol(self, week: int) -> None:
        if not self.first_time(week):
            self.come(week, "sought for" if self.judged else "judged")
            return
        self.count(week, "persons")
        self.come(week, "taken on")

    def asked(self, week: int) -> Story:
        """At the status she is asked whether she wants a fleksjob, too, where she is not on benefit any more."""
        yield self.me.until(week, SOENDAG)
        there = is_there(self, week) and not is_over(self, week) and self in self.me.active
        if there and not self.me.on_benefit:
            self.count(week, "unmotivated", int(not self.wants))

    def come(self, week: int, then: str) -> None:
        """She comes to a broker: at once if it has no limit, or else she waits for room from this week on."""
        if self.with_whom in self.place.room:
            self.waits_since, self.then = week, then
        else:
            self.go_on(week, then)

    def go_on(self, week: int, then: str) -> None:
        """What the broker does with her first."""
        if then == "sought for":
            self.seeking = True
        elif then == "judged":
            self.known = week
        else:
            self.take_on(week)

    def take_on(self, week: int) -> None:
        """The broker of her arm begins to find out what she can do."""
        broker = self.settings.brokers[self.own]
        begins = max(week, broker.start.from_week) if broker.start else week
        self.known = begins + self.me.value_of(broker.clarification_weeks, f"{self.name} clarification", week)
        self.leave_work(week, "start")
        if broker.fee:
            self.count(week, "fee_persons")
            self.pay(week, "fixed")

    def effects(self, week: int) -> None:
        if self.decided == FAR and self.waits_since is None:
            self.affect("during", self.settings.during)

    def leave(self, week: int, destination: str) -> None:
        if self.accepted and destination == self.settings.exit:
            self.count(week, "created" if self.with_whom == self.own else "created_after_return")
            self.count(week, "created_early", int(week < EARLY))
            self.count(week, "half_subsidy", int(self.half))
            self.count(week, "motivated_before", int(self.wanted))
            self.count(week, "motivated_after", int(self.wants))
            self.hired = week
            if self.settings.firms:
                self.count(week, f"firm_{self.firm(week)}")
            fee = self.settings.brokers[self.own].fee
            held = fee is not None and self.with_whom == self.own and self.luck("held", week) < fee.held
            self.me.least_weeks = IN_JOB["four_months"] if held else 0
        self.leave_broker(week)
        self.accepted = self.seeking = self.awarded = self.clarifying = False
        self.known = self.decided = self.trial_ends = FAR
        self.tried = None
        if self.number in self.me.offers:
            self.me.tally["left from a trial"] += 1
            self.me.offers.discard(self.number)

    def firm(self, week: int) -> str:
        """The kind of firm that has hired her."""
        left = self.luck("firm", week)
        for kind, firm in self.settings.firms.items():
            left -= firm.share
            if left < 0:
                return kind
        return kind

    def leave_broker(self, week: int) -> None:
        """She is nobody's case, and waits for no broker."""
        if self.waits_since is not None:
            self.count(week, "left_waiting")
        if self.is_case:
            self.place.room[self.with_whom].give_back(1)
        self.waits_since, self.is_case = None, False

    def in_job(self, weeks: range) -> None:
        if self.hired is None:
            return
        for week in (each for each in weeks if is_there(self, each)):
            self.count(week, "job_weeks")
            for what, needed in IN_JOB.items():
                if week - self.hired + 1 >= needed and what not in self.happened:
                    self.happened.add(what)
                    self.pay(week, what)

    def job_ended(self, week: int) -> None:
        if self.hired is not None and is_there(self, week):
            self.count(week, "ended")
            self.leave_work(week, "job_end")
        self.hired = None

    # --- onsdag ---------------------------------------------------------------------------------------------

    def onsdag(self, week: int) -> None:
        if self.trial_ends != week:
            return
        self.me.offers.discard(self.number)
        self.trial_ends = FAR
        for_a_job, self.clarifying = not self.clarifying, False
        if for_a_job and self.luck("offer", week) < self.settings.offer_after_trial:
            self.offered(week)

    # --- torsdag --------------------------------------------------------------------------------------------

    def torsdag(self, week: int) -> Story:
        yield from self.turn(week)
        if (exchange := self.settings.exchange) is None:
            return
        turn = STEPS * len(self.settings.brokers)
        yield self.me.until(week, TORSDAG, self.number, turn)
        if not self.seeking or not self.me.free(self.number) or self.with_whom not in exchange.brokers:
            return
        key = -1 if self.tried is None else self.tried
        closes = self.me.until(week, TORSDAG, self.number, turn + 2)
        if not (yield from self.me.queue(self.place.openings, 1, (key,), closes)):
            self.me.tally["shown no opening"] += 1
            return
        self.count(week, "passed_on")
        if self.luck("fits", week) < exchange.fits:
            self.count(week, "exchanged")
            self.offered(week)

    def turn(self, week: int) -> Story:
        """Her broker's turn."""
        if self.decided <= week:
            self.decide_pension(week)
        turn = STEPS * list(self.settings.brokers).index(self.with_whom)
        if self.waits_since is not None and self.waits_since <= week:
            yield self.me.until(week, TORSDAG, self.number, turn)
            yield from self.wait(week, turn)
        if not self.seeking and self.known > week:
            return
        yield self.me.until(week, TORSDAG, self.number, turn + 2)
        broker = self.settings.brokers[self.with_whom]
        if self.known <= week:
            self.judge(week, broker)
        if not self.seeking or not self.me.free(self.number) or contacts(broker, week) == 0.0:
            return
        minutes = broker.approach_minutes
        if self.settings.tailoring and self.tailored:
            minutes += self.settings.tailoring.minutes
        desk, first = self.place.teams[broker.team].desks[0], -1 if self.tried is None else self.tried
        key = float(first)
        if broker.prefers:
            times = product(self.me, broker.prefers.levels) * (broker.prefers.motivated if self.wants else 1.0)
            key = -(week - first) * times
            if times == 0:
                self.me.tally["never approached for"] += 1
                return
        if (yield from self.me.queue(desk, minutes, (key,), self.me.until(week, TORSDAG, self.number, turn + 4))):
            self.approach(week, broker)
        else:
            self.me.tally["not approached for"] += 1

    def wait(self, week: int, turn: int) -> Story:
        """She stands in the queue for room with her broker."""
        assert self.waits_since is not None
        room, closes = self.place.room[self.with_whom], self.me.until(week, TORSDAG, self.number, turn + 2)
        if not (yield from self.me.queue(room, 1, (self.waits_since,), closes)):
            self.me.tally["no room with a broker"] += 1
            return
        self.count(week, "cases")
        self.count(week, "wait", week - self.waits_since)
        self.waits_since, self.is_case = None, True
        self.go_on(week, self.then)

    def decide_pension(self, week: int) -> None:
        """An award, or a place is sought for her after all."""
        self.decided = FAR
        if self.me.leaving:
            return
        if self.luck("pension", week) < self.settings.pension.awarded:
            self.me.tally["awarded a pension"] += 1
            self.awarded = True
            self.me.send(self.settings.pension.exit)
        else:
            self.me.tally["refused a pension"] += 1
            self.seeking = True

    def judge(self, week: int, broker: Broker) -> None:
        """A fleksjob is not for her, or she is not for this broker, or a place is sought for her."""
        self.known, self.judged = FAR, True
        if self.luck("match", week) < broker.no_match:
            self.count(week, "no_match")
            case = self.me.value_of(self.settings.pension.weeks, f"{self.name} pension case", week)
            self.decided = week + max(case, 1)
            tries = self.luck("clarifying trial", week) < self.settings.pension.trial
            if tries and self.me.free(self.number):
                self.clarifying = True
                self.begin_trial(week)
        elif self.with_whom == self.own and self.luck("returned", week) < broker.returned:
            self.count(week, "returned")
            self.leave_work(week, "returned")
            assert broker.returns_to is not None
            self.leave_broker(week)
            self.with_whom = broker.returns_to
            self.come(week + 1, "judged")
        else:
            self.seeking = True

    def approach(self, week: int, broker: Broker) -> None:
        """A firm is approached on her behalf, and may open a place."""
        self.tried = week
        self.count(week, "approaches")
        if self.luck("motivates", week) < broker.motivates:
            self.wants = True
        chance = broker.opens * contacts(broker, week) * self.times_as_likely()
        chance *= broker.jobcentres.get(self.me.jobcentre, 1.0) * product(self.me, broker.factors)
        if self.settings.opens_by_weeks:
            chance *= between(self.settings.opens_by_weeks, week - self.me.enrolled)
        if self.luck("opens", week) >= chance:
            return
        by_trial = broker.trial
        if broker.fee and self.with_whom == self.own and "first_trial" not in self.happened:
            by_trial += (1 - by_trial) * broker.fee.trial_first
        if self.luck("trial", week) >= by_trial:
            self.offered(week)
        else:
            self.begin_trial(week)

    def begin_trial(self, week: int) -> None:
        """She begins in an arbejdsprøvning."""
        self.count(week, "trials")
        if self.once(week, "first_trial"):
            self.pay(week, "first_trial")
        self.leave_work(week, "trial")
        self.once(week, "active")
        self.me.begin_offer(self.number)
        self.trial_ends = week + max(self.me.value_of(self.settings.trial_weeks, f"{self.name} trial weeks", week), 1)

    def times_as_likely(self) -> float:
        """Against what the broker says, by what is known of her."""
        settings, times = self.settings, self.settings.attention
        for characteristic, factors in settings.factors.items():
            times *= factors.get(self.me.level(characteristic), 1.0)
        return times * (settings.tailoring.factor if settings.tailoring and self.tailored else 1.0)

    def offered(self, week: int) -> None:
        """She is offered a fleksjob; if she takes it she leaves on the next tirsdag."""
        settings = self.settings
        self.count(week, "offers")
        self.once(week, "first_offer")
        if self.luck("accepts", week) >= (settings.accepts.motivated if self.wants else settings.accepts.unmotivated):
            if self.settings.exchange and self.with_whom in self.settings.exchange.brokers:
                self.place.declined[week] += 1
            return
        self.count(week, "accepted")
        self.accepted = True
        self.half = self.luck("subsidy", week) < settings.brokers[self.with_whom].half_subsidy
        self.leave_work(week, "job")
        self.me.send(settings.exit)

    # --- søndag ---------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        me, in_trial = self.me, self.number in self.me.offers
        me.tally["left work undone"] += int(self.place.owed[self.own] > 0)
        if me.talked:
            self.once(week, "active")
        if self.waits_since is None:
            self.leave_work(week, "weekly")
        self.count(week, "waiting", int(self.waits_since is not None))
        self.count(week, "seeking", int(self.seeking))
        self.count(week, "in_trial", int(in_trial))
        me.tally[f"weeks in {self.name}"] += int(in_trial)
        if week + 1 - me.entry != self.settings.status_week:
            return
        self.count(week, "left")
        if self.settings.motivated_levels:
            self.count(week, "unmotivated", int(not self.wants))
            self.count(week, "left_unmotivated", int(not self.wants))
        if self.decided != FAR or self.awarded:
            self.count(week, "left_pension")
        elif in_trial or self.accepted:
            self.count(week, "left_on_way")
        elif me.blockers:
            self.count(week, "left_sick")
        elif "first_trial" not in self.happened:
            self.count(week, "stuck_no_trial")
        else:
            me.tally["stuck after a trial"] += 1
