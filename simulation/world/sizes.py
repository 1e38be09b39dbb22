"""Sizes: what an effect is worth on the log of its factor, and what makes it differ from trial to trial, from jobcentre
to jobcentre and from ledig to ledig.

An effect may be written as a plain factor, which is the same everywhere, or as a size. The size of a jobcentre is drawn
once in every world, around that of the trial, and may turn the sign; a named jobcentre may have its own. What differs
between ledige comes on top: by a characteristic, by what nobody sees, and by who holds the talks.

What differs between jobcentres is beside what differs between their caseworkers: a jobcentre with n of them differs
from others by sqrt(between_jobcentres² + between_caseworkers² / n).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
from pydantic import Discriminator, Field, Tag

from simulation.world.spec import Factor, Floats, Ids, Spec, unit
from simulation.world.staff.relations import NOBODY
from simulation.world.switch import BETWEEN_JOBCENTRES, EFFECTS, Switch

if TYPE_CHECKING:
    from simulation.world.world import World

LOG = "log of the factor"
LogFactor = Annotated[float, unit(LOG, ge=-5, le=3)]
SdOfLog = Annotated[float, unit("sd of the log", ge=0, le=2)]


class Size(Spec):
    """What an effect is worth, on the log of its factor; 0 is no effect."""

    log: Annotated[LogFactor, Field(description="Mean of the log of the factor, over all trials")]
    between_trials: Annotated[
        SdOfLog, Field(description="Between trials or countries: one draw for every world"),
        Switch("between_trials", "zero"),
    ] = 0.0  # fmt: skip
    between_jobcentres: Annotated[
        SdOfLog, Field(description="Between the jobcentres of a trial, beside what their caseworkers make of it"),
        BETWEEN_JOBCENTRES,
    ] = 0.0  # fmt: skip
    between_caseworkers: Annotated[
        SdOfLog, Field(description="Between caseworkers: of whoever held the last talk; nothing before the first one"),
        Switch("between_caseworkers", "zero"),
    ] = 0.0  # fmt: skip
    between_persons: Annotated[
        SdOfLog, Field(description="Between ledige, in what nobody sees"), Switch("between_persons", "zero")
    ] = 0.0
    jobcentres: Annotated[
        dict[str, LogFactor], Field(description="Log of the factor in named jobcentres, instead of a drawn one")
    ] = {}
    levels: Annotated[
        dict[str, dict[str, LogFactor]], Field(description="Added for a level of a characteristic; left out: 0")
    ] = {}

    @property
    def variance(self) -> float:
        """Variance of the log where nothing is named: trials, jobcentres, caseworkers and ledige together."""
        sds = (self.between_trials, self.between_jobcentres, self.between_caseworkers, self.between_persons)
        return sum(sd**2 for sd in sds)

    @property
    def mean_factor(self) -> float:
        """Mean of the factor over all that differs: exp(mean + variance / 2)."""
        return math.exp(self.log + self.variance / 2)

    @property
    def is_nothing(self) -> bool:
        """Whether the factor is 1 for everybody."""
        added = [each for levels in self.levels.values() for each in levels.values()]
        return not (self.log or self.variance or any(self.jobcentres.values()) or any(added))


def changes(size: float | Size) -> bool:
    """Whether an effect of this size changes anything."""
    return not size.is_nothing if isinstance(size, Size) else size != 1.0


def in_words(size: float | Size) -> str:
    """`× 1.2`, or `log 0.15 (mean factor 1.17)`."""
    return f"log {size.log:g} (mean factor {size.mean_factor:.3g})" if isinstance(size, Size) else f"× {size:g}"


def _which(raw: Any) -> str:
    return "[size]" if isinstance(raw, Mapping | Size) else "[factor]"


FactorOrSize = Annotated[
    Annotated[Factor, Tag("[factor]")] | Annotated[Size, Tag("[size]")], Discriminator(_which), unit("factor")
]
Effects = Annotated[dict[str, FactorOrSize], Switch(EFFECTS, "empty")]
"""What is done to the exit intensities of named destinations: a factor, or a size on the log."""


class Log:
    """The log of the factor of one size in all worlds of a batch: of a jobcentre, a ledig, and whoever talks with her.

    `decision` names the luck, so an effect of the same name has the same luck in every scenario.
    """

    def __init__(self, size: Size, decision: str, world: World) -> None:
        self.size, self.world, self.decision = size, world, decision
        self._rows = self._of_rows()
        if size.between_caseworkers:
            world.staff.follow_relations()
            self._met = np.full(len(world.ledige), NOBODY, dtype=np.int64)  # whose talent each has in `_talent`
            self._talent = np.zeros(len(world.ledige))

    def of(self, ids: Ids) -> float | Floats:
        """For these ids, this week: shape of `ids`, or one number where it is the same for all."""
        log: float | Floats = self.size.log if self._rows is None else self._rows.take(ids)
        relations = self.world.staff.relations
        if self.size.between_caseworkers and relations is not None:
            person = relations.person.take(ids)
            new = person != self._met.take(ids)
            if new.any():
                self._met[ids[new]] = person[new]
                self._talent[ids[new]] = self.world.staff.caseworkers.talent(person[new])
            log = log + self.size.between_caseworkers * self._talent.take(ids)
        return log

    def _of_rows(self) -> Floats | None:
        """What does not change during a run, shape (rows,); None: the same for all."""
        size, ledige = self.size, self.world.ledige
        drawn = size.between_trials or size.between_jobcentres or size.between_persons
        if not (drawn or size.jobcentres or size.levels):
            return None
        log = self._of_jobcentres().take(ledige.jobcentre)
        for name, by_level in size.levels.items():
            log += np.array([by_level.get(level, 0.0) for level in self.world.levels[name]])[ledige.subgroup[name]]
        if size.between_persons:
            log += size.between_persons * _normal(ledige.draws, f"{self.decision} ledig", len(ledige))
        return log

    def _of_jobcentres(self) -> Floats:
        """By row of the table of jobcentres."""
        size, jobcentres = self.size, self.world.jobcentres
        log = np.full(len(jobcentres), size.log)
        if size.between_trials:
            log += size.between_trials * _normal(jobcentres.trial, f"{self.decision} trial", len(jobcentres))
        if size.between_jobcentres:
            log += size.between_jobcentres * _normal(jobcentres.draws, f"{self.decision} jobcentre", len(jobcentres))
        own = np.array([size.jobcentres.get(name, np.nan) for name in jobcentres.name_of_row])
        return np.where(np.isnan(own), log, own)


def _normal(draws: Any, decision: str, rows: int) -> Floats:
    """Standard normal luck of all rows."""
    from scipy.special import ndtri

    return np.asarray(ndtri(draws.uniform(decision, 0, np.arange(rows))))
