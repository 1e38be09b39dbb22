"""Files that a file names: which it may name, and what must stand in them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from simulation import load
from simulation.scenario.files.problems import InputProblems, Mark
from tests.bad_study import FILES
from tests.cases.mistakes import KONTANT, SMALL, overlay, refused
from tests.cases.places import project, said
from tests.studies import SCENARIO


def test_extends_of_a_name_that_cannot_be(tmp_path: Path) -> None:
    folder = project("extends-of-a-name-that-cannot-be", tmp_path)
    refused(folder / "extends_long.yaml", "2:10", "there is no file aaaa")
    assert "there is no file" in refused(folder / "extends_nul.yaml", "2:10", "U+0000")


@pytest.mark.parametrize("key", ["extends", "targets", "fitted", "compare_with"])
@pytest.mark.parametrize("name", ["5", "[5]", "{a: 1}", "true", "''", "a" * 5000, ".", "/", "..", "base.yaml/x"])
def test_what_names_a_file_is_the_name_of_one(key: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = SMALL.read_text(encoding="utf-8") if key != "extends" else "version: 2\n"
    path.write_text(f"{key}: {name}\n{text}", encoding="utf-8")
    refused(path, f"1:{len(key) + 3 + (key == 'extends' and name == '[5]')}", key)


def test_extends_that_doubles(tmp_path: Path) -> None:
    folder = project("extends-that-doubles", tmp_path)
    began = time.perf_counter()
    assert said("check", folder / "d0.yaml").exit_code == 0
    assert time.perf_counter() - began < 5  # 13 files; they were resolved 8,191 times, which took minutes


@pytest.mark.parametrize("key", ["extends", "targets", "fitted", "compare_with"])
def test_a_file_names_none_outside_its_root(key: str, tmp_path: Path) -> None:
    """Nor is a line of it quoted, nor said whether it is there; a link is followed; a root lets it be named."""
    secret, inside = tmp_path / "secret.yaml", tmp_path / "project" / "scenarios"
    inside.mkdir(parents=True)
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (inside / "link.yaml").symlink_to(secret)
    text = SMALL.read_text(encoding="utf-8") if key != "extends" else "version: 2\n"
    for name in ("../../secret.yaml", "../../none.yaml", str(secret), "/etc/passwd", "link.yaml"):
        path = inside / "mine.yaml"
        path.write_text(f"{key}: {name}\n{text}", encoding="utf-8")
        shown = refused(path, f"1:{len(key) + 3}", "lies outside this project")
        assert "hunter2" not in shown and "root:" not in shown
    (tmp_path / "jobcentersim.yaml").touch()
    path.write_text(f"{key}: ../../secret.yaml\n{text}", encoding="utf-8")
    assert "lies outside" not in said("check", path).stderr


def test_what_is_shipped_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"version: 2\nname: mine\nextends: {KONTANT}\n", encoding="utf-8")
    assert load(path).scenario.name == "mine"


def test_an_inherited_mistake_is_in_its_own_file(tmp_path: Path) -> None:
    """The place of a value that nobody has changed stays in the file that has it."""
    path = overlay(tmp_path, "name: mine")
    base = tmp_path / "base.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("weeks: 64", "weeks: 640000"), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load(path)
    marks: Iterable[Mark | None] = [problem.mark for problem in caught.value.problems]
    assert [mark and Path(mark.file).name for mark in marks] == ["base.yaml"]


def test_scenario_called_two_dots(tmp_path: Path) -> None:
    folder, out = project("scenario-called-two-dots", tmp_path), tmp_path / "out" / "results"
    out.mkdir(parents=True)
    answer = said("run", folder / "...yaml", "--quiet", "--out", out)
    assert answer.exit_code == 2 and "needs a name before its ending" in answer.stderr
    assert [path.name for path in out.parent.iterdir()] == ["results"]


def test_fitted_file_with_also_5(tmp_path: Path) -> None:
    folder = project("fitted-file-with-also-5", tmp_path)
    fit = tmp_path / "calibration" / "fitted" / "fit_also.yaml"
    (folder / "fit_also.yaml").rename(fit)
    answer = said("check", folder / "scenario.yaml")
    assert answer.exit_code == 2 and "fit_also.yaml:5:84: error: fitted: must be a list of paths" in answer.stderr


FIT = "version: 1\nparameters:\n  exits.job.level: {value: 0.01, low: 0.005, high: 0.02}\n"


@pytest.mark.parametrize(
    ("found", "put", "words"),
    [
        ("0.01,", "true,", "value must be a number"),
        ("0.01,", "{a: 1},", "value must be a number"),
        ("high: 0.02", "high: 0.002", "must not be below low"),
        ("0.02}", "0.02, also: [5]}", "must be a list of paths"),
        ("0.02}", "0.02, rest: [5]}", "must be a mapping of paths to parts above 0"),
        ("0.02}", "0.02, rest: {x: -1}}", "must be a mapping of paths to parts above 0"),
        ("0.02}", "0.02, also: [exits.job.level]}", "has its value from exits.job.level already"),
        ("version: 1", "version: true", "this is no file of fitted values"),
        ("{value: 0.01, low: 0.005, high: 0.02}", "5", "this is no file of fitted values"),
    ],
)
def test_a_fitted_file_is_checked(found: str, put: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "fit.yaml").write_text(FIT.replace(found, put), encoding="utf-8")
    answer = said("check", overlay(tmp_path, "fitted: fit.yaml\nexits: {job: {level: fitted}}"))
    assert answer.exit_code == 2 and words in answer.stderr, answer.output


def test_draws_that_are_not_numbers(tmp_path: Path) -> None:
    folder = project("draws-that-are-not-numbers", tmp_path)
    draws = tmp_path / "calibration" / "fitted" / "paa_rette_vej_i_job.draws.csv"
    lines = draws.read_text(encoding="utf-8").splitlines()
    base = folder / "base_kontanthjaelp.yaml"
    first = lines[1].split(",")
    for row, words in {
        ",".join(["nan", *first[1:]]): "draws.csv:2:1: error: ",
        ",".join([first[0], "-inf", *first[2:]]): f"draws.csv:2:{len(first[0]) + 2}: error: ",
        ",".join([*first[:-1], "1_0"]): "must be a number (got '1_0')",
        ",".join(first[1:]): "draws are expected in this row",
        ",".join(["1e9"] * len(first)): "draws.csv:2:1: error: ",
    }.items():
        draws.write_text("\n".join([lines[0], row, *lines[2:]]), encoding="utf-8")
        answer = said("run", base, "--posterior", "--draws", 10, "--replications", 1, "--quiet", "--out", tmp_path)
        assert answer.exit_code == 2 and words in answer.stderr, answer.output


def test_a_prior_and_its_scenario_give_one_range(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    toy = SCENARIO.replace("targets: targets.yaml\n", "").replace(
        "effects: {job: {value: fitted,", "effects: {job: {value: fitted, range: [0.8, 1.2],"
    )
    (tmp_path / "toy.yaml").write_text(toy, encoding="utf-8")
    answer = said("calibrate", tmp_path / "targets.yaml", "--out", tmp_path)
    assert answer.exit_code == 2 and "gives another range for interventions.samtaler.effects.job" in answer.stderr


def test_a_study_names_no_file_outside_its_root(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for home in (folder, tmp_path):
        (home / "toy.yaml").write_text(SCENARIO.replace("targets: targets.yaml\n", ""), encoding="utf-8")
    targets = folder / "targets.yaml"
    for key, name in {"scenario": "toy", "priors": "priors", "fitted": "fitted"}.items():
        targets.write_text(FILES["targets.yaml"].replace(f"{key}: {name}", f"{key}: ../{name}"), encoding="utf-8")
        answer = said("calibrate", targets, "--out", tmp_path)
        assert answer.exit_code == 2 and f"{key}: '../{name}.yaml' lies outside this project" in answer.stderr
