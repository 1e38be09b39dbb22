"""Where a scenario says `fitted`: which value stands there, what replaces it, and what is wrong when none does."""

from __future__ import annotations

import pathlib
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from simulation import load
from simulation import run as simulate
from simulation.cli import main
from simulation.experiments.spread import drawn_values
from simulation.results.tables.run_tables import tables
from simulation.scenario.files.problems import InputProblems
from tests.studies import PRIORS, WANTED, dump, write_study

JOB, OTHER = "exits.job.level", "exits.other.level"
VALUES = {JOB: 0.03, OTHER: 0.01, "interventions.samtaler.channels.personlig.attendance": 0.8,
          "interventions.samtaler.effects.job": 1.0}  # fmt: skip


def write_fit(path: pathlib.Path, values: dict[str, float], draws: np.ndarray | None = None, **more: Any) -> None:
    """A file of fitted values with draws beside it, by default 20 of them one per cent apart."""
    parameters = {name: {"value": value, "low": 0.9 * value, "high": 1.1 * value, **more.get(name, {})}
                  for name, value in values.items()}  # fmt: skip
    dump(path, {"version": 1, "name": "toy", "parameters": parameters})
    rows = np.outer(1 + 0.01 * np.arange(-10, 10), list(values.values())) if draws is None else draws
    lines = [",".join(values), *(",".join(f"{x:.10g}" for x in row) for row in rows)]
    path.with_suffix(".draws.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def toy(folder: pathlib.Path, **values: float) -> pathlib.Path:
    write_study(folder, dict.fromkeys(WANTED, 0.3))
    write_fit(folder / "fitted.yaml", {**VALUES, **values})
    return folder / "toy.yaml"


def overlay(folder: pathlib.Path, text: str, name: str = "mine.yaml") -> pathlib.Path:
    (folder / name).write_text(f"version: 2\nextends: toy.yaml\n{text}", encoding="utf-8")
    return folder / name


def run(path: pathlib.Path, *words: object) -> Result:
    return CliRunner().invoke(main, ["run", str(path), "--out", str(path.parent / "out"), *map(str, words)])


def test_the_value_of_the_file_stands_in_the_scenario_with_its_interval(tmp_path: pathlib.Path) -> None:
    loaded = load(toy(tmp_path))
    assert loaded.scenario.exits["job"].level == 0.03
    (row,) = [row for row in loaded.values() if row["path"] == JOB]
    assert (row["fitted"], row["fitted_low"], row["fitted_high"]) == ("fitted", 0.027, 0.033)
    assert row["kind"] == "calibrated" and pathlib.Path(row["file"]).name == "toy.yaml"
    frame = tables(simulate(loaded, 2))["parameters"].set_index("path")
    assert frame.loc[JOB, "fitted"] == "fitted" and frame.loc[OTHER, "fitted_high"] == pytest.approx(0.011)


def test_the_nearest_file_that_has_the_value_wins(tmp_path: pathlib.Path) -> None:
    toy(tmp_path)
    write_fit(tmp_path / "nearer.yaml", {OTHER: 0.02})
    loaded = load(overlay(tmp_path, "fitted: nearer.yaml\n"))
    assert (loaded.scenario.exits["job"].level, loaded.scenario.exits["other"].level) == (0.03, 0.02)


def test_what_an_overlay_or_set_writes_is_not_moved_by_draws(tmp_path: pathlib.Path) -> None:
    toy(tmp_path)
    own = "exits: {job: {level: {value: 0.05, kind: assumed, source: what-if}}}\n"
    for loaded in (load(overlay(tmp_path, own)), load(tmp_path / "toy.yaml", {JOB: 0.05})):
        sets, drawn, held = drawn_values(loaded, 20)
        assert held == [JOB] and JOB not in drawn and all(JOB not in each for each in sets)
        assert sets[0][OTHER] == pytest.approx(0.009) and loaded.scenario.exits["job"].level == 0.05


def test_a_fit_that_nothing_is_taken_from_needs_no_draws(tmp_path: pathlib.Path) -> None:
    """Another one is nearer and has everything; and its draws are those that are carried through."""
    toy(tmp_path)
    write_fit(tmp_path / "nearer.yaml", {name: 1.01 * value for name, value in VALUES.items()})
    (tmp_path / "fitted.draws.csv").unlink()
    sets, drawn, held = drawn_values(load(overlay(tmp_path, "fitted: nearer.yaml\n")), 20)
    assert drawn == list(VALUES) and not held and sets[0][OTHER] == pytest.approx(0.9 * 0.0101)


def test_two_fits_along_a_chain_are_both_carried_through(tmp_path: pathlib.Path) -> None:
    """Each for what is taken from it; what the nearer one replaces is not moved by the other's draws."""
    toy(tmp_path)
    write_fit(tmp_path / "nearer.yaml", {OTHER: 0.02})
    loaded = load(overlay(tmp_path, "fitted: nearer.yaml\n"))
    sets, drawn, held = drawn_values(loaded, 20)
    assert sorted(drawn) == sorted(VALUES) and not held
    assert (sets[0][JOB], sets[0][OTHER]) == (pytest.approx(0.027), pytest.approx(0.018))
    rows = {row["path"]: row.get("fitted") for row in loaded.values()}
    assert (rows[JOB], rows[OTHER]) == ("fitted", "nearer")


def test_fitted_is_a_word_like_any_other_among_words(tmp_path: pathlib.Path) -> None:
    """In a published figure it waits for no number."""
    path = toy(tmp_path)
    text = (tmp_path / "targets.yaml").read_text(encoding="utf-8")
    text = text.replace("definition: as simulated", "definition: fitted")
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    assert load(path).scenario.published["job_12"].definition == "fitted"


def test_one_parameter_stands_in_several_places(tmp_path: pathlib.Path) -> None:
    """`also` has the same value, `rest` what is left of 1, each its part, at the point and in every draw."""
    toy(tmp_path)
    attendance = "interventions.samtaler.channels.personlig.attendance"
    rest = {"intake.by_block.0": 0.25, "intake.by_block.1": 0.75}
    write_fit(tmp_path / "fitted.yaml", VALUES, **{attendance: {"rest": rest}})
    text = "intake: {by_block: {value: {0: fitted, 1: fitted, 2: 0.8}, kind: calibrated, source: toy}, weeks: 3}\n"
    loaded = load(overlay(tmp_path, text))
    assert loaded.resolved.data["intake"]["by_block"] == {"0": 0.05, "1": pytest.approx(0.15), "2": 0.8}
    sets, _, _ = drawn_values(loaded, 20)
    assert sets[0]["intake.by_block.1"] == pytest.approx(0.75 * (1 - 0.72))
    row = next(row for row in loaded.values() if row["path"] == "intake.by_block.1")
    assert (row["fitted_low"], row["fitted_high"]) == pytest.approx((0.75 * 0.12, 0.75 * 0.28))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fitted: nothing.yaml\n", "there is no file nothing.yaml"),
        ("fitted: priors.yaml\n", "this is no file of fitted values"),
        ("fitted: [a, b]\n", "fitted must be the name of a file"),
        ("targets: nothing.yaml\n", "there is no file nothing.yaml"),
        ("targets: priors.yaml\n", "there are no `targets:` in it"),
        ("targets: targets.yaml\npublished: {}\n", "give either `targets:` or `published:`, not both"),
        ("exits: {tredje: {level: {value: fitted, kind: calibrated, source: x}}}\n", "there is no fitted value for"),
    ],
)
def test_what_is_missing_is_told_where_it_is_named(text: str, said: str, tmp_path: pathlib.Path) -> None:
    toy(tmp_path)
    done = run(overlay(tmp_path, text))
    assert done.exit_code == 2 and said in done.output and "Nothing was run." in done.output
    assert "mine.yaml:3:" in done.output or "priors.yaml:1:" in done.output


