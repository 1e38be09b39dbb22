"""What is not known is shown as what it is, on the screen, as JSON and in tables: never as a number."""

from __future__ import annotations

import io
import math
import pathlib
import re

import pandas as pd
import pytest

from simulation import load, run, sweep
from simulation.experiments.compare import Comparison
from simulation.experiments.needed import Needed, distinct, needed_effects
from simulation.report.answer import answer_of, differences_of, outcomes_of
from simulation.report.sections import by_jobcentre, organisations
from simulation.report.sweep.text import sweep_text
from simulation.report.text import compare_table, run_table
from simulation.report.words import with_interval
from simulation.results.intervals import estimate
from simulation.results.names import Figure
from simulation.results.result import Result
from simulation.results.tables.run_tables import published_table, tables
from simulation.scenario.load import Loaded
from tests.cases.places import CASES, ROOT, project

MEDIAN = "median_weeks_to_exit"
EARNED = "tilskud_earned_share"


def loaded(case: str, name: str, at: pathlib.Path, **changes: object) -> Loaded:
    """A file of a case, with some values set (`__` for a dot)."""
    return load(project(case, at) / name).with_({key.replace("__", "."): value for key, value in changes.items()})


def lines_with(text: str, start: str) -> list[str]:
    """Lines of a table by their first word."""
    return [line for line in text.splitlines() if line.split()[:1] == [start]]


def test_median_not_reached(tmp_path: pathlib.Path) -> None:
    folder = project("median-not-reached", tmp_path)
    printed = run(load(folder / "printed.yaml"))
    e = printed.estimate(MEDIAN, "a")
    assert (e.n, e.of, e.beyond) == (2, 4, 52) and math.isnan(e.value) and math.isnan(e.high)
    row, verdict = lines_with(run_table(printed), MEDIAN)[:2]
    assert "beyond 52 (reached in 2 of 4)" in row and re.search(r"beyond 52 .*60\.0 +– +– +\[", verdict)
    (beside,) = printed.beside_published()
    assert math.isnan(beside.distance.units) and beside.distance.verdict == ""
    (cell,) = published_table(printed).to_dict(orient="records")
    assert math.isnan(cell["value"]) and math.isnan(cell["distance"]) and (cell["known"], cell["verdict"]) == (2, "")
    (told,) = [r for r in outcomes_of(printed) if (r["outcome"], r["group"]) == (MEDIAN, "a")]
    assert (told["value"], told["known"], told["beyond"], told["distance_sd"]) == (None, 2, 52.0, None)
    rows = printed.table().query(f"outcome == '{MEDIAN}' and group == 'a' and jobcentre == ''")
    (stored,) = rows.to_dict(orient="records")
    assert math.isnan(stored["value"]) and (stored["replications"], stored["known"], stored["beyond"]) == (4, 2, 52)

    base, faster = (run(load(folder / f"{name}.yaml"), 10) for name in ("base", "faster"))
    comparison = Comparison(base, faster)
    for d in comparison.differences():  # rows add up, wherever there is a number
        if not any(math.isnan(e.value) for e in (d.base, d.difference, d.scenario)):
            assert d.base.value + d.difference.value == pytest.approx(d.scenario.value, abs=1e-9), d.key
    row = next(line for line in lines_with(compare_table(comparison), MEDIAN) if line.split()[1] == "a")
    assert re.search(r"beyond 52 +4\d\.\d +– \(known in 3 of 10\) +–", row)
    (told,) = [r for r in differences_of(comparison) if (r["outcome"], r["group"]) == (MEDIAN, "a")]
    assert (told["base"], told["difference"], told["known"], told["beyond"]) == (None, None, 3, 52.0)


def test_a_median_that_most_reach_is_that_of_all(tmp_path: pathlib.Path) -> None:
    """Not the mean of those that reach it, which is too early; its interval is by ranks, and may be open."""
    result = run(loaded("median-not-reached", "faster.yaml", tmp_path), 10)
    e, known = result.estimate(MEDIAN, "b"), result.values((MEDIAN, "b", None))
    assert (e.n, e.of, e.beyond) == (7, 10, 52) and e.low < e.value < 52 and math.isnan(e.high)
    assert e.value > known[~pd.isna(known)].mean()
    assert with_interval("weeks", e) == "46.4 [44.9, beyond 52] (reached in 7 of 10)"


