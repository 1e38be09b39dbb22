"""Mistakes in the settings of the interventions: each is said in words, at its line and column, and nothing is run.

Every case is an edit of one small scenario that is right. `¦` in the marked text stands before the character that the
message must point at; the text itself occurs once in the edited file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from simulation.cli import main
from simulation.results.citations import citation_problems
from simulation.scenario.check import warnings
from simulation.scenario.load import load
from simulation.scenario.problems import InputProblems, Problem

RIGHT = """\
version: 1
name: Bad input
start: 2026-W01
weeks: 40
follow_up: 26
replications: 1
seed: 3
arms: {deltager: 1}
intake:
  persons: 60
  weeks: 10
  by_block: {0: 0.5, 4: 0.5}
subgroups:
  motivation:
    hoej: {share: 0.7}
    lav: {share: 0.3}
teams:
  sagsbehandlere: {fte: 5, minutes_per_week: 900}
  raadgivere: {fte: 2, minutes_per_week: 900, takes_cases: false}
jobcentres:
  ribe: {}
  skive: {}
exits:
  job: {level: 0.02}
job_spells:
  hours: 30
  end_intensity: {0: 0.01}
  returns: 0.5
months_from: klub
milestones:
  henvist:
    outcome: klub_referred
    expected: 50
    yellow_from: 0.1
    red_above: 0.25
    source: test
    page: "1"
published:
  beskaeftigede:
    outcome: employed_month
    group: alle
    month: 4
    figure: 0.3
    rounding: 0.005
    source: test
    page: "2"
    definition: one paid hour or more
interventions:
  samtaler:
    kind: samtaler
    channels:
      personlig: {minutes: 30, attendance: 0.9}
    plans:
      plan: {arms: [deltager], team: sagsbehandlere, channel: personlig, every: [{weeks: 4}]}
  klub:
    kind: jobklub
    referral:
      deltager: {ready_week: 0, weekly: 0.5}
    accepts: 0.8
    gives_up: 0.1
    visitation:
      - turned_away:
          motivation: {lav: 0.2}
      - from_week: 10
        turned_away:
          motivation: {lav: 0.6}
    clubs: 2
    seats: 8
    length: {from_weeks: 6, to_weeks: 10}
    separated: true
    separated_by: motivation
    sessions_per_week: 2
    session_minutes: 120
    team: raadgivere
    extra_minutes:
      motivation: {lav: 10}
    attendance: 0.8
    contagion:
      unmotivated:
        attribute: motivation
        level: lav
        threshold: 0.3
        loss: 0.5
    jobcentres:
      skive: {clubs: 3}
  bureauer:
    kind: vikar
    referral:
      deltager: {ready_week: 0, weekly: 0.5}
    attends: 0.8
    declines: 0.2
    registered_after: 1
    bureaus:
      temp:
        orders_per_week: 1
        fits: 0.5
        length_weeks: 4
        hours: 20
      flex: {orders_per_week: 2, fits: 0.5, length_weeks: 4, hours: 20}
    bureaus_each: 1
    jobcentres:
      skive:
        bureaus: [flex]
  forloeb:
    kind: virksomhedsforloeb
    referral:
      deltager: {ready_week: 0, weekly: 0.5}
    matches_per_week: 4
    length: {from_weeks: 4, to_weeks: 8}
    expires:
      run_week: 30
      to_weeks: 4
    firm_accepts: {4: 0.4, 8: 0.6}
  stoette:
    kind: mentor
    referral:
      deltager: {ready_week: 0, weekly: 0.1}
    mentors: 2
    hours_per_mentor: 10
    hours: {2: 0.5, 4: 0.5}
    length_weeks: 8
    only_in: [forloeb]
  koordinering:
    kind: koordineret_indsats
    need: 0.3
    known_at_start: 0.5
    disclosed_per_talk: 0.1
    treatment: 0.5
    treatment_weeks: 8
    offered: {deltager: 0.5}
    places: 5
  subsidie:
    kind: incitament
    arm: deltager
    talks_at_least: 0.8
    activated_at_least: 0.4
    from_course_week: 9
    for_weeks: 39
  tilskud:
    kind: loentilskud
    referral:
      deltager: {ready_week: 0, weekly: 0.1}
    places: 4
    matches_per_week: 1
    length_weeks: 13
    direct_hire: 0.2
