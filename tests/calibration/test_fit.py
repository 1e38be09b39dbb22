"""A fit of a toy jobcentre: the same bytes however it is done, what is known is found, what is not is said."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest
import yaml
from click.testing import CliRunner, Result

from calibration import fit, others
from calibration.fit import ROUNDS, Fitted, calibrate, sets_of, skills
from calibration.fitted_file import fitted_data, write_fitted
from calibration.read import read_study
from calibration.verdict import not_reached, uninformed, warnings
from simulation.cli import main
from tests.processes import LIMIT, started, wait_until
from tests.studies import PRIORS, TRUTH, WANTED, dump, made_by, write_study

ROOT = pathlib.Path(__file__).resolve().parents[2]
EFFECT = "interventions.samtaler.effects.job"


def cli(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def study(folder: pathlib.Path, luck: int = 1) -> pathlib.Path:
    return write_study(folder, made_by(folder, TRUTH, luck))


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fits of two rounds, for what hangs neither on figures left out nor on how near the emulator is."""
    monkeypatch.setitem(ROUNDS, "posterior", 2)
    monkeypatch.setattr(fit, "CHECKS", 4)
    monkeypatch.setattr(others, "REFITS", 0)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> Fitted:
    return calibrate(read_study(study(tmp_path_factory.mktemp("toy"))))


@pytest.mark.slow
def test_workers_interruptions_and_hash_seeds_do_not_matter(fitted: Fitted, tmp_path: pathlib.Path) -> None:
    """One worker; two that are killed in the middle and taken up again: the same bytes, and nothing is left over."""
    one = fitted.study.path.with_name("fitted.yaml")
    write_fitted(fitted, one)
    path = study(tmp_path)
    words = [sys.executable, "-m", "simulation.cli", "calibrate", str(path), "--workers", "2", "--quiet", "--out",
             str(tmp_path / "two")]  # fmt: skip
    with started(words, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "3"}, stdout=subprocess.DEVNULL) as running:
        wait_until(lambda: len(list((tmp_path / "two").rglob("*.json"))) > 20, "twenty sets of values are simulated")
        running.kill()
        running.wait(LIMIT)
    assert not (tmp_path / "fitted.yaml").exists()
    again = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True, timeout=LIMIT)
    assert "sets of values were there from an earlier call" in again.stdout
    for name in ("fitted.yaml", "fitted.draws.csv"):
        assert (tmp_path / name).read_bytes() == one.with_name(name).read_bytes()
    assert not list((tmp_path / "two").rglob("*.json"))


def test_what_is_known_is_found_and_what_is_not_is_said(fitted: Fitted) -> None:
    """The truth lies in the 95 % interval of every parameter that the figures inform (one fixed luck)."""
    for name, true in TRUTH.items():
        low, high = fitted.interval(name)
        assert low < true < high, name
        assert fitted.informed[name] > 0.4
    assert uninformed(fitted) == [EFFECT]
    assert f"{EFFECT} is informed by no figure: its posterior is its prior" in warnings(fitted)
    assert fitted.interval(EFFECT) == pytest.approx(tuple(PRIORS[EFFECT]["range"]), rel=2e-3)
    assert not not_reached(fitted) and fitted.effective > 5000


def test_the_point_is_simulated_and_the_emulator_is_near(fitted: Fitted) -> None:
    assert np.abs(fitted.residuals).max() < 0.5
    assert (fitted.off < 0.5 * fitted.predicted.std(axis=0)).all()
    assert np.abs(fitted.at_point - fitted.predicted.mean(axis=0)).max() < 0.02


def test_two_figures_are_left_out_by_a_fit_of_their_own(fitted: Fitted) -> None:
    """Those without which the posterior moves most. Both ways of leaving out agree here, and the priors alone say less
    than the others do."""
    others = fitted.others
    assert len(others.refitted) == 2
    assert set(others.refitted) == set(np.argsort(-others.moved)[:2].tolist())
    for column in range(len(fitted.study.fit_targets)):
        emulated, told = others.by_emulator[:, column], others.told[:, column]
        if column in others.refitted:
            assert abs(told.mean() - emulated.mean()) < 0.5 * emulated.std() and not np.array_equal(told, emulated)
        else:
            assert np.array_equal(told, emulated)
    said = fitted_data(fitted)
    assert [name for name, entry in said["targets"].items() if entry.get("refitted")] == [
        list(said["targets"])[column] for column in others.refitted
    ]
    assert fitted.sets == sets_of(fitted.study, "posterior")
    gained = skills(fitted)
    assert gained["job_26"].score > 0 and gained["job_26"].width < 1  # the exits by week 12 tell of it
    for entry in said["targets"].values():
        middle, low, high = entry["before"]
        assert low < entry["low"] < entry["high"] < high and low < middle < high


def test_half_and_twice_the_guessed_variances_are_told_where_some_are_guessed(fitted: Fitted) -> None:
    """Every figure of the toy is of printed persons, or of a share of weeks, whose error is stated."""
    assert fitted.sensitivity == {}
    assert list(fitted.scatter) == ["targets"] and fitted.scatter["targets"].degrees > 3
    assert np.allclose(fitted.errors.correlation, fitted.errors.correlation.T)
    assert fitted.errors.correlation[0, 1] > 0.1  # who left by week 12 has by week 26; shrunk


