"""Comparisons compare policies: what differs is said first, and what is no difference of policies is not shown so."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from simulation import compare, load, run, sweep, uncertain
from simulation.experiments.compare import Comparison
from simulation.experiments.replicate import replicate
from simulation.report.text import compare_table
from simulation.results.measures.replication import simulate
from simulation.results.names import Names
from simulation.results.result import Result
from simulation.scenario.alike import Alike
from simulation.scenario.changes import changes, told_apart
from simulation.scenario.files.problems import InputProblems
from tests.all_kinds import everything
from tests.cases.places import CASES, project, said

pytestmark = pytest.mark.usefixtures("undrawn")
CASE = "compare-different-lengths"
BASE = CASES / CASE / "base.yaml"


def overlay(at: Path, name: str = "other.yaml", base: Path = BASE, **more: object) -> Path:
    """A scenario on top of the small world of the case."""
    path = at / name
    (at / base.name).write_bytes(base.read_bytes())
    whole = {"version": 2, "extends": base.name, "name": name, **more}
    path.write_text(yaml.safe_dump(whole, sort_keys=False), "utf-8")
    return path


def test_compare_different_lengths(tmp_path: Path) -> None:
    """Nothing of 40 more weeks is shown as if a policy had done it; what is left is the same to the last digit."""
    at = project(CASE, tmp_path)
    words = ["compare", at / "base.yaml", at / "longer.yaml", "--replications", 2, "--out", tmp_path / "out"]
    shown = said(*words, "--all")
    assert shown.exit_code == 0, shown.output
    head = shown.stdout.split("\n\n")[1]
    rows = [line.split() for line in head.splitlines()]
    assert rows[::2] == [["changed", "base", "scenario"], ["weeks", "64", "104"]]
    assert "which is 64 weeks in one and 104 in the other" in shown.stdout and "+62" not in shown.stdout
    told = json.loads(said(*words, "--json").stdout)
    columns = ("key", "from", "to", "unit", "fitted_from", "fitted_to")
    assert told["changed"] == [dict(zip(columns, ("weeks", 64, 104, "weeks", "", ""), strict=True))]
    assert {"praktik_started", "utilisation", "caseload", "talk_minutes", "praktik_wait"} <= {*told["left_out"]}
    assert not {*told["left_out"]} & {row["outcome"] for row in told["outcomes"]}
    assert len(told["outcomes"]) > 700 and {row["difference"] for row in told["outcomes"]} <= {0.0, None}
    [table] = (tmp_path / "out").rglob("changes.csv")
    assert list(csv.reader(table.open(encoding="utf-8")))[1][1:4] == ["weeks", "64", "104"]


def test_every_outcome_says_whether_it_is_of_the_whole_run() -> None:
    """Of every kind of intervention: what does not say so is the same, however much longer the run is watched."""
    scenario = everything(weeks=60, follow_up=26, seed=3)
    last = scenario.measured_weeks()[1]
    assert last + 26 <= 60
    short, long = (simulate(scenario.model_copy(update={"weeks": weeks}), [0, 1]) for weeks in (60, 75))
    names, moved = Names(scenario), set()
    for before, after in zip(short, long, strict=True):
        for figure, value in before.outcomes.items():
            if names.meaning(figure.outcome).of_whole_run:
                moved |= {figure.outcome} if after.outcomes.get(figure) != value else set()
            else:
                assert after.outcomes[figure] == pytest.approx(value, nan_ok=True, rel=0, abs=0), figure
    assert len(moved) > 60


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"follow_up": 40}, "outcomes over different follow_up cannot be compared (52 and 40 weeks)"),
        ({"weeks": 60}, "see the last measured for 52 and for 49 of 52 weeks"),
    ],
)
def test_what_cannot_be_compared_is_refused_before_it_is_run(
    more: dict[str, object], message: str, tmp_path: Path
) -> None:
    """By `compare`, by the function, and as a point of a sweep."""
    other = overlay(tmp_path, **more)
    refused = said("compare", BASE, BASE, other, "--out", tmp_path / "out")
    assert refused.exit_code == 2 and message in refused.stderr and "Nothing was run" in refused.stderr
    assert str(other) in refused.stderr and not (tmp_path / "out").exists()
    with pytest.raises(ValueError, match="weeks"):
        compare(load(BASE), load(other), 1)
    if "weeks" in more:
        with pytest.raises(InputProblems, match="49 of 52 weeks"):
            sweep(load(BASE), {"weeks": [64, 60]}, 1)


def test_results_by_another_seed_are_no_pair() -> None:
    other = load(BASE, {"seed": 8})
    with pytest.raises(ValueError, match="by seed 7, the other by seed 8"):
        Comparison(*replicate([load(BASE), other], 1))


def test_a_seed_that_is_not_used_is_told(tmp_path: Path) -> None:
    """A comparison is by the luck of its base; another seed in the other file is said not to count."""
    other = overlay(tmp_path, seed=8, teams={"stab": {"fte": 3}})
    compared = said("compare", BASE, other, "--replications", 1, "--out", tmp_path / "out")
    assert compared.exit_code == 0 and "its seed 8 is not used" in compared.stderr
    same_seed = overlay(tmp_path, teams={"stab": {"fte": 3}})
    assert "is not used" not in said("compare", BASE, same_seed, "--replications", 1, "--out", tmp_path / "out").stderr


COHORTS = {
    "persons": ({"intake": {"persons": 220}}, "persons (x: 200 and 220, y: 200 and 220)"),
    "one jobcentre": ({"jobcentres": {"x": {"persons": 100}}}, "persons (x: 200 and 100)"),
    "another jobcentre": ({"jobcentres": {"z": {}}}, "jobcentres (x, y; x, y, z)"),
    "intake": ({"intake": {"arrivals": "random"}}, "intake (arrivals)"),
    "intake weeks": ({"intake": {"weeks": 6}}, "intake (weeks)"),
    "who is measured": ({"measured_from": 3}, "who is measured (enrolled in weeks 0 to 11; 3 to 11)"),
}


@pytest.mark.parametrize("kind", COHORTS)
def test_other_people_are_no_pairs(kind: str, tmp_path: Path) -> None:
    """Said aloud; intervals are those of independent runs, as reckoned here by hand."""
    more, sentence = COHORTS[kind]
    comparison = compare(load(BASE), load(overlay(tmp_path, **more)), 4)
    assert comparison.alike.cohort == [sentence]
    assert set(comparison.table()["interval"]) == {"simulation error of the difference, not paired, 95 %"}
    difference = next(d for d in comparison.differences() if d.key.outcome == "exit_job")
    before, after = comparison.base.values(difference.key), comparison.scenario.values(difference.key)
    error = np.sqrt(before.var(ddof=1) / 4 + after.var(ddof=1) / 4)
    assert difference.difference.value == pytest.approx(after.mean() - before.mean())
    half = difference.difference.high - difference.difference.value
    assert 1.96 * error < half < 3.5 * error and np.isnan(difference.variance_ratio)  # Student's of 3 degrees, and skew
    if kind == "persons":
        words = ["compare", BASE, tmp_path / "other.yaml", "--replications", 2, "--out", tmp_path / "out"]
        first, shown = said(*words).stdout, said(*words, "--all").stdout
        assert "not the same people" in " ".join(first.split()) and "same luck" not in first
        assert f"NOT THE SAME PEOPLE: {sentence}." in shown and "by the same luck" not in shown


def test_who_is_enrolled_earlier_by_a_policy_is_the_same_person(tmp_path: Path) -> None:
    at = project(CASE, tmp_path)
    both = [load(at / name).scenario for name in ("aktive_hurtigere_tilbage.yaml", "aht_tidlig_start.yaml")]
    assert Alike(*both).same_people and Alike(*both).same_window


def test_other_shares_of_arms_are_other_people_in_them(tmp_path: Path) -> None:
    base = load(BASE)
    for more, arms in (
        ({"arms": {"a": 2}}, ["a", "b"]), ({"arms": {"a": 2, "b": 2}}, []), ({"allocation": "blocked"}, ["a", "b"]),
        ({"split": {"a": {"ny": 1, "gammel": 1}}}, []), ({"arms": {"b": 1, "a": 1}}, []),
    ):  # fmt: skip
        alike = Alike(base.scenario, load(overlay(tmp_path, **more)).scenario)
        assert alike.other_arms == arms and alike.same_people, more


def test_a_scenario_against_itself_is_refused(tmp_path: Path) -> None:
    """Also where it is written otherwise: usual values said aloud, arms in another order, another seed; beside others
    that do differ; and from Python."""
    usual = overlay(tmp_path, displacement=0.0, allocation="drawn", arms={"b": 1.0, "a": 1}, seed=8, name="usual")
    other = tmp_path / "more.yaml"
    other.write_text(f"version: 2\nextends: {usual.name}\nteams: {{stab: {{fte: 3}}}}\n", encoding="utf-8")
    base = load(BASE)
    assert changes(base, load(usual, {"seed": base.scenario.seed})) == changes(base, base) == []
    for second, words in ((usual, [other, usual]), (BASE, [BASE])):
        sentence = f"nothing differs between {BASE} and {second}, so there is nothing to compare"
        refused = said("compare", BASE, *words, "--out", tmp_path / "out")
        assert refused.exit_code == 2 and not (tmp_path / "out").exists(), refused.output
        assert refused.stderr.splitlines()[-2:] == [f"error: {sentence}", "Nothing was run."]
        for compared in (compare, uncertain):
            with pytest.raises(ValueError, match=re.escape(sentence)):
                compared(base, load(second))  # type: ignore[operator]


def test_where_no_figure_is_there_none_differs() -> None:
    nothing = Result(load(BASE), [], 0)
    assert Comparison(nothing, nothing).differences() == []


def test_an_identical_median_is_unchanged_though_not_all_come_to_it() -> None:
    """An arm in two is the arm, and half of it have left in some of the replications only."""
    base = load(BASE)
    split = base.with_({"split": {"a": {"c": 1, "d": 1}}})
    comparison = compare(base, split, replications=4)
    median = {d.key.group.name: d for d in comparison.differences() if d.key.outcome == "median_weeks_to_exit"}
    assert 0 < median["a"].difference.n < 4 and np.isnan(median["a"].difference.value) and median["a"].same
    text = compare_table(comparison)
    assert "median_weeks_to_exit," in text.partition("Exactly unchanged in every replication: ")[2]
    assert "median_weeks_to_exit " not in text
    other = compare(base, base.with_({"exits.job.level": 0.011}), replications=4)
    assert not any(d.same for d in other.differences() if d.key.outcome == "median_weeks_to_exit")


def test_long_lists_of_changes_are_cut_with_a_count(tmp_path: Path) -> None:
    """A whole part that one of the two does not have is one row; the table has every value."""
    clubs = {f"team_{n}": {"fte": 1, "minutes_per_week": 900} for n in range(30)}
    other = overlay(tmp_path, teams=clubs, interventions={"praktik": None}, exits={"job": {"level": 0.02}})
    shown = said("compare", BASE, other, "--all", "--replications", 1, "--out", tmp_path / "out").stdout
    assert "... and 42 more; all of them stand in tables/changes.csv." in shown
    [table] = (tmp_path / "out").rglob("changes.csv")
    assert len(table.read_text(encoding="utf-8").splitlines()) == 1 + 60 + 1 + 11
    assert "teams.team_29.minutes_per_week,,900,minutes,,\n" in table.read_text(encoding="utf-8")
    fewer = overlay(tmp_path, interventions={"praktik": None}, exits={"job": {"level": 0.02}})
    shown = said("compare", BASE, fewer, "--all", "--replications", 1, "--out", tmp_path / "out").stdout
    rows = [line.split() for line in shown.splitlines()]
    assert ["interventions.praktik", "11", "values", "–"] in rows and ["exits.job.level", "0.01", "0.02"] in rows


def test_changes_by_a_fit_are_listed_with_it(tmp_path: Path) -> None:
    """The value of one fit against that of another, and against one that is written."""
    at = project(CASE, tmp_path)
    fitted = at.parent / "calibration" / "fitted" / "dagpenge.yaml"
    base = load(at / "base_dagpenge.yaml")
    [path, *_] = [path for path in base.resolved.fitted if path[0] == "exits"]
    text = fitted.read_text(encoding="utf-8").split("\n")
    key = ".".join(map(str, path))
    line, *_ = [n for n, row in enumerate(text) if row.strip().startswith(f"{key}:")]
    text[line] = text[line].replace("value: ", "value: 0.9", 1).replace("0.90.", "0.9")
    (fitted.parent / "other.yaml").write_text("\n".join(text), encoding="utf-8")
    other = load(overlay(at, base=at / "base_dagpenge.yaml", fitted="../calibration/fitted/other.yaml"))
    [change] = changes(base, other)
    assert (change.key, change.fitted_before, change.fitted_after) == (key, "dagpenge", "other")
    written = base.with_({key: 0.5})
    [change] = changes(base, written)
    assert (change.key, change.after, change.fitted_before, change.fitted_after) == (key, 0.5, "dagpenge", "")


def test_a_sweep_over_who_is_followed_says_so(tmp_path: Path) -> None:
    """Points are not shown as differences of policies, nor as pairs."""
    swept = sweep(load(BASE), {"intake.persons": [200, 220]}, 3)
    rows = swept.table().query("outcome == 'exit_job' and group == 'alle'")
    assert ["not paired" in text for text in rows["diff_interval"]] == [False, True]
    words = ["--replications", 2, "--out", tmp_path / "out", "--all"]
    shown = said("sweep", BASE, "--over", "intake.persons=200,220", *words).stdout
    assert "NOT THE SAME PEOPLE at every point (persons (x: 200 and 220" in shown and "of 400 to 440 ledige" in shown
    assert len(json.loads(said("sweep", BASE, "--over", "weeks=64,80", *words, "--json").stdout)["not_alike"]) == 1
    longer = sweep(load(BASE), {"weeks": [64, 80]}, 2)
    by_outcome = longer.table().query("point == '2' and group == 'alle'").set_index("outcome")
    assert np.isnan(by_outcome.loc["utilisation", "difference"]) and by_outcome.loc["exit_job", "difference"] == 0
    assert "Points run for different numbers of weeks" in said("sweep", BASE, "--over", "weeks=64,80", *words).stdout
    assert "Other people are in a and b" in said("sweep", BASE, "--over", "arms.a=1,2", *words).stdout
    parts = overlay(tmp_path, split={"a": {"x": 1, "y": 1}})
    assert "Other people are in x and y" in said("sweep", parts, "--over", "split.a.x=1,2", *words).stdout


def test_a_sweep_from_a_key_that_is_not_written_says_so_too() -> None:
    """At null such a key stays as it is, and the people with it."""
    swept = sweep(load(BASE), {"intake.leaves_before": [None, 0.01], "measured_until": [None, 3]}, 2)
    assert [swept.alike(point).same_people for point in (-1, 0, 1, 2, 3)] == [True, True, False, False, False]


def test_what_is_run_beside_says_in_what_it_differs(tmp_path: Path) -> None:
    beside = overlay(tmp_path, "beside.yaml", jobcentres={"y": None})
    path = overlay(tmp_path, compare_with=beside.name)
    words = ["run", path, "--all", "--replications", 1, "--out", tmp_path / "out"]
    sentence = "jobcentres (x, y; x)"
    assert f"The two do not differ in policy alone: {sentence}." in said(*words).stdout
    [told] = json.loads(said(*words, "--json").stdout)["beside"]
    assert told["differs_in"] == [sentence]


def test_scenarios_of_one_name_are_told_apart(tmp_path: Path) -> None:
    """By their file, without the folders that all lie in (a copy elsewhere is called the same), and by a number where
    that is the same; those of a name of their own keep it."""
    (tmp_path / "old").mkdir()
    new, old = overlay(tmp_path), overlay(tmp_path / "old")
    old.write_text(old.read_text(encoding="utf-8") + "measured_from: 1\n", encoding="utf-8")
    assert told_apart([load(BASE), load(new), load(old)]) == [
        "small world", "other.yaml (other.yaml)", "other.yaml (old/other.yaml)",
    ]  # fmt: skip
    twice = told_apart([load(BASE), load(BASE)])
    assert twice == [f"small world ({BASE.name}, 1)", f"small world ({BASE.name}, 2)"]
    words = ["--replications", 1, "--out", tmp_path / "out", "--all"]
    screen = said("compare", new, old, *words).stdout
    assert "base:     other.yaml (other.yaml)\nscenario: other.yaml (old/other.yaml)\n" in screen
    told = json.loads(said("compare", new, old, *words, "--json").stdout)
    assert [told["base"], told["scenario"]] == ["other.yaml (other.yaml)", "other.yaml (old/other.yaml)"]


def test_a_renamed_offer_has_other_luck_and_that_is_told(tmp_path: Path) -> None:
    """Chances hang on its name; those of the only kind of talk do not."""
    text = BASE.read_text(encoding="utf-8")
    (tmp_path / "renamed.yaml").write_text(text.replace("  praktik:\n", "  oevelse:\n"), encoding="utf-8")
    base, renamed = load(BASE), load(tmp_path / "renamed.yaml")
    assert Alike(base.scenario, renamed.scenario).other_luck == ["praktik is called oevelse"]
    values = [run(loaded, 2).values(("praktik_weeks", "alle", None)) for loaded in (base, renamed)]
    assert (values[0] != values[1]).all()
    words = ["compare", BASE, tmp_path / "renamed.yaml", "--replications", 2, "--out", tmp_path / "out"]
    assert "Other luck: praktik is called oevelse." in said(*words, "--all").stdout
    assert "Some chances are drawn by other luck (see --all)" in said(*words).stdout
    (tmp_path / "talks.yaml").write_text(text.replace("  samtaler:\n", "  tale:\n"), encoding="utf-8")
    talks = load(tmp_path / "talks.yaml")
    assert Alike(base.scenario, talks.scenario).other_luck == []
    assert (run(base, 2).values(("talks_held", "a", None)) == run(talks, 2).values(("talks_held", "a", None))).all()


def test_one_kind_of_talk_more_changes_the_luck_of_the_other(tmp_path: Path) -> None:
    two = load(CASES / "intervention-called-talks" / "two_kinds.yaml").scenario
    assert Alike(load(BASE).scenario, two).other_luck == [
        "samtaler is called talks", "samtaler is the only kind of talk in one of them",
    ]  # fmt: skip


def test_intervention_called_talks(tmp_path: Path) -> None:
    """A kind of talk called `talks` has an outcome `held`."""
    case = (CASES / "intervention-called-talks" / "two_kinds.yaml").read_text(encoding="utf-8")
    results = {}
    for name in ("talks", "tale"):
        file = tmp_path / f"{name}.yaml"
        file.write_text(case.replace("  talks:", f"  {name}:"), encoding="utf-8")
        results[name] = run(load(file))
    for group in ("alle", "a", "b"):
        held = [result.estimate("talks_held", group) for result in results.values()]
        assert held[0] == held[1] and 10 < held[0].value < 12
        counted = [results["talks"].estimate("talks.held", group), results["tale"].estimate("tale_held", group)]
        assert counted[0] == counted[1] and counted[0].value > 500
    table = results["talks"].table()
    held = table[(table["outcome"] == "talks_held") & table["week"].isna() & (table["group"] == "alle")]
    assert held["intervention"].tolist() == [""]
    own_ = table[(table["outcome"] == "talks.held") & (table["group"] == "alle")]
    assert own_["intervention"].tolist() == ["talks"]

