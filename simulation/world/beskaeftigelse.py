"""Job spells: how long a job lasts, how many hours a week, and who comes back to benefit. (Hours worked beside benefit:
`small_jobs.py`.)

A destination to which ledige leave for a job that may end (an ordinary job, the old one, a fleksjob) has a job spell;
every other one is for good.

The luck of a job goes with the benefit spell before it, not with the calendar: who is helped to leave earlier has the
same job earlier, so that two scenarios can be compared person by person after the exit, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field

from simulation.world.frailty import of_jobcentres
from simulation.world.ledige import GONE, Ledige
from simulation.world.spec import (
    NEVER,
    NOT_PLANNED,
    Factor,
    Floats,
    HourDistribution,
    Ids,
    Ints,
    PerWeek,
    Share,
    Spec,
    Weeks,
    unit,
    where,
    whole_keys,
)
from simulation.world.staff.jobcentres import Jobcentres
from simulation.world.switch import BETWEEN_JOBCENTRES

MOST_HOURS = 100
TENURE_WEEKS = 4096
What = Literal["ends", "hours"]


def weeks_as_keys(raw: object) -> object:
    """A mapping of weeks to what holds from each on, as {0: 0.02, 13: 0.01}; other things as they are."""
    example = "{0: 0.02, 13: 0.01}, each from that week on"
    return whole_keys(raw, example, "a week") if isinstance(raw, Mapping) else raw


def from_week_zero(steps: dict[int, Any]) -> dict[int, Any]:
    """Raises ValueError unless there is a step for week 0."""
    if 0 not in steps:
        raise ValueError("the first step must begin in week 0")
    return steps


def _one_hour_or_more(hours: dict[int, float]) -> dict[int, float]:
    if 0 in hours:
        raise ValueError("a small job has 1 hour or more; how many have none is said by at_entry, begins and ends")
    return hours


class Beside(Spec):
    """Paid hours beside benefit, too few to end it: a ledig can be employed and enrolled at once."""

    at_entry: Annotated[Share, Field(description="Share who have such a job when they are first enrolled")]
    begins: Annotated[Share, Field(description="Chance in a week that a ledig without one begins one")]
    ends: Annotated[Share, Field(description="Chance in a week that it ends while she is on benefit")]
    hours: Annotated[
        HourDistribution, Field(description="Hours a week of a small job"), AfterValidator(_one_hour_or_more)
    ]


class JobSpell(Spec):
    """Jobs that simulated ledige leave benefit for."""

    hours: Annotated[HourDistribution, Field(description="Hours a week of the job")]
    end_intensity: Annotated[
        dict[Weeks, PerWeek],
        BeforeValidator(weeks_as_keys),
        AfterValidator(from_week_zero),
        Field(
            description="Weekly intensity of losing or leaving the job, from each week of it on",
            json_schema_extra={"unit": "per week"},
        ),
    ]
    returns: Annotated[Share, Field(description="Share of ended jobs that lead back to benefit")]
    jobcentre_sd: Annotated[
        float,
        unit("sd of the log", "Random differences of ends between jobcentres, drawn per replication", ge=0, le=2),
        BETWEEN_JOBCENTRES,
    ] = 0.0
    jobcentres: Annotated[dict[str, Factor], Field(description="Fixed factors on ends in named jobcentres")] = {}
    returns_to: Annotated[
        str | None, Field(description="Benefit on which who comes back is; absent: the one that she left")
    ] = None


class JobSpells(JobSpell):
    """Jobs behind the exit `job`, and what is worked beside benefit."""

    beside_benefit: Annotated[
        Beside | None,
        Field(description="Small jobs while on benefit; effects move beside_begins, _ends and _hours. Absent: none"),
    ] = None


class Jobs:
    """The jobs of all rows: paid hours a week now, in a job or beside benefit, and when a job is over."""

    def __init__(
        self,
        spells: Mapping[str, JobSpell],
        destinations: Sequence[str],
        ledige: Ledige,
        jobcentres: Jobcentres,
    ) -> None:
        """`spells` has the job spells by destination, `destinations` all that there are, in order."""
        self.spells, self.ledige = spells, ledige
        self.hours = np.zeros(len(ledige), dtype=np.uint8)
        self.ends = np.full(len(ledige), NEVER, dtype=np.int16)
        self.may_end = np.array([name in spells for name in destinations])  # by number of the destination
        self._returns = np.array([spells[name].returns if name in spells else 0.0 for name in destinations])
        self._used_up = {name: cumulated(spell.end_intensity) for name, spell in spells.items()}
        self._of_place = {  # factor on ends of every row of the jobcentre table
            name: of_jobcentres(f"{name} end", spell.jobcentre_sd, spell.jobcentres, jobcentres)
            for name, spell in spells.items()
            if spell.jobcentre_sd or spell.jobcentres
        }
        self._altered: dict[What, Floats] = {}  # factors on `ends` and `hours` of the next job; all others have 1
        self._least: Ints | None = None  # weeks that the next job lasts at least

    def alter(self, what: What, ids: Ids, factor: float | Floats) -> None:
        """tirsdag, before `begin`: the job for which these ids leave ends so many times as soon, or has so many times
        the hours."""
        self._altered.setdefault(what, np.ones(len(self.ledige)))[ids] *= factor

    def hold(self, ids: Ids, weeks: int) -> None:
        """tirsdag, before `begin`: the job for which these ids leave lasts so many weeks at least."""
        if self._least is None:
            self._least = np.zeros(len(self.ledige), dtype=np.int16)
        self._least[ids] = weeks

    def begin(self, week: int, ids: Ids, destination: str) -> None:
        """These ids leave benefit for this destination this week: they begin a job, unless it is for good."""
        if (spell := self.spells.get(destination)) is None:
            return
        altered = {what: factor.take(ids) for what, factor in self._altered.items()}
        for factor in self._altered.values():
            factor[ids] = 1.0
        draws, number = self.ledige.draws, self.ledige.spell.take(ids)
        hours = draws.value(spell.hours, f"{destination} hours", number, ids)
        if "hours" in altered:
            chance = draws.uniform(f"{destination} hours rounded", number, ids)
            hours = whole_hours(hours, altered["hours"], chance)
        self.hours[ids] = hours
        reserve = draws.exponential(f"{destination} end", number, ids)
        if destination in self._of_place:
            at = self._of_place[destination].take(self.ledige.jobcentre.take(ids))
            altered["ends"] = at * altered["ends"] if "ends" in altered else at
        if "ends" in altered:
            reserve = np.divide(reserve, altered["ends"], out=np.full(len(ids), np.inf), where=altered["ends"] > 0)
        weeks = 1 + np.searchsorted(self._used_up[destination], reserve)
        if self._least is not None:
            weeks = np.maximum(weeks, self._least.take(ids))
            self._least[ids] = 0
        self.ends[ids] = np.minimum(week + weeks, NOT_PLANNED)

    def ending(self, week: int) -> tuple[Ids, Ids]:
        """Whose job has ended by this mandag: those who come back to benefit, and those who do not."""
        ids = where(self.ends == week)
        self.hours[ids] = 0
        returns = self._returns.take(self.ledige.status.take(ids) - GONE)
        back = self.ledige.draws.uniform("return to benefit", self.ledige.spell.take(ids), ids) < returns
        return ids[back], ids[~back]


def cumulated(end_intensity: dict[int, float]) -> Floats:
    """Reserve used up by the end of each week of a job, shape (TENURE_WEEKS,)."""
    starts = np.array(list(end_intensity))
    step: NDArray[np.intp] = np.searchsorted(starts, np.arange(TENURE_WEEKS), side="right") - 1
    return np.cumsum(np.array(list(end_intensity.values()))[step])


def whole_hours(hours: Ints, factor: Floats, chance: Floats) -> NDArray[np.int64]:
    """Hours times a factor as whole hours: one more with the chance of what is over, so that the mean is right; at
    least 1 and at most 100, but 0 where there are none. All of the same shape."""
    exact = hours * factor
    whole = np.floor(exact)
    whole += chance < exact - whole
    return np.where(hours > 0, np.clip(whole, 1, MOST_HOURS), 0).astype(np.int64)
