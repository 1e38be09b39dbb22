"""What an evaluator finds in the data of each rehearsal, by every test: `analyse`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property

import numpy as np

from simulation.results.trial.blocks import Blocks, Layout, blocks_of, share
from simulation.results.trial.design import Design
from simulation.results.trial.operating import Estimates, Test
from simulation.results.trial.permutation import attainable, permuted
from simulation.results.trial.regression import Clusters, Found, Regression
from simulation.results.trial.student import by_t, quantile
from simulation.results.trial.survival import Ratios, Risks, hazard_ratios, log_rank, log_rank_clustered
from simulation.results.trial.tally import Course, Moments, Tally

TOGETHER = 500_000
"""So many counts by week of either kind of exit are analysed at once."""


def analyse(tally: Tally, design: Design, tests: Iterable[Test]) -> dict[Test, Estimates]:
    """All tests of all rehearsals. What is found of one is the same to the last bit, whichever it is analysed with."""
    tests = list(tests)
    parts = [_tested(part, design, tests) for part in _parts(tally)]
    columns = [field.name for field in fields(Estimates)]
    return {
        test: Estimates(*(np.concatenate([getattr(part[test], column) for part in parts]) for column in columns))
        for test in tests
    }


def _parts(tally: Tally) -> Iterator[Tally]:
    """So many rehearsals as memory likes."""
    weeks = sum(course.events.shape[-1] for course in tally.courses.values())
    step = max(TOGETHER // (int(tally.persons[0].size) * max(weeks, 1)), 1)
    for first in range(0, tally.rehearsals, step):
        rows = slice(first, first + step)
        courses = {name: Course(*(counts[rows] for counts in of)) for name, of in tally.courses.items()}
        moments = {
            name: Moments(of.persons[rows], of.sums[rows], of.squares[rows]) for name, of in tally.moments.items()
        }
        yield Tally(tally.jobcentre, tally.stratum, tally.persons[rows], tally.taken_up[rows], courses, moments)


def _tested(tally: Tally, design: Design, tests: Sequence[Test]) -> dict[Test, Estimates]:
    everybody, found = _Everybody(tally, design), dict[Test, Estimates]()
    for outcome in dict.fromkeys(test.outcome for test in tests):
        of = _Outcome(everybody, outcome)
        found |= {test: of.tested(test) for test in tests if test.outcome == outcome}
    return found


def attainable_size(tally: Tally, design: Design, outcome: str) -> float:
    """The size that the permutation test of an outcome can have at most (see `permutation`), of data of a trial in
    which treatment does nothing."""
    of = _Outcome(_Everybody(tally, design), outcome)
    return attainable(of.blocks, of.clusters.regression, design)


class _Everybody:
    """Data, and what is the same for all outcomes."""

    def __init__(self, tally: Tally, design: Design) -> None:
        self.tally, self.design, self.layout = tally, design, Layout.of(tally)

    @cached_property
    def clusters(self) -> Clusters:
        return Clusters.of(Regression.of(self.layout.arranged(self.tally.persons).astype(np.float64), self.design.lots))


class _Outcome:
    """One outcome, with what several tests need of it, made when it is asked for."""

    def __init__(self, everybody: _Everybody, name: str) -> None:
        self.everybody, self.name, self.design = everybody, name, everybody.design

    @cached_property
    def blocks(self) -> Blocks:
        return blocks_of(self.everybody.tally, self.everybody.layout, self.name)

    @cached_property
    def clusters(self) -> Clusters:
        """Of those whose outcome is known."""
        persons = self.everybody.clusters.regression.persons
        if np.array_equal(self.blocks.persons.reshape(persons.shape), persons):
            return self.everybody.clusters
        return Clusters.of(Regression.of(self.blocks.persons, self.design.lots))

    @cached_property
    def risks(self) -> Risks:
        tally = self.everybody.tally
        return Risks.of(tally.courses[self.name], tally, self.everybody.layout, self.design)

    @cached_property
    def ratios(self) -> Ratios:
        return hazard_ratios(self.risks)

    def tested(self, test: Test) -> Estimates:
        """What a test finds."""
        clustered, alpha = test.errors == "clustered", self.design.alpha
        if test.measure == "hazard_ratio":
            return by_t(self.ratios.clustered if clustered else self.ratios.individual, alpha)
        if test.measure == "log_rank":
            found = log_rank_clustered(self.risks, self.everybody.clusters) if clustered else log_rank(self.risks)
            nothing = np.full(len(found.estimate), np.nan)
            return Estimates(nothing, nothing, found.freedom, by_t(found, alpha).p, nothing, nothing)
        if test.errors == "permutation":
            return permuted(self.blocks, self.clusters.regression, self.design)
        if test.population == "treated":
            return by_t(self.of_treated(), alpha)
        if clustered:
            return by_t(self.clusters.found(self.blocks.mean), alpha)
        return by_t(self.clusters.regression.individual(self.blocks), alpha)

    def of_treated(self) -> Found:
        """What treatment does to those who take it up because they were drawn (Imbens and Angrist 1994): the difference
        by lot over that in taking it up, with the clustered error of two-stage least squares, which is that of the
        difference in what the outcome has beyond this effect. NaN where the interval of the difference in taking up
        holds 0."""
        layout, tally, clusters = self.everybody.layout, self.everybody.tally, self.clusters
        up = share(layout.arranged(tally.taken_up), layout.arranged(tally.persons))
        by_lot, taking = clusters.found(self.blocks.mean), clusters.found(up)
        certain = np.isnan(taking.error) & (np.abs(taking.estimate) > 0)  # all as drawn: nothing scatters
        differs = certain | (np.abs(taking.estimate) > quantile(taking.freedom, self.design.alpha) * taking.error)
        taking_up = np.where(differs, taking.estimate, np.nan)
        effect = by_lot.estimate / taking_up
        beyond = clusters.found(self.blocks.mean - effect[:, None, None, None] * up)
        return Found(effect, beyond.error / np.abs(taking_up), by_lot.freedom)
