"""The offers that each ledig is in, put together of several parts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulation.interventions.aktive_tilbud.activities import BEGINS, Activity, called
from simulation.interventions.aktive_tilbud.settings import AktiveTilbud
from simulation.interventions.contract import Running
from simulation.interventions.parts.referrals import Referrals
from simulation.interventions.parts.spells import Spells
from simulation.interventions.parts.tilbud import SAYS
from simulation.interventions.parts.waiting import Waiting
from simulation.world.few import Few, merged
from simulation.world.labels import Label
from simulation.world.places import Places
from simulation.world.spec import NEVER, Bools, Ids
from simulation.world.world import World


class AktiveTilbudRunning(Running):
    """`waits` are they who are referred, and for whom no part has begun. Column: `hours` (of parts a week); and of each
    part who waits for it and who has a place."""

    settings: AktiveTilbud

    def __init__(self, settings: AktiveTilbud, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        ledige, rows = world.ledige, len(world.ledige)
        self.referrals = Referrals(self, settings.referral)
        self.spells = Spells(world, self._ends, number)
        self.parts = list(settings.parts.items())
        self.during = self.effect("during", settings.during)
        self.of_parts = [self.effect(("parts", part), activity.effects) for part, activity in self.parts]
        self.after = self.effect("after", settings.after.effects if settings.after else {})
        self.waiting = [Waiting(world, ledige.jobcentre) for _ in self.parts]
        self.places = []
        for part, activity in self.parts:
            self.places.append(Places(self._room(activity), ledige.jobcentre))
            world.keep_places(f"{name} {part}", self.places[-1])
        bundles = [settings.bundle(level) for level in world.levels[settings.bundles.attribute]]
        wants = np.array([[part in bundle for bundle in bundles] for part, _ in self.parts])
        level = ledige.subgroup[settings.bundles.attribute]
        self.wants = wants[:, level]  # (parts, rows)
        self._weigh()
        self.waits = Few(rows)
        world.keep_waiting(name, self.waits.among)
        self.lasting = self.count.waits("wait")
        self.hours = np.zeros(rows, dtype=np.int64)
        self.referred = world.first_referrals(name)
        self.closing.append(self._send_home)

    def _room(self, activity: Activity) -> NDArray[np.int64]:
        """Places by row of the jobcentre table."""
        return np.full(len(self.world.jobcentres), activity.places, dtype=np.int64)

    def _weigh(self) -> None:
        """Minutes that it takes to refer each ledig to her parts, and how well each part fits her."""
        minutes = np.array([activity.referral_minutes for _, activity in self.parts])
        self.minutes: NDArray[np.int64] = np.asarray(minutes @ self.wants, dtype=np.int64)
        self.fits = [activity.fits(self.world) for _, activity in self.parts]

    # --- mandag -------------------------------------------------------------------------------------------

    def _send_home(self, week: int) -> None:
        """For whom no part has begun, none does."""
        waits = self.waits.ids
        self.count(week, "left_waiting", waits)
        self._stop(waits)

    def become(self, week: int, settings: AktiveTilbud) -> None:
        super().become(week, settings)
        self.parts = list(settings.parts.items())
        self._weigh()
        for places, (_, activity) in zip(self.places, self.parts, strict=True):
            places.become(self._room(activity))

    def enrolled(self, week: int, ids: Ids) -> None:
        self.referrals.enrolled(week, ids[self.wants[:, ids].any(axis=0)])

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: notice of an offer, being in one, each of its parts, and having completed one."""
        self.referrals.notices.hold(week)
        inside = self.spells.inside
        self.during.hold(inside)
        for effect, places, fits in zip(self.of_parts, self.places, self.fits, strict=True):
            if effect:
                has = inside[places.of.take(inside) > 0]
                effect.hold(has, 1.0 if fits is None else fits.take(has))
        if after := self.settings.after:
            self.spells.afterwards(week, self.after, after.weeks, after.halving_weeks)

    def had_treatment(self, ids: Ids) -> Bools:
        return self.spells.had(ids)

    def gone(self, week: int, ids: Ids) -> None:
        self.referrals.gone(ids)
        self.count(week, "left_waiting", self.waits.of(ids))
        self._stop(ids)
        self.spells.gone(ids)

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: caseworkers refer as far as they have minutes; parts that are set up begin as far as places last."""
        self._make_way(week)
        self._refer(week)
        for number in range(len(self.parts)):
            self._begin(week, number)

    def _make_way(self, week: int) -> None:
        """Who has waited to the end of the course waits no more; who is in a state that stands against offers leaves
        hers, and may be referred again after it."""
        waits = self.waits.ids
        over = week - self.world.ledige.enrolled.take(waits) >= self.settings.until_week
        self.count(week, "left_waiting", waits[over])
        self._stop(waits[over])
        obliged = self.referrals.notices.obliged.ids
        course_week = week - self.world.ledige.enrolled.take(obliged)
        self.referrals.notices.over(obliged[course_week >= self.settings.until_week])
        waits = waits[~over]
        stands_against = self.world.in_any(self.settings.not_in, waits)
        self.count(week, "left_waiting", waits[stands_against])
        inside = self.spells.inside
        out = merged(waits[stands_against], inside[self.world.in_any(self.settings.not_in, inside)])
        if len(out) == 0:
            return
        self.count(week, "made_way", out)
        self._stop(out)
        self.spells.end(out)
        self.referrals.planned.plan(out, week + 1)
        self.world.tell(out, Label("{name} ends", "{name} ophører"), name=self.name)

    def _refer(self, week: int) -> None:
        ledige = self.world.ledige
        ids = self.referrals.take(week)
        ids = ids[week - ledige.enrolled.take(ids) < self.settings.until_week]
        stands_against = self.world.in_any(self.settings.not_in, ids)
        self.referrals.planned.plan(ids[stands_against], week + 1)
        allowed = ids[~stands_against]
        if len(allowed) == 0:
            return
        done = self.world.staff.work(allowed, self.minutes.take(allowed))
        refused, ids = allowed[~done], allowed[done]
        self.count(week, "no_time", refused)
        self.referrals.planned.plan(refused, week + 1)
        self.count(week, "referred", ids)
        self.world.tell(ids, SAYS["referred"], name=self.name)
        first = ids[self.referred.take(ids) == NEVER]
        self.referred[first] = week
        self.waits.add(ids)
        self.referrals.notices.refer(week, ids)
        self.lasting.begin(week, ids)
        for waiting, wants in zip(self.waiting, self.wants, strict=True):
            waiting.join(week, ids[wants.take(ids)])

    def _begin(self, week: int, number: int) -> None:
        """One part begins for those for whom it is set up and has a place; the longest waiting first."""
        part, activity = self.parts[number]
        waiting = self.waiting[number]
        ids = waiting.ids
        if len(ids) == 0:
            return
        ids = ids[waiting.since.take(ids) + activity.setup_weeks <= week]
        ids = self.world.unblocked(ids[self.world.not_leaving(ids)])
        in_it = self.spells.started.take(ids) != NEVER
        ids = ids[in_it | ~self.world.in_way(ids, self.number)]  # another offer comes to its end first
        ids = waiting.in_order(ids)
        ids = np.sort(ids[self.places[number].take(ids)])
        if len(ids) == 0:
            return
        waiting.leave(ids)
        self.hours[ids] += activity.hours
        self.count(week, part, ids)
        self.world.tell(ids, BEGINS.of(part=called(part, activity)), name=self.name)
        new = self.waits.drop(ids)
        if len(new) == 0:
            return
        self.count(week, "started", new)
        self.count(week, "wait", new, week - self.lasting.since.take(new))
        self.lasting.end(week, new, served=True)
        self.referrals.notices.over(new)
        course_week = week - self.world.ledige.enrolled.take(new).astype(np.int64)
        self.spells.begin(week, new, self.settings.until_week - course_week)

    # --- the end ------------------------------------------------------------------------------------------

    def _ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: the course is over."""
        self._stop(ids)
        self.spells.end(ids)
        self.spells.complete(week, ids)
        self.count(week, "completed", ids)
        self.world.tell(ids, SAYS["completed"], name=self.name)

    def _stop(self, ids: Ids) -> None:
        """These ids hold no place and wait for none."""
        if len(ids) == 0:
            return
        for places, waiting in zip(self.places, self.waiting, strict=True):
            places.hand_back(ids)
            waiting.leave(ids)
        self.referrals.notices.void(ids)
        self.lasting.end(self.world.week, ids, served=False)
        self.waits.drop(ids)
        self.hours[ids] = 0

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        inside = self.spells.inside
        hours = self.hours.take(inside)
        self.count(week, "waiting", self.waits.ids)
        self.count(week, "weeks", inside)
        self.count(week, "hours", inside, hours)
        self.count(week, "full_weeks", inside[hours >= self.settings.hours_per_week])
