"""How mistakes are shown: the exact text, the order, and the spelling suggestions."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from simulation.scenario.files.problems import InputProblems, Mark, Problem, did_you_mean, render

LOW = {
    4: "extends: base.yaml",
    14: "      caseload_limt: 50",
    15: "\tæble: 12 %",
    123456: "weeks: 1,5",
}

GOLDEN = """\
scenarios/low.yaml:4:10: error: there is no such file
    4 | extends: base.yaml
      |          ^
scenarios/low.yaml:14:7: error: jobcentre.teams.0: unknown key 'caseload_limt'; did you mean 'caseload_limit'?
   14 |       caseload_limt: 50
      |       ^
scenarios/low.yaml:15:8: warning: æble: a share
   15 | \tæble: 12 %
      | \t      ^
      inherited by scenarios/mid.yaml:4
      inherited by scenarios/top.yaml:2
scenarios/low.yaml:123456:8: error: use a decimal point: 1.5
123456 | weeks: 1,5
       |        ^
error: run.seed: not given
error: nothing to run
scenarios/gone.yaml:1:1: error: there is no such file"""


def read_low(file: str, line: int) -> str | None:
    return LOW.get(line) if file == "scenarios/low.yaml" else None


def low(line: int, column: int) -> Mark:
    return Mark("scenarios/low.yaml", line, column)


def test_golden() -> None:
    by = (Mark("scenarios/mid.yaml", 4, 1), Mark("scenarios/top.yaml", 2, 1))
    hint = did_you_mean("caseload_limt", ["caseload_limit", "name"])
    problems = [
        Problem("use a decimal point: 1.5", low(123456, 8)),
        Problem("a share", low(15, 8), "æble", "warning", by),
        Problem("not given", path="run.seed"),
        Problem("there is no such file", Mark("scenarios/gone.yaml", 1, 1)),
        Problem(f"unknown key 'caseload_limt'{hint}", low(14, 7), "jobcentre.teams.0"),
        Problem("nothing to run"),
        Problem("there is no such file", low(4, 10)),
    ]
    assert render(problems, read_low) == GOLDEN


def test_same_place_keeps_the_order_in_which_problems_were_found() -> None:
    text = render([Problem("second", low(4, 1)), Problem("first", low(4, 1))], lambda file, line: None)
    assert [line.rpartition(" ")[2] for line in text.splitlines()] == ["second", "first"]


def test_nothing_to_report() -> None:
    assert render([]) == ""


@pytest.mark.parametrize(
    ("source", "column", "excerpt"),
    [
        ("", 1, "    1 |\n      | ^"),
        ("a:", 5, "    1 | a:\n      |     ^"),
        ("a: \x1b[31m\u2028", 4, "    1 | a: �[31m�\n      |    ^"),
    ],
)
def test_excerpt(source: str, column: int, excerpt: str) -> None:
    text = render([Problem("wrong", Mark("a.yaml", 1, column))], lambda file, line: source)
    assert text == f"a.yaml:1:{column}: error: wrong\n{excerpt}"


def test_files_below_the_current_directory_are_shown_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "a.yaml").write_bytes("\ufeffx: 1\r\nå: 1,5\r\n".encode())
    outside = str(tmp_path / "b.yaml")
    marks = [Mark(str(here / "a.yaml"), 2, 4), Mark(outside, 1, 1), Mark("./a.yaml", 1, 1)]
    assert render([Problem("wrong", mark) for mark in marks]) == (
        "a.yaml:1:1: error: wrong\n    1 | x: 1\n      | ^\n"
        "a.yaml:2:4: error: wrong\n    2 | å: 1,5\n      |    ^\n"
        f"{outside}:1:1: error: wrong"
    )


def test_exception_shows_the_report_and_survives_pickling() -> None:
    error = InputProblems([Problem("wrong", path="a.b")])
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "error: a.b: wrong"
    assert again.problems == error.problems == (Problem("wrong", path="a.b"),)


@pytest.mark.parametrize(
    ("word", "allowed", "suggestion"),
    [
        ("caseload_limt", ["caseload_limit", "name"], "caseload_limit"),
        ("Caseload-Limit", ["caseload_limit"], "caseload_limit"),
        ("maaned", ["måned"], "måned"),
        ("ma\u030aned", ["måned"], "måned"),
        ("ÆBLEØ", ["aebleoe"], "aebleoe"),
        ("jobcenter", ["jobcenter", "jobcentre"], "jobcentre"),
        ("loebetid", {"løbetid": 1, "løn": 2}, "løbetid"),
        ("xyz", ["caseload_limit"], None),
        ("", ["name"], None),
        ("name", [], None),
        ("name", ["name"], None),
    ],
)
def test_did_you_mean(word: str, allowed: list[str], suggestion: str | None) -> None:
    assert did_you_mean(word, allowed) == (f"; did you mean '{suggestion}'?" if suggestion else "")
