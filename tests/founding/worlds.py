"""Shipped scenarios run once, also with some keys changed, and looked at by week, jobcentre and arm."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.replication import Replication, simulate, summarise
from simulation.scenario.load import load
from simulation.week import run
from simulation.world.world import World
from tests.founding import SHIPPED
from tests.helpers import counts_of


@cache
def world(name: str) -> World:
    """The first replication of a shipped scenario."""
    return run(load(SHIPPED / f"{name}.yaml").scenario, [0])


def counted(name: str, count: str) -> NDArray[np.int64]:
    """A weekly count in the first replication: shape (weeks, jobcentres, arms), in the order of the scenario."""
    there = world(name)
    return counts_of(there)[count].reshape(-1, len(there.jobcentres.names), len(there.arms))


def place(name: str, jobcentre: str) -> int:
    """The number of a jobcentre in `counted`."""
    return list(world(name).jobcentres.names).index(jobcentre)


@cache
def _summed_up(name: str) -> Replication:
    [replication] = summarise(load(SHIPPED / f"{name}.yaml").scenario, [0], world(name), 0.0)
    return replication


def first(name: str, outcome: str, group: str = "alle", week: int | None = None) -> float:
    """An outcome of the first replication, which is not run anew for it."""
    return _summed_up(name).outcomes[outcome, group, week]


_TRIED: dict[str, Replication] = {}


def tried(name: str, outcome: str, changes: dict[str, Any], group: str = "alle", week: int | None = None) -> float:
    """An outcome in the first replication of a shipped scenario with single values changed, each run once."""
    if not changes:
        return first(name, outcome, group, week)
    key = f"{name} {changes}"
    if key not in _TRIED:
        [_TRIED[key]] = simulate(load(SHIPPED / f"{name}.yaml", changes).scenario, [0])
    return _TRIED[key].outcomes[outcome, group, week]
