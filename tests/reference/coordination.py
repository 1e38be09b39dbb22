"""A LEDIG'S NEED OF OTHER HELP, for the second engine, and the coordinators of her jobcentre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulation.interventions.koordineret_indsats import Koordineret
from simulation.world.spec import TORSDAG

from .basics import FAR, Story
from .courses import Course
from .scarce import Scarce
from .staff_time import Time

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Coordinators:
    """Those of one jobcentre, who have places for so many ledige."""

    def __init__(self, world: Reference, settings: Koordineret, jobcentre: str) -> None:
        self.time = Time(world, settings, jobcentre)
        self.places = Scarce(world.env, init=settings.places)

    def become(self, settings: Koordineret, jobcentre: str) -> None:
        """A date: so many places there are from now on."""
        self.time.settings = settings
        self.places.now_there_are(settings.places)

    def serve(self, week: int, step: int) -> None:
        """torsdag: whoever waits, as far as there are places."""
        self.places.serve()
        if step == 3:
            self.time.serve()


class Need(Course):
    """She brings a need or none. Once it is known it stays so, and is taken up anew in every benefit spell."""

    def __init__(self, me: Ledig, number: int, settings: Koordineret) -> None:
        super().__init__(me, number)
        self.settings = settings
        self.places: Scarce = me.world.offered[number][me.jobcentre].places
        self.time: Time = me.world.offered[number][me.jobcentre].time
        self.has_one = me.chance(f"{self.name} need", 0) < settings.need
        self.known = self.taken_up = self.coordinated = False
        self.treatment = FAR  # week in which it begins, or began; FAR: none
        self.waits_since: int | None = None

    # --- it comes to light --------------------------------------------------------------------------------

    def enrol(self, week: int) -> None:
        if self.known:
            self.me.tally["need taken up again"] += 1
            self.take_up(week)
        elif self.has_one and self.me.chance(f"{self.name} known", week) < self.settings.known_at_start:
            self.come_to_light(week)

    def come_to_light(self, week: int) -> None:
        """Everybody knows of it from now on; she may have to wait for treatment."""
        me, name, self.known = self.me, self.name, True
        me.happens()
        if me.chance(f"{name} treatment", 0) < self.settings.treatment:
            self.treatment = week + 1 + me.value_of(self.settings.treatment_weeks, f"{name} treatment", week)
        self.take_up(week)

    def take_up(self, week: int) -> None:
        """Casework knows of it in this benefit spell: she is blocked while treatment is awaited, and may ask for
        coordination."""
        me, name, self.taken_up = self.me, self.name, True
        me.count(week, f"{name}_known")
        if week < self.treatment < FAR:
            me.blockers.add(name)
            me.states.add(name)
            me.tally["blocked in an offer"] += int(me.offer > 0)
        if not self.closed and me.chance(f"{name} offered", week) < self.settings.offered.get(me.arm, 0.0):
            self.waits_since = week

    def blocked_no_more(self) -> None:
        """She waits for treatment no longer, or it stands in the way of nothing."""
        self.me.blockers.discard(self.name)
        self.me.states.discard(self.name)

    @property
    def helped(self) -> bool:
        return self.coordinated

    # --- what it does -------------------------------------------------------------------------------------

    def mandag(self, week: int) -> None:
        if self.treatment == week:
            self.me.tally["treatments begun"] += int(self.name in self.me.blockers)
            self.blocked_no_more()

    def effects(self, week: int) -> None:
        if self.coordinated and self.time.there_was_for(self.me):
            self.affect("during", self.settings.during)
        if self.treatment <= week:
            self.affect("treated", self.settings.treated)

    def longer(self) -> int:
        return self.settings.casework_minutes if self.taken_up else 0

    def leave(self, week: int, destination: str) -> None:
        self.me.tally["left while blocked"] += int(self.name in self.me.blockers)
        self.blocked_no_more()
        if self.coordinated:
            self.places.give_back(1)
        self.taken_up, self.coordinated, self.waits_since = False, False, None

    def finish(self, week: int) -> None:
        self.waits_since = None

    def torsdag(self, week: int) -> Story:
        me, name = self.me, self.name
        if self.coordinated:
            self.time.ask(week, me, name)
        if self.waits_since is None:
            return
        yield me.until(week, TORSDAG, self.number)
        if (yield from me.queue(self.places, 1, (self.waits_since,), me.until(week, TORSDAG, self.number, 2))):
            me.count(week, f"{name}_helped")
            me.happens()
            me.count(week, f"{name}_wait", week - self.waits_since)
            me.tally["coordinated while blocked"] += int(name in me.blockers)
            self.blocked_no_more()  # job effort and treatment run in parallel
            self.coordinated, self.waits_since = True, None
            self.time.ask(week, me, name)
        else:
            me.tally["no coordinator has room"] += 1

    def soendag(self, week: int) -> None:
        me, name = self.me, self.name
        disclosed = me.talked and me.chance(f"{name} talk", week) < self.settings.disclosed_per_talk
        if self.has_one and not self.known and disclosed:
            me.tally["disclosed in a talk"] += 1
            self.come_to_light(week)
        if self.known:
            me.count(week, f"{name}_need_weeks")
            me.count(week, f"{name}_unmet_weeks", int(not self.coordinated))
            me.count(week, f"{name}_blocked_weeks", int(name in me.blockers))
