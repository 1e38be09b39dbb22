"""All uncertainty of an answer: the four parts against closed forms, the same for any number of workers, and weights
from a fit."""

from __future__ import annotations

import pathlib
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import yaml

from simulation import load, run, uncertain
from simulation.experiments.luck import weighted
from simulation.experiments.points import Points
from simulation.experiments.uncertain.answers import Answer, Uncertain, above_zero
from simulation.experiments.uncertain.design import design
from simulation.experiments.uncertain.hanging import Hangs
from simulation.experiments.uncertain.simulated import uncertain as simulate
from simulation.experiments.work import Stopped
from simulation.report.sentences import chance_of
from simulation.report.under_text import benefit, under_table
from simulation.report.wording import Wording
from simulation.results.intervals import UNKNOWN
from simulation.results.names import Figure, Names
from tests.calibration.test_fitted_values import JOB, OTHER, VALUES, write_fit
from tests.commands import ctrl_c_after
from tests.studies import WANTED, dump, write_study
from tests.sweeps import MOVING, SMALL

EXIT = Figure("exit_any")
WEEKS = 16


def write(folder: pathlib.Path, **values: str) -> pathlib.Path:
    path = folder / "small.yaml"
    path.write_text(SMALL.format(**{**MOVING, "persons": "1000", **values}), encoding="utf-8")
    return path


def answer(found: Uncertain, figure: Figure = EXIT) -> Answer:
    return next(each for each in found.answers() if each.figure == figure)


def at(loaded_from: pathlib.Path, draws: int, replications: int = 4) -> Uncertain:
    loaded = load(loaded_from)
    return simulate([run(loaded, replications)], design([loaded], draws))


@pytest.mark.parametrize("kind", ["assumed", "evidence"])
def test_a_level_that_is_unsure_moves_exits_as_its_range_does(kind: str, tmp_path: pathlib.Path) -> None:
    """Share left after 16 weeks is 1 − exp(−16 × level), of levels that are log-uniform: the part is named by the kind,
    its sd is that of the closed form within 15 % (60 draws that are spread evenly, of evidence 30), the ends within two
    points, and the answer hangs on the level alone. The other parts: nearly 0, and √(p (1 − p) / 1000) of one trial,
    which four replications tell roughly."""
    level = f"{{value: 0.05, kind: {kind}, source: test, range: [0.02, 0.08]}}"
    attendance = "{value: 0.8, kind: assumed, source: test, range: [0.7, 0.9]}"
    found = answer(at(write(tmp_path, level=level, attendance=attendance), 60))
    u = (np.arange(1000) + 0.5) / 1000
    exact = 1 - np.exp(-WEEKS * 0.02 * 4**u)
    parts = {"assumed": ("assumptions", "parameters"), "evidence": ("parameters", "assumptions")}[kind]
    assert found.sd[parts[0]] == pytest.approx(exact.std(), rel=0.15)
    assert found.sd[parts[1]] < 0.15 * exact.std()
    assert found.interval == pytest.approx(np.quantile(exact, [0.025, 0.975]), abs=0.02)
    assert found.middle == pytest.approx(exact.mean(), abs=0.02)
    assert found.trial == pytest.approx(found.interval, abs=0.02)  # a trial of 1,000 adds little to that
    p = 1 - np.exp(-WEEKS * 0.05)
    assert found.sd["trial"] == pytest.approx(np.sqrt(p * (1 - p) / 1000), rel=0.8)
    assert found.sd["simulation"] == pytest.approx(found.sd["trial"] / 2)
    assert list(found.hangs.shares) == [JOB] and found.hangs.shares[JOB] > 0.95 and found.hangs.drawn == 2