def test_needed_effects_of_a_median_that_is_not_reached(tmp_path: pathlib.Path) -> None:
    question = {
        "question": "How fast?", "parameter": "exits.job.level", "without": 0.01, "highest": 0.012, "outcome": MEDIAN,
        "group": "a", "change": -1, "source": "x", "page": "1",
    }  # fmt: skip
    scenario = loaded("median-not-reached", "base.yaml", tmp_path).with_({"needed_effects": {"q": question}})
    (answer,) = needed_effects(scenario, 4)
    assert "Not known: median_weeks_to_exit (a) is there in only" in answer.sentence()
    assert "nan" not in answer.sentence() and answer_of(answer)["value"] is None


def test_model_row_of_an_empty_jobcentre(tmp_path: pathlib.Path) -> None:
    case = "model-row-of-an-empty-jobcentre"
    nobody = run(loaded(case, "empty.yaml", tmp_path))
    (row,) = lines_with("\n".join(organisations(nobody)), "egne_sager")
    assert "–" not in row and re.search(r"25\.\d ± \d\.\d +25\.\d", row)
    few = run(loaded(case, "empty.yaml", tmp_path / "2", jobcentres__y__persons=2), 6)
    (row,) = lines_with("\n".join(organisations(few)), "egne_sager")
    assert "of 6)" not in row and few.estimate("weeks_to_exit", "a@y").n < 6
    pooled = few.estimate("weeks_to_exit", "a")  # all jobcentres have the model, so the row is of everybody
    assert f"  {with_interval('weeks', pooled)}  " in row


def subsidy(tmp_path: pathlib.Path, name: str, **changes: object) -> tuple[Result, str]:
    result = run(loaded("subsidy-empty-jobcentre", name, tmp_path, **changes))
    return result, "\n".join(by_jobcentre(result))


def test_subsidy_empty_jobcentre(tmp_path: pathlib.Path) -> None:
    for name, places in (("subsidy.yaml", 2), ("empty.yaml", 1)):
        result, shown = subsidy(tmp_path / name, name)
        assert result.estimate(EARNED, "a").value == 1.0
        assert re.search(r"earned by 100\.0 \[\d\d\.\d, 100\.0\] % of jobcentres and runs", shown)
        assert result.estimate(EARNED, "a@y").n == (4 if places == 2 else 0)
    assert lines_with(shown, "y") and lines_with(shown, "y")[0].split()[1:] == ["–", "–", "–"]


def test_subsidy_of_an_arm_that_is_empty_in_some_replications(tmp_path: pathlib.Path) -> None:
    result, shown = subsidy(tmp_path, "subsidy.yaml", jobcentres__y__persons=1, replications=8)
    known = result.estimate(EARNED, "a@y").n
    assert 0 < known < 8 and f"(in {known} of 8)" in lines_with(shown, "y")[0]
    assert result.estimate(EARNED, "a").n == 8  # a jobcentre that has participants is always there


def test_the_audited_needed_effect_has_an_open_end() -> None:
    """It was "[nan, 2.60]"."""
    question = {
        "question": "How much?", "parameter": "interventions.samtaler.effects.job", "without": 1, "highest": 4,
        "outcome": "exit_job", "group": "alle", "change": 0.02, "source": "x", "page": "1",
    }  # fmt: skip
    talks = {"interventions.samtaler.dose": None, "interventions.samtaler.effects": {"job": 1.0}}
    base = load(ROOT / "scenarios" / "base_kontanthjaelp.yaml").with_({**talks, "needed_effects": {"q": question}})
    (answer,) = needed_effects(base, 3)
    assert re.search(r"would have to be \d\.\d+ \[\d\.\d+, above 4\], against 1 without", answer.sentence())
    assert answer_of(answer)["high"] is None and answer_of(answer)["above"] == 4


@pytest.mark.parametrize("replications", [3, 20])
def test_no_refusal_in_any_replication_is_no_certainty(replications: int) -> None:
    """The true share is three times the level; it was called "surely met" by 0 in three replications."""
    base = load(ROOT / "scenarios" / "base_kontanthjaelp.yaml").with_({"seed": 1})
    found = sweep(
        base, {"teams.ordinaer.fte": [1, 2]}, replications, outcomes=["no_time_share"],
        service="no_time_share<=0.0001",
    )  # fmt: skip
    (answer,) = found.smallest()
    assert answer.sure is None and answer.mean is not None
    assert found.estimate(1, Figure("no_time_share")).high > 0.001
    assert "±" not in sweep_text(found).partition("Service level")[2].partition("Mean of")[0].replace("± shown", "")


