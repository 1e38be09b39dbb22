"""What is written is read as what it means, or refused at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulation import load, run
from simulation.scenario.files.problems import InputProblems
from tests.cases.mistakes import KONTANT, SMALL, overlay, refused
from tests.cases.places import project, said

# --- null and commas -----------------------------------------------------------------------------------------------


def test_decimal_comma_in_braces(tmp_path: Path) -> None:
    folder = project("decimal-comma-in-braces", tmp_path)
    refused(folder / "komma.yaml", "4:22", "use a decimal point: 0.012")
    refused(folder / "komma_attendance.yaml", "4:63", "use a decimal point: 0.95")
    refused(folder / "komma_fte.yaml", "4:21", "use a decimal point: 2.5")
    refused(folder / "komma_persons.yaml", "4:19", "use a decimal point: 1.5", "1500")


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("teams: {stab: {minutes_per_week: 1,000,000}}", "3:34", "use no thousands separator: 1000000"),
        ("teams: {stab: {fte: -1,5}}", "3:21", "use a decimal point: -1.5"),
        ("exits: {job: {level: {value: 0,02, kind: assumed, source: x}}}", "3:30", "use a decimal point: 0.02"),
        ("job_spells: {returns: 0.5, end_intensity: {0: 0}, hours: {30: 0,5}}", "3:63", "use a decimal point: 0.5"),
        ("teams: {stab: {fte: 1, 5}}", "3:24", "'5' has no value; write '5: ...'"),
        ("teams: {stab: {fte: 1, caseload_limit}}", "3:24", "'caseload_limit' has no value"),
        ("teams: {\n  stab: {\n    fte: 1,5  # half: a colleague\n  }}", "5:10", "use a decimal point: 1.5"),
        ("name: {a, b}", "3:8", "'a' has no value"),
    ],
)
def test_a_word_alone_in_braces_is_told(text: str, at: str, words: str, tmp_path: Path) -> None:
    refused(overlay(tmp_path, text), at, words)


def test_keys_in_braces_without_spaces_are_keys(tmp_path: Path) -> None:
    """Without a space after the comma, too: what has a colon is a key."""
    path = overlay(tmp_path, "teams: {stab: {fte: 1,caseload_limit: 15}}")
    team = load(path).scenario.teams["stab"]
    assert (team.fte, team.caseload_limit) == (1, 15)


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("teams: {stab: {ftee: null}}", "3:16", "there is no 'ftee' here to take away; did you mean 'fte'?"),
        ("teams: {stab: {caseload_limit: null}}", "3:16", "there is no 'caseload_limit' here to take away"),
        ("intrventions: null", "3:1", "did you mean 'interventions'?"),
        ("targets: null", "3:1", "no 'targets' is inherited to take away"),
        ("fitted: null", "3:1", "no 'fitted' is inherited to take away"),
        ("teams: {stab: {fte: null}}", "3:16", "missing key 'fte'"),
        ("interventions: {praktik: {referral: {a: null, b: null}}}", "3:27", "must have at least 1 entries"),
        ("interventions: {praktik: {kind: null}}", "3:27", "missing key 'kind'"),
    ],
)
def test_null_takes_away_only_what_is_there(text: str, at: str, words: str, tmp_path: Path) -> None:
    """And what is then wrong with the rest is told where it was taken away, not in the file below."""
    refused(overlay(tmp_path, text), at, words)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("teams.stab.fte=", "the value is missing (null takes a key away)"),
        ("teams.stab.fte=1\nseed: 5", "write the value in one line"),
        ("teams.stab.fte=1,5", "use a decimal point: 1.5"),
        ("intake.persons=1,500", "use no thousands separator: 1500"),
        ("teams.stab={fte: 1,5, minutes_per_week: 900}", "use a decimal point: 1.5"),
        ("teams.stab.ftee=null", "there is no 'ftee' in teams.stab to take away; did you mean 'fte'?"),
        ("teams.stab.fte=null", "--set teams.stab.fte=null: error: teams.stab: missing key 'fte'"),
        ("interventions.praktik.referral={}", "--set interventions.praktik.referral={}: error"),
        ("seed=9007199254740992", "must be 9007199254740991 or less"),
        ("seed=1" + "0" * 400, "this number is too large"),
        ("interventions.samtaler.plans.p.every.².weeks=1", "has items 0 to 0, not '²'"),
        ("interventions.samtaler.plans.p.every.00.weeks=1", "has items 0 to 0, not '00'"),
        ("interventions.samtaler.plans.p.every." + "9" * 5000 + ".weeks=1", "has items 0 to 0"),
    ],
)
def test_settings_are_read_like_files(setting: str, words: str, tmp_path: Path) -> None:
    answer = said("diary", SMALL, "--ledig", 0, "--set", setting)
    assert answer.exit_code == 2 and words in answer.stderr and "Nothing was run." in answer.stderr, answer.output


def test_a_key_is_set_once() -> None:
    answer = said("diary", SMALL, "--ledig", 0, "--set", "teams.stab.fte=1", "--set", "teams.stab.fte=2")
    assert answer.exit_code == 2 and "teams.stab.fte is set twice" in answer.stderr


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "must be a finite number"),
        (float("-inf"), "must be a finite number"),
        pytest.param(10**5000, "this number is too large", id="10^5000"),
        ("\x1b[2J", "the invisible character U+001B"),
        ({1: 0.5, "1": 0.5}, "two keys are written alike"),
        ({True: 0.5}, "a key is text or a whole number"),
        (object(), "a object cannot stand in a scenario"),
        (None, "missing key 'fte'"),
    ],
)
def test_values_from_a_notebook_are_what_a_file_could_hold(value: object, words: str) -> None:
    with pytest.raises(InputProblems, match=r"teams\.stab") as caught:
        load(SMALL).with_({"teams.stab.fte": value})
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ("teams.stab.fte=0,05", "error: teams.stab.fte: use a decimal point: 0.05"),
        ("teams.stab.fte=1,5,nothing", "error: teams.stab.fte: must be a number (got 'nothing')"),
        ("teams.stab.fte=1,5", "warning: teams.stab.fte: these are two values, 1 and 5"),
        ("teams.stab.fte=1,500", "use no thousands separator: 1500"),
        ("teams.stab.fte=1,,2", "a value is missing in '1,,2'"),
        ("teams.stab.fte=²:³:1", "error"),
        ("teams.stab.fte=1e999:2:1", "this number is too large"),
        ("teams.stab.fte=1:1e300:1", "must be 1e+12 or less"),
        ("teams.stab.ftee=1,null", "unknown key 'ftee'"),
    ],
)
def test_a_list_of_an_option_is_no_decimal_comma(over: str, words: str) -> None:
    """Where it may have been meant as one it is said how to write it. (A service level that is none keeps it short.)"""
    answer = said("sweep", SMALL, "--over", over, "--service", "x>=1", "--quiet")
    assert answer.exit_code == 2 and words in answer.stderr, answer.output


def test_a_list_in_brackets_is_no_doubt() -> None:
    answer = said("sweep", SMALL, "--over", "teams.stab.fte=[1, 5]", "--service", "x>=1", "--quiet")
    assert "there is no outcome 'x'" in answer.stderr and "two values" not in answer.stderr


# --- read as what it means -----------------------------------------------------------------------------------------


def test_week_53(tmp_path: Path) -> None:
    refused(project("week-53", tmp_path) / "week53.yaml", "3:8", "2010 has 52 weeks")


@pytest.mark.parametrize("week", ["2009-W53", "2004-W53", "2010-W52", "2020-W53", "1900-W01", "2999-W01"])
def test_weeks_that_are_in_a_calendar(week: str) -> None:
    assert load(SMALL, {"start": week}).scenario.start == week


@pytest.mark.parametrize("week", ["2011-W53", "2021-W53", "0000-W01", "9999-W52", "２０１０-W01", "2010-W00"])
def test_weeks_that_are_in_none(week: str) -> None:
    with pytest.raises(InputProblems, match=r"has 52 weeks|must lie between 1900 and 2999|is not an ISO week"):
        load(SMALL, {"start": week})


def test_same_week_twice_in_a_distribution(tmp_path: Path) -> None:
    folder = project("same-week-twice-in-a-distribution", tmp_path)
    refused(folder / "week_twice.yaml", "3:46", "00 is written like 0")
    refused(folder / "hours_twice.yaml", "3:39", "030 is written like 30")


@pytest.mark.parametrize("key", ["1.0", "²", "-1", "1_0", "１", "+1", "1e1", "9" * 30])
def test_a_key_that_is_no_whole_number_is_refused(key: str, tmp_path: Path) -> None:
    text = f"job_spells: {{returns: 0.5, end_intensity: {{0: 0.01}}, hours: {{37: 0.5, {key}: 0.5}}}}"
    refused(overlay(tmp_path, text), "3:71", "is not a whole number")


def test_first_week_beyond_16_bits(tmp_path: Path) -> None:
    folder = project("first-week-beyond-16-bits", tmp_path)
    refused(folder / "first_week_65537.yaml", "3:47", "must be 2000 or less (got 65537)")
    refused(folder / "first_week_100000.yaml", "3:51", "must be 2000 or less (got 100000)")


def test_talk_of_three_billion_minutes(tmp_path: Path) -> None:
    folder = project("talk-of-three-billion-minutes", tmp_path)
    refused(folder / "talk_minutes.yaml", "3:51", "must be 100000 or less (got 3000000000)")


def test_version_true(tmp_path: Path) -> None:
    refused(project("version-true", tmp_path) / "version_true.yaml", "1:10", "version: must be one of 1, 2 (got true)")


@pytest.mark.parametrize("line", ["value: 3", "value: text", "value: {version: 1}"])
def test_a_whole_file_is_no_single_value(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(SMALL.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    refused(path, f"{len(SMALL.read_text(encoding='utf-8').splitlines()) + 1}:1", "unknown key 'value'")


def test_milestone_red_before_yellow(tmp_path: Path) -> None:
    path = project("milestone-red-before-yellow", tmp_path) / "milestone.yaml"
    refused(path, "3:86", "must not be below yellow_from")


NEEDED = (
    "needed_effects: {a: {question: q, parameter: PARAMETER, without: LOW, highest: HIGH, outcome: exit_job, "
    "group: alle, change: 0.1, source: x, page: '1'}}"
)


def test_needed_effect_beyond_what_is_allowed(tmp_path: Path) -> None:
    path = project("needed-effect-beyond-what-is-allowed", tmp_path) / "needed_highest.yaml"
    refused(path, "5:85", "interventions.praktik.after.job must be 20 or less (got 300")


@pytest.mark.parametrize(
    ("parameter", "low", "high", "at", "words"),
    [
        ("interventions.praktik.after.job", "-1", "2", "3:88", "must be 0 or more (got -1"),
        ("interventions.praktik.after.job", "2", "1", "3:100", "must be above `without`"),
        ("interventions.praktik.after_weeks", "1", "20", "3:46", "must be a whole number"),
        ("interventions.praktik.aftr.job", "1", "2", "3:46", "there is no 'aftr'"),
    ],
)
def test_a_question_tries_what_may_be(parameter: str, low: str, high: str, at: str, words: str, tmp_path: Path) -> None:
    text = NEEDED.replace("PARAMETER", parameter).replace("LOW", low).replace("HIGH", high)
    refused(overlay(tmp_path, text), at, words)


def test_a_range_holds_its_value(tmp_path: Path) -> None:
    text = "exits: {job: {level: {value: 0.02, range: [0.03, 0.05], kind: assumed, source: x}}}"
    refused(overlay(tmp_path, text), "3:43", "the range from 0.03 to 0.05 does not hold the value 0.02")


@pytest.mark.parametrize(
    ("text", "column"),
    [("arms: {a: true}", 11), ("exits: {job: {level: true}}", 22), ("seed: true", 7), ("weeks: false", 8),
     ("interventions: {samtaler: {plans: {p: {first_week: {1: true}}}}}", 56)],
)  # fmt: skip
def test_a_boolean_is_no_number(text: str, column: int, tmp_path: Path) -> None:
    refused(overlay(tmp_path, text), f"3:{column}", "must be a ", "number (got ")


def test_a_mistake_of_two_keys_is_told_at_the_overlay(tmp_path: Path) -> None:
    """Where the overlay changed one of them; the file below is right on its own."""
    refused(overlay(tmp_path, "weeks: 10"), "3:8")
    refused(overlay(tmp_path, "intake: {weeks: 65}"), "3:17", "the run ends in week 64, before enrolment does")
    levels = "subgroups: {m: {x: {share: 0.5}, y: {share: 0.5}}}"
    base = tmp_path / "levels.yaml"
    base.write_text(SMALL.read_text(encoding="utf-8") + levels + "\n", encoding="utf-8")
    shares = "the shares of m must add up to 1 (they add up to 1.1)"
    refused(overlay(tmp_path, "subgroups: {m: {x: {share: 0.6}}}", base), "3:13", shares)
    refused(overlay(tmp_path, "measured_until: 1\nmeasured_from: 5"), "3:17", "so nobody is measured")


def test_everybody_leaves_before_enrolment(tmp_path: Path) -> None:
    path = project("everybody-leaves-before-enrolment", tmp_path) / "leaves_before.yaml"
    refused(path, "4:33", "nobody is left to be enrolled: 100 ledige × exp(−1 × 8 weeks) = 0.034")


def test_exits_is_a_number(tmp_path: Path) -> None:
    path = project("exits-is-a-number", tmp_path) / "exits_is_a_number.yaml"
    assert "1 problem." in refused(path, "3:8", "exits: must be a mapping of keys to values (got 5)")


def test_a_replication_to_which_nobody_comes_is_run() -> None:
    """Of two ledige each stays until enrolment with a chance of 0.6: in some replications nobody is measured."""
    few = {"intake.persons": 2, "intake.leaves_before": 0.05, "intake.elapsed_weeks": 10}
    result = run(load(KONTANT, few), replications=12)
    enrolled = [bool(replication.outcomes["exit_any", "alle", None] >= 0) for replication in result.replications]
    assert len(set(enrolled)) == 2  # nan where there is nobody
    assert len(result.table())


# --- names and options ---------------------------------------------------------------------------------------------


def test_superscript_in_a_path(tmp_path: Path) -> None:
    path = project("superscript-in-a-path", tmp_path) / "superscript.yaml"
    refused(path, "3:70", "has items 0 to 0, not '²'")
    key = "interventions.samtaler.plans.ordinaer.every.².weeks"
    answer = said("sweep", KONTANT, "--over", f"{key}=1,2")
    assert answer.exit_code == 2 and "has items 0 to 0, not '²'" in answer.stderr
    with pytest.raises(InputProblems, match="has items 0 to 0, not '²'"):
        load(KONTANT).with_({key: 1})


def test_terminal_escape_in_a_name(tmp_path: Path) -> None:
    shown = refused(project("terminal-escape-in-a-name", tmp_path) / "escape.yaml", "3:7", "U+001B is not allowed")
    assert "\x1b" not in shown


@pytest.mark.parametrize("escape", ["\\e", "\\a", "\\0", "\\r", "\\x7f", "\\x9b", "\\u2028", "\\b"])
def test_no_control_character_is_read(escape: str, tmp_path: Path) -> None:
    refused(overlay(tmp_path, f'description: "a{escape}b"'), "3:14", "the invisible character U+")
    refused(overlay(tmp_path, f'exits: {{"jo{escape}b": 1}}'), "3:9", "the invisible character U+")


def test_an_option_is_shown_and_not_obeyed() -> None:
    answer = said("diary", SMALL, "--ledig", 0, "--set", "\x1b[2J=1", "--set", "teams\x1b.x=1")
    assert answer.exit_code == 2 and "\x1b" not in answer.output


@pytest.mark.parametrize(
    "option",
    ["--replications 100001", "--replications 0", "--workers 257", "--batch 100001", "--draws 10001", "--draws ²",
     f"--seed {2**53}", "--seed -1", "--replications " + "9" * 5000],
)  # fmt: skip
def test_replications_beyond_the_limit(option: str, tmp_path: Path) -> None:
    """Each option has the limits of the key in a file, or its own."""
    words = ["--posterior"] if "draws" in option else []
    answer = said("run", KONTANT, *option.split(), *words, "--quiet", "--out", tmp_path)
    assert answer.exit_code == 2 and option.split()[0] in answer.stderr, answer.output
    assert not list(tmp_path.iterdir())


def test_options_have_the_limits_of_the_keys() -> None:
    from simulation.cli.options import REPLICATIONS, SEED
    from simulation.scenario.schema import Scenario

    for option, key in ((REPLICATIONS, "replications"), (SEED, "seed")):
        limits = {name: getattr(m, name) for m in Scenario.model_fields[key].metadata for name in ("ge", "le")
                  if hasattr(m, name)}  # fmt: skip
        assert (option.min, option.max) == (limits["ge"], limits["le"])