def test_a_difference_hangs_on_what_both_share_and_not_on_the_question(tmp_path: pathlib.Path) -> None:
    """Staff of 2 against 4 of which the drawn minutes are worth; the question is not drawn, and both have the same
    draws: no difference of a scenario from the same in another year."""
    path = write(
        tmp_path, persons="60",
        fte="{value: 2, kind: assumed, source: test, range: [1, 4]}",
        minutes="{value: 300, kind: assumed, source: test, range: [200, 400]}",
    )  # fmt: skip
    base = load(path)
    again = base.with_({"start": "2031-W01"})  # what week 0 is called: nothing that is simulated depends on it
    told = uncertain(base, base.with_({"teams.team.fte": 4}), again, draws=20, replications=3)
    tables = told.tables()
    rows = tables["uncertainty"]
    assert set(rows["compared"]) == {"small", "small_2"}
    same = rows[rows["compared"] == "small_2"]
    assert (same["draws_low"].dropna() == 0).all() and (same["assumptions_sd"].fillna(0) == 0).all()
    held = rows[(rows["compared"] == "small") & (rows["outcome"] == "no_time_share")].iloc[0]
    assert held["draws_low"] < held["value"] < held["draws_high"] < 0 and held["assumptions_sd"] > 0
    assert held["above_zero"] == 0 and held["trial_above_zero"] < 0.05
    assert (same["above_zero"].dropna() == 0.5).all()
    shown = under_table(told.uncertain, told.answers["small"], differences=True)
    assert "Is it a benefit?" in shown
    drawn = tables["drawn"].set_index("path")
    assert drawn.loc["teams.team.fte", "drawn"].startswith("no: it is the question")
    assert drawn.loc["teams.team.minutes_per_week", "distribution"] == "log-uniform [200, 400]"
    assert drawn.loc["intake.persons", "drawn"] == "no: it has no range"


def fitted(folder: pathlib.Path, level: np.ndarray) -> pathlib.Path:
    write_study(folder, dict.fromkeys(WANTED, 0.3))
    rows = np.tile(list(VALUES.values()), (len(level), 1))
    rows[:, list(VALUES).index(JOB)] = level
    write_fit(folder / "fitted.yaml", VALUES, rows)
    return folder / "toy.yaml"


def test_the_chance_of_a_benefit_is_the_weight_of_the_draws_above_zero() -> None:
    """By hand: of three draws with weights 1, 2 and 1 one lies above, one at and one below; then with an own spread."""
    shifts, weights = np.array([1.0, 0.0, -1.0]), np.array([1.0, 2.0, 1.0])
    assert above_zero(np.zeros(1), shifts, weights) == pytest.approx(0.25 + 0.5 * 0.5)
    assert above_zero(np.array([-0.5, 0.5]), shifts, weights) == pytest.approx(0.5)
    assert above_zero(np.array([0.5]), np.array([np.nan, -1.0]), np.ones(2)) == 0.0
    assert np.isnan(above_zero(np.empty(0), shifts, weights))


def test_few_draws_tell_no_chance_that_is_nearly_sure(tmp_path: pathlib.Path) -> None:
    """Ten draws that all lie above 0 say over 90 %; draws that move nothing beyond luck say nothing at all."""
    figure, hangs = Figure("exit_job"), Hangs({}, 0, 1.0)
    answer = Answer(figure, UNKNOWN, 0.1, *[(0.0, 1.0)] * 4, {}, hangs, 1.0, 0.97)
    assert benefit(answer, "more", 0.1) == "more in over 90 %; by one trial over 90 %"
    assert benefit(answer, "less", 0.1) == "less in under 10 %; by one trial under 10 %"
    assert benefit(answer, "more", 0.01) == "more in over 99 %; by one trial 97 %"
    unmoved = replace(answer, above=float("nan"), trial_above=1.0)
    assert benefit(unmoved, "more", 0.1) == "more: not known"
    under: Any = SimpleNamespace(uncertain=SimpleNamespace(weights=None, design=SimpleNamespace(draws=10)))
    words = Wording(Names(load(write(tmp_path)).scenario))
    assert chance_of(words, answer, "", under).count("over 90 %") == 2
    told = chance_of(words, unmoved, "", under)
    assert "not known" in told and "trial" not in told and "%" not in told


def test_what_is_fitted_is_a_part_of_its_own(tmp_path: pathlib.Path) -> None:
    """Share left by week 26 is 1 − exp(−26 × (job + other)), over the draws of the posterior; nothing is assumed."""
    level = np.geomspace(0.015, 0.06, 20)
    loaded = load(fitted(tmp_path, level), {"intake.persons": 3000})
    found = answer(simulate([run(loaded, 4)], design([loaded], 40)))
    exact = 1 - np.exp(-26 * (level + VALUES[OTHER]))
    assert found.sd["parameters"] == pytest.approx(exact.std(ddof=1), rel=0.1) and found.sd["assumptions"] == 0
    assert found.interval == pytest.approx(np.quantile(exact, [0.025, 0.975], method="hazen"), abs=0.02)