def test_needed_effect_rounded_away(tmp_path: pathlib.Path) -> None:
    (answer,) = needed_effects(loaded("needed-effect-rounded-away", "small_rate.yaml", tmp_path), 4)
    assert "would have to be 0.0015 [0.0012, 0.0021], against 0.0005" in answer.sentence()


@pytest.mark.parametrize(
    ("value", "others", "text"),
    [
        (2.5731, (1.0, 2.31, 3.3), "2.57"), (0.016, (0.0,), "0.016"), (0.0015, (0.0005, 0.0013, 0.0018), "0.0015"),
        (12.0, (12.0004,), "12.0000"), (0.0, (), "0.00"), (100.0, (1.0, math.nan), "100.00"),
    ],
)  # fmt: skip
def test_as_many_digits_as_tell_a_value_from_its_neighbours(
    value: float, others: tuple[float, ...], text: str
) -> None:
    assert distinct(value, *others) == text


@pytest.mark.parametrize(
    ("low", "high", "said_of_it"),
    [(0.02, 0.05, "[2.60, above 4]"), (0.03, 0.05, "[2.60, 3.66]")],
)
def test_an_end_that_is_not_reached_is_open(
    low: float, high: float, said_of_it: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No `[nan, 2.60]`: the change is known to lie between these two at the highest value tried."""
    import numpy as np

    from simulation.experiments import needed

    scenario = loaded("needed-effect-rounded-away", "small_rate.yaml", tmp_path)
    question = scenario.scenario.needed_effects["q"].model_copy(update={"without": 1, "highest": 4, "change": 0.0266})
    one = estimate(np.array([0.04, 0.04]))
    ends = {"value": 0.04, "low": low, "high": high}  # of the change, at the highest value tried
    answers = iter(one._replace(**{key: part * end for key, end in ends.items()}) for part in np.linspace(0, 1, 7))
    monkeypatch.setattr(needed, "estimate", lambda *_: next(answers))
    monkeypatch.setattr(needed, "replicate", lambda tried, *_, **__: [run(scenario, 1)] * len(tried))
    monkeypatch.setattr(Loaded, "with_", lambda self, _: self)
    found = needed._answer(scenario, "q", question, 2, 1, False, None)
    assert isinstance(found, Needed) and "nan" not in found.sentence()
    assert answer_of(found)["above"] == (4 if "above" in said_of_it else None)
    assert f"would have to be 3.00 {said_of_it}" in found.sentence()


def test_a_published_figure_that_the_run_does_not_have_is_shown_with_a_dash(tmp_path: pathlib.Path) -> None:
    """In the table of published figures, in published.csv and as JSON: minutes used are not told apart by arm where one
    team serves both. (A week that the outcome does not have is refused.)"""
    result = run(load(CASES / "published-figure-vanishes" / "no_course.yaml", {"published.duration": None}), 1)
    figures = list(result.loaded.scenario.published.values())
    shown = run_table(result).partition("Against the published figures")[2]
    assert len([line for line in shown.splitlines() if "an invented report" in line and " – " in line]) == 1
    assert published_table(result)["value"].isna().tolist() == [True]
    told = {(row["outcome"], row["week"]): row for row in outcomes_of(result)}
    assert all(told[f.outcome, f.week]["value"] is None for f in figures)
    assert all(told[f.outcome, f.week]["published"] == f.figure for f in figures)


def test_what_is_stored_has_no_text_in_columns_of_numbers(tmp_path: pathlib.Path) -> None:
    frames = tables(run(loaded("median-not-reached", "printed.yaml", tmp_path), 2))
    for name, columns in (("outcomes", ("value", "low", "high", "known", "beyond")), ("published", ("distance_sd",))):
        stored = pd.read_csv(io.StringIO(frames[name].to_csv(index=False)))
        assert all(pd.api.types.is_numeric_dtype(stored[column]) for column in columns)
