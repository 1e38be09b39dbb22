"""THE SECOND ENGINE: the same scenarios, told one ledig at a time.

Every ledig is one SimPy process that lives through her weeks (`Ledig.life`; what interventions do with her stands in
`kinds.py` and the files that it names), and everything scarce, be it a desk's minutes, room for cases,
matches, places or seats, is a SimPy container with a queue (`scarce.py`). It shares with the product only what does not
move: the scenario, who the ledige are (`enrol`), their chances (`Draws`) and what they bring. It is plain on purpose:
where the two engines differ, one of them is wrong.

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

from simulation.scenario.schema import Scenario
from simulation.world.ledige import GONE, LEDIG, OUT, enrol
from simulation.world.small_jobs import MOVED
from simulation.world.spec import FREDAG, MANDAG, ONSDAG, SOENDAG, TIRSDAG, TORSDAG, WEEK, Floats, quantile
from simulation.world.staff import cases as jobcenter

from .basics import Key, Story, moment, there
from .beside import SmallJob
from .casework import Workroom
from .dates import calendar
from .kinds import courses_of, offered_by
from .lots import Lot, draw_lots
from .market import Jobmarket
from .next_job import NextJob
from .on_benefit import Right, come_by_benefit, first_benefit, pulls_by_benefit
from .organised import organised
from .profile import sort_by_score
from .scarce import Ask, Scarce
from .season import TimeOfYear
from .spans import is_over, is_there, may_enter
from .staffing import Caseworker, Post
from .teams import Case, Desk, Team, take_cases


class Ledig:
    """One ledig; `life` is her process. `tally` says what happened to her, and how often."""

    def __init__(self, world: Reference, row: int) -> None:
        self.world, self.row, self.ids = world, row, np.array([row])
        self.arm = list(world.scenario.arms)[world.ledige.arm[row]]
        self.jobcentre = list(world.scenario.jobcentres)[world.ledige.jobcentre[row]]
        self.teams = world.teams[self.jobcentre]
        self.benefit = self.came_on = first_benefit(self, world.scenario)
        self.brings = world.pulls[self.benefit].of(row, came_on_it=True)
        self.reserve: dict[str, float] = {}
        self.factor: dict[str, float] = {}
        self.job_factors: list[tuple[str, float]] = []  # of this week, each with the intervention that it is of
        self.entry = int(world.ledige.entry[row])  # week of her first enrolment
        self.spell = 0  # number of her benefit spell
        self.enrolled = 0
        self.on_benefit = False
        self.talk = 0
        self.offers: set[int] = set()  # numbers of the interventions that she is in an offer of
        self.met: Team | None = None  # who has talked with her this week
        self.met_effect = 1.0  # of the channel of that talk, and of its length
        self.met_at: Desk | None = None  # where it was held
        self.met_partner: Team | None = None  # who sat in
        self.last_with: Caseworker | None = None  # who held the last talk
        self.together = 0.0  # talks with her that she knows of
        self.last_talk = -10**6  # week of the last one that was held
        self.sat_in: dict[str, Caseworker] = {}  # who did so last, by the team
        self.talked = False  # a talk was held this week that counts as one
        self.registered = False  # ... and is in the register
        self.leaving = False  # hired, or sent elsewhere: she leaves on the next tirsdag
        self.beside: dict[str, int] = {}  # hours of work beside benefit, by what they are
        self.states: set[str] = set()  # names of the interventions that keep her in a state
        self.blockers: set[str] = set()  # of these, those in which she can begin no offer, nor gain from a talk
        self.referred: dict[str, int] = {}  # week of the first referral, by intervention
        self.team = ""
        self.case: Case | None = None  # granted: her desk
        self.handed_on = -1  # week in which a team had no room for her and handed her on
        self.courses = courses_of(self, world.scenario)
        self.active = self.courses  # of these those that are for who is on her benefit
        self.exits: list[tuple[int, str]] = []
        self.next_job: NextJob | None = None  # for which she has left
        self.least_weeks = 0  # that it lasts at least
        self.tally: Counter[str] = Counter()

    def chance(self, decision: str, week: int) -> float:
        """Her luck in a decision."""
        return float(self.world.luck(decision, week)[self.row])

    def exponential(self, decision: str, week: int) -> float:
        """Her reserve of luck against an intensity."""
        return float(self.world.ledige.draws.exponential(decision, week, self.ids)[0])

    def weeks_until(self, probability: float, decision: str, week: int) -> int:
        """Weeks that go by before it happens."""
        return int(self.world.ledige.draws.weeks_until(probability, decision, week, self.ids)[0])

    def value_of(self, distribution: dict[int, float], decision: str, week: int) -> int:
        """Her value of a distribution."""
        return int(quantile(distribution, np.array([self.chance(decision, week)]))[0])

    def level(self, characteristic: str) -> str:
        """Which level of a characteristic she has."""
        return list(self.world.scenario.subgroups[characteristic])[self.world.ledige.subgroup[characteristic][self.row]]

    @property
    def offer(self) -> int:
        """The offer that the register shows, 0 for none: of several, one that runs beside no other comes first."""
        return min(self.offers, key=lambda number: (bool(self.world.beside[number]), number), default=0)

    def hindered(self, number: int) -> bool:
        """Whether she is in an offer that stands in the way of this one, or in this one itself."""
        return any(not self.world.run_beside(number, other) for other in self.offers)

    def free(self, number: int) -> bool:
        """Whether she can begin this offer: she is in none that stands in its way, not blocked, and not on her way
        elsewhere."""
        kept_out = not self.states.isdisjoint(self.world.kept_out[number])
        self.tally["kept out of an offer"] += int(kept_out)
        return not (self.hindered(number) or self.blockers or self.leaving or kept_out)

    def begin_offer(self, number: int) -> None:
        """She is in this offer from now on."""
        self.offers.add(number)
        self.happens()

    def happens(self) -> None:
        """Something moves her case on: a referral, the start of something, a need that comes to light."""
        for course in self.courses:
            course.happens()

    def until(self, week: int, day: int, number: int = 0, step: int = 0) -> simpy.Timeout:
        """Sleep until then."""
        return self.world.at(week, day, number, step)

    def queue(self, source: Scarce, amount: int, key: Key, closes: simpy.Timeout) -> Generator[simpy.Event, Any, bool]:
        """Stand in a queue until it closes; whether it was her turn."""
        return (yield from self.ask(source, amount, key, closes)).triggered

    def ask(self, source: Scarce, amount: int, key: Key, closes: simpy.Timeout) -> Generator[simpy.Event, Any, Ask]:
        """The same, for who must know what she was told."""
        ask = Ask(source, amount, (*key, self.row))
        yield ask | closes
        ask.cancel()
        return ask

    def count(self, week: int, what: str, amount: int = 1) -> None:
        """Something happened to her."""
        self.tally[what] += amount
        self.world.counts[what][week, self.jobcentre, self.arm] += amount

    def ask_for_caseworker(self, week: int, team: str) -> None:
        """She becomes a case of this team, when it has room."""
        self.leave_caseworker()
        self.stand_in_line(team, since=week)

    def stand_in_line(self, team: str, since: int) -> None:
        """In the queue of this team, as somebody who waits since then."""
        self.team = team
        self.case = Case(self.teams[team].caseload, self, since)
        self.case.callbacks.append(lambda granted: self.meet_caseworker(since))

    def hand_on(self, team: str) -> None:
        """There was no room, and she goes to the team that takes the others; once a week, as far as anybody counts."""
        assert self.case is not None
        week = int(self.world.env.now) // WEEK
        self.count(week, "overflowed", int(self.handed_on < week))
        self.tally["handed on twice"] += int(self.handed_on == week)
        self.handed_on = week
        self.case.cancel()
        self.stand_in_line(team, self.case.since)

    def meet_caseworker(self, since: int) -> None:
        """The team had room."""
        week = int(self.world.env.now) // WEEK
        self.count(week, "got_caseworker")
        self.count(week, "caseworker_wait", week - since)
        self.teams[self.team].count(week, "taken")

    def lose_caseworker(self, week: int) -> None:
        """Hers has left, and the team takes her again when it has room."""
        self.count(week, "lost_caseworker")
        self.ask_for_caseworker(week, self.team)

    def leave_caseworker(self) -> None:
        """Nobody's case any more, and waiting for nobody."""
        if self.case is not None and self.case.triggered:
            self.case.value.cases.remove(self)
        elif self.case is not None:
            self.case.cancel()
        self.case = None

    def send(self, destination: str) -> None:
        """She is hired, or sent elsewhere: she leaves on the next tirsdag."""
        self.reserve[destination], self.leaving = 0.0, True

    def write(self, week: int, status: int, hours: int = 0) -> None:
        """The register from this week on, until something else is written."""
        self.world.codes[week:, self.row] = self.talk << 9 | self.world.mark[self.offer] << 4 | status
        self.world.hours[week:, self.row] = hours
        names = list(self.world.scenario.benefits)
        self.world.benefits[week:, self.row] = names.index(self.benefit) + 1 if names and status == LEDIG else 0

    def life(self) -> Story:
        """Benefit, perhaps a job and benefit again, until she has left for good."""
        jobs = self.world.scenario.employment()
        week = self.entry
        self.began = int(self.world.ledige.spell_start[self.row])  # week in which her benefit spell began
        while True:
            yield self.until(week, MANDAG)
            left, destination = yield from self.on_benefits(week)
            self.exits.append((left, destination))
            self.count(left, f"exit_{destination}")
            job, status = jobs.get(destination), GONE + list(self.world.scenario.exits).index(destination)
            if job is None:
                self.write(left, status)
                return
            assert self.next_job is not None
            self.write(left, status, self.next_job.hours(job))
            week = self.began = left + self.next_job.weeks(job)
            for course in self.courses:
                course.in_job(range(left, min(week, self.world.scenario.weeks)))
            self.tally["weeks in job"] += min(week, self.world.scenario.weeks) - left
            yield self.until(week, MANDAG)
            for course in self.courses:
                course.job_ended(week)
            if self.chance("return to benefit", self.spell) >= job.returns:
                self.write(week, OUT)
                return
            self.count(week, "returned")
            self.spell += 1
            self.go_on(job.returns_to or self.benefit)

    def on_benefits(self, week: int) -> Generator[simpy.Event, Any, tuple[int, str]]:
        """A spell on benefit, on one after the other, week by week; when she left, and to what."""
        self.count(week, "enrolled")
        passed = False
        while True:
            left, where = yield from self.one_benefit(week, passed)
            if where not in self.world.scenario.benefits:
                return left, where
            self.count(left, f"passed_to_{where}")
            self.tally[f"from {self.benefit} to {where}"] += 1
            self.began, self.on_benefit, passed = left, True, True  # it is another one from today on
            self.enrolled = left + 1
            self.go_on(where)
            self.write(left, LEDIG, sum(self.beside.values()))
            week = left + 1
            yield self.until(week, MANDAG)
            self.spell += 1

    def go_on(self, benefit: str) -> None:
        """She is on this benefit now."""
        self.benefit = benefit
        self.brings = self.world.pulls[benefit].of(self.row, benefit == self.came_on)

    def one_benefit(self, week: int, passed: bool) -> Generator[simpy.Event, Any, tuple[int, str]]:
        """Her time on one benefit; when she left it, and to what. A small job goes on if she has `passed` to it."""
        self.enrolled, self.on_benefit, self.leaving = week, True, False
        right = Right(self)
        for name, brings in self.brings.items():
            again = (f"exit {name} again", self.spell)
            luck = self.exponential(*again) if self.spell else self.exponential(f"exit {name}", week)
            self.reserve[name] = luck / brings if brings else math.inf
        self.active = [course for course in self.courses if course.concerned and not is_over(course, week)]
        for course in self.active:
            if may_enter(course, week) and not (passed and isinstance(course, SmallJob)):
                course.enrol(week)
        while True:
            courses = [each for each in self.active if is_there(each, week)]
            for course in courses:
                course.mandag(week)
            yield self.until(week, TIRSDAG)
            right.tirsdag(week)
            destination = yield from self.tirsdag(week, week - self.began)
            if destination:
                return week, destination
            yield self.until(week, ONSDAG)
            for course in courses:
                course.onsdag(week)
            for course in courses:
                yield from course.torsdag(week)
            for course in courses:
                yield from course.fredag(week)
            yield self.until(week, SOENDAG)
            self.tally["in two offers"] += int(len(self.offers) > 1)
            for course in courses:
                course.soendag(week)
            self.tally[f"talks by {self.talk}"] += 1
            self.write(week, LEDIG, sum(self.beside.values()))
            self.talk, self.met, self.talked, self.registered = 0, None, False, False
            week += 1
            yield self.until(week, MANDAG)

    def tirsdag(self, week: int, duration: int) -> Generator[simpy.Event, Any, str]:
        """Her reserves shrink by the week's intensities; the first that is used up has her ("": none)."""
        self.factor = dict.fromkeys((*self.brings, *MOVED), 1.0)
        self.job_factors = []
        for course in self.active:
            if is_there(course, week):
                course.effects(week)
        course_of = self.world.pulls[self.benefit].by_weeks(duration)
        plain = {name: course_of[name] * self.world.season.of_exit(name, week) for name in self.brings}
        use = {name: plain[name] * self.factor[name] for name in plain}
        market = self.world.markets[self.jobcentre]
        if market.open and "job" in use:
            without, treated = (each["job"] * self.brings["job"] for each in (plain, use))
            market.this_week.append((self.row, without, treated, market.displaced(without, self.job_factors)))
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
        destination = min(used_up)[2]
        self.next_job = NextJob(self, destination) if destination in self.world.scenario.employment() else None
        passes = destination in self.world.scenario.benefits
        for course in self.courses:
            if not (passes and isinstance(course, SmallJob)):
                course.leave(week, destination)
        if self.case is not None and self.case.triggered:
            self.teams[self.team].count(week, "to_job", int(destination == "job"))
        self.leave_caseworker()
        self.leaving = self.on_benefit = False
        return destination


