"""Log-rank tests and hazard ratios between lots, with individual errors and such by jobcentre.

Other exits, and who is lost, end the time at risk (cause-specific). Lots are compared within *strata*: the jobcentre
where lots are of persons, the period of enrolment in a stepped wedge, and none where whole jobcentres are drawn.

Clustered, the log-rank test takes the martingale residual of each person (whether she left, less the hazard that she
passed if lots are alike) as her outcome: their difference between lots is the log-rank statistic, and its error is that
of any other difference, CR2 with its degrees of freedom. The clustered error of a hazard ratio is Lin and Wei's (1989;
`measures.cox`), which is too small where jobcentres are few; it is made larger as CR2 is larger than the plain sandwich
in the Poisson regression that has the same expected exits (Whitehead 1980), and has its degrees of freedom.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulation.results.measures import cox
from simulation.results.trial.blocks import Layout, at_risk, share
from simulation.results.trial.design import Design
from simulation.results.trial.evaluate import mean_of
from simulation.results.trial.operating import Interval
from simulation.results.trial.regression import Clusters, Found, Regression
from simulation.results.trial.tally import Course, Tally
from simulation.world.spec import Floats, Ints

MOST = 4_000_000
"""So many exits are fitted at once, at most: memory."""


class Risks(NamedTuple):
    """At risk and left: shape (rehearsals, jobcentres, strata of lots, lots, weeks), and which of these axes have what
    the test does not tell apart."""

    at_risk: Ints
    events: Ints
    pooled: tuple[int, ...]

    @classmethod
    def of(cls, course: Course, tally: Tally, layout: Layout, design: Design) -> Risks:
        """Those of an exit."""
        pooled = (2,) if design.of_persons else (1,) if design.lots == "stepped_wedge" else (1, 2)
        both = at_risk(course, tally.persons), course.events
        there, left = (layout.arranged(each) for each in both)
        return cls(there, left, pooled)

    def compared(self) -> tuple[Ints, Ints]:
        """By stratum of the test: the pooled axes have length 1."""
        at, events = (each.sum(axis=self.pooled, keepdims=True, dtype=np.int64) for each in self[:2])
        return at, events


def log_rank(risks: Risks) -> Found:
    """Mantel's: exits of the treated less those expected if lots are alike, and its hypergeometric error."""
    there, left = risks.compared()
    everybody, gone = there.sum(axis=3), left.sum(axis=3)
    part = share(there[..., 1, :], everybody)
    expected = gone * part
    few = share(everybody - gone, everybody - 1)
    apart = (left[..., 1, :] - expected).sum(axis=(1, 2, 3))
    variance = (expected * (1.0 - part) * few).sum(axis=(1, 2, 3))
    known = np.where(variance > 0, variance, np.nan)
    return Found(np.where(variance > 0, apart, np.nan), np.sqrt(known), np.full(len(known), np.inf))


def log_rank_clustered(risks: Risks, clusters: Clusters) -> Found:
    """The difference of mean martingale residuals; `clusters` are of everybody in the data."""
    there, left = risks.compared()
    hazard = share(left.sum(axis=3, keepdims=True), there.sum(axis=3, keepdims=True))
    rest = (risks.events - risks.at_risk * hazard).sum(axis=-1)
    persons = clusters.regression.persons.reshape(rest.shape)
    nobody = ~risks.events.any(axis=(1, 2, 3, 4))
    mean = share(rest, persons)
    mean[nobody] = np.nan
    return clusters.found(mean)


class Ratios(NamedTuple):
    """Logarithms of Cox's hazard ratios, treated against control, with Efron's ties; with either error."""

    individual: Found
    clustered: Found


