"""Parameter uncertainty carried through a run: beside simulation error and that of one trial."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pytest
from click.testing import CliRunner

from simulation import load, run
from simulation.cli import main
from simulation.experiments.spread import PairedSpread, is_luck, spread, without_luck
from simulation.results.names import Figure
from tests.calibration.test_fitted_values import JOB, OTHER, VALUES, toy, write_fit
from tests.studies import WANTED, write_study

NAMES = list(VALUES)


def draws(count: int, **columns: np.ndarray) -> np.ndarray:
    rows = np.tile(list(VALUES.values()), (count, 1))
    for name, column in columns.items():
        rows[:, NAMES.index(name)] = column
    return rows


def with_draws(folder: pathlib.Path, rows: np.ndarray) -> pathlib.Path:
    write_study(folder, dict.fromkeys(WANTED, 0.3))
    write_fit(folder / "fitted.yaml", VALUES, rows)
    return folder / "toy.yaml"


def test_the_interval_is_that_of_the_draws(tmp_path: pathlib.Path) -> None:
    """Share left by week 26 is 1 − exp(−26 × (job + other)), for two levels: each end of the interval within 1.5 points
    of it (the follow-up begins within the week of enrolment; 20 replications of 300 by the same luck)."""
    level = np.geomspace(0.015, 0.06, 40)
    loaded = load(with_draws(tmp_path, draws(40, **{JOB: level})), {"intake.persons": 3000})
    result = run(loaded, 10)
    found = spread(result, 40)
    exact = 1 - np.exp(-26 * (level + VALUES[OTHER]))
    assert found.parameter(Figure("exit_any")) == pytest.approx(np.quantile(exact, [0.025, 0.975]), abs=0.015)
    one_trial, mean = found.trial(Figure("exit_any")), found.parameter(Figure("exit_any"))
    assert one_trial[0] < mean[0] and one_trial[1] > mean[1]
    assert found.parameters == NAMES and found.held == []


def test_draws_without_width_leave_simulation_and_one_trial(tmp_path: pathlib.Path) -> None:
    result = run(load(with_draws(tmp_path, draws(10))), 4)
    found = spread(result, 10)
    for key in (Figure("exit_job"), Figure("talk_share")):
        mean = result.estimate_of(key).value
        assert found.parameter(key) == pytest.approx((mean, mean))
        e = result.estimate_of(key)
        assert found.trial(key) == pytest.approx((e.trial_low, e.trial_high), abs=0.02 * (e.trial_high - e.trial_low))


def made(parameters: float, luck: float, draws: int = 400, replications: int = 5) -> np.ndarray:
    """Shifts with a known sd of the parameters, and of luck in a single replication; beside that, each replication has
    luck that is common to all draws."""
    generator = np.random.default_rng(7)
    common = generator.normal(0, 3, replications)
    own = generator.normal(0, parameters, (draws, 1)) if parameters else 0.0
    return own + common + generator.normal(0, luck, (draws, replications))


@pytest.mark.parametrize(("parameters", "luck"), [(1.0, 0.0), (1.0, 1.0), (1.0, 3.0), (0.5, 2.0)])
def test_luck_is_not_taken_for_parameters(parameters: float, luck: float) -> None:
    """The sd of shifts is that of the parameters, within 4 standard errors (of a variance of normal numbers)."""
    rows = made(parameters, luck)
    raw = parameters**2 + luck**2 / 5
    error = raw * np.sqrt(2 / 399) * np.sqrt(1 + 1 / 4)
    assert abs(without_luck(rows).var(ddof=1) - parameters**2) < 4 * error
    assert without_luck(rows).mean() == pytest.approx(rows.mean())


def test_where_all_is_luck_no_shift_is_left() -> None:
    """Of 20 sets without any parameters, often none is left, which is said, and never one as large as luck."""
    left = [without_luck(made(0.0, 1.0, draws=40)[:, : 2 + k % 4] + k).std() for k in range(20)]
    assert max(left) < 0.5 and min(left) < 1e-12
    assert is_luck(made(0.0, 1.0, draws=40)) == (without_luck(made(0.0, 1.0, draws=40)).std() < 1e-12)
    assert not is_luck(made(1.0, 0.1)) and not is_luck(np.zeros((10, 3)))


def test_one_replication_keeps_its_luck_and_unknown_draws_stay_unknown() -> None:
    one = made(1.0, 1.0, replications=1)
    assert np.array_equal(without_luck(one), one[:, 0])
    rows = made(1.0, 1.0)
    rows[3] = np.nan
    rows[4, 2] = np.nan
    shifts = without_luck(rows)
    assert np.isnan(shifts[3]) and np.isfinite(np.delete(shifts, 3)).all()


def test_workers_do_not_matter(tmp_path: pathlib.Path) -> None:
    result = run(load(with_draws(tmp_path, draws(12, **{OTHER: np.linspace(0.005, 0.02, 12)}))), 2)
    one, two = spread(result, 12, workers=1), spread(result, 12, workers=2)
    assert one.table().equals(two.table())


def test_a_difference_has_the_uncertainty_of_both(tmp_path: pathlib.Path) -> None:
    """A scenario that doubles a drawn level moves with it, one that is the same as the base by nothing."""
    study = with_draws(tmp_path, draws(20, **{OTHER: np.linspace(0.005, 0.02, 20)}))
    base = load(study, {"intake.persons": 3000})
    results = [run(loaded, 3) for loaded in (base, base.with_({JOB: 0.12}))]
    spreads = [spread(result, 20) for result in results]
    key = Figure("exit_job")
    difference = results[1].estimate_of(key).value - results[0].estimate_of(key).value
    low, high = PairedSpread(*spreads).parameter(key, difference)
    assert low < difference < high and high - low > 0.01
    assert PairedSpread(spreads[0], spreads[0]).parameter(key, 0.0) == pytest.approx((0, 0))


def test_the_table_names_three_uncertainties(tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    words = ["run", str(path), "--all", "--posterior", "--draws", "20", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert "mean ± simulation" in done.output and "parameters" in done.output and "one trial" in done.output
    (table,) = (tmp_path / "out").rglob("parameter_uncertainty.csv")
    head = table.read_text(encoding="utf-8").split("\n", 1)[0]
    assert all(word in head for word in ("interval", "parameter_interval", "trial_interval"))
    schema = json.loads((table.parent / "schema.json").read_text(encoding="utf-8"))
    assert set(head.split(",")) <= set(schema["columns"])


@pytest.mark.usefixtures("undrawn")
def test_compare_shows_parameters_beside_simulation(tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    (tmp_path / "mine.yaml").write_text(
        "version: 2\nextends: toy.yaml\nname: mine\nexits: {job: {level: {value: 0.05, kind: assumed, source: x}}}\n",
        encoding="utf-8",
    )
    words = ["compare", str(path), str(tmp_path / "mine.yaml"), "--posterior", "--draws", "20", "--replications", "2"]
    done = CliRunner().invoke(main, [*words, "--json", "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["outcomes"]
    (row,) = [r for r in rows if (r["outcome"], r["group"], r["week"]) == ("exit_job", "alle", None)]
    assert row["parameter_low"] < row["difference"] < row["parameter_high"]
    shown = CliRunner().invoke(main, [*words, "--all", "--out", str(tmp_path / "out2")])
    assert "parameters" in shown.output and "fitted parameters from their posterior" in shown.output.replace("\n", " ")
