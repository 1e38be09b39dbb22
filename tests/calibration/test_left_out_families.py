"""Predictions from the other families: closed forms, simulated studies, and who counts as validation."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from scipy.integrate import quad
from scipy.stats import halfnorm, kstest, norm

from calibration.evidence.read import read_evidence
from calibration.evidence.schema import EvidenceFile, Given, Imputed, Recomputed
from calibration.evidence.validation import validation_table, validation_text
from calibration.left_out_families import (
    MISS,
    NOUGHT,
    FromOthers,
    Predictions,
    null_of,
    predict,
    predictions,
    summaries,
)
from simulation.cli import main
from tests.calibration.test_evidence import SMALL, _file


@pytest.fixture
def small(tmp_path: pathlib.Path) -> EvidenceFile:
    return read_evidence(_file(tmp_path, SMALL))


def given(file: EvidenceFile, estimates: list[float], errors: list[float], tau_scale: float) -> EvidenceFile:
    """A file of one family for every estimate, their errors given."""
    one = file.studies["one"]
    studies = {
        f"s{k}": one.model_copy(
            update={"family": f"f{k}", "estimate": y, "error": Given(how="given", sd=sd, basis="drawn")}
        )
        for k, (y, sd) in enumerate(zip(estimates, errors, strict=True))
    }
    talk = file.mechanisms["talk"].model_copy(update={"tau_scale": tau_scale})
    return file.model_copy(update={"studies": studies, "mechanisms": {"talk": talk}})


def test_two_families_without_spread_predict_each_other_as_in_the_textbook(small: EvidenceFile) -> None:
    """tau held at 0 by its prior: the other's figure, drawn to the prior's 0, and both errors."""
    y, sd = [0.3, -0.1], [0.2, 0.15]
    found = predictions(given(small, y, sd, tau_scale=1e-7))
    assert not found.why_not and [row.name for row in found.rows] == ["s0", "s1"]
    for k, row in enumerate(found.rows):
        precision = 1 / 0.5**2 + 1 / sd[1 - k] ** 2
        says = norm(y[1 - k] / sd[1 - k] ** 2 / precision, np.hypot(precision**-0.5, sd[k]))
        assert row.rank == pytest.approx(says.cdf(y[k]), abs=1e-7)
        assert row.score == pytest.approx(says.logpdf(y[k]), abs=1e-7)
        assert row.null_score == pytest.approx(norm.logpdf(y[k], scale=sd[k]), abs=1e-7)
        assert row.found.interval() == pytest.approx(says.interval(0.95), abs=1e-6)
        assert row.width == pytest.approx(says.std() / sd[k], abs=1e-6)
        assert row.printed_interval(row.found) == row.found.interval()  # no scale: the log itself


def test_the_null_is_the_prior_of_the_spread_and_nothing_else() -> None:
    """By adaptive quadrature over tau; its middle is 0, and its sd that of a half-normal's square."""
    null = null_of(0.3).with_error(0.1**2)
    for value in (0.0, 0.2, -0.7):
        density = quad(
            lambda tau, at=value: halfnorm.pdf(tau, scale=0.3) * norm.pdf(at, scale=np.hypot(tau, 0.1)), 0, 3
        )
        assert null.log_density(value) == pytest.approx(np.log(density[0]), abs=1e-6)
    assert null.mean == pytest.approx(0, abs=1e-12)
    assert null.sd == pytest.approx(np.hypot(0.3, 0.1), rel=1e-5)


def ranks(small: EvidenceFile, tau_scale: float, seed: int) -> list[float]:
    """One figure of each of 200 simulated files, predicted from five other families. Their truth is drawn from the
    prior of the mean and a half-normal of this scale for the spread; the file tells a scale of 0.1."""
    rng = np.random.default_rng(seed)
    found = []
    for _ in range(200):
        mu, tau = rng.normal(0, 0.5), abs(rng.normal(0, tau_scale))
        errors = rng.uniform(0.03, 0.15, 6)
        estimates = rng.normal(rng.normal(mu, tau, 6), errors)
        row = predict(given(small, estimates.tolist(), errors.tolist(), tau_scale=0.1), "s0")
        assert isinstance(row, FromOthers)
        found.append(row.rank)
    return found


def test_ranks_of_simulated_studies_are_even(small: EvidenceFile) -> None:
    """Decision rule: Kolmogorov-Smirnov over 200 independent ranks, and over how far they lie from the middle, p above
    0.01 of both. The rule can fail: where trials differ five times as much as the file tells, the latter is below
    0.001."""
    right, wrong = (np.array(ranks(small, tau_scale, seed=17)) for tau_scale in (0.1, 0.5))
    assert kstest(right, "uniform").pvalue > 0.01
    assert kstest(2 * abs(right - 0.5), "uniform").pvalue > 0.01
    assert kstest(2 * abs(wrong - 0.5), "uniform").pvalue < 0.001


