"""What is kept of one replication, small enough to send between processes and to keep by the thousand."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import scipy.special  # noqa: F401 - frailty needs it; loaded here, before the clock starts
from numpy.typing import NDArray

from simulation.large import run_batch
from simulation.results.measures.displaced import displaced
from simulation.results.measures.first_jobs import first_jobs
from simulation.results.measures.histories import histories
from simulation.results.measures.months import by_month
from simulation.results.measures.outcomes import measure
from simulation.results.measures.printed import printed
from simulation.results.measures.scored import scored
from simulation.results.measures.staff_outcomes import outcomes_of_staff
from simulation.results.measures.staffing import Staffing, staffing
from simulation.results.measures.waits import waits_of_everybody
from simulation.results.measures.watched import reports
from simulation.results.names import ALLE, Figure, Group, Names
from simulation.scenario.schema import Scenario
from simulation.world.names import Name
from simulation.world.past import Past
from simulation.world.spec import Floats


class Figures(Mapping[Figure, float]):
    """The figures of one replication. All replications of a batch share their positions in `values`, the texts of
    outcomes and the names of partners' teams. A figure may be given as it is written: outcome, group, and week or
    None."""

    def __init__(
        self, positions: Mapping[Figure, int], texts: Mapping[str, str], partners: Collection[str], values: Floats
    ) -> None:
        """`texts` has each outcome by the text that it is written as; a text of a group in `partners` is no arm."""
        self.positions, self._texts, self._partners, self._values = positions, texts, partners, values

    def __getitem__(self, figure: Figure | tuple[str, str, int | None]) -> float:
        position = self.positions.get(figure)  # type: ignore[arg-type]  # nearly always it is a figure that is there
        return float(self._values[self.positions[self.named(*figure)] if position is None else position])

    def __iter__(self) -> Iterator[Figure]:
        return iter(self.positions)

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def row(self) -> Floats:
        """The numbers, in the order of the figures."""
        return self._values

    def named(self, outcome: str, group: str | Group = ALLE, time: int | None = None) -> Figure:
        """The figure that texts mean."""
        known = Group.read(group, self._partners) if isinstance(group, str) else group
        return Figure(self._texts.get(outcome, outcome), known, time)


@dataclass(frozen=True)
class Replication:
    """Outcomes of one replication, and its weekly counts.

    `counts` has an array (weeks, jobcentres, arms) for every name that is not 0 throughout; `staff` is by week,
    jobcentre and team; `measured` is how many ledige the outcomes are of.
    """

    number: int
    seconds: float  # its share of the time in which its batch was set up and run
    outcomes: Figures
    counts: dict[Name, NDArray[np.int32]]
    staff: Staffing
    measured: int = 0


def simulate(scenario: Scenario, numbers: Sequence[int]) -> list[Replication]:
    """Simulate a batch of replications and measure each."""
    began = time.perf_counter()
    world = run_batch(scenario, numbers)
    return summarise(scenario, numbers, world, time.perf_counter() - began)


def summarise(scenario: Scenario, numbers: Sequence[int], world: Past, seconds: float) -> list[Replication]:
    """Measure every replication of a batch that has been run, in so many seconds."""
    weeks, worlds = scenario.weeks, len(numbers)
    shape = (weeks, worlds, len(scenario.jobcentres), len(scenario.arms))
    counts = {name: array.reshape(shape) for name, array in sorted(world.register.counts.items())}
    totals = {name: array.sum(axis=0, dtype=np.int64) for name, array in counts.items()}
    people, staff = histories(scenario, world), list(staffing(scenario, world))
    further = by_month(scenario, world) | first_jobs(scenario, world, people) | waits_of_everybody(scenario, world)
    further |= displaced(scenario, world) | reports(scenario, world) | printed(scenario, world)
    further |= scored(scenario, world, people)
    by_world = {name: np.ascontiguousarray(array.swapaxes(0, 1), dtype=np.int32) for name, array in counts.items()}
    having = {name: [bool(of_world.any()) for of_world in array] for name, array in by_world.items()}
    measured_of = people.number()
    measured = measure(scenario, people, totals, outcomes_of_staff(scenario, staff), further)
    positions = {figure: position for position, figure in enumerate(measured)}
    names = Names(scenario)
    texts = {names.write(outcome): outcome for outcome in {figure.outcome for figure in measured}}
    table = np.array(list(measured.values()), dtype=np.float64).reshape(len(measured), worlds)
    replications = []
    for w, number in enumerate(numbers):
        weekly_counts = {name: array[w].copy() for name, array in by_world.items() if having[name][w]}
        outcomes = Figures(positions, texts, names.partners, table[:, w].copy())
        of_people = int(measured_of[w])
        replications.append(Replication(number, seconds / worlds, outcomes, weekly_counts, staff[w], of_people))
    return replications
