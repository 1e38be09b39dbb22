"""What is rehearsed: a scenario with its trial, at one size or several, and at draws of what is unsure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from simulation.experiments.trial.rehearse import Stage
from simulation.results.identity import fingerprint
from simulation.results.trial.operating import Staff
from simulation.results.trial.registered import trial_of
from simulation.scenario.arranged import of_size, recruited, with_jobcentres
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.scenario.trial import Trial

ROLL_OUT = 200
"""Rehearsals in which everybody is treated as well, at the most: by common luck so many tell the truth well enough."""
REHEARSALS = 1000
OF_DRAW = 2
"""Rehearsals of each draw, as few as tell luck from what is drawn."""


@dataclass(frozen=True)
class Size:
    """A trial of so many persons (by lot, as planned) in so many jobcentres, whose staff follows their number or is
    held as it is written."""

    persons: int
    jobcentres: int
    staff: Staff = "follows"

    @property
    def name(self) -> str:
        """Short, for files."""
        return f"{self.persons}-{self.jobcentres}-{self.staff}"


@dataclass(frozen=True)
class Plan:
    """`sizes` has that of the scenario first. At each of the `draws` (values by dotted path) it is rehearsed at that
    size a few times more."""

    loaded: Loaded
    rehearsals: int
    sizes: Sequence[Size]
    draws: Sequence[Mapping[str, object]] = ()

    @property
    def trial(self) -> Trial:
        """The trial of the scenario."""
        return trial_of(self.loaded.scenario)

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """All that are looked at, the primary one first."""
        return tuple(self.trial.outcomes)

    def stage(self, size: Size) -> Stage:
        """The trial at one size."""
        if size not in self._stages:
            self._stages[size] = Stage(recruited(arranged(self.loaded.scenario, size)), self.outcomes)
        return self._stages[size]

    @cached_property
    def _stages(self) -> dict[Size, Stage]:
        return {}

    def drawn(self, draw: int) -> Stage:
        """The trial at its own size, at a draw."""
        scenario = self.loaded.at(dict(self.draws[draw])).scenario
        return Stage(recruited(scenario), self.outcomes[:1])

    @property
    def question(self) -> str:
        """All that is asked in a text that is the same whenever it is."""
        sizes = [[size.persons, size.jobcentres, size.staff] for size in self.sizes]
        return f"trial {json.dumps({'sizes': sizes, 'draws': len(self.draws)}, sort_keys=True)}"

    def fingerprint(self, until: str = "") -> str:
        """Short name of the answer: of the scenario, what is asked, and the program's text. `until` says when there are
        enough rehearsals, where their number is not known yet."""
        return fingerprint([self.loaded], self.rehearsals, self.question + until)


def own_size(scenario: Scenario) -> Size:
    """The size that a scenario is written with."""
    return Size(sum(scenario.persons().values()), len(scenario.jobcentres))


def arranged(scenario: Scenario, size: Size) -> Scenario:
    """A scenario of this size."""
    own = own_size(scenario)
    wider = scenario if size.jobcentres == own.jobcentres else with_jobcentres(scenario, size.jobcentres)
    if size.persons == sum(wider.persons().values()) and size.staff == "follows":
        return wider
    return of_size(wider, size.persons, size.staff)


def sizes_of(scenario: Scenario, persons: Sequence[int], jobcentres: Sequence[int]) -> Iterator[Size]:
    """The sizes that are asked for, that of the scenario first. Where persons are not named, further jobcentres bring
    their own. Each but the first stands twice: with staff that follows, and with staff that is held."""
    own = own_size(scenario)
    yield own
    for places in jobcentres or [own.jobcentres]:
        natural = own.persons if places == own.jobcentres else sum(with_jobcentres(scenario, places).persons().values())
        for many in persons or [natural]:
            if (many, places) != (own.persons, own.jobcentres):
                yield Size(many, places, "follows")
                if many != natural:
                    yield Size(many, places, "held")
