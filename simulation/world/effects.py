"""Effects: the one way in which anything changes how likely ledige are to leave, or to work hours beside benefit.

An effect knows its size for every destination, and for what it moves of small jobs (`small_jobs.MOVED`); who it holds
for, and how strongly, it is told on tirsdag of every week.
Factors multiply: interventions one after the other as the scenario declares them, the effects of one in the order of
its `effects`; displacement comes after all (`Afgang._displace`). A plain factor f at strength s is 1 + (f − 1) × s, but
not below 0, and f^s where an effect acts `on_log`; a size on the log is exp(log × s).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulation.world.force import Force
from simulation.world.sizes import Log, Size, changes
from simulation.world.small_jobs import MOVED, SmallJobs
from simulation.world.spec import Floats, Ids
from simulation.world.world import World


class Effect:
    """What an intervention does to exits in one of its ways, such as `during`."""

    def __init__(
        self,
        world: World,
        intervention: str,
        keys: tuple[str, ...],
        sizes: Mapping[str, float | Size],
        on_log: bool = False,
    ) -> None:
        """`keys` are those under which the sizes stand in the settings of the intervention."""
        self.world, self.intervention, self.keys, self.on_log = world, intervention, keys, on_log
        self.become(sizes)

    def become(self, sizes: Mapping[str, float | Size]) -> None:
        """These are its sizes from now on, with the luck that it has."""
        self.sizes, called = sizes, " ".join(self.keys)
        intervention, world = self.intervention, self.world
        self._sizes: list[tuple[str, float | Log]] = []
        for destination, size in sizes.items():
            if not changes(size):
                continue
            self._sizes.append((destination, luck_of(size, f"effect {intervention} {called} {destination}", world)))

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self._sizes)

    @property
    def _small_jobs(self) -> SmallJobs:
        if self.world.small_jobs is None:
            raise ValueError(f"{self.intervention}: nobody works beside benefit here (job_spells.beside_benefit)")
        return self.world.small_jobs

    def hold(self, ids: Ids, strength: float | Floats = 1.0) -> None:
        """tirsdag: it holds for these ids this week, with this strength (a number, or one for each)."""
        if len(ids) == 0:
            return
        for destination, size in self._sizes:
            factor = factor_of(size, ids, strength, self.on_log)
            if destination in MOVED:
                self._small_jobs.multiply(destination, ids, factor)
            else:
                self.world.afgang.multiply(destination, ids, factor, self.intervention)
            if self.world.in_force is not None:
                self.world.in_force(Force(self.world.week, ids, self.intervention, self.keys, destination, factor))


def luck_of(size: float | Size, decision: str, world: World) -> float | Log:
    """A size with the luck of this decision in all worlds of a batch; a plain factor has none."""
    return Log(size, decision, world) if isinstance(size, Size) else size


def factor_of(size: float | Log, ids: Ids, strength: float | Floats, on_log: bool = False) -> float | Floats:
    """What it is worth for these ids this week, with this strength; `on_log`: of a plain factor on the log, too."""
    if isinstance(size, Log):
        return np.exp(size.of(ids) * strength)
    if on_log:
        return size**strength
    return np.maximum(1.0 + (size - 1.0) * strength, 0.0)
