"""Waits of everybody: of those who were served, of those who left or gave up meanwhile, and of those who wait still.

How they are reckoned stands in `incidence.waits`. The first talk is the talks' own outcome.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulation.results.measures.incidence import last_known
from simulation.results.measures.incidence import waits as waits_by_world
from simulation.results.measures.outcomes import holds_talks, kinds_of
from simulation.results.names import ALLE, Figure, Group, Names, arm_groups
from simulation.scenario.schema import Scenario
from simulation.world.names import Name, common
from simulation.world.past import Past
from simulation.world.spec import Floats
from simulation.world.waits import Lasted

WEEKS_TOLD = (*range(1, 14), 26, 39, 52, 78, 104)
"""Weeks after which the share not served is told, as far as the follow-up goes."""


def waits_of_everybody(scenario: Scenario, world: Past) -> dict[Figure, Floats]:
    """Outcomes of all waits of a batch that has been run, shape (worlds,)."""
    ledige, worlds, names = world.ledige, world.jobcentres.worlds, Names(scenario)
    figures: dict[Figure, Floats] = {}
    for outcome, lasted in _waits(scenario, world):
        if (of_everybody := names.of_everybody(outcome)) is None:
            continue
        arm, of_world = ledige.arm[lasted.ids], ledige.world[lasted.ids]
        groups = {ALLE: arm >= 0} | {group: np.isin(arm, numbers) for group, numbers in arm_groups(scenario).items()}
        for group, members in groups.items():
            of_group = of_world[members], lasted.weeks[members], lasted.end[members]
            mean, unserved = waits_by_world(*of_group, worlds, scenario.follow_up)
            figures |= dict(_of_group(of_everybody, group, mean, unserved))
    return figures


def _waits(scenario: Scenario, world: Past) -> Iterator[tuple[str, Lasted]]:
    """Every wait of the scenario, by the outcome of those served: for a caseworker, of each intervention, and of all
    interventions of a kind together."""
    kept = {name: waits.all_of(len(world.register.codes)) for name, waits in world.register.waits.items()}
    of_teams = kept.pop(common("wait_caseworker"))
    if holds_talks(scenario):
        yield "wait_caseworker", of_teams
    for name, lasted in kept.items():
        yield name.dotted, lasted
    for kind in kinds_of(scenario):
        names = [name for name, each in scenario.interventions.items() if isinstance(each, kind)]
        for what, together in kind.common_outcomes.items():
            for part, outcome in kind.outcomes.items():
                if together.of_served and (together.of, together.per) == (outcome.of, outcome.per):
                    columns = zip(*(kept[Name(name, part)] for name in names), strict=True)
                    yield what, Lasted(*map(np.concatenate, columns))


def _of_group(
    names: tuple[str, str], group: Group, mean: Floats, unserved: Floats
) -> Iterator[tuple[Figure, Floats]]:
    """Both outcomes, from the mean in each world and the share not served by week."""
    yield Figure(names[0], group), mean
    yield Figure(names[1], group), last_known(unserved)
    for week in WEEKS_TOLD:
        if week < len(unserved):
            yield Figure(names[1], group, week), unserved[week]
