"""Large worlds: a few jobcentres at a time.

Nothing crosses jobcentres within a world: each has its own ledige, teams, places and labour market, and all luck goes
by the name of the jobcentre. So a world may be run in parts, and comes out the same, bit for bit. A part fits where the
processor reads fastest, and what it needs beside its register is gone before the next one begins, so a register of the
whole country takes hardly more memory than its codes. An intervention of which something does cross jobcentres says so
(`crosses_jobcentres`), and its worlds are run in one piece.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.joined import Joined
from simulation.world.past import Past

PART = 100_000
"""Rows of a part, as near as whole jobcentres come to it. Smaller ones cost more calls, larger ones more memory."""


def run_batch(scenario: Scenario, replications: Sequence[int], check_invariants: bool = True) -> Past:
    """Simulate these replications as `week.run` does, a single one that is large in parts. Raises as `week.run`."""
    parts = parts_of(scenario) if len(replications) == 1 else []
    if len(parts) < 2:
        return run(scenario, replications, check_invariants=check_invariants)
    whole = Joined(scenario.weeks, sum(scenario.persons().values()))
    gc.freeze()  # so that it is quick to look for what a part has left behind
    try:
        for names in parts:
            part = scenario.model_copy(update={"jobcentres": {name: scenario.jobcentres[name] for name in names}})
            whole.add(run(part, replications, check_invariants=check_invariants, begins=whole.next_part))
            gc.collect()
    finally:
        gc.unfreeze()
    return whole.past()


def parts_of(scenario: Scenario) -> list[list[str]]:
    """The jobcentres of each part of a world, in their order."""
    persons = scenario.persons()
    rows = np.array(list(persons.values()))
    many = max(round(rows.sum() / PART), 1)
    if many == 1 or any(each.crosses_jobcentres for each in scenario.interventions.values()):
        return [list(persons)]
    part = dict(zip(persons, (np.cumsum(rows) - rows / 2) * many // rows.sum(), strict=True))
    return [list(names) for _, names in groupby(persons, key=part.__getitem__)]
