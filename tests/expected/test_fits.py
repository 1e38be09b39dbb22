"""The fitted values that are shipped are those of the targets, priors and scenarios that are shipped."""

from __future__ import annotations

import pathlib
from typing import Any

import numpy as np
import pytest
import yaml

from calibration.fit import DRAWS, calibrate
from calibration.fitted_file import fitted_data, write_fitted
from calibration.read import read_study
from calibration.validate import fit_of
from simulation import load
from simulation.scenario.files.yamlfile import read
from tasks import FITS

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGETS = sorted((ROOT / "calibration" / "targets").glob("*.yaml"))
UNFITTED = ("flow_dagpenge", "base_2027_kontanthjaelp_jobparat")
"""Scenarios in which nothing is fitted."""
SHIPPED = sorted((ROOT / "scenarios").glob("*.yaml"))


def test_every_fit_is_made_by_one_command() -> None:
    assert sorted(FITS) == [path.stem for path in TARGETS if "priors" in read(path).data]
    assert sorted(FITS) == sorted(path.stem for path in (ROOT / "calibration" / "fitted").glob("*.yaml"))


@pytest.mark.parametrize("name", FITS)
def test_a_fit_is_of_what_is_shipped(name: str) -> None:
    """If it is not: python3 tasks.py calibrate."""
    study = read_study(ROOT / "calibration" / "targets" / f"{name}.yaml")
    fit = fit_of(study)  # refuses one of other inputs
    names, rows = fit.draws()
    assert rows.shape == (DRAWS, len(study.priors)) and set(fit.data["targets"]) == set(study.fit_targets)
    for parameter, column in zip(names, rows.T, strict=True):
        said = fit.data["parameters"][parameter]
        assert np.quantile(column, [0.025, 0.975]) == pytest.approx([said["low"], said["high"]], rel=0.02)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_scenario_uses_fitted_values(path: pathlib.Path) -> None:
    """And no number of kind calibrated is written by hand, but beside a fitted one in the same distribution."""
    loaded = load(path)
    assert bool(loaded.resolved.fitted) != (path.stem in UNFITTED)
    fitted = {row["path"] for row in loaded.values() if row.get("fitted")}
    by_hand = [
        row["path"] for row in loaded.parameters() if row.get("kind") == "calibrated" and row["path"] not in fitted
    ]
    assert all(any(each.rpartition(".")[0] == path.rpartition(".")[0] for each in fitted) for path in by_hand), by_hand


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sygedagpenge", "base_2027_dagpenge"])
def test_a_fit_made_anew_is_the_same(name: str, tmp_path: pathlib.Path) -> None:
    """Byte by byte with the same versions of what it is reckoned with, or else to three digits. (The second takes seven
    minutes of a core.)"""
    study = read_study(ROOT / "calibration" / "targets" / f"{name}.yaml")
    stored = ROOT / "calibration" / "fitted" / f"{name}.yaml"
    fitted = calibrate(study)
    said = yaml.safe_load(stored.read_text(encoding="utf-8"))
    for parameter, found in fitted_data(fitted)["parameters"].items():
        assert found["value"] == pytest.approx(said["parameters"][parameter]["value"], rel=1e-3), parameter
    if reckoned_with(said) == reckoned_with(fitted_data(fitted)):
        new = tmp_path / f"{name}.yaml"
        write_fitted(fitted, new)
        assert after_versions(new) == after_versions(stored)
        assert new.with_suffix(".draws.csv").read_bytes() == stored.with_suffix(".draws.csv").read_bytes()


def reckoned_with(fit: dict[str, Any]) -> dict[str, str]:
    """The versions on which its last digits depend; not that of the program, whose text may be the same."""
    return {package: version for package, version in fit["versions"].items() if package != "jobcentersim"}


def after_versions(file: pathlib.Path) -> list[str]:
    """The lines of a file of fitted values, but for the first, which is a comment, and that of versions."""
    return [line for line in file.read_text(encoding="utf-8").split("\n")[1:] if not line.startswith("versions: ")]
