"""Mistakes in how staff works: each at its place, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation.scenario.check import warnings
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.load import load

SCENARIO = """\
version: 2
name: Bemanding
start: 2026-W01
weeks: 20
follow_up: 20
replications: 1
seed: 1
arms: {alle: 1}
intake: {persons: 50, weeks: 1}
subgroups: {helbred: {godt: {share: 0.4}, andet: {share: 0.6}}}
teams:
  egne:
    fte: 2
    minutes_per_week: 900
    caseload: personal
    caseload_limit: 20
    at_limit: overflow
    overflow_to: aktoer
    absence: {kort: {share: 0.03, weeks: 1}, lang: {share: 0.03, weeks: {8: 0.5, 26: 0.5}, cover_after: 4}}
    turnover: {per_year: 0.1, vacancy_weeks: 8}
    learning: {weeks: 26, minutes: 0.7}
    squeeze: {shortest: 0.5, effect: 0.5}
    pay: {per_year: 400000}
    substitution: absence
  aktoer: {fte: 1, minutes_per_week: 900}
  a_kasse: {fte: 1, minutes_per_week: 300, takes_cases: false}
jobcentres: {ribe: {}, skive: {}}
exits: {job: {level: 0.02}}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 0.9}}
    plans: {plan: {arms: [alle], team: egne, channel: personlig, every: [{weeks: 4}]}}
    priority: longest_overdue
    quality: {continuity: {first: 0.7, full_after: 3}}
