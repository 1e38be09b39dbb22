"""A figure whose number of persons is lost errs as trials of the model do: in a fit, in `run`, in weights of draws."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from calibration.read import read_study
from simulation.experiments.uncertain.weights import Fitted, _errors, weights_of
from simulation.results.intervals import Estimate
from simulation.results.likelihood import Errors
from simulation.results.names import Figure
from simulation.results.verdict import Beside
from simulation.scenario.published import Published
from tests.calibration.test_fit import ROOT


def published(**said: Any) -> Published:
    whole = {"outcome": "x", "group": "alle", "rounding": 0, "source": "s", "page": "1", "definition": "d", **said}
    return Published.model_validate(whole)


LOST = published(figure=0.8, role="fit", spread="model", design_factor=2)


def test_the_design_factor_of_a_file_reaches_its_figures_wherever_they_are_read() -> None:
    """In the study, and in a scenario that names the file."""
    study = read_study(ROOT / "calibration" / "targets" / "paa_rette_vej_i_job.yaml")
    for figures in (study.fit_targets, study.parts[0].loaded.scenario.published):
        assert figures["prv_talkshare_treat"].spread == "model"
        assert figures["prv_talkshare_treat"].design_factor == study.file.design_factor == 2
        assert figures["level_job_ended_13w"].design_factor is None


def test_run_holds_it_against_the_spread_of_one_trial_times_the_root_of_the_factor() -> None:
    simulated = Estimate(0.83, 0.82, 0.84, 0.79, 0.87, 0.02, 400)
    beside = Beside("t", LOST, Figure("x"), True, simulated)
    assert beside.own_sd == pytest.approx(0.02 * np.sqrt(2))
    assert beside.distance.sd == pytest.approx(np.sqrt(2 * 0.02**2 + 0.02**2 / 400))


def test_weights_take_errors_from_the_files_of_fitted_values() -> None:
    """Correlations hold within a fit; a figure of two fits is the later one's, and errs with nobody of the first."""
    others = {name: published(figure=0.5, role="fit", se=0.1, se_source="s") for name in ("b", "c")}
    targets = {"a": LOST, **others}
    first = {"b": {"correlations": []}, "a": {"sampling_error": 0.9, "correlations": [0.4]}}
    second = {"a": {"sampling_error": 0.03, "correlations": []}, "unseen": {"correlations": [0.9]},
              "c": {"correlations": [-0.6, 0.1]}}  # fmt: skip
    errors = _errors(targets, [first, second])
    assert errors.sd == pytest.approx([0.03, 0.1, 0.1])
    assert errors.correlation == pytest.approx(np.array([[1, 0, -0.6], [0, 1, 0], [-0.6, 0, 1]]))


def test_weights_are_of_figures_that_err_together() -> None:
    """Two figures that are off to the same side are no surprise where they err together."""
    figures = {name: Figure(name) for name in "ab"}
    targets = {name: published(figure=0.0, role="fit", se=1.0, se_source="s") for name in "ab"}
    off = np.array([[1.0, 1.0], [1.0, -1.0]])
    run = SimpleNamespace(estimate_of=lambda _: Estimate(0, 0, 0, 0, 0, 0.0, 2, 2))
    every = {figures[name]: np.repeat(off[:, [c]], 2, axis=1) for c, name in enumerate("ab")}
    alone = {figures[name]: np.zeros((2, 2)) for name in "ab"}
    errors = Errors(np.ones(2), np.array([[1.0, 0.5], [0.5, 1.0]]))
    found = weights_of(run, Fitted(targets, figures, errors=errors), every, alone, range(2)).of_draws  # type: ignore[arg-type]
    assert found[0] / found[1] == pytest.approx(np.exp(-0.5 * (4 / 3 - 4)))
