"""What a scenario pays once, by calendar year: the same in every replication."""

from __future__ import annotations

import numpy as np

from simulation.economy.items import Item
from simulation.scenario.schema import Scenario
from simulation.world.spec import Floats, Ints
from simulation.world.weeks import weeks_between


def once(scenario: Scenario, worlds: int, year: Ints) -> dict[Item, Floats]:
    """How often each is paid, shape (worlds, years); `year` is the number of the year of each week, from 0 on."""
    found: dict[Item, Floats] = {}
    for name, each in scenario.once.items():
        times = found[Item("once", name)] = np.zeros((worlds, int(year[-1]) + 1))
        times[:, year[weeks_between(scenario.start, each.week)]] = each.times
    return found
