"""`calibrate` from outside: what it refuses to write on, work that is stopped, and whole numbers all the way."""

from __future__ import annotations

import pathlib

import pytest
import yaml
from click.testing import CliRunner, Result

from calibration import fit, others
from calibration.fitted_file import work_mark
from calibration.read import read_study
from simulation import load
from simulation.cli import main
from simulation.experiments.points import Points
from simulation.experiments.spread import drawn_values
from tests.studies import PRIORS, TRUTH, WANTED, dump, made_by, write_study

WEEKS = "interventions.samtaler.plans.plan.every.0.weeks"
ATTENDANCE = "interventions.samtaler.channels.personlig.attendance"


def cli(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    ("to", "said"),
    [(".", "this is a directory, not a file"), ("targets.yaml", "this is no file of fitted values, so it is not over"),
     ("notes.txt", "this is no file of fitted values, so it is not overwritten")],
)  # fmt: skip
def test_nothing_but_a_file_of_fitted_values_is_overwritten(to: str, said: str, tmp_path: pathlib.Path) -> None:
    """Before anything is run."""
    path = write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    (tmp_path / "notes.txt").write_text("dear diary", encoding="utf-8")
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    done = cli("calibrate", path, "--to", tmp_path / to, "--out", tmp_path / "out")
    assert done.exit_code == 2 and said in done.stderr and "Nothing was run." in done.stderr
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_ctrl_c_keeps_what_is_finished(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 130, nothing written, and what to do next."""
    path, keep, kept = write_study(tmp_path, dict.fromkeys(WANTED, 0.3)), Points.keep, []

    def keep_and_stop(self: Points, *what: object) -> None:
        keep(self, *what)  # type: ignore[arg-type]
        kept.append(what)
        if len(kept) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(Points, "keep", keep_and_stop)
    stopped = cli("calibrate", path, "--out", tmp_path / "out")
    assert stopped.exit_code == 130 and not (tmp_path / "fitted.yaml").exists()
    assert "3 of 417 sets of values are finished and kept" in stopped.stderr and "same command again" in stopped.stderr
    assert len(list((tmp_path / "out").rglob("*.json"))) == 3


def test_unfinished_work_is_of_one_question(tmp_path: pathlib.Path) -> None:
    """Sets of values are kept by number, so other figures, priors or replications are other work; words are not."""

    def mark(*asked: object) -> str:
        return work_mark(read_study(tmp_path / "targets.yaml"), *asked)

    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    as_it_is = mark("posterior", None)
    assert mark("posterior", None) == as_it_is != mark("posterior", 3) != mark("point", None)
    for file, old, new, same in (
        ("targets.yaml", "figure: 0.3", "figure: 0.31", False), ("targets.yaml", "seed: 11", "seed: 12", False),
        ("priors.yaml", "- 0.98\n", "- 0.97\n", False), ("priors.yaml", "why: a toy", "why: another toy", True),
        ("targets.yaml", "source: toy", "source: another toy", True), ("toy.yaml", "weeks: 28", "weeks: 29", False),
    ):  # fmt: skip
        text = (tmp_path / file).read_text(encoding="utf-8")
        assert old in text
        (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        assert (mark("posterior", None) == as_it_is) == same, (file, new)
        (tmp_path / file).write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_whole_number_is_found_and_stays_one(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Weeks between talks, in the point, in every draw and in the scenario that is run with them."""
    monkeypatch.setattr(fit, "CHECKS", 4)
    monkeypatch.setattr(others, "REFITS", 0)  # no figure is left out
    path = write_study(tmp_path, made_by(tmp_path, TRUTH, 1))
    scenario = (tmp_path / "toy.yaml").read_text(encoding="utf-8")
    scenario = scenario.replace("[{weeks: 2}]", "[{weeks: {value: fitted, kind: calibrated, source: toy}}]")
    said = "{value: fitted, unit: share, kind: calibrated, source: toy}"
    assert scenario.count(said) == 1
    (tmp_path / "toy.yaml").write_text(scenario.replace(said, "0.8"), encoding="utf-8")
    priors = {name: {**prior, "why": "a toy"} for name, prior in PRIORS.items() if name != ATTENDANCE}
    whole = {"distribution": "uniform", "range": [1, 6], "unit": "weeks", "whole": True, "why": "a toy"}
    dump(tmp_path / "priors.yaml", {"version": 1, "parameters": {**priors, WEEKS: whole}})
    done = cli("calibrate", path, "--out", tmp_path / "out", "--replications", "2")
    assert done.exit_code == 0, done.output
    found = yaml.safe_load((tmp_path / "fitted.yaml").read_text(encoding="utf-8"))["parameters"][WEEKS]
    assert found["value"] == found["low"] == found["high"] == 2 and isinstance(found["value"], int)
    loaded = load(tmp_path / "toy.yaml")
    sets, drawn, _ = drawn_values(loaded, 100)
    assert WEEKS in drawn and {type(each[WEEKS]) for each in sets} == {int}
    assert loaded.with_(sets[0]).scenario.follow_up == 26
