"""What a scenario counts every week, and what people read in the place of each count."""

from __future__ import annotations

from simulation.interventions import with_common
from simulation.opening import COUNTS
from simulation.results.by_benefit import PASSED as PASSED_TO
from simulation.results.by_benefit import benefit_called
from simulation.results.destinations import LEFT, called
from simulation.scenario.schema import Scenario
from simulation.world.labels import Label
from simulation.world.names import Name, common
from simulation.world.register import EXIT, PASSED


def counts_of(scenario: Scenario) -> dict[Name, Label]:
    """Every count that the scenario may have; the gap `{name}` of a label is the intervention."""
    counts = {common(what): label for what, label in COUNTS.items()}
    counts |= {common(EXIT + name): LEFT.of(where=called(name, scenario.exits)) for name in scenario.exits}
    counts |= {
        common(PASSED + name): PASSED_TO.of(where=benefit_called(name, scenario)) for name in scenario.benefits
    }
    for kind in with_common():
        counts |= {common(what): label for what, label in kind.common_counts.items()}
    for name, intervention in scenario.interventions.items():
        counts |= {Name(name, what): label for what, label in intervention.its_counts.items()}
    return counts
