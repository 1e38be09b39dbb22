"""Whether intervals are as wide as they say: fits of trials whose parameters are known, since they were drawn.

Each case draws all parameters from their priors, simulates one trial of 300 ledige with them, and fits to what that
trial finds. The stated errors are right: exits are of 300 persons, and the standard error of talk_share is measured
from other trials with the same parameters. Truth and trial come from the very model that the posterior is of, so of
right 90 % intervals nine in ten cover the truth, and the squared distance of the point in posterior standard
deviations is 1 on average.
"""

from __future__ import annotations

import pathlib

import numpy as np
import pytest
from scipy.stats import binom, chi2

from calibration.fit import calibrate
from calibration.priors import values
from calibration.read import read_study
from simulation import load
from simulation.results.measures.replication import simulate
from tests.studies import WANTED, write_study

CASES, LEVEL, PERSONS = 50, 0.9, 300
INFORMED = ("exits.job.level", "exits.other.level", "interventions.samtaler.channels.personlig.attendance")
FIGURES = ("job_26", "other_26", "talks")
POOLED = (0.80, 0.97)
UNLIKELY = 0.001
"""A right fit leaves a bound of one parameter with this probability."""


def case(folder: pathlib.Path, number: int) -> tuple[dict[str, bool], dict[str, float]]:
    """By informed parameter: whether the interval covers the truth, and (point - truth) / posterior sd."""
    folder.mkdir()
    study = read_study(write_study(folder, dict.fromkeys(FIGURES, 0.5), PERSONS))
    z = np.random.default_rng(number).normal(size=len(study.priors))
    truth = values(study.priors, z)
    loaded = load(folder / "toy.yaml", {"seed": 1000 + number}, truth)
    trial, *others = [
        {name: found.outcomes[WANTED[name][0], "alle", WANTED[name][1]] for name in FIGURES}
        for found in simulate(loaded.scenario, range(21))
    ]
    error = float(np.std([each["talks"] for each in others], ddof=1))
    path = write_study(folder, trial, PERSONS, errors={"talks": error})
    study = read_study(path)
    fitted = calibrate(study, replications=4, draws=400)
    covered, away = {}, {}
    for column, (name, prior) in enumerate(study.priors.items()):
        drawn = fitted.draws[:, column]
        low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
        covered[name] = bool(low <= z[column] <= high)
        away[name] = float((prior.normal(np.array(fitted.point[name])) - z[column]) / drawn.std())
    return covered, away


@pytest.mark.slow
def test_nine_in_ten_intervals_cover_the_truth(tmp_path: pathlib.Path) -> None:
    """Rules: of all intervals of informed parameters 80 to 97 % cover the truth; of those of one parameter at least
    what a right fit falls short of with probability 0.001 (38 of 50). The squared distances of the point add up to
    what chi-squared with as many degrees of freedom leaves with probability 0.001 at either end, by parameter."""
    found = [case(tmp_path / str(number), number) for number in range(CASES)]
    covered = {name: sum(each[0][name] for each in found) for name in INFORMED}
    squares = {name: float(np.mean([each[1][name] ** 2 for each in found])) for name in INFORMED}
    print(f"covered of {CASES}: {covered}; mean squared distance: {squares}")
    assert POOLED[0] <= sum(covered.values()) / (CASES * len(INFORMED)) <= POOLED[1], covered
    assert min(covered.values()) >= binom.ppf(UNLIKELY, CASES, LEVEL), covered
    low, high = chi2.ppf([UNLIKELY, 1 - UNLIKELY], CASES) / CASES
    assert low < min(squares.values()) <= max(squares.values()) < high, squares
