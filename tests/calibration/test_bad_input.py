"""Everything that is wrong with targets and priors is told at its place, and nothing is run."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from simulation.cli import main
from tests.studies import WANTED, dump, write_study

JOB = "exits.job.level"


def calibrate(folder: pathlib.Path) -> Result:
    return CliRunner().invoke(main, ["calibrate", str(folder / "targets.yaml"), "--out", str(folder / "out")])


def change(file: str, *path: str, to: Any) -> Callable[[pathlib.Path], None]:
    """Set one key of a file, or take it away if `to` is ..."""

    def changed(folder: pathlib.Path) -> None:
        whole = part = yaml.safe_load((folder / file).read_text(encoding="utf-8"))
        for step in path[:-1]:
            part = part[step]
        if to is ...:
            del part[path[-1]]
        else:
            part[path[-1]] = to
        dump(folder / file, whole)

    return changed


def target(key: str, to: Any) -> Callable[[pathlib.Path], None]:
    return change("targets.yaml", "targets", "job_26", key, to=to)


def prior(key: str, to: Any) -> Callable[[pathlib.Path], None]:
    return change("priors.yaml", "parameters", JOB, key, to=to)


def text(file: str, old: str, new: str) -> Callable[[pathlib.Path], None]:
    def changed(folder: pathlib.Path) -> None:
        said = (folder / file).read_text(encoding="utf-8")
        assert old in said
        (folder / file).write_text(said.replace(old, new, 1), encoding="utf-8")

    return changed


WRONG: dict[str, tuple[Callable[[pathlib.Path], None], str, str]] = {
    "week outside the run": (target("week", 60), "targets.yaml", "the follow-up ends in week 26"),
    "unknown outcome": (target("outcome", "exit_jobb"), "targets.yaml", "did you mean 'exit_job'?"),
    "unknown group": (target("group", "ale"), "targets.yaml", "did you mean 'alle'?"),
    "share in per cent": (target("figure", 46.0), "targets.yaml", "is a share, so between 0 and 1 (got 46"),
    "no definition": (target("definition", ...), "targets.yaml", "missing key 'definition'"),
    "no source": (target("source", ...), "targets.yaml", "missing key 'source'"),
    "empty source": (target("source", ""), "targets.yaml", "1 character"),
    "neither n nor se": (target("n", ...), "targets.yaml", "needs either n (persons that it is of) or se"),
    "both n and se": (
        text("targets.yaml", "    n: 300\n", "    n: 300\n    se: 0.1\n    se_source: x\n"),
        "targets.yaml", "and not both",
    ),
    "se without source": (
        text("targets.yaml", "    n: 300\n", "    se: 0.1\n"),
        "targets.yaml", "which says where the standard error comes from",
    ),
    "se of nothing": (
        text("targets.yaml", "    n: 300\n", "    se: 0\n    se_source: x\n"), "targets.yaml", "must be greater than 0",
    ),
    "unknown role": (target("role", "fitt"), "targets.yaml", "must be one of fit, validate (got 'fitt')"),
    "unknown key": (
        text("targets.yaml", "    n: 300\n", "    n: 300\n    caveats: x\n"), "targets.yaml", "did you mean 'caveat'?",
    ),
    "unknown contradiction": (target("contradicts", "job_13"), "targets.yaml", "did you mean 'job_12'?"),
    "twice the same target": (
        text("targets.yaml", "  job_26:\n", "  job_12:\n"), "targets.yaml", "job_12",
    ),
    "difference of n persons": (target("group", "difference"), "targets.yaml", "there is no group 'difference'"),
    "number of n persons": (target("outcome", "weeks_to_exit"), "targets.yaml", "is no share, so n persons do not say"),
    "no such scenario": (change("targets.yaml", "scenario", to="toi.yaml"), "targets.yaml", "did you mean 'toy.yaml'?"),
    "no such file beside": (
        change("targets.yaml", "with", to=["more.yaml"]), "targets.yaml", "there is no file more.yaml",
    ),
    "no priors": (change("targets.yaml", "priors", to=...), "targets.yaml", "missing key 'priors'"),
    "bad date": (change("targets.yaml", "date", to="25/11/2026"), "targets.yaml", "is not a date"),
    "one replication": (change("targets.yaml", "replications", to=1), "targets.yaml", "must be 2 or more"),
    "unknown parameter": (
        text("priors.yaml", JOB, "exits.jobb.level"), "priors.yaml", "no parameter 'exits.jobb.level'; did you mean",
    ),
    "unknown distribution": (prior("distribution", "lognormall"), "priors.yaml", "did you mean 'lognormal'?"),
    "reversed range": (prior("range", [0.08, 0.01]), "priors.yaml", "the lower end must come first"),
    "impossible values": (
        change("priors.yaml", "parameters", "interventions.samtaler.channels.personlig.attendance", to={
            "distribution": "normal", "range": [0.5, 0.95], "unit": "share", "why": "x",
        }), "priors.yaml", "may have impossible values: must be 1 or less",
    ),
    "wrong unit": (prior("unit", "share"), "priors.yaml", "the unit here is per week (got 'share')"),
    "no reason": (prior("why", ...), "priors.yaml", "missing key 'why'"),
    "unknown key of a prior": (
        prior("wholes", True), "priors.yaml", "unknown key 'wholes'; did you mean 'whole'?",
    ),
    "unknown other place": (
        prior("also", ["exits.job.levle"]), "priors.yaml", "no parameter 'exits.job.levle'; did you mean",
    ),
    "unknown part": (prior("only_in", ["target"]), "priors.yaml", "did you mean 'targets'?"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_at_its_place(name: str, tmp_path: pathlib.Path) -> None:
    break_it, file, said = WRONG[name]
    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    break_it(tmp_path)
    done = calibrate(tmp_path)
    assert done.exit_code == 2, done.output
    assert said in done.output, done.output
    assert re.search(rf"{re.escape(file)}:\d+:\d+: error: ", done.output), done.output
    assert "Nothing was run." in done.output and "Traceback" not in done.output
    assert not (tmp_path / "out").exists() and not (tmp_path / "fitted.yaml").exists()


def test_all_mistakes_in_all_files_are_told_at_once(tmp_path: pathlib.Path) -> None:
    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    too_large = change("targets.yaml", "targets", "talks", "figure", to=2.0)
    for break_it in (target("week", 60), prior("unit", "share"), prior("only_in", ["targets", "x"]), too_large):
        break_it(tmp_path)
    said = calibrate(tmp_path).output
    assert "the follow-up ends in week 26" in said and "is a share" in said
    assert "the unit here is per week" in said and "no file of targets 'x'" in said and "4 problems." in said


def test_nothing_to_be_fitted_to(tmp_path: pathlib.Path) -> None:
    path = write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    path.write_text(path.read_text(encoding="utf-8").replace("role: fit", "role: validate"), encoding="utf-8")
    done = calibrate(tmp_path)
    assert done.exit_code == 2 and "none of the targets has `role: fit`" in done.output


def test_words_cannot_be_fitted_to(tmp_path: pathlib.Path) -> None:
    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    text("targets.yaml", "    figure: 0.3\n", "    figure: null\n    words: many\n")(tmp_path)
    done = calibrate(tmp_path)
    assert done.exit_code == 2 and "words cannot be used to fit" in done.output


def test_a_target_of_two_files_is_told(tmp_path: pathlib.Path) -> None:
    path = write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    (tmp_path / "more.yaml").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    change("targets.yaml", "with", to=["more.yaml"])(tmp_path)
    done = calibrate(tmp_path)
    assert done.exit_code == 2 and "'job_26' is a target of targets.yaml already" in done.output


def test_an_outcome_that_is_never_measured_is_told(tmp_path: pathlib.Path) -> None:
    """Half never leave within the follow-up where exits are rare: there is no median to be fitted to."""
    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    for key, value in (("outcome", "median_weeks_to_exit"), ("week", ...), ("figure", 20.0)):
        target(key, value)(tmp_path)
    text("targets.yaml", "    figure: 20.0\n    n: 300\n", "    figure: 20.0\n    se: 1\n    se_source: x\n")(tmp_path)
    done = calibrate(tmp_path)
    assert done.exit_code == 2 and "target 'job_26' is measured in no replication" in done.output
