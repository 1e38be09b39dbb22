"""What an overlay or a setting takes away, or has refused, is told there, and once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import load
from simulation.scenario.files.problems import InputProblems, Problem
from simulation.scenario.files.settings import read_settings
from tests.cases.places import CASES

SMALL = CASES / "decimal-comma-in-braces" / "base.yaml"
JOB_SPELLS = "job_spells: {returns: 0.5, end_intensity: {0: 0.1}, hours: {30: 1}}"


def overlay(tmp_path: Path, *texts: str, base: str = "") -> Path:
    """Files of which each extends the one before, the first one a small world (with `base` added)."""
    below = tmp_path / "base.yaml"
    below.write_text(f"{SMALL.read_text(encoding='utf-8')}\n{base}\n", encoding="utf-8")
    for number, text in enumerate(texts, 1):
        path = tmp_path / f"over{number}.yaml"
        path.write_text(f"version: 2\nextends: {below.name}\n{text}\n", encoding="utf-8")
        below = path
    return below


def found(path: Path, *settings: str) -> list[Problem]:
    """All that is wrong with a scenario, by place."""
    with pytest.raises(InputProblems) as refused:
        load(path, read_settings(settings))
    return sorted(refused.value.problems, key=lambda p: (Path(p.mark.file).name, p.mark.line, p.mark.column))  # type: ignore[union-attr]


def places(problems: list[Problem]) -> list[str]:
    return [f"{Path(p.mark.file).name}:{p.mark.line}:{p.mark.column} {p.path}" for p in problems if p.mark]


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("teams: {stab: null}", ["3:9 teams.stab"],
         "'stab' is no longer there, and interventions.samtaler.plans.p.team refers to it; there is none"),
        ("teams: {stab: null, stap: {fte: 1, minutes_per_week: 900}}", ["3:9 teams.stab"], "did you mean 'stap'?"),
        ("teams: null", ["3:1 teams.stab", "3:1 teams"], "'stab' is no longer there"),
        ("teams: {stab: {takes_cases: false}}", ["3:16 teams.stab"], "'stab' takes no cases, and interv"),
        ("exits:\n  other: {level: 0.01}\n  job: null", ["5:3 exits.job"],
         "interventions.praktik.during.job and interventions.praktik.after.job refer to it; there is other"),
        ("exits: null", ["3:1 exits.job", "3:1 exits"], "'job' is no longer there"),
        ("arms: {a: null}", ["3:8 arms.a"], "interventions.samtaler.plans.p.arms.0 refer to it; there is b"),
        ("jobcentres: {x: {persons: 0}, y: {persons: 0}}", ["3:27 jobcentres.x.persons"], "nobody is enrolled"),
    ],
)  # fmt: skip
def test_what_an_overlay_takes_away_is_told_there(text: str, at: list[str], words: str, tmp_path: Path) -> None:
    problems = found(overlay(tmp_path, text))
    missing = [p.path or "".join(p.message.split("'")[1:2]) for p in problems]
    assert [f"{p.mark.line}:{p.mark.column} {m}" for p, m in zip(problems, missing, strict=True) if p.mark] == at
    assert {Path(p.mark.file).name for p in problems if p.mark} == {"over1.yaml"}
    assert words in problems[0].message


@pytest.mark.parametrize("setting", ["teams.stab=null", "teams=null", "exits.job=null", "exits=null", "arms.a=null",
                                     "arms={c: 1}", "arms=null"])  # fmt: skip
def test_what_a_setting_takes_away_is_told_by_its_text(setting: str, tmp_path: Path) -> None:
    problems = found(overlay(tmp_path), setting)
    assert {p.mark.line for p in problems if p.mark} == {0}
    assert all(p.mark and p.mark.file.startswith(f"--set {setting.partition('=')[0]}=") for p in problems)


def test_many_who_refer_to_it_are_counted(tmp_path: Path) -> None:
    plans = ", ".join(f"p{n}: {{arms: [], team: stab, channel: personlig, every: [{{weeks: 4}}]}}" for n in range(5))
    more = f"interventions: {{samtaler: {{plans: {{{plans}}}}}}}"
    (problem,) = found(overlay(tmp_path, more, "teams: {stab: null, andre: {fte: 1, minutes_per_week: 900}}"))
    assert "interventions.samtaler.plans.p1.team and 3 more refer to it; there is andre" in problem.message
    assert places([problem]) == ["over2.yaml:3:9 teams.stab"]


def test_who_refers_to_it_afterwards_is_told(tmp_path: Path) -> None:
    """The one in the middle takes a team away and all that it did; the last one sends talks to it again."""
    new = "{fte: 1, minutes_per_week: 900}"
    middle = f"teams: {{stab: null, ny: {new}}}\ninterventions: {{samtaler: {{plans: {{p: {{team: ny}}}}}}}}"
    assert load(overlay(tmp_path, middle)).scenario.teams.keys() == {"ny"}
    again = "interventions: {samtaler: {plans: {p: {team: stab}}}}"
    (problem,) = found(overlay(tmp_path, middle, again))
    assert places([problem]) == ["over2.yaml:3:46 interventions.samtaler.plans.p.team"]
    assert problem.message == "'stab' is not known here; there is ny"
    (problem,) = found(overlay(tmp_path, middle), "interventions.samtaler.plans.p.team=stab")
    assert problem.mark is not None and problem.mark.file.startswith("--set interventions")


def test_a_part_of_an_arm_that_is_taken_away(tmp_path: Path) -> None:
    base = "split: {b: {c: 1, d: 1}}\noutcomes_by: []\n"
    more = "interventions: {praktik: {referral: {c: {ready_week: 4, weekly: 0.1}}}}"
    (problem,) = found(overlay(tmp_path, more, "split: {b: {c: null}}", base=base))
    assert places([problem]) == ["over2.yaml:3:13 arms.c"]
    (problem,) = found(overlay(tmp_path, more, base=base), "split=null")
    assert problem.mark is not None and problem.mark.file == "--set split=null"


def test_job_spells_without_their_exit(tmp_path: Path) -> None:
    text = "exits: {job: null}\ninterventions: {praktik: null}"
    (problem,) = found(overlay(tmp_path, text, base=JOB_SPELLS))
    assert places([problem]) == ["over1.yaml:3:9 job_spells"]
    both = found(overlay(tmp_path, f"{text}\n{JOB_SPELLS}"))
    assert places(both) == ["over1.yaml:5:1 job_spells"]


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("arms: {a: 0,5, b: 1}", ["3:11 arms.a"]),
        ("arms:\n  a: 0,5\n  b: 0,5", ["4:6 arms.a", "5:6 arms.b"]),
        ("arms: 0,5", ["3:7 arms"]),
        ("split: {a: {c: 0,5, d: 1}}\ninterventions: {praktik: {referral: {c: {ready_week: 4, weekly: 1}}}}",
         ["3:16 split.a.c"]),
        ("exits: {job: 0,02}", ["3:14 exits.job"]),
        ("teams:\n  stab: 1,5", ["4:9 teams.stab"]),
        ("interventions: {praktik: {kind: 0,5}}", ["3:33 interventions.praktik.kind"]),
        ("interventions:\n  samtaler:\n    plans:\n      p: 0,5", ["6:10 interventions.samtaler.plans.p"]),
        ("interventions: {samtaler: {channels: {personlig: {minutes: {30: 0,5, 45: 0.5}}}}}",
         ["3:65 interventions.samtaler.channels.personlig.minutes.30"]),
        ("published: {f: {outcome: weeks_to_exit, group: a, figure: 0,4, rounding: 0.1, source: x, page: '1', "
         "definition: x}}", ["3:59 published.f.figure"]),
    ],
)  # fmt: skip
def test_a_decimal_comma_is_all_that_is_told(text: str, at: list[str], tmp_path: Path) -> None:
    """Nothing is said that is only so because the value was not read."""
    problems = found(overlay(tmp_path, text))
    assert places(problems) == [f"over1.yaml:{place}" for place in at]
    assert all("use a decimal point" in problem.message for problem in problems)


def test_what_is_wrong_beside_a_refused_value_is_told(tmp_path: Path) -> None:
    """In the same part, too: an unknown key, a name that refers to nothing, and a key that is missing."""
    referral, other = "praktik: {referral: {c: {ready_week: 4, weekly: 0.1}}}", "praktik2: {places: 0,5}"
    text = f"arms: {{a: 0,5}}\nteams: {{stab: {{fte: 1,5, ftee: 2}}}}\ninterventions: {{{referral}, {other}}}"
    problems = found(overlay(tmp_path, text))
    assert [place.split()[1] for place in places(problems)] == [
        "arms.a", "teams.stab.fte", "teams.stab.ftee", "interventions.praktik.referral.c",
        "interventions.praktik2", "interventions.praktik2.places",
    ]  # fmt: skip
