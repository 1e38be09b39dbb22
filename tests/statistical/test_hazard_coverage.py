"""What the intervals of evaluators cover, and how well the spread between jobcentres is told, in many sets.

Cohorts of weekly data are drawn without the program (`tests.weekly`). Decision rules stand with the tests; seeds are
fixed. The figures go to docs/results.md.
"""

from __future__ import annotations

import numpy as np
import pytest

from simulation.results.measures import cox
from simulation.results.measures.spread import between_effects
from simulation.world.spec import Floats, Ints
from tests.helpers import LIMIT
from tests.weekly import cohorts

SETS = 1000


def covered(jobcentres: int, sd: float, level_sd: float = 0.3) -> tuple[float, float]:
    """Share of sets in which the naive and the clustered 95 % interval hold the ratio of all sets taken together."""
    at_risk, exits = cohorts(7, SETS, jobcentres, 100, 0.02, 40, 0.2, sd, level_sd)
    pooled = [each.sum(axis=2) for each in (at_risk, exits)]
    ties, first = cox.ties(*pooled), pooled[1][1].sum(axis=-1)
    fits = cox.fit(ties, ties.cell, first)
    residuals = cox.residuals(cox.weights(ties, fits.log_ratio[ties.cell], (SETS, 40)), at_risk, exits).sum(axis=-1)
    clustered = cox.clustered(fits, residuals, at_risk.sum(axis=(0, 3)) > 0)
    together = cox.ties(*(each.sum(axis=1, keepdims=True) for each in pooled))
    truth = cox.fit(together, together.cell, first.sum(keepdims=True)).log_ratio[0]
    off = np.abs(fits.log_ratio - truth) / 1.96
    return float((off <= fits.error).mean()), float((off <= clustered).mean())


@pytest.mark.slow
def test_clustered_errors_cover_where_effects_differ_between_jobcentres() -> None:
    """Effects with a sd of 0.4 between jobcentres, 100 ledige of either arm in each. Rule: of forty jobcentres the
    clustered interval covers in 92 to 97 % of the sets, the naive one in less than 85 %. Of eighteen, as in På rette
    vej i job, the clustered one covers in 89 % or more: it knows the scatter of few. Where effects are alike, both
    cover in 92 % or more; and baselines that differ alone do no harm, for both arms are in every jobcentre."""
    naive, clustered = covered(40, 0.4)
    of_few = covered(18, 0.4)
    alike = covered(40, 0.0)
    print(f"\nforty: {naive:.1%} {clustered:.1%}; eighteen: {of_few[0]:.1%} {of_few[1]:.1%}; alike: {alike}")
    assert naive < 0.85 and 0.92 < clustered < 0.97
    assert of_few[1] > 0.89
    assert min(alike) > 0.92


def spreads(persons: int, level: float, sd: float, sets: int = 400) -> Floats:
    """Variance between eighteen jobcentres that is told in each set."""
    at_risk, exits = cohorts(3, sets, 18, persons, level, 40, 0.1, sd, 0.3)
    counts: list[Ints] = [each.reshape(2, sets * 18, 40) for each in (at_risk, exits)]
    ties, first = cox.ties(*counts), counts[1][1].sum(axis=-1)
    stratum = ties.cell // 18
    common = cox.fit(ties, stratum, first.reshape(sets, 18).sum(axis=1))
    expected, information = cox.scores(ties, common.log_ratio[stratum], sets * 18)
    left = counts[1].sum(axis=(0, 2)).reshape(sets, 18)
    return between_effects((first - expected).reshape(sets, 18), information.reshape(sets, 18), left)


@pytest.mark.slow
@pytest.mark.parametrize(("persons", "level"), [(50, 0.001), (50, 0.004), (200, 0.004), (500, 0.02)])
def test_the_spread_of_effects_is_told_without_the_luck(persons: int, level: float) -> None:
    """From two exits of an arm in each jobcentre to nearly everybody. Rule: where effects are alike the mean variance
    is 0 by LIMIT standard errors; where their sd is 0.3, the root of the mean variance is within 0.03 of it beside
    LIMIT standard errors (one step, and who leaves early)."""
    told = {sd: spreads(persons, level, sd) for sd in (0.0, 0.3)}
    mean = {sd: float(np.nanmean(variance)) for sd, variance in told.items()}
    error = {sd: float(np.nanstd(variance)) / np.sum(~np.isnan(variance)) ** 0.5 for sd, variance in told.items()}
    print(f"\n{persons} × {level}: {mean}, ± {error}")
    assert abs(mean[0.0]) < LIMIT * error[0.0]
    low, high = (max(0.3 + way * 0.03, 0.0) ** 2 + way * LIMIT * error[0.3] for way in (-1, 1))
    assert low < mean[0.3] < high
