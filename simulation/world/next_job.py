"""The next job: what was done for a ledig goes with her into the job that she leaves benefit for.

Treatment may make that job last longer or shorter, and change its hours. It acts on whichever destination of hers is a
job that may end. The luck of the job stays that of the benefit spell before it, so with other treatment she has the
same job, only longer or shorter.

What the evidence says. Intensive counselling lowered the return to unemployment within a year from 33 to 26 % (France;
Crépon, Dejemeppe & Gurgand 2005, no trial). Sanctions lower stability and pay afterwards, warnings leave stability
alone (Switzerland; Arni, Lalive & van Ours 2013). Of hours nothing was read. So nothing is changed unless a scenario
says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from simulation.world.beskaeftigelse import What
from simulation.world.effects import factor_of, luck_of
from simulation.world.force import Force
from simulation.world.sizes import FactorOrSize, changes
from simulation.world.spec import Floats, Ids, Spec

if TYPE_CHECKING:
    from simulation.world.world import World


class NextJob(Spec):
    """What treatment does to the job that a ledig leaves benefit for; who counts as treated, the intervention says."""

    ends: Annotated[
        FactorOrSize,
        Field(description="On the weekly intensity with which the job ends: a factor, or a size on the log"),
    ] = 1.0
    hours: Annotated[
        FactorOrSize,
        Field(description="On its hours: a factor, or a size on the log; they stay whole numbers from 1 to 100"),
    ] = 1.0

    @property
    def is_nothing(self) -> bool:
        """Whether no job is another one by it."""
        return not (changes(self.ends) or changes(self.hours))


class OnNextJob:
    """What an intervention does to the next job of those whom it has treated."""

    def __init__(self, world: World, intervention: str, next_job: NextJob) -> None:
        self.world, self.intervention = world, intervention
        sizes: dict[What, FactorOrSize] = {"ends": next_job.ends, "hours": next_job.hours}
        self._sizes = {
            what: luck_of(size, f"effect {intervention} next_job {what}", world)
            for what, size in sizes.items()
            if changes(size)
        }

    def hold(self, ids: Ids, strength: float | Floats = 1.0) -> None:
        """tirsdag, when these ids are hired: it holds for the job that they begin, with this strength (a number, or one
        for each); of several interventions the factors multiply."""
        if self.world.jobs is None or len(ids) == 0:
            return
        for what, size in self._sizes.items():
            factor = factor_of(size, ids, strength)
            self.world.jobs.alter(what, ids, factor)
            if self.world.in_force is not None:
                self.world.in_force(Force(self.world.week, ids, self.intervention, ("next_job",), what, factor))
