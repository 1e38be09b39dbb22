"""Jobs that effects add in a run, and those that are taken for them from others outside of it."""

from __future__ import annotations

import numpy as np

from simulation.results.measures.displaced import displaced
from simulation.results.names import ALLE, Figure
from simulation.scenario.schema import Scenario
from simulation.world.past import Past
from simulation.world.spec import Floats

INSIDE, OUTSIDE = "jobs_net", "jobs_displaced_elsewhere"


def jobs_moved(scenario: Scenario, world: Past, years: int) -> dict[str, Floats]:
    """Jobs added for people of the run, less those taken from people of the run, and jobs taken from others: shape
    (worlds, years), all of them in the last year, for they are booked without years. Nothing where nothing is
    displaced."""
    found = displaced(scenario, world)
    whole: dict[str, Floats] = {}
    for name in (INSIDE, OUTSIDE) if found else ():
        whole[name] = np.zeros((world.jobcentres.worlds, years))
        whole[name][:, -1] = found[Figure(name, ALLE)]
    return whole
