"""A LEDIG'S WAY THROUGH TEMPORARY-WORK BUREAUS, for the second engine, and the orders that they have for her jobcentre.

On torsdag the bureaus have their turns, one after the other, in two steps each: whoever is in a bureau's books and can
begin stands in the queue for its orders, in the order of a lot drawn anew every week; then it offers them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulation.interventions.vikar.settings import Vikar
from simulation.world.spec import TORSDAG

from .basics import FAR, Story, faded, this_week
from .courses import Course, first_referral
from .scarce import Scarce
from .screening import passes
from .spans import span

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Bureaus:
    """The bureaus that work with one jobcentre, in declared order, and what each can offer there."""

    def __init__(self, world: Reference, settings: Vikar, jobcentre: str) -> None:
        place = settings.jobcentres.get(jobcentre)
        self.names = [name for name in settings.bureaus if not place or place.bureaus is None or name in place.bureaus]
        self.become(settings, jobcentre)
        self.begins = span(world.scenario, settings)[0]
        self.begun: Counter[str] = Counter()  # assignments, by bureau
        self.so_far: Counter[str] = Counter()  # orders, by bureau
        self.orders = {name: Scarce(world.env) for name in self.names}
        assert 2 * len(self.names) <= 16, "the second engine's torsdag has not so many steps"

    def become(self, settings: Vikar, jobcentre: str) -> None:
        """What they have to offer from now on."""
        place = settings.jobcentres.get(jobcentre)
        factor = place.orders_factor if place else 1.0
        self.per_week = {name: settings.bureaus[name].orders_per_week * factor for name in self.names}
        self.relations = {name: settings.bureaus[name].relation for name in self.names}

    def serve(self, week: int, step: int) -> None:
        """torsdag, step by step: the bureau whose turn it is offers this week's orders."""
        for name in self.names[step // 2 : step // 2 + 1]:
            self.orders[name].refill(self.this_week(name, week))
            self.orders[name].serve()

    def this_week(self, name: str, week: int) -> int:
        """How many orders a bureau has this week."""
        relation = self.relations[name]
        if relation is None:
            return this_week(self.per_week[name], week)
        if week < self.begins:
            return 0
        grown = (week - self.begins) / relation.weeks if relation.weeks else 0.0
        grown += self.begun[name] / relation.assignments if relation.assignments else 0.0
        before = self.so_far[name]
        self.so_far[name] += self.per_week[name] * (relation.strength + (1.0 - relation.strength) * min(grown, 1.0))
        return int(self.so_far[name]) - int(before)


class Temp(Course):
    """Her way through them, once in her life: informed, screened, registered, offered assignments, on one."""

    def __init__(self, me: Ledig, number: int, settings: Vikar) -> None:
        super().__init__(me, number)
        self.settings, self.rule = settings, settings.referral[me.arm]
        self.place: Bureaus = me.world.offered[number][me.jobcentre]
        self.invited = self.registers = FAR
        self.referral_is = "invited"
        self.registered = False
        self.since = -FAR  # week in which she was registered
        self.books: list[str] = []  # bureaus that have her in their books and can use her
        self.bureau = ""  # of the present assignment
        self.ends = FAR
        self.quits = False
        self.completed = -FAR
        self.comes_soon = self.luck("short notice", 0) < settings.takes_short_notice
        self.goes_far = self.luck("far", 0) < settings.takes_far

    def luck(self, decision: str, week: int) -> float:
        """Her luck in a decision about temporary work."""
        return self.me.chance(f"{self.name} {decision}", week)

    def count(self, week: int, what: str, amount: int = 1) -> None:
        """Something happened to her that concerns temporary work."""
        self.me.count(week, f"{self.name}_{what}", amount)

    # --- mandag to onsdag -----------------------------------------------------------------------------------

    def enrol(self, week: int) -> None:
        if self.first_time(week):
            self.not_before = self.qualifies = self.clarifying = 0
            self.invited, self.ready = first_referral(self.me, self.rule, self.name, week)
            self.notice.enrol()

    def effects(self, week: int) -> None:
        me, settings, after = self.me, self.settings, self.settings.after
        self.notice.affect(week, self.rule.before)
        if self.bureau:
            self.affect("during", settings.during)
            return
        if self.registered:
            self.affect("registered", settings.registered, faded(week - self.since, settings.registered_halving_weeks))
        if after and week - self.completed <= after.weeks:
            me.tally["weeks after an assignment"] += 1
            self.affect("after", after.effects, faded(week - self.completed, after.halving_weeks))

    def had_treatment(self) -> bool:
        return self.completed > -FAR

    def leave(self, week: int, destination: str) -> None:
        if self.bureau:
            self.count(week, "left")
            self.stop_work()
        self.invited = self.registers = FAR
        self.registered, self.books, self.completed = False, [], -FAR
        self.notice.over()

    def finish(self, week: int) -> None:
        self.invited = self.registers = FAR
        self.notice.over()

    def stop_work(self) -> None:
        """She is on no assignment any more."""
        self.me.offers.discard(self.number)
        self.bureau, self.ends = "", FAR
        self.me.beside.pop(self.name)

    def onsdag(self, week: int) -> None:
        if self.ends != week:
            return
        conversion = self.settings.bureaus[self.bureau].conversion
        self.stop_work()
        if self.quits:
            self.count(week, "quit")
            return
        self.count(week, "completed")
        self.completed = week
        if self.luck("conversion", week) < conversion:
            self.count(week, "converted")
            self.me.send("job")

    # --- torsdag --------------------------------------------------------------------------------------------

    def torsdag(self, week: int) -> Story:
        if self.invited > week and self.registers > week and not self.books:
            return
        yield self.me.until(week, TORSDAG, self.number)
        if self.invited <= week and self.me.free(self.number):  # who is in another offer is invited after it
            self.meeting(week)
        if self.registers == week:
            self.register(week)
        for turn, name in enumerate(self.place.names):
            if name not in self.books:
                continue
            yield self.me.until(week, TORSDAG, self.number, 2 * turn)
            if self.me.free(self.number):
                yield from self.wait_for_orders(week, name, 2 * turn + 2)

    def meeting(self, week: int) -> None:
        """An information meeting: she comes or not, is screened, and declines or is visiteret."""
        self.invited = FAR
        self.count(week, "invited")
        if self.luck("meeting", week) >= self.settings.attends:
            self.count(week, "absent")
        elif self.luck("visitation", week) >= passes(self.me, self.settings.visitation, week):
            self.count(week, "turned_away")
        elif self.luck("declines", week) < self.settings.declines:
            self.count(week, "declined")
        else:
            self.count(week, "referred")
            self.notice.refer(week)
            self.me.referred[self.name] = week
            after = self.me.value_of(self.settings.registered_after, f"{self.name} registration", week)
            self.registers = week + after
            return
        self.notice.over()

    def register(self, week: int) -> None:
        """With some of the bureaus there are, those first that come first in an order of her own."""
        many = self.me.value_of(self.settings.bureaus_each, f"{self.name} bureaus", week)
        mine = sorted(self.place.names, key=lambda name: self.luck(f"order {name}", 0))[:many]
        self.books = [name for name in mine if self.luck(f"fits {name}", 0) < self.settings.bureaus[name].fits]
        self.registers, self.registered, self.since = FAR, True, week
        self.notice.over()
        self.count(week, "started")
        self.count(week, "registrations", len(mine))
        self.me.tally["no bureau can use her"] += int(not self.books)
        self.me.tally["registered in another offer"] += int(self.me.offer > 0)

    def wait_for_orders(self, week: int, name: str, step: int) -> Story:
        """By lot she is offered one of a bureau's orders, or none; she takes it unless something stands against it."""
        me, closes = self.me, self.me.until(week, TORSDAG, self.number, step)
        offered = self.me.tally[f"{self.name}_first_offer"] > 0 and self.settings.seeks_out
        key = (int(offered), self.luck(f"lot {name}", week))
        if not (yield from me.queue(self.place.orders[name], 1, key, closes)):
            return
        self.count(week, "offers")
        self.once(week, "first_offer")
        if reason := self.refuses(week, name):
            self.count(week, f"refused_{reason}")
        else:
            self.begin(week, name)

    def once(self, week: int, what: str) -> None:
        """It happens to her for the first time, or again."""
        self.count(week, what, int(not self.me.tally[f"{self.name}_{what}"]))

    def refuses(self, week: int, name: str) -> str:
        """What stands against an assignment, the first reason that there is; none: ""."""
        bureau = self.settings.bureaus[name]
        if self.luck(f"notice {name}", week) < bureau.short_notice and not self.comes_soon:
            return "notice"
        if self.luck(f"distance {name}", week) < bureau.far and not self.goes_far:
            return "distance"
        return "conditions" if self.luck(f"conditions {name}", week) >= self.settings.accepts else ""

    def begin(self, week: int, name: str) -> None:
        """She works, and is paid, until the onsdag on which the assignment is over or she leaves it."""
        me, bureau = self.me, self.settings.bureaus[name]
        self.count(week, "assignments")
        self.place.begun[name] += 1
        self.once(week, "first_assignment")
        me.begin_offer(self.number)
        self.bureau = name
        me.beside[self.name] = me.value_of(bureau.hours, f"{self.name} hours", week)
        me.tally["assignments beside a small job"] += int(len(me.beside) > 1)
        length = me.value_of(bureau.length_weeks, f"{self.name} length", week)
        quits = 1 + me.weeks_until(self.settings.quits, f"{self.name} quits", week)
        self.ends, self.quits = week + min(length, quits), quits < length

    # --- søndag ---------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        self.me.tally[f"weeks in {self.name}"] += int(bool(self.bureau))
        self.count(week, "registered", int(self.registered))
