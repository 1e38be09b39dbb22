"""A cohort that is registered with bureaus for temporary workers, for tests of vikar."""

from __future__ import annotations

from typing import Any

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.world.register import offer_of
from simulation.world.world import World
from tests.helpers import make
from tests.offers import JOBS, NOBODY_LEAVES, vikar

PERSONS = 20_000


def temps(persons: int = PERSONS, weeks: int = 12, **settings: Any) -> Scenario:
    """A cohort of week 0 that never leaves by itself, and vikar; settings of the scenario stand under `world`."""
    changes = settings.pop("world", {})
    return make(
        **{
            "weeks": weeks,
            "intake": {"persons": persons, "weeks": 1},
            "exits": NOBODY_LEAVES,
            "job_spells": JOBS,
            "interventions": {"vikar": vikar(**settings)},
            **changes,
        }
    )


def on_assignment(world: World) -> np.ndarray:
    """Who is on an assignment, by week and row."""
    return np.asarray(offer_of(world.register.codes) > 0)
