"""What an evaluator finds in the data of each rehearsal, by every test: `analyse`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import numpy as np

from simulation.results.trial.blocks import Blocks, Layout, blocks_of, share
from simulation.results.trial.design import Design
from simulation.results.trial.operating import Estimates, Test
from simulation.results.trial.permutation import attainable, permuted
from simulation.results.trial.regression import Clusters, Found, Regression
from simulation.results.trial.student import by_t, quantile
from simulation.results.trial.survival import Risks, hazard_ratios, log_rank, log_rank_clustered
from simulation.results.trial.tally import Tally


def analyse(tally: Tally, design: Design, tests: Iterable[Test]) -> dict[Test, Estimates]:
    """All tests of all rehearsals. What is found of one does not hang on which others it is analysed with."""
    data = _Data(tally, design)
    return {test: _tested(data, test) for test in tests}


class _Data:
    """Data with what several tests need of them, made when it is asked for."""

    def __init__(self, tally: Tally, design: Design) -> None:
        self.tally, self.design, self.layout = tally, design, Layout.of(tally)
        self._blocks: dict[str, Blocks] = {}
        self._found: dict[str, Found] = {}

    def blocks(self, outcome: str) -> Blocks:
        if outcome not in self._blocks:
            self._blocks[outcome] = blocks_of(self.tally, self.layout, outcome)
        return self._blocks[outcome]

    @cached_property
    def clusters(self) -> Clusters:
        """Of everybody in the data."""
        return Clusters.of(Regression.of(self.layout.arranged(self.tally.persons).astype(np.float64), self.design.lots))

    def clusters_of(self, blocks: Blocks) -> Clusters:
        """Of those whose outcome is known."""
        everybody = self.clusters.regression.persons
        if np.array_equal(blocks.persons.reshape(everybody.shape), everybody):
            return self.clusters
        return Clusters.of(Regression.of(blocks.persons, self.design.lots))


def attainable_size(tally: Tally, design: Design, outcome: str) -> float:
    """The size that the permutation test of an outcome can have at most (see `permutation`)."""
    data = _Data(tally, design)
    blocks = data.blocks(outcome)
    return attainable(blocks, data.clusters_of(blocks).regression, design)


def _tested(data: _Data, test: Test) -> Estimates:
    if test.measure != "difference":
        return _of_exits(data, test)
    blocks = data.blocks(test.outcome)
    clusters = data.clusters_of(blocks)
    if test.population == "treated":
        found = of_treated(data, blocks, clusters)
    elif test.errors == "permutation":
        return permuted(blocks, clusters.regression, data.design)
    elif test.errors == "individual":
        found = clusters.regression.individual(blocks)
    else:
        found = clusters.found(blocks.mean)
    return by_t(found, data.design.alpha)


def _of_exits(data: _Data, test: Test) -> Estimates:
    """By the weeks of exits."""
    risks = Risks.of(data.tally.courses[test.outcome], data.tally, data.layout, data.design)
    clustered = test.errors == "clustered"
    if test.measure == "hazard_ratio":
        return by_t(hazard_ratios(risks, clustered), data.design.alpha)
    found = log_rank_clustered(risks, data.clusters) if clustered else log_rank(risks)
    p = by_t(found, data.design.alpha).p
    nothing = np.full(len(p), np.nan)
    return Estimates(nothing, nothing, found.freedom, p, nothing, nothing)


def of_treated(data: _Data, blocks: Blocks, clusters: Clusters) -> Found:
    """What treatment does to those who take it up because they were drawn (Imbens and Angrist 1994): the difference by
    lot over that in taking it up, with the clustered error of two-stage least squares, which is that of the difference
    in what the outcome has beyond this effect. NaN where the interval of the difference in taking up holds 0."""
    taken = data.layout.arranged(data.tally.taken_up), data.layout.arranged(data.tally.persons)
    up = share(*taken)
    by_lot, taking = clusters.found(blocks.mean), clusters.found(up)
    certain = np.isnan(taking.error) & (np.abs(taking.estimate) > 0)  # all as drawn: nothing scatters
    differs = certain | (np.abs(taking.estimate) > quantile(taking.freedom, data.design.alpha) * taking.error)
    taking_up = np.where(differs, taking.estimate, np.nan)
    effect = by_lot.estimate / taking_up
    beyond = clusters.found(blocks.mean - effect[:, None, None, None] * up)
    return Found(effect, beyond.error / np.abs(taking_up), by_lot.freedom)