"""


class Case(NamedTuple):
    """Edits (old text, new text; old occurs once), part of the message, and where it must point."""

    edits: list[tuple[str, str]]
    message: str
    marked: str


JOB_SPELLS = "job_spells:\n  hours: 30\n  end_intensity: {0: 0.01}\n  returns: 0.5\n"

WRONG = {
    "seats 0 with referrals": Case(
        [("seats: 8", "seats: 0")],
        "ribe: 2 clubs × 0 seats = 0 seats, but 60 ledige are offered one: nobody can ever start",
        "seats: ¦0",
    ),
    "seats 0 in one jobcentre": Case(
        [("skive: {clubs: 3}", "skive: {seats: 0}")],
        "skive: 2 clubs × 0 seats = 0 seats, but 60 ledige are offered one",
        "skive: {seats: ¦0}",
    ),
    "range reversed": Case(
        [("length: {from_weeks: 6, to_weeks: 10}", "length: {from_weeks: 10, to_weeks: 6}")],
        "the range is reversed: from_weeks 10 > to_weeks 6",
        "length: ¦{from_weeks: 10, to_weeks: 6}",
    ),
    "range reversed, over lines": Case(
        [("    length: {from_weeks: 6, to_weeks: 10}", "    length:\n      from_weeks: 10\n      to_weeks: 6")],
        "the range is reversed: from_weeks 10 > to_weeks 6",
        "      ¦from_weeks: 10",
    ),
    "unknown bureau": Case(
        [("bureaus: [flex]", "bureaus: [temp, flx]")],
        "'flx' is not known here; did you mean 'flex'?",
        "bureaus: [temp, ¦flx]",
    ),
    "a jobcentre without bureaus": Case(
        [("bureaus: [flex]", "bureaus: []")],
        "skive works with 0 of 2 bureaus, but its ledige are referred",
        "bureaus: ¦[]",
    ),
    "registered with 0 bureaus": Case(
        [("bureaus_each: 1", "bureaus_each: {0: 0.5, 1: 0.5}")],
        "who is registered is registered with 1 bureau or more",
        "bureaus_each: ¦{0: 0.5",
    ),
    "unknown subgroup in visitation": Case(
        [("          motivation: {lav: 0.6}", "          motivaton: {lav: 0.6}")],
        "'motivaton' is not known here; did you mean 'motivation'?",
        "          ¦motivaton: {lav: 0.6}",
    ),
    "unknown level in visitation": Case(
        [("          motivation: {lav: 0.6}", "          motivation: {lav: 0.6, mellem: 0.1}")],
        "motivation has no level 'mellem'; there is hoej, lav",
        "motivation: {lav: 0.6, mellem: ¦0.1}",
    ),
    "unknown subgroup in extra_minutes": Case(
        [("      motivation: {lav: 10}", "      dansk: {lav: 10}")],
        "'dansk' is not known here; there is motivation",
        "      ¦dansk: {lav: 10}",
    ),
    "unknown level in extra_minutes": Case(
        [("      motivation: {lav: 10}", "      motivation: {svag: 10}")],
        "motivation has no level 'svag'; there is hoej, lav",
        "motivation: {svag: ¦10}",
    ),
    "unknown subgroup of the unmotivated": Case(
        [("attribute: motivation", "attribute: motivasjon")],
        "'motivasjon' is not known here; did you mean 'motivation'?",
        "attribute: ¦motivasjon",
    ),
    "unknown level of the unmotivated": Case(
        [("        level: lav", "        level: ingen")],
        "motivation has no level 'ingen'; there is hoej, lav",
        "        level: ¦ingen",
    ),
    "separated without separated_by": Case(
        [("    separated_by: motivation\n", ""), ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "say by which characteristic the groups are separated: separated_by",
        "separated: ¦true",
    ),
    "unknown characteristic in separated_by": Case(
        [("separated_by: motivation", "separated_by: sprog")],
        "'sprog' is not known here; there is motivation",
        "separated_by: ¦sprog",
    ),
    "more levels than clubs": Case(
        [("    clubs: 2\n", "    clubs: 1\n")],
        "ribe: 1 clubs cannot be separated by 2 levels of motivation",
        "    clubs: ¦1",
    ),
    "more levels than clubs in one jobcentre": Case(
        [("skive: {clubs: 3}", "skive: {clubs: 1}")],
        "skive: 1 clubs cannot be separated by 2 levels of motivation",
        "      skive: {clubs: ¦1}",
    ),
    "a team with cases leads a club": Case(
        [("    team: raadgivere", "    team: sagsbehandlere")],
        "team 'sagsbehandlere' takes cases; a club is led by a team of its own",
        "    team: ¦sagsbehandlere",
    ),
    "unknown team": Case(
        [("    team: raadgivere", "    team: raadgiver")],
        "'raadgiver' is not known here; did you mean 'raadgivere'?",
        "    team: ¦raadgiver",
    ),
    "company visits without saying how": Case(
        [("    separated: true\n", "    separated: true\n    company_visits: true\n"),
         ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "say how often and to what effect companies are visited: visits",
        "company_visits: ¦true",
    ),
    "vikar without job spells": Case(
        [(JOB_SPELLS, "")],
        "an assignment is paid work, so the scenario needs job_spells",
        "    ¦kind: vikar",
    ),
    "months from an intervention that refers nobody": Case(
        [("months_from: klub", "months_from: samtaler")],
        "nobody is referred to 'samtaler'; no months count from it",
        "months_from: ¦samtaler",
    ),
    "months from no intervention at all": Case(
        [("months_from: klub", "months_from: kluben")],
        "'kluben' is not known here; did you mean 'klub'?",
        "months_from: ¦kluben",
    ),
    "expiry above the length": Case(
        [("      to_weeks: 4\n", "      to_weeks: 12\n")],
        "the longest praktik is 12 weeks, but it must lie within length: 4 to 8",
        "      to_weeks: ¦12",
    ),
    "expiry below the length": Case(
        [("      to_weeks: 4\n", "      to_weeks: 3\n")],
        "the longest praktik is 3 weeks, but it must lie within length: 4 to 8",
        "      to_weeks: ¦3",
    ),
    "firm_accepts without a number of weeks": Case(
        [("firm_accepts: {4: 0.4, 8: 0.6}", "firm_accepts: {four: 0.4}")],
        "'four' is not a number of weeks; write a mapping such as {4: 0.4, 8: 0.6}",
        "firm_accepts: ¦{four: 0.4}",
    ),
    "a mentor in an offer that there is not": Case(
        [("only_in: [forloeb]", "only_in: [forlob]")],
        "'forlob' is not known here; did you mean 'forloeb'?",
        "only_in: [¦forlob]",
    ),
    "coordination for no arm": Case(
        [("offered: {deltager: 0.5}", "offered: {}")],
        "no arm is offered coordination; name at least one",
        "offered: ¦{}",
    ),
    "coordination for an unknown arm": Case(
        [("offered: {deltager: 0.5}", "offered: {deltagere: 0.5}")],
        "'deltagere' is not known here; did you mean 'deltager'?",
        "offered: {¦deltagere",
    ),
    "a subsidy for an unknown arm": Case(
        [("arm: deltager", "arm: alle")],
        "'alle' is not known here; there is deltager",
        "    arm: ¦alle",
    ),
    "an unknown key": Case(
        [("    gives_up: 0.1", "    givs_up: 0.1")],
        "unknown key 'givs_up'; did you mean 'gives_up'?",
        "    ¦givs_up: 0.1",
    ),
    "an unknown kind": Case(
        [("kind: jobklub", "kind: jobclub")],
        "unknown kind 'jobclub'; did you mean 'jobklub'?",
        "kind: ¦jobclub",
    ),
    "a share above 1": Case(
        [("        fits: 0.5", "        fits: 5")],
        "must be 1 or less (got 5)",
        "        fits: ¦5",
    ),
    "hours of a wrong unit": Case(
        [("    hours_per_mentor: 10", "    hours_per_mentor: {value: 10, unit: hours, kind: assumed, source: test}")],
        "the unit here is hours per week (got 'hours')",
        "hours_per_mentor: {value: ¦10",
    ),
    "a hire without an exit to a job": Case(
        [("  job: {level: 0.02}\n", "  uddannelse: {level: 0.02}\n"), (JOB_SPELLS, "")],
        "a host can hire only where there is an exit called 'job'",
        "    direct_hire: ¦0.2",
    ),
}  # fmt: skip


MISPLACED = {
    "by_block not from 0": Case(
        [("by_block: {0: 0.5, 4: 0.5}", "by_block: {1: 0.5, 4: 0.5}")],
        "the first block must begin in week 0 of the intake",
        "  by_block: ¦{1: 0.5",
    ),
    "by_block beyond the intake": Case(
        [("by_block: {0: 0.5, 4: 0.5}", "by_block: {0: 0.5, 10: 0.5}")],
        "a block begins in week 10, but the intake has 10 weeks (0 to 9)",
        "  by_block: ¦{0: 0.5, 10",
    ),
    "figure null without words": Case(
        [("    figure: 0.3\n", "    figure: null\n")],
        "figure: give a number, or null and in words what is printed instead",
        "    figure: ¦null",
    ),
    "figure and words": Case(
        [("    figure: 0.3\n", "    figure: 0.3\n    words: rundt regnet\n")],
        "figure: give a number, or null and in words what is printed instead",
        "    figure: ¦0.3",
    ),
    "visitation weeks that do not rise": Case(
        [("      - from_week: 10", "      - from_week: 0")],
        "from_week must rise from one entry to the next (they are [0, 0])",
        "      - from_week: ¦0",
    ),
}
"""Said in words, but not (yet) at the line of what is wrong."""


CITED = {
    "a month of a weekly outcome": Case(
        [("outcome: employed_month", "outcome: exit_job")],
        "exit_job is counted by week, not by month",
        "    month: ¦4",
    ),
    "a week of a monthly outcome": Case(
        [("    month: 4\n", "    week: 4\n")],
        "employed_month is counted by month, not by week",
        "    week: ¦4",
    ),
    "a month that the run does not see": Case(
        [("    month: 4\n", "    month: 9\n")],
        "month 9 ends after 43 weeks, the run after 40",
        "    month: ¦9",
    ),
    "a milestone of an unknown outcome": Case(
        [("outcome: klub_referred", "outcome: klub_refered")],
        "there is no outcome 'klub_refered'; did you mean 'klub_referred'?",
        "    outcome: ¦klub_refered",
    ),
    "a published outcome of an intervention that is not there": Case(
        [("outcome: employed_month", "outcome: jobklub_started"), ("    month: 4\n", "")],
        "there is no outcome 'jobklub_started'; did you mean 'klub_started'?",
        "    outcome: ¦jobklub_started",
    ),
}
"""Found by `check`, and before a run; a scenario can be loaded with them."""


DOUBTFUL = {
    "a mentor with more hours than there are": Case(
        [("    mentors: 2\n", "    mentors: 0.1\n")],
        "0.1 mentors × 10 hours = 1 hours a week in each jobcentre, but a ledig is given 2 or more: nobody will ever",
        "    mentors: ¦0.1",
    ),
    "sessions need more minutes than there are": Case(
        [("session_minutes: 120", "session_minutes: 600"), ("    jobcentres:\n      skive: {clubs: 3}\n", "")],
        "ribe: 2 clubs × 2 sessions × 600 minutes = 2400 minutes a week, but team raadgivere has 2 full-time × 900 = "
        "1800: some sessions will not be held",
        "session_minutes: ¦600",
    ),
    "matching that is too small": Case(
        [("    matches_per_week: 4\n", "    matches_per_week: 0.5\n")],
        "ribe: about 60 are referred, but 0.5 firms approached a week × 0.60 that say yes × 40 weeks = 12 matches",
        "    matches_per_week: ¦0.5",
    ),
    "no orders at all": Case(
        [
            ("orders_per_week: 1\n", "orders_per_week: 0\n"),
            ("flex: {orders_per_week: 2,", "flex: {orders_per_week: 0,"),
        ],
        "0 orders a week × 40 weeks = 0 assignments per jobcentre",
        "      ¦temp:",
    ),
    "no place with a coordinator": Case(
        [("    places: 5\n", "    places: 0\n")],
        "coordination is asked for, but coordinators have 0 places",
        "    places: ¦0",
    ),
    "no match for loentilskud": Case(
        [("    matches_per_week: 1\n", "    matches_per_week: 0\n")],
        "ribe: ledige are referred to loentilskud, but there are 4 places and 0 matches a week: nobody will ever begin",
        "    ¦kind: loentilskud",
    ),
}


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
