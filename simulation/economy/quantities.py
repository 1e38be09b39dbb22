"""Quantities of a run: what there was of every item, in every replication and calendar year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from simulation.economy.arms import weeks_by_arm
from simulation.economy.clock import REFUSION, Refusion
from simulation.economy.displaced import jobs_moved
from simulation.economy.items import Item
from simulation.economy.living import problems
from simulation.economy.once import once
from simulation.economy.people import lived
from simulation.economy.staff import Way, staff
from simulation.economy.work import Declared, of_teams
from simulation.economy.years import years_of
from simulation.scenario.schema import Scenario
from simulation.world.ledige import LEDIG
from simulation.world.past import Past
from simulation.world.register import status_of
from simulation.world.spec import Floats, Ints

Key = TypeVar("Key", Item, str)


@dataclass(frozen=True)
class Quantities:
    """Of everybody in the run, or in one arm, from its first week to its last; arrays of shape (replications, years).

    `years` are calendar years by the Thursday rule, `weeks` how many weeks of each the run has (a year that it has
    not whole is not a year's cost), `persons` who was ever enrolled, shape (replications,). `of` has what is counted in
    one way, `staff` full-time weeks in several. `unsaid` has what may cost something and nobody can tell: person-weeks
    by the key that does not say what is lived on or worked, and matches whose hours are not known. `arms` have weeks on
    benefit of a person of each arm, and `moved` jobs that are displaced (`displaced.py`).
    """

    years: tuple[int, ...]
    weeks: tuple[int, ...]
    persons: Floats
    of: Mapping[Item, Floats]
    staff: Mapping[Way, Mapping[Item, Floats]]
    unsaid: Mapping[str, Floats]
    arms: Mapping[str, Floats] = field(default_factory=dict)
    moved: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        """Replications."""
        return len(self.persons)

    def priced(self, way: Way | None) -> dict[Item, Floats]:
        """What is to be priced, each thing once. With a way to reckon staff their time is, and not again what they do
        in it; with None their talks and the minutes that they used, which hold all else that they do. Raises
        ValueError for a way that was not reckoned."""
        outside = {item: each for item, each in self.of.items() if not item.in_time_of_staff}
        if way is None:
            return outside | {item: each for item, each in self.of.items() if item.kind in ("talk", "minutes")}
        if way not in self.staff:
            raise ValueError(f"staff was not reckoned by {way}; it was by {', '.join(self.staff)}")
        return {**outside, **self.staff[way]}

    @classmethod
    def joined(cls, batches: Sequence[Quantities]) -> Quantities:
        """Those of all batches of one scenario, one after the other."""
        first, none = batches[0], [np.zeros((len(each), len(each.years))) for each in batches]
        of_staff = {way: _side_by_side([each.staff[way] for each in batches], none) for way in first.staff}
        return cls(
            first.years, first.weeks, np.concatenate([each.persons for each in batches]),
            _side_by_side([each.of for each in batches], none), of_staff,
            _side_by_side([each.unsaid for each in batches], none),
            _side_by_side([each.arms for each in batches], none),
            _side_by_side([each.moved for each in batches], none),
        )  # fmt: skip


def quantities_of(
    scenario: Scenario,
    world: Past,
    arm: str | None = None,
    rules: Refusion = REFUSION,
    notice_weeks: int | None = None,
    before: Scenario | None = None,
) -> Quantities:
    """The quantities of a batch that has been run, of one arm (None: of everybody).

    What is paid once is of everybody, and of no arm. The time of a team that serves several arms is shared between them
    as their person-weeks on benefit in the same jobcentre and year. `notice_weeks` and `before` are as for `staff`.
    Raises ValueError if the scenario does not say on which benefit its people are.
    """
    if missing := problems(scenario):
        raise ValueError("; ".join(f"{'.'.join(path)}: {message}" for path, message in missing))
    calendar = years_of(scenario.start, scenario.weeks)
    year = calendar - calendar[0]
    names = list(scenario.arms)
    arms = [names.index(part) for part in (names if arm is None else scenario.parts[arm])]
    ledige, among = world.ledige, np.isin(world.ledige.arm, arms)
    people = lived(scenario, world, year, among, rules)
    enrolled = np.bincount(ledige.world[among & (ledige.entry < len(year))], minlength=world.jobcentres.worlds)
    part = None if arm is None else _part(scenario, world, year, arms)
    declared = Declared(scenario, world, year).add_up(arms)
    found = {**people.of, **declared.of, **of_teams(scenario, world, year, part)}
    if arm is None:
        found |= once(scenario, world.jobcentres.worlds, year)
    return Quantities(
        tuple(range(int(calendar[0]), int(calendar[-1]) + 1)), tuple(np.bincount(year).tolist()),
        enrolled.astype(np.float64), found,
        staff(scenario, world, year, part, notice_weeks, before),
        {**people.unsaid, **declared.unsaid}, weeks_by_arm(scenario, world, year),
        jobs_moved(scenario, world, int(year[-1]) + 1),
    )  # fmt: skip


def _part(scenario: Scenario, world: Past, year: Ints, arms: Sequence[int]) -> Floats:
    """How much of the time of each team is for these arms: (worlds, jobcentres, teams, years)."""
    places, names, ledige = list(scenario.jobcentres), list(scenario.arms), world.ledige
    cell = (ledige.jobcentre * len(names) + ledige.arm).astype(np.int64)
    cells = world.jobcentres.worlds * len(places) * len(names)
    weeks = np.zeros((cells, int(year[-1]) + 1))
    for week, codes in enumerate(world.register.codes):
        weeks[:, year[week]] += np.bincount(cell[status_of(codes) == LEDIG], minlength=cells)
    by_arm = weeks.reshape(world.jobcentres.worlds, len(places), len(names), -1)
    size = np.array(list(scenario.arms.values()), dtype=np.float64)[None, :, None]
    part = np.zeros((world.jobcentres.worlds, len(places), len(scenario.teams), by_arm.shape[-1]))
    for j, place in enumerate(places):
        own = scenario.teams_of(place)
        for t, (name, team) in enumerate(own.items()):
            doing = [team, *(other for other in own.values() if other.done_by == name)]
            open_to_all = any(each.arms is None for each in doing)
            named = {arm for each in doing for arm in each.arms or () for arm in scenario.parts[arm]}
            serves = np.array([open_to_all or arm in named for arm in names])[None, :, None]
            meant = np.isin(np.arange(len(names)), arms)[None, :, None]
            served = by_arm[:, j] * serves
            nobody = served.sum(axis=1, keepdims=True) == 0
            served = np.where(nobody, size * serves, served)
            part[:, j, t] = (served * meant).sum(axis=1) / served.sum(axis=1)
    return part


def _side_by_side(batches: Sequence[Mapping[Key, Floats]], none: Sequence[Floats]) -> dict[Key, Floats]:
    """Arrays by what they are of, one after the other; `none` where a batch has not met it."""
    names = dict.fromkeys(name for batch in batches for name in batch)
    return {
        name: np.concatenate([batch.get(name, no) for batch, no in zip(batches, none, strict=True)]) for name in names
    }
