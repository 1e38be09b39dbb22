"""Large worlds: a few jobcentres at a time.

Nothing crosses jobcentres within a world: each has its own ledige, teams, places and labour market, and all luck goes
by the name of the jobcentre. So a world may be run in slices of its jobcentres, and comes out the same, bit for bit. A
slice fits where the processor reads fastest, and what it needs beside its register is gone before the next one begins,
so a register of the whole country takes hardly more memory than its codes.

For that to be so, nothing that decides how or what is reckoned may be asked of a slice: such as whether anybody is ever
away is asked of all jobcentres of the scenario (`Staff`). An intervention of which something does cross jobcentres says
so (`crosses_jobcentres`), and its worlds are run in one piece.
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

SLICE = 100_000
"""Rows of a slice, as near as whole jobcentres come to it. Smaller ones cost more calls, larger ones more memory."""


def run_batch(scenario: Scenario, replications: Sequence[int], check_invariants: bool = True) -> Past:
    """Simulate these replications as `week.run` does, a single one that is large in slices. Raises as `week.run`."""
    slices = slices_of(scenario) if len(replications) == 1 else []
    if len(slices) < 2:
        return run(scenario, replications, check_invariants=check_invariants)
    whole = Joined(scenario.weeks, sum(scenario.persons().values()))
    thaw = not gc.get_freeze_count()  # workers keep frozen what they were forked with (preloaded.py)
    gc.collect()  # a world that is over but not yet let go would be frozen for good
    gc.freeze()  # so that it is quick to look for what a slice has left behind
    try:
        for names in slices:
            whole.add(run(scenario, replications, None, check_invariants, jobcentres=names, into=whole.next_slice))
            gc.collect()
    finally:
        if thaw:
            gc.unfreeze()
    return whole.past()


def slices_of(scenario: Scenario) -> list[list[str]]:
    """The jobcentres of each slice of a world, in their order."""
    persons = scenario.persons()
    rows = np.array(list(persons.values()))
    many = max(round(rows.sum() / SLICE), 1)
    if many == 1 or any(each.crosses_jobcentres for each in scenario.interventions.values()):
        return [list(persons)]
    middle = np.cumsum(rows) - rows / 2  # of each jobcentre's rows: its slice is the one in which that lies
    number = dict(zip(persons, middle * many // rows.sum(), strict=True))
    return [list(names) for _, names in groupby(persons, key=number.__getitem__)]
