"""Mutated inputs, some of a fixed seed; `python -m tests.mutants` tries others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants
from tests.mutants import chosen, tried, verdict
from tests.mutation import SMALL, Mutant, world, written

RIGHT = written(world(SMALL))
PERSONS = f"jobcentres.{next(iter(world(SMALL)['jobcentres']))}.persons"


@pytest.mark.parametrize(("first", "number"), [(0, 75), pytest.param(75, 225, marks=pytest.mark.slow)])
def test_mutants_are_refused_at_a_place_or_run_rightly(first: int, number: int) -> None:
    faults: list[str] = []
    counts = tried(chosen(20261128, first, number), whole_every=30, shown=faults.append)
    assert not faults, "\n".join(faults)
    assert counts["refused"] > number / 3 and counts["run"] > number / 8, counts


def test_what_is_right_is_run(tmp_path: Path) -> None:
    assert verdict(Mutant([], {"x.yaml": RIGHT}), tmp_path, True).what == "run"


@pytest.mark.parametrize(
    ("over", "what"),
    [("intake.leaves_before=null,0.01", "run"), (f"{PERSONS}=4,5", "run"), (f"{PERSONS}=4,5000000", "large"),
     (f"{PERSONS}=4,-1", "refused"), ("weeks=1:1e9:1", "refused")],
)  # fmt: skip
def test_a_sweep_is_run_where_it_is_accepted(over: str, what: str, tmp_path: Path) -> None:
    assert verdict(Mutant([], {"x.yaml": RIGHT}, over=over), tmp_path, False).what == what


@pytest.mark.parametrize("fails", ["replicate", "said", "load"])
def test_a_crash_is_a_fault(fails: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it happens: in the run, in the command, or in reading."""

    def crash(*_: object, **__: object) -> None:
        raise ValueError("a fault of the program")

    monkeypatch.setattr(mutants, fails, crash)
    found = verdict(Mutant([], {"x.yaml": RIGHT}), tmp_path, True)
    assert found.what == "fault" and "a fault of the program" in found.detail


def test_a_run_that_fails_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, after `check` said fine."""

    def crash(*_: object) -> None:
        raise ValueError("a fault of the program")

    monkeypatch.setattr("simulation.report.text.run_table", crash)
    monkeypatch.setattr("simulation.report.answer.outcomes_of", crash)
    assert verdict(Mutant([], {"x.yaml": RIGHT}), tmp_path, True).what == "fault"


def test_a_share_above_1_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulation.results.names.Names.is_share", lambda *_: True)
    found = verdict(Mutant([], {"x.yaml": RIGHT}), tmp_path, False)
    assert found.what == "fault" and "AssertionError" in found.detail
