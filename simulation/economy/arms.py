"""How long the people of each arm are on benefit."""

from __future__ import annotations

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.world.ledige import LEDIG
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import Floats, Ints


def weeks_by_arm(scenario: Scenario, world: Past, year: Ints) -> dict[str, Floats]:
    """Weeks on benefit of a person by arm and year, those after a return from a job as well: shape (worlds, years); 0
    where nobody is enrolled. `year` is the number of the year of each week, from 0 on."""
    worlds, arms, ledige = world.jobcentres.worlds, list(scenario.arms), world.ledige
    cell = ledige.world.astype(np.int64) * len(arms) + ledige.arm
    cells = worlds * len(arms)
    enrolled = np.bincount(cell[ledige.entry < len(year)], minlength=cells)
    weeks = np.zeros((cells, int(year[-1]) + 1))
    for week, codes in enumerate(world.register.codes):
        weeks[:, year[week]] += np.bincount(cell[status_of(codes) == LEDIG], minlength=cells)
    each = (weeks / np.maximum(enrolled, 1)[:, None]).reshape(worlds, len(arms), -1)
    return {name: each[:, number] for number, name in enumerate(arms)}
