"""WHAT HAPPENS IN A WEEK, from top to bottom. Every line below is a routine (`Week`), and what it does it does in this
order.

    mandag    indskrivning   what changes at a date does. Staff: who is at work this week. New ledige are enrolled;
                             those whose job has ended come back on benefit. Ledige move on to the next plan of talks.
                             Teams take cases up to their limit
    tirsdag   afgang         who leaves benefit this week, and where to (a job, education, ...), and who passes to
                             another benefit. They give up the place and the caseworker they had
    onsdag    forløb         courses and placements whose weeks are over end: their places are free from tomorrow on
    torsdag   tilbud         ledige are referred to offers, and those who wait are given the free places
    fredag    samtaler       ledige who are due are called to talks, by priority, until the caseworkers' minutes are
                             used; some of those called do not come. Minutes that are left may be used otherwise
    søndag    registrering   the week is written into the register, and what must hold is checked

SimPy holds the clock, and what lasts (a forløb); people are NumPy arrays, and a routine acts on the rows concerned
(`ids`). One SimPy unit is one day. There is one SimPy process for each line above, which wakes on its weekday (on
onsdag one for all spells of an offer that end on that day), so the order of a week follows from the days and never from
SimPy's rule for what happens at the same time. Within a day the routine asks the interventions one after the other, in
the order in which the scenario declares them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence

import numpy as np
import simpy

from simulation.interventions import Running, start
from simulation.interventions.contract import Acting
from simulation.interventions.parts.marks_offers import MarksOffers
from simulation.scenario.by_place import settings_at, settings_of
from simulation.scenario.schema import Scenario
from simulation.world.afgang import Afgang
from simulation.world.benefits import Benefits
from simulation.world.beskaeftigelse import Jobs
from simulation.world.few import merged
from simulation.world.force import Force
from simulation.world.invariants import check
from simulation.world.labels import Event, Label
from simulation.world.ledige import GONE, LEDIG, OUT, Ledige, enrol
from simulation.world.market import Market
from simulation.world.passing import AfgangByBenefit
from simulation.world.register import EXIT, PASSED, Register
from simulation.world.season import exit_factors, minutes_shares
from simulation.world.side_by_side import SideBySide
from simulation.world.spec import FREDAG, MANDAG, SOENDAG, TIRSDAG, TORSDAG, WEEK, Ids
from simulation.world.staff.cases import NO_DESK, Staff
from simulation.world.staff.jobcentres import Jobcentres
from simulation.world.world import World

COUNTS: Mapping[str, Label] = {
    "intake": Label("Intake", "Tilgang"),
    "enrolled": Label("Enrolled", "Indskrevne"),
    "returned": Label("Returned to benefit", "Tilbage på ydelse"),
    "lost_caseworker": Label("Lost their caseworker", "Mistede deres sagsbehandler"),
    "overflowed": Label("Sent on to another team", "Sendt videre til et andet team"),
    "got_caseworker": Label("Got a caseworker", "Fik en sagsbehandler"),
    "caseworker_wait": Label("Weeks waited for a caseworker", "Ventede uger på sagsbehandler"),
    "taken": Label("Cases taken by the team", "Sager modtaget af teamet"),
    "to_job": Label("Cases that left to a job", "Sager afsluttet med job"),
}
"""What is counted of everybody, whatever interventions there are, beside exits by destination."""

LOST = Label("the caseworker has left; waits for a new one", "sagsbehandleren er holdt op; venter på en ny")
HANDED_ON = Label("no room here; sent on to another team", "der var ikke plads; sendes videre til et andet team")
LEAVES = Label("leaves for {exit}", "afgang til {exit}")
PASSES = Label("passes to {benefit}", "overgår til {benefit}")


def run(
    scenario: Scenario,
    replications: Sequence[int],
    diary: Callable[[int, Ids, Event], None] | None = None,
    check_invariants: bool = True,
    in_force: Callable[[Force], None] | None = None,
    jobcentres: Sequence[str] | None = None,
    into: Callable[[Register], None] | None = None,
) -> World:
    """Simulate these replications of a scenario side by side, from the first week to the last.

    A replication comes out the same, bit for bit, whichever others it is simulated with. `diary` and `in_force` are
    told what happens and which effects hold, as in `World`. Of a world that is run in slices (`large.py`) only some
    `jobcentres` are run, and `into` says where their register is written. Raises `simulation.world.invariants.Broken`
    if what must hold does not.
    """
    world = build(scenario, replications, jobcentres)
    world.diary, world.in_force = diary, in_force
    if into is not None:
        into(world.register)
    if scenario.intake.leaves_before:
        world.count(0, "intake", np.arange(len(world.ledige)))
    start_routines(world, open_interventions(scenario, world), check_invariants, dict(scenario.epochs[1:]))
    world.env.run(until=scenario.weeks * WEEK)
    return world


def build(scenario: Scenario, replications: Sequence[int], only: Sequence[str] | None = None) -> World:
    """Everything that exists before the first mandag, in these jobcentres alone if any are named."""
    names = list(scenario.jobcentres) if only is None else list(only)
    persons = scenario.persons()
    teams, *later = ({name: each.teams_of(name) for name in each.jobcentres} for _, each in scenario.epochs)
    ledige = enrol(
        scenario.seed, replications, {name: persons[name] for name in names},
        scenario.intake, scenario.arms, scenario.subgroups, blocked=scenario.allocation == "blocked",
        lineage=scenario.lineage,
    )  # fmt: skip
    jobcentres = Jobcentres(scenario.seed, names, replications)
    employment = scenario.employment()
    beside = scenario.job_spells.beside_benefit if scenario.job_spells else None
    benefits = Benefits(scenario.benefits, list(scenario.exits), employment, ledige) if scenario.benefits else None
    jobs = Jobs(employment, list(scenario.exits), beside, ledige, jobcentres) if employment else None
    staff = Staff(ledige, jobcentres, teams, minutes_shares(scenario.season, scenario.start, scenario.weeks), later)
    register = Register(scenario.weeks, ledige, jobs, staff, len(scenario.arms), len(jobcentres))
    afgang = _afgang(scenario, ledige, jobcentres, benefits)
    passed = [PASSED + name for name in scenario.benefits]
    marks = [name for name, each in scenario.interventions.items() if each.marks_offers]
    offers = {name: number for number, name in enumerate(marks, start=1)}
    run_beside = {name: each.beside for name, each in scenario.by_kind(MarksOffers).items() if each.beside}
    return World(
        ledige=ledige,
        jobcentres=jobcentres,
        staff=staff,
        afgang=afgang,
        ledger=None if afgang.market is None else afgang.market.ledger,
        jobs=jobs,
        benefits=benefits,
        register=register,
        count=register.counting("", (*COUNTS, *(EXIT + name for name in scenario.exits), *passed)),
        arms=tuple(scenario.arms), parts=scenario.parts, start=scenario.start, changes=len(scenario.epochs) > 1,
        offers=offers,
        side_by_side=SideBySide(len(ledige), offers, run_beside) if run_beside else None,
        levels={name: list(levels) for name, levels in scenario.subgroups.items()},
    )


def _afgang(scenario: Scenario, ledige: Ledige, jobcentres: Jobcentres, benefits: Benefits | None) -> Afgang:
    """Who leaves, and where to; with several benefits who passes as well."""
    market = _market(scenario, ledige, jobcentres)
    causes = [*scenario.exits, *scenario.benefits]
    season = exit_factors(scenario.season, causes, scenario.start, scenario.weeks)
    if benefits is None:
        return Afgang(scenario.exits, ledige, jobcentres, scenario.subgroups, market, season)
    return AfgangByBenefit(
        scenario.exits, scenario.benefits, benefits, ledige, jobcentres, scenario.subgroups, market, season
    )


def _market(scenario: Scenario, ledige: Ledige, jobcentres: Jobcentres) -> Market | None:
    """Where jobs are displaced; None: nowhere."""
    if not scenario.displaces:
        return None
    share = jobcentres.column({name: scenario.market_share_of(name) for name in scenario.jobcentres})
    return Market(ledige, len(scenario.arms), scenario.displacement, scenario.displacements(), share)


def open_interventions(scenario: Scenario, world: World) -> list[Running]:
    """The running parts of the scenario's interventions, in declared order: one for each group of jobcentres in which
    an intervention has the same settings."""
    return [
        start(settings, world, name, world.offers.get(name, 0))
        for name in scenario.interventions for settings in settings_of(scenario, name)
    ]  # fmt: skip


def start_routines(
    world: World, interventions: Sequence[Running], check_invariants: bool, becomes: Mapping[int, Scenario] = {}
) -> None:
    """Put the routines of the week on their weekdays. `becomes` has what the scenario is from some weeks on."""
    week = Week(world, interventions, check_invariants, becomes)
    for weekday, routine in week.table().items():
        world.env.process(_every_week(world.env, weekday, routine))


def _every_week(
    env: simpy.Environment, weekday: int, routine: Callable[[int], None]
) -> Generator[simpy.Event, None, None]:
    yield env.timeout(weekday)
    while True:
        routine(int(env.now) // WEEK)
        yield env.timeout(WEEK)


class Week:
    """The routines of the week, one per weekday. (Forløb that end on onsdag are processes of their own.)"""

    def __init__(
        self, world: World, interventions: Sequence[Running], check_invariants: bool, becomes: Mapping[int, Scenario]
    ) -> None:
        self.world = world
        self.interventions = interventions
        self.acting = Acting(interventions, world.start)
        self.check_invariants = check_invariants
        self.becomes = becomes

    def table(self) -> dict[int, Callable[[int], None]]:
        """Which routine runs on which weekday."""
        return {
            MANDAG: self.indskrivning,
            TIRSDAG: self.afgang,
            TORSDAG: self.tilbud,
            FREDAG: self.samtaler,
            SOENDAG: self.registrering,
        }

    def indskrivning(self, week: int) -> None:
        """mandag: who is at work; new ledige are enrolled, others come back from jobs, and teams take cases."""
        world, ledige = self.world, self.world.ledige
        moved = self._become(week, self.becomes[week]) if week in self.becomes else None
        self.acting.new_week(week, ledige)
        without = world.staff.new_week(week)
        without = without if moved is None else merged(moved, without)
        world.count(week, "lost_caseworker", without)
        world.tell(without, LOST)
        arriving = first = ledige.arriving(week)
        passed = first[:0] if world.benefits is None else world.benefits.enrolled()
        if world.jobs is not None:
            world.jobs.beside_benefit(week)
            back, out = world.jobs.ending(week)
            if world.benefits is not None:
                world.benefits.returned(back)
            ledige.status[out] = OUT
            ledige.spell_start[back] = week
            ledige.spell[back] += 1
            world.count(week, "returned", back)
            world.tell(back, Label("the job has ended; back on benefit", "jobbet er slut; tilbage på ydelse"))
            arriving = merged(arriving, back)
            world.jobs.enrolled(week, first, back)
        ledige.status[arriving] = LEDIG
        world.count(week, "enrolled", arriving)
        if len(passed):  # last week: a new case, but she has been on benefit all the time
            arriving = merged(arriving, passed)
        ledige.enrolled[arriving] = week
        world.tell(arriving, Label("is enrolled at the jobcentre", "indskrives i jobcenteret"))
        if len(arriving):
            world.afgang.begin_spell(week, arriving)
            for intervention in self.acting.open:
                if len(concerned := intervention.concerned(arriving)):
                    intervention.enrolled(week, concerned)
        for intervention in self.acting.now:
            intervention.mandag(week)
        taken, waited, handed_on = world.staff.take_cases(week)
        world.count(week, "overflowed", handed_on)
        world.tell(handed_on, HANDED_ON)
        world.count(week, "got_caseworker", taken)
        world.count(week, "caseworker_wait", taken, waited)
        self._of_teams(week, "taken", world.staff.desk[taken])
        world.tell(taken, Label("gets a caseworker", "får en sagsbehandler"))

    def _become(self, week: int, scenario: Scenario) -> Ids:
        """A date: staff and interventions are those of this scenario from now on. Whose desk is gone: their ids."""
        for intervention in self.interventions:
            settings = settings_at(scenario, intervention.name, intervention.settings)
            if settings != intervention.settings:
                intervention.become(week, settings)
        return self.world.staff.become(week, {name: scenario.teams_of(name) for name in scenario.jobcentres})

    def afgang(self, week: int) -> None:
        """tirsdag: who leaves, and where to."""
        world, ledige = self.world, self.world.ledige
        for intervention in self.acting.now:
            intervention.effects(week)
        leaving, destination = world.afgang.exits_of_week(week)
        ids = leaving
        if world.benefits is not None:
            ids, destination, passing = world.benefits.leave(week, leaving, destination)
            self._pass(week, passing)
        ledige.status[ids] = GONE + destination
        if world.jobs is not None:
            hired = ids[world.jobs.may_end.take(destination)]
            for intervention in self.acting.now:
                intervention.hired(week, hired)
        self.acting.gone(week, leaving)
        if world.staff.detailed:
            desk = world.staff.desk[ids[world.to_job(ids)]]
            self._of_teams(week, "to_job", desk[desk != NO_DESK])
        world.staff.release(leaving)
        world.staff.waits.end(week + 1, leaving, served=False)  # cases were taken on mandag
        if world.jobs is not None:
            world.jobs.leave(ids)
        for k, name in enumerate(world.afgang.destinations):
            to = ids[destination == k]
            world.count(week, EXIT + name, to)
            world.tell(to, LEAVES, exit=name)
            if world.jobs is not None:
                world.jobs.begin(week, to, name)

    def _pass(self, week: int, passing: Ids) -> None:
        """These ids are on another benefit now; a small job beside benefit goes on."""
        world = self.world
        assert world.benefits is not None
        for number, name in enumerate(world.benefits.names):
            there = passing[world.benefits.now.take(passing) == number]
            world.count(week, PASSED + name, there)
            world.tell(there, PASSES, benefit=name)

    def _of_teams(self, week: int, name: str, desks: Ids) -> None:
        """Something has become of cases at these desks."""
        if self.world.staff.detailed:
            self.world.count.of_teams(week, name, self.world.staff.team_of_desk[desks])

    def tilbud(self, week: int) -> None:
        """torsdag: referral and matching."""
        for intervention in self.acting.now:
            intervention.tilbud(week)

    def samtaler(self, week: int) -> None:
        """fredag: interventions ask for talks, the jobcentre calls as many as it has minutes for."""
        for intervention in self.acting.now:
            appointments = intervention.requests(week)
            if appointments is not None:
                intervention.delivered(week, appointments, self.world.staff.book(appointments))
        for intervention in self.acting.now:
            intervention.left_over(week)

    def registrering(self, week: int) -> None:
        """søndag: write down the week, and see that nothing is amiss."""
        for intervention in self.acting.now:
            intervention.soendag(week)
        self.world.register.record(week)
        if self.check_invariants:
            check(self.world, week)
