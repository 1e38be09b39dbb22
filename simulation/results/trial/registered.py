"""What an evaluator has of a trial: the register at the time of the analysis, with what it lacks.

Exits may be registered late or never, by lot; some are left out of the data, of others nothing more is known from some
week on; and the last weeks before the analysis are not there yet. All of it goes by luck of each person's own, so it is
the same whatever else is in the data, and in all worlds of a rehearsal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulation.results.trial.people import EXITS, People, destinations_of
from simulation.results.trial.tally import Course, Moments, Tally
from simulation.scenario.allotting import analysed_in
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial
from simulation.world.draws import uniform, weeks_until
from simulation.world.spec import Bools, Floats, Ints

NO_WEEK = 2**20
"""Stands for a week after every other one."""


@dataclass(frozen=True)
class Registration:
    """What the data lack. Shares and weeks are of (control, treated), by lot; `until` is the first week of the run that
    is not in the register yet, None: all are."""

    missed: tuple[float, float] = (0.0, 0.0)
    late: tuple[int, int] = (0, 0)
    exempted: tuple[float, float] = (0.0, 0.0)
    attrition: tuple[float, float] = (0.0, 0.0)
    until: int | None = None

    @property
    def alike(self) -> bool:
        """Whether both lots are registered in the same way."""
        return all(one == other for one, other in (self.missed, self.late, self.exempted, self.attrition))

    @property
    def of_control(self) -> Registration:
        """Both lots registered as the control is."""
        return Registration(
            (self.missed[0],) * 2, (self.late[0],) * 2, (self.exempted[0],) * 2, (self.attrition[0],) * 2, self.until
        )

    def at(self, week: int, delay: int) -> Registration:
        """The same when data are taken at the beginning of a week of the run."""
        return replace(self, until=week - delay)


WHOLE = Registration()
"""Everything is known, to the end of the follow-up."""


def registration_of(scenario: Scenario) -> Registration:
    """What the data of the final analysis lack."""
    trial = trial_of(scenario)
    late = trial.by_lot(trial.registration.late)
    return Registration(
        trial.by_lot(trial.registration.missed), (int(late[0]), int(late[1])), trial.by_lot(trial.exempted),
        trial.by_lot(trial.attrition), analysed_in(scenario) - trial.registration.delay,
    )  # fmt: skip


def trial_of(scenario: Scenario) -> Trial:
    """The trial of a scenario that has one."""
    assert scenario.trial is not None
    return scenario.trial


def tally(scenario: Scenario, people: People, outcomes: Sequence[str], lacks: Registration = WHOLE) -> Tally:
    """The data on these outcomes that an evaluator has."""
    known = _weeks_known(people, lacks)
    there = known > 0
    if any(lacks.exempted):
        there &= uniform(people.keys, "trial exempted", 0) >= np.array(lacks.exempted)[people.lot]
    week, leaves = _exits(people, lacks)
    leaves &= week < known
    cells = len(people.jobcentres)
    shape = (people.worlds, cells, 2)
    place = (people.world * cells + people.cell) * 2 + people.lot

    def count(some: Bools) -> Ints:
        return np.bincount(place[some], minlength=int(np.prod(shape))).reshape(shape).astype(np.int32)

    def by_week(some: Bools, weeks: Ints) -> Ints:
        at = place[some] * people.weeks + weeks[some]
        counted = np.bincount(at, minlength=int(np.prod(shape)) * people.weeks)
        return counted.reshape(*shape, people.weeks).astype(np.int32)

    lost = there & ~leaves & (known < people.weeks)
    courses = {}
    for outcome in (name for name in outcomes if name.startswith(EXITS)):
        event = np.isin(people.cause, destinations_of(scenario, outcome))
        courses[outcome] = Course(
            by_week(there & leaves & event, week), by_week(there & leaves & ~event, week), by_week(lost, known)
        )
    whole = there & (known == people.weeks)
    moments = {}
    for outcome in (name for name in outcomes if name in people.amounts):
        amount = people.amounts[outcome][whole].astype(np.float64)  # whole numbers: sums are exact in any order
        sums, squares = (
            np.bincount(place[whole], weight, minlength=int(np.prod(shape))).astype(np.float64).reshape(shape)
            for weight in (amount, amount**2)
        )
        moments[outcome] = Moments(count(whole), sums, squares)
    return Tally(
        people.jobcentres, people.strata, count(there), count(there & people.recorded), courses, moments
    )


def _weeks_known(people: People, lacks: Registration) -> Ints:
    """Of how many weeks since enrolment each one's data are there."""
    known = people.observed
    if lacks.until is not None:
        known = np.clip(lacks.until - people.entry, 0, known)
    for lot, weekly in enumerate(lacks.attrition):
        if weekly:
            last = 1 + weeks_until(weekly, uniform(people.keys, "trial attrition", 0))
            known = np.where(people.lot == lot, np.minimum(known, last), known)
    return known


def _exits(people: People, lacks: Registration) -> tuple[Ints, Bools]:
    """In which week since enrolment each one's exit is registered, and whether it ever is."""
    week, leaves = people.exit_week + np.array(lacks.late)[people.lot], people.cause >= 0
    if any(lacks.missed):
        leaves = leaves & (uniform(people.keys, "trial missed", 0) >= np.array(lacks.missed)[people.lot])
    return np.where(leaves, week, NO_WEEK), leaves


def means_of(scenario: Scenario, people: People, outcomes: Sequence[str], some: Bools | None = None) -> Floats:
    """The true mean of each outcome among everybody followed to the end, or some of them: shape (worlds, outcomes); NaN
    of nobody."""
    counted = people.observed == people.weeks
    counted = counted if some is None else counted & some
    world = people.world[counted]
    many = np.bincount(world, minlength=people.worlds).astype(np.float64)
    many[many == 0] = np.nan
    found = []
    for outcome in outcomes:
        if outcome.startswith(EXITS):
            value = np.isin(people.cause, destinations_of(scenario, outcome))[counted].astype(np.float64)
        else:
            value = people.amounts[outcome][counted].astype(np.float64)
        found.append(np.bincount(world, value, minlength=people.worlds) / many)
    return np.array(found).T.reshape(people.worlds, len(outcomes))
