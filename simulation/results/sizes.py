"""Of how many jobcentres and persons a group is in one replication."""

from __future__ import annotations

from simulation.results.groups import Group
from simulation.scenario.allotting import weights_of
from simulation.scenario.schema import Scenario


def jobcentres_of(scenario: Scenario, group: Group) -> float:
    """How many jobcentres with anybody in them."""
    return float(1 if group.jobcentre else max(sum(map(bool, scenario.persons().values())), 1))


def persons_of(scenario: Scenario, group: Group) -> float:
    """How many measured ledige there may be expected to be."""
    persons = scenario.persons()
    first, last = scenario.measured_weeks()
    among = persons.get(group.jobcentre, 0) if group.jobcentre else sum(persons.values())
    part = min((last - first + 1) / scenario.intake.weeks, 1.0)
    if group.kind == "arm":
        weights = weights_of(scenario)
        part *= sum(weights[arm] for arm in scenario.parts.get(group.name, ())) / sum(weights.values())
    if group.level:
        part /= len(scenario.subgroups.get(group.characteristic, {})) or 1
    return max(among * part, 1.0)
