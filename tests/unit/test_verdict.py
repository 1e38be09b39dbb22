"""How far a model is from a published figure: in units, in standard deviations, and with what word."""

from __future__ import annotations

import math
import pathlib
from typing import Any

import numpy as np
import pytest

from calibration.strict import read_checked
from calibration.study import TargetsFile
from calibration.validate import distance_of
from simulation.results.ends import FEW
from simulation.results.intervals import Estimate, Scale, estimate
from simulation.results.likelihood import errors_of
from simulation.results.names import Figure, Group
from simulation.results.verdict import Beside, distance
from simulation.scenario.published import Published

ROOT = pathlib.Path(__file__).resolve().parents[2]


def published(**printed: Any) -> Published:
    """A published figure with everything that one needs."""
    where = {"outcome": "exit_job", "group": "alle", "source": "test", "page": "1", "definition": "x"}
    return Published.model_validate({"rounding": 0.0, **where, **printed})


def model(value: float, scatter: float, n: int) -> Estimate:
    """A share whose one trial scatters by so much, from n replications."""
    course = np.linspace(-1, 1, n)
    return estimate(value + scatter * course / course.std(ddof=1), Scale(0, 1, 500))


def beside(target: Published, simulated: Estimate) -> Beside:
    return Beside("x", target, Figure(target.outcome, Group.read(target.group)), True, simulated)


def test_the_distance_is_from_the_nearest_printed_value() -> None:
    target = published(figure=0.3, also=[{"figure": 0.34, "rounding": 0.005}])
    off = {value: distance(target, model(value, 0.01, 20)).units for value in (0.28, 0.3, 0.32, 0.34, 0.37)}
    assert off == pytest.approx({0.28: -0.02, 0.3: 0, 0.32: 0, 0.34: 0, 0.37: 0.03}, abs=1e-12)


@pytest.mark.parametrize(
    ("printed", "sd"),
    [({"figure": 0.3}, 0.02), ({"figure": 0.3, "n": 2100}, 0.01), ({"figure": 0.3, "se": 0.05, "se_source": "x"}, 0.05),
     ({"figure": 0.3, "rounding": 0.05}, math.hypot(0.02, 0.05 / math.sqrt(3)))],
)  # fmt: skip
def test_the_yardstick_is_the_error_of_what_is_printed_or_else_of_one_trial(printed: dict[str, Any], sd: float) -> None:
    """And the simulation's, a twentieth of the trial's variance with twenty replications."""
    found = beside(published(**printed), model(0.35, 0.02, 20)).distance
    assert found.sd == pytest.approx(math.hypot(sd, 0.02 / math.sqrt(20)))
    assert found.in_sd == pytest.approx(0.05 / found.sd)


def test_it_does_not_hang_on_the_number_of_replications() -> None:
    """The same model with few or many: nearly the same distance, and the same word from ten on."""
    target = published(figure=0.3)
    found = {n: distance(target, model(0.35, 0.02, n)) for n in (2, 3, FEW - 1, FEW, 20, 100, 1000)}
    assert {n: d.verdict for n, d in found.items()} == {n: "far" if n >= FEW else "" for n in found}
    assert all(d.in_sd == pytest.approx(2.5, rel=0.05) for n, d in found.items() if n >= FEW)
    assert all(distance(target, model(0.31, 0.02, n)).verdict == ("near" if n >= FEW else "") for n in found)


@pytest.mark.parametrize(("scatter", "verdict"), [(0.02, "near"), (0.037, "near"), (0.04, ""), (0.3, "")])
def test_no_word_where_nearly_anything_would_be_near(scatter: float, verdict: str) -> None:
    """An own jobcentre of few persons hits everything: its distance is told, and no verdict."""
    found = distance(published(figure=0.3), model(0.3 + scatter / 4, scatter, 20))
    assert found.verdict == verdict and found.units == pytest.approx(scatter / 4)


def test_run_and_validate_tell_one_distance() -> None:
    """Of one figure and one value of the model, whose simulation error is small."""
    for printed in ({"figure": 0.3, "n": 240, "rounding": 0.005}, {"figure": 0.3, "se": 0.03, "se_source": "x"}):
        target = published(role="validate", **printed)
        run, validated = beside(target, model(0.38, 0.001, 100)).distance, distance_of(
            target, 0.38, float(errors_of({"": target}).sd[0])
        )
        assert run.units == pytest.approx(validated.units) and run.verdict == validated.verdict
        assert run.sd == pytest.approx(validated.sd, rel=1e-4)


@pytest.mark.parametrize("path", sorted((ROOT / "calibration" / "targets").glob("*.yaml")), ids=lambda path: path.stem)
def test_run_and_validate_give_one_word_for_every_shipped_figure(path: pathlib.Path) -> None:
    """For whatever the model may say of it, from a fifth below to a fifth above, its simulation error aside."""
    _, file = read_checked(path, TargetsFile)
    for name, target in file.targets.items():
        if target.role is None or target.figure is None:
            continue
        trial = 0.05 * abs(target.figure) + 0.001
        error = float(errors_of({name: target}, np.array([trial])).sd[0])
        for part in np.linspace(0.8, 1.2, 21):
            value = float(target.figure * part)
            said = Estimate(value, math.nan, math.nan, math.nan, math.nan, trial, 10**12, 10**12)
            share = target.count is None or target.figure <= 1
            run = Beside(name, target, Figure(target.outcome, Group.read(target.group)), share, said).distance
            validated = distance_of(target, value, error)
            assert run.sd == pytest.approx(validated.sd) and run.verdict == validated.verdict, (name, value)


def test_nothing_is_known_without_a_number_on_both_sides() -> None:
    for target, simulated in (
        (published(figure=None, words="knap halvdelen"), model(0.4, 0.01, 20)),
        (published(figure=0.3), estimate(np.full(20, np.nan))),
    ):
        found = distance(target, simulated)
        assert math.isnan(found.units) and math.isnan(found.in_sd) and found.verdict == ""
