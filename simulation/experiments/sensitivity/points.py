"""At which points scenarios are simulated: as written, with a number at each of its ends, without a mechanism, and at
Saltelli's sample.

A row of the sample is two points A and B, where everything is drawn, and for every unknown the point A with its values
from B. A row that a scenario refuses (limits together) is made anew as a whole: what is fitted stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulation.experiments.at_draws import Values
from simulation.experiments.sensitivity.asked import Question, question_of
from simulation.experiments.sensitivity.unknowns import Bar, Luck, Unknown, bars, unknowns
from simulation.experiments.uncertain.chance import STRATA
from simulation.experiments.uncertain.design import AGAIN, DrawnOf, drawn_of
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.load import Loaded
from simulation.scenario.switches import switches

FITTED_DRAWS = 1000
"""Draws of what is fitted that are used at the most; a larger sample takes them more than once."""


@dataclass(frozen=True)
class Switched:
    """Scenarios without a mechanism, or with a key set otherwise (`asked`); None: this one has nothing of it."""

    name: str
    keys: Sequence[str]
    asked: bool
    loaded: Sequence[Loaded | None]


@dataclass(frozen=True)
class Study:
    """Everything that is simulated to answer a question. `rows` has for each scenario the points of the sample, row by
    row: A, B, and A with every unknown from B. `anew` rows were made anew; `left_out` are bars and switches that a
    scenario refuses, each with the reason."""

    loaded: Sequence[Loaded]
    question: Question
    drawn: DrawnOf
    bars: Sequence[Bar]
    switched: Sequence[Switched]
    unknowns: Sequence[Unknown]
    rows: Sequence[Sequence[Values]]
    anew: int
    left_out: Mapping[str, str]

    @property
    def replications(self) -> int:
        """Replications of all points and scenarios together."""
        q, pairs = self.question, sum(len(points) for points in self.rows) * self.question.each
        ends = sum(bool(put) for bar in self.bars for end in bar.puts for put in end)
        without = sum(each is not None for switch in self.switched for each in switch.loaded)
        return q.at_point * len(self.loaded) + (ends + without) * q.replications + pairs


def study_of(loaded: Sequence[Loaded], question: Question) -> Study:
    """The points. Raises InputProblems where nothing is unsure, or no row of a sample can be found that the scenarios
    take."""
    drawn = drawn_of(loaded, min(2 * question.samples, FITTED_DRAWS))
    left_out: dict[str, str] = {}
    every = [bar for bar in bars(drawn.drawings) if taken(loaded, bar, left_out)]
    moving = unknowns(drawn.drawings, question.by)
    rows, anew = _rows(loaded, moving, question.samples)
    return Study(loaded, question, drawn, every, [*_switched(loaded, question, left_out)], moving, rows, anew, left_out)


def asked_for(scenarios: Sequence[Loaded], asked: Mapping[str, Any]) -> Study:
    """The same of what Python asks, by the luck of the first scenario. Raises InputProblems with all that is wrong."""
    seed = scenarios[0].scenario.seed
    loaded = [scenarios[0], *(each.with_({"seed": seed}) for each in scenarios[1:])]
    return study_of(loaded, question_of(loaded, asked))


def taken(loaded: Sequence[Loaded], bar: Bar, left_out: dict[str, str]) -> bool:
    """Whether the scenarios may have a number at both of its ends."""
    for end in bar.puts:
        for scenario, put in zip(loaded, end, strict=True):
            try:
                scenario.at(put)
            except InputProblems as error:
                left_out[bar.name] = error.problems[0].message
                return False
    return True


def _switched(loaded: Sequence[Loaded], question: Question, left_out: dict[str, str]) -> Iterator[Switched]:
    """The mechanisms that scenarios have and that are no part of what they differ in, then what was asked for."""
    every = [switches(scenario) for scenario in loaded]
    for name in dict.fromkeys(name for each in every for name in each):
        puts = [each.get(name, {}) for each in every]
        keys = list(dict.fromkeys(key for put in puts for key in put))
        written = [[scenario.resolved.value_at(key.split(".")) for scenario, put in zip(loaded, puts, strict=True)
                    if key in put] for key in keys]  # fmt: skip
        if any(value != values[0] for values in written for value in values):
            left_out[name] = "it is the question, in which what is compared differs"
            continue
        try:
            without = [scenario.with_(put) if put else None for scenario, put in zip(loaded, puts, strict=True)]
        except InputProblems as error:
            left_out[name] = error.problems[0].message
            continue
        yield Switched(name, keys, False, without)
    for text, put in question.switches.items():
        yield Switched(text, list(put), True, [_set(scenario, put) for scenario in loaded])


def _set(scenario: Loaded, put: Mapping[str, Any]) -> Loaded | None:
    """The scenario with a key set; None if it has none of it."""
    try:
        return scenario.with_(put)
    except InputProblems:
        return None


def _rows(loaded: Sequence[Loaded], moving: Sequence[Unknown], samples: int) -> tuple[list[list[Values]], int]:
    """The points of every row for each scenario, and how many rows were made anew."""
    points: list[list[Values]] = [[] for _ in loaded]
    anew = 0
    apart = -(-samples // STRATA) * STRATA  # so that A and B share no stratum
    fitted = min(2 * samples, FITTED_DRAWS)
    for row in range(samples):
        for again in range(AGAIN + 1):
            seed = loaded[0].scenario.seed
            lucks = Luck(seed, row % fitted, row, again), Luck(seed, (samples + row) % fitted, apart + row, again)
            found = [[*_row(s, moving, *lucks)] for s in range(len(loaded))]
            try:
                for scenario, of_row in zip(loaded, found, strict=True):
                    for values in of_row:
                        scenario.at(values)
            except InputProblems as error:
                refused = error.problems[0]
                continue
            break
        else:
            message = f"in {AGAIN} tries no values were found that go together: {refused.message}"
            raise InputProblems([Problem(message, refused.mark, refused.path)])
        anew += again > 0
        for of_all, of_row in zip(points, found, strict=True):
            of_all += of_row
    return points, anew


def _row(s: int, moving: Sequence[Unknown], a: Luck, b: Luck) -> Iterator[Values]:
    at_a, at_b = ([each.drawn(s, luck) for each in moving] for luck in (a, b))
    yield {path: value for put in at_a for path, value in put.items()}
    yield {path: value for put in at_b for path, value in put.items()}
    for k in range(len(moving)):
        yield {path: value for put in (*at_a[:k], at_b[k], *at_a[k + 1 :]) for path, value in put.items()}
