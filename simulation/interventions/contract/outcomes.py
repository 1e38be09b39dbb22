"""What an outcome is: unit, definition and the counts that it is made of, or what of the register it is measured on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.labels import Label
from simulation.world.spec import Bools, Floats, Ids, Ints, ratios

Totals = Mapping[str, Floats]
"""Counts over the whole run, every declared one: an array (worlds,) by name."""


Measured = Mapping[str, Floats]
"""Outcomes by name, with one number for each world."""
OnScreen = Literal["always", "unless 0", "never"]


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

    Its `label` is what people read in the place of its name, without time and unit; a gap `{name}` is the intervention.

    It is the sum `of`, or that sum `per` another one, or with `rest` what is missing of that to 1. `clock` is what its
    course runs over, weeks since enrolment or months since referral; a `cumulative` one is of the weeks gone by, told
    after each of them, and one with a `course` is of a single week. What is made of counts or counted by month is of
    the whole run, and what says so (`whole_run`), such as figures of staff: such outcomes of runs of different lengths
    are never compared.
    A mean wait `of_served` alone names the two that count everybody who waits: their mean, and the share not served.
    What is `never` on screen stands in tables alone.

    What is told `at` some weeks alone is told after those that the scenario names: after each of `states_at`, of each
    of its `periods` by itself, or from enrolment to each of the `period_ends`.

    Its interval is within `lowest` and 1 (a share) or nothing (all else), and where nobody had an event, as narrow as
    is possible for so many `units`. `event` is a time that may come after the follow-up, where it is not seen.
    """

    unit: str
    definition: str
    of: Sum | None = None
    per: Sum | None = None
    rest: bool = False
    clock: Literal["week", "month"] = "week"
    cumulative: bool = False
    course: bool = False
    whole_run: bool = False
    of_served: tuple[str, str] | None = None
    on_screen: OnScreen = "always"
    lowest: float = 0.0
    units: Literal["persons", "jobcentres", "few"] | None = None  # absent: persons, of an intervention's own few
    event: bool = False
    at: Literal["states_at", "periods", "period_ends"] | None = None
    _: KW_ONLY
    label: Label

    @property
    def of_whole_run(self) -> bool:
        """Whether it depends on how long the run is watched, beyond the follow-up of those who are measured."""
        return self.whole_run or self.of is not None or self.clock == "month"

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


SERVED = Label("Wait for {what}, those who got one", "Ventetid på {what}, dem der fik en")
EVERYBODY = Label("Wait for {what}, everybody", "Ventetid på {what}, alle")
UNSERVED = Label("Still without {what}", "Stadig uden {what}")


def with_everybody(
    name: str,
    definition: str,
    wait: str,
    what: Label,
    of: Sum | None = None,
    per: Sum | None = None,
    whole_run: bool = False,
    on_screen: OnScreen = "never",
) -> dict[str, Outcome]:
    """A mean wait of those who were served, and beside it the same wait of everybody, and the share not served.

    `wait` says in words what begins it and what ends it, `what` is waited for. The share is `on_screen` as is said.
    """
    everybody, unserved = f"{name}_all", f"{name}_unserved"
    return {
        name: Outcome(
            "weeks",
            definition,
            of,
            per,
            whole_run=whole_run,
            of_served=(everybody, unserved),
            label=SERVED.of(what=what),
        ),
        everybody: Outcome(
            "weeks",
            f"Mean weeks of everybody {wait}, up to the follow-up (product limit): who left or gave up meanwhile, or "
            "waits still at the end of the run, would have waited on as the others did, and to the horizon where "
            "nobody is left who could tell; if nobody is served it is the whole follow-up",
            whole_run=True,
            on_screen="unless 0",
            label=EVERYBODY.of(what=what),
        ),
        unserved: Outcome(
            "share",
            f"Share of everybody who waits {wait} who have not been served within so many weeks (the first is that in "
            "which the wait begins; no week: within the follow-up, as far as anybody could be watched); who left or "
            "gave up meanwhile has not (competing ends, Aalen-Johansen), who waits still is censored",
            cumulative=True,
            whole_run=True,
            on_screen=on_screen,
            label=UNSERVED.of(what=what),
        ),
    }


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
    def personal_talk(self) -> Bools | None: ...
    @property
    def praktik(self) -> Bools: ...
    def of(self, people: Ids) -> People: ...
    def lives(self) -> Lives:
        """The same, added up over the weeks."""

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
    def personal_talks(self) -> Ints | None: ...
    @property
    def personal_talks_in_full_weeks(self) -> Ints | None: ...
    @property
    def no_shows(self) -> Ints: ...
    def of(self, people: Ids) -> Lives: ...
    def apart(self, part: Ints, parts: int) -> Lives:
        """The same people, each part of a world (`part` by person, from 0 on) counted as a world of its own: those of
        the first world come first."""

    def total(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Sum over people (or some of them), shape (worlds,)."""

    def until(self, week: Ints, comes: Bools) -> tuple[Floats, Floats, Floats]:
        """How long everybody waits on benefit for what comes in this `week` of each (to whom it `comes` at all): mean
        weeks and share to whom it has not come, shape (worlds,), and the latter after 0, 1, ... weeks, (weeks + 1,
        worlds).
        """

    def mean(self, column: NDArray[Any], among: Bools | None = None) -> Floats:
        """Mean over people (or some of them), shape (worlds,); NaN of nobody."""


class Told(NamedTuple):
    """A table of an arm by jobcentre: lines above it, outcomes with the heads of their columns, and the outcome that
    takes the place of `{total}` in the lines."""

    arm: str
    head: Sequence[str]
    columns: Mapping[str, str]
    total: str
