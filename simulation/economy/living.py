"""What everybody lives on: on benefit, at each destination, and in an offer that pays a wage.

A scenario says it (`benefit`, `exits.X.lives_on`): whom it is about is its own matter, and a file of prices serves many
scenarios. What it does not say is not guessed: such weeks are counted by themselves, and nobody pays for them.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from simulation.scenario.files.problems import Problem
from simulation.scenario.load import Loaded
from simulation.scenario.schema import Scenario
from simulation.scenario.shown import SELF_SUPPORT
from simulation.world.ledige import GONE, LEDIG, OUT
from simulation.world.spec import Bools, Ints

PENSIONS = ("foertidspension", "fleksydelse", "seniorpension", "folkepension", "efterloen")
"""What people live on for good, outside of the clock of refusion."""
ALMOST = 0.85
"""How like a word must be to be a misspelling: ledighedsydelse is no fleksydelse."""
NOTHING = 0
"""The number of no benefit."""


def problems(scenario: Scenario) -> list[tuple[tuple[str, ...], str]]:
    """Places in the scenario where something must be said before anything can be priced, or looks misspelt, with what
    is wrong. (A benefit that no file of prices has is told by that file.)"""
    if scenario.benefits and scenario.benefit is not None:
        return [(("benefit",), "the scenario has benefits, so each ledig is on one of those: leave this key out")]
    if not scenario.benefits and scenario.benefit is None:
        return [(("benefit",), "say on which benefit they are, such as `benefit: dagpenge`: nothing else tells it")]
    found: list[tuple[tuple[str, ...], str]] = []
    known = (SELF_SUPPORT, *PENSIONS)
    for name, exit_ in scenario.exits.items():
        written = SELF_SUPPORT if exit_.lives_on is None else exit_.lives_on
        if written not in known and (near := difflib.get_close_matches(written, known, n=1, cutoff=ALMOST)):
            message = f"nothing is called '{written}'; did you mean '{near[0]}'?"
            found.append((("exits", name, "lives_on"), message))
    return found


def located(loaded: Loaded) -> list[Problem]:
    """The same, where it is written; what is not written at all is missed in the file as a whole."""
    return [
        Problem(message, loaded.resolved.mark(path), ".".join(path)) for path, message in problems(loaded.scenario)
    ]


@dataclass(frozen=True)
class Living:
    """What the statuses of a register stand for. Benefits and pensions have numbers from 1 on, in the order of `names`;
    arrays by status have shape (statuses,)."""

    scenario: Scenario

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Benefits and pensions that anybody lives on: first those of the scenario, then those of destinations."""
        own = list(self.scenario.benefits) or [str(self.scenario.benefit)]
        away = [exit_.lives_on for exit_ in self.scenario.exits.values()]
        return tuple(dict.fromkeys([*own, *(name for name in away if name not in (None, SELF_SUPPORT))]))

    @cached_property
    def is_pension(self) -> Bools:
        """By number of the benefit, with one for no benefit: shape (benefits + 1,)."""
        return np.array([False, *(name in PENSIONS for name in self.names)])

    @cached_property
    def away(self) -> Ints:
        """The number of what is lived on by status; nothing of those on benefit, who may be on several."""
        numbers = {name: number for number, name in enumerate(self.names, start=1)}
        at = [numbers.get(str(exit_.lives_on), NOTHING) for exit_ in self.scenario.exits.values()]
        return np.array([NOTHING] * GONE + at)

    @cached_property
    def supports_herself(self) -> Bools:
        """By status."""
        return np.array([False] * GONE + [e.lives_on == SELF_SUPPORT for e in self.scenario.exits.values()])

    @cached_property
    def is_job(self) -> Bools:
        """By status: whether it is a job whose hours the register shows."""
        return np.array([False] * GONE + [name in self.scenario.employment() for name in self.scenario.exits])

    @cached_property
    def unsaid(self) -> dict[int, str]:
        """Statuses of which the scenario does not say what is lived on, by the key that would say it."""
        exits = enumerate(self.scenario.exits.items(), start=GONE)
        found = {status: f"exits.{name}.lives_on" for status, (name, exit_) in exits if exit_.lives_on is None}
        return found | ({OUT: "after a job, without return"} if self.is_job.any() else {})

    @cached_property
    def pays_wage(self) -> Bools:
        """By number of the offer in the register: whether those in it have a subsidised wage instead of benefit."""
        marks = [each for each in self.scenario.interventions.values() if each.marks_offers]
        return np.array([False, *(each.pays_wage for each in marks)])

    def numbers(self, status: NDArray[np.integer], plane: NDArray[np.uint8] | None) -> Ints:
        """What each lives on this week, before wages of offers; `plane` is the register's of benefits, if any."""
        own = np.ones(len(status), dtype=np.int64) if plane is None else plane.astype(np.int64)
        return np.where(status == LEDIG, own, self.away.take(status))
