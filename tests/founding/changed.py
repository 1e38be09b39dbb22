"""A shipped scenario with some of its settings changed, so that a test can take away what it is about."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.results.measures.replication import Replication, simulate
from simulation.scenario.load import load
from tests.founding import SHIPPED


@cache
def _ran(name: str, replications: int, changes: str) -> list[Replication]:
    scenario = load(SHIPPED / f"{name}.yaml", json.loads(changes)).scenario
    return list(simulate(scenario, list(range(replications))))


def each(
    name: str, outcome: str, group: str = "alle", week: int | None = None, replications: int = 1, **changes: Any
) -> NDArray[np.float64]:
    """An outcome of a group in each of the first replications; in the keys of what is changed `__` stands for a dot."""
    by_path = json.dumps({key.replace("__", "."): value for key, value in changes.items()})
    return np.array([found.outcomes[outcome, group, week] for found in _ran(name, replications, by_path)])


def mean(
    name: str, outcome: str, group: str = "alle", week: int | None = None, replications: int = 1, **changes: Any
) -> float:
    """The mean over the replications."""
    return float(each(name, outcome, group, week, replications, **changes).mean())
