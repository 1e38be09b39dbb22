"""What an outcome is: unit, definition and the counts that it is made of, or what of the register it is measured on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.spec import Bools, Floats, Ids, Ints, ratios

Totals = Mapping[str, Floats]
"""Counts over the whole run, every declared one: an array (worlds,) by name."""


Measured = Mapping[str, Floats]
"""Outcomes by name, with one number for each world."""


class Sum:
    """Counts that are added up, less others."""

    def __init__(self, *plus: str, less: Sequence[str] = ()) -> None:
        self.plus, self.less = plus, tuple(less)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.plus, self.less) == (other.plus, other.less)

    def __hash__(self) -> int:
        return hash((self.plus, self.less))

    def of(self, total: Totals) -> Floats:
        """What they come to. Raises KeyError for a count that is not declared."""
        added = sum((total[what] for what in self.plus[1:]), total[self.plus[0]])
        return np.asarray(added - sum(total[what] for what in self.less) if self.less else added)


@dataclass(frozen=True)
class Outcome:
    """A figure that the program can tell: its unit, what it is, and of which counts it is made, if of any.

    It is the sum `of`, or that sum `per` another one, or with `rest` what is missing of that to 1. `clock` is what its
    course runs over, weeks since enrolment or months since referral; a `cumulative` one is of the weeks gone by, told
    after each of them, and one with a `course` is of a single week.
    """

    unit: str
    definition: str
    of: Sum | None = None
    per: Sum | None = None
    rest: bool = False
    clock: Literal["week", "month"] = "week"
    cumulative: bool = False
    course: bool = False

    @property
    def by_week(self) -> bool:
        """Whether it is told week by week since enrolment."""
        return self.course or self.cumulative

    def measured(self, total: Totals) -> Floats:
        """The figure from counts over the whole run, in every world; NaN where there is nothing to take a part of."""
        assert self.of is not None
        part = self.of.of(total)
        if self.per is None:
            return part
        share = ratios(part, self.per.of(total))
        return 1.0 - share if self.rest else share


class People(Protocol):
    """What the register shows, week by week since enrolment, of the measured ledige of all worlds of a batch.

    Arrays have the shape (weeks, people) or (people,); answers by world have one number for each.
    """

    @property
    def arm(self) -> Ints: ...
    @property
    def jobcentre(self) -> Ints: ...
    @property
    def on_benefit(self) -> Bools: ...
    @property
    def talk(self) -> Bools: ...
    @property
    def praktik(self) -> Bools: ...
    def of(self, people: Ids) -> People: ...
    def total(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Sum over people (or some of them) and weeks, shape (worlds,)."""

    def by_week(self, column: NDArray[Any]) -> Ints:
        """Sum over people, shape (weeks, worlds)."""

    def mean(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Mean over people (or some of them) of a column of shape (people,), shape (worlds,); NaN of nobody."""


class Lives(Protocol):
    """The same added up by person: arrays of shape (people,), weeks or talks."""

    @property
    def full_weeks(self) -> Ints: ...
    @property
    def stays(self) -> Bools: ...
    @property
    def talks(self) -> Ints: ...
    @property
    def talks_in_full_weeks(self) -> Ints: ...
    @property
    def first_talk(self) -> Ints: ...
    @property
    def last_talk(self) -> Ints: ...
    @property
    def other_channel(self) -> Ints: ...
    @property
    def no_shows(self) -> Ints: ...
    def total(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Sum over people (or some of them), shape (worlds,)."""

    def mean(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Mean over people (or some of them), shape (worlds,); NaN of nobody."""


class Told(NamedTuple):
    """A table of an arm by jobcentre: lines above it, outcomes with the heads of their columns, and the outcome that
    takes the place of `{total}` in the lines."""

    arm: str
    head: Sequence[str]
    columns: Mapping[str, str]
    total: str
