"""The lives of one replication: what each ledig was on from which day to which, what happened to her, and her hours.

The register of the model has the ends of weeks. An export has days: who leaves on tirsdag was on benefit on mandag, and
who is back on mandag and leaves on tirsdag was on benefit for one day, of which the end of the week shows nothing. So
the same replication is run again (same seed, same world), and what happens is written down on its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.large import slices_of
from simulation.scenario.schema import Scenario
from simulation.week import ENROLLED, LEAVES, PASSES, run
from simulation.world.labels import Event
from simulation.world.ledige import OUT, elapsed_at_entry
from simulation.world.names import common
from simulation.world.register import EXIT, Register, status_of
from simulation.world.spec import NOT_PLANNED, WEEK, Bools, Ids, Ints
from simulation.world.world import World


@dataclass(frozen=True)
class Episodes:
    """Rows of who was in which state from which day to before which, in the order of persons and days.

    Day 0 is the mandag of week 0 of the run; who was on benefit before it begins on an earlier day. `state` is the
    number of a benefit, or the number of benefits and that of a destination. `ended` is false where the run ends first.
    """

    person: Ints
    state: Ints
    first: Ints
    end: Ints
    ended: Bools

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Happenings:
    """Rows of what happened to whom on which day, in the order of persons and then as it happened; `kind` is the place
    in `kinds`."""

    person: Ints
    day: Ints
    kind: Ints
    kinds: tuple[Event, ...]


@dataclass(frozen=True)
class Lives:
    """One replication of a scenario. A person is a place in `number` (her name in a diary), `jobcentre`, `arm` and
    `levels` (places in the lists of the scenario), shape (persons,). `hours` are paid hours in each week of the run,
    shape (weeks, persons); None: the scenario has no jobs. `never_enrolled` left benefit before they were enrolled: of
    them nothing is known but that."""

    scenario: Scenario
    replication: int
    number: Ints
    jobcentre: Ints
    arm: Ints
    levels: dict[str, Ints]
    hours: NDArray[np.uint8] | None
    episodes: Episodes
    happenings: Happenings
    counts: dict[str, Ints]
    never_enrolled: int

    def __len__(self) -> int:
        return len(self.number)


class _Notes:
    """What a run tells of its days, written down."""

    def __init__(self, scenario: Scenario, kinds: dict[tuple[object, ...], Event]) -> None:
        self.kinds = kinds
        self._benefits, self._exits = list(scenario.benefits), list(scenario.exits)
        self._begins = max(len(self._benefits), 1)  # number of the first destination
        self.moves: list[tuple[int, Ids, Ints]] = []
        self.told: list[tuple[int, Ids, int]] = []

    def watch(self, register: Register) -> None:
        """Before the run begins: whose benefits are to be read."""
        self.ledige = register.ledige

    def __call__(self, day: int, ids: Ids, event: Event) -> None:
        if not len(ids):
            return
        key = (event.what, *event.keys.items())
        self.kinds.setdefault(key, event)
        self.told.append((day, ids.astype(np.int32), list(self.kinds).index(key)))
        if event.what == LEAVES:
            self._move(day, ids, self._begins + self._exits.index(event.keys["exit"]))
        elif event.what == PASSES:
            self._move(day, ids, self._benefits.index(event.keys["benefit"]))
        elif event.what == ENROLLED:
            self._move(day, ids, 0 if self.ledige.benefit is None else self.ledige.benefit.take(ids))

    def _move(self, day: int, ids: Ids, state: int | NDArray[np.uint8]) -> None:
        self.moves.append((day, ids.astype(np.int32), np.broadcast_to(state, ids.shape).astype(np.int16)))


def states_of(scenario: Scenario) -> list[str]:
    """The names of all states: benefits (the one that the scenario says they are on; "" where it says none), then
    destinations."""
    return [*(scenario.benefits or [scenario.benefit or ""]), *scenario.exits]


def lives(scenario: Scenario, replication: int) -> Lives:
    """One replication, simulated once more. Raises `simulation.world.invariants.Broken`."""
    kinds: dict[tuple[object, ...], Event] = {}
    persons = scenario.persons()
    slices = slices_of(scenario)
    parts, first = [], 0
    for names in slices:
        notes = _Notes(scenario, kinds)
        world = run(scenario, [replication], notes, jobcentres=None if len(slices) == 1 else names, into=notes.watch)
        parts.append(_lives(scenario, replication, world, notes, names, first))
        first += sum(persons[name] for name in names)
    return _joined(parts, tuple(kinds.values()))


def _lives(
    scenario: Scenario, replication: int, world: World, notes: _Notes, names: Sequence[str], first: int
) -> Lives:
    """Those of some jobcentres, whose ledige are numbered from `first` on."""
    ledige, register = world.ledige, world.register
    rows = np.flatnonzero(ledige.entry != NOT_PLANNED)
    rows = rows[np.argsort(ledige.number[rows], kind="stable")]
    place = np.full(len(ledige), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    weeks_before = elapsed_at_entry(scenario.intake, list(scenario.arms), names, scenario.subgroups, ledige)
    begins = (ledige.entry.astype(np.int64) - weeks_before)[rows] * WEEK
    is_out = status_of(register.codes) == OUT
    out = np.where(is_out.any(axis=0), is_out.argmax(axis=0) * WEEK, scenario.weeks * WEEK)[rows]
    counts = {name: register.counts[common(name)].sum(axis=1, dtype=np.int64) for name in _counted(scenario)}
    return Lives(
        scenario, replication,
        number=ledige.number[rows].astype(np.int64) + first,
        jobcentre=np.array([list(scenario.jobcentres).index(name) for name in names])[ledige.jobcentre[rows]],
        arm=ledige.arm[rows].astype(np.int64),
        levels={name: level[rows].astype(np.int64) for name, level in ledige.subgroup.items()},
        hours=None if register.hours is None else register.hours[:, rows],
        episodes=_episodes(notes, place, begins, out, scenario.weeks * WEEK),
        happenings=_happenings(notes, place),
        counts=counts,
        never_enrolled=len(ledige) - len(rows),
    )  # fmt: skip


def _counted(scenario: Scenario) -> list[str]:
    return ["enrolled", *(EXIT + name for name in scenario.exits)]


def _episodes(notes: _Notes, place: Ints, begins: Ints, out: Ints, horizon: int) -> Episodes:
    """From the moves. `begins` is the day on which each came on benefit, `out` that on which the last job of each was
    over without a return (the end of the run, `horizon`, for all others), both by person."""
    person, day, state = _columns(notes.moves, place)
    moved = np.append(True, (person[1:] != person[:-1]) | (state[1:] != state[:-1]))[: len(person)]
    person, day, state = person[moved], day[moved], state[moved]  # who has passed is enrolled once more
    changes = person[1:] != person[:-1]
    is_first, is_last = np.append(True, changes)[: len(person)], np.append(changes, True)[: len(person)]
    end = np.append(day[1:], horizon)[: len(person)]
    end[is_last] = out[person[is_last]]
    day[is_first] = begins[person[is_first]]
    return Episodes(person, state, day, end, end < horizon)


def _happenings(notes: _Notes, place: Ints) -> Happenings:
    person, day, kind = _columns([(day, ids, np.full(len(ids), kind)) for day, ids, kind in notes.told], place)
    return Happenings(person, day, kind, ())


def _columns(notes: Sequence[tuple[int, Ids, Ints]], place: Ints) -> tuple[Ints, Ints, Ints]:
    """Persons, days and what: in the order of persons, of each as it was written down."""
    person = np.concatenate([np.empty(0, dtype=np.int64), *(place[ids] for _, ids, _ in notes)])
    day = np.repeat([day for day, _, _ in notes], [len(ids) for _, ids, _ in notes]).astype(np.int64)
    what = np.concatenate([np.empty(0, dtype=np.int64), *(what for _, _, what in notes)])
    order = np.argsort(person, kind="stable")
    order = order[person[order] >= 0]
    return person[order], day[order], what[order]


def _joined(parts: Sequence[Lives], kinds: tuple[Event, ...]) -> Lives:
    """All of them, in the order of their numbers."""
    firsts = np.cumsum([0, *(len(part) for part in parts)])

    def put(of: str, names: Sequence[str]) -> dict[str, Any]:
        found = {name: np.concatenate([getattr(getattr(part, of), name) for part in parts]) for name in names}
        many = [len(getattr(part, of).person) for part in parts]
        return {**found, "person": found["person"] + np.repeat(firsts[:-1], many)}

    hours = [part.hours for part in parts if part.hours is not None]
    one = parts[0]
    return Lives(
        one.scenario, one.replication,
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in ("number", "jobcentre", "arm")},
        levels={name: np.concatenate([part.levels[name] for part in parts]) for name in one.levels},
        hours=np.concatenate(hours, axis=1) if hours else None,
        episodes=Episodes(**put("episodes", ("person", "state", "first", "end", "ended"))),
        happenings=Happenings(**put("happenings", ("person", "day", "kind")), kinds=kinds),
        counts={name: np.sum([part.counts[name] for part in parts], axis=0) for name in one.counts},
        never_enrolled=sum(part.never_enrolled for part in parts),
    )  # fmt: skip