def fitted_toy(folder: pathlib.Path, draws: int) -> pathlib.Path:
    """The toy, fitted to the very figures that it gives: its staff takes no part in them, its attendance does."""
    path = fitted(folder, np.full(draws, VALUES[JOB]))
    result = run(load(path))
    figures = {name: result.estimate(outcome, "alle", week) for name, (outcome, week) in WANTED.items()}
    whole = yaml.safe_load((folder / "targets.yaml").read_text(encoding="utf-8"))
    for name, target in whole["targets"].items():
        target["figure"] = round(figures[name].value, 4)
    dump(folder / "targets.yaml", whole)
    fit = yaml.safe_load((folder / "fitted.yaml").read_text(encoding="utf-8"))
    fit["targets"] = {name: {"fitted": e.value, "simulation_error": 0.0, "standard_error": 0.03}
                      for name, e in figures.items()}  # fmt: skip
    dump(folder / "fitted.yaml", fit)
    return path


def test_weights_are_equal_where_what_is_assumed_does_not_touch_the_figures(tmp_path: pathlib.Path) -> None:
    """Twenty times as much staff as it takes, give or take half: by the same luck all draws are worth the same."""
    loaded = load(fitted_toy(tmp_path, 5))
    loaded = loaded.with_({"teams.team.fte": {"value": 10, "kind": "assumed", "source": "x", "range": [5, 15]}})
    found = simulate([run(loaded)], design([loaded], 10))
    assert found.weights is not None and set(found.weights.fitted.targets) == set(WANTED)
    assert found.weights.of_draws == pytest.approx(np.full(10, 0.1)) and not found.weights.enough


def test_draws_that_miss_the_figures_lose_their_weight(tmp_path: pathlib.Path) -> None:
    """Attendance is held at draws between 0.5 and 1, and the share of talks was fitted with 0.8: the weighted draws lie
    closer about it, are worth less than all, and what is not drawn of the fit is held."""
    path = fitted_toy(tmp_path, 20)
    name = "interventions.samtaler.channels.personlig.attendance"
    loaded = load(path, {name: {"value": 0.8, "kind": "assumed", "source": "x", "range": [0.5, 1.0]}})
    found = simulate([run(loaded)], design([loaded], 40))
    assert found.weights is not None and found.design.held == [name]
    drawn = np.array(found.design.columns[name])
    mean, variance = weighted(drawn, found.weights.of_draws)
    assert mean == pytest.approx(0.8, abs=0.03) and variance < drawn.var() / 2
    assert 2 < found.weights.effective < 30


def test_another_scenario_than_the_fitted_one_has_no_weights(tmp_path: pathlib.Path) -> None:
    loaded = load(fitted_toy(tmp_path, 5), {"exits.other.level": 0.05})
    loaded = loaded.with_({"teams.team.fte": {"value": 10, "kind": "assumed", "source": "x", "range": [5, 15]}})
    found = simulate([run(loaded)], design([loaded], 10))
    assert found.weights is None and found.why.startswith("it is another scenario than the one that was fitted (")


def test_the_same_for_any_workers_and_however_often_it_is_stopped(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    level = "{value: 0.05, kind: evidence, source: test, se: 0.01}"
    loaded = load(write(tmp_path, persons="50", level=level))
    result, plan = run(loaded, 3), design([loaded], 12)
    one = simulate([result], plan)
    with ctrl_c_after(5, Points, monkeypatch), pytest.raises(Stopped):
        simulate([result], plan, kept=tmp_path / "kept")
    with ctrl_c_after(1000, Points, monkeypatch) as kept:
        again = simulate([result], plan, workers=2, kept=tmp_path / "kept")
    assert len(kept) == 12 + 6 - 5
    for other in (again, simulate([result], plan, workers=2)):
        assert [repr(each) for each in other.answers()] == [repr(each) for each in one.answers()]
