"""What an intervention is to the program: settings that an analyst writes, and a running part that acts on them.

The settings (`Intervention`) are one frozen pydantic class whose fields are the YAML keys. The running part (`Running`)
keeps its own columns and overrides whichever of the methods below concern it; it knows its settings, never the reverse.
Both stand in one file, or one folder, together with the note on what the evidence says. Demand → delivery → effect:
`requests` asks, the jobcentre answers through `delivered`, and only what was delivered shows up in `effects`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from simulation.world.afgang import Afgang
from simulation.world.spec import Bools, Factor, Floats, Ids, Ints, Spec, ratios
from simulation.world.staff.booking import Appointments, Booking
from simulation.world.world import World

Effects = dict[str, Factor]
"""Factors on the exit intensities of named destinations."""
Totals = Mapping[str, Floats]
"""Counts over the whole run, every declared one: an array (worlds,) by name."""
Measured = Mapping[str, Floats]
"""Outcomes by name, with one number for each world."""
Found = Iterable[tuple[tuple[str | int, ...], str]]
"""Places within the settings of an intervention, and what is wrong or doubtful there."""


def worst(doubts: Sequence[tuple[float, tuple[str | int, ...], str]]) -> Found:
    """Of the same doubt about several jobcentres the gravest, by the number in front, with how many more there are."""
    if doubts:
        _, path, message = max(doubts, key=lambda one: one[0])
        yield path, message + (f" (and {len(doubts) - 1} more jobcentres)" if len(doubts) > 1 else "")


def stateless(path: tuple[str | int, ...], names: Iterable[str], setting: Setting) -> Found:
    """Of the interventions named here, those that keep no state (there is a key or an item for each name)."""
    for name in names:
        if not setting.interventions[name].keeps_state:
            with_state = [other for other, each in setting.interventions.items() if each.keeps_state]
            yield path, f"'{name}' keeps no state that ledige could be in; there is {', '.join(with_state) or 'none'}"


class Setting(Protocol):
    """What an intervention may know of the scenario that it stands in, to see whether it can work there."""

    @property
    def arms(self) -> Mapping[str, float]: ...
    @property
    def subgroups(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def exits(self) -> Mapping[str, Any]: ...
    @property
    def interventions(self) -> Mapping[str, Any]: ...
    @property
    def weeks(self) -> int: ...
    @property
    def elapsed_weeks(self) -> int:
        """Weeks on benefit at enrolment."""

    @property
    def staff_changes(self) -> bool:
        """Whether somebody of the staff is away or leaves at times."""

    @property
    def jobcentres(self) -> Mapping[str, Any]: ...
    def employment(self) -> Mapping[str, Any]: ...
    def persons(self) -> Mapping[str, int]: ...
    def teams_of(self, jobcentre: str) -> Mapping[str, Any]: ...


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
    course runs over, weeks since enrolment or months since referral; a `cumulative` one is of the weeks gone by.
    """

    unit: str
    definition: str
    of: Sum | None = None
    per: Sum | None = None
    rest: bool = False
    clock: Literal["week", "month"] = "week"
    cumulative: bool = False

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