class Reference:
    """One replication of a scenario; `codes`, `hours` and `counts` are its register, `staff` its teams by week."""

    def __init__(self, scenario: Scenario, replication: int = 0) -> None:
        self.scenario, self.replication, self.env = scenario, replication, simpy.Environment()
        persons, centres = scenario.persons(), scenario.jobcentres
        self.ledige = enrol(
            scenario.seed, [replication], persons, scenario.intake, scenario.arms, scenario.subgroups,
            blocked=scenario.allocation == "blocked", lineage=scenario.lineage,
        )  # fmt: skip
        come_by_benefit(self)
        self.lots: list[Lot] = []
        draw_lots(self)
        self.table = jobcenter.Jobcentres(scenario.seed, list(centres), [replication])
        self.pulls = pulls_by_benefit(self)
        self.drawn: dict[tuple[str, int], Floats] = {}
        sort_by_score(self)
        self.season = TimeOfYear(scenario)
        self.organised = {at: organised(scenario, at) for at in centres}
        self.rows = {
            at: {name: Team(self, at, name, terms) for name, terms in teams.items()}
            for at, teams in self.organised.items()
        }
        self.teams = {  # who really does the work of each team
            at: {name: self.rows[at][team.done_by or name] for name, team in teams.items()}
            for at, teams in self.organised.items()
        }
        self.markets = {at: Jobmarket(scenario, at) for at in centres}
        marks = [n for n, each in enumerate(scenario.interventions.values(), start=1) if each.marks_offers]
        self.mark = {0: 0, **{n: mark for mark, n in enumerate(marks, start=1)}}  # in the register, by number
        self.beside = {  # by number: what its offers run beside
            n: getattr(each, "beside", []) for n, each in enumerate(scenario.interventions.values(), start=1)
        }
        self.kept_out = {  # by number: the states in which nobody begins it
            n: getattr(each, "not_while", [])
            for n, each in enumerate(scenario.interventions.values(), start=1)
        }
        here = {at: there(scenario, at) for at in centres}
        self.offered = {  # by the number of the intervention: what each jobcentre has for it
            number: {at: offered_by(self, number, here[at][number - 1], at) for at in centres}
            for number in range(1, len(scenario.interventions) + 1)
        }
        self.codes = np.zeros((scenario.weeks, len(self.ledige)), dtype=np.uint16)
        self.hours = np.zeros(self.codes.shape, dtype=np.uint8)
        self.benefits = np.zeros(self.codes.shape, dtype=np.uint8)
        self.counts: defaultdict[str, Counter[tuple[int, str, str]]] = defaultdict(Counter)
        self.staff: list[list[dict[str, float]]] = []  # of every team, by week
        self.caseloads: list[list[float]] = []  # of every post, by week
        self.minutes_of_desk: list[list[int]] = []
        self.people = [Ledig(self, row) for row in range(len(self.ledige))]

    def run(self) -> Reference:
        """From the first week to the last."""
        if self.scenario.intake.leaves_before:
            for ledig in self.people:
                ledig.count(0, "intake")
        for post in self.posts():
            if post.exists:
                post.story = self.env.process(post.life())
        for ledig in self.people:
            self.env.process(ledig.life())
        self.env.process(self.opening_hours())
        self.env.process(calendar(self))
        self.env.run(until=self.scenario.weeks * WEEK)
        self.drawn.clear()
        return self

    def run_beside(self, one: int, other: int) -> bool:
        """Whether a ledig may be in offers of both of these interventions at a time: either of them says so."""
        names = list(self.scenario.interventions)
        pairs = ((one, other), (other, one)) if one != other else ()
        return any(names[b - 1] in self.beside[a] for a, b in pairs)

    def luck(self, decision: str, week: int) -> Floats:
        """Everybody's luck in a decision, by row. Who asks first draws for all, which costs no more than for one."""
        if (decision, week) not in self.drawn:
            everybody = np.arange(len(self.ledige))
            self.drawn[decision, week] = self.ledige.draws.uniform(decision, week, everybody)
        return self.drawn[decision, week]

    def all_teams(self) -> list[Team]:
        """Of every jobcentre, in declared order."""
        return [team for place in self.rows.values() for team in place.values()]

    def posts(self) -> list[Post]:
        """Of every team."""
        return [post for team in self.all_teams() for post in team.every_post]

    def opening_hours(self) -> Story:
        """When every queue is served."""
        teams = self.all_teams()
        desks = [desk for team in teams for desk in team.every_desk]
        for week in range(self.scenario.weeks):
            yield self.at(week, MANDAG, step=1)
            for place in self.rows.values():
                take_cases(list(place.values()))
            for desk in desks:
                desk.new_week(week)
            yield self.at(week, TIRSDAG, step=1)
            for market in self.markets.values():
                market.clear()
            for number, places in self.offered.items():  # torsdag: step by step, whoever has come so far is served
                for step in range(1, 16, 2):
                    yield self.at(week, TORSDAG, number, step)
                    for place in places.values():
                        place.serve(week, step)
            for number in self.offered:  # fredag: how long are talks? partners first, then own desks, colleagues
                yield self.at(week, FREDAG, number, 1)
                for desk in desks:
                    desk.measure(week)
                for step, sources in ((3, desks), (5, desks), (7, [team.colleagues for team in teams])):
                    yield self.at(week, FREDAG, number, step)
                    for source in sources:
                        source.serve()
            yield self.at(week, FREDAG + 1)  # nobody talks any more
            for places in self.offered.values():
                for place in places.values():
                    if isinstance(place, Workroom):
                        place.left_over(week)
            yield self.at(week, SOENDAG)
            self.staff.append([team.state() for team in teams])
            self.minutes_of_desk.append([desk.minutes for desk in desks])
            self.caseloads.append([load for team in teams for load in team.caseloads()])

    def at(self, week: int, day: int, number: int = 0, step: float = 0) -> simpy.Timeout:
        """Sleep until then."""
        return self.env.timeout(moment(week, day, number, step) - self.env.now)
