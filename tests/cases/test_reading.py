"""What is written is read as what it means, or refused at its place."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from simulation import load
from simulation.scenario.files.problems import InputProblems, Mark
from tests.cases.places import CASES, ROOT, project, said

KONTANT = ROOT / "scenarios" / "base_kontanthjaelp.yaml"
SMALL = CASES / "decimal-comma-in-braces" / "base.yaml"


def refused(path: Path, at: str, *words: str) -> str:
    """`check` refuses the file: the first line of what it says has this place (line:column) and all words."""
    answer = said("check", path)
    assert answer.exit_code == 2, answer.output
    first = next(line for line in answer.stderr.splitlines() if " error: " in line)
    assert f"{path.name}:{at}: error" in first and all(word in first for word in words), answer.stderr
    return str(answer.stderr)


def overlay(tmp_path: Path, text: str, base: Path = SMALL) -> Path:
    """An overlay of a small world, in a folder of its own."""
    (tmp_path / "base.yaml").write_text(base.read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "over.yaml"
    path.write_text(f"version: 2\nextends: base.yaml\n{text}\n", encoding="utf-8")
    return path


# --- null and commas ----------------------------------------------------------------------------------------------


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


# --- read as what it means ----------------------------------------------------------------------------------------


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


def test_milestone_red_before_yellow(tmp_path: Path) -> None:
    path = project("milestone-red-before-yellow", tmp_path) / "milestone.yaml"
    refused(path, "3:86", "must not be below yellow_from")


NEEDED = "needed_effects: {a: {question: q, parameter: PARAMETER, without: LOW, highest: HIGH, outcome: exit_job, "
NEEDED += "group: alle, change: 0.1, source: x, page: '1'}}"


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
def test_a_question_tries_what_may_be(
    parameter: str, low: str, high: str, at: str, words: str, tmp_path: Path
) -> None:
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


# --- kinds high up in a file --------------------------------------------------------------------------------------


def test_exits_is_a_number(tmp_path: Path) -> None:
    path = project("exits-is-a-number", tmp_path) / "exits_is_a_number.yaml"
    assert "1 problem." in refused(path, "3:8", "exits: must be a mapping of keys to values (got 5)")


def test_extends_of_a_name_that_cannot_be(tmp_path: Path) -> None:
    folder = project("extends-of-a-name-that-cannot-be", tmp_path)
    refused(folder / "extends_long.yaml", "2:10", "there is no file aaaa")
    assert "there is no file" in refused(folder / "extends_nul.yaml", "2:10", "U+0000")


@pytest.mark.parametrize("key", ["extends", "targets", "fitted", "compare_with"])
@pytest.mark.parametrize("name", ["5", "[5]", "{a: 1}", "true", "''", "a" * 5000, ".", "/", "..", "base.yaml/x"])
def test_what_names_a_file_is_the_name_of_one(key: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    text = SMALL.read_text(encoding="utf-8") if key != "extends" else "version: 2\n"
    path.write_text(f"{key}: {name}\n{text}", encoding="utf-8")
    refused(path, f"1:{len(key) + 3 + (key == 'extends' and name == '[5]')}", key)


def test_extends_that_doubles(tmp_path: Path) -> None:
    folder = project("extends-that-doubles", tmp_path)
    began = time.perf_counter()
    assert said("check", folder / "d0.yaml").exit_code == 0
    assert time.perf_counter() - began < 5  # 13 files; they were resolved 8,191 times, which took minutes


def test_superscript_in_a_path(tmp_path: Path) -> None:
    path = project("superscript-in-a-path", tmp_path) / "superscript.yaml"
    refused(path, "3:70", "has items 0 to 0, not '²'")
    key = "interventions.samtaler.plans.ordinaer.every.².weeks"
    answer = said("sweep", KONTANT, "--over", f"{key}=1,2")
    assert answer.exit_code == 2 and "has items 0 to 0, not '²'" in answer.stderr
    with pytest.raises(InputProblems, match="has items 0 to 0, not '²'"):
        load(KONTANT).with_({key: 1})


def test_fitted_file_with_also_5(tmp_path: Path) -> None:
    folder = project("fitted-file-with-also-5", tmp_path)
    fit = tmp_path / "calibration" / "fitted" / "fit_also.yaml"
    (folder / "fit_also.yaml").rename(fit)
    answer = said("check", folder / "scenario.yaml")
    assert answer.exit_code == 2 and "fit_also.yaml:5:84: error: fitted: must be a list of paths" in answer.stderr


FIT = "version: 1\nparameters:\n  exits.job.level: {value: 0.01, low: 0.005, high: 0.02}\n"


@pytest.mark.parametrize(
    ("found", "put", "words"),
    [
        ("0.01,", "true,", "value must be a number"),
        ("0.01,", "{a: 1},", "value must be a number"),
        ("high: 0.02", "high: 0.002", "must not be below low"),
        ("0.02}", "0.02, also: [5]}", "must be a list of paths"),
        ("0.02}", "0.02, rest: [5]}", "must be a mapping of paths to parts above 0"),
        ("0.02}", "0.02, rest: {x: -1}}", "must be a mapping of paths to parts above 0"),
        ("0.02}", "0.02, also: [exits.job.level]}", "has its value from exits.job.level already"),
        ("version: 1", "version: true", "this is no file of fitted values"),
        ("{value: 0.01, low: 0.005, high: 0.02}", "5", "this is no file of fitted values"),
    ],
)
def test_a_fitted_file_is_checked(found: str, put: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "fit.yaml").write_text(FIT.replace(found, put), encoding="utf-8")
    answer = said("check", overlay(tmp_path, "fitted: fit.yaml\nexits: {job: {level: fitted}}"))
    assert answer.exit_code == 2 and words in answer.stderr, answer.output


def test_draws_that_are_not_numbers(tmp_path: Path) -> None:
    folder = project("draws-that-are-not-numbers", tmp_path)
    draws = tmp_path / "calibration" / "fitted" / "paa_rette_vej_i_job.draws.csv"
    lines = draws.read_text(encoding="utf-8").splitlines()
    base = folder / "base_kontanthjaelp.yaml"
    first = lines[1].split(",")
    for row, words in {
        ",".join(["nan", *first[1:]]): "draws.csv:2:1: error: ",
        ",".join([first[0], "-inf", *first[2:]]): f"draws.csv:2:{len(first[0]) + 2}: error: ",
        ",".join([*first[:-1], "1_0"]): "must be a number (got '1_0')",
        ",".join(first[1:]): "draws are expected in this row",
        ",".join(["1e9"] * len(first)): "draws.csv:2:1: error: ",
    }.items():
        draws.write_text("\n".join([lines[0], row, *lines[2:]]), encoding="utf-8")
        answer = said("run", base, "--posterior", "--draws", 10, "--replications", 1, "--quiet", "--out", tmp_path)
        assert answer.exit_code == 2 and words in answer.stderr, answer.output


# --- names and options --------------------------------------------------------------------------------------------


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


def test_scenario_called_two_dots(tmp_path: Path) -> None:
    folder, out = project("scenario-called-two-dots", tmp_path), tmp_path / "out" / "results"
    out.mkdir(parents=True)
    answer = said("run", folder / "...yaml", "--quiet", "--out", out)
    assert answer.exit_code == 2 and "needs a name before its ending" in answer.stderr
    assert [path.name for path in out.parent.iterdir()] == ["results"]


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


# --- files that a file names --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["extends", "targets", "fitted", "compare_with"])
def test_a_file_names_none_outside_its_root(key: str, tmp_path: Path) -> None:
    """Nor is a line of it quoted, nor said whether it is there; a link is followed; a root lets it be named."""
    secret, inside = tmp_path / "secret.yaml", tmp_path / "project" / "scenarios"
    inside.mkdir(parents=True)
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (inside / "link.yaml").symlink_to(secret)
    text = SMALL.read_text(encoding="utf-8") if key != "extends" else "version: 2\n"
    for name in ("../../secret.yaml", "../../none.yaml", str(secret), "/etc/passwd", "link.yaml"):
        path = inside / "mine.yaml"
        path.write_text(f"{key}: {name}\n{text}", encoding="utf-8")
        shown = refused(path, f"1:{len(key) + 3}", "lies outside this project")
        assert "hunter2" not in shown and "root:" not in shown
    (tmp_path / "jobcentersim.yaml").touch()
    path.write_text(f"{key}: ../../secret.yaml\n{text}", encoding="utf-8")
    assert "lies outside" not in said("check", path).stderr


def test_what_is_shipped_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"version: 2\nname: mine\nextends: {KONTANT}\n", encoding="utf-8")
    assert load(path).scenario.name == "mine"


def test_an_inherited_mistake_is_in_its_own_file(tmp_path: Path) -> None:
    """The place of a value that nobody has changed stays in the file that has it."""
    path = overlay(tmp_path, "name: mine")
    base = tmp_path / "base.yaml"
    base.write_text(base.read_text(encoding="utf-8").replace("weeks: 64", "weeks: 640000"), encoding="utf-8")
    with pytest.raises(InputProblems) as caught:
        load(path)
    marks: Iterable[Mark | None] = [problem.mark for problem in caught.value.problems]
    assert [mark and Path(mark.file).name for mark in marks] == ["base.yaml"]


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
    assert "two values" not in answer.stderr

def test_a_prior_and_its_scenario_give_one_range(tmp_path: Path) -> None:
    from tests.bad_study import FILES
    from tests.studies import SCENARIO

    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    toy = SCENARIO.replace("targets: targets.yaml\n", "").replace(
        "effects: {job: {value: fitted,", "effects: {job: {value: fitted, range: [0.8, 1.2],"
    )
    (tmp_path / "toy.yaml").write_text(toy, encoding="utf-8")
    answer = said("calibrate", tmp_path / "targets.yaml", "--out", tmp_path)
    assert answer.exit_code == 2 and "gives another range for interventions.samtaler.effects.job" in answer.stderr


def test_a_study_names_no_file_outside_its_root(tmp_path: Path) -> None:
    from tests.bad_study import FILES
    from tests.studies import SCENARIO

    folder = tmp_path / "study"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    for home in (folder, tmp_path):
        (home / "toy.yaml").write_text(SCENARIO.replace("targets: targets.yaml\n", ""), encoding="utf-8")
    targets = folder / "targets.yaml"
    for key, name in {"scenario": "toy", "priors": "priors", "fitted": "fitted"}.items():
        targets.write_text(FILES["targets.yaml"].replace(f"{key}: {name}", f"{key}: ../{name}"), encoding="utf-8")
        answer = said("calibrate", targets, "--out", tmp_path)
        assert answer.exit_code == 2 and f"{key}: '../{name}.yaml' lies outside this project" in answer.stderr


def test_a_replication_to_which_nobody_comes_is_run() -> None:
    """Of two ledige each stays until enrolment with a chance of 0.6: in some replications nobody is measured."""
    from simulation import run

    few = {"intake.persons": 2, "intake.leaves_before": 0.05, "intake.elapsed_weeks": 10}
    result = run(load(KONTANT, few), replications=12)
    enrolled = [bool(replication.outcomes["exit_any", "alle", None] >= 0) for replication in result.replications]
    assert len(set(enrolled)) == 2  # nan where there is nobody
    assert len(result.table())
