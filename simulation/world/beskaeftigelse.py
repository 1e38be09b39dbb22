"""Job spells: how long a job lasts, how many hours a week, who comes back to benefit, and hours worked beside it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field

from simulation.world.ledige import IN_JOB, LEDIG, Ledige
from simulation.world.spec import NEVER, NOT_PLANNED, Floats, HourDistribution, Ids, PerWeek, Share, Spec, where

TENURE_WEEKS = 4096


def _weeks(raw: object) -> object:
    if not isinstance(raw, dict):
        return raw
    if bad := [key for key in raw if not str(key).isdigit()]:
        raise ValueError(f"'{bad[0]}' is not a week; write {{0: 0.02, 13: 0.01}}, each from that week of the job on")
    return dict(sorted((int(key), float(value)) for key, value in raw.items()))


def _from_zero(steps: dict[int, float]) -> dict[int, float]:
    if 0 not in steps:
        raise ValueError("the first step must begin in week 0")
    return steps


def _some(hours: dict[int, float]) -> dict[int, float]:
    if 0 in hours:
        raise ValueError("a small job has 1 hour or more; how many have none is said by at_entry, begins and ends")
    return hours


class Beside(Spec):
    """Paid hours beside benefit, too few to end it: a ledig can be employed and enrolled at once."""

    at_entry: Annotated[Share, Field(description="Share who have such a job when they are first enrolled")]
    begins: Annotated[Share, Field(description="Chance in a week that a ledig without one begins one")]
    ends: Annotated[Share, Field(description="Chance in a week that it ends while she is on benefit")]
    hours: Annotated[HourDistribution, AfterValidator(_some)]


class JobSpells(Spec):
    """Jobs that simulated ledige find."""

    hours: HourDistribution
    end_intensity: Annotated[
        dict[int, PerWeek],
        BeforeValidator(_weeks),
        AfterValidator(_from_zero),
        Field(
            description="Weekly intensity of losing or leaving the job, from each week of it on",
            json_schema_extra={"unit": "per week"},
        ),
    ]
    returns: Annotated[Share, Field(description="Share of ended jobs that lead back to benefit")]
    beside_benefit: Annotated[Beside | None, Field(description="Small jobs while on benefit; absent: none")] = None


class Jobs:
    """The jobs of all rows: paid hours a week now, in a job or beside benefit, and when a job is over."""

    def __init__(self, spec: JobSpells, ledige: Ledige) -> None:
        self.spec = spec
        self.ledige = ledige
        self.hours = np.zeros(len(ledige), dtype=np.uint8)
        self.ends = np.full(len(ledige), NEVER, dtype=np.int16)
        self.beside = np.zeros(len(ledige), dtype=np.uint8)  # hours of the small job, within `hours`
        self.changes = np.full(len(ledige), NEVER, dtype=np.int16)  # mandag on which the small job begins or ends
        self._used_up = cumulated(spec.end_intensity)

    def begin(self, week: int, ids: Ids) -> None:
        """These ids begin a job this week; they have left benefit, and what they worked beside it (`leave`)."""
        draws = self.ledige.draws
        self.hours[ids] = draws.value(self.spec.hours, "job hours", week, ids)
        reserve = draws.exponential("job end", week, ids)
        weeks = 1 + np.searchsorted(self._used_up, reserve)
        self.ends[ids] = np.minimum(week + weeks, NOT_PLANNED)

    def ending(self, week: int) -> tuple[Ids, Ids]:
        """Whose job has ended by this mandag: those who come back to benefit, and those who do not."""
        ids = where((self.ends == week) & (self.ledige.status == IN_JOB))
        self.hours[ids] = 0
        back = self.ledige.draws.uniform("return to benefit", week, ids) < self.spec.returns
        return ids[back], ids[~back]

    # --- beside benefit -----------------------------------------------------------------------------------

    def enrolled(self, week: int, first: Ids, again: Ids) -> None:
        """A benefit spell begins: some of the first-time enrolled have a small job, the others may find one."""
        if self.spec.beside_benefit is None:
            return
        has = self.ledige.draws.uniform("small job at entry", week, first) < self.spec.beside_benefit.at_entry
        self._begin_beside(week, first[has])
        self._wait_for_one(week, np.concatenate((first[~has], again)))

    def beside_benefit(self, week: int) -> None:
        """mandag: small jobs end and begin."""
        if self.spec.beside_benefit is None:
            return
        ids = where((self.changes == week) & (self.ledige.status == LEDIG))
        has = self.beside.take(ids) > 0
        self._end_beside(ids[has])
        self._wait_for_one(week, ids[has])
        self._begin_beside(week, ids[~has])

    def leave(self, ids: Ids) -> None:
        """These ids leave benefit, and work nothing beside it any more."""
        if self.spec.beside_benefit is not None:
            self._end_beside(ids)
            self.changes[ids] = NEVER

    def _begin_beside(self, week: int, ids: Ids) -> None:
        assert self.spec.beside_benefit is not None
        draws = self.ledige.draws
        self.beside[ids] = draws.value(self.spec.beside_benefit.hours, "small job hours", week, ids)
        self.hours[ids] += self.beside[ids]
        lasts = 1 + draws.weeks_until(self.spec.beside_benefit.ends, "small job end", week, ids)
        self.changes[ids] = np.minimum(week + lasts, NOT_PLANNED)

    def _end_beside(self, ids: Ids) -> None:
        self.hours[ids] -= self.beside[ids]
        self.beside[ids] = 0

    def _wait_for_one(self, week: int, ids: Ids) -> None:
        assert self.spec.beside_benefit is not None
        wait = 1 + self.ledige.draws.weeks_until(self.spec.beside_benefit.begins, "small job", week, ids)
        self.changes[ids] = np.minimum(week + wait, NOT_PLANNED)


def cumulated(end_intensity: dict[int, float]) -> Floats:
    """Reserve used up by the end of each week of a job, shape (TENURE_WEEKS,)."""
    starts = np.array(list(end_intensity))
    step: NDArray[np.intp] = np.searchsorted(starts, np.arange(TENURE_WEEKS), side="right") - 1
    return np.cumsum(np.array(list(end_intensity.values()))[step])
