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

from simulation.interventions import Running
from simulation.interventions.contract import Acting
from simulation.opening import build, open_interventions
from simulation.scenario.by_place import settings_at
from simulation.scenario.schema import Scenario
from simulation.world.few import merged
from simulation.world.force import Force
from simulation.world.invariants import check
from simulation.world.labels import Event, Label
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.register import EXIT, PASSED, Register
from simulation.world.spec import FREDAG, MANDAG, SOENDAG, TIRSDAG, TORSDAG, WEEK, Ids
from simulation.world.staff.cases import NO_DESK
from simulation.world.world import World

ENROLLED = Label("is enrolled at the jobcentre", "indskrives i jobcenteret")
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
        if world.small_jobs is not None:
            world.small_jobs.mandag(week)
        if world.jobs is not None:
            back, out = world.jobs.ending(week)
            if world.benefits is not None:
                world.benefits.returned(back)
            ledige.status[out] = OUT
            ledige.spell_start[back] = week
            ledige.spell[back] += 1
            world.count(week, "returned", back)
            world.tell(back, Label("the job has ended; back on benefit", "jobbet er slut; tilbage på ydelse"))
            arriving = merged(arriving, back)
            if world.small_jobs is not None:
                world.small_jobs.enrolled(week, first, back)
        ledige.status[arriving] = LEDIG
        world.count(week, "enrolled", arriving)
        if len(passed):  # last week: a new case, but she has been on benefit all the time
            arriving = merged(arriving, passed)
        ledige.enrolled[arriving] = week
        world.tell(arriving, ENROLLED)
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
        if world.small_jobs is not None:
            world.small_jobs.tirsdag(week)
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
        if world.small_jobs is not None:
            world.small_jobs.leave(ids)
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
