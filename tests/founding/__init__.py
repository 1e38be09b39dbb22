"""What the founding documents describe: tests of the rows of docs/founding_documents.md that stand nowhere else.

What a stored table has (`stored`) is not simulated again: `tests/expected` holds that the program gives these tables.
What no table has is simulated (`told`), with few replications and the luck of the trial.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from simulation.results.measures.replication import Replication, simulate
from simulation.scenario.load import load
from tests.expected.renew import file

SHIPPED = Path(__file__).parents[2] / "scenarios"


@cache
def stored(name: str) -> dict[tuple[str, str], float]:
    """The stored figures of a shipped scenario, by outcome and group: means of two replications."""
    rows = (line.split(",") for line in file(name).read_text(encoding="utf-8").splitlines()[1:])
    return {(outcome, group): float(value) for outcome, group, value in rows}


@cache
def ran(name: str, replications: int = 2) -> list[Replication]:
    """The first replications of a shipped scenario."""
    return list(simulate(load(SHIPPED / f"{name}.yaml").scenario, list(range(replications))))


def told(name: str, outcome: str, group: str = "alle", week: int | None = None, replications: int = 2) -> float:
    """An outcome of a group in a shipped scenario: the mean of the first replications."""
    return float(np.mean([each.outcomes[outcome, group, week] for each in ran(name, replications)]))
