"""The draws of everything: whose luck they are, what scenarios have in common, and what is made anew."""

from __future__ import annotations

import pathlib

import numpy as np
import pytest

from simulation import load
from simulation.experiments.uncertain.chance import STRATA, chance
from simulation.experiments.uncertain.design import Design, design
from simulation.scenario.files.problems import InputProblems
from tests.calibration.test_fitted_values import JOB, VALUES, write_fit
from tests.studies import WANTED, write_study
from tests.sweeps import MOVING, SMALL

FTE, ATTENDANCE = "teams.team.fte", "interventions.samtaler.channels.personlig.attendance"
UNSURE = {
    "fte": "{value: 2, kind: assumed, source: test, range: [1, 4]}",
    "attendance": "{value: 0.8, kind: assumed, source: test, range: [0.6, 0.9]}",
    "level": "{value: 0.05, kind: evidence, source: test, se: 0.01}",
}


def write(folder: pathlib.Path, name: str = "a", **values: str) -> pathlib.Path:
    path = folder / f"{name}.yaml"
    path.write_text(SMALL.format(**{**MOVING, **UNSURE, **values}), encoding="utf-8")
    return path


def column(found: Design, name: str) -> np.ndarray:
    return np.array(found.columns[name])


def test_every_part_of_the_unit_interval_has_its_draw() -> None:
    values = np.array([chance(5, "a", draw) for draw in range(2 * STRATA)])
    for block in (values[:STRATA], values[STRATA:]):
        assert sorted((block * STRATA).astype(int)) == list(range(STRATA))
    assert not np.array_equal(np.argsort(values[:STRATA]), np.argsort(values[STRATA:]))
    others = [np.array([chance(seed, name, draw) for draw in range(2 * STRATA)]) for seed, name in ((5, "b"), (6, "a"))]
    assert all(abs(np.corrcoef(values, other)[0, 1]) < 0.4 for other in others)
    anew = [chance(5, "a", 0, again) for again in range(20)]
    assert len(set(anew)) == 20 and all(0 < u < 1 for u in anew)


def test_a_draw_belongs_to_seed_number_and_path_alone(tmp_path: pathlib.Path) -> None:
    """More draws prolong the list; that other values are drawn, or none, changes nothing; another seed does."""
    loaded = load(write(tmp_path))
    few, many = design([loaded], 10), design([loaded], 30)
    alone = design([load(write(tmp_path, "b", attendance="0.8", level="0.05"))], 30)
    assert set(many.columns) == {FTE, ATTENDANCE, JOB}
    for name in many.columns:
        assert np.array_equal(column(few, name), column(many, name)[:10])
    assert set(alone.columns) == {FTE} and np.array_equal(column(alone, FTE), column(many, FTE))
    assert not np.array_equal(column(design([loaded.with_({"seed": 6})], 30), FTE), column(many, FTE))


def test_draws_of_evidence_are_shared_by_two_and_those_of_parameters_have_them(tmp_path: pathlib.Path) -> None:
    found = design([load(write(tmp_path))], 11)
    level = column(found, JOB)
    assert np.array_equal(level[0:10:2], level[1:10:2]) and len(set(level)) == 6
    (parameters,) = found.points.parameters
    assert list(parameters) == [{JOB: value} for value in level[::2]]
    assert len(set(column(found, FTE))) == 11 and len(found.points.every[0]) == 11


def test_compared_scenarios_have_the_same_draws_and_the_question_is_not_drawn(tmp_path: pathlib.Path) -> None:
    """Both scenarios have the values of the one alone; staff, in which they differ, stays; what only one has is
    drawn."""
    one = load(write(tmp_path))
    other = one.with_({FTE: {"value": 3, "kind": "assumed", "source": "test", "range": [2, 4]}})
    more = other.with_({"displacement": {"value": 0.2, "kind": "assumed", "source": "test", "range": [0, 0.5]}})
    alone, both = design([one], 20), design([one, more], 20)
    assert both.question == [FTE] and FTE not in both.columns
    assert np.array_equal(column(alone, ATTENDANCE), column(both, ATTENDANCE))
    first, second = both.points.every
    assert [dict(a, displacement=b["displacement"]) for a, b in zip(first, second, strict=True)] == list(second)
    assert column(both, "displacement").min() > 0 and column(both, "displacement").max() < 0.5


def test_a_swept_key_is_not_drawn(tmp_path: pathlib.Path) -> None:
    found = design([load(write(tmp_path))], 10, axes=["teams.team"])
    assert found.question == [FTE] and set(found.columns) == {ATTENDANCE, JOB}


def test_fitted_values_are_drawn_from_their_posterior_alone(tmp_path: pathlib.Path) -> None:
    """Whatever kind and range are written beside the word `fitted`; one that a compared scenario sets is held."""
    write_study(tmp_path, dict.fromkeys(WANTED, 0.3))
    level = np.geomspace(0.015, 0.06, 10)
    rows = np.tile(list(VALUES.values()), (10, 1))
    rows[:, list(VALUES).index(JOB)] = level
    write_fit(tmp_path / "fitted.yaml", VALUES, rows)
    loaded = load(tmp_path / "toy.yaml")
    found = design([loaded], 20)
    assert [each.name for each in found.fitted] == list(VALUES) and not found.values
    assert [values[JOB] for values in found.points.fitted[0]] == pytest.approx(level)
    held = design([loaded, loaded.with_({JOB: 0.03})], 20)
    assert JOB in held.question and all(JOB not in values for values in held.points.fitted[0])


def test_a_refused_draw_is_made_anew_in_both_scenarios(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enrolment may not last longer than the run: of a range that reaches beyond it, what is too long is drawn again,
    for all scenarios alike."""
    late = "{value: 2, kind: assumed, source: test, range: [1, 30]}"
    text = SMALL.format(**{**MOVING, **UNSURE}).replace("weeks: 1}\nteams", f"weeks: {late}}}\nteams")
    path = tmp_path / "late.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load(path)
    found = design([loaded, loaded.with_({FTE: 3})], 40)
    assert 0 < found.anew < 40 and found.as_written == 0
    assert column(found, "intake.weeks").max() <= 20
    first, second = found.points.every
    assert [values["intake.weeks"] for values in first] == [values["intake.weeks"] for values in second]
    assert all(loaded.at(values) for values in first)
    monkeypatch.setattr("simulation.experiments.uncertain.design.AGAIN", 0)
    stuck = design([loaded], 40)
    assert stuck.as_written == stuck.anew > 0 and loaded.scenario.intake.weeks in column(stuck, "intake.weeks")


def test_where_nothing_is_unsure_it_is_said(tmp_path: pathlib.Path) -> None:
    sure = load(write(tmp_path, fte="2", attendance="0.8", level="0.05"))
    with pytest.raises(InputProblems, match="nothing in it has a range, a standard error or a fit"):
        design([sure], 20)