"""

WRONG = {
    "overflow to a misspelt team": ("overflow_to: aktoer", "overflow_to: aktor", "did you mean 'aktoer'?", 18),
    "overflow to partners": ("overflow_to: aktoer", "overflow_to: a_kasse", "'a_kasse' takes no cases", 18),
    "a limit on the cases of a team without any": (
        "takes_cases: false", "takes_cases: false, caseload_limit: 30", "a_kasse takes no cases (takes_cases: f", 26
    ),
    "such a limit in one jobcentre": (
        "{ribe: {},", "{ribe: {teams: {a_kasse: {caseload_limit: 30}}},", "so it cannot have a limit on them", 27
    ),
    "overflow to nobody": ("    overflow_to: aktoer\n", "", "at_limit: overflow needs overflow_to", 17),
    "overflow to itself": ("overflow_to: aktoer", "overflow_to: egne", "round in a circle: egne → egne", 18),
    "overflow round in a circle": (
        "aktoer: {fte: 1, minutes_per_week: 900}",
        "aktoer: {fte: 1, minutes_per_week: 900, caseload_limit: 5, at_limit: overflow, overflow_to: egne}",
        "round in a circle",
        18,
    ),
    "overflow to a team of other arms": (
        "aktoer: {fte: 1,", "aktoer: {arms: [alle], fte: 1,", "aktoer serves alle only; egne has cases of any arm", 18
    ),
    "a jobcentre that hands on to nobody": (
        "jobcentres: {ribe: {},", "jobcentres: {ribe: {teams: {aktoer: {at_limit: overflow}}},",
        "at_limit: overflow needs overflow_to", 27,
    ),
    "more absence than there are weeks": ("kort: {share: 0.03", "kort: {share: 0.95", "must be 0.9 or less", 19),
    "absence that adds up to all": (
        "kort: {share: 0.03, weeks: 1}, lang: {share: 0.03", "kort: {share: 0.5, weeks: 1}, lang: {share: 0.5",
        "must be below 1 together (they add up to 1)", 19,
    ),
    "a spell of no weeks": ("kort: {share: 0.03, weeks: 1", "kort: {share: 0.03, weeks: 0", "week or more (got 0)", 19),
    "no part of the week": ("share: 0.03, weeks: 1}", "share: 0.03, weeks: 1, part: 0}", "must be greater than 0", 19),
    "everybody leaves": ("per_year: 0.1", "per_year: 1", "must be 0.99 or less (got 1)", 20),
    "no recruitment lag": (", vacancy_weeks: 8", "", "missing key 'vacancy_weeks'", 20),
    "a talk that cannot be shortened": ("shortest: 0.5", "shortest: 1", "must be less than 1 (got 1)", 22),
    "a misspelt key of pay": ("per_year: 400000", "pr_year: 400000", "did you mean 'per_year'?", 23),
    "a misspelt substitution": ("substitution: absence", "substitution: absense", "did you mean 'absence'?", 24),
    "half a caseworker": ("    fte: 2\n", "    fte: 2\n    caseworkers: 2.5\n", "must be a whole number", 14),
    "need without levels": ("priority: longest_overdue", "priority: need_first", "need_first and need go together", 34),
    "levels without need_first": (
        "priority: longest_overdue", "priority: lot\n    need: {helbred: [andet]}", "need_first and need", 34
    ),
    "a level that there is not": (
        "priority: longest_overdue", "priority: need_first\n    need: {helbred: [daarligt]}", "daarligt", 35
    ),
    "a misspelt quality": ("quality: {continuity:", "quality: {continuty:", "did you mean 'continuity'?", 35),
    "continuity from no talks on": ("full_after: 3", "full_after: 0", "must be 1 or more (got 0)", 35),
}  # fmt: skip


def write(tmp_path: Path, old: str = "", new: str = "") -> Path:
    """The scenario, with one text replaced that occurs once."""
    assert not old or SCENARIO.count(old) == 1, old
    path = tmp_path / "bemanding.yaml"
    path.write_text(SCENARIO.replace(old, new) if old else SCENARIO, encoding="utf-8")
    return path


def test_the_scenario_is_fine(tmp_path: Path) -> None:
    assert warnings(load(write(tmp_path))) == []


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_at_its_place(name: str, tmp_path: Path) -> None:
    old, new, message, line = WRONG[name]
    with pytest.raises(InputProblems) as found:
        load(write(tmp_path, old, new))
    said = [problem for problem in found.value.problems if message in problem.message]
    assert said, [problem.message for problem in found.value.problems]
    assert said[0].mark is not None and (said[0].mark.line == line), said[0].mark


def test_all_is_said_at_once(tmp_path: Path) -> None:
    text = SCENARIO
    for name in (
        "everybody leaves",
        "a talk that cannot be shortened",
        "a misspelt substitution",
        "a misspelt quality",
    ):
        text = text.replace(*WRONG[name][:2])
    path = tmp_path / "flere.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputProblems) as found:
        load(path)
    assert len(found.value.problems) == 4


DOUBTFUL = {
    "substitution where cases are pooled": ("    caseload: personal\n", "", "cases are pooled"),
    "overflow that never happens": ("at_limit: overflow", "at_limit: wait", "nothing overflows to aktoer"),
    "a team without a limit that reopens": ("aktoer: {fte: 1,", "aktoer: {fte: 1, reopens_at: 0.5,", "never closed"),
    "learning of nobody": (
        ", cover_after: 4}}\n    turnover: {per_year: 0.1, vacancy_weeks: 8}\n", "}}\n", "nobody new ever sits down"
    ),
    "a team that is too small": ("    minutes_per_week: 900\n    caseload", "    minutes_per_week: 90\n    caseload",
                                 "at work = "),
}  # fmt: skip


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_is_doubtful_is_a_warning(name: str, tmp_path: Path) -> None:
    old, new, message = DOUBTFUL[name]
    found = warnings(load(write(tmp_path, old, new)))
    assert any(message in each.message for each in found), [each.message for each in found]


def test_the_sum_of_an_overload_can_be_done_by_hand(tmp_path: Path) -> None:
    """40 cases of 42.6, all due in week 1 for 30 minutes; 6 % away, of whose long spells 13 of 17 weeks are covered,
    posts vacant for 1.5 % of the weeks."""
    old = "    minutes_per_week: 900\n    caseload"
    (found,) = warnings(load(write(tmp_path, old, old.replace("900", "90"))))
    assert found.path == "teams.egne.fte"
    for part in (
        "(40 cases × 1 talks each × 30 minutes)",
        "against 2 full-time × 90 × 94.8% at work = 171",
    ):
        assert part in found.message, found.message