def test_a_missing_file_is_told_once_and_not_for_every_value(tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    (tmp_path / "fitted.yaml").unlink()
    done = run(path)
    assert done.exit_code == 2 and "1 problem. Nothing was run." in done.output and "toy.yaml:4:" in done.output


def test_mistakes_in_targets_are_shown_there_and_who_took_them_in(tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    text = (tmp_path / "targets.yaml").read_text(encoding="utf-8").replace("week: 26", "week: 60", 1)
    (tmp_path / "targets.yaml").write_text(text, encoding="utf-8")
    done = run(path)
    assert done.exit_code == 2 and "the follow-up ends in week 26" in done.output
    assert "targets.yaml:" in done.output and "inherited by" in done.output and "toy.yaml:" in done.output


def test_targets_null_takes_inherited_figures_away(tmp_path: pathlib.Path) -> None:
    assert len(load(toy(tmp_path)).scenario.published) == 4
    assert not load(overlay(tmp_path, "targets: null\n")).scenario.published


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.unlink(), "the draws of this fit cannot be read"),
        (lambda file: file.write_text("a,b\n1,2\n"), "the draws are not those of fitted.yaml"),
        (lambda file: file.write_text(file.read_text().replace("0.8", "x")), "must be a number (got 'x"),
    ],
)
def test_useless_draws_are_told_before_anything_is_run(spoil: Any, said: str, tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    spoil(tmp_path / "fitted.draws.csv")
    done = run(path, "--posterior", "--draws", 20)
    assert done.exit_code == 2 and said in done.output and "Nothing was run." in done.output


def test_too_few_draws_and_nothing_fitted_are_told(tmp_path: pathlib.Path) -> None:
    path = toy(tmp_path)
    done = run(path, "--posterior", "--draws", 21)
    assert done.exit_code == 2 and "there are 20 draws of its parameters, not 21" in done.output
    settings = [word for name, value in VALUES.items() for word in ("--set", f"{name}={value}")]
    done = run(path, "--posterior", "--draws", 20, *settings)
    assert done.exit_code == 2 and "nothing in it is fitted" in done.output


def test_priors_cover_all_parameters_of_the_toy() -> None:
    assert set(PRIORS) == set(VALUES)


def test_a_fit_is_no_scenario(tmp_path: pathlib.Path) -> None:
    toy(tmp_path)
    with pytest.raises(InputProblems):
        load(tmp_path / "fitted.yaml")