def hazard_ratios(risks: Risks) -> Ratios:
    """Those of an exit."""
    there, left = (_lots_first(each) for each in risks.compared())
    rehearsals, weeks = there.shape[1], there.shape[-1]
    cells = there[0].size // weeks
    ties = cox.ties(there.reshape(2, cells, weeks), left.reshape(2, cells, weeks))
    of = ties.cell // (cells // rehearsals)
    fits = cox.fit(ties, of, left[1].sum(axis=(1, 2, 3)))
    weights = cox.weights(ties, fits.log_ratio[of], (cells, weeks))
    each = cox.Weights(*(weight.reshape(there.shape) for weight in weights))
    event, at = (np.broadcast_to(weight, _lots_first(risks.events).shape) for weight in each)
    scores = (event * _lots_first(risks.events) + at * _lots_first(risks.at_risk)).sum(axis=(0, 3, 4))
    error = cox.clustered(fits, scores, np.asarray(risks.at_risk[..., 0].any(axis=(2, 3))))
    larger, freedom = for_few(risks, fits.log_ratio)
    individual = Found(fits.log_ratio, fits.error, np.full(rehearsals, np.inf))
    return Ratios(individual, Found(fits.log_ratio, error * larger, freedom))

def ratio_of_all(tally: Tally, design: Design, outcome: str) -> Interval:
    """The logarithm of the one hazard ratio of all rehearsals together, each compared within itself: what the estimates
    of large trials would scatter around, for hazards are not proportional by nature. The interval is by the scatter
    between rehearsals. Of very many exits it is that of as many rehearsals as have 4 million."""
    risks = Risks.of(tally.courses[outcome], tally, Layout.of(tally), design)
    some = slice(int(np.searchsorted(np.cumsum(risks.events.sum(axis=(1, 2, 3, 4))), MOST)) + 1)
    risks = Risks(risks.at_risk[some], risks.events[some], risks.pooled)
    there, left = (_lots_first(each) for each in risks.compared())
    weeks = there.shape[-1]
    ties = cox.ties(there.reshape(2, -1, weeks), left.reshape(2, -1, weeks))
    together = cox.fit(ties, np.zeros_like(ties.cell), left[1].sum(keepdims=True).ravel())
    value, each = float(together.log_ratio[0]), mean_of(hazard_ratios(risks).individual.estimate)
    return Interval(value, value - (each.value - each.low), value + (each.high - each.value), each.of)


def for_few(risks: Risks, log_ratio: Floats) -> tuple[Floats, Floats]:
    """How many times larger the clustered error is for few jobcentres, and its degrees of freedom."""
    ratio = np.exp(np.nan_to_num(log_ratio))[:, None, None, None, None]
    times = np.concatenate((np.ones_like(ratio), ratio), axis=3)
    there, left = risks.compared()
    hazard = share(left.sum(axis=3, keepdims=True), (there * times).sum(axis=3, keepdims=True))
    expected = (risks.at_risk * times * hazard).sum(axis=-1)
    strata = expected.shape[2]
    if risks.pooled == (2,):  # lots of persons: each jobcentre is a stratum of its own
        within: tuple[int, ...] = (2, 3)
        others = np.zeros((*expected.shape, 0))
    else:
        within, pooled = (), risks.pooled == (1, 2)
        levels = np.ones((strata, 1)) if pooled else np.eye(strata)
        others = np.broadcast_to(levels[:, None], (*expected.shape, levels.shape[1]))
    clusters = Clusters.of(Regression.on(expected, within, np.broadcast_to(np.arange(2.0), expected.shape), others))
    rest = share(risks.events.sum(axis=-1) - expected, expected)
    regression = clusters.regression
    rest = regression.fit(rest)[1]
    plain = (regression.persons * regression.lot * rest).sum(axis=-1) / regression.whole[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        return clusters.error(rest) / np.sqrt((plain**2).sum(axis=1)), clusters.freedom


def _lots_first(counts: Ints) -> Ints:
    """(lots, rehearsals, jobcentres, strata, weeks)."""
    return np.ascontiguousarray(np.moveaxis(counts, 3, 0))
