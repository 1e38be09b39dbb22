"""The people of a scenario: who is enrolled, on which benefit, and what draws them away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulation.scenario.allotting import lots_of
from simulation.scenario.schema import Scenario
from simulation.world.afgang import Afgang
from simulation.world.benefits import Benefits, weeks_until
from simulation.world.ledige import Ledige, enrol
from simulation.world.market import Market
from simulation.world.passing import AfgangByBenefit
from simulation.world.spec import Floats
from simulation.world.staff.jobcentres import Jobcentres


def enrolled(scenario: Scenario, seed: int, replications: Sequence[int], persons: Mapping[str, int]) -> Ledige:
    """So many ledige of each of these jobcentres, in each of the replications."""
    return enrol(
        seed, replications, persons, scenario.intake, scenario.arms, scenario.subgroups,
        blocked=scenario.allocation == "blocked", lineage=scenario.lineage,
        weeks_until=weeks_until(scenario.benefits, scenario.intake), lots=lots_of(scenario),
    )  # fmt: skip


def benefits_of(scenario: Scenario, ledige: Ledige) -> Benefits | None:
    """Who is on which benefit; None: there is but one."""
    if not scenario.benefits:
        return None
    return Benefits(scenario.benefits, list(scenario.exits), scenario.employment(), ledige)


def afgang_of(
    scenario: Scenario, ledige: Ledige, jobcentres: Jobcentres, benefits: Benefits | None,
    market: Market | None = None, season: Floats | None = None,
) -> Afgang:  # fmt: skip
    """Who leaves, and where to; with several benefits who passes as well."""
    if benefits is None:
        return Afgang(scenario.exits, ledige, jobcentres, scenario.subgroups, market, season)
    return AfgangByBenefit(
        scenario.exits, scenario.benefits, benefits, ledige, jobcentres, scenario.subgroups, market, season
    )
