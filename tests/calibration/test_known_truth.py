"""Fits of trials whose parameters are known: what a case is, and what is counted of it."""

from __future__ import annotations

import pathlib

import numpy as np

from calibration.known_truth import coverage, text, truth_of, with_trial
from calibration.priors import values
from calibration.read import read_study
from tests.studies import WANTED, write_study


def test_a_trial_takes_the_place_of_what_is_printed(tmp_path: pathlib.Path) -> None:
    """The same for the same case; it errs as trials of the model do, and nothing is rounded."""
    study = read_study(write_study(tmp_path, dict.fromkeys(WANTED, 0.5)))
    truth = values(study.priors, truth_of(study, 3))
    one, again = (with_trial(study, truth, 3) for _ in range(2))
    assert one is not None and again is not None
    figures = {name: target.figure for name, target in one.fit_targets.items()}
    assert figures == {name: target.figure for name, target in again.fit_targets.items()}
    assert set(figures) == set(WANTED) and 0.5 not in figures.values()
    assert {(t.spread, t.design_factor, t.n, t.rounding) for t in one.fit_targets.values()} == {("model", 1, None, 0)}
    assert truth == values(study.priors, truth_of(study, 3)) != values(study.priors, truth_of(study, 4))


def test_coverage_is_the_share_of_ranks_within_each_interval() -> None:
    """Ranks spread evenly are covered as often as they should; what no figure tells of can be left aside."""
    found = [{"a": (rank, 0.9), "b": (0.999, 0.0)} for rank in (np.arange(200) + 0.5) / 200]
    count, shares = coverage(found, informed=True)
    assert count == 200 and [round(share, 2) for share in shares.values()] == [0.5, 0.8, 0.95]
    assert coverage(found, informed=False)[1][0.95] == 0.475
    assert "200 cases; 2 more" in text("toy", found, 2)
