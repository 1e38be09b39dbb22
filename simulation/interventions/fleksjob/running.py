"""Brokering week by week: whom a broker has clarified, for whom it approaches firms, who tries a place out, who is
offered a job and takes it, and what becomes of the others."""

from __future__ import annotations

import numpy as np

from simulation.interventions.contract import Running
from simulation.interventions.fleksjob.accounts import Accounts
from simulation.interventions.fleksjob.brokers import Broker
from simulation.interventions.fleksjob.cases import Cases, Then
from simulation.interventions.fleksjob.exchange import Exchange
from simulation.interventions.fleksjob.jobs import Jobs
from simulation.interventions.fleksjob.left import tell_apart
from simulation.interventions.fleksjob.openings import NO_BROKER, Openings, by_level, first_brokers, in_turn
from simulation.interventions.fleksjob.pensions import Pensions
from simulation.interventions.fleksjob.settings import Fleksjob
from simulation.interventions.parts.spells import Spells
from simulation.interventions.parts.talks import Talks
from simulation.world.few import Few, Planned
from simulation.world.labels import Label
from simulation.world.ledige import GONE, LEDIG
from simulation.world.queueing import within_room
from simulation.world.spec import NEVER, NOT_PLANNED, Ids, where
from simulation.world.world import World

EARLY_WEEKS = 13


