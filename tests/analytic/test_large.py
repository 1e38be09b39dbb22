"""A world that is run a few jobcentres at a time is the same world, bit for bit."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import large, load
from simulation.large import run_batch, slices_of
from simulation.results.measures.replication import summarise
from simulation.scenario.schema import Scenario
from simulation.week import run
from simulation.world.world import World
from tests.helpers import counts_of, digest, make, samtaler, team_counts_of

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(ROOT.glob("scenarios/*.yaml"))
QUICK = [ROOT / "scenarios" / f"{name}.yaml" for name in ("bench/alle_tilbud", "paa_rette_vej_i_job")]
"""All kinds of intervention; and caseworkers with cases of their own, who are away and leave."""


def of_fewer(path: Path) -> Scenario:
    """A shipped scenario, at most 100 ledige in each jobcentre."""
    loaded = load(path)
    persons = loaded.scenario.persons()
    changes = {f"jobcentres.{name}.persons": min(number, 100) for name, number in persons.items()}
    return loaded.with_(changes).scenario


def in_one_piece_and_in_slices(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run_batch(scenario, [3])
    monkeypatch.setattr(large, "SLICE", 150)
    assert len(slices_of(scenario)) > 1 or len(scenario.jobcentres) == 1
    parts = run_batch(scenario, [3])
    assert (parts.register.codes == whole.register.codes).all()
    assert (parts.register.hours is None) == (whole.register.hours is None)
    if whole.register.hours is not None:
        assert (parts.register.hours == whole.register.hours).all()
    for name in ("jobcentre", "number", "arm", "entry", "status", "spell", "keys"):
        assert (getattr(parts.ledige, name) == getattr(whole.ledige, name)).all(), name
    for counted in (counts_of, team_counts_of):
        before, after = counted(whole), counted(parts)
        assert before.keys() == after.keys()
        assert all((before[name] == after[name]).all() for name in before)
    np.testing.assert_array_equal(parts.register.caseload, whole.register.caseload)  # NaN where there is nobody, too
    assert digest(summarise(scenario, [3], parts, 0.0)) == digest(summarise(scenario, [3], whole, 0.0))


@pytest.mark.parametrize(  # test_by_jobcentre.py has a small world of all kinds in slices
    "path", [pytest.param(QUICK[0], marks=pytest.mark.slow), QUICK[1]], ids=lambda path: path.stem
)
def test_in_slices(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_one_piece_and_in_slices(of_fewer(path), monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scenario_in_slices(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_one_piece_and_in_slices(of_fewer(path), monkeypatch)


UNLIKE = {
    "more_posts": [{"fte": 1}, {"fte": 3}],
    "own_cases": [{"fte": 2}, {"fte": 2, "caseload": "personal"}],
    "turnover": [{"fte": 1}, {"fte": 1, "turnover": {"per_year": 0.5, "vacancy_weeks": 4}}],
    "pay": [{"fte": 1}, {"fte": 1, "pay": {"per_year": 500_000}}],
}
"""Teams of jobcentres that are not alike: what is followed of one is followed of all."""


@pytest.mark.parametrize("name", UNLIKE)
def test_jobcentres_with_other_staff(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, other = UNLIKE[name]
    scenario = make(
        teams={"team": {"minutes_per_week": 400, **plain}},
        intake={"persons": 60, "weeks": 3},
        interventions={"samtaler": samtaler()},
        jobcentres={place: {} if place < "c" else {"teams": {"team": other}} for place in "abcd"},
    )
    in_one_piece_and_in_slices(scenario, monkeypatch)


def test_displacement_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every jobcentre is a labour market of its own."""
    scenario = load(ROOT / "scenarios" / "paa_rette_vej_i_job.yaml").with_({"displacement": 0.3}).scenario
    in_one_piece_and_in_slices(scenario, monkeypatch)


def test_slices_are_whole_jobcentres_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = {"a": 90, "b": 20, "c": 0, "d": 100, "e": 210, "f": 10}
    scenario = make(jobcentres={name: {"persons": persons} for name, persons in sizes.items()})
    assert slices_of(scenario) == [list(sizes)]  # far from large
    monkeypatch.setattr(large, "SLICE", 100)
    parts = slices_of(scenario)
    assert [name for part in parts for name in part] == list(sizes)
    assert len(parts) == 4
    assert all(sum(sizes[name] for name in part) <= 210 for part in parts)


def test_a_world_that_is_over_is_let_go_before_slices_are_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """It holds on to itself, so it stays until it is collected, which what is frozen never is."""
    scenario = make(jobcentres={name: {"persons": 100} for name in "ab"})
    still_there = []

    def watched(*args: Any, **options: Any) -> World:
        still_there.append(over() is not None)
        return run(*args, **options)

    monkeypatch.setattr(large, "SLICE", 100)
    monkeypatch.setattr(large, "run", watched)
    gc.disable()  # so that nobody but `run_batch` collects it
    try:
        over = weakref.ref(run(scenario, [0]))
        assert over() is not None
        run_batch(scenario, [0])
    finally:
        gc.enable()
    assert still_there == [False, False]


def test_what_crosses_jobcentres_is_run_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = load(QUICK[0]).scenario
    monkeypatch.setattr(large, "SLICE", 100)
    assert len(slices_of(scenario)) > 1
    monkeypatch.setattr(type(scenario.interventions["praktik"]), "crosses_jobcentres", True)
    assert slices_of(scenario) == [list(scenario.jobcentres)]
