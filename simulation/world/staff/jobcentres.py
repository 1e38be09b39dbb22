"""The jobcentres of a batch: the table of which teams, places and markets have rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from simulation.world.draws import Draws, personal_keys
from simulation.world.spec import Floats


class Jobcentres:
    """The rows of the jobcentre table of a batch: every jobcentre once per world."""

    def __init__(self, seed: int, names: Sequence[str], replications: Sequence[int]) -> None:
        self.seed, self.replications = seed, list(replications)
        self.names = list(names)
        self.worlds = len(replications)
        self.name_of_row = [name for _ in replications for name in names]
        self.draws = Draws(
            np.array([personal_keys(seed, f"jobcentre {n}", r, 1)[0] for r in replications for n in names])
        )

    @cached_property
    def trial(self) -> Draws:
        """The luck that all jobcentres of a world have together."""
        keys = [personal_keys(self.seed, "the trial", r, 1)[0] for r in self.replications]
        return Draws(np.repeat(np.array(keys), len(self.names)))

    def __len__(self) -> int:
        return len(self.name_of_row)

    def column(self, value_by_name: Mapping[str, float]) -> Floats:
        """One number per row of the table."""
        return np.tile([float(value_by_name[name]) for name in self.names], self.worlds)
