"""THE SECOND ENGINE: the same scenarios, told one ledig at a time.

Every ledig is one SimPy process that lives through her weeks (`Ledig.life`; what interventions do with her stands in
`courses.py`), and everything scarce, be it a desk's minutes, room for cases, matches or places, is a SimPy container
with a queue. It shares with the product only what does not move: the scenario, who the ledige are (`enrol`), their
chances (`Draws`) and what they bring. It is plain on purpose: where the two engines differ, one of them is wrong.

Ties. A queue is sorted by an explicit key that ends with the ledig's lot (her row), and it is served at a moment of
its own, after every request has been placed. So nothing hangs on the order in which SimPy wakes processes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from simpy.resources.base import Get
from simpy.resources.resource import SortedQueue

from simulation.interventions.praktik import Praktik
from simulation.scenario.schema import Scenario
from simulation.world import jobcenter
from simulation.world.afgang import PROFILE_WEEKS, Afgang
from simulation.world.beskaeftigelse import cumulated
from simulation.world.ledige import GONE, IN_JOB, LEDIG, OUT, enrol
from simulation.world.spec import FREDAG, MANDAG, ONSDAG, SOENDAG, TIRSDAG, TORSDAG, WEEK, quantile

from .courses import Key, Story, courses_of, power

PLENTY = 10**9


def moment(week: int, day: int, number: int = 0, step: int = 0) -> float:
    """A time of the day: intervention by intervention, step by step (exact in binary, so equal moments are equal)."""
    return week * WEEK + day + (number * 8 + step) / 256


# --- what is scarce ---------------------------------------------------------------------------------------------


class Ask(Get):
    """A request that stands in a queue until it is granted or withdrawn."""

    def __init__(self, source: Scarce, amount: int, key: Key) -> None:
        self.amount, self.key = amount, key
        super().__init__(source)


class Scarce(simpy.Container):
    """A container whose queue is sorted by key, and served only when it opens: the first who does not fit ends it."""

    GetQueue = SortedQueue
    open = False

    def refill(self, amount: int) -> None:
        """A new week: what is left of the old one has perished."""
        self._level = amount

    def serve(self) -> None:
        """Open, grant what can be granted, and close."""
        self.open = True
        self._trigger_get(None)
        self.open = False

    def _do_get(self, event: Ask) -> bool:
        if not self.open or self._level < event.amount:
            return False
        self._level -= event.amount
        event.succeed(self.granted())
        return True

    def granted(self) -> int:
        """What a granted request is told."""
        return 0


class Caseload(Scarce):
    """A team's room for cases; whoever is granted room is told her desk, the one with fewest cases."""

    def __init__(self, env: simpy.Environment, room: int, desks: int) -> None:
        super().__init__(env, init=room)
        self.cases = [0] * desks

    def granted(self) -> int:
        desk = self.cases.index(min(self.cases))
        self.cases[desk] += 1
        return desk

    def hand_back(self, desk: int) -> None:
        """The case is closed."""
        self.cases[desk] -= 1
        self.put(1)


class Team:
    """A team in one jobcentre: minutes at its desks, every week anew, and room for cases."""

    def __init__(self, env: simpy.Environment, spec: jobcenter.Team) -> None:
        desks = 1 if spec.caseload == "pooled" else max(1, math.ceil(spec.fte))
        self.dilution = spec.dilution
        self.limit = math.floor(spec.caseload_limit * spec.fte)
        self.minutes = math.floor(spec.fte * spec.minutes_per_week / desks + 1e-9)
        self.desks = [Scarce(env) for _ in range(desks)]
        self.caseload = Caseload(env, PLENTY if spec.at_limit == "exceed" else self.limit, desks)

    def strength(self) -> float:
        """What is left of the effect of a talk when there are more cases than the limit."""
        return power(min(self.limit / max(sum(self.caseload.cases), 1), 1.0), self.dilution)

    def state(self) -> tuple[int, int, int]:
        """Minutes used this week, cases, and who waits to become one."""
        used = sum(self.minutes - desk.level for desk in self.desks)
        return used, sum(self.caseload.cases), len(self.caseload.get_queue)