@pytest.mark.usefixtures("brief")
def test_a_target_out_of_reach_is_reported(tmp_path: pathlib.Path) -> None:
    """Nobody can have left to a job more often by week 12 than by week 26."""
    path = write_study(tmp_path, {**made_by(tmp_path, TRUTH, 1), "job_12": 0.6, "job_26": 0.2})
    done = cli("calibrate", path, "--out", tmp_path / "out")
    assert done.exit_code == 0 and "not reached" in done.output
    said = yaml.safe_load((tmp_path / "fitted.yaml").read_text(encoding="utf-8"))
    missed = [text for text in said["warnings"] if "is not reached" in text]
    assert "job_12 is not reached" in missed[0] and "job_26 is not reached" in missed[1]


@pytest.mark.slow
@pytest.mark.usefixtures("brief")
def test_a_parameter_at_the_end_of_its_prior_is_named(tmp_path: pathlib.Path) -> None:
    path = study(tmp_path)
    priors = yaml.safe_load((tmp_path / "priors.yaml").read_text(encoding="utf-8"))
    priors["parameters"]["exits.job.level"]["range"] = [0.0005, 0.02]
    dump(tmp_path / "priors.yaml", priors)
    assert any("exits.job.level lies at the upper end" in text for text in warnings(calibrate(read_study(path))))


def test_a_first_look_writes_no_values(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUNDS, "point", 1)
    done = cli("calibrate", study(tmp_path), "--method", "point", "--out", tmp_path / "out")
    assert done.exit_code == 0 and "no fitted values were written" in done.output
    assert not (tmp_path / "fitted.yaml").exists()


def test_json_is_one_object(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUNDS, "point", 1)
    words = ("--method", "point", "--json", "--out", tmp_path / "out")
    printed = cli("calibrate", study(tmp_path), *words).stdout
    said = json.loads(printed, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))
    assert set(said["targets"]) == set(WANTED) and said["file"] is None and said["sets_of_values"] == 65
    assert said["replications"] == {"targets": 2}


@pytest.mark.usefixtures("brief")
def test_values_can_be_written_elsewhere(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROUNDS, "posterior", 1)
    done = cli("calibrate", study(tmp_path), "--to", tmp_path / "other" / "mine.yaml", "--out", tmp_path / "out",
               "--replications", 2)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert (tmp_path / "other" / "mine.draws.csv").exists() and not (tmp_path / "fitted.yaml").exists()
    said = yaml.safe_load((tmp_path / "other" / "mine.yaml").read_text(encoding="utf-8"))
    assert said["replications"] == {"targets": 2}


@pytest.mark.slow
@pytest.mark.usefixtures("brief")
def test_two_files_are_reached_by_the_same_values(tmp_path: pathlib.Path) -> None:
    """The second brings a scenario with twice the talks; a parameter may be set in one of both alone."""
    figures = made_by(tmp_path, TRUTH, 1)
    path = write_study(tmp_path, figures)
    (tmp_path / "often.yaml").write_text(
        (tmp_path / "toy.yaml").read_text(encoding="utf-8").replace("{weeks: 2}", "{weeks: 1}"), encoding="utf-8"
    )
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    weekly = {**whole["targets"]["talks"], "figure": 0.78}
    more = {**whole, "scenario": "often.yaml", "targets": {"talks_often": weekly}}
    dump(tmp_path / "often_targets.yaml", {key: more[key] for key in more if key not in ("priors", "fitted")})
    dump(path, {**whole, "with": ["often_targets.yaml"]})
    priors = yaml.safe_load((tmp_path / "priors.yaml").read_text(encoding="utf-8"))
    (tmp_path / "often.yaml").write_text(
        (tmp_path / "often.yaml").read_text(encoding="utf-8").replace(
            "effects: {job: {value: fitted, unit: factor, kind: assumed, source: toy}}", ""
        ), encoding="utf-8",
    )  # fmt: skip
    priors["parameters"][EFFECT]["only_in"] = ["targets"]
    dump(tmp_path / "priors.yaml", priors)
    found = calibrate(read_study(path), replications=2)
    assert list(found.study.fit_targets) == [*WANTED, "talks_often"]
    assert found.at_point[-1] > 1.5 * found.at_point[-2] and not not_reached(found)


def test_an_outcome_that_is_never_measured_is_told(tmp_path: pathlib.Path) -> None:
    """Half never leave within the follow-up where exits are rare: there is no median to be fitted to."""
    path = study(tmp_path)
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    del whole["targets"]["job_26"]["n"], whole["targets"]["job_26"]["week"]
    whole["targets"]["job_26"] |= {"outcome": "median_weeks_to_exit", "figure": 20.0, "se": 1.0, "se_source": "toy"}
    priors = yaml.safe_load((tmp_path / "priors.yaml").read_text(encoding="utf-8"))
    priors["parameters"]["exits.job.level"]["range"] = [0.001, 0.02]
    dump(tmp_path / "priors.yaml", priors)
    done = cli("calibrate", dump(path, whole), "--out", tmp_path / "out")
    assert done.exit_code == 2 and "target 'job_26' is measured in no replication" in done.output
