"""What a jobcentre can do, one file each; an intervention is known to scenario files by its line in `KINDS`."""

from simulation.interventions.contract import Intervention, Running
from simulation.interventions.praktik import Praktik
from simulation.interventions.samtaler import Samtaler

KINDS: dict[str, type[Intervention]] = {
    "samtaler": Samtaler,
    "praktik": Praktik,
}
"""Settings class by the `kind:` that a scenario file writes."""

__all__ = ["KINDS", "Intervention", "Running"]
