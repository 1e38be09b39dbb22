"""Rehearsals: worlds of a trial as run, without treatment, and with everybody treated, by the same luck, and the data
that they leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.experiments.trial.data import Data
from simulation.large import run_batch
from simulation.results.trial.people import People, people_of
from simulation.results.trial.registered import WHOLE, Registration, means_of, registration_of, tally, trial_of
from simulation.results.trial.tally import Tally
from simulation.scenario.arranged import everybody
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial


@dataclass(frozen=True)
class Stage:
    """A scenario with its trial, at one size, and the outcomes whose data are wanted."""

    scenario: Scenario
    outcomes: tuple[str, ...]

    @cached_property
    def registration(self) -> Registration:
        """What the data lack."""
        return registration_of(self.scenario)

    @cached_property
    def nobody(self) -> Scenario:
        """The same people without treatment, with the staff that this takes."""
        return everybody(self.scenario, self._trial.control)

    @cached_property
    def all_treated(self) -> Scenario:
        """The same people, all of them treated, with the staff that this takes."""
        return everybody(self.scenario, self._trial.treated)

    @property
    def looks(self) -> Sequence[int]:
        """The weeks of the run at which data are looked at before the end."""
        return self._trial.stops_early.looks if self._trial.stops_early else ()

    @property
    def complete(self) -> bool:
        """Whether the data lack nothing."""
        lacks, (_, last) = self.registration, self.scenario.measured_weeks()
        nothing = not any((*lacks.missed, *lacks.late, *lacks.exempted, *lacks.attrition))
        return nothing and lacks.until is not None and lacks.until >= last + self.scenario.follow_up

    @property
    def _trial(self) -> Trial:
        return trial_of(self.scenario)


def rehearse(stage: Stage, numbers: Sequence[int], roll_out: int) -> Data:
    """The data of rehearsals of these numbers; everybody is treated as well in those below number `roll_out`."""
    as_run = _people(stage.scenario, numbers)
    without = _people(stage.nobody, numbers)
    lacks = stage.registration
    untreated = ~as_run.treated
    means = np.full((len(numbers), 4, len(stage.outcomes)), np.nan)
    means[:, 0] = means_of(stage.scenario, as_run, stage.outcomes, untreated)
    means[:, 1] = means_of(stage.scenario, without, stage.outcomes, untreated)
    means[:, 2] = means_of(stage.scenario, without, stage.outcomes)
    if further := [number for number in numbers if number < roll_out]:
        there = [numbers.index(number) for number in further]
        means[there, 3] = means_of(stage.scenario, _people(stage.all_treated, further), stage.outcomes)
    return Data(
        numbers=np.array(numbers),
        trial=tally(stage.scenario, as_run, stage.outcomes, lacks),
        null=tally(stage.scenario, without, stage.outcomes, lacks.of_control),
        unequal=None if lacks.alike else tally(stage.scenario, without, stage.outcomes, lacks),
        whole=None if stage.complete else tally(stage.scenario, as_run, stage.outcomes, WHOLE),
        whole_null=None if stage.complete else tally(stage.scenario, without, stage.outcomes, WHOLE),
        looks=tuple(_look(stage, as_run, lacks, week) for week in stage.looks),
        null_looks=tuple(_look(stage, without, lacks.of_control, week) for week in stage.looks),
        means=means,
    )


def _people(scenario: Scenario, numbers: Sequence[int]) -> People:
    return people_of(scenario, run_batch(scenario, numbers))


def _look(stage: Stage, people: People, lacks: Registration, week: int) -> Tally:
    delay = trial_of(stage.scenario).registration.delay
    return tally(stage.scenario, people, stage.outcomes[:1], lacks.at(week, delay))
