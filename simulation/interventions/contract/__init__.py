"""What an intervention is to the program: settings that an analyst writes, and a running part that acts on them.

The settings (`Intervention`) are one frozen pydantic class whose fields are the YAML keys. The running part (`Running`)
keeps its own columns and overrides whichever of the methods below concern it; it knows its settings, never the reverse.
Both stand in one file, or one folder, together with the note on what the evidence says. Demand → delivery → effect:
`requests` asks, the jobcentre answers through `delivered`, and only what was delivered shows up in `effects`.
"""

from simulation.interventions.contract.acting import Acting
from simulation.interventions.contract.outcomes import (
    Lives,
    Measured,
    Outcome,
    People,
    Sum,
    Told,
    Totals,
    with_everybody,
)
from simulation.interventions.contract.running import Running
from simulation.interventions.contract.runs import Runs
from simulation.interventions.contract.settings import (
    KIND,
    Found,
    Intervention,
    Setting,
    Treats,
    more_jobcentres,
    of_effects,
    offerless,
    stateless,
    worst,
)
from simulation.interventions.contract.spending import Spent
from simulation.world.effects import Effect
from simulation.world.sizes import Effects

__all__ = [
    "KIND",
    "Acting",
    "Effect",
    "Effects",
    "Found",
    "Intervention",
    "Lives",
    "Measured",
    "Outcome",
    "People",
    "Running",
    "Runs",
    "Setting",
    "Spent",
    "Sum",
    "Told",
    "Totals",
    "Treats",
    "more_jobcentres",
    "of_effects",
    "offerless",
    "stateless",
    "with_everybody",
    "worst",
]
