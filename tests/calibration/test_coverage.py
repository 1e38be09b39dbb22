"""On data made by known parameters, intervals cover the truth as often as they say."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest
import yaml
from scipy.stats import binom

from calibration.fit import calibrate
from calibration.priors import Prior
from calibration.study import read_study
from simulation import load
from simulation.results.replication import simulate
from tests.studies import PRIORS, TRUTH, dump, made_by, write_study

CASES = 50
PERSONS = 300
LEVEL = 0.9


def spread_of_talks(folder: pathlib.Path) -> float:
    """Sampling error of the share of weeks with a talk in a trial of so many persons, from 200 replications."""
    made_by(folder, TRUTH, 0, PERSONS)
    values = {"interventions.samtaler.effects.job": 1.0, **TRUTH}
    loaded = load(folder / "toy.yaml", {"intake.persons": PERSONS}, values)
    found = [each.outcomes["talk_share", "alle", None] for each in simulate(loaded.scenario, range(200))]
    return float(np.std(found, ddof=1))


@pytest.mark.slow
def test_intervals_cover_the_truth(tmp_path: pathlib.Path) -> None:
    """Fifty truths drawn from the priors, each with the figures of one trial of 300 persons (shares who have left to a
    job and elsewhere by week 26, share of weeks with a talk), fitted with 4 replications a set.

    Decision rule: of the 150 intervals of 90 % of the three informed parameters, 80 to 97 % cover the truth; of a
    single parameter's fifty, as many as a binomial of 90 % has within its central 99.8 %. The points miss by what the
    posterior says: the mean square of (point - truth) / posterior deviation, on the scale of the priors, lies within
    0.6 and 1.5 (its standard error over 150 is about 0.12).
    """
    names, se = list(TRUTH), spread_of_talks(tmp_path)
    priors = {name: Prior.model_validate({**PRIORS[name], "why": "a toy"}) for name in names}
    luck = np.random.default_rng(20261125)
    covered, missed = np.zeros((CASES, len(names)), dtype=bool), np.zeros((CASES, len(names)))
    for case in range(CASES):
        z = luck.normal(size=len(names))
        truth = {name: float(priors[name].value(np.array(each))) for name, each in zip(names, z, strict=True)}
        figures = made_by(tmp_path, truth, case, PERSONS)
        path = write_study(tmp_path, {name: figures[name] for name in ("job_26", "other_26", "talks")}, n=PERSONS)
        whole = yaml.safe_load(path.read_text(encoding="utf-8"))
        del whole["targets"]["talks"]["n"]
        whole["targets"]["talks"] |= {"se": se, "se_source": "measured"}
        fitted = calibrate(read_study(dump(path, whole)))
        for column, name in enumerate(names):
            low, high = fitted.interval(name, LEVEL)
            covered[case, column] = low <= truth[name] <= high
            drawn = fitted.draws[:, list(fitted.study.priors).index(name)]
            at = float(priors[name].normal(np.array(fitted.point[name])))
            missed[case, column] = (at - z[column]) / drawn.std()
    square = np.square(missed).mean()
    said = f"covered {covered.mean():.1%} in all, {covered.mean(axis=0)} by parameter; mean square {square:.2f}"
    print(said)
    assert 0.80 <= covered.mean() <= 0.97, said
    few, many = binom.ppf([0.001, 0.999], CASES, LEVEL)
    assert all(few <= each <= many for each in covered.sum(axis=0)), said
    assert 0.6 < np.square(missed).mean() < 1.5, said
