"""Mistakes in the settings of the interventions: each is said in words, at its line and column, and nothing is run.

Every case is an edit of one small scenario that is right. `¦` in the marked text stands before the character that the
message must point at; the text itself occurs once in the edited file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from simulation.cli import main
from simulation.results.citations import citation_problems
from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.load import load
from tests.bad_input import CITED, DOUBTFUL, MISPLACED, RIGHT, WRONG, Case


def write(folder: Path, edits: list[tuple[str, str]]) -> Path:
    """The right scenario with these edits, as a file."""
    text = RIGHT
    for old, new in edits:
        assert text.count(old) == 1, f"{text.count(old)} times: {old!r}"
        text = text.replace(old, new)
    path = folder / "case.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def place(path: Path, marked: str) -> tuple[int, int]:
    """Line and column of the character after `¦`."""
    before, after = marked.split("¦")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [(n, line.index(before + after)) for n, line in enumerate(lines, start=1) if before + after in line]
    assert len(found) == 1, f"{len(found)} lines have {before + after!r}"
    return found[0][0], found[0][1] + len(before) + 1


def is_said(problems: list[Problem], case: Case, path: Path, severity: str = "error") -> None:
    """One of the problems has the message at the place, and none is anywhere else but in this file."""
    there = [problem for problem in problems if case.message in problem.message]
    assert there, [problem.message for problem in problems]
    marks = [problem.mark for problem in problems if problem.mark is not None]
    assert len(marks) == len(problems) and {mark.file for mark in marks} == {str(path)}
    places = {(problem.mark.line, problem.mark.column) for problem in there if problem.mark}
    assert places == {place(path, case.marked)}
    assert {problem.severity for problem in problems} == {severity}


def refused(path: Path) -> list[Problem]:
    """Why the scenario cannot be loaded."""
    with pytest.raises(InputProblems) as found:
        load(path)
    return list(found.value.problems)


def test_the_scenario_itself_is_right(tmp_path: Path) -> None:
    """No problem, no warning, no outcome cited that there is not: so each case is about its edit alone."""
    loaded = load(write(tmp_path, []))
    assert citation_problems(loaded) == warnings(loaded) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_at_its_place(name: str, tmp_path: Path) -> None:
    """In words, at the line and column of what is wrong."""
    path = write(tmp_path, WRONG[name].edits)
    is_said(refused(path), WRONG[name], path)


@pytest.mark.parametrize("name", MISPLACED)
def test_what_is_wrong_with_several_keys_is_said(name: str, tmp_path: Path) -> None:
    """In words, within the part that it concerns."""
    path = write(tmp_path, MISPLACED[name].edits)
    (problem,) = refused(path)
    assert MISPLACED[name].message in problem.message
    assert problem.mark is not None and abs(problem.mark.line - place(path, MISPLACED[name].marked)[0]) <= 5


@pytest.mark.parametrize("name", MISPLACED)
def test_what_is_wrong_with_several_keys_is_said_at_its_place(name: str, tmp_path: Path) -> None:
    """At the line and column of the key that the message is about."""
    path = write(tmp_path, MISPLACED[name].edits)
    is_said(refused(path), MISPLACED[name], path)


@pytest.mark.parametrize("name", CITED)
def test_cited_figures_that_there_are_not_are_said_at_their_place(name: str, tmp_path: Path) -> None:
    """By what `check` and every run look at before they begin."""
    path = write(tmp_path, CITED[name].edits)
    is_said(citation_problems(load(path)), CITED[name], path)


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_said_with_the_arithmetic_at_its_place(name: str, tmp_path: Path) -> None:
    """A warning; the scenario can be run."""
    path = write(tmp_path, DOUBTFUL[name].edits)
    is_said(warnings(load(path)), DOUBTFUL[name], path, "warning")


def test_all_mistakes_are_found_at_once(tmp_path: Path) -> None:
    """Four that are independent, in one report."""
    names = ["unknown bureau", "unknown subgroup in visitation", "a share above 1", "an unknown kind"]
    names[3] = "a mentor in an offer that there is not"
    path = write(tmp_path, [edit for name in names for edit in WRONG[name].edits])
    problems = refused(path)
    for name in names:
        assert any(WRONG[name].message in problem.message for problem in problems), name
    assert len(problems) == len(names)


# --- on the command line --------------------------------------------------------------------------------------------


def check(path: Path) -> Result:
    """What `jobcentersim check` says of the file."""
    return CliRunner().invoke(main, ["check", str(path)])


@pytest.mark.parametrize(
    ("cases", "name"),
    [
        (WRONG, "seats 0 with referrals"),
        (WRONG, "unknown bureau"),
        (WRONG, "vikar without job spells"),
        (WRONG, "an unknown key"),
        (CITED, "a month of a weekly outcome"),
        (CITED, "a milestone of an unknown outcome"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_check_ends_with_2_and_shows_the_line(cases: dict[str, Case], name: str, tmp_path: Path) -> None:
    """file:line:col, the message, the line itself and a caret; nothing is run, no traceback."""
    path = write(tmp_path, cases[name].edits)
    found = check(path)
    line, column = place(path, cases[name].marked)
    assert found.exit_code == 2
    assert f"{path}:{line}:{column}: error: " in found.stderr
    assert cases[name].message in found.stderr
    shown = found.stderr.splitlines()
    excerpt = next(i for i, text in enumerate(shown) if text.startswith(f"{line:>5} | "))
    assert shown[excerpt][8:] == path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert shown[excerpt + 1][8:].index("^") == column - 1
    assert "Nothing was run" in found.stderr and "Traceback" not in found.output


@pytest.mark.parametrize("name", DOUBTFUL)
def test_check_ends_with_0_where_it_only_warns(name: str, tmp_path: Path) -> None:
    """The warning stands on standard output, with its place."""
    path = write(tmp_path, DOUBTFUL[name].edits)
    found = check(path)
    line, column = place(path, DOUBTFUL[name].marked)
    assert found.exit_code == 0, found.output
    assert f"{path}:{line}:{column}: warning: " in found.stdout
    assert DOUBTFUL[name].message in found.stdout


def test_check_tells_what_each_intervention_does_on_which_weekday(tmp_path: Path) -> None:
    """All of them, read from what really runs."""
    said = check(write(tmp_path, [])).stdout
    for name in ("klub", "bureauer", "forloeb", "stoette", "koordinering", "tilskud"):
        assert name in said


# --- what should be refused, and is not -----------------------------------------------------------------------------


def test_a_jobcentre_may_leave_out_what_it_has_as_the_others(tmp_path: Path) -> None:
    """`skive: {}` is a club like the others."""
    scenario = load(write(tmp_path, [("skive: {clubs: 3}", "skive: {}")])).scenario
    klub: Any = scenario.interventions["klub"]
    assert klub.of("skive") == klub.of("ribe")


def test_null_stands_for_as_the_others(tmp_path: Path) -> None:
    """`skive: {seats: null}` is allowed by the type, and means what leaving it out means."""
    scenario = load(write(tmp_path, [("skive: {clubs: 3}", "skive: {seats: null}")])).scenario
    klub: Any = scenario.interventions["klub"]
    assert klub.of("skive").seats == 8


@pytest.mark.parametrize(
    "edit",
    [
        ("        hours: 20", "        hours: 101"),
        ("  hours: 30\n", "  hours: 300\n"),
        ("    hours: {2: 0.5, 4: 0.5}", "    hours: {2: 0.5, 400: 0.5}"),
    ],
    ids=["vikar", "job", "mentor"],
)
def test_nobody_works_more_than_100_hours_a_week(edit: tuple[str, str], tmp_path: Path) -> None:
    """The register keeps hours in eight bits: a small job and an assignment together must fit."""
    assert refused(write(tmp_path, [edit]))


def test_a_small_job_has_an_hour_or_more(tmp_path: Path) -> None:
    """Employment is one paid hour; a job of none begins again and again."""
    beside = "  beside_benefit: {at_entry: 0.1, begins: 0.1, ends: 0.1, hours: {0: 0.5, 5: 0.5}}\n"
    assert refused(write(tmp_path, [("  returns: 0.5\n", f"  returns: 0.5\n{beside}")]))


def test_a_public_employer_can_hire_only_where_there_is_a_job(tmp_path: Path) -> None:
    """As with direct_hire."""
    edits = [
        *WRONG["a hire without an exit to a job"].edits,
        ("    direct_hire: 0.2\n", "    public_hire: 0.2\n"),
    ]
    assert any("a host can hire only" in problem.message for problem in refused(write(tmp_path, edits)))


def test_what_is_wrong_for_all_clubs_is_said_once(tmp_path: Path) -> None:
    """separated_by is missing for all clubs; skive, which has another number of clubs, has nothing to do with it."""
    path = write(tmp_path, [("    separated_by: motivation\n", "")])
    (problem,) = refused(path)
    assert problem.mark is not None and (problem.mark.line, problem.mark.column) == place(path, "separated: ¦true")


def test_no_matches_are_no_reason_for_a_warning_where_ledige_find_firms_themselves(tmp_path: Path) -> None:
    """'nobody will ever begin' is not so."""
    edits = [("    matches_per_week: 4\n", "    matches_per_week: 0\n    self_found: 0.2\n")]
    assert not [w for w in warnings(load(write(tmp_path, edits))) if "nobody will ever begin" in w.message]


def test_the_hours_of_the_warning_are_those_of_the_run(tmp_path: Path) -> None:
    """1.16 mentors × 25 hours are 29 hours, and a ledig who is given 29 has a mentor."""
    edits = [
        ("    mentors: 2\n", "    mentors: 1.16\n"),
        ("    hours_per_mentor: 10\n", "    hours_per_mentor: 25\n"),
        ("    hours: {2: 0.5, 4: 0.5}", "    hours: 29"),
    ]
    assert warnings(load(write(tmp_path, edits))) == []
