"""WHAT EVERY PART OF THE SECOND ENGINE NEEDS: moments of the day, powers to the last bit, settings of a jobcentre."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from simulation.interventions import Intervention
from simulation.scenario.schema import Scenario
from simulation.world.spec import WEEK

Story = Generator[simpy.Event, Any, None]
Key = tuple[float, ...]
FAR = 10**6
"""A week that no run reaches."""


def moment(week: int, day: int, number: int = 0, step: float = 0) -> float:
    """A time of the day: intervention by intervention, step by step (exact in binary, so equal moments are equal)."""
    return week * WEEK + day + (number * 16 + step) / 1024


def power(base: float, exponent: float) -> float:
    """base ** exponent, to the last bit what NumPy makes of a whole column."""
    return float((base ** np.array([exponent]))[0])


def faded(weeks: int, halving_weeks: float | None) -> float:
    """What is left of a gain so many weeks after what it came from."""
    return power(0.5, weeks / halving_weeks) if halving_weeks else 1.0


def own(settings: Any, jobcentre: str, what: str) -> Any:
    """A setting of an intervention in one jobcentre: the jobcentre's own if it has one."""
    its = getattr(settings.jobcentres.get(jobcentre), what, None)
    return getattr(settings, what) if its is None else its


def this_week(per_week: float, week: int) -> int:
    """How many of something that comes so often a week come in this one: 0.5 is one every second week."""
    return int((week + 1) * per_week) - int(week * per_week)


def there(scenario: Scenario, jobcentre: str) -> list[Intervention | None]:
    """What a jobcentre does of every intervention, by its own settings if it has any; None where it is off."""
    found: list[Intervention | None] = []
    for name, settings in scenario.interventions.items():
        on = settings.in_jobcentres is None or jobcentre in settings.in_jobcentres
        found.append(scenario.jobcentres[jobcentre].interventions.get(name, settings) if on else None)
    return found
