"""A batch of worlds: everything that exists in them, in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import simpy

from simulation.world.afgang import Afgang
from simulation.world.beskaeftigelse import Jobs
from simulation.world.jobcenter import Jobcentres, Staff
from simulation.world.ledige import Ledige
from simulation.world.places import Places
from simulation.world.register import Register
from simulation.world.spec import WEEK, Ids


@dataclass
class World:
    """The worlds of a batch of replications, side by side in the same arrays."""

    ledige: Ledige
    jobcentres: Jobcentres
    staff: Staff
    afgang: Afgang
    jobs: Jobs | None
    register: Register
    arms: tuple[str, ...]
    env: simpy.Environment = field(default_factory=simpy.Environment)
    diary: Callable[[int, Ids, str], None] | None = None
    places: dict[int, Places] = field(default_factory=dict)  # by the number of the offer they are for

    @property
    def week(self) -> int:
        """The week that it is."""
        return int(self.env.now) // WEEK

    def tell(self, ids: Ids, what: str) -> None:
        """Something happened to these ids; kept only when somebody reads a diary."""
        if self.diary is not None:
            self.diary(int(self.env.now), ids, what)
