"""The Python door, and worlds of unusual shape: said in words where they cannot be, run where they can."""

from __future__ import annotations

import importlib
import math
import pathlib

import numpy as np
import pytest

import jobcentersim
import simulation
from simulation import Loaded, compare, load, run, sweep
from simulation.scenario.files.problems import InputProblems

SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / "scenarios"


def test_the_door_has_the_name_of_the_program_too() -> None:
    """The same objects, and nothing is loaded twice under another name."""
    for name in simulation.__all__:
        assert getattr(jobcentersim, name) is getattr(simulation, name)
    assert jobcentersim.__all__ == simulation.__all__
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("jobcentersim.world")


@pytest.fixture(scope="module")
def base() -> Loaded:
    return load(SCENARIOS / "base_kontanthjaelp.yaml", {"intake.persons": 30})


def test_numbers_of_runs_are_checked(base: Loaded) -> None:
    with pytest.raises(ValueError, match="replications must be a whole number of at least 1"):
        run(base, 0)
    with pytest.raises(ValueError, match="workers must be"):
        run(base, 1, workers=0)
    for many in (10**9, 100_001):
        with pytest.raises(ValueError, match=f"replications must be at most 100,000 .got {many:,}"):
            run(base, many)
        with pytest.raises(ValueError, match="replications must be at most"):
            compare(base, base.with_({"exits.job.level": 0.01}), many)
        with pytest.raises(ValueError, match="replications must be at most"):
            sweep(base, {"intake.persons": [30, 40]}, many)
    with pytest.raises(ValueError, match="workers must be at most 256"):
        run(base, 1, workers=257)
    with pytest.raises(TypeError, match=r"load\('file.yaml'\)"):
        run("file.yaml")  # type: ignore[arg-type]


def test_different_horizons_are_not_compared(base: Loaded) -> None:
    with pytest.raises(ValueError, match="different follow_up"):
        compare(base, base.with_({"follow_up": 30}), 1)


def test_a_misspelt_figure_names_what_there_is(base: Loaded) -> None:
    result = run(base, 1)
    with pytest.raises(KeyError, match=r"there is no outcome talk_shar; did you mean 'talk_share'\?"):
        result.series("talk_shar", "alle")
    with pytest.raises(KeyError, match="there is no outcome xyz; there is arbejde_changes, "):
        result.series("xyz", "alle")
    with pytest.raises(KeyError, match="exit_job is not known for deltager; it is for alle"):
        result.estimate("exit_job", "deltager")
    with pytest.raises(KeyError, match="weeks 1 to 64"):
        result.estimate("exit_job", "alle", 999)


def test_a_value_set_from_outside_may_bring_its_source(base: Loaded) -> None:
    changed = base.with_({"intake.persons": {"value": 5, "kind": "assumed", "source": "a guess"}})
    assert changed.scenario.intake.persons == 5 and changed.unsourced() == []
    assert base.with_({"intake.persons": np.int64(7)}).unsourced() == ["intake.persons"]
    with pytest.raises(InputProblems, match="kind must be one of"):
        base.with_({"intake.persons": {"value": 5, "kind": "asumed", "source": "a guess"}})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"arms": {"difference": 1, "anden": 1}}, "'difference' is the name of a group"),
        ({"arms": {"alle": 1, "anden": 1}}, "'alle' is the name of a group"),
        ({"interventions.samtaler.plans.ordinaer.then": {"plan": "ordinaer", "course_week": 9}}, "in a circle"),
        ({"interventions.praktik.length_weeks": 0}, "at least 1 week"),
        ({"subgroups.velbefindende.godt.exit_factors.job": 0, "subgroups.velbefindende.andet.exit_factors":
          {"job": 0}}, "every level of velbefindende has factor 0"),
    ],
)  # fmt: skip
def test_worlds_that_cannot_be_are_refused(base: Loaded, changes: dict[str, object], said: str) -> None:
    with pytest.raises(InputProblems, match=said):
        base.with_(changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"interventions.samtaler": None},
        {"interventions": None},
        {"job_spells": None},
        {"intake.persons": 1},
        {"teams.ordinaer.fte": 0},
        {"weeks": 300},
    ],
)
def test_worlds_of_unusual_shape_run(base: Loaded, changes: dict[str, object]) -> None:
    result = run(base.with_(changes), 1)
    assert 0 <= result.estimate("exit_any", "alle").value <= 1
    talks = {key[0] for key in result.keys} & {"talk_share", "caseload", "utilisation"}
    assert bool(talks) == ("samtaler" in result.loaded.scenario.interventions)


def test_nothing_is_said_beyond_the_last_week_seen(base: Loaded) -> None:
    result = run(base.with_({"weeks": 40}), 1)
    assert math.isnan(result.estimate("exit_job", "alle").value)
    assert not math.isnan(result.estimate("exit_job", "alle", 40).value)
    assert math.isnan(result.estimate("exit_job", "alle", 41).value)


def test_ledige_without_a_caseworker_are_counted(base: Loaded) -> None:
    full = run(base.with_({"teams.ordinaer.caseload_limit": 3, "teams.ordinaer.fte": 1}), 2)
    assert full.estimate("no_caseworker_share", "alle").value > 0.5
    assert full.estimate("waiting", "alle").value > 10