class Intervention(Spec):
    """The settings of one intervention."""

    kind: str
    refers: ClassVar[Mapping[str, str]] = {}
    """Where the settings name something else: dotted pattern → `arms`, `teams`, `case_teams`, `jobcentres`, `exits`,
    `subgroups`, `interventions`, or `own X` for the keys of a part X of these settings. In a pattern `*` is any key or
    item, `<key>` the keys."""
    workplace: ClassVar[bool] = False
    """Whether a week in this offer is one of workplace activation."""
    marks_offers: ClassVar[bool] = False
    """Whether the register shows who is in an offer of it; there is room for 31 such interventions."""
    holds_talks: ClassVar[bool] = False
    """Whether it asks for minutes of staff to hold talks."""
    refers_people: ClassVar[bool] = False
    """Whether it keeps the week of each ledig's first referral in `world.referred`."""
    keeps_state: ClassVar[bool] = False
    """Whether it keeps a state of ledige in `world.states`, by its name, that others may refer to."""
    counts: ClassVar[Sequence[str]] = ()
    """What it counts, of itself alone."""
    outcomes: ClassVar[Mapping[str, Outcome]] = {}
    """Its outcomes, of itself alone; what they are called follows the intervention's name."""
    common_counts: ClassVar[Sequence[str]] = ()
    """What all interventions of the kind count together, under names that are nobody's own."""
    common_outcomes: ClassVar[Mapping[str, Outcome]] = {}
    """Outcomes of all interventions of the kind together, under names that are nobody's own."""
    refusals: ClassVar[Sequence[str]] = ()
    """Of the common counts, those of talks that staff had to refuse."""

    def problems(self, setting: Setting) -> Found:
        """What cannot be in this scenario; of several messages about one place (one a jobcentre) the first is shown."""
        return ()

    def doubts(self, setting: Setting) -> Found:
        """What will hardly work in this scenario, with the arithmetic."""
        return ()

    def measured(self, total: Totals, setting: Setting) -> Measured:
        """Its `outcomes` from its counts over the whole run: an array (worlds,) for every declared count."""
        return {what: each.measured(total) for what, each in self.outcomes.items() if each.of is not None}

    @classmethod
    def measured_together(cls, every: Sequence[Intervention], total: Totals, setting: Setting) -> Measured:
        """`common_outcomes` from the counts of all interventions of the kind (`every`) and from those that are nobody's
        own: an array (worlds,) for every declared count."""
        return {what: each.measured(total) for what, each in cls.common_outcomes.items() if each.of is not None}

    @classmethod
    def measured_of_teams(cls, total: Totals, setting: Setting) -> Measured:
        """`common_outcomes` of some teams, from the counts of what they did."""
        return {}

    @classmethod
    def measured_of_lives(cls, lives: Lives) -> Measured:
        """`common_outcomes` of the whole follow-up from the register."""
        return {}

    @classmethod
    def measured_by_week(cls, people: People) -> Measured:
        """`common_outcomes` that have a course, from the register: arrays (weeks, worlds)."""
        return {}

    def measured_of_people(self, people: People, setting: Setting) -> Iterable[tuple[str, str, str | None, Floats]]:
        """Its outcomes from the register: outcome, arm, jobcentre (None: all of them) and an array (worlds,)."""
        return ()

    def told_by_jobcentre(self, name: str) -> Told | None:
        """What the answer on screen tells of it jobcentre by jobcentre; `name` is what the scenario calls it."""
        return None


class Running:
    """The running part; by default it does nothing on any day."""

    def __init__(self, settings: Any, world: World, name: str, number: int) -> None:
        """`name` (the scenario's key) names its decisions and counts, `number` marks its offers in the register."""
        self.settings, self.world, self.name, self.number = settings, world, name, number
        self.count = world.register.counting(name, settings.counts)
        self.count_together = world.register.counting("", settings.common_counts)

    def enrolled(self, week: int, ids: Ids) -> None:
        """mandag: a benefit spell of these ids begins."""

    def mandag(self, week: int) -> None:
        """mandag, before cases are taken: changes of plan."""

    def effects(self, week: int) -> None:
        """tirsdag, before exits: multiply this week's intensities (`world.afgang.multiply`)."""

    def gone(self, week: int, ids: Ids) -> None:
        """tirsdag, after exits: hand back what these leavers held."""

    def tilbud(self, week: int) -> None:
        """torsdag: referral and matching."""

    def requests(self, week: int) -> Appointments | None:
        """fredag: ask for talks."""
        return None

    def delivered(self, week: int, appointments: Appointments, booking: Booking) -> None:
        """fredag: what became of these appointments."""

    def soendag(self, week: int) -> None:
        """søndag: count what stands, such as people waiting, and carry over what the week has changed."""


def apply(afgang: Afgang, effects: Mapping[str, float], ids: Ids, strength: float | Floats = 1.0) -> None:
    """Multiply the intensities of these ids by 1 + (factor − 1) × strength, but not below 0, for every destination."""
    if len(ids) == 0:
        return
    for destination, factor in effects.items():
        if factor != 1.0:
            afgang.multiply(destination, ids, np.maximum(1.0 + (factor - 1.0) * strength, 0.0))