def test_only_figures_whose_error_is_no_guess_count_as_validation() -> None:
    """Every figure that is used stands in one place: in (i), in (ii), or among those not predicted."""
    file = read_evidence()
    found = predictions(file)
    rows, why_not = found.rows, found.why_not
    used = {name for name, entry in file.studies.items() if entry.used}
    assert {row.name for row in rows} | why_not.keys() == used
    assert not {row.name for row in rows} & why_not.keys()
    validation, _, guessed, _ = summaries(rows)
    assert [row.name for row in validation.rows] == ["FIPSL-01", "NOWI-01"]  # docs/evidence.md tells of these two
    assert [row.gain > 0 for row in validation.rows] == [True, False]
    for row in validation.rows:
        assert isinstance(row.entry.error, Given | Recomputed)
    for row in guessed.rows:
        assert isinstance(row.entry.error, Imputed)
    assert len(validation.rows) + len(guessed.rows) == len(rows)
    for row in rows:
        assert not row.entry.pools_trials and not row.entry.typed_zero
        assert row.others
        for other in row.others.values():
            assert other.used and other.family != row.entry.family
            assert (other.mechanism, other.destination) == (row.entry.mechanism, row.entry.destination)
            assert not row.of_group or other.group == row.entry.group


def test_a_guess_moves_to_validation_with_its_error_and_a_typed_nought_is_no_figure(small: EvidenceFile) -> None:
    file = given(small, [0.0, 0.2, 0.1], [0.1, 0.1, 0.1], tau_scale=0.1)
    guess = Imputed(how="imputed", sd=0.1, basis="a guess")

    def with_guess(name: str) -> Predictions:
        entry = file.studies[name].model_copy(update={"error": guess})
        return predictions(file.model_copy(update={"studies": {**file.studies, name: entry}}))

    assert [row.validates for row in predictions(file).rows] == [True, True, True]
    assert [row.validates for row in with_guess("s1").rows] == [True, False, True]
    found = with_guess("s0")
    assert [row.name for row in found.rows] == ["s1", "s2"] and found.why_not == {"s0": NOUGHT}
    assert [row.name for row in found.noughts] == ["s0"]
    assert [len(one.rows) for one in summaries(found.rows)] == [2, 2, 0, 0]


def test_a_group_without_another_family_is_told_by_all_groups_and_never_by_another_destination(
    small: EvidenceFile,
) -> None:
    file = given(small, [0.1, 0.2, 0.4], [0.1, 0.1, 0.1], tau_scale=0.1)

    def with_first(**changes: str) -> Predictions:
        entry = file.studies["s0"].model_copy(update=changes)
        return predictions(file.model_copy(update={"studies": {**file.studies, "s0": entry}}))

    assert [(row.of_group, [*row.others]) for row in with_first(group="strong").rows] == [
        (False, ["s1", "s2"]), (True, ["s2"]), (True, ["s1"]),
    ]  # fmt: skip
    found = with_first(destination="off_benefit")
    assert [row.name for row in found.rows] == ["s1", "s2"] and "no other family" in found.why_not["s0"]
    rows = with_first(family="f1").rows
    assert [[*row.others] for row in rows] == [["s2"], ["s2"], ["s0", "s1"]]
    assert summaries(rows)[0].gains.keys() == {"f1", "f2"}


def test_exact_intervals_of_coverage(small: EvidenceFile) -> None:
    """All of n inside: from (0.025)^(1/n) to 1. Without figures there is nothing to tell."""
    rows = predictions(given(small, [0.1, 0.1, 0.1], [0.1, 0.1, 0.1], tau_scale=0.1)).rows
    validation, _, guessed, _ = summaries(rows)
    last = validation.coverage[-1]
    assert (last.level, last.inside, last.high) == (0.95, 3, 1.0)
    assert last.low == pytest.approx(0.025 ** (1 / 3))
    assert validation.even is None
    assert not guessed.coverage and np.isnan(guessed.score)


def test_a_miss_is_named_and_every_figure_has_one_verdict(small: EvidenceFile) -> None:
    file = given(small, [0.1, 0.1, 0.1, 2.5], [0.1, 0.1, 0.1, 0.5], tau_scale=0.05)
    found = predictions(file)
    assert [row.verdict == MISS for row in found.rows] == [False, False, False, True]
    text = validation_text(found)
    assert "Misses, outside 95 %: s3." in text
    table = validation_table(file, found).set_index("id")
    for row in found.rows:
        line = next(line for line in text.splitlines() if line.startswith(f"{row.name} "))
        assert f"  {row.verdict}  " in line and table.loc[row.name, "inside"] == row.verdict


def test_the_command_tells_and_stores_it(tmp_path: pathlib.Path) -> None:
    """Two studies foretell each other, with and without a guessed error; of one alone nothing is told or drawn."""
    one = SMALL[SMALL.index("  one:") :]
    two = one.replace("  one:", "  two:", 1).replace("family: one", "family: two").replace("imputed", "given")
    words = ["evidence", str(_file(tmp_path, SMALL + two)), "--out", str(tmp_path)]
    answer = json.loads(CliRunner().invoke(main, [*words, "--json"]).output)
    folder = pathlib.Path(answer["results_dir"])
    table = pd.read_csv(folder / "validation.csv")
    assert list(table["id"]) == [row["id"] for row in answer["left_out"]] == ["two", "one"]
    assert list(table["list"]) == ["i", "ii"]
    assert "predicted_from_others.png" in (folder / "captions.md").read_text(encoding="utf-8")
    assert (folder / "predicted_from_others.png").exists()
    assert "With 1 figure that tells next to nothing." in CliRunner().invoke(main, words).output
    _file(tmp_path, SMALL)
    assert "nothing is validated" in CliRunner().invoke(main, words).output
    assert not (folder / "predicted_from_others.png").exists()
