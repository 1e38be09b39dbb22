"""Job spells: how long a job lasts, how many hours a week, and who comes back to benefit."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field

from simulation.world.ledige import IN_JOB, Ledige
from simulation.world.spec import NEVER, NOT_PLANNED, Floats, HourDistribution, Ids, PerWeek, Share, Spec

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


class Jobs:
    """The job spells of all rows: hours a week now, and the mandag on which the job has ended."""

    def __init__(self, spec: JobSpells, ledige: Ledige) -> None:
        self.spec = spec
        self.ledige = ledige
        self.hours = np.zeros(len(ledige), dtype=np.uint8)
        self.ends = np.full(len(ledige), NEVER, dtype=np.int16)
        self._used_up = cumulated(spec.end_intensity)

    def begin(self, week: int, ids: Ids) -> None:
        """These ids begin a job this week."""
        draws = self.ledige.draws
        self.hours[ids] = draws.value(self.spec.hours, "job hours", week, ids)
        reserve = draws.exponential("job end", week, ids)
        weeks = 1 + np.searchsorted(self._used_up, reserve)
        self.ends[ids] = np.minimum(week + weeks, NOT_PLANNED)

    def ending(self, week: int) -> tuple[Ids, Ids]:
        """Whose job has ended by this mandag: those who come back to benefit, and those who do not."""
        ids = np.flatnonzero((self.ends == week) & (self.ledige.status == IN_JOB))
        self.hours[ids] = 0
        back = self.ledige.draws.uniform("return to benefit", week, ids) < self.spec.returns
        return ids[back], ids[~back]


def cumulated(end_intensity: dict[int, float]) -> Floats:
    """Reserve used up by the end of each week of a job, shape (TENURE_WEEKS,)."""
    starts = np.array(list(end_intensity))
    step: NDArray[np.intp] = np.searchsorted(starts, np.arange(TENURE_WEEKS), side="right") - 1
    return np.cumsum(np.array(list(end_intensity.values()))[step])
