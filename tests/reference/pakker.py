"""A LEDIG'S WAY THROUGH OFFERS PUT TOGETHER OF PARTS, for the second engine, and what places her jobcentre has.

Parts have places of their own, so whoever has been referred asks for all of hers at once.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from simulation.interventions.aktive_tilbud.activities import Activity
from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.world.spec import TORSDAG

from .basics import FAR, Story, faded
from .courses import Course, first_referral
from .scarce import Ask, Scarce

if TYPE_CHECKING:
    from .engine import Ledig, Reference


class Parts:
    """What one jobcentre has for them: places of each part, and the minutes of all its caseworkers."""

    def __init__(self, world: Reference, settings: AktiveTilbud, jobcentre: str) -> None:
        self.places = {part: Scarce(world.env, init=activity.places) for part, activity in settings.parts.items()}
        self.desks = [desk for team in world.rows[jobcentre].values() for desk in team.every_desk]

    def become(self, settings: AktiveTilbud, jobcentre: str) -> None:
        """A date: so many places there are from now on."""
        for part, activity in settings.parts.items():
            self.places[part].now_there_are(activity.places)

    def serve(self, week: int, step: int) -> None:
        """torsdag, step by step: caseworkers refer, and places are given."""
        for source in (self.desks, (), list(self.places.values()))[step // 2] if step < 6 else ():
            source.serve()


class Bundle(Course):
    """Her bundle of parts, as long as the course lasts: referred, waiting for each part, in those that have begun."""

    def __init__(self, me: Ledig, number: int, settings: AktiveTilbud) -> None:
        super().__init__(me, number)
        self.settings, self.rule = settings, settings.referral[me.arm]
        self.places = me.world.offered[number][me.jobcentre].places
        self.wants: list[str] = []
        for part in settings.bundles.order.get(me.level(settings.bundles.attribute), []):
            if sum(settings.parts[each].hours for each in self.wants) < settings.hours_per_week:
                self.wants.append(part)
        self.referral = FAR
        self.referred: int | None = None  # week in which she was, while no part has begun
        self.waits: dict[str, int] = {}  # for which parts, since when
        self.has: dict[str, int] = {}  # parts that have begun, with the hours that each had then
        self.completed = -FAR

    def enrol(self, week: int) -> None:
        if self.wants:
            self.not_before = self.qualifies = self.clarifying = 0
            self.referral, self.ready = first_referral(self.me, self.rule, self.name, week)
            self.notice.enrol()

    @property
    def is_waiting(self) -> bool:
        return self.referred is not None

    def effects(self, week: int) -> None:
        me, settings = self.me, self.settings
        self.notice.affect(week, self.rule.before)
        if self.number in me.offers:
            self.affect("during", settings.during)
        for part, activity in settings.parts.items():
            if part in self.has:
                self.affect(f"parts {part}", activity.effects, self.fit(activity))
        after = settings.after
        if after and self.number not in me.offers and week - self.completed <= after.weeks:
            self.affect("after", after.effects, faded(week - self.completed, after.halving_weeks))

    def fit(self, activity: Activity) -> float:
        """How well a part fits her."""
        fits = (levels.get(self.me.level(by), 1.0) for by, levels in activity.fit.items())
        return math.prod(fits)

    def had_treatment(self) -> bool:
        return self.completed > -FAR

    def leave(self, week: int, destination: str) -> None:
        if self.referred is not None:
            self.me.count(week, f"{self.name}_left_waiting")
        self.stop()
        self.referral, self.completed = FAR, -FAR
        self.notice.over()

    def stop(self) -> None:
        """She is in no part any more, and waits for none."""
        for part in self.has:
            self.places[part].give_back(1)
        if self.number in self.me.offers:
            self.me.offers.discard(self.number)
        self.referred, self.waits, self.has = None, {}, {}
        self.notice.void()

    def finish(self, week: int) -> None:
        if self.referred is not None:
            self.me.count(week, f"{self.name}_left_waiting")
            self.stop()
        self.referral = FAR
        self.notice.over()

    def over(self, week: int) -> bool:
        """Whether the course is over."""
        return week - self.me.enrolled >= self.settings.until_week

    def kept_out(self) -> bool:
        """Whether she is in a state that stands against offers."""
        return bool(self.me.states.intersection(self.settings.not_in))

    def onsdag(self, week: int) -> None:
        if self.number in self.me.offers and self.over(week):
            self.stop()
            self.completed = week
            self.me.count(week, f"{self.name}_completed")

    # --- torsdag --------------------------------------------------------------------------------------------

    def torsdag(self, week: int) -> Story:
        me = self.me
        yield me.until(week, TORSDAG, self.number)
        if self.over(week):
            self.notice.over()
        if self.referred is not None and self.over(week):
            me.count(week, f"{self.name}_left_waiting")
            self.stop()
        if (self.referred is not None or self.number in me.offers) and self.kept_out():
            me.count(week, f"{self.name}_made_way")
            me.count(week, f"{self.name}_left_waiting", int(self.referred is not None))
            self.stop()
            self.referral = week + 1
        if self.referral <= week and not self.closed and me.free(self.number):
            yield from self.refer(week)
        yield me.until(week, TORSDAG, self.number, 4)
        yield from self.take_places(week)

    def refer(self, week: int) -> Story:
        """Her caseworker puts a bundle together, if she has one who has the minutes for it."""
        me, self.referral = self.me, FAR
        if self.over(week):
            me.tally["not referred any more"] += 1
            return
        self.referral = week + 1
        if self.kept_out():
            me.tally["not referred because of a state"] += 1
            return
        minutes = sum(self.settings.parts[part].referral_minutes for part in self.wants)
        closes = me.until(week, TORSDAG, self.number, 2)
        if minutes and (me.case is None or not me.case.triggered):
            me.tally["no caseworker to refer her"] += 1
            me.count(week, f"{self.name}_no_time")
            return
        if minutes and not (yield from me.queue(me.case.value, minutes, (), closes)):
            me.count(week, f"{self.name}_no_time")
            return
        me.count(week, f"{self.name}_referred")
        me.referred.setdefault(self.name, week)
        self.notice.refer(week)
        self.referral, self.referred = FAR, week
        self.waits = dict.fromkeys(self.wants, week)

    def take_places(self, week: int) -> Story:
        """The parts that are set up and have a place for her begin; with the first of them she is in the offer."""
        me, parts = self.me, self.settings.parts
        if me.blockers or me.leaving or (me.hindered(self.number) and not self.has):
            me.tally["waits in another offer"] += int(bool(self.waits) and me.offer > 0)
            return
        ready = [part for part, since in self.waits.items() if since + parts[part].setup_weeks <= week]
        asked = {part: Ask(self.places[part], 1, (self.waits[part], me.row)) for part in ready}
        yield me.until(week, TORSDAG, self.number, 6)
        for part, ask in asked.items():
            ask.cancel()
            if ask.triggered:
                me.count(week, f"{self.name}_{part}")
                del self.waits[part]
                self.has[part] = parts[part].hours
            else:
                me.tally["no place for a part"] += 1
        if self.has and self.referred is not None:
            me.count(week, f"{self.name}_started")
            me.count(week, f"{self.name}_wait", week - self.referred)
            self.referred = None
            me.begin_offer(self.number)
            self.notice.over()

    # --- søndag ---------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        me, hours = self.me, sum(self.has.values())
        if self.referred is not None:
            me.count(week, f"{self.name}_waiting")
        if self.number in me.offers:
            me.tally[f"weeks in {self.name}"] += 1
            me.count(week, f"{self.name}_weeks")
            me.count(week, f"{self.name}_hours", hours)
            me.count(week, f"{self.name}_full_weeks", int(hours >= self.settings.hours_per_week))
