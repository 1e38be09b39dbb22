"""WHAT IS THERE BEFORE THE FIRST MANDAG: the ledige, the staff and the register of a batch of worlds, and the running
parts of its interventions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.interventions import Running, start
from simulation.interventions.parts.marks_offers import MarksOffers
from simulation.scenario.by_place import settings_of
from simulation.scenario.people import afgang_of, benefits_of, enrolled
from simulation.scenario.profiles import sort
from simulation.scenario.schema import Scenario
from simulation.world.beskaeftigelse import Jobs
from simulation.world.labels import Label
from simulation.world.ledige import Ledige
from simulation.world.market import Market
from simulation.world.register import EXIT, PASSED, Register
from simulation.world.season import exit_factors, minutes_shares
from simulation.world.side_by_side import SideBySide
from simulation.world.small_jobs import SmallJobs
from simulation.world.staff.cases import Staff
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


def build(scenario: Scenario, replications: Sequence[int], only: Sequence[str] | None = None) -> World:
    """Everything that exists before the first mandag, in these jobcentres alone if any are named."""
    names = list(scenario.jobcentres) if only is None else list(only)
    persons = scenario.persons()
    teams, *later = ({name: each.teams_of(name) for name in each.jobcentres} for _, each in scenario.epochs)
    ledige = enrolled(scenario, scenario.seed, replications, {name: persons[name] for name in names})
    jobcentres = Jobcentres(scenario.seed, names, replications)
    employment = scenario.employment()
    beside = scenario.job_spells.beside_benefit if scenario.job_spells else None
    benefits = benefits_of(scenario, ledige)
    jobs = Jobs(employment, list(scenario.exits), ledige, jobcentres) if employment else None
    staff = Staff(ledige, jobcentres, teams, minutes_shares(scenario.season, scenario.start, scenario.weeks), later)
    register = Register(scenario.weeks, ledige, jobs, staff, len(scenario.arms), len(jobcentres))
    season = exit_factors(scenario.season, [*scenario.exits, *scenario.benefits], scenario.start, scenario.weeks)
    afgang = afgang_of(scenario, ledige, jobcentres, benefits, _market(scenario, ledige, jobcentres), season)
    sort(scenario, afgang)
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
        small_jobs=SmallJobs(beside, ledige, jobs) if beside and jobs else None,
        benefits=benefits,
        register=register,
        count=register.counting("", (*COUNTS, *(EXIT + name for name in scenario.exits), *passed)),
        arms=tuple(scenario.arms), parts=scenario.parts, start=scenario.start, changes=len(scenario.epochs) > 1,
        offers=offers,
        side_by_side=SideBySide(len(ledige), offers, run_beside) if run_beside else None,
        levels={name: list(levels) for name, levels in scenario.subgroups.items()},
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