class FleksjobRunning(Running):
    """`clear` is the week in which a ledig is clarified; `seeking` are they for whom a place is sought. Columns:
    `broker` (who has her now), `judged` (she has been clarified), `tried` (week of the last approach), `accepted`
    (leaves for an offer that she has taken), `clarifying` (tries out no job in view), `idle` (never active so far), and
    for good: `brokered` (by her arm), `motivated_first`, `tailored`, if she was ever in a `trial`, `offered` a job."""

    settings: Fleksjob

    def __init__(self, settings: Fleksjob, world: World, name: str, number: int) -> None:
        super().__init__(settings, world, name, number)
        ledige, draws = world.ledige, world.ledige.draws
        rows, everybody = len(ledige), np.arange(len(ledige))
        self.names, self.brokers = list(settings.brokers), list(settings.brokers.values())
        self.status = GONE + world.afgang.destinations.index(settings.exit)
        self.trials = Spells(world, self._trial_ends, number)
        self.during = self.effect("during", settings.during)
        self.first_broker = first_brokers(self.brokers, world, name)
        self.brokered, self.idle = (self.first_broker != NO_BROKER for _ in range(2))
        self.broker = self.first_broker.copy()
        self.clear = Planned(rows)
        self.pensions = Pensions(world, self.chances)
        self.seeking = Few(rows)
        self.tried = np.full(rows, NEVER, dtype=np.int16)
        self.judged, self.accepted, self.half, self.trial, self.offered, self.clarifying = np.zeros((6, rows), bool)
        likely = settings.motivated * by_level(settings.motivated_levels, world, everybody)
        self.motivated_first = draws.uniform(f"{name} motivated", 0, everybody) < likely
        self.motivated = self.motivated_first.copy()
        tailored = settings.tailoring.share if settings.tailoring else 0.0
        self.tailored = draws.uniform(f"{name} tailored", 0, everybody) < tailored
        self.openings = Openings(settings, world, self.tailored)
        self.exchange = Exchange(settings, world)
        self.accounts = Accounts(world, self.count, self.brokers, self.first_broker, self.broker)
        self.talked = world.part(Talks).follow_held()
        self.steps: list[Then] = [self._take_on, self._seek, self._get_to_know]
        self.cases = Cases(world, name, self.brokers, self.count, self.steps)
        self.jobs = Jobs(world, self.count, self.accounts, self.status)

    def become(self, week: int, settings: Fleksjob) -> None:
        super().become(week, settings)
        self.brokers = self.accounts.brokers = list(settings.brokers.values())
        self.openings.become(settings)

    # --- mandag -------------------------------------------------------------------------------------------

    def finish(self, week: int) -> None:
        super().finish(week)
        self.brokered[self.cases.close(week)] = False

    def enrolled(self, week: int, ids: Ids) -> None:
        ids = ids[self.brokered.take(ids)]
        new = self.first_time(week, ids)
        first, back = ids[new], ids[~new]
        known = self.judged.take(back)
        for b in range(len(self.brokers)):
            here = self.broker.take(back) == b
            self.cases.ask(week, b, back[here & known], self._seek)
            self.cases.ask(week, b, back[here & ~known], self._get_to_know)
        if len(first) == 0:
            return
        self.count(week, "persons", first)
        for b in range(len(self.brokers)):
            self.cases.ask(week, b, first[self.first_broker.take(first) == b], self._take_on)

    def mandag(self, week: int) -> None:
        """mandag: fleksjob have ended, whether or not those who had them are back on benefit."""
        self.jobs.mandag(week)

    def _take_on(self, week: int, b: int, ids: Ids) -> None:
        """A broker gets these ids, and begins to find out what they can do."""
        broker = self.brokers[b]
        begins = max(week, broker.start.from_week if broker.start else 0)
        weeks = self.world.ledige.draws.value(broker.clarification_weeks, f"{self.name} clarification", week, ids)
        self.clear.plan(ids, np.minimum(begins + weeks, NOT_PLANNED - 1))
        self.accounts.left_work(week, ids, "start")
        if broker.fee:
            self.count(week, "fee_persons", ids)
            self.accounts.pay(week, ids, "fixed")

    def _seek(self, week: int, b: int, ids: Ids) -> None:
        """A broker goes on with these ids, whom it knows."""
        self.seeking.add(ids)

    def _get_to_know(self, week: int, b: int, ids: Ids) -> None:
        """A broker judges these ids from this week on."""
        self.clear.plan(ids, week)

    # --- tirsdag ------------------------------------------------------------------------------------------

    def effects(self, week: int) -> None:
        """tirsdag: being brokered for."""
        if self.during:
            on_benefit = self.brokered & (self.world.ledige.status == LEDIG)
            served = self.cases.served(where(on_benefit & (self.pensions.decided.week == NOT_PLANNED)))
            self.during.hold(self.concerned(served))

    def gone(self, week: int, ids: Ids) -> None:
        self.clear.forget(ids)
        self.pensions.forget(ids)
        self.seeking.drop(ids)
        self.tried[ids] = NEVER
        self.cases.leave(week, ids)
        self.trials.gone(ids)
        hired = ids[self.accepted.take(ids) & (self.world.ledige.status.take(ids) == self.status)]
        self.accepted[ids] = self.clarifying[ids] = False
        if len(hired):
            self._begin_job(week, hired)

    def _begin_job(self, week: int, hired: Ids) -> None:
        """These ids have left for the fleksjob that they were offered."""
        self.jobs.begin(week, hired, self.settings.firms, self.chances)
        by_first_broker = self.broker.take(hired) == self.first_broker.take(hired)
        self.count(week, "created", hired[by_first_broker])
        self.count(week, "created_after_return", hired[~by_first_broker])
        self.count(week, "created_early", hired if week < EARLY_WEEKS else hired[:0])
        self.count(week, "half_subsidy", hired[self.half.take(hired)])
        for when, motivated in (("before", self.motivated_first), ("after", self.motivated)):
            self.count(week, f"motivated_{when}", hired[motivated.take(hired)])

    # --- torsdag ------------------------------------------------------------------------------------------

    def tilbud(self, week: int) -> None:
        """torsdag: brokers judge those they have got to know, approach firms for the others, as far as minutes last."""
        self.seeking.add(self.pensions.decide(week, self.settings.pension))
        for b, broker in enumerate(self.brokers):
            self.accounts.do_left_work(b)
            self.cases.take(week, b)
            self._clarify(week, b, broker)
            self._approach(week, b, broker)
        if self.settings.exchange:
            self._pass_on(week, self.settings.exchange.fits)

    def _clarify(self, week: int, b: int, broker: Broker) -> None:
        """Whose clarification is over: some do not match a fleksjob, some are returned, the others seek a place."""
        ids = self.clear.due(week)
        ids = ids[self.broker.take(ids) == b]
        if len(ids) == 0:
            return
        self.clear.forget(ids)
        self.judged[ids] = True
        of_match, of_return = self.chances(week, ids, "match", "returned")
        none = of_match < broker.no_match
        unfit = ids[none]
        self.count(week, "no_match", unfit)
        self.world.tell(unfit, Label("is judged not to match a fleksjob", "vurderes ikke at matche et fleksjob"))
        self.pensions.begin(week, unfit, self.settings.pension)
        if self.settings.pension.trial:
            [of_trial] = self.chances(week, unfit, "clarifying trial")
            tries = self.world.free_for_offers(unfit[of_trial < self.settings.pension.trial], self.number)
            self.clarifying[tries] = True
            self._begin_trial(week, tries)
        ids, of_return = ids[~none], of_return[~none]
        never_returned = self.first_broker.take(ids) == b  # nobody is returned twice
        back = never_returned & (of_return < broker.returned)
        returned, stays = ids[back], ids[~back]
        self.seeking.add(stays)
        if len(returned):
            self.count(week, "returned", returned)
            self.world.tell(returned, Label("is sent back to the municipality", "sendes tilbage til kommunen"))
            self.accounts.left_work(week, returned, "returned")
            other = self.names.index(str(broker.returns_to))
            self.broker[returned] = other
            self.cases.leave(week, returned)
            self.cases.ask(week + 1, other, returned, self._get_to_know)

    def _approach(self, week: int, b: int, broker: Broker) -> None:
        """Firms are approached on behalf of those who seek a place, as far as minutes last."""
        if broker.strength(week) == 0.0:
            return
        world, ids = self.world, self.seeking.ids
        ids = world.free_for_offers(ids[self.broker.take(ids) == b], self.number)
        if len(ids) == 0:
            return
        ids = in_turn(broker, world, week, ids, self.tried, self.motivated)
        ids, minutes = self.openings.asked(b, ids)
        place = world.ledige.jobcentre.take(ids)
        team = world.staff.names.index(broker.team)
        served, used = within_room(place, minutes, world.staff.minutes_left(team))
        world.staff.spend(team, used)
        tried = np.sort(ids[served])
        self.tried[tried] = week
        self.count(week, "approaches", tried)
        of_motivating, of_opening, of_trial = self.chances(week, tried, "motivates", "opens", "trial")
        self.motivated[tried[of_motivating < broker.motivates]] = True
        opens = of_opening < self.openings.chance(week, b, tried)
        by_trial = of_trial < self.openings.by_trial(b, ~self.trial.take(tried) & (self.first_broker.take(tried) == b))
        self._begin_trial(week, tried[opens & by_trial])
        self._offer(week, tried[opens & ~by_trial])

    def _begin_trial(self, week: int, ids: Ids) -> None:
        if len(ids) == 0:
            return
        new = ids[~self.trial.take(ids)]
        self.count(week, "trials", ids)
        self.count(week, "first_trial", new)
        self.accounts.pay(week, new, "first_trial")
        self.accounts.left_work(week, ids, "trial")
        self.trial[ids] = True
        self._become_active(week, ids)
        self.world.tell(ids, Label("begins a work trial", "begynder i arbejdsprøvning"))
        weeks = self.world.ledige.draws.value(self.settings.trial_weeks, f"{self.name} trial weeks", week, ids)
        self.trials.begin(week, ids, np.maximum(weeks, 1))

    def _trial_ends(self, week: int, ids: Ids, broken: bool) -> None:
        """onsdag: arbejdsprøvning is over; some are offered a fleksjob at the same place."""
        self.trials.end(ids)
        self.world.tell(ids, Label("the work trial ends", "arbejdsprøvningen er slut"))
        ids, clarified = ids[~self.clarifying.take(ids)], ids
        self.clarifying[clarified] = False
        [of_offer] = self.chances(week, ids, "offer")
        self._offer(week, ids[of_offer < self.settings.offer_after_trial])

    def _offer(self, week: int, ids: Ids) -> None:
        """These ids are offered a fleksjob; who takes it leaves on the next tirsdag."""
        if len(ids) == 0:
            return
        accepts = self.settings.accepts
        self.count(week, "offers", ids)
        self.count(week, "first_offer", ids[~self.offered.take(ids)])
        self.offered[ids] = True
        share = np.where(self.motivated.take(ids), accepts.motivated, accepts.unmotivated)
        of_accepting, of_subsidy = self.chances(week, ids, "accepts", "subsidy")
        takes = of_accepting < share
        self.world.tell(ids[~takes], Label("declines a fleksjob", "siger nej til et fleksjob"))
        self.exchange.hand_in(ids[~takes], self.broker)
        ids, of_subsidy = ids[takes], of_subsidy[takes]
        self.count(week, "accepted", ids)
        self.world.tell(ids, Label("takes a fleksjob", "tager imod et fleksjob"))
        self.accepted[ids] = True
        self.half[ids] = of_subsidy < self.openings.half_subsidy.take(self.broker.take(ids))
        self.accounts.left_work(week, ids, "job")
        self.world.afgang.send(ids, self.settings.exit)

    def _pass_on(self, week: int, fits: float) -> None:
        """torsdag, when brokers have had their turns: openings that were declined last week are shown to others."""
        ids = self.exchange.shown(self.world.free_for_offers(self.seeking.ids, self.number), self.broker, self.tried)
        self.count(week, "passed_on", ids)
        [of_fitting] = self.chances(week, ids, "fits")
        self.count(week, "exchanged", ids := ids[of_fitting < fits])
        self._offer(week, ids)

    # --- søndag -------------------------------------------------------------------------------------------

    def soendag(self, week: int) -> None:
        ledige = self.world.ledige
        self._become_active(week, self.concerned(where(self.talked & self.idle)))
        self.jobs.soendag(week)
        if self.accounts.leaves_work("weekly"):
            ids = where(self.brokered & (ledige.status == LEDIG) & (ledige.enrolled <= week))
            self.accounts.left_work(week, self.concerned(self.cases.served(ids)), "weekly")
        self.cases.soendag(week)
        self.exchange.soendag()
        self.count(week, "seeking", self.seeking.ids)
        self.count(week, "in_trial", self.trials.inside)
        ids = self.concerned(ledige.arriving(week + 1 - self.settings.status_week))
        ids = ids[self.brokered.take(ids) & (ledige.enrolled.take(ids) <= week)]
        everybody, ids = ids, ids[ledige.status.take(ids) == LEDIG]
        if self.settings.motivated_levels:
            for what, among in (("unmotivated", everybody), ("left_unmotivated", ids)):
                self.count(week, what, among[~self.motivated.take(among)])
        tell_apart(self.count, week, ids, {
            "left_pension": self.pensions.under_way(ids),
            "left_on_way": (self.trials.started.take(ids) != NEVER) | self.accepted.take(ids),
            "left_sick": self.world.blocked(ids),
            "stuck_no_trial": ~self.trial.take(ids),
        })  # fmt: skip

    def _become_active(self, week: int, ids: Ids) -> None:
        new = ids[self.idle.take(ids)]
        self.idle[new] = False
        self.count(week, "active", new)
