"""`export`: lists of codes, and what is refused."""

from __future__ import annotations

import pathlib

import pandas as pd
import pytest

from simulation.report.exported import read_dream
from simulation.report.exported.codes import SHIPPED
from tests.commands import answer, cli
from tests.exports import MOVING, refused, run_of, write

OWN = SHIPPED.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return write(tmp_path_factory.mktemp("scenario"))


@pytest.fixture(scope="module")
def ran(file: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return run_of(file, tmp_path_factory.mktemp("results"))


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("  dagpenge:\n    code: 111", "  arbejdsloeshed:\n    code: 111",
         ":12:1: error: codes: there is no 'dagpenge', which the scenario 'Moving' has"),
        ("code: 130", "code: 131", "codes.kontanthjaelp.code: 131 is not in `ranking`"),
        ("code: 130", "code: many", "codes.kontanthjaelp.code: must be a whole number"),
        ("code: 130", "code: 1300", "codes.kontanthjaelp.code: must be 999 or less"),
        ("ranking: [783, 771", "ranking: [783, 783, 771", "ranking.1: 783 stands here twice"),
        ("sure: confirmed", "sure: certain", "must be one of confirmed, likely"),
        ("full_time_hours: 37", "full_time: 37", "unknown key 'full_time'; did you mean 'full_time_hours'?"),
        ("full_time_hours: 37", "full_time_hours: 0.1", "full_time_hours: must be 1 or more"),
        ("education: [651, 652]", "education: [651, 653]", "education.1: 653 must be one of no_benefit as well"),
        ("censoring: [997,", "censoring: [121,", "censoring.0: 121 is one of no_benefit"),
        ("{code: null, name: a job,", "{code: 5, name: a job,", "a code is confirmed, likely or assumed"),
        ("version: 1", "version: 2", "version"),
    ],
)  # fmt: skip
def test_lists_of_codes_that_are_wrong(
    was: str, becomes: str, says: str, file: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert OWN.count(was) == 1 or was == "education: [651, 652]"
    (tmp_path / "mine.yaml").write_text(OWN.replace(was, becomes), encoding="utf-8")
    message = refused(file, "--as", "dream", "--codes", tmp_path / "mine.yaml", "--out", tmp_path / "out")
    assert says in message and "mine.yaml:" in message, message
    assert "sygedagpenge'?" not in message, "no other benefit is proposed"
    assert not (tmp_path / "out").exists()


def test_codes_of_ones_own(file: pathlib.Path, tmp_path: pathlib.Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(
        OWN.replace("code: 130", "code: 131")
        .replace("111, 130,", "111, 131,")
        .replace("industry: null", "industry: 999999")
        .replace("full_time_hours: 37", "full_time_hours: 74"),
        encoding="utf-8",
    )
    answer("export", file, "--as", "dream", "--codes", mine, "--out", tmp_path / "own")
    answer("export", file, "--as", "dream", "--out", tmp_path / "shipped")
    own, shipped = (read_dream(tmp_path / place / "dream.csv") for place in ("own", "shipped"))
    assert (own.codes == 131).sum() == (shipped.codes == 130).sum() > 0
    assert pd.Series(own.ratios.ravel()).dropna().max() == 0.5
    frame = pd.read_csv(tmp_path / "own" / "dream.csv")
    assert (frame["branche_2020_06"].notna() == frame["grad_2020_06"].notna()).all()
    assert {*frame["branche_2020_06"].dropna()} == {999999}
    assert (tmp_path / "own" / "codes.yaml").read_bytes() == mine.read_bytes()


@pytest.mark.parametrize(
    ("changes", "words", "says"),
    [
        ({"start: 2019-W48": "start: 1990-W02"}, (), "DREAM has columns for 1990 to 2089 (got 1989-W48)"),
        ({"start: 2019-W48": "start: 2088-W40"}, (), "DREAM has columns for 1990 to 2089 (got 2090-W"),
        ({}, ("--locale", "da", "--as", "xes"), "--locale: xes is no CSV"),
        ({}, ("--codes", "x.yaml", "--as", "events"), "--codes: events has no codes"),
        ({}, ("--scenario", "moving"), "is one scenario; leave it out"),
        ({}, ("--set", "weeks=2"), "the run ends in week 2"),
        ({}, ("--codes", "nowhere.yaml"), "there is no such file"),
    ],
)  # fmt: skip
def test_what_is_refused(changes: dict[str, str], words: tuple[str, ...], says: str, tmp_path: pathlib.Path) -> None:
    text = MOVING
    for was, becomes in changes.items():
        text = text.replace(was, becomes)
    message = refused(write(tmp_path, text), "--as", "dream", *words, "--out", tmp_path / "out")
    assert says in message and not (tmp_path / "out").exists(), message


OF_BENEFITS = ("benefits:", "  sygedagpenge:", "  kontanthjaelp:", "  dagpenge:")
ONE = "\n".join(line for line in MOVING.splitlines() if not line.startswith(OF_BENEFITS))
ONE = ONE.replace(", returns_to: dagpenge", "")


def test_a_scenario_that_does_not_say_its_benefit(tmp_path: pathlib.Path) -> None:
    """The log of events needs none."""
    one = write(tmp_path, ONE)
    message = refused(one, "--as", "spells", "--out", tmp_path / "out")
    assert "error: benefit: say on which benefit they are" in message
    answer("export", one, "--as", "events", "--out", tmp_path / "events")
    answer("export", one, "--as", "dream", "--set", "benefit=dagpenge", "--out", tmp_path / "out")
    assert {*read_dream(tmp_path / "out" / "dream.csv").spells()["code"]} == {111, 651}


def test_before_2008_there_are_no_months_and_it_is_said(tmp_path: pathlib.Path) -> None:
    early = write(tmp_path, MOVING.replace("start: 2019-W48", "start: 2005-W48"))
    answer("export", early, "--as", "dream", "--out", tmp_path / "out")
    assert read_dream(tmp_path / "out" / "dream.csv").months == []
    readme = (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")
    assert "no whole one from 2008 on" in readme and "grad_" not in readme


def test_without_jobs_there_are_no_months_and_it_is_said(tmp_path: pathlib.Path) -> None:
    text = "\n".join(line for line in ONE.splitlines() if not line.startswith("job_spells"))
    done = cli("export", write(tmp_path, text), "--as", "dream", "--set", "benefit=dagpenge", "--out", tmp_path / "out")
    assert done.exit_code == 0, done.output
    assert read_dream(tmp_path / "out" / "dream.csv").months == []
    assert "There are no months" in (tmp_path / "out" / "README.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--replication", 2), "it has replications 0 to 1"),
        (("--set", "seed=6"), "results have theirs already"),
        (("--scenario", "other"), "it has no 'other'; there is moving"),
    ],
)  # fmt: skip
def test_what_is_refused_of_results(
    words: tuple[object, ...], says: str, ran: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    assert says in refused(ran, "--as", "dream", *words, "--out", tmp_path / "out")


def test_folders_that_are_no_results(tmp_path: pathlib.Path, file: pathlib.Path, undrawn: None) -> None:
    assert "no results folder" in refused(tmp_path, "--as", "dream")
    assert "there is no such file" in refused(tmp_path / "none", "--as", "dream")
    answer("sweep", file, "--over", "teams.team.fte=1:2:1", "--replications", 1, "--out", tmp_path / "results")
    place = next(each.parent for each in tmp_path.rglob("manifest.json"))
    assert "results of run and compare" in refused(place, "--as", "dream", "--out", tmp_path / "out")