class Jobmarket:
    """A jobcentre's job market: part of the intensity that interventions add is taken from everybody in it."""

    def __init__(self, displacement: float) -> None:
        self.displacement = displacement
        self.this_week: list[tuple[int, float, float]] = []  # lot, intensity without interventions, and with them
        self.scale = 1.0

    def clear(self) -> None:
        """Everybody has told her intensity: the factor for all."""
        without = treated = 0.0
        for _, plain, helped in sorted(self.this_week):
            without += plain
            treated += helped
        added = treated - without
        self.scale = (without + (1 - self.displacement) * added) / (without + added) if treated else 1.0
        self.this_week.clear()


# --- the ledig --------------------------------------------------------------------------------------------------


class Ledig:
    """One ledig; `life` is her process. `tally` says what happened to her, and how often."""

    def __init__(self, world: Reference, row: int) -> None:
        self.world, self.row, self.ids = world, row, np.array([row])
        self.arm = list(world.scenario.arms)[world.ledige.arm[row]]
        self.jobcentre = list(world.scenario.jobcentres)[world.ledige.jobcentre[row]]
        self.teams = world.teams[self.jobcentre]
        self.brings = dict(zip(world.scenario.exits, world.facts.brings[:, row].tolist(), strict=True))
        self.reserve: dict[str, float] = {}
        self.factor: dict[str, float] = {}
        self.enrolled = 0
        self.offer = self.talk = 0
        self.team = ""
        self.case: Ask | None = None  # granted: her desk
        self.courses = courses_of(self, world.scenario)
        self.exits: list[tuple[int, str]] = []
        self.tally: Counter[str] = Counter()

    def chance(self, decision: str, week: int) -> float:
        """Her luck in a decision."""
        return float(self.world.ledige.draws.uniform(decision, week, self.ids)[0])

    def exponential(self, decision: str, week: int) -> float:
        """Her reserve of luck against an intensity."""
        return float(self.world.ledige.draws.exponential(decision, week, self.ids)[0])

    def weeks_until(self, probability: float, decision: str, week: int) -> int:
        """Weeks that go by before it happens."""
        return int(self.world.ledige.draws.weeks_until(probability, decision, week, self.ids)[0])

    def value_of(self, distribution: dict[int, float], decision: str, week: int) -> int:
        """Her value of a distribution."""
        return int(quantile(distribution, np.array([self.chance(decision, week)]))[0])

    def until(self, week: int, day: int, number: int = 0, step: int = 0) -> simpy.Timeout:
        """Sleep until then."""
        return self.world.at(week, day, number, step)

    def queue(self, source: Scarce, amount: int, key: Key, closes: simpy.Timeout) -> Generator[simpy.Event, Any, bool]:
        """Stand in a queue until it closes; whether it was her turn."""
        ask = Ask(source, amount, (*key, self.row))
        yield ask | closes
        ask.cancel()
        return ask.triggered

    def count(self, week: int, what: str, amount: int = 1) -> None:
        """Something happened to her."""
        self.tally[what] += amount
        self.world.counts[what][week, self.jobcentre, self.arm] += amount

    def ask_for_caseworker(self, week: int, team: str) -> None:
        """She becomes a case of this team, when it has room."""
        self.leave_caseworker()
        self.team = team
        self.case = Ask(self.teams[team].caseload, 1, (week, self.row))
        self.case.callbacks.append(lambda granted: self.meet_caseworker(since=week))

    def meet_caseworker(self, since: int) -> None:
        """The team had room."""
        week = int(self.world.env.now) // WEEK
        self.count(week, "got_caseworker")
        self.count(week, "caseworker_wait", week - since)

    def leave_caseworker(self) -> None:
        """Nobody's case any more, and waiting for nobody."""
        if self.case is not None and self.case.triggered:
            self.teams[self.team].caseload.hand_back(self.case.value)
        elif self.case is not None:
            self.case.cancel()
        self.case = None

    def multiply(self, effects: dict[str, float], strength: float = 1.0) -> None:
        """Change her intensities of this week."""
        for destination, factor in effects.items():
            if factor != 1.0:
                self.factor[destination] *= 1.0 + (factor - 1.0) * strength

    def write(self, week: int, status: int, hours: int = 0) -> None:
        """The register from this week on, until something else is written."""
        self.world.codes[week:, self.row] = self.talk << 8 | self.offer << 4 | status
        self.world.hours[week:, self.row] = hours

    def life(self) -> Story:
        """Benefit, perhaps a job and benefit again, until she has left for good."""
        jobs = self.world.scenario.job_spells
        week = int(self.world.ledige.entry[self.row])
        began = int(self.world.ledige.spell_start[self.row])
        while True:
            yield self.until(week, MANDAG)
            left, destination = yield from self.benefit(week, began)
            self.exits.append((left, destination))
            self.count(left, f"exit_{destination}")
            if destination != "job" or jobs is None:
                self.write(left, GONE + list(self.brings).index(destination))
                return
            self.write(left, IN_JOB, self.value_of(jobs.hours, "job hours", left))
            used_up = cumulated(jobs.end_intensity)
            week = began = left + 1 + int((used_up < self.exponential("job end", left)).sum())
            self.tally["weeks in job"] += min(week, self.world.scenario.weeks) - left
            yield self.until(week, MANDAG)
            if self.chance("return to benefit", week) >= jobs.returns:
                self.write(week, OUT)
                return
            self.count(week, "returned")

    def benefit(self, week: int, began: int) -> Generator[simpy.Event, Any, tuple[int, str]]:
        """A benefit spell, week by week; when she left, and to what."""
        self.enrolled = week
        self.count(week, "enrolled")
        for name, brings in self.brings.items():
            self.reserve[name] = self.exponential(f"exit {name}", week) / brings if brings else math.inf
        for course in self.courses:
            course.enrol(week)
        while True:
            for course in self.courses:
                course.mandag(week)
            yield self.until(week, TIRSDAG)
            destination = yield from self.tirsdag(week, week - began)
            if destination:
                return week, destination
            yield self.until(week, ONSDAG)
            for course in self.courses:
                course.onsdag(week)
            for course in self.courses:
                yield from course.torsdag(week)
            for course in self.courses:
                yield from course.fredag(week)
            yield self.until(week, SOENDAG)
            for course in self.courses:
                course.soendag(week)
            self.write(week, LEDIG)
            self.talk = 0
            week += 1
            yield self.until(week, MANDAG)

    def tirsdag(self, week: int, duration: int) -> Generator[simpy.Event, Any, str]:
        """Her reserves shrink by the week's intensities; the first that is used up has her ("": none)."""
        self.factor = dict.fromkeys(self.brings, 1.0)
        for course in self.courses:
            course.effects(week)
        column = min(duration, PROFILE_WEEKS - 1)
        plain = {name: float(self.world.facts.profile[k, column]) for k, name in enumerate(self.brings)}
        use = {name: plain[name] * self.factor[name] for name in plain}
        market = self.world.markets[self.jobcentre]
        if market.displacement and "job" in use:
            market.this_week.append((self.row, plain["job"] * self.brings["job"], use["job"] * self.brings["job"]))
            yield self.until(week, TIRSDAG, step=2)
            use["job"] *= market.scale
        used_up = []
        for k, name in enumerate(use):
            before = self.reserve[name]
            self.reserve[name] = before - use[name]
            if self.reserve[name] <= 0:
                used_up.append((before / use[name] if use[name] > 0 else 0.0, k, name))
        if not used_up:
            return ""
        for course in self.courses:
            course.leave(week)
        self.leave_caseworker()
        return min(used_up)[2]


