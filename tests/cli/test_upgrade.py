"""`upgrade`: scenario files of version 1 written anew as version 2, by edits of the text; what of version 1 is read,
what is refused and where; and what the old key is called today, wherever it may be written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulation import load
from simulation.report.diary import diary
from simulation.scenario.files.problems import InputProblems
from simulation.scenario.files.yamlfile import parse
from simulation.scenario.upgrade import upgrade
from simulation.week import run
from tests.commands import cli

PLAN = "interventions.samtaler.plans.plan"
HEAD = """# A file of long ago.
version: 1   # keep me
name: old
start: 2026-W01
weeks: 12
follow_up: 12
replications: 1
seed: 3
arms: {alle: 1}
intake: {persons: 60, weeks: 4}
teams:
  team: {fte: 1, minutes_per_week: 200}
jobcentres: {by: {}}
exits: {job: {level: 0.05}, other: {level: 0.02}}
interventions:
  samtaler:
    kind: samtaler
    channels: {personlig: {minutes: 30, attendance: 0.8}}
    plans:
      plan:
        arms: [alle]
        team: team
        channel: personlig
"""
TAIL = """        every: [{weeks: 2}]   # every second week
"""
IN_LINES = """        announcement:  # the letter
          # by destination
          job: {value: 1.6, kind: assumed,
                source: "a guess, of
                  two lines"}

          other: 1.2  # and out
"""
IN_LINES_NOW = """        before:  # the letter
          # by destination
          notice: enrolment
          effects:
            job: {value: 1.6, kind: assumed,
                  source: "a guess, of
                    two lines"}

            other: 1.2  # and out
"""
WRITTEN = {
    "in braces": (
        "        announcement: {job: 1.6, other: 1.2}  # threat\n",
        "        before: {notice: enrolment, effects: {job: 1.6, other: 1.2}}  # threat\n",
    ),
    "in lines": (IN_LINES, IN_LINES_NOW),
    "in braces over lines": (
        "        announcement: {job: 1.6,\n            other: 1.2}\n",
        "        before: {notice: enrolment, effects: {job: 1.6,\n            other: 1.2}}\n",
    ),
    "with one source": (
        "        announcement: {value: {job: 1.6}, kind: assumed, source: x}\n",
        "        before: {notice: enrolment, effects: {value: {job: 1.6}, kind: assumed, source: x}}\n",
    ),
    "quoted": (
        '        "announcement":\n            "job": 1.6\n',
        '        "before":\n            notice: enrolment\n            effects:\n                "job": 1.6\n',
    ),
    "nothing": ("        announcement: {}\n", "        before: {notice: enrolment, effects: {}}\n"),
    "none": ("", ""),
}


def today(text: str) -> str:
    return upgrade(text, parse(text, "x.yaml")).text


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["", "CRLF"])
@pytest.mark.parametrize("name", WRITTEN)
def test_only_what_has_another_name_is_edited(name: str, line_end: str) -> None:
    old, new = WRITTEN[name]
    before, after = (text.replace("\n", line_end) for text in (HEAD + old + TAIL, HEAD + new + TAIL))
    assert today(before) == after.replace("version: 1", "version: 2")
    assert today("\N{BYTE ORDER MARK}" + before) == "\N{BYTE ORDER MARK}" + today(before)
    assert not upgrade(today(before), parse(today(before), "x.yaml")).changed


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_the_same_scenario(name: str, tmp_path: Path) -> None:
    """Effects from enrolment to the first held talk, as they were: 1.6 in the week of enrolment."""
    path = tmp_path / "old.yaml"
    path.write_text(HEAD + WRITTEN[name][0] + TAIL, encoding="utf-8")
    done = cli("upgrade", path)
    assert done.exit_code == 0 and done.stdout == f"{path}: version 2{', 1 name changed' if WRITTEN[name][0] else ''}\n"
    before = load(path).scenario.interventions["samtaler"].plans["plan"].before
    assert (before.effects if before else {}).get("job", 1.0) == (1.6 if "1.6" in WRITTEN[name][0] else 1.0)
    told = any("(beforehand) → a job × 1.6" in line for line in diary(load(path).scenario, 3))
    assert told == ("1.6" in WRITTEN[name][0])


def test_overlays_of_it_change_the_same(tmp_path: Path) -> None:
    """Key by key, taken away, and in a sweep and the questions of needed effects."""
    overlay = f"""version: 1
extends: old.yaml
interventions: {{samtaler: {{plans: {{plan: {{announcement: {{other: null, job: 2}}}}}}}}}}
needed_effects:
  one: {{question: q, parameter: {PLAN}.announcement.job, without: 1, highest: 2, outcome: exit_job, group: alle,
         change: 0.1, source: s, page: p}}
sweep:
  over:
    {PLAN}.announcement.job: [1, 2]
    '{PLAN}.announcement.other': [0.5, null]
"""
    (tmp_path / "old.yaml").write_text(HEAD + IN_LINES + TAIL, encoding="utf-8")
    (tmp_path / "over.yaml").write_text(overlay, encoding="utf-8")
    (tmp_path / "none.yaml").write_text(
        "version: 1\nextends: old.yaml\ninterventions: {samtaler: {plans: {plan: {announcement: null}}}}\n"
    )
    assert cli("upgrade", *sorted(tmp_path.glob("*.yaml"))).exit_code == 0
    over, none = load(tmp_path / "over.yaml"), load(tmp_path / "none.yaml")
    assert over.resolved.data["interventions"]["samtaler"]["plans"]["plan"]["before"] == {
        "notice": "enrolment", "effects": {"job": 2},
    }  # fmt: skip
    assert none.scenario.interventions["samtaler"].plans["plan"].before is None
    assert (tmp_path / "over.yaml").read_text() == overlay.replace("version: 1", "version: 2").replace(
        "announcement: {other: null, job: 2}", "before: {notice: enrolment, effects: {other: null, job: 2}}"
    ).replace("announcement.", "before.effects.")


def test_out_leaves_the_files_and_nothing_is_written_if_anything_is_wrong(tmp_path: Path) -> None:
    old, new, wrong, fit = (tmp_path / f"{name}.yaml" for name in ("old", "new", "wrong", "fit"))
    old.write_text(HEAD + IN_LINES + TAIL, encoding="utf-8")
    new.write_text(HEAD.replace("version: 1", "version: 2") + TAIL, encoding="utf-8")
    wrong.write_text("version: 3\nname: {\n", encoding="utf-8")
    fit.write_text("version: 1\nparameters: {}\n", encoding="utf-8")
    refused = cli("upgrade", old, wrong, fit, tmp_path / "none.yaml", "--out", tmp_path / "out")
    assert refused.exit_code == 2 and "Nothing was written." in refused.stderr and not (tmp_path / "out").exists()
    for words in (f"{fit}:2:1: error: parameters: this is no scenario file", "there is no such file"):
        assert words in refused.stderr
    done = cli("upgrade", old, new, "--out", tmp_path / "out")
    assert done.exit_code == 0 and f"{tmp_path}/out/new.yaml: nothing to change" in done.stdout
    assert old.read_text(encoding="utf-8") == HEAD + IN_LINES + TAIL
    assert load(tmp_path / "out" / "old.yaml").scenario.version == 2
    assert (tmp_path / "out" / "new.yaml").read_bytes() == new.read_bytes()
    twice = cli("upgrade", old, tmp_path / "out" / "old.yaml", "--out", tmp_path / "there")
    assert twice.exit_code == 2 and "another file is to be written to" in twice.stderr


def test_a_sweep_of_all_of_it_is_left_to_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"version: 1\nextends: b.yaml\nsweep: {{over: {{{PLAN}.announcement: [null, fitted]}}}}\n")
    refused = cli("upgrade", path)
    assert refused.exit_code == 2 and f"{path}:3:16: error: " in refused.stderr and "by hand" in refused.stderr


# --- what of version 1 is read ---------------------------------------------------------------------------------------


def test_version_1_is_read_where_nothing_has_changed(tmp_path: Path) -> None:
    """As version 2, person by person; overlays of either version on bases of either."""
    for base, over in ((1, 1), (1, 2), (2, 1), (2, 2)):
        (tmp_path / "base.yaml").write_text(HEAD.replace("version: 1", f"version: {base}") + TAIL, encoding="utf-8")
        (tmp_path / "over.yaml").write_text(f"version: {over}\nextends: base.yaml\nseed: 5\n", encoding="utf-8")
        loaded = load(tmp_path / "over.yaml")
        codes = run(loaded.scenario, [0]).register.codes
        assert loaded.scenario.version == 2
        if (base, over) == (1, 1):
            first = codes
        assert (codes == first).all()


def test_what_has_changed_is_told_at_its_place_with_the_command(tmp_path: Path) -> None:
    """In the file that has it, be it a base of another version; and nothing else is said of it."""
    old, over = tmp_path / "old.yaml", tmp_path / "over.yaml"
    old.write_text(HEAD + IN_LINES + TAIL, encoding="utf-8")
    over.write_text(f"version: 2\nextends: old.yaml\nsweep: {{over: {{{PLAN}.announcement.job: [1, 2]}}}}\n")
    refused = cli("check", over)
    line = HEAD.count("\n") + 1
    assert refused.exit_code == 2 and f"{old}:{line}:9: error: {PLAN}.announcement: " in refused.stderr
    assert "`jobcentersim upgrade FILE`" in refused.stderr and "1 problem." in refused.stderr
    over.write_text(over.read_text().replace("version: 2", "version: 1"))
    assert f"{over}:3:16: error: " in cli("check", over).stderr


@pytest.mark.parametrize("version", [0, 3, "'2'", "true", "1.0"])
def test_other_versions_are_refused(version: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD.replace("version: 1", f"version: {version}") + TAIL, encoding="utf-8")
    for command in ("check", "upgrade"):
        refused = cli(command, path)
        assert refused.exit_code == 2 and f"{path}:2:10: error: version: must be " in refused.stderr


# --- the old key today -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["announcement={job: 1.1}", "announcement.job=1.1", "announcement=null"])
def test_the_old_key_is_told_the_new_one(value: str, tmp_path: Path) -> None:
    """By --set, --over, with_ and in a file of version 2."""
    path = tmp_path / "x.yaml"
    path.write_text(today(HEAD + IN_LINES + TAIL), encoding="utf-8")
    key, text = value.split("=")
    data = parse(f"value: {text}", "x").data["value"]
    said = [cli("run", path, "--set", f"{PLAN}.{value}")]
    if not isinstance(data, dict):
        said.append(cli("sweep", path, "--over", f"{PLAN}.{key}={text},2"))
    for each in said:
        assert each.exit_code == 2 and "did you mean 'before.effects'?" in each.stderr, each.stderr
    with pytest.raises(InputProblems, match=r"did you mean 'before\.effects'"):
        load(path).with_({f"{PLAN}.{key}": data})


def test_the_old_key_in_a_file_of_today(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(HEAD.replace("version: 1", "version: 2") + IN_LINES + TAIL, encoding="utf-8")
    said = cli("check", path)
    assert said.exit_code == 2 and "unknown key 'announcement'; did you mean 'before.effects'?" in said.stderr
    assert cli("upgrade", path).exit_code == 0 and cli("check", path).exit_code == 0
