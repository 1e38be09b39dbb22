"""What an intervention is to the program: settings that an analyst writes, and a running part that acts on them.

The settings (`Intervention`) are one frozen pydantic class whose fields are the YAML keys. The running part (`Running`)
keeps its own columns and overrides whichever of the methods below concern it; it knows its settings, never the reverse.
Both stand in one file, or one folder, together with the note on what the evidence says. Demand → delivery → effect:
`requests` asks, the jobcentre answers through `delivered`, and only what was delivered shows up in `effects`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

import numpy as np

from simulation.world.afgang import Afgang
from simulation.world.spec import Factor, Floats, Ids, Spec
from simulation.world.staff.desks import Booking, Requests
from simulation.world.world import World

Effects = dict[str, Factor]
"""Factors on the exit intensities of named destinations."""
Found = Iterable[tuple[tuple[str | int, ...], str]]
"""Places within the settings of an intervention, and what is wrong or doubtful there."""


def worst(found: Sequence[tuple[float, tuple[str | int, ...], str]]) -> Found:
    """Of the same doubt about several jobcentres the gravest, by the number in front, with how many more there are."""
    if found:
        _, path, message = max(found, key=lambda one: one[0])
        yield path, message + (f" (and {len(found) - 1} more jobcentres)" if len(found) > 1 else "")


def stateless(path: tuple[str | int, ...], names: Iterable[str], setting: Setting) -> Found:
    """Of the interventions named here, those that keep no state (there is a key or an item for each name)."""
    for name in names:
        if not setting.interventions[name].keeps_state:
            there = [other for other, each in setting.interventions.items() if each.keeps_state]
            yield path, f"'{name}' keeps no state that ledige could be in; there is {', '.join(there) or 'none'}"


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
    def employment(self) -> Mapping[str, Any]: ...
    def persons(self) -> Mapping[str, int]: ...
    def teams_of(self, jobcentre: str) -> Mapping[str, Any]: ...


class Intervention(Spec):
    """The settings of one intervention."""

    kind: str
    refers: ClassVar[Mapping[str, str]] = {}
    """Where the settings name something else: dotted pattern → `arms`, `teams`, `case_teams`, `jobcentres`, `exits`,
    `subgroups`, `interventions`, or `own X` for the keys of a part X of these settings. In a pattern `*` is any key or
    item, `<key>` the keys."""
    workplace: ClassVar[bool] = False
    """Whether a week in this offer is one of workplace activation."""
    refers_people: ClassVar[bool] = False
    """Whether it keeps the week of each ledig's first referral in `world.referred`."""
    keeps_state: ClassVar[bool] = False
    """Whether it keeps a state of ledige in `world.states`, by its name, that others may refer to."""
    outcomes: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Its outcomes: what follows the intervention's name in the outcome's, such as `started` → unit, definition."""

    def problems(self, setting: Setting) -> Found:
        """What cannot be in this scenario; of several messages about one place (one a jobcentre) the first is shown."""
        return ()

    def doubts(self, setting: Setting) -> Found:
        """What will hardly work in this scenario, with the arithmetic."""
        return ()

    def measured(self, total: Mapping[str, float]) -> Mapping[str, float]:
        """Its `outcomes` from its counts over the whole run (without the intervention's name, absent: 0)."""
        return {}


class Running:
    """The running part; by default it does nothing on any day."""

    def __init__(self, settings: Any, world: World, name: str, number: int) -> None:
        """`name` (the scenario's key) names its decisions and counts, `number` marks its offers in the register."""

    def enrolled(self, week: int, ids: Ids) -> None:
        """mandag: a benefit spell of these ids begins."""

    def mandag(self, week: int) -> None:
        """mandag, before cases are taken: changes of plan."""

    def effects(self, week: int) -> None:
        """tirsdag, before exits: multiply this week's intensities (`world.afgang.multiply`)."""

    def left(self, week: int, ids: Ids) -> None:
        """tirsdag, after exits: hand back what these leavers held."""

    def tilbud(self, week: int) -> None:
        """torsdag: referral and matching."""

    def requests(self, week: int) -> Requests | None:
        """fredag: ask for talks."""
        return None

    def delivered(self, week: int, requests: Requests, booking: Booking) -> None:
        """fredag: what became of the requests."""

    def count(self, week: int) -> None:
        """søndag: count what stands, such as people waiting."""


def apply(afgang: Afgang, effects: Mapping[str, float], ids: Ids, strength: float | Floats = 1.0) -> None:
    """Multiply the intensities of these ids by 1 + (factor − 1) × strength, but not below 0, for every destination."""
    if len(ids) == 0:
        return
    for destination, factor in effects.items():
        if factor != 1.0:
            afgang.multiply(destination, ids, np.maximum(1.0 + (factor - 1.0) * strength, 0.0))