# --- the world --------------------------------------------------------------------------------------------------


class Reference:
    """One replication of a scenario; `codes`, `hours` and `counts` are its register, `staff` its teams by week."""

    def __init__(self, scenario: Scenario, replication: int = 0) -> None:
        self.scenario, self.env = scenario, simpy.Environment()
        persons, centres = scenario.persons(), scenario.jobcentres
        self.ledige = enrol(scenario.seed, [replication], persons, scenario.intake, scenario.arms, scenario.subgroups)
        table = jobcenter.Jobcentres(scenario.seed, list(centres), [replication])
        self.facts = Afgang(scenario.exits, self.ledige, table, scenario.subgroups)  # brings and profile, no more
        self.teams = {at: {name: Team(self.env, t) for name, t in scenario.teams_of(at).items()} for at in centres}
        self.markets = {at: Jobmarket(scenario.displacement) for at in centres}
        self.offers = {n: i for n, i in enumerate(scenario.interventions.values(), start=1) if isinstance(i, Praktik)}
        self.praktik = {  # places, and the matches of this week
            (number, at): (Scarce(self.env, init=self.own(number, at, "places")), Scarce(self.env))
            for number in self.offers
            for at in centres
        }
        self.codes = np.zeros((scenario.weeks, len(self.ledige)), dtype=np.uint16)
        self.hours = np.zeros(self.codes.shape, dtype=np.uint8)
        self.counts: defaultdict[str, Counter[tuple[int, str, str]]] = defaultdict(Counter)
        self.staff: list[list[tuple[int, int, int]]] = []
        self.people = [Ledig(self, row) for row in range(len(self.ledige))]

    def own(self, number: int, jobcentre: str, what: str) -> Any:
        """A capacity of praktik: the jobcentre's own if it has one."""
        own = getattr(self.offers[number].jobcentres.get(jobcentre), what, None)
        return getattr(self.offers[number], what) if own is None else own

    def run(self) -> Reference:
        """From the first week to the last."""
        for ledig in self.people:
            self.env.process(ledig.life())
        self.env.process(self.opening_hours())
        self.env.run(until=self.scenario.weeks * WEEK)
        return self

    def opening_hours(self) -> Story:
        """When every queue is served."""
        teams = [team for place in self.teams.values() for team in place.values()]
        for week in range(self.scenario.weeks):
            yield self.at(week, MANDAG, step=1)
            for team in teams:
                team.caseload.serve()
                for desk in team.desks:
                    desk.refill(team.minutes)
            yield self.at(week, TIRSDAG, step=1)
            for market in self.markets.values():
                market.clear()
            for number in self.offers:  # torsdag: first the matches that can be made this week, then the places
                yield self.at(week, TORSDAG, number, 1)
                for at in self.scenario.jobcentres:
                    weekly = self.own(number, at, "matches_per_week")
                    self.praktik[number, at][1].refill(math.floor((week + 1) * weekly) - math.floor(week * weekly))
                    self.praktik[number, at][1].serve()
                yield self.at(week, TORSDAG, number, 3)
                for at in self.scenario.jobcentres:
                    self.praktik[number, at][0].serve()
            for number in range(1, len(self.scenario.interventions) + 1):  # fredag: partners first, then own desks
                for step in (1, 3):
                    yield self.at(week, FREDAG, number, step)
                    for desk in (desk for team in teams for desk in team.desks):
                        desk.serve()
            yield self.at(week, SOENDAG)
            self.staff.append([team.state() for team in teams])

    def at(self, week: int, day: int, number: int = 0, step: int = 0) -> simpy.Timeout:
        """Sleep until then."""
        return self.env.timeout(moment(week, day, number, step) - self.env.now)
