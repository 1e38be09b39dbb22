"""Mistakes in files of targets and priors, through the command line: each in words and at its place, nothing done.

Every case is an edit of one small study that is right. `¦` stands before the character that the message points at.
"""

from __future__ import annotations

import pathlib

import pytest
from click.testing import CliRunner, Result

from calibration.read import read_study
from simulation.cli import main
from tests.bad_study import FILES, WRONG
from tests.studies import SCENARIO


def write(folder: pathlib.Path, edits: dict[str, list[tuple[str, str]]]) -> pathlib.Path:
    """The study with edits by file; returns the file of targets."""
    (folder / "toy.yaml").write_text(SCENARIO.replace("targets: targets.yaml\n", ""), encoding="utf-8")
    for file, text in FILES.items():
        for old, new in edits.get(file, []):
            assert text.count(old) == 1, f"{text.count(old)} times: {old!r}"
            text = text.replace(old, new)
        (folder / file).write_text(text, encoding="utf-8")
    return folder / "targets.yaml"


def place(path: pathlib.Path, marked: str) -> str:
    """`file:line:column` of the character after `¦`."""
    before, after = marked.split("¦")
    text = path.read_text(encoding="utf-8")
    assert text.count(before + after) == 1, f"{text.count(before + after)} times: {before + after!r}"
    start = text.index(before + after) + len(before)
    return f"{path.name}:{text.count(chr(10), 0, start) + 1}:{start - text.rfind(chr(10), 0, start)}: error"


def refused(path: pathlib.Path, *more: str) -> str:
    """What `calibrate` says of a study that is wrong; it writes nothing."""
    there = sorted(path.parent.iterdir())
    words = ["calibrate", str(path), "--out", str(path.parent / "out"), *more]
    done: Result = CliRunner().invoke(main, words)
    assert done.exit_code == 2, done.output
    assert "Nothing was run." in done.stderr and "Traceback" not in done.output and not done.stdout
    assert sorted(path.parent.iterdir()) == there
    return done.stderr


def test_the_study_itself_is_right(tmp_path: pathlib.Path) -> None:
    """So each case is about its edit alone."""
    study = read_study(write(tmp_path, {}))
    assert list(study.fit_targets) == ["job", "talks", "others"]
    assert [part.name for part in study.parts] == ["targets", "more"]


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_told_at_its_place(name: str, tmp_path: pathlib.Path) -> None:
    """Once, and nothing else is said to be wrong."""
    wrong = WRONG[name]
    said = refused(write(tmp_path, {wrong.file: wrong.edits}))
    where = place(tmp_path / wrong.file, wrong.marked)
    (line,) = [line for line in said.splitlines() if ": error" in line]
    assert where in line and wrong.message in line, f"{line}\n{where}"


def test_all_mistakes_in_all_files_are_told_at_once(tmp_path: pathlib.Path) -> None:
    """Of schema, of names and of values, in targets, priors and a `with` file."""
    edits = {
        "targets.yaml": [("outcome: exit_job", "outcome: exit_jbo"), ("figure: 0.4", "figure: 40"),
                         ("scenario: toy.yaml", "scenario: toy.yaml\ncolour: red"), ("2026-11-25", "soon")],
        "more.yaml": [("replications: 2", "replications: 1"), ("    n: 310\n", "")],
        "priors.yaml": [("[0.01, 0.08]", "[0.08, 0.01]"), ("logitnormal", "logistic"), ("    why: hardly any\n", "")],
    }  # fmt: skip
    path = write(tmp_path, edits)
    said = refused(path)
    for message in (
        "targets.yaml:5:1: error: colour: unknown key", "targets.yaml:3:7: error: date: 'soon' is not a date",
        "more.yaml:5:15: error: replications: must be 2 or more", "count: needs n",
        "the lower end must come first", "must be one of lognormal", "missing key 'why'",
    ):  # fmt: skip
        assert message in said, said
    assert said.splitlines()[-1].startswith("7 problems")


def test_all_names_and_values_that_are_wrong_are_told_at_once(tmp_path: pathlib.Path) -> None:
    """Where the files can be read as such."""
    edits = {
        "targets.yaml": [("outcome: exit_job", "outcome: exit_jbo"), ("figure: 0.4", "figure: 40")],
        "more.yaml": [("week: 20", "week: 200"), ("  others:", "  job:")],
        "priors.yaml": [("unit: share", "unit: percent")],
    }
    said = refused(write(tmp_path, edits))
    for message in (
        "there is no outcome 'exit_jbo'", "(got 40; write", "the follow-up ends in week 26 (got 200)",
        "'job' is a target of targets.yaml already", "the unit here is share",
    ):  # fmt: skip
        assert message in said, said


@pytest.mark.parametrize("name", ["nothing.yaml", "."])
def test_a_file_that_is_none_is_refused(name: str, tmp_path: pathlib.Path) -> None:
    """A missing one, and a folder."""
    write(tmp_path, {})
    assert {"nothing.yaml": "there is no such file", ".": "a directory"}[name] in refused(tmp_path / name)


def test_somewhere_to_write_is_needed(tmp_path: pathlib.Path) -> None:
    """In the file or on the command line, and it may not be a folder."""
    path = write(tmp_path, {"targets.yaml": [("fitted: fitted.yaml\n", "")]})
    assert "missing key 'fitted', and no --to FILE is given" in refused(path)


@pytest.mark.parametrize(("key", "folder"), [("scenario", "toy.yaml"), ("priors", "priors.yaml")])
def test_a_file_that_cannot_be_read_is_told_in_its_own_words(key: str, folder: str, tmp_path: pathlib.Path) -> None:
    """A mistake of its YAML stands at its line."""
    path = write(tmp_path, {})
    (tmp_path / folder).write_text("version: 1\nname: {\n", encoding="utf-8")
    assert f"{folder}:" in refused(path)
